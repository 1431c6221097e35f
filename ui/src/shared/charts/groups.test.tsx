import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ExceptionGroup } from '@/ipc';
import { BarList } from './BarList';
import { barsOf } from './groups';

const group = (kind: string, exceptions: number, value: string, currency = 'EUR'): ExceptionGroup => ({
  kind,
  exceptions,
  impact: { value, currency },
});
const naming = { name: (kind: string) => kind.toUpperCase(), locale: 'en-GB' };

test('bars are as long as there are many, longest first, with what is open', () => {
  const bars = barsOf([group('fee', 2, '10.00'), group('timing', 8, '1234.50')], naming);
  expect(bars.map(({ key, label, share }) => [key, label, share])).toEqual([
    ['timing', 'TIMING', 1],
    ['fee', 'FEE', 0.25],
  ]);
  const { container } = render(<BarList label="By cause" bars={bars} />);
  expect(container.textContent).toContain('1,234.50');
});

test('a kind in several currencies is one bar, and its sums stand in the title', () => {
  const groups = [group('fee', 2, '10.00'), group('fee', 3, '500', 'JPY'), group('timing', 4, '1.00')];
  const bars = barsOf(groups, naming);
  expect(bars.map(({ key, share }) => [key, share])).toEqual([
    ['fee', 1],
    ['timing', 0.8],
  ]);
  expect(bars[0]?.title).toBe('10.00 EUR, 500 JPY');
  expect(bars.every((bar) => bar.note === undefined)).toBe(true);
});

test('named kinds keep their order, and those without any are empty bars', () => {
  const bars = barsOf([group('over90', 3, '7.00')], { ...naming, kinds: ['upTo30', 'over90'] });
  expect(bars.map(({ key, share }) => [key, share])).toEqual([
    ['upTo30', 0],
    ['over90', 1],
  ]);
});
