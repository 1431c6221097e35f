import { screen, waitFor } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import { startKeys } from '@/shared/keys';
import { hostWith, matchedHost, show } from '@/test-window';
import { ProofScreen } from './ProofScreen';

beforeAll(() => {
  startKeys();
});

test('no report is written while the days on the screen are not those that are typed', async () => {
  const base = await matchedHost();
  const written: unknown[] = [];
  const host = hostWith(base, (name, args) => {
    if (name === 'export_report') {
      written.push(args);
    }
    return undefined;
  });
  const { user } = show(<ProofScreen workbook={await host.call('workbook', {})} focus="" />, host);
  const field = await screen.findByTestId<HTMLInputElement>('proof-from');
  const button = screen.getByTestId<HTMLButtonElement>('export-report');
  await user.type(field, '15.12.{Enter}');
  expect(button.disabled).toBe(true);
  field.blur();
  await user.keyboard('e');
  expect(written).toEqual([]);
  await user.clear(field);
  await user.type(field, '2025-12-15{Enter}');
  expect(button.disabled).toBe(false);
  await user.click(button);
  await waitFor(() => expect(written).toMatchObject([{ request: { from: '2025-12-15' } }]));
});

test('nothing is called tied out where the bank states no balances', async () => {
  const base = await matchedHost();
  const withoutBalances = hostWith(base, (name, args) =>
    name === 'balance_proof'
      ? base.call('balance_proof', args as never).then((proof) => ({
          ...proof,
          opening: null,
          closing: null,
          statementGap: null,
          state: 'balancesUnknown' as const,
        }))
      : undefined,
  );
  show(<ProofScreen workbook={await withoutBalances.call('workbook', {})} focus="" />, withoutBalances);
  const badge = await screen.findByTestId('proof-state');
  expect(badge.textContent).toBe('Balances not known');
  expect(badge.className).toContain('neutral');
});
