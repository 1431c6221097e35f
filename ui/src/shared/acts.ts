/** Acts in sentences. */

import type { I18n } from '@/i18n';
import type { ActView, DecisionOutcome } from '@/ipc';
import { moneyText } from './moneyText';
import { showToast, type ToastAction } from './toasts';

/** Which way an act went. */
export type Way = 'do' | 'undo' | 'redo';

/** What somebody did, to whom, and what it comes to. */
export function actText(act: ActView, { t, word, locale }: I18n): string {
  const what = word('act', act.kind);
  const text =
    act.items > 1
      ? t('acts.many', { what, count: act.items })
      : act.title
        ? t('acts.one', { what, name: act.title })
        : what;
  const { amount } = act;
  return amount ? `${text} · ${moneyText(amount, locale)}` : text;
}

/** What the button that takes it back says of itself; without an act, that there is nothing. */
export function undoTitle(act: ActView | null, i18n: I18n): string {
  return act ? i18n.t('acts.undo', { act: actText(act, i18n) }) : i18n.t('review.undo.nothing');
}

/** What the button that does it again says of itself; without an act, that there is nothing. */
export function redoTitle(act: ActView | null, i18n: I18n): string {
  return act ? i18n.t('acts.redo', { act: actText(act, i18n) }) : i18n.t('review.redo.nothing');
}

/** Tells what was done, taken back or done again, with a button that turns this act, and no other, the other way. */
export function tellOutcome(
  outcome: DecisionOutcome,
  way: Way,
  i18n: I18n,
  turn: (back: 'undo' | 'redo', act: ActView) => void,
): void {
  const act = way === 'undo' ? outcome.redoable : outcome.undoable;
  const said = act ? actText(act, i18n) : '';
  const back = way === 'undo' ? 'redo' : 'undo';
  if (said === '' && way !== 'undo') {
    return;
  }
  showToast({
    tone: 'done',
    text: way === 'undo' ? i18n.t('acts.undone', { act: said }) : said,
    ...(act && { action: turning(back, i18n, () => turn(back, act)) }),
  });
}

/** A message's button that takes an act back, or does it again. */
export function turning(way: 'undo' | 'redo', { t }: I18n, run: () => void): ToastAction {
  return { label: t(way === 'undo' ? 'review.undo' : 'review.redo'), run, testId: `toast-${way}` };
}
