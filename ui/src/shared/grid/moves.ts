/** What keys and the mouse do to the selection, as in spreadsheets. */

import {
  type Area,
  areasOf,
  type Bounds,
  type CellPosition,
  clampCell,
  lastArea,
  only,
  type Selection,
} from './ranges';

/** Which way. */
export type Direction = 'up' | 'down' | 'left' | 'right';

/** What happens to the selection. */
export type Move =
  | { kind: 'step'; direction: Direction; extend: boolean }
  | { kind: 'edge'; direction: Direction; extend: boolean }
  | { kind: 'page'; by: number; extend: boolean }
  | { kind: 'rowStart' | 'rowEnd' | 'start' | 'end'; extend: boolean }
  | { kind: 'next' | 'previous' }
  | { kind: 'rows' | 'columns' | 'all' | 'collapse' }
  | { kind: 'to'; cell: CellPosition; how: 'only' | 'extend' | 'add' }
  | { kind: 'row' | 'column'; at: number; how: 'only' | 'extend' | 'add' };

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const ARROWS: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** The move that a key asks for; `pageRows` is how many rows are seen at once. */
export function moveOf(event: Key, pageRows: number): Move | null {
  const { key, shiftKey: extend } = event;
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey) {
    return null;
  }
  const direction = ARROWS[key];
  if (direction) {
    return { kind: control ? 'edge' : 'step', direction, extend };
  }
  switch (key) {
    case 'Home':
      return { kind: control ? 'start' : 'rowStart', extend };
    case 'End':
      return { kind: control ? 'end' : 'rowEnd', extend };
    case 'PageDown':
      return control ? null : { kind: 'page', by: pageRows, extend };
    case 'PageUp':
      return control ? null : { kind: 'page', by: -pageRows, extend };
    case 'Tab':
      return control ? null : { kind: extend ? 'previous' : 'next' };
    case ' ':
      return { kind: control ? (extend ? 'all' : 'columns') : 'rows' };
    case 'a':
    case 'A':
      return control && !extend ? { kind: 'all' } : null;
    default:
      return null;
  }
}

function stepped({ row, column }: CellPosition, direction: Direction): CellPosition {
  switch (direction) {
    case 'up':
      return { row: row - 1, column };
    case 'down':
      return { row: row + 1, column };
    case 'left':
      return { row, column: column - 1 };
    case 'right':
      return { row, column: column + 1 };
  }
}

function atEdge({ row, column }: CellPosition, direction: Direction, bounds: Bounds): CellPosition {
  switch (direction) {
    case 'up':
      return { row: 0, column };
    case 'down':
      return { row: bounds.rows - 1, column };
    case 'left':
      return { row, column: 0 };
    case 'right':
      return { row, column: bounds.columns - 1 };
  }
}

/** Where a key leads from a cell; `null` for moves that lead nowhere. */
function target(from: CellPosition, move: Move, bounds: Bounds): CellPosition | null {
  switch (move.kind) {
    case 'step':
      return stepped(from, move.direction);
    case 'edge':
      return atEdge(from, move.direction, bounds);
    case 'page':
      return { ...from, row: from.row + move.by };
    case 'rowStart':
      return { ...from, column: 0 };
    case 'rowEnd':
      return { ...from, column: bounds.columns - 1 };
    case 'start':
      return { row: 0, column: 0 };
    case 'end':
      return { row: bounds.rows - 1, column: bounds.columns - 1 };
    default:
      return null;
  }
}

/** The cell after (or before) this one, row by row; `null` at the end of the grid. */
export function neighbour({ row, column }: CellPosition, by: 1 | -1, bounds: Bounds): CellPosition | null {
  const along = column + by;
  if (along >= 0 && along < bounds.columns) {
    return { row, column: along };
  }
  const next = row + by;
  return next >= 0 && next < bounds.rows ? { row: next, column: by > 0 ? 0 : bounds.columns - 1 } : null;
}

/** Begins a further area, or takes the one away that is just this cell. */
function added(selection: Selection, begun: Selection, bounds: Bounds): Selection {
  const areas = areasOf(selection, bounds);
  const area = lastArea(begun, bounds);
  const same = (other: Area) =>
    other.top === area.top &&
    other.bottom === area.bottom &&
    other.left === area.left &&
    other.right === area.right;
  const rest = areas.filter((other) => !same(other));
  const last = rest.at(-1);
  if (rest.length < areas.length && last) {
    return {
      active: { row: last.top, column: last.left },
      extent: { row: last.bottom - 1, column: last.right - 1 },
      reach: 'cells',
      others: rest.slice(0, -1),
    };
  }
  return { ...begun, others: areas };
}

function headed(selection: Selection, move: Move & { kind: 'row' | 'column' }, bounds: Bounds): Selection {
  const { kind, at, how } = move;
  const reach = kind === 'row' ? 'rows' : 'columns';
  const beside = (cell: CellPosition) => (kind === 'row' ? { ...cell, row: at } : { ...cell, column: at });
  if (how === 'extend') {
    return { ...selection, extent: beside(selection.extent), reach };
  }
  const cell = clampCell(beside({ row: kind === 'row' ? at : selection.active.row, column: 0 }), bounds);
  const begun: Selection = { active: cell, extent: cell, reach, others: [] };
  return how === 'add' ? added(selection, begun, bounds) : begun;
}

/** The selection after a move. In a grid without cells nothing changes. */
export function moved(selection: Selection, move: Move, bounds: Bounds): Selection {
  if (bounds.rows === 0 || bounds.columns === 0) {
    return selection;
  }
  const { active } = selection;
  switch (move.kind) {
    case 'rows':
    case 'columns': {
      const other = move.kind === 'rows' ? 'columns' : 'rows';
      const both = selection.reach === other && selection.others.length === 0;
      return { ...selection, reach: both ? 'all' : move.kind };
    }
    case 'all':
      return { active, extent: active, reach: 'all', others: [] };
    case 'collapse':
      return only(active);
    case 'next':
    case 'previous':
      return only(neighbour(active, move.kind === 'next' ? 1 : -1, bounds) ?? active);
    case 'to': {
      const cell = clampCell(move.cell, bounds);
      if (move.how === 'extend') {
        return { ...selection, extent: cell, reach: 'cells' };
      }
      return move.how === 'add' ? added(selection, only(cell), bounds) : only(cell);
    }
    case 'row':
    case 'column':
      return headed(selection, move, bounds);
    default: {
      // Whole rows stay whole rows while Shift adds further ones.
      const from = move.extend ? selection.extent : active;
      const reached = clampCell(target(from, move, bounds) ?? from, bounds);
      return move.extend ? { ...selection, extent: reached } : only(reached);
    }
  }
}
