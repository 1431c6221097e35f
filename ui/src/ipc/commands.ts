import type {
  ApproveAboveRequest,
  ApproveAboveView,
  AppState,
  AuditLogView,
  BatchReportView,
  BatchView,
  CommitImportRequest,
  CreateWorkbookRequest,
  DecideRequest,
  DecisionOutcome,
  DeletedRecordsView,
  DifferenceScopeRequest,
  DifferencesRequest,
  DifferencesView,
  DifferenceTrendsView,
  ExportedReport,
  ExportReportRequest,
  HandBalanceRequest,
  HandBalanceView,
  ImportPreview,
  ImportResult,
  MappingPathRequest,
  MatchByHandRequest,
  MatchingConfigView,
  MatchingSettingsView,
  OpenRecordsRequest,
  OpenRecordsView,
  OpenWorkbookRequest,
  PreviewImportFileRequest,
  PreviewRow,
  PreviewRowsRequest,
  Progress,
  ProofRequest,
  ProofView,
  ProposedPath,
  QueueRequest,
  QueueView,
  RecordSelectionRequest,
  ReviewDetail,
  ReviseImportRequest,
  RuleTrialView,
  RunSummary,
  SideView,
  TryRulesRequest,
  VerificationView,
  WorkbookView,
} from './generated';

type Nothing = Record<string, never>;
type With<Request> = { request: Request };

/** Every command of the host: what it takes and what it answers. */
export interface Commands {
  app_state: { args: Nothing; answer: AppState };
  create_workbook: { args: With<CreateWorkbookRequest>; answer: WorkbookView };
  open_workbook: { args: With<OpenWorkbookRequest>; answer: WorkbookView };
  close_workbook: { args: Nothing; answer: null };
  workbook: { args: Nothing; answer: WorkbookView };
  list_batches: { args: Nothing; answer: BatchView[] };
  revise_import: { args: With<ReviseImportRequest>; answer: ImportPreview };
  discard_import: { args: { token: string }; answer: null };
  preview_rows: { args: With<PreviewRowsRequest>; answer: PreviewRow[] };
  export_mapping: { args: With<MappingPathRequest>; answer: null };
  import_mapping: { args: With<MappingPathRequest>; answer: ImportPreview };
  batch_report: { args: { batchId: string }; answer: BatchReportView };
  undo_import: { args: { batchId: string }; answer: null };
  delete_records: { args: With<RecordSelectionRequest>; answer: null };
  restore_records: { args: With<RecordSelectionRequest>; answer: null };
  deleted_records: {
    args: { side: SideView; offset: number; limit: number };
    answer: DeletedRecordsView;
  };
  cancel_task: { args: Nothing; answer: null };
  review_queue: { args: With<QueueRequest>; answer: QueueView };
  match_detail: { args: { id: string }; answer: ReviewDetail };
  exception_detail: { args: { id: string }; answer: ReviewDetail };
  decide: { args: With<DecideRequest>; answer: DecisionOutcome };
  hand_balance: { args: With<HandBalanceRequest>; answer: HandBalanceView };
  match_by_hand: { args: With<MatchByHandRequest>; answer: DecisionOutcome };
  undo: { args: Nothing; answer: DecisionOutcome };
  undo_decision: { args: { matchId: string }; answer: DecisionOutcome };
  approve_above: { args: With<ApproveAboveRequest>; answer: ApproveAboveView };
  open_records: { args: With<OpenRecordsRequest>; answer: OpenRecordsView };
  matching_settings: { args: Nothing; answer: MatchingSettingsView };
  save_matching_settings: { args: With<MatchingConfigView>; answer: MatchingSettingsView };
  try_rules: { args: With<TryRulesRequest>; answer: RuleTrialView };
  differences: { args: With<DifferencesRequest>; answer: DifferencesView };
  difference_trends: { args: With<DifferenceScopeRequest>; answer: DifferenceTrendsView };
  balance_proof: { args: With<ProofRequest>; answer: ProofView };
  proposed_report_path: { args: { accountId: string }; answer: ProposedPath };
  export_report: { args: With<ExportReportRequest>; answer: ExportedReport };
  audit_log: { args: { offset: number; limit: number }; answer: AuditLogView };
  verify_workbook: { args: Nothing; answer: VerificationView };
  pick_workbook_path: { args: { save: boolean; current: string }; answer: string | null };
  pick_report_path: { args: { current: string }; answer: string | null };
  pick_import_paths: { args: Nothing; answer: string[] };
  pick_mapping_path: { args: { save: boolean; current: string }; answer: string | null };
  pick_rates_path: { args: { current: string }; answer: string | null };
  reveal: { args: { path: string }; answer: null };
}

/** The commands that take long: they report how far they are, and `cancel_task` stops them. */
export interface LongCommands {
  preview_import_file: { args: With<PreviewImportFileRequest>; answer: ImportPreview[] };
  retry_import: { args: { batchId: string }; answer: ImportPreview[] };
  commit_import: { args: With<CommitImportRequest>; answer: ImportResult };
  run_matching: { args: Nothing; answer: RunSummary };
}

/** Told how far a long command is. */
export type OnProgress = (progress: Progress) => void;

/** What stands behind the window: Tauri in the application, memory in a browser and in tests. */
export interface Host {
  call<Name extends keyof Commands>(
    name: Name,
    args: Commands[Name]['args'],
  ): Promise<Commands[Name]['answer']>;
  run<Name extends keyof LongCommands>(
    name: Name,
    args: LongCommands[Name]['args'],
    onProgress: OnProgress,
  ): Promise<LongCommands[Name]['answer']>;
  /**
   * Looks into a file that was dropped or picked in the window, whose path the window does not know. An archive is
   * taken as its files.
   */
  previewBytes(fileName: string, side: SideView | null, bytes: Uint8Array): Promise<ImportPreview[]>;
}
