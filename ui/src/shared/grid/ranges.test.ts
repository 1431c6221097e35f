import { expect, test } from 'vitest';
import {
  type Area,
  areasOf,
  cellsIn,
  clampSelection,
  columnBits,
  crossingOf,
  isSingle,
  lastArea,
  mergeSpans,
  only,
  type Selection,
} from './ranges';

const BOUNDS = { rows: 1_000_000, columns: 9 };

function area(top: number, bottom: number, left: number, right: number): Area {
  return { top, bottom, left, right };
}

const dragged: Selection = {
  active: { row: 7, column: 5 },
  extent: { row: 3, column: 2 },
  reach: 'cells',
  others: [],
};

test('an area spans both of its corners, whichever lies first', () => {
  expect(lastArea(dragged, BOUNDS)).toEqual(area(3, 8, 2, 6));
});

test.each([
  ['rows', area(3, 8, 0, 9)],
  ['columns', area(0, 1_000_000, 2, 6)],
  ['all', area(0, 1_000_000, 0, 9)],
] as const)('whole %s reach to the edges', (reach, expected) => {
  expect(lastArea({ ...dragged, reach }, BOUNDS)).toEqual(expected);
});

test('one cell is single; two, or one of two areas, are not', () => {
  const cell = only({ row: 4, column: 4 });
  expect(isSingle(cell, BOUNDS)).toBe(true);
  expect(isSingle({ ...cell, extent: { row: 5, column: 4 } }, BOUNDS)).toBe(false);
  expect(isSingle({ ...cell, others: [area(0, 1, 0, 1)] }, BOUNDS)).toBe(false);
  expect(isSingle({ ...cell, reach: 'rows' }, BOUNDS)).toBe(false);
});

test('the columns of a row that are selected are told as bits, over all areas', () => {
  const areas = [area(3, 8, 2, 4), area(5, 6, 7, 9)];
  expect(columnBits(areas, 2)).toBe(0);
  expect(columnBits(areas, 3)).toBe(0b1100);
  expect(columnBits(areas, 5)).toBe(0b1_1000_1100);
  expect(columnBits(areas, 8)).toBe(0);
});

test.each([
  [
    [
      [4, 6],
      [0, 2],
    ],
    [
      [0, 2],
      [4, 6],
    ],
  ],
  [
    [
      [0, 3],
      [2, 5],
    ],
    [[0, 5]],
  ],
  [
    [
      [0, 3],
      [3, 4],
    ],
    [[0, 4]],
  ],
  [
    [
      [5, 9],
      [6, 7],
    ],
    [[5, 9]],
  ],
  [[[3, 3]], []],
])('spans %j become %j', (given, expected) => {
  const spans = (pairs: number[][]) => pairs.map(([from = 0, to = 0]) => ({ from, to }));
  expect(mergeSpans(spans(given))).toEqual(spans(expected));
});

test('areas with the same columns are rows × columns, counted once where they overlap', () => {
  const crossing = crossingOf([area(0, 3, 1, 3), area(2, 6, 1, 3), area(9, 10, 1, 3)]);
  expect(crossing).toEqual({
    rows: [
      { from: 0, to: 6 },
      { from: 9, to: 10 },
    ],
    columns: [1, 2],
  });
  expect(crossing && cellsIn(crossing)).toBe(14);
});

test('areas with the same rows are rows × columns too', () => {
  expect(crossingOf([area(2, 5, 6, 7), area(2, 5, 0, 2)])).toEqual({
    rows: [{ from: 2, to: 5 }],
    columns: [0, 1, 6],
  });
});

test('areas in different rows and columns are none', () => {
  expect(crossingOf([area(0, 1, 0, 1), area(4, 5, 3, 4)])).toBeNull();
});

test('a whole column of a million rows is one span', () => {
  const crossing = crossingOf(areasOf({ ...only({ row: 4, column: 6 }), reach: 'columns' }, BOUNDS));
  expect(crossing).toEqual({ rows: [{ from: 0, to: 1_000_000 }], columns: [6] });
});

test('in a grid that became smaller the selection stays within it', () => {
  const selection = { ...dragged, others: [area(2, 8, 0, 4), area(6, 8, 0, 1)] };
  const clamped = clampSelection(selection, { rows: 5, columns: 3 });
  expect(clamped.active).toEqual({ row: 4, column: 2 });
  expect(clamped.extent).toEqual({ row: 3, column: 2 });
  expect(clamped.others).toEqual([area(2, 5, 0, 3)]);
});
