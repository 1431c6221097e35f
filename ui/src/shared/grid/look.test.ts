import { expect, test } from 'vitest';
import type { GridFilter } from '@/ipc';
import {
  ALL_ROWS,
  fitting,
  focusOf,
  isNarrowed,
  type Look,
  lookOf,
  sameLook,
  sortedBy,
  withFilters,
  withoutFilter,
} from './look';

const OPEN: GridFilter = { column: 'open', test: 'atLeast', values: ['1000'] };
const FULL: Look = {
  search: 'INV-2024/001 : & = % + “ü”',
  filters: [
    OPEN,
    { column: 'state', test: 'oneOf', values: ['open', 'partly'] },
    { column: 'text', test: 'contains', values: ['a:b,c/d&e=f'] },
    { column: 'category', test: 'empty', values: [] },
    { column: 'reference', test: 'equals', values: ['100%'] },
  ],
  sort: [
    { column: 'open', descending: true },
    { column: 'date', descending: false },
  ],
};

test('what is looked at survives the way through the address', () => {
  const focus = focusOf('entries', FULL);
  // The part behind the screen's name ends at a stroke.
  expect(focus).not.toContain('/');
  expect(lookOf(focus)).toEqual({ grid: 'entries', look: FULL });
});

test('all rows need no more than the name of the grid', () => {
  expect(focusOf('lines', ALL_ROWS)).toBe('grid=lines');
  expect(lookOf('grid=lines')).toEqual({ grid: 'lines', look: ALL_ROWS });
});

test.each(['', 'grid=nonsense', 'q=x', 'toReview:17'])('“%s” names no grid', (focus) => {
  expect(lookOf(focus)).toBeNull();
});

test.each([
  'f=open%3Abigger%3A1',
  'f=open',
  'f=%3A%3A',
  'f=drop%20table%3Aequals%3A1',
  'sort=%2C%2C',
  'sort=a.b',
])('“%s” adds nothing', (part) => {
  expect(lookOf(`grid=lines&${part}`)?.look).toEqual(ALL_ROWS);
});

test('a value that is badly encoded stays as it is', () => {
  expect(lookOf('grid=lines&f=text%3Acontains%3A100%25')?.look.filters[0]?.values).toEqual(['100%']);
});

test('columns that a grid does not have are left out', () => {
  expect(fitting(FULL, ['open', 'date']).filters).toEqual([OPEN]);
  expect(fitting(FULL, ['date']).sort).toEqual([{ column: 'date', descending: false }]);
});

test('three columns at most order the rows', () => {
  expect(lookOf('grid=lines&sort=date,open-,amount,text')?.look.sort).toHaveLength(3);
});

test('a click orders upward, downward, and no more', () => {
  const up = sortedBy([], 'date', false);
  expect(up).toEqual([{ column: 'date', descending: false }]);
  const down = sortedBy(up, 'date', false);
  expect(down).toEqual([{ column: 'date', descending: true }]);
  expect(sortedBy(down, 'date', false)).toEqual([]);
  expect(sortedBy(down, 'open', false)).toEqual([{ column: 'open', descending: false }]);
});

test('with Shift further columns are added behind, and turned in their place', () => {
  const two = sortedBy(sortedBy([], 'date', false), 'open', true);
  expect(two.map(({ column }) => column)).toEqual(['date', 'open']);
  const turned = sortedBy(two, 'date', true);
  expect(turned[0]).toEqual({ column: 'date', descending: true });
  expect(sortedBy(turned, 'date', true)).toEqual([{ column: 'open', descending: false }]);
  const four = sortedBy(sortedBy(two, 'text', true), 'amount', true);
  expect(four.map(({ column }) => column)).toEqual(['open', 'text', 'amount']);
});

test('the filters of a column replace those it had', () => {
  const next = withFilters(FULL, 'open', [{ column: 'open', test: 'atMost', values: ['5'] }]);
  expect(next.filters.filter(({ column }) => column === 'open')).toHaveLength(1);
  expect(next.filters).toHaveLength(FULL.filters.length);
  expect(withFilters(FULL, 'open', []).filters).toHaveLength(FULL.filters.length - 1);
  expect(withoutFilter(FULL, 1).filters.map(({ column }) => column)).not.toContain('state');
});

test('order alone leaves no row out', () => {
  expect(isNarrowed({ ...ALL_ROWS, sort: FULL.sort })).toBe(false);
  expect(isNarrowed({ ...ALL_ROWS, search: 'a' })).toBe(true);
  expect(sameLook(FULL, { ...FULL })).toBe(true);
  expect(sameLook(FULL, ALL_ROWS)).toBe(false);
});
