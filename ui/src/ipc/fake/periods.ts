/** Periods in memory: opened, signed and reopened by the one person who works in the sample company. */

import type {
  LateEntriesView,
  OpenPeriodRequest,
  PeriodActRequest,
  PeriodCheckView,
  PeriodEventView,
  PeriodFiguresView,
  PeriodItemsRequest,
  PeriodItemsView,
  PeriodRow,
  PeriodSheetView,
  PeriodsView,
  PreparePeriodRequest,
  RecordView,
  RollForwardView,
  RollPartView,
  SideView,
} from '../generated';
import { proof } from './answers';
import type { FakeBook } from './book';
import { amountOf, totalOf } from './cents';
import { hashOf } from './importing';
import { refusal } from './refuse';

interface Kept {
  row: PeriodRow;
  events: PeriodEventView[];
  /** What was open of each record when it was signed. */
  items: Map<string, string>;
}

const kept = new WeakMap<FakeBook, Kept[]>();

function all(book: FakeBook): Kept[] {
  const known = kept.get(book) ?? [];
  kept.set(book, known);
  return known;
}

function find(book: FakeBook, id: string): Kept {
  const found = all(book).find(({ row }) => row.id === id);
  if (!found) {
    throw refusal('stale', 'There is no such period.');
  }
  return found;
}

const DAY = 86_400_000;
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
const after = (day: string) => iso(Date.parse(`${day}T00:00:00Z`) + DAY);

function monthFrom(day: string): { from: string; to: string } {
  const first = new Date(`${day}T00:00:00Z`);
  return { from: day, to: iso(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)) };
}

function proposed(book: FakeBook): { from: string; to: string } | null {
  const last = all(book).at(-1);
  if (last) {
    return monthFrom(after(last.row.to));
  }
  const first = book.lines.flatMap((line) => line.date ?? []).sort()[0];
  return first ? monthFrom(`${first.slice(0, 7)}-01`) : null;
}

function openOf(book: FakeBook, side: SideView, to: string): RecordView[] {
  const records = book.openRecords(side === 'statement' ? 'lines' : 'entries');
  return records.filter((record) => record.date === null || record.date <= to);
}

function figuresOf(book: FakeBook, row: PeriodRow): PeriodFiguresView {
  const { from, to } = row;
  const { state, outstandingLines, outstandingEntries, account, ...sums } = proof(book, {
    accountId: '',
    from,
    to,
  });
  return {
    ...sums,
    unexplained: amountOf(0),
    openingSource: all(book).some((other) => other.row.to < from) ? 'periodBefore' : 'bank',
    openingReason: '',
    closingSource: 'bank',
    closingReason: '',
    lines: book.lines.filter((line) => line.date !== null && line.date >= from && line.date <= to).length,
    canSign: true,
    obstacle: '',
  };
}

function contentOf(book: FakeBook, row: PeriodRow): string {
  const items = (['statement', 'ledger'] as const).flatMap((side) =>
    openOf(book, side, row.to).map((record) => `${record.id}${record.open.value}`),
  );
  const lines = book.lines.filter(
    (line) => line.date !== null && line.date >= row.from && line.date <= row.to,
  );
  return hashOf(JSON.stringify([row.from, row.to, items, lines.map((line) => line.id)]));
}

function note(
  book: FakeBook,
  period: Kept,
  kind: string,
  reason: string,
  causes: PeriodEventView['causes'] = [],
): void {
  const { row } = period;
  period.events.unshift({
    kind,
    by: book.user,
    at: new Date(Date.now() + period.events.length).toISOString(),
    reason,
    content: row.content ?? '',
    singleUser: book.singleUser,
    causes,
  });
  const word = kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  book.tell(`period.${word}`, `period ${row.id}`, { from: row.from, to: row.to, reason });
}

const UNSIGNED = {
  state: 'open',
  toReprove: false,
  opening: null,
  closing: null,
  prepared: null,
  reviewed: null,
  locked: null,
  content: null,
  reopening: null,
} as const;

function snapshot(book: FakeBook, to: string): Map<string, string> {
  const both = (['statement', 'ledger'] as const).flatMap((side) => openOf(book, side, to));
  return new Map(both.map((record) => [record.id, record.open.value]));
}

/** A change since it was signed takes the signatures away. */
function settle(book: FakeBook): void {
  for (const period of all(book)) {
    const { row } = period;
    if ((row.state === 'prepared' || row.state === 'reviewed') && contentOf(book, row) !== row.content) {
      const now = snapshot(book, row.to);
      const isOther = (record: RecordView) => now.get(record.id) !== period.items.get(record.id);
      const inside = book.lines.filter(
        (line) => line.date !== null && line.date >= row.from && line.date <= row.to,
      );
      const changed = inside.filter(isOther);
      const record = changed[0] ?? null;
      note(book, period, 'revoked', '', [{ change: 'lineMatched', records: changed.length || 1, record }]);
      Object.assign(row, UNSIGNED);
    }
  }
}

function rolled(book: FakeBook, row: PeriodRow, side: SideView, part: RollPartView): RecordView[] {
  const eve = iso(Date.parse(`${row.from}T00:00:00Z`) - DAY);
  const before = openOf(book, side, eve).filter((record) => record.date !== null);
  const end = openOf(book, side, row.to);
  switch (part) {
    case 'broughtForward':
      return before;
    case 'new':
      return end.filter((record) => !before.includes(record));
    case 'cleared':
      return [];
    case 'carriedForward':
      return end;
  }
}

function rollOf(book: FakeBook, row: PeriodRow, side: SideView): RollForwardView {
  const sum = (part: RollPartView) => {
    const records = rolled(book, row, side, part);
    return { items: records.length, sum: amountOf(totalOf(records.map((record) => record.open))) };
  };
  return {
    broughtForward: sum('broughtForward'),
    new: sum('new'),
    cleared: sum('cleared'),
    carriedForward: sum('carriedForward'),
    holds: true,
  };
}

function sheet(book: FakeBook, id: string): PeriodSheetView {
  settle(book);
  const { row, events } = find(book, id);
  return {
    account: book.accounts[0]?.name ?? '',
    period: { ...row },
    before: all(book).findLast((other) => other.row.to < row.from)?.row ?? null,
    figures: figuresOf(book, row),
    figuresNow: null,
    exceptions: openOf(book, 'statement', row.to).filter((record) => (record.date ?? '') >= row.from).length,
    lines: rollOf(book, row, 'statement'),
    entries: rollOf(book, row, 'ledger'),
    lateEntries: 0,
    linesSettled: null,
    entriesSettled: null,
    seen: row.content ?? contentOf(book, row),
    events: [...events],
    mayPrepare: true,
    maySignOff: true,
    needsAnother: false,
    asked: row.reopening?.name === book.user,
    needsSecret: false,
  };
}

export function periodsOf(book: FakeBook): PeriodsView {
  settle(book);
  return {
    account: book.accounts[0]?.name ?? '',
    periods: all(book).map(({ row }) => ({ ...row })),
    proposed: proposed(book),
  };
}

export function periodOf(book: FakeBook, id: string): PeriodSheetView {
  return sheet(book, id);
}

export function openPeriod(book: FakeBook, { from, to }: OpenPeriodRequest): PeriodSheetView {
  const days = proposed(book);
  const row: PeriodRow = {
    id: book.newId(),
    from: from ?? days?.from ?? '',
    to: to ?? days?.to ?? '',
    ...UNSIGNED,
  };
  if (all(book).length > 0 && row.from !== days?.from) {
    throw refusal('invalid', `The next period begins on ${days?.from}, not on ${row.from}.`);
  }
  all(book).push({ row, events: [], items: new Map() });
  book.tell('period.opened', `period ${row.id}`, { from: row.from, to: row.to });
  return sheet(book, row.id);
}

export function removePeriod(book: FakeBook, id: string): null {
  const { row } = find(book, id);
  kept.set(
    book,
    all(book).filter((other) => other.row.id !== id),
  );
  book.tell('period.removed', `period ${id}`, { from: row.from, to: row.to });
  return null;
}

export function preparePeriod(book: FakeBook, request: PreparePeriodRequest): PeriodSheetView {
  const period = find(book, request.periodId);
  const { row } = period;
  checkSeen(book, row, request.seen);
  const figures = figuresOf(book, row);
  const signed = { name: book.user, at: new Date().toISOString(), singleUser: book.singleUser };
  Object.assign(row, {
    state: 'prepared',
    content: contentOf(book, row),
    opening: figures.opening,
    closing: figures.closing,
    prepared: signed,
  });
  period.items = snapshot(book, row.to);
  note(book, period, 'prepared', request.note);
  return sheet(book, row.id);
}

function checkSeen(book: FakeBook, row: PeriodRow, seen: string): void {
  if (seen !== (row.content ?? contentOf(book, row))) {
    throw refusal('stale', 'The period is not what you looked at any more: look at it again, then decide.');
  }
}

/** Review, lock, and the ways back. */
export function actOn(
  book: FakeBook,
  { periodId, seen, note: words }: PeriodActRequest,
  kind:
    | 'reviewed'
    | 'locked'
    | 'takenBack'
    | 'reopenRequested'
    | 'reopened'
    | 'reopenDeclined'
    | 'reopenWithdrawn',
): PeriodSheetView {
  const period = find(book, periodId);
  const { row } = period;
  checkSeen(book, row, seen);
  const signed = { name: book.user, at: new Date().toISOString(), singleUser: book.singleUser };
  note(book, period, kind, words || (kind === 'reopened' ? (row.reopening?.reason ?? '') : ''));
  if (kind === 'reviewed' || kind === 'locked') {
    Object.assign(row, { state: kind, [kind]: signed });
  } else if (kind === 'reopenRequested') {
    row.reopening = { name: book.user, reason: words, at: signed.at };
  } else if (kind === 'reopenDeclined' || kind === 'reopenWithdrawn') {
    row.reopening = null;
  } else {
    Object.assign(row, UNSIGNED);
    for (const later of all(book).filter(
      (other) => other.row.from > row.from && other.row.state !== 'open',
    )) {
      later.row.toReprove = true;
    }
  }
  return sheet(book, periodId);
}

export function checkPeriod(book: FakeBook, id: string): PeriodCheckView {
  const { row } = find(book, id);
  const now = contentOf(book, row);
  const asSigned = row.content === null ? null : row.content === now;
  return { now, asSigned, difference: asSigned === false ? 'a line of its days was altered' : '' };
}

export function periodItems(book: FakeBook, request: PeriodItemsRequest): PeriodItemsView {
  const { row } = find(book, request.periodId);
  const records = rolled(book, row, request.side, request.part);
  const age = (date: string) => Math.round((Date.parse(row.to) - Date.parse(date)) / DAY);
  const rows = records.slice(request.offset, request.offset + request.limit).map((record) => ({
    record,
    amount: record.open,
    carried: record.open,
    ageDays: record.date ? age(record.date) : null,
  }));
  return { rows, total: records.length };
}

export function lateEntries(): LateEntriesView {
  return { rows: [], total: 0 };
}
