/** The policy in memory: versions, what they resolve, and trials. It looks at matches whose sides differ and at open lines. */

import type {
  AcceptedRecordsView,
  AcceptedRequest,
  AppliedPolicyView,
  PolicyFormView,
  PolicyItemView,
  PolicyPlanView,
  PolicyTrialExampleView,
  PolicyTrialGroupView,
  PolicyTrialView,
  PolicyVersionView,
  PolicyView,
  QueueRow,
  SavedPolicyView,
  SavePolicyRequest,
  TakeBackAcceptanceRequest,
} from '../generated';
import type { FakeBook, FakeMatch } from './book';
import { amountOf, centsOf, readCents } from './cents';
import { refusal } from './refuse';

const CAUSES = [
  'timing',
  'missing_in_ledger',
  'missing_in_bank',
  'fee',
  'discount',
  'fx_rounding',
  'rate_change',
  'duplicate',
  'transposition',
  'sign_error',
  'partial_payment',
  'overpayment',
  'reversal',
  'reference_error',
  'none',
];
const EMPTY: PolicyFormView = { confidence: '', defaultOwner: '', causes: [] };

interface Kept {
  versions: PolicyVersionView[];
  forms: PolicyFormView[];
  accepted: Map<string, { version: number; at: string }>;
  takenBack: Set<string>;
}

const kept = new WeakMap<FakeBook, Kept>();

function of(book: FakeBook): Kept {
  const known = kept.get(book) ?? { versions: [], forms: [], accepted: new Map(), takenBack: new Set() };
  kept.set(book, known);
  return known;
}

/** One item the policy looks at, and what became of it. */
interface Item {
  row: QueueRow;
  cents: number;
  match: FakeMatch | null;
  decided: string;
}

function itemsOf(book: FakeBook): Item[] {
  const state = of(book);
  const decided: Record<string, string> = {
    approved: 'approved',
    autoApproved: 'automatic',
    rejected: 'rejected',
  };
  const matches = book.matches
    .filter((match) => match.difference !== 0 && match.state !== 'superseded')
    .map((match) => ({
      row: book.matchRow(match),
      cents: Math.abs(match.difference),
      match,
      decided: decided[match.state] ?? 'waiting',
    }));
  const lines = book.rows('unmatchedLines').map((row) => ({
    row,
    cents: Math.abs(centsOf(row.amount)),
    match: null,
    decided: state.accepted.has(row.id)
      ? 'automatic'
      : state.takenBack.has(row.id)
        ? 'taken_back'
        : 'waiting',
  }));
  return [...matches, ...lines].sort(
    (left, right) => (left.row.date ?? '').localeCompare(right.row.date ?? '') || left.cents - right.cents,
  );
}

function check(form: PolicyFormView): void {
  for (const { cause, amount, count, total, percent } of form.causes) {
    for (const [key, text] of Object.entries({ amount, total, percent })) {
      if (text !== '' && readCents(text, 'point') === null) {
        throw refusal('invalid', `Cause.${cause}.${key} = "${text}": no amount, such as "5.00"`);
      }
    }
    if (amount === '' && [count, total, percent].some((text) => text !== '')) {
      throw refusal('invalid', `Cause.${cause}: without an amount nothing is resolved; give one`);
    }
  }
}

/** Why each item stays; `null`: it is resolved. */
function judged(form: PolicyFormView, items: readonly Item[]): Map<Item, string | null> {
  check(form);
  const used = new Map<string, { count: number; total: number }>();
  const reason = ({ row, cents, match }: Item): string | null => {
    const limit = form.causes.find(({ cause, amount }) => cause === row.cause && amount !== '');
    if (!limit) {
      return 'cause_unlisted';
    }
    if (match?.state === 'ambiguous') {
      return 'rival';
    }
    if (cents > (readCents(limit.amount, 'point') ?? 0)) {
      return 'amount';
    }
    const key = `${row.cause} ${(row.date ?? '').slice(0, 7)}`;
    const before = used.get(key) ?? { count: 0, total: 0 };
    if (limit.count !== '' && before.count >= Number(limit.count)) {
      return 'count';
    }
    if (limit.total !== '' && before.total + cents > (readCents(limit.total, 'point') ?? 0)) {
      return 'total';
    }
    used.set(key, { count: before.count + 1, total: before.total + cents });
    return null;
  };
  return new Map(items.map((item) => [item, reason(item)]));
}

function kindOf(item: Item): string {
  return item.match ? 'match' : 'line';
}

function plan(form: PolicyFormView, items: readonly Item[]): { view: PolicyPlanView; resolved: Item[] } {
  const answers = [
    ...judged(
      form,
      items.filter(({ decided }) => decided === 'waiting'),
    ),
  ];
  const resolved = answers.filter(([, why]) => why === null).map(([item]) => item);
  const grouped = new Map<string, { count: number; cents: number }>();
  for (const { row, cents } of resolved) {
    const before = grouped.get(row.cause) ?? { count: 0, cents: 0 };
    grouped.set(row.cause, { count: before.count + 1, cents: before.cents + cents });
  }
  const reasons = new Map<string, number>();
  for (const [, why] of answers) {
    if (why !== null) {
      reasons.set(why, (reasons.get(why) ?? 0) + 1);
    }
  }
  const item = (one: Item): PolicyItemView => ({
    id: one.row.id,
    kind: kindOf(one),
    cause: one.row.cause,
    impact: amountOf(one.cents),
    month: (one.row.date ?? '').slice(0, 7),
  });
  const view = {
    approved: resolved.filter(({ match }) => match).length,
    accepted: resolved.filter(({ match }) => !match).length,
    kept: answers.length - resolved.length,
    byCause: [...grouped].map(([cause, { count, cents }]) => ({ cause, count, total: amountOf(cents) })),
    keptBecause: [...reasons].map(([why, count]) => ({ reason: why, count })),
    items: resolved.map(item),
  };
  return { view, resolved };
}

export function policyOf(book: FakeBook): PolicyView {
  const { versions, forms, accepted } = of(book);
  return {
    currency: 'EUR',
    version: versions[0]?.version ?? null,
    form: forms[0] ?? EMPTY,
    causes: CAUSES,
    versions,
    accepted: accepted.size,
  };
}

export function savePolicy(book: FakeBook, { form, reason }: SavePolicyRequest): SavedPolicyView {
  check(form);
  if (reason.trim() === '') {
    throw refusal('invalid', 'A policy is saved with a reason: say why it changes');
  }
  const { versions, forms } = of(book);
  const before = forms[0] ?? EMPTY;
  if (versions[0] && JSON.stringify(before) === JSON.stringify(form)) {
    return { saved: false, version: versions[0].version };
  }
  const version = versions.length + 1;
  const changes = form.causes.flatMap(({ cause, amount }) => {
    const was = before.causes.find((other) => other.cause === cause)?.amount ?? '';
    return was === amount ? [] : [{ cause, key: 'amount', before: was, after: amount }];
  });
  versions.unshift({ version, writtenBy: book.user, writtenAt: new Date().toISOString(), reason, changes });
  forms.unshift(form);
  book.tell('policy.saved', `policy ${version}`, { after: form, reason });
  return { saved: true, version };
}

function example(item: Item, why: string | null): PolicyTrialExampleView {
  const { id, cause, date, title, subtitle } = item.row;
  const { decided } = item;
  return {
    id,
    kind: kindOf(item),
    cause,
    date,
    title,
    subtitle,
    impact: amountOf(item.cents),
    decided,
    kept: why,
  };
}

export function tryPolicy(book: FakeBook, form: PolicyFormView): PolicyTrialView {
  const items = itemsOf(book);
  const answers = [...judged(form, items)];
  const groups = new Map<string, PolicyTrialGroupView & { cents: number }>();
  for (const [{ row, cents, decided }, why] of answers) {
    if (why === 'cause_unlisted') {
      continue;
    }
    const month = row.date?.slice(0, 7) ?? null;
    const key = `${row.cause} ${month}`;
    const group = groups.get(key) ?? {
      cause: row.cause,
      account: book.accounts[0]?.name ?? null,
      month,
      items: 0,
      resolved: 0,
      total: amountOf(0),
      waiting: 0,
      automatic: 0,
      approved: 0,
      contradicted: 0,
      notMade: 0,
      overLimit: 0,
      cents: 0,
    };
    group.items += 1;
    if (why === null) {
      group.resolved += 1;
      group.cents += cents;
      group.total = amountOf(group.cents);
      const column = decided === 'rejected' || decided === 'taken_back' ? 'contradicted' : decided;
      group[column as 'waiting'] += 1;
    } else {
      group.notMade += decided === 'automatic' ? 1 : 0;
      group.overLimit += why === 'count' || why === 'total' ? 1 : 0;
    }
    groups.set(key, group);
  }
  const against = answers.filter(([{ decided }, why]) => why === null && /rejected|taken_back/.test(decided));
  const notMade = answers.filter(([{ decided }, why]) => why !== null && decided === 'automatic');
  return {
    now: plan(form, items).view,
    groups: [...groups.values()].map(({ cents: _, ...group }) => group),
    contradictions: against.map(([item, why]) => example(item, why)),
    contradictionsTotal: against.length,
    notMade: notMade.map(([item, why]) => example(item, why)),
    notMadeTotal: notMade.length,
  };
}

export function applyPolicy(book: FakeBook): AppliedPolicyView {
  const state = of(book);
  const [version, form] = [state.versions[0]?.version, state.forms[0]];
  if (version === undefined || !form) {
    throw refusal('invalid', 'There is no policy yet: save one first');
  }
  const { view, resolved } = plan(form, itemsOf(book));
  for (const { row, match } of resolved) {
    if (match) {
      match.state = 'autoApproved';
    } else {
      state.accepted.set(row.id, { version, at: new Date().toISOString() });
    }
  }
  if (resolved.length > 0) {
    book.tell('policy.applied', `policy ${version}`, { approved: view.approved, accepted: view.accepted });
  }
  return { version, plan: view };
}

export function acceptedRecords(book: FakeBook, { offset, limit }: AcceptedRequest): AcceptedRecordsView {
  const { accepted } = of(book);
  const rows = book.rows('unmatchedLines').flatMap((row) => {
    const by = accepted.get(row.id);
    const impact = amountOf(Math.abs(centsOf(row.amount)));
    const { id, date, title, subtitle, cause } = row;
    const rest = { id, date, title, subtitle, cause, kind: 'line', impact, daysOpen: 12, owner: null };
    return by ? [{ ...rest, version: by.version, acceptedAt: by.at }] : [];
  });
  return { rows: rows.slice(offset, offset + limit), total: rows.length };
}

export function takeBackAcceptance(book: FakeBook, { id, reason }: TakeBackAcceptanceRequest): null {
  const state = of(book);
  if (!state.accepted.delete(id)) {
    throw refusal('invalid', 'The policy accepts this record no more: there is nothing to take back');
  }
  state.takenBack.add(id);
  book.tell('policy.taken_back', `line ${id}`, { reason });
  return null;
}
