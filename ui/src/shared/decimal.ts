/**
 * Exact decimal numbers as the host sends them (`-1234.50`), in BigInt. No float ever holds an amount.
 */

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

/** -1, 0 or 1; 0 also for what is no number. */
export function signOf(value: string): -1 | 0 | 1 {
  const units = parseDecimal(value)?.units ?? 0n;
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

/** Whether the amount is zero. */
export function isZero(value: string): boolean {
  return signOf(value) === 0;
}
