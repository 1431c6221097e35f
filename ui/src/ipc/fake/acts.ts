/** What was done in the workbook in memory, to be taken back and done again. */

import type { ActsView, ActView, Amount } from '../generated';
import { refusal } from './refuse';

/** How something done is taken back and done again; each answers the match that then stands. */
export interface Turn {
  undo: () => string | null;
  redo: () => string | null;
}

interface Done {
  view: ActView;
  turn: Turn;
  /** Whether something of it is left to take back. */
  holds: () => boolean;
}

function refuseUnless(expected: string | null, act: Done): void {
  if (expected !== null && act.view.id !== expected) {
    throw refusal('stale', 'Something else was done meanwhile: nothing was changed.');
  }
}

/** Acts, oldest first, and those that were taken back last. */
export class FakeActs {
  private readonly done: Done[] = [];
  private undone: Done[] = [];

  constructor(private readonly newId: () => string) {}

  /** Does something. `holds` is told the act's identifier. */
  add(
    kind: string,
    about: { title: string; items: number; amount: Amount | null; by: string },
    turn: Turn,
    holds: (id: string) => boolean = () => true,
  ): { id: string; matchId: string | null } {
    const id = this.newId();
    const view = { id, kind, ...about, at: new Date().toISOString(), standing: true };
    this.done.push({ view, turn, holds: () => holds(id) });
    this.undone = [];
    return { id, matchId: turn.redo() };
  }

  private next(): Done | undefined {
    return this.done.findLast((act) => act.view.standing && act.holds());
  }

  undoable(): ActView | null {
    return this.next()?.view ?? null;
  }

  redoable(): ActView | null {
    return this.undone.at(-1)?.view ?? null;
  }

  undo(expected: string | null): { id: string; matchId: string | null } {
    const act = this.next();
    if (!act) {
      throw refusal('invalid', 'There is nothing to undo.');
    }
    refuseUnless(expected, act);
    act.view.standing = false;
    this.undone.push(act);
    return { id: act.view.id, matchId: act.turn.undo() };
  }

  redo(expected: string | null): { id: string; matchId: string | null } {
    const act = this.undone.at(-1);
    if (!act) {
      throw refusal('invalid', 'There is nothing to do again.');
    }
    refuseUnless(expected, act);
    this.undone.pop();
    act.view.standing = true;
    return { id: act.view.id, matchId: act.turn.redo() };
  }

  page(offset: number, limit: number): ActsView {
    const newest = this.done.map((act) => act.view).reverse();
    return { rows: newest.slice(offset, offset + limit), total: newest.length };
  }
}
