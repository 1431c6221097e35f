import type { MatchingConfigView, RuleTrialView, RuleView, TriedRuleView } from '@/ipc';
import { createDraft, createKept } from '@/shared/drafts';
import { signatureOf } from './rules';

/** What was changed and is not saved yet. */
export const matchingDraft = createDraft<MatchingConfigView>();

/** What rules did when they were tried. */
export interface Trials {
  /** What the last trial was of. */
  last: RuleTrialView | null;
  /** What each tried rule did, by its signature. */
  tried: ReadonlyMap<string, TriedRuleView>;
}

/** Nothing is known of what the rules do. */
export const UNTRIED: Trials = { last: null, tried: new Map() };

/** The trials of the window. */
export const trialStore = createKept<Trials>(UNTRIED);

/** Keeps what rules did when they were tried, beside what others did before. */
export function keepTrial(rules: readonly RuleView[], last: RuleTrialView): void {
  trialStore.set((before) => {
    const tried = new Map(before.tried);
    rules.forEach((rule, at) => {
      const result = last.rules[at];
      if (result) {
        tried.set(signatureOf(rule), result);
      }
    });
    return { last, tried };
  });
}
