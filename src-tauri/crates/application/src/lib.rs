//! The use cases: everything the shell, the CLI and (later) the server can ask for, one function per intention.
//!
//! It knows no SQL, no window and no JSON shape; it joins the pure crates with the workbook and the machine.

// The tests' own set-up names this crate as tests beside it do.
#[cfg(test)]
extern crate self as tieout_application;
#[cfg(test)]
#[path = "../tests/desk/mod.rs"]
mod desk;

pub mod alerts;
pub mod anomalies;
mod answers;
mod audit_log;
pub mod backup;
mod by_hand;
mod categories;
pub mod categorise;
mod category_lines;
mod category_rules;
mod category_sweep;
mod cause_words;
mod causes;
mod configuration;
mod credits;
pub mod custody;
mod customer_corrections;
mod customers;
mod decision_words;
mod decisions;
pub mod differences;
pub mod doctor;
mod engine;
mod environment;
mod error;
mod export;
mod exports;
pub mod figures;
mod foreign;
pub mod grids;
mod hardening;
pub mod headless;
mod identity;
mod importing;
mod inbox;
pub mod inspect;
mod isolation;
pub mod journal;
mod judgement;
mod kept;
pub mod logging;
mod mapping_file;
mod marks;
mod matching_settings;
mod nearest_words;
mod pattern_file;
mod people;
mod periods;
mod place;
pub mod policy;
mod policy_trial;
mod presence;
mod proofs;
mod rates;
mod reading;
mod recent;
mod requests;
mod results;
mod review;
mod runs;
mod session;
mod signed_report;
mod signing;
mod standing;
mod text_file;
mod trial;
mod validation;
pub mod verify;
mod wording;

pub use answers::*;
pub use by_hand::{HandAdjustment, HandBalance, HandBalances, HandGroup, HandRecord, LeftOpen, MatchByHand};
pub use categories::{CategoryFacts, CategoryList, PatternFacts};
pub use category_lines::{FittingPattern, TriedText};
pub use category_rules::CategoryRule;
pub use category_sweep::{FoundCategory, SweepSummary};
pub use configuration::{
    AnomalyConfigText, CauseText, ConditionText, Configuration, ConfigurationText, DetectorText, FigureLimitsText,
    KeptRates, PolicyText, RuleText, confidence_from_percent,
};
pub use credits::{CreditRates, RateChanged};
pub use customer_corrections::{AdjustCustomer, TakeBack};
pub use customers::{CustomerStatement, NewCustomer};
pub use environment::{Environment, moment_in};
pub use error::ApplicationError;
pub use export::{ExportFolder, ExportedFolder};
pub use hardening::keep_memory_private;
pub use importing::{FileImport, ImportFile};
pub use isolation::{CHILD_ARGUMENT, run_if_child};
pub use jiff::civil::Date;
pub use marks::{Attach, SelectedSide, SelectionFacts};
pub use matching_settings::MatchingSettings;
pub use people::{NewPerson, People};
pub use periods::{AccountPeriods, PeriodCheck, PeriodRights, PeriodSheet, PrepareBalances, RolledRecord, ToldEvent};
pub use place::Existing;
pub use policy_trial::{PolicyTrial, PolicyTrialExample, PolicyTrialGroup};
pub use presence::{AtWork, IDLE_MINUTES_MAX, Need, Presence, SignIn, SignInChoice, SignInChoices};
pub use recent::RecentWorkbook;
pub use requests::*;
pub use results::Hashed;
pub use rust_decimal::Decimal;
pub use session::{Progress, Session};
pub use signing::{SignerFacts, Signing};
pub use standing::{RatedRow, StandingNow};
pub use text_file::read as read_text_file;
pub use tieout_classify::{PatternFit, TextField, TransactionTexts};
pub use tieout_domain::{
    AccountId, ActId, ActKind, CategoryId, CategoryPatternId, Currency, CustomerTransactionKind, Digest, JournalEntry,
    JournalSide, MessageLanguage, Permission, Posting, PostingAccount, PostingError, PostingRole, Profile,
    READY_LAYOUTS, Role, RootCause, Said, Side, UnknownProfile, UserId, is_same_name, said,
};
pub use tieout_reports::{Layout, Paper, Parts, Privacy, Showing};
pub use tieout_statements::{
    Break, ColumnRole, Control, DateOrder, DecimalMark, Detection, Mapping, Open, ProofKind, ReadingProof,
    StatementReading, Sureness,
};
pub use tieout_workbook::{
    Act, BalanceSource, CategorisedLine, CategoryCounts, CategoryShelf, CategorySum, CreditRateRecord, CustomerAccount,
    CustomerBalance, CustomerTransaction, DepositWait, Duty, DutyKind, HandCategory, JournalFault, Mark, Note,
    NoteContent, OpenError, Page, PatternsImported, PeriodCause, PeriodChangeKind, PeriodDifference, PeriodError,
    PeriodEvent, PeriodFigures, PeriodProof, PeriodRecord, Reopening, RollPart, Signatures, Signed, SignedContent,
    SinceSigned, Standing, StandingRates, StandingRow, SweepScope, User, UserChange, WaitingDeposit, WorkbookError,
};
pub use trial::{RuleTrial, TrialExample, TrialFinding, TrialOutcome, TriedRule};
