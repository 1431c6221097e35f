import { Play, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { AcceptedRecordView, PolicyPlanView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';

interface ApplyDialogProps {
  /** What applying does, as it was tried. */
  plan: PolicyPlanView;
  onClose: () => void;
  onApply: () => Promise<void>;
}

/** Says what the policy would do before it does it. */
export function ApplyDialog({ plan, onClose, onApply }: ApplyDialogProps) {
  const { t } = useI18n();
  const { approved, accepted, kept } = plan;
  return (
    <FormDialog
      title={t('policy.apply.title')}
      action={t('policy.apply')}
      icon={Play}
      ready={approved + accepted > 0}
      testId="policy-apply-dialog"
      onClose={onClose}
      onSubmit={onApply}
    >
      <ul className="plain-list" data-testid="policy-apply-numbers">
        <li>{t('policy.now.approved', { count: approved })}</li>
        <li>{t('policy.now.accepted', { count: accepted })}</li>
        <li className="muted">{t('policy.now.kept', { count: kept })}</li>
      </ul>
      <p className="muted">{t(approved + accepted > 0 ? 'policy.apply.text' : 'policy.apply.nothing')}</p>
    </FormDialog>
  );
}

interface TakeBackDialogProps {
  record: AcceptedRecordView;
  onClose: () => void;
  onTakeBack: (id: string, reason: string) => Promise<void>;
}

/** Asks before a record is put back for good. */
export function TakeBackDialog({ record, onClose, onTakeBack }: TakeBackDialogProps) {
  const { t } = useI18n();
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t('policy.takeBackOf', { who: record.title })}
      action={t('policy.takeBack')}
      icon={Undo2}
      ready
      testId="policy-take-back-dialog"
      onClose={onClose}
      onSubmit={() => onTakeBack(record.id, reason.trim())}
    >
      <p>
        <Amount amount={record.impact} currency />
      </p>
      <p className="muted">{t('policy.takeBack.text')}</p>
      <TextField
        label={t('policy.takeBack.reason')}
        value={reason}
        autoFocus
        onChange={setReason}
        testId="policy-take-back-reason"
      />
    </FormDialog>
  );
}
