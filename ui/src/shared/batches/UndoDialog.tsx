import { Undo2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import { asCommandError, type BatchView, type CommandError, host } from '@/ipc';
import { Button } from '../Button';
import { Dialog } from '../Dialog';
import { FaultNotice } from '../Notice';
import { useRefreshBook } from '../queries';
import { showToast } from '../toasts';

/** Asks once before an import is taken back as a whole; a refusal is shown in place. */
export function UndoDialog({ batch, onClose }: { batch: BatchView; onClose: () => void }) {
  const { t } = useI18n();
  const refresh = useRefreshBook();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<CommandError | null>(null);

  async function undo(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      await host().call('undo_import', { batchId: batch.id });
      showToast({ tone: 'done', text: t('batches.undone', { count: batch.added }) });
      onClose();
      await refresh();
    } catch (fault) {
      setRefusal(asCommandError(fault));
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t('batches.undo.title', { name: batch.fileName })}
      width="narrow"
      onClose={onClose}
      testId="undo-dialog"
      footer={
        <>
          <Button onClick={onClose} keys="Escape">
            {t('action.cancel')}
          </Button>
          <Button
            variant="danger"
            icon={Undo2}
            type="submit"
            form="undo-form"
            keys="Enter"
            busy={busy}
            disabled={busy}
            autoFocus
            testId="undo-confirm"
          >
            {t('batches.undo.do', { count: batch.added })}
          </Button>
        </>
      }
    >
      <form id="undo-form" onSubmit={(event) => void undo(event)}>
        {refusal && <FaultNotice fault={refusal} />}
        <p className="prose">{t('batches.undo.text', { count: batch.added })}</p>
      </form>
    </Dialog>
  );
}
