import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Host } from '@/ipc';
import { forgetDrafts } from '@/shared/drafts';
import { startKeys } from '@/shared/keys';
import { NO_CONDITIONS } from '@/shared/queueChoice';
import { createFakeHost, hostWith, matchedHost, show } from '@/test-window';
import { causeOf, same, withCause } from './form';
import { PolicyScreen } from './PolicyScreen';

beforeAll(() => {
  startKeys();
});

beforeEach(forgetDrafts);

async function openScreen(host: Host = createFakeHost({ open: true })) {
  const shown = show(<PolicyScreen />, host);
  await screen.findByTestId('policy-limits');
  return { ...shown, host };
}

/** The cause of most items that wait in the sample company, and how much each comes to at most. */
async function waitingCause(host: Host): Promise<string> {
  const request = {
    filter: 'toReview' as const,
    search: '',
    conditions: NO_CONDITIONS,
    offset: 0,
    limit: 200,
  };
  const { rows } = await host.call('review_queue', { request });
  const cause = rows.find((row) => row.state === 'unmatchedLine' && row.cause !== 'none')?.cause;
  expect(cause).toBeDefined();
  return cause ?? '';
}

const form = { confidence: '0.95', defaultOwner: '', causes: [] };

test('a cause is kept in the order of the list, and one of which nothing is said is left out', () => {
  const causes = ['timing', 'fee', 'none'];
  const fee = { ...causeOf(form, 'fee'), amount: '5.00' };
  const timing = { ...causeOf(form, 'timing'), owner: 'Petra' };
  const both = withCause(withCause(form, causes, fee), causes, timing);
  expect(both.causes.map(({ cause }) => cause)).toEqual(['timing', 'fee']);
  expect(
    same(withCause(withCause(both, causes, { ...timing, owner: '' }), causes, { ...fee, amount: ' ' }), form),
  ).toBe(true);
});

test('without a policy the screen says so, and nothing can be applied', async () => {
  await openScreen();
  expect(screen.getByTestId('policy-none')).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>('policy-apply').disabled).toBe(true);
  expect(screen.getByTestId<HTMLButtonElement>('policy-save').disabled).toBe(true);
  expect(screen.queryByTestId('policy-none-amount')).toBeNull();
});

test('limits are tried, saved with a reason, applied, and an acceptance is taken back', async () => {
  const host = await matchedHost();
  const cause = await waitingCause(host);
  const { user } = await openScreen(host);
  await user.type(screen.getByTestId(`policy-${cause}-amount`), '100000');
  await user.click(screen.getByTestId('policy-try'));
  const now = await screen.findByTestId('policy-now');
  expect(now.textContent).toMatch(/[1-9]\d* records? without a match accepted/);
  expect(screen.getAllByTestId('policy-group').length).toBeGreaterThan(0);
  expect((await host.call('policy', {})).versions).toEqual([]);

  const amount = screen.getByTestId(`policy-${cause}-amount`);
  await user.type(amount, '0');
  expect(screen.getByTestId('policy-stale')).toBeTruthy();
  fireEvent.keyDown(amount, { key: 's', ctrlKey: true });
  const dialog = await screen.findByTestId('policy-save-dialog');
  expect(within(dialog).getByTestId<HTMLButtonElement>('policy-save-confirm').disabled).toBe(true);
  await user.type(within(dialog).getByTestId('policy-reason'), 'year-end');
  await user.click(within(dialog).getByTestId('policy-save-confirm'));
  const version = await screen.findByTestId('policy-version');
  expect(version.textContent).toContain('year-end');
  expect(version.textContent).toContain('1000000');
  expect((await host.call('audit_log', { offset: 0, limit: 1 })).events[0]?.action).toBe('policy.saved');

  // Nothing is done before it is said what would be.
  await user.click(screen.getByTestId('policy-apply'));
  const numbers = await screen.findByTestId('policy-apply-numbers');
  expect(numbers.textContent).toMatch(/[1-9]\d* records? without a match accepted/);
  expect(screen.queryAllByTestId('policy-accepted-row')).toHaveLength(0);
  await user.keyboard('{Escape}');
  expect(screen.queryAllByTestId('policy-accepted-row')).toHaveLength(0);
  await user.click(screen.getByTestId('policy-apply'));
  await user.click(await screen.findByTestId('policy-apply-dialog-submit'));
  const [first] = await screen.findAllByTestId('policy-accepted-row');
  expect(first?.textContent).toContain('Policy 1');
  const before = screen.getAllByTestId('policy-accepted-row').length;
  await user.click(within(first as HTMLElement).getByTestId('policy-take-back'));
  await user.type(await screen.findByTestId('policy-take-back-reason'), 'ask the bank{Enter}');
  await waitFor(() => expect(screen.queryAllByTestId('policy-accepted-row').length).toBe(before - 1));
  await user.click(screen.getByTestId('policy-try'));
  const against = await screen.findByTestId('policy-contradictions');
  expect(against.textContent).toContain('a person took it back');
});

test('what is no amount is refused in place, and changes can be discarded', async () => {
  const { user } = await openScreen();
  const amount = screen.getByTestId<HTMLInputElement>('policy-fee-amount');
  await user.type(amount, 'five');
  expect(screen.getByTestId('error-message').textContent).toBe('“five” is no number');
  expect(screen.getByTestId<HTMLButtonElement>('policy-save').disabled).toBe(true);
  await user.click(screen.getByTestId('policy-try'));
  expect(await screen.findByText(/no amount, such as/)).toBeTruthy();
  const count = screen.getByTestId<HTMLInputElement>('policy-fee-count');
  await user.type(count, '1x');
  expect(screen.getByText('Enter a whole number from 1 to 999,999,999, or nothing')).toBeTruthy();
  await user.click(screen.getByTestId('policy-discard'));
  expect([amount.value, count.value]).toEqual(['', '']);
  expect(screen.queryByTestId('error-message')).toBeNull();
});

test('a refusal of the host stands in the dialog, which stays open', async () => {
  const refusing = hostWith(createFakeHost({ open: true }), (name) =>
    name === 'save_policy' ? Promise.reject({ code: 'invalid', message: 'Not today.' }) : undefined,
  );
  const { user } = await openScreen(refusing);
  await user.type(screen.getByTestId('policy-fee-amount'), '5');
  await user.click(screen.getByTestId('policy-save'));
  await user.type(await screen.findByTestId('policy-reason'), 'x');
  await user.click(screen.getByTestId('policy-save-confirm'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('Not today.');
  expect(screen.getByTestId('policy-save-dialog')).toBeTruthy();
});

test('a limit that may be read in two ways is not taken, and one with a mark between thousands is', async () => {
  const host = createFakeHost({ open: true });
  const { user } = await openScreen(host);
  const amount = screen.getByTestId<HTMLInputElement>('policy-fee-amount');
  await user.type(amount, '1.000');
  expect(amount.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByTestId('error-message').textContent).toContain('two ways');
  await user.click(screen.getByTestId('policy-try'));
  expect(await screen.findByText(/"1\.000 \?": no amount/)).toBeTruthy();
  await user.clear(amount);
  await user.type(amount, '1,000');
  expect(amount.value).toBe('1,000');
  expect(amount.title).toContain('1,000');
  await user.click(screen.getByTestId('policy-save'));
  await user.type(await screen.findByTestId('policy-reason'), 'x');
  await user.click(screen.getByTestId('policy-save-confirm'));
  await screen.findByTestId('policy-version');
  expect((await host.call('policy', {})).form.causes[0]?.amount).toBe('1000');
});
