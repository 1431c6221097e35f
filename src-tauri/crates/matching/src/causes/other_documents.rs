//! The line pays for further documents, which were not found: nothing is wrong with what it pays for this one.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, ProposedFix, RootCause};

use super::Difference;
use crate::{compare::AmountRelation, group::lists_others};

/// More than the document by a line that lists several.
const LISTED: Confidence = Confidence::from_ppm(531_500);

/// A line over more than the one document it is matched with, whose text lists more of them. What it is over stays open.
pub(super) struct OtherDocuments;

impl CauseRule<Difference<'_>> for OtherDocuments {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        let (line, entry) = difference.pair()?;
        let is_more = matches!(difference.seen(), AmountRelation::Above | AmountRelation::Over);
        (is_more && lists_others(difference.problem, line, entry)).then_some(RootCause::None)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        CauseFinding {
            cause,
            confidence: LISTED,
            evidence: [Fact::ListsMore {}, difference.amounts()].into_iter().chain(difference.quoted()).collect(),
            fix: ProposedFix::MatchRest { amount: difference.size() },
        }
    }
}
