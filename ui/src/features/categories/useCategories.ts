import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type I18n, i18nNow, useI18n } from '@/i18n';
import { asCommandError, host, type SetLineCategoryRequest, type SweepScopeView } from '@/ipc';
import { choosePatternsPath } from '@/shared/choosePath';
import { KEYS, refreshBook } from '@/shared/queries';
import { runTask, useTask } from '@/shared/task';
import { showToast } from '@/shared/toasts';

/** What is asked of the host: a pattern as the dialog holds it. */
export interface PatternDraft {
  id: string | null;
  pattern: string;
  category: string;
}

/** Categories and patterns, and everything that can be done with them. */
export function useCategories() {
  const { t } = useI18n();
  const client = useQueryClient();
  const task = useTask();
  const [fault, setFault] = useState<unknown>(null);
  const list = useQuery({ queryKey: KEYS.categories, queryFn: () => host().call('categories', {}) });

  /** Looks at lines; what a person chose stays. Does nothing while something else runs: the screen then says so. */
  async function sweep(scope: SweepScopeView, told: boolean): Promise<void> {
    if (task !== null) {
      await refreshBook(client);
      return;
    }
    setFault(null);
    try {
      const { lines, categorised, uncategorised, failed } = await runTask('sweep_categories', { scope });
      if (told) {
        const worded = (i18n: I18n) =>
          lines === 0
            ? i18n.t('categories.swept.nothing')
            : i18n.t('categories.swept', { count: lines, categorised, uncategorised, failed });
        showToast({ tone: failed > 0 ? 'problem' : 'done', text: worded(i18nNow()), worded });
      }
    } catch (refusal) {
      if (asCommandError(refusal).code !== 'cancelled') {
        setFault(refusal);
      }
    }
    await refreshBook(client);
  }

  /** A change of patterns, after which every line stands where patterns now put it. Refuses by throwing. */
  async function change(work: () => Promise<unknown>): Promise<void> {
    await work();
    await sweep('all', false);
  }

  async function savePattern(draft: PatternDraft): Promise<void> {
    await change(() => host().call('save_category_pattern', { request: draft }));
    const { patterns } = await client.fetchQuery({
      queryKey: KEYS.categories,
      queryFn: () => host().call('categories', {}),
    });
    const saved = patterns.find((one) => one.pattern === draft.pattern.trim());
    showToast({
      tone: 'done',
      text: t('categories.saved', { pattern: draft.pattern.trim(), count: saved?.lines ?? 0 }),
    });
  }

  /** For what has no dialog: a refusal is shown on the screen. */
  async function trying(work: () => Promise<void>): Promise<void> {
    setFault(null);
    try {
      await work();
    } catch (refusal) {
      setFault(refusal);
    }
  }

  return {
    list,
    fault,
    sweeping: task?.name === 'sweep_categories' ? task : null,
    busy: task !== null,
    sweep,
    savePattern,
    removePattern: (id: string) => trying(() => change(() => host().call('remove_category_pattern', { id }))),
    rename: (id: string, name: string) => change(() => host().call('rename_category', { id, name })),
    remove: (id: string) => change(() => host().call('remove_category', { id })),
    setLines: async (request: SetLineCategoryRequest): Promise<void> => {
      await host().call('set_line_category', { request });
      // A choice that is taken back is what patterns say at once.
      if (request.choice === 'leaveToPatterns') {
        await sweep('pending', false);
      } else {
        await refreshBook(client);
      }
    },
    importPatterns: () =>
      trying(async () => {
        const path = await choosePatternsPath(false, '');
        if (path !== null) {
          await change(async () => {
            const taken = await host().call('import_category_patterns', { path });
            showToast({
              tone: 'done',
              text: t('categories.imported', {
                count: taken.patternsAdded,
                known: taken.patternsKnown,
                categories: taken.categoriesAdded,
              }),
            });
          });
        }
      }),
    exportPatterns: () =>
      trying(async () => {
        const path = await choosePatternsPath(true, 'patterns.csv');
        if (path !== null) {
          const count = await host().call('export_category_patterns', { path });
          showToast({ tone: 'done', text: t('categories.exported', { count, path }) });
        }
      }),
  };
}

/** What {@link useCategories} answers. */
export type Categories = ReturnType<typeof useCategories>;
