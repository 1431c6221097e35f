/** Rows of the grids in memory, each made from its number alone: a million of them take no memory. */

import type { GridColumn, GridColumnKind, GridKind } from '../grids';

/** What a cell is made of: texts, whole cents, or nothing. */
export type Value = string | number | null;

/** A column: how it is written, and its value in the nth row. */
export interface FakeColumn {
  column: GridColumn;
  kind: GridColumnKind;
  words?: readonly string[];
  /** The text, or the cents of an amount or the digits of a number; `null` where the cell is empty. */
  value: (row: number) => Value;
}

/** A well mixed number below `below` for a row and a purpose. */
function dealt(row: number, purpose: number, below: number): number {
  let mixed = Math.imul(row + 1, 0x9e37_79b1) ^ Math.imul(purpose + 7, 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b_3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a_2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
}

function one<Item>(from: readonly Item[], row: number, purpose: number): Item {
  return from[dealt(row, purpose, from.length)] as Item;
}

const FIRSTS = ['Rad', 'Velo', 'Berg', 'Stadt', 'Küsten', 'Nord', 'Alpen', 'Hafen', 'Wald', 'Sonnen'];
const LASTS = [
  'haus Lindner',
  'werk Köln',
  'kontor Möller',
  'handel Petersen',
  'technik Braun',
  'service Ott',
];
const FORMS = ['GmbH', 'e.K.', 'OHG', 'GbR', 'eG', 'AG & Co. KG'];
const PURPOSES = ['Rechnung', 'Sammelzahlung', 'Anzahlung zu', 'Miete', 'Gutschrift zu', 'Abschlag'];
const CATEGORIES = ['Miete', 'Wareneinkauf', 'Erlöse', 'Bankgebühren', 'Reisekosten', 'Versicherungen'];
const ACCOUNTS = ['Geschäftskonto', 'Tagesgeld', 'Kreditkarte'];
const STATES = ['unmatched', 'proposed', 'settled', 'dormant'];
const STATUSES = ['ambiguous', 'suggested', 'approved', 'rejected'];
const MATCH_KINDS = ['one_to_one', 'one_to_many', 'many_to_one', 'settlement', 'reversal'];
const CAUSES = [
  'fee',
  'timing',
  'missing_in_ledger',
  'missing_in_bank',
  'discount',
  'partial_payment',
  'none',
];
const KINDS = ['invoice', 'payment', 'job', 'transaction'];
const INVOICE = ['draft', 'open', 'partly_paid', 'paid', 'void'];
const PEOPLE = ['Mara Petersen', 'Jonas Okafor', 'Ines Duarte'];
const ACTIONS = [
  'match.approved',
  'match.rejected',
  'match.made',
  'decision.undone',
  'import.completed',
  'run.stored',
  'record.assigned',
  'policy.applied',
];

const FIRST_DAY = Date.UTC(2023, 0, 2);
const DAY_MS = 86_400_000;
/** Days that the rows are spread over. */
const DAYS = 1300;

function dayOf(row: number, rows: number, more = 0): string {
  const day = Math.floor((row * DAYS) / rows) + more;
  return new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10);
}

function momentOf(row: number, rows: number): string {
  const at = FIRST_DAY + Math.floor((row / rows) * DAYS * DAY_MS);
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

function nameOf(row: number): string {
  return `${one(FIRSTS, row, 1)}${one(LASTS, row, 2)} ${one(FORMS, row, 3)}`;
}

function numberOf(row: number): string {
  return `RE-${2023 + dealt(row, 4, 4)}-${String(dealt(row, 5, 100_000)).padStart(5, '0')}`;
}

function centsOf(row: number): number {
  const cents = 500 + dealt(row, 6, 40) * dealt(row, 7, 9_000);
  return dealt(row, 8, 4) === 0 ? -cents : cents;
}

function stateOf(row: number): string {
  const share = dealt(row, 9, 10);
  return STATES[share < 3 ? 0 : share < 4 ? 1 : share < 9 ? 2 : 3] ?? 'unmatched';
}

function openOf(row: number): number {
  const cents = centsOf(row);
  // A part of some is used by an approved match already.
  const isPartOpen = dealt(row, 61, 5) === 0;
  return stateOf(row) === 'settled' ? 0 : isPartOpen ? Math.trunc(cents / 2) : cents;
}

function ibanOf(row: number): string {
  return `DE${21 + dealt(row, 10, 70)}5001051754${String(dealt(row, 11, 100_000_000)).padStart(8, '0')}`;
}

type Make = (rows: number) => FakeColumn[];

const sourceOf = (name: string): FakeColumn[] => [
  { column: 'recordId', kind: 'text', value: (row) => `${name}-${String(row + 1).padStart(8, '0')}` },
  {
    column: 'file',
    kind: 'word',
    words: [2023, 2024, 2025, 2026].map((year) => `${name}-${year}.csv`),
    value: (row) => `${name}-${2023 + Math.floor(row / 280_000)}.csv`,
  },
  { column: 'row', kind: 'number', value: (row) => row + 1 },
];

const lines: Make = (rows) => [
  { column: 'date', kind: 'date', value: (row) => dayOf(row, rows) },
  { column: 'valueDate', kind: 'date', value: (row) => dayOf(row, rows, dealt(row, 12, 2)) },
  { column: 'counterparty', kind: 'text', value: (row) => (dealt(row, 13, 40) === 0 ? null : nameOf(row)) },
  { column: 'text', kind: 'text', value: (row) => `${one(PURPOSES, row, 14)} ${numberOf(row)}` },
  { column: 'reference', kind: 'text', value: (row) => (dealt(row, 15, 3) === 0 ? null : numberOf(row)) },
  { column: 'amount', kind: 'amount', value: centsOf },
  { column: 'open', kind: 'amount', value: openOf },
  { column: 'state', kind: 'word', words: STATES, value: stateOf },
  {
    column: 'category',
    kind: 'word',
    words: CATEGORIES,
    value: (row) => (dealt(row, 16, 5) === 0 ? null : one(CATEGORIES, row, 17)),
  },
  { column: 'account', kind: 'word', words: ACCOUNTS, value: (row) => one(ACCOUNTS, row, 18) },
  { column: 'balance', kind: 'amount', value: (row) => 1_000_000 + row * 137 },
  { column: 'counterpartyAccount', kind: 'text', value: ibanOf },
  ...sourceOf('kontoauszug'),
];

const entries: Make = (rows) => [
  { column: 'date', kind: 'date', value: (row) => dayOf(row, rows) },
  { column: 'dueDate', kind: 'date', value: (row) => dayOf(row, rows, 14 + dealt(row, 20, 30)) },
  { column: 'kind', kind: 'word', words: KINDS, value: (row) => one(KINDS, row, 21) },
  { column: 'number', kind: 'text', value: numberOf },
  { column: 'counterparty', kind: 'text', value: nameOf },
  { column: 'reference', kind: 'text', value: (row) => (dealt(row, 22, 2) === 0 ? null : numberOf(row + 9)) },
  { column: 'text', kind: 'text', value: (row) => `${one(PURPOSES, row, 23)} ${numberOf(row)}` },
  { column: 'amount', kind: 'amount', value: centsOf },
  { column: 'open', kind: 'amount', value: openOf },
  { column: 'state', kind: 'word', words: STATES, value: stateOf },
  { column: 'invoiceStatus', kind: 'word', words: INVOICE, value: (row) => one(INVOICE, row, 24) },
  {
    column: 'counterpartyCode',
    kind: 'text',
    value: (row) => `CUS${String(10_000_000 + dealt(row, 25, 90_000))}`,
  },
  { column: 'counterpartyAccount', kind: 'text', value: ibanOf },
  ...sourceOf('offene-posten'),
];

function differenceOf(row: number): number {
  return dealt(row, 30, 6) === 0 ? 25 + dealt(row, 31, 2_000) : 0;
}

const matches: Make = (rows) => [
  { column: 'date', kind: 'date', value: (row) => dayOf(row, rows) },
  { column: 'title', kind: 'text', value: nameOf },
  { column: 'lineTotal', kind: 'amount', value: centsOf },
  { column: 'entryTotal', kind: 'amount', value: (row) => centsOf(row) - differenceOf(row) },
  { column: 'difference', kind: 'amount', value: differenceOf },
  { column: 'lineCount', kind: 'number', value: (row) => 1 + dealt(row, 32, 3) },
  { column: 'entryCount', kind: 'number', value: (row) => 1 + dealt(row, 33, 4) },
  { column: 'kind', kind: 'word', words: MATCH_KINDS, value: (row) => one(MATCH_KINDS, row, 34) },
  { column: 'status', kind: 'word', words: STATUSES, value: (row) => one(STATUSES, row, 35) },
  {
    column: 'confidence',
    kind: 'percent',
    value: (row) => `${50 + dealt(row, 36, 50)}.${dealt(row, 37, 10)}`,
  },
  { column: 'cause', kind: 'word', words: CAUSES, value: (row) => one(CAUSES, row, 38) },
  { column: 'changedAt', kind: 'time', value: (row) => momentOf(row, rows) },
];

const exceptions: Make = (rows) => [
  { column: 'date', kind: 'date', value: (row) => dayOf(row, rows) },
  {
    column: 'side',
    kind: 'word',
    words: ['statement', 'ledger'],
    value: (row) => one(['statement', 'ledger'], row, 40),
  },
  { column: 'counterparty', kind: 'text', value: nameOf },
  { column: 'text', kind: 'text', value: (row) => `${one(PURPOSES, row, 41)} ${numberOf(row)}` },
  { column: 'reference', kind: 'text', value: numberOf },
  { column: 'open', kind: 'amount', value: (row) => Math.abs(centsOf(row)) },
  { column: 'cause', kind: 'word', words: CAUSES, value: (row) => one(CAUSES, row, 42) },
  { column: 'age', kind: 'number', value: (row) => DAYS - Math.floor((row * DAYS) / rows) },
  {
    column: 'owner',
    kind: 'word',
    words: PEOPLE,
    value: (row) => (dealt(row, 43, 2) === 0 ? null : one(PEOPLE, row, 44)),
  },
  { column: 'account', kind: 'word', words: ACCOUNTS, value: (row) => one(ACCOUNTS, row, 45) },
  { column: 'openedAt', kind: 'time', value: (row) => momentOf(row, rows) },
];

const events: Make = (rows) => [
  { column: 'sequence', kind: 'number', value: (row) => row + 1 },
  { column: 'at', kind: 'time', value: (row) => momentOf(row, rows) },
  { column: 'actor', kind: 'word', words: PEOPLE, value: (row) => one(PEOPLE, row, 50) },
  { column: 'action', kind: 'word', words: ACTIONS, value: (row) => one(ACTIONS, row, 51) },
  { column: 'subject', kind: 'text', value: (row) => `match ${numberOf(row)}` },
  { column: 'details', kind: 'text', value: (row) => `{"amount":"${centsOf(row) / 100}"}` },
  { column: 'machine', kind: 'word', words: ['ledger-pc 3f9c01ab'], value: () => 'ledger-pc 3f9c01ab' },
];

/** The columns of each grid, in the contract's order, over so many rows. */
export const FAKE_COLUMNS: Record<GridKind, Make> = { lines, entries, matches, exceptions, events };

/** The currency of a row's amounts. */
export function currencyOf(grid: GridKind, row: number): string {
  return grid !== 'matches' && dealt(row, 60, 50) === 0 ? 'USD' : 'EUR';
}
