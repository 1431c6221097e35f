import { useI18n } from '@/i18n';
import type { Amount as AmountView } from '@/ipc';
import { isZero, signOf } from './decimal';
import { formatDecimal } from './format';

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
  if (amount === null) {
    return (
      <span className={`amount amount-none ${className}`} data-testid={testId}>
        <span aria-hidden>{'–'}</span>
        <span className="sr-only">{t('amount.unknown')}</span>
      </span>
    );
  }
  const text = dash && isZero(amount.value) ? '–' : formatDecimal(amount.value, locale, signed);
  const negative = signOf(amount.value) < 0 ? 'amount-negative' : '';
  return (
    <span className={`amount ${negative} ${className}`} data-testid={testId} data-value={amount.value}>
      {text}
      {currency && amount.currency !== 'XXX' && <span className="amount-currency">{amount.currency}</span>}
    </span>
  );
}
