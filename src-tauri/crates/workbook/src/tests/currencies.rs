//! Payments in one currency for documents in another.

use rust_decimal::Decimal;
use tieout_domain::{ExchangeRates, InvoiceStatus, MoneyError, Side};

use super::*;
use crate::{ProofRange, RowState};

fn usd() -> Currency {
    Currency::parse("USD").unwrap()
}

fn dollars(minor: i64) -> Money {
    Money::from_minor(minor, usd())
}

/// A line of 998.00 euro and one of 500.00 dollars on the 20th, each in an account of its own; an invoice of 1,085.00
/// dollars of the 1st, and one of 70.00 euro.
struct Bench {
    desk: Desk,
    workbook: Workbook,
    /// The euro account and the dollar account.
    accounts: [AccountId; 2],
    lines: [StatementLineId; 2],
    entries: [LedgerEntryId; 2],
}

fn bench() -> Bench {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let euro = account(&mut workbook);
    let dollar = workbook.find_or_create_account("Dollar account", usd()).unwrap();
    let paid = line(1, 20, 99_800, "INV-1");
    take_statement(&mut workbook, &batch(1), euro, &facts(std::slice::from_ref(&paid), None, None), &[paid]).unwrap();
    let paid = StatementLine { amount: dollars(50_000), ..line(1, 20, 0, "INV-1 in part") };
    let of_dollars =
        StatementFacts { first_date: paid.date, last_date: paid.date, ..StatementFacts::of_currency(usd()) };
    take_statement(&mut workbook, &batch(2), dollar, &of_dollars, &[paid]).unwrap();
    let owed = LedgerEntry { amount: dollars(108_500), ..invoice(1, 1, 0, "INV-1") };
    take_entries(&mut workbook, 3, &[owed, invoice(2, 1, 7_000, "INV-2")]).unwrap();
    let line_of = |account| workbook.open_lines(Some(account)).unwrap()[0].id;
    let lines = [line_of(euro), line_of(dollar)];
    let entries: [LedgerEntryId; 2] = entry_ids(&workbook).try_into().unwrap();
    Bench { accounts: [euro, dollar], lines, entries, workbook, desk }
}

/// What is left over of a payment in euro against what it pays is what the exchange left over.
fn converted(line: StatementLineId, paid: i64, entry: LedgerEntryId, worth: i64, settled: Money) -> Match {
    let legs = vec![Leg::of(RecordRef::Line(line), cents(paid)), Leg::converted(entry, cents(worth), settled)];
    let left_over = Adjustment { cause: RootCause::FxRounding, amount: cents(paid - worth) };
    Match::across(legs, vec![left_over]).unwrap()
}

impl Bench {
    /// The euro line pays the whole invoice in dollars: 1,085.00 at 1.0850 are 1,000.00 euro.
    fn whole(&self) -> Match {
        converted(self.lines[0], 99_800, self.entries[0], 100_000, dollars(108_500))
    }

    fn store_whole(&mut self, status: MatchStatus, ppm: u32) {
        let whole = self.whole();
        store(&mut self.workbook, &[proposal(whole, status, ppm)]);
    }

    /// What is open of the euro line, of the dollar line and of the invoice in dollars, with that invoice's status.
    fn open(&self) -> (Money, Money, Money, InvoiceStatus) {
        let line = |at: usize| self.workbook.line(self.lines[at]).unwrap().open;
        let entry = self.workbook.entry(self.entries[0]).unwrap();
        (line(0), line(1), entry.open, entry.status.unwrap())
    }

    /// Nothing the file says of itself is wrong, and both accounts tie out in their own currencies.
    #[track_caller]
    fn sound(&self) {
        assert_eq!(self.workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
        assert!(self.workbook.verify_chain().unwrap().holds());
        for account in self.accounts {
            let proof = self.workbook.balance_proof(account, ProofRange::default()).unwrap().proof;
            assert_eq!(proof.holds(), Ok(true), "{proof:?}");
        }
    }

    fn reopened(self) -> Self {
        let Self { desk, workbook, accounts, lines, entries } = self;
        workbook.close().unwrap();
        Self { workbook: desk.open(), desk, accounts, lines, entries }
    }
}

#[test]
fn a_payment_in_euro_closes_an_invoice_in_dollars_and_undo_opens_both_again() {
    let mut bench = bench();
    let before = bench.open();
    assert_eq!(before, (cents(99_800), dollars(50_000), dollars(108_500), InvoiceStatus::Open));
    bench.store_whole(MatchStatus::Suggested, 950_000);
    assert_eq!(bench.open(), before, "a proposal uses nothing");
    let id = proposed(&bench.workbook)[0];

    let mut bench = bench.reopened();
    approve(&mut bench.workbook, id).unwrap();
    assert_eq!(bench.open(), (cents(0), dollars(50_000), dollars(0), InvoiceStatus::Paid));
    let closed: Vec<_> = bench.workbook.open_entries().unwrap().iter().map(|entry| entry.id).collect();
    assert_eq!(closed, [bench.entries[1]], "nothing is left of it for a later run");
    let detail = bench.workbook.match_detail(id).unwrap();
    assert_eq!((detail.row.amount, detail.row.difference), (cents(99_800), Some(cents(-200))));
    assert_eq!(detail.summary.adjustments, [Adjustment { cause: RootCause::FxRounding, amount: cents(-200) }]);
    let legs: Vec<_> = detail.records.iter().map(|(record, leg)| (record.reference(), *leg)).collect();
    assert_eq!(legs, bench.whole().legs().iter().map(|leg| (leg.record, *leg)).collect::<Vec<_>>());
    bench.sound();

    let mut bench = bench.reopened();
    assert_eq!(bench.open(), (cents(0), dollars(50_000), dollars(0), InvoiceStatus::Paid));
    bench.workbook.undo_newest("").unwrap();
    assert_eq!(bench.open(), before);
    assert_eq!(proposed(&bench.workbook), [id]);
    bench.sound();

    reject(&mut bench.workbook, id).unwrap();
    assert_eq!(bench.open(), before);
    let rejected = bench.workbook.rejected_pairs().unwrap();
    assert_eq!(rejected, [(bench.lines[0], bench.entries[0])]);
    bench.workbook.undo_decision(id, "").unwrap();
    assert_eq!((bench.open(), proposed(&bench.workbook)), (before, vec![id]));
    bench.sound();
}

#[test]
fn what_the_policy_approved_closes_both_and_can_be_taken_back() {
    let mut bench = bench();
    let before = bench.open();
    bench.store_whole(MatchStatus::Approved, 999_000);
    assert_eq!(bench.open(), (cents(0), dollars(50_000), dollars(0), InvoiceStatus::Paid));
    bench.sound();
    let approved =
        bench.workbook.matches_of_account(bench.accounts[0], ProofRange::default(), &[MatchStatus::Approved], 0, 10);
    let id = approved.unwrap().rows[0].summary.id;
    bench.workbook.undo_decision(id, "").unwrap();
    assert_eq!(bench.open(), before);
    bench.sound();
}

#[test]
fn a_part_in_dollars_and_the_rest_in_euro_pay_an_invoice_together() {
    let mut bench = bench();
    let legs = [RecordRef::Line(bench.lines[1]), RecordRef::Entry(bench.entries[0])]
        .map(|record| Leg::of(record, dollars(50_000)));
    let part = Match::across(legs.to_vec(), Vec::new()).unwrap();
    // 585.00 dollars are 539.17 euro at 1.0850.
    let rest = converted(bench.lines[0], 54_000, bench.entries[0], 53_917, dollars(58_500));
    store(&mut bench.workbook, &[proposal(part, MatchStatus::Approved, 999_000)]);
    store(&mut bench.workbook, &[proposal(rest, MatchStatus::Approved, 999_000)]);
    assert_eq!(bench.open(), (cents(45_800), dollars(0), dollars(0), InvoiceStatus::Paid));
    bench.sound();
}

#[test]
fn no_more_is_settled_of_an_invoice_than_is_open_in_its_own_currency() {
    let mut bench = bench();
    let too_much = converted(bench.lines[0], 99_800, bench.entries[0], 100_000, dollars(108_501));
    store(&mut bench.workbook, &[proposal(too_much.clone(), MatchStatus::Suggested, 900_000)]);
    let id = proposed(&bench.workbook)[0];
    for refused in [
        approve(&mut bench.workbook, id).map(drop),
        bench
            .workbook
            .store_run(&run(), &[proposal(too_much, MatchStatus::Approved, 999_000)], &[], &mut go_on())
            .map(drop),
    ] {
        let Err(WorkbookError::NotEnoughOpen { record, open, wanted }) = refused else { panic!("{refused:?}") };
        assert_eq!(record, RecordRef::Entry(bench.entries[0]));
        assert_eq!((open, wanted), (dollars(108_500), dollars(108_501)));
    }
    bench.sound();
}

#[test]
fn an_amount_of_another_currency_than_the_records_is_refused_even_as_a_proposal() {
    let mut bench = bench();
    let legs = [RecordRef::Line(bench.lines[0]), RecordRef::Entry(bench.entries[0])]
        .map(|record| Leg::of(record, cents(99_800)));
    let unconverted = Match::across(legs.to_vec(), Vec::new()).unwrap();
    let settles_dollars = converted(bench.lines[0], 99_800, bench.entries[1], 7_000, dollars(7_595));
    for (wrong, status) in [
        (&unconverted, MatchStatus::Suggested),
        (&unconverted, MatchStatus::Approved),
        (&settles_dollars, MatchStatus::Ambiguous),
    ] {
        let refused = bench.workbook.store_run(&run(), &[proposal(wrong.clone(), status, 999_000)], &[], &mut go_on());
        let mismatch = MoneyError::CurrencyMismatch { left: eur(), right: usd() };
        let other = MoneyError::CurrencyMismatch { left: usd(), right: eur() };
        assert!(
            matches!(&refused, Err(WorkbookError::Money(found)) if *found == mismatch || *found == other),
            "{refused:?}"
        );
    }
    assert_eq!(bench.workbook.latest_run().unwrap(), None);
}

#[test]
fn each_account_ties_out_in_its_own_currency() {
    let mut bench = bench();
    let proof = |bench: &Bench, account: usize, to: i8| {
        let range = ProofRange { from: None, to: Some(date(2026, 1, to)) };
        bench.workbook.balance_proof(bench.accounts[account], range).unwrap().proof
    };
    assert_eq!(proof(&bench, 1, 31).entries_outstanding, dollars(108_500));
    bench.store_whole(MatchStatus::Approved, 999_000);
    let euro = proof(&bench, 0, 31);
    assert_eq!((euro.lines_total, euro.lines_outstanding), (cents(99_800), cents(0)));
    assert_eq!((euro.entries_total, euro.entries_outstanding), (cents(107_000), cents(7_000)));
    assert_eq!((euro.adjustments, euro.holds()), (cents(-200), Ok(true)));
    let dollar = proof(&bench, 1, 31);
    assert_eq!((dollar.lines_total, dollar.lines_outstanding), (dollars(50_000), dollars(50_000)));
    assert_eq!((dollar.entries_total, dollar.entries_outstanding), (dollars(0), dollars(0)));
    assert_eq!((dollar.adjustments, dollar.holds()), (dollars(0), Ok(true)));

    // On the 15th the invoice was not paid yet: it was outstanding, in dollars.
    let dollar = proof(&bench, 1, 15);
    assert_eq!((dollar.entries_total, dollar.entries_outstanding), (dollars(108_500), dollars(108_500)));
    assert_eq!(dollar.holds(), Ok(true));
    let range = ProofRange { from: None, to: Some(date(2026, 1, 15)) };
    let page = bench.workbook.outstanding(bench.accounts[1], range, Side::Ledger, 0, 10).unwrap();
    assert_eq!(page.rows.iter().map(|(_, rest)| *rest).collect::<Vec<_>>(), [dollars(108_500)]);
    let euro = proof(&bench, 0, 15);
    assert_eq!((euro.entries_outstanding, euro.holds()), (cents(7_000), Ok(true)));
}

#[test]
fn what_is_settled_is_part_of_what_a_reviewer_approves() {
    let mut bench = bench();
    let less = converted(bench.lines[0], 99_800, bench.entries[0], 100_000, dollars(108_499));
    let both = [bench.whole(), less].map(|matched| proposal(matched, MatchStatus::Suggested, 900_000));
    store(&mut bench.workbook, &both);
    let ids = proposed(&bench.workbook);
    let content = |id: MatchId| bench.workbook.match_detail(id).unwrap().summary.content;
    let (first, second) = (content(ids[0]), content(ids[1]));
    assert_ne!(first, second);
    assert!(matches!(bench.workbook.approve(ids[0], second, ""), Err(WorkbookError::Stale(_))));
    // The same run again keeps both, since their content is just the same.
    store(&mut bench.workbook, &both);
    assert_eq!(proposed(&bench.workbook), ids);
    assert_eq!(bench.workbook.match_detail(ids[0]).unwrap().row.state, RowState::Suggested);
}

#[test]
fn raw_sql_cannot_bend_what_is_settled() {
    let mut bench = bench();
    bench.store_whole(MatchStatus::Approved, 999_000);
    let Bench { desk, workbook, .. } = bench;
    workbook.close().unwrap();
    let raw = desk.raw();
    let leg = |line: &str, applied: i64, settled: i64| {
        format!(
            "INSERT INTO match_legs (company_id, match_id, position, line_id, entry_id, amount_applied, amount_settled)
             SELECT company_id, zeroblob(16), 0, {line}, {applied}, {settled} FROM match_legs
             WHERE entry_id IS NOT NULL"
        )
    };
    for (sql, rule) in [
        ("UPDATE match_legs SET amount_settled = NULL".to_owned(), "never changed"),
        (leg("(SELECT id FROM statement_lines), NULL", 100, 108), "CHECK"),
        (leg("NULL, entry_id", 100, -108), "CHECK"),
        (leg("NULL, entry_id", 100, 0), "CHECK"),
        (leg("NULL, entry_id", 0, 108), "CHECK"),
        (
            "UPDATE ledger_entries SET applied = 100000, invoice_status = 'partly_paid' WHERE number = 'INV-1'"
                .to_owned(),
            "sum over approved",
        ),
    ] {
        let error = raw.execute_batch(&sql).expect_err(&sql).to_string();
        assert!(error.contains(rule), "{sql}: {error}");
    }
}

fn rates(of: &[(&str, &str)]) -> ExchangeRates {
    let mut rates = ExchangeRates::default();
    for (day, rate) in of {
        rates.insert(day.parse().unwrap(), eur(), usd(), rate.parse::<Decimal>().unwrap()).unwrap();
    }
    rates
}

#[test]
fn exchange_rates_are_kept_until_others_take_their_place() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    assert!(workbook.exchange_rates().unwrap().is_empty());
    let first = rates(&[("2026-01-02", "1.0850"), ("2026-01-05", "1.09")]);
    let before = workbook.audit_head().sequence;
    workbook.keep_exchange_rates(&first, "/home/ada/fx_rates.csv").unwrap();
    workbook.keep_exchange_rates(&first, "/home/ada/fx_rates.csv").unwrap();
    assert_eq!(workbook.audit_head().sequence, before + 1, "what is the same is not kept twice");
    workbook.close().unwrap();
    let mut workbook = desk.open();
    assert_eq!(workbook.exchange_rates().unwrap(), first);
    let second = rates(&[("2026-01-05", "1.0901")]);
    workbook.keep_exchange_rates(&second, "/home/ada/fx_rates.csv").unwrap();
    assert_eq!(workbook.exchange_rates().unwrap(), second);
    let told: Vec<_> = workbook.audit_page(0, 10).unwrap().events.into_iter().map(|event| event.details).collect();
    let of_first = r#"{"before":null,"count":2,"rates":"#;
    assert!(told.iter().any(|details| details.starts_with(of_first) && details.contains("fx_rates.csv")), "{told:?}");
    assert!(workbook.verify_chain().unwrap().holds());
    workbook.keep_exchange_rates(&ExchangeRates::default(), "").unwrap();
    assert!(workbook.exchange_rates().unwrap().is_empty());
}
