import type { SaidView } from '../generated';

/** Words without a code, as the host has them of an older Tieout. */
export function inEnglish(english: string): SaidView {
  return { code: '', values: {}, english };
}

/** A sentence with the one value `such`. */
export function saidOf(code: string, english: string, such: string): SaidView {
  return { code, values: { such: { type: 'text', text: such } }, english: english.replace('{such}', such) };
}
