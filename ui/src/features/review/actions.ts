import {
  asCommandError,
  type DecideRequest,
  type DecisionOutcome,
  host,
  isCommandError,
  type MatchByHandRequest,
} from '@/ipc';

/** What came of an action. A refusal is shown in place; `stale` means: it changed meanwhile, look again. */
export type Outcome =
  | { kind: 'settled'; outcome: DecisionOutcome }
  | { kind: 'stale'; reason: string }
  | { kind: 'refused'; reason: string };

async function settle(answer: Promise<DecisionOutcome>): Promise<Outcome> {
  try {
    return { kind: 'settled', outcome: await answer };
  } catch (fault) {
    const { message } = asCommandError(fault);
    const stale = isCommandError(fault) && fault.code === 'stale';
    return { kind: stale ? 'stale' : 'refused', reason: message };
  }
}

/** Approves or rejects a proposal, naming the content that was shown. */
export function decide(request: DecideRequest): Promise<Outcome> {
  return settle(host().call('decide', { request }));
}

/** Says which records belong together. */
export function matchByHand(request: MatchByHandRequest): Promise<Outcome> {
  return settle(host().call('match_by_hand', { request }));
}

/** Takes the newest decision back. */
export function undo(): Promise<Outcome> {
  return settle(host().call('undo', {}));
}

/** Takes the decision on one match back. */
export function undoDecision(matchId: string): Promise<Outcome> {
  return settle(host().call('undo_decision', { matchId }));
}
