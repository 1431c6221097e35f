//! The words of DESIGN section 2 as types that keep their own invariants.
//!
//! This crate knows no clock, disk, network, database, JSON or window, and none of our other crates.
//! Everything else in the workspace speaks in its terms.

mod acts;
mod alerts;
mod audit;
mod categories;
mod credits;
mod currency;
mod customer_account;
mod customer_code;
mod decision;
mod differences;
mod digest;
mod document_number;
mod explanation;
mod figures;
mod finding;
mod ids;
mod import;
mod journal;
mod matches;
mod money;
mod people;
mod period;
mod policy;
mod posting;
mod profile;
mod rates;
mod records;
mod refusals;
mod root_cause;
mod rules;
mod said;
mod validation;
mod written_policy;

pub use acts::{ActKind, UnknownActKind};
pub use alerts::{
    AlertChannel, AlertKind, AlertReading, AlertSettings, AlertSeverity, DELIVERY_ATTEMPTS_MAX, DeliveryState,
    MailSecurity, MessageLanguage, retry_delay_ms,
};
pub use audit::{AuditEvent, AuditHead, GENESIS};
pub use categories::{
    CATEGORY_LETTERS_MAX, CategoryPattern, CategoryPatternError, CategoryStatus, PATTERN_LETTERS_MAX, fold_text,
};
pub use credits::{CreditError, CreditRate, Credits};
pub use currency::{Currency, UnknownCurrency};
pub use customer_account::CustomerTransactionKind;
pub use customer_code::{CodesExhausted, CustomerCode, NotACustomerCode};
pub use decision::{Decider, Decision, Verdict};
pub use differences::{JobDifference, PricedJob, SideTotals, divide_half_even};
pub use digest::{Digest, DigestError};
pub use document_number::{comparable_number, has_letter_for_digit, number_without_addition};
pub use explanation::{Agreement, Confidence, Evidence, EvidenceKind, Explanation, RunnerUp, Weight};
pub use figures::{ComplianceStatus, FigureLimits, Findings, JudgementReason, RiskLevel, Variance, share};
pub use finding::{CauseFinding, CauseRule, Fact, FindingValue, ProposedFix, first_cause, first_finding};
pub use ids::{
    AccountId, ActId, AlertDeliveryId, AlertId, AuditEventId, CategoryId, CategoryPatternId, CategorySweepId,
    CompanyId, CustomerId, DecisionId, ExceptionId, ImportBatchId, LedgerEntryId, MatchId, PeriodId, RunId,
    StatementId, StatementLineId, UserId, WorkbookId,
};
pub use import::{BatchState, Diagnostic, Severity};
pub use journal::{
    BookableDifference, DatePattern, DifferenceEntry, DifferenceLine, JournalCell, JournalColumn, JournalEncoding,
    JournalEntry, JournalGap, JournalLayout, JournalLayoutError, JournalLines, JournalSide, JournalSource, JournalText,
    JournalValue, LAYOUT_COLUMNS_MAX, NoDatePattern, PostedAs, PostingChart, PostingRole, READY_LAYOUTS, SideAccount,
    UnknownJournalWord, UnknownPostingRole, counter_role, in_open_period,
};
pub use matches::{Adjustment, Leg, Match, MatchError, MatchKind, MatchStatus, RecordRef};
pub use money::{Money, MoneyError};
pub use people::{
    PERSON_LETTERS_MAX, Permission, PersonError, Role, UnknownRole, is_same_name, person_email, person_name,
};
pub use period::{BalanceProof, Period, PeriodEventKind, PeriodState, ProofState, RollForward, RollSum};
pub use policy::{AutoApprove, Grouping, ReconcileConfig, Tolerance};
pub use posting::{POSTING_ACCOUNT_CHARS_MAX, POSTING_TEXT_CHARS_MAX, Posting, PostingAccount, PostingError};
pub use profile::{Profile, UnknownProfile};
pub use rates::{ExchangeRates, RateError};
pub use records::{
    InvoiceStatus, Job, LedgerEntry, LedgerKind, Normalised, NormalisedTexts, Side, Source, StatementLine,
};
pub use root_cause::{RootCause, UnknownRootCause};
pub use rules::{
    Action, AmountRange, Condition, EntryField, Field, LineField, Pattern, Relation, Rule, RuleError, Test, TextTest,
    UnknownField, WriteOff,
};
pub use said::{Said, SaidValue};
pub use validation::{Finding, QualityPart, StepOutcome, StepReport, ValidationReport, ValidationStep};
pub use written_policy::{
    CauseLimit, CausePolicy, Counted, Judged, Kept, MonthUse, OWNER_CHARS_MAX, PeriodUse, Policy, PolicyError,
    PolicyItem, PolicyMonth, PolicyPeriod, PolicySubject, PolicyVersion, UnknownMonth, owner_name,
};
