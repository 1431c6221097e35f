import { useState } from 'react';
import type { GridColumn, GridRow } from '@/ipc';
import { isZero } from '../decimal';
import type { RowColumn } from './Row';

/** How wide digits and the code of a currency are drawn, as a rule and never less, in CSS pixels. */
const DIGIT = 8.3;
const MARK = 4;
const LETTER = 8;
/** Sign or parentheses, and the room of a cell beside its text. */
const BESIDE = 33;

/** The least widths of columns with amounts: a figure that is cut off is another figure. */
export type LeastWidths = Partial<Record<GridColumn, number>>;

function widthOf({ value, currency }: { value: string; currency: string }, usual: string): number {
  const digits = value.replace(/\D/g, '').length;
  const whole = value.replace(/^-/, '').split('.')[0]?.length ?? 0;
  const marks = Math.floor((whole - 1) / 3) + 1;
  const code = currency !== usual && !isZero(value) ? (currency.length + 1) * LETTER : 0;
  return Math.ceil(digits * DIGIT + marks * MARK + code + BESIDE);
}

/** The least widths for rows, where they ask for more than `before`; else `before` itself. */
export function leastWidths(
  before: LeastWidths,
  rows: readonly (GridRow | undefined)[],
  columns: readonly RowColumn[],
  usual: string,
): LeastWidths {
  let widths = before;
  for (const { column, kind, cell } of columns) {
    if (kind === 'amount') {
      for (const row of rows) {
        const amount = row?.cells[cell]?.amount;
        const width = amount ? widthOf(amount, usual) : 0;
        if (width > (widths[column] ?? 0)) {
          widths = { ...widths, [column]: width };
        }
      }
    }
  }
  return widths;
}

/** The least widths for all rows that were seen of a question: columns grow while one scrolls, and do not shrink. */
export function useLeastWidths(
  key: string,
  rows: readonly (GridRow | undefined)[],
  columns: readonly RowColumn[],
  usual: string,
): LeastWidths {
  const [known, setKnown] = useState<{ key: string; widths: LeastWidths }>({ key, widths: {} });
  const before = known.key === key ? known.widths : {};
  const widths = leastWidths(before, rows, columns, usual);
  if (known.key !== key || widths !== known.widths) {
    setKnown({ key, widths });
  }
  return widths;
}
