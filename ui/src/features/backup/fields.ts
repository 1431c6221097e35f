import { fieldsNamed, type SettingField } from '@/shared/settingFields';

/** What can be found on the screen of backups. */
export const BACKUP_FIELDS: readonly SettingField[] = [
  { name: 'backup.schedule' },
  { name: 'backup.enabled', also: ['backup.enabled.hint'] },
  { name: 'backup.folder', also: ['backup.folder.hint'] },
  ...fieldsNamed('backup.everyHours', 'backup.keepDays', 'backup.keepWeeks', 'backup.list'),
];
