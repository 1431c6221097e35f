import type {
  ApproveAboveRequest,
  ApproveAboveView,
  AppState,
  AuditLogView,
  BatchView,
  CommitImportRequest,
  CreateWorkbookRequest,
  DecideRequest,
  DecisionOutcome,
  ExportedReport,
  ExportReportRequest,
  ImportPreview,
  ImportResult,
  MatchByHandRequest,
  OpenRecordsRequest,
  OpenRecordsView,
  OpenWorkbookRequest,
  PreviewImportFileRequest,
  Progress,
  ProofRequest,
  ProofView,
  ProposedPath,
  QueueRequest,
  QueueView,
  ReviewDetail,
  ReviseImportRequest,
  RunSummary,
  SideView,
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
  cancel_task: { args: Nothing; answer: null };
  review_queue: { args: With<QueueRequest>; answer: QueueView };
  match_detail: { args: { id: string }; answer: ReviewDetail };
  exception_detail: { args: { id: string }; answer: ReviewDetail };
  decide: { args: With<DecideRequest>; answer: DecisionOutcome };
  match_by_hand: { args: With<MatchByHandRequest>; answer: DecisionOutcome };
  undo: { args: Nothing; answer: DecisionOutcome };
  undo_decision: { args: { matchId: string }; answer: DecisionOutcome };
  approve_above: { args: With<ApproveAboveRequest>; answer: ApproveAboveView };
  open_records: { args: With<OpenRecordsRequest>; answer: OpenRecordsView };
  balance_proof: { args: With<ProofRequest>; answer: ProofView };
  proposed_report_path: { args: { accountId: string }; answer: ProposedPath };
  export_report: { args: With<ExportReportRequest>; answer: ExportedReport };
  audit_log: { args: { offset: number; limit: number }; answer: AuditLogView };
  verify_workbook: { args: Nothing; answer: VerificationView };
  pick_workbook_path: { args: { save: boolean; current: string }; answer: string | null };
  pick_report_path: { args: { current: string }; answer: string | null };
  reveal: { args: { path: string }; answer: null };
}

/** The commands that take long: they report how far they are, and `cancel_task` stops them. */
export interface LongCommands {
  preview_import_file: { args: With<PreviewImportFileRequest>; answer: ImportPreview };
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
  /** Looks into a file that was dropped or picked in the window, whose path the window does not know. */
  previewBytes(fileName: string, side: SideView | null, bytes: Uint8Array): Promise<ImportPreview>;
}
