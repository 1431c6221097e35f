import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject, useEffect } from 'react';
import { drawnWith, seenOf } from './drawnRows';

interface VirtualListProps {
  count: number;
  rowHeight: number;
  label: string;
  /** Distinguishes the rows of several lists on a screen. */
  name: string;
  selected: number;
  listRef: RefObject<HTMLDivElement | null>;
  onSelect: (index: number, event?: MouseEvent) => void;
  /** Enter, or two clicks. */
  onOpen?: ((index: number) => void) | undefined;
  /** Keys that the list itself does not know. */
  onKey?: (event: KeyboardEvent) => void;
  /** Told which rows are seen. */
  onRange?: (first: number, last: number) => void;
  /** Rows that are chosen beside the current one, in lists where several can be. */
  isMarked?: (index: number) => boolean;
  children: (index: number) => ReactNode;
}

const STEPS: Record<string, (count: number) => number> = {
  ArrowDown: () => 1,
  ArrowUp: () => -1,
  PageDown: () => 10,
  PageUp: () => -10,
  Home: (count) => -count,
  End: (count) => count,
};

/** A list of any length of which only what is seen is drawn. It has the focus and the keys; its rows have neither. */
export function VirtualList(props: VirtualListProps) {
  const { count, rowHeight, label, name, selected, listRef, onSelect, onOpen, onKey, onRange, isMarked } =
    props;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => listRef.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    rangeExtractor: drawnWith(selected),
  });
  const items = virtual.getVirtualItems();
  const [first, last] = seenOf(items, selected);
  useEffect(() => onRange?.(first, last), [first, last, onRange]);
  useEffect(() => {
    if (selected >= 0 && selected < count) {
      virtual.scrollToIndex(selected, { align: 'auto' });
    }
  }, [selected, count, virtual]);

  function onKeyDown(event: KeyboardEvent): void {
    const step = STEPS[event.key]?.(count);
    if (event.ctrlKey || event.metaKey || event.altKey) {
      onKey?.(event);
    } else if (step !== undefined && count > 0) {
      event.preventDefault();
      onSelect(Math.min(count - 1, Math.max(0, selected + step)));
    } else if (event.key === 'Enter' && selected >= 0 && onOpen) {
      event.preventDefault();
      onOpen(selected);
    } else {
      onKey?.(event);
    }
  }

  return (
    <div
      ref={listRef}
      className="vlist"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable={isMarked ? true : undefined}
      aria-activedescendant={selected >= 0 && selected < count ? `${name}-${selected}` : undefined}
      data-testid={`${name}-list`}
      onKeyDown={onKeyDown}
    >
      <div className="vlist-canvas" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const current = item.index === selected;
          const marked = isMarked ? isMarked(item.index) : current;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the listbox has the focus and the keys
            <div
              key={item.key}
              id={`${name}-${item.index}`}
              role="option"
              aria-selected={marked}
              aria-setsize={count}
              aria-posinset={item.index + 1}
              className={`vlist-row ${current ? 'vlist-on' : ''} ${marked ? 'vlist-marked' : ''}`}
              style={{ transform: `translateY(${item.start}px)`, height: rowHeight }}
              data-testid={name}
              onClick={(event) => onSelect(item.index, event)}
              onDoubleClick={() => onOpen?.(item.index)}
            >
              {props.children(item.index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
