//! Where periods stand, and what each person is to do with them.

use proptest::prelude::*;
use tieout_domain::PeriodState::*;

use super::*;
use crate::{DutyKind, FigureScope, StandingRow};

/// Noon of a day in April 2026: all periods of these tests are over.
const APRIL_MS: u64 = 1_775_390_400_000;

/// What a person is to do, by period.
fn duties(firm: &mut Firm, name: &str) -> Vec<Option<DutyKind>> {
    let standing = firm.as_(name).standing().unwrap();
    for duty in &standing.duties {
        let rows = standing.rows.iter().filter(|row| row.duty == Some(duty.kind)).count() as u64;
        assert!(duty.kind.list(name).is_some() || rows == duty.count, "{duty:?}");
    }
    standing.rows.into_iter().map(|row| row.duty).collect()
}

#[test]
fn each_is_told_what_they_and_nobody_else_may_do_now() {
    let mut firm = Firm::new();
    firm.workbook.clock = clock(APRIL_MS);
    assert_eq!(duties(&mut firm, "Petra"), [None], "an account without a period");
    let january = firm.opened(JANUARY);
    let february = firm.opened(FEBRUARY);
    // February follows on January, which nobody signed yet.
    for (name, expected) in [("Petra", Some(DutyKind::ToPrepare)), ("Ben", None), ("Ada", Some(DutyKind::ToPrepare))] {
        assert_eq!(duties(&mut firm, name), [expected, None], "{name}");
    }
    firm.bring(january, Prepared);
    assert_eq!(duties(&mut firm, "Petra"), [None, Some(DutyKind::ToPrepare)], "not what she prepared");
    assert_eq!(duties(&mut firm, "Ben"), [Some(DutyKind::ToReview), None]);
    assert_eq!(duties(&mut firm, "Ada"), [Some(DutyKind::ToReview), Some(DutyKind::ToPrepare)]);
    // Who prepared it as an admin does not review it either.
    firm.as_("Ada").prepare_period(february, None, None, "").unwrap();
    assert_eq!(duties(&mut firm, "Ada"), [Some(DutyKind::ToReview), None]);
    assert_eq!(duties(&mut firm, "Ben"), [Some(DutyKind::ToReview); 2]);
    firm.as_("Ben").review_period(january, "").unwrap();
    firm.as_("Ben").review_period(february, "").unwrap();
    assert_eq!(duties(&mut firm, "Ben"), [Some(DutyKind::ToLock), None], "one after the other");
    firm.as_("Ben").lock_period(january, "").unwrap();
    assert_eq!(duties(&mut firm, "Ben"), [None, Some(DutyKind::ToLock)]);
    firm.as_("Ben").request_reopening(january, "a line is missing").unwrap();
    assert_eq!(duties(&mut firm, "Ben"), [None, Some(DutyKind::ToLock)], "a second person reopens it");
    assert_eq!(duties(&mut firm, "Ada"), [Some(DutyKind::Reopenings), Some(DutyKind::ToLock)]);
    assert_eq!(duties(&mut firm, "Petra"), [None, None]);
    firm.as_("Ada").set_single_user(true, "alone now").unwrap();
    assert_eq!(duties(&mut firm, "Ben"), [Some(DutyKind::Reopenings), Some(DutyKind::ToLock)]);
}

#[test]
fn a_signed_month_is_matched_as_far_as_it_was_when_it_was_signed() {
    let mut firm = Firm::new();
    firm.workbook.clock = clock(APRIL_MS);
    firm.brought_to(JANUARY, Locked);
    let rates = |firm: &Firm| {
        let standing = firm.workbook.standing().unwrap();
        let rates = firm.workbook.standing_rates(&standing.rows[0]).unwrap();
        (rates.lines, rates.lines_matched, rates.lines_automatic, rates.lines_open.0)
    };
    let signed = rates(&firm);
    assert_eq!(signed, (3, 2, 2, 1));
    firm.write_off("fee").unwrap();
    assert_eq!(rates(&firm), signed, "what was settled since is of a later month");
}

#[test]
fn nobody_is_asked_for_a_review_that_waits_for_the_month_before() {
    let mut firm = Firm::new();
    firm.workbook.clock = clock(APRIL_MS);
    let january = firm.brought_to(JANUARY, Reviewed);
    firm.brought_to(FEBRUARY, Prepared);
    assert_eq!(duties(&mut firm, "Ben")[1], Some(DutyKind::ToReview));
    firm.as_("Petra").request_reopening(january, "a line is missing").unwrap();
    firm.as_("Ben").reopen_period(january, "").unwrap();
    assert_eq!(duties(&mut firm, "Ben")[1], None, "January is signed anew first");
    firm.bring(january, Prepared);
    assert_eq!(duties(&mut firm, "Ben"), [Some(DutyKind::ToReview); 2]);
}

#[test]
fn a_period_that_goes_on_or_does_not_prove_is_told_apart() {
    let mut firm = Firm::new();
    firm.opened(JANUARY);
    firm.workbook.clock = clock(APRIL_MS - 80 * 86_400_000);
    assert_eq!(duties(&mut firm, "Petra"), [None], "January goes on");
    firm.workbook.clock = clock(APRIL_MS);
    let to_prepare = firm.as_("Petra").standing().unwrap().duties;
    let january = to_prepare.iter().find(|duty| duty.kind == DutyKind::ToPrepare).unwrap();
    assert_eq!((january.count, january.amounts.as_slice()), (1, &[cents(63_850)][..]));
    let late = [StatementLine { balance: Some(cents(99_999)), ..line(9, 31, 100, "late") }];
    let told = facts(&late, None, None);
    let account = firm.account;
    take_statement(firm.as_("Ada"), &batch(9), account, &told, &late).unwrap();
    assert_eq!(duties(&mut firm, "Petra"), [Some(DutyKind::Unproved)]);
}

/// The row says what the proof and the figures of the same days say.
fn as_looked_at(firm: &Firm, row: &StandingRow) {
    let period = row.period.as_ref().unwrap();
    let proof = firm.workbook.period_proof(period).unwrap();
    let shown = proof.shown();
    assert_eq!(
        (row.lines, row.opening, row.lines_total, row.closing),
        (proof.now.lines, shown.proof.opening, proof.now.proof.lines_total, shown.proof.closing)
    );
    assert_eq!(row.gap, shown.proof.statement_gap().unwrap());
    let rates = firm.workbook.standing_rates(row).unwrap();
    let scope = FigureScope::Period { account: row.account.id, range: row.range() };
    let figures = firm.workbook.figures(scope, None).unwrap();
    assert_eq!(
        (rates.lines, rates.lines_matched, rates.lines_automatic),
        (figures.lines, figures.lines_matched, figures.lines_automatic)
    );
    assert_eq!(rates.variance.bank, figures.variances[0].bank);
    assert_eq!(rates.variance.books, i128::from(shown.proof.entries_total.minor_units()));
    assert_eq!(rates.lines_open, (shown.lines_outstanding, shown.proof.lines_outstanding));
    assert_eq!(rates.entries_open, (shown.entries_outstanding, shown.proof.entries_outstanding));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Random lines with right and wrong balances over three months, matches, and periods brought this far or that: what
    /// the totals of days say is what the lines say.
    #[test]
    fn rows_are_those_of_the_proof(
        lines in prop::collection::vec((1_i8..=31, -500_i64..500, any::<bool>()), 0..20),
        pairs in 0_usize..6,
        states in prop::collection::vec(0_usize..4, 0..3),
    ) {
        let mut firm = Firm::new();
        firm.workbook.clock = clock(APRIL_MS);
        let mut balance = 63_850;
        let mut sorted = lines.clone();
        sorted.sort_unstable();
        let taken: Vec<StatementLine> = (50_u32..).zip(&sorted).map(|(row, (day, minor, right))| {
            balance += minor;
            let told = if *right { balance } else { balance + 1 };
            let text = format!("x{row}");
            StatementLine { date: Some(date(2026, 1, *day)), balance: Some(cents(told)), ..line(row, 1, *minor, &text) }
        }).collect();
        let account = firm.account;
        if !taken.is_empty() {
            take_statement(&mut firm.workbook, &batch(30), account, &facts(&taken, None, None), &taken).unwrap();
        }
        for line in taken.iter().take(pairs) {
            drop(firm.pair(&line.description, "RE-2", (line.amount.minor_units(), 1)));
        }
        for (days, state) in [JANUARY, FEBRUARY, MARCH].into_iter().zip(states) {
            let id = firm.opened(days);
            for step in [Prepared, Reviewed, Locked].into_iter().take(state) {
                let done = match step {
                    Prepared => firm.as_("Petra").prepare_period(id, None, None, ""),
                    Reviewed => firm.as_("Ben").review_period(id, ""),
                    _ => firm.as_("Ben").lock_period(id, ""),
                };
                // Refused where the balances do not prove; the row then says that.
                if done.is_err() {
                    break;
                }
            }
        }
        let standing = firm.as_("Ada").standing().unwrap();
        for row in standing.rows.iter().filter(|row| row.period.is_some()) {
            as_looked_at(&firm, row);
        }
    }
}
