import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import type {
  ActView,
  ApproveAboveView,
  DecisionOutcome,
  QueueRow,
  RecordView,
  ReviewDetail,
  VerdictView,
} from '@/ipc';
import { tellOutcome, turning, type Way } from '@/shared/acts';
import { refreshBook } from '@/shared/queries';
import { showToast } from '@/shared/toasts';
import { decide, matchByHand, type Outcome, redo, undo, undoDecision } from './actions';
import { putBack, setCounts, setDetail, takeOut } from './queue';
import type { Desk } from './useDesk';

/** What may be done with the selected row. Each action moves on before the host has answered. */
export function useDecisions(desk: Desk, focusList: () => void) {
  const client = useQueryClient();
  const i18n = useI18n();
  const { t } = i18n;
  const [busy, setBusy] = useState(false);
  // Two key presses within one drawing would both see the state of before.
  const sending = useRef(false);
  // Rows that were taken out of a list, and their places in it: there they are put back.
  const left = useRef(new Map<string, { list: string; index: number }>());
  const { choice, selected, shown } = desk;
  const row = selected?.row;
  const position = Math.max(0, selected?.index ?? 0);
  const list = JSON.stringify(choice);

  function leave(leaving: QueueRow): void {
    takeOut(client, choice, leaving.id);
    left.current.set(leaving.id, { list, index: position });
    desk.setSelection({ id: null, index: position });
    focusList();
  }

  /** Shows the match as the host tells it after a turn; a row that had left this list comes back, and goes again. */
  function showTurned({ row: turned, ...rest }: ReviewDetail, way: Way): void {
    setDetail(client, { row: turned, ...rest });
    const place = left.current.get(turned.id);
    if (place?.list !== list || way === 'do') {
      return;
    }
    if (way === 'undo') {
      putBack(client, choice, turned, place.index);
    } else {
      takeOut(client, choice, turned.id);
    }
  }

  function settled(outcome: DecisionOutcome, way: Way): void {
    setCounts(client, outcome);
    if (outcome.detail) {
      showTurned(outcome.detail, way);
    }
    if (way !== 'do' && outcome.matchId !== null) {
      desk.setSelection({ id: outcome.matchId, index: position });
    }
    tellOutcome(outcome, way, i18n, (back, act) => void turn(back, act));
  }

  function notSettled(
    outcome: Exclude<Outcome, { kind: 'settled' }>,
    leaving: QueueRow | null,
    way: Way,
  ): void {
    if (leaving) {
      desk.setSelection({ id: leaving.id, index: position });
    }
    const stale = outcome.kind === 'stale';
    const changed = t(way === 'do' ? 'review.stale' : 'acts.stale');
    showToast({ tone: stale ? 'notice' : 'problem', text: stale ? changed : outcome.reason });
  }

  async function act(leaving: QueueRow | null, way: Way, send: () => Promise<Outcome>): Promise<void> {
    if (sending.current) {
      return;
    }
    sending.current = true;
    setBusy(true);
    if (leaving) {
      leave(leaving);
    }
    const outcome = await send();
    if (outcome.kind === 'settled') {
      settled(outcome.outcome, way);
    } else {
      notSettled(outcome, leaving, way);
    }
    sending.current = false;
    setBusy(false);
    await refreshBook(client);
  }

  /** Takes back what the user did last, or does again what they took back last, where that is this act. */
  async function turn(way: 'undo' | 'redo', shownAct: ActView | null): Promise<void> {
    if (shownAct) {
      await act(null, way, () => (way === 'undo' ? undo : redo)(shownAct.id));
    }
  }

  async function decideNow(verdict: VerdictView, reason: string): Promise<void> {
    if (row && shown) {
      const request = { matchId: row.id, verdict, content: shown.content, reason };
      await act(row, 'do', () => decide(request));
    }
  }

  /** Approves another answer that balances in place of the proposal. */
  async function approvePicked(index: number): Promise<void> {
    const alternative = shown?.alternatives[index];
    if (row && shown && alternative) {
      const all = ({ id, open }: RecordView) => ({ id, part: null, open: open.value });
      const group = { lines: shown.lines.map(all), entries: alternative.entries.map(all), adjustments: [] };
      await act(row, 'do', () => matchByHand({ groups: [group], reason: '' }));
    }
  }

  async function takeBack(): Promise<void> {
    if (row) {
      await act(row, 'do', () => undoDecision(row.id));
    }
  }

  /** After a dialog has done its work. `leaves`: the selected row is no longer in this part of the queue. */
  function done(outcome: DecisionOutcome, leaves: boolean): void {
    if (leaves && row) {
      leave(row);
    }
    settled(outcome, 'do');
    focusList();
    void refreshBook(client);
  }

  /** Tells what a dialog did, to be taken back as the act that the host answered. */
  async function tellAct(act: ActView | null, text: string): Promise<void> {
    showToast({
      tone: 'done',
      text,
      ...(act && { action: turning('undo', i18n, () => void turn('undo', act)) }),
    });
    await refreshBook(client);
  }

  /** After the dialog for deleting has done its work. `leaves`: it was on the selected row, not on those chosen. */
  async function removed(count: number, leaves: boolean, act: ActView | null): Promise<void> {
    if (row && leaves) {
      leave(row);
    }
    await tellAct(act, t('review.deleted', { count }));
  }

  /** After the dialog that approves above a confidence has done its work. */
  async function approvedAbove({ count, act }: ApproveAboveView): Promise<void> {
    await tellAct(act, t('review.above.done', { count }));
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
    undoLast: () => turn('undo', desk.queue.undoable),
    redoLast: () => turn('redo', desk.queue.redoable),
    approvedAbove,
    done,
    removed,
    stale,
    refresh: () => refreshBook(client),
  };
}

/** {@link useDecisions}. */
export type Decisions = ReturnType<typeof useDecisions>;
