import { expect, test } from 'vitest';
import { editable, parseAmount, readNumber } from './decimal';
import { formatAmount, formatDate, formatDecimal, formatTenths, parseDate, tenthsAddingUp } from './format';
import { localeWith } from './locale';

test.each([
  ['1234567.50', 'en-GB', '1,234,567.50'],
  ['1234567.50', 'de-DE', '1.234.567,50'],
  ['12345678.90', 'en-IN', '1,23,45,678.90'],
  ['-1234.5', 'de-DE', '−1.234,5'],
  ['0.00', 'en-GB', '0.00'],
  ['-0.05', 'en-GB', '−0.05'],
  ['1500', 'en-GB', '1,500'],
  ['12.345', 'de-DE', '12,345'],
  ['9007199254740993.01', 'en-GB', '9,007,199,254,740,993.01'],
  ['not known', 'en-GB', 'not known'],
])('%s is written in %s as %s', (value, locale, shown) => {
  expect(formatDecimal(value, locale)).toBe(shown);
});

test.each([
  ['12.40', '+12.40'],
  ['-12.40', '−12.40'],
  ['0.00', '0.00'],
])('a difference of %s shows its sign: %s', (value, shown) => {
  expect(formatDecimal(value, 'en-GB', true)).toBe(shown);
});

test('weights in tenths of a bit', () => {
  expect([124, -4, 0, 1000].map((tenths) => formatTenths(tenths, 'de-DE'))).toEqual([
    '+12,4',
    '−0,4',
    '0,0',
    '+100,0',
  ]);
});

test.each([
  [[12_412, 8_640, -9_966, 5_225]],
  [[333, 333, 333]],
  [[-333, -333, -333]],
  [[50, 50, 50, 50]],
  [[]],
])('rounded weights %j still add up to the rounded score', (weights) => {
  const { parts, total } = tenthsAddingUp(weights);
  expect(parts.reduce((running, part) => running + part, 0)).toBe(total);
  for (const [index, part] of parts.entries()) {
    expect(Math.abs(part * 100 - (weights[index] ?? 0))).toBeLessThanOrEqual(100);
  }
});

test.each([
  ['2025-03-04', 'de-DE', '04.03.2025'],
  ['2025-03-04', 'en-GB', '04 Mar 2025'],
  ['2025-03-04', 'en-US', 'Mar 04, 2025'],
  ['soon', 'en-GB', 'soon'],
])('%s is written in %s as %s: never readable as another day', (iso, locale, shown) => {
  expect(formatDate(iso, locale)).toBe(shown);
});

test.each([
  ['2025-03-04', 'en-US', '2025-03-04'],
  ['04.03.2025', 'de-DE', '2025-03-04'],
  ['3/4/2025', 'en-US', '2025-03-04'],
  ['3/4/2025', 'en-GB', '2025-04-03'],
  ['31.02.2025', 'de-DE', null],
  ['2025-13-01', 'de-DE', null],
  ['soon', 'de-DE', null],
])('%s typed in %s is %s', (text, locale, iso) => {
  expect(parseDate(text, locale)).toBe(iso);
});

test.each([
  ['-1234.50', 'en-GB', '(1,234.50)'],
  ['-1234.50', 'de-DE', '(1.234,50)'],
  ['1234.50', 'en-GB', '1,234.50'],
  ['0.00', 'en-GB', '0.00'],
  ['-0.00', 'en-GB', '0.00'],
])('in parentheses %s is written in %s as %s', (value, locale, shown) => {
  expect(formatAmount(value, locale, 'parentheses')).toBe(shown);
  expect(formatAmount(value, locale, 'minus')).toBe(formatDecimal(value, locale));
});

test.each([
  ['1.234,50', 'de-DE', '1234.50'],
  ['1.234,50', 'en-GB', '1234.50'],
  ['1,234.50', 'en-GB', '1234.50'],
  ['1,234.50', 'de-DE', '1234.50'],
  ['1.234', 'de-DE', '1234'],
  ['1.234', 'en-GB', '1.234'],
  ['1,234', 'en-GB', '1234'],
  ['1,234', 'de-DE', '1.234'],
  ['1,5', 'en-GB', '1.5'],
  ['12.5', 'de-DE', '12.5'],
  ['1.234.567', 'de-DE', '1234567'],
  ['1.234.567,89', 'de-DE', '1234567.89'],
  ['1 234,50', 'de-DE', '1234.50'],
  ['1’234.50', 'de-CH', '1234.50'],
  ['-7', 'en-GB', '-7'],
  ['\u22127,50', 'de-DE', '-7.50'],
  ['(7.50)', 'en-GB', '-7.50'],
  ['-0', 'en-GB', '0'],
  ['007', 'en-GB', '7'],
  ['(7', 'en-GB', null],
  ['seven', 'en-GB', null],
  ['', 'en-GB', null],
  ['1,2,3.4.5', 'en-GB', null],
  ['5 EUR', 'en-GB', null],
])('“%s” typed in %s means %s', (text, locale, value) => {
  expect(parseAmount(text, locale)).toBe(value);
});

test.each([
  ['400', 'de-DE', '400'],
  ['12,5', 'de-DE', '12.5'],
  ['12.50', 'de-DE', '12.50'],
  ['1.234,50', 'de-DE', '1234.50'],
  ['1.234', 'de-DE', '1234'],
  ['1,234', 'de-DE', '1.234'],
  ['1,234', 'en-GB', '1234'],
  ['1,234.50', 'en-GB', '1234.50'],
  ['1,234,567', 'en-GB', '1234567'],
  ['−12.50', 'en-GB', '-12.50'],
  ['1 234.50', 'en-GB', '1234.50'],
  ['', 'en-GB', null],
  ['1.2.3,4,5', 'de-DE', null],
  ['12 EUR', 'en-GB', null],
])('the amount typed as %j in %s is %s', (text, locale, amount) => {
  expect(parseAmount(text, locale)).toBe(amount);
});

test.each([
  ['1,23,456.50', 'en-IN', '123456.50'],
  ['12,34,567', 'en-IN', '1234567'],
  ['.5', 'en-GB', '0.5'],
  ['12.345', 'en-GB', '12.345'],
  ['12,345', 'de-CH', '12345'],
])('the amount typed as %j in %s is %s, as it would be written there', (text, locale, amount) => {
  expect(parseAmount(text, locale)).toBe(amount);
});

test('numbers are read in the style that was chosen, in whichever language', () => {
  const german = localeWith('de-DE', { numbers: 'gb', dates: 'language' });
  const english = localeWith('en-GB', { numbers: 'de', dates: 'language' });
  expect(readNumber('1,234', german)).toEqual({ kind: 'number', value: '1234' });
  expect(readNumber('1.234', german)).toEqual({ kind: 'ambiguous' });
  expect(readNumber('1.234', english)).toEqual({ kind: 'number', value: '1234' });
  expect([parseAmount('1.234', german), parseAmount('1,234', english)]).toEqual(['1.234', '1.234']);
  expect([editable('12.345', german), editable('12.345', english)]).toEqual(['12.345', '12,345']);
});

test.each(['en-GB', 'de-DE', 'de-CH', 'fr-FR', 'en-IN'])(
  'in %s an amount of three decimals that is put into a field is read as it is',
  (locale) => {
    for (const value of ['12.345', '-0.500', '1234567.001', '100.000']) {
      expect(parseAmount(editable(value, locale), locale)).toBe(value);
    }
  },
);

test('a single mark before three digits is no question where amounts have three decimals', () => {
  expect(readNumber('12,345', 'de-DE', 3)).toEqual({ kind: 'number', value: '12.345' });
  expect(readNumber('12.345', 'de-DE', 3)).toEqual({ kind: 'number', value: '12345' });
  expect(readNumber('12,345', 'de-DE')).toEqual({ kind: 'ambiguous' });
});

test.each([
  ['Dec 31, 2025', 'en-GB', '2025-12-31'],
  ['31 December 2025', 'en-GB', '2025-12-31'],
  ['1. März 2025', 'de-DE', '2025-03-01'],
  ['31 Feb 2025', 'en-GB', null],
  ['31 Foo 2025', 'en-GB', null],
])('the day typed as %j in %s is %s', (text, locale, day) => {
  expect(parseDate(text, locale)).toBe(day);
});
