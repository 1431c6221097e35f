import { Archive, ShieldCheck } from 'lucide-react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { DraftScreen } from '@/shared/DraftScreen';
import { Panel, TaskProgress } from '@/shared/Parts';
import { useTask } from '@/shared/task';
import { BackupFailure } from './BackupFailure';
import { BackupTable } from './BackupTable';
import { NoBackups } from './NoBackups';
import { ScheduleFields } from './ScheduleFields';
import { useBackups } from './useBackups';
import './backup.css';

/** When backups are made, where they go, which there are, and whether they restore. */
export function BackupScreen() {
  const { t } = useI18n();
  const desk = useBackups();
  const task = useTask();
  const { report, shown, changed, busy } = desk;
  const backups = report.data?.backups ?? [];
  const own = task && (task.name === 'back_up' || task.name === 'check_backups') ? task : null;
  return (
    <DraftScreen
      title={t('backup.title')}
      sub={t('backup.sub')}
      group={t('nav.backups')}
      testId="backup"
      changed={changed}
      idle={busy === null}
      saving={busy === 'save'}
      fault={desk.fault ?? report.error}
      onSave={() => void desk.save()}
      onDiscard={desk.discard}
    >
      {shown && report.data && (
        <>
          <BackupFailure within />
          <Panel title={t('backup.schedule')}>
            <ScheduleFields settings={shown} folder={report.data.folder} onChange={desk.change} />
          </Panel>
          <Panel
            title={t('backup.list')}
            aside={
              <span className="backup-actions">
                <Button
                  icon={ShieldCheck}
                  busy={busy === 'check'}
                  disabled={busy !== null || backups.length === 0}
                  onClick={() => void desk.check()}
                  testId="backup-check"
                >
                  {t('backup.check')}
                </Button>
                <Button
                  icon={Archive}
                  busy={busy === 'make'}
                  disabled={busy !== null}
                  onClick={() => void desk.make()}
                  testId="backup-make"
                >
                  {t('backup.now')}
                </Button>
              </span>
            }
          >
            <p className="prose backup-prose">{t('backup.text', { folder: report.data.folder })}</p>
            {own && <TaskProgress task={own} />}
            {backups.length > 0 ? (
              <BackupTable backups={backups} checked={desk.checked} />
            ) : (
              <NoBackups report={report.data} />
            )}
          </Panel>
        </>
      )}
    </DraftScreen>
  );
}
