import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, BookOpen, Landmark } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect } from 'react';
import { useI18n } from '@/i18n';
import type { ExceptionOrderView, ExceptionRow } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { drawnWith, seenOf } from '@/shared/drawnRows';
import { formatCount } from '@/shared/format';
import { aboutOf, whyOf } from './exceptions';
import type { Exceptions } from './useExceptions';

const ROW_HEIGHT = 52;

interface ExceptionTableProps {
  desk: Exceptions;
  listRef: RefObject<HTMLDivElement | null>;
  onOpen: (row: ExceptionRow) => void;
}

function Face({ row, owners }: { row: ExceptionRow; owners: boolean }) {
  const i18n = useI18n();
  const { t, word, locale } = i18n;
  const { record } = row;
  const why = whyOf(row, i18n);
  const Icon = record.side === 'statement' ? Landmark : BookOpen;
  return (
    <>
      <span className="exception-side" title={word('side', record.side)}>
        <Icon aria-hidden size={15} />
        <span className="sr-only">{word('side', record.side)}</span>
      </span>
      <span className="exception-date">
        <DateText iso={record.date} />
      </span>
      <span className="exception-who">
        <strong>{record.counterparty || t('exceptions.noName')}</strong>{' '}
        <span className="muted">{aboutOf(row)}</span>
      </span>
      <span className="exception-cause">{word('cause', row.cause)}</span>
      <span className="right">
        <Amount amount={record.amount} />
      </span>
      <span className="right">
        <Amount amount={row.impact} currency className="exception-impact" />
      </span>
      <span className="right num" title={t('days', { count: row.daysOpen })}>
        {formatCount(row.daysOpen, locale)}
      </span>
      {owners && <span className="exception-owner">{row.owner ?? '–'}</span>}
      <span className="exception-fix" title={why}>
        {why}
      </span>
    </>
  );
}

interface SortHeadProps {
  desk: Exceptions;
  by: ExceptionOrderView;
  label: string;
  right?: boolean;
}

function SortHead({ desk, by, label, right }: SortHeadProps) {
  const { t } = useI18n();
  const { order, reversed } = desk.look;
  const on = order === by;
  const Icon = reversed ? ArrowUp : ArrowDown;
  return (
    <span className={right ? 'right' : ''}>
      <button
        type="button"
        className={`sort-head ${on ? 'sort-on' : ''}`}
        title={t(`exceptions.key.${by}`)}
        aria-pressed={on}
        data-testid={`sort-${by}`}
        data-reversed={on && reversed}
        onClick={() => desk.sort(by)}
      >
        {label}
        {on && <Icon aria-hidden size={12} strokeWidth={2.5} />}
        {on && <span className="sr-only">{t(reversed ? 'exceptions.upward' : 'exceptions.downward')}</span>}
      </button>
    </span>
  );
}

function Head({ desk, owners }: { desk: Exceptions; owners: boolean }) {
  const { t } = useI18n();
  return (
    <div className="exceptions-head exceptions-columns">
      <span />
      <span>{t('field.date')}</span>
      <span>{t('exceptions.record')}</span>
      <SortHead desk={desk} by="cause" label={t('exceptions.cause')} />
      <span className="right">{t('field.amount')}</span>
      <SortHead desk={desk} by="impact" label={t('exceptions.impact')} right />
      <SortHead desk={desk} by="age" label={t('exceptions.age')} right />
      {owners && <span>{t('exceptions.owner')}</span>}
    </div>
  );
}

/** How far the keys move the selection in a list of so many. */
const STEPS: Record<string, (count: number) => number> = {
  ArrowDown: () => 1,
  ArrowUp: () => -1,
  PageDown: () => 8,
  PageUp: () => -8,
  Home: (count) => -count,
  End: (count) => count,
};

interface RowProps {
  row: ExceptionRow | undefined;
  index: number;
  count: number;
  selected: boolean;
  owners: boolean;
  start: number;
  onSelect: () => void;
  onOpen: (row: ExceptionRow) => void;
}

function Row({ row, index, count, selected, owners, start, onSelect, onOpen }: RowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the listbox has the focus and the keys
    <div
      id={`exception-${index}`}
      role="option"
      aria-selected={selected}
      aria-setsize={count}
      aria-posinset={index + 1}
      className={`exceptions-row exceptions-columns ${selected ? 'exceptions-on' : ''}`}
      style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
      data-testid="exception"
      data-id={row?.record.id}
      data-cause={row?.cause}
      onClick={onSelect}
      onDoubleClick={() => row && onOpen(row)}
    >
      {row ? <Face row={row} owners={owners} /> : <span className="exception-blank" />}
    </div>
  );
}

/** The exceptions as a table of any length; only what is seen is drawn, and only what is looked at is asked for. */
export function ExceptionTable({ desk, listRef, onOpen }: ExceptionTableProps) {
  const { t } = useI18n();
  const { list, selected, select, move } = desk;
  const { onRange } = list;
  const virtual = useVirtualizer({
    count: list.total,
    getScrollElement: () => listRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    rangeExtractor: drawnWith(selected),
  });
  const items = virtual.getVirtualItems();
  const [first, last] = seenOf(items, selected);
  const owners = items.some((item) => (list.rowAt(item.index)?.owner ?? null) !== null);

  useEffect(() => onRange(first, last), [first, last, onRange]);
  useEffect(() => {
    if (selected === 0) {
      virtual.scrollToOffset(0);
    } else if (selected > 0) {
      virtual.scrollToIndex(selected, { align: 'auto' });
    }
  }, [selected, virtual]);

  function onKeyDown(event: KeyboardEvent): void {
    const by = STEPS[event.key]?.(list.total);
    if (by !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      move(by);
    }
  }

  return (
    <div className={`exceptions-table ${owners ? 'exceptions-owned' : ''}`}>
      <Head desk={desk} owners={owners} />
      <div
        ref={listRef}
        className="exceptions-list"
        role="listbox"
        tabIndex={0}
        aria-label={t('exceptions.title')}
        aria-activedescendant={selected >= 0 && selected < list.total ? `exception-${selected}` : undefined}
        data-testid="exceptions"
        onKeyDown={onKeyDown}
      >
        <div className="exceptions-canvas" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => (
            <Row
              key={item.key}
              row={list.rowAt(item.index)}
              index={item.index}
              count={list.total}
              selected={item.index === selected}
              owners={owners}
              start={item.start}
              onSelect={() => select(item.index)}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
