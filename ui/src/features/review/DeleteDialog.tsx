import { type FormEvent, type ReactNode, useState } from 'react';
import { useI18n } from '@/i18n';
import { type ActView, asCommandError, type CommandError, host } from '@/ipc';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { TextField } from '@/shared/Field';
import { FaultNotice } from '@/shared/Notice';

/** Records of both sides, by their identifiers. */
export interface Records {
  lines: readonly string[];
  entries: readonly string[];
}

interface DeleteDialogProps {
  records: Records;
  /** Says which records they are. */
  about: ReactNode;
  onClose: () => void;
  /** Is told the act as which they were deleted. */
  onDone: (act: ActView | null) => void;
}

/** Asks why records are deleted, in one act. They are remembered, so that no later import brings them back. */
export function DeleteDialog({ records, about, onClose, onDone }: DeleteDialogProps) {
  const { t } = useI18n();
  const { lines, entries } = records;
  const count = lines.length + entries.length;
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<CommandError | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      const request = { lines: [...lines], entries: [...entries], reason: reason.trim() };
      onDone(await host().call('delete_records', { request }));
    } catch (fault) {
      setRefusal(asCommandError(fault));
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t('review.delete.title', { count })}
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
        {about}
        <p className="prose">{t('review.delete.text', { count })}</p>
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
