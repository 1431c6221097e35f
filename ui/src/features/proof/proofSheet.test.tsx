import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ProofView } from '@/ipc';
import { subtract, sum } from '@/shared/decimal';
import { matchedHost, show } from '@/test-window';
import { ProofSheet } from './ProofSheet';

const euros = (value: string) => ({ value, currency: 'EUR' });

const PROOF = {
  opening: euros('0.00'),
  linesTotal: euros('21627.21'),
  closing: euros('21627.21'),
  statementGap: euros('0.00'),
  entriesTotal: euros('46473.03'),
  difference: euros('-24845.82'),
  linesOutstanding: euros('100.00'),
  entriesOutstanding: euros('25000.28'),
  adjustments: euros('39.46'),
  unexplained: euros('15.00'),
  outstandingLinesCount: 20,
  outstandingEntriesCount: 30,
} satisfies Partial<ProofView>;

/** What a column comes to when it is added up from top to bottom by its signs, before the line with the total. */
function addedUp(rows: HTMLElement[]): { made: string | null; told: string } {
  const figures = rows.map((row) => {
    const cells = within(row).getAllByRole('cell', { hidden: true });
    const text = (cells.at(-1)?.textContent ?? '').replace(/,/g, '').replace('−', '-');
    return { sign: cells[0]?.textContent ?? '', value: text };
  });
  const told = figures.at(-1)?.value ?? '';
  const made = figures
    .slice(0, -1)
    .reduce<string | null>(
      (before, { sign, value }) =>
        before === null ? null : sign === '−' ? subtract(before, value) : sum([before, value]),
      '0',
    );
  return { made, told };
}

test('each total of the proof is what the lines above it make', async () => {
  show(<ProofSheet proof={PROOF} />, await matchedHost());
  const bodies = within(screen.getByTestId('proof')).getAllByRole('rowgroup');
  expect(bodies).toHaveLength(4);
  for (const body of bodies) {
    const { made, told } = addedUp(within(body).getAllByRole('row'));
    expect(told).toBe(made);
  }
  expect(screen.getByTestId('explained').textContent).toContain('24,860.82');
  expect(screen.getByTestId('unexplained').textContent).toContain('15.00');
});
