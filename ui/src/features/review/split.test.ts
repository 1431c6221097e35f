import { expect, test } from 'vitest';
import type { RecordView } from '@/ipc';
import { emptyPart, firstAmount, groupsOfParts } from './split';

const record = (id: string, value: string, currency = 'EUR', applied: string | null = null) =>
  ({
    id,
    open: { value, currency },
    applied: applied === null ? null : { value: applied, currency: 'EUR' },
  }) as RecordView;

const line = record('line', '-100.00');

test('parts that say where they go become groups of the line, with the line’s sign', () => {
  const parts = [
    { ...emptyPart(), entry: record('entry', '-60.00'), amount: '60,00' },
    { ...emptyPart('account'), amount: '', account: ' 4970 ', text: 'bank' },
    { ...emptyPart(), amount: '5' },
    { ...emptyPart('account'), account: ' ' },
    { ...emptyPart('account'), account: '1', amount: 'x' },
  ];
  expect(groupsOfParts(line, parts, 'de-DE').map(({ group }) => group)).toEqual([
    {
      lines: [{ id: 'line', part: '-60.00', open: '-100.00' }],
      entries: [{ id: 'entry', part: null, open: '-60.00' }],
      adjustments: [{ cause: 'partial_payment', amount: null, account: null, text: '' }],
    },
    {
      lines: [{ id: 'line', part: null, open: '-100.00' }],
      entries: [],
      adjustments: [{ cause: 'fee', amount: null, account: '4970', text: 'bank' }],
    },
  ]);
});

test.each([
  [record('a', '-60.00'), '-60,00'],
  [record('b', '-60.00', 'EUR', '-40.00'), '-40,00'],
  [record('c', '-60.00', 'USD', '-55.00'), '-55,00'],
  [record('d', '-60.00', 'USD'), ''],
  [record('e', '0.00'), ''],
])('an entry’s part begins with what is known of it in the line’s currency', (entry, amount) => {
  expect(firstAmount(entry, line, 'de-DE')).toBe(amount);
});
