//! Periods, how they are signed, and their proof of balance.

use std::fmt;

use jiff::civil::Date;

use crate::{Money, MoneyError};

/// The dates of an account that are prepared, reviewed and locked together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// First day, included.
    pub from: Date,
    /// Last day, included.
    pub to: Date,
}

impl Period {
    /// Whether the day lies in the period.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// How far a period has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodState {
    /// Work goes on.
    Open,
    /// The preparer is done.
    Prepared,
    /// A reviewer signed it off.
    Reviewed,
    /// Nothing in it can change.
    Locked,
}

impl PeriodState {
    /// All of them, in the order in which a period goes through them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Prepared, Self::Reviewed, Self::Locked];

    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Prepared => "prepared",
            Self::Reviewed => "reviewed",
            Self::Locked => "locked",
        }
    }

    /// Whether somebody stands for its content.
    pub const fn is_signed(self) -> bool {
        !matches!(self, Self::Open)
    }
}

impl fmt::Display for PeriodState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What happened to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodEventKind {
    /// The preparer signed its content.
    Prepared,
    /// A reviewer signed the same content.
    Reviewed,
    /// Nothing in it can change any more.
    Locked,
    /// A later change took the signatures away.
    Revoked,
    /// The preparation was taken back, or sent back, before it was reviewed.
    TakenBack,
    /// Somebody asked for it to be reopened.
    ReopenRequested,
    /// A second person reopened it.
    Reopened,
    /// A second person declined to reopen it.
    ReopenDeclined,
    /// Whoever asked for it to be reopened does so no more.
    ReopenWithdrawn,
}

impl PeriodEventKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Prepared,
        Self::Reviewed,
        Self::Locked,
        Self::Revoked,
        Self::TakenBack,
        Self::ReopenRequested,
        Self::Reopened,
        Self::ReopenDeclined,
        Self::ReopenWithdrawn,
    ];

    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Reviewed => "reviewed",
            Self::Locked => "locked",
            Self::Revoked => "revoked",
            Self::TakenBack => "taken_back",
            Self::ReopenRequested => "reopen_requested",
            Self::Reopened => "reopened",
            Self::ReopenDeclined => "reopen_declined",
            Self::ReopenWithdrawn => "reopen_withdrawn",
        }
    }
}

/// How the items outstanding at a period's end follow from those at its beginning, for one side:
/// `brought forward + new − cleared = carried forward`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RollForward {
    /// Outstanding when the period before it ended.
    pub brought_forward: RollSum,
    /// Outstanding at the end, and not at the beginning.
    pub new: RollSum,
    /// What is outstanding no more of what was brought forward, in whole or in part.
    pub cleared: RollSum,
    /// Outstanding at the end.
    pub carried_forward: RollSum,
}

/// Items and what they come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RollSum {
    /// How many.
    pub items: u64,
    /// In sum.
    pub sum: Money,
}

impl RollForward {
    /// Whether the four sums add up.
    pub fn holds(&self) -> Result<bool, MoneyError> {
        let left = self.brought_forward.sum.checked_add(self.new.sum)?.checked_sub(self.cleared.sum)?;
        Ok(left == self.carried_forward.sum)
    }
}

/// Two statements that must hold for an account to be tied out:
/// `opening + lines = closing`, and
/// `closing − ledger balance = lines outstanding − entries outstanding + adjustments`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceProof {
    /// Balance the bank states before the first line, if it states one.
    pub opening: Option<Money>,
    /// Sum of all statement lines.
    pub lines_total: Money,
    /// Balance the bank states after the last line, if it states one.
    pub closing: Option<Money>,
    /// Sum of all ledger entries.
    pub entries_total: Money,
    /// Sum of statement lines (or the unapplied rest of them) in no approved match.
    pub lines_outstanding: Money,
    /// Sum of ledger entries (or the open rest of them) in no approved match.
    pub entries_outstanding: Money,
    /// Sum of adjustments in approved matches: fees, discounts, write-offs.
    pub adjustments: Money,
}

impl BalanceProof {
    /// `opening + lines − closing`: zero where the statement proves itself; `None` where the bank stated no balances.
    pub fn statement_gap(&self) -> Result<Option<Money>, MoneyError> {
        match (self.opening, self.closing) {
            (Some(opening), Some(closing)) => opening.checked_add(self.lines_total)?.checked_sub(closing).map(Some),
            _ => Ok(None),
        }
    }

    /// What is left of `lines − entries` after outstanding items and adjustments: zero where the difference is explained.
    pub fn unexplained(&self) -> Result<Money, MoneyError> {
        self.lines_total
            .checked_sub(self.entries_total)?
            .checked_sub(self.lines_outstanding)?
            .checked_add(self.entries_outstanding)?
            .checked_sub(self.adjustments)
    }

    /// Whether neither statement is contradicted. A balance that the bank does not state contradicts nothing, and proves
    /// nothing: see [`Self::state`].
    pub fn holds(&self) -> Result<bool, MoneyError> {
        Ok(self.state()? != ProofState::Open)
    }

    /// How far the account is tied out.
    pub fn state(&self) -> Result<ProofState, MoneyError> {
        let gap = self.statement_gap()?;
        Ok(match (gap, self.unexplained()?.is_zero()) {
            (_, false) => ProofState::Open,
            (Some(gap), true) if !gap.is_zero() => ProofState::Open,
            (Some(_), true) => ProofState::TiedOut,
            (None, true) => ProofState::BalancesUnknown,
        })
    }
}

/// How far an account is tied out, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProofState {
    /// Both statements of the proof hold.
    TiedOut,
    /// Lines and entries agree; the bank states no opening or no closing balance, so that nothing shows that the lines are
    /// all of them.
    BalancesUnknown,
    /// One of the two does not hold.
    Open,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    fn eur(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    fn proof() -> BalanceProof {
        BalanceProof {
            opening: Some(eur(1_000)),
            lines_total: eur(500),
            closing: Some(eur(1_500)),
            entries_total: eur(700),
            lines_outstanding: eur(50),
            entries_outstanding: eur(240),
            adjustments: eur(-10),
        }
    }

    #[test]
    fn a_fee_and_outstanding_items_explain_the_difference() {
        assert_eq!(proof().holds(), Ok(true));
    }

    #[test]
    fn a_missing_line_breaks_the_statement_and_a_missing_entry_the_books() {
        let short = BalanceProof { lines_total: eur(499), ..proof() };
        assert_eq!(short.statement_gap(), Ok(Some(eur(-1))));
        let unexplained = BalanceProof { entries_outstanding: eur(200), ..proof() };
        assert_eq!(unexplained.unexplained(), Ok(eur(-40)));
        assert_eq!(unexplained.holds(), Ok(false));
        assert_eq!((short.state(), unexplained.state()), (Ok(ProofState::Open), Ok(ProofState::Open)));
    }

    #[test]
    fn without_both_balances_nothing_is_tied_out_and_nothing_contradicted() {
        for unknown in [BalanceProof { opening: None, ..proof() }, BalanceProof { closing: None, ..proof() }] {
            assert_eq!((unknown.state(), unknown.holds()), (Ok(ProofState::BalancesUnknown), Ok(true)));
            let unexplained = BalanceProof { entries_outstanding: eur(200), ..unknown };
            assert_eq!(unexplained.state(), Ok(ProofState::Open));
        }
        assert_eq!(proof().state(), Ok(ProofState::TiedOut));
    }
}
