import {
  Bell,
  BookOpen,
  CalendarClock,
  CalendarX2,
  ClipboardCheck,
  FileQuestion,
  ListChecks,
  Lock,
  type LucideIcon,
  PenLine,
  RotateCcw,
  TriangleAlert,
  UserRound,
} from 'lucide-react';
import type { DueView, DutyKindView, QueueFilter, StandingRowView } from '@/ipc';
import { goTo } from '@/shared/navigation';
import { NO_CONDITIONS, queueFocus } from '@/shared/queueChoice';

/** Each kind has its icon. */
export const DUTY_ICONS: Record<DutyKindView, LucideIcon> = {
  reopenings: RotateCcw,
  toReview: ClipboardCheck,
  toLock: Lock,
  toPrepare: PenLine,
  unproved: TriangleAlert,
  assigned: UserRound,
  assignedEntries: BookOpen,
  returned: CalendarClock,
  returnedEntries: CalendarClock,
  overdue: CalendarX2,
  overdueEntries: CalendarX2,
  alerts: Bell,
  proposals: ListChecks,
  lines: FileQuestion,
};

/** What nobody has been given: whoever comes first does it. */
export const SHARED_DUTIES: readonly DutyKindView[] = ['alerts', 'proposals', 'lines'];

/** Kinds whose list are periods, which stand in the table below. */
export const PERIOD_DUTIES = ['reopenings', 'toReview', 'toLock', 'toPrepare', 'unproved'] as const;
/** One of them. */
export type PeriodDuty = (typeof PERIOD_DUTIES)[number];

/** The kind of periods that the screen was asked to show alone. */
export function askedDuty(focus: string): PeriodDuty | null {
  return PERIOD_DUTIES.find((kind) => kind === focus) ?? null;
}

function queue(filter: QueueFilter, owner: string | null, due: DueView | null): string {
  return queueFocus({ filter, search: '', conditions: { ...NO_CONDITIONS, owner, due } });
}

/** The part of the queue that holds what a kind counts; none: it is no part of the queue. */
export function queueOf(kind: DutyKindView, me: string): string | null {
  switch (kind) {
    case 'assigned':
      return queue('toReview', me, null);
    case 'assignedEntries':
      return queue('unmatchedEntries', me, null);
    case 'returned':
      return queue('toReview', null, 'snoozed');
    case 'returnedEntries':
      return queue('unmatchedEntries', null, 'snoozed');
    case 'overdue':
      return queue('toReview', null, 'expected');
    case 'overdueEntries':
      return queue('unmatchedEntries', null, 'expected');
    case 'proposals':
      return queue('suggested', null, null);
    case 'lines':
      return queue('unmatchedLines', null, null);
    case 'reopenings':
    case 'toReview':
    case 'toLock':
    case 'toPrepare':
    case 'unproved':
    case 'alerts':
      return null;
  }
}

/** The period of a row, or the account's where it has none, as the proof is asked for it. */
export function proofOf(row: StandingRowView): string {
  return row.period ? `${row.accountId}:${row.period.id}` : row.accountId;
}

/** Shows the list that a kind counts: a single period itself, several in the table. */
export function showDuty(kind: DutyKindView, me: string, rows: readonly StandingRowView[]): void {
  const part = queueOf(kind, me);
  if (part !== null) {
    goTo('review', part);
  } else if (kind === 'alerts') {
    goTo('alerts');
  } else {
    const own = rows.filter((row) => row.duty === kind);
    if (own.length === 1 && own[0]) {
      goTo('proof', proofOf(own[0]));
    } else {
      goTo('overview', kind);
    }
  }
}
