import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { hostWith, matchedHost, show } from '@/test-window';
import { ProofScreen } from './ProofScreen';

async function shown(written: unknown[]) {
  const base = await matchedHost();
  const host = hostWith(base, (name, args) => {
    if (name === 'export_report') {
      written.push(args);
    }
    return undefined;
  });
  return show(<ProofScreen workbook={await host.call('workbook', {})} focus="" />, host);
}

test('paper and contents of the report are chosen, asked for and remembered', async () => {
  window.localStorage.clear();
  const written: unknown[] = [];
  const first = await shown(written);
  await first.user.click(await screen.findByTestId('export-report'));
  const inFull = { accounts: 'keep', emails: 'keep', names: 'keep' };
  const usual = { paper: 'a4', parts: 'full', allRows: false, ...inFull };
  await waitFor(() => expect(written).toMatchObject([{ request: usual }]));
  await first.user.selectOptions(screen.getByTestId('export-paper'), 'letter');
  await first.user.selectOptions(screen.getByTestId('export-parts'), 'statement');
  await first.user.click(screen.getByTestId('export-all-rows'));
  await first.user.selectOptions(screen.getByTestId('export-accounts'), 'mask');
  await first.user.selectOptions(screen.getByTestId('export-names'), 'omit');
  first.unmount();

  const again = await shown(written);
  await again.user.click(await screen.findByTestId('export-report'));
  const personal = { accounts: 'mask', emails: 'keep', names: 'omit' };
  const chosen = { paper: 'letter', parts: 'statement', allRows: true, ...personal };
  await waitFor(() => expect(written[1]).toMatchObject({ request: chosen }));
  window.localStorage.clear();
});
