import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type {
  AccountSummaryRequest,
  FigureBoard,
  FiguresRequest,
  HistoryDay,
  Host,
  VarianceView,
} from '@/ipc';
import { exceptionChoice } from '@/shared/focus';
import { startKeys } from '@/shared/keys';
import { goTo } from '@/shared/navigation';
import { createFakeHost, hostWith, matchedHost, show } from '@/test-window';
import { FiguresScreen } from './FiguresScreen';

beforeAll(() => {
  startKeys();
});

beforeEach(() => goTo('figures'));

const WHOLE: FiguresRequest = { accountId: null, from: null, to: null };

async function open(host: Host) {
  const workbook = await host.call('workbook', {});
  return { ...show(<FiguresScreen workbook={workbook} />, host), account: workbook.accounts[0] };
}

async function opened(host: Host) {
  const shown = await open(host);
  await screen.findByTestId('figures-board');
  return shown;
}

/** A host whose figures are changed in part. */
function withBoard(host: Host, board: FigureBoard): Host {
  return hostWith(host, (name) => (name === 'figures' ? Promise.resolve(board) : undefined));
}

function asked(): ReturnType<typeof exceptionChoice> {
  const [, screenName, focus = ''] = window.location.hash.split('/');
  expect(screenName).toBe('exceptions');
  return exceptionChoice(focus);
}

test('tiles say each figure and what it is made of', async () => {
  const host = await matchedHost();
  const board = await host.call('figures', { request: WHOLE });
  await opened(host);
  const tile = (name: string) => screen.getByTestId(`tile-${name}`);
  expect(tile('match-rate').textContent).toContain(board.matchRate);
  expect(tile('match-rate').textContent).toContain(`${board.linesMatched} of ${board.lines} lines`);
  expect(tile('automatic-rate').textContent).toContain(board.automaticRate);
  expect(tile('exceptions').textContent).toContain(String(board.exceptions));
  expect(tile('unallocated').textContent).toContain('EUR');
});

test('a verdict says what speaks against signing off, and shows what is behind it', async () => {
  const host = await matchedHost();
  const judgement = await host.call('judgement', { request: WHOLE });
  expect(judgement.reasons.length).toBeGreaterThan(0);
  const { user, account } = await opened(host);
  const reasons = await screen.findAllByTestId('reason');
  expect(reasons.map((reason) => reason.dataset.reason)).toEqual(judgement.reasons);
  expect(screen.getByTestId('compliance').textContent).toBe('Not compliant');
  // No sentence shows a place that was not filled in.
  expect(reasons.map((reason) => reason.textContent).join()).not.toContain('{');
  await user.click(within(screen.getByTestId('sign-off')).getByRole('button'));
  expect(asked().accountId).toBe(account?.id);
});

test('the figures stand while the verdict is still being worked out', async () => {
  const host = hostWith(await matchedHost(), (name) =>
    name === 'judgement' ? new Promise(() => undefined) : undefined,
  );
  await opened(host);
  expect(screen.getByTestId('tile-match-rate')).toBeTruthy();
  expect(screen.queryByTestId('compliance')).toBeNull();
});

test('in a large workbook the verdict is worked out only when asked', async () => {
  const ready = await matchedHost();
  let judged = 0;
  const host = hostWith(ready, (name) => {
    judged += name === 'judgement' ? 1 : 0;
    return name === 'workbook'
      ? ready
          .call('workbook', {})
          .then((workbook) => ({ ...workbook, counts: { ...workbook.counts, lines: 1_000_000 } }))
      : undefined;
  });
  const { user } = await opened(host);
  await screen.findByTestId('chart-rates');
  expect(judged).toBe(0);
  await user.click(screen.getByTestId('judge'));
  await screen.findByTestId('compliance');
  expect(judged).toBe(1);
  // Another period is another question.
  await user.selectOptions(screen.getByTestId('figures-period'), '2025-Q1');
  await screen.findByTestId('judge');
  expect(judged).toBe(1);
});

test('bank and books are shown beside their variance, with what a small base does to it', async () => {
  const host = await matchedHost();
  const board = await host.call('figures', { request: WHOLE });
  const [variance] = board.variances;
  const first = await opened(host);
  const row = screen.getByTestId('variance');
  expect(row.dataset.rate).toBe(variance?.rate);
  expect(within(row).getByTestId('variance-bank').dataset.value).toBe(variance?.bank.value);
  expect(row.textContent).toContain('Beyond the limit of 1.00 %');
  expect(screen.queryByTestId('small-base')).toBeNull();
  first.unmount();

  const eur = (value: string) => ({ value, currency: 'EUR' });
  const cancelling: VarianceView = {
    bank: eur('155.00'),
    books: eur('100.00'),
    difference: eur('55.00'),
    rate: '55.00',
    isWithin: false,
    turnover: eur('90000.00'),
    ofTurnover: '0.06',
    isBaseSmall: true,
  };
  const second = await opened(withBoard(host, { ...board, variances: [cancelling] }));
  const note = screen.getByTestId('small-base').textContent;
  expect(note).toContain('100.00 EUR');
  expect(note).toContain('0.06 %');
  second.unmount();

  // What is within the limit needs no excuse.
  await opened(withBoard(host, { ...board, variances: [{ ...cancelling, rate: '0.00', isWithin: true }] }));
  expect(screen.queryByTestId('small-base')).toBeNull();
});

test('a bar shows the list behind it, for the days that are chosen', async () => {
  const host = await matchedHost();
  const { user, account } = await opened(host);
  await user.selectOptions(screen.getByTestId('figures-period'), '2025-Q1');
  const board = await host.call('figures', {
    request: { accountId: account?.id ?? null, from: '2025-01-01', to: '2025-03-31' },
  });
  await waitFor(() =>
    expect(screen.getByTestId('tile-exceptions').dataset.value).toBe(String(board.exceptions)),
  );
  const [cause] = board.byCause;
  await user.click(screen.getByTestId(`figures-cause-${cause?.kind}`));
  expect(asked()).toEqual({
    accountId: account?.id,
    side: null,
    cause: cause?.kind,
    age: null,
    from: '2025-01-01',
    to: '2025-03-31',
  });
  // And the list is as long as the bar says.
  const found = await host.call('exceptions', {
    request: { ...asked(), search: '', order: 'impact', reversed: false, offset: 0, limit: 0 },
  });
  expect(found.total).toBe(cause?.exceptions);
});

test('the old figures stay until the new ones are there', async () => {
  const ready = await matchedHost();
  let release: (() => void) | undefined;
  const host = hostWith(ready, (name, args) => {
    const { request } = args as { request: FiguresRequest };
    if (name !== 'figures' || request.from === null) {
      return undefined;
    }
    return new Promise((resolve) => {
      release = () => resolve(ready.call('figures', { request }));
    });
  });
  const { user } = await opened(host);
  const before = screen.getByTestId('tile-exceptions').dataset.value;
  await user.selectOptions(screen.getByTestId('figures-period'), '2025-01');
  await waitFor(() => expect(screen.getByTestId('figures-board').getAttribute('aria-busy')).toBe('true'));
  expect(screen.getByTestId('tile-exceptions').dataset.value).toBe(before);
  release?.();
  await waitFor(() => expect(screen.getByTestId('figures-board').getAttribute('aria-busy')).toBe('false'));
  expect(screen.getByTestId('tile-match-rate').textContent).not.toContain('of 91 lines');
});

test('without an account the whole company is meant, and it has no days to choose', async () => {
  const { user } = await opened(await matchedHost());
  await user.selectOptions(screen.getByTestId('figures-period'), '2025-01');
  await user.selectOptions(screen.getByTestId('figures-account'), '');
  expect((screen.getByTestId('figures-period') as HTMLSelectElement).disabled).toBe(true);
  expect((screen.getByTestId('figures-from') as HTMLInputElement).value).toBe('');
  await waitFor(() => expect(screen.queryByTestId('account-summary')).toBeNull());
});

test('a summary of too many days is refused in words', async () => {
  const { user } = await opened(await matchedHost());
  expect(await screen.findByTestId('summary-income')).toBeTruthy();
  const from = screen.getByTestId('figures-from');
  await user.type(from, '2023-01-01{Enter}');
  expect((await screen.findByTestId('summary-refused')).textContent).toContain('covers at most 365');
  // The figures themselves have no such limit.
  expect(screen.getByTestId('tile-match-rate')).toBeTruthy();
});

test('a summary says what most lines were for', async () => {
  const ready = await matchedHost();
  const topCategories = [
    { category: 'Rent', lines: 12 },
    { category: 'Fuel', lines: 3 },
  ];
  const host = hostWith(ready, (name, args) =>
    name === 'account_summary'
      ? ready
          .call('account_summary', args as { request: AccountSummaryRequest })
          .then((totals) => ({ ...totals, topCategories, categorised: 15, uncategorised: 76, failed: 1 }))
      : undefined,
  );
  await opened(host);
  const shown = (await screen.findByTestId('summary-categories')).textContent;
  expect(shown).toMatch(/Rent\D*12.*Fuel\D*3/);
  expect(shown).toContain('15 lines categorised, 76 still to be, 1 could not be');
});

test('reversed days are refused in place', async () => {
  const { user } = await opened(await matchedHost());
  await user.type(screen.getByTestId('figures-from'), '2025-03-02{Enter}');
  await user.type(screen.getByTestId('figures-to'), '2025-03-01{Enter}');
  expect((await screen.findByTestId('error-message')).textContent).toContain('give the earlier day first');
});

test('arrow keys move over the days of a chart, and a table says the same', async () => {
  const host = await matchedHost();
  const history = await host.call('daily_history', { from: null, to: null });
  await opened(host);
  const chart = await screen.findByTestId('chart-open');
  const canvas = chart.querySelector('section') as HTMLElement;
  const words = () => chart.querySelector('figcaption')?.textContent ?? '';
  const last = history.at(-1) as HistoryDay;
  expect(words()).toContain(String(last.unmatched));
  fireEvent.keyDown(canvas, { key: 'Home' });
  expect(words()).toContain(String(history[0]?.unmatched));
  fireEvent.keyDown(canvas, { key: 'ArrowRight' });
  expect(words()).toContain(String(history[1]?.unmatched));
  expect(canvas.getAttribute('aria-label')).toBe('Open at the day’s end');
  expect(screen.getByTestId('history-table').querySelectorAll('tbody tr').length).toBe(history.length);
});

test('a history of one day says so', async () => {
  const ready = await matchedHost();
  const [day] = await ready.call('daily_history', { from: null, to: null });
  const host = hostWith(ready, (name) => (name === 'daily_history' ? Promise.resolve([day]) : undefined));
  await opened(host);
  await waitFor(() => expect(screen.getByTestId('history').textContent).toContain('one day so far'));
});

test('one key shows the exceptions', async () => {
  const { account } = await opened(await matchedHost());
  fireEvent.keyDown(document.body, { key: 'e' });
  expect(asked().accountId).toBe(account?.id);
});

test('a workbook without records says what to do', async () => {
  await open(createFakeHost({ open: true }));
  expect((await screen.findByTestId('figures-empty')).textContent).toContain('no figures yet');
});
