import { type I18n, useI18n } from '@/i18n';
import type { AccountView } from '@/ipc';
import { SelectField } from '../Field';
import { DayField } from './DayField';
import { type Period, periodsOf, RELATIVE_PERIODS, relativePeriods } from './periods';
import './period.css';

function nameOf(period: Period, { t, word, locale }: I18n): string {
  if (period.key === 'all') {
    return t('proof.period.all');
  }
  const relative = RELATIVE_PERIODS.find((key) => key === period.key);
  if (relative) {
    return word('period', relative);
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
  accounts: readonly AccountView[];
  /** The account that is chosen; `null`: all of them. */
  account: AccountView | null;
  /** What to call all accounts together; without it one has to be chosen. */
  all?: string;
  from: string | null;
  to: string | null;
  onAccount: (id: string) => void;
  onPeriod: (from: string | null, to: string | null) => void;
  /** Also this month, the last one and so on, whatever the account holds. */
  relative?: boolean;
  /** Told whether a day cannot be read: until it is, the one before it is chosen. */
  onUnreadable?: (day: 'from' | 'to', unreadable: boolean) => void;
  /** No days can be chosen. */
  daysOff?: boolean;
  /** Begins the test ids. */
  name: string;
}

function bounds(accounts: readonly AccountView[]): [string | null, string | null] {
  const firsts = accounts.flatMap((one) => one.firstDate ?? []).sort();
  const lasts = accounts.flatMap((one) => one.lastDate ?? []).sort();
  return [firsts[0] ?? null, lasts.at(-1) ?? null];
}

/** Which account, and which days of it. */
export function PeriodChoice(props: PeriodChoiceProps) {
  const { accounts, account, all, from, to, onAccount, onPeriod, onUnreadable } = props;
  const { relative, daysOff, name } = props;
  const i18n = useI18n();
  const { t } = i18n;
  const periods = periodsOf(...bounds(account ? [account] : accounts));
  const near = relative ? relativePeriods(new Date()) : [];
  const current = [...periods, ...near].find((period) => period.from === from && period.to === to);
  const option = (period: Period) => (
    <option key={period.key} value={period.key}>
      {nameOf(period, i18n)}
    </option>
  );
  return (
    <div className="period">
      <SelectField
        label={t('field.account')}
        value={account?.id ?? ''}
        onChange={onAccount}
        testId={`${name}-account`}
      >
        {all && <option value="">{all}</option>}
        {accounts.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {`${choice.name} · ${choice.currency}`}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('proof.period')}
        value={current?.key ?? ''}
        disabled={daysOff}
        testId={`${name}-period`}
        onChange={(key) => {
          const period = [...periods, ...near].find((choice) => choice.key === key);
          if (period) {
            onPeriod(period.from, period.to);
          }
        }}
      >
        {!current && <option value="">{t('proof.period.own')}</option>}
        {periods.slice(0, 1).map(option)}
        {near.length > 0 && <optgroup label={t('period.near')}>{near.map(option)}</optgroup>}
        {periods.length > 1 && near.length > 0 ? (
          <optgroup label={t('period.held')}>{periods.slice(1).map(option)}</optgroup>
        ) : (
          periods.slice(1).map(option)
        )}
      </SelectField>
      <DayField
        label={t('proof.from')}
        iso={from}
        disabled={daysOff}
        onChange={(day) => onPeriod(day, to)}
        onUnreadable={(on) => onUnreadable?.('from', on)}
        testId={`${name}-from`}
      />
      <DayField
        label={t('proof.to')}
        iso={to}
        disabled={daysOff}
        onChange={(day) => onPeriod(from, day)}
        onUnreadable={(on) => onUnreadable?.('to', on)}
        testId={`${name}-to`}
      />
    </div>
  );
}
