//! What is outstanding rolls forward: brought forward + new − cleared = carried forward.

use proptest::prelude::*;
use tieout_domain::{PeriodState::*, RollForward, Side};

use super::*;
use crate::RollPart::{self, *};

#[test]
fn a_period_shows_what_it_took_over_and_what_became_of_it() {
    let mut firm = Firm::new();
    firm.brought_to(JANUARY, Reviewed);
    take_entries(&mut firm.workbook, 9, &[LedgerEntry { date: Some(date(2026, 2, 3)), ..invoice(9, 1, 700, "RE-9") }])
        .unwrap();
    firm.pair("RE-2", "RE-2", (2_500, 2_500)).unwrap();
    let february = firm.opened(FEBRUARY);
    let period = firm.period(february);
    let [lines, entries] = firm.workbook.roll_forward(&period).unwrap();
    let told = |of: RollForward| {
        [of.brought_forward, of.new, of.cleared, of.carried_forward].map(|sum| (sum.items, sum.sum.minor_units()))
    };
    assert_eq!(told(lines), [(1, -150), (1, 3_500), (0, 0), (2, 3_350)]);
    // Of RE-2, outstanding since January, a part was paid.
    assert_eq!(told(entries), [(1, 6_000), (1, 700), (1, 2_500), (2, 4_200)]);
    let cleared = firm.workbook.roll_items(&period, Side::Ledger, Cleared, 0, 9).unwrap().rows.remove(0);
    assert_eq!(cleared.record.reference(), RecordRef::Entry(firm.entry("RE-2")));
    assert_eq!((cleared.amount, cleared.brought, cleared.carried), (cents(2_500), cents(6_000), cents(3_500)));
    // What January took over is what was outstanding on the eve of its first day.
    let first = firm.workbook.periods(firm.account).unwrap().remove(0);
    assert_eq!(told(firm.workbook.roll_forward(&first).unwrap()[1]), [(0, 0), (1, 6_000), (0, 0), (1, 6_000)]);
}

/// Days from 1 to 90 after 31 December 2025.
fn day(number: u16) -> jiff::civil::Date {
    date(2025, 12, 31).saturating_add(jiff::Span::new().days(i64::from(number)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Random lines, entries and matches over three months: every period adds up on both sides, its lists come to their
    /// sums, and each takes over what the one before handed on.
    #[test]
    fn every_period_adds_up(
        lines in prop::collection::vec((1_u16..90, -500_i64..500), 1..25),
        entries in prop::collection::vec((1_u16..90, -500_i64..500), 1..25),
        pairs in prop::collection::vec((0_usize..25, 0_usize..25), 0..20),
        signed in 0_usize..4,
    ) {
        let mut firm = Firm::new();
        let account = firm.as_("Ada").find_or_create_account("Savings", eur()).unwrap();
        firm.account = account;
        let mut lines = lines;
        // Without a line in January nothing says what it opens with.
        lines.push((1, 5));
        lines.sort_unstable();
        let mut balance = 0;
        let taken_lines: Vec<StatementLine> = (50_u32..).zip(&lines).map(|(row, (number, minor))| {
            balance += minor;
            let text = format!("x{row}");
            StatementLine { date: Some(day(*number)), balance: Some(cents(balance)), ..line(row, 1, *minor, &text) }
        }).collect();
        let told = facts(&taken_lines, Some(0), Some(balance));
        take_statement(&mut firm.workbook, &batch(30), account, &told, &taken_lines).unwrap();
        let taken_entries: Vec<LedgerEntry> = (50_u32..).zip(&entries).map(|(row, (number, minor))| {
            LedgerEntry { date: Some(day(*number)), ..invoice(row, 1, *minor, &format!("X-{row}")) }
        }).collect();
        take_entries(&mut firm.workbook, 31, &taken_entries).unwrap();
        for (place, (line, entry)) in pairs.into_iter().enumerate() {
            // Half of them only after the signatures, so that they clear what was carried forward.
            if place == 10 {
                sign(&mut firm, signed);
            }
            if let (Some(line), Some(entry)) = (taken_lines.get(line), taken_entries.get(entry)) {
                let both = (line.amount.minor_units(), entry.amount.minor_units());
                // Refused where a record is used already or the period is locked; what is left still adds up.
                drop(firm.pair(&line.description, &entry.number, both));
            }
        }
        let mut handed_on: Option<[tieout_domain::RollSum; 2]> = None;
        if firm.workbook.periods(account).unwrap().is_empty() {
            sign(&mut firm, signed);
        }
        for period in firm.workbook.periods(account).unwrap() {
            let roll = firm.workbook.roll_forward(&period).unwrap();
            for (side, of) in [Side::Statement, Side::Ledger].into_iter().zip(roll) {
                prop_assert!(of.holds().unwrap(), "{side:?} {of:?}");
                for (part, sum) in [
                    (BroughtForward, of.brought_forward),
                    (New, of.new),
                    (Cleared, of.cleared),
                    (CarriedForward, of.carried_forward),
                ] {
                    let listed = listed(&firm, &period, side, part);
                    prop_assert_eq!(listed, (sum.items, sum.sum.minor_units()));
                }
            }
            if let Some(before) = handed_on {
                prop_assert_eq!(before, roll.map(|of| of.brought_forward));
            }
            handed_on = Some(roll.map(|of| of.carried_forward));
            if period.state.is_signed() {
                prop_assert!(firm.as_signed(period.id));
                // Worked out anew, but for what was settled later, it is still what was signed.
                prop_assert_eq!(firm.workbook.period_difference(&period).unwrap(), None);
            }
        }
    }
}

/// Opens three months and locks the first so many.
fn sign(firm: &mut Firm, locked: usize) {
    for (place, days) in [JANUARY, FEBRUARY, MARCH].into_iter().enumerate() {
        firm.brought_to(days, if place < locked { Locked } else { Open });
    }
}

/// A list read in pages of three: how many, and what they come to.
fn listed(firm: &Firm, period: &PeriodRecord, side: Side, part: RollPart) -> (u64, i64) {
    let (mut items, mut sum) = (0, 0);
    loop {
        let page = firm.workbook.roll_items(period, side, part, items, 3).unwrap();
        if page.rows.is_empty() {
            assert_eq!(page.total, items);
            return (items, sum);
        }
        items += page.rows.len() as u64;
        sum += page.rows.iter().map(|item| item.amount.minor_units()).sum::<i64>();
    }
}
