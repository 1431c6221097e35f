//! What may be approved without a person.

use tieout_domain::AutoApprove;

use crate::Proposal;

/// Whether the policy lets this proposal be approved without a person: sure enough, no close rival, the unexplained
/// difference within the limit, and a reference where one is asked for.
pub fn may_auto_approve(proposal: &Proposal, policy: &AutoApprove) -> bool {
    proposal.confidence >= policy.confidence
        && !proposal.ambiguous
        && proposal.unexplained.to_decimal().abs() <= policy.impact
        && (proposal.has_reference || !policy.require_reference)
}
