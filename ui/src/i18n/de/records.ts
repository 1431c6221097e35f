import type { records as english } from '../en/records';

/** The sentences of the records screen, in German. */
export const records: Record<keyof typeof english, string> = {
  'records.bench': 'Zur Prüfung öffnen',
  'records.detail': 'Die ganze Zeile',
  'records.detail.close': 'Zeile schließen',
  'records.entries': 'Buchungen',
  'records.events': 'Ereignisse',
  'records.exceptions': 'Ausnahmen',
  'records.lines': 'Auszugszeilen',
  'records.matches': 'Zuordnungen',
  'records.paste.elsewhere': 'Zeilen lassen sich unter Auszugszeilen oder Buchungen einfügen.',
  'records.paste.noTable':
    'In der Zwischenablage ist keine Tabelle. Kopieren Sie Zellen aus einer Tabelle, mit ihren Überschriften.',
};
