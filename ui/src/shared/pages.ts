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
export interface Pages<Row> {
  total: number;
  loaded: boolean;
  fault: unknown;
  rowAt: (index: number) => Row | undefined;
  /** Told which rows are seen. */
  onRange: (first: number, last: number) => void;
}

/** Loads the first page and those that are looked at. `key` names the question without its page. */
export function usePages<Row>(
  key: readonly unknown[],
  load: (offset: number, limit: number) => Promise<PageOf<Row>>,
): Pages<Row> {
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
  return {
    total: first.data?.total ?? 0,
    loaded: first.data !== undefined,
    fault: first.error ?? others.find((other) => other.error)?.error ?? null,
    rowAt: (index) => pageAt(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS],
    onRange,
  };
}
