//! Currency conversion or rounding.

use rust_decimal::Decimal;
use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, ProposedFix, RootCause};

use super::Difference;
use crate::compare::AmountRelation;

/// Two currencies, at the day's rate but for what the bank takes.
const EXCHANGED: Confidence = Confidence::from_ppm(999_400);
/// A few minor units.
const MINOR_UNITS: Confidence = Confidence::from_ppm(993_800);
/// A fraction of a percent.
const FRACTION: Confidence = Confidence::from_ppm(835_300);
/// Up to so many minor units are a few.
const MINOR_UNITS_MAX: u64 = 5;
/// Decimals of an exchange rate.
const RATE_DECIMALS: u32 = 6;

/// What is left after an exchange, or a difference too small for anything else.
pub(super) struct FxRounding;

impl CauseRule<Difference<'_>> for FxRounding {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        let is_one = match difference.seen() {
            AmountRelation::Converted => difference.gap() != 0,
            relation => relation == AmountRelation::Rounding,
        };
        is_one.then_some(RootCause::FxRounding)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        let amount = difference.money(difference.gap());
        let (confidence, fact, rate) = match exchange(difference) {
            Some((fact, rate)) => (EXCHANGED, fact, rate),
            None if amount.magnitude() <= MINOR_UNITS_MAX => (MINOR_UNITS, Fact::RoundingSize {}, None),
            None => (FRACTION, Fact::RoundingSize {}, None),
        };
        CauseFinding {
            cause,
            confidence,
            evidence: [fact, difference.amounts()].into_iter().chain(difference.quoted()).collect(),
            fix: ProposedFix::BookFxDifference { amount, rate },
        }
    }
}

/// The entry in its own currency and at its worth, and the rate at which it was paid.
fn exchange(difference: &Difference<'_>) -> Option<(Fact, Option<Decimal>)> {
    let (line, entry) = difference.pair()?;
    if difference.relation != AmountRelation::Converted {
        return None;
    }
    let prepared = &difference.problem.prepared;
    let amount = prepared.entry_records[entry as usize].amount;
    let paid = prepared.line_records[line as usize].amount.to_decimal();
    let rate = paid.checked_div(amount.to_decimal()).map(|rate| rate.abs().round_dp(RATE_DECIMALS));
    Some((Fact::Exchanged { amount, worth: difference.money(difference.owed) }, rate))
}
