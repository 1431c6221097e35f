import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { setLanguage } from '@/i18n';
import type { GridPage, GridRequest, GridSelectionRequest, GridTextRequest, Host } from '@/ipc';
import { inboxStore } from '@/shared/inbox';
import { startKeys } from '@/shared/keys';
import { goTo, usePlace } from '@/shared/navigation';
import { setNegatives } from '@/shared/preferences';
import { toastStore } from '@/shared/toasts';
import { createFakeHost, hostWith, show } from '@/test-window';
import { RecordsScreen } from './RecordsScreen';
import { forgetRecords } from './remembered';

beforeAll(() => {
  startKeys();
});

beforeEach(() => {
  window.localStorage.clear();
  setLanguage('en');
  setNegatives('minus');
  forgetRecords();
  toastStore.set([]);
  inboxStore.set([]);
});

const SMALL = { lines: 5_000, entries: 400, matches: 300, exceptions: 200, events: 50 };
const smallHost = () => createFakeHost({ open: true, gridRows: SMALL });

function Here({ workbook }: { workbook: Parameters<typeof RecordsScreen>[0]['workbook'] }) {
  const place = usePlace();
  return place.screen === 'records' ? <RecordsScreen workbook={workbook} focus={place.focus} /> : null;
}

async function open(host: Host = smallHost(), focus = 'grid=lines') {
  goTo('records', focus);
  const workbook = await host.call('workbook', {});
  const shown = show(<Here workbook={workbook} />, host);
  return { ...shown, host };
}

async function opened(host: Host = smallHost(), focus = 'grid=lines') {
  const shown = await open(host, focus);
  await waitFor(() => expect(filled().length).toBeGreaterThan(5));
  await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('gridcell'));
  return shown;
}

const grid = () => screen.getByTestId('grid');
const total = () => Number(grid().dataset.total);
const filled = () => [...document.querySelectorAll<HTMLElement>('[data-testid="grid-row"][data-id]')];
const ids = () => filled().map((row) => row.dataset.id);
const status = () => screen.getByTestId('grid-status').textContent ?? '';
const cellAt = (row: number, column: number) =>
  document.querySelector<HTMLElement>(`[data-row="${row}"] [data-column="${column}"]`) as HTMLElement;
const hash = () => decodeURIComponent(decodeURIComponent(window.location.hash));

/** `row,column` of the cell that has the focus. */
function focused(): string {
  const cell = document.activeElement as HTMLElement;
  return `${cell.closest<HTMLElement>('[data-row]')?.dataset.row},${cell.dataset.column}`;
}

function press(...combos: string[]): void {
  for (const combo of combos) {
    const parts = combo.split('+');
    const key = parts.at(-1) || '+';
    fireEvent.keyDown(document.activeElement ?? document.body, {
      key: key === 'Space' ? ' ' : key,
      ctrlKey: parts.includes('Ctrl'),
      shiftKey: parts.includes('Shift'),
      altKey: parts.includes('Alt'),
    });
  }
}

function click(row: number, column: number, keys: object = {}): void {
  fireEvent.mouseDown(cellAt(row, column), { button: 0, ...keys });
  fireEvent.mouseUp(window);
}

const ask = (host: Host, part: Partial<GridRequest>): Promise<GridPage> =>
  host.call('grid_page', {
    request: { grid: 'lines', search: '', filters: [], sort: [], offset: 0, limit: 200, ...part },
  });

test('a million rows are counted and numbered, and only what is seen is drawn', async () => {
  await opened(createFakeHost({ open: true }));
  expect(total()).toBe(1_000_000);
  expect(grid().getAttribute('aria-rowcount')).toBe('1000001');
  expect(filled().length).toBeLessThan(80);
  press('Ctrl+End');
  await waitFor(() => expect(cellAt(999_999, 0)?.textContent).not.toBe(''));
  expect(document.activeElement?.closest('[role="row"]')?.getAttribute('aria-rowindex')).toBe('1000001');
  expect(status()).toContain('Row 1,000,000 of 1,000,000');
  press('Ctrl+Home');
  await waitFor(() => expect(focused()).toBe('0,0'));
});

test('the focus goes with the active cell, also where its row was not drawn before', async () => {
  await opened();
  press('ArrowDown', 'ArrowDown', 'ArrowRight');
  expect(focused()).toBe('2,1');
  press('PageDown', 'PageDown', 'PageDown');
  const [row = 0] = focused().split(',').map(Number);
  expect(row).toBeGreaterThan(40);
  press('Ctrl+ArrowDown');
  expect(focused()).toBe('4999,1');
  expect(document.querySelectorAll('[role="gridcell"][tabindex="0"]')).toHaveLength(1);
});

test('Tab goes from cell to cell; after Escape it leaves the grid', async () => {
  await opened();
  press('Tab');
  expect(focused()).toBe('0,1');
  const plain = fireEvent.keyDown(document.activeElement as Element, { key: 'Tab' });
  expect(plain).toBe(false);
  press('Escape');
  expect(status()).toContain('Tab now leaves the grid');
  expect(fireEvent.keyDown(document.activeElement as Element, { key: 'Tab' })).toBe(true);
});

test('what is selected is added up by the host once it has come to rest', async () => {
  const asked: GridSelectionRequest[] = [];
  const host = smallHost();
  await opened(
    hostWith(host, (name, args) => {
      if (name === 'grid_selection') {
        asked.push((args as { request: GridSelectionRequest }).request);
      }
      return undefined;
    }),
  );
  click(2, 4);
  press('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight');
  await screen.findByTestId('selection-count');
  expect(asked).toHaveLength(1);
  expect(asked[0]?.rows).toEqual([{ from: 2, to: 6 }]);
  expect(asked[0]?.columns).toEqual(['amount', 'open']);
  const told = await host.call('grid_selection', { request: asked[0] as GridSelectionRequest });
  const sums = screen.getAllByTestId('selection-sum').map((sum) => sum.querySelector('.amount'));
  expect(sums.map((sum) => sum?.getAttribute('data-value'))).toEqual(told.sums.map(({ value }) => value));
  press('ArrowDown');
  await waitFor(() => expect(screen.queryByTestId('selection-count')).toBeNull());
});

test('areas in different rows and columns are told to be no sum and no copy', async () => {
  const { host } = await opened();
  const asked = vi.spyOn(host, 'call');
  click(2, 4);
  click(5, 1, { ctrlKey: true });
  expect(status()).toContain('not added up');
  press('Ctrl+c');
  await waitFor(() => expect(toastStore.get()[0]?.text).toContain('cannot be copied together'));
  expect(asked.mock.calls.some(([name]) => name === 'grid_text')).toBe(false);
});

test('a copy is written by the host, of the rows and columns selected', async () => {
  const asked: GridTextRequest[] = [];
  const host = smallHost();
  await opened(
    hostWith(host, (name, args) => {
      if (name === 'grid_text') {
        asked.push((args as { request: GridTextRequest }).request);
      }
      return undefined;
    }),
  );
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  click(1, 1);
  press('Shift+ArrowDown', 'Shift+ArrowRight', 'Ctrl+Shift+c');
  await waitFor(() => expect(toastStore.get()[0]?.tone).toBe('done'));
  expect(asked[0]).toMatchObject({
    rows: [{ from: 1, to: 3 }],
    columns: ['counterparty', 'text'],
    header: true,
    decimalComma: false,
  });
  const lines = written.mock.calls[0]?.[0].split('\n') ?? [];
  expect(lines).toHaveLength(3);
  expect(lines[1]?.split('\t')[0]).toBe(cellAt(1, 1).textContent);
});

test('a copy that was cut off says so', async () => {
  await opened(
    hostWith(smallHost(), (name) =>
      name === 'grid_text' ? Promise.resolve({ text: 'a', rows: 1000 }) : undefined,
    ),
  );
  vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  press('Ctrl+a', 'Ctrl+c');
  await waitFor(() => expect(toastStore.get()[0]?.text).toContain('The first 1,000 of 5,000'));
});

test('headings order, Shift adds a second, and the address keeps it', async () => {
  const { user, host } = await opened();
  await user.click(screen.getByTestId('heading-amount').querySelector('.grid-heading-text') as Element);
  const up = await ask(host, { sort: [{ column: 'amount', descending: false }] });
  await waitFor(() => expect(ids()[0]).toBe(up.rows[0]?.id));
  expect(screen.getByTestId('heading-amount').getAttribute('aria-sort')).toBe('ascending');
  expect(hash()).toContain('sort=amount');
  press('Home', 'Shift+S');
  await waitFor(() => expect(hash()).toContain('sort=amount,date'));
  const both = await ask(host, {
    sort: [
      { column: 'amount', descending: false },
      { column: 'date', descending: false },
    ],
  });
  await waitFor(() => expect(ids()[0]).toBe(both.rows[0]?.id));
});

test('the order chosen last is there again another day', async () => {
  const first = await opened();
  press('s', 's');
  await waitFor(() => expect(hash()).toContain('sort=date-'));
  first.unmount();
  forgetRecords();
  await open(smallHost(), '');
  await waitFor(() => expect(hash()).toContain('grid=lines&sort=date-'));
});

test('an amount is filtered by limits, a chip tells it, and Back takes it back', async () => {
  const { user, host } = await opened();
  click(0, 5);
  press('Alt+ArrowDown');
  await user.type(await screen.findByTestId('filter-from'), '1,000');
  await user.click(screen.getByTestId('filter-apply'));
  const found = await ask(host, { filters: [{ column: 'open', test: 'atLeast', values: ['1000'] }] });
  expect(found.total).toBeLessThan(5_000);
  await waitFor(() => expect(total()).toBe(found.total));
  expect(hash()).toContain('f=open:atLeast:1000');
  expect(screen.getByTestId('grid-chips').textContent).toContain('Open from 1,000');
  act(() => window.history.back());
  await waitFor(() => expect(total()).toBe(5_000));
  expect(screen.queryByTestId('grid-chips')).toBeNull();
});

test('words are chosen from a list, and a chip takes them back', async () => {
  const { user, host } = await opened();
  await user.click(screen.getByTestId('filter-state'));
  await user.click(await screen.findByTestId('filter-word-unmatched'));
  await user.click(screen.getByTestId('filter-word-proposed'));
  await user.click(screen.getByTestId('filter-apply'));
  const found = await ask(host, {
    filters: [{ column: 'state', test: 'oneOf', values: ['unmatched', 'proposed'] }],
  });
  await waitFor(() => expect(total()).toBe(found.total));
  expect(screen.getByTestId('grid-chips').textContent).toContain('State: Unmatched, Proposed');
  await user.click(screen.getByTestId('chip-remove-state'));
  await waitFor(() => expect(total()).toBe(5_000));
});

test('a limit that is no number is told at its field, and nothing is asked', async () => {
  const { user } = await opened();
  await user.click(screen.getByTestId('filter-amount'));
  await user.type(await screen.findByTestId('filter-to'), 'many');
  await user.click(screen.getByTestId('filter-apply'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('Write a number like');
  expect(hash()).not.toContain('f=');
});

test('the search is asked once typing stops, and where nothing is found all is one key away', async () => {
  const { user } = await opened();
  press('Ctrl+f');
  expect(document.activeElement).toBe(screen.getByTestId('grid-search'));
  await user.type(screen.getByTestId('grid-search'), 'no such thing');
  await screen.findByTestId('grid-nothing');
  expect(hash().match(/q=/g)).toHaveLength(1);
  await user.click(screen.getByTestId('grid-nothing-clear'));
  await waitFor(() => expect(total()).toBe(5_000));
});

test('Back leads to what was before a search, not to half a word of it', async () => {
  const { user } = await opened();
  const field = screen.getByTestId('grid-search');
  await user.type(field, 'velo');
  await waitFor(() => expect(hash()).toContain('q=velo'));
  await user.type(field, 'werk');
  await waitFor(() => expect(hash()).toContain('q=velowerk'));
  act(() => window.history.back());
  await waitFor(() => expect(total()).toBe(5_000));
  expect(hash()).not.toContain('q=');
});

test('when filters are cleared the active row stays active, among its neighbours', async () => {
  const { host } = await opened(smallHost(), 'grid=lines&f=state%3AoneOf%3Aproposed');
  const some = await ask(host, { filters: [{ column: 'state', test: 'oneOf', values: ['proposed'] }] });
  press('ArrowDown', 'ArrowDown', 'ArrowDown');
  expect(filled().find((row) => row.dataset.row === '3')?.dataset.id).toBe(some.rows[3]?.id);
  press('x');
  await waitFor(() => expect(total()).toBe(5_000));
  // Without an order the newest row, which has the highest number, comes first.
  const wanted = 5_000 - Number(some.rows[3]?.id.split('-')[1]);
  await waitFor(() => expect(focused()).toBe(`${wanted},0`));
});

test('an answer that comes too late is not shown', async () => {
  const host = smallHost();
  let late: (() => void) | null = null;
  await opened(
    hostWith(host, (name, args) => {
      const { request } = args as { request: GridRequest };
      if (name !== 'grid_page' || request.search !== 'slow') {
        return undefined;
      }
      return new Promise((resolve) => {
        late = () => void host.call('grid_page', { request }).then(resolve);
      });
    }),
  );
  act(() => goTo('records', 'grid=lines&q=slow'));
  await waitFor(() => expect(late).not.toBeNull());
  act(() => goTo('records', 'grid=lines&f=state%3AoneOf%3Aunmatched'));
  const open = await ask(host, { filters: [{ column: 'state', test: 'oneOf', values: ['unmatched'] }] });
  await waitFor(() => expect(total()).toBe(open.total));
  act(() => late?.());
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(total()).toBe(open.total);
});

test('columns are hidden, shown and moved, and stay so', async () => {
  const { user, unmount } = await opened();
  press('c');
  await user.click(await screen.findByTestId('column-category'));
  await user.click(screen.getByTestId('column-balance'));
  await user.click(screen.getByTestId('columns-done'));
  const headings = () =>
    [...document.querySelectorAll<HTMLElement>('[data-heading]')].map((heading) => heading.dataset.heading);
  expect(headings()).not.toContain('category');
  expect(headings().at(-1)).toBe('balance');
  act(() => cellAt(0, 0).focus());
  press('Alt+Shift+ArrowRight');
  expect(headings().slice(0, 2)).toEqual(['counterparty', 'date']);
  expect(focused()).toBe('0,1');
  unmount();
  await opened();
  expect(headings().slice(0, 2)).toEqual(['counterparty', 'date']);
  expect(headings()).not.toContain('category');
});

test('keys make a column wider and narrower', async () => {
  await opened();
  const width = () =>
    Number(grid().style.getPropertyValue('--grid-columns').split(' ')[1]?.replace('px', ''));
  const before = width();
  press('+', '+', '-');
  await waitFor(() => expect(width()).toBe(before + 16));
});

test('a view of the window, and one of one’s own', async () => {
  const { user, host } = await opened();
  press('v');
  await user.click((await screen.findAllByTestId('grid-view'))[1] as HTMLElement);
  const over = await ask(host, { filters: [{ column: 'open', test: 'atLeast', values: ['1000'] }] });
  await waitFor(() => expect(total()).toBe(over.total));
  press('v');
  await user.type(await screen.findByTestId('view-name'), 'Large ones');
  await user.click(screen.getByTestId('view-save'));
  const kept = await screen.findByText('Large ones');
  await user.click(screen.getAllByTestId('grid-view')[0] as HTMLElement);
  await waitFor(() => expect(total()).toBe(5_000));
  expect(kept.isConnected).toBe(false);
  press('v');
  await user.click(await screen.findByText('Large ones'));
  await waitFor(() => expect(total()).toBe(over.total));
});

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

test('F2 edits the owner of an exception, and no other cell', async () => {
  const { user, host } = await opened(smallHost(), 'grid=exceptions');
  press('F2');
  expect(screen.queryByTestId('grid-editor')).toBeNull();
  press('End', 'F2');
  const field = await screen.findByTestId('grid-editor');
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
  const request = { grid: 'lines' as const, search: '', filters: [], sort: [], offset: 4200, limit: 1 };
  const { position } = await host.call('grid_place', {
    request: { request, id: null, startsWith: { column: 'counterparty', text: 'velo' } },
  });
  await waitFor(() => expect(focused()).toBe(`${position},1`));
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
