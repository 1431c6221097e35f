//! The same thing was recorded twice.

use tieout_domain::RootCause;

use super::Rule;
use crate::{Context, Copied, Finding, Unmatched};

/// A line under the same reference, day, amount and text as another; an entry with another's number, amount and
/// counterparty. Records without a reference or number are never called duplicates: true repeats look just like them.
pub(super) struct Duplicate;

impl Rule for Duplicate {
    fn judge(&self, record: Unmatched<'_>, context: &Context<'_>) -> Option<Finding> {
        let source = match record {
            Unmatched::Line(line) => &line.source,
            Unmatched::Entry(entry) => &entry.source,
        };
        let explanation = match record {
            _ if context.copied(source).is_some() => context.copied(source).map(told).unwrap_or_default(),
            Unmatched::Line(line) if line.job.is_some() && context.copies_of_line(line) > 1 => format!(
                "The client lists job {} {} times with all its facts alike. Ask the client which of them counts.",
                line.reference,
                context.copies_of_line(line)
            ),
            Unmatched::Line(line) if context.copies_of_line(line) > 1 => format!(
                "The bank shows {} lines with reference {}, day and amount alike. Ask the bank whether it booked twice.",
                context.copies_of_line(line),
                line.reference
            ),
            Unmatched::Entry(entry) if context.copies_of_entry(entry) > 1 => format!(
                "The books hold {} entries for {} with the same number and amount. Cancel the one too many.",
                context.copies_of_entry(entry),
                if entry.counterparty.is_empty() { &entry.number } else { &entry.counterparty }
            ),
            _ => return None,
        };
        Some(Finding { cause: RootCause::Duplicate, explanation })
    }
}

/// What a run found, and what to do.
fn told(copied: Copied<'_>) -> String {
    match copied {
        Copied::LineAgain => {
            "The statement holds this line already, with the same identifier or at the same running balance. Take the copy out."
                .to_owned()
        }
        Copied::EntryAgain(first) => format!(
            "The books hold this already as {} of {}, {}. Cancel the one too many.",
            first.number,
            first.date.map_or_else(|| "another day".to_owned(), |date| date.to_string()),
            first.amount
        ),
        Copied::PaidBy(first) => format!(
            "What this would settle is settled by a line of {} with the same amount. Ask whether it was paid or booked twice.",
            first.date.map_or_else(|| "another day".to_owned(), |date| date.to_string())
        ),
    }
}

#[cfg(test)]
mod tests {
    use tieout_domain::Source;

    use super::*;
    use crate::rules::tests::{invoice, job, line};

    #[track_caller]
    fn check_entries(numbers: &[(&str, i64)], duplicate: bool) {
        let entries: Vec<_> =
            numbers.iter().map(|(number, minor)| invoice("2025-03-01", "2025-03-31", *minor, number)).collect();
        let context = Context::new([], &entries);
        assert_eq!(Duplicate.judge(Unmatched::Entry(&entries[0]), &context).is_some(), duplicate, "{numbers:?}");
    }

    #[test]
    fn the_same_invoice_booked_twice() {
        check_entries(&[("RE-104", 50_000), ("RE-104", 50_000)], true);
        check_entries(&[("RE-104", 50_000), ("re-104", 50_000)], true);
    }

    #[test]
    fn a_bill_booked_twice_under_two_numbers_of_ours() {
        let bill = |number, reference: &str| tieout_domain::LedgerEntry {
            reference: reference.to_owned(),
            ..invoice("2025-03-01", "2025-03-31", -83_300, number)
        };
        let twice = [bill("ER-14", "WD-7030622"), bill("ER-19", "WD-7030622")];
        let other = [bill("ER-14", "WD-7030622"), bill("ER-19", "WD-7030623")];
        assert!(Duplicate.judge(Unmatched::Entry(&twice[1]), &Context::new([], &twice)).is_some());
        assert!(Duplicate.judge(Unmatched::Entry(&other[1]), &Context::new([], &other)).is_none());
    }

    #[test]
    fn what_a_run_found_to_be_there_already() {
        let (first, again) =
            (invoice("2025-03-01", "", 50_000, "RE-104"), invoice("2025-03-03", "", 50_000, "RE-104/2"));
        let again = tieout_domain::LedgerEntry { source: Source { row: 2, ..again.source }, ..again };
        let context = Context::new([], [&first, &again]).with_copied([(&again.source, Copied::EntryAgain(&first))]);
        let found = Duplicate.judge(Unmatched::Entry(&again), &context).unwrap();
        assert!(found.explanation.contains("RE-104 of 2025-03-01"), "{}", found.explanation);
        assert!(Duplicate.judge(Unmatched::Entry(&first), &context).is_none());
    }

    #[test]
    fn what_only_looks_like_it() {
        check_entries(&[("RE-104", 50_000)], false);
        check_entries(&[("RE-104", 50_000), ("RE-105", 50_000)], false);
        check_entries(&[("RE-104", 50_000), ("RE-104", 25_000)], false);
        check_entries(&[("", 50_000), ("", 50_000)], false);
    }

    #[test]
    fn a_job_listed_twice_and_two_jobs_of_one_number() {
        let listed = |site| tieout_domain::StatementLine { job: job("2025-03-01", site), ..line("", 5_000, "J-77") };
        let twice = [listed("York"), listed("York")];
        let found = Duplicate.judge(Unmatched::Line(&twice[0]), &Context::new(&twice, []));
        assert!(found.is_some_and(|found| found.explanation.starts_with("The client lists job J-77 2 times")));
        let two = [listed("York"), listed("Leeds")];
        assert!(Duplicate.judge(Unmatched::Line(&two[0]), &Context::new(&two, [])).is_none());
    }

    #[test]
    fn a_bank_line_under_the_same_reference_twice() {
        let lines = [line("2025-03-04", -990, "FEE 7781"), line("2025-03-04", -990, "FEE 7781")];
        let context = Context::new(&lines, []);
        assert!(Duplicate.judge(Unmatched::Line(&lines[0]), &context).is_some());
        let repeats = [line("2025-03-04", -990, ""), line("2025-03-04", -990, "")];
        let context = Context::new(&repeats, []);
        assert!(Duplicate.judge(Unmatched::Line(&repeats[0]), &context).is_none());
    }
}
