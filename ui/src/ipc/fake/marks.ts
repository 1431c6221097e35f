/** What is noted on records and matches of the workbook in memory. */

import type {
  DecisionOutcome,
  DueView,
  MarkView,
  NoteContentView,
  NoteView,
  QueueRow,
  SelectedSideView,
  SelectionView,
} from '../generated';
import { amountOf, totalOf } from './cents';
import { hashOf } from './importing';
import { refusal } from './refuse';

/** A day as the host writes it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

type Stored = NoteContentView | { kind: 'none'; of: NoteContentView['kind'] };

/** Of a row on which nobody noted anything. */
export const NOTHING_NOTED = {
  owner: null as string | null,
  snoozedUntil: null as string | null,
  expectedOn: null as string | null,
  overdue: false,
  comments: 0,
  evidence: 0,
};

interface Mark {
  ids: readonly string[];
  content: Stored;
  by: string;
  at: string;
  standing: boolean;
}

/** Marks, oldest first. */
export class FakeMarks {
  private readonly marks: Mark[] = [];

  add(ids: readonly string[], content: Stored, by: string) {
    const mark = { ids, content, by, at: new Date().toISOString(), standing: false };
    this.marks.push(mark);
    const stand = (standing: boolean) => () => {
      mark.standing = standing;
      return ids[0] ?? null;
    };
    return { redo: stand(true), undo: stand(false) };
  }

  /** Notes that hold, newest first: of owner, snooze and timing the last word only. */
  on(id: string): NoteView[] {
    const said = new Set<string>();
    const notes: NoteView[] = [];
    for (const { content, by, at } of [...this.marks]
      .reverse()
      .filter((m) => m.standing && m.ids.includes(id))) {
      const kind = content.kind === 'none' ? content.of : content.kind;
      const every = kind === 'comment' || kind === 'evidence';
      const over = content.kind === 'snooze' && content.until <= today();
      if ((every || !said.has(kind)) && content.kind !== 'none' && !over) {
        notes.push({ content, by, at });
      }
      said.add(kind);
    }
    return notes;
  }

  owner(id: string): string | null {
    const note = this.on(id).find(({ content }) => content.kind === 'owner');
    return note?.content.kind === 'owner' ? note.content.owner : null;
  }

  /** What lists show of it in short. */
  noted(id: string): Pick<QueueRow, keyof typeof NOTHING_NOTED> {
    const noted = { ...NOTHING_NOTED };
    for (const { content } of this.on(id)) {
      switch (content.kind) {
        case 'owner':
          noted.owner = content.owner;
          break;
        case 'snooze':
          noted.snoozedUntil = content.until;
          break;
        case 'timing':
          noted.expectedOn = content.by;
          noted.overdue = content.by < today();
          break;
        case 'comment':
          noted.comments += 1;
          break;
        case 'evidence':
          noted.evidence += 1;
          break;
      }
    }
    return noted;
  }

  /** Whether a day that was noted has come: back from snooze, or past the day it was expected on. */
  isDue(id: string, due: DueView): boolean {
    const kind = due === 'snoozed' ? 'snooze' : 'timing';
    const said = this.marks.findLast(
      ({ content, ids, standing }) =>
        standing && ids.includes(id) && (content.kind === 'none' ? content.of : content.kind) === kind,
    )?.content;
    return said?.kind === 'snooze' ? said.until <= today() : said?.kind === 'timing' && said.by < today();
  }

  isSnoozed(id: string): boolean {
    return this.on(id).some(
      ({ content }) => content.kind === 'snooze' || (content.kind === 'timing' && content.by > today()),
    );
  }
}

interface Markable {
  marks: FakeMarks;
  user: string;
  rowOf(id: string): QueueRow;
  contentOf(id: string): string | null;
  act(kind: string, rows: readonly QueueRow[], turn: ReturnType<FakeMarks['add']>): DecisionOutcome;
  tell(action: string, subject: string, details: object): void;
}

const KIND_OF = { owner: 'assign', snooze: 'snooze', timing: 'timing', comment: 'comment' } as const;
const MOST = 10_000;

function coming(day: string): string {
  if (day <= today()) {
    throw refusal('invalid', `${day} is not to come: choose a day after today`);
  }
  return day;
}

function stored(mark: MarkView): Stored {
  switch (mark.kind) {
    case 'owner':
      return mark.owner ? { kind: 'owner', owner: mark.owner } : { kind: 'none', of: 'owner' };
    case 'snooze':
      return mark.until ? { kind: 'snooze', until: coming(mark.until) } : { kind: 'none', of: 'snooze' };
    case 'timing':
      return mark.by
        ? { kind: 'timing', by: coming(mark.by), reason: mark.reason.trim() }
        : { kind: 'none', of: 'timing' };
    case 'comment':
      if (mark.text.trim() === '') {
        throw refusal('invalid', 'the comment is empty: write what there is to say');
      }
      return { kind: 'comment', text: mark.text.trim() };
  }
}

export function mark(book: Markable, ids: readonly string[], wanted: MarkView): DecisionOutcome {
  const rows = [...new Set(ids)].map((id) => book.rowOf(id));
  for (const row of rows) {
    if (wanted.kind === 'timing' && row.confidence !== null) {
      throw refusal(
        'invalid',
        'only a record without a match is a difference in time: approve or reject the match instead',
      );
    }
    if (wanted.kind !== 'comment' && /pproved|rejected/.test(row.state)) {
      throw refusal('invalid', `the match of ${row.title} is decided already: take the decision back first`);
    }
  }
  const turn = book.marks.add(ids, stored(wanted), book.user);
  book.tell(`marked.${wanted.kind}`, ids.join(', '), wanted);
  return book.act(KIND_OF[wanted.kind], rows, turn);
}

export function attach(book: Markable, ids: readonly string[], path: string): DecisionOutcome {
  const name = path.split(/[/\\]/).at(-1) ?? path;
  const rows = ids.map((id) => book.rowOf(id));
  const turn = book.marks.add(
    ids,
    { kind: 'evidence', name, hash: hashOf(path), bytes: 20_480 + path.length },
    book.user,
  );
  book.tell('marked.evidence', ids.join(', '), { name });
  return book.act('evidence', rows, turn);
}

function sidesOf(rows: readonly QueueRow[]): SelectedSideView[] {
  const states = { statement: 'unmatchedLine', ledger: 'unmatchedEntry' } as const;
  return (['statement', 'ledger'] as const).flatMap((side) => {
    const own = rows.filter((row) => row.state === states[side]);
    const totals = [amountOf(totalOf(own.map((row) => row.amount)))];
    return own.length > 0 ? [{ side, ids: own.map((row) => row.id), totals }] : [];
  });
}

export function selection(book: Markable, ids: readonly string[]): SelectionView {
  if (ids.length > MOST) {
    throw refusal(
      'invalid',
      `${ids.length} records and matches were chosen, and at most ${MOST} are marked at once: choose fewer`,
    );
  }
  const rows = [...new Set(ids)].map((id) => book.rowOf(id));
  const differences = rows.flatMap((row) => (row.difference ? [row.difference] : []));
  return {
    count: rows.length,
    totals: rows.length > 0 ? [amountOf(totalOf(rows.map((row) => row.amount)))] : [],
    differences: differences.length > 0 ? [amountOf(totalOf(differences))] : [],
    matches: rows.flatMap(({ id }) => {
      const content = book.contentOf(id);
      return content === null ? [] : [{ id, content }];
    }),
    sides: sidesOf(rows),
  };
}
