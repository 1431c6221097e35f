//! Money in was recorded as money out, or the other way round.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, ProposedFix, RootCause};

use super::Difference;
use crate::settle::Form;

/// The same amount, number and party with the opposite sign.
const OPPOSITE: Confidence = Confidence::from_ppm(996_500);

/// A line and an entry of one amount with opposite signs, which nothing else of either side settles.
pub(super) struct SignError;

impl CauseRule<Difference<'_>> for SignError {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        (difference.form == Form::WrongSign).then_some(RootCause::SignError)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        let (bank, books) = (difference.money(difference.paid), difference.money(difference.owed));
        CauseFinding {
            cause,
            confidence: OPPOSITE,
            evidence: vec![Fact::OppositeSigns { bank, books }],
            fix: ProposedFix::FlipSign { amount: bank },
        }
    }
}
