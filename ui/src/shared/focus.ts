/** What one screen asks another to show, as the part of the address behind its name. */

import type { AgeBandView, RecordView, SideView } from '@/ipc';

/** Ages of exceptions, youngest first. */
export const AGE_BANDS: readonly AgeBandView[] = ['upTo30', 'upTo60', 'upTo90', 'over90'];

/** Which exceptions are looked at. */
export interface ExceptionChoice {
  accountId: string | null;
  side: SideView | null;
  cause: string | null;
  age: AgeBandView | null;
  from: string | null;
  to: string | null;
}

/** All of them. */
export const ALL_EXCEPTIONS: ExceptionChoice = {
  accountId: null,
  side: null,
  cause: null,
  age: null,
  from: null,
  to: null,
};

/** Asks for the exceptions of a choice. */
export function exceptionFocus(choice: Partial<ExceptionChoice>): string {
  const given = Object.entries(choice).filter((entry): entry is [string, string] => entry[1] !== null);
  return new URLSearchParams(given).toString();
}

/** The choice that is asked for; what is no part of one is left out. */
export function exceptionChoice(focus: string): ExceptionChoice {
  const asked = new URLSearchParams(focus);
  const side = asked.get('side');
  return {
    accountId: asked.get('accountId'),
    side: side === 'statement' || side === 'ledger' ? side : null,
    cause: asked.get('cause'),
    age: AGE_BANDS.find((band) => band === asked.get('age')) ?? null,
    from: asked.get('from'),
    to: asked.get('to'),
  };
}

/** Asks the review for a record without a match: its part of the queue, the record, and a text that finds it there. */
export function recordFocus({ id, side, open }: RecordView): string {
  const filter = side === 'statement' ? 'unmatchedLines' : 'unmatchedEntries';
  return [filter, id, open.value].join(':');
}
