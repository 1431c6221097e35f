import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Host } from '@/ipc';
import { startKeys } from '@/shared/keys';
import { goTo } from '@/shared/navigation';
import { createFakeHost, matchedHost } from '@/test-window';
import { BAD, drop, file, GOOD, openScreen, start } from './testing';

beforeAll(() => {
  startKeys();
});
beforeEach(() => {
  start();
  goTo('import');
});

async function imported(host: Host, text = GOOD) {
  const shown = await drop(host, file('april.csv', text));
  if (screen.queryByTestId('leave-out-rejected')) {
    await shown.user.click(screen.getByTestId('leave-out-rejected'));
  }
  await shown.user.click(screen.getByTestId('import-commit'));
  await screen.findByTestId('batch-row');
  return shown;
}

test('an import is listed with its figures and its report', async () => {
  const { user } = await imported(createFakeHost({ open: true }), BAD);
  const row = screen.getByTestId('batch-row');
  expect(row.textContent).toContain('Taken in');
  await user.click(within(row).getByTestId('batch-report-open'));
  const report = await screen.findByTestId('batch-report');
  expect(await within(report).findAllByTestId('check-step')).toHaveLength(6);
  expect(within(report).getByTestId('import-problem').textContent).toContain('2025-31-31');
});

test('an import is undone as a whole, asked once, and says so', async () => {
  const host = createFakeHost({ open: true });
  const { user } = await imported(host);
  fireEvent.keyDown(screen.getByTestId('batch-report-open'), { key: 'u' });
  expect((await screen.findByTestId('undo-dialog')).textContent).toContain('All 2 rows');
  await user.click(screen.getByTestId('undo-confirm'));
  await waitFor(() => expect(screen.getByTestId('batch-row').textContent).toContain('Undone'));
  expect((await host.call('workbook', {})).counts.lines).toBe(0);
  expect(screen.queryByTestId('batch-undo')).toBeNull();
  expect(screen.queryByTestId('import-result')).toBeNull();
});

test('an import in use by approved matches stays, and the reason is shown in place', async () => {
  const { user } = await openScreen(await matchedHost());
  await user.click((await screen.findAllByTestId('batch-undo'))[0] as HTMLElement);
  await user.click(await screen.findByTestId('undo-confirm'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('approved matches use rows');
});

test('an undone import is tried again from its place', async () => {
  const host = createFakeHost({ open: true });
  const { user } = await openScreen(host);
  await user.click((await screen.findAllByTestId('waiting-import'))[0] as HTMLElement);
  await user.click(await screen.findByTestId('import-commit'));
  await user.click(await screen.findByTestId('batch-undo'));
  await user.click(await screen.findByTestId('undo-confirm'));
  await user.click(await screen.findByTestId('batch-retry'));
  await user.click(await screen.findByTestId('import-commit'));
  await waitFor(() => expect(screen.getByTestId('batch-row').dataset.state).toBe('completed'));
  expect(screen.getAllByTestId('batch-row')).toHaveLength(1);
});

test('deleted rows are listed with who and why, stay out of the next import, and are restored', async () => {
  const host = createFakeHost({ open: true });
  const { user, client } = await imported(host);
  const request = {
    side: 'statement',
    search: '',
    nearAmount: null,
    currency: null,
    offset: 0,
    limit: 9,
  } as const;
  const { rows } = await host.call('open_records', { request });
  const ids = rows.map((row) => row.id);
  await host.call('delete_records', { request: { lines: ids, entries: [], reason: 'test entries' } });
  await client.invalidateQueries();
  await user.upload(screen.getByTestId('file-input'), file('again.csv', `${GOOD}\n\n`));
  await user.click(await screen.findByTestId('plan-duplicate'));
  await waitFor(() =>
    expect(screen.getAllByTestId('row-because')[0]?.textContent).toContain('was deleted; restore it'),
  );
  await user.click(screen.getByTestId('import-discard'));
  const deleted = await screen.findByTestId('deleted');
  expect(within(deleted).getAllByTestId('deleted-row')[0]?.textContent).toContain('test entries');
  await user.click(within(deleted).getByTestId('deleted-choose-all'));
  await user.click(within(deleted).getByTestId('restore'));
  await waitFor(() => expect(screen.queryByTestId('deleted')).toBeNull());
  expect((await host.call('workbook', {})).counts.lines).toBe(2);
});
