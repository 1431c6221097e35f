import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import type { Host } from '@/ipc';
import { startKeys } from '@/shared/keys';
import { Toasts } from '@/shared/Toasts';
import { createFakeHost, hostWith, matchedHost, show } from '@/test-window';
import { CustomersScreen } from './CustomersScreen';

beforeAll(() => {
  startKeys();
});

async function openScreen(host: Host, focus = '') {
  const workbook = await host.call('workbook', {});
  const shown = show(
    <>
      <CustomersScreen workbook={workbook} focus={focus} />
      <Toasts />
    </>,
    host,
  );
  return { ...shown, host };
}

function press(key: string): void {
  fireEvent.keyDown(document.body, { key });
}

/** A company with two customers; the first has 120.00 at 50.00 a credit. */
async function arcade(): Promise<Host> {
  const host = await matchedHost();
  for (const name of ['Thandi Nkosi', 'Sipho Dube']) {
    await host.call('new_customer', { request: { name, code: '', currency: '' } });
  }
  await host.call('set_credit_rate', { request: { perCredit: '50.00', currency: '' } });
  const [first] = (await host.call('customers', { request: { search: '', offset: 0, limit: 9 } })).customers;
  await host.call('adjust_customer', {
    request: { code: first?.code ?? '', amount: '120.00', currency: '', reason: 'opening balance' },
  });
  return host;
}

test('without customers the screen says how they come, and a new one gets a code', async () => {
  const { user } = await openScreen(createFakeHost({ open: true }));
  expect((await screen.findByTestId('customers-none')).textContent).toContain('CUS and 8 digits');
  press('n');
  await user.type(await screen.findByTestId('new-customer-name'), 'Thandi Nkosi');
  await user.click(screen.getByTestId('new-customer-submit'));
  await waitFor(() => expect(screen.getByTestId('customer-code').textContent).toMatch(/^CUS\d{8}$/));
  expect(screen.getByTestId('ledger-none').textContent).toContain('CUS');
  expect((await screen.findByTestId('toast')).textContent).toMatch(/Thandi Nkosi has the code CUS\d{8}/);
});

test('a code that is none is refused in the dialog', async () => {
  const { user } = await openScreen(createFakeHost({ open: true }));
  await user.click(screen.getByTestId('customer-new'));
  await user.type(await screen.findByTestId('new-customer-name'), 'A');
  await user.type(screen.getByTestId('new-customer-code'), 'k77');
  await user.click(screen.getByTestId('new-customer-submit'));
  expect((await screen.findByTestId('error-message')).textContent).toContain("'K77' is no customer code");
});

test('the account shows balance, credits and what is kept, and the ledger what moved it', async () => {
  await openScreen(await arcade());
  expect((await screen.findByTestId('account-balance')).dataset.value).toBe('120.00');
  expect(screen.getByTestId('account-credits').textContent).toBe('2');
  expect(screen.getByTestId('account-remainder').dataset.value).toBe('20.00');
  const rows = await screen.findAllByTestId('transaction');
  expect(rows).toHaveLength(1);
  expect(rows[0]?.textContent).toContain('opening balance');
});

test('a balance is adjusted with a reason, and the adjustment taken back', async () => {
  const { user } = await openScreen(await arcade());
  await screen.findByTestId('account-balance');
  press('a');
  await user.click(await screen.findByTestId('adjust-take'));
  await user.type(screen.getByTestId('adjust-amount'), '30,50');
  const submit = screen.getByTestId<HTMLButtonElement>('adjust-dialog-submit');
  expect(submit.disabled).toBe(true);
  await user.type(screen.getByTestId('adjust-reason'), 'paid out in cash');
  await user.click(submit);
  await waitFor(() => expect(screen.getByTestId('account-balance').dataset.value).toBe('89.50'));
  expect(screen.getByTestId('account-credits').textContent).toBe('1');

  press('z');
  const dialog = await screen.findByTestId('take-back-dialog');
  expect(within(dialog).getByText(/contrary/)).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>('take-back-dialog-submit').disabled).toBe(true);
  await user.type(screen.getByTestId('take-back-reason'), 'typed wrongly{Enter}');
  await waitFor(() => expect(screen.getByTestId('account-balance').dataset.value).toBe('120.00'));
  const rows = await screen.findAllByTestId('transaction');
  expect(rows).toHaveLength(3);
  expect(rows[1]?.textContent).toContain('taken back');
  // What was taken back once cannot be again.
  await user.click(rows[1] as HTMLElement);
  expect(screen.getByTestId<HTMLButtonElement>('take-back').disabled).toBe(true);
});

test('customers are found by name and walked by keys', async () => {
  const { user } = await openScreen(await arcade());
  await waitFor(() => expect(screen.getAllByTestId('customer')).toHaveLength(2));
  screen.getByTestId('customer-list').focus();
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(screen.getByTestId('customer-detail').textContent).toContain('Sipho'));
  press('/');
  await user.keyboard('thandi');
  await waitFor(() => expect(screen.getAllByTestId('customer')).toHaveLength(1));
  await user.keyboard('x');
  expect((await screen.findByTestId('customers-none')).textContent).toContain('No such customer');
});

test('a waiting deposit is given to a customer, and waits again once taken back', async () => {
  const { user, host } = await openScreen(await arcade(), 'waiting');
  const before = (await host.call('waiting_deposits', { offset: 0, limit: 9 })).total;
  expect(before).toBeGreaterThan(0);
  expect((await screen.findByTestId('deposit-because')).textContent).toContain('Names no customer');
  await user.type(screen.getByTestId('pick-search'), 'Sipho');
  await waitFor(() => expect(screen.getAllByTestId('pick')).toHaveLength(1));
  await user.click(screen.getByTestId('allocate'));
  await user.type(await screen.findByTestId('allocate-reason'), 'called us{Enter}');
  await waitFor(async () =>
    expect((await host.call('waiting_deposits', { offset: 0, limit: 9 })).total).toBe(before - 1),
  );
  expect((await screen.findByTestId('toast')).textContent).toContain('Credited to Sipho Dube');
  press('1');
  await user.type(await screen.findByTestId('customer-search'), 'Sipho');
  await waitFor(() => expect(screen.getByTestId('customer-detail').textContent).toContain('called us'));
  await user.click(screen.getByTestId('take-back'));
  await user.click(await screen.findByTestId('take-back-dialog-submit'));
  await waitFor(async () =>
    expect((await host.call('waiting_deposits', { offset: 0, limit: 9 })).total).toBe(before),
  );
});

test('a deposit for a code that nobody has offers to make that customer', async () => {
  const base = await arcade();
  const host = hostWith(base, (name) =>
    name === 'waiting_deposits'
      ? Promise.resolve({
          deposits: [
            {
              lineId: 'l1',
              date: '2026-01-08',
              amount: { value: '10.00', currency: 'EUR' },
              description: 'Deposit CUS99999999',
              reference: '',
              because: 'no_such_customer',
              code: 'CUS99999999',
              matchId: null,
            },
          ],
          total: 1,
        })
      : undefined,
  );
  const { user } = await openScreen(host, 'waiting');
  expect((await screen.findByTestId('deposit-because')).textContent).toContain('Names CUS99999999');
  await user.click(screen.getByTestId('deposit-new-customer'));
  expect((await screen.findByTestId<HTMLInputElement>('new-customer-code')).value).toBe('CUS99999999');
});

test('the price of a credit is set, with those before it', async () => {
  const { user } = await openScreen(await arcade());
  await screen.findByTestId('account-balance');
  press('p');
  expect((await screen.findByTestId('rate-history')).textContent).toContain('50.00');
  await user.type(screen.getByTestId('rate-amount'), '0');
  expect(screen.getByTestId<HTMLButtonElement>('rate-dialog-submit').disabled).toBe(true);
  await user.clear(screen.getByTestId('rate-amount'));
  await user.type(screen.getByTestId('rate-amount'), '100{Enter}');
  await waitFor(() => expect(screen.queryByTestId('rate-dialog')).toBeNull());
  press('p');
  await waitFor(() => expect(within(screen.getByTestId('rate-history')).getAllByRole('row')).toHaveLength(2));
});

test('a host that cannot answer is told of', async () => {
  const host = hostWith(createFakeHost({ open: true }), (name) =>
    name === 'customers' ? Promise.reject({ code: 'damagedWorkbook', message: 'Page 9' }) : undefined,
  );
  await openScreen(host);
  expect((await screen.findByTestId('error-message')).textContent).toContain('Page 9');
});
