import type { Counts } from '@/ipc';

/** The way from two files to a signed report. */
export type StepName = 'statement' | 'ledger' | 'match' | 'review' | 'report';
/** Where a step stands: done, to be done now, or later. */
export type StepState = 'done' | 'now' | 'later';

/** A step and where it stands. */
export interface Step {
  name: StepName;
  state: StepState;
}

/** The steps with the first open one as `now`. The report is never done: figures may change until it is exported again. */
export function stepsOf(counts: Counts): Step[] {
  const done: Record<StepName, boolean> = {
    statement: counts.lines > 0,
    ledger: counts.entries > 0,
    match: counts.runs > 0,
    review: counts.runs > 0 && counts.toReview === 0,
    report: false,
  };
  const names: StepName[] = ['statement', 'ledger', 'match', 'review', 'report'];
  const next = names.find((name) => !done[name]);
  return names.map((name) => ({ name, state: done[name] ? 'done' : name === next ? 'now' : 'later' }));
}
