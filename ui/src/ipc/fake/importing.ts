/** From a text table to rows with their fate, and to records. */

import type {
  Amount,
  ColumnRoleView,
  DiagnosticView,
  MappingView,
  PreviewRow,
  RecordView,
  SaidView,
} from '../generated';
import { amountOf, readCents } from './cents';
import type { SampleFile } from './company';
import { inEnglish, saidOf } from './said';
import { readDate, readTable, recognise, type TextTable } from './table';

/** A file as it reaches the host. */
export type GivenFile = Pick<SampleFile, 'name' | 'text' | 'statements'> & { path: string | null };

/** A file under preview. */
export interface Pending extends Omit<GivenFile, 'text'> {
  size: number;
  table: TextTable;
  mapping: MappingView;
  side: RecordView['side'];
  accountId: string | null;
  accountName: string;
  currency: string;
  rows: PreviewRow[];
  records: RecordView[];
  diagnostics: DiagnosticView[];
  remembered: boolean;
  settled: boolean;
  headerBefore: string[] | null;
  retryOf: string | null;
}

/** Where a record with the same content stands already. */
export interface Seen {
  file: string;
  row: number;
  deleted: boolean;
}

/** What the preview has to know of the workbook. */
export interface Known {
  newId: () => string;
  seen: ReadonlyMap<string, readonly Seen[]>;
  files: ReadonlyMap<string, string>;
}

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

/** How many rows have one of these fates. */
export function countOf(rows: readonly PreviewRow[], ...actions: PreviewRow['action'][]): number {
  return rows.filter((row) => actions.includes(row.action)).length;
}

/** What stands in the column with this role. */
export function cellOf({ mapping }: Pick<Pending, 'mapping'>, role: ColumnRoleView, row: string[]): string {
  return row[mapping.roles.indexOf(role)] ?? '';
}

function money(cents: number | null, currency: string): Amount | null {
  return cents === null ? null : amountOf(cents, currency);
}

function problemsOf(pending: Pending, row: PreviewRow, cells: string[]): DiagnosticView[] {
  const { mapping, table } = pending;
  const bad = (role: ColumnRoleView, expected: SaidView): DiagnosticView => ({
    row: row.row,
    fileLine: row.row + 1,
    column: table.header[mapping.roles.indexOf(role)] ?? null,
    value: cellOf(pending, role, cells),
    expected,
    rejectsRow: true,
  });
  const example = mapping.decimalMark === 'comma' ? '1.234,56' : '1,234.56';
  return [
    ...(row.date === null
      ? [bad('date', saidOf('expected.date', 'a date such as {such}', '31.12.2025'))]
      : []),
    ...(row.amount === null
      ? [bad('amount', saidOf('expected.amount', 'an amount such as {such}', example))]
      : []),
  ];
}

/** A row as it reads, whatever the workbook knows. */
export function asRead(pending: Pending, cells: string[], index: number): PreviewRow {
  const { mapping, currency, side } = pending;
  const text = (role: ColumnRoleView) => cellOf(pending, role, cells);
  const cents = readCents(text('amount'), mapping.decimalMark);
  const rowCurrency = text('currency') || currency;
  return {
    row: index + 1,
    action: 'add',
    because: null,
    date: readDate(text('date'), mapping.dateOrder),
    secondDate: readDate(text(side === 'statement' ? 'valueDate' : 'dueDate'), mapping.dateOrder),
    amount: money(cents === null || !mapping.invertSign ? cents : -cents, rowCurrency),
    counterparty: text('counterparty'),
    description: text('description'),
    reference: text(side === 'statement' ? 'reference' : 'number'),
    balance: money(readCents(text('balance'), mapping.decimalMark), rowCurrency),
  };
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
    settled: null,
    counterparty: row.counterparty,
    counterpartyCode: cellOf(pending, 'counterpartyCode', cells),
    counterpartyAccount: cellOf(pending, 'counterpartyAccount', cells),
    number: ledger ? row.reference : '',
    reference: ledger ? '' : row.reference,
    text: row.description,
    job: null,
    account: ledger ? '' : pending.accountName,
    sourceFile: pending.name,
    sourceRow: row.row,
  };
}

function rejected(row: PreviewRow, problem: DiagnosticView, cells: string[]): PreviewRow {
  const because = inEnglish(
    `${problem.column ?? 'the row'} '${problem.value}': expected ${problem.expected.english}`,
  );
  return {
    ...row,
    action: 'reject',
    because,
    amount: null,
    balance: null,
    counterparty: '',
    description: cells.join(';'),
  };
}

/** Reads all rows under the mapping in force. A row counts as known as often as the workbook has it. */
export function readRows(pending: Pending, known: Known): void {
  const met = new Map<string, number>();
  pending.records = [];
  pending.diagnostics = [];
  pending.rows = pending.table.rows.map((cells, index) => {
    const row = asRead(pending, cells, index);
    const problems = problemsOf(pending, row, cells);
    pending.diagnostics.push(...problems);
    const [problem] = problems;
    if (problem || !row.amount) {
      return problem ? rejected(row, problem, cells) : row;
    }
    const record = recordOf(pending, row, row.amount, cells, known.newId());
    const key = fingerprint(record);
    const before = met.get(key) ?? 0;
    met.set(key, before + 1);
    const twin = known.seen.get(key)?.[before];
    if (!twin) {
      pending.records.push(record);
      return row;
    }
    return twin.deleted
      ? {
          ...row,
          action: 'deleted',
          because: inEnglish(`row ${twin.row} of ${twin.file} was deleted; restore it if it is wanted`),
        }
      : {
          ...row,
          action: 'duplicate',
          because: inEnglish(`the workbook has it: row ${twin.row} of ${twin.file}`),
        };
  });
}

/** Begins a preview. */
export function begin(given: GivenFile, side: RecordView['side'] | null): Pending {
  const { name, text, path, statements } = given;
  const table = readTable(text);
  const found = recognise(table);
  return {
    name,
    path,
    statements,
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
    remembered: false,
    settled: false,
    headerBefore: null,
    retryOf: null,
  };
}
