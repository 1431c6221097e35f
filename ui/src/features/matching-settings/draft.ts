/** What was changed on the screen and is not saved yet. Kept outside it, so that it is still there after a look elsewhere. */

import type { MatchingConfigView, RuleTrialView, RuleView, TriedRuleView } from '@/ipc';
import { createStore, useStore } from '@/shared/store';
import { signatureOf } from './rules';

/** Changes, and what rules did when they were tried. */
export interface Draft {
  /** `null`: nothing is changed. */
  config: MatchingConfigView | null;
  /** What the last trial was of. */
  trial: RuleTrialView | null;
  /** What each tried rule did, by its signature. */
  tried: ReadonlyMap<string, TriedRuleView>;
}

const NOTHING: Draft = { config: null, trial: null, tried: new Map() };

/** The one draft of the window. */
export const draftStore = createStore<Draft>(NOTHING);

/** Forgets it, when another workbook is opened. */
export function forgetDraft(): void {
  draftStore.set(NOTHING);
}

/** Keeps what rules did when they were tried, beside what others did before. */
export function keepTrial(rules: readonly RuleView[], trial: RuleTrialView): void {
  draftStore.set((before) => {
    const tried = new Map(before.tried);
    rules.forEach((rule, at) => {
      const result = trial.rules[at];
      if (result) {
        tried.set(signatureOf(rule), result);
      }
    });
    return { ...before, trial, tried };
  });
}

/** Whether something is not saved yet. */
export function useUnsavedMatching(): boolean {
  return useStore(draftStore).config !== null;
}
