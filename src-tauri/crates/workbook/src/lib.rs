//! The one encrypted SQLite file that holds all of a company's work.
//!
//! Only this crate knows SQL, SQLCipher and the keychain. It must not know file formats, how matches are found, how
//! anything looks in JSON across IPC, nor that there is a window. Every call that changes something is one transaction
//! that writes the data together with its link of the audit chain; see [`Workbook`].

mod account_check;
mod account_limits;
mod accounts;
mod acts;
mod adjustments;
mod alerts;
mod alike;
mod allotment;
mod anchor;
mod anomalies;
mod audit;
mod backup;
mod batches;
mod bulk;
mod categories;
mod category_lines;
mod change;
mod clock;
mod company;
mod content;
mod credit_rates;
mod crediting;
mod custom;
mod customer_accounts;
mod customer_codes;
mod customer_ledger;
mod customers;
mod damage;
mod decisions;
mod deletions;
mod differences;
mod entry_imports;
mod error;
mod exceptions;
mod exchange;
mod figures;
mod file;
mod findings;
mod fingerprint;
mod giving_way;
mod grids;
mod heads;
mod import_undo;
mod imports;
mod invoices;
mod journal;
mod json;
mod key;
mod key_store;
mod keychain;
mod line_categories;
mod line_imports;
mod lock;
mod machine;
mod marks;
mod matchable;
mod new_customers;
mod open;
mod pairing;
mod passphrase;
mod past;
mod people;
mod periods;
mod plan;
mod policies;
mod postings;
mod progress;
mod proof;
mod proposals;
mod queue;
mod records;
mod recount;
mod refusals;
mod reversals;
mod review;
mod rows;
mod run_results;
mod runs;
mod schema;
mod seal;
mod secret;
mod settings;
mod sign_in;
mod signers;
mod spans;
mod standing;
mod state;
mod statements;
mod sweeps;
mod tally;
mod upkeep;
mod waiting_deposits;

#[cfg(test)]
mod tests;

pub use accounts::Account;
pub use acts::{Act, Turned};
pub use alerts::{Alert, AlertChanges, AlertFilter, ClaimedDelivery, Delivery, ExceptionAges, SendOutcome};
pub use anchor::AnchorState;
pub use anomalies::{AnomalyToSetAside, SetAside};
pub use audit::{AuditPage, ChainFault, ChainFileFault, ChainLines, ChainReport, check_chain_file};
pub use backup::{
    Backup, BackupError, BackupHead, BackupKeep, BackupKey, BackupKind, Prepared, Proven, RestorePoint, Restored,
    Shelf, Shelves, Snapshot, Unproven, find_restore_point, restore, restore_points,
};
pub use batches::{Batch, NewBatch};
pub use categories::{Category, PatternsImported, StoredPattern};
pub use category_lines::{CategoryShelf, CategorySum};
pub use clock::{Clock, SteppingClock, SystemClock};
pub use company::Company;
pub use content::Alternative;
pub use credit_rates::{CreditRateRecord, RateSet};
pub use customer_accounts::{CustomerAccount, CustomerBalance, CustomerTransaction};
pub use customers::Customer;
pub use decisions::{Approvable, Decided, HandMatch};
pub use deletions::DeletedRecord;
pub use differences::{DifferenceScope, JobMatch, MatchDifference};
pub use entry_imports::EntryImport;
pub use error::{Holder, OpenError, WorkbookError};
pub use figures::{
    AccountSummary, AgeBand, CategoryShare, DailyFigures, Discrepancy, ExceptionFigures, ExceptionKey, ExceptionOrder,
    ExceptionQuery, ExceptionTotals, FigureScope, Figures, ListedException, RunFigures, SUMMARY_DAYS_MAX, StatusCounts,
    UNSEEN_RECORD,
};
pub use file::salt_of;
pub use grids::{
    ColumnKind, GRID_SORTS_MAX, GridCell, GridColumn, GridColumnFacts, GridFilter, GridKind, GridLoading, GridPage,
    GridPiece, GridPieces, GridPlace, GridQuery, GridRange, GridRow, GridRowKind, GridRows, GridSelection, GridSort,
    GridTest,
};
pub use imports::ImportOutcome;
pub use journal::{JournalBatch, JournalFault, JournalSum, JournalTakenBack, NewJournalBatch};
pub use key::{PASSPHRASE_MIN_CHARS, Salt};
pub use key_store::{
    AlertSecret, KeyStore, KeyStoreError, MemoryKeyStore, adopt_signing_identity, forget_signing_identity,
    former_signing_identity, load_alert_secret, load_signing_identity, store_alert_secret, store_signing_identity,
};
pub use keychain::Keychain;
pub use line_categories::{CategorisedLine, CategoryCounts, HandCategory, LineCategory};
pub use line_imports::{LineImport, StatementHandle};
pub use lock::is_of_open_workbook;
pub use marks::{
    COMMENT_CHARS_MAX, EVIDENCE_BYTES_MAX, Evidence, MARKED_AT_ONCE_MAX, Mark, MarkFault, Marked, Note, NoteContent,
    Timing,
};
pub use matchable::OpenRecord;
pub use open::{NewCompany, Opened, Unlock, Workbook};
pub use past::{PastMatch, PastVerdict};
pub use people::{User, UserChange};
pub use periods::{
    BalanceSource, HandBalance, PeriodCause, PeriodChangeKind, PeriodDifference, PeriodError, PeriodEvent,
    PeriodFigures, PeriodProof, PeriodRecord, Reopening, RollItem, RollPart, Signatures, Signed, SignedContent,
    SinceSigned,
};
pub use plan::{EntryKey, EntryPlan, LineKey, LinePlan, RowPlan};
pub use policies::{Acceptance, AppliedPolicy, KeptItem, PastDecision, PastItem, PolicyPlan, Resolution};
pub use postings::PostingRow;
pub use progress::Progress;
pub use proof::{AccountProof, ProofRange};
pub use queue::{
    DueCondition, Noted, OwnerCondition, QueueConditions, QueueCounts, QueueFilter, QueuePage, QueueQuery, QueueRow,
    QueueSubject, RowState,
};
pub use records::{EntryRecord, LineRecord, OpenQuery, Page, Record, RecordCounts};
pub use review::{DecisionRecord, ExceptionRecord, MatchDetail, MatchSummary, RecordDetail};
pub use runs::{NewException, NewRun, Proposal, RejectedMatch, RunRecord};
pub use schema::SCHEMA_VERSION;
pub use seal::RowFault;
pub use secret::{SECRET_MAX_CHARS, SECRET_MIN_CHARS};
pub use settings::{MappingScope, NewMapping, RememberedMapping};
pub use signers::{NewSigner, SignerOrigin, SignerRecord};
pub use standing::{Duty, DutyKind, Standing, StandingRates, StandingRow};
pub use statements::{ProofKind, StatementFacts, StatementProof, StatementRecord, UnknownProofKind};
pub use sweeps::{LineVerdict, PendingLine, SweepOrder, SweepOutcome, SweepScope};
pub use upkeep::{ExportNote, ExportedFile};
pub use waiting_deposits::{DepositWait, WaitingDeposit};
