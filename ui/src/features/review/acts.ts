/** Acts in sentences. */

import type { I18n } from '@/i18n';
import type { ActView } from '@/ipc';
import { moneyText } from '@/shared/moneyText';

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
