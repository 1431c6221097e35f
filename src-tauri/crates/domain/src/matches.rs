//! Statement lines and ledger entries that belong together, and what justifies their difference.

use crate::{LedgerEntryId, Money, MoneyError, RootCause, StatementLineId};

/// A record of either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordRef<L = StatementLineId, E = LedgerEntryId> {
    /// A statement line.
    Line(L),
    /// A ledger entry.
    Entry(E),
}

/// One record's part in a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Leg<L = StatementLineId, E = LedgerEntryId> {
    /// The record.
    pub record: RecordRef<L, E>,
    /// How much of the record's amount is used, with the record's sign.
    pub amount_applied: Money,
}

/// A justified difference between the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Adjustment {
    /// Why.
    pub cause: RootCause,
    /// `statement side − ledger side`: a fee of 1.50 kept by the bank is −1.50.
    pub amount: Money,
}

/// How many records stand on each side, or what else a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatchKind {
    /// One line, one entry.
    OneToOne,
    /// One line, several entries.
    OneToMany,
    /// Several lines, one entry.
    ManyToOne,
    /// Several lines, several entries.
    ManyToMany,
    /// A processor's payout against what it consists of.
    Settlement,
    /// Records of one side that cancel each other.
    Reversal,
    /// Records of one side that say the same thing twice.
    Duplicate,
}

impl MatchKind {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OneToOne => "one_to_one",
            Self::OneToMany => "one_to_many",
            Self::ManyToOne => "many_to_one",
            Self::ManyToMany => "many_to_many",
            Self::Settlement => "settlement",
            Self::Reversal => "reversal",
            Self::Duplicate => "duplicate",
        }
    }

    /// The kind that follows from the number of records on each side.
    pub const fn of_sizes(lines: usize, entries: usize) -> Self {
        match (lines, entries) {
            (..=1, ..=1) => Self::OneToOne,
            (..=1, _) => Self::OneToMany,
            (_, ..=1) => Self::ManyToOne,
            _ => Self::ManyToMany,
        }
    }
}

/// Where a match stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatchStatus {
    /// The engine proposes it; a person must look.
    Suggested,
    /// Two or more answers are equally good; a person must choose.
    Ambiguous,
    /// Approved, by a person or by the policy.
    Approved,
    /// Rejected by a person.
    Rejected,
    /// Replaced by a later run or by what a person chose instead.
    Superseded,
}

impl MatchStatus {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Suggested => "suggested",
            Self::Ambiguous => "ambiguous",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Superseded => "superseded",
        }
    }
}

/// Why legs and adjustments are no match.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MatchError {
    /// Nothing is in it, or only one side where two are needed.
    #[error("a match needs at least one statement line and one ledger entry")]
    EmptySide,
    /// The same record stands in it twice.
    #[error("a record stands in the match twice")]
    RepeatedRecord,
    /// A leg or an adjustment of zero.
    #[error("an amount of zero has no place in a match")]
    ZeroAmount,
    /// The two sides differ by more than the adjustments say.
    #[error("statement and ledger differ by {0}, and no adjustment says why")]
    Unbalanced(Money),
    /// Amounts could not be added.
    #[error(transparent)]
    Amount(#[from] MoneyError),
}

/// Records that belong together. Always balanced:
/// `Σ statement legs = Σ ledger legs + Σ adjustments`.
///
/// Invariants, set by the constructors and kept by private fields: no record twice; all amounts share one currency; it
/// balances; both sides are present, except for [`MatchKind::Reversal`] and [`MatchKind::Duplicate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<L = StatementLineId, E = LedgerEntryId> {
    kind: MatchKind,
    legs: Vec<Leg<L, E>>,
    adjustments: Vec<Adjustment>,
}

impl<L: Copy + Ord, E: Copy + Ord> Match<L, E> {
    /// Puts records of both sides together, or says why they do not match. The kind follows from the numbers.
    pub fn across(legs: Vec<Leg<L, E>>, adjustments: Vec<Adjustment>) -> Result<Self, MatchError> {
        let lines = legs.iter().filter(|leg| matches!(leg.record, RecordRef::Line(_))).count();
        let entries = legs.len() - lines;
        if lines == 0 || entries == 0 {
            return Err(MatchError::EmptySide);
        }
        Self::balanced(MatchKind::of_sizes(lines, entries), legs, adjustments)
    }

    /// Puts a processor's payout together with what it consists of.
    pub fn settlement(legs: Vec<Leg<L, E>>, adjustments: Vec<Adjustment>) -> Result<Self, MatchError> {
        Ok(Self { kind: MatchKind::Settlement, ..Self::across(legs, adjustments)? })
    }

    /// Puts records of one side together that cancel each other, with what is open again on the other side because of
    /// them, of which nothing is applied.
    pub fn reversal(legs: Vec<Leg<L, E>>) -> Result<Self, MatchError> {
        if legs.len() < 2 {
            return Err(MatchError::EmptySide);
        }
        Self::balanced(MatchKind::Reversal, legs, Vec::new())
    }

    fn balanced(kind: MatchKind, mut legs: Vec<Leg<L, E>>, adjustments: Vec<Adjustment>) -> Result<Self, MatchError> {
        legs.sort_by_key(|leg| leg.record);
        if legs.windows(2).any(|pair| pair[0].record == pair[1].record) {
            return Err(MatchError::RepeatedRecord);
        }
        if adjustments.iter().any(|adjustment| adjustment.amount.is_zero()) {
            return Err(MatchError::ZeroAmount);
        }
        let Some(first) = legs.first() else { return Err(MatchError::EmptySide) };
        let mut difference = Money::zero(first.amount_applied.currency());
        for leg in &legs {
            difference = match leg.record {
                RecordRef::Line(_) => difference.checked_add(leg.amount_applied)?,
                RecordRef::Entry(_) => difference.checked_sub(leg.amount_applied)?,
            };
        }
        for adjustment in &adjustments {
            difference = difference.checked_sub(adjustment.amount)?;
        }
        if !difference.is_zero() {
            return Err(MatchError::Unbalanced(difference));
        }
        Ok(Self { kind, legs, adjustments })
    }

    /// What kind of match.
    pub fn kind(&self) -> MatchKind {
        self.kind
    }

    /// The records with the amounts used: statement lines first, each side in order of its ids.
    pub fn legs(&self) -> &[Leg<L, E>] {
        &self.legs
    }

    /// The justified differences.
    pub fn adjustments(&self) -> &[Adjustment] {
        &self.adjustments
    }

    /// Its statement lines.
    pub fn lines(&self) -> impl Iterator<Item = L> + '_ {
        self.legs.iter().filter_map(|leg| match leg.record {
            RecordRef::Line(line) => Some(line),
            RecordRef::Entry(_) => None,
        })
    }

    /// Its ledger entries.
    pub fn entries(&self) -> impl Iterator<Item = E> + '_ {
        self.legs.iter().filter_map(|leg| match leg.record {
            RecordRef::Entry(entry) => Some(entry),
            RecordRef::Line(_) => None,
        })
    }

    /// The same match with other names for its records; the order of names must be kept or legs are sorted anew.
    pub fn map_records<L2: Copy + Ord, E2: Copy + Ord>(
        &self,
        line: impl Fn(L) -> L2,
        entry: impl Fn(E) -> E2,
    ) -> Match<L2, E2> {
        let mut legs: Vec<_> = self
            .legs
            .iter()
            .map(|leg| Leg {
                record: match leg.record {
                    RecordRef::Line(id) => RecordRef::Line(line(id)),
                    RecordRef::Entry(id) => RecordRef::Entry(entry(id)),
                },
                amount_applied: leg.amount_applied,
            })
            .collect();
        legs.sort_by_key(|leg| leg.record);
        Match { kind: self.kind, legs, adjustments: self.adjustments.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    fn eur(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    /// Amounts in cents, separated by spaces; one adjustment for a fee.
    #[track_caller]
    fn check(lines: &str, entries: &str, fee: i64, refused_because: Option<&str>) {
        let amounts = |text: &str| text.split_whitespace().map(|n| n.parse().unwrap()).collect::<Vec<i64>>();
        let legs = amounts(lines)
            .into_iter()
            .enumerate()
            .map(|(i, minor)| Leg { record: RecordRef::Line(i), amount_applied: eur(minor) })
            .chain(
                amounts(entries)
                    .into_iter()
                    .enumerate()
                    .map(|(i, minor)| Leg { record: RecordRef::Entry(i), amount_applied: eur(minor) }),
            )
            .collect();
        let fee = (fee != 0).then(|| Adjustment { cause: RootCause::Fee, amount: eur(fee) });
        let answer = Match::across(legs, fee.into_iter().collect()).map_err(|error| error.to_string());
        assert_eq!(answer.err().as_deref(), refused_because);
    }

    #[test]
    fn one_deposit_settles_two_invoices() {
        check("12000", "8000 4000", 0, None);
    }

    #[test]
    fn a_bank_charge_is_not_swallowed() {
        check("9850", "10000", 0, Some("statement and ledger differ by -1.50 EUR, and no adjustment says why"));
        check("9850", "10000", -150, None);
    }

    #[test]
    fn one_side_alone_is_no_match() {
        check("12000", "", 0, Some("a match needs at least one statement line and one ledger entry"));
    }

    #[test]
    fn a_payment_and_its_return_cancel() {
        let leg = |i, minor| Leg::<usize, usize> { record: RecordRef::Line(i), amount_applied: eur(minor) };
        assert!(Match::reversal(vec![leg(0, 500), leg(1, -500)]).is_ok());
        assert!(Match::reversal(vec![leg(0, 500), leg(1, -499)]).is_err());
        assert_eq!(Match::reversal(vec![leg(0, 500), leg(0, -500)]), Err(MatchError::RepeatedRecord));
    }
}
