import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { formatMoment } from '@/shared/format';
import { Notice } from '@/shared/Notice';
import { goToSettings } from '@/shared/navigation';
import { alone, saidText } from '@/shared/said';
import { useBackupReport } from './useBackups';
import './backup.css';

/** Says above every screen, or `within` the one of backups, that the last scheduled backup was not made, and why. */
export function BackupFailure({ within = false }: { within?: boolean }) {
  const i18n = useI18n();
  const { t, locale } = i18n;
  const failure = useBackupReport().data?.failure;
  if (!failure) {
    return null;
  }
  return (
    <div className={within ? undefined : 'backup-notice'}>
      <Notice
        tone="warning"
        title={t('backup.failed', { when: formatMoment(failure.at, locale) })}
        testId="backup-failed"
        actions={
          !within && (
            <Button size="small" onClick={() => goToSettings('backups')} testId="backup-failed-go">
              {t('nav.backups')}
            </Button>
          )
        }
      >
        {alone(saidText(failure.why, i18n))}
      </Notice>
    </div>
  );
}
