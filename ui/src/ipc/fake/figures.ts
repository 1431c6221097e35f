/** Figures of the workbook in memory. */

import type {
  AccountSummaryRequest,
  AccountTotals,
  FigureBoard,
  FiguresRequest,
  HistoryDay,
  JudgementView,
  RecordView,
} from '../generated';
import type { FakeBook } from './book';
import { amountOf, centsOf, totalOf } from './cents';
import { allExceptions, byAge, grouped, TODAY } from './exceptions';
import { refusal } from './refuse';

const LIMITS = { variance: '1.00', highValue: 10_000, riskMedium: '1.00', riskHigh: '5.00' };

/** Hundredths of a percent as the host writes them. */
function percent(part: number, whole: number, up = false): string | null {
  if (whole === 0) {
    return null;
  }
  const share = (part * 10_000) / whole;
  const hundredths = up ? Math.ceil(share) : Math.floor(share);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

function inside({ from, to }: Pick<FiguresRequest, 'from' | 'to'>) {
  return ({ date }: RecordView) => (!from || (date ?? '') >= from) && (!to || (date ?? '') <= to);
}

function checkDays(from: string | null, to: string | null): void {
  if (from && to && from > to) {
    throw refusal('invalid', `The first day, ${from}, is after the last, ${to}: give the earlier day first.`);
  }
}

function matchedIds(book: FakeBook, ...states: string[]): Set<string> {
  const matches = book.matches.filter((match) => states.includes(match.state));
  return new Set(matches.flatMap((match) => match.lines.map((line) => line.id)));
}

export function figures(book: FakeBook, request: FiguresRequest): FigureBoard {
  checkDays(request.from, request.to);
  const lines = book.lines.filter(inside(request));
  const entries = book.entries.filter(inside({ from: null, to: request.to }));
  const matched = matchedIds(book, 'approved', 'autoApproved');
  const automatic = matchedIds(book, 'autoApproved');
  const count = (ids: Set<string>) => lines.filter((line) => ids.has(line.id)).length;
  const [bank, books] = [lines, entries].map((records) => totalOf(records.map((one) => one.amount))) as [
    number,
    number,
  ];
  const turnover = lines.reduce((sum, line) => sum + Math.abs(centsOf(line.amount)), 0);
  const [whole, wholeBooks] = [Math.trunc(bank / 100), Math.trunc(books / 100)];
  const rate =
    whole === wholeBooks ? '0.00' : percent(Math.abs(whole - wholeBooks), Math.abs(wholeBooks), true);
  const open = allExceptions(book).filter(
    ({ record }) =>
      inside(request)(record) || (record.side === 'ledger' && inside({ from: null, to: request.to })(record)),
  );
  const days = open.reduce((sum, row) => sum + row.daysOpen, 0);
  const unallocated = lines.filter((line) => centsOf(line.amount) > 0 && !matched.has(line.id));
  return {
    account: request.accountId === null ? null : (book.accounts[0]?.name ?? null),
    asOf: TODAY,
    lines: lines.length,
    linesMatched: count(matched),
    linesAutomatic: count(automatic),
    matchRate: percent(count(matched), lines.length),
    automaticRate: percent(count(automatic), lines.length),
    variances:
      lines.length + entries.length === 0
        ? []
        : [
            {
              bank: amountOf(bank),
              books: amountOf(books),
              difference: amountOf(bank - books),
              rate,
              isWithin: rate !== null && Number(rate) <= Number(LIMITS.variance),
              turnover: amountOf(turnover),
              ofTurnover: percent(Math.abs(bank - books), turnover),
              isBaseSmall: Math.abs(books) * 4 < turnover,
            },
          ],
    exceptions: open.length,
    byCause: grouped(open, (row) => row.cause),
    byAge: byAge(open),
    averageDaysOpen: open.length > 0 ? (days / open.length).toFixed(2) : null,
    unallocated: unallocated.length > 0 ? [amountOf(totalOf(unallocated.map((line) => line.open)))] : [],
    highValueMissing: allExceptions(book).filter((row) => centsOf(row.impact) >= LIMITS.highValue * 100)
      .length,
    limits: LIMITS,
  };
}

export function judgement(book: FakeBook, request: FiguresRequest): JudgementView {
  const board = figures(book, request);
  const discrepancy = totalOf(board.byCause.map((group) => group.impact));
  const moved = book.lines.concat(book.entries).filter(inside(request));
  const volume = moved.reduce((sum, record) => sum + Math.abs(centsOf(record.amount)), 0);
  const rate = percent(discrepancy, volume, true);
  const above = (limit: string) => rate !== null && Number(rate) > Number(limit);
  const apart = board.variances.some((variance) => !variance.isWithin);
  const reasons = [
    apart ? 'variance_above_limit' : '',
    above(LIMITS.riskHigh)
      ? 'discrepancy_rate_high'
      : above(LIMITS.riskMedium)
        ? 'discrepancy_rate_medium'
        : '',
    board.highValueMissing > 0 ? 'high_value_missing' : '',
  ].filter((reason) => reason !== '');
  const risk = above(LIMITS.riskHigh)
    ? 'high'
    : above(LIMITS.riskMedium) || board.highValueMissing > 0
      ? 'medium'
      : 'low';
  return {
    risk,
    compliance: apart ? 'non_compliant' : risk === 'low' ? 'compliant' : 'review_needed',
    reasons,
    discrepancies: volume > 0 ? [{ discrepancy: amountOf(discrepancy), volume: amountOf(volume), rate }] : [],
  };
}

/** The month before today, as if the company's work had been spread over it. */
export function dailyHistory(book: FakeBook): HistoryDay[] {
  if (book.runs === 0) {
    return [];
  }
  const { lines, linesMatched, linesAutomatic, exceptions } = figures(book, {
    accountId: null,
    from: null,
    to: null,
  });
  const days = Array.from({ length: 15 }, (_, index) => index);
  return days.map((index) => {
    const share = 0.45 + (0.55 * index) / 14;
    const date = new Date(Date.parse(TODAY) - (14 - index) * 2 * 86_400_000).toISOString().slice(0, 10);
    return {
      date,
      runs: index % 3 === 0 ? 1 : 0,
      linesImported: index === 0 ? lines : 0,
      entriesImported: index === 0 ? book.entries.length : 0,
      approvedByPolicy: index === 0 ? linesAutomatic : 0,
      approvedByPeople: index === 0 ? 0 : 2,
      rejected: 0,
      undone: 0,
      lines,
      unmatched: Math.round(exceptions * (2 - share)),
      matchRate: percent(Math.round(linesMatched * share), lines),
      automaticRate: percent(Math.round(linesAutomatic * Math.min(1, share + 0.2)), lines),
      variance: index % 3 === 0 ? (4.8 - (4.2 * index) / 14).toFixed(2) : null,
    };
  });
}

const SUMMARY_DAYS_MAX = 365;

export function accountSummary(book: FakeBook, { from, to }: AccountSummaryRequest): AccountTotals {
  checkDays(from, to);
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  if (days > SUMMARY_DAYS_MAX) {
    throw refusal(
      'invalid',
      `${days} days were asked for, and a summary covers at most ${SUMMARY_DAYS_MAX}: choose fewer days.`,
    );
  }
  const amounts = book.lines.filter(inside({ from, to })).map((line) => line.amount);
  const income = totalOf(amounts.filter((amount) => centsOf(amount) > 0));
  const spend = -totalOf(amounts.filter((amount) => centsOf(amount) < 0));
  return {
    lines: amounts.length,
    income: amountOf(income),
    spend: amountOf(spend),
    net: amountOf(income - spend),
    linesUndated: 0,
    topCategories: [],
    categorised: 0,
    uncategorised: amounts.length,
    failed: 0,
  };
}
