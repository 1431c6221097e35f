import { CalendarClock, Clock, MessageSquare, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { DecisionOutcome, MarkView } from '@/ipc';
import { daysAfter, monthEnd, nextMonday, today } from '@/shared/days';
import { AreaField, TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { formatDate } from '@/shared/format';
import { DayField } from '@/shared/period/DayField';
import { noteWord } from '@/shared/recentWords';
import { mark } from './actions';
import { TargetFacts, type Targets } from './Targets';
import { WordField } from './Words';

interface MarkDialogProps {
  targets: Targets;
  onClose: () => void;
  onDone: (outcome: DecisionOutcome) => void;
}

/** Whether what the action is about is known: of many rows their sum is shown first. */
function isShown(targets: Targets): boolean {
  return targets.kind === 'one' || targets.facts !== undefined;
}

function useMark({ targets, onDone }: MarkDialogProps) {
  return async (noted: MarkView): Promise<void> => onDone(await mark(targets.ids, noted));
}

interface QuickDaysProps {
  days: readonly { name: string; iso: string }[];
  chosen: string | null;
  onChoose: (iso: string) => void;
}

function QuickDays({ days, chosen, onChoose }: QuickDaysProps) {
  const { locale } = useI18n();
  return (
    <div className="quick">
      {days.map(({ name, iso }) => (
        <button
          key={name}
          type="button"
          className="chip"
          aria-pressed={iso === chosen}
          title={formatDate(iso, locale)}
          data-testid="quick-day"
          onClick={() => onChoose(iso)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

/** A day that is typed, or chosen from some: choosing puts away what stands in the field. */
function useDay(first: string | null) {
  const [iso, setIso] = useState(first);
  const [round, setRound] = useState(0);
  function choose(next: string): void {
    setIso(next);
    setRound(round + 1);
  }
  return { iso, setIso, choose, round };
}

/** Says who looks after it. */
export function AssignDialog(props: MarkDialogProps & { user: string; owner: string | null }) {
  const { targets, user, onClose } = props;
  const { t } = useI18n();
  const [owner, setOwner] = useState(props.owner ?? user);
  const send = useMark(props);
  return (
    <FormDialog
      title={t('review.assign.title')}
      action={t(owner.trim() === '' ? 'review.assign.nobody' : 'review.assign.do')}
      icon={UserRound}
      ready={isShown(targets)}
      testId="assign-dialog"
      onClose={onClose}
      onSubmit={async () => {
        await send({ kind: 'owner', owner: owner.trim() || null });
        noteWord('owners', owner);
      }}
    >
      <TargetFacts targets={targets} />
      <WordField
        label={t('review.assign.owner')}
        hint={t('review.assign.hint')}
        kind="owners"
        offered={[user]}
        value={owner}
        onChange={setOwner}
        autoFocus
        select
        testId="assign-owner"
      />
    </FormDialog>
  );
}

/** Puts it off until a day. */
export function SnoozeDialog(props: MarkDialogProps & { snoozed: boolean }) {
  const { targets, snoozed, onClose } = props;
  const { t, locale } = useI18n();
  const now = today();
  const { iso: until, setIso, choose, round } = useDay(snoozed ? null : daysAfter(now, 1));
  const send = useMark(props);
  const days = [
    { name: t('days.tomorrow'), iso: daysAfter(now, 1) },
    { name: t('days.inDays', { count: 3 }), iso: daysAfter(now, 3) },
    { name: t('days.monday'), iso: nextMonday(now) },
    { name: t('days.monthEnd'), iso: monthEnd(now) },
  ];
  return (
    <FormDialog
      title={t('review.snooze.title')}
      action={t(until === null ? 'review.snooze.wake' : 'review.snooze.do')}
      icon={Clock}
      ready={isShown(targets) && (until !== null || snoozed)}
      testId="snooze-dialog"
      onClose={onClose}
      onSubmit={() => send({ kind: 'snooze', until })}
    >
      <TargetFacts targets={targets} />
      <DayField
        key={round}
        label={t('review.snooze.until')}
        iso={until}
        placeholder={formatDate(daysAfter(now, 1), locale)}
        autoFocus
        onChange={setIso}
        testId="snooze-until"
      />
      <QuickDays days={days} chosen={until} onChoose={choose} />
      {snoozed && <p className="muted">{t('review.snooze.empty')}</p>}
    </FormDialog>
  );
}

/** Says that its time has not come: a difference in time, settled by a day. */
export function TimingDialog(props: MarkDialogProps & { noted: boolean }) {
  const { targets, noted, onClose } = props;
  const { t, locale } = useI18n();
  const now = today();
  const { iso: by, setIso, choose, round } = useDay(noted ? null : monthEnd(now));
  const [reason, setReason] = useState('');
  const send = useMark(props);
  const days = [
    { name: t('days.inDays', { count: 7 }), iso: daysAfter(now, 7) },
    { name: t('days.monthEnd'), iso: monthEnd(now) },
  ];
  return (
    <FormDialog
      title={t('review.timing.title')}
      action={t(by === null ? 'review.timing.none' : 'review.timing.do')}
      icon={CalendarClock}
      ready={isShown(targets) && (by !== null || noted)}
      testId="timing-dialog"
      onClose={onClose}
      onSubmit={() => send({ kind: 'timing', by, reason: reason.trim() })}
    >
      <TargetFacts targets={targets} />
      <DayField
        key={round}
        label={t('review.timing.by')}
        iso={by}
        placeholder={formatDate(monthEnd(now), locale)}
        autoFocus
        onChange={setIso}
        testId="timing-by"
      />
      <QuickDays days={days} chosen={by} onChoose={choose} />
      <TextField label={t('review.reason')} value={reason} onChange={setReason} testId="timing-reason" />
    </FormDialog>
  );
}

const COMMENT_CHARS_MAX = 10_000;

/** Something to be said. */
export function CommentDialog(props: MarkDialogProps) {
  const { targets, onClose } = props;
  const { t } = useI18n();
  const [text, setText] = useState('');
  const send = useMark(props);
  return (
    <FormDialog
      title={t('review.comment.title')}
      action={t('review.comment.do')}
      icon={MessageSquare}
      keys="Mod+Enter"
      ready={isShown(targets) && text.trim() !== ''}
      testId="comment-dialog"
      onClose={onClose}
      onSubmit={() => send({ kind: 'comment', text: text.trim() })}
    >
      <TargetFacts targets={targets} />
      <AreaField
        label={t('review.comment.text')}
        value={text}
        maxLength={COMMENT_CHARS_MAX}
        autoFocus
        onChange={setText}
        testId="comment-text"
      />
    </FormDialog>
  );
}
