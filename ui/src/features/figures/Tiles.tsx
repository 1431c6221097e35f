import type { ReactNode } from 'react';
import { useI18n } from '@/i18n';
import type { Amount as AmountView, FigureBoard } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { formatCount, formatDecimal } from '@/shared/format';
import { type FigureScope, showExceptions } from './figures';

interface TileProps {
  label: string;
  children: ReactNode;
  note: ReactNode;
  onClick?: () => void;
  /** What a click does. */
  title?: string;
  testId: string;
  value?: string;
}

function Tile({ label, children, note, onClick, title, testId, value }: TileProps) {
  const inner = (
    <>
      <span className="tile-label">{label}</span>
      <span className="tile-value">{children}</span>
      <span className="tile-note">{note}</span>
    </>
  );
  return onClick ? (
    <button
      type="button"
      className="tile tile-link"
      title={title}
      data-testid={testId}
      data-value={value}
      onClick={onClick}
    >
      {inner}
    </button>
  ) : (
    <div className="tile" data-testid={testId} data-value={value}>
      {inner}
    </div>
  );
}

/** A share in percent; a dash where it cannot be known. */
export function Percent({ of }: { of: string | null }) {
  const { t, locale } = useI18n();
  return of === null ? (
    <span className="muted">
      <span aria-hidden>{'–'}</span>
      <span className="sr-only">{t('amount.unknown')}</span>
    </span>
  ) : (
    <span className="num">
      {formatDecimal(of, locale)}
      <span className="tile-unit">{'\u202f%'}</span>
    </span>
  );
}

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
            : t('figures.exceptions.note', { days: formatDecimal(days.replace(/\.00$/, ''), locale) })
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
