//! More than the amount was paid.

use tieout_domain::{CauseFinding, CauseRule, Confidence, ProposedFix, RootCause};

use super::Difference;
use crate::compare::AmountRelation;

/// By a line that quotes the document.
const QUOTED: Confidence = Confidence::from_ppm(770_400);
/// By one that does not, or for several documents.
const NOT_QUOTED: Confidence = Confidence::from_ppm(478_700);

/// A round sum instead of an odd one.
const ROUNDED_UP: Confidence = Confidence::from_ppm(991_500);
/// What round sums are multiples of, in major units.
const ROUND: u64 = 5;
/// Up to so many minor units, rounding is likelier.
const ROUNDING_MAX: u64 = 5;

/// A little more than what it settles, which would be rounding, but that the customer paid a round sum for an odd one.
pub(super) struct RoundSum;

impl CauseRule<Difference<'_>> for RoundSum {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        let round = ROUND * 10_u64.pow(difference.currency.digits());
        let (paid, owed) = (difference.paid, difference.owed);
        let is_one = difference.seen() == AmountRelation::Rounding
            && paid > owed
            && owed > 0
            && paid.abs_diff(owed) > ROUNDING_MAX
            && paid.unsigned_abs().is_multiple_of(round)
            && !owed.unsigned_abs().is_multiple_of(round);
        is_one.then_some(RootCause::Overpayment)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        CauseFinding { confidence: ROUNDED_UP, ..Overpayment.finding(difference, cause) }
    }
}

/// The line is more than what it settles, for no other reason.
pub(super) struct Overpayment;

impl CauseRule<Difference<'_>> for Overpayment {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        matches!(difference.seen(), AmountRelation::Above | AmountRelation::Over).then_some(RootCause::Overpayment)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        let quoted = difference.quoted();
        CauseFinding {
            cause,
            confidence: if quoted.is_some() { QUOTED } else { NOT_QUOTED },
            evidence: std::iter::once(difference.amounts()).chain(quoted).collect(),
            fix: match difference.size() {
                amount if difference.owed < 0 => ProposedFix::AskForReturn { amount },
                amount => ProposedFix::ReturnOverpayment { amount },
            },
        }
    }
}
