import { CircleDashed, Lock, type LucideIcon, PenLine, UserCheck } from 'lucide-react';
import type { PeriodStateView } from '@/ipc';

/** Each state has its icon and its word; no colour says it alone. */
export const STATE_ICONS: Record<PeriodStateView, LucideIcon> = {
  open: CircleDashed,
  prepared: PenLine,
  reviewed: UserCheck,
  locked: Lock,
};

/** How loud a state is. */
export const STATE_TONES = {
  open: 'neutral',
  prepared: 'accent',
  reviewed: 'good',
  locked: 'good',
} as const;

/** A month by its name, other days as they are. */
export function nameOfDays(from: string, to: string, locale: string): string {
  const [first, last] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
  const next = new Date(last.getTime() + 86_400_000);
  const isMonth =
    first.getUTCDate() === 1 && next.getUTCDate() === 1 && last.getTime() - first.getTime() < 31 * 86_400_000;
  if (isMonth) {
    return new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
      first,
    );
  }
  const days = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: '2-digit',
    timeZone: 'UTC',
  });
  return days.formatRange(first, last);
}
