//! Nothing differs and nothing is odd.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, ProposedFix, RootCause};

use super::Difference;

/// As measured.
const AGREES: Confidence = Confidence::from_ppm(988_800);

/// What is left when no other rule applies.
pub(super) struct Agreed;

impl CauseRule<Difference<'_>> for Agreed {
    fn judge(&self, _difference: &Difference<'_>) -> Option<RootCause> {
        Some(RootCause::None)
    }

    fn finding(&self, _difference: &Difference<'_>, _cause: RootCause) -> CauseFinding {
        nothing()
    }
}

/// The finding where there is nothing to be found.
pub(super) fn nothing() -> CauseFinding {
    CauseFinding {
        cause: RootCause::None,
        confidence: AGREES,
        evidence: vec![Fact::Agrees {}],
        fix: ProposedFix::Nothing {},
    }
}
