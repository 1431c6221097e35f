//! Nothing was paid into a customer's account.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, LedgerKind, ProposedFix, RootCause};

use crate::{Unexplained, Unmatched};

/// Accounts wait for deposits; without one, nothing is wrong.
const WAITING: Confidence = Confidence::from_ppm(1_000_000);

/// A customer's account to which no line goes.
pub(super) struct NoDeposit;

impl CauseRule<Unexplained<'_>> for NoDeposit {
    fn judge(&self, subject: &Unexplained<'_>) -> Option<RootCause> {
        let Unmatched::Entry(entry) = subject.record else { return None };
        (entry.kind == LedgerKind::CustomerAccount).then_some(RootCause::None)
    }

    fn finding(&self, _subject: &Unexplained<'_>, cause: RootCause) -> CauseFinding {
        CauseFinding { cause, confidence: WAITING, evidence: vec![Fact::NoDeposit {}], fix: ProposedFix::Nothing {} }
    }
}
