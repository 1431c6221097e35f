import type { I18n } from '@/i18n';
import type { Amount, AnomalyEvidenceView } from '@/ipc';
import { formatDate, formatDecimal } from '@/shared/format';
import { moneyText } from '@/shared/moneyText';

/** Whole days from one ISO date to another. */
function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000);
}

/** Why an anomaly stands out, in one sentence. */
export function explain(evidence: AnomalyEvidenceView, { t, word, locale }: I18n): string {
  const money = (amount: Amount) => moneyText(amount, locale);
  const day = (iso: string) => formatDate(iso, locale);
  const span = (days: number) =>
    days === 0 ? t('anomalies.span.same') : t('anomalies.span', { count: days });
  switch (evidence.kind) {
    case 'unusual_amount':
      return t('anomalies.why.unusual_amount', {
        amount: money(evidence.amount),
        usual: money(evidence.usual),
        score: formatDecimal(evidence.score, locale),
        count: evidence.postings,
      });
    case 'weekend_posting':
      return t('anomalies.why.weekend_posting', {
        day: word('anomalies.day', evidence.day),
        date: day(evidence.date),
        weekend: evidence.weekend,
        count: evidence.all,
      });
    case 'after_period_posting':
      return t(
        evidence.lateness === 'booked'
          ? 'anomalies.why.after_period_posting.booked'
          : 'anomalies.why.after_period_posting.taken_in',
        { end: day(evidence.periodEnd), came: day(evidence.came), days: evidence.days },
      );
    case 'round_sum':
      return t('anomalies.why.round_sum', {
        unit: money(evidence.unit),
        round: evidence.round,
        count: evidence.postings,
      });
    case 'split_payment':
      return t('anomalies.why.split_payment', {
        limit: money(evidence.limit),
        total: money(evidence.total),
        span: span(daysBetween(evidence.first, evidence.last)),
      });
    case 'near_duplicate':
      return t(
        evidence.sameReference ? 'anomalies.why.near_duplicate.reference' : 'anomalies.why.near_duplicate',
        { amount: money(evidence.amount), span: span(evidence.days) },
      );
    case 'new_counterparty':
      return t('anomalies.why.new_counterparty', {
        date: day(evidence.date),
        days: evidence.knownDays,
        percent: evidence.percentile,
        large: money(evidence.largeFrom),
      });
    case 'benford':
      return t(evidence.incoming ? 'anomalies.why.benford.in' : 'anomalies.why.benford.out', {
        from: day(evidence.from),
        to: day(evidence.to),
        count: evidence.postings,
      });
  }
}
