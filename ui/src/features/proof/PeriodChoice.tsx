import { type I18n, useI18n } from '@/i18n';
import type { AccountView } from '@/ipc';
import { DayField } from '@/shared/DayField';
import { SelectField } from '@/shared/Field';
import { type Period, periodsOf } from './periods';

function nameOf(period: Period, { t, locale }: I18n): string {
  if (period.key === 'all') {
    return t('proof.period.all');
  }
  const quarter = /^(\d{4})-Q(\d)$/.exec(period.key);
  if (quarter) {
    return t('proof.period.quarter', { quarter: quarter[2] ?? '', year: quarter[1] ?? '' });
  }
  if (period.key.length === 4) {
    return t('proof.period.year', { year: period.key });
  }
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${period.key}-01T00:00:00Z`),
  );
}

interface PeriodChoiceProps {
  accounts: AccountView[];
  account: AccountView;
  from: string | null;
  to: string | null;
  onAccount: (id: string) => void;
  onPeriod: (from: string | null, to: string | null) => void;
}

/** Which account, and which days of it. */
export function PeriodChoice({ accounts, account, from, to, onAccount, onPeriod }: PeriodChoiceProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const periods = periodsOf(account.firstDate, account.lastDate);
  const current = periods.find((period) => period.from === from && period.to === to);
  return (
    <div className="period">
      <SelectField label={t('field.account')} value={account.id} onChange={onAccount} testId="proof-account">
        {accounts.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {`${choice.name} · ${choice.currency}`}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('proof.period')}
        value={current?.key ?? ''}
        testId="proof-period"
        onChange={(key) => {
          const period = periods.find((choice) => choice.key === key);
          if (period) {
            onPeriod(period.from, period.to);
          }
        }}
      >
        {!current && <option value="">{t('proof.period.own')}</option>}
        {periods.map((period) => (
          <option key={period.key} value={period.key}>
            {nameOf(period, i18n)}
          </option>
        ))}
      </SelectField>
      <DayField
        label={t('proof.from')}
        iso={from}
        onChange={(day) => onPeriod(day, to)}
        testId="proof-from"
      />
      <DayField label={t('proof.to')} iso={to} onChange={(day) => onPeriod(from, day)} testId="proof-to" />
    </div>
  );
}
