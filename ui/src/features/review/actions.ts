import {
  type DecideManyRequest,
  type DecideRequest,
  type DecisionOutcome,
  host,
  isCommandError,
  type MarkView,
  type MatchByHandRequest,
} from '@/ipc';
import { refusalReason } from '@/shared/refusals';

/** What came of an action. A refusal is shown in place; `stale` means: it changed meanwhile, look again. */
export type Outcome =
  | { kind: 'settled'; outcome: DecisionOutcome }
  | { kind: 'stale'; reason: string }
  | { kind: 'refused'; reason: string };

async function settle(answer: Promise<DecisionOutcome>): Promise<Outcome> {
  try {
    return { kind: 'settled', outcome: await answer };
  } catch (fault) {
    const stale = isCommandError(fault) && fault.code === 'stale';
    return { kind: stale ? 'stale' : 'refused', reason: refusalReason(fault) };
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

/** Takes back what the user did last, which is the act of this identifier; else `stale`. */
export function undo(expected: string): Promise<Outcome> {
  return settle(host().call('undo', { expected }));
}

/** Does again what the user took back last, which is the act of this identifier; else `stale`. */
export function redo(expected: string): Promise<Outcome> {
  return settle(host().call('redo', { expected }));
}

/** Takes the decision on one match back. */
export function undoDecision(matchId: string): Promise<Outcome> {
  return settle(host().call('undo_decision', { matchId }));
}

/** Approves or rejects several proposals in one act; refuses by throwing. */
export function decideMany(request: DecideManyRequest): Promise<DecisionOutcome> {
  return host().call('decide_many', { request });
}

/** Notes the same on several rows in one act; refuses by throwing. */
export function mark(ids: readonly string[], noted: MarkView): Promise<DecisionOutcome> {
  return host().call('mark', { request: { ids: [...ids], mark: noted } });
}

/** Attaches a file to several rows in one act; refuses by throwing. */
export function attach(ids: readonly string[], path: string): Promise<DecisionOutcome> {
  return host().call('attach', { request: { ids: [...ids], path } });
}
