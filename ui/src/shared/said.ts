/** Sentences of the host in the user's language. */

import { type I18n, isolated } from '@/i18n';
import type { SaidView, ToldValueView } from '@/ipc';
import { formatCount, formatDate, formatDecimal } from './format';
import { moneyText } from './moneyText';

/** A sentence as it is told. */
export interface Spoken {
  text: string;
  /** The text is English beside sentences that are not: the catalogue has no words for it. */
  foreign: boolean;
}

/** Families of words that the host puts into its sentences and nothing else of the window shows. */
export const SAID_FAMILIES = [
  'bai2Level',
  'balanceEnd',
  'fileThing',
  'journalRole',
  'kindOfEvidence',
  'mayDo',
  'openReading',
  'periodDone',
  'periodFigure',
  'periodWanted',
  'policyLimit',
  'recordKind',
  'refusedAct',
  'sealedTable',
  'thing',
] as const;

/** Roles of columns have names of their own in the window. */
const camelled = (word: string) => word.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function wordOf(family: string, word: string, i18n: I18n): string {
  const [home, name] = family === 'columnRole' ? ['role', camelled(word)] : [family, word];
  const told = i18n.word(home, name);
  return told === name ? word.replaceAll('_', ' ') : told;
}

function shown(value: ToldValueView, i18n: I18n): Spoken {
  const { locale } = i18n;
  const own = (text: string): Spoken => ({ text, foreign: false });
  switch (value.type) {
    case 'text':
      return own(value.text);
    case 'date':
      return own(formatDate(value.date, locale));
    case 'money':
      return own(moneyText(value.amount, locale));
    case 'number':
      return own(formatCount(value.number, locale));
    case 'decimal':
      return own(formatDecimal(value.decimal, locale));
    case 'word':
      return own(wordOf(value.family, value.word, i18n));
    case 'said':
      return spoken(value.said, i18n);
  }
}

/** A value inside a sentence: a text of any direction leaves the sentence its own. */
function part(value: ToldValueView, i18n: I18n): Spoken {
  return value.type === 'text' ? { text: isolated(value.text), foreign: false } : shown(value, i18n);
}

/** The message of a sentence: of those with a count, the one for as many. */
function messageOf({ code, values }: SaidView, { word, locale }: I18n): string | null {
  const { count } = values;
  const form =
    count?.type === 'number' && new Intl.PluralRules(locale).select(count.number) === 'one'
      ? `${code}_one`
      : `${code}_other`;
  const found = [code, form]
    .map((key) => [key, word('said', key)] as const)
    .find(([key, told]) => told !== key);
  return code === '' ? null : (found?.[1] ?? null);
}

/**
 * A sentence in parts: those in the user's language, and between them what only a library or the other side could say,
 * in its own.
 */
export function saidParts(said: SaidView, i18n: I18n): Spoken[] {
  const message = messageOf(said, i18n);
  if (message === null) {
    return [{ text: isolated(said.english), foreign: i18n.language !== 'en' && said.english !== '' }];
  }
  return message.split(/(\{\w+\})/).flatMap((piece): Spoken[] => {
    const value = said.values[/^\{(\w+)\}$/.exec(piece)?.[1] ?? ''];
    if (value === undefined) {
      return [{ text: piece, foreign: false }];
    }
    return value.type === 'said' ? saidParts(value.said, i18n) : [part(value, i18n)];
  });
}

/** A sentence in the user's language, or in English where the catalogue has no words for it. */
export function spoken(said: SaidView, i18n: I18n): Spoken {
  const parts = saidParts(said, i18n);
  return { text: parts.map(({ text }) => text).join(''), foreign: parts.some(({ foreign }) => foreign) };
}

/** A value of a sentence as text. */
export function valueText(value: ToldValueView, i18n: I18n): string {
  return shown(value, i18n).text;
}

/** A sentence as a part of another or of a cell. */
export function saidText(said: SaidView, i18n: I18n): string {
  return spoken(said, i18n).text;
}

/** A sentence that stands alone begins with a capital letter, but for one that begins with the name of a file. */
export function alone(text: string): string {
  const [first = ''] = text.split(/[\s:]/, 1);
  return /^[\p{L}’-]+[,;.]?$/u.test(first) ? text.charAt(0).toLocaleUpperCase() + text.slice(1) : text;
}
