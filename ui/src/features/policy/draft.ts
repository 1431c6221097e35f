import type { PolicyFormView, PolicyTrialView } from '@/ipc';
import { createDraft, createKept } from '@/shared/drafts';

/** What was changed and is not saved yet. */
export const policyDraft = createDraft<PolicyFormView>();

/** The last trial, and what it was of. */
export const trialStore = createKept<{ of: PolicyFormView; result: PolicyTrialView } | null>(null);
