import { screen, waitFor } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { startKeys } from '@/shared/keys';
import { KEYS } from '@/shared/queries';
import { hostWith } from '@/test-window';
import { approvedHost, atWorkAs, nameAll, openScreen, REQUEST } from './testing';

beforeAll(() => {
  startKeys();
});

beforeEach(() => {
  window.localStorage.clear();
  atWorkAs('admin');
});

test('with a day that is none nothing is exported, and the dialog says up to which day', async () => {
  const host = await approvedHost();
  await nameAll(host);
  const { user } = await openScreen(host);
  const day = await screen.findByTestId('journal-through');
  const button = screen.getByTestId<HTMLButtonElement>('journal-export');
  await waitFor(() => expect(button.disabled).toBe(false));
  await user.type(day, '31.1.{Enter}');
  expect(button.disabled).toBe(true);
  day.blur();
  await user.keyboard('e');
  expect(screen.queryByTestId('journal-export-dialog')).toBeNull();
  await user.clear(day);
  day.blur();
  await waitFor(() => expect(button.disabled).toBe(false));
  await user.keyboard('e');
  expect((await screen.findByTestId('journal-export-days')).textContent).toBe(
    'All entries, whatever their date.',
  );
  await user.click(screen.getByTestId('dialog-close'));
  await user.type(day, '2099-12-31{Enter}');
  await waitFor(() => expect(button.disabled).toBe(false));
  await user.click(button);
  expect((await screen.findByTestId('journal-export-days')).textContent).toMatch(/Entries up to .*2099/);
});

test('what is approved while the dialog is open is not exported unseen', async () => {
  const host = await approvedHost();
  await nameAll(host);
  const shown = await host.call('journal', { request: REQUEST });
  const sent: { request?: { seen: string } }[] = [];
  let seen = shown.seen;
  const { user, client } = await openScreen(
    hostWith(host, (name, args) => {
      if (name === 'export_journal') {
        sent.push(args);
      }
      return name === 'journal' ? Promise.resolve({ ...shown, seen }) : undefined;
    }),
  );
  await screen.findByTestId('journal-table');
  await user.keyboard('e');
  await screen.findByTestId('journal-preview');
  seen = 'of something that came later';
  await client.invalidateQueries({ queryKey: KEYS.journal });
  await user.click(screen.getByTestId('journal-export-confirm'));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.request?.seen).toBe(shown.seen);
});

test('accounts that were typed outlast a look at the entries', async () => {
  const { user } = await openScreen(await approvedHost(), 'accounts');
  await user.type(await screen.findByTestId('journal-account-receivables'), '1200');
  await user.click(screen.getByTestId('journal-tab-entries'));
  await user.click(screen.getByTestId('journal-tab-accounts'));
  expect(screen.getByTestId<HTMLInputElement>('journal-account-receivables').value).toBe('1200');
  expect(screen.getByTestId<HTMLButtonElement>('journal-accounts-save').disabled).toBe(false);
});

test('an account for all of a kind is named, not taken away, and the entry it was named from has it too', async () => {
  const host = await approvedHost();
  await nameAll(host);
  const [entry] = (await host.call('journal', { request: REQUEST })).rows;
  if (!entry) {
    throw new Error('no entry');
  }
  const { matchId, adjustment } = entry;
  const own = { matchId, adjustment, own: entry.debit.own, account: '9999' };
  await host.call('choose_journal_account', { request: own });
  const { user } = await openScreen(host);
  const [side] = await screen.findAllByTestId('journal-side');
  await user.click(side as HTMLElement);
  await user.click(await screen.findByTestId('journal-account-all'));
  const field = screen.getByTestId('journal-account');
  await user.clear(field);
  const submit = screen.getByTestId<HTMLButtonElement>('journal-account-dialog-submit');
  expect(submit.disabled).toBe(true);
  await user.type(field, '8888');
  await user.click(submit);
  await waitFor(() => expect(screen.queryByTestId('journal-account-dialog')).toBeNull());
  const [after] = (await host.call('journal', { request: REQUEST })).rows;
  expect(after?.debit.account).toBe('8888');
});

test('a page that is no longer there gives way to the last one', async () => {
  const host = await approvedHost();
  const shown = await host.call('journal', { request: REQUEST });
  let total = 150;
  const offsets: number[] = [];
  const { user, client } = await openScreen(
    hostWith(host, (name, args) => {
      if (name !== 'journal') {
        return undefined;
      }
      const { offset } = (args as { request: { offset: number } }).request;
      offsets.push(offset);
      return Promise.resolve({ ...shown, total, rows: offset < total ? shown.rows : [] });
    }),
  );
  await user.click(await screen.findByTestId('journal-pages-next'));
  await waitFor(() => expect(offsets.at(-1)).toBe(100));
  total = 60;
  await client.invalidateQueries({ queryKey: KEYS.journal });
  await waitFor(() => expect(offsets.at(-1)).toBe(0));
  expect((await screen.findAllByTestId('journal-entry')).length).toBeGreaterThan(0);
});

test('every batch is reached, page by page', async () => {
  const host = await approvedHost();
  await nameAll(host);
  const layout = (await host.call('journal_layouts', {}))[0]?.form;
  if (!layout) {
    throw new Error('no layout');
  }
  const { seen } = await host.call('journal', { request: REQUEST });
  await host.call('export_journal', { request: { layout, through: null, path: '/tmp/a.csv', seen } });
  const [batch] = (await host.call('journal_batches', { offset: 0, limit: 1 })).rows;
  const page = (name: string, args: object) => {
    if (name !== 'journal_batches') {
      return undefined;
    }
    const { offset, limit } = args as { offset: number; limit: number };
    const numbers = Array.from({ length: Math.min(limit, 201 - offset) }, (_, at) => 201 - offset - at);
    return Promise.resolve({
      rows: numbers.map((number) => ({ ...batch, number })),
      total: 201,
      newest: 201,
    });
  };
  const { user } = await openScreen(hostWith(host, page), 'batches');
  for (let at = 0; at < 4; at += 1) {
    await user.click(await screen.findByTestId('journal-batch-pages-next'));
  }
  await waitFor(() => expect(screen.getAllByTestId('journal-batch')).toHaveLength(1));
  expect(screen.getByTestId('journal-batch').textContent).toContain('1');
  expect(screen.getByTestId<HTMLButtonElement>('journal-batch-pages-next').disabled).toBe(true);
});

test('a preview is of the kind of file that is to be written', async () => {
  const host = await approvedHost();
  await nameAll(host);
  const kinds: string[] = [];
  const watch = (name: string, args: object) => {
    if (name === 'preview_journal') {
      kinds.push((args as { path: string }).path);
    }
    return undefined;
  };
  const { user } = await openScreen(hostWith(host, watch));
  await screen.findByTestId('journal-table');
  await user.keyboard('e');
  const path = await screen.findByTestId('journal-path');
  await waitFor(() => expect(kinds).toEqual(['.csv']));
  await user.clear(path);
  await user.type(path, '/tmp/journal.XLSX');
  await waitFor(() => expect(kinds.at(-1)).toBe('.xlsx'));
});
