import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type BackupSettingsView, type BackupsView, type CheckedBackupView, host } from '@/ipc';
import { useDraft } from '@/shared/drafts';
import { KEYS } from '@/shared/queries';
import { runTask } from '@/shared/task';
import { showToast } from '@/shared/toasts';
import { useDoing } from '@/shared/useDoing';
import { backupDraft } from './draft';

/** Backups are made in the background; what is shown follows so often. */
const FOLLOW_MS = 30_000;

/** What is set, and which backups there are. */
export function useBackupReport() {
  return useQuery({
    queryKey: KEYS.backups,
    queryFn: () => host().call('backups', {}),
    refetchInterval: FOLLOW_MS,
  });
}

/** The settings with what was changed in them, the backups, and what can be done. */
export function useBackups() {
  const { t } = useI18n();
  const client = useQueryClient();
  const report = useBackupReport();
  const { busy, fault, forgetFault, doing } = useDoing<'save' | 'make' | 'check'>();
  const [checked, setChecked] = useState<readonly CheckedBackupView[]>([]);
  const { shown, changed, change, forget } = useDraft(backupDraft, report.data?.settings);

  return {
    report,
    shown,
    changed,
    busy,
    fault,
    checked,
    change: (part: Partial<BackupSettingsView>) => change(part),
    discard: () => {
      forgetFault();
      forget();
    },
    save: () =>
      doing('save', async () => {
        if (shown) {
          const next = await host().call('save_backup_settings', { settings: shown });
          client.setQueryData<BackupsView>(KEYS.backups, next);
          forget();
          showToast({ tone: 'done', text: t('backup.saved') });
          await client.invalidateQueries({ queryKey: KEYS.audit });
        }
      }),
    make: () =>
      doing('make', async () => {
        await runTask('back_up', {});
        showToast({ tone: 'done', text: t('backup.made') });
        await client.invalidateQueries({ queryKey: ['book'] });
      }),
    check: () =>
      doing('check', async () => {
        setChecked(await runTask('check_backups', {}));
      }),
  };
}
