import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ActView, Host } from '@/ipc';
import { startKeys } from '@/shared/keys';
import { goTo } from '@/shared/navigation';
import { KEYS } from '@/shared/queries';
import { NO_CONDITIONS } from '@/shared/queueChoice';
import { toastStore } from '@/shared/toasts';
import { hostWith, matchedHost, show } from '@/test-window';
import { undoDownTo } from './HistorySheet';
import { ReviewScreen } from './ReviewScreen';

beforeAll(() => {
  startKeys();
});
beforeEach(() => window.localStorage.clear());
afterEach(() => {
  act(() => toastStore.set([]));
  goTo('overview');
});

const acts = async (host: Host): Promise<ActView[]> =>
  (await host.call('acts', { offset: 0, limit: 50 })).rows;
const standing = async (host: Host) => (await acts(host)).map((one) => one.standing);

async function first(host: Host) {
  const request = {
    filter: 'suggested',
    search: '',
    conditions: NO_CONDITIONS,
    offset: 0,
    limit: 1,
  } as const;
  const page = await host.call('review_queue', { request });
  return { row: page.rows[0], undoable: page.undoable };
}

/** Approves the next proposal as another screen does: without this one's knowing. */
async function approveElsewhere(host: Host): Promise<void> {
  const { row } = await first(host);
  const { content } = await host.call('match_detail', { id: row?.id ?? '' });
  await host.call('decide', { request: { matchId: row?.id ?? '', verdict: 'approve', content, reason: '' } });
}

async function open(host: Host, focus = 'suggested') {
  goTo('review', focus);
  const shown = show(<ReviewScreen workbook={await host.call('workbook', {})} focus={focus} />, host);
  await screen.findByTestId('comparison');
  screen.getByTestId('queue').focus();
  return shown;
}

const press = (key: string, options: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...options });

async function approvedHere(host: Host): Promise<void> {
  press('a');
  await waitFor(() => expect(screen.getByTestId('undo')).toHaveProperty('disabled', false));
  expect(await standing(host)).toEqual([true]);
}

const toasted = () => toastStore.get().at(-1);

test('the button of a message takes back what the message names, or nothing', async () => {
  const host = await matchedHost();
  await open(host);
  await approvedHere(host);
  await approveElsewhere(host);
  act(() => toasted()?.action?.run());
  await waitFor(() => expect(toasted()?.text).toContain('Nothing was undone'));
  expect(await standing(host)).toEqual([true, true]);
});

test.each([
  ['the key', () => press('z')],
  ['the button', () => fireEvent.click(screen.getByTestId('undo'))],
])('%s for undo takes back what it says, or nothing', async (_, undo) => {
  const host = await matchedHost();
  const { client } = await open(host);
  await approvedHere(host);
  await approveElsewhere(host);
  undo();
  await waitFor(() => expect(toasted()?.text).toContain('Nothing was undone'));
  expect(await standing(host)).toEqual([true, true]);
  // By then the button names the newest act.
  await waitFor(() => expect(client.isFetching()).toBe(0));
  undo();
  await waitFor(async () => expect(await standing(host)).toEqual([false, true]));
});

test('what was taken back is done again, and nothing else', async () => {
  const host = await matchedHost();
  await open(host);
  await approvedHere(host);
  press('z');
  await waitFor(() => expect(screen.getByTestId('redo')).toHaveProperty('disabled', false));
  const redo = toasted()?.action;
  expect(redo?.testId).toBe('toast-redo');
  act(() => redo?.run());
  await waitFor(async () => expect(await standing(host)).toEqual([true]));
});

test('what is taken back stands in its place with its bench before the queue is asked again', async () => {
  const base = await matchedHost();
  let asked = true;
  const host = hostWith(base, (name) =>
    !asked && (name === 'review_queue' || name === 'match_detail') ? new Promise(() => undefined) : undefined,
  );
  const { client } = await open(host);
  const current = () =>
    document.querySelector<HTMLElement>('[data-testid="queue-row"][data-current]')?.dataset.id;
  press('ArrowDown');
  await waitFor(() => expect(screen.getByTestId('comparison')).toBeTruthy());
  const place = (id?: string) =>
    screen.getAllByTestId('queue-row').findIndex(({ dataset }) => dataset.id === id);
  const below = current();
  await approvedHere(host);
  await waitFor(() => expect(client.isFetching()).toBe(0));
  expect(place(below)).toBe(-1);
  asked = false;
  client.removeQueries({ queryKey: [...KEYS.detail, below] });
  press('z');
  await waitFor(() => expect(current()).toBe(below));
  expect(place(below)).toBe(1);
  expect(screen.getByTestId('comparison')).toBeTruthy();
  await waitFor(() => expect(screen.getByTestId('redo')).toHaveProperty('disabled', false));
  press('Z', { shiftKey: true });
  await waitFor(() => expect(place(below)).toBe(-1));
});

test('going down the history ends where something else was done meanwhile', async () => {
  const base = await matchedHost();
  for (let made = 0; made < 3; made += 1) {
    await approveElsewhere(base);
  }
  let undone = 0;
  const host = hostWith(base, (name, args) => {
    if (name !== 'undo') {
      return undefined;
    }
    undone += 1;
    return undone === 2
      ? approveElsewhere(base).then(() => base.call('undo', args as { expected: string | null }))
      : undefined;
  });
  await open(host);
  const all = await acts(base);
  const { undoable } = await first(base);
  expect(await undoDownTo(all[2] as ActView, undoable)).toMatchObject({
    undone: 1,
    stopped: { kind: 'stale' },
  });
  expect(await standing(base)).toEqual([true, false, true, true]);
});

test('the history stays open while it takes back, and says where it ended', async () => {
  const base = await matchedHost();
  let go = (): void => undefined;
  const waiting = new Promise<void>((resolve) => {
    go = resolve;
  });
  const host = hostWith(base, (name, args) =>
    name === 'undo' ? waiting.then(() => base.call('undo', args as { expected: string | null })) : undefined,
  );
  const { user } = await open(host);
  await approvedHere(host);
  press('y');
  await screen.findAllByTestId('act');
  press('Enter');
  await user.click(await screen.findByTestId('history-confirm'));
  await user.keyboard('{Escape}');
  expect(screen.getByTestId<HTMLButtonElement>('dialog-close').disabled).toBe(true);
  await approveElsewhere(base);
  go();
  expect((await screen.findByTestId('error-message')).textContent).toContain('0 acts were taken back');
  expect(await standing(base)).toEqual([true, true]);
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('history')).toBeNull());
});

test.each(['approve_above', 'delete_records'])(
  'the message after %s names its own act, whatever came right after it',
  async (name) => {
    const base = await matchedHost();
    let answered: ActView | null = null;
    const host = hostWith(base, (asked, args) => {
      const executes =
        asked === 'delete_records' || (args as { request?: { execute?: boolean } }).request?.execute;
      if (asked !== name || !executes) {
        return undefined;
      }
      return base.call(asked as 'delete_records', args as never).then(async (answer) => {
        [answered = null] = await acts(base);
        await approveElsewhere(base);
        return answer;
      });
    });
    const { user } = await open(host, name === 'approve_above' ? 'suggested' : 'unmatchedLines');
    if (name === 'approve_above') {
      press('A', { shiftKey: true });
      await user.selectOptions(await screen.findByTestId('approve-above-confidence'), '99.9');
      await waitFor(() =>
        expect(screen.getByTestId('approve-above-confirm')).toHaveProperty('disabled', false),
      );
      await user.click(screen.getByTestId('approve-above-confirm'));
    } else {
      press('d');
      await user.click(await screen.findByTestId('delete-confirm'));
    }
    await waitFor(() => expect(toasted()?.action?.testId).toBe('toast-undo'));
    act(() => toasted()?.action?.run());
    await waitFor(() => expect(toasted()?.text).toContain('Nothing was undone'));
    expect((await acts(base)).find(({ id }) => id === answered?.id)?.standing).toBe(true);
  },
);

test('what was approved above a confidence is named by its message', async () => {
  const host = await matchedHost();
  const { user } = await open(host);
  press('A', { shiftKey: true });
  await user.selectOptions(await screen.findByTestId('approve-above-confidence'), '80.0');
  await waitFor(() => expect(screen.getByTestId('approve-above-confirm')).toHaveProperty('disabled', false));
  await user.click(screen.getByTestId('approve-above-confirm'));
  await waitFor(() => expect(toasted()?.action?.testId).toBe('toast-undo'));
  await approveElsewhere(host);
  act(() => toasted()?.action?.run());
  await waitFor(() => expect(toasted()?.text).toContain('Nothing was undone'));
  expect(await standing(host)).toEqual([true, true]);
});
