import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import {
  type GridColumnView,
  type GridKind,
  type GridPage,
  type GridRequest,
  type GridRow,
  host,
} from '@/ipc';
import { KEYS } from '../queries';
import type { Look } from './look';
import { PAGE_ROWS, PageCache } from './pageCache';

/** A question without its page. */
export function questionOf(grid: GridKind, { search, filters, sort }: Look): GridRequest {
  return {
    grid,
    search: search.trim(),
    filters: [...filters],
    sort: [...sort],
    offset: 0,
    limit: PAGE_ROWS,
  };
}

/** Rows of a grid by their position, and what is known of them all. */
export interface GridData {
  /** What is shown: the question before the newest while that is being answered. */
  question: GridRequest;
  /** Changes with the question that is shown. */
  key: string;
  columns: readonly GridColumnView[];
  total: number;
  /** Of the workbook when the first page was read: sums of another one are of other rows. */
  version: number;
  /** Names which rows stand where: what is asked of places is answered only while they do. */
  order: number;
  /** A first page is there, of whichever question. */
  loaded: boolean;
  /** The newest question is answered. */
  own: boolean;
  fault: unknown;
  rowAt: (position: number) => GridRow | undefined;
  onShow: (from: number, to: number) => void;
  /** Asks again after a fault. */
  retry: () => void;
}

interface First {
  key: string;
  question: GridRequest;
  page: GridPage;
}

/** Loads what is looked at. */
export function useGridData(grid: GridKind, look: Look): GridData {
  const client = useQueryClient();
  const question = useMemo(() => questionOf(grid, look), [grid, look]);
  const key = JSON.stringify(question);
  const pages = useMemo(() => [...KEYS.grids, 'page', grid], [grid]);
  const [cache] = useState(() => new PageCache(() => void client.invalidateQueries({ queryKey: pages })));
  const first = useQuery({
    queryKey: [...pages, key],
    queryFn: async (): Promise<First> => ({
      key,
      question,
      page: await host().call('grid_page', { request: question }),
    }),
    placeholderData: keepPreviousData,
  });
  const { data } = first;
  useSyncExternalStore(cache.subscribe, cache.snapshot);
  useLayoutEffect(() => {
    if (data) {
      cache.begin(data.key, data.page, (offset, limit) =>
        host().call('grid_page', { request: { ...data.question, offset, limit } }),
      );
    }
  }, [cache, data]);
  const total = data?.page.total ?? 0;
  const onShow = useCallback((from: number, to: number) => cache.show(from, to, total), [cache, total]);
  return {
    question: data?.question ?? question,
    key: data?.key ?? '',
    columns: data?.page.columns ?? [],
    total,
    version: data?.page.version ?? 0,
    order: data?.page.order ?? 0,
    loaded: data !== undefined,
    own: data?.key === key,
    fault: first.error ?? cache.fault,
    rowAt: (position) => cache.rowAt(position),
    onShow,
    retry: () => void client.invalidateQueries({ queryKey: pages }),
  };
}
