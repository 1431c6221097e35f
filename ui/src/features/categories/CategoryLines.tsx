import { useQuery } from '@tanstack/react-query';
import { CircleDashed, Hand, Hourglass, type LucideIcon, Tag, TriangleAlert } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { type MessageKey, useI18n } from '@/i18n';
import { type CategoriesView, type CategoryShelfView, type CategorySumView, host } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { formatCount } from '@/shared/format';
import { FaultNotice } from '@/shared/Notice';
import { KEYS } from '@/shared/queries';
import { VirtualList } from '@/shared/VirtualList';
import { LineTable } from './LineTable';
import type { Categories } from './useCategories';

/** A place where lines stand: a category, or lines that have none. */
export interface Shelf {
  kind: CategoryShelfView;
  categoryId: string | null;
  name: string;
  lines: number;
  /** One a currency; empty where nothing is added up. */
  totals: CategorySumView[];
}

const OTHERS: readonly { kind: CategoryShelfView; name: MessageKey; icon: LucideIcon }[] = [
  { kind: 'noCategory', name: 'categories.shelf.none', icon: CircleDashed },
  { kind: 'pending', name: 'categories.shelf.pending', icon: Hourglass },
  { kind: 'failed', name: 'categories.shelf.failed', icon: TriangleAlert },
  { kind: 'byHand', name: 'categories.shelf.byHand', icon: Hand },
];
const ICONS = new Map(OTHERS.map(({ kind, icon }) => [kind, icon]));

function useShelves(view: CategoriesView, sums: readonly CategorySumView[] | undefined): Shelf[] {
  const { t } = useI18n();
  return useMemo(() => {
    const of = (id: string | null) => sums?.filter((sum) => sum.categoryId === id) ?? [];
    const counted: Partial<Record<CategoryShelfView, number>> = {
      noCategory: view.counts.uncategorised,
      pending: view.counts.pending,
      failed: view.counts.failed,
      byHand: sums?.reduce((total, sum) => total + sum.byHand, 0) ?? 0,
    };
    const categories = view.categories.map(({ id, name, lines }) => ({
      kind: 'category' as const,
      categoryId: id,
      name,
      lines,
      totals: of(id),
    }));
    const others = OTHERS.map(({ kind, name }) => ({
      kind,
      categoryId: null,
      name: t(name),
      lines: counted[kind] ?? 0,
      totals: kind === 'noCategory' ? of(null) : [],
    }));
    return [...others.filter(({ kind, lines }) => lines > 0 || kind === 'noCategory'), ...categories];
  }, [view, sums, t]);
}

function ShelfRow({ shelf }: { shelf: Shelf }) {
  const { t, locale } = useI18n();
  const Icon = ICONS.get(shelf.kind) ?? Tag;
  const [first] = shelf.totals;
  return (
    <>
      <Icon aria-hidden size={15} className="shelf-icon" />
      <span className="two-lines">
        <span className="clip shelf-name">{shelf.name}</span>
        <span className="clip">{t('categories.lines', { count: shelf.lines })}</span>
      </span>
      <span className="right num">
        {shelf.totals.length === 1 && first && <Amount amount={first.total} currency />}
        {shelf.totals.length > 1 && (
          <span
            className="muted"
            title={shelf.totals.map(({ total }) => `${total.value} ${total.currency}`).join('\n')}
          >
            {t('categories.currencies', { n: formatCount(shelf.totals.length, locale) })}
          </span>
        )}
      </span>
    </>
  );
}

interface CategoryLinesProps {
  desk: Categories;
  view: CategoriesView;
  searchRef: React.RefObject<HTMLInputElement | null>;
}

/** Lines by category with what they come to, and a person's own word on each. */
export function CategoryLines({ desk, view, searchRef }: CategoryLinesProps) {
  const { t } = useI18n();
  const listRef = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState('noCategory');
  const sums = useQuery({ queryKey: KEYS.categorySums, queryFn: () => host().call('category_sums', {}) });
  const shelves = useShelves(view, sums.data);
  const keyOf = (shelf: Shelf) => shelf.categoryId ?? shelf.kind;
  const found = shelves.findIndex((shelf) => keyOf(shelf) === chosen);
  const at = Math.max(0, found);
  const shelf = shelves[at];
  return (
    <div className="shelves">
      <div className="shelf-side shelf-columns">
        {sums.error && <FaultNotice fault={sums.error} />}
        <VirtualList
          count={shelves.length}
          rowHeight={48}
          label={t('categories.shelves')}
          name="shelf"
          selected={at}
          listRef={listRef}
          onSelect={(index) => {
            const next = shelves[index];
            if (next) {
              setChosen(keyOf(next));
            }
          }}
        >
          {(index) => {
            const one = shelves[index];
            return one && <ShelfRow shelf={one} />;
          }}
        </VirtualList>
      </div>
      {shelf && (
        <LineTable
          key={keyOf(shelf)}
          desk={desk}
          shelf={shelf}
          names={view.categories.map(({ name }) => name)}
          searchRef={searchRef}
        />
      )}
    </div>
  );
}
