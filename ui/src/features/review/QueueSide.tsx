import { Search } from 'lucide-react';
import type { RefObject } from 'react';
import { useI18n } from '@/i18n';
import type { QueueFilter } from '@/ipc';
import { Keys } from '@/shared/Keys';
import { FaultNotice } from '@/shared/Notice';
import { Skeleton } from '@/shared/Parts';
import { EmptyQueue } from './EmptyQueue';
import { QueueList } from './QueueList';
import type { Desk } from './useDesk';

interface QueueSideProps {
  desk: Desk;
  filter: QueueFilter;
  runs: number;
  listRef: RefObject<HTMLDivElement | null>;
  searchRef: RefObject<HTMLInputElement | null>;
  focusList: () => void;
}

/** The left side: search, and what is in this part of the queue. */
export function QueueSide({ desk, filter, runs, listRef, searchRef, focusList }: QueueSideProps) {
  const { t } = useI18n();
  const { queue, search } = desk;
  const waiting = !queue.loaded && queue.total === 0;
  return (
    <section className="queue" aria-label={t('review.queue')}>
      <div className="search">
        <Search aria-hidden size={14} />
        <input
          ref={searchRef}
          className="input"
          type="search"
          value={search}
          placeholder={t('review.search')}
          aria-label={t('review.search')}
          data-testid="queue-search"
          onChange={(event) => desk.setSearch(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && focusList()}
        />
        <Keys combo="/" />
      </div>
      {queue.fault != null && <FaultNotice fault={queue.fault} />}
      {waiting && queue.fault == null && (
        <div className="queue-wait">
          <Skeleton rows={9} height={40} />
        </div>
      )}
      {!waiting && queue.total === 0 && <EmptyQueue filter={filter} search={search} runs={runs} />}
      {queue.total > 0 && (
        <QueueList
          queue={queue}
          selected={desk.selected?.index ?? -1}
          listRef={listRef}
          onSelect={desk.select}
          onStep={desk.move}
        />
      )}
    </section>
  );
}
