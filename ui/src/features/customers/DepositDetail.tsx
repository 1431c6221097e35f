import { HandCoins, ListChecks, Search, UserPlus } from 'lucide-react';
import { useRef, useState } from 'react';
import { fill, useI18n } from '@/i18n';
import type { CustomerView, WaitingDepositView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { Notice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { useLater } from '@/shared/useLater';
import { CustomerList } from './CustomerList';
import { type CustomerActions, useCustomerList } from './useCustomers';

interface DepositDetailProps {
  deposit: WaitingDepositView;
  actions: CustomerActions;
  onNewCustomer: (code: string) => void;
}

/** A deposit that waits: why, and to whom it may go. */
export function DepositDetail({ deposit, actions, onNewCustomer }: DepositDetailProps) {
  const { t, word } = useI18n();
  const listRef = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState(deposit.because === 'not_matched' ? (deposit.code ?? '') : '');
  const [at, setAt] = useState(0);
  const [giving, setGiving] = useState<CustomerView | null>(null);
  const wanted = useLater(search.trim(), 200);
  const pages = useCustomerList(wanted);
  const chosen = pages.rowAt(Math.min(at, pages.total - 1));
  const locked = deposit.because === 'account_without_code';
  const give = () => chosen && setGiving(chosen);
  return (
    <section className="account" aria-label={t('customers.deposit')} data-testid="deposit-detail">
      <header className="account-head">
        <div className="account-title">
          <h2>
            <Amount amount={deposit.amount} currency />
          </h2>
          <span className="muted">
            <DateText iso={deposit.date} />
          </span>
        </div>
        <div className="account-actions">
          {deposit.because === 'no_such_customer' && (
            <Button
              icon={UserPlus}
              needs="import"
              onClick={() => onNewCustomer(deposit.code ?? '')}
              testId="deposit-new-customer"
            >
              {t('customers.deposit.make', { code: deposit.code ?? '' })}
            </Button>
          )}
          {deposit.matchId !== null && (
            <Button
              icon={ListChecks}
              onClick={() => goTo('review', locked ? 'approved' : 'suggested')}
              testId="deposit-review"
            >
              {t('customers.deposit.review')}
            </Button>
          )}
          <Button
            variant="primary"
            icon={HandCoins}
            disabled={locked || !chosen}
            onClick={give}
            testId="allocate"
          >
            {t('customers.allocate')}
          </Button>
        </div>
      </header>
      <p className="deposit-text">
        {deposit.description}
        {deposit.reference !== '' && <span className="muted">{` · ${deposit.reference}`}</span>}
      </p>
      <div className="deposit-because">
        <Notice tone={locked ? 'warning' : 'info'} testId="deposit-because">
          {fill(word('customers.because', deposit.because), { code: deposit.code ?? '' })}
        </Notice>
      </div>
      {!locked && (
        <div className="deposit-pick">
          <div className="list-bar">
            <div className="search">
              <Search aria-hidden size={14} />
              <input
                className="input"
                type="search"
                value={search}
                placeholder={t('customers.allocate.search')}
                aria-label={t('customers.allocate.search')}
                data-testid="pick-search"
                onChange={(event) => {
                  setSearch(event.target.value);
                  setAt(0);
                }}
                onKeyDown={(event) => event.key === 'Enter' && listRef.current?.focus()}
              />
            </div>
          </div>
          <CustomerList
            pages={pages}
            name="pick"
            search={wanted}
            selected={Math.min(at, pages.total - 1)}
            listRef={listRef}
            onSelect={setAt}
            onOpen={(index) => setGiving(pages.rowAt(index) ?? null)}
          />
        </div>
      )}
      {giving && (
        <AllocateDialog
          deposit={deposit}
          customer={giving}
          actions={actions}
          onClose={() => setGiving(null)}
        />
      )}
    </section>
  );
}

interface AllocateDialogProps {
  deposit: WaitingDepositView;
  customer: CustomerView;
  actions: CustomerActions;
  onClose: () => void;
}

function AllocateDialog({ deposit, customer, actions, onClose }: AllocateDialogProps) {
  const { t } = useI18n();
  const [reason, setReason] = useState('');
  const { code, name } = customer;
  return (
    <FormDialog
      title={t('customers.allocate.title', { name: name || code })}
      action={t('customers.allocate')}
      icon={HandCoins}
      ready
      note={t('customers.allocate.note')}
      testId="allocate-dialog"
      onClose={onClose}
      onSubmit={async () => {
        await actions.allocate({ lineId: deposit.lineId, code, reason }, name || code);
      }}
    >
      <p>
        <Amount amount={deposit.amount} currency /> <span className="muted">{deposit.description}</span>
      </p>
      <TextField
        label={t('customers.reason.optional')}
        value={reason}
        autoFocus
        onChange={setReason}
        testId="allocate-reason"
      />
    </FormDialog>
  );
}
