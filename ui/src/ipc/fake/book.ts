/** A workbook in memory. */

import type {
  AccountView,
  ActView,
  AdjustmentView,
  AlternativeView,
  AuditEventView,
  BatchReportView,
  BatchView,
  Counts,
  DecisionOutcome,
  DecisionView,
  EvidenceView,
  MappingView,
  MatchingConfigView,
  QueueCounts,
  QueueFilter,
  QueueRow,
  RecordView,
  ReviewDetail,
  RowState,
} from '../generated';
import { FakeActs, type Turn } from './acts';
import { amountOf, centsOf, totalOf } from './cents';
import { FakeDecisions } from './deciding';
import { findingOf, findingOfOpen } from './finding';
import { type GivenFile, hashOf } from './importing';
import { FakeMarks } from './marks';
import { confidenceOf, decisiveOf, matchAll, nearestTo, type Proposal } from './matching';
import { refusal } from './refuse';
import { saidWith } from './said';

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
  /** Of matches by hand: cents used of each record, by its identifier; of all others everything that was open. */
  applied?: ReadonlyMap<string, number>;
  adjustments?: AdjustmentView[];
  /** The act that decided it, and how that is turned. */
  decidedBy?: string;
  turn?: Turn;
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
  readonly rejectedPairs = new Set<string>();
  private ids = 0;
  readonly marks = new FakeMarks();
  readonly acts = new FakeActs(() => this.newId());
  readonly decisions = new FakeDecisions(this);

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
      machine: actor === 'system' ? '' : 'ledger-pc 3f9c01ab',
      action,
      subject,
      details: body,
      hash: hashOf(`${sequence}${at}${body}`),
    });
  }

  inState(...states: FakeMatch['state'][]): FakeMatch[] {
    return this.matches.filter((match) => states.includes(match.state));
  }

  /** Records of a side that stand in no match of these states. */
  private free(side: 'lines' | 'entries', ...states: FakeMatch['state'][]): RecordView[] {
    const used = new Set(this.inState(...states).flatMap((match) => match[side].map((record) => record.id)));
    return this[side].filter((record) => !used.has(record.id));
  }

  /** Records of which something is open, with how much. */
  openRecords(side: 'lines' | 'entries'): RecordView[] {
    const used = new Map<string, number>();
    for (const match of this.inState('approved', 'autoApproved')) {
      for (const record of match[side]) {
        used.set(record.id, (used.get(record.id) ?? 0) + appliedOf(match, record));
      }
    }
    return this[side]
      .map((record) => {
        const cents = centsOf(record.open) - (used.get(record.id) ?? 0);
        return used.has(record.id) ? { ...record, open: amountOf(cents, record.open.currency) } : record;
      })
      .filter((record) => centsOf(record.open) !== 0 || !used.has(record.id));
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
    const free = new Set(this.free(side, 'suggested', 'ambiguous').map((record) => record.id));
    return this.openRecords(side).filter((record) => free.has(record.id));
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
    const by = 'policy auto-approve 1';
    const policy = { code: 'decision.settings', values: {}, english: by };
    const decisions = auto ? [{ verdict: 'approve', by, at, reason: '', policy, policyReason: null }] : [];
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
      amount: amountOf(match.applied ? appliedTotal(match) : totalOf(match.lines.map((one) => one.amount))),
      difference: amountOf(match.difference),
      lines: match.lines.length,
      entries: match.entries.length,
      confidence: confidenceOf(match.score),
      cause: match.cause,
      alternatives: match.alternatives.length,
      ...this.marks.noted(match.id),
    };
  }

  recordRow(
    record: RecordView,
    state: 'unmatchedLine' | 'unmatchedEntry' = record.side === 'statement'
      ? 'unmatchedLine'
      : 'unmatchedEntry',
  ): QueueRow {
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
      ...this.marks.noted(record.id),
    };
  }

  rows(filter: QueueFilter): QueueRow[] {
    const decided = filter === 'approved' || filter === 'rejected';
    const snoozed = filter === 'snoozed';
    const rows = snoozed
      ? [...this.allRows('toReview'), ...this.allRows('unmatchedEntries')]
      : this.allRows(filter);
    return rows.filter((row) => decided || this.marks.isSnoozed(row.id) === snoozed);
  }

  private allRows(filter: Exclude<QueueFilter, 'snoozed'>): QueueRow[] {
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
      snoozed: this.rows('snoozed').length,
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
    const used = (record: RecordView) => ({ ...record, applied: amountOf(appliedOf(match, record)) });
    const found = { cause: match.cause, amount: amountOf(match.difference), account: null, text: '' };
    return {
      row: this.matchRow(match),
      content: hashOf(`${match.id}.${match.version}`),
      lines: match.lines.map(used),
      entries: match.entries.map(used),
      adjustments: match.adjustments ?? (match.difference === 0 ? [] : [found]),
      evidence: match.evidence,
      score: match.score,
      runnerUpScore: rival?.score ?? null,
      runnerUp: rival?.entries.map((entry) => entry.number) ?? [],
      decisive: decisiveOf(match.evidence, rival?.score ?? 0),
      alternatives: match.alternatives,
      finding: findingOf(match),
      hint: null,
      decisions: [...match.decisions].reverse(),
      notes: this.marks.on(id),
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
      hint: saidWith(
        line ? 'nearest.little' : 'nearest.taken',
        line ? 'too little evidence' : 'taken by a better match',
      ),
      decisions: [],
      notes: this.marks.on(id),
    };
  }

  outcome(matchId: string | null): DecisionOutcome {
    return { matchId, counts: this.queueCounts(), ...this.turnable(), detail: null };
  }

  /** After something was taken back or done again: with the match to be shown. */
  turned(outcome: DecisionOutcome): DecisionOutcome {
    const { matchId } = outcome;
    return { ...outcome, detail: matchId === null ? null : this.matchDetail(matchId) };
  }

  /** What would be taken back and done again next. */
  turnable(): { undoable: ActView | null; redoable: ActView | null } {
    return { undoable: this.acts.undoable(), redoable: this.acts.redoable() };
  }

  /** The row of anything. */
  rowOf(id: string): QueueRow {
    const match = this.matches.find((one) => one.id === id);
    return match ? this.matchRow(match) : this.exceptionDetail(id).row;
  }

  /** The hash of a match as it is now; `null` for a record. */
  contentOf(id: string): string | null {
    const match = this.matches.find((one) => one.id === id);
    return match ? hashOf(`${match.id}.${match.version}`) : null;
  }

  /** Does something to these rows, to be taken back and done again. */
  act(kind: string, rows: readonly QueueRow[], turn: Turn, holds?: (id: string) => boolean): DecisionOutcome {
    const about = {
      title: rows.length === 1 ? (rows[0]?.title ?? '') : '',
      items: rows.length,
      amount: amountOf(totalOf(rows.map((row) => row.amount))),
      by: this.user,
    };
    return this.outcome(this.acts.add(kind, about, turn, holds).matchId);
  }

  undo(expected: string | null): DecisionOutcome {
    const { id, matchId } = this.acts.undo(expected);
    this.tell('act.undone', `act ${id}`, {});
    return this.turned(this.outcome(matchId));
  }

  redo(expected: string | null): DecisionOutcome {
    const { id, matchId } = this.acts.redo(expected);
    this.tell('act.redone', `act ${id}`, {});
    return this.turned(this.outcome(matchId));
  }

  adjustments(): number {
    return this.inState('approved', 'autoApproved').reduce((total, match) => total + match.difference, 0);
  }
}

function leastSureFirst(left: QueueRow, right: QueueRow): number {
  return Number(left.confidence) - Number(right.confidence);
}

function appliedOf(match: FakeMatch, record: RecordView): number {
  return match.applied?.get(record.id) ?? centsOf(record.open);
}

function appliedTotal(match: FakeMatch): number {
  const side = match.lines.length > 0 ? match.lines : match.entries;
  return side.reduce((total, record) => total + appliedOf(match, record), 0);
}

export function pairKey(lines: readonly RecordView[], entries: readonly RecordView[]): string {
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
