/** Customers' accounts in memory. Credits are counted at one rate a currency: enough for every state of the screen. */

import type {
  AdjustCustomerRequest,
  AllocateDepositRequest,
  CreditRatesView,
  CustomerBalanceView,
  CustomerRequest,
  CustomerStatementView,
  CustomersRequest,
  CustomersView,
  CustomerTransactionView,
  CustomerView,
  NewCustomerRequest,
  RateChangedView,
  RecordView,
  SetCreditRateRequest,
  TakeBackRequest,
  WaitingDepositsView,
  WaitingDepositView,
} from '../generated';
import { contains, type FakeBook } from './book';
import { amountOf, centsOf, readCents } from './cents';
import { refusal } from './refuse';

interface Account {
  code: string;
  name: string;
  transactions: CustomerTransactionView[];
}

interface State {
  accounts: Account[];
  rates: { cents: number; at: string; by: string }[];
  /** Lines that were given to a customer. */
  allocated: Set<string>;
}

const states = new WeakMap<FakeBook, State>();
const CODE = /CUS\d{8}/;

function stateOf(book: FakeBook): State {
  const known = states.get(book);
  const state = known ?? { accounts: [], rates: [], allocated: new Set<string>() };
  states.set(book, state);
  return state;
}

function find(book: FakeBook, code: string): Account {
  const account = stateOf(book).accounts.find((one) => one.code === code);
  if (!account) {
    throw refusal('stale', `There is no customer ${code}`);
  }
  return account;
}

function creditsOf(cents: number, rate: number | undefined): number {
  return rate === undefined ? 0 : Math.floor(cents / rate);
}

function balancesOf(book: FakeBook, { transactions }: Account): CustomerBalanceView[] {
  const [last] = transactions.slice(-1);
  const rate = stateOf(book).rates[0]?.cents;
  if (!last) {
    return [];
  }
  const cents = centsOf(last.balanceAfter);
  return [
    {
      balance: last.balanceAfter,
      credits: creditsOf(cents, rate),
      remainder: rate === undefined ? null : amountOf(cents - creditsOf(cents, rate) * rate),
      creditRate: rate === undefined ? null : amountOf(rate),
      transactions: transactions.length,
    },
  ];
}

function viewOf(book: FakeBook, account: Account): CustomerView {
  return { code: account.code, name: account.name, balances: balancesOf(book, account) };
}

function post(
  book: FakeBook,
  account: Account,
  kind: string,
  cents: number,
  rest: Partial<CustomerTransactionView>,
): void {
  const rate = stateOf(book).rates[0]?.cents;
  const before = account.transactions.at(-1);
  const balance = (before ? centsOf(before.balanceAfter) : 0) + cents;
  account.transactions.push({
    number: account.transactions.length + 1,
    kind,
    amount: amountOf(cents),
    credits: creditsOf(balance, rate) - creditsOf(balance - cents, rate),
    creditRate: rate === undefined ? null : amountOf(rate),
    balanceAfter: amountOf(balance),
    creditsAfter: creditsOf(balance, rate),
    postedAt: new Date().toISOString(),
    matchId: null,
    lineId: null,
    date: null,
    description: '',
    postedBy: book.user,
    reason: '',
    takenBack: false,
    ...rest,
  });
}

export function customersOf(book: FakeBook, { search, offset, limit }: CustomersRequest): CustomersView {
  const found = stateOf(book)
    .accounts.filter(({ code, name }) => contains([code, name], search))
    .sort((left, right) => left.code.localeCompare(right.code));
  return {
    customers: found.slice(offset, offset + limit).map((account) => viewOf(book, account)),
    total: found.length,
  };
}

export function customerOf(book: FakeBook, { code, offset, limit }: CustomerRequest): CustomerStatementView {
  const account = find(book, code);
  const newest = [...account.transactions].reverse();
  return {
    ...viewOf(book, account),
    transactions: newest.slice(offset, offset + limit),
    total: newest.length,
  };
}

export function newCustomer(book: FakeBook, { name, code }: NewCustomerRequest): CustomerView {
  const { accounts } = stateOf(book);
  if (name.trim() === '') {
    throw refusal('invalid', 'A customer needs a name');
  }
  if (code !== '' && !/^CUS\d{8}$/.test(code)) {
    throw refusal('invalid', `'${code}' is no customer code: that is CUS and 8 digits`);
  }
  if (accounts.some((one) => one.code === code)) {
    throw refusal('invalid', `The customer code ${code} is taken already`);
  }
  const made = {
    code: code || `CUS${String(70_000_001 + accounts.length * 7919).slice(0, 8)}`,
    name: name.trim(),
    transactions: [],
  };
  accounts.push(made);
  book.tell('customer.made', `customer ${made.code}`, { name: made.name });
  return viewOf(book, made);
}

function reasonOf(reason: string): string {
  if (reason.trim() === '') {
    throw refusal('invalid', 'Say why: an adjustment needs a reason');
  }
  return reason.trim();
}

export function adjustCustomer(book: FakeBook, request: AdjustCustomerRequest): null {
  const reason = reasonOf(request.reason);
  const cents = readCents(request.amount, 'point');
  if (cents === null) {
    throw refusal('invalid', `'${request.amount}' is no number`);
  }
  post(book, find(book, request.code), 'adjustment', cents, { reason });
  book.tell('customer.adjusted', `customer ${request.code}`, { amount: request.amount, reason });
  return null;
}

export function takeBack(book: FakeBook, { code, number, reason }: TakeBackRequest): null {
  const account = find(book, code);
  const meant = account.transactions.find((one) => one.number === number);
  if (!meant || meant.takenBack || !['deposit', 'adjustment'].includes(meant.kind)) {
    throw refusal('invalid', `Transaction ${number} is none that can be taken back`);
  }
  const said = meant.kind === 'adjustment' ? reasonOf(reason) : reason;
  meant.takenBack = true;
  if (meant.lineId !== null) {
    stateOf(book).allocated.delete(meant.lineId);
  }
  post(book, account, 'undone', -centsOf(meant.amount), { reason: said, lineId: meant.lineId });
  book.tell('customer.adjustment_taken_back', `customer ${code}`, { number });
  return null;
}

function waitOf(book: FakeBook, line: RecordView): WaitingDepositView {
  const code = CODE.exec(`${line.reference} ${line.text}`)?.[0] ?? null;
  const known = stateOf(book).accounts.some((one) => one.code === code);
  return {
    lineId: line.id,
    date: line.date,
    amount: line.amount,
    description: line.text,
    reference: line.reference,
    because: code === null ? 'no_code' : known ? 'not_matched' : 'no_such_customer',
    code,
    matchId: null,
  };
}

export function waitingDeposits(book: FakeBook, offset: number, limit: number): WaitingDepositsView {
  const { allocated } = stateOf(book);
  const waiting = book
    .openRecords('lines')
    .filter((line) => centsOf(line.amount) > 0 && !allocated.has(line.id))
    .sort((left, right) => centsOf(right.amount) - centsOf(left.amount));
  return {
    deposits: waiting.slice(offset, offset + limit).map((line) => waitOf(book, line)),
    total: waiting.length,
  };
}

export function allocateDeposit(book: FakeBook, { lineId, code, reason }: AllocateDepositRequest): null {
  const { allocated } = stateOf(book);
  const line = book.lines.find((one) => one.id === lineId);
  if (!line || allocated.has(lineId)) {
    throw refusal('invalid', 'Nothing is open of this deposit: undo the match that uses it first');
  }
  allocated.add(lineId);
  const { date, text } = line;
  post(book, find(book, code), 'deposit', centsOf(line.amount), {
    lineId,
    matchId: book.newId(),
    date,
    description: text,
    reason,
  });
  book.tell('match.made', `match of ${code}`, { line: lineId, reason });
  return null;
}

export function creditRatesOf(book: FakeBook): CreditRatesView {
  const { rates } = stateOf(book);
  return { rates: rates.map(({ cents, at, by }) => ({ perCredit: amountOf(cents), setAt: at, setBy: by })) };
}

export function setCreditRate(book: FakeBook, { perCredit }: SetCreditRateRequest): RateChangedView {
  const { rates, accounts } = stateOf(book);
  const cents = readCents(perCredit, 'point');
  if (cents === null || cents <= 0) {
    throw refusal('invalid', `${perCredit} EUR is no rate: a credit costs more than nothing`);
  }
  const before = rates[0];
  if (before?.cents !== cents) {
    rates.unshift({ cents, at: new Date().toISOString(), by: book.user });
    book.tell('credit_rate.set', 'credit rate EUR', { after: perCredit });
  }
  return {
    perCredit: amountOf(cents),
    before: before ? amountOf(before.cents) : null,
    changed: before?.cents !== cents,
    accountsCounted: before ? 0 : accounts.filter((one) => one.transactions.length > 0).length,
  };
}
