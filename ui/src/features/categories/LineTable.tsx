import { Check, Hand, Inbox, Pencil, Search, Tag, Trash2 } from 'lucide-react';
import { type MouseEvent, type RefObject, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import { type CategoryLineView, host } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { Keys } from '@/shared/Keys';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { Empty, Skeleton } from '@/shared/Parts';
import { usePages } from '@/shared/pages';
import { KEYS } from '@/shared/queries';
import { useLater } from '@/shared/useLater';
import { VirtualList } from '@/shared/VirtualList';
import type { Shelf } from './CategoryLines';
import { SetCategoryDialog } from './SetCategoryDialog';
import type { Categories } from './useCategories';

interface LineTableProps {
  desk: Categories;
  shelf: Shelf;
  names: readonly string[];
  searchRef: RefObject<HTMLInputElement | null>;
}

/** Why the line stands where it does. */
function Because({ line }: { line: CategoryLineView }) {
  const { t } = useI18n();
  if (line.byHand) {
    return (
      <span className="because">
        <Hand aria-hidden size={12} />
        {t('categories.because.byHand')}
      </span>
    );
  }
  if (line.note !== '') {
    return <span className="because because-failed">{line.note}</span>;
  }
  if (line.rule !== '') {
    return <span className="clip">{t('categories.because.rule', { rule: line.rule })}</span>;
  }
  return <span className="clip">{line.pattern}</span>;
}

function LineRow({ line }: { line: CategoryLineView }) {
  return (
    <>
      <DateText iso={line.date} />
      <span className="two-lines">
        <span className="clip">{line.counterparty || line.description}</span>
        <span className="clip">
          {[line.counterparty && line.description, line.reference].filter(Boolean).join(' · ')}
        </span>
      </span>
      <Because line={line} />
      <span className="right">
        <Amount amount={line.amount} />
      </span>
    </>
  );
}

/** Rows chosen in a list that is seen in parts: one, some, or a stretch. `list` names what is listed: of another list none is. */
function useMarks(list: string, rowAt: (index: number) => CategoryLineView | undefined) {
  const [current, setCurrent] = useState(0);
  const [marks, setMarks] = useState<{ list: string; rows: ReadonlyMap<string, CategoryLineView> }>({
    list,
    rows: new Map(),
  });
  const marked = marks.list === list ? marks.rows : new Map<string, CategoryLineView>();
  const mark = (rows: ReadonlyMap<string, CategoryLineView>) => setMarks({ list, rows });
  function toggle(index: number): void {
    const row = rowAt(index);
    if (row) {
      const next = new Map(marked);
      if (!next.delete(row.id)) {
        next.set(row.id, row);
      }
      mark(next);
    }
  }
  function select(index: number, event?: MouseEvent): void {
    if (event?.shiftKey) {
      const [from, to] = [Math.min(index, current), Math.max(index, current)];
      const rows = Array.from({ length: to - from + 1 }, (_, at) => rowAt(from + at));
      mark(
        new Map([...marked, ...rows.filter((row) => row !== undefined).map((row) => [row.id, row] as const)]),
      );
    } else if (event?.ctrlKey || event?.metaKey) {
      toggle(index);
    } else if (event) {
      // A plain click chooses this row and no other.
      mark(new Map());
    }
    setCurrent(index);
  }
  const here = rowAt(current);
  return {
    current,
    marked,
    select,
    toggle,
    clear: () => mark(new Map()),
    /** What an action is about: the marked rows, or the current one. */
    chosen: marked.size > 0 ? [...marked.values()] : here === undefined ? [] : [here],
  };
}

/** The lines of a shelf: seen a page at a time, chosen one by one or many at once. */
export function LineTable({ desk, shelf, names, searchRef }: LineTableProps) {
  const { t } = useI18n();
  const listRef = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState('');
  const [dialog, setDialog] = useState<'rename' | 'remove' | null>(null);
  // What is chosen may change beneath the dialog, by a sweep or an import: it is about what it was opened for.
  const [setting, setSetting] = useState<readonly CategoryLineView[] | null>(null);
  const wanted = useLater(search.trim(), 200);
  const pages = usePages<CategoryLineView>(
    [...KEYS.categoryLines, shelf.kind, shelf.categoryId, wanted],
    async (offset, limit) => {
      const { lines, total } = await host().call('category_lines', {
        request: { shelf: shelf.kind, categoryId: shelf.categoryId, search: wanted, offset, limit },
      });
      return { rows: lines, total };
    },
  );
  // What a search, or a change of the lines, takes out of sight is not chosen any more.
  const marks = useMarks([shelf.kind, shelf.categoryId, wanted, pages.total].join(' '), pages.rowAt);
  const canSet = marks.chosen.length > 0 && !desk.busy;
  const openSet = () => canSet && setSetting(marks.chosen);
  useKeys([
    {
      combo: 'c',
      label: t('categories.set'),
      group: t('nav.categories'),
      run: openSet,
      enabled: canSet,
    },
  ]);

  return (
    <section className="shelf-lines" aria-label={shelf.name}>
      <div className="list-bar">
        <div className="search">
          <Search aria-hidden size={14} />
          <input
            ref={searchRef}
            className="input"
            type="search"
            value={search}
            placeholder={t('categories.lines.search')}
            aria-label={t('categories.lines.search')}
            data-testid="line-search"
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && listRef.current?.focus()}
          />
          <Keys combo="/" />
        </div>
        <div className="list-bar-end">
          {shelf.kind === 'category' && (
            <>
              <Button
                size="small"
                variant="quiet"
                icon={Pencil}
                needs="import"
                aria-label={t('categories.rename')}
                title={t('categories.rename')}
                onClick={() => setDialog('rename')}
                testId="category-rename"
              />
              <Button
                size="small"
                variant="quiet"
                icon={Trash2}
                needs="import"
                aria-label={t('categories.remove')}
                title={t('categories.remove')}
                onClick={() => setDialog('remove')}
                testId="category-remove"
              />
            </>
          )}
          <Button size="small" icon={Tag} keys="c" disabled={!canSet} onClick={openSet} testId="set-category">
            {marks.marked.size > 0
              ? t('categories.set.many', { count: marks.marked.size })
              : t('categories.set')}
          </Button>
        </div>
      </div>
      {pages.fault != null && <FaultNotice fault={pages.fault} />}
      {!pages.loaded && pages.fault == null && (
        <div className="list-wait">
          <Skeleton rows={8} height={28} />
        </div>
      )}
      {pages.loaded && pages.total === 0 && (
        <Empty icon={Inbox} title={t('categories.lines.none')} testId="lines-none">
          {t(wanted === '' ? 'categories.lines.none.text' : 'categories.lines.none.search')}
        </Empty>
      )}
      {pages.total > 0 && (
        <div className="vlist-frame line-columns">
          <VirtualList
            count={pages.total}
            rowHeight={48}
            label={shelf.name}
            name="category-line"
            selected={Math.min(marks.current, pages.total - 1)}
            listRef={listRef}
            onSelect={marks.select}
            onOpen={openSet}
            onRange={pages.onRange}
            isMarked={(index) => {
              const id = pages.rowAt(index)?.id;
              return id !== undefined && marks.marked.has(id);
            }}
            onKey={(event) => {
              if (event.key === ' ') {
                event.preventDefault();
                marks.toggle(marks.current);
              } else if (event.key === 'Escape') {
                marks.clear();
              }
            }}
          >
            {(index) => {
              const line = pages.rowAt(index);
              return line ? <LineRow line={line} /> : <span className="skeleton-bar" />;
            }}
          </VirtualList>
        </div>
      )}
      {setting && (
        <SetCategoryDialog
          lines={setting}
          names={names}
          onClose={() => setSetting(null)}
          onSet={async (choice, category) => {
            await desk.setLines({ lineIds: setting.map((line) => line.id), choice, category });
            marks.clear();
          }}
        />
      )}
      {dialog === 'rename' && <RenameCategory shelf={shelf} desk={desk} onClose={() => setDialog(null)} />}
      {dialog === 'remove' && (
        <FormDialog
          title={t('categories.remove')}
          action={t('action.remove')}
          icon={Trash2}
          ready
          danger
          testId="remove-category"
          onClose={() => setDialog(null)}
          onSubmit={() => desk.remove(shelf.categoryId ?? '')}
        >
          <p>{t('categories.remove.text', { name: shelf.name })}</p>
        </FormDialog>
      )}
    </section>
  );
}

function RenameCategory({ shelf, desk, onClose }: { shelf: Shelf; desk: Categories; onClose: () => void }) {
  const { t } = useI18n();
  const [name, setName] = useState(shelf.name);
  return (
    <FormDialog
      title={t('categories.rename')}
      action={t('categories.pattern.save')}
      icon={Check}
      ready={name.trim() !== ''}
      testId="rename-category"
      onClose={onClose}
      onSubmit={() => desk.rename(shelf.categoryId ?? '', name)}
    >
      <TextField
        label={t('categories.category.name')}
        value={name}
        onChange={setName}
        autoFocus
        testId="rename-name"
      />
    </FormDialog>
  );
}
