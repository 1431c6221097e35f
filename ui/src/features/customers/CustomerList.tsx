import { UserSearch } from 'lucide-react';
import type { RefObject } from 'react';
import { useI18n } from '@/i18n';
import type { CustomerView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { FaultNotice } from '@/shared/Notice';
import { Empty, Skeleton } from '@/shared/Parts';
import type { Pages } from '@/shared/pages';
import { VirtualList } from '@/shared/VirtualList';

interface CustomerListProps {
  pages: Pages<CustomerView>;
  /** Its rows' name in tests and for screen readers. */
  name: string;
  search: string;
  selected: number;
  listRef: RefObject<HTMLDivElement | null>;
  onSelect: (index: number) => void;
  onOpen?: (index: number) => void;
}

function CustomerRow({ customer }: { customer: CustomerView }) {
  const { t } = useI18n();
  const [first, ...others] = customer.balances;
  return (
    <>
      <span className="two-lines">
        <span className="clip customer-name">{customer.name || customer.code}</span>
        <span className="clip mono">{customer.code}</span>
      </span>
      <span className="two-lines right">
        {first ? (
          <>
            <Amount amount={first.balance} currency />
            <span className="num">
              {others.length > 0
                ? t('customers.currencies', { count: others.length })
                : first.creditRate === null
                  ? ''
                  : t('customers.credits', { count: first.credits })}
            </span>
          </>
        ) : (
          <span className="muted">{t('customers.nothing')}</span>
        )}
      </span>
    </>
  );
}

/** Customers by code, with what they have. */
export function CustomerList({
  pages,
  name,
  search,
  selected,
  listRef,
  onSelect,
  onOpen,
}: CustomerListProps) {
  const { t } = useI18n();
  if (pages.fault != null) {
    return <FaultNotice fault={pages.fault} />;
  }
  if (!pages.loaded) {
    return (
      <div className="list-wait">
        <Skeleton rows={8} height={32} />
      </div>
    );
  }
  if (pages.total === 0) {
    return (
      <Empty
        icon={UserSearch}
        title={t(search === '' ? 'customers.none' : 'customers.search.none')}
        testId="customers-none"
      >
        {t(search === '' ? 'customers.none.text' : 'customers.search.none.text')}
      </Empty>
    );
  }
  return (
    <VirtualList
      count={pages.total}
      rowHeight={52}
      label={t('customers.title')}
      name={name}
      selected={selected}
      listRef={listRef}
      onSelect={onSelect}
      onOpen={onOpen}
      onRange={pages.onRange}
    >
      {(index) => {
        const customer = pages.rowAt(index);
        return customer ? <CustomerRow customer={customer} /> : <span className="skeleton-bar" />;
      }}
    </VirtualList>
  );
}
