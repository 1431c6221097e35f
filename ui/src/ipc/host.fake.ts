/**
 * The host in memory, for a plain browser and for tests. It knows a small company whose two files wait to be imported.
 * It is no part of a release bundle.
 */

import type { Commands, Host } from './commands';
import { acknowledge, alertsOf, retryDeliveries, saveAlertSettings, testAlertChannel } from './fake/alerts';
import { proof } from './fake/answers';
import { acceptHistory, auditLog, exportLog } from './fake/audit';
import { backupsOf, restorePoints, saveBackupSettings } from './fake/backups';
import { differencesOf, trendsOf } from './fake/differences';
import { diagnostics, examined } from './fake/doctor';
import { FakeGrids, type GridSizes, USUAL_SIZES } from './fake/grids';
import type { Handlers } from './fake/handlers';
import {
  type CategoryCommand,
  type CustomerCommand,
  categoryHandlers,
  customerHandlers,
  type JournalCommand,
  journalHandlers,
} from './fake/handlersOfBooks';
import {
  type AnomalyCommand,
  anomalyHandlers,
  type FigureCommand,
  figureHandlers,
  type GridCommand,
  gridHandlers,
  type ImportCommand,
  importHandlers,
  type ReviewCommand,
  reviewHandlers,
} from './fake/handlersOfWork';
import { hashOf } from './fake/importing';
import { FakeImports } from './fake/imports';
import { longHandlers, previewsOf } from './fake/long';
import { attach } from './fake/marks';
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
import { acceptedRecords, policyOf, savePolicy, takeBackAcceptance, tryPolicy } from './fake/policy';
import { Shelf } from './fake/shelf';
import { importSigner, makeSigner, revokeSigner, signingOf } from './fake/signing';
import { type StandingCommand, standingHandlers } from './fake/standing';
import { verified } from './fake/verified';
import { Work } from './fake/work';
import type { ExportedReport } from './generated';

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

type SessionCommand = 'app_state' | 'create_workbook' | 'open_workbook' | 'close_workbook' | 'workbook';

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
    restore_points: () => restorePoints(),
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
    audit_log: ({ offset, limit, search }) => auditLog(current(), offset, limit, search),
    export_audit_log: ({ path }) => exportLog(current(), path),
    accept_history: ({ reason }) => acceptHistory(current(), reason),
    verify_workbook: () => verified(current()),
    signing: () => signingOf(current()),
    make_signer: () => makeSigner(current()),
    import_signer: ({ request }) => importSigner(current(), request),
    revoke_signer: ({ fingerprint, reason }) => revokeSigner(current(), fingerprint, reason),
    save_certificate: () => null,
    pick_identity_path: () => '/home/mara/Tieout/mara.p12',
    pick_certificate_path: ({ current: given }) => `/home/mara/Tieout/${given}`,
    examine: ({ online }) => examined(current(), online),
    diagnostics: () => diagnostics(current()),
    save_diagnostics: () => null,
    pick_diagnostics_path: ({ current: given }) => `/home/mara/Tieout/${given}`,
    pick_workbook_path: (args) => args.current || shelf.samplePath,
    pick_report_path: (args) => args.current,
    pick_import_paths: () => PICKED.map((file) => file.path),
    pick_mapping_path: (args) => args.current || '/home/mara/Tieout/mapping.toml',
    pick_evidence_path: ({ current: given }) => `/home/mara/Tieout/${given || 'delivery-note.pdf'}`,
    pick_audit_path: ({ current: given }) => `/home/mara/Tieout/${given}`,
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
    // Its frame is not the page's.
    holdClosing: () => () => undefined,
    closeWindow: () => Promise.resolve(),
  };
}
