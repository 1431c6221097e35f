import { ArrowDown, ArrowUp, ListFilter } from 'lucide-react';
import { type MouseEvent, useEffect, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import type { GridColumn, GridColumnView, GridSort } from '@/ipc';
import { headingOf, isFigure } from './words';

interface HeaderProps {
  columns: readonly GridColumnView[];
  widths: readonly number[];
  sort: readonly GridSort[];
  /** Columns that rows are filtered by. */
  filtered: readonly GridColumn[];
  onSort: (column: GridColumn, add: boolean) => void;
  onFilter: (column: GridColumn, anchor: Element) => void;
  onWidth: (column: GridColumn, width: number) => void;
  onFit: (column: GridColumn) => void;
  onMove: (column: GridColumn, by: number) => void;
  onAll: () => void;
}

/** How far the mouse goes before a click is a drag. */
const DRAG_PX = 5;

/** Follows the mouse until it is let go; answers how to stop at once. */
function follow(onMove: (x: number) => void, onEnd: () => void): () => void {
  const move = (event: globalThis.MouseEvent) => onMove(event.clientX);
  function end(): void {
    window.removeEventListener('mousemove', move);
    window.removeEventListener('mouseup', end);
    onEnd();
  }
  window.addEventListener('mousemove', move);
  window.addEventListener('mouseup', end);
  return end;
}

/** Which place a column dragged that far is dropped at. */
export function dropPlace(widths: readonly number[], from: number, by: number): number {
  const start = widths.slice(0, from).reduce((total, width) => total + width, 0);
  const middle = start + (widths[from] ?? 0) / 2 + by;
  let end = 0;
  for (const [place, width] of widths.entries()) {
    end += width;
    if (middle < end) {
      return place;
    }
  }
  return widths.length - 1;
}

interface Drag {
  column: GridColumn;
  by: number;
  to: number;
}

/** Columns dragged to another place, and made wider. */
function useHeaderMouse({ columns, widths, onSort, onMove, onWidth }: HeaderProps) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const stop = useRef<() => void>(() => undefined);
  const latest = useRef<Drag | null>(null);
  useEffect(() => () => stop.current(), []);

  function press(event: MouseEvent, at: number): void {
    const view = columns[at];
    if (event.button !== 0 || !view) {
      return;
    }
    event.preventDefault();
    const { clientX: start, shiftKey } = event;
    latest.current = null;
    stop.current = follow(
      (x) => {
        const by = x - start;
        if (latest.current || Math.abs(by) > DRAG_PX) {
          latest.current = { column: view.column, by, to: dropPlace(widths, at, by) };
          setDrag(latest.current);
        }
      },
      () => {
        const dropped = latest.current;
        setDrag(null);
        stop.current = () => undefined;
        if (dropped) {
          onMove(dropped.column, dropped.to - at);
        } else if (view.sortable) {
          onSort(view.column, shiftKey);
        }
      },
    );
  }

  function resize(event: MouseEvent, at: number): void {
    const column = columns[at]?.column;
    if (event.button !== 0 || !column) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const { clientX: start } = event;
    const width = widths[at] ?? 0;
    stop.current = follow(
      (x) => onWidth(column, width + x - start),
      () => {
        stop.current = () => undefined;
      },
    );
  }

  return { drag, press, resize };
}

function SortSign({ sort, column }: { sort: readonly GridSort[]; column: GridColumn }) {
  const at = sort.findIndex((one) => one.column === column);
  const one = sort[at];
  if (!one) {
    return null;
  }
  const Icon = one.descending ? ArrowDown : ArrowUp;
  return (
    <span className="grid-sort" aria-hidden>
      <Icon size={12} strokeWidth={2.5} />
      {sort.length > 1 && <span className="num">{at + 1}</span>}
    </span>
  );
}

function ariaSort(sort: readonly GridSort[], column: GridColumn): 'ascending' | 'descending' | 'none' {
  const one = sort.find((each) => each.column === column);
  return one ? (one.descending ? 'descending' : 'ascending') : 'none';
}

/** The headings: click sorts, Shift and click adds, drag moves, the edge makes wider. Keys do the same from the cells. */
export function Header(props: HeaderProps) {
  const { columns, sort, filtered, onFilter, onFit, onAll } = props;
  const i18n = useI18n();
  const { t } = i18n;
  const { drag, press, resize } = useHeaderMouse(props);
  const from = columns.findIndex(({ column }) => column === drag?.column);
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-head-row">
        <div role="columnheader" aria-colindex={1} className="grid-gutter grid-corner">
          <button
            type="button"
            tabIndex={-1}
            className="grid-corner-button"
            aria-label={t('grid.all')}
            title={t('grid.all')}
            onClick={onAll}
          />
        </div>
        {columns.map((view, at) => {
          const { column, kind, sortable } = view;
          const heading = headingOf(column, i18n);
          const isFiltered = filtered.includes(column);
          const drop =
            drag && drag.to === at && at !== from ? (at > from ? 'grid-drop-after' : 'grid-drop') : '';
          return (
            <div
              key={column}
              role="columnheader"
              aria-colindex={at + 2}
              aria-sort={sortable ? ariaSort(sort, column) : undefined}
              className={`grid-heading ${isFigure(kind) ? 'grid-figure' : ''} ${drop} ${drag?.column === column ? 'grid-dragged' : ''}`}
              data-heading={column}
              data-testid={`heading-${column}`}
            >
              {/* biome-ignore lint/a11y/noStaticElementInteractions: a click sorts; the same is done by the key S from the cells */}
              <span className="grid-heading-text" title={heading} onMouseDown={(event) => press(event, at)}>
                <span className="clip">{heading}</span>
                <SortSign sort={sort} column={column} />
              </span>
              <button
                type="button"
                tabIndex={-1}
                className={`grid-heading-filter ${isFiltered ? 'grid-heading-filtered' : ''}`}
                aria-label={t('grid.filter.of', { column: heading })}
                title={t('grid.filter.of', { column: heading })}
                data-testid={`filter-${column}`}
                onClick={(event) => onFilter(column, event.currentTarget)}
              >
                <ListFilter aria-hidden size={13} />
              </button>
              <span
                className="grid-resize"
                aria-hidden
                data-testid={`resize-${column}`}
                onMouseDown={(event) => resize(event, at)}
                onDoubleClick={() => onFit(column)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
