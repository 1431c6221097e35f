import type { CategoryPatternView } from '@/ipc';

/** What patterns are sorted by. */
export type SortBy = 'pattern' | 'category' | 'lines';

/** The order of the table. */
export interface Sort {
  by: SortBy;
  down: boolean;
}

/** The patterns whose text or category contains the search, in this order. Ties stay in the order of the list. */
export function patternsOf(
  patterns: readonly CategoryPatternView[],
  search: string,
  { by, down }: Sort,
  locale: string,
): CategoryPatternView[] {
  const wanted = search.trim().toLocaleLowerCase(locale);
  const found = wanted
    ? patterns.filter((one) => `${one.pattern}\n${one.category}`.toLocaleLowerCase(locale).includes(wanted))
    : [...patterns];
  const { compare } = new Intl.Collator(locale);
  const order = (left: CategoryPatternView, right: CategoryPatternView) =>
    by === 'lines' ? left.lines - right.lines : compare(left[by], right[by]);
  return found.sort((left, right) => (down ? order(right, left) : order(left, right)));
}
