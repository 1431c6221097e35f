//! Journal entries of locked periods: what was signed is exported as it is, and what comes later is posted later.

use jiff::civil::Date;
use tieout_domain::{JournalEntry, MessageLanguage, PeriodState::*, PostingAccount, PostingRole, RootCause};

use super::*;
use crate::NewJournalBatch;

/// The day on which everything is done here, long before its periods.
const TODAY: Date = date(2023, 11, 14);

/// January is locked; RE-1 was paid 1.50 short in it, and every account is named.
fn locked() -> (Firm, PeriodId) {
    let mut firm = Firm::new();
    let code = |text: &str| text.parse::<PostingAccount>().ok();
    let chart = [
        (PostingRole::Cause(RootCause::Fee), code("6855")),
        (PostingRole::Receivables, code("1200")),
        (PostingRole::Payables, code("3300")),
    ];
    firm.as_("Ada").set_posting_accounts(&chart.into_iter().collect()).unwrap();
    let id = firm.brought_to(JANUARY, Locked);
    (firm, id)
}

impl Firm {
    fn journal(&self) -> Vec<JournalEntry> {
        self.workbook.proposed_journal().unwrap()
    }

    /// Date, the date it would have, and the amount of each entry that is to be exported.
    fn dated(&self) -> Vec<(Date, Option<Date>, i64)> {
        self.journal().iter().map(|entry| (entry.date, entry.moved_from, entry.amount.minor_units())).collect()
    }

    fn export_as(&mut self, name: &str) -> Result<u32, WorkbookError> {
        let entries: Vec<(JournalEntry, String)> = self
            .journal()
            .into_iter()
            .map(|entry| (entry.clone(), entry.text.in_language(entry.cause, MessageLanguage::English)))
            .collect();
        let number = self.workbook.next_journal_batch().unwrap();
        let new = NewJournalBatch { number, entries: &entries, file_name: "j.csv", layout: "", content: b"j" };
        self.as_(name).export_journal(&new).map(|_| number)
    }

    #[track_caller]
    fn sound(&self) {
        assert_eq!(self.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        assert!(self.workbook.verify_chain().unwrap().holds());
    }
}

#[test]
fn what_was_signed_is_exported_and_taken_back_at_its_own_date_and_the_period_stays_as_signed() {
    let (mut firm, id) = locked();
    assert_eq!(firm.dated(), [(date(2026, 1, 2), None, 150)]);
    assert_eq!(firm.export_as("Petra").unwrap(), 1);
    assert_eq!((firm.state(id), firm.as_signed(id)), (Locked, true));
    firm.workbook.take_journal_back(1, "the books refused the file").unwrap();
    assert_eq!(firm.dated(), [(date(2026, 1, 2), None, 150)]);
    assert_eq!((firm.state(id), firm.as_signed(id)), (Locked, true));
    assert_eq!(firm.export_as("Petra").unwrap(), 2);
    firm.sound();
}

#[test]
fn an_export_under_way_when_its_period_is_locked_is_taken_back_all_the_same() {
    let mut firm = Firm::new();
    let chart = [(PostingRole::Cause(RootCause::Fee), "6855"), (PostingRole::Receivables, "1200")];
    let chart = chart.into_iter().map(|(role, account)| (role, account.parse().ok())).collect();
    firm.workbook.set_posting_accounts(&chart).unwrap();
    firm.export_as("Petra").unwrap();
    let id = firm.brought_to(JANUARY, Locked);
    firm.as_("Petra").take_journal_back(1, "not imported").unwrap();
    assert_eq!(firm.dated(), [(date(2026, 1, 2), None, 150)]);
    assert!(firm.as_signed(id));
    firm.sound();
}

#[test]
fn a_reviewer_exports_nothing_and_takes_nothing_back() {
    let (mut firm, _) = locked();
    refused(firm.export_as("Ben"), "Ben works here as reviewer");
    firm.export_as("Petra").unwrap();
    refused(firm.as_("Ben").take_journal_back(1, "no"), "Ben works here as reviewer");
    assert_eq!(firm.journal(), []);
}

#[test]
fn what_is_undone_in_a_locked_period_is_refused_and_reversed_once_it_is_reopened() {
    let (mut firm, id) = locked();
    let paid = firm.match_of("RE-1");
    firm.export_as("Petra").unwrap();
    refused(firm.as_("Ada").undo_decision(paid, "wrong"), "is locked");
    assert_eq!(firm.journal(), []);
    firm.as_("Petra").request_reopening(id, "RE-1 was paid in full").unwrap();
    firm.as_("Ben").reopen_period(id, "").unwrap();
    firm.as_("Ada").undo_decision(paid, "wrong").unwrap();
    assert_eq!(firm.dated(), [(TODAY, None, 150)]);
    assert_eq!(firm.journal()[0].debit.account, "1200".parse().ok(), "the other way round");
    // Approved again before the reversal went out, the books are right; after that it is posted again, at its own date.
    firm.workbook.undo_newest("").unwrap();
    assert_eq!(firm.journal(), []);
    firm.workbook.redo_newest("").unwrap();
    firm.export_as("Petra").unwrap();
    firm.as_("Ada").undo_newest("").unwrap();
    assert_eq!(firm.dated(), [(date(2026, 1, 2), None, 150)]);
    firm.sound();
}

#[test]
fn what_comes_later_and_settles_a_line_of_a_locked_period_is_posted_on_the_first_day_after_it() {
    let (mut firm, id) = locked();
    firm.export_as("Petra").unwrap();
    firm.as_("Ada");
    take_entries(&mut firm.workbook, 20, &[invoice(1, 5, -120, "F-2")]).unwrap();
    let late = firm.pair("fee", "F-2", (-150, -120)).unwrap();
    assert!(firm.as_signed(id));
    assert_eq!(firm.dated(), [(date(2026, 2, 1), Some(date(2026, 1, 5)), 30)]);
    firm.export_as("Petra").unwrap();
    // What reverses it is kept out of the locked period as well, which never hears of it.
    firm.workbook.clock = crate::tests::days::standing("2026-01-20T09:00:00Z", "UTC");
    firm.as_("Ada").undo_decision(late, "").unwrap();
    assert_eq!(firm.dated(), [(date(2026, 2, 1), Some(date(2026, 1, 20)), 30)]);
    assert_eq!((firm.state(id), firm.as_signed(id)), (Locked, true));
    firm.sound();
}

#[test]
fn what_is_of_a_reopened_period_stays_in_it_though_a_later_one_is_locked() {
    let (mut firm, january) = locked();
    firm.export_as("Petra").unwrap();
    firm.brought_to(FEBRUARY, Locked);
    firm.as_("Petra").request_reopening(january, "F-2 came in late").unwrap();
    firm.as_("Ben").reopen_period(january, "").unwrap();
    firm.as_("Ada");
    take_entries(&mut firm.workbook, 20, &[invoice(1, 5, -120, "F-2")]).unwrap();
    firm.pair("fee", "F-2", (-150, -120)).unwrap();
    assert_eq!(firm.dated(), [(date(2026, 1, 5), None, 30)]);
    firm.sound();
}

#[test]
fn a_write_off_of_an_invoice_that_a_locked_period_left_outstanding_is_posted_after_it() {
    let (mut firm, id) = locked();
    firm.export_as("Petra").unwrap();
    firm.as_("Ada");
    let legs = vec![Leg::of(RecordRef::Entry(firm.entry("RE-2")), cents(6_000))];
    let adjustment = Adjustment { cause: RootCause::Fee, amount: cents(-6_000) };
    let hand = crate::HandMatch {
        matched: Match::write_off(legs, vec![adjustment]).unwrap(),
        postings: Vec::new(),
        cause: RootCause::Fee,
        explanation: explanation(),
        confidence: Confidence::from_ppm(0),
    };
    firm.workbook.match_by_hand(&hand, "bankrupt").unwrap();
    assert!(firm.as_signed(id));
    assert_eq!(firm.dated(), [(date(2026, 2, 1), Some(date(2026, 1, 10)), 6_000)]);
    // Locking February as well changes nothing for what was approved before that.
    firm.export_as("Petra").unwrap();
    firm.workbook.take_journal_back(2, "again").unwrap();
    firm.brought_to(FEBRUARY, Locked);
    assert_eq!(firm.dated(), [(date(2026, 2, 1), Some(date(2026, 1, 10)), 6_000)]);
    firm.sound();
}

/// A charge of 20 December 2025, before the first period, is open.
fn charged_in_december(firm: &mut Firm) {
    let charge = StatementLine { date: Some(date(2025, 12, 20)), ..line(1, 1, -1_200, "charge") };
    taken(&mut firm.workbook, 21, &mut [charge], 51_200);
}

#[test]
fn a_charge_from_before_the_first_period_is_posted_after_it_once_that_is_locked() {
    let mut firm = Firm::new();
    charged_in_december(&mut firm);
    let january = firm.brought_to(JANUARY, Locked);
    let paid = firm.match_of("RE-1");
    let written_off = firm.write_off("charge").unwrap();
    assert!(firm.as_signed(january));
    let of_charge = |firm: &Firm| {
        let journal = firm.journal();
        let entry = journal.iter().find(|entry| entry.source.match_id == written_off).unwrap();
        (entry.date, entry.moved_from)
    };
    assert_eq!(of_charge(&firm), (date(2026, 2, 1), Some(date(2025, 12, 20))));
    // What was approved before January was locked keeps its day.
    assert!(firm.journal().iter().any(|entry| entry.source.match_id == paid && entry.date == date(2026, 1, 2)));
    // A reopened January takes it at its own day again.
    firm.as_("Petra").request_reopening(january, "the charge belongs to it").unwrap();
    firm.as_("Ben").reopen_period(january, "").unwrap();
    assert_eq!(of_charge(&firm), (date(2025, 12, 20), None));
    firm.sound();
}

#[test]
fn what_was_written_off_before_the_first_period_was_locked_is_posted_at_its_own_day() {
    let mut firm = Firm::new();
    charged_in_december(&mut firm);
    firm.write_off("charge").unwrap();
    firm.brought_to(JANUARY, Locked);
    assert!(firm.dated().contains(&(date(2025, 12, 20), None, 1_200)));
}

#[test]
fn what_is_from_before_a_reopened_first_period_stays_there_though_a_later_one_is_locked() {
    let mut firm = Firm::new();
    charged_in_december(&mut firm);
    let january = firm.brought_to(JANUARY, Locked);
    firm.brought_to(FEBRUARY, Locked);
    firm.as_("Petra").request_reopening(january, "the charge is missing").unwrap();
    firm.as_("Ben").reopen_period(january, "").unwrap();
    firm.as_("Ada");
    firm.write_off("charge").unwrap();
    assert!(firm.dated().contains(&(date(2025, 12, 20), None, 1_200)));
}
