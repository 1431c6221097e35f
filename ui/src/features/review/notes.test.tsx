import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { daysAfter, today } from '@/shared/days';
import { goTo } from '@/shared/navigation';
import { toastStore } from '@/shared/toasts';
import { show } from '@/test-window';
import { ReviewScreen } from './ReviewScreen';
import { button, eachAnew, noting, open, page, press, rowIds } from './testing';

eachAnew();

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
