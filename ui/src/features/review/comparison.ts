/** How the two sides of a row are laid out field by field. */

import type { AlternativeView, Amount, EvidenceView, RecordView, ReviewDetail } from '@/ipc';
import { isZero, subtract, sum } from '@/shared/decimal';

/** How the two values of a field relate; `null` where nothing was compared. */
export type Agreement = 'exact' | 'near' | 'differs' | 'missing' | null;

/** What is told of a job. */
type JobField = 'site' | 'serviceType' | 'month' | 'quantity' | 'rate';

/** A field in the comparison. */
export interface FieldRow {
  name:
    | 'amount'
    | 'date'
    | 'counterparty'
    | 'reference'
    | 'code'
    | 'counterpartyAccount'
    | JobField
    | 'text'
    | 'source';
  /** Distinct values, in the order of the records. */
  statement: string[];
  ledger: string[];
  /** The statement's value has no field of its own: it was found in the text. */
  fromText: boolean;
  agreement: Agreement;
  evidence: EvidenceView | null;
}

/** The two sides with their totals. */
export interface Comparison {
  lines: RecordView[];
  entries: RecordView[];
  statementTotal: Amount | null;
  ledgerTotal: Amount | null;
  difference: Amount | null;
  fields: FieldRow[];
  /** The records are of jobs. */
  isOfJobs: boolean;
}

const KIND_OF: Partial<Record<FieldRow['name'], string>> = {
  amount: 'amount',
  date: 'date',
  counterparty: 'counterparty',
  reference: 'reference',
  code: 'code',
  counterpartyAccount: 'counterparty_account',
  site: 'site',
  serviceType: 'service_type',
  month: 'month',
  quantity: 'quantity',
  rate: 'rate',
};

const AGREEMENTS: readonly string[] = ['exact', 'near', 'differs', 'missing'];

function asAgreement(word: string): Agreement {
  return AGREEMENTS.includes(word) ? (word as Agreement) : null;
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value): value is string => value !== null && value !== ''))];
}

/** What a match uses of the records, in its own currency; `null` where it is not one currency. */
function total(records: readonly RecordView[]): Amount | null {
  const amounts = records.map((record) => record.applied ?? record.open);
  const [first] = amounts;
  if (!first || amounts.some(({ currency }) => currency !== first.currency)) {
    return null;
  }
  const value = sum(amounts.map((amount) => amount.value));
  return value === null ? null : { value, currency: first.currency };
}

function valuesOf(name: FieldRow['name'], records: readonly RecordView[], statement: boolean): string[] {
  switch (name) {
    case 'amount':
      return [];
    case 'date':
      return distinct(records.map((record) => record.date));
    case 'counterparty':
      return distinct(records.map((record) => record.counterparty));
    case 'reference':
      return distinct(
        records.flatMap((record) => (statement ? [record.reference] : [record.number, record.reference])),
      );
    case 'code':
      return distinct(records.map((record) => record.counterpartyCode));
    case 'counterpartyAccount':
      return distinct(records.map((record) => record.counterpartyAccount));
    case 'site':
    case 'serviceType':
    case 'month':
    case 'quantity':
    case 'rate':
      return distinct(records.map((record) => record.job?.[name] ?? null));
    case 'text':
      return distinct(records.map((record) => record.text));
    case 'source':
      return distinct(records.map((record) => `${record.sourceFile}:${record.sourceRow}`));
  }
}

/** What a field shows of the entries, and what its verdict rests on besides. */
function shownOf(name: FieldRow['name'], entries: readonly RecordView[], difference: Amount | null): string {
  const besides = {
    amount: [difference?.value, difference?.currency],
    date: entries.map((entry) => entry.secondDate),
    // Near means that the account stood in other payments of the same party.
    counterpartyAccount: entries.map((entry) => entry.counterparty),
  };
  return JSON.stringify([
    valuesOf(name, entries, false),
    name in besides ? besides[name as keyof typeof besides] : [],
  ]);
}

/** Whether the two sides show the very same in a field. */
function isSame(name: FieldRow['name'], detail: ReviewDetail, picked: AlternativeView): boolean {
  if (name === 'amount') {
    return picked.difference !== null && isZero(picked.difference.value);
  }
  const fold = (values: string[]) => values.map((value) => value.trim().toLowerCase());
  const lines = fold(valuesOf(name, detail.lines, true));
  const entries = fold(valuesOf(name, picked.entries, false));
  const texts = FOUND_IN_TEXT.includes(name) ? fold(detail.lines.map((line) => line.text)) : [];
  return entries.some(
    (value) => value !== '' && (lines.includes(value) || texts.some((text) => text.includes(value))),
  );
}

/**
 * How the fields of another answer relate. The host only says of each whether it agrees, well or nearly. Where the answer
 * shows what the proposal shows, it has the proposal's verdict; elsewhere what is shown tells the same from the close.
 */
function agreementOfOther(name: FieldRow['name'], detail: ReviewDetail, picked: AlternativeView) {
  const kind = KIND_OF[name] ?? '';
  const agrees = picked.agrees.includes(kind);
  const own = agreementOf(name, detail);
  const alike =
    shownOf(name, picked.entries, picked.difference) === shownOf(name, detail.entries, detail.row.difference);
  if (alike && (own.agreement === 'exact' || own.agreement === 'near') === agrees) {
    return own;
  }
  const agreement: Agreement = agrees
    ? isSame(name, detail, picked)
      ? 'exact'
      : 'near'
    : picked.differs.includes(kind)
      ? 'differs'
      : // What the statement does not give it gives for no answer.
        own.agreement === 'missing' && valuesOf(name, detail.lines, true).length === 0
        ? 'missing'
        : null;
  return { agreement, evidence: null };
}

function agreementOf(name: FieldRow['name'], detail: ReviewDetail) {
  const evidence = detail.evidence.find((piece) => piece.kind === KIND_OF[name]) ?? null;
  return { agreement: evidence ? asAgreement(evidence.agreement) : null, evidence };
}

/** What the engine also looks for inside free text. */
const FOUND_IN_TEXT: readonly FieldRow['name'][] = ['reference', 'code'];
const ALWAYS: readonly FieldRow['name'][] = ['amount', 'date', 'counterparty', 'reference'];
const JOB: readonly JobField[] = ['site', 'serviceType', 'month', 'quantity', 'rate'];
const ORDER: readonly FieldRow['name'][] = [
  ...ALWAYS,
  'code',
  'counterpartyAccount',
  ...JOB,
  'text',
  'source',
];

/** Lays out a row, or one of its other answers. */
export function compare(detail: ReviewDetail, picked: AlternativeView | null): Comparison {
  const { lines } = detail;
  const entries = picked?.entries ?? detail.entries;
  const statementTotal = total(lines);
  const difference = picked ? picked.difference : detail.row.difference;
  const ledgerValue = statementTotal && difference ? subtract(statementTotal.value, difference.value) : null;
  const ledgerTotal =
    statementTotal && ledgerValue !== null && entries.length > 0
      ? { value: ledgerValue, currency: statementTotal.currency }
      : total(entries);
  // Jobs are told apart by their numbers and what was done where; nobody pays in their export.
  const isOfJobs = [...lines, ...entries].some((record) => record.job !== null);
  const always = isOfJobs ? ALWAYS.filter((name) => name !== 'counterparty') : ALWAYS;
  const fields = ORDER.map((name): FieldRow => {
    const { agreement, evidence } = picked
      ? agreementOfOther(name, detail, picked)
      : agreementOf(name, detail);
    const own = valuesOf(name, lines, true);
    const seen =
      own.length === 0 && FOUND_IN_TEXT.includes(name) ? distinct([evidence?.statementValue ?? '']) : [];
    return {
      name,
      statement: own.length > 0 ? own : seen,
      ledger: valuesOf(name, entries, false),
      fromText: seen.length > 0,
      agreement,
      evidence,
    };
  }).filter((field) => always.includes(field.name) || field.statement.length > 0 || field.ledger.length > 0);
  return { lines, entries, statementTotal, ledgerTotal, difference, fields, isOfJobs };
}
