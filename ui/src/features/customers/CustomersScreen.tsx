import { CircleDollarSign, Search, UserPlus, Users } from 'lucide-react';
import { useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { formatCount } from '@/shared/format';
import { Keys } from '@/shared/Keys';
import { useKeys } from '@/shared/keys';
import { Empty, ScreenHead } from '@/shared/Parts';
import { useLater } from '@/shared/useLater';
import { CustomerDetail } from './CustomerDetail';
import { CustomerList } from './CustomerList';
import { DepositDetail } from './DepositDetail';
import { NewCustomerDialog, RateDialog } from './dialogs';
import { useCustomerActions, useCustomerList, useWaiting } from './useCustomers';
import { WaitingList } from './WaitingList';
import '@/shared/lists.css';
import './customers.css';

type Tab = 'customers' | 'waiting';

interface CustomersScreenProps {
  workbook: WorkbookView;
  /** `waiting`, or nothing. */
  focus: string;
}

/** Customers' accounts: what they have, what moved it, and deposits that wait for a person. */
export function CustomersScreen({ workbook, focus }: CustomersScreenProps) {
  const { t, locale } = useI18n();
  const actions = useCustomerActions();
  const [tab, setTab] = useState<Tab>(focus === 'waiting' ? 'waiting' : 'customers');
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const [depositAt, setDepositAt] = useState(0);
  const [making, setMaking] = useState<string | null>(null);
  const [pricing, setPricing] = useState(false);
  const listRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const wanted = useLater(search.trim(), 200);
  const pages = useCustomerList(wanted);
  const waiting = useWaiting();
  const customer = pages.rowAt(Math.min(at, pages.total - 1));
  const deposit = waiting.rowAt(Math.min(depositAt, waiting.total - 1));
  const tabs = [
    ['customers', t('customers.title'), pages.total],
    ['waiting', t('customers.waiting'), waiting.total],
  ] as const;
  const group = t('nav.customers');
  useKeys([
    { combo: 'n', label: t('customers.new'), group, run: () => setMaking(''), needs: 'import' },
    { combo: 'p', label: t('customers.rate'), group, run: () => setPricing(true), needs: 'configure' },
    { combo: '/', label: t('customers.search'), group, run: () => searchRef.current?.focus() },
    { combo: '1', label: t('customers.title'), group, run: () => setTab('customers') },
    { combo: '2', label: t('customers.waiting'), group, run: () => setTab('waiting') },
  ]);

  return (
    <div className="fill">
      <ScreenHead
        title={t('customers.title')}
        actions={
          <>
            <Button
              icon={CircleDollarSign}
              keys="p"
              needs="configure"
              onClick={() => setPricing(true)}
              testId="credit-rate"
            >
              {t('customers.rate')}
            </Button>
            <Button
              variant="primary"
              icon={UserPlus}
              keys="n"
              needs="import"
              onClick={() => setMaking('')}
              testId="customer-new"
            >
              {t('customers.new')}
            </Button>
          </>
        }
      >
        {t('customers.sub')}
      </ScreenHead>
      <section className="panel panel-fill">
        <div className="accounts">
          <div className="accounts-side">
            <div className="list-bar list-bar-tabs">
              <div className="tabs" role="tablist" aria-label={t('customers.title')}>
                {tabs.map(([name, label, count]) => (
                  <button
                    key={name}
                    type="button"
                    role="tab"
                    className="tab"
                    aria-selected={tab === name}
                    data-testid={`tab-${name}`}
                    onClick={() => setTab(name)}
                  >
                    {label}
                    <span className="tab-count num">{formatCount(count, locale)}</span>
                  </button>
                ))}
              </div>
            </div>
            {tab === 'customers' && (
              <div className="list-bar">
                <div className="search">
                  <Search aria-hidden size={14} />
                  <input
                    ref={searchRef}
                    className="input"
                    type="search"
                    value={search}
                    placeholder={t('customers.search')}
                    aria-label={t('customers.search')}
                    data-testid="customer-search"
                    onChange={(event) => {
                      setSearch(event.target.value);
                      setAt(0);
                    }}
                    onKeyDown={(event) => event.key === 'Enter' && listRef.current?.focus()}
                  />
                  <Keys combo="/" />
                </div>
              </div>
            )}
            {tab === 'customers' ? (
              <CustomerList
                pages={pages}
                name="customer"
                search={wanted}
                selected={Math.min(at, pages.total - 1)}
                listRef={listRef}
                onSelect={setAt}
              />
            ) : (
              <WaitingList
                pages={waiting}
                selected={Math.min(depositAt, waiting.total - 1)}
                listRef={listRef}
                onSelect={setDepositAt}
              />
            )}
          </div>
          {tab === 'customers' && customer && (
            <CustomerDetail
              key={customer.code}
              code={customer.code}
              currency={workbook.currency}
              actions={actions}
            />
          )}
          {tab === 'waiting' && deposit && (
            <DepositDetail
              key={deposit.lineId}
              deposit={deposit}
              actions={actions}
              onNewCustomer={setMaking}
            />
          )}
          {(tab === 'customers' ? !customer : !deposit) && (
            <Empty icon={Users} title={t('customers.idle')}>
              {t('customers.idle.text')}
            </Empty>
          )}
        </div>
      </section>
      {making !== null && (
        <NewCustomerDialog
          code={making}
          onClose={() => setMaking(null)}
          onMake={actions.make}
          onMade={({ code }) => {
            if (tab === 'customers') {
              setSearch(code);
              setAt(0);
            }
          }}
        />
      )}
      {pricing && (
        <RateDialog currency={workbook.currency} onClose={() => setPricing(false)} onSet={actions.setRate} />
      )}
    </div>
  );
}
