//! The use cases: everything the shell, the CLI and (later) the server can ask for, one function per intention.
//!
//! It knows no SQL, no window and no JSON shape; it joins the pure crates with the workbook and the machine.

mod answers;
mod by_hand;
mod categories;
pub mod categorise;
mod cause_words;
mod causes;
mod configuration;
mod credits;
pub mod custody;
mod customers;
mod decisions;
mod engine;
mod environment;
mod error;
mod export;
pub mod figures;
pub mod headless;
mod identity;
mod importing;
mod inbox;
pub mod inspect;
mod isolation;
mod mapping_file;
mod matching_settings;
mod pattern_file;
mod proofs;
mod rates;
mod reading;
mod recent;
mod requests;
mod results;
mod review;
mod runs;
mod session;
mod trial;
mod validation;
pub mod verify;
mod wording;

pub use answers::*;
pub use categories::{CategoryFacts, CategoryList, FoundCategory, PatternFacts, SweepSummary};
pub use configuration::{
    ConditionText, Configuration, ConfigurationText, KeptRates, RuleText, confidence_from_percent,
};
pub use credits::{CreditRates, RateChanged};
pub use customers::{CustomerStatement, NewCustomer};
pub use environment::Environment;
pub use error::ApplicationError;
pub use export::{ExportFolder, ExportedFolder};
pub use importing::{FileImport, ImportFile};
pub use isolation::{CHILD_ARGUMENT, run_if_child};
pub use jiff::civil::Date;
pub use matching_settings::MatchingSettings;
pub use recent::RecentWorkbook;
pub use requests::*;
pub use rust_decimal::Decimal;
pub use session::{Progress, Session};
pub use tieout_classify::{TextField, TransactionTexts};
pub use tieout_domain::{
    CategoryId, CategoryPatternId, Currency, CustomerTransactionKind, Profile, RootCause, Side, UnknownProfile,
};
pub use tieout_statements::{
    Break, ColumnRole, Control, DateOrder, DecimalMark, Detection, Mapping, Open, ProofKind, ReadingProof,
    StatementReading, Sureness,
};
pub use tieout_workbook::{
    CategoryCounts, CreditRateRecord, CustomerAccount, CustomerBalance, CustomerTransaction, DepositWait, HandCategory,
    OpenError, Page, PatternsImported, WaitingDeposit, WorkbookError,
};
pub use trial::{RuleTrial, TrialExample, TrialFinding, TrialOutcome, TriedRule};
