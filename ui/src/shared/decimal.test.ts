import { expect, test } from 'vitest';
import { isZero, parseDecimal, printDecimal, readNumber, rounded, signOf, subtract, sum } from './decimal';

test.each([
  ['0.10 0.20', '0.30'],
  ['9007199254740993.01 0.01', '9007199254740993.02'],
  ['-12.50 12.50', '0.00'],
  ['1 0.005', '1.005'],
  ['-0.01 -0.02', '-0.03'],
  ['', '0'],
])('amounts %s add up to %s', (values, total) => {
  expect(sum(values.split(' ').filter((value) => value !== ''))).toBe(total);
});

test.each([
  ['98.50', '100.00', '-1.50'],
  ['100.00', '100.00', '0.00'],
  ['0.1', '-0.25', '0.35'],
  ['92233720368547758.07', '0.08', '92233720368547757.99'],
])('%s − %s = %s', (left, right, difference) => {
  expect(subtract(left, right)).toBe(difference);
});

test.each(['', 'abc', '1,5', '1.2.3', '1e5', '--1', '.5'])(
  '%j is no amount, and nothing is claimed about it',
  (text) => {
    expect(parseDecimal(text)).toBeNull();
    expect(sum(['1.00', text])).toBeNull();
    expect(subtract(text, '1.00')).toBeNull();
  },
);

test.each(['0', '-1', '1.00', '-0.05', '1234567890123456789.99', '0.000'])(
  '%s is read and written back',
  (text) => {
    const parsed = parseDecimal(text);
    expect(parsed && printDecimal(parsed)).toBe(text);
  },
);

test('the sign of an amount', () => {
  expect(['-0.01', '0.00', '-0.00', '0.01'].map(signOf)).toEqual([-1, 0, 0, 1]);
  expect(isZero('-0.00')).toBe(true);
});

test.each([
  ['1000', '1000', '1000'],
  ['30,50', '30.50', '30.50'],
  ['30.5', '30.5', '30.5'],
  ['0,005', '0.005', '0.005'],
  ['1,000.00', '1000.00', '1000.00'],
  ['1.000,00', '1000.00', '1000.00'],
  ['1.234.567', '1234567', '1234567'],
  ['1,234,567.8', '1234567.8', '1234567.8'],
  ["1'000.50", '1000.50', '1000.50'],
  ['1 000,5', '1000.5', '1000.5'],
  ['1234,567', '1234.567', '1234.567'],
  ['\u221212,5', '-12.5', '-12.5'],
  // In one language the mark stands between thousands; in the other it does not, and nobody knows what was meant.
  ['1,000', '1000', 'ambiguous'],
  ['1.000', 'ambiguous', '1000'],
  ['-12.500', 'ambiguous', '-12500'],
  ['', 'empty', 'empty'],
  ['five', 'none', 'none'],
  ['1,00,000', 'none', 'none'],
  ['1.2.3', 'none', 'none'],
  ['1,000.000,00', 'none', 'none'],
  ['5,', 'none', 'none'],
  ['1e5', 'none', 'none'],
])('%j is typed for %s in English and for %s in German', (text, english, german) => {
  const told = (locale: string) => {
    const read = readNumber(text, locale);
    return read.kind === 'number' ? read.value : read.kind;
  };
  expect([told('en-GB'), told('de-DE')]).toEqual([english, german]);
});

test('in Switzerland points and commas stand between no thousands', () => {
  expect([readNumber('1.000', 'de-CH').kind, readNumber('1,000', 'de-CH').kind]).toEqual([
    'ambiguous',
    'ambiguous',
  ]);
});

test.each([
  ['391.39', '391.4'],
  ['391.35', '391.4'],
  ['12.04', '12'],
  ['100.00', '100'],
  ['-0.25', '-0.3'],
  ['7', '7'],
])('an average of %s days is told as %s', (value, told) => {
  expect(rounded(value, 1)).toBe(told);
});
