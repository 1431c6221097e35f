import { asCommandError, type RunSummary } from '@/ipc';
import { createStore } from '@/shared/store';
import { runTask } from '@/shared/task';

/** What the last run of this window came to. */
export type RunOutcome =
  | { kind: 'done'; summary: RunSummary }
  | { kind: 'cancelled' }
  | { kind: 'refused'; fault: unknown };

/** Kept outside the screen so that it is still there after a look elsewhere. */
export const outcomeStore = createStore<RunOutcome | null>(null);

/** Runs the engine over everything open. */
export async function runMatching(): Promise<void> {
  outcomeStore.set(null);
  try {
    outcomeStore.set({ kind: 'done', summary: await runTask('run_matching', {}) });
  } catch (fault) {
    const cancelled = asCommandError(fault).code === 'cancelled';
    outcomeStore.set(cancelled ? { kind: 'cancelled' } : { kind: 'refused', fault });
  }
}

/** Forgets the last run, when another workbook is opened. */
export function forgetRun(): void {
  outcomeStore.set(null);
}
