import { type MouseEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { columnAt, END_SPACE } from './layout';
import { type Move, moved } from './moves';
import { AT_START, type Bounds, type CellPosition, clampSelection, type Selection } from './ranges';
import { HEAD_HEIGHT, type Viewport } from './useViewport';
import { rowAtHeight } from './window';

/** Width of the column of row numbers: wide enough for the last one. */
export function gutterWidth(rows: number): number {
  return Math.max(44, 20 + String(rows).length * 7.5);
}

/** Frames after which the focus is no longer asked for. */
const FOCUS_TRIES = 4;

/** How often a drag beyond the edge scrolls on. */
const DRAG_SCROLL_MS = 40;

interface CellsProps {
  bounds: Bounds;
  /** What is shown. */
  viewport: Viewport;
  /** The place that was scrolled to: while its rows are on their way, another one is shown. */
  scrolledTo: number;
  widths: readonly number[];
  /** Another key: other rows, which begin at their start. */
  rowsKey: string;
}

/** The selection, and what keys and the mouse do to it. */
export interface Cells {
  selection: Selection;
  /** Moves and, unless told otherwise, scrolls to where it led. */
  move: (move: Move) => void;
  /** Goes to a cell, with the focus. */
  place: (cell: CellPosition) => void;
  /** Gives the focus to the active cell. */
  focus: () => void;
  onMouseDown: (event: MouseEvent) => void;
}

/** What of the grid lies at a place of the window. */
function cellAt(x: number, y: number, { viewport, widths, bounds }: CellsProps): CellPosition {
  const frame = viewport.scrollRef.current;
  const box = frame?.getBoundingClientRect();
  const left = x - (box?.left ?? 0) - gutterWidth(bounds.rows) + (frame?.scrollLeft ?? 0);
  const height = Math.max(0, Math.min(viewport.extent.view - 1, y - (box?.top ?? 0) - HEAD_HEIGHT));
  return { row: rowAtHeight(height, viewport.top, viewport.extent), column: columnAt(left, widths) };
}

function revealColumn({ viewport, widths, bounds }: CellsProps, column: number): void {
  const frame = viewport.scrollRef.current;
  if (!frame) {
    return;
  }
  const start = widths.slice(0, column).reduce((total, width) => total + width, 0);
  const end = start + (widths[column] ?? 0);
  const room = frame.clientWidth - gutterWidth(bounds.rows) - END_SPACE;
  if (start < frame.scrollLeft) {
    frame.scrollLeft = start;
  } else if (end > frame.scrollLeft + room) {
    frame.scrollLeft = Math.min(start, end - room);
  }
}

/** How far a place lies before a start (below zero) or behind an end. */
function beyond(place: number, start: number, end: number): number {
  return place < start ? place - start : place > end ? place - end : 0;
}

/** Follows the mouse until it is let go; beyond an edge the grid scrolls on. */
function useDrag(latest: RefObject<CellsProps>, extend: (cell: CellPosition, row: boolean) => void) {
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  return (ofRows: boolean): void => {
    let [x, y] = [Number.NaN, Number.NaN];
    const follow = (event: globalThis.MouseEvent) => {
      [x, y] = [event.clientX, event.clientY];
      extend(cellAt(x, y, latest.current), ofRows);
    };
    const timer = window.setInterval(() => {
      const { viewport, bounds, scrolledTo } = latest.current;
      const frame = viewport.scrollRef.current;
      if (!frame || Number.isNaN(y)) {
        return;
      }
      const box = frame.getBoundingClientRect();
      const down = beyond(y, box.top + HEAD_HEIGHT, box.top + frame.clientHeight);
      const right = ofRows ? 0 : beyond(x, box.left + gutterWidth(bounds.rows), box.left + frame.clientWidth);
      if (down !== 0 || right !== 0) {
        viewport.scrollTo(scrolledTo + down * 2);
        frame.scrollLeft += right;
        extend(cellAt(x, y, latest.current), ofRows);
      }
    }, DRAG_SCROLL_MS);
    stop.current = () => {
      window.clearInterval(timer);
      window.removeEventListener('mousemove', follow);
      window.removeEventListener('mouseup', letGo);
    };
    function letGo(): void {
      stop.current();
      // The rows may have scrolled on since the mouse last moved.
      if (!Number.isNaN(y)) {
        extend(cellAt(x, y, latest.current), ofRows);
      }
    }
    window.addEventListener('mousemove', follow);
    window.addEventListener('mouseup', letGo);
  };
}

/** Keeps the selection. */
export function useCells(props: CellsProps): Cells {
  const { bounds, viewport, rowsKey } = props;
  const [selection, setSelection] = useState<Selection>(AT_START);
  const latest = useRef(props);
  latest.current = props;
  const current = clampSelection(selection, bounds);
  const { scrollRef } = viewport;
  const { row, column } = current.active;
  const wanted = useRef(false);
  const [placed, setPlaced] = useState(0);
  // Asked before the rows change: with its row the focused cell may go, and the focus would be lost.
  const focused = document.activeElement;
  const inside = scrollRef.current?.contains(focused) === true && !(focused instanceof HTMLInputElement);

  // A dialog that closes keeps the rest of the window from the focus for some frames more.
  const focusCell = (tries = FOCUS_TRIES): boolean => {
    const cell = scrollRef.current?.querySelector<HTMLElement>('.grid-active');
    cell?.focus({ preventScroll: true });
    const taken = cell != null && document.activeElement === cell;
    if (cell && !taken && tries > 0) {
      window.requestAnimationFrame(() => focusCell(tries - 1));
    }
    return cell != null;
  };

  // The focus goes with the active cell, where the grid has it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another active cell takes the focus
  useLayoutEffect(() => {
    // What is edited in it has the focus already.
    const edited = scrollRef.current?.querySelector('.grid-active input');
    if (edited == null && (inside || wanted.current)) {
      wanted.current = !focusCell();
    }
  }, [row, column, bounds.rows === 0, placed]);

  const firstKey = useRef(rowsKey);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows begin at their start, in the same column
  useLayoutEffect(() => {
    if (firstKey.current !== rowsKey && firstKey.current !== '') {
      setSelection((before) => {
        const start = { row: 0, column: before.active.column };
        return { ...AT_START, active: start, extent: start };
      });
      viewport.scrollTo(0);
    }
    firstKey.current = rowsKey;
  }, [rowsKey]);

  // Another size of the window may cover the active cell.
  const { view } = viewport.extent;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another size counts
  useLayoutEffect(() => {
    if (inside && bounds.rows > 0) {
      viewport.reveal(row);
      revealColumn(props, column);
    }
  }, [view, viewport.width]);

  function settle(next: Selection, show: CellPosition): void {
    setSelection(next);
    viewport.reveal(show.row);
    revealColumn(props, show.column);
  }

  function move(step: Move): void {
    const next = moved(current, step, bounds);
    const stays = step.kind === 'rows' || step.kind === 'columns' || step.kind === 'all';
    if (stays) {
      setSelection(next);
    } else {
      settle(next, next.extent);
    }
  }

  const drag = useDrag(latest, (cell, ofRows) =>
    setSelection((before) =>
      moved(
        before,
        ofRows ? { kind: 'row', at: cell.row, how: 'extend' } : { kind: 'to', cell, how: 'extend' },
        latest.current.bounds,
      ),
    ),
  );

  function onMouseDown(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const line = target?.closest<HTMLElement>('[data-row]');
    if (event.button !== 0 || !line || target?.closest('input')) {
      return;
    }
    // Not the cell under the pointer but the active one takes the focus.
    event.preventDefault();
    const at = Number(line.dataset.row);
    const how = event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'add' : 'only';
    const cell = target?.closest<HTMLElement>('[data-column]');
    wanted.current = !focusCell();
    setSelection(
      moved(
        current,
        cell
          ? { kind: 'to', cell: { row: at, column: Number(cell.dataset.column) }, how }
          : { kind: 'row', at, how },
        bounds,
      ),
    );
    drag(!cell);
  }

  return {
    selection: current,
    move,
    place: (cell) => {
      wanted.current = true;
      setPlaced((times) => times + 1);
      settle(moved(current, { kind: 'to', cell, how: 'only' }, bounds), cell);
    },
    focus: () => {
      wanted.current = !focusCell();
    },
    onMouseDown,
  };
}
