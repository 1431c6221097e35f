import { act, fireEvent, screen } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { i18nFor } from '@/i18n';
import { parseAmount } from '@/shared/decimal';
import { formatDate, formatDecimal, formatMoment, parseDate } from '@/shared/format';
import { formatsStore, negativesStore, setFormats, setNegatives, themeStore } from '@/shared/preferences';
import { zoomBy, zoomPlain, zoomStore } from '@/shared/zoom';
import { createFakeHost, show } from '@/test-window';
import { AppearanceScreen } from './AppearanceScreen';

beforeEach(() => {
  setFormats({ numbers: 'language', dates: 'language' });
  setNegatives('minus');
  themeStore.set('system');
});

async function openScreen() {
  const host = createFakeHost({ open: true });
  const { workbook } = await host.call('app_state', {});
  if (!workbook) {
    throw new Error('the fake host has no workbook open');
  }
  show(<AppearanceScreen workbook={workbook} />, host);
  return screen.findByTestId('format-example');
}

function choose(testId: string, value: string): void {
  fireEvent.change(screen.getByTestId(testId), { target: { value } });
}

test('the example shows at once what was chosen, and so does every other screen', async () => {
  const example = await openScreen();
  choose('setting-numbers', 'ch');
  choose('setting-dates', 'iso');
  fireEvent.click(screen.getByTestId('negatives-parentheses'));
  expect(example.textContent).toContain("1'234'567.50");
  expect(example.textContent).toContain("(1'234.05)");
  expect(example.textContent).toContain('2026-03-04');
  expect(window.localStorage.getItem('tieout.dates')).toBe('iso');
  fireEvent.click(screen.getByTestId('formats-reset'));
  expect(formatsStore.get()).toEqual({ numbers: 'language', dates: 'language' });
  expect(negativesStore.get()).toBe('minus');
  expect((screen.getByTestId('formats-reset') as HTMLButtonElement).disabled).toBe(true);
});

test('the theme is chosen here too', async () => {
  await openScreen();
  fireEvent.click(screen.getByTestId('setting-theme-dark'));
  expect(themeStore.get()).toBe('dark');
});

test('everything is drawn in the size chosen, which the keys change too', async () => {
  await openScreen();
  choose('setting-size', '150');
  expect(zoomStore.get()).toBe(150);
  act(() => zoomBy(-1));
  expect((screen.getByTestId('setting-size') as HTMLSelectElement).value).toBe('125');
  act(() => zoomPlain());
});

test.each([
  ['language', 'language', '1,234.50', 'Mar 04, 2026', '03/04/2026'],
  ['de', 'dots', '1.234,50', '04.03.2026', '04.03.2026'],
  ['fr', 'dmy', '1 234,50', '04/03/2026', '4/3/2026'],
  ['gb', 'mdy', '1,234.50', '03/04/2026', '3/4/2026'],
  ['ch', 'iso', "1'234.50", '2026-03-04', '2026-03-04'],
] as const)(
  'numbers as %s and dates as %s are written and read alike',
  (numbers, dates, amount, day, typed) => {
    const { locale } = i18nFor('en', { numbers, dates });
    expect(formatDecimal('1234.50', locale).replace(/[\u202f\u00a0]/g, ' ')).toBe(amount);
    expect(formatDate('2026-03-04', locale)).toBe(day);
    expect(parseDate(typed, locale)).toBe('2026-03-04');
    expect(parseAmount(formatDecimal('1234.50', locale), locale)).toBe('1234.50');
    expect(formatMoment('not a moment', locale)).toBe('not a moment');
  },
);
