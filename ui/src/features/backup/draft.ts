/** What was changed in the settings and is not saved yet: still there after a look elsewhere. */

import type { BackupSettingsView } from '@/ipc';
import { createStore, useStore } from '@/shared/store';

/** The one draft of the window; `null`: nothing is changed. */
export const draftStore = createStore<BackupSettingsView | null>(null);

/** Forgets it, when another workbook is opened or somebody else signs in. */
export function forgetBackupDraft(): void {
  draftStore.set(null);
}

/** Whether something is not saved yet. */
export function useUnsavedBackups(): boolean {
  return useStore(draftStore) !== null;
}
