/** What stands on the two sides of a match of the grids in memory. */

import type { RecordView, ReviewDetail, RowState, SideView } from '../generated';
import type { GridCell, GridColumn, GridRow } from '../grids';
import { NOTHING_NOTED } from './marks';

const NO_AMOUNT = { value: '0.00', currency: 'EUR' };

/** The record of a side that is as large as the whole match. */
function recordOf(
  row: GridRow,
  side: SideView,
  cellOf: (column: GridColumn) => GridCell | undefined,
): RecordView {
  const amount = cellOf(side === 'statement' ? 'lineTotal' : 'entryTotal')?.amount ?? NO_AMOUNT;
  const name = cellOf('title')?.text ?? '';
  return {
    id: `${row.id}-${side}`,
    side,
    kind: side === 'statement' ? 'line' : 'invoice',
    date: cellOf('date')?.text ?? null,
    secondDate: null,
    amount,
    open: { ...amount, value: '0.00' },
    applied: amount,
    settled: null,
    counterparty: side === 'statement' ? name.toUpperCase() : name,
    counterpartyCode: '',
    counterpartyAccount: '',
    number: side === 'ledger' ? `RE-${row.id.replace(/\D/g, '')}` : '',
    reference: '',
    text: side === 'statement' ? `Rechnung RE-${row.id.replace(/\D/g, '')}` : '',
    job: null,
    account: side === 'statement' ? 'Geschäftskonto' : '',
    sourceFile: side === 'statement' ? 'kontoauszug-2026.csv' : 'offene-posten-2026.csv',
    sourceRow: 1,
  };
}

/** A match in full. */
export function detailOf(row: GridRow, columns: readonly GridColumn[]): ReviewDetail {
  const cellOf = (column: GridColumn) => row.cells[columns.indexOf(column)];
  const lines = [recordOf(row, 'statement', cellOf)];
  const entries = [recordOf(row, 'ledger', cellOf)];
  const difference = cellOf('difference')?.amount ?? null;
  const cause = cellOf('cause')?.text ?? 'none';
  return {
    row: {
      id: row.id,
      state: (cellOf('status')?.text ?? 'suggested') as RowState,
      date: cellOf('date')?.text ?? null,
      title: cellOf('title')?.text ?? '',
      subtitle: '',
      amount: lines[0]?.amount ?? NO_AMOUNT,
      difference,
      lines: 1,
      entries: 1,
      confidence: cellOf('confidence')?.text ?? null,
      cause,
      alternatives: 0,
      ...NOTHING_NOTED,
    },
    content: row.id,
    lines,
    entries,
    adjustments: difference ? [{ cause, amount: difference, account: null, text: '' }] : [],
    evidence: [],
    score: 0,
    runnerUpScore: null,
    runnerUp: [],
    decisive: [],
    alternatives: [],
    finding: null,
    hint: null,
    notes: [],
    decisions: [],
  };
}
