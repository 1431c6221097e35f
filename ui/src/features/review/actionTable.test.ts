import { expect, test } from 'vitest';
import type { QueueRow, RecordView, RowState } from '@/ipc';
import {
  ACTION_NAMES,
  ACTIONS,
  type ActionName,
  type Possible,
  possibleFor,
  possibleForMany,
} from './actionTable';

const on = (possible: Possible) =>
  ACTION_NAMES.filter((name) => possible[name]).map((name) => ACTIONS[name].key);

function detail(state: RowState, difference: string | null, lines = 1) {
  const amount = difference === null ? null : { value: difference, currency: 'EUR' };
  return {
    row: { state, difference: amount } as QueueRow,
    lines: Array.from({ length: lines }, () => ({}) as RecordView),
  };
}

test.each([
  ['suggested', '0.00', false, 'a r h x s o c e'],
  ['suggested', '-1.50', false, 'a r h w x s o c e'],
  ['ambiguous', '0.00', true, 'a h x s o c e'],
  ['unmatchedLine', null, false, 'h w x t s o c e d'],
  ['unmatchedLine', null, true, 'a h w x t s o c e d'],
  ['approved', '0.00', false, 'c e u'],
  ['autoApproved', '0.00', false, 'c e u'],
  ['rejected', '0.00', false, 'c e u'],
] as const)(
  'a %s row that differs by %s, another answer picked: %s, can be acted on by %s',
  (state, difference, picked, keys) => {
    expect(on(possibleFor(detail(state, difference), picked)).join(' ')).toBe(keys);
  },
);

test('an entry has nothing to split, and several lines cannot be', () => {
  expect(possibleFor(detail('unmatchedEntry', null, 0), false).split).toBe(false);
  expect(possibleFor(detail('suggested', '0.00', 2), false).split).toBe(false);
});

test.each([
  [{ count: 3, matches: 3 }, { toDo: true }, 'a r s o c e'],
  [{ count: 3, matches: 1 }, { toDo: true }, 'a r s o c e'],
  [{ count: 3, matches: 0 }, { toDo: true }, 't s o c e d'],
  [{ count: 3, matches: 3 }, { toDo: false }, 'c e'],
  [{ count: 0, matches: 0 }, { toDo: true }, ''],
])('%o chosen in a list of %o can be acted on by %s', (chosen, list, keys) => {
  expect(on(possibleForMany(chosen, list)).join(' ')).toBe(keys);
});

test('no two actions share a key, and none of them begins a sequence', () => {
  const keys = ACTION_NAMES.map((name: ActionName) => ACTIONS[name].key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).not.toContain('g');
  for (const taken of ['z', 'y', 'f', 'v', 'j', 'k', 'n', '/']) {
    expect(keys).not.toContain(taken);
  }
});
