import { CircleCheck } from 'lucide-react';
import type { RefObject } from 'react';
import { useI18n } from '@/i18n';
import type { WaitingDepositView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { FaultNotice } from '@/shared/Notice';
import { Empty, Skeleton } from '@/shared/Parts';
import type { Pages } from '@/shared/pages';
import { VirtualList } from '@/shared/VirtualList';

interface WaitingListProps {
  pages: Pages<WaitingDepositView>;
  selected: number;
  listRef: RefObject<HTMLDivElement | null>;
  onSelect: (index: number) => void;
}

/** Deposits that nobody was credited for, largest first. */
export function WaitingList({ pages, selected, listRef, onSelect }: WaitingListProps) {
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
      <Empty icon={CircleCheck} title={t('customers.waiting.none')} testId="waiting-none">
        {t('customers.waiting.none.text')}
      </Empty>
    );
  }
  return (
    <VirtualList
      count={pages.total}
      rowHeight={52}
      label={t('customers.waiting')}
      name="deposit"
      selected={selected}
      listRef={listRef}
      onSelect={onSelect}
      onRange={pages.onRange}
    >
      {(index) => {
        const deposit = pages.rowAt(index);
        return deposit ? (
          <>
            <span className="two-lines">
              <span className="clip customer-name">{deposit.description || deposit.reference}</span>
              <span className="clip">
                <DateText iso={deposit.date} />
                {deposit.code && <span className="mono">{` · ${deposit.code}`}</span>}
              </span>
            </span>
            <span className="right">
              <Amount amount={deposit.amount} currency />
            </span>
          </>
        ) : (
          <span className="skeleton-bar" />
        );
      }}
    </VirtualList>
  );
}
