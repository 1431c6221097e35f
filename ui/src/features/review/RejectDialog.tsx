import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { TextField } from '@/shared/Field';

interface RejectDialogProps {
  onClose: () => void;
  onReject: (reason: string) => void;
}

/** Asks why a proposal is wrong; the answer may stay empty. */
export function RejectDialog({ onClose, onReject }: RejectDialogProps) {
  const { t } = useI18n();
  const [reason, setReason] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    onReject(reason.trim());
  }

  return (
    <Dialog
      title={t('review.reject.title')}
      width="narrow"
      onClose={onClose}
      testId="reject-dialog"
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="danger" type="submit" form="reject-form" keys="Enter" testId="reject-confirm">
            {t('review.reject')}
          </Button>
        </>
      }
    >
      <form id="reject-form" onSubmit={submit}>
        <p className="prose">{t('review.reject.text')}</p>
        <TextField
          label={t('review.reason')}
          value={reason}
          onChange={setReason}
          autoFocus
          testId="reject-reason"
        />
      </form>
    </Dialog>
  );
}
