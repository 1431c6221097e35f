import type { AnomalyConfigView } from '@/ipc';
import { createDraft } from '@/shared/drafts';

/** What was changed of the detectors and is not saved yet. */
export const detectorDraft = createDraft<AnomalyConfigView>();
