/** What was changed on the screen and is not saved yet. Kept outside it, so that it is still there after a look elsewhere. */

import type { PolicyFormView, PolicyTrialView } from '@/ipc';
import { createStore, useStore } from '@/shared/store';

/** Changes, and what the policy did when it was tried. */
export interface PolicyDraft {
  /** `null`: nothing is changed. */
  form: PolicyFormView | null;
  /** The last trial, and what it was of. */
  trial: { of: PolicyFormView; result: PolicyTrialView } | null;
}

const NOTHING: PolicyDraft = { form: null, trial: null };

/** The one draft of the window. */
export const draftStore = createStore<PolicyDraft>(NOTHING);

/** Forgets it, when another workbook is opened. */
export function forgetPolicyDraft(): void {
  draftStore.set(NOTHING);
}

/** Whether something is not saved yet. */
export function useUnsavedPolicy(): boolean {
  return useStore(draftStore).form !== null;
}
