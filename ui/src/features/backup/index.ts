export { BackupFailure } from './BackupFailure';
export { BackupScreen } from './BackupScreen';
export { backupDraft } from './draft';
export { BACKUP_FIELDS } from './fields';
