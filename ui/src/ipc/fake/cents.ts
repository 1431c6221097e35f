import type { Amount } from '../generated';

/** Whole cents as the host sends an amount. */
export function amountOf(cents: number, currency = 'EUR'): Amount {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return { value: `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`, currency };
}

/** An amount as whole cents. */
export function centsOf(amount: Amount): number {
  return Number(amount.value.replace('.', ''));
}

/** Sum of amounts in cents. */
export function totalOf(amounts: readonly Amount[]): number {
  return amounts.reduce((total, amount) => total + centsOf(amount), 0);
}

/** A number as files write it, in cents; `null` where it is none. */
export function readCents(text: string, decimal: 'point' | 'comma'): number | null {
  const [group, mark] = decimal === 'comma' ? ['.', ','] : [',', '.'];
  const plain = text.trim().replaceAll(group, '').replace(mark, '.');
  const found = /^([+-]?)(\d+)(?:\.(\d{1,2}))?$/.exec(plain);
  if (!found) {
    return null;
  }
  const cents = Number(`${found[2]}${(found[3] ?? '').padEnd(2, '0')}`);
  return found[1] === '-' ? -cents : cents;
}
