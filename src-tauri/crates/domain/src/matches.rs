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
    /// How much of the record's amount is used, with the record's sign, in the match's currency.
    pub amount_applied: Money,
    /// What that settles of the record, in the record's own currency: the same amount, unless the record is an entry in
    /// another currency than its match.
    pub amount_settled: Money,
}

impl<L, E> Leg<L, E> {
    /// A record in the match's own currency.
    pub const fn of(record: RecordRef<L, E>, amount: Money) -> Self {
        Self { record, amount_applied: amount, amount_settled: amount }
    }

    /// An entry in another currency: `settled` of it, in its own currency, is worth `applied` in the match's.
    pub const fn converted(entry: E, applied: Money, settled: Money) -> Self {
        Self { record: RecordRef::Entry(entry), amount_applied: applied, amount_settled: settled }
    }

    /// Whether the record is in another currency than its match.
    pub fn is_converted(&self) -> bool {
        self.amount_settled.currency() != self.amount_applied.currency()
    }

    /// What is settled is what is applied; only an entry can be converted, and neither to nothing nor to the other sign.
    fn is_sound(&self) -> bool {
        let sign = |amount: Money| amount.minor_units().signum();
        if self.is_converted() {
            let is_entry = matches!(self.record, RecordRef::Entry(_));
            is_entry && sign(self.amount_applied) != 0 && sign(self.amount_applied) == sign(self.amount_settled)
        } else {
            self.amount_applied == self.amount_settled
        }
    }
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
    /// What is applied of a record cannot settle that much of it.
    #[error("{applied} applied in the match cannot settle {settled} of a record")]
    Settlement {
        /// In the match's currency.
        applied: Money,
        /// In the record's own.
        settled: Money,
    },
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
/// Invariants, set by the constructors and kept by private fields: no record twice; all amounts applied and all
/// adjustments share one currency, which is that of the statement lines; it balances; both sides are present, except for
/// [`MatchKind::Reversal`] and [`MatchKind::Duplicate`], and where adjustments stand in for the other side. An entry in another currency stands in it with what it is worth
/// in the match's, beside what that settles in its own.
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

    /// Puts records of one side together with the adjustments that stand in for the other: a bank charge that no entry
    /// tells of, what is left of an invoice that nobody will pay. The kind follows from the number of records.
    pub fn write_off(legs: Vec<Leg<L, E>>, adjustments: Vec<Adjustment>) -> Result<Self, MatchError> {
        let lines = legs.iter().filter(|leg| matches!(leg.record, RecordRef::Line(_))).count();
        let entries = legs.len() - lines;
        if adjustments.is_empty() || (lines == 0) == (entries == 0) {
            return Err(MatchError::EmptySide);
        }
        Self::balanced(MatchKind::of_sizes(lines, entries), legs, adjustments)
    }

    fn balanced(kind: MatchKind, mut legs: Vec<Leg<L, E>>, adjustments: Vec<Adjustment>) -> Result<Self, MatchError> {
        legs.sort_by_key(|leg| leg.record);
        if legs.windows(2).any(|pair| pair[0].record == pair[1].record) {
            return Err(MatchError::RepeatedRecord);
        }
        if adjustments.iter().any(|adjustment| adjustment.amount.is_zero()) {
            return Err(MatchError::ZeroAmount);
        }
        if let Some(leg) = legs.iter().find(|leg| !leg.is_sound()) {
            return Err(MatchError::Settlement { applied: leg.amount_applied, settled: leg.amount_settled });
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
                amount_settled: leg.amount_settled,
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
            .map(|(i, minor)| Leg::of(RecordRef::Line(i), eur(minor)))
            .chain(amounts(entries).into_iter().enumerate().map(|(i, minor)| Leg::of(RecordRef::Entry(i), eur(minor))))
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
    fn a_bank_charge_without_an_entry_is_written_off_as_a_whole() {
        let leg = Leg::<usize, usize>::of(RecordRef::Line(0), eur(-1_200));
        let fee = |minor| vec![Adjustment { cause: RootCause::Fee, amount: eur(minor) }];
        let matched = Match::write_off(vec![leg], fee(-1_200)).unwrap();
        assert_eq!((matched.kind(), matched.adjustments().len()), (MatchKind::OneToOne, 1));
        assert_eq!(Match::write_off(vec![leg], fee(-1_100)), Err(MatchError::Unbalanced(eur(-100))));
        assert_eq!(Match::write_off(vec![leg], Vec::new()), Err(MatchError::EmptySide));
        let both = vec![leg, Leg::of(RecordRef::Entry(0), eur(-1_000))];
        assert_eq!(Match::write_off(both, fee(-200)), Err(MatchError::EmptySide));
    }

    #[test]
    fn a_payment_and_its_return_cancel() {
        let leg = |i, minor| Leg::<usize, usize>::of(RecordRef::Line(i), eur(minor));
        assert!(Match::reversal(vec![leg(0, 500), leg(1, -500)]).is_ok());
        assert!(Match::reversal(vec![leg(0, 500), leg(1, -499)]).is_err());
        assert_eq!(Match::reversal(vec![leg(0, 500), leg(0, -500)]), Err(MatchError::RepeatedRecord));
    }

    fn usd(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("USD").unwrap())
    }

    /// A line of so many cents in euro that pays an invoice of 1,085.00 dollars, worth so many cents at the day's rate;
    /// what the exchange left over is an adjustment.
    #[track_caller]
    fn check_converted(line: i64, worth: i64, settled: Money, refused_because: Option<&str>) {
        let legs = vec![Leg::<usize, usize>::of(RecordRef::Line(0), eur(line)), Leg::converted(0, eur(worth), settled)];
        let left_over = Adjustment { cause: RootCause::FxRounding, amount: eur(line - worth) };
        let answer = Match::across(legs, vec![left_over]);
        assert_eq!(answer.map(drop).map_err(|error| error.to_string()).err().as_deref(), refused_because);
    }

    #[test]
    fn a_payment_in_euro_settles_an_invoice_in_dollars_at_its_worth() {
        check_converted(99_800, 100_000, usd(108_500), None);
        check_converted(-99_800, -100_000, usd(-108_500), None);
    }

    #[test]
    fn an_exchange_neither_turns_the_sign_nor_makes_nothing_of_something() {
        let refused = "1000.00 EUR applied in the match cannot settle -1085.00 USD of a record";
        check_converted(99_800, 100_000, usd(-108_500), Some(refused));
        check_converted(
            99_800,
            100_000,
            usd(0),
            Some("1000.00 EUR applied in the match cannot settle 0.00 USD of a record"),
        );
        check_converted(100, 0, usd(1), Some("0.00 EUR applied in the match cannot settle 0.01 USD of a record"));
        let same = "1000.00 EUR applied in the match cannot settle 999.99 EUR of a record";
        check_converted(99_800, 100_000, eur(99_999), Some(same));
    }

    #[test]
    fn a_match_is_in_the_currency_of_its_lines() {
        let line =
            Leg::<usize, usize> { record: RecordRef::Line(0), amount_applied: eur(100), amount_settled: usd(108) };
        let refused = Match::across(vec![line, Leg::of(RecordRef::Entry(0), eur(100))], Vec::new());
        assert_eq!(refused, Err(MatchError::Settlement { applied: eur(100), settled: usd(108) }));
        let two = vec![Leg::<usize, usize>::of(RecordRef::Line(0), eur(100)), Leg::of(RecordRef::Entry(0), usd(108))];
        assert!(matches!(Match::across(two, Vec::new()), Err(MatchError::Amount(MoneyError::CurrencyMismatch { .. }))));
    }

    #[test]
    fn what_is_settled_stays_with_its_record_under_other_names() {
        let legs = vec![
            Leg::of(RecordRef::Line(7), eur(300)),
            Leg::converted(5, eur(100), usd(108)),
            Leg::converted(4, eur(200), usd(217)),
        ];
        let matched = Match::<usize, usize>::across(legs, Vec::new()).unwrap();
        let named = matched.map_records(|line| line, |entry| 10 - entry);
        let settled: Vec<_> = named.legs().iter().map(|leg| (leg.record, leg.amount_settled)).collect();
        let expected =
            [(RecordRef::Line(7), eur(300)), (RecordRef::Entry(5), usd(108)), (RecordRef::Entry(6), usd(217))];
        assert_eq!(settled, expected);
    }
}
