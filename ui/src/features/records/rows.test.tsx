import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { setLanguage } from '@/i18n';
import type { QueueCounts } from '@/ipc';
import { inboxStore } from '@/shared/inbox';
import { startKeys } from '@/shared/keys';
import { setNegatives } from '@/shared/preferences';
import { toastStore } from '@/shared/toasts';
import { createFakeHost, hostWith } from '@/test-window';
import {
  ask,
  cellAt,
  filled,
  focused,
  fresh,
  grid,
  hash,
  open,
  opened,
  press,
  smallHost,
  status,
  total,
} from './testing';

beforeAll(() => {
  startKeys();
});

beforeEach(fresh);

test('Enter shows the row in full, and it follows the keys until Escape', async () => {
  const { host } = await opened();
  const { rows } = await ask(host, {});
  press('Enter');
  expect((await screen.findByTestId('records-detail')).dataset.id).toBe(rows[0]?.id);
  press('ArrowDown');
  expect(screen.getByTestId('records-detail').dataset.id).toBe(rows[1]?.id);
  expect(screen.getByTestId('records-detail').textContent).toContain('kontoauszug-00004999');
  expect(focused()).toBe('1,0');
  press('Enter');
  expect(screen.getByTestId('records-detail').contains(document.activeElement)).toBe(true);
  press('Escape');
  expect(screen.queryByTestId('records-detail')).toBeNull();
  await waitFor(() => expect(focused()).toBe('1,0'));
});

test('of a match both sides are shown', async () => {
  const { host } = await opened(smallHost(), 'grid=matches');
  const { rows } = await ask(host, { grid: 'matches' });
  press('Enter');
  const detail = await screen.findByTestId('records-detail');
  const both = await host.call('match_detail', { id: rows[0]?.id ?? '' });
  await within(detail).findByText(both.lines[0]?.counterparty ?? '?');
  expect(detail.textContent).toContain(both.entries[0]?.number);
});

test('an open record leads to the bench', async () => {
  const { user, host } = await opened(smallHost(), 'grid=lines&f=state%3AoneOf%3Aunmatched');
  const { rows } = await ask(host, { filters: [{ column: 'state', test: 'oneOf', values: ['unmatched'] }] });
  press('Enter');
  await user.click(await screen.findByTestId('detail-bench'));
  expect(window.location.hash).toBe(
    `#/review/unmatchedLines:${rows[0]?.id}:${rows[0]?.cells[6]?.amount?.value}`,
  );
});

test('F2 edits the owner of an exception from any of its cells, and nothing in other grids', async () => {
  const { user, host } = await opened(smallHost(), 'grid=exceptions');
  expect(focused()).toBe('0,0');
  press('F2');
  const field = await screen.findByTestId('grid-editor');
  expect(cellAt(0, 7).contains(field)).toBe(true);
  expect(document.activeElement).toBe(field);
  await user.clear(field);
  await user.type(field, 'Ines Duarte');
  press('Enter');
  await waitFor(() => expect(cellAt(0, 7).textContent).toBe('Ines Duarte'));
  expect(focused()).toBe('0,7');
  const { rows } = await ask(host, { grid: 'exceptions' });
  expect(rows[0]?.cells[8]?.text).toBe('Ines Duarte');
  press('F2');
  await user.type(await screen.findByTestId('grid-editor'), 'nobody');
  press('Escape');
  expect(cellAt(0, 7).textContent).toBe('Ines Duarte');
});

test('in lines F2 edits nothing', async () => {
  await opened(smallHost(), 'grid=lines');
  press('F2');
  expect(screen.queryByTestId('grid-editor')).toBeNull();
});

/** A host that tells of one act, which stands or was taken back, and notes what is turned. */
function actingHost() {
  const small = smallHost();
  const done = { id: 'act-1', kind: 'assign', title: 'Kurbel', items: 1, amount: null, by: 'Mara', at: '' };
  const turned: string[] = [];
  let standing = true;
  const now = () => ({
    undoable: standing ? { ...done, standing } : null,
    redoable: standing ? null : { ...done, standing },
  });
  const host = hostWith(small, (name, args) => {
    if (name === 'review_queue') {
      return small.call(name, args as never).then((view) => ({ ...view, ...now() }));
    }
    if (name === 'mark') {
      return small.call(name, args as never).then((outcome) => ({ ...outcome, ...now() }));
    }
    if (name === 'undo' || name === 'redo') {
      turned.push(`${name} ${(args as { expected: string }).expected}`);
      standing = name === 'redo';
      const counts = {} as QueueCounts;
      return Promise.resolve({ matchId: null, counts, detail: null, ...now() });
    }
    return undefined;
  });
  return { host, turned };
}

test('an owner set in the records is told, and taken back and set again by key as in the review', async () => {
  const { host, turned } = actingHost();
  const { user } = await opened(host, 'grid=exceptions');
  press('F2');
  await user.type(await screen.findByTestId('grid-editor'), 'Ines Duarte{Enter}');
  await waitFor(() => expect(toastStore.get()[0]?.text).toContain('Kurbel'));
  expect(toastStore.get()[0]?.action?.label).toBe('Undo');
  press('z');
  await waitFor(() => expect(toastStore.get()[0]?.text).toContain('Undone'));
  await waitFor(() => {
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Z', ctrlKey: true, shiftKey: true });
    expect(turned).toEqual(['undo act-1', 'redo act-1']);
  });
});

/** The exceptions that nobody looks after, with the fourth one's owner being edited. */
async function editedAmongMoving(typed: string) {
  const { host, client, user } = await opened(smallHost(), 'grid=exceptions&f=owner%3Aempty');
  const { rows } = await ask(host, {
    grid: 'exceptions',
    filters: [{ column: 'owner', test: 'empty', values: [] }],
  });
  press('End', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'F2');
  const field = await screen.findByTestId('grid-editor');
  if (typed !== '') {
    await user.type(field, typed);
  }
  const owners = async () => {
    const all = await ask(host, { grid: 'exceptions' });
    return all.rows.filter((row) => row.cells[8]?.text === typed).map((row) => row.id);
  };
  const assign = async (id: string) => {
    await act(async () => {
      await host.call('mark', { request: { ids: [id], mark: { kind: 'owner', owner: 'Ines' } } });
      await client.invalidateQueries();
    });
  };
  return { ids: rows.map((row) => row.id), owners, assign, host };
}

test('an edited cell is never saved on the row that moved into its place', async () => {
  const { ids, owners, assign } = await editedAmongMoving('Ada');
  await assign(ids[0] ?? '');
  await waitFor(() => expect(screen.queryByTestId('grid-editor')).toBeNull());
  expect(toastStore.get()[0]?.text).toContain('nothing was saved');
  press('Enter');
  expect(await owners()).toEqual([]);
});

test('a row below that changes leaves the editing alone', async () => {
  const { ids, owners, assign } = await editedAmongMoving('Ada');
  await assign(ids[9] ?? '');
  fireEvent.keyDown(screen.getByTestId('grid-editor'), { key: 'Enter' });
  await waitFor(async () => expect(await owners()).toEqual([ids[3]]));
});

test('a cell into which nothing was typed is not saved, though its owner changed beneath', async () => {
  const marked: unknown[] = [];
  const small = smallHost();
  const host = hostWith(small, (name, args) => {
    if (name === 'mark') {
      marked.push(args);
    }
    return undefined;
  });
  const { client } = await opened(host, 'grid=exceptions');
  const { rows } = await ask(host, { grid: 'exceptions' });
  press('End', 'F2');
  await screen.findByTestId('grid-editor');
  await act(async () => {
    await small.call('mark', {
      request: { ids: [rows[0]?.id ?? ''], mark: { kind: 'owner', owner: 'Somebody' } },
    });
    await client.invalidateQueries();
  });
  await waitFor(() =>
    expect(screen.getByTestId('grid-editor')).toHaveProperty('value', rows[0]?.cells[8]?.text),
  );
  fireEvent.keyDown(screen.getByTestId('grid-editor'), { key: 'Enter' });
  await waitFor(() => expect(cellAt(0, 7).textContent).toBe('Somebody'));
  expect(marked).toEqual([]);
});

test('an edit that is refused is told, and the cell stays as it was', async () => {
  const refuse = (name: string) =>
    name === 'mark'
      ? Promise.reject({ code: 'notAllowed', message: 'Only a preparer may do this.' })
      : undefined;
  const { user } = await opened(hostWith(smallHost(), refuse), 'grid=exceptions');
  press('End');
  const before = cellAt(0, 7).textContent;
  press('F2');
  await user.type(await screen.findByTestId('grid-editor'), 'x');
  press('Enter');
  await waitFor(() => expect(toastStore.get()[0]?.text).toBe('Only a preparer may do this.'));
  expect(cellAt(0, 7).textContent).toBe(before);
});

function paste(text: string): void {
  const clipboardData = { getData: () => text };
  fireEvent.paste(document.activeElement as Element, { clipboardData });
}

test('pasted rows wait to be looked into on their side, and nothing is taken in', async () => {
  await opened(smallHost(), 'grid=entries');
  paste('Datum\tBetrag\n2025-07-01\t12,50');
  const [file] = inboxStore.get();
  expect(file).toMatchObject({ name: 'pasted.tsv', side: 'ledger', source: { kind: 'bytes' } });
  expect(window.location.hash).toBe('#/import');
});

test.each([
  ['grid=lines', 'just a word', 'There is no table'],
  ['grid=matches', 'a\tb', 'Lines or Entries'],
])('in %s, “%s” is not taken', async (focus, text, told) => {
  await opened(smallHost(), focus);
  paste(text);
  expect(toastStore.get()[0]?.text).toContain(told);
  expect(inboxStore.get()).toEqual([]);
});

test('a refusal is told in place, and trying again helps', async () => {
  let broken = true;
  const host = hostWith(smallHost(), (name) =>
    name === 'grid_page' && broken ? Promise.reject({ code: 'internal', message: 'disk gone' }) : undefined,
  );
  const { user } = await open(host);
  expect((await screen.findByTestId('error-message')).textContent).toContain('disk gone');
  broken = false;
  await user.click(screen.getByTestId('grid-retry'));
  await waitFor(() => expect(filled().length).toBeGreaterThan(5));
  expect(screen.queryByTestId('error-message')).toBeNull();
});

test('rows that take long to come are told of until they are there', async () => {
  const small = smallHost();
  let arrive: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const host = hostWith(small, (name, args) =>
    name === 'grid_page' ? arrived.then(() => small.call(name, args as never)) : undefined,
  );
  await open(host);
  expect((await screen.findByTestId('grid-loading')).textContent).toContain('some seconds');
  arrive();
  await waitFor(() => expect(filled().length).toBeGreaterThan(5));
  expect(screen.queryByTestId('grid-loading')).toBeNull();
});

test('an empty workbook says what to do', async () => {
  await open(createFakeHost({ open: true, gridRows: { lines: 0 } }));
  expect((await screen.findByTestId('grid-empty')).textContent).toContain('Import a statement');
  expect(status()).toContain('No rows');
});

test('Go to finds a row by its number, and the next cell that begins with a text', async () => {
  const { user, host } = await opened();
  press('Ctrl+g');
  await user.type(await screen.findByTestId('go-to-row'), '4,200{Enter}');
  await waitFor(() => expect(focused()).toBe('4199,0'));
  press('ArrowRight', 'Ctrl+g');
  await user.type(await screen.findByTestId('go-to-text'), 'velo{Enter}');
  const pages = await Promise.all(
    Array.from({ length: 10 }, (_, page) => ask(host, { offset: page * 500, limit: 500 })),
  );
  const cell = pages[0]?.columns.findIndex(({ column }) => column === 'counterparty') ?? -1;
  const names = pages.flatMap(({ rows }) => rows.map((row) => row.cells[cell]?.text ?? ''));
  const fits = names.flatMap((name, at) => (/^velo/i.test(name) ? [at] : []));
  const [first, second] = fits.filter((at) => at > 4199);
  for (const position of [first, second]) {
    await waitFor(() => expect(focused()).toBe(`${position},1`));
    await waitFor(() => expect(screen.queryByTestId('go-to')).toBeNull());
    press('Ctrl+g');
    await user.type(await screen.findByTestId('go-to-text'), 'velo{Enter}');
  }
  await waitFor(() => expect(screen.queryByTestId('go-to')).toBeNull());
  press('Ctrl+g');
  await user.type(await screen.findByTestId('go-to-row'), '5000{Enter}');
  await waitFor(() => expect(focused()).toBe('4999,1'));
  press('Ctrl+g');
  await user.type(await screen.findByTestId('go-to-text'), 'velo{Enter}');
  await waitFor(() => expect(focused()).toBe(`${fits[0]},1`));
  await waitFor(() => expect(screen.queryByTestId('go-to')).toBeNull());
  press('Ctrl+g');
  await user.type(await screen.findByTestId('go-to-text'), 'nobody{Enter}');
  expect((await screen.findByTestId('error-message')).textContent).toContain('nobody');
});

test('each tab keeps its filters while one looks at another', async () => {
  const { user } = await opened(smallHost(), 'grid=lines&f=state%3AoneOf%3Aunmatched');
  const narrowed = total();
  await user.click(screen.getByTestId('records-events'));
  await waitFor(() => expect(total()).toBe(50));
  press('4');
  await waitFor(() => expect(hash()).toContain('grid=exceptions'));
  await user.click(screen.getByTestId('records-lines'));
  await waitFor(() => expect(total()).toBe(narrowed));
});

test('amounts below zero are set as chosen, zero is a dash, and words are in the user’s language', async () => {
  await opened();
  const texts = () => filled().map((row) => row.querySelectorAll('[data-column]')[4]?.textContent ?? '');
  expect(texts().some((text) => text.startsWith('\u2212'))).toBe(true);
  act(() => setNegatives('parentheses'));
  await waitFor(() => expect(texts().some((text) => /^\(.+\)/.test(text))).toBe(true));
  expect(texts().some((text) => text.startsWith('\u2212'))).toBe(false);
  act(() => setLanguage('de'));
  await waitFor(() => expect(texts().some((text) => /^\([\d.]+,\d\d\)/.test(text))).toBe(true));
  const states = filled().map((row) => row.querySelectorAll('[data-column]')[6]?.textContent);
  expect(states).toContain('Ausgeglichen');
  const opens = filled().map((row) => row.querySelectorAll('[data-column]')[5]?.textContent);
  expect(opens).toContain('–');
});

test('the list of keys tells how to leave the grid', async () => {
  await opened();
  expect(grid().getAttribute('aria-describedby')).not.toBeNull();
  const help = document.getElementById(grid().getAttribute('aria-describedby') ?? '');
  expect(help?.textContent).toContain('Escape, then Tab');
  expect(within(grid()).getAllByRole('columnheader').length).toBe(10);
});
