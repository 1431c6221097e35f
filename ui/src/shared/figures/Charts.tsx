import { useI18n } from '@/i18n';
import type { HistoryDay } from '@/ipc';
import { LineChart } from '../charts/LineChart';
import { formatDecimal } from '../format';
import { showMatchesOf } from './queries';
import './figures.css';

/** For drawing only. */
function point(text: string | null): number | null {
  return text === null ? null : Number(text);
}

/** With two digits after the point, as everywhere; marks of an axis that are whole stay so. */
function usePercent(): (value: number) => string {
  const { locale } = useI18n();
  return (value) =>
    `${formatDecimal(Number.isInteger(value) ? String(value) : value.toFixed(2), locale)}\u202f%`;
}

/** How much of the lines was matched when each day ended, and how much without a person; a day shows its matches. */
export function RatesChart({ days }: { days: readonly HistoryDay[] }) {
  const { t } = useI18n();
  const percent = usePercent();
  return (
    <section>
      <h3 className="chart-title">{t('figures.history.rates')}</h3>
      <LineChart
        label={t('figures.history.rates')}
        days={days.map((day) => day.date)}
        top={100}
        format={percent}
        series={[
          {
            key: 'matched',
            label: t('figures.history.matched'),
            stroke: 'solid',
            values: days.map((day) => point(day.matchRate)),
          },
          {
            key: 'automatic',
            label: t('figures.history.automatic'),
            stroke: 'dashed',
            values: days.map((day) => point(day.automaticRate)),
          },
        ]}
        choose={{ label: t('figures.history.show'), onChoose: showMatchesOf }}
        testId="chart-rates"
      />
    </section>
  );
}

/** How far bank and books were apart in each run, held against the limit; a day shows its matches. */
export function VarianceChart({ days, limit }: { days: readonly HistoryDay[]; limit: string }) {
  const { t, locale } = useI18n();
  const percent = usePercent();
  const ran = days.filter((day) => day.variance !== null);
  if (ran.length === 0) {
    return null;
  }
  const values = ran.map((day) => point(day.variance));
  const told = t('figures.history.limit', { limit: formatDecimal(limit, locale) });
  return (
    <section>
      <h3 className="chart-title">{t('figures.history.variance')}</h3>
      <LineChart
        label={t('figures.history.variance')}
        days={ran.map((day) => day.date)}
        format={percent}
        limit={{ value: Number(limit), label: told }}
        series={[{ key: 'variance', label: t('figures.variance'), stroke: 'solid', values }]}
        choose={{ label: t('figures.history.show'), onChoose: showMatchesOf }}
        testId="chart-variance"
      />
    </section>
  );
}
