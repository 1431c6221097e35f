/** How numbers, dates and sizes are written for people. Grouping is done on digits, never on floats. */

import { parseDecimal } from './decimal';
import { chosenDates, numberLocale } from './locale';
import type { DateStyle, Negatives } from './preferences';

/** How dates are written, of what the locale carries. */
function dateStyle(locale: string): DateStyle | 'own' {
  return (chosenDates(locale) as DateStyle | 'own' | undefined) ?? 'own';
}

/** A day in the style chosen; `null` where that is the language's own. */
function inStyle(locale: string, year: string, month: string, day: string): string | null {
  switch (dateStyle(locale)) {
    case 'iso':
      return `${year}-${month}-${day}`;
    case 'dots':
      return `${day}.${month}.${year}`;
    case 'dmy':
      return `${day}/${month}/${year}`;
    case 'mdy':
      return `${month}/${day}/${year}`;
    default:
      return null;
  }
}

const MINUS = '\u2212';

interface Marks {
  decimal: string;
  whole: Intl.NumberFormat;
}

const marksByLocale = new Map<string, Marks>();

function marks(locale: string): Marks {
  const known = marksByLocale.get(locale);
  if (known) {
    return known;
  }
  const numbers = numberLocale(locale);
  const parts = new Intl.NumberFormat(numbers, { numberingSystem: 'latn' }).formatToParts(1.5);
  const made = {
    decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    whole: new Intl.NumberFormat(numbers, { numberingSystem: 'latn', maximumFractionDigits: 0 }),
  };
  marksByLocale.set(locale, made);
  return made;
}

/**
 * A decimal text with the locale's grouping and decimal mark and a real minus; digits after the point stay as they are.
 * What is no number comes back unchanged. `signed` puts a plus before what is above zero.
 */
export function formatDecimal(value: string, locale: string, signed = false): string {
  const parsed = parseDecimal(value);
  if (!parsed) {
    return value;
  }
  const digits = (parsed.units < 0n ? -parsed.units : parsed.units)
    .toString()
    .padStart(parsed.scale + 1, '0');
  const cut = digits.length - parsed.scale;
  const { decimal, whole } = marks(locale);
  const fraction = parsed.scale > 0 ? decimal + digits.slice(cut) : '';
  const sign = parsed.units < 0n ? MINUS : signed && parsed.units > 0n ? '+' : '';
  return sign + whole.format(BigInt(digits.slice(0, cut))) + fraction;
}

/** {@link formatDecimal} for amounts, which may be set in parentheses when they are below zero. */
export function formatAmount(value: string, locale: string, negatives: Negatives, signed = false): string {
  const text = formatDecimal(value, locale, signed);
  return negatives === 'parentheses' && text.startsWith(MINUS) ? `(${text.slice(1)})` : text;
}

/** Whether decimals are written with a comma. */
export function hasDecimalComma(locale: string): boolean {
  return marks(locale).decimal === ',';
}

/** A whole number with grouping. */
export function formatCount(count: number, locale: string): string {
  return marks(locale).whole.format(count).replace('-', MINUS);
}

/** Tenths of a bit as text: `124` → `+12.4`. */
export function formatTenths(tenths: number, locale: string, signed = true): string {
  const digits = Math.abs(tenths).toString().padStart(2, '0');
  const text = `${tenths < 0 ? '-' : ''}${digits.slice(0, -1)}.${digits.slice(-1)}`;
  return formatDecimal(text, locale, signed);
}

/**
 * Rounds thousandths to tenths so that the rounded parts still add up to the rounded total: where plain rounding misses
 * it, the parts that lie nearest to the other tenth give way.
 */
export function tenthsAddingUp(thousandths: readonly number[]): { parts: number[]; total: number } {
  const total = Math.round(thousandths.reduce((running, part) => running + part, 0) / 100);
  const parts = thousandths.map((part) => Math.round(part / 100));
  const missing = total - parts.reduce((running, part) => running + part, 0);
  const step = Math.sign(missing);
  const willing = thousandths
    .map((part, index) => ({ index, lost: (part / 100 - Math.round(part / 100)) * step }))
    .sort((left, right) => right.lost - left.lost || left.index - right.index);
  for (const { index } of willing.slice(0, Math.abs(missing))) {
    parts[index] = (parts[index] ?? 0) + step;
  }
  return { parts, total };
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes longer than a row of a grid may. */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  dateFormats.set(key, known);
  return known;
}

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A calendar date for people: unambiguous in every language (a month's name where numbers could be read twice). */
export function formatDate(iso: string, locale: string): string {
  const found = ISO_DATE.exec(iso);
  if (!found) {
    return iso;
  }
  const date = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) {
    return iso;
  }
  const chosen = inStyle(locale, found[1] ?? '', found[2] ?? '', found[3] ?? '');
  if (chosen !== null) {
    return chosen;
  }
  const month = locale.startsWith('en') ? 'short' : '2-digit';
  return dateFormat(locale, {
    day: '2-digit',
    month,
    year: 'numeric',
    timeZone: 'UTC',
    numberingSystem: 'latn',
  }).format(date);
}

/** Day and month of a calendar date, for where the year is plain and room is scarce; beside it the whole date is told. */
export function formatDay(iso: string, locale: string): string {
  const date = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) {
    return iso;
  }
  return dateFormat(locale, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    numberingSystem: 'latn',
  }).format(date);
}

/** A month (`2026-03`) for people. */
export function formatMonth(month: string, locale: string): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  if (Number.isNaN(date.getTime())) {
    return month;
  }
  return dateFormat(locale, {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
    numberingSystem: 'latn',
  }).format(date);
}

/** A moment (ISO, UTC) in the machine's own time. */
export function formatMoment(iso: string, locale: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) {
    return iso;
  }
  const two = (part: number) => String(part).padStart(2, '0');
  const day = inStyle(
    locale,
    String(moment.getFullYear()),
    two(moment.getMonth() + 1),
    two(moment.getDate()),
  );
  if (day !== null) {
    return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
  }
  const month = locale.startsWith('en') ? 'short' : '2-digit';
  return dateFormat(locale, {
    day: '2-digit',
    month,
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    numberingSystem: 'latn',
  }).format(moment);
}

/** A date as typed (ISO, or in the locale's order) as ISO; `null` where it is none. */
export function parseDate(text: string, locale: string): string | null {
  const trimmed = text.trim();
  const iso = ISO_DATE.exec(trimmed);
  if (iso) {
    return realDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  }
  const numbers = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(trimmed);
  if (!numbers) {
    return namedDate(trimmed, locale);
  }
  const monthFirst = isMonthFirst(locale);
  const [first, second, year] = [Number(numbers[1]), Number(numbers[2]), Number(numbers[3])];
  return monthFirst ? realDate(year, first, second) : realDate(year, second, first);
}

/** Whether the month of a date in numbers comes before its day. */
function isMonthFirst(locale: string): boolean {
  const style = dateStyle(locale);
  if (style !== 'own' && style !== 'iso' && style !== 'language') {
    return style === 'mdy';
  }
  const order = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', year: 'numeric' })
    .formatToParts(new Date(Date.UTC(2000, 0, 1)))
    .map((part) => part.type);
  return order.indexOf('month') < order.indexOf('day');
}

/** A date whose month is a word of the language: `Dec 31, 2025`, `31. Dezember 2025`. */
function namedDate(text: string, locale: string): string | null {
  const parts = text.match(/[\p{L}]+|\d+/gu) ?? [];
  const month = parts.find((part) => /\p{L}/u.test(part))?.toLowerCase() ?? '';
  const [day, year, more] = parts.filter((part) => /^\d+$/.test(part));
  if (
    month.length < 3 ||
    parts.length !== 3 ||
    day === undefined ||
    year?.length !== 4 ||
    more !== undefined
  ) {
    return null;
  }
  const names = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  for (let at = 0; at < 12; at += 1) {
    if (
      names
        .format(new Date(Date.UTC(2000, at, 1)))
        .toLowerCase()
        .startsWith(month)
    ) {
      return realDate(Number(year), at + 1, Number(day));
    }
  }
  return null;
}

function realDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const same =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? date.toISOString().slice(0, 10) : null;
}

/** A file's size. */
export function formatSize(bytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1000 ** step);
}
