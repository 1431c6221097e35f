import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ActView, Host, QueueFilter } from '@/ipc';
import { daysAfter, today } from '@/shared/days';
import { startKeys } from '@/shared/keys';
import { goTo, usePlace } from '@/shared/navigation';
import { NO_CONDITIONS } from '@/shared/queueChoice';
import { toastStore } from '@/shared/toasts';
import { hostWith, matchedHost, show } from '@/test-window';
import { undoDownTo } from './HistorySheet';
import { ReviewScreen } from './ReviewScreen';
import { idsOf } from './useChosen';

beforeAll(() => {
  startKeys();
});
beforeEach(() => window.localStorage.clear());
afterEach(() => {
  toastStore.set([]);
  goTo('overview');
});

type Args = Record<string, Record<string, unknown>>;

function press(key: string, options: object = {}): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...options });
}

/** A host that notes what is asked of it. */
async function noting(...names: string[]) {
  const asked: { name: string; args: Args }[] = [];
  const base = await matchedHost();
  const host = hostWith(base, (name, args) => {
    if (names.includes(name)) {
      asked.push({ name, args: structuredClone(args) as Args });
    }
    return undefined;
  });
  return { host, base, asked };
}

async function open(host: Host, focus: string) {
  const workbook = await host.call('workbook', {});
  function Screen() {
    return <ReviewScreen workbook={workbook} focus={usePlace().focus} />;
  }
  goTo('review', focus);
  const shown = show(<Screen />, host);
  await screen.findByTestId('comparison');
  await screen.findAllByTestId('queue-row');
  screen.getByTestId('queue').focus();
  return shown;
}

const rowIds = () => screen.getAllByTestId('queue-row').map((row) => row.getAttribute('data-id') ?? '');
const button = (id: string) => screen.getByTestId<HTMLButtonElement>(id);
const page = async (host: Host, filter: QueueFilter) =>
  host.call('review_queue', {
    request: { filter, search: '', conditions: NO_CONDITIONS, offset: 0, limit: 500 },
  });
const acts = async (host: Host): Promise<ActView[]> =>
  (await host.call('acts', { offset: 0, limit: 50 })).rows;

test('a comment of several lines is sent with Ctrl+Enter, once, and stands among the notes', async () => {
  const { host, asked } = await noting('mark');
  const { user } = await open(host, 'unmatchedLines');
  const [id] = rowIds();
  press('c');
  await user.type(await screen.findByTestId('comment-text'), 'Ask them.{Enter}Then wait.');
  press('Enter', { ctrlKey: true });
  press('Enter', { ctrlKey: true });
  expect(await screen.findByTestId('note')).toHaveProperty(
    'textContent',
    expect.stringContaining('Then wait.'),
  );
  expect(asked).toHaveLength(1);
  expect(asked[0]?.args).toEqual({
    request: { ids: [id], mark: { kind: 'comment', text: 'Ask them.\nThen wait.' } },
  });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('queue')));
  expect(toastStore.get()[0]?.text).toContain('Commented');
});

test('putting off takes the row out of the queue until its day; undo brings it back, redo takes it out again', async () => {
  const { host, asked } = await noting('mark');
  const { user } = await open(host, 'unmatchedLines');
  const [first, second] = rowIds();
  press('s');
  await user.click((await screen.findAllByTestId('quick-day'))[1] as HTMLElement);
  await user.click(button('snooze-dialog-submit'));
  await waitFor(() => expect(rowIds()[0]).toBe(second));
  expect(asked[0]?.args).toEqual({
    request: { ids: [first], mark: { kind: 'snooze', until: daysAfter(today(), 3) } },
  });
  expect(screen.getByTestId('filter-snoozed').textContent).toContain('1');
  await waitFor(() => expect(button('undo').title).toContain('Put off'));
  press('z');
  await waitFor(() => expect(rowIds()[0]).toBe(first));
  await waitFor(() => expect(button('redo').disabled).toBe(false));
  press('Z', { shiftKey: true });
  await waitFor(() => expect(rowIds()[0]).toBe(second));
  press('Z', { ctrlKey: true });
  press('z', { ctrlKey: true });
  await waitFor(() => expect(rowIds()[0]).toBe(first));
});

test('a row of the queue tells in short who has it, when it comes back and how much is said of it', async () => {
  const { host } = await noting();
  const unmatched = await page(host, 'unmatchedLines');
  const id = unmatched.rows[0]?.id ?? '';
  const day = daysAfter(today(), 3);
  await host.call('mark', { request: { ids: [id], mark: { kind: 'owner', owner: 'Ada King Byron' } } });
  await host.call('mark', { request: { ids: [id], mark: { kind: 'comment', text: 'Ask them.' } } });
  await host.call('mark', { request: { ids: [id], mark: { kind: 'timing', by: day, reason: 'cheque' } } });
  goTo('review', 'snoozed');
  show(<ReviewScreen workbook={await host.call('workbook', {})} focus="snoozed" />, host);
  const rows = await screen.findAllByTestId('queue-row');
  const row = within(rows.find((one) => one.dataset.id === id) as HTMLElement);
  expect(row.getByTestId('row-owner').textContent).toBe('ABLooked after by Ada King Byron');
  expect(row.getByTestId('row-comments').textContent).toContain('1 comment');
  expect(row.getByTestId('row-expected').title).toMatch(/^Expected by .*\d{4}$/);
  expect(row.queryByTestId('row-snoozed')).toBeNull();
  expect(row.queryByTestId('row-evidence')).toBeNull();
});

test('a difference in time needs a day to come; a refusal keeps the form', async () => {
  const { host } = await noting();
  const { user } = await open(host, 'unmatchedLines');
  press('t');
  const by = await screen.findByTestId('timing-by');
  await user.clear(by);
  await user.type(by, '2020-01-01');
  await user.tab();
  await user.type(screen.getByTestId('timing-reason'), 'paid at the weekend');
  await user.click(button('timing-dialog-submit'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('not to come');
  expect(screen.getByTestId<HTMLInputElement>('timing-reason').value).toBe('paid at the weekend');
  await user.click(screen.getAllByTestId('quick-day')[0] as HTMLElement);
  await user.click(button('timing-dialog-submit'));
  await waitFor(() => expect(screen.getByTestId('filter-snoozed').textContent).toContain('1'));
  await user.click(screen.getByTestId('filter-snoozed'));
  expect((await screen.findByTestId('badge-timing')).textContent).toContain('Expected by');
});

test('somebody is named to look after a row, and is offered the next time', async () => {
  const { host, asked } = await noting('mark');
  const { user } = await open(host, 'suggested');
  press('o');
  const field = await screen.findByTestId<HTMLInputElement>('assign-owner');
  expect(field.value).toBe('Mara Petersen');
  await user.clear(field);
  await user.type(field, 'Jonas{Enter}');
  expect((await screen.findByTestId('badge-owner')).textContent).toBe('Jonas');
  expect(asked[0]?.args.request?.mark).toEqual({ kind: 'owner', owner: 'Jonas' });
  press('o');
  await screen.findByTestId('assign-owner');
  expect(screen.getAllByTestId('assign-owner-used').map((one) => one.textContent)).toEqual([
    'Mara Petersen',
    'Jonas',
  ]);
  await user.clear(screen.getByTestId('assign-owner'));
  await user.click(button('assign-dialog-submit'));
  await waitFor(() => expect(screen.queryByTestId('badge-owner')).toBeNull());
  expect(asked[1]?.args.request?.mark).toEqual({ kind: 'owner', owner: null });
});

test('evidence is chosen in the system’s dialog, listed with its size, and saved again', async () => {
  const { host, asked } = await noting('attach', 'save_evidence', 'pick_evidence_path');
  const { user } = await open(host, 'unmatchedLines');
  press('e');
  const note = within(await screen.findByTestId('note'));
  expect(note.getByText('delivery-note.pdf')).toBeTruthy();
  expect(note.getByText(/kB/)).toBeTruthy();
  await user.click(note.getByTestId('note-save'));
  await waitFor(() =>
    expect(asked.map(({ name }) => name)).toEqual([
      'pick_evidence_path',
      'attach',
      'pick_evidence_path',
      'save_evidence',
    ]),
  );
  expect(asked[2]?.args).toEqual({ save: true, current: 'delivery-note.pdf' });
});

test('a file dropped on the bench is evidence of its row', async () => {
  const { host } = await noting();
  await open(host, 'unmatchedLines');
  const file = new File(['paid'], 'receipt.png');
  fireEvent.drop(screen.getByTestId('bench-side'), { dataTransfer: { files: [file], types: ['Files'] } });
  expect((await screen.findByTestId('note')).textContent).toContain('receipt.png');
});

test('a line is written off to an account, which is offered again; what the entry will be is shown', async () => {
  const { host, asked } = await noting('match_by_hand');
  const { user } = await open(host, 'unmatchedLines');
  const [id, next] = rowIds();
  press('w');
  await user.type(await screen.findByTestId('write-off-account'), '6855');
  await user.click(screen.getByTestId('write-off-fee'));
  await waitFor(() => expect(button('write-off-submit').disabled).toBe(false));
  const [cost, bank] = within(screen.getByTestId('write-off-entry')).getAllByRole('row').slice(1);
  expect(cost?.textContent).toMatch(/^68551,840\.00/);
  expect(bank?.textContent).toMatch(/^Gesch.*1,840\.00/);
  await user.click(button('write-off-submit'));
  await waitFor(() => expect(rowIds()[0]).toBe(next));
  expect(asked[0]?.args.request).toEqual({
    groups: [
      {
        lines: [{ id, part: null, open: '-1840.00' }],
        entries: [],
        adjustments: [{ cause: 'fee', amount: null, account: '6855', text: '' }],
      },
    ],
    reason: '',
  });
  press('w');
  expect((await screen.findByTestId('write-off-account-used')).textContent).toBe('6855');
});

test('a refusal keeps what was to be written off', async () => {
  const base = await matchedHost();
  const host = hostWith(base, (name) =>
    name === 'match_by_hand' ? Promise.reject({ code: 'invalid', message: 'no such account' }) : undefined,
  );
  const { user } = await open(host, 'unmatchedLines');
  press('w');
  await user.type(await screen.findByTestId('write-off-account'), '9999');
  await waitFor(() => expect(button('write-off-submit').disabled).toBe(false));
  await user.click(button('write-off-submit'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('no such account');
  expect(screen.getByTestId<HTMLInputElement>('write-off-account').value).toBe('9999');
});

test('a line is divided by keyboard over an entry and an account; the host says what stays open', async () => {
  const { host, asked } = await noting('match_by_hand');
  const { user } = await open(host, 'suggested');
  const { rows } = await page(host, 'suggested');
  const detail = await host.call('match_detail', { id: rows[0]?.id ?? '' });
  const [line] = detail.lines;
  press('x');
  const amount = await screen.findByTestId('split-amount');
  await user.clear(amount);
  await user.type(amount, '400');
  await waitFor(() => expect(screen.getByTestId('split-left').getAttribute('data-value')).toBe('249.00'));
  expect(screen.getByTestId<HTMLSelectElement>('split-cause').value).toBe('partial_payment');
  await user.type(amount, '{Enter}');
  const second = within(screen.getAllByTestId('split-part')[1] as HTMLElement);
  await user.selectOptions(second.getByTestId('split-to'), 'account');
  await user.type(second.getByTestId('split-account'), '8400');
  await waitFor(() => expect(screen.getByTestId('split-left').getAttribute('data-value')).toBe('0.00'));
  await waitFor(() => expect(button('split-submit').disabled).toBe(false));
  press('Enter', { ctrlKey: true });
  await waitFor(() => expect(screen.queryByTestId('split-dialog')).toBeNull());
  expect(asked).toHaveLength(1);
  expect(asked[0]?.args.request?.groups).toEqual([
    {
      lines: [{ id: line?.id, part: '400', open: line?.open.value }],
      entries: [{ id: detail.entries[0]?.id, part: null, open: detail.entries[0]?.open.value }],
      adjustments: [{ cause: 'partial_payment', amount: null, account: null, text: '' }],
    },
    {
      lines: [{ id: line?.id, part: null, open: line?.open.value }],
      entries: [],
      adjustments: [{ cause: 'fee', amount: null, account: '8400', text: '' }],
    },
  ]);
  expect((await acts(host))[0]).toMatchObject({ kind: 'split', items: 2 });
});

test('an entry to divide to is found by typing and chosen with the arrows', async () => {
  const { host } = await noting();
  const { user } = await open(host, 'unmatchedLines');
  press('x');
  await user.type(await screen.findByTestId('split-entry'), 'Lastenrad');
  await waitFor(() => {
    const names = screen.getAllByTestId('split-entry-option').map((option) => option.textContent ?? '');
    expect(names.every((name) => name.includes('Lastenrad'))).toBe(true);
  });
  const second = screen.getAllByTestId('split-entry-option')[1]?.textContent ?? '';
  await user.keyboard('{ArrowDown}{Enter}');
  expect(second).toContain(screen.getByTestId<HTMLInputElement>('split-entry').value);
  expect(screen.queryAllByTestId('split-entry-option')).toEqual([]);
  expect(screen.getAllByTestId('split-part')).toHaveLength(1);
});

test('by hand, a part of a record and several causes make the difference', async () => {
  const { host, asked } = await noting('match_by_hand');
  const { user } = await open(host, 'suggested');
  press('h');
  const entries = within(await screen.findByTestId('picker-ledger'));
  const part = await entries.findByTestId('part');
  part.focus();
  await user.keyboard('{F2}');
  const field = await entries.findByTestId('part-input');
  await user.clear(field);
  await user.type(field, '600{Enter}');
  await waitFor(() => expect(screen.getByTestId('hand-difference').getAttribute('data-value')).toBe('49.00'));
  await user.selectOptions(screen.getByTestId('hand-cause'), 'fee');
  await user.type(screen.getByTestId('hand-amount'), '40');
  await waitFor(() => expect(screen.getByTestId('hand-difference').getAttribute('data-value')).toBe('9.00'));
  expect(button('hand-submit').disabled).toBe(true);
  await user.click(screen.getByTestId('adjustment-add'));
  await user.selectOptions(screen.getAllByTestId('hand-cause')[1] as HTMLElement, 'discount');
  await user.type(screen.getAllByTestId('hand-account')[1] as HTMLElement, '4730');
  await waitFor(() => expect(button('hand-submit').disabled).toBe(false));
  press('Enter', { ctrlKey: true });
  press('Enter', { ctrlKey: true });
  await waitFor(() => expect(screen.queryByTestId('hand-dialog')).toBeNull());
  expect(asked).toHaveLength(1);
  expect(asked[0]?.args.request?.groups).toMatchObject([
    {
      lines: [{ part: null }],
      entries: [{ part: '600' }],
      adjustments: [
        { cause: 'fee', amount: '40', account: null },
        { cause: 'discount', amount: null, account: '4730' },
      ],
    },
  ]);
});

test('what is no amount is said, and nothing can be sent', async () => {
  const { host } = await noting();
  const { user } = await open(host, 'suggested');
  press('h');
  const part = await within(await screen.findByTestId('picker-ledger')).findByTestId('part');
  await user.click(part);
  await user.type(await screen.findByTestId('part-input'), 'abc{Enter}');
  expect((await screen.findByTestId('error-message')).textContent).toContain('no amount');
  expect(button('hand-submit').disabled).toBe(true);
});

test('chosen rows are counted and added up by the host, approved as they were seen, and undone in one', async () => {
  const { host, asked } = await noting('decide_many');
  const { user } = await open(host, 'suggested');
  const before = (await page(host, 'suggested')).total;
  press(' ');
  press('ArrowDown', { shiftKey: true });
  press('ArrowDown', { shiftKey: true });
  expect(screen.getByTestId('chosen-facts').textContent).toContain('3 rows chosen');
  const ids = rowIds().slice(0, 3);
  const wanted = await host.call('selection', { ids });
  await waitFor(() =>
    expect(screen.getByTestId('chosen-sum').getAttribute('data-value')).toBe(wanted.totals[0]?.value),
  );
  press('a');
  await screen.findByTestId('many-dialog');
  expect(screen.getByTestId('target-count').textContent).toBe('3');
  await user.click(button('many-dialog-submit'));
  await waitFor(async () => expect((await page(host, 'suggested')).total).toBe(before - 3));
  expect(asked).toHaveLength(1);
  expect(asked[0]?.args.request).toEqual({ matches: wanted.matches, verdict: 'approve', reason: '' });
  await waitFor(() => expect(screen.queryByTestId('chosen-facts')).toBeNull());
  await waitFor(() => expect(button('undo').title).toContain('3 rows'));
  press('z');
  await waitFor(async () => expect((await page(host, 'suggested')).total).toBe(before));
});

test('chosen rows that changed meanwhile are not decided, and the form stays with the new figures', async () => {
  let first = true;
  const base = await matchedHost();
  const host = hostWith(base, (name) => {
    if (name === 'decide_many' && first) {
      first = false;
      return Promise.reject({ code: 'stale', message: 'one of them changed' });
    }
    return undefined;
  });
  const { user } = await open(host, 'suggested');
  press(' ');
  await screen.findByTestId('chosen-sum');
  press('r');
  await user.type(await screen.findByTestId('many-reason'), 'wrong month');
  await user.click(button('many-dialog-submit'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('one of them changed');
  expect(screen.getByTestId<HTMLInputElement>('many-reason').value).toBe('wrong month');
  await waitFor(() => expect(button('many-dialog-submit').disabled).toBe(false));
  await user.click(button('many-dialog-submit'));
  await waitFor(() => expect(screen.queryByTestId('many-dialog')).toBeNull());
  expect((await page(host, 'rejected')).total).toBe(1);
});

test('all rows of the part are chosen page by page, and Escape chooses none', async () => {
  const { host } = await noting();
  await open(host, 'suggested');
  const { total } = await page(host, 'suggested');
  press('A', { ctrlKey: true });
  await waitFor(() => expect(screen.getByTestId('chosen-facts').textContent).toContain(`${total} rows`));
  press('Escape');
  await waitFor(() => expect(screen.queryByTestId('chosen-facts')).toBeNull());
});

test('no more rows are asked for than can be chosen', async () => {
  const { host } = await noting();
  await open(host, 'suggested');
  const choice = { filter: 'suggested' as const, search: '', conditions: NO_CONDITIONS };
  expect(await idsOf(choice, 7)).toHaveLength(7);
  expect(new Set(await idsOf(choice)).size).toBe((await page(host, 'suggested')).total);
});

test('filters narrow the queue, stand in the address, and are taken away one by one', async () => {
  const { host } = await noting();
  const { user } = await open(host, 'toReview');
  const all = (await page(host, 'toReview')).total;
  press('f');
  await user.click(await screen.findByTestId('filter-cause-fee'));
  await user.type(screen.getByTestId('filter-amount-from'), '1.000');
  await user.clear(screen.getByTestId('filter-amount-from'));
  await user.type(screen.getByTestId('filter-amount-from'), '1,000');
  await user.click(screen.getByTestId('filter-apply'));
  await waitFor(() => expect(window.location.hash).toBe('#/review/toReview?cause=fee&amountFrom=1000'));
  await waitFor(() =>
    expect(screen.getAllByTestId('chip').map((chip) => chip.textContent)).toEqual(['Fee', 'from 1,000']),
  );
  await waitFor(() => expect(screen.getAllByTestId('queue-row').length).toBeLessThan(all));
  const both = screen.getAllByTestId('queue-row').length;
  await user.click(screen.getAllByTestId('chip')[1] as HTMLElement);
  await waitFor(() => expect(screen.getAllByTestId('queue-row').length).toBeGreaterThan(both));
  expect(window.location.hash).toBe('#/review/toReview?cause=fee');
  await user.click(screen.getByTestId('filter-approved'));
  expect(window.location.hash).toBe('#/review/approved?cause=fee');
});

test('rows of me, of nobody and of somebody else are asked for by their owner', async () => {
  const { host, asked } = await noting('review_queue');
  const { user } = await open(host, 'toReview');
  const [id] = rowIds();
  await host.call('mark', { request: { ids: [id ?? ''], mark: { kind: 'owner', owner: 'Jonas' } } });
  press('f');
  await user.selectOptions(await screen.findByTestId('filter-owner'), 'other');
  await user.type(screen.getByTestId('filter-owner-name'), 'Jonas');
  await user.click(screen.getByTestId('filter-apply'));
  await waitFor(() => expect(rowIds()).toEqual([id]));
  expect(window.location.hash).toBe('#/review/toReview?owner=Jonas');
  press('f');
  await user.selectOptions(await screen.findByTestId('filter-owner'), 'nobody');
  await user.click(screen.getByTestId('filter-apply'));
  await waitFor(() => expect(window.location.hash).toBe('#/review/toReview?owner='));
  await waitFor(() => expect(rowIds()).not.toContain(id));
  expect(asked.at(-1)?.args.request?.conditions).toMatchObject({ owner: '' });
  press('f');
  await user.selectOptions(await screen.findByTestId('filter-owner'), 'me');
  await user.click(screen.getByTestId('filter-apply'));
  expect(await screen.findByTestId('queue-empty')).toBeTruthy();
  await user.click(screen.getByTestId('filters-reset'));
  await waitFor(() => expect(rowIds()).toContain(id));
});

test('what is searched for stands in the address', async () => {
  const { host } = await noting();
  const { user } = await open(host, 'toReview');
  press('/');
  await user.type(screen.getByTestId('queue-search'), 'Bergfahrt');
  await waitFor(() => expect(window.location.hash).toBe('#/review/toReview?search=Bergfahrt'));
  goTo('review', 'toReview?search=Lastenrad');
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>('queue-search').value).toBe('Lastenrad'));
});

test('the history lists acts; one’s own are taken back down to any of them, after asking', async () => {
  const { host } = await noting();
  const { user } = await open(host, 'suggested');
  const [first] = rowIds();
  press('a');
  await waitFor(async () => expect(await acts(host)).toHaveLength(1));
  await waitFor(() => expect(rowIds()[0]).not.toBe(first));
  await waitFor(() => expect(button('approve').disabled).toBe(false));
  press('a');
  await waitFor(async () => expect(await acts(host)).toHaveLength(2));
  await waitFor(() => expect(button('undo').disabled).toBe(false));
  press('y');
  await screen.findByTestId('history');
  const listed = await screen.findAllByTestId('act');
  expect(listed).toHaveLength(2);
  expect(document.activeElement).toBe(screen.getByTestId('act-list'));
  press('ArrowDown');
  press('Enter');
  await screen.findByTestId('history-confirm');
  expect((await acts(host)).every((act) => act.standing)).toBe(true);
  await user.click(await screen.findByTestId('history-confirm'));
  await waitFor(async () => expect((await acts(host)).some((act) => act.standing)).toBe(false));
  await waitFor(() =>
    expect(within(screen.getByTestId('history')).getAllByText(/taken back/)).toHaveLength(2),
  );
});

test('nothing older than the act is taken back, even where the act itself fell otherwise', async () => {
  const { host } = await noting();
  await open(host, 'suggested');
  const approve = async () => {
    const [row] = (await page(host, 'suggested')).rows;
    const { content } = await host.call('match_detail', { id: row?.id ?? '' });
    const request = { matchId: row?.id ?? '', verdict: 'approve' as const, content, reason: '' };
    return (await host.call('decide', { request })).matchId ?? '';
  };
  await approve();
  const second = await approve();
  await approve();
  await host.call('undo_decision', { matchId: second });
  const all = await acts(host);
  const { undoable } = await page(host, 'suggested');
  expect(await undoDownTo(all[1] as ActView, undoable)).toEqual({ undone: 2, stopped: null });
  expect((await acts(host)).map((act) => act.standing)).toEqual([false, false, true, true]);
});

test('a view is saved from what is shown and opened again', async () => {
  const { host } = await noting();
  const { user } = await open(host, 'toReview?cause=fee');
  press('v');
  await user.type(await screen.findByTestId('view-name'), 'Fees{Enter}');
  await user.click(await screen.findByTestId('dialog-close'));
  goTo('review', 'approved');
  press('v');
  await user.click(await screen.findByTestId('view-open'));
  await waitFor(() => expect(window.location.hash).toBe('#/review/toReview?cause=fee'));
});
