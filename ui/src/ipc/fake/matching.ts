/** A stand-in for the engine: references in the text, amounts, names, dates; a rival where two are equally good. */

import type { AlternativeView, EvidenceView, RecordView } from '../generated';
import { amountOf, centsOf, totalOf } from './cents';

/** A proposal. */
export interface Proposal {
  lines: RecordView[];
  entries: RecordView[];
  evidence: EvidenceView[];
  score: number;
  difference: number;
  cause: string;
  alternatives: AlternativeView[];
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replace(/[^a-z0-9]/g, '');
}

function namesAgree(line: RecordView, entry: RecordView): EvidenceView['agreement'] {
  const [left, right] = [plain(line.counterparty), plain(entry.counterparty)];
  if (left === '' || right === '') {
    return 'missing';
  }
  return left === right
    ? 'exact'
    : left.slice(0, 6) === right.slice(0, 6) || right.includes(left.slice(-6))
      ? 'near'
      : 'differs';
}

function daysApart(line: RecordView, entry: RecordView): number {
  return Math.round((Date.parse(line.date ?? '') - Date.parse(entry.date ?? '')) / 86_400_000);
}

function piece(
  kind: string,
  agreement: string,
  weight: number,
  statement: string,
  ledger: string,
  difference: number | null,
): EvidenceView {
  return { kind, agreement, weight, statementValue: statement, ledgerValue: ledger, difference };
}

function referenceOf(line: RecordView, entry: RecordView): EvidenceView {
  const exact = line.text.includes(entry.number);
  const near = !exact && line.text.includes(entry.number.slice(0, -2)) && entry.number.length > 6;
  const found = /RE-\d{4}-\d+/.exec(line.text)?.[0] ?? '';
  const agreement = exact ? 'exact' : near ? 'near' : found ? 'differs' : 'missing';
  const weight = { exact: 12_412, near: 5_118, differs: -3_950, missing: 0 }[agreement];
  return piece('reference', agreement, weight, found, entry.number, near ? 1 : null);
}

/** Everything that speaks for and against a pair. */
export function evidenceFor(line: RecordView, entry: RecordView): EvidenceView[] {
  const difference = centsOf(line.amount) - centsOf(entry.open);
  const share = Math.abs(difference) / Math.max(1, Math.abs(centsOf(entry.open)));
  const amount = difference === 0 ? 'exact' : share < 0.03 ? 'near' : 'differs';
  const name = namesAgree(line, entry);
  const days = daysApart(line, entry);
  const evidence = [
    piece('prior', 'exact', -9_966, '', '', null),
    piece(
      'amount',
      amount,
      { exact: 8_640, near: 2_205, differs: -4_310 }[amount],
      line.amount.value,
      entry.open.value,
      difference,
    ),
    piece(
      'date',
      days === 0 ? 'exact' : days < 45 ? 'near' : 'differs',
      days < 0 ? -5_000 : 1_980 - days * 52,
      line.date ?? '',
      entry.date ?? '',
      days,
    ),
    referenceOf(line, entry),
    piece(
      'counterparty',
      name,
      { exact: 5_225, near: 3_470, differs: -4_120, missing: 0 }[name] ?? 0,
      line.counterparty,
      entry.counterparty,
      null,
    ),
  ];
  if (entry.counterpartyCode !== '' && line.text.includes(entry.counterpartyCode)) {
    evidence.push(piece('code', 'exact', 4_105, entry.counterpartyCode, entry.counterpartyCode, null));
  }
  return evidence;
}

/** Sum of the weights. */
export function scoreOf(evidence: readonly EvidenceView[]): number {
  return evidence.reduce((total, part) => total + part.weight, 0);
}

/** The kinds without each of which another answer, or none, would be as good. */
export function decisiveOf(evidence: readonly EvidenceView[], runnerUpScore: number): string[] {
  const gap = scoreOf(evidence) - runnerUpScore;
  return evidence
    .filter((part) => part.kind !== 'prior' && part.weight > 0 && part.weight >= gap)
    .map((part) => part.kind);
}

/** The score as a probability in percent, one decimal. */
export function confidenceOf(score: number): string {
  const percent = 100 / (1 + 2 ** (-score / 1000));
  return (Math.floor(Math.min(percent, 99.9) * 10) / 10).toFixed(1);
}

function alternativeFor(line: RecordView, entry: RecordView): AlternativeView {
  const evidence = evidenceFor(line, entry);
  const kinds = (words: readonly string[]) =>
    evidence
      .filter((part) => part.kind !== 'prior' && words.includes(part.agreement))
      .map((part) => part.kind);
  return {
    entries: [entry],
    score: scoreOf(evidence),
    difference: amountOf(centsOf(line.amount) - centsOf(entry.open)),
    agrees: kinds(['exact']),
    differs: kinds(['differs', 'near']),
  };
}

function causeOf(line: RecordView, difference: number, score: EvidenceView[]): string {
  if (difference === 0) {
    return score.some((part) => part.kind === 'reference' && part.agreement === 'near')
      ? 'reference_error'
      : 'none';
  }
  if (/skonto|discount/i.test(line.text)) {
    return 'discount';
  }
  return Math.abs(difference) <= 500 ? 'fee' : difference < 0 ? 'partial_payment' : 'overpayment';
}

function group(line: RecordView, entries: RecordView[]): Proposal {
  const [first] = entries;
  const evidence = [
    piece('prior', 'exact', -9_966, '', '', null),
    piece('reference', 'exact', 12_412, '', entries.map((entry) => entry.number).join(', '), null),
    piece('group', 'exact', 9_870, '', '', null),
    ...(first
      ? evidenceFor(line, first).filter((part) => part.kind === 'counterparty' || part.kind === 'date')
      : []),
  ];
  return {
    lines: [line],
    entries,
    evidence,
    score: scoreOf(evidence),
    difference: 0,
    cause: 'none',
    alternatives: [],
  };
}

const SCORE_LEAST = 1_000;

function propose(line: RecordView, open: RecordView[]): Proposal | null {
  const named = open.filter((entry) => line.text.includes(entry.number));
  if (named.length > 1 && totalOf(named.map((entry) => entry.open)) === centsOf(line.amount)) {
    return group(line, named);
  }
  const ranked = open
    .filter((entry) => centsOf(entry.open) > 0 === centsOf(line.amount) > 0)
    .map((entry) => ({ entry, evidence: evidenceFor(line, entry) }))
    .sort((left, right) => scoreOf(right.evidence) - scoreOf(left.evidence));
  const [best, ...others] = ranked;
  if (!best || scoreOf(best.evidence) < SCORE_LEAST) {
    return null;
  }
  const { entry, evidence } = best;
  const difference = centsOf(line.amount) - centsOf(entry.open);
  const alternatives = others
    .slice(0, 4)
    .map((other) => alternativeFor(line, other.entry))
    .filter((other) => other.score > -6_500);
  const score = scoreOf(evidence);
  return {
    lines: [line],
    entries: [entry],
    evidence,
    score,
    difference,
    cause: causeOf(line, difference, evidence),
    alternatives,
  };
}

/** Matches open lines with open entries, best first; each record is used once. */
export function matchAll(lines: readonly RecordView[], entries: readonly RecordView[]): Proposal[] {
  const left = new Map(entries.map((entry) => [entry.id, entry]));
  const proposals: Proposal[] = [];
  const byClarity = [...lines].sort((a, b) => Number(/RE-/.test(b.text)) - Number(/RE-/.test(a.text)));
  for (const line of byClarity) {
    const proposal = propose(line, [...left.values()]);
    if (proposal) {
      proposals.push(proposal);
      for (const entry of proposal.entries) {
        left.delete(entry.id);
      }
    }
  }
  return proposals;
}

/** Nearest entries for a line that has no match. */
export function nearestTo(line: RecordView, entries: readonly RecordView[]): AlternativeView[] {
  return entries
    .filter((entry) => centsOf(entry.open) > 0 === centsOf(line.amount) > 0)
    .map((entry) => alternativeFor(line, entry))
    .sort((left, right) => right.score - left.score)
    .slice(0, 3)
    .filter((alternative) => alternative.score > -6_000);
}
