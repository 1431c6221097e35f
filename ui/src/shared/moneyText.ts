import type { Amount } from '@/ipc';
import { formatAmount } from './format';
import { negativesStore } from './preferences';

/** An amount inside a sentence, with its currency where it has one; as `Amount` writes it where it stands alone. */
export function moneyText({ value, currency }: Amount, locale: string): string {
  const text = formatAmount(value, locale, negativesStore.get());
  return currency === '' || currency === 'XXX' ? text : `${text} ${currency}`;
}
