import type { Commands, Host } from './commands';

/** Commands that answer what was read from files, to be shown and nothing else. */
const SHOWN: readonly (keyof Commands)[] = [
  'accepted_records',
  'acts',
  'balance_proof',
  'category_lines',
  'customer',
  'deleted_records',
  'exception_detail',
  'exceptions',
  'grid_page',
  'journal',
  'late_entries',
  'match_detail',
  'open_records',
  'period_items',
  'redo',
  'review_queue',
  'undo',
  'waiting_deposits',
];

/** Fields of the answers that hold texts from files. What is sent back as it came, such as the words of a filter, is none. */
const TEXTS: readonly string[] = [
  'counterparty',
  'counterpartyAccount',
  'counterpartyCode',
  'description',
  'ledgerValue',
  'number',
  'reference',
  'statementValue',
  'subtitle',
  'text',
  'title',
];

/** Orders to write on in the other direction (UAX #9): behind one `001.00` is read as `00.100`. */
const ORDERS = /[\u202a-\u202e\u2066-\u2069]/;
const EACH_ORDER = new RegExp(ORDERS, 'g');
/** Stands where a letter cannot be shown. */
const MARK = '\ufffd';

function plain(value: unknown, name: string): unknown {
  if (typeof value === 'string') {
    return TEXTS.includes(name) && ORDERS.test(value) ? value.replace(EACH_ORDER, MARK) : value;
  }
  if (Array.isArray(value)) {
    const parts = value.map((part: unknown) => plain(part, name));
    return parts.some((part, at) => part !== value[at]) ? parts : value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const fields = Object.entries(value).map(([key, field]) => [key, field, plain(field, key)] as const);
  return fields.some(([, was, is]) => was !== is)
    ? Object.fromEntries(fields.map(([key, , is]) => [key, is]))
    : value;
}

/** The host, but a text of a file cannot turn its own digits round: orders to do so are seen as a mark. */
export function plainTexts(host: Host): Host {
  return {
    ...host,
    call: async (name, args) => {
      const answer = await host.call(name, args);
      return (SHOWN.includes(name) ? plain(answer, '') : answer) as typeof answer;
    },
  };
}
