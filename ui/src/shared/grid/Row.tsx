import { type CSSProperties, memo } from 'react';
import type { I18n } from '@/i18n';
import type { GridColumn, GridColumnKind, GridKind, GridRow } from '@/ipc';
import { Amount } from '../Amount';
import { isZero } from '../decimal';
import { formatCount } from '../format';
import { CellEditor } from './CellEditor';
import { isFigure, textOf } from './words';

/** A column as rows draw it: `cell` is its place among the cells of a row. */
export interface RowColumn {
  column: GridColumn;
  kind: GridColumnKind;
  cell: number;
}

interface RowProps {
  grid: GridKind;
  row: GridRow | undefined;
  position: number;
  columns: readonly RowColumn[];
  /** Where it is drawn within its layer. */
  y: number;
  /** It is kept only because it has the focus, and is not seen. */
  away: boolean;
  /** Selected columns, a bit each. */
  selected: number;
  /** Column of the active cell; -1 in other rows. */
  active: number;
  /** Column that is being edited; -1 where none is. */
  editing: number;
  i18n: I18n;
  /** Code left out behind amounts: nearly all are of it. */
  currency: string;
  onEdited: (text: string | null) => void;
}

interface FaceProps extends Pick<RowProps, 'grid' | 'row' | 'i18n' | 'currency'> {
  column: RowColumn;
}

function Face({ grid, row, column, i18n, currency }: FaceProps) {
  if (!row) {
    return <span className="grid-blank" style={{ width: `${45 + ((column.cell * 29) % 40)}%` }} />;
  }
  const cell = row.cells[column.cell];
  if (!cell) {
    return null;
  }
  if (cell.amount) {
    const { amount } = cell;
    return <Amount amount={amount} dash currency={amount.currency !== currency && !isZero(amount.value)} />;
  }
  return <>{textOf(cell, { grid, ...column }, i18n)}</>;
}

/** What a cell says when the pointer rests on it: its text may be cut off. */
function titleOf({ row, column }: FaceProps): string | undefined {
  const text = column.kind === 'text' ? row?.cells[column.cell]?.text : undefined;
  return text === '' ? undefined : text;
}

function GridRowLine(props: RowProps) {
  const { row, position, columns, y, away, selected, active, editing, i18n, onEdited } = props;
  const style: CSSProperties = { transform: `translateY(${y}px)` };
  const here = active >= 0 ? 'grid-row-on' : '';
  return (
    <div
      role="row"
      aria-rowindex={position + 2}
      aria-busy={row === undefined || undefined}
      className={`grid-row ${here} ${away ? 'grid-row-away' : ''}`}
      style={style}
      data-row={position}
      data-id={row?.id}
      data-testid="grid-row"
    >
      <div role="rowheader" aria-colindex={1} className="grid-gutter num">
        {formatCount(position + 1, i18n.locale)}
      </div>
      {columns.map((column, at) => {
        const marked = ((selected >> at) & 1) === 1;
        const face = { ...props, column };
        return (
          <div
            key={column.column}
            role="gridcell"
            aria-colindex={at + 2}
            aria-selected={marked}
            tabIndex={at === active ? 0 : -1}
            className={`grid-cell ${isFigure(column.kind) ? 'grid-figure num' : ''} ${marked ? 'grid-marked' : ''} ${at === active ? 'grid-active' : ''}`}
            data-column={at}
            title={titleOf(face)}
          >
            {at === editing ? (
              <CellEditor text={row?.cells[column.cell]?.text ?? ''} onDone={onEdited} />
            ) : (
              <Face {...face} />
            )}
          </div>
        );
      })}
    </div>
  );
}

/** A row of the grid. It is drawn anew only when something of it changes. */
export const Row = memo(GridRowLine);
