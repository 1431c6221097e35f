import type { DecisionOutcome, SideView, WorkbookView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { queueFocus } from '@/shared/queueChoice';
import { ApproveAboveDialog } from './ApproveAboveDialog';
import { DeleteDialog, type Records } from './DeleteDialog';
import { HandDialog } from './HandDialog';
import { HistorySheet } from './HistorySheet';
import { ManyDialog } from './ManyDialog';
import { AssignDialog, CommentDialog, SnoozeDialog, TimingDialog } from './MarkDialogs';
import { RejectDialog } from './RejectDialog';
import { SplitDialog } from './SplitDialog';
import { SideFacts, TargetFacts, type Targets } from './Targets';
import type { ChosenRows } from './useChosen';
import type { Decisions } from './useDecisions';
import type { Desk } from './useDesk';
import { ViewsDialog } from './ViewsDialog';
import { WriteOffDialog } from './WriteOffDialog';

/** Which dialog of the review is open. */
export type Open =
  | 'approve'
  | 'reject'
  | 'hand'
  | 'writeOff'
  | 'split'
  | 'timing'
  | 'snooze'
  | 'assign'
  | 'comment'
  | 'delete'
  | 'above'
  | 'history'
  | 'views'
  | null;

interface DialogsProps {
  open: Open;
  desk: Desk;
  chosen: ChosenRows;
  targets: Targets | null;
  decisions: Decisions;
  workbook: WorkbookView;
  onClose: () => void;
}

/** What is noted on rows: the same for one and for many. */
function MarkDialogs({ open, desk, chosen, targets, decisions, workbook, onClose }: DialogsProps) {
  if (targets === null) {
    return null;
  }
  const notes = (targets.kind === 'one' && desk.shown?.notes) || [];
  const noted = (kind: string) => notes.some(({ content }) => content.kind === kind);
  const owner = notes.flatMap(({ content }) => (content.kind === 'owner' ? [content.owner] : []))[0] ?? null;
  const snoozed = desk.choice.filter === 'snoozed' || noted('snooze');
  const common = {
    targets,
    onClose,
    onDone: (outcome: DecisionOutcome) => {
      decisions.done(outcome, open === 'snooze' && targets.kind === 'one');
      chosen.clear();
    },
  };
  switch (open) {
    case 'timing':
      return <TimingDialog {...common} noted={noted('timing')} />;
    case 'snooze':
      return <SnoozeDialog {...common} snoozed={snoozed} />;
    case 'assign':
      return <AssignDialog {...common} user={workbook.user} owner={owner} />;
    case 'comment':
      return <CommentDialog {...common} />;
    case 'approve':
    case 'reject':
      return targets.kind === 'many' ? <ManyDialog {...common} targets={targets} verdict={open} /> : null;
    default:
      return null;
  }
}

/** What is put together by hand of the row on the bench. */
function HandDialogs({ open, desk, decisions, onClose }: DialogsProps) {
  const { shown, picked } = desk;
  if (!shown) {
    return null;
  }
  const ends = {
    onClose,
    onDone: (outcome: DecisionOutcome) => {
      onClose();
      decisions.done(outcome, true);
    },
    onStale: () => {
      onClose();
      decisions.stale();
    },
  };
  const alternative = picked === null ? null : shown.alternatives[picked];
  const entries = alternative?.entries ?? shown.entries;
  const [line] = shown.lines;
  switch (open) {
    case 'hand':
      return <HandDialog lines={shown.lines} entries={entries} {...ends} />;
    case 'writeOff':
      return <WriteOffDialog detail={shown} {...ends} />;
    case 'split':
      return line ? <SplitDialog line={line} entries={entries} {...ends} /> : null;
    default:
      return null;
  }
}

/** Deleting the record on the bench, or the records that are chosen. */
function DeleteDialogs({ desk, chosen, targets, decisions, onClose }: DialogsProps) {
  const { shown } = desk;
  const [record] = shown ? [...shown.lines, ...shown.entries] : [];
  const many = targets?.kind === 'many' ? targets : null;
  const own = record ? [{ side: record.side, ids: [record.id] }] : [];
  const sides = many ? (many.facts?.sides ?? []) : own;
  const of = (wanted: SideView) => sides.filter(({ side }) => side === wanted).flatMap(({ ids }) => ids);
  const records: Records = { lines: of('statement'), entries: of('ledger') };
  const count = records.lines.length + records.entries.length;
  if (count === 0) {
    return null;
  }
  const about = many ? (
    <>
      <TargetFacts targets={many} />
      <SideFacts sides={many.facts?.sides ?? []} />
    </>
  ) : record ? (
    <p>
      <strong>{record.counterparty || record.text}</strong>
      {' · '}
      <DateText iso={record.date} />
      {' · '}
      <Amount amount={record.amount} currency />
    </p>
  ) : null;
  return (
    <DeleteDialog
      records={records}
      about={about}
      onClose={onClose}
      onDone={(act) => {
        onClose();
        chosen.clear();
        void decisions.removed(count, many === null, act);
      }}
    />
  );
}

/** The dialogs of the review, at most one at a time. */
export function Dialogs(props: DialogsProps) {
  const { open, desk, targets, decisions, workbook, onClose } = props;
  switch (open) {
    case null:
      return null;
    case 'above':
      return (
        <ApproveAboveDialog
          onClose={onClose}
          onDone={(approved) => {
            onClose();
            void decisions.approvedAbove(approved);
          }}
        />
      );
    case 'history':
      return <HistorySheet user={workbook.user} undoable={desk.queue.undoable} onClose={onClose} />;
    case 'views':
      return <ViewsDialog focus={queueFocus(desk.choice)} onClose={onClose} />;
    case 'delete':
      return <DeleteDialogs {...props} />;
    case 'reject':
      if (targets?.kind !== 'many') {
        return (
          <RejectDialog
            onClose={onClose}
            onReject={(reason) => {
              onClose();
              void decisions.decideNow('reject', reason);
            }}
          />
        );
      }
      return <MarkDialogs {...props} />;
    case 'hand':
    case 'writeOff':
    case 'split':
      return <HandDialogs {...props} />;
    default:
      return <MarkDialogs {...props} />;
  }
}
