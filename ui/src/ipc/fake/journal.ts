/** The journal in memory: what approved matches ask of the books, the accounts, layouts, and batches. */

import type {
  ChooseJournalAccountRequest,
  ExportedJournalView,
  ExportJournalRequest,
  JournalBatchesView,
  JournalBatchView,
  JournalEntryView,
  JournalLayoutForm,
  JournalLayoutView,
  JournalPreviewView,
  JournalRequest,
  JournalSideView,
  JournalView,
  NamedAccount,
  PostingAccountView,
} from '../generated';
import type { FakeBook, FakeMatch } from './book';
import { amountOf, centsOf } from './cents';
import { hashOf } from './importing';
import { READY } from './journalLayouts';
import { refusal } from './refuse';

const CAUSES = [
  'timing',
  'missing_in_ledger',
  'missing_in_bank',
  'fee',
  'discount',
  'fx_rounding',
  'rate_change',
  'duplicate',
  'transposition',
  'sign_error',
  'partial_payment',
  'overpayment',
  'reversal',
  'reference_error',
  'none',
];

interface Posted {
  batch: number;
  entry: JournalEntryView;
}

interface Kept {
  chart: Map<string, string>;
  choices: Map<string, string>;
  layouts: JournalLayoutForm[];
  batches: JournalBatchView[];
  entries: Map<number, JournalEntryView[]>;
  posted: Map<string, Posted>;
}

const kept = new WeakMap<FakeBook, Kept>();

function of(book: FakeBook): Kept {
  const known = kept.get(book) ?? {
    chart: new Map(),
    choices: new Map(),
    layouts: [],
    batches: [],
    entries: new Map(),
    posted: new Map(),
  };
  kept.set(book, known);
  return known;
}

const isApproved = ({ state }: FakeMatch) => state === 'approved' || state === 'autoApproved';
const keyOf = (entry: { matchId: string; adjustment: number }) => `${entry.matchId} ${entry.adjustment}`;

/** The other side, as the host finds it for invoices and for what only the bank knows. */
function counterRole(book: FakeBook, match: FakeMatch): string {
  const first = match.entries[0];
  if (first) {
    return centsOf(first.amount) >= 0 ? 'receivables' : 'payables';
  }
  return `account ${book.accounts[0]?.id ?? ''}`;
}

/** Of a part payment nothing is posted: the rest of its invoice stays open. */
function entriesOf(book: FakeBook, match: FakeMatch): JournalEntryView[] {
  const { chart, choices } = of(book);
  const whole = { cause: match.cause, amount: amountOf(match.difference), account: null, text: '' };
  const adjustments =
    match.adjustments ?? (match.difference === 0 || match.cause === 'partial_payment' ? [] : [whole]);
  return adjustments.map(({ cause, amount, account, text }, adjustment) => {
    const cents = centsOf(amount);
    const key = keyOf({ matchId: match.id, adjustment });
    const named = (role: string) =>
      chart.get(role) ?? (role.startsWith('gain ') ? chart.get(role.replace('gain', 'cause')) : undefined);
    const side = (role: string, own: boolean): JournalSideView => ({
      role,
      own,
      account: choices.get(`${key} ${own}`) ?? (own && account ? account : undefined) ?? named(role) ?? null,
    });
    const own = side(`${cents > 0 ? 'gain' : 'cause'} ${cause}`, true);
    const counter = side(counterRole(book, match), false);
    const record = match.lines[0] ?? match.entries[0];
    const who = record?.counterparty ?? '';
    const number = match.entries[0]?.number || match.lines[0]?.reference || '';
    return {
      matchId: match.id,
      adjustment,
      reverses: null,
      date: record?.date ?? '2025-01-31',
      movedFrom: null,
      debit: cents > 0 ? counter : own,
      credit: cents > 0 ? own : counter,
      amount: amountOf(Math.abs(cents)),
      baseAmount: amountOf(Math.abs(cents)),
      cause,
      text: text || [who, number].filter(Boolean).join(', ') || cause,
      counterparty: who,
      bankReference: '',
      approvedBy: match.decisions[0]?.by ?? book.user,
    };
  });
}

function proposedOf(book: FakeBook, through: string | null): JournalEntryView[] {
  const { posted } = of(book);
  const fresh = book.matches
    .filter(isApproved)
    .flatMap((match) => entriesOf(book, match))
    .filter((entry) => !posted.has(keyOf(entry)));
  const standing = new Set(book.matches.filter(isApproved).map(({ id }) => id));
  const reversing = [...posted.values()]
    .filter(({ entry }) => !standing.has(entry.matchId))
    .map(({ batch, entry }) => ({
      ...entry,
      reverses: batch,
      debit: entry.credit,
      credit: entry.debit,
      text: `Reversal: ${entry.text}`,
    }));
  return [...reversing, ...fresh]
    .filter(({ date }) => through === null || date <= through)
    .sort((left, right) => left.date.localeCompare(right.date) || left.matchId.localeCompare(right.matchId));
}

const lacks = ({ debit, credit }: JournalEntryView) => debit.account === null || credit.account === null;

function sumsOf(entries: readonly JournalEntryView[]) {
  const cents = entries.reduce((total, { amount }) => total + centsOf(amount), 0);
  return entries.length === 0 ? [] : [{ entries: entries.length, amount: amountOf(cents) }];
}

function missingOf(book: FakeBook, entries: readonly JournalEntryView[]) {
  const counts = new Map<string, number>();
  for (const side of entries.flatMap(({ debit, credit }) => [debit, credit])) {
    if (side.account === null) {
      const role = side.role.replace(/^gain /, 'cause ');
      counts.set(role, (counts.get(role) ?? 0) + 1);
    }
  }
  const name = (role: string) => book.accounts.find(({ id }) => role === `account ${id}`)?.name ?? role;
  return [...counts].map(([role, count]) => ({ role, name: name(role), entries: count }));
}

const seenOf = (entries: readonly JournalEntryView[]) => hashOf(JSON.stringify(entries));

export function journalOf(book: FakeBook, request: JournalRequest): JournalView {
  const entries = proposedOf(book, request.through);
  const shown = request.onlyMissing ? entries.filter(lacks) : entries;
  return {
    rows: shown.slice(request.offset, request.offset + request.limit),
    total: shown.length,
    sums: sumsOf(entries),
    missing: missingOf(book, entries),
    withoutRate: 0,
    reversing: entries.filter(({ reverses }) => reverses !== null).length,
    seen: seenOf(entries),
    base: book.currency,
    proposedPath: `/home/mara/Documents/${book.company} journal ${of(book).batches.length + 1}.csv`,
  };
}

export function postingAccounts(book: FakeBook): PostingAccountView[] {
  const { chart } = of(book);
  const row = (role: string, name = '', currency = '') => ({
    role,
    name,
    currency,
    account: chart.get(role) ?? '',
  });
  return [
    ...['receivables', 'payables', 'suspense'].map((role) => row(role)),
    ...book.accounts.map(({ id, name, currency }) => row(`account ${id}`, name, currency)),
    ...CAUSES.flatMap((cause) => [row(`cause ${cause}`), row(`gain ${cause}`)]),
  ];
}

function set(into: Map<string, string>, key: string, account: string): void {
  if (account.length > 64) {
    throw refusal('invalid', `'${account}': the code of an account has at most 64 characters, all printable`);
  }
  if (account.trim() === '') {
    into.delete(key);
  } else {
    into.set(key, account.trim());
  }
}

export function savePostingAccounts(book: FakeBook, accounts: readonly NamedAccount[]): null {
  for (const { role, account } of accounts) {
    set(of(book).chart, role, account);
    book.tell('posting_account.set', `posting account ${role}`, { after: account });
  }
  return null;
}

export function chooseAccount(book: FakeBook, request: ChooseJournalAccountRequest): null {
  set(of(book).choices, `${keyOf(request)} ${request.own}`, request.account);
  book.tell('journal.account_chosen', `match ${request.matchId}`, { after: request.account });
  return null;
}

export function layoutsOf(book: FakeBook): JournalLayoutView[] {
  return [
    ...READY.map((form) => ({ form, readyMade: true })),
    ...of(book).layouts.map((form) => ({ form, readyMade: false })),
  ];
}

export function saveLayout(book: FakeBook, layout: JournalLayoutForm, was: string | null): null {
  const state = of(book);
  if (READY.some(({ name }) => name === layout.name)) {
    throw refusal(
      'invalid',
      `'${layout.name}' is a ready-made layout: save a changed one under another name`,
    );
  }
  check(layout);
  if (was !== layout.name && state.layouts.some(({ name }) => name === layout.name)) {
    throw refusal('invalid', `there is a layout '${layout.name}' already: choose another name`);
  }
  state.layouts = [...state.layouts.filter(({ name }) => name !== was), layout];
  book.tell('journal.layout_set', `journal layout ${layout.name}`, {});
  return null;
}

function check({ name, columns }: JournalLayoutForm): void {
  if (name.trim() === '') {
    throw refusal('invalid', 'Layout: a layout needs a name of at most 200 printable characters');
  }
  if (!columns.some(({ value }) => ['amount', 'signed_amount', 'debit'].includes(value))) {
    throw refusal('invalid', `Layout, ${name}: no column holds the amount`);
  }
}

export function removeLayout(book: FakeBook, name: string): null {
  const state = of(book);
  state.layouts = state.layouts.filter((layout) => layout.name !== name);
  return null;
}

export function readLayout(): JournalLayoutForm {
  const [generic] = READY;
  if (!generic) {
    throw refusal('invalid', 'There is no such file');
  }
  return { ...generic, name: 'From a file' };
}

/** The number that an account begins with. */
function numberOf(account: string | null): string {
  return /^\d+/.exec(account ?? '')?.[0] ?? '';
}

function cell(entry: JournalEntryView, value: string, number: string, debit: boolean): string {
  const [side, other] = debit ? [entry.debit, entry.credit] : [entry.credit, entry.debit];
  const { value: amount, currency } = entry.amount;
  const cells: Record<string, string> = {
    date: entry.date,
    number,
    debit_account: entry.debit.account ?? '',
    credit_account: entry.credit.account ?? '',
    account: side.account ?? '',
    contra_account: other.account ?? '',
    account_number: numberOf(side.account),
    contra_account_number: numberOf(other.account),
    amount,
    signed_amount: debit ? amount : `-${amount}`,
    debit: debit ? amount : '',
    credit: debit ? '' : amount,
    letter: debit ? 'D' : 'C',
    currency,
    text: entry.text,
    cause: entry.cause,
    counterparty: entry.counterparty,
    match: entry.matchId,
    approved_by: entry.approvedBy,
  };
  return cells[value] ?? '';
}

export function previewJournal(
  book: FakeBook,
  layout: JournalLayoutForm,
  through: string | null,
): JournalPreviewView {
  check(layout);
  const batch = of(book).batches.length + 1;
  const sides = layout.lines === 'side' ? [true, false] : [true];
  const rows = proposedOf(book, through)
    .slice(0, 8)
    .flatMap((entry, at) =>
      sides.map((debit) =>
        layout.columns.map(({ value, text }) => text || cell(entry, value, `${batch}-${at + 1}`, debit)),
      ),
    );
  return { headings: layout.columns.map(({ heading }) => heading), rows, problem: null };
}

export function exportJournal(book: FakeBook, request: ExportJournalRequest): ExportedJournalView {
  const state = of(book);
  const entries = proposedOf(book, request.through);
  if (request.seen !== seenOf(entries)) {
    throw refusal('stale', 'The journal changed since it was shown: look at it again');
  }
  if (entries.length === 0) {
    throw refusal('invalid', 'There is no journal entry to export');
  }
  if (entries.some(lacks)) {
    throw refusal(
      'invalid',
      'No account of the books is named for some entries: name it first; nothing was exported',
    );
  }
  const number = state.batches.length + 1;
  const batch: JournalBatchView = {
    number,
    by: book.user,
    at: new Date().toISOString(),
    entries: entries.length,
    sums: sumsOf(entries),
    fileName: request.path.split(/[\\/]/).at(-1) ?? request.path,
    hash: hashOf(JSON.stringify(entries)),
    takenBack: null,
  };
  state.batches.unshift(batch);
  state.entries.set(number, entries);
  for (const entry of entries) {
    if (entry.reverses === null) {
      state.posted.set(keyOf(entry), { batch: number, entry });
    } else {
      state.posted.delete(keyOf(entry));
    }
  }
  book.tell('journal.exported', `journal batch ${number}`, { entries: entries.length });
  return { batch, path: request.path };
}

function newestOf(book: FakeBook): number | null {
  return of(book).batches.find(({ takenBack }) => takenBack === null)?.number ?? null;
}

export function batchesOfJournal(book: FakeBook, offset: number, limit: number): JournalBatchesView {
  const { batches } = of(book);
  return { rows: batches.slice(offset, offset + limit), total: batches.length, newest: newestOf(book) };
}

export function writeAgain(book: FakeBook, number: number, path: string): ExportedJournalView {
  const batch = of(book).batches.find((one) => one.number === number);
  if (!batch) {
    throw refusal('invalid', `There is no batch ${number}`);
  }
  return { batch, path };
}

export function takeJournalBack(book: FakeBook, number: number, reason: string): null {
  const state = of(book);
  if (newestOf(book) !== number) {
    throw refusal('invalid', `Batch ${number} is not the newest that stands`);
  }
  if (reason.trim() === '') {
    throw refusal('invalid', 'Say why: a batch is taken back with a reason');
  }
  const takenBack = { by: book.user, at: new Date().toISOString(), reason };
  state.batches = state.batches.map((batch) => (batch.number === number ? { ...batch, takenBack } : batch));
  for (const entry of state.entries.get(number) ?? []) {
    if (entry.reverses === null) {
      state.posted.delete(keyOf(entry));
    } else {
      const before = state.entries.get(entry.reverses)?.find((one) => keyOf(one) === keyOf(entry));
      if (before) {
        state.posted.set(keyOf(entry), { batch: entry.reverses, entry: before });
      }
    }
  }
  book.tell('journal.taken_back', `journal batch ${number}`, { reason });
  return null;
}
