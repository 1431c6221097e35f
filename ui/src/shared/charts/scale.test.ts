import { expect, test } from 'vitest';
import { axisFor, placesOf, segmentsOf } from './scale';

test.each([
  [0, 1, [0, 1]],
  [100, 100, [0, 50, 100]],
  [87, 100, [0, 50, 100]],
  [3, 3, [0, 1, 2, 3]],
  [4821, 6000, [0, 2000, 4000, 6000]],
  [0.42, 0.6, [0, 0.2, 0.4, 0.6]],
])('an axis up to %d ends at %d, with round marks', (highest, top, marks) => {
  expect(axisFor(highest)).toEqual({ top, marks });
});

test('an axis always reaches its highest value, in few marks', () => {
  for (let highest = 1; highest < 30_000; highest = Math.ceil(highest * 1.07)) {
    const { top, marks } = axisFor(highest);
    expect(top).toBeGreaterThanOrEqual(highest);
    expect(top).toBeLessThanOrEqual(highest * 2);
    expect(marks.length).toBeLessThanOrEqual(4);
  }
});

test('days stand as far apart as they are', () => {
  expect(placesOf(['2026-01-01', '2026-01-03', '2026-01-11'])).toEqual([0, 0.2, 1]);
  expect(placesOf(['2026-01-01'])).toEqual([0.5]);
  expect(placesOf([])).toEqual([]);
});

test('a gap stays a gap', () => {
  const [a, b, c] = [1, 2, 3].map((x) => ({ x, y: x }));
  expect(segmentsOf([a ?? null, b ?? null, null, c ?? null])).toEqual([[a, b], [c]]);
  expect(segmentsOf([null, null])).toEqual([]);
});
