/**
 * What was changed in a section of the settings and is not saved yet. It is kept outside the screen, so that it is still
 * there after a look elsewhere, until it is saved or discarded, the workbook is closed, or somebody else signs in.
 */

import { createStore, type Store, useStore, type Watched } from './store';

/** A form with what was changed in it; `null`: nothing is. */
export type Draft<Form> = Store<Form | null>;

const forgetting: (() => void)[] = [];
const drafts: Watched<unknown>[] = [];
/** Whether any draft holds something. */
const unsaved = createStore(false);
/** Whose drafts they are. */
let owner: string | null = null;

/** What goes with the drafts, such as what a trial of them showed: it is forgotten when they are. */
export function createKept<Value>(nothing: Value): Store<Value> {
  const store = createStore(nothing);
  forgetting.push(() => store.set(nothing));
  return store;
}

/** A draft of its own. Made once, where the feature begins. */
export function createDraft<Form extends object>(): Draft<Form> {
  const draft = createKept<Form | null>(null);
  drafts.push(draft);
  draft.subscribe(() => unsaved.set(hasUnsaved()));
  return draft;
}

/** Whether a draft holds something. */
export function isUnsaved(draft: Watched<unknown> | null): boolean {
  return draft !== null && draft.get() !== null;
}

/** Whether any does. */
export function hasUnsaved(): boolean {
  return drafts.some(isUnsaved);
}

/** {@link hasUnsaved}, watched. */
export function useHasUnsaved(): boolean {
  return useStore(unsaved);
}

const NONE = createStore<unknown>(null);

/** {@link isUnsaved}, watched. */
export function useUnsaved(draft: Watched<unknown> | null): boolean {
  return useStore(draft ?? NONE) !== null;
}

/** Forgets all of them. */
export function forgetDrafts(): void {
  for (const forget of forgetting) {
    forget();
  }
}

/** Says who works here now: what somebody else left is forgotten, what they left themselves is still there. */
export function draftsOf(person: string): void {
  if (owner !== null && owner !== person) {
    forgetDrafts();
  }
  owner = person;
}

function saysTheSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/**
 * A form as it is shown: what is stored, with what was changed since. Changed back, it is no draft any more, unless `same`
 * says that saving it again does something.
 */
export function useDraft<Form extends object>(
  draft: Draft<Form>,
  stored: Form | undefined,
  same = saysTheSame,
) {
  const changes = useStore(draft);
  return {
    shown: changes ?? stored,
    changed: changes !== null,
    change: (part: Partial<Form>): void => {
      if (stored) {
        draft.set((before) => {
          const next = { ...(before ?? stored), ...part };
          return same(next, stored) ? null : next;
        });
      }
    },
    forget: () => draft.set(null),
  };
}
