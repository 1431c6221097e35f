import { FolderOpen } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { BackupSettingsView } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseFolderPath } from '@/shared/choosePath';
import { CheckField, TextField } from '@/shared/Field';
import { showRefusal } from '@/shared/refusals';

interface ScheduleProps {
  settings: BackupSettingsView;
  /** Where backups lie when no other folder is named. */
  folder: string;
  onChange: (part: Partial<BackupSettingsView>) => void;
}

/** Digits only. */
function whole(text: string): number {
  return Number(text.replace(/\D/g, '').slice(0, 3));
}

/** When backups are made, where they go and how many are kept. */
export function ScheduleFields({ settings, folder, onChange }: ScheduleProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const numbers = [
    { key: 'everyHours', label: 'backup.everyHours' },
    { key: 'keepDays', label: 'backup.keepDays' },
    { key: 'keepWeeks', label: 'backup.keepWeeks' },
  ] as const;
  return (
    <div className="backup-form">
      <div className="backup-wide">
        <CheckField
          label={t('backup.enabled')}
          hint={t('backup.enabled.hint')}
          checked={settings.enabled}
          onChange={(enabled) => onChange({ enabled })}
          testId="backup-enabled"
        />
      </div>
      <div className="backup-wide">
        <TextField
          label={t('backup.folder')}
          hint={t('backup.folder.hint')}
          value={settings.folder}
          placeholder={folder}
          onChange={(next) => onChange({ folder: next })}
          testId="backup-folder"
          beside={
            <Button
              icon={FolderOpen}
              testId="backup-choose"
              onClick={() =>
                void chooseFolderPath(settings.folder || folder)
                  .then((chosen) => chosen !== null && onChange({ folder: chosen }))
                  .catch((refusal: unknown) => showRefusal(refusal, i18n))
              }
            >
              {t('action.choose')}
            </Button>
          }
        />
      </div>
      {numbers.map(({ key, label }) => (
        <TextField
          key={key}
          label={t(label)}
          inputMode="numeric"
          value={String(settings[key])}
          onChange={(text) => onChange({ [key]: whole(text) })}
          testId={`backup-${key}`}
        />
      ))}
    </div>
  );
}
