import { Save } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { TextField } from '@/shared/Field';
import { FaultNotice } from '@/shared/Notice';

interface SaveDialogProps {
  onClose: () => void;
  onSave: (reason: string) => Promise<void>;
}

/** Asks why the policy changes: every version has its reason. */
export function SaveDialog({ onClose, onSave }: SaveDialogProps) {
  const { t } = useI18n();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const ready = reason.trim() !== '' && !busy;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!ready) {
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      await onSave(reason.trim());
      onClose();
    } catch (refusal) {
      setFault(refusal);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t('policy.save.title')}
      width="narrow"
      onClose={onClose}
      testId="policy-save-dialog"
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            type="submit"
            form="policy-save-form"
            icon={Save}
            keys="Enter"
            busy={busy}
            disabled={!ready}
            testId="policy-save-confirm"
          >
            {t('policy.save.confirm')}
          </Button>
        </>
      }
    >
      <form id="policy-save-form" onSubmit={(event) => void submit(event)} noValidate>
        {fault !== null && <FaultNotice fault={fault} />}
        <p className="prose">{t('policy.save.text')}</p>
        <TextField
          label={t('policy.reason')}
          value={reason}
          onChange={setReason}
          autoFocus
          testId="policy-reason"
        />
      </form>
    </Dialog>
  );
}
