import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { hostWith, matchedHost } from '@/test-window';
import { acts, button, eachAnew, noting, open, page, press, rowIds } from './testing';

eachAnew();

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
  expect(entries.getByTestId('part').textContent).toContain('600.00');
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

test('while nothing is typed and only the first entries are offered, Escape closes the dialog', async () => {
  const { host } = await noting();
  const { user } = await open(host, 'unmatchedLines');
  press('x');
  await user.type(await screen.findByTestId('split-entry'), 'Las');
  await user.keyboard('{Escape}');
  expect(screen.getByTestId('split-dialog')).toBeTruthy();
  await user.clear(screen.getByTestId('split-entry'));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('split-dialog')).toBeNull());
});
