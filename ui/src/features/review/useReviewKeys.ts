import type { RefObject } from 'react';
import { type I18n, useI18n } from '@/i18n';
import { type KeyBinding, useKeys } from '@/shared/keys';
import { ACTION_NAMES, ACTIONS, type ActionName, type Possible } from './actionTable';
import type { Open } from './Dialogs';
import type { ChosenRows } from './useChosen';
import type { Decisions } from './useDecisions';
import type { Desk } from './useDesk';

/** Other answers that have a key of their own. */
const PICKS = [0, 1, 2, 3, 4];

interface ReviewKeys {
  desk: Desk;
  chosen: ChosenRows;
  decisions: Decisions;
  possible: Possible;
  act: (name: ActionName) => void;
  setOpen: (open: Open) => void;
  setFiltering: (open: boolean) => void;
  focusList: () => void;
  benchRef: RefObject<HTMLElement | null>;
  searchRef: RefObject<HTMLInputElement | null>;
}

type Binding = Omit<KeyBinding, 'group'>;

function actionKeys(keys: ReviewKeys, t: I18n['t']): Binding[] {
  const { desk, decisions, possible, setOpen } = keys;
  const free = !decisions.busy;
  const { undoable, redoable } = desk.queue;
  const undo = {
    label: t('review.undo'),
    run: () => void decisions.undoLast(),
    enabled: free && undoable !== null,
  };
  const redo = {
    label: t('review.redo'),
    run: () => void decisions.redoLast(),
    enabled: free && redoable !== null,
  };
  return [
    ...ACTION_NAMES.map((name) => ({
      combo: ACTIONS[name].key,
      label: t(ACTIONS[name].label),
      run: () => keys.act(name),
      enabled: free && possible[name],
      needs: ACTIONS[name].needs,
    })),
    { combo: 'z', ...undo },
    { combo: 'Mod+Z', ...undo, hidden: true },
    { combo: 'Shift+Z', ...redo },
    { combo: 'Mod+Shift+Z', ...redo, hidden: true },
    { combo: 'Mod+Y', ...redo, hidden: true },
    { combo: 'y', label: t('acts.title'), run: () => setOpen('history') },
    {
      combo: 'Shift+A',
      label: t('review.above'),
      run: () => setOpen('above'),
      enabled: desk.queue.counts?.suggested !== 0,
    },
  ];
}

function chooseKeys({ desk, chosen }: ReviewKeys, t: I18n['t']): Binding[] {
  const position = desk.selected?.index ?? -1;
  const any = position >= 0;
  const extend = (combo: string, by: number, hidden: boolean): Binding => ({
    combo,
    label: t('review.key.extend'),
    run: () => chosen.extendTo(position + by),
    enabled: any,
    repeats: true,
    hidden,
  });
  return [
    { combo: ' ', label: t('review.key.choose'), run: () => chosen.toggle(position), enabled: any },
    extend('Shift+ArrowDown', 1, false),
    extend('Shift+ArrowUp', -1, true),
    { combo: 'Mod+A', label: t('review.key.chooseAll'), run: () => void chosen.all(), enabled: any },
  ];
}

function moveKeys(keys: ReviewKeys, t: I18n['t']): Binding[] {
  const { desk, chosen, focusList, benchRef, searchRef } = keys;
  const { picked, setPicked } = desk;
  const answers = desk.shown?.alternatives.length ?? 0;
  const next = picked === null ? 0 : picked + 1;

  function back(): void {
    if (document.activeElement === searchRef.current) {
      desk.setSearch('');
      searchRef.current?.blur();
    } else if (picked !== null) {
      setPicked(null);
    } else {
      chosen.clear();
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
      run: () => setPicked(index),
      enabled: index < answers,
      hidden: index > 0,
    })),
    { combo: '/', label: t('review.key.search'), run: () => searchRef.current?.focus() },
    { combo: 'f', label: t('filters.title'), run: () => keys.setFiltering(true) },
    { combo: 'v', label: t('views.title'), run: () => keys.setOpen('views') },
    { combo: 'Enter', label: t('review.key.bench'), run: () => benchRef.current?.focus() },
    { combo: 'Escape', label: t('review.key.back'), run: back, whileTyping: true },
  ];
}

/** Every action of the review has a key. */
export function useReviewKeys(keys: ReviewKeys): void {
  const { t } = useI18n();
  const acting = t('review.keys.act');
  const moving = t('review.keys.queue');
  useKeys([
    ...actionKeys(keys, t).map((binding) => ({ ...binding, group: acting })),
    ...[...moveKeys(keys, t), ...chooseKeys(keys, t)].map((binding) => ({ ...binding, group: moving })),
  ]);
}
