import { useQuery } from '@tanstack/react-query';
import { useI18n } from '@/i18n';
import { type BatchView, host } from '@/ipc';
import { Button } from '../Button';
import { Dialog } from '../Dialog';
import { FaultNotice } from '../Notice';
import { Skeleton } from '../Parts';
import { KEYS } from '../queries';
import { ProblemTable } from './ProblemTable';
import { ValidationReport } from './ValidationReport';

/** What was found of a file when it was taken in. */
export function ReportDialog({ batch, onClose }: { batch: BatchView; onClose: () => void }) {
  const { t } = useI18n();
  const found = useQuery({
    queryKey: [...KEYS.batches, batch.id],
    queryFn: () => host().call('batch_report', { batchId: batch.id }),
  });
  return (
    <Dialog
      title={t('batches.report.title', { name: batch.fileName })}
      width="wide"
      onClose={onClose}
      testId="batch-report"
      footer={
        <Button onClick={onClose} keys="Escape">
          {t('action.close')}
        </Button>
      }
    >
      {found.error && <FaultNotice fault={found.error} />}
      {found.isPending && <Skeleton rows={8} />}
      {found.data?.validation && <ValidationReport report={found.data.validation} />}
      {found.data?.validation === null && <p className="muted">{t('batches.report.none')}</p>}
      {found.data && found.data.diagnostics.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus
        <section className="scroll-x" tabIndex={0} aria-label={t('batches.report.problems')}>
          <ProblemTable diagnostics={found.data.diagnostics} />
        </section>
      )}
    </Dialog>
  );
}
