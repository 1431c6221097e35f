import type { GridKind } from '@/ipc';
import {
  ALL_ROWS,
  columnsOf,
  fitting,
  focusOf,
  type Look,
  lookOf,
  recallLayout,
  sameLook,
} from '@/shared/grid';

const last = new Map<GridKind, string>();
let lastGrid: GridKind = 'lines';

/** Forgets where one was, when the workbook closes. */
export function forgetRecords(): void {
  last.clear();
  lastGrid = 'lines';
}

/** Where one goes without being asked for anything: where one was, else all rows in the order chosen last. */
export function focusFor(grid: GridKind = lastGrid): string {
  return last.get(grid) ?? focusOf(grid, { ...ALL_ROWS, sort: recallLayout(grid).sort });
}

/** What an address asks for; it is remembered for the way back. */
export function shownBy(focus: string): { grid: GridKind; look: Look } | null {
  const told = lookOf(focus);
  if (!told) {
    return null;
  }
  const { grid } = told;
  last.set(grid, focus);
  lastGrid = grid;
  return { grid, look: fitting(told.look, columnsOf(grid)) };
}

/** Whether somebody is still typing the same search: Back then leads to what was before it, not to half a word. */
export function refines(before: Look, next: Look): boolean {
  const others = { search: '' };
  return (
    before.search !== '' && next.search !== '' && sameLook({ ...before, ...others }, { ...next, ...others })
  );
}
