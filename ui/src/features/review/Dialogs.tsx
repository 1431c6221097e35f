import { useI18n } from '@/i18n';
import { showToast } from '@/shared/toasts';
import { ApproveAboveDialog } from './ApproveAboveDialog';
import { DeleteDialog } from './DeleteDialog';
import { HandDialog } from './HandDialog';
import { RejectDialog } from './RejectDialog';
import type { Decisions } from './useDecisions';
import type { Desk } from './useDesk';

/** Which dialog of the review is open. */
export type Open = 'reject' | 'hand' | 'above' | 'delete' | null;

interface DialogsProps {
  open: Open;
  desk: Desk;
  decisions: Decisions;
  onClose: () => void;
}

/** The dialogs of the review, at most one at a time. */
export function Dialogs({ open, desk, decisions, onClose }: DialogsProps) {
  const { t } = useI18n();
  const { shown, picked } = desk;
  if (open === 'above') {
    return (
      <ApproveAboveDialog
        onClose={onClose}
        onDone={({ count }) => {
          onClose();
          showToast({ tone: 'done', text: t('review.above.done', { count }) });
          void decisions.refresh();
        }}
      />
    );
  }
  if (open === 'reject') {
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
  const [record] = shown ? [...shown.lines, ...shown.entries] : [];
  if (open === 'delete' && record) {
    return (
      <DeleteDialog
        record={record}
        onClose={onClose}
        onDone={() => {
          onClose();
          decisions.removed(record);
        }}
      />
    );
  }
  if (open === 'hand' && shown) {
    const alternative = picked === null ? null : shown.alternatives[picked];
    return (
      <HandDialog
        lines={shown.lines}
        entries={alternative?.entries ?? shown.entries}
        onClose={onClose}
        onDone={(outcome) => {
          onClose();
          decisions.matchedByHand(outcome);
        }}
        onStale={() => {
          onClose();
          decisions.stale();
        }}
      />
    );
  }
  return null;
}
