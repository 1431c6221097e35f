/** Refusals in the user's language, as far as their kind says all there is to say. */

import { type I18n, i18nNow } from '@/i18n';
import { asCommandError, type ErrorCode } from '@/ipc';
import { alone, spoken } from './said';
import { showToast } from './toasts';

/** Kinds that say everything but names and figures, for refusals whose sentence the catalogue does not have. */
const PLAIN: readonly ErrorCode[] = [
  'cancelled',
  'locked',
  'newerWorkbook',
  'noWorkbook',
  'notAWorkbook',
  'notAllowed',
  'notSignedIn',
  'ownSecretNeeded',
  'passphraseNeeded',
  'stale',
];

/** A refusal as it is told. */
export interface Told {
  /** What kind it is. */
  title: string;
  text: string;
  /** The text is the host's, and English beside sentences that are not. */
  foreign: boolean;
}

/** What a refusal says: in the catalogue's words, which name what it is about; else by its kind, or in the host's English. */
export function toldOf(fault: unknown, i18n: I18n): Told {
  const { word, language } = i18n;
  const { code, message, said } = asCommandError(fault);
  const title = word('error', code);
  const own = said && spoken(said, i18n);
  if (own && said.code !== '' && !own.foreign) {
    return { title, text: alone(own.text), foreign: false };
  }
  const isPlain = PLAIN.includes(code);
  if (isPlain && (language !== 'en' || message === '')) {
    return { title, text: word('refused', code), foreign: false };
  }
  // Of a detail that nobody can word, at least the sentence around it is the user's.
  return { title, text: own ? alone(own.text) : message, foreign: language !== 'en' };
}

/** A refusal in one line. */
export function refusalText(fault: unknown, i18n: I18n): string {
  const { title, text } = toldOf(fault, i18n);
  return i18n.language === 'en' ? text : `${title}: ${text}`;
}

/** What a refusal says, without its kind, in the language of this moment. */
export function refusalReason(fault: unknown): string {
  return toldOf(fault, i18nNow()).text;
}

/** Tells a refusal at the window's edge. */
export function showRefusal(fault: unknown, i18n: I18n): void {
  const worded = (now: I18n) => refusalText(fault, now);
  showToast({ tone: 'problem', text: worded(i18n), worded });
}
