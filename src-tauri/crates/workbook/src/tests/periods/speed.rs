//! What periods cost in a workbook of very many lines: run by hand, tells what it finds.
//! `TIEOUT_LINES=1000000 cargo test --release -p tieout-workbook --lib periods::speed -- --ignored --nocapture`

#![expect(clippy::print_stdout, reason = "it is run by hand, and tells what it finds")]

use std::time::Instant;

use super::*;
use crate::SystemClock;

/// A workbook with so many lines and invoices on the days of three months, of which a run is to pair each.
fn large(desk: &Desk, lines: u32, watched: bool) -> (Workbook, AccountId, Vec<Proposal>) {
    let company = NewCompany {
        name: "Joinery Ltd".to_owned(),
        industry: String::new(),
        contact: String::new(),
        base_currency: eur(),
        single_user: true,
        user_name: "Ada".to_owned(),
    };
    let clock = std::sync::Arc::new(SystemClock);
    let made = Workbook::create(&desk.path, PASSPHRASE, &company, clock, desk.store.clone(), false).unwrap();
    let mut workbook = made.workbook;
    if !watched {
        let before = "DROP INDEX matches_approved;
             CREATE INDEX matches_approved ON matches (company_id, id, line_total, entry_total) WHERE status = 'approved'";
        workbook.sql.execute_batch(before).unwrap();
    }
    let account = account(&mut workbook);
    let day =
        |row: u32| date(2026, 1, 1).saturating_add(jiff::Span::new().days(i64::from(row) * 90 / i64::from(lines)));
    let amount = |row: u32| i64::from(row % 90_000) + 100;
    let made: Vec<StatementLine> = (0..lines)
        .map(|row| StatementLine { date: Some(day(row)), ..line(row, 1, amount(row), &format!("Transfer {row}")) })
        .collect();
    let total = made.iter().map(|line| line.amount.minor_units()).sum();
    if watched {
        // Something is signed, though nothing that import and run change.
        let days = Period { from: date(2025, 12, 1), to: date(2025, 12, 31) };
        let id = workbook.open_period(account, days).unwrap().id;
        let nothing = crate::HandBalance { amount: cents(0), reason: "the account was opened later".to_owned() };
        workbook.prepare_period(id, Some(&nothing), Some(&nothing), "").unwrap();
    }
    let begun = Instant::now();
    take_statement(&mut workbook, &batch(1), account, &facts(&made, Some(0), Some(total)), &made).unwrap();
    let entries: Vec<LedgerEntry> = (0..lines)
        .map(|row| LedgerEntry { date: Some(day(row)), ..invoice(row, 1, amount(row), &format!("RE-{row}")) })
        .collect();
    take_entries(&mut workbook, 2, &entries).unwrap();
    println!("  taken in: {:?}", begun.elapsed());
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    let pair = |(place, (line, entry)): (usize, (&StatementLineId, &LedgerEntryId))| {
        let minor = made[place].amount.minor_units();
        proposal(matched(&[(*line, minor)], &[(*entry, minor)]), MatchStatus::Approved, 999_000)
    };
    let proposals = lines.iter().zip(&entries).enumerate().map(pair).collect();
    (workbook, account, proposals)
}

#[test]
#[ignore = "takes minutes; tells figures"]
fn what_periods_cost() {
    let lines = std::env::var("TIEOUT_LINES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    for watched in [false, true, false, true] {
        println!("{lines} lines, {}", if watched { "with the rules of periods" } else { "without" });
        let desk = Desk::new();
        let (mut workbook, account, proposals) = large(&desk, lines, watched);
        let begun = Instant::now();
        workbook.store_run(&run(), &proposals, &[], &mut go_on()).unwrap();
        println!("  run stored: {:?}", begun.elapsed());
        if !watched {
            continue;
        }
        let days = Period { from: date(2026, 1, 1), to: date(2026, 3, 31) };
        let period = workbook.open_period(account, days).unwrap();
        let begun = Instant::now();
        workbook.period_content(&period).unwrap();
        println!("  figures and hash of the open period: {:?}", begun.elapsed());
        let begun = Instant::now();
        let period = workbook.prepare_period(period.id, None, None, "").unwrap();
        println!("  prepared: {:?}", begun.elapsed());
        let begun = Instant::now();
        let content = workbook.period_content(&period).unwrap();
        println!("  hash alone: {:?}", begun.elapsed());
        assert_eq!(content, period.signed.unwrap().content);
        let before = workbook.periods(account).unwrap()[0].id;
        workbook.review_period(before, "").unwrap();
        workbook.lock_period(before, "").unwrap();
        let begun = Instant::now();
        workbook.review_period(period.id, "").unwrap();
        println!("  reviewed: {:?}", begun.elapsed());
        let begun = Instant::now();
        let period = workbook.lock_period(period.id, "").unwrap();
        println!("  locked: {:?}", begun.elapsed());
        let begun = Instant::now();
        workbook.period_proof(&period).unwrap();
        workbook.since_signed(&period).unwrap();
        workbook.roll_forward(&period).unwrap();
        println!("  what its sheet tells: {:?}", begun.elapsed());
        let begun = Instant::now();
        assert_eq!(workbook.check_period(&period).unwrap(), (content, None));
        println!("  checked: {:?}", begun.elapsed());
    }
}

/// Nine of ten lines approved by the policy, one of twenty proposed, one of twenty without a proposal, and a thousand of
/// these noted on.
#[test]
#[ignore = "takes minutes; tells figures"]
fn what_the_overview_costs() {
    let lines = std::env::var("TIEOUT_LINES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let desk = Desk::new();
    let (mut workbook, account, proposals) = large(&desk, lines, true);
    let left = proposals.into_iter().enumerate().filter(|(place, _)| place % 20 != 0);
    let proposals: Vec<Proposal> = left
        .map(|(place, proposal)| match place % 20 {
            1 => Proposal { status: MatchStatus::Suggested, ..proposal },
            _ => proposal,
        })
        .collect();
    workbook.store_run(&run(), &proposals, &[], &mut go_on()).unwrap();
    for days in [JANUARY, FEBRUARY, MARCH] {
        workbook.open_period(account, days).unwrap();
    }
    let subjects: Vec<crate::QueueSubject> = {
        let query = crate::QueueQuery { limit: 1_000, ..crate::QueueQuery::default() };
        workbook.queue_page(&query).unwrap().rows.into_iter().map(|row| row.subject).collect()
    };
    let me = workbook.user().name.clone();
    workbook.mark(&subjects, &crate::Mark::Owner(Some(me))).unwrap();
    let told = |what: &str, workbook: &Workbook| {
        let begun = Instant::now();
        let standing = workbook.standing().unwrap();
        println!("  {what}: {:?} for {} duties", begun.elapsed(), standing.duties.len());
        standing
    };
    println!("{lines} lines");
    told("standing, first", &workbook);
    let standing = told("standing, again", &workbook);
    for duty in &standing.duties {
        println!("    {:?} {}", duty.kind, duty.count);
    }
    let me = workbook.user().name.clone();
    for list in crate::DutyKind::ALL.into_iter().filter(|kind| *kind != crate::DutyKind::Proposals) {
        let Some(list) = list.list(&me) else { continue };
        let begun = Instant::now();
        let totals = workbook.queue_totals(&list).unwrap();
        println!("    {} of {:?} {:?}: {:?}", totals.count, list.filter, list.conditions.due, begun.elapsed());
    }
    let begun = Instant::now();
    workbook.proposal_totals().unwrap();
    println!("    proposals: {:?}", begun.elapsed());
    let begun = Instant::now();
    workbook.accounts().unwrap();
    println!("    accounts: {:?}", begun.elapsed());
    let first = proposed(&workbook)[0];
    approve(&mut workbook, first).unwrap();
    let standing = told("standing, after a decision", &workbook);
    for row in &standing.rows {
        let begun = Instant::now();
        let rates = workbook.standing_rates(row).unwrap();
        println!("  rates of {} lines: {:?}", rates.lines, begun.elapsed());
    }
    let begun = Instant::now();
    workbook.figures(crate::FigureScope::Company, None).unwrap();
    println!("  figures of the company: {:?}", begun.elapsed());
}
