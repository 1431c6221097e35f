/**
 * The host in memory, for a plain browser and for tests. It knows a small company whose two files wait to be imported.
 * It is no part of a release bundle.
 */

import type { Commands, Host, LongCommands, OnProgress } from './commands';
import { byNearness, contains, FakeBook } from './fake/book';
import { amountOf, totalOf } from './fake/cents';
import { type SampleFile, sampleFiles } from './fake/company';
import { begin, fingerprint, hashOf, type Known, type Pending, previewOf, readRows } from './fake/importing';
import { refusal } from './fake/refuse';
import type {
  AppState,
  BatchView,
  ImportPreview,
  ImportResult,
  OpenRecordsRequest,
  ProofRequest,
  ProofView,
  QueueRequest,
  QueueRow,
  RecordView,
  ReviseImportRequest,
  WorkbookView,
} from './generated';

/** How the host in memory begins. */
export interface FakeOptions {
  /** How long an answer takes. */
  latencyMs?: number;
  /** With the sample workbook open already. */
  open?: boolean;
}

type Handlers = { [Name in keyof Commands]: (args: Commands[Name]['args']) => Commands[Name]['answer'] };

const SAMPLE_PATH = '/home/mara/Tieout/Nordlicht Fahrradteile.tieout';
const STEPS = 12;

/** The passphrase of the sample workbook. */
export const SAMPLE_PASSPHRASE = 'kette-nabe-speiche';

/** Makes a host with its own memory. */
export function createFakeHost({ latencyMs = 0, open = false }: FakeOptions = {}): Host {
  const files: SampleFile[] = sampleFiles();
  const books = new Map<string, FakeBook>();
  const pending = new Map<string, Pending>();
  let book: FakeBook | null = null;
  let cancelled = false;
  let tokens = 0;

  const sample = new FakeBook(
    SAMPLE_PATH,
    'Nordlicht Fahrradteile GmbH',
    'Mara Petersen',
    'EUR',
    true,
    SAMPLE_PASSPHRASE,
  );
  books.set(SAMPLE_PATH, sample);
  if (open) {
    book = sample;
  }

  const wait = (ms: number) =>
    ms === 0 ? Promise.resolve() : new Promise<void>((resolve) => window.setTimeout(resolve, ms));

  function current(): FakeBook {
    if (!book) {
      throw refusal('noWorkbook', 'No workbook is open.');
    }
    return book;
  }

  function view(of: FakeBook): WorkbookView {
    const taken = new Set(of.batches.map((batch) => batch.fileName));
    return {
      path: of.path,
      company: of.company,
      user: of.user,
      currency: of.currency,
      singleUser: of.singleUser,
      accounts: of.accounts,
      counts: of.counts(),
      waitingFiles:
        of === sample
          ? files
              .filter((file) => !taken.has(file.name))
              .map(({ path, name, side }) => ({ path, name, side }))
          : [],
      custodyWarning: of.path.includes('Dropbox')
        ? 'This folder is synchronised. Close the workbook before another machine opens it.'
        : null,
    };
  }

  function state(): AppState {
    return {
      version: '0.1.0',
      workbook: book && view(book),
      recent: [...books.values()]
        .map(({ path, company }) => ({ path, company, present: true }))
        .concat([
          { path: '/home/mara/Tieout/Alte Firma 2023.tieout', company: 'Alte Firma 2023', present: false },
        ]),
      defaultFolder: '/home/mara/Tieout',
      suggestedUser: 'Mara Petersen',
      keychain: true,
    };
  }

  function known(): Known {
    const { newId, fingerprints, files: seen } = current();
    return { newId, fingerprints, files: seen };
  }

  function startPreview(name: string, text: string, side: 'statement' | 'ledger' | null): ImportPreview {
    if (text.trim() === '') {
      throw refusal('unreadableFile', `${name} is empty. Export it again and drop it here.`);
    }
    const file = begin(name, text, side, known());
    const [account] = current().accounts;
    if (account && file.side === 'statement') {
      file.accountId = account.id;
      file.accountName = account.name;
    }
    tokens += 1;
    const token = `preview-${tokens}`;
    pending.set(token, file);
    return previewOf(token, file, known());
  }

  function pendingOf(token: string): Pending {
    const file = pending.get(token);
    if (!file) {
      throw refusal('stale', 'This preview is no longer there. Drop the file again.');
    }
    return file;
  }

  function revise(request: ReviseImportRequest): ImportPreview {
    const file = pendingOf(request.token);
    Object.assign(file, {
      side: request.side,
      mapping: request.mapping ?? file.mapping,
      accountId: request.accountId,
      accountName:
        current().accounts.find((account) => account.id === request.accountId)?.name ?? request.accountName,
      currency: request.currency,
    });
    readRows(file, known());
    return previewOf(request.token, file, known());
  }

  function store(token: string, leaveOut: boolean): ImportResult {
    const file = pendingOf(token);
    const preview = previewOf(token, file, known());
    if (preview.rowsRejected > 0 && !leaveOut) {
      throw refusal('invalid', 'Some rows cannot be read. Agree to leave them out, or correct the columns.');
    }
    const target = current();
    if (file.side === 'statement') {
      addToAccount(target, file);
    }
    (file.side === 'statement' ? target.lines : target.entries).push(...file.records);
    for (const record of file.records) {
      target.fingerprints.add(fingerprint(record));
    }
    const at = new Date().toISOString();
    target.files.set(preview.fileHash, at);
    const result: ImportResult = {
      batchId: target.newId(),
      added: file.records.length,
      duplicates: preview.rowsDuplicate,
      rejected: preview.rowsRejected,
    };
    const { batchId: id, ...figures } = result;
    const batch: BatchView = {
      ...figures,
      id,
      at,
      fileName: file.name,
      fileHash: preview.fileHash,
      side: file.side,
      state: 'completed',
      by: target.user,
      account: file.side === 'statement' ? file.accountName : null,
    };
    target.batches.unshift(batch);
    target.tell('import.committed', `batch ${id}`, { file: file.name, sha256: preview.fileHash, ...figures });
    pending.delete(token);
    return result;
  }

  function addToAccount(target: FakeBook, file: Pending): void {
    let account = target.accounts.find((one) => one.id === file.accountId || one.name === file.accountName);
    if (!account) {
      account = {
        id: target.newId(),
        name: file.accountName,
        currency: file.currency,
        firstDate: null,
        lastDate: null,
        lines: 0,
      };
      target.accounts.push(account);
      target.tell('account.created', `account ${account.name}`, { currency: file.currency });
    }
    const dates = file.records
      .flatMap((record) => record.date ?? [])
      .concat(account.firstDate ?? [], account.lastDate ?? [])
      .sort();
    account.firstDate = dates[0] ?? null;
    account.lastDate = dates.at(-1) ?? null;
    account.lines += file.records.length;
  }

  function queue({ filter, search, offset, limit }: QueueRequest) {
    const target = current();
    const found = target
      .rows(filter)
      .filter((row: QueueRow) => contains([row.title, row.subtitle, row.amount.value], search));
    return {
      rows: found.slice(offset, offset + limit),
      total: found.length,
      counts: target.queueCounts(),
      undoable: target.undoable(),
    };
  }

  function openRecords({ side, search, nearAmount, offset, limit }: OpenRecordsRequest) {
    const found = current()
      .openRecords(side === 'statement' ? 'lines' : 'entries')
      .filter((record) =>
        contains(
          [record.counterparty, record.number, record.reference, record.text, record.open.value],
          search,
        ),
      )
      .sort(byNearness(nearAmount));
    return { rows: found.slice(offset, offset + limit), total: found.length };
  }

  function proof({ from, to }: ProofRequest): ProofView {
    const target = current();
    const inside = (record: RecordView) =>
      (!from || (record.date ?? '') >= from) && (!to || (record.date ?? '') <= to);
    const sum = (records: RecordView[]) => totalOf(records.map((record) => record.open));
    const [lines, entries] = [target.lines.filter(inside), target.entries.filter(inside)];
    const openLines = target.openRecords('lines').filter(inside);
    const openEntries = target.openRecords('entries').filter(inside);
    const difference = sum(lines) - sum(entries);
    const explained = sum(openLines) - sum(openEntries) + target.adjustments();
    const opening =
      1_248_055 + sum(target.lines.filter((record) => from !== null && (record.date ?? '') < from));
    const unexplained = from || to ? 0 : difference - explained;
    return {
      account: target.accounts[0]?.name ?? '',
      from,
      to,
      opening: amountOf(opening),
      linesTotal: amountOf(sum(lines)),
      closing: amountOf(opening + sum(lines)),
      statementGap: amountOf(0),
      entriesTotal: amountOf(sum(entries)),
      difference: amountOf(difference),
      linesOutstanding: amountOf(sum(openLines)),
      entriesOutstanding: amountOf(sum(openEntries)),
      adjustments: amountOf(target.adjustments()),
      unexplained: amountOf(unexplained),
      holds: unexplained === 0,
      outstandingLines: openLines.slice(0, 500),
      outstandingEntries: openEntries.slice(0, 500),
      outstandingLinesCount: openLines.length,
      outstandingEntriesCount: openEntries.length,
    };
  }

  const handlers: Handlers = {
    app_state: state,
    create_workbook: ({ request }) => {
      if (books.has(request.path)) {
        throw refusal('fileExists', `There is a file at ${request.path} already.`);
      }
      if (request.passphrase.length < 8) {
        throw refusal('invalid', 'The passphrase needs at least 8 characters.');
      }
      book = new FakeBook(
        request.path,
        request.company,
        request.user,
        request.currency,
        request.singleUser,
        request.passphrase,
      );
      books.set(request.path, book);
      return view(book);
    },
    open_workbook: ({ request }) => {
      const found = books.get(request.path);
      if (!found) {
        throw refusal(
          'notAWorkbook',
          `There is no workbook at ${request.path}. Check the path, or choose the file.`,
        );
      }
      if (request.passphrase === null) {
        throw refusal('passphraseNeeded', 'The key is not in the keychain.');
      }
      if (request.passphrase !== found.passphrase) {
        throw refusal('wrongPassphrase', 'The passphrase is wrong.');
      }
      book = found;
      return view(found);
    },
    close_workbook: () => {
      book = null;
      pending.clear();
      return null;
    },
    workbook: () => view(current()),
    list_batches: () => [...current().batches],
    revise_import: ({ request }) => revise(request),
    discard_import: ({ token }) => {
      pending.delete(token);
      return null;
    },
    cancel_task: () => {
      cancelled = true;
      return null;
    },
    review_queue: ({ request }) => queue(request),
    match_detail: ({ id }) => current().matchDetail(id),
    exception_detail: ({ id }) => current().exceptionDetail(id),
    decide: ({ request }) =>
      current().decide(request.matchId, request.verdict, request.content, request.reason),
    match_by_hand: ({ request }) =>
      current().byHand(request.lineIds, request.entryIds, request.differenceCause, request.reason),
    undo: () => current().undo(),
    undo_decision: ({ matchId }) => current().undoDecision(matchId),
    approve_above: ({ request }) => {
      const found = current().above(request.confidence);
      if (request.execute && request.expectedCount !== found.length) {
        throw refusal('stale', 'The queue changed meanwhile.');
      }
      const totals = [amountOf(totalOf(found.flatMap((match) => match.lines.map((line) => line.amount))))];
      const differences = [amountOf(found.reduce((total, match) => total + match.difference, 0))];
      if (request.execute) {
        current().approveAll(found);
      }
      const none = found.length === 0;
      return {
        count: found.length,
        totals: none ? [] : totals,
        differences: none ? [] : differences,
        executed: request.execute,
      };
    },
    open_records: ({ request }) => openRecords(request),
    balance_proof: ({ request }) => proof(request),
    proposed_report_path: () => ({ path: `/home/mara/Documents/${current().company} – reconciliation.pdf` }),
    export_report: ({ request }) => {
      const path = request.path ?? `/home/mara/Documents/${current().company} – reconciliation.pdf`;
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
    },
    audit_log: ({ offset, limit }) => {
      const newestFirst = [...current().events].reverse();
      return { events: newestFirst.slice(offset, offset + limit), total: newestFirst.length };
    },
    verify_workbook: () => ({
      valid: true,
      findings: [
        `All ${current().events.length} audit events are chained without a gap.`,
        'The head of the chain is the one kept in the keychain.',
        'Every match balances to zero.',
      ],
    }),
    pick_workbook_path: ({ current: before }) => before || SAMPLE_PATH,
    pick_report_path: ({ current: before }) => before,
    reveal: () => null,
  };

  async function inSteps(stages: readonly string[], total: number, onProgress: OnProgress): Promise<void> {
    cancelled = false;
    for (const stage of stages) {
      for (let step = 0; step <= STEPS; step += 1) {
        onProgress({ stage, done: Math.round((total * step) / STEPS), total });
        await wait(latencyMs / 3);
        if (cancelled) {
          throw refusal('cancelled', 'Cancelled.');
        }
      }
    }
  }

  async function runMatching(onProgress: OnProgress) {
    const target = current();
    const started = Date.now();
    const [lines, entries] = [target.openRecords('lines').length, target.openRecords('entries').length];
    await inSteps(['blocking', 'scoring', 'assigning'], lines, onProgress);
    const tally = target.run();
    const counts = target.queueCounts();
    return {
      id: target.newId(),
      lines,
      entries,
      candidates: lines * 9,
      ...tally,
      linesUnmatched: counts.unmatchedLines,
      entriesUnmatched: counts.unmatchedEntries,
      elapsedMs: Date.now() - started,
    };
  }

  type LongHandlers = {
    [Name in keyof LongCommands]: (
      args: LongCommands[Name]['args'],
      onProgress: OnProgress,
    ) => Promise<LongCommands[Name]['answer']>;
  };
  const longHandlers: LongHandlers = {
    preview_import_file: async ({ request }) => {
      await wait(latencyMs);
      const file = files.find((one) => one.path === request.path);
      if (!file) {
        throw refusal('unreadableFile', `${request.path} is not there any more.`);
      }
      return startPreview(file.name, file.text, request.side);
    },
    commit_import: async ({ request }, onProgress) => {
      await inSteps(['checking', 'storing'], pendingOf(request.token).rows.length, onProgress);
      return store(request.token, request.leaveOutRejected);
    },
    run_matching: (_, onProgress) => runMatching(onProgress),
  };

  return {
    call: async (name, args) => {
      await wait(latencyMs / 4);
      // What is handed out is a copy, as over a wire.
      return structuredClone(handlers[name](args));
    },
    run: async (name, args, onProgress) => structuredClone(await longHandlers[name](args, onProgress)),
    previewBytes: async (fileName, side, bytes) => {
      await wait(latencyMs);
      return structuredClone(startPreview(fileName, new TextDecoder().decode(bytes), side));
    },
  };
}
