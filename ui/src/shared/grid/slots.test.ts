import { expect, test } from 'vitest';
import { slotsOf } from './slots';

const slots = (positions: number[], before = new Map<number, number>()) => slotsOf(before, positions);
const drawn = (map: Map<number, number>) =>
  [...map].map(([position, slot]) => `${position}:${slot}`).join(' ');

test('rows that stay keep their elements, and those that come take those of rows that went', () => {
  const first = slots([0, 1, 2, 3]);
  expect(drawn(first)).toBe('0:0 1:1 2:2 3:3');
  expect(drawn(slots([2, 3, 4, 5], first))).toBe('2:2 3:3 4:0 5:1');
});

test('a page farther on uses the same elements', () => {
  expect(drawn(slots([40, 41, 42], slots([0, 1, 2])))).toBe('40:0 41:1 42:2');
});

test('the row with the focus keeps its element while it is out of sight', () => {
  const focused = slots([7, 8, 1], slots([0, 1, 2]));
  expect(focused.get(1)).toBe(1);
  expect(slots([20, 21, 1], focused).get(1)).toBe(1);
});

test('no two rows share an element, whatever was drawn before', () => {
  let kept = new Map<number, number>();
  for (let step = 0; step < 200; step += 1) {
    const from = (step * 7919) % 100;
    const positions = Array.from({ length: 5 + (step % 9) }, (_, at) => from + at);
    kept = slots(positions, kept);
    expect(new Set(kept.values()).size).toBe(positions.length);
    expect(Math.max(...kept.values())).toBeLessThan(14 + 13);
  }
});
