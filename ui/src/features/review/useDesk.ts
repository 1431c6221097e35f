import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { QueueFilter, QueueRow } from '@/ipc';
import { NO_CONDITIONS } from '@/shared/queueChoice';
import { useLater } from '@/shared/useLater';
import { detailQuery, useQueue } from './queue';
import { resolve, type Selection, step } from './selection';

/** Stands in for a row while none is selected; nothing is asked for it. */
const NO_ROW: QueueRow = {
  id: '',
  state: 'suggested',
  date: null,
  title: '',
  subtitle: '',
  amount: { value: '0', currency: 'XXX' },
  difference: null,
  lines: 0,
  entries: 0,
  confidence: null,
  cause: 'none',
  alternatives: 0,
};

/** What lies before the reviewer: the queue, the selected row with its detail, and which answer is looked at. */
export function useDesk(filter: QueueFilter, begin: { id: string | null; search: string }) {
  const client = useQueryClient();
  const [search, setSearch] = useState(begin.search);
  const [selection, setSelection] = useState<Selection>({ id: begin.id, index: 0 });
  const [picked, setPicked] = useState<number | null>(null);
  const searched = useLater(search.trim(), 200);
  const choice = { filter, search: searched, conditions: NO_CONDITIONS };
  const queue = useQueue(choice);
  const selected = resolve(queue, selection);
  const row = selected?.row;
  const position = selected?.index ?? -1;
  const detail = useQuery({ ...detailQuery(row ?? NO_ROW), enabled: row !== undefined });
  const shown = detail.data?.row.id === row?.id ? detail.data : undefined;

  // Another part of the queue starts at its top.
  const list = `${filter} ${searched}`;
  const shownList = useRef(list);
  useEffect(() => {
    if (shownList.current !== list) {
      shownList.current = list;
      setSelection({ id: null, index: 0 });
    }
  }, [list]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row starts with the proposal itself
  useEffect(() => setPicked(null), [row?.id]);

  // The neighbours' details are asked for in advance, so that moving on repaints at once.
  useEffect(() => {
    for (const by of [1, -1]) {
      const neighbour = position < 0 ? undefined : queue.rowAt(position + by);
      if (neighbour) {
        void client.prefetchQuery(detailQuery(neighbour));
      }
    }
  });

  function move(by: number): void {
    const next = step(queue, position, by);
    if (next) {
      setSelection(next);
    }
  }

  function select(index: number): void {
    const chosen = queue.rowAt(index);
    if (chosen) {
      setSelection({ id: chosen.id, index });
    }
  }

  return {
    choice,
    queue,
    selected,
    shown,
    fault: detail.error,
    search,
    setSearch,
    picked,
    setPicked,
    setSelection,
    move,
    select,
  };
}

/** {@link useDesk}. */
export type Desk = ReturnType<typeof useDesk>;
