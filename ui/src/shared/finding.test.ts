import { expect, test } from 'vitest';
import { i18nFor } from '@/i18n';
import type { ToldView } from '@/ipc';
import { factSentence, fixSentence } from './finding';

const money = (value: string) => ({ type: 'money', amount: { value, currency: 'EUR' } }) as const;
const told = (kind: string, values: ToldView['values'] = {}): ToldView => ({ kind, values });

test.each([
  ['en', told('book_fee', { amount: money('1500.00') }), 'Book a fee of 1,500.00 EUR.'],
  ['de', told('book_fee', { amount: money('1500.00') }), 'Eine Gebühr von 1.500,00 EUR buchen.'],
  [
    'en',
    told('raise_rate', {
      from: { type: 'decimal', decimal: '38.50' },
      to: { type: 'decimal', decimal: '40.25' },
    }),
    'Raise the rate from 38.50 to 40.25.',
  ],
  [
    'de',
    told('remove_duplicate', { of: { type: 'text', text: 'RE-104' } }),
    'Stornieren: Es ist eine Kopie von RE-104.',
  ],
  ['de', told('remove_duplicate'), 'Die Kopie herausnehmen.'],
  ['en', told('a_fix_of_tomorrow'), 'a_fix_of_tomorrow'],
] as const)('in %s, the fix %o is told as: %s', (language, fix, sentence) => {
  expect(fixSentence(fix, i18nFor(language))).toBe(sentence);
});

test('a month is told by its name, a day by its date', () => {
  const done = told('month_after_export', {
    month: { type: 'date', date: '2026-02-01' },
    last_month: { type: 'date', date: '2026-01-01' },
  });
  expect(factSentence(done, i18nFor('de'))).toBe(
    'Erbracht im Februar 2026, nach dem letzten Monat der Kundenliste, Januar 2026.',
  );
  expect(factSentence(told('paid_late', { days: { type: 'number', number: 12 } }), i18nFor('en'))).toBe(
    'Days from the due date to the payment: 12.',
  );
});
