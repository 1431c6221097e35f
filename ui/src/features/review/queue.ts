import type { QueryClient, QueryKey } from '@tanstack/react-query';
import {
  type ActView,
  type DecisionOutcome,
  host,
  type QueueCounts,
  type QueueRow,
  type QueueView,
  type ReviewDetail,
} from '@/ipc';
import { PAGE_ROWS, usePages } from '@/shared/pages';
import { KEYS } from '@/shared/queries';
import type { QueueChoice } from '@/shared/queueChoice';

/** The queue as the list needs it: any row by its position, once its page is there. */
export interface Queue {
  total: number;
  counts: QueueCounts | undefined;
  /** What `undo` would take back, and `redo` would do again. */
  undoable: ActView | null;
  redoable: ActView | null;
  loaded: boolean;
  fault: unknown;
  rowAt: (index: number) => QueueRow | undefined;
  indexOf: (id: string) => number;
  /** Told which rows are seen. */
  onRange: (first: number, last: number) => void;
}

/** Where a list of the queue is kept. */
function keyOf({ filter, search, conditions }: QueueChoice): readonly unknown[] {
  return [...KEYS.queue, filter, search, conditions];
}

/** Loads the first page and those pages that are looked at. */
export function useQueue(choice: QueueChoice): Queue {
  const pages = usePages<QueueRow, QueueView>(keyOf(choice), (offset, limit) =>
    host().call('review_queue', { request: { ...choice, offset, limit } }),
  );
  return {
    ...pages,
    loaded: pages.own,
    counts: pages.first?.counts,
    undoable: pages.first?.undoable ?? null,
    redoable: pages.first?.redoable ?? null,
    indexOf: (id) => pages.find((row) => row.id === id),
  };
}

type Kept = readonly (readonly [QueryKey, QueueView | undefined])[];

const holds = (kept: Kept, id: string) => kept.some(([, view]) => view?.rows.some((row) => row.id === id));

/** Takes a decided row out at once, before the host has answered; a refresh puts everything right. */
export function takeOut(client: QueryClient, choice: QueueChoice, id: string): void {
  const kept = client.getQueriesData<QueueView>({ queryKey: keyOf(choice) });
  for (const [key, view] of holds(kept, id) ? kept : []) {
    if (view) {
      const rows = view.rows.filter((row) => row.id !== id);
      client.setQueryData<QueueView>(key, { ...view, rows, total: view.total - 1 });
    }
  }
}

/** Puts a row that was taken out back to its place; a refresh puts everything right. */
export function putBack(client: QueryClient, choice: QueueChoice, row: QueueRow, index: number): void {
  const kept = client.getQueriesData<QueueView>({ queryKey: keyOf(choice) });
  const page = Math.floor(index / PAGE_ROWS);
  for (const [key, view] of holds(kept, row.id) ? [] : kept) {
    if (view) {
      const rows = key.at(-1) === page ? view.rows.toSpliced(index % PAGE_ROWS, 0, row) : view.rows;
      client.setQueryData<QueueView>(key, { ...view, rows, total: view.total + 1 });
    }
  }
}

/** Shows at once new counts, and what can be taken back and done again. */
export function setCounts(client: QueryClient, outcome: DecisionOutcome): void {
  const { counts, undoable, redoable } = outcome;
  client.setQueriesData<QueueView>(
    { queryKey: KEYS.queue },
    (view) => view && { ...view, counts, undoable, redoable },
  );
}

/** Whether the row is a record without a match. */
export function isUnmatched(row: QueueRow): boolean {
  return row.state === 'unmatchedLine' || row.state === 'unmatchedEntry';
}

/** Takes what the bench shows for a row as the host has told it, without a question. */
export function setDetail(client: QueryClient, detail: ReviewDetail): void {
  client.setQueryData([...KEYS.detail, detail.row.id], detail);
}

/** The question for everything that the bench shows for a row. */
export function detailQuery(row: QueueRow) {
  return {
    queryKey: [...KEYS.detail, row.id] as const,
    queryFn: (): Promise<ReviewDetail> =>
      host().call(isUnmatched(row) ? 'exception_detail' : 'match_detail', { id: row.id }),
  };
}
