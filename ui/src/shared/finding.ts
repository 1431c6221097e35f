/** Facts and fixes of the host in sentences. */

import type { I18n } from '@/i18n';
import { fill } from '@/i18n';
import type { ToldValueView, ToldView } from '@/ipc';
import { valueText } from './said';

/** A month by its first day. */
function formatMonth(iso: string, locale: string): string {
  const month = new Date(`${iso}T00:00:00Z`);
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(month);
}

function shown(name: string, value: ToldValueView, i18n: I18n): string {
  const isMonth = value.type === 'date' && /month$/.test(name);
  return isMonth ? formatMonth(value.date, i18n.locale) : valueText(value, i18n);
}

/** A fact or a fix as a sentence; the shorter one where a value that the longer one tells is not known. */
function sentence(told: ToldView, message: (key: string) => string, i18n: I18n): string {
  const values = Object.fromEntries(
    Object.entries(told.values).map(([name, value]) => [name, shown(name, value, i18n)]),
  );
  const whole = message(told.kind);
  const lacks = [...whole.matchAll(/\{(\w+)\}/g)].some(([, name = '']) => !(name in values));
  const short = message(`${told.kind}.short`);
  return fill(lacks && short !== `${told.kind}.short` ? short : whole, values);
}

/** What was seen, as a sentence. */
export function factSentence(told: ToldView, i18n: I18n): string {
  return sentence(told, (key) => i18n.word('fact', key), i18n);
}

/** What to do, as a sentence. */
export function fixSentence(told: ToldView, i18n: I18n): string {
  return sentence(told, (key) => i18n.word('fix', key), i18n);
}
