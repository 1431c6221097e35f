/** Facts and fixes of the host in sentences. */

import type { I18n } from '@/i18n';
import { fill } from '@/i18n';
import type { ToldValueView, ToldView } from '@/ipc';
import { formatCount, formatDate, formatDecimal } from './format';
import { moneyText } from './moneyText';

/** A month by its first day. */
function formatMonth(iso: string, locale: string): string {
  const month = new Date(`${iso}T00:00:00Z`);
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(month);
}

function shown(name: string, value: ToldValueView, locale: string): string {
  switch (value.type) {
    case 'text':
      return value.text;
    case 'date':
      return /month$/.test(name) ? formatMonth(value.date, locale) : formatDate(value.date, locale);
    case 'money':
      return moneyText(value.amount, locale);
    case 'number':
      return formatCount(value.number, locale);
    case 'decimal':
      return formatDecimal(value.decimal, locale);
  }
}

/** A fact or a fix as a sentence; the shorter one where a value that the longer one tells is not known. */
function sentence(told: ToldView, message: (key: string) => string, locale: string): string {
  const values = Object.fromEntries(
    Object.entries(told.values).map(([name, value]) => [name, shown(name, value, locale)]),
  );
  const whole = message(told.kind);
  const lacks = [...whole.matchAll(/\{(\w+)\}/g)].some(([, name = '']) => !(name in values));
  const short = message(`${told.kind}.short`);
  return fill(lacks && short !== `${told.kind}.short` ? short : whole, values);
}

/** What was seen, as a sentence. */
export function factSentence(told: ToldView, { word, locale }: I18n): string {
  return sentence(told, (key) => word('fact', key), locale);
}

/** What to do, as a sentence. */
export function fixSentence(told: ToldView, { word, locale }: I18n): string {
  return sentence(told, (key) => word('fix', key), locale);
}
