import { FolderOpen } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { BackupSettingsView } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseFolderPath } from '@/shared/choosePath';
import { CheckField, TextField } from '@/shared/Field';
import { showRefusal } from '@/shared/refusals';
import { WholeField } from '@/shared/WholeField';

interface ScheduleProps {
  settings: BackupSettingsView;
  /** Where backups lie when no other folder is named. */
  folder: string;
  onChange: (part: Partial<BackupSettingsView>) => void;
}

/** When backups are made, where they go and how many are kept. */
export function ScheduleFields({ settings, folder, onChange }: ScheduleProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const numbers = [
    { key: 'everyHours', label: 'backup.everyHours', least: 1, most: 24 },
    { key: 'keepDays', label: 'backup.keepDays', least: 0, most: 400 },
    { key: 'keepWeeks', label: 'backup.keepWeeks', least: 0, most: 400 },
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
      {numbers.map(({ key, label, least, most }) => (
        <WholeField
          key={key}
          label={t(label)}
          value={settings[key]}
          least={least}
          most={most}
          onChange={(next) => onChange({ [key]: next })}
          testId={`backup-${key}`}
        />
      ))}
    </div>
  );
}
