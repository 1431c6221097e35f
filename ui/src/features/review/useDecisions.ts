import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import {
  asCommandError,
  type DecisionOutcome,
  host,
  type QueueRow,
  type RecordView,
  type VerdictView,
} from '@/ipc';
import { refreshBook } from '@/shared/queries';
import { showToast } from '@/shared/toasts';
import { decide, matchByHand, type Outcome, undo, undoDecision } from './actions';
import { setCounts, takeOut } from './queue';
import type { Desk } from './useDesk';

/** What may be done with the selected row. Each action moves on before the host has answered. */
export function useDecisions(desk: Desk, focusList: () => void) {
  const client = useQueryClient();
  const { t } = useI18n();
  const [busy, setBusy] = useState(false);
  const { choice, selected, shown } = desk;
  const row = selected?.row;
  const position = Math.max(0, selected?.index ?? 0);

  function leave(leaving: QueueRow): void {
    takeOut(client, choice, leaving.id);
    desk.setSelection({ id: null, index: position });
    focusList();
  }

  function settled(outcome: DecisionOutcome, message: string, undoing: boolean): void {
    setCounts(client, outcome);
    if (undoing && outcome.matchId !== null) {
      desk.setSelection({ id: outcome.matchId, index: position });
    }
    showToast({
      tone: 'done',
      text: message,
      action: undoing
        ? undefined
        : { label: t('review.undo'), run: () => void undoLast(), testId: 'toast-undo' },
    });
  }

  function notSettled(outcome: Exclude<Outcome, { kind: 'settled' }>, leaving: QueueRow | null): void {
    if (leaving) {
      desk.setSelection({ id: leaving.id, index: position });
    }
    const stale = outcome.kind === 'stale';
    showToast({ tone: stale ? 'notice' : 'problem', text: stale ? t('review.stale') : outcome.reason });
  }

  async function act(leaving: QueueRow | null, message: string, answer: Promise<Outcome>): Promise<void> {
    setBusy(true);
    if (leaving) {
      leave(leaving);
    }
    const outcome = await answer;
    if (outcome.kind === 'settled') {
      settled(outcome.outcome, message, leaving === null);
    } else {
      notSettled(outcome, leaving);
    }
    setBusy(false);
    await refreshBook(client);
  }

  async function undoLast(): Promise<void> {
    await act(null, t('review.done.undone'), undo());
  }

  async function decideNow(verdict: VerdictView, reason: string): Promise<void> {
    if (row && shown && !busy) {
      const message = t(verdict === 'approve' ? 'review.done.approved' : 'review.done.rejected', {
        name: row.title,
      });
      await act(row, message, decide({ matchId: row.id, verdict, content: shown.content, reason }));
    }
  }

  /** Approves another answer that balances in place of the proposal. */
  async function approvePicked(index: number): Promise<void> {
    const alternative = shown?.alternatives[index];
    if (row && shown && alternative && !busy) {
      const all = ({ id }: RecordView) => ({ id, part: null });
      const group = { lines: shown.lines.map(all), entries: alternative.entries.map(all), adjustments: [] };
      await act(row, t('review.done.matched'), matchByHand({ groups: [group], reason: '' }));
    }
  }

  async function takeBack(): Promise<void> {
    if (row && !busy) {
      await act(row, t('review.done.takenBack', { name: row.title }), undoDecision(row.id));
    }
  }

  /** After the dialog for matching by hand has done its work on the selected row. */
  function matchedByHand(outcome: DecisionOutcome): void {
    if (row) {
      leave(row);
    }
    settled(outcome, t('review.done.matched'), false);
    void refreshBook(client);
  }

  async function restore(record: RecordView): Promise<void> {
    try {
      await host().call('restore_records', { request: { side: record.side, ids: [record.id], reason: '' } });
      showToast({ tone: 'done', text: t('deleted.restored', { count: 1 }) });
    } catch (fault) {
      showToast({ tone: 'problem', text: asCommandError(fault).message });
    }
    await refreshBook(client);
  }

  /** After the dialog for deleting has done its work on the selected row. */
  function removed(record: RecordView): void {
    if (row) {
      leave(row);
    }
    showToast({
      tone: 'done',
      text: t('review.deleted'),
      action: {
        label: t('review.deleted.restore'),
        run: () => void restore(record),
        testId: 'toast-restore',
      },
    });
    void refreshBook(client);
  }

  function stale(): void {
    showToast({ tone: 'notice', text: t('review.stale') });
    void refreshBook(client);
  }

  return {
    busy,
    decideNow,
    approvePicked,
    takeBack,
    undoLast,
    matchedByHand,
    removed,
    stale,
    refresh: () => refreshBook(client),
  };
}

/** {@link useDecisions}. */
export type Decisions = ReturnType<typeof useDecisions>;
