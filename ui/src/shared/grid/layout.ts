/** Which columns of a grid are shown, in which order and how wide, kept on this machine. */

import type { GridColumn, GridKind, GridSort } from '@/ipc';
import { recall, remember } from '../preferences';

/** How a grid is laid out. */
export interface Layout {
  /** All columns, shown or not, in their order. */
  order: readonly GridColumn[];
  hidden: readonly GridColumn[];
  /** In CSS pixels; columns without one share what room there is. */
  widths: Partial<Record<GridColumn, number>>;
  /** The order of the rows that was chosen last. */
  sort: readonly GridSort[];
}

/** How narrow and how wide a column can be made. */
export const WIDTH_MIN = 48;
export const WIDTH_MAX = 900;
/** How far a key makes a column wider. */
export const WIDTH_STEP = 16;
/** Room behind the last column: what stood there would lie under the scroll bar, which takes the pointer. */
export const END_SPACE = 24;

const COLUMNS: Record<GridKind, { shown: readonly GridColumn[]; hidden: readonly GridColumn[] }> = {
  lines: {
    shown: ['date', 'counterparty', 'text', 'reference', 'amount', 'open', 'state', 'category', 'account'],
    hidden: ['valueDate', 'balance', 'counterpartyAccount', 'recordId', 'file', 'row'],
  },
  entries: {
    shown: ['date', 'dueDate', 'kind', 'number', 'counterparty', 'amount', 'open', 'state'],
    hidden: [
      'reference',
      'text',
      'invoiceStatus',
      'counterpartyCode',
      'counterpartyAccount',
      'recordId',
      'file',
      'row',
    ],
  },
  matches: {
    shown: [
      'date',
      'title',
      'lineTotal',
      'entryTotal',
      'difference',
      'kind',
      'status',
      'confidence',
      'cause',
      'changedAt',
    ],
    hidden: ['lineCount', 'entryCount'],
  },
  exceptions: {
    shown: ['date', 'side', 'counterparty', 'text', 'open', 'cause', 'age', 'owner'],
    hidden: ['reference', 'account', 'openedAt'],
  },
  events: { shown: ['sequence', 'at', 'actor', 'machine', 'action', 'subject', 'details'], hidden: [] },
};

const WIDTHS: Partial<Record<GridColumn, number>> = {
  date: 112,
  valueDate: 112,
  dueDate: 112,
  amount: 116,
  open: 116,
  balance: 124,
  lineTotal: 120,
  entryTotal: 120,
  difference: 108,
  counterparty: 190,
  text: 240,
  title: 220,
  details: 300,
  subject: 220,
  reference: 130,
  number: 130,
  kind: 128,
  state: 136,
  status: 136,
  invoiceStatus: 108,
  category: 130,
  account: 130,
  counterpartyAccount: 190,
  counterpartyCode: 120,
  recordId: 150,
  file: 180,
  row: 72,
  confidence: 104,
  cause: 166,
  lineCount: 80,
  entryCount: 80,
  changedAt: 168,
  openedAt: 168,
  side: 118,
  age: 72,
  owner: 130,
  sequence: 84,
  at: 168,
  actor: 140,
  action: 180,
};

/** Columns whose texts have no length of their own: they take the room that is left. */
const ELASTIC: readonly GridColumn[] = ['counterparty', 'text', 'title', 'details', 'subject', 'reference'];

/** How a column is wide unless somebody chose otherwise. */
export function usualWidth(column: GridColumn): number {
  return WIDTHS[column] ?? 120;
}

/** How a grid is laid out at first. */
export function usualLayout(grid: GridKind): Layout {
  const { shown, hidden } = COLUMNS[grid];
  return { order: [...shown, ...hidden], hidden, widths: {}, sort: [] };
}

/** All columns of a grid. */
export function columnsOf(grid: GridKind): readonly GridColumn[] {
  return usualLayout(grid).order;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function names(value: unknown, known: readonly GridColumn[]): GridColumn[] {
  return Array.isArray(value) ? [...new Set(known.filter((column) => value.includes(column)))] : [];
}

function sortsIn(value: unknown, known: readonly GridColumn[]): GridSort[] {
  return (Array.isArray(value) ? value : []).flatMap((one) => {
    const column = isObject(one) ? known.find((name) => name === one.column) : undefined;
    return column ? [{ column, descending: isObject(one) && one.descending === true }] : [];
  });
}

/** A layout from what was stored: columns that are new since stand at the end, unknown ones are left out. */
export function layoutFrom(stored: unknown, grid: GridKind): Layout {
  const usual = usualLayout(grid);
  if (!isObject(stored)) {
    return usual;
  }
  const known = usual.order;
  const kept = (Array.isArray(stored.order) ? stored.order : []).filter(
    (column, at, all): column is GridColumn => known.includes(column) && all.indexOf(column) === at,
  );
  const added = known.filter((column) => !kept.includes(column));
  const hidden = [
    ...names(stored.hidden, known),
    ...usual.hidden.filter(
      (column) => added.includes(column) && !names(stored.hidden, known).includes(column),
    ),
  ];
  const given = isObject(stored.widths) ? stored.widths : {};
  const widths: Layout['widths'] = {};
  for (const column of known) {
    const width = given[column];
    if (typeof width === 'number' && width >= WIDTH_MIN && width <= WIDTH_MAX) {
      widths[column] = Math.round(width);
    }
  }
  const all = hidden.length >= known.length;
  return {
    order: [...kept, ...added],
    hidden: all ? usual.hidden : hidden,
    widths,
    sort: sortsIn(stored.sort, known),
  };
}

/** The layout kept for a grid. */
export function recallLayout(grid: GridKind): Layout {
  try {
    return layoutFrom(JSON.parse(recall(`grid.${grid}`) ?? 'null'), grid);
  } catch {
    return usualLayout(grid);
  }
}

/** Keeps it. */
export function rememberLayout(grid: GridKind, layout: Layout): void {
  remember(`grid.${grid}`, JSON.stringify(layout));
}

/** The columns that are seen, in order. */
export function shownColumns({ order, hidden }: Layout): GridColumn[] {
  return order.filter((column) => !hidden.includes(column));
}

/** With a column shown or hidden; the last one stays. */
export function withColumn(layout: Layout, column: GridColumn, shown: boolean): Layout {
  if (shown) {
    return { ...layout, hidden: layout.hidden.filter((other) => other !== column) };
  }
  const only = shownColumns(layout).length === 1;
  return only || layout.hidden.includes(column) ? layout : { ...layout, hidden: [...layout.hidden, column] };
}

/** With a column that many places further among those shown. */
export function movedColumn(layout: Layout, column: GridColumn, by: number): Layout {
  const shown = shownColumns(layout);
  const from = shown.indexOf(column);
  const to = Math.max(0, Math.min(shown.length - 1, from + by));
  if (from < 0 || from === to) {
    return layout;
  }
  shown.splice(to, 0, ...shown.splice(from, 1));
  // Hidden columns keep their places between the others.
  const next = shown.values();
  const order = layout.order.map((other) =>
    layout.hidden.includes(other) ? other : (next.next().value ?? other),
  );
  return { ...layout, order };
}

/** With a column as wide as this. */
export function withWidth(layout: Layout, column: GridColumn, width: number): Layout {
  const fit = Math.round(Math.max(WIDTH_MIN, Math.min(WIDTH_MAX, width)));
  return { ...layout, widths: { ...layout.widths, [column]: fit } };
}

/** With a column as wide as usual. */
export function withUsualWidth(layout: Layout, column: GridColumn): Layout {
  const { [column]: _, ...widths } = layout.widths;
  return { ...layout, widths };
}

/** How much of their usual width elastic columns keep at least, in percent. */
const ELASTIC_LEAST = 80;

/**
 * The widths of the columns shown, of which those without a chosen one share the room that is left, or is missing. None
 * is less than the `least` of its column.
 */
export function widthsIn(
  layout: Layout,
  room: number,
  least: Partial<Record<GridColumn, number>> = {},
): number[] {
  const shown = shownColumns(layout);
  const widths = shown.map((column) =>
    Math.max(layout.widths[column] ?? usualWidth(column), least[column] ?? 0),
  );
  const left = room - widths.reduce((total, width) => total + width, 0);
  const elastic = shown.filter((column) => ELASTIC.includes(column) && layout.widths[column] === undefined);
  const shares = elastic.reduce((total, column) => total + usualWidth(column), 0);
  return shown.map((column, at) => {
    const width = widths[at] ?? 0;
    const narrowest = Math.floor((width * ELASTIC_LEAST) / 100);
    return elastic.includes(column)
      ? Math.max(narrowest, width + Math.floor((left * usualWidth(column)) / shares))
      : width;
  });
}

/** The column at a distance from the left of the first one; beyond the ends the nearest. */
export function columnAt(x: number, widths: readonly number[]): number {
  let end = 0;
  for (const [column, width] of widths.entries()) {
    end += width;
    if (x < end) {
      return column;
    }
  }
  return widths.length - 1;
}
