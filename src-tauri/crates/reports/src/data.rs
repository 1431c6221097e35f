//! What a report says, as plain data. Callers fill it in; every format is written from it.

use std::borrow::Cow;

use jiff::{Timestamp, civil::Date};
use tieout_domain::{
    Adjustment, AuditHead, BalanceProof, Confidence, Digest, MatchKind, Money, Period, Profile, RootCause, Side,
};

use crate::{Layout, Trail, tables::Tables};

/// Everything a report says. Equal data give equal bytes in every format.
#[derive(Debug, Clone)]
pub struct ReportData<'a> {
    /// The company whose work this is.
    pub company: String,
    /// The accounts covered, by name.
    pub accounts: Vec<String>,
    /// First and last day; none: all records.
    pub period: Option<Period>,
    /// Kind of reconciliation.
    pub profile: Profile,
    /// Who prepared it; empty where nobody is named (headless runs).
    pub prepared_by: String,
    /// Who approved it; none while it is not reviewed.
    pub approved_by: Option<String>,
    /// Whether the workbook is set to single-user, so that preparer and reviewer may be the same person.
    pub single_user: bool,
    /// The signatures that it is made from, where its days are a signed period.
    pub signed: Option<SignedPeriod>,
    /// When the report is made.
    pub generated_at: Timestamp,
    /// Version of the engine that made the matches.
    pub engine_version: String,
    /// The configuration in force: key and value, in the order to be shown.
    pub configuration: Vec<(String, String)>,
    /// What the engine's run did, and where a bound cut it short: name and number. `report.json` tells them.
    pub statistics: Vec<(String, u64)>,
    /// Who will sign the PDF; none: the report says nothing of a signature and gets an invisible one.
    pub signer: Option<SignerNote>,
    /// One proof an account and currency.
    pub proofs: Vec<AccountProof>,
    /// The files that were read.
    pub files: Vec<FileFact>,
    /// Newest link of the workbook's audit chain; none for runs without a workbook.
    pub audit_head: Option<AuditHead>,
    /// Records that stand in a match and are outstanding all the same, each with why: its match waits for a person, or
    /// settles only a part.
    pub held: Vec<ExceptionRow<'a>>,
    /// How the figures came about.
    pub trail: Trail,
    /// How the PDF is laid out.
    pub layout: Layout,
    /// The rows to list, with counts and sums of all rows.
    pub tables: Tables<'a>,
}

impl ReportData<'_> {
    /// The day up to which ages are counted: the last one that the report is about, or that a statement line has; where
    /// there are neither, the day it is made.
    pub fn as_of(&self) -> Date {
        let last = || self.tables.summary().line_days.keys().next_back().copied().flatten();
        let made = || self.generated_at.to_zoned(jiff::tz::TimeZone::UTC).date();
        self.period.map(|period| period.to).or_else(last).unwrap_or_else(made)
    }
}

/// The signatures of a period, and what happened since. Proof, matches and outstanding records of the report are as signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedPeriod {
    /// How far the period has come: `prepared`, `reviewed` or `locked`.
    pub state: &'static str,
    /// SHA-256 of the content that was signed.
    pub content: Digest,
    /// Who signed it, in order.
    pub signatures: Vec<SignatureNote>,
    /// A sentence for each balance that was stated by hand, with its reason.
    pub by_hand: Vec<String>,
    /// A sentence for each thing that happened after it was signed.
    pub since: Vec<String>,
    /// In what the records are not what was signed, if they are not.
    pub difference: Option<String>,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureNote {
    /// `Prepared`, `Reviewed` or `Locked`.
    pub act: &'static str,
    /// Under which name.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// One person could prepare and review at that time.
    pub single_user: bool,
}

/// Who signs, as the report prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerNote {
    /// Name in the certificate.
    pub name: String,
    /// SHA-256 of the certificate.
    pub fingerprint: Digest,
    /// The identity was made for this report only and cannot be recognised again.
    pub one_time: bool,
}

/// The balance proof of one account in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountProof {
    /// Name of the account.
    pub account: String,
    /// The proof.
    pub proof: BalanceProof,
    /// What its outstanding sums are made of, by where the records are listed; empty where that is not known.
    pub outstanding: Vec<Outstanding>,
}

/// A part of what a proof says is outstanding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outstanding {
    /// On which side.
    pub side: Side,
    /// What kind of records, and where they are listed: `in no match`.
    pub what: &'static str,
    /// How many.
    pub records: u64,
    /// What is outstanding of them, as it counts in the proof.
    pub sum: Money,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFact {
    /// Its name, as rows refer to it in [`RecordRow::source_file`].
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// The side its rows belong to.
    pub side: Side,
    /// Data rows read from it.
    pub rows: u64,
}

/// A file that was written beside the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFact {
    /// Its name, without a folder.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
}

impl OutputFact {
    /// Takes the digest of `bytes`.
    pub fn of(name: impl Into<String>, bytes: &[u8]) -> Self {
        Self { name: name.into(), sha256: crate::sha256(bytes) }
    }
}

/// A record of either side as reports show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow<'a> {
    /// Statement line or ledger entry.
    pub side: Side,
    /// Name of the file it was read from.
    pub source_file: Cow<'a, str>,
    /// 1-based data row in that file.
    pub source_row: u32,
    /// The record's own identifier; empty where it has none.
    pub record_id: Cow<'a, str>,
    /// Booking or document date.
    pub date: Option<Date>,
    /// Name of the other party.
    pub counterparty: Cow<'a, str>,
    /// Reference, document number, or else the free text.
    pub reference: Cow<'a, str>,
    /// The record's full amount.
    pub amount: Money,
}

impl RecordRow<'_> {
    /// The same with texts of its own.
    pub fn into_owned(self) -> RecordRow<'static> {
        RecordRow {
            source_file: Cow::Owned(self.source_file.into_owned()),
            record_id: Cow::Owned(self.record_id.into_owned()),
            counterparty: Cow::Owned(self.counterparty.into_owned()),
            reference: Cow::Owned(self.reference.into_owned()),
            ..self
        }
    }
}

/// One record's part in a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPart<'a> {
    /// The record.
    pub record: RecordRow<'a>,
    /// How much of it the match uses, with the record's sign, in the match's currency.
    pub amount_applied: Money,
    /// What that settles of it in its own currency: the same amount, unless the match is in another.
    pub amount_settled: Money,
}

/// Where a match stands, as reports tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowStatus {
    /// Approved by the policy, without a person.
    Auto,
    /// Approved by a person.
    Approved,
    /// Proposed; a person must look.
    Suggested,
    /// Several answers are equally good; a person must choose.
    Ambiguous,
}

impl RowStatus {
    /// The word for people and for `report.json`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Approved => "approved",
            Self::Suggested => "suggested",
            Self::Ambiguous => "ambiguous",
        }
    }

    /// The word in `matches.csv`, whose contract knows no ambiguity: what awaits a person is `suggested`.
    pub const fn csv_word(self) -> &'static str {
        match self {
            Self::Ambiguous => "suggested",
            other => other.as_str(),
        }
    }

    /// Whether the match counts as reconciled.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Auto | Self::Approved)
    }
}

/// One match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchRow<'a> {
    /// Its identifier.
    pub id: Cow<'a, str>,
    /// What kind of match.
    pub kind: MatchKind,
    /// Where it stands.
    pub status: RowStatus,
    /// Probability that it is right.
    pub confidence: Confidence,
    /// Why its two sides differ; [`RootCause::None`] where they do not.
    pub cause: RootCause,
    /// The difference between the sides that the match carries; orders the listing.
    pub impact: Money,
    /// Its justified differences.
    pub adjustments: Vec<Adjustment>,
    /// Its records, statement lines first.
    pub parts: Vec<RecordPart<'a>>,
    /// Why it is believed, in words.
    pub explanation: Cow<'a, str>,
}

/// One record in no match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionRow<'a> {
    /// The record.
    pub record: RecordRow<'a>,
    /// Why it is unmatched.
    pub cause: RootCause,
    /// What is at stake; orders the listing.
    pub impact: Money,
    /// Probability that this is the cause, where it is known.
    pub confidence: Option<Confidence>,
    /// What to do, as a sentence; empty where nothing is proposed.
    pub fix: Cow<'a, str>,
    /// Why, in words.
    pub explanation: Cow<'a, str>,
}

impl ExceptionRow<'_> {
    /// What is open of the record, with its sign.
    pub fn open(&self) -> Money {
        if self.record.amount.minor_units() < 0 {
            self.impact.checked_neg().unwrap_or(self.impact)
        } else {
            self.impact
        }
    }
}
