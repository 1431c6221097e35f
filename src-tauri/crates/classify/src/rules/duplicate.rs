//! The same thing was recorded twice.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, ProposedFix, RootCause, Source};

use crate::{Copied, Unexplained, Unmatched};

/// The run found the record delivered or entered again.
const FOUND_AGAIN: Confidence = Confidence::from_ppm(978_600);
/// Another line settles what this one would: of 1,907 pairs one is a copy in 96 %; in half of them it is this line (53 %),
/// else the other, which looks the same.
const PAID_BEFORE: Confidence = Confidence::from_ppm(963_000);
/// Records alike under one reference or number: 45 cases, all pairs of which one is a copy; as above.
const ALIKE: Confidence = Confidence::from_ppm(963_000);

/// A line under the same reference, day, amount and text as another; an entry with another's number, amount and
/// counterparty. Records without a reference or number are never called duplicates: true repeats look just like them.
pub(super) struct Duplicate;

impl CauseRule<Unexplained<'_>> for Duplicate {
    fn judge(&self, subject: &Unexplained<'_>) -> Option<RootCause> {
        seen(subject).map(|_| RootCause::Duplicate)
    }

    fn finding(&self, subject: &Unexplained<'_>, cause: RootCause) -> CauseFinding {
        let (confidence, fact, fix) = match seen(subject) {
            Some(Seen::Copied(copied)) => copied_before(copied),
            Some(Seen::LinesAlike(count)) => alike_lines(subject, count),
            Some(Seen::EntriesAlike(count)) => alike_entries(subject, count),
            None => (Confidence::from_ppm(0), Fact::NoRule {}, ProposedFix::MatchByHand {}),
        };
        CauseFinding { cause, confidence, evidence: vec![fact], fix }
    }
}

/// How a record shows to be a copy.
#[derive(Clone, Copy)]
enum Seen<'a> {
    Copied(Copied<'a>),
    LinesAlike(u32),
    EntriesAlike(u32),
}

fn source<'a>(record: Unmatched<'a>) -> &'a Source {
    match record {
        Unmatched::Line(line) => &line.source,
        Unmatched::Entry(entry) => &entry.source,
    }
}

fn seen<'a>(subject: &Unexplained<'a>) -> Option<Seen<'a>> {
    if let Some(copied) = subject.context.copied(source(subject.record)) {
        return Some(Seen::Copied(copied));
    }
    match subject.record {
        Unmatched::Line(line) => Some(subject.context.copies_of_line(line)).filter(|n| *n > 1).map(Seen::LinesAlike),
        Unmatched::Entry(entry) => {
            Some(subject.context.copies_of_entry(entry)).filter(|n| *n > 1).map(Seen::EntriesAlike)
        }
    }
}

/// What a run found, and what to do.
fn copied_before(copied: Copied<'_>) -> (Confidence, Fact, ProposedFix) {
    match copied {
        Copied::LineAgain => (FOUND_AGAIN, Fact::SameLineAgain {}, ProposedFix::RemoveDuplicate { of: None }),
        Copied::EntryAgain(first) => (
            FOUND_AGAIN,
            Fact::EnteredBefore { number: first.number.clone(), date: first.date, amount: first.amount },
            ProposedFix::RemoveDuplicate { of: Some(first.number.clone()).filter(|number| !number.is_empty()) },
        ),
        Copied::PaidBy(first) => (
            PAID_BEFORE,
            Fact::PaidBefore { date: first.date, amount: first.amount },
            ProposedFix::AskWhetherTwice { amount: first.amount.unsigned() },
        ),
    }
}

fn alike_lines(subject: &Unexplained<'_>, count: u32) -> (Confidence, Fact, ProposedFix) {
    let Unmatched::Line(line) = subject.record else { return copied_before(Copied::LineAgain) };
    let (count, reference) = (i64::from(count), line.reference.clone());
    if line.job.is_some() {
        (ALIKE, Fact::JobsAlike { count, reference }, ProposedFix::AskAboutJob {})
    } else {
        let fix = ProposedFix::AskWhetherTwice { amount: line.amount.unsigned() };
        (ALIKE, Fact::LinesAlike { count, reference }, fix)
    }
}

fn alike_entries(subject: &Unexplained<'_>, count: u32) -> (Confidence, Fact, ProposedFix) {
    let Unmatched::Entry(entry) = subject.record else { return copied_before(Copied::LineAgain) };
    let number = Some(entry.number.clone()).filter(|number| !number.is_empty());
    let name = if entry.counterparty.is_empty() { &entry.number } else { &entry.counterparty };
    let fact = Fact::EntriesAlike { count: i64::from(count), name: name.clone() };
    (ALIKE, fact, ProposedFix::RemoveDuplicate { of: number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Context, finding_of,
        rules::tests::{invoice, job, line},
    };

    fn is_duplicate(record: Unmatched<'_>, context: &Context<'_>) -> bool {
        Duplicate.judge(&Unexplained { record, context }).is_some()
    }

    #[track_caller]
    fn check_entries(numbers: &[(&str, i64)], duplicate: bool) {
        let entries: Vec<_> =
            numbers.iter().map(|(number, minor)| invoice("2025-03-01", "2025-03-31", *minor, number)).collect();
        let context = Context::new([], &entries);
        assert_eq!(is_duplicate(Unmatched::Entry(&entries[0]), &context), duplicate, "{numbers:?}");
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
        assert!(is_duplicate(Unmatched::Entry(&twice[1]), &Context::new([], &twice)));
        assert!(!is_duplicate(Unmatched::Entry(&other[1]), &Context::new([], &other)));
    }

    #[test]
    fn what_a_run_found_to_be_there_already() {
        let (first, again) =
            (invoice("2025-03-01", "", 50_000, "RE-104"), invoice("2025-03-03", "", 50_000, "RE-104/2"));
        let again = tieout_domain::LedgerEntry { source: Source { row: 2, ..again.source }, ..again };
        let context = Context::new([], [&first, &again]).with_copied([(&again.source, Copied::EntryAgain(&first))]);
        let found = finding_of(Unmatched::Entry(&again), &context);
        assert_eq!(found.cause, RootCause::Duplicate);
        assert_eq!(found.fix, ProposedFix::RemoveDuplicate { of: Some("RE-104".to_owned()) });
        assert!(!is_duplicate(Unmatched::Entry(&first), &context));
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
        let found = finding_of(Unmatched::Line(&twice[0]), &Context::new(&twice, []));
        assert_eq!(found.evidence, [Fact::JobsAlike { count: 2, reference: "J-77".to_owned() }]);
        let two = [listed("York"), listed("Leeds")];
        assert!(!is_duplicate(Unmatched::Line(&two[0]), &Context::new(&two, [])));
    }

    #[test]
    fn a_bank_line_under_the_same_reference_twice() {
        let lines = [line("2025-03-04", -990, "FEE 7781"), line("2025-03-04", -990, "FEE 7781")];
        let context = Context::new(&lines, []);
        assert!(is_duplicate(Unmatched::Line(&lines[0]), &context));
        let repeats = [line("2025-03-04", -990, ""), line("2025-03-04", -990, "")];
        let context = Context::new(&repeats, []);
        assert!(!is_duplicate(Unmatched::Line(&repeats[0]), &context));
    }
}
