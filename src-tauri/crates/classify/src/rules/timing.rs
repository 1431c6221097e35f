//! Booked in the books, to arrive at the bank later.

use jiff::{ToSpan, civil::Date};
use tieout_domain::{LedgerEntry, LedgerKind, Profile, RootCause};

use super::Rule;
use crate::{Context, Finding, Unmatched};

/// Days after the due date within which a customer's payment is still usual.
const INVOICE_GRACE_DAYS: i64 = 10;
/// Days a payment in the books may take to reach the bank (cheques, transfers over a weekend).
const PAYMENT_GRACE_DAYS: i64 = 5;
/// Days between a sale in the books and the processor's record of it: a night, or another time zone.
const PROCESSOR_GRACE_DAYS: i64 = 1;

/// The entry is not due yet, or was booked so shortly before the last statement day that the bank cannot show it yet.
pub(super) struct Timing;

impl Rule for Timing {
    fn judge(&self, record: Unmatched<'_>, context: &Context<'_>) -> Option<Finding> {
        let Unmatched::Entry(entry) = record else { return None };
        if let (Some(month), Some(last)) = (entry.job.as_deref().and_then(|job| job.month), context.last_line_month()) {
            // An export of jobs tells whole months.
            return (month > last).then(|| Finding {
                cause: RootCause::Timing,
                explanation: format!(
                    "Done in {}, after {}, the last month of the client's export. Wait for the next one.",
                    month.strftime("%Y-%m"),
                    last.strftime("%Y-%m")
                ),
            });
        }
        let last_day = context.last_line_date()?;
        let expected = expected_by(entry, context.profile())?;
        (expected > last_day).then(|| Finding {
            cause: RootCause::Timing,
            explanation: format!(
                "Expected at the bank by {expected}, after the last statement day {last_day}. Wait for the next statement."
            ),
        })
    }
}

/// The day by which the bank should show the entry.
fn expected_by(entry: &LedgerEntry, profile: Profile) -> Option<Date> {
    let (day, grace) = match entry.kind {
        LedgerKind::CustomerAccount => return None,
        _ if profile == Profile::Processor => (entry.date?, PROCESSOR_GRACE_DAYS),
        LedgerKind::Invoice => (entry.due_date.or(entry.date)?, INVOICE_GRACE_DAYS),
        LedgerKind::Payment | LedgerKind::Job | LedgerKind::Transaction => (entry.date?, PAYMENT_GRACE_DAYS),
    };
    day.checked_add(grace.days()).ok()
}

#[cfg(test)]
mod tests {
    use tieout_domain::StatementLine;

    use super::*;
    use crate::rules::tests::{invoice, job, line};

    #[track_caller]
    fn check(date: &str, due: &str, is_timing: bool) {
        let lines = [line("2025-12-31", 100, "")];
        let entry = invoice(date, due, 50_000, "RE-104");
        let context = Context::new(&lines, [&entry]);
        assert_eq!(Timing.judge(Unmatched::Entry(&entry), &context).is_some(), is_timing, "{date} due {due}");
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
            let found = Timing.judge(Unmatched::Entry(&entry), &Context::new([&listed], [&entry]));
            assert_eq!(found.is_some(), is_timing, "{month}");
        }
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
            assert_eq!(Timing.judge(Unmatched::Entry(&entry), &context).is_some(), is_timing, "{date}");
        }
    }

    #[test]
    fn without_a_statement_nothing_can_be_late() {
        let entry = invoice("2025-12-15", "2026-01-14", 1, "RE-1");
        assert!(Timing.judge(Unmatched::Entry(&entry), &Context::new([], [&entry])).is_none());
    }
}
