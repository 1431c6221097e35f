/** How numbers and dates are written, as one text: the language's locale, with the formats that its user chose. */

import type { Formats, NumberStyle } from './preferences';

/**
 * What a locale carries of the formats chosen: private use subtags (BCP 47, section 2.2.7), which `Intl` leaves alone, so
 * that one text says how numbers and dates are written.
 */
const CHOSEN = /-x-n([a-z]+)-d([a-z]+)$/;

const NUMBER_LOCALES: Record<Exclude<NumberStyle, 'language'>, string> = {
  gb: 'en-GB',
  de: 'de-DE',
  fr: 'fr-FR',
  ch: 'de-CH',
};

/** The locale with the formats that its user chose. */
export function localeWith(locale: string, { numbers, dates }: Formats): string {
  return `${locale}-x-n${numbers}-d${dates}`.replace(/language/g, 'own');
}

/** The locale by which numbers are written. */
export function numberLocale(locale: string): string {
  const style = CHOSEN.exec(locale)?.[1];
  return style !== undefined && style in NUMBER_LOCALES
    ? NUMBER_LOCALES[style as keyof typeof NUMBER_LOCALES]
    : locale.replace(CHOSEN, '');
}

/** How dates are written by the locale's user. */
export function chosenDates(locale: string): string | undefined {
  return CHOSEN.exec(locale)?.[2];
}
