import { createStore, useStore } from './store';

/** The screens of an open workbook, in groups: the month's work, what it tells, and how the workbook does it and keeps it. */
export const SCREEN_GROUPS = [
  ['overview', 'import', 'review', 'records', 'proof', 'journal'],
  ['figures', 'exceptions', 'differences', 'anomalies', 'alerts'],
  ['categories', 'customers', 'matching', 'policy', 'people', 'settings', 'audit'],
] as const;
/** The screens in one row. */
export const SCREENS = SCREEN_GROUPS.flat();
/** One of them. */
export type Screen = (typeof SCREENS)[number];

/** Where the window is: a screen and what it was asked to show. */
export interface Place {
  screen: Screen;
  /** For instance the review filter. */
  focus: string;
}

function read(): Place {
  const [screen, focus = ''] = window.location.hash.replace(/^#\/?/, '').split('/');
  const known = SCREENS.find((name) => name === screen);
  return { screen: known ?? 'overview', focus };
}

const place = createStore<Place>(read());
window.addEventListener('hashchange', () => place.set(read()));

/** Where the window is. */
export function usePlace(): Place {
  return useStore(place);
}

function addressOf({ screen, focus }: Place): string {
  return focus ? `#/${screen}/${focus}` : `#/${screen}`;
}

/** Goes to a screen. */
export function goTo(screen: Screen, focus = ''): void {
  window.location.hash = addressOf({ screen, focus });
  place.set({ screen, focus });
}

/** Says better where the window is, without a step that Back would undo. */
export function stayAt(screen: Screen, focus: string): void {
  window.history.replaceState(window.history.state, '', addressOf({ screen, focus }));
  place.set({ screen, focus });
}
