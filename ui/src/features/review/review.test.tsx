import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Host, RecordView, ReviewDetail } from '@/ipc';
import { recordFocus } from '@/shared/focus';
import { startKeys } from '@/shared/keys';
import { NO_CONDITIONS } from '@/shared/queueChoice';
import { toastStore } from '@/shared/toasts';
import { hostWith, matchedHost, show } from '@/test-window';
import { compare } from './comparison';
import { waterfall } from './Explanation';
import { ReviewScreen } from './ReviewScreen';
import { purposeFirst, splitAround } from './words';

beforeAll(() => {
  startKeys();
});

afterEach(() => toastStore.set([]));

function press(key: string, options: object = {}): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...options });
}

const selectedId = () =>
  document.querySelector('[data-testid="queue-row"][aria-selected="true"]')?.getAttribute('data-id');
const rowIds = () => screen.getAllByTestId('queue-row').map((row) => row.getAttribute('data-id'));

async function open(host: Host, focus = '') {
  const workbook = await host.call('workbook', {});
  const shown = show(<ReviewScreen workbook={workbook} focus={focus} />, host);
  await screen.findByTestId('comparison');
  await screen.findAllByTestId('queue-row');
  return shown;
}

test('approving by key moves on to the next row, and undo brings the row back', async () => {
  const host = await matchedHost();
  await open(host);
  const [first, second] = rowIds();
  expect(selectedId()).toBe(first);
  press('a');
  await waitFor(() => expect(selectedId()).toBe(second));
  expect(rowIds()).not.toContain(first);
  await waitFor(() => expect(screen.getByTestId('undo')).toHaveProperty('disabled', false));
  expect(document.activeElement).toBe(screen.getByTestId('queue'));
  press('z');
  await waitFor(() => expect(selectedId()).toBe(first));
  expect((await host.call('match_detail', { id: first ?? '' })).row.state).not.toBe('approved');
});

test('a record that another screen asks for lies on the bench, wherever it stands in the queue', async () => {
  const host = await matchedHost();
  const request = {
    filter: 'unmatchedEntries' as const,
    search: '',
    conditions: NO_CONDITIONS,
    offset: 0,
    limit: 500,
  };
  const rows = (await host.call('review_queue', { request })).rows;
  const wanted = rows[4]?.id ?? '';
  const [record] = (await host.call('exception_detail', { id: wanted })).entries;
  await open(host, recordFocus(record as RecordView));
  await waitFor(() => expect(selectedId()).toBe(wanted));
  expect(screen.getByTestId('filter-unmatchedEntries').getAttribute('aria-selected')).toBe('true');
  // Taking the text back shows the whole queue.
  fireEvent.change(screen.getByTestId('queue-search'), { target: { value: '' } });
  await waitFor(() => expect(rowIds().length).toBe(rows.length));
});

test('what changed meanwhile is not decided: the row comes back with a notice', async () => {
  const stale = { code: 'stale', message: 'changed' };
  const host = hostWith(await matchedHost(), (name) =>
    name === 'decide' ? Promise.reject(stale) : undefined,
  );
  await open(host);
  const [first] = rowIds();
  press('a');
  await waitFor(() => expect(toastStore.get()[0]?.tone).toBe('notice'));
  await waitFor(() => expect(selectedId()).toBe(first));
});

test('rejecting asks why and goes on', async () => {
  const host = await matchedHost();
  const { user } = await open(host);
  const [first, second] = rowIds();
  press('r');
  await user.type(await screen.findByTestId('reject-reason'), 'other customer');
  await user.click(screen.getByTestId('reject-confirm'));
  await waitFor(() => expect(selectedId()).toBe(second));
  const { decisions, row } = await host.call('match_detail', { id: first ?? '' });
  expect(row.state).toBe('rejected');
  expect(decisions[0]).toMatchObject({ verdict: 'reject', reason: 'other customer' });
});

test('another answer is one key away and can be approved in place of the proposal', async () => {
  const host = await matchedHost();
  await open(host);
  const detail = await host.call('match_detail', { id: selectedId() ?? '' });
  const other = detail.alternatives[0]?.entries[0]?.number ?? '';
  press('1');
  await screen.findByTestId('picked');
  // Pressed twice it stays with that answer: back to the proposal, which `a` approves, leads Escape.
  press('1');
  expect(screen.getByTestId('picked')).toBeTruthy();
  press('Escape');
  await waitFor(() => expect(screen.queryByTestId('picked')).toBeNull());
  press('1');
  await screen.findByTestId('picked');
  expect(within(screen.getByTestId('comparison')).getByText(other)).toBeTruthy();
  press('a');
  await waitFor(async () => {
    const request = {
      filter: 'approved',
      search: other,
      conditions: NO_CONDITIONS,
      offset: 0,
      limit: 9,
    } as const;
    expect((await host.call('review_queue', { request })).total).toBe(1);
  });
});

test('matching by hand adds up what is chosen and asks for a cause where something is left', async () => {
  const host = await matchedHost();
  const { user } = await open(host, 'unmatchedLines');
  press('h');
  const entries = await screen.findByTestId('picker-ledger');
  await user.click((await within(entries).findAllByTestId('open-record'))[0] as HTMLElement);
  expect(screen.getByTestId('hand-submit')).toHaveProperty('disabled', true);
  await user.selectOptions(screen.getByTestId('hand-cause'), 'fee');
  await waitFor(() => expect(screen.getByTestId('hand-submit')).toHaveProperty('disabled', false));
  const before = rowIds()[0];
  await user.click(screen.getByTestId('hand-submit'));
  await waitFor(() => expect(screen.queryByTestId('hand-dialog')).toBeNull());
  await waitFor(() => expect(rowIds()).not.toContain(before));
});

test('a record in no match is deleted with a reason, and restored', async () => {
  const host = await matchedHost();
  const { user } = await open(host, 'unmatchedLines');
  const [first] = rowIds();
  press('d');
  await user.type(await screen.findByTestId('delete-reason'), 'entered twice');
  await user.click(screen.getByTestId('delete-confirm'));
  await waitFor(() => expect(rowIds()).not.toContain(first));
  const page = { side: 'statement', offset: 0, limit: 9 } as const;
  expect((await host.call('deleted_records', page)).rows[0]).toMatchObject({
    id: first,
    reason: 'entered twice',
  });
  await waitFor(() => expect(toastStore.get()[0]?.action?.testId).toBe('toast-undo'));
  toastStore.get()[0]?.action?.run();
  await waitFor(() => expect(rowIds()).toContain(first));
  expect((await host.call('deleted_records', page)).total).toBe(0);
  press('Z', { shiftKey: true });
  await waitFor(() => expect(rowIds()).not.toContain(first));
  expect((await host.call('acts', { offset: 0, limit: 9 })).rows[0]).toMatchObject({
    kind: 'delete',
    items: 1,
    standing: true,
  });
});

test('several records are deleted in one act, after their number was shown, and undone in one', async () => {
  const host = await matchedHost();
  const { user } = await open(host, 'unmatchedLines');
  const before = rowIds();
  press(' ');
  press('ArrowDown', { shiftKey: true });
  await waitFor(() => expect(screen.getByTestId('chosen-sum').getAttribute('data-value')).not.toBeNull());
  press('d');
  const dialog = await screen.findByTestId('delete-dialog');
  expect(within(dialog).getByTestId('target-count').textContent).toBe('2');
  await user.click(screen.getByTestId('delete-confirm'));
  await waitFor(() => expect(rowIds()).not.toContain(before[1]));
  expect((await host.call('acts', { offset: 0, limit: 1 })).rows[0]).toMatchObject({
    kind: 'delete',
    items: 2,
  });
  await waitFor(() => expect(screen.getByTestId('undo').title).toContain('2 rows'));
  press('z');
  await waitFor(() => expect(rowIds()).toContain(before[1]));
  expect(rowIds()).toContain(before[0]);
});

test('records of both sides are deleted in one act, after each side told its number and sum', async () => {
  const host = await matchedHost();
  const first = async (filter: 'unmatchedLines' | 'unmatchedEntries') => {
    const request = { filter, search: '', conditions: NO_CONDITIONS, offset: 0, limit: 1 };
    return (await host.call('review_queue', { request })).rows[0]?.id ?? '';
  };
  const both = [await first('unmatchedLines'), await first('unmatchedEntries')];
  // Both stand in the list of what comes back later.
  await host.call('mark', { request: { ids: both, mark: { kind: 'snooze', until: '2999-12-31' } } });
  const { user } = await open(host, 'snoozed');
  expect(rowIds()).toEqual(both);
  press(' ');
  press('ArrowDown', { shiftKey: true });
  await waitFor(() => expect(screen.getByTestId('chosen-sum').getAttribute('data-value')).not.toBeNull());
  press('d');
  const dialog = await screen.findByTestId('delete-dialog');
  expect(within(dialog).getByTestId('target-count').textContent).toBe('2');
  for (const side of ['statement', 'ledger']) {
    expect(within(dialog).getByTestId(`target-${side}`).textContent).toMatch(/^1.*EUR/u);
  }
  await user.click(screen.getByTestId('delete-confirm'));
  await waitFor(() => expect(screen.queryAllByTestId('queue-row')).toEqual([]));
  expect((await host.call('acts', { offset: 0, limit: 1 })).rows[0]).toMatchObject({
    kind: 'delete',
    items: 2,
  });
  press('z');
  await waitFor(() => expect(rowIds()).toEqual(both));
});

test('a proposal is not deleted', async () => {
  await open(await matchedHost(), 'suggested');
  expect(screen.queryByTestId('delete-record')).toBeNull();
});

test('approving all above shows count and sum first, and asks again when the queue changed', async () => {
  let answers = 0;
  const base = await matchedHost();
  const host = hostWith(base, (name, args) => {
    const executes = name === 'approve_above' && (args as { request: { execute: boolean } }).request.execute;
    answers += executes ? 1 : 0;
    return executes && answers === 1 ? Promise.reject({ code: 'stale', message: 'changed' }) : undefined;
  });
  const { user } = await open(host);
  press('A', { shiftKey: true });
  await screen.findByTestId('approve-above-dialog');
  await waitFor(() => expect(screen.getByTestId('approve-above-confirm')).toHaveProperty('disabled', false));
  const count = Number(screen.getByTestId('approve-above-count').textContent);
  expect(count).toBeGreaterThan(0);
  const approved = (await base.call('workbook', {})).counts.approved;
  await user.click(screen.getByTestId('approve-above-confirm'));
  await screen.findByText(/These are the new figures/);
  expect((await base.call('workbook', {})).counts.approved).toBe(approved);
  await user.click(screen.getByTestId('approve-above-confirm'));
  await waitFor(async () => expect((await base.call('workbook', {})).counts.approved).toBe(approved + count));
});

test('searching narrows the queue and says when nothing is found', async () => {
  const { user } = await open(await matchedHost());
  press('/');
  await user.type(screen.getByTestId('queue-search'), 'no such thing');
  expect(await screen.findByTestId('queue-empty')).toBeTruthy();
});

test('the explanation’s weights add up to the score', async () => {
  const host = await matchedHost();
  const { rows } = await host.call('review_queue', {
    request: { filter: 'suggested', search: '', conditions: NO_CONDITIONS, offset: 0, limit: 500 },
  });
  for (const { id } of rows) {
    const detail = await host.call('match_detail', { id });
    expect(detail.evidence.reduce((total, piece) => total + piece.weight, 0)).toBe(detail.score);
  }
});

test('what would change the answer is said beneath the explanation', async () => {
  const inner = await matchedHost();
  const { rows } = await inner.call('review_queue', {
    request: { filter: 'suggested', search: '', conditions: NO_CONDITIONS, offset: 0, limit: 1 },
  });
  const shown = await inner.call('match_detail', { id: rows[0]?.id ?? '' });
  let decisive = ['reference', 'counterparty'];
  const host = hostWith(inner, (name) =>
    name === 'match_detail' ? Promise.resolve({ ...shown, decisive }) : undefined,
  );
  const { unmount } = await open(host);
  const text = () => screen.getByTestId('runner-up').textContent;
  await waitFor(() => expect(text()).toContain('Decisive alone: reference, name.'));
  unmount();
  decisive = [];
  await open(host);
  expect(text()).not.toContain('Decisive');
});

test('each bar of the explanation begins where the one before it ends', () => {
  const { bars, zero } = waterfall([-10, 30, -5]);
  expect(zero).toBeCloseTo(33.3, 1);
  expect(bars.map(({ left, width }) => [Math.round(left), Math.round(left + width)])).toEqual([
    [0, 33],
    [0, 100],
    [83, 100],
  ]);
});

test('the ledger’s side is what the statement’s side leaves after the difference', async () => {
  const host = await matchedHost();
  const { rows } = await host.call('review_queue', {
    request: { filter: 'suggested', search: '', conditions: NO_CONDITIONS, offset: 0, limit: 500 },
  });
  const fee = rows.find((row) => row.cause === 'fee');
  const detail: ReviewDetail = await host.call('match_detail', { id: fee?.id ?? '' });
  const { statementTotal, ledgerTotal } = compare(detail, null);
  expect(detail.row.difference?.value).toBe('-1.50');
  expect([statementTotal?.value, ledgerTotal?.value]).toEqual([
    detail.lines[0]?.amount.value,
    detail.entries[0]?.amount.value,
  ]);
});

test('a difference is told with its cause, how sure that is, and what to do', async () => {
  const host = await matchedHost();
  const { rows } = await host.call('review_queue', {
    request: { filter: 'suggested', search: '', conditions: NO_CONDITIONS, offset: 0, limit: 500 },
  });
  const { user } = await open(host);
  const fee = rows.find((row) => row.cause === 'fee')?.id;
  const row = screen.getAllByTestId('queue-row').find((one) => one.getAttribute('data-id') === fee);
  await user.click(row as HTMLElement);
  const finding = within(await screen.findByTestId('finding'));
  expect(finding.getByTestId('finding-cause').textContent).toBe('Fee');
  expect(finding.getByTestId('finding-confidence').textContent).toBe('Cause 92 % sure');
  expect(finding.getByTestId('finding-fix').textContent).toBe('Proposed: Book a fee of 1.50 EUR.');
});

test('a record without a match says what to do, and a match without a difference says nothing of it', async () => {
  const host = await matchedHost();
  const { rows } = await host.call('review_queue', {
    request: { filter: 'unmatchedEntries', search: '', conditions: NO_CONDITIONS, offset: 0, limit: 1 },
  });
  const detail = await host.call('exception_detail', { id: rows[0]?.id ?? '' });
  expect(detail.finding?.cause).toBe('missing_in_bank');
  expect(detail.finding?.fix.kind).toBe('ask_for_payment');
  const all = await host.call('review_queue', {
    request: { filter: 'suggested', search: '', conditions: NO_CONDITIONS, offset: 0, limit: 500 },
  });
  const plain = all.rows.find((row) => row.cause === 'none');
  expect((await host.call('match_detail', { id: plain?.id ?? '' })).finding).toBeNull();
});

test.each([
  ['Rechnung RE-104 danke', 'RE-104', ['Rechnung ', 'RE-104', ' danke']],
  ['rechnung re-104', 'RE-104', ['rechnung ', 're-104', '']],
  ['nothing here', 'RE-104', null],
  ['a 1 b', '1', null],
])('in %j the reference %s is marked', (text, needle, parts) => {
  expect(splitAround(text, needle)).toEqual(parts);
});

/** The same proposal, as if its entry were in dollars: worth what is applied of it. */
function inDollars(detail: ReviewDetail): ReviewDetail {
  const entries = detail.entries.map((entry) => ({
    ...entry,
    amount: { value: '1085.00', currency: 'USD' },
    open: { value: '1085.00', currency: 'USD' },
    settled: { value: '1085.00', currency: 'USD' },
  }));
  return { ...detail, entries };
}

test('an entry in another currency shows what is applied and what that settles', async () => {
  const plain = await matchedHost();
  const host = hostWith(plain, (name, args) =>
    name === 'match_detail' ? plain.call('match_detail', args as { id: string }).then(inDollars) : undefined,
  );
  await open(host);
  const settled = await screen.findByTestId('settled');
  expect(within(settled).getByText('USD')).toBeTruthy();
  expect(settled.querySelector('[data-value="1085.00"]')).toBeTruthy();
  const detail = await host.call('match_detail', { id: selectedId() ?? '' });
  const { statementTotal, ledgerTotal } = compare(detail, null);
  expect(ledgerTotal?.currency).toBe(statementTotal?.currency);
  expect(ledgerTotal?.value).toBe(detail.entries[0]?.applied?.value);
});

test('of another answer in another currency no difference is claimed', async () => {
  const host = await matchedHost();
  const { rows } = await host.call('review_queue', {
    request: { filter: 'suggested', search: '', conditions: NO_CONDITIONS, offset: 0, limit: 500 },
  });
  const detail = await host.call('match_detail', { id: rows[0]?.id ?? '' });
  const { entries } = inDollars({
    ...detail,
    entries: detail.entries.map((entry) => ({ ...entry, applied: null })),
  });
  const other = { entries, score: 1, difference: null, agrees: [], differs: [] };
  const { difference, ledgerTotal } = compare(detail, other);
  expect([difference, ledgerTotal]).toEqual([null, { value: '1085.00', currency: 'USD' }]);
});

test('by hand, what is in another currency is worth what the host says', async () => {
  const plain = await matchedHost();
  const euro = (value: string) => ({ value, currency: 'EUR' });
  const asked: unknown[] = [];
  const host = hostWith(plain, (name, args) => {
    if (name === 'match_detail') {
      return plain.call('match_detail', args as { id: string }).then(inDollars);
    }
    if (name === 'hand_balance') {
      const [statement, ledger, adjusted] = [euro('998.00'), euro('1000.00'), euro('0.00')];
      const balance = { statement, ledger, adjusted, difference: euro('-2.00') };
      return Promise.resolve({ groups: [balance], left: [] });
    }
    if (name === 'match_by_hand') {
      asked.push(args);
    }
    return undefined;
  });
  const { user } = await open(host);
  await screen.findByTestId('settled');
  press('h');
  const dialog = await screen.findByTestId('hand-dialog');
  const figure = (name: string) => within(dialog).getByTestId(name).getAttribute('data-value');
  await waitFor(() => expect(figure('hand-difference')).toBe('-2.00'));
  expect([figure('hand-statement'), figure('hand-ledger')]).toEqual(['998.00', '1000.00']);
  expect(within(dialog).getAllByText('USD').length).toBeGreaterThan(0);
  const submit = screen.getByTestId<HTMLButtonElement>('hand-submit');
  expect(submit.disabled).toBe(true);
  await user.selectOptions(screen.getByTestId('hand-cause'), 'fx_rounding');
  await waitFor(() => expect(submit.disabled).toBe(false));
  await user.click(submit);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toMatchObject({
    request: { groups: [{ adjustments: [{ cause: 'fx_rounding', amount: null }] }] },
  });
});

test('by hand, two currencies without a rate are refused before anything is decided', async () => {
  const plain = await matchedHost();
  const noRate = { code: 'invalid', message: 'there is no exchange rate between USD and EUR' };
  const host = hostWith(plain, (name, args) => {
    if (name === 'match_detail') {
      return plain.call('match_detail', args as { id: string }).then(inDollars);
    }
    return name === 'hand_balance' ? Promise.reject(noRate) : undefined;
  });
  await open(host);
  await screen.findByTestId('settled');
  press('h');
  expect((await screen.findByTestId('error-message')).textContent).toContain('no exchange rate between USD');
  expect(screen.getByTestId<HTMLButtonElement>('hand-submit').disabled).toBe(true);
});

test.each([
  ['ÜBERWEISUNGSGUTSCHRIFT Bohlen Steg', 'Bohlen Steg · ÜBERWEISUNGSGUTSCHRIFT'],
  ['SEPA-Basislastschrift: Strom Mai', 'Strom Mai · SEPA-Basislastschrift'],
  ['UEBERWEISUNG WD-7', 'WD-7 · UEBERWEISUNG'],
  ['Gutschriften 2025', 'Gutschriften 2025'],
  ['DAUERAUFTRAG', 'DAUERAUFTRAG'],
  ['Überweisungsgutschrift', 'Überweisungsgutschrift'],
])('of a line what it is for is read before the kind of payment: %s', (text, told) => {
  expect(purposeFirst(text)).toBe(told);
});
