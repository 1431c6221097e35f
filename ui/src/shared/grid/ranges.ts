/**
 * Which cells of a grid are selected, as pure arithmetic. Rows and columns are positions as shown, from 0. As in
 * spreadsheets there is one active cell; Shift moves the far corner of the last area, and Ctrl begins a further one.
 */

import type { GridSpan } from '@/ipc';

/** A cell by its position. */
export interface CellPosition {
  row: number;
  column: number;
}

/** How large the grid is. */
export interface Bounds {
  rows: number;
  columns: number;
}

/** Cells from a row and column up to, but not including, others. */
export interface Area {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Whether the last area is of cells, or of whole rows, columns or all. */
export type Reach = 'cells' | 'rows' | 'columns' | 'all';

/** What is selected. */
export interface Selection {
  /** Has the focus; a corner of the last area. */
  active: CellPosition;
  /** The opposite corner of the last area. */
  extent: CellPosition;
  reach: Reach;
  /** Areas chosen before the last one. */
  others: readonly Area[];
}

/** Nothing but the first cell. */
export const AT_START: Selection = {
  active: { row: 0, column: 0 },
  extent: { row: 0, column: 0 },
  reach: 'cells',
  others: [],
};

/** Only this cell. */
export function only(cell: CellPosition): Selection {
  return { active: cell, extent: cell, reach: 'cells', others: [] };
}

function between(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}

/** The nearest cell that there is. */
export function clampCell(cell: CellPosition, { rows, columns }: Bounds): CellPosition {
  return { row: between(cell.row, rows), column: between(cell.column, columns) };
}

/** What is left of a selection in a grid that has become smaller. */
export function clampSelection(selection: Selection, bounds: Bounds): Selection {
  const [active, extent] = [clampCell(selection.active, bounds), clampCell(selection.extent, bounds)];
  const others = selection.others
    .map((area) => ({
      ...area,
      bottom: Math.min(area.bottom, bounds.rows),
      right: Math.min(area.right, bounds.columns),
    }))
    .filter((area) => area.top < area.bottom && area.left < area.right);
  return { ...selection, active, extent, others };
}

/** The last area. */
export function lastArea({ active, extent, reach }: Selection, { rows, columns }: Bounds): Area {
  const allRows = reach === 'columns' || reach === 'all';
  const allColumns = reach === 'rows' || reach === 'all';
  return {
    top: allRows ? 0 : Math.min(active.row, extent.row),
    bottom: allRows ? rows : Math.max(active.row, extent.row) + 1,
    left: allColumns ? 0 : Math.min(active.column, extent.column),
    right: allColumns ? columns : Math.max(active.column, extent.column) + 1,
  };
}

/** All areas, oldest first. */
export function areasOf(selection: Selection, bounds: Bounds): Area[] {
  return [...selection.others, lastArea(selection, bounds)];
}

/** Whether nothing but the active cell is selected. */
export function isSingle(selection: Selection, bounds: Bounds): boolean {
  const { top, bottom, left, right } = lastArea(selection, bounds);
  return selection.others.length === 0 && bottom - top === 1 && right - left === 1;
}

/** Which columns of a row are selected, a bit each: a row is drawn anew only when this changes. */
export function columnBits(areas: readonly Area[], row: number): number {
  let bits = 0;
  for (const { top, bottom, left, right } of areas) {
    if (row >= top && row < bottom) {
      for (let column = left; column < right; column += 1) {
        bits |= 1 << column;
      }
    }
  }
  return bits;
}

/** Spans without overlap, in order. */
export function mergeSpans(spans: readonly GridSpan[]): GridSpan[] {
  const merged: GridSpan[] = [];
  for (const span of [...spans].sort((left, right) => left.from - right.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) {
      last.to = Math.max(last.to, span.to);
    } else if (span.from < span.to) {
      merged.push({ ...span });
    }
  }
  return merged;
}

/** Rows and columns whose crossings are exactly the selected cells. */
export interface Crossing {
  rows: GridSpan[];
  /** Positions of columns, in order. */
  columns: number[];
}

function columnsOf(area: Area): number[] {
  return Array.from({ length: area.right - area.left }, (_, at) => area.left + at);
}

/** Areas as rows × columns; `null` where they are no such thing, as spreadsheets refuse to copy them too. */
export function crossingOf(areas: readonly Area[]): Crossing | null {
  const [first] = areas;
  if (!first) {
    return null;
  }
  const sameColumns = areas.every((area) => area.left === first.left && area.right === first.right);
  const sameRows = areas.every((area) => area.top === first.top && area.bottom === first.bottom);
  if (!sameColumns && !sameRows) {
    return null;
  }
  const columns = [...new Set(areas.flatMap(columnsOf))].sort((left, right) => left - right);
  const rows = mergeSpans(areas.map(({ top, bottom }) => ({ from: top, to: bottom })));
  return { rows, columns };
}

/** How many cells a crossing has. */
export function cellsIn({ rows, columns }: Crossing): number {
  return rowsIn(rows) * columns.length;
}

/** How many rows spans have. */
export function rowsIn(rows: readonly GridSpan[]): number {
  return rows.reduce((count, { from, to }) => count + to - from, 0);
}
