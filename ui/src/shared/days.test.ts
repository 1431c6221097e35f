import { expect, test } from 'vitest';
import { daysAfter, monthEnd, nextMonday, today } from './days';

test.each([
  ['2026-11-27', 1, '2026-11-28'],
  ['2026-12-31', 3, '2027-01-03'],
  ['2028-02-28', 1, '2028-02-29'],
])('%s and %i days is %s', (day, days, then) => {
  expect(daysAfter(day, days)).toBe(then);
});

test.each([
  ['2026-11-27', '2026-11-30'],
  ['2026-11-29', '2026-11-30'],
  ['2026-11-30', '2026-12-07'],
])('the Monday after %s is %s', (day, monday) => {
  expect(nextMonday(day)).toBe(monday);
});

test.each([
  ['2026-11-27', '2026-11-30'],
  ['2026-11-30', '2026-12-31'],
  ['2028-02-01', '2028-02-29'],
  ['2026-12-31', '2027-01-31'],
])('the month of %s ends on %s, a day to come', (day, end) => {
  expect(monthEnd(day)).toBe(end);
});

test('today is the calendar’s day where the user is', () => {
  expect(today(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
});
