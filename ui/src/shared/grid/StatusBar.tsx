import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useI18n } from '@/i18n';
import { asCommandError, type GridColumn, type GridRequest, type GridSelection, host } from '@/ipc';
import { Amount } from '../Amount';
import { formatCount } from '../format';
import { KEYS } from '../queries';
import { useLater } from '../useLater';
import { type Crossing, cellsIn } from './ranges';

/** The selection is asked for once it has come to rest. */
const REST_MS = 150;

interface StatusBarProps {
  question: GridRequest;
  /** Of the workbook whose rows are shown. */
  version: number;
  /** Names which rows stand where. */
  order: number;
  /** Other rows stand there by now: they are to be read again. */
  onMoved: () => void;
  total: number;
  /** Position of the active cell's row. */
  row: number;
  /** `null` where the areas are no rows × columns. */
  crossing: Crossing | null;
  single: boolean;
  columns: readonly GridColumn[];
  leaving: boolean;
  /** The newest question is not answered yet. */
  loading: boolean;
}

function Sums({ selection }: { selection: GridSelection }) {
  const { t, locale } = useI18n();
  return (
    <>
      <span data-testid="selection-count" data-value={selection.count}>
        {t('grid.status.count')} <strong className="num">{formatCount(selection.count, locale)}</strong>
      </span>
      {selection.sums.map((sum) => (
        <span key={sum.currency} data-testid="selection-sum">
          {t('grid.status.sum')}{' '}
          <strong>
            <Amount amount={sum} currency />
          </strong>
        </span>
      ))}
      {selection.difference && (
        <span data-testid="selection-difference" title={t('grid.status.difference.title')}>
          {t('grid.status.difference')}{' '}
          <strong>
            <Amount amount={selection.difference} currency />
          </strong>
        </span>
      )}
    </>
  );
}

/** What is selected and what it comes to; the host adds it up. */
export function StatusBar(props: StatusBarProps) {
  const { question, version, order, onMoved, total, row, crossing, single, columns, leaving, loading } =
    props;
  const { t, locale } = useI18n();
  const asked = useMemo(
    () =>
      crossing && !single
        ? JSON.stringify({
            request: question,
            rows: crossing.rows,
            columns: crossing.columns.map((at) => columns[at]),
            seen: order,
          })
        : null,
    [question, crossing, single, columns, order],
  );
  const settled = useLater(asked, REST_MS);
  const answer = useQuery({
    queryKey: [...KEYS.grids, 'selection', settled, version],
    queryFn: () => host().call('grid_selection', { request: JSON.parse(settled ?? '') }),
    enabled: settled !== null,
    gcTime: 30_000,
  });
  const moved = answer.error != null && asCommandError(answer.error).code === 'stale';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer
  useEffect(() => {
    if (moved) {
      onMoved();
    }
  }, [moved, settled]);
  const current = settled === asked && settled !== null ? answer : null;
  return (
    <footer className="grid-status" data-testid="grid-status">
      <span className="grid-status-rows">
        {loading
          ? t('grid.status.loading')
          : total > 0
            ? t('grid.status.row', { row: formatCount(row + 1, locale), total: formatCount(total, locale) })
            : t('grid.status.none')}
      </span>
      <span className="grid-status-sums" role="status">
        {leaving && <span>{t('grid.status.leaving')}</span>}
        {!single && crossing === null && <span>{t('grid.status.areas')}</span>}
        {!single && crossing && (
          <span className="muted">{t('grid.status.cells', { count: cellsIn(crossing) })}</span>
        )}
        {current?.data && <Sums selection={current.data} />}
        {current?.error && !moved && <span className="grid-status-fault">{t('grid.status.fault')}</span>}
        {asked !== null && !current?.data && (!current?.error || moved) && (
          <span className="grid-status-wait" aria-hidden />
        )}
      </span>
    </footer>
  );
}
