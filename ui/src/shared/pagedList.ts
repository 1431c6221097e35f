import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';

/** Rows asked for at a time. */
export const PAGE_ROWS = 200;

interface PageView<Row> {
  rows: Row[];
  total: number;
}

/** A list of any length of which only the pages that are looked at are here. */
export interface PagedList<Row, View extends PageView<Row>> {
  /** The first page; while another list loads, that of the one before. */
  first: View | undefined;
  total: number;
  /** Whether the first page is this list's own. */
  loaded: boolean;
  fault: unknown;
  rowAt: (index: number) => Row | undefined;
  /** Where the row stands, if its page is here; else -1. */
  find: (is: (row: Row) => boolean) => number;
}

/** Loads the first page and those pages that are looked at. */
export function usePagedList<Row, View extends PageView<Row>>(
  pageQuery: (page: number) => { queryKey: readonly unknown[]; queryFn: () => Promise<View> },
  pagesShown: readonly number[],
): PagedList<Row, View> {
  const first = useQuery({ ...pageQuery(0), placeholderData: keepPreviousData });
  const wanted = [...new Set(pagesShown)].filter((page) => page > 0);
  const others = useQueries({ queries: wanted.map((page) => pageQuery(page)) });
  const pages = new Map<number, PageView<Row>>();
  if (first.data) {
    pages.set(0, first.data);
  }
  for (const [position, page] of wanted.entries()) {
    const data = others[position]?.data;
    if (data) {
      pages.set(page, data);
    }
  }
  return {
    first: first.data,
    total: first.data?.total ?? 0,
    loaded: first.data !== undefined && !first.isPlaceholderData,
    fault: first.error,
    rowAt: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS],
    find: (is) => {
      for (const [page, view] of pages) {
        const position = view.rows.findIndex(is);
        if (position >= 0) {
          return page * PAGE_ROWS + position;
        }
      }
      return -1;
    },
  };
}
