import { localeWith, numberLocale } from '@/shared/locale';
import { type Formats, formatsStore, recall, remember } from '@/shared/preferences';
import { createStore, useStore } from '@/shared/store';
import { de } from './de';
import { en } from './en';

/** A language with a complete catalogue. */
export type Language = 'en' | 'de';

type RawKey = keyof typeof en;
type PluralBase<Key> = Key extends `${infer Base}_one` ? Base : Key extends `${string}_other` ? never : Key;
/** The name of a message; those with a plural are named without `_one` and `_other`. */
export type MessageKey = PluralBase<RawKey>;
/** What is put into a message. `count` also chooses the plural. */
export type Params = Record<string, string | number>;
/** Answers a message in the user's language. */
export type Translate = (key: MessageKey, params?: Params) => string;

const CATALOGUES: Record<Language, Record<RawKey, string>> = { en, de };
/** The languages in their own words. */
export const LANGUAGES: readonly { code: Language; name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
];

function systemLocales(): string[] {
  return navigator.languages.flatMap((name) => {
    try {
      return Intl.getCanonicalLocales(name);
    } catch {
      return [];
    }
  });
}

function languageOf(locale: string | null | undefined): Language | undefined {
  return LANGUAGES.find(({ code }) => locale === code || locale?.startsWith(`${code}-`))?.code;
}

function firstLanguage(): Language {
  const known = systemLocales()
    .map(languageOf)
    .find((language) => language !== undefined);
  return languageOf(recall('language')) ?? known ?? 'en';
}

const chosen = createStore<Language>(firstLanguage());

/** Changes the language of the window and remembers it. */
export function setLanguage(language: Language): void {
  remember('language', language);
  chosen.set(language);
}

/** The system's own region where it speaks the language (de-CH, en-GB …), else the language's most usual one. */
function localeOf(language: Language): string {
  return (
    systemLocales().find((name) => languageOf(name) === language && name.includes('-')) ??
    (language === 'de' ? 'de-DE' : 'en-GB')
  );
}

/** What may turn the direction of the text behind it round (UAX #9): letters written to the left, and direct orders. */
const TURNS =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const ORDERS = /[\u202a-\u202e\u2066-\u2069]/gu;

/** A text from a file as part of a sentence: whatever its direction, the sentence keeps its own. */
export function isolated(text: string): string {
  return TURNS.test(text) ? `\u2068${text.replace(ORDERS, '')}\u2069` : text;
}

/** Fills `{name}` in a message. */
export function fill(message: string, params: Params): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : String(value);
  });
}

/** A translator for a language; counts are written with its grouping. */
export function translator(language: Language, locale: string): Translate {
  const catalogue = CATALOGUES[language];
  const plural = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(numberLocale(locale), { numberingSystem: 'latn' });
  return (key, params = {}) => {
    const { count } = params;
    const form = typeof count === 'number' ? (plural.select(count) === 'one' ? '_one' : '_other') : '';
    const message = catalogue[`${key}${form}` as RawKey] ?? catalogue[key as RawKey] ?? key;
    const shown = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'number' ? numbers.format(value) : isolated(value),
      ]),
    );
    return fill(message, shown);
  };
}

/** Everything a component needs to speak the user's language. */
export interface I18n {
  t: Translate;
  /** A word of the host (a cause, a role …) in the user's language; unknown words stay as they are. */
  word: (family: string, value: string) => string;
  language: Language;
  /** For numbers and dates. */
  locale: string;
}

const spoken = new Map<string, I18n>();

/** Everything needed to speak a language, outside components. Made once: its formatters take longer than a cell may. */
export function i18nFor(language: Language, formats: Formats = formatsStore.get()): I18n {
  const key = [language, formats.numbers, formats.dates, ...navigator.languages].join();
  const known = spoken.get(key);
  if (known) {
    return known;
  }
  const locale = localeWith(localeOf(language), formats);
  const t = translator(language, locale);
  const catalogue: Record<string, string> = CATALOGUES[language];
  const made: I18n = {
    t,
    word: (family, value) => catalogue[`${family}.${value}`] ?? value,
    language,
    locale,
  };
  spoken.set(key, made);
  return made;
}

/** The user's language at this moment, outside components. */
export function i18nNow(): I18n {
  return i18nFor(chosen.get());
}

/** The user's language, watched. */
export function useI18n(): I18n {
  const language = useStore(chosen);
  const formats = useStore(formatsStore);
  if (document.documentElement.lang !== language) {
    document.documentElement.lang = language;
  }
  return i18nFor(language, formats);
}
