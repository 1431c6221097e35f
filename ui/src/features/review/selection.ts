import type { QueueRow } from '@/ipc';
import type { Queue } from './queue';

/** What the user last selected: a row by its id, and the position to fall back to when it is gone. */
export interface Selection {
  id: string | null;
  index: number;
}

/** The row that is selected now: the one named if it is loaded, else the one at its position. */
export function resolve(queue: Queue, selection: Selection): { index: number; row: QueueRow } | null {
  if (queue.total === 0) {
    return null;
  }
  const named = selection.id === null ? -1 : queue.indexOf(selection.id);
  const index = named >= 0 ? named : Math.min(selection.index, queue.total - 1);
  const row = queue.rowAt(index);
  return row ? { index, row } : null;
}

/** One step up or down, staying inside the list. */
export function step(queue: Queue, from: number, by: number): Selection | null {
  const index = Math.max(0, Math.min(queue.total - 1, from + by));
  const row = queue.rowAt(index);
  return row ? { id: row.id, index } : null;
}
