import { expect, test } from 'vitest';
import { stepsOf } from './steps';

const EMPTY = { lines: 0, entries: 0, linesOpen: 0, entriesOpen: 0, toReview: 0, approved: 0, runs: 0 };

test.each([
  ['a fresh workbook', {}, 'statement'],
  ['a statement is in', { lines: 90 }, 'ledger'],
  ['only a ledger is in', { entries: 96 }, 'statement'],
  ['both are in', { lines: 90, entries: 96 }, 'match'],
  ['matched, some wait', { lines: 90, entries: 96, runs: 1, toReview: 3 }, 'review'],
  ['all reviewed', { lines: 90, entries: 96, runs: 1 }, 'report'],
])('%s: next is %s', (_, counts, next) => {
  const steps = stepsOf({ ...EMPTY, ...counts });
  expect(steps.filter((step) => step.state === 'now').map((step) => step.name)).toEqual([next]);
});
