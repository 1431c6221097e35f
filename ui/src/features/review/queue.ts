import type { QueryClient } from '@tanstack/react-query';
import {
  host,
  type QueueCounts,
  type QueueFilter,
  type QueueRow,
  type QueueView,
  type ReviewDetail,
} from '@/ipc';
import { usePages } from '@/shared/pages';
import { KEYS } from '@/shared/queries';

/** The parts of the queue, in the order of the tabs. */
export const FILTERS: readonly QueueFilter[] = [
  'toReview',
  'suggested',
  'unmatchedLines',
  'unmatchedEntries',
  'approved',
  'rejected',
];

/** Part of the queue and the text that its rows contain. */
export interface QueueChoice {
  filter: QueueFilter;
  search: string;
}

/** The queue as the list needs it: any row by its position, once its page is there. */
export interface Queue {
  total: number;
  counts: QueueCounts | undefined;
  undoable: string | null;
  loaded: boolean;
  fault: unknown;
  rowAt: (index: number) => QueueRow | undefined;
  indexOf: (id: string) => number;
  /** Told which rows are seen. */
  onRange: (first: number, last: number) => void;
}

/** Loads the first page and those pages that are looked at. */
export function useQueue({ filter, search }: QueueChoice): Queue {
  const pages = usePages<QueueRow, QueueView>([...KEYS.queue, filter, search], (offset, limit) =>
    host().call('review_queue', { request: { filter, search, offset, limit } }),
  );
  return {
    ...pages,
    loaded: pages.own,
    counts: pages.first?.counts,
    undoable: pages.first?.undoable ?? null,
    indexOf: (id) => pages.find((row) => row.id === id),
  };
}

/** Takes a decided row out at once, before the host has answered; a refresh puts everything right. */
export function takeOut(client: QueryClient, { filter, search }: QueueChoice, id: string): void {
  client.setQueriesData<QueueView>({ queryKey: [...KEYS.queue, filter, search] }, (view) => {
    if (!view) {
      return view;
    }
    const rows = view.rows.filter((row) => row.id !== id);
    return { ...view, rows, total: view.total - 1 };
  });
}

/** Shows new counts at once. */
export function setCounts(client: QueryClient, counts: QueueCounts, undoable: string | null): void {
  client.setQueriesData<QueueView>({ queryKey: KEYS.queue }, (view) => view && { ...view, counts, undoable });
}

/** Whether the row is a record without a match. */
export function isUnmatched(row: QueueRow): boolean {
  return row.state === 'unmatchedLine' || row.state === 'unmatchedEntry';
}

/** The question for everything that the bench shows for a row. */
export function detailQuery(row: QueueRow) {
  return {
    queryKey: [...KEYS.detail, row.id] as const,
    queryFn: (): Promise<ReviewDetail> =>
      host().call(isUnmatched(row) ? 'exception_detail' : 'match_detail', { id: row.id }),
  };
}
