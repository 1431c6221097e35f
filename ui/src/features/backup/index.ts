export { BackupFailure } from './BackupFailure';
export { BackupScreen } from './BackupScreen';
export { forgetBackupDraft, useUnsavedBackups } from './draft';
export { BACKUP_FIELDS } from './fields';
