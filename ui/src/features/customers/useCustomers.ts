import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useI18n } from '@/i18n';
import {
  type AdjustCustomerRequest,
  type AllocateDepositRequest,
  type CustomerTransactionView,
  type CustomerView,
  host,
  type NewCustomerRequest,
  type TakeBackRequest,
  type WaitingDepositView,
} from '@/ipc';
import { type Pages, usePages } from '@/shared/pages';
import { KEYS, refreshBook } from '@/shared/queries';
import { showToast } from '@/shared/toasts';

/** Customers whose name or code contains the search. */
export function useCustomerList(search: string): Pages<CustomerView> {
  return usePages<CustomerView>([...KEYS.customers, search], async (offset, limit) => {
    const { customers, total } = await host().call('customers', { request: { search, offset, limit } });
    return { rows: customers, total };
  });
}

/** Deposits that no customer was credited for. */
export function useWaiting(): Pages<WaitingDepositView> {
  return usePages<WaitingDepositView>(KEYS.waiting, async (offset, limit) => {
    const { deposits, total } = await host().call('waiting_deposits', { offset, limit });
    return { rows: deposits, total };
  });
}

/** A customer with what they have, and the ledger of what moved it. */
export function useCustomer(code: string) {
  const account = useQuery({
    queryKey: [...KEYS.customer, code, 'account'],
    queryFn: () => host().call('customer', { request: { code, offset: 0, limit: 1 } }),
  });
  const ledger = usePages<CustomerTransactionView>(
    [...KEYS.customer, code, 'ledger'],
    async (offset, limit) => {
      const { transactions, total } = await host().call('customer', { request: { code, offset, limit } });
      return { rows: transactions, total };
    },
  );
  return { account, ledger };
}

/** What credits cost, and cost before. */
export function useCreditRates() {
  return useQuery({ queryKey: KEYS.creditRates, queryFn: () => host().call('credit_rates', {}) });
}

/** Everything that changes customers' accounts. Each refuses by throwing, and tells what it did. */
export function useCustomerActions() {
  const { t } = useI18n();
  const client = useQueryClient();
  async function told<Answer>(work: Promise<Answer>, text: (answer: Answer) => string): Promise<Answer> {
    const answer = await work;
    await refreshBook(client);
    showToast({ tone: 'done', text: text(answer) });
    return answer;
  }
  return {
    make: (request: NewCustomerRequest) =>
      told(host().call('new_customer', { request }), ({ name, code }) => t('customers.made', { name, code })),
    adjust: (request: AdjustCustomerRequest) =>
      told(host().call('adjust_customer', { request }), () => t('customers.adjusted')),
    allocate: (request: AllocateDepositRequest, name: string) =>
      told(host().call('allocate_deposit', { request }), () => t('customers.allocated', { name })),
    takeBack: (request: TakeBackRequest) =>
      told(host().call('take_back_transaction', { request }), () => t('customers.takenBack')),
    setRate: (perCredit: string, currency: string) =>
      told(host().call('set_credit_rate', { request: { perCredit, currency } }), (set) =>
        t(
          !set.changed
            ? 'customers.rate.same'
            : set.before === null
              ? 'customers.rate.first'
              : 'customers.rate.later',
          { count: set.accountsCounted },
        ),
      ),
  };
}

/** What {@link useCustomerActions} answers. */
export type CustomerActions = ReturnType<typeof useCustomerActions>;
