/**
 * The host in memory, for a plain browser and for tests. It knows a small company whose two files wait to be imported.
 * It is no part of a release bundle.
 */

import type { Commands, Host, LongCommands, OnProgress } from './commands';
import { acknowledge, alertsOf, retryDeliveries, saveAlertSettings, testAlertChannel } from './fake/alerts';
import {
  anomaliesOf,
  anomalySettings,
  restoreAnomaly,
  saveAnomalySettings,
  setAnomalyAside,
} from './fake/anomalies';
import { approveAbove, auditLog, openRecords, proof, queue } from './fake/answers';
import { filesOf, isArchive } from './fake/archive';
import { backUp, backupsOf, checkBackups, restoreBackup, saveBackupSettings } from './fake/backups';
import {
  categoriesOf,
  categoryLines,
  categorySums,
  importPatterns,
  removeCategory,
  removePattern,
  renameCategory,
  savePattern,
  setLineCategory,
  sweep,
  tryCategoryText,
} from './fake/categories';
import {
  adjustCustomer,
  allocateDeposit,
  creditRatesOf,
  customerOf,
  customersOf,
  newCustomer,
  setCreditRate,
  takeBack,
  waitingDeposits,
} from './fake/customers';
import { differencesOf, trendsOf } from './fake/differences';
import { exceptions, exceptionTotals } from './fake/exceptions';
import { accountSummary, dailyHistory, figures, judgement } from './fake/figures';
import { FakeGrids, type GridSizes, USUAL_SIZES } from './fake/grids';
import { handBalance } from './fake/hand';
import { type GivenFile, hashOf } from './fake/importing';
import { FakeImports } from './fake/imports';
import {
  batchesOfJournal,
  chooseAccount,
  exportJournal,
  journalOf,
  layoutsOf,
  postingAccounts,
  previewJournal,
  readLayout,
  removeLayout,
  saveLayout,
  savePostingAccounts,
  takeJournalBack,
  writeAgain,
} from './fake/journal';
import { attach, mark, selection } from './fake/marks';
import { saveSettings, settingsOf, tryRules } from './fake/matchingSettings';
import { PICKED } from './fake/moreFiles';
import { admit, type PeopleCommand, peopleHandlers } from './fake/people';
import {
  actOn,
  checkPeriod,
  lateEntries,
  openPeriod,
  periodItems,
  periodOf,
  periodsOf,
  preparePeriod,
  removePeriod,
} from './fake/periods';
import {
  acceptedRecords,
  applyPolicy,
  policyOf,
  savePolicy,
  takeBackAcceptance,
  tryPolicy,
} from './fake/policy';
import { refusal } from './fake/refuse';
import { Shelf } from './fake/shelf';
import { type StandingCommand, standingHandlers } from './fake/standing';
import {
  batchesOf,
  deletedRecords,
  deleteRecords,
  fileToRetry,
  reportOfBatch,
  restoreRecords,
  undoImport,
} from './fake/takenIn';
import type { ExportedReport, ImportPreview, PreviewImportFileRequest, RunSummary } from './generated';

export { SAMPLE_PASSPHRASE } from './fake/shelf';

/** How the host in memory begins. */
export interface FakeOptions {
  /** How long an answer takes. */
  latencyMs?: number;
  /** With the sample workbook open already. */
  open?: boolean;
  /** How many rows its grids have; a million lines unless told otherwise. */
  gridRows?: Partial<GridSizes>;
}

type Handlers<Names extends keyof Commands> = {
  [Name in Names]: (args: Commands[Name]['args']) => Commands[Name]['answer'];
};

type SessionCommand = 'app_state' | 'create_workbook' | 'open_workbook' | 'close_workbook' | 'workbook';
type AnomalyCommand = 'set_anomaly_aside' | 'restore_anomaly' | 'anomaly_settings' | 'save_anomaly_settings';
type ImportCommand =
  | 'revise_import'
  | 'discard_import'
  | 'preview_rows'
  | 'export_mapping'
  | 'import_mapping'
  | 'list_batches'
  | 'batch_report'
  | 'undo_import'
  | 'delete_records'
  | 'restore_records'
  | 'deleted_records';
type ReviewCommand =
  | 'review_queue'
  | 'match_detail'
  | 'exception_detail'
  | 'decide'
  | 'decide_many'
  | 'hand_balance'
  | 'match_by_hand'
  | 'undo'
  | 'redo'
  | 'acts'
  | 'selection'
  | 'mark'
  | 'attach'
  | 'save_evidence'
  | 'undo_decision'
  | 'approve_above'
  | 'open_records';
type FigureCommand =
  | 'exceptions'
  | 'exception_totals'
  | 'figures'
  | 'judgement'
  | 'daily_history'
  | 'account_summary';
type CategoryCommand =
  | 'categories'
  | 'category_sums'
  | 'category_lines'
  | 'try_category_text'
  | 'save_category_pattern'
  | 'remove_category_pattern'
  | 'rename_category'
  | 'remove_category'
  | 'import_category_patterns'
  | 'export_category_patterns'
  | 'set_line_category';
type CustomerCommand =
  | 'customers'
  | 'customer'
  | 'new_customer'
  | 'adjust_customer'
  | 'waiting_deposits'
  | 'allocate_deposit'
  | 'take_back_transaction'
  | 'credit_rates'
  | 'set_credit_rate';
type GridCommand = 'grid_page' | 'grid_selection' | 'grid_text' | 'grid_place';
type JournalCommand =
  | 'journal'
  | 'posting_accounts'
  | 'save_posting_accounts'
  | 'choose_journal_account'
  | 'journal_layouts'
  | 'save_journal_layout'
  | 'remove_journal_layout'
  | 'read_journal_layout'
  | 'preview_journal'
  | 'export_journal'
  | 'journal_batches'
  | 'write_journal_again'
  | 'take_journal_back'
  | 'pick_journal_path';
type OtherCommand = Exclude<
  keyof Commands,
  | SessionCommand
  | AnomalyCommand
  | ImportCommand
  | ReviewCommand
  | FigureCommand
  | CategoryCommand
  | CustomerCommand
  | GridCommand
  | PeopleCommand
  | JournalCommand
  | StandingCommand
  | 'cancel_task'
>;

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
  };
}

/** The answer of commands that answer nothing. */
function done(_: unknown): null {
  return null;
}

function anomalyHandlers({ current }: Shelf): Handlers<AnomalyCommand> {
  return {
    set_anomaly_aside: ({ request }) => done(setAnomalyAside(current(), request)),
    restore_anomaly: ({ key }) => done(restoreAnomaly(current(), key)),
    anomaly_settings: () => anomalySettings(current()),
    save_anomaly_settings: ({ request }) => saveAnomalySettings(current(), request),
  };
}

function importHandlers(imports: FakeImports, { current }: Shelf): Handlers<ImportCommand> {
  return {
    revise_import: ({ request }) => imports.revise(request),
    discard_import: ({ token }) => done(imports.discard(token)),
    preview_rows: ({ request }) => imports.rows(request),
    export_mapping: ({ request }) => done(imports.saveMapping(request.token, request.path)),
    import_mapping: ({ request }) => imports.loadMapping(request.token, request.path),
    list_batches: () => batchesOf(current()),
    batch_report: ({ batchId }) => reportOfBatch(current(), batchId),
    undo_import: ({ batchId }) => done(undoImport(current(), batchId)),
    delete_records: ({ request }) => done(deleteRecords(current(), request)),
    restore_records: ({ request }) => done(restoreRecords(current(), request)),
    deleted_records: ({ side, offset, limit }) => deletedRecords(current(), side, offset, limit),
  };
}

function reviewHandlers({ current }: Shelf, grids: FakeGrids): Handlers<ReviewCommand> {
  return {
    review_queue: ({ request }) => queue(current(), request),
    match_detail: ({ id }) => grids.matchDetail(id) ?? current().matchDetail(id),
    exception_detail: ({ id }) => current().exceptionDetail(id),
    decide: ({ request }) =>
      current().decisions.decide(request.matchId, request.verdict, request.content, request.reason),
    decide_many: ({ request }) =>
      current().decisions.decideMany(request.matches, request.verdict, request.reason),
    hand_balance: ({ groups }) => handBalance(current(), groups),
    match_by_hand: ({ request }) => current().decisions.byHand(request.groups, request.reason),
    undo: ({ expected }) => current().undo(expected),
    redo: ({ expected }) => current().redo(expected),
    acts: ({ offset, limit }) => current().acts.page(offset, limit),
    selection: ({ ids }) => selection(current(), ids),
    mark: ({ request: { ids, mark: wanted } }) => {
      const ofGrid = ids.filter((id) => grids.has(id));
      if (wanted.kind === 'owner') {
        for (const id of ofGrid) {
          grids.assign(id, wanted.owner);
        }
      }
      const ofBook = ids.filter((id) => !grids.has(id));
      return ofBook.length > 0 ? mark(current(), ofBook, wanted) : current().outcome(null);
    },
    attach: ({ request }) => attach(current(), request.ids, request.path),
    save_evidence: () => null,
    undo_decision: ({ matchId }) => current().decisions.undoDecision(matchId),
    approve_above: ({ request }) => approveAbove(current(), request),
    open_records: ({ request }) => openRecords(current(), request),
  };
}

function figureHandlers({ current }: Shelf): Handlers<FigureCommand> {
  return {
    exceptions: ({ request }) => exceptions(current(), request),
    exception_totals: ({ request }) => exceptionTotals(current(), request),
    figures: ({ request }) => figures(current(), request),
    judgement: ({ request }) => judgement(current(), request),
    daily_history: () => dailyHistory(current()),
    account_summary: ({ request }) => accountSummary(current(), request),
  };
}

function categoryHandlers({ current }: Shelf): Handlers<CategoryCommand> {
  return {
    categories: () => categoriesOf(current()),
    category_sums: () => categorySums(current()),
    category_lines: ({ request }) => categoryLines(current(), request),
    try_category_text: ({ text }) => tryCategoryText(current(), text),
    save_category_pattern: ({ request }) => savePattern(current(), request),
    remove_category_pattern: ({ id }) => removePattern(current(), id),
    rename_category: ({ id, name }) => renameCategory(current(), id, name),
    remove_category: ({ id }) => removeCategory(current(), id),
    import_category_patterns: () => importPatterns(current()),
    export_category_patterns: () => categoriesOf(current()).patterns.length,
    set_line_category: ({ request }) => setLineCategory(current(), request),
  };
}

function customerHandlers({ current }: Shelf): Handlers<CustomerCommand> {
  return {
    customers: ({ request }) => customersOf(current(), request),
    customer: ({ request }) => customerOf(current(), request),
    new_customer: ({ request }) => newCustomer(current(), request),
    adjust_customer: ({ request }) => adjustCustomer(current(), request),
    waiting_deposits: ({ offset, limit }) => waitingDeposits(current(), offset, limit),
    allocate_deposit: ({ request }) => allocateDeposit(current(), request),
    take_back_transaction: ({ request }) => takeBack(current(), request),
    credit_rates: () => creditRatesOf(current()),
    set_credit_rate: ({ request }) => setCreditRate(current(), request),
  };
}

function gridHandlers(grids: FakeGrids): Handlers<GridCommand> {
  return {
    grid_page: ({ request }) => grids.page(request),
    grid_selection: ({ request }) => grids.selection(request),
    grid_text: ({ request }) => grids.text(request),
    grid_place: ({ request }) => grids.place(request),
  };
}

function journalHandlers({ current }: Shelf): Handlers<JournalCommand> {
  return {
    journal: ({ request }) => journalOf(current(), request),
    posting_accounts: () => postingAccounts(current()),
    save_posting_accounts: ({ accounts }) => savePostingAccounts(current(), accounts),
    choose_journal_account: ({ request }) => chooseAccount(current(), request),
    journal_layouts: () => layoutsOf(current()),
    save_journal_layout: ({ layout }) => saveLayout(current(), layout),
    remove_journal_layout: ({ name }) => removeLayout(current(), name),
    read_journal_layout: () => readLayout(),
    preview_journal: ({ layout, through }) => previewJournal(current(), layout, through),
    export_journal: ({ request }) => exportJournal(current(), request),
    journal_batches: ({ offset, limit }) => batchesOfJournal(current(), offset, limit),
    write_journal_again: ({ number, path }) => writeAgain(current(), number, path),
    take_journal_back: ({ number, reason }) => takeJournalBack(current(), number, reason),
    pick_journal_path: ({ save }) =>
      save ? '/home/mara/Documents/journal.csv' : '/home/mara/Documents/layout.toml',
  };
}

function otherHandlers(shelf: Shelf): Handlers<OtherCommand> {
  const { current } = shelf;
  const proposed = () => `/home/mara/Documents/${current().company} – reconciliation.pdf`;
  return {
    alerts: () => alertsOf(current()),
    count_open_alerts: () => alertsOf(current()).open.length,
    acknowledge_alerts: ({ ids }) => acknowledge(current(), ids),
    save_alert_settings: ({ request }) => saveAlertSettings(current(), request),
    test_alert_channel: ({ channel }) => testAlertChannel(current(), channel),
    retry_alert_deliveries: () => retryDeliveries(current()),
    backups: () => backupsOf(current()),
    save_backup_settings: ({ settings }) => saveBackupSettings(current(), settings),
    pick_backup_path: () => '/media/mara/stick/2026-02-03T10-00-00.000Z.tieout-changes',
    pick_folder_path: () => '/media/mara/stick',
    matching_settings: () => settingsOf(current()),
    save_matching_settings: ({ request }) => saveSettings(current(), request),
    try_rules: ({ request }) => tryRules(current(), request.rules),
    policy: () => policyOf(current()),
    save_policy: ({ request }) => savePolicy(current(), request),
    try_policy: ({ request }) => tryPolicy(current(), request),
    accepted_records: ({ request }) => acceptedRecords(current(), request),
    take_back_acceptance: ({ request }) => takeBackAcceptance(current(), request),
    differences: ({ request }) => differencesOf(current(), request),
    difference_trends: ({ request }) => trendsOf(current(), request),
    periods: () => periodsOf(current()),
    period: ({ periodId }) => periodOf(current(), periodId),
    open_period: ({ request }) => openPeriod(current(), request),
    remove_period: ({ periodId }) => removePeriod(current(), periodId),
    prepare_period: ({ request }) => preparePeriod(current(), request),
    review_period: ({ request }) => actOn(current(), request, 'reviewed'),
    lock_period: ({ request }) => actOn(current(), request, 'locked'),
    take_period_back: ({ request }) => actOn(current(), request, 'takenBack'),
    request_reopening: ({ request }) => actOn(current(), request, 'reopenRequested'),
    reopen_period: ({ request }) => actOn(current(), request, 'reopened'),
    decline_reopening: ({ request }) => actOn(current(), request, 'reopenDeclined'),
    withdraw_reopening: ({ request }) => actOn(current(), request, 'reopenWithdrawn'),
    check_period: ({ periodId }) => checkPeriod(current(), periodId),
    period_items: ({ request }) => periodItems(current(), request),
    late_entries: () => lateEntries(),
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
    pick_import_paths: () => PICKED.map((file) => file.path),
    pick_mapping_path: (args) => args.current || '/home/mara/Tieout/mapping.toml',
    pick_evidence_path: ({ current: given }) => `/home/mara/Tieout/${given || 'delivery-note.pdf'}`,
    pick_rates_path: () => '/home/mara/Tieout/fx_rates.csv',
    pick_patterns_path: ({ current: given }) => `/home/mara/Tieout/${given || 'patterns.csv'}`,
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
    accepted: 0,
    linesWithoutRate: 0,
    elapsedMs: Date.now() - started,
  };
}

const MEBIBYTES_MAX = 50;

function fileWithin(shelf: Shelf, { path, maxMib }: PreviewImportFileRequest): GivenFile {
  const file = shelf.fileAt(path);
  const limit = maxMib ?? MEBIBYTES_MAX;
  if ((file.mebibytes ?? 0) > limit) {
    throw refusal(
      'fileTooLarge',
      `${file.name}: the file is larger than ${limit} MiB, which is more than a statement needs; split it into smaller ones, or raise the limit on purpose`,
    );
  }
  return file;
}

async function previewsOf(
  imports: FakeImports,
  fileName: string,
  side: ImportPreview['side'] | null,
  bytes: Uint8Array,
): Promise<ImportPreview[]> {
  const files = isArchive(bytes)
    ? await filesOf(bytes)
    : [{ name: fileName, text: new TextDecoder().decode(bytes) }];
  return files.map((file) => imports.start({ ...file, path: null }, side));
}

type LongHandlers = {
  [Name in keyof LongCommands]: (
    args: LongCommands[Name]['args'],
    onProgress: OnProgress,
  ) => Promise<LongCommands[Name]['answer']>;
};

function longHandlers(shelf: Shelf, imports: FakeImports, work: Work): LongHandlers {
  return {
    preview_import_file: async ({ request }, onProgress) => {
      const file = fileWithin(shelf, request);
      await work.inSteps(['reading'], file.text.length, onProgress);
      return [imports.start(file, request.side)];
    },
    retry_import: async ({ batchId }, onProgress) => {
      const { given, side } = fileToRetry(shelf.current(), batchId);
      await work.inSteps(['reading'], given.text.length, onProgress);
      return [imports.start(given, side, batchId)];
    },
    commit_import: async ({ request }, onProgress) => {
      try {
        await work.inSteps(['checking', 'storing'], imports.rowsOf(request.token), onProgress);
      } catch (fault) {
        imports.fail(request.token, 'cancelled');
        throw fault;
      }
      return imports.commit(request.token, request.leaveOutRejected);
    },
    anomalies: async (_, onProgress) => {
      await work.inSteps(['reading', 'classifying'], shelf.current().lines.length, onProgress);
      return anomaliesOf(shelf.current());
    },
    run_matching: (_, onProgress) => match(shelf, work, onProgress),
    sweep_categories: async ({ scope }, onProgress) => {
      await work.inSteps(['categories'], shelf.current().lines.length, onProgress);
      return sweep(shelf.current(), scope);
    },
    apply_policy: async (_, onProgress) => {
      await work.inSteps(['storing'], 1, onProgress);
      return applyPolicy(shelf.current());
    },
    back_up: async (_, onProgress) => {
      await work.inSteps(['backup'], 2_400, onProgress);
      return backUp(shelf.current());
    },
    check_backups: async (_, onProgress) => {
      await work.inSteps(['checkingBackups'], 2, onProgress);
      return checkBackups(shelf.current());
    },
    restore_backup: async ({ request }, onProgress) => {
      await work.inSteps(['restoring'], 2_400, onProgress);
      return restoreBackup(request);
    },
  };
}

/** Makes a host with its own memory. What it hands out are copies, as over a wire. */
export function createFakeHost({ latencyMs = 0, open = false, gridRows = {} }: FakeOptions = {}): Host {
  const shelf = new Shelf(open);
  const imports = new FakeImports(shelf.current);
  const work = new Work(latencyMs);
  const grids = new FakeGrids({ ...USUAL_SIZES, ...gridRows });
  const long = longHandlers(shelf, imports, work);
  const handlers: Handlers<keyof Commands> = {
    ...sessionHandlers(shelf, imports),
    ...anomalyHandlers(shelf),
    ...importHandlers(imports, shelf),
    ...reviewHandlers(shelf, grids),
    ...figureHandlers(shelf),
    ...categoryHandlers(shelf),
    ...customerHandlers(shelf),
    ...gridHandlers(grids),
    ...journalHandlers(shelf),
    ...otherHandlers(shelf),
    ...peopleHandlers(shelf.current, shelf.maybe),
    ...standingHandlers(shelf.current),
    cancel_task: () => work.cancel(),
  };
  return {
    call: async (name, args) => {
      await work.pause(1 / 4);
      admit(name, shelf.maybe());
      return structuredClone(handlers[name](args));
    },
    run: async (name, args, onProgress) => structuredClone(await long[name](args, onProgress)),
    previewBytes: async (fileName, side, bytes) => {
      await work.pause(1);
      return structuredClone(await previewsOf(imports, fileName, side, bytes));
    },
    attachBytes: async (ids, fileName) => structuredClone(attach(shelf.current(), ids, fileName)),
    // A browser has a zoom of its own.
    zoom: () => Promise.resolve(),
  };
}
