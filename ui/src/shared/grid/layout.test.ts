import { beforeEach, expect, test } from 'vitest';
import { leastWidths } from './amountWidths';
import { dropPlace } from './Header';
import {
  columnAt,
  layoutFrom,
  movedColumn,
  recallLayout,
  rememberLayout,
  shownColumns,
  usualLayout,
  usualWidth,
  WIDTH_MIN,
  widthsIn,
  withColumn,
  withUsualWidth,
  withWidth,
} from './layout';

const USUAL = usualLayout('lines');

beforeEach(() => window.localStorage.clear());

test('a layout comes back as it was kept', () => {
  const kept = {
    ...withWidth(movedColumn(withColumn(USUAL, 'balance', true), 'amount', -3), 'text', 300),
    sort: [{ column: 'date' as const, descending: true }],
  };
  rememberLayout('lines', kept);
  expect(recallLayout('lines')).toEqual(kept);
  expect(recallLayout('entries')).toEqual(usualLayout('entries'));
});

test.each(['', '{', '[]', '7', 'null', '{"order":7,"hidden":"x","widths":[1]}'])(
  'what was kept as “%s” does no harm',
  (stored) => {
    window.localStorage.setItem('tieout.grid.lines', stored);
    expect(shownColumns(recallLayout('lines')).length).toBeGreaterThan(0);
  },
);

test('columns that are new since stand at the end, as shown as they are at first', () => {
  const layout = layoutFrom({ order: ['amount', 'date', 'gone'], hidden: [], widths: {} }, 'lines');
  expect(layout.order.slice(0, 2)).toEqual(['amount', 'date']);
  expect(layout.order).toHaveLength(USUAL.order.length);
  expect(layout.hidden).toContain('balance');
});

test('widths that cannot be are left out', () => {
  const widths = { amount: 1, text: 99_999, date: 'wide', open: 140.4 };
  expect(layoutFrom({ order: USUAL.order, hidden: [], widths }, 'lines').widths).toEqual({ open: 140 });
});

test('a column is hidden and shown in its place; the last one stays', () => {
  const hidden = withColumn(USUAL, 'text', false);
  expect(shownColumns(hidden)).not.toContain('text');
  expect(shownColumns(withColumn(hidden, 'text', true))).toEqual(shownColumns(USUAL));
  const one = shownColumns(USUAL).reduce((layout, column) => withColumn(layout, column, false), USUAL);
  expect(shownColumns(one)).toHaveLength(1);
});

test('a column moves among those shown, and hidden ones keep their places', () => {
  const [first, second] = shownColumns(USUAL);
  const moved = movedColumn(USUAL, first ?? 'date', 1);
  expect(shownColumns(moved).slice(0, 2)).toEqual([second, first]);
  expect(moved.order.filter((column) => USUAL.hidden.includes(column))).toEqual(USUAL.hidden);
  expect(movedColumn(USUAL, first ?? 'date', -1)).toBe(USUAL);
  expect(shownColumns(movedColumn(USUAL, first ?? 'date', 99)).at(-1)).toBe(first);
});

test('room that is left goes to the columns of texts; chosen widths stay', () => {
  const widths = widthsIn(USUAL, 2000);
  const total = widths.reduce((sum, width) => sum + width, 0);
  expect(total).toBeLessThanOrEqual(2000);
  expect(total).toBeGreaterThan(1990);
  const amount = shownColumns(USUAL).indexOf('amount');
  expect(widths[amount]).toBe(usualWidth('amount'));
  const text = shownColumns(USUAL).indexOf('text');
  expect(widthsIn(withWidth(USUAL, 'text', 150), 2000)[text]).toBe(150);
});

test('where room is missing texts give way, but not to nothing', () => {
  const text = shownColumns(USUAL).indexOf('text');
  const narrow = widthsIn(USUAL, 300)[text] ?? 0;
  expect(narrow).toBeLessThan(usualWidth('text'));
  expect(narrow).toBeGreaterThan(usualWidth('text') / 2);
});

test('a column is never too narrow to be taken hold of', () => {
  expect(withWidth(USUAL, 'text', -50).widths.text).toBe(WIDTH_MIN);
  expect(withUsualWidth(withWidth(USUAL, 'text', 50), 'text').widths.text).toBeUndefined();
});

test('a place of the window belongs to the column there, beyond the ends to the nearest', () => {
  expect([-5, 0, 99, 100, 299, 300, 900].map((x) => columnAt(x, [100, 200, 50]))).toEqual([
    0, 0, 0, 1, 1, 2, 2,
  ]);
});

test('a dragged column is dropped where its middle lies', () => {
  const widths = [100, 200, 100];
  expect([-400, 0, 49, 60, 160, 260, 900].map((by) => dropPlace(widths, 0, by))).toEqual([
    0, 0, 0, 1, 1, 2, 2,
  ]);
});

test('a column of amounts is as wide as the widest of them, whatever width was chosen', () => {
  const of = (value: string) => ({
    id: value,
    kind: 'line' as const,
    cells: [{ text: value, amount: { value, currency: 'EUR' } }],
  });
  const columns = [{ column: 'amount' as const, kind: 'amount' as const, cell: 0 }];
  const usual = leastWidths({}, [of('-115.76'), undefined], columns, 'EUR');
  const large = leastWidths(usual, [of('-1234567890.12')], columns, 'EUR');
  const amount = shownColumns(USUAL).indexOf('amount');
  expect(widthsIn(USUAL, 1000, usual)[amount]).toBe(usualWidth('amount'));
  expect(widthsIn(withWidth(USUAL, 'amount', 60), 1000, large)[amount]).toBeGreaterThan(140);
  expect(leastWidths(large, [of('1.00')], columns, 'EUR')).toBe(large);
});
