//! The bank has it, the books do not.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, Profile, ProposedFix, RootCause};

use crate::{Unexplained, Unmatched};

/// A payment out.
const PAID_OUT: Confidence = Confidence::from_ppm(891_400);
/// Money received by a bank account: it may well pay a document that it does not name.
const RECEIVED: Confidence = Confidence::from_ppm(387_300);
/// Money received by a processor, or for a customer's account: both are told by their numbers.
const RECEIVED_NUMBERED: Confidence = Confidence::from_ppm(983_900);
/// A job that the client lists: no generated data have it; as for money received.
const JOB: Confidence = Confidence::from_ppm(983_900);

/// What is left of the lines when nothing more particular applies.
pub(super) struct MissingInLedger;

impl CauseRule<Unexplained<'_>> for MissingInLedger {
    fn judge(&self, subject: &Unexplained<'_>) -> Option<RootCause> {
        matches!(subject.record, Unmatched::Line(_)).then_some(RootCause::MissingInLedger)
    }

    fn finding(&self, subject: &Unexplained<'_>, cause: RootCause) -> CauseFinding {
        let (confidence, fact, fix) = match subject.record {
            Unmatched::Line(line) if line.job.is_some() => (JOB, Fact::JobNotInLedger {}, ProposedFix::AskAboutJob {}),
            Unmatched::Line(line) if line.amount.minor_units() < 0 => {
                (PAID_OUT, Fact::NotInBooks { amount: line.amount }, ProposedFix::BookEntry { amount: line.amount })
            }
            Unmatched::Line(line) => (
                if is_numbered(subject.context.profile()) { RECEIVED_NUMBERED } else { RECEIVED },
                Fact::NotInBooks { amount: line.amount },
                ProposedFix::AskForRemittanceAdvice { amount: line.amount },
            ),
            Unmatched::Entry(_) => (Confidence::from_ppm(0), Fact::NoRule {}, ProposedFix::MatchByHand {}),
        };
        CauseFinding { cause, confidence, evidence: vec![fact], fix }
    }
}

/// Whether records of both sides are told apart by numbers that they share.
const fn is_numbered(profile: Profile) -> bool {
    matches!(profile, Profile::Processor | Profile::Deposits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Context, finding_of,
        rules::tests::{invoice, job, line},
    };

    #[test]
    fn what_was_paid_out_is_booked_and_what_came_in_is_asked_about() {
        let (charge, deposit) = (line("2025-12-31", -450, ""), line("2025-12-31", 450, ""));
        let context = Context::new([&charge, &deposit], []);
        let found = finding_of(Unmatched::Line(&charge), &context);
        assert_eq!(
            (found.cause, found.fix),
            (RootCause::MissingInLedger, ProposedFix::BookEntry { amount: charge.amount })
        );
        let found = finding_of(Unmatched::Line(&deposit), &context);
        assert_eq!(found.fix, ProposedFix::AskForRemittanceAdvice { amount: deposit.amount });
    }

    #[test]
    fn a_job_has_a_client_and_no_bank() {
        let line = tieout_domain::StatementLine { job: job("2025-03-01", "York"), ..line("", 5_000, "J-77") };
        let found = finding_of(Unmatched::Line(&line), &Context::new([&line], []));
        assert_eq!((found.cause, found.fix), (RootCause::MissingInLedger, ProposedFix::AskAboutJob {}));
    }

    #[test]
    fn an_entry_is_not_missing_in_the_ledger() {
        let entry = invoice("2025-05-01", "2025-05-31", 50_000, "RE-1");
        let context = Context::new([], [&entry]);
        assert!(MissingInLedger.judge(&Unexplained { record: Unmatched::Entry(&entry), context: &context }).is_none());
    }
}
