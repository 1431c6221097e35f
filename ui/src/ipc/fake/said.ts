import type { SaidView, ToldValueView } from '../generated';

/** Words without a code, as the host has them of an older Tieout. */
export function inEnglish(english: string): SaidView {
  return { code: '', values: {}, english };
}

/** A sentence whose values are texts and numbers. */
export function saidWith(
  code: string,
  english: string,
  values: Record<string, string | number> = {},
): SaidView {
  const told = Object.entries(values).map(([name, value]): [string, ToldValueView] => [
    name,
    typeof value === 'number' ? { type: 'number', number: value } : { type: 'text', text: value },
  ]);
  return { code, values: Object.fromEntries(told), english };
}

/** A sentence with the one value `such`. */
export function saidOf(code: string, english: string, such: string): SaidView {
  return saidWith(code, english.replace('{such}', such), { such });
}
