/**
 * What the grids ask for and are answered, as the contract with the core has it. Stands in for the same types of
 * `generated.ts` until `cargo xtask bindings` writes them there.
 */

import type { Amount } from './generated';

/** Which grid. */
export type GridKind = 'lines' | 'entries' | 'matches' | 'exceptions' | 'events';

/** A column of some grid. */
export type GridColumn =
  | 'date'
  | 'valueDate'
  | 'dueDate'
  | 'amount'
  | 'open'
  | 'counterparty'
  | 'counterpartyCode'
  | 'counterpartyAccount'
  | 'reference'
  | 'text'
  | 'number'
  | 'kind'
  | 'invoiceStatus'
  | 'account'
  | 'category'
  | 'state'
  | 'balance'
  | 'recordId'
  | 'file'
  | 'row'
  | 'status'
  | 'confidence'
  | 'cause'
  | 'lineTotal'
  | 'entryTotal'
  | 'difference'
  | 'lineCount'
  | 'entryCount'
  | 'title'
  | 'changedAt'
  | 'side'
  | 'impact'
  | 'age'
  | 'owner'
  | 'openedAt'
  | 'sequence'
  | 'at'
  | 'actor'
  | 'action'
  | 'subject'
  | 'details';

/** How a filter looks at a column. */
export type GridTest =
  | 'equals'
  | 'differs'
  | 'contains'
  | 'atLeast'
  | 'atMost'
  | 'oneOf'
  | 'empty'
  | 'filled';

/** What rows must have: amounts as decimal texts, dates as ISO, words as the host's. */
export interface GridFilter {
  column: GridColumn;
  test: GridTest;
  values: string[];
}

/** A column rows are ordered by. */
export interface GridSort {
  column: GridColumn;
  descending: boolean;
}

/** `grid_page` */
export interface GridRequest {
  grid: GridKind;
  search: string;
  filters: GridFilter[];
  /** At most three. */
  sort: GridSort[];
  offset: number;
  /** At most 500. */
  limit: number;
}

/** A cell: the text that a copy pastes, and the amount where the column is one. */
export interface GridCell {
  text: string;
  amount: Amount | null;
}

/** A row; its cells stand in the order of the page's columns. */
export interface GridRow {
  id: string;
  kind: 'line' | 'entry' | 'match' | 'event';
  cells: GridCell[];
}

/** How a column is written and filtered. */
export type GridColumnKind = 'text' | 'amount' | 'date' | 'time' | 'number' | 'percent' | 'word';

/** A column of a grid. */
export interface GridColumnView {
  column: GridColumn;
  kind: GridColumnKind;
  sortable: boolean;
  /** All values of a column of words. */
  words: string[];
}

/** A part of a grid. */
export interface GridPage {
  columns: GridColumnView[];
  rows: GridRow[];
  total: number;
  /** Sequence of the newest audit event when it was read. */
  version: number;
}

/** Positions in the order asked for; `to` is excluded. */
export interface GridSpan {
  from: number;
  to: number;
}

/** `grid_selection` */
export interface GridSelectionRequest {
  request: GridRequest;
  rows: GridSpan[];
  columns: GridColumn[];
}

/** What the selected cells come to. */
export interface GridSelection {
  /** Cells that hold something. */
  count: number;
  /** One a currency. */
  sums: Amount[];
  /** The first amount less the others, where all are of one currency and there are two at least. */
  difference: Amount | null;
}

/** `grid_text` */
export interface GridTextRequest {
  request: GridRequest;
  rows: GridSpan[];
  columns: GridColumn[];
  header: boolean;
  decimalComma: boolean;
}

/** Cells for a spreadsheet, divided by tabs. */
export interface GridText {
  text: string;
  rows: number;
}

/** `grid_place` */
export interface GridPlaceRequest {
  request: GridRequest;
  id: string | null;
  startsWith: { column: GridColumn; text: string } | null;
}

/** Where a row stands. */
export interface GridPlace {
  position: number | null;
}
