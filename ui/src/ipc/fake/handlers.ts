/** How commands are answered in memory. */

import type { Commands } from '../commands';

/** An answer to each of these commands. */
export type Handlers<Names extends keyof Commands> = {
  [Name in Names]: (args: Commands[Name]['args']) => Commands[Name]['answer'];
};

/** The answer of commands that answer nothing. */
export function done(_: unknown): null {
  return null;
}
