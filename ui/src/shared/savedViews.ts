import { recall, remember } from './preferences';
import { createStore, useStore } from './store';

/** A choice of the queue under a name, as the part of the address behind the screen's name. */
export interface SavedView {
  name: string;
  focus: string;
}

/** Views that have a key: `g v 1` to `g v 9`. */
export const VIEW_KEYS_MAX = 9;

const KEY = 'review.views';

function isView(value: unknown): value is SavedView {
  const { name, focus } = (value ?? {}) as Partial<SavedView>;
  return typeof name === 'string' && name !== '' && typeof focus === 'string';
}

function read(): SavedView[] {
  try {
    const kept: unknown = JSON.parse(recall(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

const views = createStore<readonly SavedView[]>(read());

function change(next: readonly SavedView[]): void {
  views.set(next);
  remember(KEY, JSON.stringify(next));
}

/** The views of this machine, in the order in which they were saved. */
export function useSavedViews(): readonly SavedView[] {
  return useStore(views);
}

/** Saves a view; one of the same name is replaced. */
export function saveView(name: string, focus: string): void {
  const all = views.get();
  const view = { name: name.trim(), focus };
  const known = all.some((other) => other.name === view.name);
  change(known ? all.map((other) => (other.name === view.name ? view : other)) : [...all, view]);
}

/** Gives a view another name; answers whether that was free. */
export function renameView(name: string, next: string): boolean {
  const wanted = next.trim();
  const all = views.get();
  if (wanted === '' || (wanted !== name && all.some((view) => view.name === wanted))) {
    return false;
  }
  change(all.map((view) => (view.name === name ? { ...view, name: wanted } : view)));
  return true;
}

/** Forgets a view. */
export function removeView(name: string): void {
  change(views.get().filter((view) => view.name !== name));
}

/** Reads anew what is kept. */
export function reloadViews(): void {
  views.set(read());
}
