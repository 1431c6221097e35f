/** Currencies most often kept as base currency here, offered first. */
const COMMON = ['EUR', 'USD', 'GBP', 'CHF'];

const OF_REGION: Record<string, string> = {
  US: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  LI: 'CHF',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  ZA: 'ZAR',
  JP: 'JPY',
  IN: 'INR',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
};

/** The currency of the user's region, as a first guess. */
export function guessCurrency(locale: string): string {
  const region = /-([A-Z]{2})\b/.exec(locale)?.[1] ?? '';
  return OF_REGION[region] ?? 'EUR';
}

/** Digits after the point of a currency's amounts. */
export function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** All currencies, the common ones first, with their names. */
export function currencyChoices(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  const others = Intl.supportedValuesOf('currency').filter((code) => !COMMON.includes(code));
  return [...COMMON, ...others].map((code) => ({ code, name: names.of(code) ?? code }));
}
