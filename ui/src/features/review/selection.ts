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

/** Rows that are chosen to do something with all of them. */
export interface Chosen {
  ids: ReadonlySet<string>;
  /** Those chosen before the range that is being drawn, and where it began. */
  before: ReadonlySet<string>;
  anchor: number | null;
}

/** None. */
export const NONE_CHOSEN: Chosen = { ids: new Set(), before: new Set(), anchor: null };

type Rows = Pick<Queue, 'rowAt'>;

/** Chooses a row, or no longer. A range that is drawn next begins here. */
export function toggled(chosen: Chosen, rows: Rows, index: number): Chosen {
  const id = rows.rowAt(index)?.id;
  if (id === undefined) {
    return chosen;
  }
  const ids = new Set(chosen.ids);
  if (!ids.delete(id)) {
    ids.add(id);
  }
  return { ids, before: ids, anchor: index };
}

/** Draws the range on to a row: from where it began, or from `from` where none was. Turning back takes rows out again. */
export function extended(chosen: Chosen, rows: Rows, from: number, to: number): Chosen {
  const anchor = chosen.anchor ?? from;
  const ids = new Set(chosen.before);
  for (let index = Math.min(anchor, to); index <= Math.max(anchor, to); index += 1) {
    const id = rows.rowAt(index)?.id;
    if (id !== undefined) {
      ids.add(id);
    }
  }
  return { ids, before: chosen.before, anchor };
}

/** Exactly these. */
export function chosenAll(ids: Iterable<string>): Chosen {
  const all = new Set(ids);
  return { ids: all, before: all, anchor: null };
}
