import { recall, remember } from './preferences';

/** Words that are offered again where they were typed before on this machine. */
export type WordKind = 'owners' | 'accounts';

const WORDS_MAX = 12;

/** The words used before, last used first. */
export function wordsUsed(kind: WordKind): string[] {
  try {
    const kept: unknown = JSON.parse(recall(`review.${kind}`) ?? '[]');
    return Array.isArray(kept) ? kept.filter((word): word is string => typeof word === 'string') : [];
  } catch {
    return [];
  }
}

/** Notes that a word was used. */
export function noteWord(kind: WordKind, word: string): void {
  const used = word.trim();
  if (used !== '') {
    const others = wordsUsed(kind).filter((other) => other !== used);
    remember(`review.${kind}`, JSON.stringify([used, ...others].slice(0, WORDS_MAX)));
  }
}
