import { expect, test } from 'vitest';
import type { QueueRow } from '@/ipc';
import { type Chosen, chosenAll, extended, NONE_CHOSEN, toggled } from './selection';

const rows = {
  rowAt: (index: number) => (index >= 0 && index < 9 ? ({ id: `r${index}` } as QueueRow) : undefined),
};
const ids = (chosen: Chosen) => [...chosen.ids].sort().join(' ');

test('Space chooses a row, and again no longer', () => {
  const one = toggled(NONE_CHOSEN, rows, 2);
  expect(ids(one)).toBe('r2');
  expect(ids(toggled(one, rows, 5))).toBe('r2 r5');
  expect(ids(toggled(one, rows, 2))).toBe('');
});

test('a range begins at the current row and grows and shrinks with each step', () => {
  let chosen = extended(NONE_CHOSEN, rows, 3, 4);
  expect(ids(chosen)).toBe('r3 r4');
  chosen = extended(chosen, rows, 4, 5);
  expect(ids(chosen)).toBe('r3 r4 r5');
  chosen = extended(chosen, rows, 5, 4);
  expect(ids(chosen)).toBe('r3 r4');
  chosen = extended(chosen, rows, 4, 2);
  expect(ids(chosen)).toBe('r2 r3');
});

test('what was chosen before the range stays', () => {
  const before = toggled(toggled(NONE_CHOSEN, rows, 0), rows, 6);
  expect(ids(extended(before, rows, 6, 7))).toBe('r0 r6 r7');
  expect(ids(extended(extended(before, rows, 6, 7), rows, 7, 6))).toBe('r0 r6');
});

test('rows that are not there are not chosen', () => {
  expect(toggled(NONE_CHOSEN, rows, 99)).toBe(NONE_CHOSEN);
  expect(ids(extended(NONE_CHOSEN, rows, 7, 12))).toBe('r7 r8');
});

test('all are chosen once each', () => {
  expect(ids(chosenAll(['a', 'b', 'a']))).toBe('a b');
});
