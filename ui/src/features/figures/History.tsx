import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { FigureBoard, HistoryDay } from '@/ipc';
import { Count } from '@/shared/Count';
import { LineChart } from '@/shared/charts/LineChart';
import { DateText } from '@/shared/Dates';
import { RatesChart, VarianceChart } from '@/shared/figures/Charts';
import { Percent } from '@/shared/figures/Percent';
import { historyQuery } from '@/shared/figures/queries';
import { formatCount } from '@/shared/format';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Panel, Skeleton } from '@/shared/Parts';

function OpenRecords({ days }: { days: readonly HistoryDay[] }) {
  const { t, locale } = useI18n();
  const values = days.map((day) => day.unmatched);
  return (
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
        days={days.map((day) => day.date)}
        format={(value) => formatCount(value, locale)}
        series={[{ key: 'unmatched', label: t('figures.history.unmatched'), stroke: 'solid', values }]}
        testId="chart-open"
      />
    </section>
  );
}

function DayRow({ day }: { day: HistoryDay }) {
  const cells = [
    <Count key="runs" of={day.runs} />,
    day.lines === null ? '–' : <Count key="lines" of={day.lines} />,
    <Percent key="matched" of={day.matchRate} />,
    <Percent key="automatic" of={day.automaticRate} />,
    day.unmatched === null ? '–' : <Count key="unmatched" of={day.unmatched} />,
    <Percent key="variance" of={day.variance} />,
    <Count key="policy" of={day.approvedByPolicy} />,
    <Count key="people" of={day.approvedByPeople} />,
  ];
  return (
    <tr>
      <th scope="row">
        <DateText iso={day.date} />
      </th>
      {cells.map((cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
        <td key={column} className="right">
          {cell}
        </td>
      ))}
    </tr>
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
              <DayRow key={day.date} day={day} />
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
          <div className="history">
            <RatesChart days={days} />
            <OpenRecords days={days} />
            <VarianceChart days={days} limit={board.limits.variance} />
          </div>
          {days.length === 1 && <p className="muted">{t('figures.history.one')}</p>}
          <DayTable days={days} />
        </>
      )}
    </Panel>
  );
}
