import { expect, test } from 'vitest';
import type { GridFilter, GridRequest, GridSort } from '../grids';
import { FakeGrids } from './grids';

const SIZES = { lines: 3_000, entries: 100, matches: 100, exceptions: 100, events: 10 };

function request(part: Partial<GridRequest> = {}): GridRequest {
  return { grid: 'lines', search: '', filters: [], sort: [], offset: 0, limit: 500, ...part };
}

/** All rows of a request, page by page. */
function all(grids: FakeGrids, part: Partial<GridRequest>) {
  const first = grids.page(request(part));
  const rows = [...first.rows];
  while (rows.length < first.total) {
    rows.push(...grids.page(request({ ...part, offset: rows.length })).rows);
  }
  return { rows, columns: first.columns.map(({ column }) => column), total: first.total };
}

test('pages of every offset make up the whole, without a row twice', () => {
  const { rows, total } = all(new FakeGrids(SIZES), {});
  expect(new Set(rows.map(({ id }) => id)).size).toBe(total);
});

test.each([
  [
    { column: 'state', test: 'oneOf', values: ['unmatched'] },
    'state',
    (text: string) => text === 'unmatched',
  ],
  [{ column: 'open', test: 'atLeast', values: ['1000'] }, 'open', (text: string) => Number(text) >= 1000],
  [{ column: 'open', test: 'differs', values: ['0'] }, 'open', (text: string) => Number(text) !== 0],
  [
    { column: 'date', test: 'atMost', values: ['2024-01-01'] },
    'date',
    (text: string) => text <= '2024-01-01',
  ],
  [{ column: 'text', test: 'contains', values: ['miete'] }, 'text', (text: string) => /miete/i.test(text)],
  [{ column: 'category', test: 'empty', values: [] }, 'category', (text: string) => text === ''],
] as [GridFilter, string, (text: string) => boolean][])(
  '%j keeps exactly the rows that fit',
  (filter, column, fits) => {
    const grids = new FakeGrids(SIZES);
    const everything = all(grids, {});
    const at = everything.columns.indexOf(column as GridFilter['column']);
    const wanted = everything.rows.filter((row) => fits(row.cells[at]?.text ?? '')).map(({ id }) => id);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(everything.total);
    expect(all(grids, { filters: [filter] }).rows.map(({ id }) => id)).toEqual(wanted);
  },
);

test.each([true, false])('what is empty comes last, whichever way round (%s)', (descending) => {
  const sort: GridSort[] = [{ column: 'counterparty', descending }];
  const { rows, columns } = all(new FakeGrids(SIZES), { sort });
  const names = rows.map((row) => row.cells[columns.indexOf('counterparty')]?.text ?? '');
  const filled = names.filter((name) => name !== '');
  expect(filled.length).toBeLessThan(names.length);
  expect(names.slice(filled.length).every((name) => name === '')).toBe(true);
  const sorted = [...filled].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
  expect(filled).toEqual(descending ? sorted.reverse() : sorted);
});

test('a sum of a million lines is that of its parts', () => {
  const grids = new FakeGrids();
  const sumOf = (from: number, to: number) =>
    grids
      .selection({ request: request(), rows: [{ from, to }], columns: ['amount'], seen: null })
      .sums.map(({ value, currency }) => [currency, Math.round(Number(value) * 100)] as const);
  const total = new Map(sumOf(0, 1_000_000));
  for (const [currency, cents] of total) {
    const parts = [0, 250_000, 500_000, 750_000].map(
      (from) => new Map(sumOf(from, from + 250_000)).get(currency) ?? 0,
    );
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(cents);
  }
});

test('a row is found again by its id in any order', () => {
  const grids = new FakeGrids(SIZES);
  const asked = request({ sort: [{ column: 'amount', descending: true }] });
  const row = grids.page({ ...asked, offset: 1234 }).rows[0];
  expect(grids.place({ request: asked, id: row?.id ?? '', startsWith: null })).toEqual({ position: 1234 });
});

test('a copy is of the rows that were seen, or refused', () => {
  const grids = new FakeGrids(SIZES);
  const sorted = request({ sort: [{ column: 'amount', descending: true }] });
  const { order } = grids.page(request());
  const asked = {
    rows: [{ from: 0, to: 2 }],
    columns: ['amount' as const],
    headings: [],
    decimalComma: false,
  };
  expect(grids.text({ ...asked, request: request(), seen: order }).rows).toBe(2);
  expect(() => grids.text({ ...asked, request: sorted, seen: order })).toThrow(
    expect.objectContaining({ code: 'stale' }),
  );
});

test('a copy holds the rows asked for, with its decimals as asked for', () => {
  const grids = new FakeGrids(SIZES);
  const rows = [
    { from: 0, to: 2 },
    { from: 10, to: 11 },
  ];
  const { text, rows: count } = grids.text({
    request: request(),
    rows,
    columns: ['date', 'amount'],
    seen: null,
    headings: ['Datum', 'Betrag'],
    decimalComma: true,
  });
  expect(count).toBe(3);
  const lines = text.split('\n').map((line) => line.split('\t'));
  expect(lines[0]).toEqual(['Datum', 'Betrag']);
  expect(lines[1]?.[1]).toMatch(/^-?\d+,\d\d$/);
});
