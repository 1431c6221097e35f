import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useI18n } from '@/i18n';
import {
  type ChooseJournalAccountRequest,
  type ExportJournalRequest,
  host,
  type JournalLayoutForm,
  type NamedAccount,
} from '@/ipc';
import { KEYS, refreshBook } from '@/shared/queries';
import { showToast } from '@/shared/toasts';

/** Entries of a page. */
export const PAGE = 100;
/** Batches of a page. */
export const BATCHES = 50;

/** What is to be exported, with what narrows it. */
export function useEntries() {
  const { language } = useI18n();
  const [through, setThrough] = useState<string | null>(null);
  const [onlyMissing, setOnlyMissing] = useState(false);
  const [unreadable, setUnreadable] = useState(false);
  const [page, setPage] = useState(0);
  const request = { through, onlyMissing, language, offset: page * PAGE, limit: PAGE };
  const query = useQuery({
    queryKey: [...KEYS.journal, request],
    queryFn: () => host().call('journal', { request }),
    placeholderData: keepPreviousData,
  });
  useLastPage(query.isPlaceholderData ? undefined : query.data?.total, PAGE, page, setPage);
  return {
    query,
    through,
    /** What stands in the field of the day is none: nobody knows which entries are meant. */
    unreadable,
    setUnreadable,
    onlyMissing,
    page,
    setPage,
    setThrough: (day: string | null) => {
      setThrough(day);
      setPage(0);
    },
    setOnlyMissing: (only: boolean) => {
      setOnlyMissing(only);
      setPage(0);
    },
  };
}

/** The accounts of the books, and the names of bank accounts by their roles. */
export function usePostingAccounts() {
  const query = useQuery({
    queryKey: KEYS.postingAccounts,
    queryFn: () => host().call('posting_accounts', {}),
  });
  const names = useMemo(
    () => new Map((query.data ?? []).filter(({ name }) => name !== '').map(({ role, name }) => [role, name])),
    [query.data],
  );
  return { query, names };
}

/** What was exported. */
export function useBatches() {
  const [page, setPage] = useState(0);
  const query = useQuery({
    queryKey: [...KEYS.journalBatches, page],
    queryFn: () => host().call('journal_batches', { offset: page * BATCHES, limit: BATCHES }),
    placeholderData: keepPreviousData,
  });
  useLastPage(query.isPlaceholderData ? undefined : query.data?.total, BATCHES, page, setPage);
  return { query, page, setPage };
}

/** Goes back to the last page there is, when there are fewer than before. */
function useLastPage(
  total: number | undefined,
  size: number,
  page: number,
  go: (page: number) => void,
): void {
  const last = total === undefined ? page : Math.max(0, Math.ceil(total / size) - 1);
  useEffect(() => {
    if (page > last) {
      go(last);
    }
  }, [page, last, go]);
}

/** The layouts there are. */
export function useLayouts() {
  return useQuery({ queryKey: KEYS.journalLayouts, queryFn: () => host().call('journal_layouts', {}) });
}

/** What can be done with the journal. Refusals are thrown: whoever asks shows them. */
export function useJournalActions() {
  const { t } = useI18n();
  const client = useQueryClient();
  const done = async (text: string) => {
    await refreshBook(client);
    showToast({ tone: 'done', text });
  };
  return {
    name: async (accounts: NamedAccount[]) => {
      await host().call('save_posting_accounts', { accounts });
      await done(t('journal.accounts.saved', { count: accounts.length }));
    },
    choose: async (request: ChooseJournalAccountRequest) => {
      await host().call('choose_journal_account', { request });
      await refreshBook(client);
    },
    exportAll: async (request: ExportJournalRequest) => {
      const { batch } = await host().call('export_journal', { request });
      await done(t('journal.export.done', { number: batch.number, count: batch.entries }));
    },
    again: async (number: number, path: string) => {
      await host().call('write_journal_again', { number, path });
      await done(t('journal.again.done', { number }));
    },
    takeBack: async (number: number, reason: string) => {
      await host().call('take_journal_back', { number, reason });
      await done(t('journal.takeBack.done', { number }));
    },
    saveLayout: async (layout: JournalLayoutForm, was: string | null) => {
      await host().call('save_journal_layout', { layout, was });
      await done(t('journal.layout.saved', { name: layout.name }));
    },
    removeLayout: async (name: string) => {
      await host().call('remove_journal_layout', { name });
      await refreshBook(client);
    },
  };
}

/** All of them. */
export type JournalActions = ReturnType<typeof useJournalActions>;
