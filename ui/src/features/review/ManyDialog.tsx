import { useQueryClient } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { asCommandError, type DecisionOutcome, type VerdictView } from '@/ipc';
import { TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { Notice } from '@/shared/Notice';
import { KEYS } from '@/shared/queries';
import { decideMany } from './actions';
import { TargetFacts, type Targets } from './Targets';

interface ManyDialogProps {
  verdict: VerdictView;
  targets: Extract<Targets, { kind: 'many' }>;
  onClose: () => void;
  onDone: (outcome: DecisionOutcome) => void;
}

/** Approves or rejects the chosen proposals as they were shown, after their number and sum were. One act. */
export function ManyDialog({ verdict, targets, onClose, onDone }: ManyDialogProps) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const { facts, rivals } = targets;
  const count = facts?.matches.length ?? 0;
  const others = (facts?.count ?? 0) - count;
  const approve = verdict === 'approve';

  async function send(): Promise<void> {
    try {
      onDone(await decideMany({ matches: facts?.matches ?? [], verdict, reason: reason.trim() }));
    } catch (refusal) {
      if (asCommandError(refusal).code === 'stale') {
        // They are shown as they are now, to be looked at again.
        await client.invalidateQueries({ queryKey: KEYS.selection });
      }
      throw refusal;
    }
  }

  return (
    <FormDialog
      title={t(approve ? 'review.many.approve' : 'review.many.reject')}
      action={t(approve ? 'review.above.do' : 'review.many.reject.do', { count })}
      icon={approve ? Check : X}
      danger={!approve}
      ready={count > 0}
      testId="many-dialog"
      onClose={onClose}
      onSubmit={send}
    >
      <TargetFacts targets={targets} />
      {approve && rivals > 0 && (
        <Notice
          tone="warning"
          testId="many-rivals"
          title={t('review.many.rivals', { count: rivals, of: count })}
        >
          {t('review.many.rivals.text')}
        </Notice>
      )}
      {others > 0 && <p className="muted">{t('review.many.others', { count: others })}</p>}
      {!approve && <p className="prose">{t('review.reject.text')}</p>}
      <TextField
        label={t('review.reason')}
        value={reason}
        onChange={setReason}
        autoFocus
        testId="many-reason"
      />
    </FormDialog>
  );
}
