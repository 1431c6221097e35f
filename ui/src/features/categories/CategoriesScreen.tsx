import { FileDown, FileUp, Plus, Tags } from 'lucide-react';
import { useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import type { CategoryPatternView } from '@/ipc';
import { Button } from '@/shared/Button';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { Empty, Panel, ScreenHead, Skeleton } from '@/shared/Parts';
import { CategoryLines } from './CategoryLines';
import { PatternDialog, RemovePattern } from './PatternDialog';
import { PatternTable } from './PatternTable';
import { SweepBand } from './SweepBand';
import { TryText } from './TryText';
import { type PatternDraft, useCategories } from './useCategories';
import '@/shared/lists.css';
import './categories.css';

type Tab = 'patterns' | 'lines';
const TABS: readonly Tab[] = ['patterns', 'lines'];

/** What transactions are for: patterns, the sweep that applies them, and lines by category. */
export function CategoriesScreen() {
  const { t } = useI18n();
  const desk = useCategories();
  const view = desk.list.data;
  const [tab, setTab] = useState<Tab>('patterns');
  const [draft, setDraft] = useState<PatternDraft | null>(null);
  const [removing, setRemoving] = useState<CategoryPatternView | null>(null);
  const tryRef = useRef<HTMLInputElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const names = view?.categories.map(({ name }) => name) ?? [];
  const add = (pattern = '') => setDraft({ id: null, pattern, category: '' });
  const canChange = view !== undefined && !desk.busy;
  const group = t('nav.categories');
  useKeys([
    { combo: 'n', label: t('categories.pattern.new'), group, run: add, enabled: canChange, needs: 'import' },
    { combo: 't', label: t('categories.try'), group, run: () => tryRef.current?.focus() },
    { combo: '/', label: t('categories.search'), group, run: () => searchRef.current?.focus() },
    {
      combo: 's',
      label: t('categories.sweep.now'),
      group,
      run: () => void desk.sweep(view?.stale ? 'all' : 'pending', true),
      enabled: canChange,
      needs: 'import',
    },
    { combo: '1', label: t('categories.patterns'), group, run: () => setTab('patterns') },
    { combo: '2', label: t('categories.byCategory'), group, run: () => setTab('lines') },
  ]);
  const empty = view !== undefined && view.patterns.length === 0 && view.categories.length === 0;

  return (
    <div className="fill">
      <ScreenHead
        title={t('categories.title')}
        actions={
          <>
            <Button
              icon={FileDown}
              needs="import"
              disabled={!canChange}
              onClick={() => void desk.importPatterns()}
              testId="patterns-import"
            >
              {t('categories.import')}
            </Button>
            <Button
              icon={FileUp}
              disabled={!canChange || view.patterns.length === 0}
              onClick={() => void desk.exportPatterns()}
              testId="patterns-export"
            >
              {t('categories.export')}
            </Button>
            <Button
              variant="primary"
              icon={Plus}
              keys="n"
              needs="import"
              disabled={!canChange}
              onClick={() => add()}
              testId="pattern-add"
            >
              {t('categories.pattern.new')}
            </Button>
          </>
        }
      >
        {t('categories.sub')}
      </ScreenHead>
      {(desk.fault ?? desk.list.error) != null && <FaultNotice fault={desk.fault ?? desk.list.error} />}
      {view === undefined && !desk.list.error && (
        <Panel>
          <Skeleton rows={10} height={22} />
        </Panel>
      )}
      {view !== undefined && (
        <>
          <SweepBand desk={desk} view={view} />
          {!empty && <TryText inputRef={tryRef} onAdd={add} />}
          <section className="panel panel-fill">
            <div className="list-bar list-bar-tabs">
              <div className="tabs" role="tablist" aria-label={t('categories.title')}>
                {TABS.map((name) => (
                  <button
                    key={name}
                    type="button"
                    role="tab"
                    className="tab"
                    aria-selected={tab === name}
                    data-testid={`tab-${name}`}
                    onClick={() => setTab(name)}
                  >
                    {t(name === 'patterns' ? 'categories.patterns' : 'categories.byCategory')}
                  </button>
                ))}
              </div>
            </div>
            {tab === 'patterns' && empty && (
              <Empty
                icon={Tags}
                title={t('categories.none')}
                testId="categories-none"
                action={
                  <Button
                    icon={FileDown}
                    needs="import"
                    disabled={!canChange}
                    onClick={() => void desk.importPatterns()}
                  >
                    {t('categories.import')}
                  </Button>
                }
              >
                {t('categories.none.text')}
              </Empty>
            )}
            {tab === 'patterns' && !empty && (
              <PatternTable
                view={view}
                searchRef={searchRef}
                onEdit={({ id, pattern, category }) => setDraft({ id, pattern, category })}
                onRemove={setRemoving}
              />
            )}
            {tab === 'lines' && <CategoryLines desk={desk} view={view} searchRef={searchRef} />}
          </section>
        </>
      )}
      {draft && (
        <PatternDialog draft={draft} names={names} onClose={() => setDraft(null)} onSave={desk.savePattern} />
      )}
      {removing && (
        <RemovePattern
          pattern={removing}
          onClose={() => setRemoving(null)}
          onRemove={() => desk.removePattern(removing.id)}
        />
      )}
    </div>
  );
}
