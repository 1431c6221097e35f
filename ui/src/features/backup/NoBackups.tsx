import { Archive } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { BackupsView } from '@/ipc';
import { Empty } from '@/shared/Parts';

/** That there are none, or that the folder was not seen yet: its drive may be far away, and nothing waits for it. */
export function NoBackups({ report }: { report: BackupsView }) {
  const { t } = useI18n();
  return report.lookedAt === null ? (
    <Empty icon={Archive} title={t('backup.looking')}>
      {t('backup.looking.text', { folder: report.folder })}
    </Empty>
  ) : (
    <Empty icon={Archive} title={t('backup.none')}>
      {t('backup.none.text')}
    </Empty>
  );
}
