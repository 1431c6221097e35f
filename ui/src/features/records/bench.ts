import type { GridColumn, GridColumnView, GridKind, GridRow } from '@/ipc';

const PARTS: Record<string, string> = {
  suggested: 'suggested',
  ambiguous: 'toReview',
  approved: 'approved',
  rejected: 'rejected',
};

/**
 * Where the review bench shows a row: a part of its queue, the row, and a text that finds it there. `null` for rows that
 * do not stand there by themselves, such as records inside a match.
 */
export function benchOf(grid: GridKind, row: GridRow, columns: readonly GridColumnView[]): string | null {
  const cellOf = (column: GridColumn) => row.cells[columns.findIndex((one) => one.column === column)];
  const open = cellOf('open')?.amount?.value ?? '';
  if (grid === 'matches') {
    const part = PARTS[cellOf('status')?.text ?? ''];
    return part ? [part, row.id, (cellOf('title')?.text ?? '').split('/')[0]].join(':') : null;
  }
  if (grid === 'events' || (grid !== 'exceptions' && cellOf('state')?.text !== 'unmatched')) {
    return null;
  }
  return [row.kind === 'entry' ? 'unmatchedEntries' : 'unmatchedLines', row.id, open].join(':');
}
