import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ActView } from '@/ipc';
import { undoDownTo } from './HistorySheet';
import { acts, button, eachAnew, noting, open, page, press, rowIds } from './testing';

eachAnew();

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
