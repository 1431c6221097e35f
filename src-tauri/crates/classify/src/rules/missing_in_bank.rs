//! The books have it, the bank does not.

use jiff::{Unit, civil::Date};
use tieout_domain::{
    CauseFinding, CauseRule, Confidence, Fact, LedgerEntry, LedgerKind, Profile, ProposedFix, RootCause,
};

use crate::{Context, Unexplained, Unmatched};

/// What was due, or booked, long before the last statement day: a payment that names nothing may well be for it.
const OVERDUE: Confidence = Confidence::from_ppm(330_600);
/// A sale that a processor does not show.
const NOT_PROCESSED: Confidence = Confidence::from_ppm(997_500);
/// The day is not known, or there is no statement: as for what is overdue.
const NO_DAY: Confidence = Confidence::from_ppm(330_600);
/// A job that the client does not list: no generated data have it; as for what is overdue.
const JOB: Confidence = Confidence::from_ppm(997_500);

/// What is left of the entries when nothing more particular applies.
pub(super) struct MissingInBank;

impl CauseRule<Unexplained<'_>> for MissingInBank {
    fn judge(&self, subject: &Unexplained<'_>) -> Option<RootCause> {
        let Unmatched::Entry(entry) = subject.record else { return None };
        (entry.kind != LedgerKind::CustomerAccount).then_some(RootCause::MissingInBank)
    }

    fn finding(&self, subject: &Unexplained<'_>, cause: RootCause) -> CauseFinding {
        let Unmatched::Entry(entry) = subject.record else {
            let (evidence, fix) = (vec![Fact::NoRule {}], ProposedFix::MatchByHand {});
            return CauseFinding { cause, confidence: Confidence::from_ppm(0), evidence, fix };
        };
        if entry.job.is_some() {
            let (evidence, fix) = (vec![Fact::JobNotListed {}], ProposedFix::AskAboutJob {});
            return CauseFinding { cause, confidence: JOB, evidence, fix };
        }
        let mut evidence = vec![Fact::NotAtBank { amount: entry.amount }];
        let overdue = overdue_days(entry, subject.context).filter(|days| *days > 0);
        evidence.extend(overdue.map(|days| Fact::Overdue { days }));
        let confidence = match overdue {
            _ if subject.context.profile() == Profile::Processor => NOT_PROCESSED,
            Some(_) => OVERDUE,
            None => NO_DAY,
        };
        let fix = if entry.amount.minor_units() < 0 {
            ProposedFix::PayOrCorrect { amount: entry.amount.unsigned() }
        } else {
            ProposedFix::AskForPayment { amount: entry.amount }
        };
        CauseFinding { cause, confidence, evidence, fix }
    }
}

/// Days from the day on which the entry was due, or else booked, to the last statement day.
fn overdue_days(entry: &LedgerEntry, context: &Context<'_>) -> Option<i64> {
    let since = |day: Date| context.last_line_date()?.since((Unit::Day, day)).ok();
    since(entry.due_date.or(entry.date)?).map(|span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        finding_of,
        rules::tests::{invoice, job, line},
    };

    #[test]
    fn what_customers_owe_is_asked_for() {
        let (line, entry) = (line("2025-12-31", 100, ""), invoice("2025-05-01", "2025-05-31", 50_000, "RE-1"));
        let found = finding_of(Unmatched::Entry(&entry), &Context::new([&line], [&entry]));
        assert_eq!(found.cause, RootCause::MissingInBank);
        assert_eq!(found.evidence, [Fact::NotAtBank { amount: entry.amount }, Fact::Overdue { days: 214 }]);
        assert_eq!(found.fix, ProposedFix::AskForPayment { amount: entry.amount });
    }

    #[test]
    fn what_we_owe_is_not() {
        let (line, bill) = (line("2025-12-31", 100, ""), invoice("2025-05-01", "2025-05-31", -50_000, "ER-1"));
        let found = finding_of(Unmatched::Entry(&bill), &Context::new([&line], [&bill]));
        assert_eq!(
            (found.cause, found.fix),
            (RootCause::MissingInBank, ProposedFix::PayOrCorrect { amount: bill.amount.unsigned() })
        );
    }

    #[test]
    fn a_job_has_a_client_and_no_bank() {
        let entry = tieout_domain::LedgerEntry { job: job("2025-03-01", "York"), ..invoice("", "", 5_000, "J-78") };
        let found = finding_of(Unmatched::Entry(&entry), &Context::new([], [&entry]));
        assert_eq!((found.cause, found.fix), (RootCause::MissingInBank, ProposedFix::AskAboutJob {}));
    }

    #[test]
    fn an_account_without_a_deposit_misses_nothing() {
        let account = LedgerEntry { kind: LedgerKind::CustomerAccount, ..invoice("2025-05-01", "", 0, "CUS00000017") };
        let found = finding_of(Unmatched::Entry(&account), &Context::new([], [&account]));
        assert_eq!((found.cause, found.fix), (RootCause::None, ProposedFix::Nothing {}));
    }

    #[test]
    fn a_line_is_not_missing_at_the_bank() {
        let line = line("2025-12-31", -450, "");
        let context = Context::new([&line], []);
        assert!(MissingInBank.judge(&Unexplained { record: Unmatched::Line(&line), context: &context }).is_none());
    }
}
