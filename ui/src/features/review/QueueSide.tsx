import { Bookmark, Search } from 'lucide-react';
import { type RefObject, useRef } from 'react';
import { useI18n } from '@/i18n';
import type { QueueConditionsRequest, WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { Keys } from '@/shared/Keys';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Skeleton } from '@/shared/Parts';
import { NO_CONDITIONS, queueFocus } from '@/shared/queueChoice';
import { Chips, chipsOf } from './Chips';
import { EmptyQueue } from './EmptyQueue';
import { FilterPopover } from './Filters';
import { QueueList } from './QueueList';
import type { ChosenRows } from './useChosen';
import type { Desk } from './useDesk';

interface QueueSideProps {
  desk: Desk;
  chosen: ChosenRows;
  workbook: WorkbookView;
  filtering: boolean;
  setFiltering: (open: boolean) => void;
  onViews: () => void;
  listRef: RefObject<HTMLDivElement | null>;
  searchRef: RefObject<HTMLInputElement | null>;
  focusList: () => void;
}

/** The left side: search and filters, and what is in this part of the queue. */
export function QueueSide(props: QueueSideProps) {
  const { desk, chosen, workbook, listRef, searchRef, focusList } = props;
  const { t } = useI18n();
  const triggerRef = useRef<HTMLButtonElement>(null);
  const { queue, search, choice } = desk;
  const { user, accounts } = workbook;
  const chips = chipsOf(choice.conditions, accounts, { user });
  const waiting = !queue.loaded && queue.total === 0;

  function ask(conditions: QueueConditionsRequest): void {
    props.setFiltering(false);
    goTo('review', queueFocus({ ...choice, search: search.trim(), conditions }));
    focusList();
  }

  return (
    <section className="queue" aria-label={t('review.queue')}>
      <div className="queue-bar">
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
        <FilterPopover
          open={props.filtering}
          onOpen={props.setFiltering}
          triggerRef={triggerRef}
          conditions={choice.conditions}
          accounts={accounts}
          user={user}
          onApply={ask}
        />
        <Button
          size="small"
          variant="quiet"
          icon={Bookmark}
          keys="v"
          aria-label={t('views.title')}
          title={t('views.title')}
          onClick={props.onViews}
          testId="views-open"
        />
      </div>
      <Chips chips={chips} onChange={ask} />
      {queue.fault != null && <FaultNotice fault={queue.fault} />}
      {waiting && queue.fault == null && (
        <div className="queue-wait">
          <Skeleton rows={9} height={40} />
        </div>
      )}
      {!waiting && queue.total === 0 && (
        <EmptyQueue
          filter={choice.filter}
          search={search}
          runs={workbook.counts.runs}
          onReset={chips.length > 0 ? () => ask(NO_CONDITIONS) : null}
        />
      )}
      {queue.total > 0 && (
        <QueueList
          queue={queue}
          chosen={chosen}
          selected={desk.selected?.index ?? -1}
          listRef={listRef}
          onSelect={desk.select}
          onStep={desk.move}
        />
      )}
    </section>
  );
}
