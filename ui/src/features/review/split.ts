/** A line divided into parts, as it is asked of the host. */

import type { HandGroupRequest, RecordView } from '@/ipc';
import { editable, isZero, parseAmount } from '@/shared/decimal';
import { groupOf } from './hand';

/** A part of the line: to an entry, or to an account of the books. */
export interface Part {
  key: number;
  to: 'entry' | 'account';
  /** As typed; empty: all that is left. */
  amount: string;
  entry: RecordView | null;
  /** What is said of what an entry's part leaves, or why it goes to an account. */
  cause: string;
  account: string;
  text: string;
}

/** What an entry of which the part is less may say of the rest. */
export const REST_CAUSES = ['partial_payment', 'fee', 'discount', 'fx_rounding'];
/** Why a part goes to an account. */
export const ACCOUNT_CAUSES = ['fee', 'discount', 'fx_rounding', 'none'];

let last = 0;

/** A part of which nothing is said yet. */
export function emptyPart(to: Part['to'] = 'entry'): Part {
  last += 1;
  const cause = to === 'entry' ? 'partial_payment' : 'fee';
  return { key: last, to, amount: '', entry: null, cause, account: '', text: '' };
}

/** What an entry's part begins with: what the match uses of it, or all that is open of it in the line's own currency. */
export function firstAmount({ applied, open }: RecordView, line: RecordView, locale: string): string {
  const used = applied && !isZero(applied.value) ? applied : open;
  return used.currency === line.open.currency && !isZero(used.value) ? editable(used.value, locale) : '';
}

/** Whether the part says where it goes. */
export function isComplete(part: Part, locale: string): boolean {
  const goes = part.to === 'entry' ? part.entry !== null : part.account.trim() !== '';
  return goes && (part.amount.trim() === '' || parseAmount(part.amount, locale) !== null);
}

/** The groups of the parts that say where they go, each with its part. */
export function groupsOfParts(
  line: RecordView,
  parts: readonly Part[],
  locale: string,
): { part: Part; group: HandGroupRequest }[] {
  return parts.flatMap((part) => {
    const { key, cause, account, text } = part;
    const amount = part.amount.trim() === '' ? null : part.amount;
    const entries = part.to === 'entry' && part.entry ? [{ record: part.entry, part: null }] : [];
    const rest = { key, cause, amount: '', account: part.to === 'account' ? account : '', text };
    const group = groupOf([{ record: line, part: amount }], entries, [rest], locale);
    return group && isComplete(part, locale) ? [{ part, group }] : [];
  });
}
