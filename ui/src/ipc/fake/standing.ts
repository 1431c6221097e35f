/** What needs whoever is signed in, and where the periods of the workbook in memory stand. */

import type { Commands } from '../commands';
import type {
  DueView,
  DutyKindView,
  DutyView,
  PeriodRow,
  QueueFilter,
  StandingRatesView,
  StandingRowView,
  StandingView,
} from '../generated';
import { alertsOf } from './alerts';
import { proof, queue } from './answers';
import type { FakeBook } from './book';
import { amountOf, centsOf, totalOf } from './cents';
import { figures } from './figures';
import { today } from './marks';
import { presenceOf } from './people';
import { periodsOf } from './periods';

export type StandingCommand = 'standing' | 'standing_rates';

const NONE = {
  causes: [],
  amountFrom: null,
  amountTo: null,
  from: null,
  to: null,
  owner: null,
  counterparty: '',
  account: null,
  due: null,
};

/** What there is of the queue: its part, and whose or since when due. */
function ofQueue(book: FakeBook, filter: QueueFilter, owner: string | null, due: DueView | null) {
  const conditions = { ...NONE, owner, due };
  const { rows, total } = queue(book, { filter, search: '', conditions, offset: 0, limit: 100_000 });
  const cents = rows.reduce((sum, row) => sum + Math.abs(centsOf(row.amount)), 0);
  return { count: total, amounts: cents === 0 ? [] : [amountOf(cents)] };
}

function dutyOf(book: FakeBook, row: PeriodRow, before: PeriodRow | undefined, proves: boolean) {
  const { person } = presenceOf(book);
  const may = (role: string) => person?.role === 'admin' || person?.role === role;
  const byMe = (name: string | undefined) => name === person?.name && !book.singleUser;
  if (row.reopening) {
    return may('reviewer') && !byMe(row.reopening.name) ? 'reopenings' : null;
  }
  switch (row.state) {
    case 'open': {
      const due = row.to < today() && before?.state !== 'open' && may('preparer');
      return due ? (proves ? 'toPrepare' : 'unproved') : null;
    }
    case 'prepared':
      return may('reviewer') && !byMe(row.prepared?.name) ? 'toReview' : null;
    case 'reviewed': {
      const can = !row.toReprove && (before === undefined || before.state === 'locked');
      return can && may('reviewer') ? 'toLock' : null;
    }
    case 'locked':
      return null;
  }
}

function standingRow(book: FakeBook, row: PeriodRow | null, before?: PeriodRow): StandingRowView {
  const account = book.accounts[0];
  const { from = null, to = null } = row ?? {};
  const { opening, linesTotal, closing } = proof(book, { accountId: '', from, to });
  const [starts, ends] = [row?.opening ?? opening, row?.closing ?? closing];
  const gap = starts && ends ? totalOf([starts, linesTotal]) - centsOf(ends) : null;
  const proves = gap === 0;
  return {
    accountId: account?.id ?? '',
    account: account?.name ?? '',
    currency: account?.currency ?? 'EUR',
    period: row && {
      id: row.id,
      state: row.state,
      toReprove: row.toReprove,
      preparedBy: row.prepared?.name ?? null,
      reopeningBy: row.reopening?.name ?? null,
    },
    from: from ?? account?.firstDate ?? null,
    to: to ?? account?.lastDate ?? null,
    lines: figures(book, { accountId: null, from, to }).lines,
    opening: starts,
    linesTotal,
    closing: ends,
    gap: gap === null ? null : amountOf(gap),
    proves,
    duty: row && dutyOf(book, row, before, proves),
  };
}

function rowsOf(book: FakeBook): StandingRowView[] {
  const { periods } = periodsOf(book);
  if (book.accounts.length === 0) {
    return [];
  }
  return periods.length === 0
    ? [standingRow(book, null)]
    : periods.map((row, at) => standingRow(book, row, periods[at - 1]));
}

function standingOf(book: FakeBook): StandingView {
  const rows = rowsOf(book);
  const ofPeriods = (kind: DutyKindView) => {
    const own = rows.filter((row) => row.duty === kind);
    const closing = own.flatMap((row) => (row.closing ? [row.closing] : []));
    return { count: own.length, amounts: closing.length > 0 ? [amountOf(totalOf(closing))] : [] };
  };
  const me = book.user;
  const found: Record<DutyKindView, Omit<DutyView, 'kind'>> = {
    reopenings: ofPeriods('reopenings'),
    toReview: ofPeriods('toReview'),
    toLock: ofPeriods('toLock'),
    toPrepare: ofPeriods('toPrepare'),
    unproved: ofPeriods('unproved'),
    assigned: ofQueue(book, 'toReview', me, null),
    assignedEntries: ofQueue(book, 'unmatchedEntries', me, null),
    returned: ofQueue(book, 'toReview', null, 'snoozed'),
    returnedEntries: ofQueue(book, 'unmatchedEntries', null, 'snoozed'),
    overdue: ofQueue(book, 'toReview', null, 'expected'),
    overdueEntries: ofQueue(book, 'unmatchedEntries', null, 'expected'),
    alerts: { count: alertsOf(book).open.length, amounts: [] },
    proposals: ofQueue(book, 'suggested', null, null),
    lines: ofQueue(book, 'unmatchedLines', null, null),
  };
  const duties = (Object.keys(found) as DutyKindView[]).map((kind) => ({ kind, ...found[kind] }));
  return { asOf: today(), duties: duties.filter(({ count }) => count > 0), rows, varianceLimit: '1.00' };
}

function standingRates(book: FakeBook, locked: boolean): StandingRatesView[] {
  return rowsOf(book)
    .filter((row) => locked || row.period?.state !== 'locked')
    .map((row) => {
      const { from, to } = row;
      const board = figures(book, { accountId: row.accountId, from, to });
      const open = proof(book, { accountId: row.accountId, from, to });
      const variance = board.variances[0];
      return {
        accountId: row.accountId,
        periodId: row.period?.id ?? null,
        lines: board.lines,
        linesMatched: board.linesMatched,
        matchRate: board.matchRate,
        automaticRate: board.automaticRate,
        linesOpen: open.outstandingLinesCount,
        linesOpenSum: open.linesOutstanding,
        entriesOpen: open.outstandingEntriesCount,
        entriesOpenSum: open.entriesOutstanding,
        variance: variance?.rate ?? null,
        difference: variance?.difference ?? amountOf(0),
        isWithin: variance?.isWithin ?? true,
      };
    });
}

export function standingHandlers(current: () => FakeBook) {
  return {
    standing: () => standingOf(current()),
    standing_rates: ({ locked }: Commands['standing_rates']['args']) => standingRates(current(), locked),
  };
}
