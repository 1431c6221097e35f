/** What was typed and is not saved yet. Kept outside the screen, so that it is still there after a look elsewhere. */

import type { AlertSettingsView } from '@/ipc';
import { createStore, useStore } from '@/shared/store';

/** The secrets that this machine's keychain may hold. */
export type Secret = 'password' | 'url';

/** Settings with what was changed in them. Secrets are never read back. */
export interface AlertDraft {
  settings: AlertSettingsView;
  password: string;
  url: string;
  /** Secrets to be forgotten. */
  forget: readonly Secret[];
}

/** The one draft of the window; `null`: nothing is changed. */
export const draftStore = createStore<AlertDraft | null>(null);

/** Forgets it, when another workbook is opened or somebody else signs in. */
export function forgetAlertDraft(): void {
  draftStore.set(null);
}

/** Whether something is not saved yet. */
export function useUnsavedAlerting(): boolean {
  return useStore(draftStore) !== null;
}
