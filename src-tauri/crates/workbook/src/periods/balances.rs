//! The balance proof of a period: where its two balances come from, and whether it holds.

use rusqlite::params;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use tieout_domain::{BalanceProof, Currency, Digest, Money, MoneyError};

use super::{PeriodError, PeriodRecord};
use crate::{Account, AccountProof, ProofRange, Workbook, WorkbookError, json::Json, rows::Blob};

/// Where a balance of a period comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BalanceSource {
    /// The closing balance of the period before, as signed.
    PeriodBefore,
    /// The bank states it.
    Bank,
    /// The preparer stated it.
    Hand,
}

impl BalanceSource {
    const ALL: [Self; 3] = [Self::PeriodBefore, Self::Bank, Self::Hand];

    /// The word used in the file and across IPC.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PeriodBefore => "period_before",
            Self::Bank => "bank",
            Self::Hand => "hand",
        }
    }
}

/// A balance that the preparer states because nothing else does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandBalance {
    /// The balance.
    pub amount: Money,
    /// How it is known.
    pub reason: String,
}

/// The proof of a period with where its balances come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodFigures {
    /// The two statements that must hold.
    pub proof: BalanceProof,
    /// Where the opening balance comes from, if it is known.
    pub opening_source: Option<BalanceSource>,
    /// What the preparer said of it, where they stated it.
    pub opening_reason: String,
    /// Where the closing balance comes from, if it is known.
    pub closing_source: Option<BalanceSource>,
    /// What the preparer said of it, where they stated it.
    pub closing_reason: String,
    /// Lines in the period.
    pub lines: u64,
    /// Lines of the period of which something is outstanding.
    pub lines_outstanding: u64,
    /// Entries of which something is outstanding at its last day.
    pub entries_outstanding: u64,
}

/// A period's proof as it is now, beside the one that was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodProof {
    /// The period.
    pub period: PeriodRecord,
    /// As it is now.
    pub now: PeriodFigures,
    /// As it was signed.
    pub signed: Option<PeriodFigures>,
    /// Records of the period that need a person: exceptions of its lines.
    pub exceptions: u64,
}

impl PeriodProof {
    /// What is to be shown: as signed, where it is signed.
    pub fn shown(&self) -> &PeriodFigures {
        self.signed.as_ref().unwrap_or(&self.now)
    }
}

#[derive(Deserialize)]
struct StoredFigures {
    adjustments: String,
    closing: Option<String>,
    closing_reason: String,
    closing_source: Option<String>,
    entries_outstanding: String,
    entries_outstanding_count: u64,
    entries_total: String,
    lines: u64,
    lines_outstanding: String,
    lines_outstanding_count: u64,
    lines_total: String,
    opening: Option<String>,
    opening_reason: String,
    opening_source: Option<String>,
}

impl PeriodFigures {
    /// Whether a signature can stand for it; else what is in the way.
    pub fn check(&self) -> Result<(Money, Money), WorkbookError> {
        let opening = self.proof.opening.ok_or(PeriodError::NoBalance { what: "opening" })?;
        let closing = self.proof.closing.ok_or(PeriodError::NoBalance { what: "closing" })?;
        let lines = self.proof.lines_total;
        let made = opening.checked_add(lines)?;
        let gap = made.checked_sub(closing)?;
        if !gap.is_zero() {
            return Err(PeriodError::Gap { opening, lines, made, closing, gap }.into());
        }
        let unexplained = self.proof.unexplained()?;
        if !unexplained.is_zero() {
            return Err(PeriodError::Unexplained(unexplained).into());
        }
        Ok((opening, closing))
    }

    /// SHA-256 of the figures: names them as somebody saw them.
    pub fn hash(&self) -> Digest {
        Digest::from_bytes(Sha256::digest(self.encode()).into())
    }

    /// Canonical JSON, amounts in minor units.
    pub(crate) fn encode(&self) -> String {
        let minor = |amount: Money| Json::Text(amount.minor_units().to_string());
        let optional = |amount: Option<Money>| amount.map_or(Json::Null, minor);
        let source = |source: Option<BalanceSource>| source.map_or(Json::Null, |of| Json::Word(of.as_str()));
        let proof = &self.proof;
        Json::Object(vec![
            ("adjustments", minor(proof.adjustments)),
            ("closing", optional(proof.closing)),
            ("closing_reason", Json::Borrowed(&self.closing_reason)),
            ("closing_source", source(self.closing_source)),
            ("entries_outstanding", minor(proof.entries_outstanding)),
            ("entries_outstanding_count", Json::count(self.entries_outstanding)),
            ("entries_total", minor(proof.entries_total)),
            ("lines", Json::count(self.lines)),
            ("lines_outstanding", minor(proof.lines_outstanding)),
            ("lines_outstanding_count", Json::count(self.lines_outstanding)),
            ("lines_total", minor(proof.lines_total)),
            ("opening", optional(proof.opening)),
            ("opening_reason", Json::Borrowed(&self.opening_reason)),
            ("opening_source", source(self.opening_source)),
        ])
        .canonical()
    }
}

/// Reads what [`PeriodFigures::encode`] wrote.
pub(crate) fn read_figures(text: &str, currency: Currency) -> Result<PeriodFigures, WorkbookError> {
    let stored: StoredFigures = serde_json::from_str(text).map_err(WorkbookError::unreadable)?;
    let money = |minor: String| -> Result<Money, WorkbookError> {
        Ok(Money::from_minor(minor.parse().map_err(WorkbookError::unreadable)?, currency))
    };
    let source = |word: Option<String>| {
        word.map(|word| crate::rows::word(&BalanceSource::ALL, BalanceSource::as_str, &word)).transpose()
    };
    Ok(PeriodFigures {
        proof: BalanceProof {
            opening: stored.opening.map(money).transpose()?,
            lines_total: money(stored.lines_total)?,
            closing: stored.closing.map(money).transpose()?,
            entries_total: money(stored.entries_total)?,
            lines_outstanding: money(stored.lines_outstanding)?,
            entries_outstanding: money(stored.entries_outstanding)?,
            adjustments: money(stored.adjustments)?,
        },
        opening_source: source(stored.opening_source)?,
        opening_reason: stored.opening_reason,
        closing_source: source(stored.closing_source)?,
        closing_reason: stored.closing_reason,
        lines: stored.lines,
        lines_outstanding: stored.lines_outstanding_count,
        entries_outstanding: stored.entries_outstanding_count,
    })
}

/// A balance and where it comes from.
type Known = (Money, BalanceSource);

/// The balances of a period that are known without its preparer: opening and closing. The opening balance is what the period
/// before closed with, if there is one and it is signed; of an account's first period, what the bank states. Where nothing
/// moved the balance stays what it was, unless the bank says otherwise.
pub(crate) fn known_balances(
    before: Option<&PeriodRecord>,
    stated: (Option<Money>, Option<Money>),
    nothing_moved: bool,
) -> (Option<Known>, Option<Known>) {
    let opened = match before {
        Some(before) => before.signed.as_ref().map(|signed| (signed.closing, BalanceSource::PeriodBefore)),
        None => stated.0.map(|stated| (stated, BalanceSource::Bank)),
    };
    let closed = stated.1.map(|stated| (stated, BalanceSource::Bank));
    (opened, closed.or(if nothing_moved { opened } else { None }))
}

/// The balance that holds: the known one, or one by hand where none is known.
fn balance(
    what: &'static str,
    known: Option<(Money, BalanceSource)>,
    by_hand: Option<&HandBalance>,
) -> Result<(Option<Money>, Option<BalanceSource>, String), WorkbookError> {
    match (known, by_hand) {
        (Some((known, _)), Some(_)) => Err(PeriodError::BalanceKnown { what, known }.into()),
        (Some((known, source)), None) => Ok((Some(known), Some(source), String::new())),
        (None, Some(by_hand)) if by_hand.reason.trim().is_empty() => Err(PeriodError::NoReason.into()),
        (None, Some(by_hand)) => {
            Ok((Some(by_hand.amount), Some(BalanceSource::Hand), by_hand.reason.trim().to_owned()))
        }
        (None, None) => Ok((None, None, String::new())),
    }
}

impl Workbook {
    /// A period's proof, with where its balances come from.
    pub fn period_proof(&self, period: &PeriodRecord) -> Result<PeriodProof, WorkbookError> {
        let now = self.figures_of(period, None, None)?;
        let signed = match &period.signed {
            Some(signed) => Some(read_figures(&self.figures_text(signed.signature)?, period.currency)?),
            None => None,
        };
        let exceptions = self.exceptions_of(period)?;
        Ok(PeriodProof { period: period.clone(), now, signed, exceptions })
    }

    /// The figures as they are now. The opening balance is what the period before closed with, if there is one and it is
    /// signed; of an account's first period, what the bank states, or what is stated by hand.
    pub(crate) fn figures_of(
        &self,
        period: &PeriodRecord,
        opening: Option<&HandBalance>,
        closing: Option<&HandBalance>,
    ) -> Result<PeriodFigures, WorkbookError> {
        let range = range_of(period);
        let AccountProof { proof, lines, lines_outstanding, entries_outstanding, .. } =
            self.balance_proof(period.account, range)?;
        for by_hand in [opening, closing].into_iter().flatten() {
            let (left, right) = (period.currency, by_hand.amount.currency());
            if left != right {
                return Err(MoneyError::CurrencyMismatch { left, right }.into());
            }
        }
        let before = self.period_before(period)?;
        let nothing_moved = lines == 0 && closing.is_none();
        let (opened, stated) = known_balances(before.as_ref(), (proof.opening, proof.closing), nothing_moved);
        let (opening, opening_source, opening_reason) = balance("opening", opened, opening)?;
        let (closing, closing_source, closing_reason) = balance("closing", stated, closing)?;
        Ok(PeriodFigures {
            proof: BalanceProof { opening, closing, ..proof },
            opening_source,
            opening_reason,
            closing_source,
            closing_reason,
            lines,
            lines_outstanding,
            entries_outstanding,
        })
    }

    /// What the bank states before and after these days.
    pub(crate) fn bank_balances(
        &self,
        account: &Account,
        range: ProofRange,
    ) -> Result<(Option<Money>, Option<Money>), WorkbookError> {
        Ok((self.opening(account, range)?, self.closing(account, range)?))
    }

    fn exceptions_of(&self, period: &PeriodRecord) -> Result<u64, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT count(*) FROM exceptions x
             CROSS JOIN statement_lines r ON r.company_id = x.company_id AND r.id = x.line_id
             WHERE x.company_id = ?1 AND x.line_id IS NOT NULL AND r.account_id = ?2 AND r.date >= ?3 AND r.date <= ?4
               AND r.state <> 4",
        )?;
        let count = statement.query_row(
            params![
                Blob(self.company.id.uuid()),
                Blob(period.account.uuid()),
                period.days.from.to_string(),
                period.days.to.to_string()
            ],
            |row| row.get(0),
        )?;
        Ok(crate::rows::counted(count))
    }
}

/// A period's days as those of a proof.
pub(crate) fn range_of(period: &PeriodRecord) -> ProofRange {
    ProofRange { from: Some(period.days.from), to: Some(period.days.to) }
}
