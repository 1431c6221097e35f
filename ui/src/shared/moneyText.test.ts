import { afterEach, expect, test } from 'vitest';
import { i18nFor } from '@/i18n';
import { moneyText } from './moneyText';
import { setNegatives } from './preferences';

afterEach(() => setNegatives('minus'));

test('an amount in a sentence follows the choice of how negatives are written, at once', () => {
  const { locale } = i18nFor('de');
  const amount = { value: '-1234.50', currency: 'EUR' };
  expect(moneyText(amount, locale)).toBe('\u22121.234,50 EUR');
  setNegatives('parentheses');
  expect(moneyText(amount, locale)).toBe('(1.234,50) EUR');
  expect(moneyText({ value: '7.00', currency: 'XXX' }, locale)).toBe('7,00');
});
