import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { QueueRow } from '@/ipc';
import { stayAt } from '@/shared/navigation';
import { type QueueChoice, queueFocus } from '@/shared/queueChoice';
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
  owner: null,
  snoozedUntil: null,
  expectedOn: null,
  overdue: false,
  comments: 0,
  evidence: 0,
};

/**
 * What lies before the reviewer: the queue, the selected row with its detail, and which answer is looked at. `asked` is what
 * the address names; a text that is searched for goes there.
 */
export function useDesk(asked: QueueChoice & { id: string | null }) {
  const client = useQueryClient();
  const { filter, conditions } = asked;
  const [search, setSearch] = useState(asked.search);
  const [selection, setSelection] = useState<Selection>({ id: asked.id, index: 0 });
  const [picked, setPicked] = useState<number | null>(null);
  const searched = useLater(search.trim(), 200);
  const choice: QueueChoice = { filter, search: searched, conditions };
  const queue = useQueue(choice);
  const selected = resolve(queue, selection);
  const row = selected?.row;
  const position = selected?.index ?? -1;
  const detail = useQuery({ ...detailQuery(row ?? NO_ROW), enabled: row !== undefined });
  const shown = detail.data?.row.id === row?.id ? detail.data : undefined;

  // Another part of the queue starts at its top, or at the row that was asked for.
  const list = JSON.stringify(choice);
  const shownList = useRef(list);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only with another list
  useEffect(() => {
    if (shownList.current !== list) {
      shownList.current = list;
      setSelection({ id: asked.id, index: 0 });
    }
  }, [list]);

  // The address follows what is searched for, and the search follows an address that something else asked for.
  const told = useRef(asked.search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only once another text has settled
  useEffect(() => {
    if (searched !== told.current) {
      told.current = searched;
      stayAt('review', queueFocus(choice));
    }
  }, [searched]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only with another address
  useEffect(() => {
    if (asked.search !== told.current) {
      told.current = asked.search;
      setSearch(asked.search);
    }
    if (asked.id !== null) {
      setSelection({ id: asked.id, index: 0 });
    }
  }, [asked.search, asked.id, filter]);

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
