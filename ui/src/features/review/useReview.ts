import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useI18n } from '@/i18n';
import type { DecisionOutcome, QueueFilter, QueueRow, ReviewDetail, VerdictView } from '@/ipc';
import { refreshBook } from '@/shared/queries';
import { showToast } from '@/shared/toasts';
import { useLater } from '@/shared/useLater';
import { decide, matchByHand, type Outcome, undo, undoDecision } from './actions';
import { detailQuery, setCounts, takeOut, useQueue } from './queue';
import { resolve, type Selection, step } from './selection';

/** The review as the screen needs it: the queue, the selected row with its detail, and what can be done. */
export function useReview(filter: QueueFilter, onSettled: () => void) {
  const client = useQueryClient();
  const { t } = useI18n();
  const [search, setSearch] = useState('');
  const [pages, setPages] = useState<number[]>([]);
  const [selection, setSelection] = useState<Selection>({ id: null, index: 0 });
  const [picked, setPicked] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const searched = useLater(search.trim(), 200);
  const choice = { filter, search: searched };
  const queue = useQueue(choice, pages);
  const selected = resolve(queue, selection);
  const row = selected?.row;
  const detail = useQuery({
    ...detailQuery(row ?? NO_ROW),
    enabled: row !== undefined,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another part of the queue starts at its top
  useEffect(() => setSelection({ id: null, index: 0 }), [filter, searched]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row starts with the proposal itself
  useEffect(() => setPicked(null), [row?.id]);

  // The neighbours' details are asked for in advance, so that moving on repaints at once.
  const position = selected?.index ?? -1;
  useEffect(() => {
    for (const by of [1, -1]) {
      const neighbour = position < 0 ? undefined : queue.rowAt(position + by);
      if (neighbour) {
        void client.prefetchQuery(detailQuery(neighbour));
      }
    }
  });

  const move = useCallback(
    (by: number) => {
      const next = step(queue, position, by);
      if (next) {
        setSelection(next);
      }
    },
    [queue, position],
  );

  const select = (index: number) => {
    const chosen = queue.rowAt(index);
    if (chosen) {
      setSelection({ id: chosen.id, index });
    }
  };

  async function undoLast(): Promise<void> {
    await act(null, '', undo());
  }

  function settled(outcome: DecisionOutcome, message: string, undoing: boolean): void {
    setCounts(client, outcome.counts, outcome.undoable);
    if (undoing && outcome.matchId !== null) {
      setSelection({ id: outcome.matchId, index: Math.max(0, position) });
    }
    showToast({
      tone: 'done',
      text: undoing ? t('review.done.undone') : message,
      action: undoing
        ? undefined
        : { label: t('review.undo'), run: () => void undoLast(), testId: 'toast-undo' },
    });
  }

  /** Carries an action out; the row leaves the list and the next one is selected before the host answers. */
  async function act(leaving: QueueRow | null, message: string, answer: Promise<Outcome>): Promise<void> {
    setBusy(true);
    if (leaving) {
      takeOut(client, choice, leaving.id);
      setSelection({ id: null, index: Math.max(0, position) });
      onSettled();
    }
    const outcome = await answer;
    if (outcome.kind === 'settled') {
      settled(outcome.outcome, message, leaving === null);
    } else {
      if (leaving) {
        setSelection({ id: leaving.id, index: Math.max(0, position) });
      }
      const tone = outcome.kind === 'stale' ? 'notice' : 'problem';
      const text = outcome.kind === 'stale' ? t('review.stale') : outcome.reason;
      showToast({ tone, text });
    }
    setBusy(false);
    await refreshBook(client);
  }

  async function decideNow(verdict: VerdictView, reason: string): Promise<void> {
    if (!row || !detail.data || detail.data.row.id !== row.id || busy) {
      return;
    }
    const message = t(verdict === 'approve' ? 'review.done.approved' : 'review.done.rejected', {
      name: row.title,
    });
    await act(row, message, decide({ matchId: row.id, verdict, content: detail.data.content, reason }));
  }

  /** Approves another answer that balances; answers `false` where a cause has to be named first. */
  async function approvePicked(shown: ReviewDetail, index: number): Promise<void> {
    const alternative = shown.alternatives[index];
    if (!row || !alternative || busy) {
      return;
    }
    const request = {
      lineIds: shown.lines.map((line) => line.id),
      entryIds: alternative.entries.map((entry) => entry.id),
      differenceCause: null,
      reason: '',
    };
    await act(row, t('review.done.matched'), matchByHand(request));
  }

  async function takeBack(): Promise<void> {
    if (row && !busy) {
      await act(row, t('review.done.takenBack', { name: row.title }), undoDecision(row.id));
    }
  }

  /** After a dialog has done its work on the selected row. */
  function leftByHand(outcome: DecisionOutcome): void {
    if (row) {
      takeOut(client, choice, row.id);
      setSelection({ id: null, index: Math.max(0, position) });
    }
    settled(outcome, t('review.done.matched'), false);
    onSettled();
    void refreshBook(client);
  }

  function stale(): void {
    showToast({ tone: 'notice', text: t('review.stale') });
    void refreshBook(client);
  }

  return {
    queue,
    selected,
    detail,
    search,
    setSearch,
    setPages,
    picked,
    setPicked,
    busy,
    move,
    select,
    decideNow,
    approvePicked,
    takeBack,
    undoLast,
    leftByHand,
    stale,
    refresh: () => refreshBook(client),
  };
}

const NO_ROW: QueueRow = {
  id: '',
  state: 'suggested',
  date: null,
  title: '',
  subtitle: '',
  amount: { value: '0', currency: 'XXX' },
  difference: null,
  lines: 0,
  entries: 0,
  confidence: null,
  cause: 'none',
  alternatives: 0,
};
