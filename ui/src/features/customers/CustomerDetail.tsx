import { BookOpen, SlidersHorizontal, Undo2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import type { CustomerBalanceView, CustomerTransactionView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { formatCount } from '@/shared/format';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { Badge, Empty, Skeleton } from '@/shared/Parts';
import { VirtualList } from '@/shared/VirtualList';
import { AdjustDialog, TakeBackDialog } from './dialogs';
import { type CustomerActions, useCustomer } from './useCustomers';

function BalanceFigures({ balance }: { balance: CustomerBalanceView }) {
  const { t, locale } = useI18n();
  return (
    <dl className="account-figures" data-testid="account-figures">
      <div className="account-main">
        <dt>{t('customers.balance')}</dt>
        <dd>
          <Amount amount={balance.balance} currency testId="account-balance" />
        </dd>
      </div>
      {balance.creditRate && (
        <>
          <div>
            <dt>{t('customers.credits.title')}</dt>
            <dd className="num" data-testid="account-credits">
              {formatCount(balance.credits, locale)}
            </dd>
          </div>
          <div>
            <dt>{t('customers.remainder')}</dt>
            <dd>
              <Amount amount={balance.remainder} testId="account-remainder" />
              <span className="muted account-of">
                {t('customers.of')}
                <Amount amount={balance.creditRate} />
              </span>
            </dd>
          </div>
        </>
      )}
      <div>
        <dt>{t('customers.transactions')}</dt>
        <dd className="num">{formatCount(balance.transactions, locale)}</dd>
      </div>
    </dl>
  );
}

/** Whether a person may take it back from here. */
function canBeTakenBack({ kind, takenBack }: CustomerTransactionView): boolean {
  return !takenBack && ['deposit', 'reversal', 'adjustment'].includes(kind);
}

function signed(credits: number, locale: string): string {
  return credits > 0 ? `+${formatCount(credits, locale)}` : formatCount(credits, locale);
}

function LedgerRow({ row }: { row: CustomerTransactionView }) {
  const { t, word, locale } = useI18n();
  const said = [row.description, row.reason, row.postedBy].filter((text) => text !== '').join(' · ');
  return (
    <>
      <span className="num muted">{row.number}</span>
      <DateText iso={row.date ?? row.postedAt.slice(0, 10)} />
      <span className="two-lines">
        <span className="clip ledger-kind">
          <span className={row.takenBack ? 'ledger-gone' : ''}>{word('customers.kind', row.kind)}</span>
          {row.takenBack && <Badge tone="neutral">{t('customers.takenBack.mark')}</Badge>}
        </span>
        <span className="clip" title={said}>
          {said}
        </span>
      </span>
      <Amount amount={row.amount} dash signed className="right" />
      <span className="num right">{row.credits === 0 ? '–' : signed(row.credits, locale)}</span>
      <Amount amount={row.balanceAfter} className="right" />
    </>
  );
}

interface CustomerDetailProps {
  code: string;
  currency: string;
  actions: CustomerActions;
}

/** One customer: what they have, and everything that moved it. */
export function CustomerDetail({ code, currency, actions }: CustomerDetailProps) {
  const { t } = useI18n();
  const listRef = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState(0);
  const [dialog, setDialog] = useState<'adjust' | 'takeBack' | null>(null);
  const { account, ledger } = useCustomer(code);
  const current = ledger.rowAt(Math.min(selected, ledger.total - 1));
  const canTakeBack = current !== undefined && canBeTakenBack(current);
  const group = t('nav.customers');
  useKeys([
    { combo: 'a', label: t('customers.adjust'), group, run: () => setDialog('adjust') },
    {
      combo: 'z',
      label: t('customers.takeBack'),
      group,
      run: () => setDialog('takeBack'),
      enabled: canTakeBack,
    },
  ]);
  if (account.error) {
    return <FaultNotice fault={account.error} />;
  }
  if (!account.data) {
    return (
      <div className="list-wait">
        <Skeleton rows={9} height={26} />
      </div>
    );
  }
  const { name, balances } = account.data;
  return (
    <section className="account" aria-label={name || code} data-testid="customer-detail">
      <header className="account-head">
        <div className="account-title">
          <h2>{name || code}</h2>
          <span className="mono muted account-code" data-testid="customer-code">
            {code}
          </span>
        </div>
        <div className="account-actions">
          <Button
            icon={Undo2}
            keys="z"
            disabled={!canTakeBack}
            onClick={() => setDialog('takeBack')}
            testId="take-back"
          >
            {t('customers.takeBack')}
          </Button>
          <Button icon={SlidersHorizontal} keys="a" onClick={() => setDialog('adjust')} testId="adjust">
            {t('customers.adjust')}
          </Button>
        </div>
      </header>
      {balances.map((balance) => (
        <BalanceFigures key={balance.balance.currency} balance={balance} />
      ))}
      {ledger.loaded && ledger.total === 0 && (
        <Empty icon={BookOpen} title={t('customers.ledger.none')} testId="ledger-none">
          {t('customers.ledger.none.text', { code })}
        </Empty>
      )}
      {ledger.total > 0 && (
        <div className="ledger">
          <div className="list-head">
            <span>{t('customers.column.number')}</span>
            <span>{t('field.date')}</span>
            <span>{t('customers.column.what')}</span>
            <span className="right">{t('field.amount')}</span>
            <span className="right">{t('customers.credits.title')}</span>
            <span className="right">{t('customers.balance')}</span>
          </div>
          <VirtualList
            count={ledger.total}
            rowHeight={48}
            label={t('customers.ledger')}
            name="transaction"
            selected={Math.min(selected, ledger.total - 1)}
            listRef={listRef}
            onSelect={setSelected}
            onRange={ledger.onRange}
          >
            {(index) => {
              const row = ledger.rowAt(index);
              return row ? <LedgerRow row={row} /> : <span className="skeleton-bar" />;
            }}
          </VirtualList>
        </div>
      )}
      {dialog === 'adjust' && (
        <AdjustDialog
          code={code}
          name={name}
          currency={balances[0]?.balance.currency ?? currency}
          onClose={() => setDialog(null)}
          onAdjust={actions.adjust}
        />
      )}
      {dialog === 'takeBack' && current && (
        <TakeBackDialog
          code={code}
          transaction={current}
          onClose={() => setDialog(null)}
          onTakeBack={actions.takeBack}
        />
      )}
    </section>
  );
}
