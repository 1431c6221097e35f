/** What the host in memory finds out about a file: statements, proof, questions, the preview as a whole. */

import type {
  DetectionView,
  ImportPreview,
  MappingView,
  PreviewRow,
  QuestionKind,
  QuestionView,
  ReadingProofView,
  SaidView,
  StatementFactsView,
} from '../generated';
import { amountOf, centsOf, totalOf } from './cents';
import { asRead, cellOf, countOf, hashOf, type Known, type Pending } from './importing';
import { reportOf } from './report';
import { inEnglish } from './said';

const ROWS_SHOWN = 50;
const OPTION_ROWS = 5;

function runningProof(rows: readonly PreviewRow[]): ReadingProofView {
  const told = rows.filter((row) => row.balance && row.amount);
  const holds = told.filter((row, index) => {
    const before = told[index - 1]?.balance;
    return !(before && row.balance && row.amount)
      ? true
      : centsOf(before) + centsOf(row.amount) === centsOf(row.balance);
  });
  return { kind: told.length > 0 ? 'runningBalance' : 'none', proved: holds.length, of: told.length };
}

function factsOf(
  name: string,
  rows: PreviewRow[],
  currency: string,
  stated: { number: string; opening: number; closing: number } | null,
): StatementFactsView {
  const read = rows.filter((row) => row.amount !== null);
  const dates = read.flatMap((row) => (row.date ? [row.date] : [])).sort();
  const sum = totalOf(read.flatMap((row) => (row.amount ? [row.amount] : [])));
  const first = read.find((row) => row.balance);
  const last = read.findLast((row) => row.balance);
  const opening =
    stated?.opening ??
    (first?.balance && first.amount ? centsOf(first.balance) - centsOf(first.amount) : null);
  const closing = stated?.closing ?? (last?.balance ? centsOf(last.balance) : null);
  const left = opening === null || closing === null ? 0 : opening + sum - closing;
  const proof: ReadingProofView = stated
    ? { kind: 'openingClosing', proved: left === 0 ? read.length : 0, of: read.length }
    : runningProof(read);
  const money = (cents: number | null) => (cents === null ? null : amountOf(cents, currency));
  return {
    account: name,
    number: stated?.number ?? '',
    rows: read.length,
    sum: amountOf(sum, currency),
    opening: money(opening),
    closing: money(closing),
    difference: left === 0 ? null : amountOf(left, currency),
    firstDate: dates[0] ?? null,
    lastDate: dates.at(-1) ?? null,
    from: stated ? (dates[0] ?? null) : null,
    to: stated ? (dates.at(-1) ?? null) : null,
    proof,
  };
}

/** The statements of the file: one, or one for each it declares. */
export function statementsOf(pending: Pending): StatementFactsView[] {
  const { rows, statements, table, currency, accountName } = pending;
  if (!statements) {
    return [factsOf(accountName, rows, currency, null)];
  }
  return statements.map((stated) => {
    const own = rows.filter((_, index) => {
      const cells = table.rows[index] ?? [];
      return (
        cellOf(pending, 'account', cells) === stated.account &&
        (cells.at(-1) === stated.number || stated.number === '')
      );
    });
    return factsOf(stated.account, own, currency, stated);
  });
}

function proofOf(statements: readonly StatementFactsView[]): ReadingProofView {
  const add = (pick: (proof: ReadingProofView) => number) =>
    statements.reduce((total, { proof }) => total + pick(proof), 0);
  return {
    kind: statements[0]?.proof.kind ?? 'none',
    proved: add((proof) => proof.proved),
    of: add((proof) => proof.of),
  };
}

function question(
  pending: Pending,
  what: QuestionKind,
  choices: readonly { words: SaidView; mapping: MappingView }[],
): QuestionView {
  return {
    what,
    readings: choices.map((choice) => choice.words),
    options: choices.map(({ words, mapping }) => ({
      words,
      mapping,
      rows: pending.table.rows
        .slice(0, OPTION_ROWS)
        .map((cells, index) => asRead({ ...pending, mapping }, cells, index)),
    })),
  };
}

function questionsOf(pending: Pending): QuestionView[] {
  const { table, mapping, settled, remembered, statements } = pending;
  if (settled || remembered || statements) {
    return [];
  }
  const column = (role: 'date' | 'amount') =>
    table.rows.map((row) => cellOf(pending, role, row)).filter((text) => text !== '');
  const asked: QuestionView[] = [];
  const [dates, amounts] = [column('date'), column('amount')];
  if (dates.length > 0 && dates.every((text) => /^(0?[1-9]|1[0-2])\/(0?[1-9]|1[0-2])\/\d{4}$/.test(text))) {
    const orders = [
      {
        words: inEnglish('day first: 03/04 is 3 April'),
        mapping: { ...mapping, dateOrder: 'dayMonthYear' as const },
      },
      {
        words: inEnglish('month first: 03/04 is 4 March'),
        mapping: { ...mapping, dateOrder: 'monthDayYear' as const },
      },
    ];
    asked.push(
      question(pending, 'dateOrder', mapping.dateOrder === 'dayMonthYear' ? orders : orders.reverse()),
    );
  }
  if (amounts.length > 0 && amounts.every((text) => /^-?\d{1,3}[.,]\d{3}$/.test(text))) {
    asked.push(
      question(pending, 'decimalMark', [
        { words: inEnglish('1.234 is one thousand …'), mapping: { ...mapping, decimalMark: 'comma' } },
        { words: inEnglish('1.234 is one and a bit'), mapping: { ...mapping, decimalMark: 'point' } },
      ]),
    );
  }
  if (dates.length > 0 && dates.every((text) => /[./-]\d{2}$/.test(text) && !/^\d{4}/.test(text))) {
    asked.push(question(pending, 'century', [{ words: inEnglish('years of two digits are 20..'), mapping }]));
  }
  return asked;
}

function headerChangeOf({ headerBefore: before, table, settled }: Pending): ImportPreview['headerChange'] {
  if (!before || settled) {
    return null;
  }
  const now = table.header;
  return {
    before,
    now,
    added: now.filter((name) => !before.includes(name)),
    removed: before.filter((name) => !now.includes(name)),
  };
}

const EXAMPLES = {
  dayMonthYear: '31.12.2025',
  monthDayYear: '12/31/2025',
  yearMonthDay: '2025-12-31',
  point: '1,234.56',
  comma: '1.234,56',
};

function detection(what: string, found: string, sureness: string): DetectionView {
  return { what, found, said: inEnglish(found), sureness };
}

function detectedOf({ statements, table, mapping, settled, remembered }: Pending): DetectionView[] {
  const chosen = settled || remembered ? 'certain' : 'likely';
  const format = detection('format', statements ? 'MT940' : 'CSV', 'certain');
  const encoding = detection('encoding', 'UTF-8', 'certain');
  return statements
    ? [format, encoding]
    : [
        format,
        encoding,
        detection('delimiter', table.delimiter, 'certain'),
        detection('header', 'line 1', 'certain'),
        detection('date_order', EXAMPLES[mapping.dateOrder], chosen),
        detection('decimal_mark', EXAMPLES[mapping.decimalMark], chosen),
        detection('sign', mapping.invertSign ? 'turned around' : 'as written', 'assumed'),
      ];
}

/** The preview as the window gets it. */
export function previewOf(token: string, pending: Pending, known: Known): ImportPreview {
  const { table, mapping, rows, statements: declared } = pending;
  const hash = hashOf(JSON.stringify(table));
  const dates = rows.flatMap((row) => (row.date ? [row.date] : [])).sort();
  const missing = (['date', 'amount'] as const).filter((role) => !mapping.roles.includes(role));
  const readable = missing.length === 0;
  const statements = pending.side === 'statement' && readable ? statementsOf(pending) : [];
  const proof = readable ? proofOf(statements) : null;
  const questions = questionsOf(pending);
  const accounts = new Set(declared?.map((one) => one.account));
  return {
    token,
    fileName: pending.name,
    fileSize: pending.size,
    fileHash: hash,
    side: pending.side,
    format: declared ? 'mt940' : 'csv',
    encoding: 'UTF-8',
    delimiter: declared ? null : table.delimiter,
    detected: detectedOf(pending),
    sheets: [],
    columnsKnown: declared !== undefined,
    columns: table.header.map((header, index) => ({
      index,
      header,
      role: mapping.roles[index] ?? 'ignore',
      samples: table.rows.slice(0, 3).map((row) => row[index] ?? ''),
    })),
    mapping,
    mappingRemembered: pending.remembered,
    accountId: accounts.size > 1 ? null : pending.accountId,
    accountName: accounts.size > 1 ? [...accounts].join(', ') : pending.accountName,
    accountsCount: pending.side === 'statement' ? Math.max(1, accounts.size) : 0,
    currency: pending.currency,
    rows: readable ? rows.slice(0, ROWS_SHOWN) : [],
    rowsTotal: rows.length,
    rowsToAdd: readable ? countOf(rows, 'add') : 0,
    rowsDuplicate: countOf(rows, 'duplicate'),
    rowsDeleted: countOf(rows, 'deleted'),
    rowsRejected: readable ? countOf(rows, 'reject') : 0,
    diagnostics: readable ? pending.diagnostics.slice(0, 200) : [],
    questions,
    headerChange: headerChangeOf(pending),
    firstDate: dates[0] ?? null,
    lastDate: dates.at(-1) ?? null,
    totals:
      pending.records.length > 0 ? [amountOf(totalOf(pending.records.map((record) => record.amount)))] : [],
    statements,
    proof,
    validation: proof && reportOf(pending, statements, proof, questions.length),
    importedBefore: known.files.get(hash) ?? null,
    blockingProblems: missing.map((role) =>
      inEnglish(`No column is taken for the ${role}. Choose one below.`),
    ),
  };
}
