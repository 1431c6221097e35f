import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type BackupSettingsView, type BackupsView, type CheckedBackupView, host } from '@/ipc';
import { KEYS } from '@/shared/queries';
import { useStore } from '@/shared/store';
import { runTask } from '@/shared/task';
import { showToast } from '@/shared/toasts';
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
  const draft = useStore(backupDraft);
  const [busy, setBusy] = useState<'save' | 'make' | 'check' | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [checked, setChecked] = useState<readonly CheckedBackupView[]>([]);
  const shown = draft ?? report.data?.settings;

  async function doing(what: 'save' | 'make' | 'check', work: () => Promise<void>): Promise<void> {
    setBusy(what);
    setFault(null);
    try {
      await work();
    } catch (refusal) {
      setFault(refusal);
    } finally {
      setBusy(null);
    }
  }

  return {
    report,
    shown,
    changed: draft !== null,
    busy,
    fault,
    checked,
    change: (part: Partial<BackupSettingsView>) => shown && backupDraft.set({ ...shown, ...part }),
    discard: () => {
      setFault(null);
      backupDraft.set(null);
    },
    save: () =>
      doing('save', async () => {
        if (shown) {
          const next = await host().call('save_backup_settings', { settings: shown });
          client.setQueryData<BackupsView>(KEYS.backups, next);
          backupDraft.set(null);
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
