import { Eye, EyeOff, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import type { StandingRowView, StandingView } from '@/ipc';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Panel } from '@/shared/Parts';
import { nameOfDays } from '@/shared/period/periodWords';
import { askedDuty, type PeriodDuty, proofOf } from './duties';
import { MatchedCell, OpenCell, ProofCell, StateCell, VarianceCell } from './StandingCells';
import { type Rates, ratesOf, useRates, useStanding } from './useStanding';

const isLocked = (row: StandingRowView) => row.period?.state === 'locked';

/** Rows that something can still happen to; of an account all of whose periods are locked, the last one. */
function unlocked(rows: readonly StandingRowView[]): StandingRowView[] {
  return rows.filter(
    (row, at) =>
      !isLocked(row) ||
      (rows[at + 1]?.accountId !== row.accountId &&
        rows.every((other) => other.accountId !== row.accountId || isLocked(other))),
  );
}

function Days({ row }: { row: StandingRowView }) {
  const { t, locale } = useI18n();
  if (row.period) {
    return <>{nameOfDays(row.from ?? '', row.to ?? '', locale)}</>;
  }
  return row.from === null ? (
    t('overview.allDays')
  ) : (
    <>
      <DateText iso={row.from} /> {'–'} <DateText iso={row.to} />
    </>
  );
}

interface RowProps {
  row: StandingRowView;
  rates: Rates;
  limit: string;
}

function Row({ row, rates, limit }: RowProps) {
  const { t } = useI18n();
  const go = () => goTo('proof', proofOf(row));
  return (
    // The button in the first cell does the same for the keyboard.
    <tr
      className="standing-row"
      onClick={go}
      data-testid="standing-row"
      data-account={row.account}
      data-state={row.period?.state ?? ''}
      data-duty={row.duty ?? ''}
      data-proves={row.proves}
    >
      <td>
        <button
          type="button"
          className="standing-go"
          onClick={(event) => {
            event.stopPropagation();
            go();
          }}
          data-testid="standing-go"
        >
          {row.account}
          <span className="standing-days">
            <Days row={row} />
          </span>
        </button>
        <span className="standing-note">
          {row.currency} {'·'} {t('overview.lines', { count: row.lines })}
        </span>
      </td>
      <td className="standing-state">
        <StateCell row={row} />
      </td>
      <td>
        <ProofCell row={row} />
      </td>
      <td className="right">
        <VarianceCell rates={rates} limit={limit} />
      </td>
      <td className="right">
        <MatchedCell rates={rates} />
      </td>
      <td>
        <OpenCell rates={rates} />
      </td>
    </tr>
  );
}

interface TableProps {
  rows: StandingRowView[];
  locked: boolean;
  limit: string;
  /** Whether the figures are worked out. */
  figures: boolean;
}

function Table({ rows, locked, limit, figures }: TableProps) {
  const { word } = useI18n();
  const rates = useRates(locked, figures);
  const heads = [
    ['account', ''],
    ['state', ''],
    ['proof', ''],
    ['variance', 'right'],
    ['matched', 'right'],
    ['open', ''],
  ] as const;
  return (
    <>
      {rates.error && <FaultNotice fault={rates.error} />}
      <table className="table standing" aria-busy={rates.isFetching}>
        <thead>
          <tr>
            {heads.map(([name, side]) => (
              <th key={name} scope="col" className={side}>
                {word('overview.standing', name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={proofOf(row)}
              row={row}
              rates={ratesOf(figures ? rates.data : null, row)}
              limit={limit}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Choice(props: { duty: PeriodDuty | null; locked: number; shown: boolean; onLocked: () => void }) {
  const { t, word } = useI18n();
  const { duty, locked, shown, onLocked } = props;
  if (duty) {
    return (
      <Button size="small" icon={X} onClick={() => goTo('overview')} testId="standing-all">
        {t('overview.standing.only', { what: word('duty', duty) })}
      </Button>
    );
  }
  return locked === 0 ? null : (
    <Button
      size="small"
      variant="quiet"
      icon={shown ? EyeOff : Eye}
      aria-pressed={shown}
      onClick={onLocked}
      testId="standing-locked"
    >
      {t(shown ? 'overview.standing.hideLocked' : 'overview.standing.showLocked', { count: locked })}
    </Button>
  );
}

/**
 * Where each account and period stands; a row leads to its proof. `focus` asks for the periods of one kind only; without
 * `figures` the columns that look at lines stay empty.
 */
export function StandingTable({ focus, figures }: { focus: string; figures: boolean }) {
  const { t } = useI18n();
  const { data } = useStanding();
  const [shown, setShown] = useState(false);
  const ref = useRef<HTMLDivElement>(null);
  const duty = askedDuty(focus);
  const is = data !== undefined;
  useEffect(() => {
    if (duty !== null && is) {
      ref.current?.scrollIntoView({ block: 'start' });
      ref.current?.querySelector<HTMLElement>('[data-testid="standing-go"]')?.focus({ preventScroll: true });
    }
  }, [duty, is]);
  if (!data || data.rows.length === 0) {
    return null;
  }
  const rows = rowsOf(data, duty, shown);
  const hidden = data.rows.filter(isLocked).length;
  return (
    <div ref={ref} className="standing-place">
      <Panel
        title={t('overview.standing')}
        flush
        testId="standing"
        aside={
          <Choice duty={duty} locked={hidden} shown={shown} onLocked={() => setShown((before) => !before)} />
        }
      >
        {rows.length === 0 ? (
          <p className="standing-none">{t('overview.standing.none')}</p>
        ) : (
          <Table rows={rows} locked={rows.some(isLocked)} limit={data.varianceLimit} figures={figures} />
        )}
      </Panel>
    </div>
  );
}

function rowsOf({ rows }: StandingView, duty: PeriodDuty | null, shown: boolean): StandingRowView[] {
  if (duty) {
    return rows.filter((row) => row.duty === duty);
  }
  return shown ? rows : unlocked(rows);
}
