import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { createFakeHost, SAMPLE_PASSPHRASE } from '@/ipc/host.fake';
import { startKeys } from '@/shared/keys';
import { goTo } from '@/shared/navigation';
import { show } from '@/test-window';
import { App } from './App';

beforeAll(() => {
  startKeys();
});

beforeEach(() => goTo('overview'));

function press(...keys: string[]): void {
  for (const key of keys) {
    fireEvent.keyDown(document.body, { key });
  }
}

test('from two files to a signed report', async () => {
  const host = createFakeHost();
  const { user } = show(<App />, host);
  await user.type(await screen.findByTestId('unlock-passphrase'), SAMPLE_PASSPHRASE);
  await user.click(screen.getByTestId('unlock-submit'));
  expect((await screen.findByTestId('step-statement')).dataset.state).toBe('now');

  for (const name of ['kontoauszug', 'offene-posten']) {
    await user.click((await screen.findAllByTestId('waiting-import'))[0] as HTMLElement);
    await screen.findByRole('heading', { name: new RegExp(name) });
    await user.click(await screen.findByTestId('import-commit'));
    await waitFor(() => expect(screen.queryByTestId('import-preview')).toBeNull());
  }

  press('g', 'o');
  await waitFor(() => expect(screen.getByTestId('step-match').dataset.state).toBe('now'));
  press('m');
  await screen.findByTestId('run-summary', undefined, { timeout: 3000 });

  press('g', 'r');
  await screen.findByTestId('comparison');
  const before = (await host.call('workbook', {})).counts;
  fireEvent.keyDown(screen.getByTestId('queue'), { key: 'a' });
  await waitFor(async () =>
    expect((await host.call('workbook', {})).counts.approved).toBe(before.approved + 1),
  );

  press('g', 'p');
  expect((await screen.findByTestId('unexplained')).textContent).toContain('0.00');
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>('export-path').value).toContain('.pdf'));
  await user.click(screen.getByTestId('export-report'));
  expect(
    within(await screen.findByTestId('export-result')).getByTestId('exported-signer').textContent,
  ).toContain('Mara');

  press('g', 'a');
  const [newest] = await screen.findAllByTestId('audit-row');
  expect(newest?.dataset.action).toBe('report.exported');
  await user.click(screen.getByTestId('lock'));
  expect(await screen.findByTestId('unlock-passphrase')).toBeTruthy();
});

test('every screen has its key, and all keys are listed', async () => {
  const { user } = show(<App />, createFakeHost({ open: true }));
  await screen.findByTestId('screen-overview');
  for (const [key, name] of [
    ['i', 'import'],
    ['m', 'matching'],
    ['r', 'review'],
    ['c', 'categories'],
    ['y', 'policy'],
    ['b', 'alerting'],
    ['k', 'detectors'],
    ['h', 'backups'],
    ['z', 'signing'],
    ['w', 'people'],
    ['s', 'appearance'],
    ['p', 'proof'],
    ['a', 'audit'],
    ['o', 'overview'],
  ] as const) {
    press('g', key);
    expect(await screen.findByTestId(`screen-${name}`)).toBeTruthy();
  }
  press('?');
  const help = await screen.findByTestId('key-help');
  expect(within(help).getByText('Match now')).toBeTruthy();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('key-help')).toBeNull());
});
