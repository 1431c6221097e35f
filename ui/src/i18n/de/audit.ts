import type { audit as english } from '../en/audit';

/** The sentences of the audit screen, in German. */
export const audit: Record<keyof typeof english, string> = {
  'audit.action': 'Was geschah',
  'audit.all': 'Alle',
  'audit.anybody': 'Alle',
  'audit.anything': 'Alles',
  'audit.export': 'Protokoll exportieren …',
  'audit.exported': '{count} Ereignisse nach {path} geschrieben',
  'audit.find': 'Im Protokoll suchen',
  'audit.hash': 'Hash',
  'audit.invalid': 'Die Arbeitsmappe wurde verändert oder beschädigt',
  'audit.newer': 'Neuere',
  'audit.none': 'Kein Ereignis passt.',
  'audit.number': 'Nr.',
  'audit.older': 'Ältere',
  'audit.range': '{from}–{to} von {of}',
  'audit.search': 'Wörter',
  'audit.sub': 'Alles, was sich in dieser Arbeitsmappe je geändert hat; jedes Ereignis hängt am vorigen.',
  'audit.subject': 'Woran',
  'audit.title': 'Protokoll',
  'audit.valid': 'Die Kette ist vollständig: Nichts wurde verändert',
  'audit.verify': 'Arbeitsmappe prüfen',
  'audit.when': 'Wann',
  'audit.who': 'Wer',
};
