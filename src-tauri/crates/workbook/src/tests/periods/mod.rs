//! Periods: a company of three people and an account with two months of statements.

mod changes;
mod content;
mod handed_on;
mod journal;
mod locked;
mod roll;
mod rules;
mod signed;
mod speed;
mod standing;
mod states;

use tieout_domain::{Period, PeriodId, PeriodState, Role};

use super::*;
use crate::{PeriodError, PeriodRecord};

pub(super) const JANUARY: Period = Period { from: date(2026, 1, 1), to: date(2026, 1, 31) };
pub(super) const FEBRUARY: Period = Period { from: date(2026, 2, 1), to: date(2026, 2, 28) };
pub(super) const MARCH: Period = Period { from: date(2026, 3, 1), to: date(2026, 3, 31) };

/// Lines of 100.00 on 2 January (for the invoice RE-1 of 101.50), −1.50 on the 5th, which stays open, and 40.00 on the 20th
/// (RE-3); 60.00 on 10 February, open, as is the invoice RE-2 of 60.00 of 10 January. Ada is admin, Petra preparer, Ben
/// reviewer; nobody may do both.
pub(super) struct Firm {
    pub(super) desk: Desk,
    pub(super) workbook: Workbook,
    pub(super) account: AccountId,
}

/// A line on that day of February 2026.
pub(super) fn february(row: u32, day: i8, minor: i64, text: &str) -> StatementLine {
    StatementLine { date: Some(date(2026, 2, day)), ..line(row, 1, minor, text) }
}

pub(super) fn taken(workbook: &mut Workbook, number: u8, lines: &mut [StatementLine], opening: i64) {
    let account = account(workbook);
    let mut balance = opening;
    for line in lines.iter_mut() {
        balance += line.amount.minor_units();
        line.balance = Some(cents(balance));
    }
    let facts = facts(lines, Some(opening), Some(balance));
    take_statement(workbook, &batch(number), account, &facts, lines).unwrap();
}

impl Firm {
    pub(super) fn new() -> Self {
        let desk = Desk::new();
        let mut workbook = desk.create();
        workbook.set_single_user(false, "two people").unwrap();
        give_own_secret(&mut workbook);
        workbook.add_user("Petra", Role::Preparer).unwrap();
        workbook.add_user("Ben", Role::Reviewer).unwrap();
        share_secret(&workbook);
        let mut january = [line(1, 2, 10_000, "RE-1"), line(2, 5, -150, "fee"), line(3, 20, 4_000, "RE-3")];
        taken(&mut workbook, 1, &mut january, 50_000);
        taken(&mut workbook, 2, &mut [february(1, 10, 6_000, "RE-2")], 63_850);
        let invoices = [invoice(1, 1, 10_150, "RE-1"), invoice(2, 10, 6_000, "RE-2"), invoice(3, 12, 4_000, "RE-3")];
        take_entries(&mut workbook, 3, &invoices).unwrap();
        let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
        let settled = [
            proposal(matched(&[(lines[0], 10_000)], &[(entries[0], 10_150)]), MatchStatus::Approved, 999_000),
            proposal(matched(&[(lines[2], 4_000)], &[(entries[2], 4_000)]), MatchStatus::Approved, 999_000),
        ];
        store(&mut workbook, &settled);
        let account = account(&mut workbook);
        Self { desk, workbook, account }
    }

    pub(super) fn as_(&mut self, name: &str) -> &mut Workbook {
        let user = self.workbook.users().unwrap().into_iter().find(|user| user.name == name).unwrap();
        // As after signing in with the secret, without the tenth of a second that asking for it takes.
        self.workbook.user = user;
        self.workbook.present = true;
        &mut self.workbook
    }

    pub(super) fn opened(&mut self, days: Period) -> PeriodId {
        let account = self.account;
        self.as_("Petra").open_period(account, days).unwrap().id
    }

    /// Opens a period and brings it so far, Petra preparing, Ben reviewing and locking.
    pub(super) fn brought_to(&mut self, days: Period, state: PeriodState) -> PeriodId {
        let id = self.opened(days);
        self.bring(id, state);
        id
    }

    pub(super) fn bring(&mut self, id: PeriodId, state: PeriodState) {
        if state >= PeriodState::Prepared {
            self.as_("Petra").prepare_period(id, None, None, "").unwrap();
        }
        if state >= PeriodState::Reviewed {
            self.as_("Ben").review_period(id, "").unwrap();
        }
        if state >= PeriodState::Locked {
            self.as_("Ben").lock_period(id, "").unwrap();
        }
        self.as_("Ada");
    }

    pub(super) fn period(&self, id: PeriodId) -> PeriodRecord {
        self.workbook.period(id).unwrap()
    }

    pub(super) fn state(&self, id: PeriodId) -> PeriodState {
        self.period(id).state
    }

    /// Whether the period's content is what was signed.
    pub(super) fn as_signed(&self, id: PeriodId) -> bool {
        let period = self.period(id);
        self.workbook.period_content(&period).unwrap() == period.signed.unwrap().content
    }

    /// Every line, whatever its state, by its text.
    pub(super) fn line(&self, text: &str) -> StatementLineId {
        let found: Vec<u8> = self
            .workbook
            .sql
            .query_row("SELECT id FROM statement_lines WHERE description = ?1", [text], |row| row.get(0))
            .unwrap();
        StatementLineId::from_uuid(uuid::Uuid::from_slice(&found).unwrap())
    }

    pub(super) fn entry(&self, number: &str) -> LedgerEntryId {
        let found: Vec<u8> = self
            .workbook
            .sql
            .query_row("SELECT id FROM ledger_entries WHERE number = ?1", [number], |row| row.get(0))
            .unwrap();
        LedgerEntryId::from_uuid(uuid::Uuid::from_slice(&found).unwrap())
    }

    /// Puts a line and an entry together by hand.
    pub(super) fn pair(&mut self, line: &str, entry: &str, minor: (i64, i64)) -> Result<MatchId, WorkbookError> {
        self.by_hand(matched(&[(self.line(line), minor.0)], &[(self.entry(entry), minor.1)]))
    }

    /// Writes a line off as a fee, with nothing else in the match.
    pub(super) fn write_off(&mut self, line: &str) -> Result<MatchId, WorkbookError> {
        let open = self.workbook.record(RecordRef::Line(self.line(line))).unwrap().open();
        let legs = vec![Leg::of(RecordRef::Line(self.line(line)), open)];
        self.by_hand(Match::write_off(legs, vec![Adjustment { cause: RootCause::Fee, amount: open }]).unwrap())
    }

    pub(super) fn by_hand(&mut self, matched: Match) -> Result<MatchId, WorkbookError> {
        let hand = crate::HandMatch {
            postings: Vec::new(),
            matched,
            cause: RootCause::None,
            explanation: Explanation::new(Vec::new(), None),
            confidence: Confidence::from_ppm(0),
        };
        self.workbook.match_by_hand(&hand, "seen").map(|decided| decided.matches[0])
    }

    pub(super) fn match_of(&self, line: &str) -> MatchId {
        let found: Vec<u8> = self
            .workbook
            .sql
            .query_row(
                "SELECT m.id FROM match_legs l JOIN matches m ON m.id = l.match_id AND m.status <> 'superseded'
                 JOIN statement_lines s ON s.id = l.line_id WHERE s.description = ?1",
                [line],
                |row| row.get(0),
            )
            .unwrap();
        MatchId::from_uuid(uuid::Uuid::from_slice(&found).unwrap())
    }
}

#[track_caller]
pub(super) fn refused<T: std::fmt::Debug>(answer: Result<T, WorkbookError>, because: &str) {
    let error = answer.unwrap_err();
    assert!(error.to_string().contains(because), "{error}");
}
