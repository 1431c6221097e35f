import { useState } from 'react';
import { useI18n } from '@/i18n';
import { host, type WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { Notice } from '@/shared/Notice';
import { useRefreshBook } from '@/shared/queries';
import { SaidText } from '@/shared/SaidText';
import { showToast } from '@/shared/toasts';

/** Asks why an older copy is the file to go on with. */
function AcceptDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const refresh = useRefreshBook();
  const [reason, setReason] = useState('');

  async function accept(): Promise<void> {
    await host().call('accept_history', { reason });
    await refresh();
    showToast({ tone: 'done', text: t('overview.history.accepted') });
  }

  return (
    <FormDialog
      title={t('overview.history.accept')}
      action={t('overview.history.accept')}
      ready={reason.trim() !== ''}
      testId="history-dialog"
      onClose={onClose}
      onSubmit={accept}
    >
      <p className="prose">{t('overview.history.text')}</p>
      <TextField
        label={t('overview.history.reason')}
        value={reason}
        onChange={setReason}
        autoFocus
        testId="history-reason"
      />
    </FormDialog>
  );
}

/** What is said of where the workbook lies, or of its being an older copy, which an admin may accept. */
export function CustodyNotice({ workbook }: { workbook: WorkbookView }) {
  const { t } = useI18n();
  const [asked, setAsked] = useState(false);
  if (workbook.custodySaid === null) {
    return null;
  }
  const title = t(workbook.rolledBack ? 'overview.history' : 'overview.custody');
  return (
    <Notice tone="warning" title={title} testId="custody-warning">
      <p>
        <SaidText said={workbook.custodySaid} />
      </p>
      {workbook.rolledBack && (
        <div className="overview-accept">
          <Button needs="managePeople" size="small" onClick={() => setAsked(true)} testId="history-accept">
            {t('overview.history.accept')}
          </Button>
        </div>
      )}
      {asked && <AcceptDialog onClose={() => setAsked(false)} />}
    </Notice>
  );
}
