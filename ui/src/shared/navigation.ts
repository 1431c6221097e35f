import { createStore, useStore } from './store';

/** The screens of an open workbook, in groups: the month's work, what it tells, and what stands behind it. */
export const SCREEN_GROUPS = [
  ['overview', 'import', 'review', 'records', 'proof', 'journal'],
  ['figures', 'exceptions', 'differences', 'anomalies', 'alerts'],
  ['customers', 'audit', 'settings'],
] as const;
/** The screens in one row. */
export const SCREENS = SCREEN_GROUPS.flat();
/** One of them. */
export type Screen = (typeof SCREENS)[number];

/** The sections of the settings, in groups: what this machine remembers, and what the workbook keeps for all. */
export const SETTINGS_GROUPS = [
  ['appearance'],
  [
    'matching',
    'policy',
    'categories',
    'detectors',
    'alerting',
    'layouts',
    'people',
    'signing',
    'backups',
    'doctor',
  ],
] as const;
/** The sections in one row. */
export const SETTINGS_SECTIONS = SETTINGS_GROUPS.flat();
/** One of them. */
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

/** Where the window is: a screen and what it was asked to show. */
export interface Place {
  screen: Screen;
  /** For instance the review filter. */
  focus: string;
}

function sectionNamed(name: string | undefined): SettingsSection | undefined {
  return SETTINGS_SECTIONS.find((section) => section === name);
}

function read(): Place {
  const [name, ...rest] = window.location.hash.replace(/^#\/?/, '').split('/');
  // Sections that were screens of their own are still found at those addresses.
  if (sectionNamed(name)) {
    return { screen: 'settings', focus: [name, ...rest].join('/') };
  }
  return { screen: SCREENS.find((screen) => screen === name) ?? 'overview', focus: rest.join('/') };
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

/** What the settings are asked to show: a section, and one of its fields by the name of its label. */
export function settingsPlace(focus: string): { section: SettingsSection; field: string } {
  const [name, field = ''] = focus.split('/');
  return { section: sectionNamed(name) ?? 'appearance', field };
}

/** Goes to a section of the settings, or to one of its fields. */
export function goToSettings(section: SettingsSection, field = ''): void {
  goTo('settings', field ? `${section}/${field}` : section);
}
