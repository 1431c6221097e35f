import { useVirtualizer } from '@tanstack/react-virtual';
import { SquareCheck } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect } from 'react';
import { useI18n } from '@/i18n';
import type { QueueRow } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { isZero } from '@/shared/decimal';
import { drawnWith, seenOf } from '@/shared/drawnRows';
import { formatDecimal } from '@/shared/format';
import { STATE_MARKS } from './marks';
import type { Queue } from './queue';
import { RowNotes } from './RowNotes';
import type { ChosenRows } from './useChosen';
import { purposeFirst } from './words';

const ROW_HEIGHT = 58;

interface QueueListProps {
  queue: Queue;
  chosen: ChosenRows;
  selected: number;
  listRef: RefObject<HTMLDivElement | null>;
  onSelect: (index: number) => void;
  onStep: (by: number) => void;
}

function RowFace({ row, isChosen }: { row: QueueRow; isChosen: boolean }) {
  const { word, locale, t } = useI18n();
  const { icon: Icon, tone } = STATE_MARKS[row.state];
  const several = row.lines + row.entries > 2;
  return (
    <>
      {isChosen ? (
        <SquareCheck aria-hidden size={16} className="queue-icon tone-accent" />
      ) : (
        <Icon aria-hidden size={16} className={`queue-icon tone-${tone}`} />
      )}
      <span className="sr-only">{word('state', row.state)}</span>
      <span className="queue-top">
        <span className="queue-title">{row.title || t('review.noName')}</span>
        <Amount amount={row.amount} />
      </span>
      <span className="queue-bottom">
        <span className="queue-sub">
          <DateText iso={row.date} />
          {` · ${purposeFirst(row.subtitle)}`}
        </span>
        <RowNotes row={row} />
        {several && <span className="queue-many">{`${row.lines}:${row.entries}`}</span>}
        {row.difference && !isZero(row.difference.value) && (
          <span className="queue-diff">
            {'Δ '}
            <Amount amount={row.difference} signed />
          </span>
        )}
        {row.confidence !== null && (
          <span className="queue-confidence num">{`${formatDecimal(row.confidence, locale)} %`}</span>
        )}
      </span>
    </>
  );
}

/** The queue as a list of any length; only what is seen is drawn. */
export function QueueList({ queue, chosen, selected, listRef, onSelect, onStep }: QueueListProps) {
  const { t } = useI18n();
  const virtual = useVirtualizer({
    count: queue.total,
    getScrollElement: () => listRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    rangeExtractor: drawnWith(selected),
  });
  const items = virtual.getVirtualItems();
  const { onRange } = queue;
  const [first, last] = seenOf(items, selected);

  useEffect(() => onRange(first, last), [first, last, onRange]);
  useEffect(() => {
    if (selected >= 0) {
      virtual.scrollToIndex(selected, { align: 'auto' });
    }
  }, [selected, virtual]);

  function onClick(event: MouseEvent, index: number): void {
    if (event.shiftKey) {
      chosen.extendTo(index);
    } else {
      onSelect(index);
      if (event.ctrlKey || event.metaKey) {
        chosen.toggle(index);
      }
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 8,
      PageUp: -8,
      Home: -queue.total,
      End: queue.total,
    };
    const by = steps[event.key];
    if (by !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      onStep(by);
    }
  }

  return (
    <div
      ref={listRef}
      className="queue-list"
      role="listbox"
      tabIndex={0}
      aria-multiselectable
      aria-label={t('review.queue')}
      aria-activedescendant={selected >= 0 && selected < queue.total ? `queue-row-${selected}` : undefined}
      data-testid="queue"
      onKeyDown={onKeyDown}
    >
      <div className="queue-canvas" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = queue.rowAt(item.index);
          const on = item.index === selected;
          const isChosen = row !== undefined && chosen.ids.has(row.id);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the listbox has the focus and the keys
            <div
              key={item.key}
              id={`queue-row-${item.index}`}
              role="option"
              aria-selected={chosen.ids.size > 0 ? isChosen : on}
              aria-current={on || undefined}
              aria-setsize={queue.total}
              aria-posinset={item.index + 1}
              className={`queue-row ${on ? 'queue-on' : ''} ${isChosen ? 'queue-chosen' : ''}`}
              style={{ transform: `translateY(${item.start}px)`, height: ROW_HEIGHT }}
              data-testid="queue-row"
              data-id={row?.id}
              data-state={row?.state}
              data-current={on || undefined}
              onClick={(event) => onClick(event, item.index)}
            >
              {row ? <RowFace row={row} isChosen={isChosen} /> : <span className="queue-blank" />}
            </div>
          );
        })}
      </div>
    </div>
  );
}
