import type { ReactNode } from 'react';
import './charts.css';

/** One bar: what it stands for, how long it is, and what a click does. */
export interface Bar {
  key: string;
  label: string;
  /** Length, from 0 to 1 of the longest. */
  share: number;
  /** Written behind the bar, right-aligned. */
  value: ReactNode;
  /** Written behind that, quieter. */
  note?: ReactNode;
  title?: string;
}

interface BarListProps {
  /** What the bars tell, for screen readers. */
  label: string;
  bars: readonly Bar[];
  /** The bar that is chosen; a second press on it answers `null`. */
  chosen?: string | null;
  onChoose?: (key: string | null) => void;
  /** Bars side by side. */
  columns?: 1 | 2;
  testId?: string;
}

function Face({ bar }: { bar: Bar }) {
  return (
    <>
      <span className="bars-label">{bar.label}</span>
      <span className="bars-track" aria-hidden>
        <span className="bars-fill" style={{ width: bar.share > 0 ? `max(3px, ${bar.share * 100}%)` : 0 }} />
      </span>
      <span className="bars-value num">{bar.value}</span>
      {bar.note !== undefined && <span className="bars-note num">{bar.note}</span>}
    </>
  );
}

/** Bars with their numbers, one below the other: a chart that is a list, and a filter where a bar can be pressed. */
export function BarList({ label, bars, chosen = null, onChoose, columns = 1, testId }: BarListProps) {
  const noted = bars.some((bar) => bar.note !== undefined);
  return (
    <ul
      className={`bars ${columns === 2 ? 'bars-two' : ''} ${noted ? 'bars-noted' : ''}`}
      aria-label={label}
      data-testid={testId}
    >
      {bars.map((bar) => (
        <li key={bar.key}>
          {onChoose ? (
            <button
              type="button"
              className="bars-row bars-press"
              aria-pressed={bar.key === chosen}
              title={bar.title}
              data-testid={testId && `${testId}-${bar.key}`}
              onClick={() => onChoose(bar.key === chosen ? null : bar.key)}
            >
              <Face bar={bar} />
            </button>
          ) : (
            <span className="bars-row" title={bar.title}>
              <Face bar={bar} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
