/** Matching by hand in the workbook in memory: groups, parts of records, what is written off. */

import type {
  AdjustmentView,
  HandBalancesView,
  HandBalanceView,
  HandGroupRequest,
  HandRecordRequest,
  RecordView,
} from '../generated';
import { amountOf, centsOf } from './cents';
import { refusal } from './refuse';

interface Open {
  openRecords(side: 'lines' | 'entries'): RecordView[];
}

interface Used {
  record: RecordView;
  cents: number;
}

/** A group with what is used of each record. */
export interface Group {
  lines: Used[];
  entries: Used[];
  adjustments: AdjustmentView[];
}

const centsIn = (value: string) => centsOf({ value: /\./.test(value) ? value : `${value}.00`, currency: '' });
const totalUsed = (used: readonly Used[]) => used.reduce((sum, { cents }) => sum + cents, 0);

class Reading {
  private readonly used = new Map<string, number>();

  constructor(private readonly book: Open) {}

  private take(side: 'lines' | 'entries', wanted: readonly HandRecordRequest[]): Used[] {
    return wanted.map(({ id, part }) => {
      const record = this.book.openRecords(side).find((one) => one.id === id);
      if (!record) {
        throw refusal('stale', 'One of the records was matched meanwhile.');
      }
      const left = centsOf(record.open) - (this.used.get(id) ?? 0);
      const cents = part === null ? left : centsIn(part);
      if (cents === 0 || Math.sign(cents) !== Math.sign(left) || Math.abs(cents) > Math.abs(left)) {
        const [asked, open] = [amountOf(cents).value, amountOf(left).value];
        throw refusal(
          'invalid',
          `${asked} EUR of a record was asked for, and ${open} EUR of it is open: use a part of that, with the same sign`,
        );
      }
      return { record, cents };
    });
  }

  read(group: HandGroupRequest): { lines: Used[]; entries: Used[]; balance: HandBalanceView } {
    const [lines, entries] = [this.take('lines', group.lines), this.take('entries', group.entries)];
    if (lines.length + entries.length === 0) {
      throw refusal('invalid', 'choose at least one record');
    }
    if ((lines.length === 0 || entries.length === 0) && group.adjustments.length === 0) {
      const missing = lines.length === 0 ? 'statement line' : 'ledger entry';
      throw refusal(
        'invalid',
        `choose at least one ${missing}, or the account of the books that stands in for it`,
      );
    }
    for (const { record, cents } of [...lines, ...entries]) {
      this.used.set(record.id, (this.used.get(record.id) ?? 0) + cents);
    }
    const [statement, ledger] = [totalUsed(lines), totalUsed(entries)];
    const adjusted = group.adjustments.reduce((sum, { amount }) => sum + (amount ? centsIn(amount) : 0), 0);
    return {
      lines,
      entries,
      balance: {
        statement: amountOf(statement),
        ledger: amountOf(ledger),
        adjusted: amountOf(adjusted),
        difference: amountOf(statement - ledger - adjusted),
      },
    };
  }

  left(): HandBalancesView['left'] {
    const records = [...this.book.openRecords('lines'), ...this.book.openRecords('entries')];
    return records
      .filter(({ id }) => this.used.has(id))
      .map(({ id, open }) => ({ id, left: amountOf(centsOf(open) - (this.used.get(id) ?? 0)) }));
  }
}

export function handBalance(book: Open, groups: readonly HandGroupRequest[]): HandBalancesView {
  const reading = new Reading(book);
  return { groups: groups.map((group) => reading.read(group).balance), left: reading.left() };
}

/** Leaves the excess open, of the last records first. */
function shorten(used: Used[], excess: number): void {
  let left = Math.abs(excess);
  for (const one of [...used].reverse()) {
    const less = Math.min(left, Math.abs(one.cents));
    one.cents -= Math.sign(one.cents) * less;
    left -= less;
  }
}

/** The groups as they are made. */
export function groupsOf(book: Open, asked: readonly HandGroupRequest[]): Group[] {
  const reading = new Reading(book);
  return asked.map((group) => {
    const { lines, entries, balance } = reading.read(group);
    const adjustments: AdjustmentView[] = [];
    let rest = centsOf(balance.difference);
    for (const { cause, amount, account, text } of group.adjustments) {
      const cents = amount === null ? rest : centsIn(amount);
      rest = amount === null ? 0 : rest;
      if (cents !== 0 && (cause === 'partial_payment' || cause === 'overpayment')) {
        shorten(Math.abs(totalUsed(lines)) > Math.abs(totalUsed(entries)) ? lines : entries, cents);
      } else if (cents !== 0) {
        adjustments.push({ cause, amount: amountOf(cents), account, text });
      }
    }
    if (rest !== 0) {
      throw refusal(
        'invalid',
        `the two sides differ by ${amountOf(rest).value} EUR: say why, or choose other records`,
      );
    }
    return { lines, entries, adjustments };
  });
}
