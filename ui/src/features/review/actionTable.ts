import {
  CalendarClock,
  Check,
  Clock,
  Hand,
  type LucideIcon,
  MessageSquare,
  Paperclip,
  PenLine,
  RotateCcw,
  Split,
  Trash2,
  UserRound,
  X,
} from 'lucide-react';
import type { MessageKey } from '@/i18n';
import type { ReviewDetail } from '@/ipc';
import { isZero } from '@/shared/decimal';
import type { Permission } from '@/shared/permission';

/** What can be done with a row, or with the rows that are chosen. */
export const ACTION_NAMES = [
  'approve',
  'reject',
  'hand',
  'writeOff',
  'split',
  'timing',
  'snooze',
  'assign',
  'comment',
  'evidence',
  'delete',
  'takeBack',
] as const;
/** One of them. */
export type ActionName = (typeof ACTION_NAMES)[number];

/** How an action is called, shown and reached. */
export const ACTIONS: Record<
  ActionName,
  { key: string; icon: LucideIcon; label: MessageKey; testId: string; needs?: Permission }
> = {
  approve: { key: 'a', icon: Check, label: 'review.approve', testId: 'approve' },
  reject: { key: 'r', icon: X, label: 'review.reject', testId: 'reject' },
  hand: { key: 'h', icon: Hand, label: 'review.byHand', testId: 'match-by-hand' },
  writeOff: { key: 'w', icon: PenLine, label: 'review.writeOff', testId: 'write-off' },
  split: { key: 'x', icon: Split, label: 'review.split', testId: 'split' },
  timing: { key: 't', icon: CalendarClock, label: 'review.timing', testId: 'timing' },
  snooze: { key: 's', icon: Clock, label: 'review.snooze', testId: 'snooze' },
  assign: { key: 'o', icon: UserRound, label: 'review.assign', testId: 'assign' },
  comment: { key: 'c', icon: MessageSquare, label: 'review.comment', testId: 'comment' },
  evidence: { key: 'e', icon: Paperclip, label: 'review.evidence', testId: 'evidence' },
  delete: { key: 'd', icon: Trash2, label: 'review.delete', testId: 'delete-record', needs: 'import' },
  takeBack: { key: 'u', icon: RotateCcw, label: 'review.takeBack', testId: 'take-back' },
};

/** Those that always stand in the bar; the others are in its menu. */
export const PRIMARY: readonly ActionName[] = ['approve', 'reject', 'hand', 'takeBack'];

/** What can be done now. */
export type Possible = Record<ActionName, boolean>;

/** Nothing can be done: there is no row. */
export const NOTHING: Possible = possibleIf(() => false);

function possibleIf(is: (name: ActionName) => boolean): Possible {
  return Object.fromEntries(ACTION_NAMES.map((name) => [name, is(name)])) as Possible;
}

/** What can be done with a row; another answer that was picked can always be approved. */
export function possibleFor(detail: Pick<ReviewDetail, 'row' | 'lines'>, picked: boolean): Possible {
  const { state, difference } = detail.row;
  const proposed = state === 'suggested' || state === 'ambiguous';
  const single = state === 'unmatchedLine' || state === 'unmatchedEntry';
  const live = proposed || single;
  const is: Record<ActionName, boolean> = {
    approve: proposed || (picked && live),
    reject: proposed && !picked,
    hand: live,
    writeOff: single || (proposed && difference !== null && !isZero(difference.value)),
    split: live && detail.lines.length === 1,
    timing: single,
    snooze: live,
    assign: live,
    comment: true,
    evidence: true,
    delete: single,
    takeBack: !live,
  };
  return is;
}

/**
 * What can be done with several rows at once: `matches` of them are matches, in a part of the queue that is still to do or
 * not.
 */
export function possibleForMany(
  chosen: { count: number; matches: number },
  { toDo }: { toDo: boolean },
): Possible {
  const is: Partial<Record<ActionName, boolean>> = {
    approve: toDo && chosen.matches > 0,
    reject: toDo && chosen.matches > 0,
    timing: toDo && chosen.matches === 0,
    snooze: toDo,
    assign: toDo,
    comment: true,
    evidence: true,
    delete: toDo && chosen.matches === 0,
  };
  return possibleIf((name) => chosen.count > 0 && (is[name] ?? false));
}
