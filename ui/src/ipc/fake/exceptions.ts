/** Exceptions of the workbook in memory. */

import type {
  AgeBandView,
  ExceptionGroup,
  ExceptionPage,
  ExceptionRow,
  ExceptionsRequest,
  ExceptionTotals,
  RecordView,
} from '../generated';
import { contains, type FakeBook } from './book';
import { amountOf, centsOf, totalOf } from './cents';
import { findingOfOpen } from './finding';
import { refusal } from './refuse';

/** The day up to which the sample company's ages are counted: a month after its last file. */
export const TODAY = '2025-07-31';

const SENTENCES: Record<string, string> = {
  fee: 'The bank’s own charge. Book it as a fee.',
  timing: 'Not due for long: wait until the bank’s next statement.',
  missing_in_ledger: 'No open ledger entry fits this line. Record it in the books, or match it by hand.',
  missing_in_bank: 'No statement line pays this entry yet. It stays outstanding until one does.',
};

export const BANDS: readonly AgeBandView[] = ['upTo30', 'upTo60', 'upTo90', 'over90'];

export function bandOf(days: number): AgeBandView {
  return BANDS[(days > 30 ? 1 : 0) + (days > 60 ? 1 : 0) + (days > 90 ? 1 : 0)] ?? 'over90';
}

function daysSince(date: string | null): number {
  return Math.max(0, Math.round((Date.parse(TODAY) - Date.parse(date ?? TODAY)) / 86_400_000));
}

function causeOf(record: RecordView, days: number): string {
  if (record.side === 'ledger') {
    return days <= 30 ? 'timing' : 'missing_in_bank';
  }
  return /kontofuehrung|spesen/i.test(record.text) ? 'fee' : 'missing_in_ledger';
}

/** Every record in no match. */
export function allExceptions(book: FakeBook): ExceptionRow[] {
  const ids = new Set(
    [...book.rows('unmatchedLines'), ...book.rows('unmatchedEntries')].map((row) => row.id),
  );
  return [...book.lines, ...book.entries]
    .filter((record) => ids.has(record.id))
    .map((record) => {
      const daysOpen = daysSince(record.date);
      const cause = causeOf(record, daysOpen);
      const impact = amountOf(Math.abs(centsOf(record.open)), record.open.currency);
      return {
        record,
        cause,
        impact,
        daysOpen,
        explanation: SENTENCES[cause] ?? '',
        finding: { ...findingOfOpen(record, record.side === 'statement'), cause },
        owner: book.marks.owner(record.id),
      };
    });
}

function inDays({ record }: ExceptionRow, { accountId, from, to }: ExceptionsRequest): boolean {
  const date = record.date ?? '';
  const early = from !== null && date < from && !(accountId !== null && record.side === 'ledger');
  return !early && (to === null || date <= to);
}

function found(book: FakeBook, request: ExceptionsRequest): ExceptionRow[] {
  const { from, to, search } = request;
  if (from !== null && to !== null && from > to) {
    throw refusal('invalid', `The first day, ${from}, is after the last, ${to}: give the earlier day first.`);
  }
  const words = ({ record }: ExceptionRow) => [
    record.counterparty,
    record.number,
    record.reference,
    record.text,
    record.amount.value,
    record.open.value,
  ];
  return allExceptions(book).filter((row) => inDays(row, request) && contains(words(row), search));
}

const ORDERS: Record<ExceptionsRequest['order'], (left: ExceptionRow, right: ExceptionRow) => number> = {
  impact: (left, right) => centsOf(right.impact) - centsOf(left.impact),
  age: (left, right) => right.daysOpen - left.daysOpen || ORDERS.impact(left, right),
  cause: (left, right) => left.cause.localeCompare(right.cause) || ORDERS.impact(left, right),
};

const isOfSide = (row: ExceptionRow, { side }: ExceptionsRequest) =>
  side === null || row.record.side === side;
const isOfCause = (row: ExceptionRow, { cause }: ExceptionsRequest) => cause === null || row.cause === cause;
const isOfAge = (row: ExceptionRow, { age }: ExceptionsRequest) =>
  age === null || bandOf(row.daysOpen) === age;

export function exceptions(book: FakeBook, request: ExceptionsRequest): ExceptionPage {
  const rows = found(book, request)
    .filter((row) => isOfSide(row, request) && isOfCause(row, request) && isOfAge(row, request))
    .sort(ORDERS[request.order]);
  if (request.reversed) {
    rows.reverse();
  }
  return { rows: rows.slice(request.offset, request.offset + request.limit), total: rows.length };
}

/** Added up by some word of theirs. */
export function grouped(
  rows: readonly ExceptionRow[],
  kind: (row: ExceptionRow) => string,
): ExceptionGroup[] {
  const groups = new Map<string, ExceptionRow[]>();
  for (const row of rows) {
    groups.set(kind(row), [...(groups.get(kind(row)) ?? []), row]);
  }
  return [...groups].map(([name, members]) => ({
    kind: name,
    exceptions: members.length,
    impact: amountOf(totalOf(members.map((row) => row.impact))),
  }));
}

/** By age, youngest first. */
export function byAge(rows: readonly ExceptionRow[]): ExceptionGroup[] {
  const groups = grouped(rows, (row) => bandOf(row.daysOpen));
  return groups.sort(
    (left, right) => BANDS.indexOf(left.kind as AgeBandView) - BANDS.indexOf(right.kind as AgeBandView),
  );
}

export function exceptionTotals(book: FakeBook, request: ExceptionsRequest): ExceptionTotals {
  const all = found(book, request);
  const of = (...tests: ((row: ExceptionRow, asked: ExceptionsRequest) => boolean)[]) =>
    all.filter((row) => tests.every((test) => test(row, request)));
  const rows = of(isOfSide, isOfCause, isOfAge);
  return {
    exceptions: rows.length,
    impact: rows.length > 0 ? [amountOf(totalOf(rows.map((row) => row.impact)))] : [],
    bySide: grouped(of(isOfCause, isOfAge), (row) => row.record.side),
    byCause: grouped(of(isOfSide, isOfAge), (row) => row.cause),
    byAge: byAge(of(isOfSide, isOfCause)),
  };
}
