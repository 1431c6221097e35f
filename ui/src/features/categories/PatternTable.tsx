import { ArrowDown, ArrowUp, Pencil, Search, Tags, Trash2 } from 'lucide-react';
import { type RefObject, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import type { CategoriesView, CategoryPatternView } from '@/ipc';
import { Button } from '@/shared/Button';
import { formatCount } from '@/shared/format';
import { Keys } from '@/shared/Keys';
import { Empty } from '@/shared/Parts';
import { usePermission } from '@/shared/permission';
import { VirtualList } from '@/shared/VirtualList';
import { patternsOf, type Sort, type SortBy } from './sorting';

const COLUMNS: readonly { by: SortBy; right?: boolean }[] = [
  { by: 'pattern' },
  { by: 'category' },
  { by: 'lines', right: true },
];

interface PatternTableProps {
  view: CategoriesView;
  searchRef: RefObject<HTMLInputElement | null>;
  onEdit: (pattern: CategoryPatternView) => void;
  onRemove: (pattern: CategoryPatternView) => void;
}

/** All patterns with how many lines each took; ten thousand scroll as well as ten. */
export function PatternTable({ view, searchRef, onEdit, onRemove }: PatternTableProps) {
  const { t, word, locale } = useI18n();
  const { may } = usePermission('import');
  const listRef = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<Sort>({ by: 'category', down: false });
  const [selected, setSelected] = useState(0);
  const wanted = useDeferredValue(search);
  const shown = useMemo(
    () => patternsOf(view.patterns, wanted, sort, locale),
    [view.patterns, wanted, sort, locale],
  );
  const current = shown[Math.min(selected, shown.length - 1)];

  return (
    <>
      <div className="list-bar">
        <div className="search">
          <Search aria-hidden size={14} />
          <input
            ref={searchRef}
            className="input"
            type="search"
            value={search}
            placeholder={t('categories.search')}
            aria-label={t('categories.search')}
            data-testid="pattern-search"
            onChange={(event) => {
              setSearch(event.target.value);
              setSelected(0);
            }}
            onKeyDown={(event) => event.key === 'Enter' && listRef.current?.focus()}
          />
          <Keys combo="/" />
        </div>
        <span className="muted num" data-testid="pattern-count">
          {t('categories.patterns.count', { count: shown.length })}
        </span>
        <div className="list-bar-end">
          <Button
            size="small"
            icon={Pencil}
            needs="import"
            keys="Enter"
            disabled={!current}
            onClick={() => current && onEdit(current)}
            testId="pattern-edit"
          >
            {t('categories.pattern.change')}
          </Button>
          <Button
            size="small"
            icon={Trash2}
            needs="import"
            disabled={!current}
            aria-keyshortcuts="Delete"
            onClick={() => current && onRemove(current)}
            testId="pattern-remove"
          >
            {t('action.remove')}
          </Button>
        </div>
      </div>
      {view.rules.length > 0 && (
        <p className="rules-first" data-testid="rules-first">
          {t('categories.rules', {
            count: view.rules.length,
            rules: view.rules
              .map(({ name, category }) => t('categories.rule', { name, category }))
              .join(', '),
          })}
        </p>
      )}
      <div className="list-head pattern-columns">
        {COLUMNS.map(({ by, right }) => (
          <button
            key={by}
            type="button"
            className={`list-sort ${right ? 'right' : ''}`}
            aria-pressed={sort.by === by}
            data-testid={`sort-${by}`}
            onClick={() => setSort({ by, down: sort.by === by ? !sort.down : by === 'lines' })}
          >
            {word('categories.column', by)}
            {sort.by === by &&
              (sort.down ? <ArrowDown aria-hidden size={12} /> : <ArrowUp aria-hidden size={12} />)}
          </button>
        ))}
      </div>
      {shown.length === 0 ? (
        <Empty icon={Tags} title={t('categories.search.none')} testId="patterns-none">
          {t('categories.search.none.text', { search: wanted })}
        </Empty>
      ) : (
        <div className="vlist-frame pattern-columns">
          <VirtualList
            count={shown.length}
            rowHeight={36}
            label={t('categories.patterns')}
            name="pattern"
            selected={Math.min(selected, shown.length - 1)}
            listRef={listRef}
            onSelect={setSelected}
            onOpen={(index) => {
              const pattern = shown[index];
              if (pattern && may) {
                onEdit(pattern);
              }
            }}
            onKey={(event) => {
              if ((event.key === 'Delete' || event.key === 'Backspace') && current && may) {
                event.preventDefault();
                onRemove(current);
              }
            }}
          >
            {(index) => {
              const pattern = shown[index];
              return (
                pattern && (
                  <>
                    <span className="clip pattern-text">{pattern.pattern}</span>
                    <span className="clip">{pattern.category}</span>
                    <span className={`right num ${pattern.lines === 0 ? 'muted' : ''}`}>
                      {formatCount(pattern.lines, locale)}
                    </span>
                  </>
                )
              );
            }}
          </VirtualList>
        </div>
      )}
    </>
  );
}
