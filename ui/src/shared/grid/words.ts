/** How a grid's columns and cells are written for people. */

import type { I18n } from '@/i18n';
import type { GridCell, GridColumn, GridColumnKind, GridKind } from '@/ipc';
import { detailsText, subjectText } from '../events';
import { formatDate, formatDecimal, formatMoment } from '../format';
import { moneyText } from '../moneyText';

/** A column's heading. */
export function headingOf(column: GridColumn, { word }: Pick<I18n, 'word'>): string {
  return word('gridColumn', column);
}

/** A word of the host in the user's language. */
export function wordOf(
  grid: GridKind,
  column: GridColumn,
  value: string,
  { word }: Pick<I18n, 'word'>,
): string {
  switch (column) {
    case 'state':
      return word('gridState', value);
    case 'status':
      return word('state', value);
    case 'invoiceStatus':
      return word('invoiceStatus', value);
    case 'kind':
      return grid === 'matches' ? word('matchKind', value.replaceAll('_', '-')) : word('kind', value);
    case 'cause':
      return word('cause', value);
    case 'side':
      return word('side', value);
    case 'action':
      return word('event', value);
    default:
      return value;
  }
}

/** What an event is about and what belongs to it. */
function ofEvent(column: GridColumn, text: string, i18n: I18n): string {
  switch (column) {
    case 'subject':
      return subjectText(text, i18n);
    case 'details':
      return detailsText(text, i18n);
    default:
      return text;
  }
}

/** What a cell says, where it is no amount. */
export function textOf(
  cell: GridCell,
  of: { grid: GridKind; column: GridColumn; kind: GridColumnKind },
  i18n: I18n,
): string {
  if (cell.text === '') {
    return '';
  }
  switch (of.kind) {
    case 'date':
      return formatDate(cell.text, i18n.locale);
    case 'time':
      return formatMoment(cell.text, i18n.locale);
    case 'number':
      return formatDecimal(cell.text, i18n.locale);
    case 'amount':
      return moneyText({ value: cell.text, currency: '' }, i18n.locale);
    case 'percent':
      return `${formatDecimal(cell.text, i18n.locale)} %`;
    case 'word':
      return wordOf(of.grid, of.column, cell.text, i18n);
    case 'text':
      return of.grid === 'events' ? ofEvent(of.column, cell.text, i18n) : cell.text;
  }
}

/** Whether a column's cells stand at its right edge. */
export function isFigure(kind: GridColumnKind): boolean {
  return kind === 'amount' || kind === 'number' || kind === 'percent';
}
