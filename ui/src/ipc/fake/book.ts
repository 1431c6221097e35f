/** A workbook in memory. */

import type {
  AccountView,
  AlternativeView,
  AuditEventView,
  BatchReportView,
  BatchView,
  Counts,
  DecisionOutcome,
  DecisionView,
  EvidenceView,
  HandBalanceView,
  MappingView,
  MatchingConfigView,
  QueueCounts,
  QueueFilter,
  QueueRow,
  RecordView,
  ReviewDetail,
  RowState,
} from '../generated';
import { amountOf, centsOf, totalOf } from './cents';
import { findingOf, findingOfOpen } from './finding';
import { type GivenFile, hashOf } from './importing';
import {
  confidenceOf,
  decisiveOf,
  evidenceFor,
  matchAll,
  nearestTo,
  type Proposal,
  scoreOf,
} from './matching';
import { refusal } from './refuse';

/** A match and where it stands. */
export interface FakeMatch {
  id: string;
  state: Exclude<RowState, 'unmatchedLine' | 'unmatchedEntry'> | 'superseded';
  lines: RecordView[];
  entries: RecordView[];
  evidence: EvidenceView[];
  score: number;
  difference: number;
  cause: string;
  alternatives: AlternativeView[];
  decisions: DecisionView[];
  version: number;
}

/** An import with what was stored of it. */
export interface FakeBatch extends BatchView {
  given: GivenFile;
  ids: string[];
  report: BatchReportView;
}

/** A record that was deleted. */
export interface Deletion {
  record: RecordView;
  at: string;
  by: string;
  reason: string;
}

interface Undoable {
  words: string;
  matchId: string;
  takeBack: () => string | null;
}

const AUTO_SCORE = 15_500;
const RIVAL_GAP = 3_000;

/** All that is stored. */
export class FakeBook {
  lines: RecordView[] = [];
  entries: RecordView[] = [];
  deleted: Deletion[] = [];
  readonly accounts: AccountView[] = [];
  readonly batches: FakeBatch[] = [];
  readonly files = new Map<string, string>();
  readonly mappings = new Map<string, { header: string[]; mapping: MappingView }>();
  matches: FakeMatch[] = [];
  readonly events: AuditEventView[] = [];
  runs = 0;
  /** `null`: the defaults hold. */
  matching: MatchingConfigView | null = null;
  private readonly undoStack: Undoable[] = [];
  private readonly rejectedPairs = new Set<string>();
  private ids = 0;

  constructor(
    readonly path: string,
    readonly company: string,
    public user: string,
    readonly currency: string,
    public singleUser: boolean,
    public passphrase: string,
  ) {
    this.tell('workbook.created', 'workbook', { company });
  }

  newId = (): string => {
    this.ids += 1;
    return `0190a000-0000-7000-8000-${String(this.ids).padStart(12, '0')}`;
  };

  tell(action: string, subject: string, details: object, actor = this.user): void {
    const sequence = this.events.length + 1;
    const at = new Date().toISOString();
    const body = JSON.stringify(details);
    this.events.push({
      sequence,
      at,
      actor,
      action,
      subject,
      details: body,
      hash: hashOf(`${sequence}${at}${body}`),
    });
  }

  private inState(...states: FakeMatch['state'][]): FakeMatch[] {
    return this.matches.filter((match) => states.includes(match.state));
  }

  /** Records of a side that stand in no match of these states. */
  private free(side: 'lines' | 'entries', ...states: FakeMatch['state'][]): RecordView[] {
    const used = new Set(this.inState(...states).flatMap((match) => match[side].map((record) => record.id)));
    return this[side].filter((record) => !used.has(record.id));
  }

  openRecords(side: 'lines' | 'entries'): RecordView[] {
    return this.free(side, 'approved', 'autoApproved');
  }

  /** Approved matches that use any of these records. */
  approvedWith(ids: readonly string[]): number {
    return this.inState('approved', 'autoApproved').filter((match) =>
      [...match.lines, ...match.entries].some((record) => ids.includes(record.id)),
    ).length;
  }

  /** Takes records out, and the proposals that hold any of them. */
  takeOut(ids: readonly string[]): void {
    const stays = (record: RecordView) => !ids.includes(record.id);
    this.lines = this.lines.filter(stays);
    this.entries = this.entries.filter(stays);
    this.matches = this.matches.filter((match) => [...match.lines, ...match.entries].every(stays));
  }

  private unproposed(side: 'lines' | 'entries'): RecordView[] {
    return this.free(side, 'approved', 'autoApproved', 'suggested', 'ambiguous');
  }

  counts(): Counts {
    return {
      lines: this.lines.length,
      entries: this.entries.length,
      linesOpen: this.openRecords('lines').length,
      entriesOpen: this.openRecords('entries').length,
      toReview: this.runs === 0 ? 0 : this.queueCounts().toReview,
      approved: this.inState('approved', 'autoApproved').length,
      runs: this.runs,
    };
  }

  run(): { approved: number; suggested: number; ambiguous: number } {
    this.matches = this.matches.filter((match) => match.state !== 'suggested' && match.state !== 'ambiguous');
    const proposals = matchAll(this.openRecords('lines'), this.openRecords('entries'));
    const made = proposals
      .filter((proposal) => !this.rejectedPairs.has(pairKey(proposal.lines, proposal.entries)))
      .map((proposal) => this.proposed(proposal));
    this.matches.push(...made);
    this.runs += 1;
    const tally = (state: FakeMatch['state']) => made.filter((match) => match.state === state).length;
    this.tell('run.stored', `run ${this.runs}`, { matches: made.length }, 'system');
    return {
      approved: tally('autoApproved'),
      suggested: tally('suggested') + tally('ambiguous'),
      ambiguous: tally('ambiguous'),
    };
  }

  private proposed(proposal: Proposal): FakeMatch {
    const rival = proposal.alternatives[0];
    const close = rival !== undefined && proposal.score - rival.score < RIVAL_GAP;
    const auto = !close && proposal.difference === 0 && proposal.score >= AUTO_SCORE;
    const state = close ? 'ambiguous' : auto ? 'autoApproved' : 'suggested';
    const at = new Date().toISOString();
    const decisions = auto ? [{ verdict: 'approve', by: 'policy 1', at, reason: '' }] : [];
    return { ...proposal, id: this.newId(), state, decisions, version: 1 };
  }

  matchRow(match: FakeMatch): QueueRow {
    const [line] = match.lines;
    const [entry] = match.entries;
    return {
      id: match.id,
      state: match.state === 'superseded' ? 'rejected' : match.state,
      date: line?.date ?? null,
      title: entry?.counterparty || line?.counterparty || '',
      subtitle: match.entries.map((one) => one.number).join(', ') || line?.text || '',
      amount: amountOf(totalOf(match.lines.map((one) => one.amount))),
      difference: amountOf(match.difference),
      lines: match.lines.length,
      entries: match.entries.length,
      confidence: confidenceOf(match.score),
      cause: match.cause,
      alternatives: match.alternatives.length,
    };
  }

  private recordRow(record: RecordView, state: 'unmatchedLine' | 'unmatchedEntry'): QueueRow {
    const line = state === 'unmatchedLine';
    return {
      id: record.id,
      state,
      date: record.date,
      title: record.counterparty || record.text,
      subtitle: line ? record.text : `${record.number} ${record.text}`.trim(),
      amount: record.open,
      difference: null,
      lines: line ? 1 : 0,
      entries: line ? 0 : 1,
      confidence: null,
      cause: line ? 'missing_in_ledger' : 'missing_in_bank',
      alternatives: 0,
    };
  }

  rows(filter: QueueFilter): QueueRow[] {
    const matches = (...states: FakeMatch['state'][]) =>
      this.inState(...states).map((match) => this.matchRow(match));
    const records = (side: 'lines' | 'entries') =>
      this.runs === 0
        ? []
        : this.unproposed(side).map((record) =>
            this.recordRow(record, side === 'lines' ? 'unmatchedLine' : 'unmatchedEntry'),
          );
    switch (filter) {
      case 'toReview':
        return [...matches('ambiguous'), ...matches('suggested').sort(leastSureFirst), ...records('lines')];
      case 'suggested':
        return [...matches('ambiguous'), ...matches('suggested').sort(leastSureFirst)];
      case 'unmatchedLines':
        return records('lines');
      case 'unmatchedEntries':
        return records('entries');
      case 'approved':
        return matches('approved', 'autoApproved').reverse();
      case 'rejected':
        return matches('rejected');
    }
  }

  queueCounts(): QueueCounts {
    return {
      toReview: this.rows('toReview').length,
      suggested: this.rows('suggested').length,
      unmatchedLines: this.rows('unmatchedLines').length,
      unmatchedEntries: this.rows('unmatchedEntries').length,
      approved: this.rows('approved').length,
      rejected: this.rows('rejected').length,
    };
  }

  find(id: string): FakeMatch {
    const match = this.matches.find((one) => one.id === id);
    if (!match) {
      throw refusal('stale', 'This match is no longer there.');
    }
    return match;
  }

  matchDetail(id: string): ReviewDetail {
    const match = this.find(id);
    const rival = match.alternatives[0];
    const used = (record: RecordView) => ({ ...record, applied: record.open });
    return {
      row: this.matchRow(match),
      content: hashOf(`${match.id}.${match.version}`),
      lines: match.lines.map(used),
      entries: match.entries.map(used),
      adjustments: match.difference === 0 ? [] : [{ cause: match.cause, amount: amountOf(match.difference) }],
      evidence: match.evidence,
      score: match.score,
      runnerUpScore: rival?.score ?? null,
      runnerUp: rival?.entries.map((entry) => entry.number) ?? [],
      decisive: decisiveOf(match.evidence, rival?.score ?? 0),
      alternatives: match.alternatives,
      finding: findingOf(match),
      hint: '',
      decisions: [...match.decisions].reverse(),
    };
  }

  exceptionDetail(id: string): ReviewDetail {
    const line = this.unproposed('lines').find((record) => record.id === id);
    const entry = this.unproposed('entries').find((record) => record.id === id);
    const record = line ?? entry;
    if (!record) {
      throw refusal('stale', 'This record has a match by now.');
    }
    return {
      row: this.recordRow(record, line ? 'unmatchedLine' : 'unmatchedEntry'),
      content: '',
      lines: line ? [line] : [],
      entries: entry ? [entry] : [],
      adjustments: [],
      evidence: [],
      score: 0,
      runnerUpScore: null,
      runnerUp: [],
      decisive: [],
      alternatives: line ? nearestTo(line, this.unproposed('entries')) : [],
      finding: findingOfOpen(record, line !== undefined),
      hint: line ? 'nearest: no open ledger entry comes near.' : 'nearest: no statement line comes near.',
      decisions: [],
    };
  }

  outcome(matchId: string | null): DecisionOutcome {
    return { matchId, counts: this.queueCounts(), undoable: this.undoable() };
  }

  undoable(): string | null {
    return this.undoStack.at(-1)?.words ?? null;
  }

  private note(match: FakeMatch, verdict: string, reason: string): void {
    match.decisions.push({ verdict, by: this.user, at: new Date().toISOString(), reason });
    match.version += 1;
  }

  decide(id: string, verdict: 'approve' | 'reject', content: string, reason: string): DecisionOutcome {
    const match = this.find(id);
    if (
      content !== this.matchDetail(id).content ||
      (match.state !== 'suggested' && match.state !== 'ambiguous')
    ) {
      throw refusal('stale', 'This match changed since it was shown.');
    }
    this.settle(match, verdict, reason);
    return this.outcome(match.id);
  }

  private settle(match: FakeMatch, verdict: 'approve' | 'reject', reason: string): void {
    const before = match.state;
    const key = pairKey(match.lines, match.entries);
    match.state = verdict === 'approve' ? 'approved' : 'rejected';
    if (verdict === 'reject') {
      this.rejectedPairs.add(key);
    }
    this.note(match, verdict, reason);
    this.tell(verdict === 'approve' ? 'match.approved' : 'match.rejected', `match ${match.id}`, { reason });
    const words = `${verdict === 'approve' ? 'approval' : 'rejection'} of ${this.matchRow(match).title}`;
    this.undoStack.push({
      words,
      matchId: match.id,
      takeBack: () => {
        match.state = before;
        this.rejectedPairs.delete(key);
        return match.id;
      },
    });
  }

  handBalance(lineIds: string[], entryIds: string[]): HandBalanceView {
    const total = (side: 'lines' | 'entries', ids: string[]) =>
      totalOf(this.openRecords(side).flatMap((record) => (ids.includes(record.id) ? [record.open] : [])));
    const [statement, ledger] = [total('lines', lineIds), total('entries', entryIds)];
    return {
      statement: amountOf(statement),
      ledger: amountOf(ledger),
      difference: amountOf(statement - ledger),
    };
  }

  byHand(lineIds: string[], entryIds: string[], cause: string | null, reason: string): DecisionOutcome {
    const pick = (side: 'lines' | 'entries', ids: string[]) =>
      this.openRecords(side).filter((record) => ids.includes(record.id));
    const [lines, entries] = [pick('lines', lineIds), pick('entries', entryIds)];
    if (lines.length !== lineIds.length || entries.length !== entryIds.length) {
      throw refusal('stale', 'One of the records was matched meanwhile.');
    }
    const difference = totalOf(lines.map((line) => line.open)) - totalOf(entries.map((entry) => entry.open));
    if (lines.length === 0 || entries.length === 0 || (difference !== 0 && cause === null)) {
      throw refusal(
        'invalid',
        `Statement and ledger differ by ${amountOf(difference).value} EUR, and no cause says why.`,
      );
    }
    const replaced = this.inState('suggested', 'ambiguous').filter((match) =>
      [...match.lines, ...match.entries].some(
        (record) => lineIds.includes(record.id) || entryIds.includes(record.id),
      ),
    );
    const states = replaced.map((match) => match.state);
    for (const match of replaced) {
      match.state = 'superseded';
    }
    const [line] = lines;
    const [entry] = entries;
    const evidence = line && entry ? evidenceFor(line, entry) : [];
    const made: FakeMatch = {
      id: this.newId(),
      state: 'approved',
      lines,
      entries,
      evidence,
      score: scoreOf(evidence),
      difference,
      cause: cause ?? 'none',
      alternatives: [],
      decisions: [],
      version: 1,
    };
    this.matches.push(made);
    this.note(made, 'override', reason);
    this.tell('match.made', `match ${made.id}`, { lines: lineIds, entries: entryIds, cause, reason });
    this.undoStack.push({
      words: `match by hand of ${this.matchRow(made).title}`,
      matchId: made.id,
      takeBack: () => {
        made.state = 'superseded';
        for (const [index, match] of replaced.entries()) {
          match.state = states[index] ?? 'suggested';
        }
        return replaced[0]?.id ?? null;
      },
    });
    return this.outcome(made.id);
  }

  undo(): DecisionOutcome {
    const last = this.undoStack.pop();
    if (!last) {
      throw refusal('invalid', 'There is nothing to undo.');
    }
    const standing = last.takeBack();
    this.note(this.find(last.matchId), 'undo', '');
    this.tell('decision.undone', `match ${last.matchId}`, {});
    return this.outcome(standing);
  }

  undoDecision(id: string): DecisionOutcome {
    const at = this.undoStack.findIndex((entry) => entry.matchId === id);
    const [undoable] = at < 0 ? [] : this.undoStack.splice(at, 1);
    const match = this.find(id);
    const standing = undoable ? undoable.takeBack() : id;
    if (!undoable) {
      match.state = 'suggested';
    }
    this.note(match, 'undo', '');
    this.tell('decision.undone', `match ${id}`, {});
    return this.outcome(standing);
  }

  above(confidence: string): FakeMatch[] {
    return this.inState('suggested').filter(
      (match) => Number(confidenceOf(match.score)) >= Number(confidence),
    );
  }

  approveAll(matches: FakeMatch[]): void {
    for (const match of matches) {
      this.settle(match, 'approve', '');
    }
  }

  adjustments(): number {
    return this.inState('approved', 'autoApproved').reduce((total, match) => total + match.difference, 0);
  }
}

function leastSureFirst(left: QueueRow, right: QueueRow): number {
  return Number(left.confidence) - Number(right.confidence);
}

function pairKey(lines: readonly RecordView[], entries: readonly RecordView[]): string {
  return [...lines, ...entries].map((record) => record.id).join();
}

/** Whether a record contains the text, for searches. */
export function contains(parts: readonly string[], search: string): boolean {
  return parts.join(' ').toLowerCase().includes(search.toLowerCase());
}

/** Sorts records by how near their amount is. */
export function byNearness(near: string | null): (left: RecordView, right: RecordView) => number {
  const target = near === null ? 0 : centsOf({ value: near, currency: '' });
  const distance = (record: RecordView) => Math.abs(centsOf(record.open) - target);
  return (left, right) => (near === null ? 0 : distance(left) - distance(right));
}
