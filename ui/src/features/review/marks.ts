import {
  ArchiveRestore,
  CalendarClock,
  Check,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  Clock,
  Equal,
  EqualApproximately,
  EqualNot,
  FileQuestion,
  Hand,
  type LucideIcon,
  MessageSquare,
  Minus,
  Paperclip,
  RotateCcw,
  ShieldCheck,
  Split,
  Trash2,
  UserRound,
} from 'lucide-react';
import type { RowState } from '@/ipc';
import type { Agreement } from './comparison';

type Tone = 'neutral' | 'good' | 'warning' | 'problem' | 'accent';

/** Icon and tone of what a row is. */
export const STATE_MARKS: Record<RowState, { icon: LucideIcon; tone: Tone }> = {
  suggested: { icon: CircleHelp, tone: 'accent' },
  ambiguous: { icon: Split, tone: 'warning' },
  autoApproved: { icon: ShieldCheck, tone: 'good' },
  approved: { icon: CircleCheck, tone: 'good' },
  rejected: { icon: CircleX, tone: 'neutral' },
  unmatchedLine: { icon: CircleDashed, tone: 'neutral' },
  unmatchedEntry: { icon: FileQuestion, tone: 'neutral' },
};

/** Icon of how two values relate. */
export const AGREEMENT_MARKS: Record<Exclude<Agreement, null>, LucideIcon> = {
  exact: Equal,
  near: EqualApproximately,
  differs: EqualNot,
  missing: Minus,
};

/** Tick for what balances. */
export const BALANCES = Check;

/** Icons of what people did. */
export const ACT_ICONS: Record<string, LucideIcon> = {
  approve: CircleCheck,
  reject: CircleX,
  match: Hand,
  take_back: RotateCcw,
  assign: UserRound,
  snooze: Clock,
  timing: CalendarClock,
  comment: MessageSquare,
  evidence: Paperclip,
  delete: Trash2,
  restore: ArchiveRestore,
};
