import { expect, test } from 'vitest';
import { periodsOf, relativePeriods } from './periods';

test('only periods that the account has days in are offered, newest first', () => {
  const keys = periodsOf('2024-11-20', '2025-02-03').map((period) => period.key);
  expect(keys).toEqual([
    'all',
    '2025',
    '2025-Q1',
    '2025-02',
    '2025-01',
    '2024',
    '2024-Q4',
    '2024-12',
    '2024-11',
  ]);
});

test('a period runs from its first to its last day', () => {
  const [, , quarter, month] = periodsOf('2024-02-10', '2024-02-20');
  expect(quarter).toEqual({ key: '2024-Q1', from: '2024-01-01', to: '2024-03-31' });
  expect(month).toEqual({ key: '2024-02', from: '2024-02-01', to: '2024-02-29' });
});

test('an account without days offers everything', () => {
  expect(periodsOf(null, null)).toEqual([{ key: 'all', from: null, to: null }]);
});

test.each([
  [new Date(2026, 0, 31), ['2026-01-01', '2025-12-01', '2026-01-01', '2026-01-01', '2025-01-01']],
  [new Date(2026, 10, 27), ['2026-11-01', '2026-10-01', '2026-10-01', '2026-01-01', '2025-01-01']],
])('periods around %s begin where the calendar says', (today, firsts) => {
  expect(relativePeriods(today).map(({ from }) => from)).toEqual(firsts);
});

test('the last month ends on its last day, in leap years too', () => {
  expect(relativePeriods(new Date(2024, 2, 15))[1]).toEqual({
    key: 'lastMonth',
    from: '2024-02-01',
    to: '2024-02-29',
  });
});
