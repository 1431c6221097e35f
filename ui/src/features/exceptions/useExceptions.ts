import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ExceptionOrderView, ExceptionRow } from '@/ipc';
import { ALL_EXCEPTIONS, type ExceptionChoice, exceptionChoice } from '@/shared/focus';
import { usePages } from '@/shared/pages';
import { useStore } from '@/shared/store';
import { useLater } from '@/shared/useLater';
import { loadPage, lookStore, pagesKey, totalsQuery } from './exceptions';

const TYPING_MS = 200;

/** The exceptions that are looked at, what they come to, and the row that is selected. */
export function useExceptions(focus: string) {
  const look = useStore(lookStore);
  const [index, setIndex] = useState(0);
  const search = useLater(look.search.trim(), TYPING_MS);
  const asked = { ...look, search };
  const list = usePages<ExceptionRow>(pagesKey(asked), (offset, limit) => loadPage(asked, offset, limit));
  const totals = useQuery({ ...totalsQuery(asked), placeholderData: keepPreviousData });
  const selected = list.total === 0 ? -1 : Math.min(index, list.total - 1);

  useEffect(() => {
    if (focus !== '') {
      lookStore.set((before) => ({ ...before, choice: exceptionChoice(focus), search: '' }));
    }
  }, [focus]);
  const { choice, order, reversed } = look;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts at its top
  useEffect(() => setIndex(0), [choice, search, order, reversed]);

  return {
    look,
    asked,
    list,
    totals,
    selected,
    row: selected < 0 ? undefined : list.rowAt(selected),
    select: setIndex,
    move: (by: number) => setIndex(Math.max(0, Math.min(list.total - 1, selected + by))),
    choose: (part: Partial<ExceptionChoice>) =>
      lookStore.set((before) => ({ ...before, choice: { ...before.choice, ...part } })),
    clear: () => lookStore.set((before) => ({ ...before, choice: ALL_EXCEPTIONS, search: '' })),
    setSearch: (text: string) => lookStore.set((before) => ({ ...before, search: text })),
    /** Orders by this; a second time the other way round. */
    sort: (by: ExceptionOrderView) =>
      lookStore.set((before) => ({
        ...before,
        order: by,
        reversed: before.order === by && !before.reversed,
      })),
  };
}

/** {@link useExceptions}. */
export type Exceptions = ReturnType<typeof useExceptions>;
