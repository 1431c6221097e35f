import { screen, waitFor, within } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import type { Host } from '@/ipc';
import { startKeys } from '@/shared/keys';
import { nameOfDays } from '@/shared/period/periodWords';
import { NO_CONDITIONS } from '@/shared/queueChoice';
import { hostWith, matchedHost, show } from '@/test-window';
import { ProofScreen } from './ProofScreen';

beforeAll(() => {
  startKeys();
});

async function openScreen(host: Host) {
  const shown = show(<ProofScreen workbook={await host.call('workbook', {})} focus="" />, host);
  await screen.findByTestId('period-strip');
  return shown;
}

/** A host with one period, opened over the first month. */
async function withPeriod(): Promise<{ host: Host; id: string }> {
  const host = await matchedHost();
  const accountId = (await host.call('workbook', {})).accounts[0]?.id ?? '';
  const { period } = await host.call('open_period', { request: { accountId, from: null, to: null } });
  return { host, id: period.id };
}

/** Prepared as it is seen now. */
async function prepared(host: Host, id: string): Promise<void> {
  const { seen } = await host.call('period', { periodId: id });
  await host.call('prepare_period', {
    request: { periodId: id, seen, note: '', opening: null, closing: null },
  });
}

async function act(
  user: Awaited<ReturnType<typeof openScreen>>['user'],
  name: string,
  note = '',
): Promise<void> {
  await user.click(await screen.findByTestId(`period-${name}`));
  if (note !== '') {
    await user.type(screen.getByTestId('period-note'), note);
  }
  await user.click(screen.getByTestId('period-act-dialog-submit'));
  await waitFor(() => expect(screen.queryByTestId('period-act-dialog')).toBeNull());
}

const stateShown = (state: string) =>
  waitFor(() => expect(screen.getByTestId('period-view').dataset.state).toBe(state));

test('a month is named by itself, other days by both ends', () => {
  expect(nameOfDays('2026-02-01', '2026-02-28', 'en')).toBe('Feb 2026');
  expect(nameOfDays('2026-01-15', '2026-02-14', 'en')).toMatch(/Jan.*15.*Feb.*14/);
});

test('a period is opened, prepared, signed off, locked, and reopened with a reason', async () => {
  const host = await matchedHost();
  const { user } = await openScreen(host);
  await user.keyboard('n');
  const opening = await screen.findByTestId('period-open-dialog');
  const { accounts } = await host.call('workbook', {});
  expect(within(opening).getByTestId('period-open-account').textContent).toContain(accounts[0]?.name);
  await user.keyboard('{Enter}');
  await stateShown('open');
  await act(user, 'prepare');
  await stateShown('prepared');
  expect((await screen.findByTestId('period-as-signed')).textContent).toBe('As signed');
  await act(user, 'review', 'seen');
  await stateShown('reviewed');
  await act(user, 'lock');
  await stateShown('locked');
  expect(screen.getAllByTestId('period')[0]?.dataset.state).toBe('locked');
  await user.click(screen.getByTestId('period-request'));
  const dialog = screen.getByTestId('period-act-dialog');
  expect(within(dialog).getByTestId<HTMLButtonElement>('period-act-dialog-submit').disabled).toBe(true);
  await user.type(within(dialog).getByTestId('period-note'), 'a line is missing');
  await user.click(within(dialog).getByTestId('period-act-dialog-submit'));
  expect((await screen.findByTestId('period-reopening')).textContent).toContain('a line is missing');
  await act(user, 'reopen');
  await stateShown('open');
  const kinds = screen.getAllByTestId('period-event').map((event) => event.dataset.kind);
  expect(kinds).toEqual(['reopened', 'reopenRequested', 'locked', 'reviewed', 'prepared']);
});

test('a request to reopen is declined with a reason, or withdrawn by who asked, and the period stays signed', async () => {
  const { host, id } = await withPeriod();
  await prepared(host, id);
  const { user } = await openScreen(host);
  await act(user, 'review');
  await stateShown('reviewed');
  await act(user, 'request', 'a line is missing');
  await user.click(await screen.findByTestId('period-decline'));
  const dialog = screen.getByTestId('period-act-dialog');
  expect(dialog.textContent).toContain('a line is missing');
  expect(within(dialog).getByTestId<HTMLButtonElement>('period-act-dialog-submit').disabled).toBe(true);
  await user.type(within(dialog).getByTestId('period-note'), 'it belongs to February');
  await user.click(within(dialog).getByTestId('period-act-dialog-submit'));
  await waitFor(() => expect(screen.queryByTestId('period-reopening')).toBeNull());
  await stateShown('reviewed');
  await act(user, 'request', 'it is missing still');
  await act(user, 'withdraw');
  await waitFor(() => expect(screen.queryByTestId('period-reopening')).toBeNull());
  await stateShown('reviewed');
  const kinds = screen.getAllByTestId('period-event').map((event) => event.dataset.kind);
  const asked = 'reopenRequested';
  expect(kinds.slice(0, 4)).toEqual(['reopenWithdrawn', asked, 'reopenDeclined', asked]);
});

test.each([
  { needsAnother: true, asked: true, maySignOff: true, shown: ['reopen', 'withdraw'] },
  { needsAnother: false, asked: false, maySignOff: true, shown: ['reopen', 'decline'] },
  { needsAnother: false, asked: false, maySignOff: false, shown: ['reopen'] },
])('a request may be answered as the sheet says: %o', async ({ shown, ...rights }) => {
  const { host, id } = await withPeriod();
  await prepared(host, id);
  const first = await host.call('period', { periodId: id });
  const seen = { periodId: id, seen: first.seen, note: 'a line is missing' };
  await host.call('review_period', { request: seen });
  await host.call('request_reopening', { request: seen });
  const another = hostWith(host, (name, args) =>
    name === 'period'
      ? host.call('period', args as { periodId: string }).then((sheet) => ({ ...sheet, ...rights }))
      : undefined,
  );
  await openScreen(another);
  await screen.findByTestId('period-reopening');
  const offered = ['request', 'reopen', 'decline', 'withdraw'].filter((name) =>
    screen.queryByTestId(`period-${name}`),
  );
  expect(offered).toEqual(shown);
});

test('of a signed period, what usually comes next stands out, and a way back never does', async () => {
  const { host, id } = await withPeriod();
  await prepared(host, id);
  const { seen } = await host.call('period', { periodId: id });
  const request = { periodId: id, seen, note: '' };
  await host.call('review_period', { request });
  const { user } = await openScreen(host);
  const looks = () =>
    [...document.querySelectorAll<HTMLElement>('.period-actions .button')].map((button) => [
      button.dataset.testid,
      button.className.match(/button-(primary|secondary|quiet)/)?.[1],
    ]);
  await stateShown('reviewed');
  expect(looks()).toEqual([
    ['period-lock', 'primary'],
    ['period-request', 'quiet'],
  ]);
  await act(user, 'lock');
  await stateShown('locked');
  expect(looks()).toEqual([['period-request', 'quiet']]);
});

test('a change since the signature names the line that did it, and leads to it', async () => {
  const { host, id } = await withPeriod();
  await prepared(host, id);
  const { period } = await host.call('period', { periodId: id });
  const request = {
    filter: 'approved' as const,
    search: '',
    conditions: NO_CONDITIONS,
    offset: 0,
    limit: 200,
  };
  const { rows } = await host.call('review_queue', { request });
  const inside = rows.find((row) => row.date !== null && row.date >= period.from && row.date <= period.to);
  await host.call('undo_decision', { matchId: inside?.id ?? '' });
  const { user } = await openScreen(host);
  const revoked = await screen.findByTestId('period-revoked');
  expect(within(revoked).getByTestId('period-cause').dataset.change).toBe('lineMatched');
  await user.click(within(revoked).getByTestId('period-jump'));
  expect(window.location.hash).toMatch(/^#\/review\//);
});

test('who may not sign off is told why, and nothing is sent', async () => {
  const { host, id } = await withPeriod();
  await prepared(host, id);
  const asPreparer = hostWith(host, (name, args) =>
    name === 'period'
      ? host
          .call('period', args as { periodId: string })
          .then((sheet) => ({ ...sheet, maySignOff: true, needsAnother: true }))
      : undefined,
  );
  const { user } = await openScreen(asPreparer);
  const button = await screen.findByTestId<HTMLButtonElement>('period-review');
  expect(button.disabled).toBe(true);
  expect(screen.getByTestId('period-cannot').textContent).toBe('A second person must do this.');
  await user.keyboard('s');
  expect(screen.queryByTestId('period-act-dialog')).toBeNull();
});

test('who has no secret of their own is told where to choose one before signing off', async () => {
  const { host, id } = await withPeriod();
  await prepared(host, id);
  const nameless = hostWith(host, (name, args) =>
    name === 'period'
      ? host.call('period', args as { periodId: string }).then((sheet) => ({ ...sheet, needsSecret: true }))
      : undefined,
  );
  const { user } = await openScreen(nameless);
  expect((await screen.findByTestId<HTMLButtonElement>('period-review')).disabled).toBe(true);
  expect(screen.getAllByTestId('period-cannot')[0]?.textContent).toContain(
    'choose a secret of your own first',
  );
  // Nor does a name that anybody can click take a preparation back.
  expect(screen.getByTestId<HTMLButtonElement>('period-takeBack').disabled).toBe(true);
  await user.keyboard('b');
  expect(screen.queryByTestId('period-act-dialog')).toBeNull();
  // A button and a key lead to where it is chosen.
  await user.click(screen.getByTestId('period-own-secret'));
  expect(window.location.hash).toBe('#/settings/people/people.own.title');
  window.location.hash = '#/proof';
  await user.keyboard('o');
  expect(window.location.hash).toBe('#/settings/people/people.own.title');
});

test('what is signed is what was looked at when the dialog opened', async () => {
  const { host, id } = await withPeriod();
  await prepared(host, id);
  const { user } = await openScreen(host);
  await user.click(await screen.findByTestId('period-review'));
  // Meanwhile it is taken back, and open again.
  const { seen } = await host.call('period', { periodId: id });
  await host.call('take_period_back', { request: { periodId: id, seen, note: 'a typo' } });
  const request = {
    filter: 'approved' as const,
    search: '',
    conditions: NO_CONDITIONS,
    offset: 0,
    limit: 200,
  };
  const { period } = await host.call('period', { periodId: id });
  const { rows } = await host.call('review_queue', { request });
  const inside = rows.find((row) => row.date !== null && row.date >= period.from && row.date <= period.to);
  await host.call('undo_decision', { matchId: inside?.id ?? '' });
  await prepared(host, id);
  await user.click(screen.getByTestId('period-act-dialog-submit'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('not what you looked at');
  expect((await host.call('period', { periodId: id })).period.state).toBe('prepared');
});

test('what was settled since the lock is said in a sentence of its own', async () => {
  const { host, id } = await withPeriod();
  await prepared(host, id);
  const later = hostWith(host, (name, args) =>
    name === 'period'
      ? host.call('period', args as { periodId: string }).then((sheet) => ({
          ...sheet,
          linesSettled: { items: 2, sum: { value: '-150.00', currency: 'EUR' } },
        }))
      : undefined,
  );
  await openScreen(later);
  const settled = await screen.findByTestId('period-settled-lines');
  expect(settled.textContent).toContain('2 lines settled later:');
  expect(settled.textContent).toContain('150.00');
  expect(screen.queryByTestId('period-settled-entries')).toBeNull();
});

test('balances that nothing states are asked for with a reason', async () => {
  const { host } = await withPeriod();
  const sent: object[] = [];
  const unknown = hostWith(host, (name, args) => {
    if (name === 'prepare_period') {
      sent.push(args);
    }
    return name === 'period'
      ? host.call('period', args as { periodId: string }).then((sheet) => ({
          ...sheet,
          figures: {
            ...sheet.figures,
            closing: null,
            closingSource: null,
            statementGap: null,
            canSign: false,
            obstacle: 'x',
          },
        }))
      : undefined;
  });
  const { user } = await openScreen(unknown);
  await screen.findByTestId('period-obstacle');
  await user.click(screen.getByTestId('period-prepare'));
  const submit = screen.getByTestId<HTMLButtonElement>('period-act-dialog-submit');
  await user.type(screen.getByTestId('period-closing-amount'), '1234,50');
  expect(submit.disabled).toBe(true);
  await user.type(screen.getByTestId('period-closing-reason'), 'letter of the bank');
  await user.click(submit);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    request: { opening: null, closing: { amount: '1234.50', reason: 'letter of the bank' } },
  });
});

test('the four sums and their lists stand on both sides', async () => {
  const { host } = await withPeriod();
  const { user } = await openScreen(host);
  await user.click(await screen.findByTestId('roll-ledger-carriedForward'));
  const rows = await screen.findAllByTestId('roll-item');
  const count = screen.getByTestId('roll-ledger').querySelector('tr.sheet-total .num')?.textContent ?? '';
  expect(Number(count.replace(/\D/g, ''))).toBeGreaterThanOrEqual(rows.length);
});
