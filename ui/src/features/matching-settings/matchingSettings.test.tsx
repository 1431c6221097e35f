import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Host } from '@/ipc';
import { forgetDrafts } from '@/shared/drafts';
import { startKeys } from '@/shared/keys';
import { createFakeHost, matchedHost, show } from '@/test-window';
import { MatchingSettingsScreen } from './MatchingSettingsScreen';

beforeAll(() => {
  startKeys();
});

beforeEach(forgetDrafts);

async function openScreen(host: Host = createFakeHost({ open: true })) {
  const shown = show(<MatchingSettingsScreen />, host);
  await screen.findByTestId('matching-profile');
  return { ...shown, host };
}

/** Adds a rule that bars lines with this text. */
async function addBar({ user }: { user: { type: UserType; click: UserClick } }, name: string, text: string) {
  await user.click(screen.getByTestId('rules-add'));
  await user.type(await screen.findByTestId('rule-name'), name);
  await user.type(screen.getByTestId('condition-value'), text);
  await user.click(screen.getByTestId('rule-keep'));
  await waitFor(() => expect(screen.queryByTestId('rule-dialog')).toBeNull());
}
type UserType = (element: Element, text: string) => Promise<void>;
type UserClick = (element: Element) => Promise<void>;

test('limits of figures are saved with the rest, and refused in place where no risk would be medium', async () => {
  const { user, host } = await openScreen();
  const high = screen.getByTestId<HTMLInputElement>('matching-riskHighPercent');
  await user.clear(high);
  await user.type(high, '0.5');
  await user.click(screen.getByTestId('matching-save'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('no risk would be medium');
  await user.clear(high);
  await user.type(high, '7,5');
  await user.clear(screen.getByTestId('matching-highValue'));
  await user.click(screen.getByTestId('matching-save'));
  await waitFor(async () => expect((await host.call('matching_settings', {})).isStored).toBe(true));
  const { figures } = (await host.call('matching_settings', {})).config;
  expect([figures.riskHighPercent, figures.highValue]).toEqual(['7.5', '']);
});

test('what is changed is saved, recorded, and shown again', async () => {
  const { user, host } = await openScreen();
  const save = screen.getByTestId<HTMLButtonElement>('matching-save');
  expect(save.disabled).toBe(true);
  const tolerance = screen.getByTestId<HTMLInputElement>('matching-amount-absolute');
  await user.clear(tolerance);
  await user.type(tolerance, '0,05');
  await user.clear(screen.getByTestId('matching-days'));
  fireEvent.keyDown(tolerance, { key: 's', ctrlKey: true });
  await waitFor(async () => expect((await host.call('matching_settings', {})).isStored).toBe(true));
  const { config } = await host.call('matching_settings', {});
  expect([config.amountAbsolute, config.days]).toEqual(['0.05', null]);
  await waitFor(() => expect(save.disabled).toBe(true));
  expect((await host.call('audit_log', { offset: 0, limit: 1 })).events[0]?.action).toBe('setting.changed');
});

test('a number that is none is refused at its field, and changes can be discarded', async () => {
  const { user } = await openScreen();
  const tolerance = screen.getByTestId<HTMLInputElement>('matching-amount-absolute');
  await user.clear(tolerance);
  await user.type(tolerance, 'five');
  expect(screen.getByTestId('error-message').textContent).toBe('“five” is no number');
  expect(tolerance.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByTestId<HTMLButtonElement>('matching-save').disabled).toBe(true);
  await user.click(screen.getByTestId('matching-discard'));
  expect(tolerance.value).toBe('0.01');
  expect(screen.queryByTestId('error-message')).toBeNull();
});

test('a number that the host does not take is refused when it is saved', async () => {
  const { user } = await openScreen();
  const tolerance = screen.getByTestId<HTMLInputElement>('matching-amount-absolute');
  await user.clear(tolerance);
  await user.type(tolerance, '-5');
  await user.click(screen.getByTestId('matching-save'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('is no number from 0 up');
});

test.each([
  ['matching-days', '-5', ', or nothing'],
  ['matching-days', 'abc', ', or nothing'],
  ['matching-days', '2.5', ', or nothing'],
  ['matching-max-group', '0', ''],
  ['matching-max-group', '', ''],
])('no other whole number is saved for what was typed: %s with “%s”', async (testId, typed, orNothing) => {
  const { user, host } = await openScreen();
  const before = (await host.call('matching_settings', {})).config;
  const field = screen.getByTestId<HTMLInputElement>(testId);
  const stored = field.value;
  await user.clear(field);
  if (typed !== '') {
    await user.type(field, typed);
  }
  expect(field.value).toBe(typed);
  expect(screen.getByTestId('error-message').textContent).toMatch(
    new RegExp(`^Enter a whole number from [01] to 999,999${orNothing}$`),
  );
  expect(screen.getByTestId<HTMLButtonElement>('matching-save').disabled).toBe(true);
  await user.keyboard('{Control>}s{/Control}');
  expect((await host.call('matching_settings', {})).config).toEqual(before);
  await user.click(screen.getByTestId('matching-discard'));
  expect(screen.getByTestId<HTMLInputElement>(testId).value).toBe(stored);
  expect(screen.queryByTestId('error-message')).toBeNull();
});

test('a new rule is off, says what it would have done, and can then be switched on', async () => {
  const shown = await openScreen(await matchedHost());
  expect(screen.getByTestId('rules-none')).toBeTruthy();
  await addBar(shown, 'Nothing ever', 'e');
  const rule = screen.getByTestId('rule');
  expect(rule.dataset.enabled).toBe('false');
  expect(within(rule).getByTestId('tried-contradicts').textContent).toMatch(/Contradicts \d+ decisions/);
  expect(within(rule).getByText(/If any text of the line contains “e”: never match them/)).toBeTruthy();
  const finding = within(rule).getByTestId('trial-finding');
  expect(finding.dataset.outcome).toBe('barred_approved');
  expect(within(finding).getAllByRole('row', { hidden: true }).length).toBeGreaterThan(0);
  expect(screen.getByTestId('trial-summary').textContent).toMatch(/Tried on \d+ approved/);
  await shown.user.click(within(rule).getByTestId('rule-enabled'));
  expect(screen.getByTestId('rule').dataset.enabled).toBe('true');
  await shown.user.click(screen.getByTestId('matching-save'));
  await waitFor(async () => {
    const { config } = await shown.host.call('matching_settings', {});
    expect(config.rules.map(({ name, enabled }) => [name, enabled])).toEqual([['Nothing ever', true]]);
  });
});

test('a rule that is not right is told in its dialog, and nothing is kept', async () => {
  const { user } = await openScreen();
  await user.click(screen.getByTestId('rules-add'));
  await user.type(await screen.findByTestId('rule-name'), 'Empty');
  await user.click(screen.getByTestId('rule-keep'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('rule "Empty", condition 1');
  await user.click(screen.getByTestId('dialog-close'));
  expect(screen.getByTestId('rules-none')).toBeTruthy();
});

test('in another order rules have to be tried anew before one is switched on', async () => {
  const shown = await openScreen();
  await addBar(shown, 'First', 'rent');
  await addBar(shown, 'Second', 'fee');
  const names = () =>
    screen.getAllByTestId('rule').map((rule) => rule.querySelector('.rule-name')?.textContent);
  const switches = () => screen.getAllByTestId<HTMLInputElement>('rule-enabled').map((box) => box.disabled);
  expect([names(), switches()]).toEqual([
    ['First', 'Second'],
    [false, false],
  ]);
  await shown.user.click(screen.getByRole('button', { name: 'Move Second up' }));
  expect([names(), switches()]).toEqual([
    ['Second', 'First'],
    [true, true],
  ]);
  expect(screen.getAllByTestId('rule-try-first')).toHaveLength(2);
  fireEvent.keyDown(document.body, { key: 't' });
  await waitFor(() => expect(switches()).toEqual([false, false]));
  await shown.user.click(screen.getByRole('button', { name: 'Delete First' }));
  expect(names()).toEqual(['Second']);
});

test('a rule that is on goes off when it is changed, and its fields follow what it looks at and does', async () => {
  const shown = await openScreen();
  await addBar(shown, 'Card fees', 'card');
  await shown.user.click(screen.getByTestId('rule-enabled'));
  await shown.user.click(screen.getByRole('button', { name: 'Edit Card fees' }));
  await screen.findByTestId('rule-dialog');
  await shown.user.selectOptions(screen.getByTestId('rule-then'), 'write_off');
  await shown.user.type(screen.getByTestId('rule-up-to'), '5,00');
  await shown.user.type(screen.getByTestId('rule-account'), '6855');
  await shown.user.click(screen.getByTestId('condition-add'));
  const second = screen.getAllByTestId('condition')[1] as HTMLElement;
  await shown.user.selectOptions(within(second).getByTestId('condition-field'), 'line.amount');
  await shown.user.type(within(second).getByTestId('condition-value'), '0.01');
  await shown.user.click(screen.getByTestId('rule-keep'));
  await waitFor(() => expect(screen.queryByTestId('rule-dialog')).toBeNull());
  expect(screen.getByTestId('rule').dataset.enabled).toBe('false');
  expect(screen.getByTestId('rule').textContent).toContain(
    'If any text of the line contains “card” and line’s amount is at least 0.01: write off up to 5.00 as Fee to 6855.',
  );
});

test('a file of exchange rates is chosen, read when saved, and can be read anew', async () => {
  const { user, host } = await openScreen();
  const rates = screen.getByTestId<HTMLInputElement>('matching-rates');
  expect(screen.getByText(/read when you save/)).toBeTruthy();
  await user.click(screen.getByTestId('matching-rates-choose'));
  await waitFor(() => expect(rates.value).toBe('/home/mara/Tieout/fx_rates.csv'));
  await user.click(screen.getByTestId('matching-save'));
  expect(await screen.findByText(/keeps 522 rates/)).toBeTruthy();
  expect((await host.call('matching_settings', {})).config.rates).toBe('/home/mara/Tieout/fx_rates.csv');
  const save = screen.getByTestId<HTMLButtonElement>('matching-save');
  await waitFor(() => expect(save.disabled).toBe(true));
  await user.click(screen.getByTestId('matching-rates-choose'));
  await waitFor(() => expect(save.disabled).toBe(false));
});

test('a file of exchange rates that is not there is refused in place', async () => {
  const { user, host } = await openScreen();
  await user.type(screen.getByTestId('matching-rates'), '/nowhere/rates');
  await user.click(screen.getByTestId('matching-save'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('there is no such file');
  expect((await host.call('matching_settings', {})).isStored).toBe(false);
});
