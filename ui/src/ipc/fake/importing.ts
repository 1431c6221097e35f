/** From a text table to a preview, and from a preview to records. */

import type {
  Amount,
  ColumnRoleView,
  DiagnosticView,
  ImportPreview,
  MappingView,
  PreviewRow,
  RecordView,
  SideView,
} from '../generated';
import { amountOf, centsOf, readCents, totalOf } from './cents';
import { readDate, readTable, recognise, type TextTable } from './table';

/** A file under preview. */
export interface Pending {
  name: string;
  size: number;
  table: TextTable;
  mapping: MappingView;
  side: SideView;
  accountId: string | null;
  accountName: string;
  currency: string;
  rows: PreviewRow[];
  records: RecordView[];
  diagnostics: DiagnosticView[];
}

/** What the preview has to know of the workbook. */
export interface Known {
  newId: () => string;
  fingerprints: ReadonlySet<string>;
  files: ReadonlyMap<string, string>;
}

const ROWS_SHOWN = 50;

/** What makes two records the same. */
export function fingerprint(record: RecordView): string {
  return [
    record.side,
    record.date,
    record.amount.value,
    record.counterparty,
    record.text,
    record.number,
  ].join('|');
}

/** A stand-in for the file's SHA-256: the same text gives the same 64 digits. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  let digits = '';
  for (let round = 0; round < 8; round += 1) {
    for (let index = 0; index < text.length; index += 1) {
      hash = Math.imul(hash ^ (text.charCodeAt(index) + round), 0x01000193);
    }
    digits += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return digits;
}

function column(pending: Pending, role: ColumnRoleView, row: string[]): string {
  return row[pending.mapping.roles.indexOf(role)] ?? '';
}

function headerOf(pending: Pending, role: ColumnRoleView): string | null {
  return pending.table.header[pending.mapping.roles.indexOf(role)] ?? null;
}

function money(cents: number | null, currency: string): Amount | null {
  return cents === null ? null : amountOf(cents, currency);
}

function readRow(pending: Pending, cells: string[], index: number, known: Known): PreviewRow {
  const { mapping, currency } = pending;
  const text = (role: ColumnRoleView) => column(pending, role, cells);
  const date = readDate(text('date'), mapping.dateOrder);
  const cents = readCents(text('amount'), mapping.decimalMark);
  const rowCurrency = text('currency') || currency;
  const bad = (role: ColumnRoleView, expected: string) =>
    pending.diagnostics.push({
      row: index + 1,
      fileLine: index + 2,
      column: headerOf(pending, role),
      value: text(role),
      expected,
      rejectsRow: true,
    });
  if (date === null) {
    bad('date', 'a date such as 31.12.2025');
  }
  if (cents === null) {
    bad(
      'amount',
      mapping.decimalMark === 'comma' ? 'an amount such as 1.234,56' : 'an amount such as 1,234.56',
    );
  }
  const row: PreviewRow = {
    row: index + 1,
    action: date === null || cents === null ? 'reject' : 'add',
    date,
    secondDate: readDate(text(pending.side === 'statement' ? 'valueDate' : 'dueDate'), mapping.dateOrder),
    amount: money(cents === null ? null : mapping.invertSign ? -cents : cents, rowCurrency),
    counterparty: text('counterparty'),
    description: text('description'),
    reference: text(pending.side === 'statement' ? 'reference' : 'number'),
    balance: money(readCents(text('balance'), mapping.decimalMark), rowCurrency),
  };
  if (row.amount && row.action === 'add') {
    const record = recordOf(pending, row, row.amount, cells, known.newId());
    if (known.fingerprints.has(fingerprint(record))) {
      row.action = 'duplicate';
    } else {
      pending.records.push(record);
    }
  }
  return row;
}

function recordOf(
  pending: Pending,
  row: PreviewRow,
  amount: Amount,
  cells: string[],
  id: string,
): RecordView {
  const ledger = pending.side === 'ledger';
  return {
    id,
    side: pending.side,
    kind: ledger ? 'invoice' : 'line',
    date: row.date,
    secondDate: row.secondDate,
    amount,
    open: amount,
    applied: null,
    counterparty: row.counterparty,
    counterpartyCode: column(pending, 'counterpartyCode', cells),
    counterpartyAccount: column(pending, 'counterpartyAccount', cells),
    number: ledger ? row.reference : '',
    reference: ledger ? '' : row.reference,
    text: row.description,
    account: ledger ? '' : pending.accountName,
    sourceFile: pending.name,
    sourceRow: row.row,
  };
}

/** Reads all rows under the mapping in force. */
export function readRows(pending: Pending, known: Known): void {
  pending.records = [];
  pending.diagnostics = [];
  pending.rows = pending.table.rows.map((cells, index) => readRow(pending, cells, index, known));
}

/** Begins a preview. */
export function begin(name: string, text: string, side: SideView | null, known: Known): Pending {
  const table = readTable(text);
  const found = recognise(table);
  const pending: Pending = {
    name,
    size: new TextEncoder().encode(text).length,
    table,
    mapping: found.mapping,
    side: side ?? found.side,
    accountId: null,
    accountName: 'Geschäftskonto',
    currency: 'EUR',
    rows: [],
    records: [],
    diagnostics: [],
  };
  readRows(pending, known);
  return pending;
}

function count(pending: Pending, action: PreviewRow['action']): number {
  return pending.rows.filter((row) => row.action === action).length;
}

function proved(rows: PreviewRow[]): [number, number] | null {
  const withBalance = rows.filter((row) => row.balance && row.amount);
  if (withBalance.length === 0) {
    return null;
  }
  const holds = withBalance.filter((row, index) => {
    const before = withBalance[index - 1]?.balance;
    return (
      !before || !row.balance || !row.amount || centsOf(before) + centsOf(row.amount) === centsOf(row.balance)
    );
  });
  return [holds.length, withBalance.length];
}

/** The preview as the window gets it. */
export function previewOf(token: string, pending: Pending, known: Known): ImportPreview {
  const { table, mapping, rows } = pending;
  const hash = hashOf(JSON.stringify(table));
  const dates = rows.flatMap((row) => (row.date ? [row.date] : [])).sort();
  const first = rows.find((row) => row.balance && row.amount);
  const last = rows.findLast((row) => row.balance !== null);
  const missing = (['date', 'amount'] as const).filter((role) => !mapping.roles.includes(role));
  return {
    token,
    fileName: pending.name,
    fileSize: pending.size,
    fileHash: hash,
    side: pending.side,
    format: 'csv',
    encoding: 'UTF-8',
    delimiter: table.delimiter,
    sheets: [],
    columns: table.header.map((header, index) => ({
      index,
      header,
      role: mapping.roles[index] ?? 'ignore',
      samples: table.rows.slice(0, 3).map((row) => row[index] ?? ''),
    })),
    mapping,
    mappingRemembered: false,
    accountId: pending.accountId,
    accountName: pending.accountName,
    currency: pending.currency,
    rows: rows.slice(0, ROWS_SHOWN),
    rowsTotal: rows.length,
    rowsToAdd: count(pending, 'add'),
    rowsDuplicate: count(pending, 'duplicate'),
    rowsRejected: count(pending, 'reject'),
    diagnostics: pending.diagnostics.slice(0, 200),
    ambiguities: ambiguities(pending),
    firstDate: dates[0] ?? null,
    lastDate: dates.at(-1) ?? null,
    totals:
      pending.records.length > 0 ? [amountOf(totalOf(pending.records.map((record) => record.amount)))] : [],
    opening: first?.balance && first.amount ? amountOf(centsOf(first.balance) - centsOf(first.amount)) : null,
    closing: last?.balance ?? null,
    provedRows: proved(rows),
    importedBefore: known.files.get(hash) ?? null,
    blockingProblems: missing.map((role) => `No column is taken for the ${role}. Choose one below.`),
  };
}

function ambiguities({ table, mapping }: Pending): ImportPreview['ambiguities'] {
  const dates = table.rows
    .map((row) => row[mapping.roles.indexOf('date')] ?? '')
    .filter((text) => text !== '');
  const open =
    dates.length > 0 && dates.every((text) => /^(0?[1-9]|1[0-2])[/](0?[1-9]|1[0-2])[/]\d{4}$/.test(text));
  const readings = ['day first: 03/04 is 3 April', 'month first: 03/04 is 4 March'];
  return open
    ? [{ what: 'date_order', readings: mapping.dateOrder === 'dayMonthYear' ? readings : readings.reverse() }]
    : [];
}
