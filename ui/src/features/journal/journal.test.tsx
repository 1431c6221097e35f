import { screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { startKeys } from '@/shared/keys';
import { createFakeHost, hostWith, matchedHost } from '@/test-window';
import { added, moved, withColumn, without } from './layouts';
import { approvedHost, atWorkAs, nameAll, openScreen, REQUEST } from './testing';

beforeAll(() => {
  startKeys();
});

beforeEach(() => {
  window.localStorage.clear();
  atWorkAs('admin');
});

test('columns are changed, moved, removed and added, and only a constant keeps its text', async () => {
  const layouts = await createFakeHost({ open: true }).call('journal_layouts', {});
  const generic = layouts[0]?.form;
  if (!generic) {
    throw new Error('no layout');
  }
  const names = (layout: typeof generic) => layout.columns.map(({ heading }) => heading);
  expect(names(moved(generic, 0, 1)).slice(0, 2)).toEqual(['date', 'number']);
  expect(moved(generic, 0, -1)).toBe(generic);
  expect(names(without(generic, 0))[0]).toBe('date');
  const constant = withColumn(added(generic), generic.columns.length, { value: 'constant', text: 'BANK' });
  expect(constant.columns.at(-1)).toEqual({ heading: '', value: 'constant', text: 'BANK', chars: null });
  const cut = withColumn(constant, generic.columns.length, { chars: 4 });
  expect(cut.columns.at(-1)?.chars).toBe(4);
  const account = withColumn(cut, generic.columns.length, { value: 'account' });
  expect(account.columns.at(-1)?.chars).toBeNull();
  expect(withColumn(constant, generic.columns.length, { value: 'text' }).columns.at(-1)?.text).toBe('');
});

test('a workbook without approved differences says so and exports nothing', async () => {
  await openScreen(await matchedHost().then((host) => hostWith(host, noEntries)));
  expect(await screen.findByTestId('journal-none')).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>('journal-export').disabled).toBe(true);
});

function noEntries(name: string): Promise<unknown> | undefined {
  const empty = { rows: [], total: 0, sums: [], missing: [], withoutRate: 0, reversing: 0, proposedPath: '' };
  return name === 'journal' ? Promise.resolve({ ...empty, seen: '', base: 'EUR' }) : undefined;
}

test('missing accounts are shown, named in place, and stand against the export until then', async () => {
  const host = await approvedHost();
  const { user } = await openScreen(host);
  const missing = await screen.findByTestId('journal-missing');
  expect(screen.getAllByText('Account missing').length).toBeGreaterThan(0);
  await user.click(screen.getByTestId('journal-export'));
  expect(await screen.findByTestId('journal-export-missing')).toBeTruthy();
  expect(screen.getByTestId<HTMLInputElement>('journal-path').value).toContain('journal 1.csv');
  expect(screen.getByTestId<HTMLButtonElement>('journal-export-confirm').disabled).toBe(true);
  await user.click(screen.getByTestId('dialog-close'));
  for (const [at, field] of within(missing).getAllByRole('textbox').entries()) {
    await user.type(field, String(4000 + at));
  }
  await user.click(screen.getByTestId('journal-missing-save'));
  await waitFor(() => expect(screen.queryByTestId('journal-missing')).toBeNull());
  expect(screen.queryByText('Account missing')).toBeNull();
});

test('an account is chosen for one entry only, by keyboard', async () => {
  const host = await approvedHost();
  await nameAll(host);
  const { user } = await openScreen(host);
  const [side] = await screen.findAllByTestId('journal-side');
  side?.focus();
  await user.keyboard('{Enter}');
  const field = await screen.findByTestId('journal-account');
  await user.clear(field);
  await user.type(field, '9999{Enter}');
  await waitFor(() => expect(screen.queryByTestId('journal-account-dialog')).toBeNull());
  await waitFor(() => expect(screen.getAllByText('9999')).toHaveLength(1));
});

test('entries are exported with the layout that is chosen, and the newest batch is taken back', async () => {
  const host = await approvedHost();
  await nameAll(host);
  const before = await host.call('journal', { request: REQUEST });
  const { user } = await openScreen(host);
  await screen.findByTestId('journal-table');
  await user.keyboard('e');
  await user.selectOptions(await screen.findByTestId('journal-layout'), 'datev');
  const preview = await screen.findByTestId('journal-preview');
  await waitFor(() => expect(preview.textContent).toContain('Buchungstext'));
  await user.click(screen.getByTestId('journal-pick'));
  await user.click(screen.getByTestId('journal-export-confirm'));
  await waitFor(() => expect(screen.queryByTestId('journal-export-dialog')).toBeNull());
  expect(await screen.findByTestId('journal-none')).toBeTruthy();
  await user.click(screen.getByTestId('journal-tab-batches'));
  expect((await screen.findByTestId('journal-batch')).textContent).toContain('journal.csv');
  await user.click(screen.getByTestId('journal-take-back'));
  const send = await screen.findByTestId<HTMLButtonElement>('journal-take-back-dialog-submit');
  expect(send.disabled).toBe(true);
  await user.type(screen.getByTestId('journal-take-back-reason'), 'wrong month{Enter}');
  await waitFor(() => expect(screen.getByTestId('journal-batch').dataset.takenBack).toBe('true'));
  expect((await host.call('journal', { request: REQUEST })).total).toBe(before.total);
});

test('a refused export keeps the dialog and says why', async () => {
  const host = await approvedHost();
  await nameAll(host);
  const refuse = (name: string) =>
    name === 'export_journal' ? Promise.reject({ code: 'invalid', message: 'The disk is full' }) : undefined;
  const { user } = await openScreen(hostWith(host, refuse));
  await screen.findByTestId('journal-table');
  await user.click(screen.getByTestId('journal-export'));
  await user.clear(await screen.findByTestId('journal-path'));
  await user.type(screen.getByTestId('journal-path'), '/tmp/x.csv');
  await user.click(screen.getByTestId('journal-export-confirm'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('The disk is full');
  expect(screen.getByTestId<HTMLInputElement>('journal-path').value).toBe('/tmp/x.csv');
});

test('accounts of the books are changed together, and only those that changed are sent', async () => {
  const host = await approvedHost();
  const sent: object[] = [];
  const watch = (name: string, args: object) => {
    if (name === 'save_posting_accounts') {
      sent.push(args);
    }
    return undefined;
  };
  const { user } = await openScreen(hostWith(host, watch), 'accounts');
  await user.type(await screen.findByTestId('journal-account-receivables'), '1200');
  await user.type(screen.getByTestId('journal-account-gain fee'), '7110');
  await user.click(screen.getByTestId('journal-accounts-save'));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({
    accounts: [
      { role: 'receivables', account: '1200' },
      { role: 'gain fee', account: '7110' },
    ],
  });
});

test('a preparer exports and chooses for one entry; what holds for all is an admin’s', async () => {
  const host = await approvedHost();
  atWorkAs('preparer');
  const { user } = await openScreen(host);
  const missing = await screen.findByTestId('journal-missing');
  expect(missing.textContent).toContain('An admin names them');
  for (const field of within(missing).getAllByRole<HTMLInputElement>('textbox')) {
    expect(field.disabled).toBe(true);
  }
  const [side] = screen.getAllByTestId('journal-side');
  side?.focus();
  await user.keyboard('{Enter}');
  await screen.findByTestId('journal-account');
  expect(screen.queryByTestId('journal-account-all')).toBeNull();
});

test('a reviewer looks: there is no export and no taking back', async () => {
  const host = await approvedHost();
  await nameAll(host);
  const layout = (await host.call('journal_layouts', {}))[0]?.form;
  if (!layout) {
    throw new Error('no layout');
  }
  const { seen } = await host.call('journal', { request: REQUEST });
  await host.call('export_journal', { request: { layout, through: null, path: '/tmp/a.csv', seen } });
  atWorkAs('reviewer');
  const { user } = await openScreen(host, 'batches');
  expect(await screen.findByTestId('journal-batch')).toBeTruthy();
  expect(screen.queryByTestId('journal-take-back')).toBeNull();
  expect(screen.getByTestId<HTMLButtonElement>('journal-export').disabled).toBe(true);
  await user.click(screen.getByTestId('journal-tab-accounts'));
  expect(await screen.findByTestId('journal-accounts-read-only')).toBeTruthy();
});

test('an entry that was kept out of a locked period says of which day it is', async () => {
  const host = await approvedHost();
  const { rows, ...journal } = await host.call('journal', { request: REQUEST });
  const moved = rows.map((row, at) => (at === 0 ? { ...row, movedFrom: '2025-12-31' } : row));
  const answer = (name: string) =>
    name === 'journal' ? Promise.resolve({ ...journal, rows: moved }) : undefined;
  await openScreen(hostWith(host, answer));
  expect(await screen.findAllByText(/not .*31.*2025.*: that period is locked/)).toHaveLength(1);
});
