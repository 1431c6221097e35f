//! Why the two sides of a match differ, or what is odd about them although they agree: one rule a module.
//!
//! Each rule says how sure it is by what was measured: the share of statement lines of which it named the cause rightly,
//! over the generator's data `bank`, `processor` and `cuscode`, medium and hard, 100 k, seed 21.

mod agreed;
mod discount;
mod fee;
mod fx_rounding;
mod other_documents;
mod overpayment;
mod partial_payment;
mod rate_change;
mod reference_error;
mod reversal;
mod sign_error;
mod timing;
mod transposition;
mod written_off;

use rust_decimal::Decimal;
use tieout_domain::{
    CauseFinding, CauseRule, Currency, Fact, Money, ProposedFix, RootCause, first_cause, first_finding,
};

pub(crate) use self::{rate_change::is_rate_told, reference_error::misspelt_number};
use crate::{
    block::Problem,
    compare::{AmountRelation, Comparison, ReferenceRelation, relate_amounts},
    keys::Found,
    settle::Form,
    terms::names_fee,
};

/// The rules, in the order in which they are asked: what a person allows, what the form of the match says, then what the
/// difference is, then what is odd without one.
const ALL: &[&dyn for<'d> CauseRule<Difference<'d>>] = &[
    &written_off::WrittenOff,
    &sign_error::SignError,
    &reversal::Reversal,
    &rate_change::RateChange,
    &other_documents::OtherDocuments,
    &overpayment::RoundSum,
    &fx_rounding::FxRounding,
    &transposition::Transposition,
    &discount::Discount,
    &fee::Fee,
    &overpayment::Overpayment,
    &partial_payment::PartialPayment,
    &timing::Timing,
    &reference_error::ReferenceError,
    &agreed::Agreed,
];

/// Records that belong together, with what is known of how their two sides differ. Amounts in minor units of the lines'
/// currency.
pub(crate) struct Difference<'d> {
    pub(crate) problem: &'d Problem<'d>,
    pub(crate) lines: &'d [u32],
    pub(crate) entries: &'d [u32],
    pub(crate) form: Form,
    pub(crate) currency: Currency,
    /// What the lines come to.
    pub(crate) paid: i64,
    /// What the entries come to.
    pub(crate) owed: i64,
    /// How the two relate, tolerance included.
    pub(crate) relation: AmountRelation,
    /// The cause by which a rule lets the difference be written off.
    pub(crate) written_off: Option<RootCause>,
    /// Where it is one line and one entry.
    pub(crate) comparison: Option<&'d Comparison>,
    /// Where it is a deposit to a customer's account: whether its code stands in the line without an error.
    pub(crate) exact_code: Option<bool>,
    /// Whether nothing of the difference is unexplained; known once all matches are.
    pub(crate) explained: bool,
}

/// Why the two sides differ, or what is odd; [`RootCause::None`] where nothing is.
pub(crate) fn cause_of(difference: &Difference<'_>) -> RootCause {
    first_cause(ALL, difference).unwrap_or(RootCause::None)
}

/// The same with what speaks for it and what to do.
pub(crate) fn finding_of(difference: &Difference<'_>) -> CauseFinding {
    first_finding(ALL, difference).unwrap_or_else(agreed::nothing)
}

impl Difference<'_> {
    /// Statement minus ledger.
    fn gap(&self) -> i64 {
        self.paid.saturating_sub(self.owed)
    }

    /// How two sums that are set against each other as they are relate, by what is tolerated too: that still gets the name
    /// it would have without a tolerance.
    fn seen(&self) -> AmountRelation {
        if self.form != Form::Plain {
            return AmountRelation::Exact;
        }
        match self.relation {
            AmountRelation::Tolerated => match relate_amounts(self.paid, self.owed, 0) {
                AmountRelation::Part | AmountRelation::Fee => AmountRelation::Fee,
                AmountRelation::Discount(percent) => AmountRelation::Discount(percent),
                AmountRelation::Transposed => AmountRelation::Transposed,
                AmountRelation::Exact
                | AmountRelation::Tolerated
                | AmountRelation::Rounding
                | AmountRelation::Converted
                | AmountRelation::Rate
                | AmountRelation::Above
                | AmountRelation::Over => AmountRelation::Rounding,
            },
            relation => relation,
        }
    }

    /// One line and one entry.
    fn pair(&self) -> Option<(u32, u32)> {
        match (self.lines, self.entries) {
            ([line], [entry]) => Some((*line, *entry)),
            _ => None,
        }
    }

    fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.currency)
    }

    /// The size of the difference.
    fn size(&self) -> Money {
        self.money(self.gap()).unsigned()
    }

    /// Whether the text of a line names a fee of just the difference.
    pub(crate) fn names_fee(&self) -> bool {
        let prepared = &self.problem.prepared;
        let (lines, entries) = (&prepared.line_records, &prepared.entry_records);
        self.lines.iter().map(|line| lines[*line as usize]).any(|line| {
            let parties = self.entries.iter().map(|entry| entries[*entry as usize].counterparty.as_str());
            names_fee(&line.description, self.size(), parties.chain([line.counterparty.as_str()]))
        })
    }

    /// What is to be done about money that is missing: who is paid asks for it, who pays still owes it.
    fn rest(&self) -> ProposedFix {
        let amount = self.size();
        if self.owed < 0 { ProposedFix::PayRest { amount } } else { ProposedFix::AskForRest { amount } }
    }

    /// The amount that is owed, and by how much the line is above or below it.
    fn amounts(&self) -> Fact {
        let (difference, owed) = (self.size(), self.money(self.owed).unsigned());
        let share = Decimal::from(difference.minor_units()) * Decimal::ONE_HUNDRED;
        let percent = share.checked_div(Decimal::from(owed.minor_units())).unwrap_or_default().round_dp(2).normalize();
        if self.paid.unsigned_abs() < self.owed.unsigned_abs() {
            Fact::PaidLess { difference, owed, percent }
        } else {
            Fact::PaidMore { difference, owed, percent }
        }
    }

    /// The document that the line of a pair quotes.
    fn quoted(&self) -> Option<Fact> {
        let (_, entry) = self.pair()?;
        let ReferenceRelation::Quoted(key, Found::Exact, _) = self.comparison?.reference else { return None };
        let number = &self.problem.prepared.entry_records[entry as usize].number;
        let name = || self.problem.prepared.keys.name(key.key).to_owned();
        Some(Fact::Quoted { number: if number.is_empty() { name() } else { number.clone() } })
    }
}
