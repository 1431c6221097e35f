import { expect, test } from 'vitest';
import { drawnWith, seenOf } from './drawnRows';

const range = { startIndex: 10, endIndex: 12, overscan: 1, count: 100 };

function drawn(selected: number): number[] {
  return drawnWith(selected)(range);
}

test('the chosen row is drawn wherever it is, but not asked for with all between', () => {
  expect(drawn(11)).toEqual([9, 10, 11, 12, 13]);
  expect(drawn(99)).toEqual([9, 10, 11, 12, 13, 99]);
  expect(drawn(0)).toEqual([0, 9, 10, 11, 12, 13]);
  for (const selected of [0, 11, 99]) {
    const items = drawn(selected).map((index) => ({ index }));
    expect(seenOf(items, selected)).toEqual([9, 13]);
  }
});

test('none, and one that is no longer there, is not drawn', () => {
  expect(drawn(-1)).toEqual([9, 10, 11, 12, 13]);
  expect(drawn(100)).toEqual([9, 10, 11, 12, 13]);
});
