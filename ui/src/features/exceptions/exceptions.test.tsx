import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { i18nFor } from '@/i18n';
import type { ExceptionPage, ExceptionRow, ExceptionsRequest, Host } from '@/ipc';
import { exceptionFocus } from '@/shared/focus';
import { startKeys } from '@/shared/keys';
import { goTo } from '@/shared/navigation';
import { toastStore } from '@/shared/toasts';
import { createFakeHost, hostWith, matchedHost, show } from '@/test-window';
import { ExceptionsScreen } from './ExceptionsScreen';
import { forgetExceptions, whyOf } from './exceptions';
import { tsvOf } from './tsv';

beforeAll(() => {
  startKeys();
});

beforeEach(() => {
  forgetExceptions();
  toastStore.set([]);
  goTo('exceptions');
});

function press(key: string, options: object = {}): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...options });
}

async function open(host: Host, focus = '') {
  const workbook = await host.call('workbook', {});
  return show(<ExceptionsScreen workbook={workbook} focus={focus} />, host);
}

async function opened(host: Host, focus = '') {
  const shown = await open(host, focus);
  await screen.findAllByTestId('exception');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('exceptions')));
  return shown;
}

const ALL: ExceptionsRequest = {
  accountId: null,
  side: null,
  cause: null,
  age: null,
  from: null,
  to: null,
  search: '',
  order: 'impact',
  reversed: false,
  offset: 0,
  limit: 1000,
};

const ask = (host: Host, part: Partial<ExceptionsRequest> = {}) =>
  host.call('exceptions', { request: { ...ALL, ...part } });
const shownIds = () => screen.getAllByTestId('exception').map((row) => row.dataset.id);
const ids = (page: ExceptionPage) => page.rows.map((row) => row.record.id);
const sums = () => Number(screen.getByTestId('exceptions-sums').dataset.count);
const selectedId = () =>
  document.querySelector('[data-testid="exception"][aria-selected="true"]')?.getAttribute('data-id');

test('all exceptions are listed, largest first, with why and what to do', async () => {
  const host = await matchedHost();
  const all = await ask(host);
  await opened(host);
  expect(all.total).toBeGreaterThan(5);
  await waitFor(() => expect(sums()).toBe(all.total));
  expect(shownIds().slice(0, 5)).toEqual(ids(all).slice(0, 5));
  const [first] = all.rows;
  const why = first && whyOf(first, i18nFor('en'));
  expect(why).toMatch(/Cause \d+ % sure\.$/);
  expect(screen.getAllByTestId('exception')[0]?.textContent).toContain(why);
});

test('a bar of a cause chooses it, and takes its choice back', async () => {
  const host = await matchedHost();
  const [all, fees] = [await ask(host), await ask(host, { cause: 'fee' })];
  expect(fees.total).toBeGreaterThan(0);
  const { user } = await opened(host);
  const bar = await screen.findByTestId('cause-fee');
  expect(bar.textContent).toContain(String(fees.total));
  await user.click(bar);
  await waitFor(() => expect(shownIds()).toEqual(ids(fees)));
  await waitFor(() => expect(sums()).toBe(fees.total));
  expect(screen.getByTestId('cause-fee').getAttribute('aria-pressed')).toBe('true');
  // The other causes stay to be chosen.
  expect(screen.getByTestId('cause-missing_in_bank')).toBeTruthy();
  await user.click(screen.getByTestId('cause-fee'));
  await waitFor(() => expect(sums()).toBe(all.total));
});

test('side, age and text narrow the list together, and one key takes all back', async () => {
  const host = await matchedHost();
  const all = await ask(host);
  const { user } = await opened(host);
  await user.click(screen.getByTestId('side-ledger'));
  await user.click(await screen.findByTestId('age-over90'));
  const old = await ask(host, { side: 'ledger', age: 'over90' });
  expect(old.total).toBeGreaterThan(1);
  await waitFor(() => expect(sums()).toBe(old.total));
  const wanted = old.rows.at(-1) as ExceptionRow;
  await user.type(screen.getByTestId('exceptions-search'), wanted.record.number);
  await waitFor(() => expect(shownIds()).toEqual([wanted.record.id]));
  press('Escape');
  await waitFor(() => expect(sums()).toBe(old.total));
  press('x');
  await waitFor(() => expect(sums()).toBe(all.total));
  expect((screen.getByTestId('exceptions-clear') as HTMLButtonElement).disabled).toBe(true);
});

test('keys and headings order, a second time the other way round', async () => {
  const host = await matchedHost();
  const { user } = await opened(host);
  press('a');
  const oldest = ids(await ask(host, { order: 'age' }));
  await waitFor(() => expect(shownIds().slice(0, 4)).toEqual(oldest.slice(0, 4)));
  press('a');
  const youngest = ids(await ask(host, { order: 'age', reversed: true }));
  await waitFor(() => expect(shownIds().slice(0, 4)).toEqual(youngest.slice(0, 4)));
  expect(screen.getByTestId('sort-age').dataset.reversed).toBe('true');
  await user.click(screen.getByTestId('sort-impact'));
  const largest = ids(await ask(host));
  await waitFor(() => expect(shownIds().slice(0, 4)).toEqual(largest.slice(0, 4)));
});

test('arrows move the selection, and Enter opens it on the bench', async () => {
  const host = await matchedHost();
  const [first, second] = (await ask(host)).rows;
  await opened(host);
  expect(selectedId()).toBe(first?.record.id);
  press('ArrowDown');
  await waitFor(() => expect(selectedId()).toBe(second?.record.id));
  expect(screen.getByTestId('exception-detail').textContent).toContain(second?.record.sourceFile);
  press('Enter');
  const filter = second?.record.side === 'statement' ? 'unmatchedLines' : 'unmatchedEntries';
  expect(window.location.hash).toBe(`#/review/${filter}:${second?.record.id}:${second?.record.open.value}`);
});

test('what another screen asks for is shown', async () => {
  const host = await matchedHost();
  const asked = { cause: 'missing_in_bank', age: 'over90' as const };
  const found = await ask(host, asked);
  expect(found.total).toBeGreaterThan(0);
  await opened(host, exceptionFocus(asked));
  await waitFor(() => expect(shownIds().slice(0, 5)).toEqual(ids(found).slice(0, 5)));
  expect(screen.getByTestId('cause-missing_in_bank').getAttribute('aria-pressed')).toBe('true');
  expect(screen.getByTestId('age-over90').getAttribute('aria-pressed')).toBe('true');
});

test('with an account and a first day, entries that are still open are among them, and the screen says so', async () => {
  const host = await matchedHost();
  const [account] = (await host.call('workbook', {})).accounts;
  const asked = { accountId: account?.id ?? '', from: '2025-06-01' };
  const found = await ask(host, asked);
  expect(found.rows.some((row) => row.record.side === 'ledger' && (row.record.date ?? '') < asked.from)).toBe(
    true,
  );
  await opened(host, exceptionFocus(asked));
  await waitFor(() => expect(sums()).toBe(found.total));
  expect(screen.getByTestId('exceptions-carried')).toBeTruthy();
});

/** Forty thousand rows made of one. */
function manyRows(host: Host, template: ExceptionRow, asked: number[]): Host {
  const total = 40_000;
  return hostWith(host, (name, args) => {
    if (name !== 'exceptions') {
      return undefined;
    }
    const { offset, limit } = (args as { request: ExceptionsRequest }).request;
    asked.push(offset);
    const length = Math.max(0, Math.min(limit, total - offset));
    const rows = Array.from({ length }, (_, at) => ({
      ...template,
      record: { ...template.record, id: `row-${offset + at}` },
    }));
    return Promise.resolve({ rows, total });
  });
}

test('of forty thousand only what is seen is drawn, and only its pages are asked for', async () => {
  const host = await matchedHost();
  const [template] = (await ask(host)).rows;
  const asked: number[] = [];
  await opened(manyRows(host, template as ExceptionRow, asked));
  expect(screen.getAllByTestId('exception').length).toBeLessThan(60);
  expect(asked).toEqual([0]);
  press('End');
  await waitFor(() =>
    expect(screen.getByRole('listbox').getAttribute('aria-activedescendant')).toBe('exception-39999'),
  );
  expect(asked.length).toBeLessThan(4);
});

test('a copy holds every row of the list in its order, and nothing a spreadsheet would run', async () => {
  const host = await matchedHost();
  const page = await ask(host, { side: 'statement' });
  const { user } = await opened(host);
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await user.click(screen.getByTestId('side-statement'));
  await waitFor(() => expect(sums()).toBe(page.total));
  fireEvent.click(screen.getByTestId('exceptions-copy'));
  await waitFor(() => expect(toastStore.get().map((toast) => toast.tone)).toEqual(['done']));
  const lines = written.mock.calls[0]?.[0].split('\n') ?? [];
  expect(lines.length).toBe(page.total + 1);
  expect(lines[1]?.split('\t')[6]).toBe(page.rows[0]?.record.amount.value);

  const row = page.rows[0] as ExceptionRow;
  const sly = { ...row, record: { ...row.record, counterparty: '=1+1', text: 'a\tb\nc' } };
  const cells = tsvOf([sly], i18nFor('en')).split('\n')[1]?.split('\t') ?? [];
  expect(cells[2]).toBe("'=1+1");
  expect(cells[5]).toBe('a b c');
  expect(cells.length).toBe(15);
});

test.each([
  ['"ACME', '"""ACME"'],
  ['Joe "The Saw" Smith', '"Joe ""The Saw"" Smith"'],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  ['\uff1d1+1', "'\uff1d1+1"],
  ['\uff20SUM', "'\uff20SUM"],
  ['A-1 = fine', 'A-1 = fine'],
])('%j is pasted as one cell and runs nothing', async (text, cell) => {
  const { rows } = await (await matchedHost()).call('exceptions', { request: ALL });
  const row = rows[0] as ExceptionRow;
  const copied = tsvOf([{ ...row, record: { ...row.record, counterparty: text } }], i18nFor('en'));
  expect(copied.split('\n')[1]?.split('\t')[2]).toBe(cell);
});

test('before matching, without any, and with too many filters the screen says why it is empty', async () => {
  const fresh = createFakeHost({ open: true });
  const first = await open(fresh);
  expect((await screen.findByTestId('exceptions-empty')).textContent).toContain('Nothing was matched yet');
  first.unmount();

  const host = await matchedHost();
  const { user } = await opened(host);
  await user.type(screen.getByTestId('exceptions-search'), 'no such thing at all');
  const empty = await screen.findByTestId('exceptions-empty');
  expect(empty.textContent).toContain('No exception fits');
  await user.click(within(empty).getByRole('button'));
  await screen.findAllByTestId('exception');
});

test('a refusal is told in place, with the way out', async () => {
  const host = await matchedHost();
  const focus = exceptionFocus({ from: '2025-03-02', to: '2025-03-01' });
  const { user } = await open(host, focus);
  const error = await screen.findByTestId('error-message');
  expect(error.textContent).toContain('give the earlier day first');
  await user.click(within(error).getByRole('button'));
  await screen.findAllByTestId('exception');
});
