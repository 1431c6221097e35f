import { useI18n } from '@/i18n';
import type { Amount as AmountView } from '@/ipc';
import { isZero, signOf } from './decimal';
import { formatAmount } from './format';
import { negativesStore } from './preferences';
import { useStore } from './store';

interface AmountProps {
  amount: AmountView | null;
  /** Write the currency's code behind the figure. */
  currency?: boolean;
  /** Zero as a dash, for tables. */
  dash?: boolean;
  /** A plus before what is above zero, for differences. */
  signed?: boolean;
  className?: string;
  testId?: string;
}

/** An exact amount in tabular figures. Every amount in the window goes through here. */
export function Amount({
  amount,
  currency = false,
  dash = false,
  signed = false,
  className = '',
  testId,
}: AmountProps) {
  const { locale, t } = useI18n();
  const negatives = useStore(negativesStore);
  if (amount === null) {
    return (
      <span className={`amount amount-none ${className}`} data-testid={testId}>
        <span aria-hidden>{'–'}</span>
        <span className="sr-only">{t('amount.unknown')}</span>
      </span>
    );
  }
  const text = dash && isZero(amount.value) ? '–' : formatAmount(amount.value, locale, negatives, signed);
  const below = signOf(amount.value) < 0;
  // Where negatives end in a parenthesis, the others keep its room, so that digits stand under digits.
  const negative = below ? 'amount-negative' : negatives === 'parentheses' && !currency ? 'amount-room' : '';
  return (
    <span className={`amount ${negative} ${className}`} data-testid={testId} data-value={amount.value}>
      {text}
      {currency && amount.currency !== 'XXX' && <span className="amount-currency">{amount.currency}</span>}
    </span>
  );
}
