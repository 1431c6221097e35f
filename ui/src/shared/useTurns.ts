import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useI18n } from '@/i18n';
import { type ActView, type DecisionOutcome, host, isCommandError } from '@/ipc';
import { tellOutcome, type Way } from './acts';
import { type KeyBinding, useKeys } from './keys';
import { KEYS, useRefreshBook } from './queries';
import { NO_CONDITIONS } from './queueChoice';
import { showRefusal } from './refusals';
import { showToast } from './toasts';

/** The host tells with the queue what the user may take back and do again; one row of it is enough. */
const REQUEST = {
  filter: 'toReview' as const,
  search: '',
  conditions: NO_CONDITIONS,
  offset: 0,
  limit: 1,
};

/** Undo and redo by key on a screen that is not the review. Answers how to tell what was done there. */
export function useTurns(): (outcome: DecisionOutcome) => void {
  const i18n = useI18n();
  const { t } = i18n;
  const refresh = useRefreshBook();
  const sending = useRef(false);
  const { data } = useQuery({
    queryKey: KEYS.turns,
    queryFn: () => host().call('review_queue', { request: REQUEST }),
  });

  async function turn(way: 'undo' | 'redo', act: ActView | null | undefined): Promise<void> {
    if (!act || sending.current) {
      return;
    }
    sending.current = true;
    try {
      tell(await host().call(way, { expected: act.id }), way);
    } catch (fault) {
      if (isCommandError(fault) && fault.code === 'stale') {
        showToast({ tone: 'notice', text: t('acts.stale') });
      } else {
        showRefusal(fault, i18n);
      }
    }
    await refresh();
    sending.current = false;
  }

  const tell = (outcome: DecisionOutcome, way: Way) =>
    tellOutcome(outcome, way, i18n, (back, act) => void turn(back, act));
  const keys: [string, 'undo' | 'redo', boolean][] = [
    ['z', 'undo', false],
    ['Mod+Z', 'undo', true],
    ['Shift+Z', 'redo', false],
    ['Mod+Shift+Z', 'redo', true],
    ['Mod+Y', 'redo', true],
  ];
  useKeys(
    keys.map(([combo, way, hidden]): KeyBinding => {
      const act = way === 'undo' ? data?.undoable : data?.redoable;
      return {
        combo,
        label: t(way === 'undo' ? 'review.undo' : 'review.redo'),
        group: t('review.keys.act'),
        run: () => void turn(way, act),
        enabled: act != null,
        hidden,
      };
    }),
  );
  return (outcome) => tell(outcome, 'do');
}
