import type { RefObject } from 'react';
import { useI18n } from '@/i18n';
import { type KeyBinding, useKeys } from '@/shared/keys';
import type { Possible } from './ActionBar';
import type { Open } from './Dialogs';
import type { Decisions } from './useDecisions';
import type { Desk } from './useDesk';

/** Other answers that have a key of their own. */
const PICKS = [0, 1, 2, 3, 4];

interface ReviewKeys {
  desk: Desk;
  decisions: Decisions;
  possible: Possible;
  approve: () => void;
  setOpen: (open: Open) => void;
  focusList: () => void;
  benchRef: RefObject<HTMLElement | null>;
  searchRef: RefObject<HTMLInputElement | null>;
}

function actionKeys(keys: ReviewKeys, t: ReturnType<typeof useI18n>['t']): Omit<KeyBinding, 'group'>[] {
  const { desk, decisions, possible, setOpen } = keys;
  const free = !decisions.busy;
  const undo = {
    label: t('review.undo'),
    run: () => void decisions.undoLast(),
    enabled: free && desk.queue.undoable !== null,
  };
  return [
    { combo: 'a', label: t('review.approve'), run: keys.approve, enabled: free && possible.approve },
    { combo: 'r', label: t('review.reject'), run: () => setOpen('reject'), enabled: free && possible.reject },
    { combo: 'h', label: t('review.byHand'), run: () => setOpen('hand'), enabled: free && possible.byHand },
    {
      combo: 'd',
      label: t('review.delete'),
      run: () => setOpen('delete'),
      enabled: free && possible.remove,
    },
    {
      combo: 'u',
      label: t('review.takeBack'),
      run: () => void decisions.takeBack(),
      enabled: free && possible.takeBack,
    },
    { combo: 'z', ...undo },
    { combo: 'Mod+Z', ...undo, hidden: true },
    { combo: 'Shift+A', label: t('review.above'), run: () => setOpen('above') },
  ];
}

function moveKeys(keys: ReviewKeys, t: ReturnType<typeof useI18n>['t']): Omit<KeyBinding, 'group'>[] {
  const { desk, focusList, benchRef, searchRef } = keys;
  const { picked, setPicked } = desk;
  const answers = desk.shown?.alternatives.length ?? 0;
  const next = picked === null ? 0 : picked + 1;

  function back(): void {
    setPicked(null);
    if (document.activeElement === searchRef.current) {
      desk.setSearch('');
      searchRef.current?.blur();
    }
    focusList();
  }

  return [
    { combo: 'j', label: t('review.key.next'), run: () => desk.move(1), repeats: true },
    { combo: 'k', label: t('review.key.previous'), run: () => desk.move(-1), repeats: true },
    {
      combo: 'n',
      label: t('review.key.candidate'),
      run: () => setPicked(next < answers ? next : null),
      enabled: answers > 0,
    },
    ...PICKS.map((index) => ({
      combo: String(index + 1),
      label: t('review.key.pick', { number: index + 1 }),
      run: () => setPicked(picked === index ? null : index),
      enabled: index < answers,
      hidden: index > 0,
    })),
    { combo: '/', label: t('review.key.search'), run: () => searchRef.current?.focus() },
    { combo: 'Enter', label: t('review.key.bench'), run: () => benchRef.current?.focus() },
    { combo: 'Escape', label: t('review.key.back'), run: back, whileTyping: true },
  ];
}

/** Every action of the review has a key. */
export function useReviewKeys(keys: ReviewKeys): void {
  const { t } = useI18n();
  const group = t('nav.review');
  useKeys([...actionKeys(keys, t), ...moveKeys(keys, t)].map((binding) => ({ ...binding, group })));
}
