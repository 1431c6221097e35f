import { createStore } from './store';

/** What the machine remembers of how the window should look. Never anything about the books. */
export type Theme = 'system' | 'light' | 'dark';

function read(key: string): string | null {
  try {
    return window.localStorage.getItem(`tieout.${key}`);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    window.localStorage.setItem(`tieout.${key}`, value);
  } catch {
    // Private windows may refuse storage: the choice then lasts until the window closes.
  }
}

const saved = read('theme');

/** The theme chosen. */
export const themeStore = createStore<Theme>(saved === 'light' || saved === 'dark' ? saved : 'system');

const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');

function paint(): void {
  const theme = themeStore.get();
  const dark = theme === 'dark' || (theme === 'system' && prefersDark.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** Applies the theme now and whenever the choice or the system changes. */
export function startTheme(): void {
  paint();
  prefersDark.addEventListener('change', paint);
  themeStore.subscribe(() => {
    write('theme', themeStore.get());
    paint();
  });
}

/** How amounts below zero are written: `−1,234.50` or `(1,234.50)`. */
export type Negatives = 'minus' | 'parentheses';

/** How amounts below zero are written in the whole window. */
export const negativesStore = createStore<Negatives>(
  read('negatives') === 'parentheses' ? 'parentheses' : 'minus',
);

/** Chooses how amounts below zero are written, and remembers it. */
export function setNegatives(negatives: Negatives): void {
  write('negatives', negatives);
  negativesStore.set(negatives);
}

/** How numbers are grouped and divided: as the language has it, or as one of these countries writes them. */
export const NUMBER_STYLES = ['language', 'gb', 'de', 'fr', 'ch'] as const;
/** One of them. */
export type NumberStyle = (typeof NUMBER_STYLES)[number];
/** How dates are written: as the language has it, `2026-01-31`, `31.01.2026`, `31/01/2026` or `01/31/2026`. */
export const DATE_STYLES = ['language', 'iso', 'dots', 'dmy', 'mdy'] as const;
/** One of them. */
export type DateStyle = (typeof DATE_STYLES)[number];

/** How numbers and dates are written in the whole window. */
export interface Formats {
  numbers: NumberStyle;
  dates: DateStyle;
}

/** The formats chosen. */
export const formatsStore = createStore<Formats>({
  numbers: NUMBER_STYLES.find((style) => style === read('numbers')) ?? 'language',
  dates: DATE_STYLES.find((style) => style === read('dates')) ?? 'language',
});

/** Chooses how numbers and dates are written, and remembers it. */
export function setFormats(formats: Partial<Formats>): void {
  const next = { ...formatsStore.get(), ...formats };
  write('numbers', next.numbers);
  write('dates', next.dates);
  formatsStore.set(next);
}

/** Remembers a choice. */
export const remember = write;
/** Recalls a choice; `null` where there is none. */
export const recall = read;
