//! Booked in the books, to arrive at the bank later.

use jiff::{ToSpan, civil::Date};
use tieout_domain::{
    CauseFinding, CauseRule, Confidence, Fact, LedgerEntry, LedgerKind, Profile, ProposedFix, RootCause,
};

use crate::{Unexplained, Unmatched};

/// Days after the due date within which a customer's payment is still usual.
const INVOICE_GRACE_DAYS: i64 = 10;
/// Days a payment in the books may take to reach the bank (cheques, transfers over a weekend).
const PAYMENT_GRACE_DAYS: i64 = 5;
/// Days between a sale in the books and the processor's record of it: a night, or another time zone.
const PROCESSOR_GRACE_DAYS: i64 = 1;

/// What a processor shows a day later: generated data end with no sale under way, so this says neither.
const NEXT_DAY: Confidence = Confidence::from_ppm(500_000);
/// An invoice that is not due.
const NOT_DUE: Confidence = Confidence::from_ppm(944_800);
/// An invoice that is due, within the days of grace.
const IN_GRACE: Confidence = Confidence::from_ppm(861_500);
/// A payment under way: generated data have no booked payments that are; as for an invoice in the days of grace.
const UNDER_WAY: Confidence = Confidence::from_ppm(861_500);
/// A job of a month that is not told yet: no generated data have it; as for what is not due.
const LATER_MONTH: Confidence = Confidence::from_ppm(944_800);

/// The entry is not due yet, or was booked so shortly before the last statement day that the bank cannot show it yet.
pub(super) struct Timing;

impl CauseRule<Unexplained<'_>> for Timing {
    fn judge(&self, subject: &Unexplained<'_>) -> Option<RootCause> {
        expected(subject).map(|_| RootCause::Timing)
    }

    fn finding(&self, subject: &Unexplained<'_>, cause: RootCause) -> CauseFinding {
        let (confidence, fact, date) = match expected(subject) {
            Some(Expected::By { by, last_day, confidence }) => {
                (confidence, Fact::ExpectedBy { by, last_day }, Some(by))
            }
            Some(Expected::WithMonth { month, last_month }) => {
                (LATER_MONTH, Fact::MonthAfterExport { month, last_month }, Some(month.last_of_month()))
            }
            None => (Confidence::from_ppm(0), Fact::NoRule {}, None),
        };
        let fix = date.map_or(ProposedFix::MatchByHand {}, |date| ProposedFix::WaitUntil { date });
        CauseFinding { cause, confidence, evidence: vec![fact], fix }
    }
}

/// When what is not there yet may be seen.
enum Expected {
    By {
        by: Date,
        last_day: Date,
        confidence: Confidence,
    },
    /// Months by their first days.
    WithMonth {
        month: Date,
        last_month: Date,
    },
}

fn expected(subject: &Unexplained<'_>) -> Option<Expected> {
    let Unmatched::Entry(entry) = subject.record else { return None };
    let context = subject.context;
    if let (Some(month), Some(last_month)) = (entry.job.as_deref().and_then(|job| job.month), context.last_line_month())
    {
        // An export of jobs tells whole months.
        return (month > last_month).then_some(Expected::WithMonth { month, last_month });
    }
    let last_day = context.last_line_date()?;
    let (day, grace, of_kind) = usual_day(entry, context.profile())?;
    let by = day.checked_add(grace.days()).ok()?;
    let in_grace = entry.kind == LedgerKind::Invoice && day <= last_day && of_kind == NOT_DUE;
    (by > last_day).then_some(Expected::By { by, last_day, confidence: if in_grace { IN_GRACE } else { of_kind } })
}

/// The day on which the bank should show the entry, the days it may take longer, and how sure one is of it.
fn usual_day(entry: &LedgerEntry, profile: Profile) -> Option<(Date, i64, Confidence)> {
    Some(match entry.kind {
        LedgerKind::CustomerAccount => return None,
        _ if profile == Profile::Processor => (entry.date?, PROCESSOR_GRACE_DAYS, NEXT_DAY),
        LedgerKind::Invoice => (entry.due_date.or(entry.date)?, INVOICE_GRACE_DAYS, NOT_DUE),
        LedgerKind::Payment | LedgerKind::Job | LedgerKind::Transaction => (entry.date?, PAYMENT_GRACE_DAYS, UNDER_WAY),
    })
}

#[cfg(test)]
mod tests {
    use tieout_domain::StatementLine;

    use super::*;
    use crate::{
        Context, finding_of,
        rules::tests::{invoice, job, line},
    };

    fn is_expected(entry: &LedgerEntry, context: &Context<'_>) -> bool {
        Timing.judge(&Unexplained { record: Unmatched::Entry(entry), context }).is_some()
    }

    #[track_caller]
    fn check(date: &str, due: &str, is_timing: bool) {
        let lines = [line("2025-12-31", 100, "")];
        let entry = invoice(date, due, 50_000, "RE-104");
        let context = Context::new(&lines, [&entry]);
        assert_eq!(is_expected(&entry, &context), is_timing, "{date} due {due}");
    }

    #[test]
    fn an_invoice_not_yet_due_waits_for_the_next_statement() {
        check("2025-12-15", "2026-01-14", true);
        check("2025-12-29", "", true);
        check("2025-12-01", "2025-12-22", true);
    }

    #[test]
    fn a_job_waits_for_the_export_of_its_month() {
        let listed = StatementLine { job: job("2025-11-01", "York"), ..line("", 100, "J-1") };
        for (month, is_timing) in [("2025-12-01", true), ("2025-11-01", false), ("2025-10-01", false)] {
            let entry = LedgerEntry { job: job(month, "York"), ..invoice("2025-12-30", "", 50_000, "J-2") };
            assert_eq!(is_expected(&entry, &Context::new([&listed], [&entry])), is_timing, "{month}");
        }
    }

    #[test]
    fn the_fix_says_until_when_to_wait() {
        let lines = [line("2025-12-31", 100, "")];
        let entry = invoice("2025-12-15", "2026-01-14", 50_000, "RE-104");
        let found = finding_of(Unmatched::Entry(&entry), &Context::new(&lines, [&entry]));
        assert_eq!(found.fix, ProposedFix::WaitUntil { date: "2026-01-24".parse().unwrap() });
    }

    #[test]
    fn one_long_overdue_does_not() {
        check("2025-10-01", "2025-10-31", false);
        check("2025-12-01", "2025-12-21", false);
    }

    #[test]
    fn a_processor_shows_a_sale_within_a_day() {
        let lines = [line("2025-12-31", 100, "")];
        for (date, is_timing) in [("2025-12-31", true), ("2025-12-30", false), ("2025-12-25", false)] {
            let entry = invoice(date, date, 5_000, "ORD-1");
            let context = Context::new(&lines, [&entry]).of_profile(Profile::Processor);
            assert_eq!(is_expected(&entry, &context), is_timing, "{date}");
        }
    }

    #[test]
    fn without_a_statement_nothing_can_be_late() {
        let entry = invoice("2025-12-15", "2026-01-14", 1, "RE-1");
        assert!(!is_expected(&entry, &Context::new([], [&entry])));
    }
}
