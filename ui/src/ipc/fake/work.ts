/** Work that takes its time. */

import type { OnProgress } from '../commands';
import { refusal } from './refuse';

const STEPS = 12;

/** Pretends to work, in steps that can be cancelled. */
export class Work {
  private cancelled = false;

  constructor(private readonly latencyMs: number) {}

  pause(share: number): Promise<void> {
    const ms = this.latencyMs * share;
    return ms === 0 ? Promise.resolve() : new Promise((resolve) => window.setTimeout(resolve, ms));
  }

  cancel(): null {
    this.cancelled = true;
    return null;
  }

  async inSteps(stages: readonly string[], total: number, onProgress: OnProgress): Promise<void> {
    this.cancelled = false;
    for (const stage of stages) {
      for (let step = 0; step <= STEPS; step += 1) {
        onProgress({ stage, done: Math.round((total * step) / STEPS), total });
        await this.pause(1 / 3);
        if (this.cancelled) {
          throw refusal('cancelled', 'Cancelled.');
        }
      }
    }
  }
}
