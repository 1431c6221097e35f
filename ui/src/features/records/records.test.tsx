import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { GridRequest, GridSelectionRequest, GridTextRequest } from '@/ipc';
import { startKeys } from '@/shared/keys';
import { goTo } from '@/shared/navigation';
import { KEYS } from '@/shared/queries';
import { toastStore } from '@/shared/toasts';
import { createFakeHost, hostWith } from '@/test-window';
import { forgetRecords } from './remembered';
import {
  ask,
  cellAt,
  click,
  filled,
  focused,
  fresh,
  grid,
  hash,
  ids,
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

test('sums of before a change of the workbook are not shown with the rows of after it', async () => {
  let asked = 0;
  const small = smallHost();
  const { client, host } = await opened(
    hostWith(small, (name) => {
      asked += name === 'grid_selection' ? 1 : 0;
      return undefined;
    }),
  );
  click(2, 4);
  press('Shift+ArrowDown');
  await screen.findByTestId('selection-count');
  expect(asked).toBe(1);
  const { rows } = await ask(host, { grid: 'exceptions' });
  await host.call('mark', { request: { ids: [rows[0]?.id ?? ''], mark: { kind: 'owner', owner: 'Ines' } } });
  // What a page of another version does.
  await act(() => client.invalidateQueries({ queryKey: [...KEYS.grids, 'page'] }));
  await waitFor(() => expect(asked).toBe(2));
});

test('what is marked is asked of the rows that were seen; once others stand there they are read again', async () => {
  const orders: (number | null)[] = [];
  let moved = 1;
  const { host } = await opened(
    hostWith(smallHost(), (name, args) => {
      if (name !== 'grid_selection') {
        return undefined;
      }
      orders.push((args as { request: GridSelectionRequest }).request.seen);
      moved -= 1;
      return moved === 0 ? Promise.reject({ code: 'stale', message: 'moved' }) : undefined;
    }),
  );
  const pages = vi.spyOn(host, 'call');
  click(2, 4);
  press('Shift+ArrowDown');
  await waitFor(() => expect(pages.mock.calls.some(([name]) => name === 'grid_page')).toBe(true));
  expect(orders[0]).toBe((await ask(host, {})).order);
  expect(status()).not.toContain('could not');
});

test('nothing is copied once other rows stand where the marked ones stood', async () => {
  const { host } = await opened(
    hostWith(smallHost(), (name) =>
      name === 'grid_text' ? Promise.reject({ code: 'stale', message: 'moved' }) : undefined,
    ),
  );
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  written.mockClear();
  const calls = vi.spyOn(host, 'call');
  click(1, 1);
  press('Shift+ArrowDown', 'Ctrl+c');
  await waitFor(() => expect(toastStore.get()[0]?.text).toContain('nothing was copied'));
  expect(written).not.toHaveBeenCalled();
  await waitFor(() => expect(calls.mock.calls.some(([name]) => name === 'grid_page')).toBe(true));
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
    headings: ['Counterparty', 'Text'],
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
