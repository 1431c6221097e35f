//! Part of the amount was paid.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, ProposedFix, RootCause};

use super::Difference;
use crate::compare::AmountRelation;

/// Instalments that add up to one document.
const INSTALMENTS: Confidence = Confidence::from_ppm(986_500);
/// Part of a document that the line quotes.
const QUOTED: Confidence = Confidence::from_ppm(915_400);
/// Part of one that it does not quote, or of several.
const NOT_QUOTED: Confidence = Confidence::from_ppm(899_900);

/// The line is less than what it settles, for no other reason; or several lines settle one entry, each a part.
pub(super) struct PartialPayment;

impl CauseRule<Difference<'_>> for PartialPayment {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        let is_one = difference.seen() == AmountRelation::Part || are_instalments(difference);
        is_one.then_some(RootCause::PartialPayment)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        if are_instalments(difference) {
            let count = difference.lines.len() as i64;
            let evidence = vec![Fact::Instalments { count }];
            return CauseFinding { cause, confidence: INSTALMENTS, evidence, fix: ProposedFix::Nothing {} };
        }
        let quoted = difference.quoted();
        CauseFinding {
            cause,
            confidence: if quoted.is_some() { QUOTED } else { NOT_QUOTED },
            evidence: std::iter::once(difference.amounts()).chain(quoted).collect(),
            fix: difference.rest(),
        }
    }
}

/// Instalments that add up are part payments each, whatever the sum.
fn are_instalments(difference: &Difference<'_>) -> bool {
    difference.entries.len() == 1 && difference.lines.len() > 1 && difference.gap() == 0
}
