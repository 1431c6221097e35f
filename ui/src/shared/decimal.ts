/**
 * Exact decimal numbers as the host sends them (`-1234.50`), in BigInt. No float ever holds an amount.
 */

import { numberLocale } from './locale';

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** A decimal number: `units` of the last digit, with `scale` digits after the point. */
export interface Decimal {
  units: bigint;
  scale: number;
}

/** Reads a plain decimal number; `null` where the text is none. */
export function parseDecimal(text: string): Decimal | null {
  const found = DECIMAL.exec(text.trim());
  if (!found) {
    return null;
  }
  const [, sign, whole = '0', fraction = ''] = found;
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

/** Writes it as the host does. */
export function printDecimal({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale > 0 ? `.${digits.slice(digits.length - scale)}` : '';
  return `${units < 0n ? '-' : ''}${whole}${fraction}`;
}

function atScale(value: Decimal, scale: number): bigint {
  return value.units * 10n ** BigInt(scale - value.scale);
}

function add(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { units: atScale(left, scale) + atScale(right, scale), scale };
}

/** Adds decimal texts; `null` where one of them is no number. */
export function sum(values: readonly string[]): string | null {
  let total: Decimal = { units: 0n, scale: 0 };
  for (const value of values) {
    const parsed = parseDecimal(value);
    if (!parsed) {
      return null;
    }
    total = add(total, parsed);
  }
  return printDecimal(total);
}

/** `left − right`; `null` where one of them is no number. */
export function subtract(left: string, right: string): string | null {
  const [minuend, subtrahend] = [parseDecimal(left), parseDecimal(right)];
  if (!minuend || !subtrahend) {
    return null;
  }
  return printDecimal(add(minuend, { units: -subtrahend.units, scale: subtrahend.scale }));
}

/** With at most `scale` digits after the point, half away from zero, and none that is a 0 at the end. */
export function rounded(value: string, scale: number): string {
  const parsed = parseDecimal(value);
  if (!parsed || parsed.scale <= scale) {
    return value;
  }
  const step = 10n ** BigInt(parsed.scale - scale);
  const size = parsed.units < 0n ? -parsed.units : parsed.units;
  const units = (size + step / 2n) / step;
  const text = printDecimal({ units: parsed.units < 0n ? -units : units, scale });
  return scale > 0 ? text.replace(/\.?0+$/, '') : text;
}

/** -1, 0 or 1; 0 also for what is no number. */
export function signOf(value: string): -1 | 0 | 1 {
  const units = parseDecimal(value)?.units ?? 0n;
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

/** Whether the amount is zero. */
export function isZero(value: string): boolean {
  return signOf(value) === 0;
}

/** What a person typed as a number. */
export type TypedNumber =
  /** `value` is the number as the host takes it. */
  | { kind: 'number'; value: string }
  | { kind: 'empty' }
  /** Three digits after a single mark: with another reading of the mark it is a thousand times as much. */
  | { kind: 'ambiguous' }
  | { kind: 'none' };

interface NumberMarks {
  decimal: string;
  group: string;
  /** Thousands stand apart in twos, as in India. */
  inTwos: boolean;
}

const marksByLocale = new Map<string, NumberMarks>();

function numberMarks(locale: string): NumberMarks {
  const known = marksByLocale.get(locale);
  if (known) {
    return known;
  }
  const format = new Intl.NumberFormat(numberLocale(locale), { numberingSystem: 'latn' });
  const parts = format.formatToParts(1234567.5);
  const mark = (type: string, otherwise: string) =>
    parts.find((part) => part.type === type)?.value ?? otherwise;
  const wholes = parts.filter((part) => part.type === 'integer').map((part) => part.value.length);
  const made = {
    decimal: mark('decimal', '.'),
    group: mark('group', ','),
    inTwos: wholes.length > 2 && wholes[1] === 2,
  };
  marksByLocale.set(locale, made);
  return made;
}

const GROUPED = /^\d{1,3}(?:\D\d{3})+$/;
const ONE_MARK = /^(\d*)([.,])(\d+)$/;
const BOTH_MARKS = /^(\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:\.\d{3})+,\d+)$/;
const IN_TWOS = /^\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?$/;
/** What stands between thousands besides points and commas. */
const SPACES = /^\d{1,3}(?:([ '\u2019\u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/;

/** A number that is read; with a single mark before three digits, what it is with that mark for decimals and without. */
type Reading = { value: string } | { decimal: string; whole: string; mark: string } | null;

/** The digits, with a point before what follows the last mark; a comma is none where thousands stand in twos. */
function pointed(text: string, inTwos = false): string {
  const at = inTwos ? text.indexOf('.') : Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const digits = (part: string) => part.replace(/\D/g, '');
  return at < 0 ? digits(text) : `${digits(text.slice(0, at))}.${digits(text.slice(at + 1))}`;
}

function readDigits(text: string, inTwos: boolean): Reading {
  if (/^\d+$/.test(text)) {
    return { value: text };
  }
  if (inTwos && IN_TWOS.test(text)) {
    return { value: pointed(text, true) };
  }
  if (SPACES.test(text) || BOTH_MARKS.test(text)) {
    return { value: pointed(text) };
  }
  const one = ONE_MARK.exec(text);
  if (one) {
    const [, whole = '', mark = '', fraction = ''] = one;
    const decimal = `${whole || '0'}.${fraction}`;
    const isPlain = fraction.length !== 3 || whole.length > 3 || whole === '' || whole.startsWith('0');
    return isPlain ? { value: decimal } : { decimal, whole: whole + fraction, mark };
  }
  // The same mark several times stands between thousands.
  const marks = new Set(text.replace(/\d/g, ''));
  return GROUPED.test(text) && marks.size === 1 && /[.,]/.test(text)
    ? { value: text.replace(/\D/g, '') }
    : null;
}

function withSign(sign: string, value: string): string {
  return sign !== '' && sign !== '+' ? `-${value}` : value;
}

const SIGNED = /^([+\-\u2212]?)\s*(.*)$/;

/**
 * Reads a number as people type it, with either mark for decimals and with or without marks between thousands. Where a
 * single mark is followed by three digits, the language decides if there the mark stands between thousands; else nobody
 * knows, and it must be asked, unless the number has three `decimals` and the mark is the language's own for them.
 */
export function readNumber(text: string, locale: string, decimals = 2): TypedNumber {
  const trimmed = text.trim();
  if (trimmed === '') {
    return { kind: 'empty' };
  }
  const marks = numberMarks(locale);
  const [, sign = '', digits = ''] = SIGNED.exec(trimmed) ?? [];
  const read = readDigits(digits, marks.inTwos);
  if (read === null) {
    return { kind: 'none' };
  }
  if ('value' in read) {
    return { kind: 'number', value: withSign(sign, read.value) };
  }
  if (read.mark === marks.group && read.mark !== marks.decimal) {
    return { kind: 'number', value: withSign(sign, read.whole) };
  }
  return decimals === 3 && read.mark === marks.decimal
    ? { kind: 'number', value: withSign(sign, read.decimal) }
    : { kind: 'ambiguous' };
}

/**
 * Reads an amount (`1.234,50`, `1,234.50`, `-7`, `(7)`) as {@link readNumber} does; `null` where it is none. Of a single
 * mark with three digits behind it, the locale says which it is: amounts of some currencies have three decimals.
 */
export function parseAmount(text: string, locale: string): string | null {
  const inner = /^\(([^+\-\u2212]*)\)$/.exec(text.trim())?.[1];
  const [, sign = '', digits = ''] = SIGNED.exec(inner ?? text.trim()) ?? [];
  const { decimal, inTwos } = numberMarks(locale);
  const read = readDigits(digits.trim(), inTwos);
  if (read === null) {
    return null;
  }
  const value = 'value' in read ? read.value : read.mark === decimal ? read.decimal : read.whole;
  const plain = value.replace(/^0+(?=\d)/, '');
  return /[1-9]/.test(plain) ? withSign(inner === undefined ? sign : '-', plain) : plain;
}

/** A plain amount as it is typed in the locale: with its mark for decimals, and none between thousands. */
export function editable(value: string, locale: string): string {
  return value.replace('.', numberMarks(locale).decimal);
}
