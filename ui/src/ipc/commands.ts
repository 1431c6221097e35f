import type {
  AcceptedRecordsView,
  AcceptedRequest,
  AccountSummaryRequest,
  AccountTotals,
  ActsView,
  ActView,
  AddPersonRequest,
  AdjustCustomerRequest,
  AlertsView,
  AlertTestView,
  AllocateDepositRequest,
  AnomaliesRequest,
  AnomaliesView,
  AnomalyConfigView,
  AnomalySettingsView,
  AppliedPolicyView,
  ApproveAboveRequest,
  ApproveAboveView,
  AppState,
  AttachRequest,
  AuditLogView,
  AuditSearchRequest,
  BackupDoneView,
  BackupSettingsView,
  BackupsView,
  BackupView,
  BatchReportView,
  BatchView,
  CategoriesView,
  CategoryLinesRequest,
  CategoryLinesView,
  CategorySumView,
  ChangePersonRequest,
  CheckedBackupView,
  CheckView,
  ChooseJournalAccountRequest,
  CommitImportRequest,
  CreateWorkbookRequest,
  CreditRatesView,
  CustomerRequest,
  CustomerStatementView,
  CustomersRequest,
  CustomersView,
  CustomerView,
  DecideManyRequest,
  DecideRequest,
  DecisionOutcome,
  DeletedRecordsView,
  DiagnosticsView,
  DifferenceScopeRequest,
  DifferencesRequest,
  DifferencesView,
  DifferenceTrendsView,
  ExceptionPage,
  ExceptionsRequest,
  ExceptionTotals,
  ExportedJournalView,
  ExportedReport,
  ExportJournalRequest,
  ExportReportRequest,
  FigureBoard,
  FiguresRequest,
  HandBalancesView,
  HandGroupRequest,
  HistoryDay,
  ImportPreview,
  ImportResult,
  ImportSignerRequest,
  JournalBatchesView,
  JournalLayoutForm,
  JournalLayoutView,
  JournalPreviewView,
  JournalRequest,
  JournalView,
  JudgementView,
  LateEntriesView,
  MappingPathRequest,
  MarkRequest,
  MatchByHandRequest,
  MatchingConfigView,
  MatchingSettingsView,
  NamedAccount,
  NewCustomerRequest,
  OpenPeriodRequest,
  OpenRecordsRequest,
  OpenRecordsView,
  OpenWorkbookRequest,
  PatternsTakenView,
  PeopleView,
  PeriodActRequest,
  PeriodCheckView,
  PeriodItemsRequest,
  PeriodItemsView,
  PeriodSheetView,
  PeriodsView,
  PolicyFormView,
  PolicyTrialView,
  PolicyView,
  PostingAccountView,
  PreparePeriodRequest,
  PresenceView,
  PreviewImportFileRequest,
  PreviewRow,
  PreviewRowsRequest,
  Progress,
  ProofRequest,
  ProofView,
  ProposedPath,
  QueueRequest,
  QueueView,
  RateChangedView,
  RecordSelectionRequest,
  RestoreBackupRequest,
  RestoredView,
  ReviewDetail,
  ReviseImportRequest,
  RuleTrialView,
  RunSummary,
  SaveAlertSettingsRequest,
  SavedPolicyView,
  SavePatternRequest,
  SavePolicyRequest,
  SelectionView,
  SetAsideRequest,
  SetCreditRateRequest,
  SetLineCategoryRequest,
  SideView,
  SignInChoicesView,
  SignInRequest,
  SigningView,
  StandingRatesView,
  StandingView,
  SweepScopeView,
  SweptView,
  TakeBackAcceptanceRequest,
  TakeBackRequest,
  TriedTextView,
  TryRulesRequest,
  VerificationView,
  WaitingDepositsView,
  WorkbookView,
} from './generated';
import type {
  GridPage,
  GridPlace,
  GridPlaceRequest,
  GridRequest,
  GridSelection,
  GridSelectionRequest,
  GridText,
  GridTextRequest,
} from './grids';

type Nothing = Record<string, never>;
type With<Request> = { request: Request };

/** Every command of the host: what it takes and what it answers. */
export interface Commands {
  app_state: { args: Nothing; answer: AppState };
  create_workbook: { args: With<CreateWorkbookRequest>; answer: WorkbookView };
  open_workbook: { args: With<OpenWorkbookRequest>; answer: WorkbookView };
  close_workbook: { args: Nothing; answer: null };
  workbook: { args: Nothing; answer: WorkbookView };
  presence: { args: { active: boolean }; answer: PresenceView };
  lock_now: { args: Nothing; answer: PresenceView };
  unlock: { args: { secret: string }; answer: PresenceView };
  sign_in_choices: { args: Nothing; answer: SignInChoicesView };
  sign_in: { args: With<SignInRequest>; answer: PresenceView };
  sign_out: { args: Nothing; answer: PresenceView };
  people: { args: Nothing; answer: PeopleView };
  add_person: { args: With<AddPersonRequest>; answer: PeopleView };
  change_person: { args: With<ChangePersonRequest>; answer: PeopleView };
  reset_secret: { args: { id: string; secret: string }; answer: PeopleView };
  change_own_secret: { args: { present: string | null; new: string | null }; answer: PeopleView };
  set_single_user: { args: { singleUser: boolean; reason: string }; answer: PeopleView };
  set_idle_minutes: { args: { minutes: number }; answer: PeopleView };
  change_passphrase: { args: { present: string; new: string }; answer: null };
  alerts: { args: Nothing; answer: AlertsView };
  count_open_alerts: { args: Nothing; answer: number };
  acknowledge_alerts: { args: { ids: string[] }; answer: AlertsView };
  save_alert_settings: { args: With<SaveAlertSettingsRequest>; answer: AlertsView };
  test_alert_channel: { args: { channel: string }; answer: AlertTestView };
  retry_alert_deliveries: { args: Nothing; answer: AlertsView };
  backups: { args: Nothing; answer: BackupsView };
  save_backup_settings: { args: { settings: BackupSettingsView }; answer: BackupsView };
  pick_backup_path: { args: { current: string }; answer: string | null };
  restore_points: { args: { from: string }; answer: BackupView[] };
  pick_folder_path: { args: { current: string }; answer: string | null };
  set_anomaly_aside: { args: With<SetAsideRequest>; answer: null };
  restore_anomaly: { args: { key: string }; answer: null };
  anomaly_settings: { args: Nothing; answer: AnomalySettingsView };
  save_anomaly_settings: { args: With<AnomalyConfigView>; answer: AnomalySettingsView };
  list_batches: { args: Nothing; answer: BatchView[] };
  revise_import: { args: With<ReviseImportRequest>; answer: ImportPreview };
  discard_import: { args: { token: string }; answer: null };
  preview_rows: { args: With<PreviewRowsRequest>; answer: PreviewRow[] };
  export_mapping: { args: With<MappingPathRequest>; answer: null };
  import_mapping: { args: With<MappingPathRequest>; answer: ImportPreview };
  batch_report: { args: { batchId: string }; answer: BatchReportView };
  undo_import: { args: { batchId: string }; answer: null };
  delete_records: { args: With<RecordSelectionRequest>; answer: ActView | null };
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
  decide_many: { args: With<DecideManyRequest>; answer: DecisionOutcome };
  hand_balance: { args: { groups: HandGroupRequest[] }; answer: HandBalancesView };
  match_by_hand: { args: With<MatchByHandRequest>; answer: DecisionOutcome };
  /** `expected`: the act that was shown as the next one. Where another is, `stale`, and nothing happens. */
  undo: { args: { expected: string | null }; answer: DecisionOutcome };
  /** {@link Commands.undo}. */
  redo: { args: { expected: string | null }; answer: DecisionOutcome };
  acts: { args: { offset: number; limit: number }; answer: ActsView };
  selection: { args: { ids: string[] }; answer: SelectionView };
  mark: { args: With<MarkRequest>; answer: DecisionOutcome };
  attach: { args: With<AttachRequest>; answer: DecisionOutcome };
  save_evidence: { args: { hash: string; path: string }; answer: null };
  undo_decision: { args: { matchId: string }; answer: DecisionOutcome };
  approve_above: { args: With<ApproveAboveRequest>; answer: ApproveAboveView };
  open_records: { args: With<OpenRecordsRequest>; answer: OpenRecordsView };
  matching_settings: { args: Nothing; answer: MatchingSettingsView };
  save_matching_settings: { args: With<MatchingConfigView>; answer: MatchingSettingsView };
  try_rules: { args: With<TryRulesRequest>; answer: RuleTrialView };
  exceptions: { args: With<ExceptionsRequest>; answer: ExceptionPage };
  exception_totals: { args: With<ExceptionsRequest>; answer: ExceptionTotals };
  figures: { args: With<FiguresRequest>; answer: FigureBoard };
  judgement: { args: With<FiguresRequest>; answer: JudgementView };
  daily_history: { args: { from: string | null; to: string | null }; answer: HistoryDay[] };
  account_summary: { args: With<AccountSummaryRequest>; answer: AccountTotals };
  standing: { args: Nothing; answer: StandingView };
  standing_rates: { args: { locked: boolean }; answer: StandingRatesView[] };
  categories: { args: Nothing; answer: CategoriesView };
  category_sums: { args: Nothing; answer: CategorySumView[] };
  category_lines: { args: With<CategoryLinesRequest>; answer: CategoryLinesView };
  try_category_text: { args: { text: string }; answer: TriedTextView };
  save_category_pattern: { args: With<SavePatternRequest>; answer: null };
  remove_category_pattern: { args: { id: string }; answer: null };
  rename_category: { args: { id: string; name: string }; answer: null };
  remove_category: { args: { id: string }; answer: null };
  import_category_patterns: { args: { path: string }; answer: PatternsTakenView };
  export_category_patterns: { args: { path: string }; answer: number };
  set_line_category: { args: With<SetLineCategoryRequest>; answer: null };
  customers: { args: With<CustomersRequest>; answer: CustomersView };
  customer: { args: With<CustomerRequest>; answer: CustomerStatementView };
  new_customer: { args: With<NewCustomerRequest>; answer: CustomerView };
  adjust_customer: { args: With<AdjustCustomerRequest>; answer: null };
  waiting_deposits: { args: { offset: number; limit: number }; answer: WaitingDepositsView };
  allocate_deposit: { args: With<AllocateDepositRequest>; answer: null };
  take_back_transaction: { args: With<TakeBackRequest>; answer: null };
  credit_rates: { args: Nothing; answer: CreditRatesView };
  set_credit_rate: { args: With<SetCreditRateRequest>; answer: RateChangedView };
  policy: { args: Nothing; answer: PolicyView };
  save_policy: { args: With<SavePolicyRequest>; answer: SavedPolicyView };
  try_policy: { args: With<PolicyFormView>; answer: PolicyTrialView };
  accepted_records: { args: With<AcceptedRequest>; answer: AcceptedRecordsView };
  take_back_acceptance: { args: With<TakeBackAcceptanceRequest>; answer: null };
  differences: { args: With<DifferencesRequest>; answer: DifferencesView };
  difference_trends: { args: With<DifferenceScopeRequest>; answer: DifferenceTrendsView };
  grid_page: { args: With<GridRequest>; answer: GridPage };
  grid_selection: { args: With<GridSelectionRequest>; answer: GridSelection };
  grid_text: { args: With<GridTextRequest>; answer: GridText };
  grid_place: { args: With<GridPlaceRequest>; answer: GridPlace };
  periods: { args: { accountId: string }; answer: PeriodsView };
  period: { args: { periodId: string }; answer: PeriodSheetView };
  open_period: { args: With<OpenPeriodRequest>; answer: PeriodSheetView };
  remove_period: { args: { periodId: string }; answer: null };
  prepare_period: { args: With<PreparePeriodRequest>; answer: PeriodSheetView };
  review_period: { args: With<PeriodActRequest>; answer: PeriodSheetView };
  lock_period: { args: With<PeriodActRequest>; answer: PeriodSheetView };
  take_period_back: { args: With<PeriodActRequest>; answer: PeriodSheetView };
  request_reopening: { args: With<PeriodActRequest>; answer: PeriodSheetView };
  reopen_period: { args: With<PeriodActRequest>; answer: PeriodSheetView };
  decline_reopening: { args: With<PeriodActRequest>; answer: PeriodSheetView };
  withdraw_reopening: { args: With<PeriodActRequest>; answer: PeriodSheetView };
  check_period: { args: { periodId: string }; answer: PeriodCheckView };
  period_items: { args: With<PeriodItemsRequest>; answer: PeriodItemsView };
  late_entries: { args: { periodId: string; offset: number; limit: number }; answer: LateEntriesView };
  journal: { args: With<JournalRequest>; answer: JournalView };
  posting_accounts: { args: Nothing; answer: PostingAccountView[] };
  save_posting_accounts: { args: { accounts: NamedAccount[] }; answer: null };
  choose_journal_account: { args: With<ChooseJournalAccountRequest>; answer: null };
  journal_layouts: { args: Nothing; answer: JournalLayoutView[] };
  /** `was`: the layout's name before; null: it is a new one. */
  save_journal_layout: { args: { layout: JournalLayoutForm; was: string | null }; answer: null };
  remove_journal_layout: { args: { name: string }; answer: null };
  read_journal_layout: { args: { path: string }; answer: JournalLayoutForm };
  preview_journal: {
    args: { layout: JournalLayoutForm; through: string | null; path: string };
    answer: JournalPreviewView;
  };
  export_journal: { args: With<ExportJournalRequest>; answer: ExportedJournalView };
  journal_batches: { args: { offset: number; limit: number }; answer: JournalBatchesView };
  write_journal_again: { args: { number: number; path: string }; answer: ExportedJournalView };
  take_journal_back: { args: { number: number; reason: string }; answer: null };
  balance_proof: { args: With<ProofRequest>; answer: ProofView };
  proposed_report_path: { args: { accountId: string }; answer: ProposedPath };
  export_report: { args: With<ExportReportRequest>; answer: ExportedReport };
  audit_log: { args: { offset: number; limit: number; search?: AuditSearchRequest }; answer: AuditLogView };
  export_audit_log: { args: { path: string }; answer: number };
  accept_history: { args: { reason: string }; answer: null };
  verify_workbook: { args: Nothing; answer: VerificationView };
  signing: { args: Nothing; answer: SigningView };
  make_signer: { args: Nothing; answer: SigningView };
  import_signer: { args: With<ImportSignerRequest>; answer: SigningView };
  revoke_signer: { args: { fingerprint: string; reason: string }; answer: SigningView };
  save_certificate: { args: { fingerprint: string; path: string }; answer: null };
  pick_identity_path: { args: Nothing; answer: string | null };
  pick_certificate_path: { args: { current: string }; answer: string | null };
  examine: { args: { online: boolean }; answer: CheckView[] };
  diagnostics: { args: Nothing; answer: DiagnosticsView };
  save_diagnostics: { args: { path: string }; answer: null };
  pick_diagnostics_path: { args: { current: string }; answer: string | null };
  pick_workbook_path: { args: { save: boolean; current: string }; answer: string | null };
  pick_report_path: { args: { current: string }; answer: string | null };
  pick_import_paths: { args: Nothing; answer: string[] };
  pick_mapping_path: { args: { save: boolean; current: string }; answer: string | null };
  pick_evidence_path: { args: { save: boolean; current: string }; answer: string | null };
  pick_rates_path: { args: { current: string }; answer: string | null };
  pick_journal_path: { args: { save: boolean; current: string }; answer: string | null };
  pick_audit_path: { args: { current: string }; answer: string | null };
  pick_patterns_path: { args: { save: boolean; current: string }; answer: string | null };
  reveal: { args: { path: string }; answer: null };
}

/** The commands that take long: they report how far they are, and `cancel_task` stops them. */
export interface LongCommands {
  anomalies: { args: With<AnomaliesRequest>; answer: AnomaliesView };
  preview_import_file: { args: With<PreviewImportFileRequest>; answer: ImportPreview[] };
  retry_import: { args: { batchId: string }; answer: ImportPreview[] };
  commit_import: { args: With<CommitImportRequest>; answer: ImportResult };
  run_matching: { args: Nothing; answer: RunSummary };
  sweep_categories: { args: { scope: SweepScopeView }; answer: SweptView };
  apply_policy: { args: Nothing; answer: AppliedPolicyView };
  back_up: { args: Nothing; answer: BackupDoneView };
  check_backups: { args: Nothing; answer: CheckedBackupView[] };
  restore_backup: { args: With<RestoreBackupRequest>; answer: RestoredView };
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
  /** Attaches a file that was dropped in the window, whose path the window does not know, to rows: one act. */
  attachBytes(ids: readonly string[], fileName: string, bytes: Uint8Array): Promise<DecisionOutcome>;
  /** Draws the window's page larger or smaller; 1 is as it was made. */
  zoom(factor: number): Promise<void>;
  /** Keeps the window open when its frame asks to close it, and says that it did; answers how to stop. */
  holdClosing(asked: () => void): () => void;
  /** Closes the window, whatever holds it. */
  closeWindow(): Promise<void>;
}
