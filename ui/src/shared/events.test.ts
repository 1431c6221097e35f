import { expect, test } from 'vitest';
import { i18nFor } from '@/i18n';
import { detailsText, eventFacts, subjectText } from './events';

const de = i18nFor('de');

test.each([
  ['period 01a22110-0e52', 'Periode 01a22110-0e52'],
  ['journal batch 3', 'Stapel von Buchungssätzen 3'],
  ['company', 'Firma'],
  ['something new 7', 'something new 7'],
  ['', ''],
])('what an event is about is told in German: %s', (subject, told) => {
  expect(subjectText(subject, de)).toBe(told);
});

test('the details of an event are told value by value, and none is left out', () => {
  const details =
    '{"after":{"limit":"5.00","owner":null},"date":"2026-11-29","matches":["m1","m2"],"odd":true,"records":[{"side":"ledger"}],"side":"statement"}';
  expect(eventFacts(details, de).map(({ label, value }) => [label, value])).toEqual([
    ['Nachher › limit', '5.00'],
    ['Nachher › Zuständig', '–'],
    ['Datum', '29.11.2026'],
    ['Zuordnungen', 'm1, m2'],
    ['odd', 'ja'],
    ['Datensätze › 1 › Seite', 'Bücher'],
    ['Seite', de.word('side', 'statement')],
  ]);
  expect(detailsText('{"reason":"by phone","matches":[]}', de)).toBe('Grund: by phone · Zuordnungen: –');
});

test('details that are no JSON stay as they are', () => {
  expect(detailsText('half a {', de)).toBe('half a {');
  expect(detailsText('{}', de)).toBe('');
});
