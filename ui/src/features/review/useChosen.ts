import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import { host, type QueueRow } from '@/ipc';
import { KEYS } from '@/shared/queries';
import { showRefusal } from '@/shared/refusals';
import { useLater } from '@/shared/useLater';
import { type Chosen, chosenAll, extended, NONE_CHOSEN, toggled } from './selection';
import type { Desk } from './useDesk';

/** Most rows that can be chosen: so many the host marks at once. */
export const CHOSEN_MAX = 10_000;
const PAGE_ROWS = 500;

/** All rows of a choice, asked for page by page. */
export async function rowsOf(choice: Desk['choice'], most = CHOSEN_MAX): Promise<QueueRow[]> {
  const all: QueueRow[] = [];
  for (;;) {
    const limit = Math.min(PAGE_ROWS, most - all.length);
    const request = { ...choice, offset: all.length, limit };
    const { rows, total } = await host().call('review_queue', { request });
    all.push(...rows);
    if (rows.length === 0 || all.length >= Math.min(total, most)) {
      return all;
    }
  }
}

/** The rows of the queue, of which those with a rival are noted: the host does not tell it of what is chosen. */
function useRivals(desk: Desk) {
  const rivals = useRef(new Set<string>());
  function note(row: QueueRow | undefined): QueueRow | undefined {
    if (row?.state === 'ambiguous') {
      rivals.current.add(row.id);
    } else if (row) {
      rivals.current.delete(row.id);
    }
    return row;
  }
  return {
    rows: { rowAt: (index: number) => note(desk.queue.rowAt(index)) },
    note,
    among: (ids: ReadonlySet<string>) => [...ids].filter((id) => rivals.current.has(id)).length,
  };
}

/** Rows chosen to do something with all of them, and what they come to. */
export function useChosen(desk: Desk) {
  const i18n = useI18n();
  const [chosen, setChosen] = useState<Chosen>(NONE_CHOSEN);
  const list = JSON.stringify(desk.choice);
  const version = useRef(0);
  const shownList = useRef(list);
  useEffect(() => {
    if (shownList.current !== list) {
      shownList.current = list;
      setChosen(NONE_CHOSEN);
    }
  }, [list]);
  const lastIds = useRef(chosen.ids);
  if (lastIds.current !== chosen.ids) {
    lastIds.current = chosen.ids;
    version.current += 1;
  }
  const settled = useLater(version.current, 150);
  const facts = useQuery({
    queryKey: [...KEYS.selection, settled],
    queryFn: () => host().call('selection', { ids: [...lastIds.current] }),
    enabled: chosen.ids.size > 0 && settled === version.current,
    gcTime: 0,
    retry: false,
  });
  const position = desk.selected?.index ?? 0;
  const rivals = useRivals(desk);

  async function all(): Promise<void> {
    try {
      const rows = await rowsOf(desk.choice);
      if (shownList.current === list) {
        rows.forEach(rivals.note);
        setChosen(chosenAll(rows.map(({ id }) => id)));
      }
    } catch (fault) {
      showRefusal(fault, i18n);
    }
  }

  return {
    ids: chosen.ids,
    facts: settled === version.current && chosen.ids.size > 0 ? facts.data : undefined,
    fault: facts.error,
    /** How many of them have a rival. */
    rivals: () => rivals.among(chosen.ids),
    toggle: (index: number) => setChosen((before) => toggled(before, rivals.rows, index)),
    /** Draws the range on to a row, and goes there. */
    extendTo: (to: number) => {
      const index = Math.max(0, Math.min(desk.queue.total - 1, to));
      setChosen((before) => extended(before, rivals.rows, position, index));
      desk.select(index);
    },
    all,
    clear: () => setChosen(NONE_CHOSEN),
  };
}

/** {@link useChosen}. */
export type ChosenRows = ReturnType<typeof useChosen>;
