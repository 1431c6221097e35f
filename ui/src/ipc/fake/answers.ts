/** Questions to the workbook in memory that change nothing. */

import type {
  ApproveAboveRequest,
  ApproveAboveView,
  OpenRecordsRequest,
  OpenRecordsView,
  ProofRequest,
  ProofView,
  QueueConditionsRequest,
  QueueRequest,
  QueueRow,
  QueueView,
  RecordView,
} from '../generated';
import { byNearness, contains, type FakeBook } from './book';
import { amountOf, centsOf, totalOf } from './cents';
import { OPENING_CENTS } from './company';
import { refusal } from './refuse';

function fits(book: FakeBook, row: QueueRow, asked: QueueConditionsRequest): boolean {
  const cents = Math.abs(centsOf(row.amount));
  const limit = (value: string | null, none: number) => (value === null ? none : Number(value) * 100);
  const date = row.date ?? '';
  return (
    (asked.causes.length === 0 || asked.causes.includes(row.cause)) &&
    cents >= limit(asked.amountFrom, 0) &&
    cents <= limit(asked.amountTo, Number.POSITIVE_INFINITY) &&
    date >= (asked.from ?? '') &&
    date <= (asked.to ?? '9999') &&
    (asked.owner === null || (book.marks.owner(row.id) ?? '') === asked.owner) &&
    (asked.due === null ||
      (book.marks.isDue(row.id, asked.due) && [null, book.user].includes(book.marks.owner(row.id)))) &&
    contains([row.title], asked.counterparty) &&
    (asked.account === null || (row.lines > 0 && book.accounts.some(({ id }) => id === asked.account)))
  );
}

export function queue(book: FakeBook, request: QueueRequest): QueueView {
  const { filter, search, conditions, offset, limit } = request;
  const found = book
    .rows(filter)
    .filter((row) => contains([row.title, row.subtitle, row.amount.value], search))
    .filter((row) => fits(book, row, conditions));
  return {
    rows: found.slice(offset, offset + limit),
    total: found.length,
    counts: book.queueCounts(),
    ...book.turnable(),
  };
}

export function openRecords(book: FakeBook, request: OpenRecordsRequest): OpenRecordsView {
  const words = (record: RecordView) => [
    record.counterparty,
    record.number,
    record.reference,
    record.text,
    record.open.value,
  ];
  const found = book
    .openRecords(request.side === 'statement' ? 'lines' : 'entries')
    .filter((record) => contains(words(record), request.search))
    .sort(byNearness(request.nearAmount));
  return { rows: found.slice(request.offset, request.offset + request.limit), total: found.length };
}

export function proof(book: FakeBook, { from, to }: ProofRequest): ProofView {
  const dateOf = (record: RecordView) => record.date ?? '';
  const inside = (record: RecordView) => (!from || dateOf(record) >= from) && (!to || dateOf(record) <= to);
  const sum = (records: RecordView[]) => totalOf(records.map((record) => record.open));
  const linesTotal = sum(book.lines.filter(inside));
  const entriesTotal = sum(book.entries.filter(inside));
  const openLines = book.openRecords('lines').filter(inside);
  const openEntries = book.openRecords('entries').filter(inside);
  const opening = OPENING_CENTS + sum(book.lines.filter((record) => from !== null && dateOf(record) < from));
  const difference = linesTotal - entriesTotal;
  const explained = sum(openLines) - sum(openEntries) + book.adjustments();
  // Payments of an earlier or later period are not told apart here: only the whole is proved.
  const unexplained = from || to ? 0 : difference - explained;
  return {
    account: book.accounts[0]?.name ?? '',
    from,
    to,
    opening: amountOf(opening),
    linesTotal: amountOf(linesTotal),
    closing: amountOf(opening + linesTotal),
    statementGap: amountOf(0),
    entriesTotal: amountOf(entriesTotal),
    difference: amountOf(difference),
    linesOutstanding: amountOf(sum(openLines)),
    entriesOutstanding: amountOf(sum(openEntries)),
    adjustments: amountOf(book.adjustments()),
    unexplained: amountOf(unexplained),
    state: unexplained === 0 ? 'tiedOut' : 'open',
    outstandingLines: openLines.slice(0, 500),
    outstandingEntries: openEntries.slice(0, 500),
    outstandingLinesCount: openLines.length,
    outstandingEntriesCount: openEntries.length,
  };
}

export function approveAbove(book: FakeBook, request: ApproveAboveRequest): ApproveAboveView {
  const found = book.decisions.above(request.confidence);
  if (request.execute && request.expectedCount !== found.length) {
    throw refusal('stale', 'The queue changed meanwhile.');
  }
  const total = totalOf(found.flatMap((match) => match.lines.map((line) => line.amount)));
  const difference = found.reduce((running, match) => running + match.difference, 0);
  if (request.execute) {
    book.decisions.approveAll(found);
  }
  const some = found.length > 0;
  return {
    count: found.length,
    totals: some ? [amountOf(total)] : [],
    differences: some ? [amountOf(difference)] : [],
    executed: request.execute,
    act: request.execute && some ? book.acts.undoable() : null,
  };
}
