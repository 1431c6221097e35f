import type { AlertSettingsView } from '@/ipc';
import { createDraft } from '@/shared/drafts';

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

/** What was changed and is not saved yet. */
export const alertDraft = createDraft<AlertDraft>();
