/** Pages of a grid's rows by their position: asked for ahead, kept while near, and never those of another question. */

import type { GridPage, GridRow } from '@/ipc';

/** Rows asked for at a time. */
export const PAGE_ROWS = 100;
/** Pages kept; the farthest go first. */
const PAGES_MAX = 40;
/** Pages asked for at once: a drag through the list must not queue up hundreds. */
const ASKED_MAX = 3;

interface Kept {
  rows: GridRow[];
  /** Read before the workbook changed: still shown, but asked for again when it is seen. */
  stale: boolean;
}

type Load = (offset: number, limit: number) => Promise<GridPage>;

/** Rows of one question at a time. */
export class PageCache {
  private key = '';
  private load: Load | null = null;
  /** Counts beginnings: answers to questions of before are dropped. */
  private generation = 0;
  private version = -1;
  private readonly pages = new Map<number, Kept>();
  private readonly asked = new Set<number>();
  private wanted: number[] = [];
  private seen = 0;
  private forward = true;
  private readonly listeners = new Set<() => void>();
  private revision = 0;
  private faultOf: unknown = null;

  constructor(private readonly onOutdated: () => void = () => undefined) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes whenever there is something new to draw. */
  snapshot = (): number => this.revision;

  get fault(): unknown {
    return this.faultOf;
  }

  /** Takes the first page of a question. Another question forgets all rows; the same one asks anew for what is seen. */
  begin(key: string, first: GridPage, load: Load): void {
    if (key !== this.key) {
      this.pages.clear();
      this.seen = 0;
      this.wanted = [];
    }
    this.key = key;
    this.load = load;
    this.generation += 1;
    this.version = first.version;
    this.faultOf = null;
    this.asked.clear();
    for (const page of this.pages.values()) {
      page.stale = true;
    }
    this.pages.set(0, { rows: first.rows, stale: false });
    this.pump();
    this.changed();
  }

  /** The row at a position, once its page is there. */
  rowAt(position: number): GridRow | undefined {
    return this.pages.get(Math.floor(position / PAGE_ROWS))?.rows[position % PAGE_ROWS];
  }

  /** Told which rows are seen of how many: what lies ahead of the way they move is asked for too. */
  show(from: number, to: number, total: number): void {
    const [first, last] = [Math.floor(from / PAGE_ROWS), Math.floor(Math.max(from, to - 1) / PAGE_ROWS)];
    if (from !== this.seen) {
      this.forward = from > this.seen;
    }
    this.seen = from;
    const end = Math.floor(Math.max(0, total - 1) / PAGE_ROWS);
    const seen = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const [ahead, behind] = this.forward
      ? [[last + 1, last + 2, last + 3], [first - 1]]
      : [[first - 1, first - 2, first - 3], [last + 1]];
    this.wanted = [...seen, ...(ahead ?? []), ...(behind ?? [])].filter((page) => page >= 0 && page <= end);
    this.pump();
  }

  private needs(page: number): boolean {
    const kept = this.pages.get(page);
    return (kept === undefined || kept.stale) && !this.asked.has(page);
  }

  private pump(): void {
    for (const page of this.wanted) {
      if (this.asked.size >= ASKED_MAX) {
        return;
      }
      if (this.load && this.needs(page)) {
        void this.ask(page, this.load);
      }
    }
  }

  private async ask(page: number, load: Load): Promise<void> {
    const { generation } = this;
    this.asked.add(page);
    try {
      const answer = await load(page * PAGE_ROWS, PAGE_ROWS);
      if (generation === this.generation) {
        this.take(page, answer);
      }
    } catch (fault) {
      if (generation === this.generation) {
        this.faultOf = fault;
        this.wanted = [];
        this.asked.delete(page);
        this.changed();
      }
    }
  }

  private take(page: number, answer: GridPage): void {
    this.asked.delete(page);
    if (answer.version !== this.version) {
      // The workbook changed between two pages: rows may have moved, so all is asked for anew.
      this.wanted = [];
      this.onOutdated();
      return;
    }
    this.pages.set(page, { rows: answer.rows, stale: false });
    this.forget();
    this.pump();
    this.changed();
  }

  /** The first page stays: it is what Ctrl+Home shows. */
  private forget(): void {
    const near = Math.floor(this.seen / PAGE_ROWS);
    while (this.pages.size > PAGES_MAX) {
      const farthest = [...this.pages.keys()]
        .filter((page) => page !== 0)
        .reduce((worst, page) => (Math.abs(page - near) > Math.abs(worst - near) ? page : worst), near);
      this.pages.delete(farthest);
    }
  }

  private changed(): void {
    this.revision += 1;
    for (const listener of this.listeners) {
      listener();
    }
  }
}
