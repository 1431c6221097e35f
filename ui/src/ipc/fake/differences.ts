/** Differences of the workbook in memory, which has no jobs. */

import type {
  CauseSumView,
  DifferenceScopeRequest,
  DifferencesRequest,
  DifferencesView,
  DifferenceTrendsView,
  DifferenceView,
  MonthSumView,
} from '../generated';
import type { FakeBook, FakeMatch } from './book';
import { amountOf, centsOf, totalOf } from './cents';

const STATUS: Partial<Record<FakeMatch['state'], string>> = {
  suggested: 'suggested',
  ambiguous: 'ambiguous',
  approved: 'approved',
  autoApproved: 'approved',
};

/** Hundredths of a percent, a half to the even neighbour. */
function share(difference: number, base: number): string {
  const exact = (Math.abs(difference) * 10_000) / base;
  const down = Math.floor(exact);
  const up = exact - down > 0.5 || (exact - down === 0.5 && down % 2 === 1);
  const hundredths = String(down + (up ? 1 : 0)).padStart(3, '0');
  return `${difference < 0 ? '-' : ''}${hundredths.slice(0, -2)}.${hundredths.slice(-2)}`;
}

function found(book: FakeBook, { accountId, from, to }: DifferenceScopeRequest): DifferenceView[] {
  const account = book.accounts.find((own) => own.id === accountId);
  const rows = book.matches.flatMap((match): DifferenceView[] => {
    const status = STATUS[match.state];
    const row = book.matchRow(match);
    const date = row.date ?? '';
    const outside = (from && date < from) || (to && date > to);
    const elsewhere = account && match.lines.every((line) => line.account !== account.name);
    if (!status || match.difference === 0 || outside || elsewhere) {
      return [];
    }
    const statement = totalOf(match.lines.map((line) => line.amount));
    const ledger = statement - match.difference;
    return [
      {
        id: match.id,
        status,
        causes: [match.cause],
        date: row.date,
        title: row.title,
        subtitle: row.subtitle,
        statement: amountOf(statement),
        ledger: amountOf(ledger),
        difference: amountOf(match.difference),
        percent: ledger === 0 ? null : share(match.difference, Math.abs(ledger)),
        job: null,
      },
    ];
  });
  return rows.sort((one, other) => sizeOf(other) - sizeOf(one));
}

function sizeOf(row: DifferenceView): number {
  return Math.abs(centsOf(row.difference));
}

function sumOf(cause: string, rows: DifferenceView[]): CauseSumView {
  const size = rows.reduce((total, row) => total + sizeOf(row), 0);
  const total = totalOf(rows.map((row) => row.difference));
  return { cause, matches: rows.length, total: amountOf(total), size: amountOf(size) };
}

function grouped(
  rows: DifferenceView[],
  keyOf: (row: DifferenceView) => string,
): [string, DifferenceView[]][] {
  const groups = new Map<string, DifferenceView[]>();
  for (const row of rows) {
    groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}

const causeOf = (row: DifferenceView) => row.causes[0] ?? 'none';

export function differencesOf(book: FakeBook, request: DifferencesRequest): DifferencesView {
  const { scope, cause, order, offset, limit } = request;
  const rows = found(book, scope).filter((row) => !cause || causeOf(row) === cause);
  if (order === 'date') {
    rows.sort((one, other) => (other.date ?? '').localeCompare(one.date ?? ''));
  } else if (order === 'percent') {
    rows.sort((one, other) => Math.abs(Number(other.percent)) - Math.abs(Number(one.percent)));
  }
  return { rows: rows.slice(offset, offset + limit), total: rows.length };
}

export function trendsOf(book: FakeBook, scope: DifferenceScopeRequest): DifferenceTrendsView {
  const rows = found(book, scope);
  const byMonth = grouped(rows, (row) => row.date?.slice(0, 7) ?? '').flatMap(([month, own]) =>
    grouped(own, causeOf).map(
      ([cause, same]): MonthSumView => ({ month: month || null, ...sumOf(cause, same) }),
    ),
  );
  const byCause = grouped(rows, causeOf).map(([cause, same]) => sumOf(cause, same));
  byCause.sort((one, other) => centsOf(other.size) - centsOf(one.size));
  return { matches: rows.length, jobs: 0, byCause, byMonth, rateChanges: [] };
}
