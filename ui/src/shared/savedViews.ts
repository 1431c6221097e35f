import { type Named, namedStore } from './named';
import { useStore } from './store';

/** A choice of the queue under a name, as the part of the address behind the screen's name. */
export interface SavedView extends Named {
  focus: string;
}

/** Views that have a key: `g v 1` to `g v 9`. */
export const VIEW_KEYS_MAX = 9;

const views = namedStore<SavedView>('review.views', {
  read: ({ name, focus }) => (typeof name === 'string' && typeof focus === 'string' ? { name, focus } : null),
});

/** The views of this machine, in the order in which they were saved. */
export function useSavedViews(): readonly SavedView[] {
  return useStore(views.all);
}

/** Saves a view; one of the same name is replaced. */
export function saveView(name: string, focus: string): void {
  views.save({ name: name.trim(), focus });
}

/** Gives a view another name; answers whether that was free. */
export const renameView = views.rename;

/** Forgets a view. */
export const removeView = views.remove;
