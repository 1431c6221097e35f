import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import { asCommandError, type CommandError, host, type RecordView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { Dialog } from '@/shared/Dialog';
import { TextField } from '@/shared/Field';
import { FaultNotice } from '@/shared/Notice';

interface DeleteDialogProps {
  record: RecordView;
  onClose: () => void;
  onDone: () => void;
}

/** Asks why a single record is deleted. It is remembered, so that no later import brings it back. */
export function DeleteDialog({ record, onClose, onDone }: DeleteDialogProps) {
  const { t } = useI18n();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<CommandError | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      const request = { side: record.side, ids: [record.id], reason: reason.trim() };
      await host().call('delete_records', { request });
      onDone();
    } catch (fault) {
      setRefusal(asCommandError(fault));
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t('review.delete.title')}
      width="narrow"
      onClose={onClose}
      testId="delete-dialog"
      footer={
        <>
          <Button onClick={onClose} keys="Escape">
            {t('action.cancel')}
          </Button>
          <Button
            variant="danger"
            type="submit"
            form="delete-form"
            keys="Enter"
            busy={busy}
            disabled={busy}
            testId="delete-confirm"
          >
            {t('review.delete.do')}
          </Button>
        </>
      }
    >
      <form id="delete-form" onSubmit={(event) => void submit(event)}>
        {refusal && <FaultNotice fault={refusal} />}
        <p>
          <strong>{record.counterparty || record.text}</strong>
          {' · '}
          <DateText iso={record.date} />
          {' · '}
          <Amount amount={record.amount} currency />
        </p>
        <p className="prose">{t('review.delete.text')}</p>
        <TextField
          label={t('review.reason')}
          value={reason}
          onChange={setReason}
          autoFocus
          testId="delete-reason"
        />
      </form>
    </Dialog>
  );
}
