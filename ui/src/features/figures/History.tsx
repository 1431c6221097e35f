import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { FigureBoard, HistoryDay } from '@/ipc';
import { Count } from '@/shared/Count';
import { LineChart } from '@/shared/charts/LineChart';
import { DateText } from '@/shared/Dates';
import { formatCount, formatDecimal } from '@/shared/format';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Panel, Skeleton } from '@/shared/Parts';
import { historyQuery } from './figures';
import { Percent } from './Tiles';

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

function Charts({ days, board }: { days: readonly HistoryDay[]; board: FigureBoard }) {
  const { t, locale } = useI18n();
  const percent = usePercent();
  const dates = days.map((day) => day.date);
  const ran = days.filter((day) => day.variance !== null);
  return (
    <div className="history">
      <section>
        <h3 className="chart-title">{t('figures.history.rates')}</h3>
        <LineChart
          label={t('figures.history.rates')}
          days={dates}
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
          testId="chart-rates"
        />
      </section>
      <section>
        <h3 className="chart-title">
          {t('figures.history.open')}
          <button type="button" className="link" onClick={() => goTo('exceptions', 'all')}>
            {t('figures.showExceptions')}
            <ArrowRight aria-hidden size={13} />
          </button>
        </h3>
        <LineChart
          label={t('figures.history.open')}
          days={dates}
          format={(value) => formatCount(value, locale)}
          series={[
            {
              key: 'unmatched',
              label: t('figures.history.unmatched'),
              stroke: 'solid',
              values: days.map((day) => day.unmatched),
            },
          ]}
          testId="chart-open"
        />
      </section>
      {ran.length > 0 && (
        <section>
          <h3 className="chart-title">{t('figures.history.variance')}</h3>
          <LineChart
            label={t('figures.history.variance')}
            days={ran.map((day) => day.date)}
            format={percent}
            limit={{
              value: Number(board.limits.variance),
              label: t('figures.history.limit', { limit: formatDecimal(board.limits.variance, locale) }),
            }}
            series={[
              {
                key: 'variance',
                label: t('figures.variance'),
                stroke: 'solid',
                values: ran.map((day) => point(day.variance)),
              },
            ]}
            testId="chart-variance"
          />
        </section>
      )}
    </div>
  );
}

function DayTable({ days }: { days: readonly HistoryDay[] }) {
  const { t } = useI18n();
  const heads = [
    t('figures.history.runs'),
    t('figures.history.lines'),
    t('figures.history.matched'),
    t('figures.history.automatic'),
    t('figures.history.unmatched'),
    t('figures.variance'),
    t('figures.history.byPolicy'),
    t('figures.history.byPeople'),
  ];
  return (
    <details className="history-table" data-testid="history-table">
      <summary>{t('figures.history.table')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus */}
      <section className="scroll-x" tabIndex={0} aria-label={t('figures.history')}>
        <table className="table table-inset">
          <thead>
            <tr>
              <th scope="col">{t('figures.history.day')}</th>
              {heads.map((head) => (
                <th key={head} scope="col" className="right">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map((day) => (
              <tr key={day.date}>
                <th scope="row">
                  <DateText iso={day.date} />
                </th>
                <td className="right">
                  <Count of={day.runs} />
                </td>
                <td className="right">{day.lines === null ? '–' : <Count of={day.lines} />}</td>
                <td className="right">
                  <Percent of={day.matchRate} />
                </td>
                <td className="right">
                  <Percent of={day.automaticRate} />
                </td>
                <td className="right">{day.unmatched === null ? '–' : <Count of={day.unmatched} />}</td>
                <td className="right">
                  <Percent of={day.variance} />
                </td>
                <td className="right">
                  <Count of={day.approvedByPolicy} />
                </td>
                <td className="right">
                  <Count of={day.approvedByPeople} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

/** How the whole company's figures went, day by day. */
export function History({ board }: { board: FigureBoard }) {
  const { t } = useI18n();
  const history = useQuery(historyQuery);
  const days = history.data?.filter((day) => day.lines !== null);
  return (
    <Panel
      title={t('figures.history')}
      aside={<span className="muted">{t('figures.history.sub')}</span>}
      testId="history"
    >
      {history.error && <FaultNotice fault={history.error} />}
      {!days && !history.error && <Skeleton rows={5} height={22} />}
      {days?.length === 0 && <p className="muted">{t('figures.history.none')}</p>}
      {days && days.length > 0 && (
        <>
          <Charts days={days} board={board} />
          {days.length === 1 && <p className="muted">{t('figures.history.one')}</p>}
          <DayTable days={days} />
        </>
      )}
    </Panel>
  );
}
