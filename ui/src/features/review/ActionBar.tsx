import { Check, Hand, RotateCcw, Trash2, Undo2, X } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { ActView, RowState } from '@/ipc';
import { Button } from '@/shared/Button';

/** What can be done with the row on the bench now. */
export interface Possible {
  approve: boolean;
  reject: boolean;
  takeBack: boolean;
  byHand: boolean;
  /** A single record that stands in no match. */
  remove: boolean;
}

/** What can be done with a row in this state; another answer that was picked can always be approved. */
export function possibleFor(state: RowState, picked: boolean): Possible {
  const proposed = state === 'suggested' || state === 'ambiguous';
  const decided = state === 'approved' || state === 'autoApproved' || state === 'rejected';
  return {
    approve: proposed || (picked && !decided),
    reject: proposed && !picked,
    takeBack: decided,
    byHand: !decided,
    remove: state === 'unmatchedLine' || state === 'unmatchedEntry',
  };
}

interface ActionBarProps {
  possible: Possible;
  picked: boolean;
  undoable: ActView | null;
  busy: boolean;
  onApprove: () => void;
  onReject: () => void;
  onByHand: () => void;
  onRemove: () => void;
  onTakeBack: () => void;
  onUndo: () => void;
}

/** The actions with their keys; always at the same place. */
export function ActionBar(props: ActionBarProps) {
  const { possible, picked, undoable, busy } = props;
  const { t } = useI18n();
  return (
    <footer className="actions" data-testid="actions">
      {possible.takeBack ? (
        <Button icon={RotateCcw} keys="u" disabled={busy} onClick={props.onTakeBack} testId="take-back">
          {t('review.takeBack')}
        </Button>
      ) : (
        <>
          {possible.approve && (
            <Button
              variant="primary"
              icon={Check}
              keys="a"
              disabled={busy}
              onClick={props.onApprove}
              testId="approve"
            >
              {t(picked ? 'review.approvePicked' : 'review.approve')}
            </Button>
          )}
          {possible.reject && (
            <Button icon={X} keys="r" disabled={busy} onClick={props.onReject} testId="reject">
              {t('review.reject')}
            </Button>
          )}
          <Button
            variant={possible.approve ? 'secondary' : 'primary'}
            icon={Hand}
            keys="h"
            disabled={busy || !possible.byHand}
            onClick={props.onByHand}
            testId="match-by-hand"
          >
            {t('review.byHand')}
          </Button>
          {possible.remove && (
            <Button
              variant="quiet"
              icon={Trash2}
              keys="d"
              disabled={busy}
              onClick={props.onRemove}
              testId="delete-record"
            >
              {t('review.delete')}
            </Button>
          )}
        </>
      )}
      <span className="actions-gap" />
      <Button
        className="undo"
        variant="quiet"
        icon={Undo2}
        keys="z"
        disabled={busy || undoable === null}
        title={undoable ? undoable.title : t('review.undo.nothing')}
        onClick={props.onUndo}
        testId="undo"
      >
        {t('review.undo')}
      </Button>
    </footer>
  );
}
