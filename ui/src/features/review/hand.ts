/** What a person puts together, as it is asked of the host. Nothing is added up here. */

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import {
  type HandBalancesView,
  type HandGroupRequest,
  type HandRecordRequest,
  host,
  type RecordView,
} from '@/ipc';
import { editable, parseAmount, signOf } from '@/shared/decimal';
import { KEYS } from '@/shared/queries';
import { refusalReason } from '@/shared/refusals';
import { useLater } from '@/shared/useLater';

/** A record, with how much of it as typed; `null`: all that is open. */
export interface Picked {
  record: RecordView;
  part: string | null;
}

/** What justifies a difference, as typed. Without an amount it takes the rest. */
export interface AdjustmentDraft {
  key: number;
  cause: string;
  amount: string;
  account: string;
  text: string;
}

/** Causes and accounts change no sum. What takes the rest stands in for a side that is empty yet. */
const REST = { cause: 'none', amount: null, account: null, text: '' };

/** How much of a record its match uses, as it is typed, where that is not everything that is open. */
export function usedPart({ settled, applied, open }: RecordView, locale: string): string | null {
  const used = settled ?? applied;
  return used && used.value !== open.value && signOf(used.value) !== 0 ? editable(used.value, locale) : null;
}

/** An amount as typed, with the record's sign where none was typed; `null` where it is none. */
export function typedPart(text: string, record: RecordView, locale: string): string | null {
  const value = parseAmount(text, locale);
  const bare = value !== null && !/^[+-]/.test(value);
  return bare && signOf(record.open.value) < 0 ? `-${value}` : value;
}

function recordOf({ record, part }: Picked, locale: string): HandRecordRequest | null {
  const open = record.open.value;
  if (part === null) {
    return { id: record.id, part: null, open };
  }
  const typed = typedPart(part, record, locale);
  return typed === null ? null : { id: record.id, part: typed, open };
}

/** The group as the host takes it; `null` while an amount in it cannot be read. */
export function groupOf(
  lines: readonly Picked[],
  entries: readonly Picked[],
  drafts: readonly AdjustmentDraft[],
  locale: string,
): HandGroupRequest | null {
  const named = drafts.filter((draft) => draft.cause !== '');
  const group = {
    lines: lines.map((picked) => recordOf(picked, locale)),
    entries: entries.map((picked) => recordOf(picked, locale)),
    adjustments: named.map(({ cause, amount, account, text }) => ({
      cause,
      amount: amount.trim() === '' ? null : parseAmount(amount, locale),
      account: account.trim() || null,
      text: text.trim(),
    })),
  };
  const read =
    !group.lines.includes(null) &&
    !group.entries.includes(null) &&
    group.adjustments.every((made, at) => made.amount !== null || named[at]?.amount.trim() === '');
  return read ? (group as HandGroupRequest) : null;
}

/** The group as its balance is asked for. A customer's account without a part takes the rest, and is the whole of it. */
export function balancedGroup(group: HandGroupRequest, records: readonly RecordView[]): HandGroupRequest {
  const isAccount = (id: string) =>
    records.some((record) => record.id === id && record.kind === 'customer_account');
  const taken = group.entries.some(({ id, part }) => part === null && isAccount(id));
  const said = group.adjustments.filter(({ amount }) => amount !== null);
  const adjustments = said.map(({ amount }) => ({ ...REST, amount }));
  return { ...group, adjustments: taken ? adjustments : [...adjustments, REST] };
}

/** What groups of these records come to, as the host says, a moment after they stop changing. */
export function useHandBalance(
  groups: readonly HandGroupRequest[] | null,
  records: readonly RecordView[],
): {
  /** Of these groups where they are `fresh`, else of those before. */
  balances: HandBalancesView | null;
  fresh: boolean;
  refusal: string | null;
} {
  const wanted = groups?.map((group) => balancedGroup(group, records));
  const now = wanted ? JSON.stringify(wanted) : '';
  const settled = useLater(now, 200);
  const hasRecords = wanted?.every(({ lines, entries }) => lines.length + entries.length > 0) ?? false;
  const current = settled === now && hasRecords && now !== '[]';
  const asked = useQuery({
    queryKey: [...KEYS.open, 'balance', settled],
    queryFn: () => host().call('hand_balance', { groups: JSON.parse(settled) as HandGroupRequest[] }),
    enabled: current,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return {
    balances: hasRecords ? (asked.data ?? null) : null,
    fresh: current && asked.isSuccess && !asked.isPlaceholderData,
    refusal: current && asked.error ? refusalReason(asked.error) : null,
  };
}
