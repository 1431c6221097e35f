import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';

/** Rows asked for at a time. */
export const PAGE_ROWS = 200;

/** A part of a long list as the host answers it. */
export interface PageOf<Row> {
  rows: Row[];
  total: number;
}

/** A list of any length: any row by its position, once its page is there. */
export interface Pages<Row, Page extends PageOf<Row> = PageOf<Row>> {
  /** The first page; while another list loads, that of the one before. */
  first: Page | undefined;
  total: number;
  loaded: boolean;
  /** Whether the first page is this list's own, and not that of the one before. */
  own: boolean;
  fault: unknown;
  rowAt: (index: number) => Row | undefined;
  /** Where the row stands, if its page is here; else -1. */
  find: (is: (row: Row) => boolean) => number;
  /** Told which rows are seen. */
  onRange: (first: number, last: number) => void;
}

/** Loads the first page and those that are looked at. `key` names the question without its page. */
export function usePages<Row, Page extends PageOf<Row> = PageOf<Row>>(
  key: readonly unknown[],
  load: (offset: number, limit: number) => Promise<Page>,
): Pages<Row, Page> {
  const [shown, setShown] = useState<readonly [number, number]>([0, 0]);
  const query = (page: number) => ({
    queryKey: [...key, page],
    queryFn: () => load(page * PAGE_ROWS, PAGE_ROWS),
  });
  const first = useQuery({ ...query(0), placeholderData: keepPreviousData });
  const wanted = [...new Set(shown)].filter((page) => page > 0);
  const others = useQueries({ queries: wanted.map(query) });
  const onRange = useCallback((from: number, to: number) => {
    const next = [Math.floor(from / PAGE_ROWS), Math.floor(to / PAGE_ROWS)] as const;
    setShown((before) => (before[0] === next[0] && before[1] === next[1] ? before : next));
  }, []);
  const pageAt = (page: number) => (page === 0 ? first.data : others[wanted.indexOf(page)]?.data);
  function find(is: (row: Row) => boolean): number {
    for (const page of [0, ...wanted]) {
      const position = pageAt(page)?.rows.findIndex(is) ?? -1;
      if (position >= 0) {
        return page * PAGE_ROWS + position;
      }
    }
    return -1;
  }
  return {
    first: first.data,
    total: first.data?.total ?? 0,
    loaded: first.data !== undefined,
    own: first.data !== undefined && !first.isPlaceholderData,
    fault: first.error ?? others.find((other) => other.error)?.error ?? null,
    rowAt: (index) => pageAt(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS],
    find,
    onRange,
  };
}
