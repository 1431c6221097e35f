import { useQuery } from '@tanstack/react-query';
import { Save } from 'lucide-react';
import { useI18n } from '@/i18n';
import { host } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseDiagnosticsPath } from '@/shared/choosePath';
import { Dialog } from '@/shared/Dialog';
import { FaultNotice } from '@/shared/Notice';
import { Skeleton } from '@/shared/Parts';
import { KEYS } from '@/shared/queries';
import { showToast } from '@/shared/toasts';
import { useDoing } from '@/shared/useDoing';

/** Shows all that will be saved, and saves just that. */
export function DiagnosticsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const { busy, fault, doing } = useDoing<'save'>();
  const shown = useQuery({
    queryKey: [...KEYS.checks, 'diagnostics'],
    queryFn: () => host().call('diagnostics', {}),
    gcTime: 0,
    staleTime: 0,
  });

  async function save(): Promise<void> {
    const path = await chooseDiagnosticsPath('tieout-diagnostics.zip');
    if (path !== null) {
      await host().call('save_diagnostics', { path });
      showToast({ tone: 'done', text: t('doctor.saved', { path }) });
      onClose();
    }
  }

  return (
    <Dialog
      title={t('doctor.save.title')}
      onClose={onClose}
      testId="diagnostics-dialog"
      footer={
        <>
          <Button keys="Escape" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            variant="primary"
            icon={Save}
            busy={busy !== null}
            disabled={busy !== null || !shown.data}
            onClick={() => void doing('save', save)}
            testId="diagnostics-save"
          >
            {t('doctor.save.go')}
          </Button>
        </>
      }
    >
      {(fault ?? shown.error) != null && <FaultNotice fault={fault ?? shown.error} />}
      <p className="prose">{t('doctor.save.text')}</p>
      {shown.data ? (
        shown.data.files.map((file) => (
          <section key={file.name} className="diagnostics-file">
            <h3 className="mono">{file.name}</h3>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
            <pre className="mono diagnostics-text" tabIndex={0} data-testid="diagnostics-text">
              {file.text}
            </pre>
          </section>
        ))
      ) : (
        <Skeleton rows={6} height={20} />
      )}
    </Dialog>
  );
}
