/** How hard a passphrase is to guess; a hint, never a gate (only the length is one). */
export type Strength = 'tooShort' | 'weak' | 'fair' | 'strong';

/** The host refuses less. */
export const LENGTH_MIN = 8;

const FAIR_BITS = 42;
const STRONG_BITS = 65;
const KNOWN = [
  'password',
  'passwort',
  'kennwort',
  'tieout',
  'qwert',
  'asdf',
  '1234',
  'admin',
  'geheim',
  'letmein',
  'abcd',
];

function alphabet(text: string): number {
  let size = 0;
  size += /[a-z]/.test(text) ? 26 : 0;
  size += /[A-Z]/.test(text) ? 26 : 0;
  size += /\d/.test(text) ? 10 : 0;
  size += /[ -]/.test(text) ? 6 : 0;
  size += /[^a-zA-Z\d -]/.test(text) ? 28 : 0;
  return Math.max(size, 2);
}

/** Bits of an attacker's search: distinct characters over the alphabet used, well-known pieces counted as one each. */
export function strengthOf(passphrase: string): Strength {
  if ([...passphrase].length < LENGTH_MIN) {
    return 'tooShort';
  }
  const stripped = KNOWN.reduce((text, piece) => text.replaceAll(piece, '*'), passphrase.toLowerCase());
  const repeats = stripped.length - stripped.replace(/(.)\1+/g, '$1').length;
  const variety = Math.min(stripped.length - repeats, new Set(stripped).size * 2);
  const bits = variety * Math.log2(alphabet(passphrase)) * 0.8;
  return bits >= STRONG_BITS ? 'strong' : bits >= FAIR_BITS ? 'fair' : 'weak';
}
