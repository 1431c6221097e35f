import type { I18n } from '@/i18n';
import type { AlertView } from '@/ipc';
import { formatDecimal, formatMonth } from '@/shared/format';
import type { Screen } from '@/shared/navigation';

type Alert = Pick<AlertView, 'kind' | 'figure' | 'limit' | 'currency' | 'detail'>;

/** A figure of an alert with its unit. */
function withUnit({ kind, currency }: Alert, value: string, { t, locale }: I18n): string {
  const number = formatDecimal(value, locale);
  switch (kind) {
    case 'variance':
      return `${number} %`;
    case 'data_quality':
      return t('alerts.points', { figure: number });
    case 'exceptions_aged':
      return t('alerts.days', { count: Number(value) });
    case 'exceptions_sum':
    case 'rate_change':
      return `${number} ${currency ?? ''}`.trim();
    default:
      return number;
  }
}

/** What was found, with its unit. */
export function figureOf(alert: Alert, i18n: I18n): string {
  return alert.figure === null ? i18n.t('alerts.figure.unknown') : withUnit(alert, alert.figure, i18n);
}

/** What it was held against: the most that is fine, or the least. */
export function limitOf(alert: Alert, i18n: I18n): string {
  if (alert.kind === 'rate_change') {
    return i18n.t('alerts.noChange');
  }
  const limit = withUnit(alert, alert.limit, i18n);
  return i18n.t(alert.kind === 'data_quality' ? 'alerts.least' : 'alerts.most', { limit });
}

/** Of what it is: account and month, file, currency, and how many exceptions there were when it was raised. */
export function subjectOf({ account, detail, kind, items }: AlertView, { t, locale }: I18n): string {
  const counted = kind.startsWith('exceptions') && items > 0 ? t('alerts.items', { count: items }) : '';
  const named = account === '' && kind === 'data_quality' ? t('alerts.ledger') : account;
  const what = kind === 'variance' ? formatMonth(detail, locale) : detail;
  return [named, what, counted].filter((part) => part !== '').join(' · ');
}

/** Where one looks into it: a screen and what it is asked to show. */
export function placeOf({ kind, accountId }: AlertView): [Screen, string] {
  switch (kind) {
    case 'variance':
      return ['proof', accountId ?? ''];
    case 'data_quality':
      return ['import', ''];
    case 'rate_change':
      return ['differences', ''];
    default:
      return ['exceptions', ''];
  }
}
