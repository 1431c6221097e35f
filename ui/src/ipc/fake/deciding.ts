/** Decisions on matches of the workbook in memory: each an act that is taken back and done again. */

import type { DecisionOutcome, HandGroupRequest, RecordView, SeenMatch } from '../generated';
import type { Turn } from './acts';
import { type FakeBook, type FakeMatch, pairKey } from './book';
import { totalOf } from './cents';
import { groupsOf } from './hand';
import { confidenceOf, evidenceFor, scoreOf } from './matching';
import { refusal } from './refuse';

export class FakeDecisions {
  constructor(private readonly book: FakeBook) {}

  note(match: FakeMatch, verdict: string, reason: string): void {
    const at = new Date().toISOString();
    match.decisions.push({ verdict, by: this.book.user, at, reason, policy: null, policyReason: null });
    match.version += 1;
  }

  decide(id: string, verdict: 'approve' | 'reject', content: string, reason: string): DecisionOutcome {
    return this.decideMany([{ id, content }], verdict, reason);
  }

  decideMany(seen: readonly SeenMatch[], verdict: 'approve' | 'reject', reason: string): DecisionOutcome {
    const matches = seen.map(({ id, content }) => {
      const match = this.book.find(id);
      if (
        content !== this.book.contentOf(id) ||
        (match.state !== 'suggested' && match.state !== 'ambiguous')
      ) {
        throw refusal('stale', 'This match changed since it was shown.');
      }
      return match;
    });
    return this.settle(matches, verdict, reason);
  }

  private settle(matches: FakeMatch[], verdict: 'approve' | 'reject', reason: string): DecisionOutcome {
    const several = matches.length > 1;
    const action = `${several ? 'matches' : 'match'}.${verdict === 'approve' ? 'approved' : 'rejected'}`;
    this.book.tell(action, `match ${matches.map((match) => match.id).join(', ')}`, { reason });
    return this.decided(
      verdict,
      matches,
      matches.map((match) => this.turnOf(match, verdict, reason)),
    );
  }

  private turnOf(match: FakeMatch, verdict: 'approve' | 'reject', reason: string): Turn {
    const before = match.state;
    const key = pairKey(match.lines, match.entries);
    return {
      redo: () => {
        match.state = verdict === 'approve' ? 'approved' : 'rejected';
        if (verdict === 'reject') {
          this.book.rejectedPairs.add(key);
        }
        this.note(match, verdict, reason);
        return match.id;
      },
      undo: () => {
        match.state = before;
        this.book.rejectedPairs.delete(key);
        this.note(match, 'undo', '');
        return match.id;
      },
    };
  }

  /** An act that decided matches: taken back, those fall that no later act has taken back. */
  private decided(kind: string, matches: FakeMatch[], turns: Turn[]): DecisionOutcome {
    let act = '';
    const turnAll = (way: 'redo' | 'undo') => (): string | null => {
      let standing: string | null = null;
      for (const [index, match] of matches.entries()) {
        if (way === 'redo' || match.decidedBy === act) {
          const answer = turns[index]?.[way]() ?? null;
          standing ??= answer;
          match.decidedBy = way === 'redo' ? act : '';
        }
      }
      return standing;
    };
    const holds = (id: string) => {
      act = id;
      return matches.some((match) => match.decidedBy === id);
    };
    for (const [index, match] of matches.entries()) {
      const turn = turns[index];
      if (turn) {
        match.turn = turn;
      }
    }
    const rows = matches.map((match) => this.book.matchRow(match));
    const outcome = this.book.act(kind, rows, { redo: turnAll('redo'), undo: turnAll('undo') }, holds);
    act = this.book.acts.page(0, 1).rows[0]?.id ?? '';
    for (const match of matches) {
      match.decidedBy = act;
    }
    return { ...outcome, ...this.book.turnable() };
  }

  byHand(asked: readonly HandGroupRequest[], reason: string): DecisionOutcome {
    const made = groupsOf(this.book, asked).map((group): FakeMatch => {
      const used = [...group.lines, ...group.entries].filter(({ cents }) => cents !== 0);
      const only = (records: { record: RecordView; cents: number }[]) =>
        records.filter(({ cents }) => cents !== 0).map(({ record }) => record);
      const [lines, entries] = [only(group.lines), only(group.entries)];
      const [line] = lines;
      const [entry] = entries;
      const evidence = line && entry ? evidenceFor(line, entry) : [];
      return {
        id: this.book.newId(),
        state: 'superseded',
        lines,
        entries,
        evidence,
        score: scoreOf(evidence),
        difference: totalOf(group.adjustments.map(({ amount }) => amount)),
        cause: group.adjustments[0]?.cause ?? 'none',
        alternatives: [],
        decisions: [],
        version: 1,
        applied: new Map(used.map(({ record, cents }) => [record.id, cents])),
        adjustments: group.adjustments,
      };
    });
    const ids = made.flatMap((match) => [...match.lines, ...match.entries].map((record) => record.id));
    const replaced = this.book
      .inState('suggested', 'ambiguous')
      .filter((match) => [...match.lines, ...match.entries].some((record) => ids.includes(record.id)));
    const states = replaced.map((match) => match.state);
    this.book.matches.push(...made);
    this.book.tell('match.made', `match ${made.map(({ id }) => id).join(', ')}`, { records: ids, reason });
    const turns = made.map(
      (match, index): Turn => ({
        redo: () => {
          match.state = 'approved';
          this.note(match, 'override', reason);
          for (const other of index === 0 ? replaced : []) {
            other.state = 'superseded';
          }
          return match.id;
        },
        undo: () => {
          match.state = 'superseded';
          this.note(match, 'undo', '');
          for (const [at, other] of index === 0 ? replaced.entries() : []) {
            other.state = states[at] ?? 'suggested';
          }
          return replaced[0]?.id ?? null;
        },
      }),
    );
    const posted = made.some(({ adjustments }) => adjustments?.some(({ account }) => account !== null));
    return this.decided(made.length > 1 ? 'split' : posted ? 'write_off' : 'match', made, turns);
  }

  undoDecision(id: string): DecisionOutcome {
    const match = this.book.find(id);
    const by = match.decidedBy ?? '';
    const together =
      by === '' ? [match] : this.book.matches.filter((one) => one.applied && one.decidedBy === by);
    const taken = together.length > 0 ? together : [match];
    const state = match.state;
    const own = (one: FakeMatch): Turn =>
      one.turn ?? {
        redo: () => {
          one.state = state;
          this.note(one, 'approve', '');
          return one.id;
        },
        undo: () => {
          one.state = 'suggested';
          this.note(one, 'undo', '');
          return one.id;
        },
      };
    const turnAll = (way: 'redo' | 'undo', after: string) => () => {
      const answers = taken.map((one) => {
        const answer = own(one)[way]();
        one.decidedBy = after;
        return answer;
      });
      return answers[0] ?? null;
    };
    this.book.tell('act.undone', `match ${id}`, {});
    return this.book.act('take_back', [this.book.matchRow(match)], {
      redo: turnAll('undo', ''),
      undo: turnAll('redo', by),
    });
  }

  above(confidence: string): FakeMatch[] {
    return this.book
      .inState('suggested')
      .filter((match) => Number(confidenceOf(match.score)) >= Number(confidence));
  }

  approveAll(matches: FakeMatch[]): void {
    this.settle(matches, 'approve', '');
  }
}
