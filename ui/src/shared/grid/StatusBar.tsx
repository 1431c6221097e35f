import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useI18n } from '@/i18n';
import {
  asCommandError,
  type GridColumn,
  type GridRequest,
  type GridSelection,
  type GridSelectionRequest,
  host,
} from '@/ipc';
import { Amount } from '../Amount';
import { formatCount } from '../format';
import { KEYS } from '../queries';
import { useLater } from '../useLater';
import { type Crossing, cellsIn, rowsIn } from './ranges';
import { headingOf } from './words';

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
  /** Those of them that hold amounts. */
  amounts: readonly GridColumn[];
  leaving: boolean;
  /** The newest question is not answered yet. */
  loading: boolean;
}

/** What is selected, and what each column of amounts comes to: amounts of two columns are no sum. */
interface Answer {
  whole: GridSelection;
  columns: { column: GridColumn; sums: GridSelection['sums'] }[];
}

async function askFor(request: GridSelectionRequest, amounts: readonly GridColumn[]): Promise<Answer> {
  const ask = (part: GridSelectionRequest) => host().call('grid_selection', { request: part });
  const whole = await ask(request);
  const held = request.columns.filter((column) => amounts.includes(column));
  if (held.length < 2) {
    return { whole, columns: held.map((column) => ({ column, sums: whole.sums })) };
  }
  const columns = [];
  for (const column of held) {
    columns.push({ column, sums: (await ask({ ...request, columns: [column] })).sums });
  }
  return { whole, columns };
}

/** Whether the first amount less the others says something: those of one column, or of one row. */
function hasDifference({ rows }: GridSelectionRequest, { columns }: Answer): boolean {
  return columns.length < 2 || rowsIn(rows) === 1;
}

function Sums({ answer, request }: { answer: Answer; request: GridSelectionRequest }) {
  const i18n = useI18n();
  const { t, locale } = i18n;
  const selection = answer.whole;
  const several = answer.columns.length > 1;
  return (
    <>
      <span data-testid="selection-count" data-value={selection.count}>
        {t('grid.status.count')} <strong className="num">{formatCount(selection.count, locale)}</strong>
      </span>
      {answer.columns.flatMap(({ column, sums }) =>
        sums.map((sum) => (
          <span key={column + sum.currency} data-testid="selection-sum">
            {several ? t('grid.status.sumOf', { column: headingOf(column, i18n) }) : t('grid.status.sum')}{' '}
            <strong>
              <Amount amount={sum} currency />
            </strong>
          </span>
        )),
      )}
      {selection.difference && hasDifference(request, answer) && (
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
  const { question, version, order, onMoved, total, row, crossing, single, columns, amounts } = props;
  const { leaving, loading } = props;
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
    queryFn: async () => {
      const request: GridSelectionRequest = JSON.parse(settled ?? '');
      return { request, answer: await askFor(request, amounts) };
    },
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
        {current?.data && <Sums {...current.data} />}
        {current?.error && !moved && <span className="grid-status-fault">{t('grid.status.fault')}</span>}
        {asked !== null && !current?.data && (!current?.error || moved) && (
          <span className="grid-status-wait" aria-hidden />
        )}
      </span>
    </footer>
  );
}
