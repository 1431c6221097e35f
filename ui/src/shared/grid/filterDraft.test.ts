import { expect, test } from 'vitest';
import type { GridColumnKind, GridFilter } from '@/ipc';
import { draftOf, filtersOf } from './filterDraft';

function there(filters: GridFilter[], kind: GridColumnKind, locale: string) {
  const [first] = filters;
  return filtersOf(first?.column ?? 'text', kind, draftOf(filters, kind, locale), locale);
}

const of = (column: GridFilter['column'], test: GridFilter['test'], ...values: string[]): GridFilter => ({
  column,
  test,
  values,
});

test.each(['en-GB', 'en-US', 'de-DE', 'de-CH'])(
  'in %s a form gives back the filters it was made of',
  (locale) => {
    for (const [kind, filters] of [
      ['amount', [of('open', 'atLeast', '1234.50'), of('open', 'atMost', '-0.05')]],
      ['amount', [of('open', 'atLeast', '1000')]],
      ['date', [of('date', 'atLeast', '2025-05-31'), of('date', 'atMost', '2025-12-01')]],
      ['time', [of('at', 'atLeast', '2025-03-09')]],
      ['word', [of('state', 'oneOf', 'open', 'partly')]],
      ['text', [of('text', 'contains', 'Miete')]],
      ['text', [of('text', 'differs', 'Miete')]],
      ['number', [of('age', 'atLeast', '91')]],
      ['text', [of('text', 'empty')]],
      ['word', [of('category', 'filled')]],
    ] as [GridColumnKind, GridFilter[]][]) {
      expect(there(filters, kind, locale)).toEqual(filters);
    }
  },
);

test('an empty form asks for nothing', () => {
  for (const kind of ['amount', 'date', 'word', 'text', 'number'] as const) {
    expect(filtersOf('open', kind, draftOf([], kind, 'en-GB'), 'en-GB')).toEqual([]);
  }
});

test('amounts and days are understood as they are typed', () => {
  const draft = draftOf([], 'amount', 'de-DE');
  expect(filtersOf('open', 'amount', { ...draft, from: '1.234,5', to: '(7)' }, 'de-DE')).toEqual([
    of('open', 'atLeast', '1234.5'),
    of('open', 'atMost', '-7'),
  ]);
  expect(filtersOf('date', 'date', { ...draft, from: '3.4.2025' }, 'de-DE')).toEqual([
    of('date', 'atLeast', '2025-04-03'),
  ]);
});

test.each([
  ['en-GB', 'Apr 03, 2025'],
  ['en-GB', '03 Apr 2025'],
  ['de-DE', '3. April 2025'],
  ['de-DE-x-nown-dmdy', '04/03/2025'],
])('a day is understood in %s as it is shown or named: %s', (locale, from) => {
  const draft = { ...draftOf([], 'date', locale), from };
  expect(filtersOf('date', 'date', draft, locale)).toEqual([of('date', 'atLeast', '2025-04-03')]);
});

test('what cannot be read is told by its field', () => {
  const draft = draftOf([], 'amount', 'en-GB');
  expect(filtersOf('open', 'amount', { ...draft, from: '5', to: 'many' }, 'en-GB')).toBe('to');
  expect(filtersOf('date', 'date', { ...draft, from: '31.02.2025' }, 'en-GB')).toBe('from');
});
