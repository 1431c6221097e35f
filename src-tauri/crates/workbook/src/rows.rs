//! Between columns and the domain's types.

use jiff::civil::Date;
use rusqlite::{
    ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};
use tieout_domain::{
    Agreement, BatchState, CategoryStatus, Currency, CustomerTransactionKind, Decider, EvidenceKind, InvoiceStatus,
    LedgerKind, MatchKind, MatchStatus, Money, Role, RootCause, Severity, Side, UserId, Verdict,
};
use uuid::Uuid;

use crate::WorkbookError;

/// An identifier as 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Blob(pub(crate) Uuid);

impl ToSql for Blob {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_bytes())))
    }
}

impl FromSql for Blob {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = value.as_blob()?;
        Uuid::from_slice(bytes).map(Self).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

/// Finds the value whose word this is.
pub(crate) fn word<T: Copy>(all: &[T], as_str: impl Fn(T) -> &'static str, text: &str) -> Result<T, WorkbookError> {
    let found = all.iter().copied().find(|&value| as_str(value) == text);
    found.ok_or_else(|| WorkbookError::unreadable(format_args!("'{text}'")))
}

pub(crate) fn match_kind(text: &str) -> Result<MatchKind, WorkbookError> {
    use MatchKind::{Duplicate, ManyToMany, ManyToOne, OneToMany, OneToOne, Reversal, Settlement};
    let all = [OneToOne, OneToMany, ManyToOne, ManyToMany, Settlement, Reversal, Duplicate];
    word(&all, MatchKind::as_str, text)
}

pub(crate) fn match_status(text: &str) -> Result<MatchStatus, WorkbookError> {
    use MatchStatus::{Ambiguous, Approved, Rejected, Suggested, Superseded};
    word(&[Suggested, Ambiguous, Approved, Rejected, Superseded], MatchStatus::as_str, text)
}

/// Where a match stood before a decision; `none`: it was not there.
pub(crate) fn status_before(text: &str) -> Result<Option<MatchStatus>, WorkbookError> {
    if text == "none" { Ok(None) } else { match_status(text).map(Some) }
}

pub(crate) fn verdict(text: &str) -> Result<Verdict, WorkbookError> {
    word(&[Verdict::Approve, Verdict::Reject, Verdict::Override, Verdict::Undo], Verdict::as_str, text)
}

/// Who decided: a person, or else the policy of this version.
pub(crate) fn decider(user: Option<Blob>, policy: Option<String>) -> Decider {
    match user {
        Some(user) => Decider::Person(UserId::from_uuid(user.0)),
        None => Decider::Policy { version: policy.unwrap_or_default() },
    }
}

pub(crate) fn batch_state(text: &str) -> Result<BatchState, WorkbookError> {
    use BatchState::{Completed, Failed, Pending, Processing};
    word(&[Pending, Processing, Completed, Failed], BatchState::as_str, text)
}

/// The number under which the schema knows a status.
pub(crate) fn category_status_code(status: CategoryStatus) -> i64 {
    match status {
        CategoryStatus::Pending => 0,
        CategoryStatus::Processing => 1,
        CategoryStatus::Completed => 2,
        CategoryStatus::Failed => 3,
    }
}

pub(crate) fn category_status(code: i64) -> Result<CategoryStatus, WorkbookError> {
    let found = CategoryStatus::ALL.into_iter().find(|status| category_status_code(*status) == code);
    found.ok_or_else(|| WorkbookError::unreadable(format_args!("category status {code}")))
}

pub(crate) fn side(text: &str) -> Result<Side, WorkbookError> {
    word(&[Side::Statement, Side::Ledger], Side::as_str, text)
}

pub(crate) fn severity(text: &str) -> Result<Severity, WorkbookError> {
    word(&[Severity::Warning, Severity::Error], Severity::as_str, text)
}

pub(crate) fn ledger_kind(text: &str) -> Result<LedgerKind, WorkbookError> {
    use LedgerKind::{CustomerAccount, Invoice, Job, Payment, Transaction};
    word(&[Invoice, Payment, Job, Transaction, CustomerAccount], LedgerKind::as_str, text)
}

pub(crate) fn invoice_status(text: &str) -> Result<InvoiceStatus, WorkbookError> {
    use InvoiceStatus::{Draft, Open, Paid, PartlyPaid, Void};
    word(&[Draft, Open, PartlyPaid, Paid, Void], InvoiceStatus::as_str, text)
}

pub(crate) fn evidence_kind(text: &str) -> Result<EvidenceKind, WorkbookError> {
    word(&EvidenceKind::ALL, EvidenceKind::as_str, text)
}

pub(crate) fn customer_transaction_kind(text: &str) -> Result<CustomerTransactionKind, WorkbookError> {
    word(&CustomerTransactionKind::ALL, CustomerTransactionKind::as_str, text)
}

pub(crate) fn agreement(text: &str) -> Result<Agreement, WorkbookError> {
    let all = [Agreement::Exact, Agreement::Near, Agreement::Differs, Agreement::Missing];
    word(&all, Agreement::as_str, text)
}

pub(crate) fn cause(text: &str) -> Result<RootCause, WorkbookError> {
    text.parse().map_err(WorkbookError::unreadable)
}

pub(crate) fn role(text: &str) -> Result<Role, WorkbookError> {
    text.parse().map_err(WorkbookError::unreadable)
}

pub(crate) fn currency(text: &str) -> Result<Currency, WorkbookError> {
    Currency::parse(text).map_err(WorkbookError::unreadable)
}

pub(crate) fn money(minor_units: i64, code: &str) -> Result<Money, WorkbookError> {
    Ok(Money::from_minor(minor_units, currency(code)?))
}

pub(crate) fn date(text: Option<String>) -> Result<Option<Date>, WorkbookError> {
    text.map(|text| text.parse().map_err(WorkbookError::unreadable)).transpose()
}

/// A count as it is stored. SQLite keeps no more than 2^63 of anything.
pub(crate) fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count as it was stored.
pub(crate) fn counted(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// A date as it is stored.
pub(crate) fn date_text(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// Several texts as they are stored: one a line.
pub(crate) fn lines_text(texts: &[String]) -> String {
    let mut stored = String::new();
    for text in texts.iter().filter(|text| !text.is_empty()) {
        if !stored.is_empty() {
            stored.push('\n');
        }
        // A line break within one would make two of it.
        stored.extend(text.chars().map(|letter| if letter == '\n' { ' ' } else { letter }));
    }
    stored
}
