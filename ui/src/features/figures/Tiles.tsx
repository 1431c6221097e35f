import { useI18n } from '@/i18n';
import type { Amount as AmountView, FigureBoard } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { rounded } from '@/shared/decimal';
import { Percent } from '@/shared/figures/Percent';
import { type FigureScope, showExceptions } from '@/shared/figures/queries';
import { Tile } from '@/shared/figures/Tile';
import { formatCount, formatDecimal } from '@/shared/format';

function Sums({ sums }: { sums: readonly AmountView[] }) {
  return sums.length === 0 ? (
    <span className="num">{'0'}</span>
  ) : (
    <span className={sums.length > 1 ? 'tile-sums' : ''}>
      {sums.map((sum) => (
        <Amount key={sum.currency} amount={sum} currency />
      ))}
    </span>
  );
}

/** The figures at a glance, each with what it is made of. */
export function Tiles({ board, scope }: { board: FigureBoard; scope: FigureScope }) {
  const { t, locale } = useI18n();
  const count = (number: number) => formatCount(number, locale);
  const days = board.averageDaysOpen;
  return (
    <div className="tiles">
      <Tile
        label={t('figures.matchRate')}
        note={t('figures.matchRate.note', { matched: board.linesMatched, count: board.lines })}
        testId="tile-match-rate"
        value={board.matchRate ?? ''}
      >
        <Percent of={board.matchRate} />
      </Tile>
      <Tile
        label={t('figures.automaticRate')}
        note={t('figures.automaticRate.note', { automatic: board.linesAutomatic })}
        testId="tile-automatic-rate"
        value={board.automaticRate ?? ''}
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
        onClick={() => showExceptions(scope)}
        testId="tile-exceptions"
        value={String(board.exceptions)}
      >
        <span className="num">{count(board.exceptions)}</span>
      </Tile>
      <Tile
        label={t('figures.unallocated')}
        note={t('figures.unallocated.note')}
        title={t('figures.showLines')}
        onClick={() => showExceptions(scope, { side: 'statement' })}
        testId="tile-unallocated"
        value={board.unallocated.map((sum) => sum.value).join(' ')}
      >
        <Sums sums={board.unallocated} />
      </Tile>
    </div>
  );
}
