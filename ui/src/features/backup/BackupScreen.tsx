import { Archive, Save, ShieldCheck, Undo2 } from 'lucide-react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { Panel, ScreenHead, Skeleton, TaskProgress } from '@/shared/Parts';
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

  useKeys([
    {
      combo: 'Mod+S',
      label: t('backup.save'),
      group: t('nav.backups'),
      run: () => void desk.save(),
      enabled: changed && busy === null,
      needs: 'configure',
      whileTyping: true,
    },
  ]);

  const actions = (
    <>
      {changed && (
        <Button icon={Undo2} onClick={desk.discard} testId="backup-discard">
          {t('backup.discard')}
        </Button>
      )}
      <Button
        variant="primary"
        icon={Save}
        keys="Mod+S"
        needs="configure"
        busy={busy === 'save'}
        disabled={!changed || busy !== null}
        onClick={() => void desk.save()}
        testId="backup-save"
      >
        {t('backup.save')}
      </Button>
    </>
  );

  const backups = report.data?.backups ?? [];
  const own = task && (task.name === 'back_up' || task.name === 'check_backups') ? task : null;
  return (
    <div className="screen" data-testid="backups">
      <ScreenHead title={t('backup.title')} actions={actions}>
        {t('backup.sub')}
      </ScreenHead>
      {(desk.fault ?? report.error) != null && <FaultNotice fault={desk.fault ?? report.error} />}
      <BackupFailure within />
      {shown && report.data ? (
        <>
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
      ) : (
        !report.error && (
          <Panel>
            <Skeleton rows={8} height={20} />
          </Panel>
        )
      )}
    </div>
  );
}
