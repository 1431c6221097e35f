/** Refusals in the user's language, as far as their kind says all there is to say. */

import type { I18n } from '@/i18n';
import { asCommandError, type ErrorCode } from '@/ipc';
import { showToast } from './toasts';

/** Kinds that say everything but names and figures; of the others only the host's English sentence says what is wrong. */
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

/** What a refusal says. The host writes English: there its own sentence is the better one, for it names what it is about. */
export function toldOf(fault: unknown, { word, language }: I18n): Told {
  const { code, message } = asCommandError(fault);
  const title = word('error', code);
  const isPlain = PLAIN.includes(code);
  if (isPlain && (language !== 'en' || message === '')) {
    return { title, text: word('refused', code), foreign: false };
  }
  return { title, text: message, foreign: language !== 'en' };
}

/** A refusal in one line. */
export function refusalText(fault: unknown, i18n: I18n): string {
  const { title, text } = toldOf(fault, i18n);
  return i18n.language === 'en' ? text : `${title}: ${text}`;
}

/** Tells a refusal at the window's edge. */
export function showRefusal(fault: unknown, i18n: I18n): void {
  showToast({ tone: 'problem', text: refusalText(fault, i18n) });
}
