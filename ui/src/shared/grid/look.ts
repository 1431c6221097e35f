/** What is looked at in a grid, and how that stands in the window's address. */

import type { GridColumn, GridFilter, GridKind, GridSort, GridTest } from '@/ipc';

/** The grids, in the order of their tabs. */
export const GRIDS: readonly GridKind[] = ['lines', 'entries', 'matches', 'exceptions', 'events'];

/** Search, filters and order. */
export interface Look {
  search: string;
  filters: readonly GridFilter[];
  sort: readonly GridSort[];
}

/** All rows in the grid's own order. */
export const ALL_ROWS: Look = { search: '', filters: [], sort: [] };

/** Columns that rows can be ordered by at once. */
export const SORTS_MAX = 3;

const TESTS: readonly GridTest[] = [
  'equals',
  'differs',
  'contains',
  'atLeast',
  'atMost',
  'oneOf',
  'empty',
  'filled',
];

/** Whether rows are left out. */
export function isNarrowed({ search, filters }: Look): boolean {
  return search !== '' || filters.length > 0;
}

/** A grid and its look as the part of the address behind the screen's name. */
export function focusOf(grid: GridKind, { search, filters, sort }: Look): string {
  const told = new URLSearchParams({ grid });
  if (search !== '') {
    told.set('q', search);
  }
  for (const { column, test, values } of filters) {
    told.append('f', [column, test, ...values.map(encodeURIComponent)].join(':'));
  }
  if (sort.length > 0) {
    told.set('sort', sort.map(({ column, descending }) => column + (descending ? '-' : '')).join(','));
  }
  return told.toString();
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function filterOf(text: string): GridFilter[] {
  const [column = '', word, ...values] = text.split(':');
  const test = TESTS.find((known) => known === word);
  return /^[a-zA-Z]+$/.test(column) && test
    ? [{ column: column as GridColumn, test, values: values.map(decoded) }]
    : [];
}

function sortOf(text: string): GridSort[] {
  return text
    .split(',')
    .filter((part) => /^[a-zA-Z]+-?$/.test(part))
    .slice(0, SORTS_MAX)
    .map((part) => ({ column: part.replace('-', '') as GridColumn, descending: part.endsWith('-') }));
}

/** The grid and look that an address tells; what is no part of one is left out. `null` where no grid is named. */
export function lookOf(focus: string): { grid: GridKind; look: Look } | null {
  const told = new URLSearchParams(focus);
  const grid = GRIDS.find((name) => name === told.get('grid'));
  if (!grid) {
    return null;
  }
  const look = {
    search: told.get('q') ?? '',
    filters: told.getAll('f').flatMap(filterOf),
    sort: sortOf(told.get('sort') ?? ''),
  };
  return { grid, look };
}

/** Only what the grid's columns can answer: an address may be of another version. */
export function fitting(look: Look, columns: readonly GridColumn[]): Look {
  return {
    ...look,
    filters: look.filters.filter(({ column }) => columns.includes(column)),
    sort: look.sort.filter(({ column }) => columns.includes(column)),
  };
}

/**
 * The order after a click on a column: upward, downward, then no more. `add` keeps the other columns, of which the
 * newest comes last.
 */
export function sortedBy(sort: readonly GridSort[], column: GridColumn, add: boolean): GridSort[] {
  const before = sort.find((one) => one.column === column);
  const next = before
    ? before.descending
      ? null
      : { column, descending: true }
    : { column, descending: false };
  if (!add) {
    return next ? [next] : [];
  }
  if (before) {
    return sort.flatMap((one) => (one.column === column ? (next ? [next] : []) : [one]));
  }
  return [...sort, { column, descending: false }].slice(-SORTS_MAX);
}

/** The filters of a column put in place of those it had. */
export function withFilters(look: Look, column: GridColumn, filters: readonly GridFilter[]): Look {
  const rest = look.filters.filter((filter) => filter.column !== column);
  return { ...look, filters: [...rest, ...filters] };
}

/** Without one of its filters. */
export function withoutFilter(look: Look, at: number): Look {
  return { ...look, filters: look.filters.filter((_, index) => index !== at) };
}

/** Whether two looks ask the same. */
export function sameLook(left: Look, right: Look): boolean {
  return focusOf('lines', left) === focusOf('lines', right);
}
