/** What is asked of the rows of the queue, as the part of the address behind the screen's name. */

import type { DueView, QueueConditionsRequest, QueueFilter } from '@/ipc';

/** The parts of the queue, in the order of the tabs. */
export const FILTERS: readonly QueueFilter[] = [
  'toReview',
  'suggested',
  'unmatchedLines',
  'unmatchedEntries',
  'approved',
  'rejected',
  'snoozed',
];

/** Nothing is asked of rows besides their part. */
export const NO_CONDITIONS: QueueConditionsRequest = {
  causes: [],
  amountFrom: null,
  amountTo: null,
  from: null,
  to: null,
  owner: null,
  counterparty: '',
  account: null,
  due: null,
};

/** What the queue is asked for. */
export interface QueueChoice {
  filter: QueueFilter;
  /** Text that the rows contain. */
  search: string;
  conditions: QueueConditionsRequest;
}

/** Conditions that are texts, with their names in the address. */
const TEXTS = ['amountFrom', 'amountTo', 'from', 'to', 'account'] as const;

/** Days that may have come. */
const DUES: readonly DueView[] = ['snoozed', 'expected'];

/** The address of a choice, and of a row in it to begin with. */
export function queueFocus({ filter, search, conditions }: QueueChoice, id = ''): string {
  const asked = new URLSearchParams();
  for (const cause of conditions.causes) {
    asked.append('cause', cause);
  }
  for (const name of TEXTS) {
    const value = conditions[name];
    if (value) {
      asked.set(name, value);
    }
  }
  if (conditions.counterparty) {
    asked.set('counterparty', conditions.counterparty);
  }
  if (conditions.owner !== null) {
    asked.set('owner', conditions.owner);
  }
  if (conditions.due !== null) {
    asked.set('due', conditions.due);
  }
  if (search) {
    asked.set('search', search);
  }
  if (id) {
    asked.set('row', id);
  }
  const text = asked.toString();
  return text ? `${filter}?${text}` : filter;
}

/**
 * The choice that an address names, with the row it begins with. Other screens name a record as `part:row:text`; what is
 * no part of a choice is left out.
 */
export function queueChoice(focus: string): QueueChoice & { id: string | null } {
  const [before = '', after = ''] = focus.split(/\?(.*)/s);
  const [part, row, ...needle] = before.split(':');
  const asked = new URLSearchParams(after);
  const conditions = { ...NO_CONDITIONS, causes: asked.getAll('cause').filter((cause) => cause !== '') };
  for (const name of TEXTS) {
    conditions[name] = asked.get(name) || null;
  }
  conditions.owner = asked.get('owner');
  conditions.due = DUES.find((due) => due === asked.get('due')) ?? null;
  conditions.counterparty = asked.get('counterparty') ?? '';
  return {
    filter: FILTERS.find((name) => name === part) ?? 'toReview',
    search: asked.get('search') ?? needle.join(':'),
    conditions,
    id: asked.get('row') || row || null,
  };
}
