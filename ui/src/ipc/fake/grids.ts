/** The grids of the host in memory: filtered, ordered and added up over rows that are made when they are looked at. */

import type { Amount, ReviewDetail } from '../generated';
import type {
  GridCell,
  GridFilter,
  GridKind,
  GridPage,
  GridPlace,
  GridPlaceRequest,
  GridRequest,
  GridRow,
  GridSelection,
  GridSelectionRequest,
  GridSort,
  GridSpan,
  GridText,
  GridTextRequest,
} from '../grids';
import { amountOf } from './cents';
import { detailOf } from './gridDetail';
import { currencyOf, FAKE_COLUMNS, type FakeColumn, type Value } from './gridRows';
import { refusal } from './refuse';

/** How many rows each grid has. */
export type GridSizes = Record<GridKind, number>;

export const USUAL_SIZES: GridSizes = {
  lines: 1_000_000,
  entries: 800_000,
  matches: 600_000,
  exceptions: 12_345,
  events: 40_000,
};

/** So many rows tell one order from another: enough for tests. */
const SEEN_ROWS = 1_000;
const LIMIT_MAX = 500;
const TEXT_ROWS_MAX = 100_000;
const SORTS_MAX = 3;

/** Numbers of the rows that fit, in order; `null` where that is all of them, newest first. */
type Order = Uint32Array | null;

const isEmpty = (value: Value): boolean => value === null || value === '';

function cents(text: string): number {
  return Math.round(Number(text) * 100);
}

/** Compares as the column is meant: figures as figures, all else as text. */
function compare(left: Value, right: Value): number {
  const [first, second] = [Number(left), Number(right)];
  if (!Number.isNaN(first) && !Number.isNaN(second)) {
    return first - second;
  }
  return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0;
}

type Test = (row: number) => boolean;

function testOf({ test, values }: GridFilter, { kind, value }: FakeColumn): Test {
  const given: Value[] = values.map((text) => (kind === 'amount' ? cents(text) : text));
  const [first = ''] = given;
  const same = (row: number, other: Value) => !isEmpty(value(row)) && compare(value(row), other) === 0;
  // A day is what lies within it, also where the column tells of moments.
  const upTo = kind === 'time' && typeof first === 'string' ? `${first}\u{ffff}` : first;
  switch (test) {
    case 'empty':
      return (row) => isEmpty(value(row));
    case 'filled':
      return (row) => !isEmpty(value(row));
    case 'equals':
    case 'oneOf':
      return (row) => given.some((other) => same(row, other));
    case 'differs':
      return (row) => !given.some((other) => same(row, other));
    case 'contains': {
      const needle = String(first).toLowerCase();
      return (row) =>
        String(value(row) ?? '')
          .toLowerCase()
          .includes(needle);
    }
    case 'atLeast':
      return (row) => !isEmpty(value(row)) && compare(value(row), first) >= 0;
    case 'atMost':
      return (row) => !isEmpty(value(row)) && compare(value(row), upTo) <= 0;
  }
}

const SEARCHED = ['counterparty', 'text', 'reference', 'number', 'title', 'subject', 'amount', 'open'];

function searchOf(search: string, columns: readonly FakeColumn[]): Test {
  const searched = columns.filter(({ column }) => SEARCHED.includes(column));
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => ({ word, plain: word.replace(',', '.') }));
  return (row) => {
    const told = searched.map(({ kind, value }) => {
      const found = value(row);
      return kind === 'amount' ? amountOf(Number(found)).value : String(found ?? '').toLowerCase();
    });
    return words.every(({ word, plain }) => told.some((text) => text.includes(word) || text === plain));
  };
}

function ordered(
  rows: Uint32Array,
  sort: readonly GridSort[],
  column: (of: GridSort) => FakeColumn,
): Uint32Array {
  // The values of a column are made once, not in each comparison.
  const keys = sort.map((one) => {
    const { value } = column(one);
    const made = new Map<number, Value>();
    for (const row of rows) {
      made.set(row, value(row));
    }
    return { made, sign: one.descending ? -1 : 1 };
  });
  return rows.sort((left, right) => {
    for (const { made, sign } of keys) {
      const [first, second] = [made.get(left) ?? null, made.get(right) ?? null];
      // What is empty comes last, whichever way round.
      const by = Number(isEmpty(first)) - Number(isEmpty(second)) || compare(first, second) * sign;
      if (by !== 0) {
        return by;
      }
    }
    return right - left;
  });
}

function spansWithin(spans: readonly GridSpan[], total: number): GridSpan[] {
  return spans.map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(total, to) }));
}

/** The grids of one workbook. */
export class FakeGrids {
  private readonly columns = new Map<GridKind, FakeColumn[]>();
  private readonly owners = new Map<string, string | null>();
  private kept: { key: string; order: Order } | null = null;
  private version = 1;

  constructor(private readonly sizes: GridSizes = USUAL_SIZES) {}

  /** Whether the row is one of its own, and none of the book's. */
  has(id: string): boolean {
    return /^(lines|entries|matches|exceptions|events)-\d+$/.test(id);
  }

  /** Gives a record to somebody. */
  assign(id: string, owner: string | null): void {
    this.owners.set(id, owner);
    this.version += 1;
    this.kept = null;
  }

  private columnsOf(grid: GridKind): FakeColumn[] {
    const known = this.columns.get(grid);
    if (known) {
      return known;
    }
    const made = FAKE_COLUMNS[grid](this.sizes[grid]).map((column) =>
      column.column === 'owner' ? { ...column, value: this.owned(grid, column.value) } : column,
    );
    this.columns.set(grid, made);
    return made;
  }

  private owned(grid: GridKind, usual: FakeColumn['value']): FakeColumn['value'] {
    return (row) => {
      const given = this.owners.get(this.idOf(grid, row));
      return given === undefined ? usual(row) : given;
    };
  }

  private idOf(grid: GridKind, row: number): string {
    return `${grid}-${row + 1}`;
  }

  private column(grid: GridKind, name: string): FakeColumn {
    const found = this.columnsOf(grid).find(({ column }) => column === name);
    if (!found) {
      throw refusal('invalid', `The grid ${grid} has no column ${name}.`);
    }
    return found;
  }

  private order(request: GridRequest): Order {
    const { grid, search, filters, sort } = request;
    if (sort.length > SORTS_MAX) {
      throw refusal('invalid', 'Rows can be ordered by three columns at most.');
    }
    const tests = filters.map((filter) => testOf(filter, this.column(grid, filter.column)));
    if (search.trim() !== '') {
      tests.push(searchOf(search, this.columnsOf(grid)));
    }
    if (tests.length === 0 && sort.length === 0) {
      return null;
    }
    const key = JSON.stringify([grid, search, filters, sort, this.version]);
    if (this.kept?.key !== key) {
      const found = new Uint32Array(this.sizes[grid]);
      let count = 0;
      for (let row = this.sizes[grid] - 1; row >= 0; row -= 1) {
        if (tests.every((test) => test(row))) {
          found[count] = row;
          count += 1;
        }
      }
      const order = found.slice(0, count);
      const column = (one: GridSort) => this.column(grid, one.column);
      this.kept = { key, order: sort.length === 0 ? order : ordered(order, sort, column) };
    }
    return this.kept.order;
  }

  /** The number of the row at a position. */
  private rowAt(grid: GridKind, order: Order, position: number): number {
    return order === null ? this.sizes[grid] - 1 - position : (order[position] ?? 0);
  }

  private cell(grid: GridKind, row: number, { kind, value }: FakeColumn): GridCell {
    const found = value(row);
    if (found === null) {
      return { text: '', amount: null };
    }
    if (kind === 'amount') {
      const amount = amountOf(Number(found), currencyOf(grid, row));
      return { text: amount.value, amount };
    }
    return { text: String(found), amount: null };
  }

  private row(grid: GridKind, row: number): GridRow {
    const columns = this.columnsOf(grid);
    const side = columns.find(({ column }) => column === 'side')?.value(row);
    const kinds = { lines: 'line', entries: 'entry', matches: 'match', events: 'event' } as const;
    return {
      id: this.idOf(grid, row),
      kind: grid === 'exceptions' ? (side === 'ledger' ? 'entry' : 'line') : kinds[grid],
      cells: columns.map((column) => this.cell(grid, row, column)),
    };
  }

  /** A match of its grid in full; `null` where it is none of them. */
  matchDetail(id: string): ReviewDetail | null {
    const row = Number(/^matches-(\d+)$/.exec(id)?.[1] ?? 0) - 1;
    return row >= 0 && row < this.sizes.matches
      ? detailOf(
          this.row('matches', row),
          this.columnsOf('matches').map(({ column }) => column),
        )
      : null;
  }

  page(request: GridRequest): GridPage {
    const { grid, offset, limit } = request;
    if (limit > LIMIT_MAX) {
      throw refusal('invalid', `A page has ${LIMIT_MAX} rows at most.`);
    }
    const order = this.order(request);
    const total = order?.length ?? this.sizes[grid];
    const length = Math.max(0, Math.min(limit, total - offset));
    return {
      columns: this.columnsOf(grid).map(({ column, kind, words }) => ({
        column,
        kind,
        sortable: true,
        words: [...(words ?? [])],
      })),
      rows: Array.from({ length }, (_, at) => this.row(grid, this.rowAt(grid, order, offset + at))),
      total,
      version: this.version,
      order: this.orderOf(request),
    };
  }

  /** Names which rows stand where. */
  private orderOf(request: GridRequest): number {
    const order = this.order(request);
    const total = order?.length ?? this.sizes[request.grid];
    let name = total;
    for (let at = 0; at < total; at += Math.ceil(total / SEEN_ROWS)) {
      name = (name * 31 + this.rowAt(request.grid, order, at)) % 9_007_199_254;
    }
    return name;
  }

  /** Refuses what is asked of rows that stand elsewhere by now. */
  private checkSeen(request: GridRequest, seen: number | null): void {
    if (seen !== null && seen !== this.orderOf(request)) {
      throw refusal('stale', 'The rows of the grid changed since they were shown: look at them again.');
    }
  }

  /** Rows of spans, up to so many. */
  private *rowsIn(request: GridRequest, spans: readonly GridSpan[], most: number): Generator<number> {
    const order = this.order(request);
    let left = most;
    for (const { from, to } of spansWithin(spans, order?.length ?? this.sizes[request.grid])) {
      for (let at = from; at < to && left > 0; at += 1) {
        left -= 1;
        yield this.rowAt(request.grid, order, at);
      }
    }
  }

  selection({ request, rows, columns, seen }: GridSelectionRequest): GridSelection {
    const { grid } = request;
    this.checkSeen(request, seen);
    const chosen = columns.map((name) => this.column(grid, name));
    const sums = new Map<string, number>();
    let [count, amounts, first] = [0, 0, 0];
    for (const row of this.rowsIn(request, rows, Number.POSITIVE_INFINITY)) {
      const currency = currencyOf(grid, row);
      for (const { kind, value } of chosen) {
        const found = value(row);
        count += isEmpty(found) ? 0 : 1;
        if (kind === 'amount' && found !== null) {
          first = amounts === 0 ? Number(found) : first;
          amounts += 1;
          sums.set(currency, (sums.get(currency) ?? 0) + Number(found));
        }
      }
    }
    const [only] = sums;
    const difference: Amount | null =
      only && sums.size === 1 && amounts > 1 ? amountOf(2 * first - only[1], only[0]) : null;
    return { count, sums: [...sums].map(([currency, sum]) => amountOf(sum, currency)), difference };
  }

  text({ request, rows, columns, seen, headings, decimalComma }: GridTextRequest): GridText {
    const { grid } = request;
    this.checkSeen(request, seen);
    const chosen = columns.map((name) => this.column(grid, name));
    const lines: string[][] = headings.length > 0 ? [headings] : [];
    let count = 0;
    for (const row of this.rowsIn(request, rows, TEXT_ROWS_MAX)) {
      count += 1;
      lines.push(
        chosen.map((column) => {
          const { text, amount } = this.cell(grid, row, column);
          const plain = amount && decimalComma ? text.replace('.', ',') : text.replace(/[\t\r\n]+/g, ' ');
          return amount === null && /^[=+\-@]/.test(plain) ? `'${plain}` : plain;
        }),
      );
    }
    return { text: lines.map((line) => line.join('\t')).join('\n'), rows: count };
  }

  place({ request, id, startsWith }: GridPlaceRequest): GridPlace {
    const { grid } = request;
    const order = this.order(request);
    const total = order?.length ?? this.sizes[grid];
    const column = startsWith && this.column(grid, startsWith.column);
    const needle = startsWith?.text.toLowerCase() ?? '';
    const from = id === null ? request.offset : 0;
    for (let step = 0; step < total; step += 1) {
      const at = (from + step) % total;
      const row = this.rowAt(grid, order, at);
      const fits =
        id === null
          ? column !== null &&
            String(column.value(row) ?? '')
              .toLowerCase()
              .startsWith(needle)
          : this.idOf(grid, row) === id;
      if (fits) {
        return { position: at };
      }
    }
    return { position: null };
  }
}
