import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowRight, CircleCheck, TriangleAlert } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { FigureBoard, HistoryDay } from '@/ipc';
import { DateText } from '@/shared/Dates';
import { rounded } from '@/shared/decimal';
import { Breakdown } from '@/shared/figures/Breakdown';
import { RatesChart, VarianceChart } from '@/shared/figures/Charts';
import { Percent } from '@/shared/figures/Percent';
import {
  boardQuery,
  historyQuery,
  showExceptions,
  showMatchesOf,
  WHOLE_COMPANY,
} from '@/shared/figures/queries';
import { Tile } from '@/shared/figures/Tile';
import { formatCount, formatDecimal } from '@/shared/format';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Panel, Skeleton } from '@/shared/Parts';

/** The variances of all currencies, each held against the limit. */
function Variances({ board }: { board: FigureBoard }) {
  const { t } = useI18n();
  return (
    <span className={board.variances.length > 1 ? 'tile-sums' : ''}>
      {board.variances.map(({ rate, isWithin, bank }) => {
        const Icon = isWithin ? CircleCheck : TriangleAlert;
        return (
          <span key={bank.currency} className={isWithin ? 'standing-good' : 'standing-warn'}>
            <Icon aria-hidden size={16} /> <Percent of={rate} />
            {board.variances.length > 1 && <span className="tile-unit"> {bank.currency}</span>}
            <span className="sr-only">
              {t(isWithin ? 'overview.variance.within' : 'overview.variance.beyond')}
            </span>
          </span>
        );
      })}
    </span>
  );
}

function Tiles({ board }: { board: FigureBoard }) {
  const { t, locale } = useI18n();
  const days = board.averageDaysOpen;
  const toFigures = { title: t('overview.showFigures'), onClick: () => goTo('figures') };
  return (
    <div className="tiles">
      <Tile
        label={t('figures.variance')}
        note={t('overview.goal', { limit: formatDecimal(board.limits.variance, locale) })}
        testId="company-variance"
        value={board.variances.map(({ rate }) => rate ?? '').join(' ')}
        {...toFigures}
      >
        <Variances board={board} />
      </Tile>
      <Tile
        label={t('figures.matchRate')}
        note={t('figures.matchRate.note', { matched: board.linesMatched, count: board.lines })}
        testId="company-match-rate"
        value={board.matchRate ?? ''}
        {...toFigures}
      >
        <Percent of={board.matchRate} />
      </Tile>
      <Tile
        label={t('figures.automaticRate')}
        note={t('figures.automaticRate.note', { automatic: board.linesAutomatic })}
        testId="company-automatic-rate"
        value={board.automaticRate ?? ''}
        {...toFigures}
      >
        <Percent of={board.automaticRate} />
      </Tile>
      <Tile
        label={t('figures.exceptions')}
        note={
          days === null
            ? t('figures.exceptions.none')
            : t('figures.exceptions.note', { days: formatDecimal(rounded(days, 1), locale) })
        }
        title={t('figures.showExceptions')}
        onClick={() => showExceptions(WHOLE_COMPANY)}
        testId="company-exceptions"
        value={String(board.exceptions)}
      >
        <span className="num">{formatCount(board.exceptions, locale)}</span>
      </Tile>
    </div>
  );
}

/** The trend in numbers, with the list behind each day. */
function TrendTable({ days }: { days: readonly HistoryDay[] }) {
  const { t } = useI18n();
  const heads = [t('figures.history.matched'), t('figures.history.automatic'), t('figures.variance')];
  return (
    <details className="history-table" data-testid="trend-table">
      <summary>{t('figures.history.table')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long table scrolls by keyboard only when it can take the focus */}
      <section className="scroll-x" tabIndex={0} aria-label={t('overview.trend')}>
        <table className="table table-inset">
          <thead>
            <tr>
              <th scope="col">{t('figures.history.day')}</th>
              {heads.map((head) => (
                <th key={head} scope="col" className="right">
                  {head}
                </th>
              ))}
              <th scope="col">
                <span className="sr-only">{t('figures.history.show')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map((day) => (
              <tr key={day.date}>
                <th scope="row">
                  <DateText iso={day.date} />
                </th>
                {[day.matchRate, day.automaticRate, day.variance].map((rate, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
                  <td key={column} className="right">
                    <Percent of={rate} />
                  </td>
                ))}
                <td className="right">
                  <button type="button" className="link" onClick={() => showMatchesOf(day.date)}>
                    {t('figures.history.show')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function Trend({ limit }: { limit: string }) {
  const { t } = useI18n();
  const history = useQuery({ ...historyQuery, placeholderData: keepPreviousData });
  const days = history.data?.filter((day) => day.lines !== null);
  return (
    <Panel
      title={t('overview.trend')}
      testId="trend"
      aside={
        <button type="button" className="link" onClick={() => goTo('figures')}>
          {t('overview.showFigures')}
          <ArrowRight aria-hidden size={13} />
        </button>
      }
    >
      {history.error && <FaultNotice fault={history.error} />}
      {!days && !history.error && <Skeleton rows={5} height={22} />}
      {days?.length === 0 && <p className="muted">{t('figures.history.none')}</p>}
      {days && days.length > 0 && (
        <>
          <div className="history">
            <RatesChart days={days} />
            <VarianceChart days={days} limit={limit} />
          </div>
          <TrendTable days={days} />
        </>
      )}
    </Panel>
  );
}

/** The whole company at a glance: figures, exceptions by cause and age, and how it went. Each shows the list behind it. */
export function Company() {
  const board = useQuery({ ...boardQuery(WHOLE_COMPANY), placeholderData: keepPreviousData });
  const { data, error } = board;
  if (error) {
    return <FaultNotice fault={error} />;
  }
  if (!data) {
    return (
      <Panel>
        <Skeleton rows={6} height={22} />
      </Panel>
    );
  }
  return (
    <section className="company" aria-busy={board.isPlaceholderData} data-testid="company">
      <Tiles board={data} />
      <Breakdown board={data} scope={WHOLE_COMPANY} />
      <Trend limit={data.limits.variance} />
    </section>
  );
}
