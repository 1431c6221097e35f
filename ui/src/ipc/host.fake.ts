/**
 * The host in memory, for a plain browser and for tests. It knows a small company whose two files wait to be imported.
 * It is no part of a release bundle.
 */

import type { Commands, Host, LongCommands, OnProgress } from './commands';
import { approveAbove, auditLog, openRecords, proof, queue } from './fake/answers';
import { hashOf } from './fake/importing';
import { FakeImports } from './fake/imports';
import { refusal } from './fake/refuse';
import { Shelf } from './fake/shelf';
import type { ExportedReport, RunSummary } from './generated';

export { SAMPLE_PASSPHRASE } from './fake/shelf';

/** How the host in memory begins. */
export interface FakeOptions {
  /** How long an answer takes. */
  latencyMs?: number;
  /** With the sample workbook open already. */
  open?: boolean;
}

type Handlers<Names extends keyof Commands> = {
  [Name in Names]: (args: Commands[Name]['args']) => Commands[Name]['answer'];
};

type SessionCommand =
  | 'app_state'
  | 'create_workbook'
  | 'open_workbook'
  | 'close_workbook'
  | 'workbook'
  | 'list_batches';
type ImportCommand = 'revise_import' | 'discard_import';
type ReviewCommand =
  | 'review_queue'
  | 'match_detail'
  | 'exception_detail'
  | 'decide'
  | 'match_by_hand'
  | 'undo'
  | 'undo_decision'
  | 'approve_above'
  | 'open_records';
type OtherCommand = Exclude<keyof Commands, SessionCommand | ImportCommand | ReviewCommand | 'cancel_task'>;

function sessionHandlers(shelf: Shelf, imports: FakeImports): Handlers<SessionCommand> {
  return {
    app_state: () => shelf.state(),
    create_workbook: ({ request }) => shelf.create(request),
    open_workbook: ({ request }) => shelf.open(request),
    close_workbook: () => {
      shelf.close();
      imports.clear();
      return null;
    },
    workbook: () => shelf.view(),
    list_batches: () => shelf.current().batches,
  };
}

function importHandlers(imports: FakeImports): Handlers<ImportCommand> {
  return {
    revise_import: ({ request }) => imports.revise(request),
    discard_import: ({ token }) => {
      imports.discard(token);
      return null;
    },
  };
}

function reviewHandlers({ current }: Shelf): Handlers<ReviewCommand> {
  return {
    review_queue: ({ request }) => queue(current(), request),
    match_detail: ({ id }) => current().matchDetail(id),
    exception_detail: ({ id }) => current().exceptionDetail(id),
    decide: ({ request }) =>
      current().decide(request.matchId, request.verdict, request.content, request.reason),
    match_by_hand: ({ request: { lineIds, entryIds, differenceCause, reason } }) =>
      current().byHand(lineIds, entryIds, differenceCause, reason),
    undo: () => current().undo(),
    undo_decision: ({ matchId }) => current().undoDecision(matchId),
    approve_above: ({ request }) => approveAbove(current(), request),
    open_records: ({ request }) => openRecords(current(), request),
  };
}

function otherHandlers(shelf: Shelf): Handlers<OtherCommand> {
  const { current } = shelf;
  const proposed = () => `/home/mara/Documents/${current().company} – reconciliation.pdf`;
  return {
    balance_proof: ({ request }) => proof(current(), request),
    proposed_report_path: () => ({ path: proposed() }),
    export_report: ({ request }) => exported(shelf, request.path ?? proposed()),
    audit_log: ({ offset, limit }) => auditLog(current(), offset, limit),
    verify_workbook: () => ({
      valid: true,
      findings: [
        `All ${current().events.length} audit events are chained without a gap.`,
        'The head of the chain is the one kept in the keychain.',
        'Every match balances to zero.',
      ],
    }),
    pick_workbook_path: (args) => args.current || shelf.samplePath,
    pick_report_path: (args) => args.current,
    reveal: () => null,
  };
}

function exported({ current }: Shelf, path: string): ExportedReport {
  current().tell('report.exported', 'report', { path });
  return {
    path,
    pages: 7,
    fileHash: hashOf(path),
    signer: `${current().user}, ${current().company}`,
    certificateFingerprint: hashOf(current().user),
    oneTimeIdentity: false,
    verified: true,
  };
}

const STEPS = 12;

/** Pretends to work, in steps that can be cancelled. */
class Work {
  private cancelled = false;

  constructor(private readonly latencyMs: number) {}

  pause(share: number): Promise<void> {
    const ms = this.latencyMs * share;
    return ms === 0 ? Promise.resolve() : new Promise((resolve) => window.setTimeout(resolve, ms));
  }

  cancel(): null {
    this.cancelled = true;
    return null;
  }

  async inSteps(stages: readonly string[], total: number, onProgress: OnProgress): Promise<void> {
    this.cancelled = false;
    for (const stage of stages) {
      for (let step = 0; step <= STEPS; step += 1) {
        onProgress({ stage, done: Math.round((total * step) / STEPS), total });
        await this.pause(1 / 3);
        if (this.cancelled) {
          throw refusal('cancelled', 'Cancelled.');
        }
      }
    }
  }
}

async function match(shelf: Shelf, work: Work, onProgress: OnProgress): Promise<RunSummary> {
  const book = shelf.current();
  const started = Date.now();
  const [lines, entries] = [book.openRecords('lines').length, book.openRecords('entries').length];
  await work.inSteps(['blocking', 'scoring', 'assigning'], lines, onProgress);
  const tally = book.run();
  const { unmatchedLines, unmatchedEntries } = book.queueCounts();
  return {
    id: book.newId(),
    lines,
    entries,
    candidates: lines * 9,
    ...tally,
    linesUnmatched: unmatchedLines,
    entriesUnmatched: unmatchedEntries,
    elapsedMs: Date.now() - started,
  };
}

type LongHandlers = {
  [Name in keyof LongCommands]: (
    args: LongCommands[Name]['args'],
    onProgress: OnProgress,
  ) => Promise<LongCommands[Name]['answer']>;
};

function longHandlers(shelf: Shelf, imports: FakeImports, work: Work): LongHandlers {
  return {
    preview_import_file: async ({ request }) => {
      await work.pause(1);
      const file = shelf.fileAt(request.path);
      return imports.start(file.name, file.text, request.side);
    },
    commit_import: async ({ request }, onProgress) => {
      await work.inSteps(['checking', 'storing'], imports.rowsOf(request.token), onProgress);
      return imports.commit(request.token, request.leaveOutRejected);
    },
    run_matching: (_, onProgress) => match(shelf, work, onProgress),
  };
}

/** Makes a host with its own memory. What it hands out are copies, as over a wire. */
export function createFakeHost({ latencyMs = 0, open = false }: FakeOptions = {}): Host {
  const shelf = new Shelf(open);
  const imports = new FakeImports(shelf.current);
  const work = new Work(latencyMs);
  const long = longHandlers(shelf, imports, work);
  const handlers: Handlers<keyof Commands> = {
    ...sessionHandlers(shelf, imports),
    ...importHandlers(imports),
    ...reviewHandlers(shelf),
    ...otherHandlers(shelf),
    cancel_task: () => work.cancel(),
  };
  return {
    call: async (name, args) => {
      await work.pause(1 / 4);
      return structuredClone(handlers[name](args));
    },
    run: async (name, args, onProgress) => structuredClone(await long[name](args, onProgress)),
    previewBytes: async (fileName, side, bytes) => {
      await work.pause(1);
      return structuredClone(imports.start(fileName, new TextDecoder().decode(bytes), side));
    },
  };
}
