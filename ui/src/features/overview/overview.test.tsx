import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Host, StandingRowView, StandingView } from '@/ipc';
import { startKeys } from '@/shared/keys';
import { goTo, usePlace } from '@/shared/navigation';
import { notePresence } from '@/shared/presence';
import { queueChoice } from '@/shared/queueChoice';
import { createFakeHost, hostWith, matchedHost, show } from '@/test-window';
import { OverviewScreen } from './OverviewScreen';

beforeAll(() => {
  startKeys();
});

beforeEach(() => goTo('overview'));
afterEach(() => {
  vi.useRealTimers();
});

async function open(host: Host) {
  const workbook = await host.call('workbook', {});
  notePresence(await host.call('presence', { active: true }));
  function Screen() {
    return <OverviewScreen workbook={workbook} focus={usePlace().focus} />;
  }
  return show(<Screen />, host);
}

const ALL = { causes: [], amountFrom: null, amountTo: null, from: null, to: null };
const ANY = { ...ALL, owner: null, counterparty: '', account: null, due: null };

async function rowsToReview(host: Host, limit: number): Promise<string[]> {
  const request = { filter: 'toReview' as const, search: '', conditions: ANY, offset: 0, limit };
  return (await host.call('review_queue', { request })).rows.map(({ id }) => id);
}

/** Presses a duty, and says how many rows the part of the queue has that it leads to. */
async function followed(host: Host, kind: string) {
  const duty = await screen.findByTestId(`duty-${kind}`);
  fireEvent.click(duty);
  const [, name, ...focus] = window.location.hash.split('/');
  expect(name).toBe('review');
  const { filter, search, conditions } = queueChoice(focus.join('/'));
  const request = { filter, search, conditions, offset: 0, limit: 100 };
  const page = await host.call('review_queue', { request });
  return { told: Number(duty.dataset.count), found: page.total, conditions };
}

test('what is given to me is counted, and the list behind it holds as many', async () => {
  const host = await matchedHost();
  const { person } = await host.call('presence', { active: true });
  const ids = await rowsToReview(host, 3);
  await host.call('mark', { request: { ids, mark: { kind: 'owner', owner: person?.name ?? '' } } });
  await open(host);
  const { told, found, conditions } = await followed(host, 'assigned');
  expect([told, found]).toEqual([3, 3]);
  expect(conditions.owner).toBe(person?.name);
});

test.each([
  ['returned', { kind: 'snooze', until: '2026-12-02' }, 'snoozed'],
  ['overdue', { kind: 'timing', by: '2026-12-02', reason: 'under way' }, 'expected'],
] as const)('what is %s is counted on its day, and not before', async (kind, mark, due) => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-01T09:00:00Z') });
  const host = await matchedHost();
  const request = { filter: 'unmatchedLines' as const, search: '', conditions: ANY, offset: 0, limit: 2 };
  const ids = (await host.call('review_queue', { request })).rows.map(({ id }) => id);
  await host.call('mark', { request: { ids, mark } });
  const before = await host.call('standing', {});
  expect(before.duties.map((duty) => duty.kind)).not.toContain(kind);
  vi.setSystemTime(new Date('2026-12-03T09:00:00Z'));
  await open(host);
  const { told, found, conditions } = await followed(host, kind);
  expect([told, found, conditions.due]).toEqual([2, 2, due]);
});

test('proposals and lines lead to their parts of the queue', async () => {
  const host = await matchedHost();
  await open(host);
  const proposals = await followed(host, 'proposals');
  expect(proposals.told).toBe(proposals.found);
  expect(proposals.told).toBeGreaterThan(0);
});

test('a fresh workbook shows the way to the first matches, and nothing else', async () => {
  await open(createFakeHost({ open: true }));
  expect(screen.getByTestId('step-statement').dataset.state).toBe('now');
  expect(screen.queryByTestId('needs-me')).toBeNull();
  expect(screen.queryByTestId('standing')).toBeNull();
});

const EUR = (value: string) => ({ value, currency: 'EUR' });

function row(account: number, month: number, part: Partial<StandingRowView> = {}): StandingRowView {
  const from = `2026-0${month}-01`;
  return {
    accountId: `account-${account}`,
    account: `Account ${account}`,
    currency: 'EUR',
    period: {
      id: `${account}-${month}`,
      state: 'open',
      toReprove: false,
      preparedBy: null,
      reopeningBy: null,
    },
    from,
    to: `2026-0${month}-28`,
    lines: 4,
    opening: EUR('100.00'),
    linesTotal: EUR('20.00'),
    closing: EUR('120.00'),
    gap: EUR('0.00'),
    proves: true,
    duty: null,
    ...part,
  };
}

function locked(account: number, month: number): StandingRowView {
  const period = row(account, month).period;
  return row(account, month, { period: period && { ...period, state: 'locked', preparedBy: 'Petra' } });
}

async function standing(part: Partial<StandingView>): Promise<Host> {
  const view = { asOf: '2026-11-27', duties: [], rows: [], varianceLimit: '1.00', ...part };
  return hostWith(await matchedHost(), (name) =>
    name === 'standing' ? Promise.resolve(view) : name === 'standing_rates' ? Promise.resolve([]) : undefined,
  );
}

test('where nothing is left to do it is said plainly', async () => {
  await open(await standing({}));
  expect((await screen.findByTestId('all-done')).textContent).toContain('Nothing needs you today');
});

test('what is only for everyone leaves nothing of mine', async () => {
  const proposals = { kind: 'proposals' as const, count: 7, amounts: [EUR('12.00')] };
  await open(await standing({ duties: [proposals] }));
  expect((await screen.findByTestId('duties-yours')).textContent).toContain('Nothing waits for you');
  expect(within(screen.getByTestId('duties-shared')).getByTestId('duty-proposals').dataset.amounts).toBe(
    '12.00 EUR',
  );
});

test('several periods of a kind are shown alone in the table, one leads to itself', async () => {
  const rows = [
    row(1, 1, { duty: 'toReview' }),
    row(1, 2),
    row(2, 1, { duty: 'toReview' }),
    row(2, 2, { duty: 'toPrepare' }),
  ];
  const duties = [
    { kind: 'toReview' as const, count: 2, amounts: [EUR('240.00')] },
    { kind: 'toPrepare' as const, count: 1, amounts: [EUR('120.00')] },
  ];
  const { user } = await open(await standing({ rows, duties }));
  await user.click(await screen.findByTestId('duty-toReview'));
  expect(screen.getAllByTestId('standing-row')).toHaveLength(2);
  await waitFor(() => expect(document.activeElement).toBe(screen.getAllByTestId('standing-go')[0]));
  await user.click(screen.getByTestId('standing-all'));
  expect(screen.getAllByTestId('standing-row')).toHaveLength(4);
  await user.click(screen.getByTestId('duty-toPrepare'));
  expect(window.location.hash).toBe('#/proof/account-2:2-2');
});

test('what does not prove is told apart from what is not known', async () => {
  const rows = [
    row(1, 1),
    row(1, 2, { gap: EUR('-3.00'), proves: false }),
    row(1, 3, { opening: null, gap: null, proves: false }),
    row(1, 4, { closing: null, gap: null, proves: false }),
  ];
  await open(await standing({ rows }));
  const shown = (await screen.findAllByTestId('standing-row')).map((one) => one.textContent);
  expect(shown[0]).toContain('Proves100.00 +20.00 = 120.00');
  expect(shown[1]).toContain('Off by−3.00100.00 +20.00 ≠ 120.00');
  expect(shown[2]).toContain('Opening balance not known');
  expect(shown[3]).toContain('Closing balance not known');
});

test('thirty accounts: locked periods wait behind a button, but for the last one of an account', async () => {
  const rows = Array.from({ length: 30 }, (_, at) => at + 1).flatMap((account) => [
    locked(account, 1),
    locked(account, 2),
    account % 2 === 0 ? row(account, 3, { gap: EUR('-3.00'), proves: false }) : locked(account, 3),
  ]);
  const { user } = await open(await standing({ rows }));
  const shown = await screen.findAllByTestId('standing-row');
  expect(shown).toHaveLength(30);
  expect(shown.filter((one) => one.dataset.state === 'locked')).toHaveLength(15);
  expect(shown[1]?.textContent).toContain('Off by');
  await user.click(screen.getByTestId('standing-locked'));
  expect(screen.getAllByTestId('standing-row')).toHaveLength(90);
  (
    within(screen.getAllByTestId('standing-row')[2] as HTMLElement).getByRole('button') as HTMLElement
  ).focus();
  await user.keyboard('{Enter}');
  expect(window.location.hash).toBe('#/proof/account-1:1-3');
});

test('a period is told with its variance, what is matched, and what is open', async () => {
  const host = await matchedHost();
  const { accounts } = await host.call('workbook', {});
  const request = { accountId: accounts[0]?.id ?? '', from: null, to: null };
  await host.call('open_period', { request });
  const [rates] = await host.call('standing_rates', { locked: false });
  await open(host);
  const shown = await screen.findByTestId('standing-row');
  await waitFor(() => expect(shown.textContent).toContain(rates?.variance));
  expect(shown.textContent).toContain(rates?.matchRate);
  expect(shown.textContent).toContain(`${rates?.linesOpen} lines`);
  expect(shown.textContent).toContain('Proves');
});

test('a bar shows its exceptions, a point the matches of its day, by keyboard too', async () => {
  const host = await matchedHost();
  const history = await host.call('daily_history', { from: null, to: null });
  const { user } = await open(host);
  const bars = await screen.findByTestId('figures-cause');
  (within(bars).getAllByRole('button')[0] as HTMLElement).focus();
  await user.keyboard('{Enter}');
  expect(window.location.hash).toMatch(/^#\/exceptions\/cause=/);
  goTo('overview');
  const chart = within(await screen.findByTestId('chart-rates')).getByRole('region');
  chart.focus();
  await user.keyboard('{ArrowLeft}{Enter}');
  const day = history.at(-2)?.date ?? '';
  expect(decodeURIComponent(window.location.hash)).toContain(`f=changedAt:atLeast:${day}`);
  expect(decodeURIComponent(window.location.hash)).toContain('grid=matches');
});

test('a refusal is told in place', async () => {
  const refusal = { code: 'internal', message: 'The file could not be read.' };
  const host = hostWith(await matchedHost(), (name) =>
    name === 'standing' ? Promise.reject(refusal) : undefined,
  );
  await open(host);
  expect((await screen.findByTestId('needs-me')).textContent).toContain('could not be read');
});

test('in a large workbook figures are worked out only when asked, and the rest stands at once', async () => {
  const small = await matchedHost();
  const { counts, ...book } = await small.call('workbook', {});
  const asked: string[] = [];
  const host = hostWith(small, (name) => {
    asked.push(name);
    return name === 'workbook'
      ? Promise.resolve({ ...book, counts: { ...counts, lines: 200_001 } })
      : undefined;
  });
  const { user } = await open(host);
  await screen.findByTestId('duty-proposals');
  expect((await screen.findByTestId('standing-row')).textContent).toContain('Proves');
  expect(asked).toContain('standing');
  expect(asked).not.toContain('standing_rates');
  expect(asked).not.toContain('figures');
  await user.click(screen.getByTestId('figures-ask-now'));
  await screen.findByTestId('company');
  expect(asked).toContain('standing_rates');
});

test('an older copy is accepted by an admin who says why, and then nothing warns any more', async () => {
  const host = createFakeHost();
  await host.call('create_workbook', {
    request: {
      path: '/home/mara/restored.tieout',
      passphrase: 'a long phrase',
      company: 'Joinery Ltd',
      user: 'Ada Byron',
      currency: 'EUR',
      singleUser: true,
      remember: false,
    },
  });
  await open(host);
  fireEvent.click(await screen.findByTestId('history-accept'));
  const reason = await screen.findByTestId('history-reason');
  fireEvent.change(reason, { target: { value: 'restored from Monday' } });
  fireEvent.submit(reason);
  await waitFor(async () => expect((await host.call('workbook', {})).rolledBack).toBe(false));
  const { events } = await host.call('audit_log', { offset: 0, limit: 1 });
  expect(events[0]?.details).toContain('restored from Monday');
});
