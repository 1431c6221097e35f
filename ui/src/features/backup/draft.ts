import type { BackupSettingsView } from '@/ipc';
import { createDraft } from '@/shared/drafts';

/** What was changed and is not saved yet. */
export const backupDraft = createDraft<BackupSettingsView>();
