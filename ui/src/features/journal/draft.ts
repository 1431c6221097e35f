import type { JournalLayoutForm } from '@/ipc';
import { createDraft } from '@/shared/drafts';

/** What was changed of each layout and is not saved yet, by the name of the layout; {@link NEW}: one read from a file. */
export const layoutDrafts = createDraft<ReadonlyMap<string, JournalLayoutForm>>();

/** Stands for the name of a layout that was never saved. No saved one has it. */
export const NEW = '';

/** Keeps what a layout was changed to; `null`: it is as it was saved. */
export function keepLayout(name: string, layout: JournalLayoutForm | null): void {
  layoutDrafts.set((before) => {
    const drafts = new Map(before);
    if (layout) {
      drafts.set(name, layout);
    } else {
      drafts.delete(name);
    }
    return drafts.size > 0 ? drafts : null;
  });
}
