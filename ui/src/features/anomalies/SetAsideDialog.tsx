import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import type { AnomalyView } from '@/ipc';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { TextField } from '@/shared/Field';
import { FaultNotice } from '@/shared/Notice';
import { explain } from './explain';

interface SetAsideDialogProps {
  anomaly: AnomalyView;
  onClose: () => void;
  onSetAside: (reason: string) => Promise<void>;
}

/** Asks why an anomaly is in order. */
export function SetAsideDialog({ anomaly, onClose, onSetAside }: SetAsideDialogProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      await onSetAside(reason.trim());
      onClose();
    } catch (refusal) {
      setFault(refusal);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t('anomalies.setAside.title')}
      width="narrow"
      onClose={onClose}
      testId="set-aside-dialog"
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            type="submit"
            form="set-aside-form"
            keys="Enter"
            busy={busy}
            disabled={busy || reason.trim() === ''}
            testId="set-aside-confirm"
          >
            {t('anomalies.setAside')}
          </Button>
        </>
      }
    >
      <form id="set-aside-form" onSubmit={(event) => void submit(event)}>
        <p className="prose">{explain(anomaly.evidence, i18n)}</p>
        <p className="prose muted">{t('anomalies.setAside.text')}</p>
        {fault !== null && <FaultNotice fault={fault} />}
        <TextField
          label={t('anomalies.reason')}
          hint={t('anomalies.reason.hint')}
          value={reason}
          onChange={setReason}
          autoFocus
          testId="set-aside-reason"
        />
      </form>
    </Dialog>
  );
}
