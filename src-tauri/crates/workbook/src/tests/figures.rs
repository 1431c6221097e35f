//! Figures: by hand on a few records, and against brute force after whatever happened to them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use proptest::prelude::*;
use tieout_domain::{CategoryId, CategoryStatus, RootCause, Variance, share};

use super::*;
use crate::{
    AccountSummary, AgeBand, CategoryShare, ExceptionQuery, FigureScope, HandCategory, LineVerdict, NewException,
    PendingLine, ProofRange, SUMMARY_DAYS_MAX, StatusCounts, SweepOrder, SweepScope,
};

fn exception(record: RecordRef, cause: RootCause, impact: i64) -> NewException {
    NewException {
        record,
        cause,
        impact: cents(impact),
        explanation: format!("because of {}", cause.as_str()),
        finding: None,
    }
}

/// Four lines and three invoices: the first pair approved by the policy, the second proposed, the rest without a match.
pub(super) fn year() -> (Desk, Workbook) {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines = [
        line(1, 2, 10_000, "paid"),
        line(2, 3, 50_000, "proposed"),
        line(3, 4, 2_000_000, "unknown deposit"),
        line(4, 5, -1_250, "bank charges"),
    ];
    take_lines(&mut workbook, 1, &lines).unwrap();
    let entries = [invoice(1, 1, 10_000, "RE-1"), invoice(2, 2, 50_000, "RE-2"), invoice(3, 20, 30_000, "RE-3")];
    take_entries(&mut workbook, 2, &entries).unwrap();
    let (lines, entries) = (line_ids(&workbook), entry_ids(&workbook));
    let run = NewRun { lines: 4, entries: 3, open: vec![(cents(2_058_750), cents(90_000))], ..run() };
    let proposals = [
        proposal(matched(&[(lines[0], 10_000)], &[(entries[0], 10_000)]), MatchStatus::Approved, 999_000),
        proposal(matched(&[(lines[1], 50_000)], &[(entries[1], 50_000)]), MatchStatus::Suggested, 900_000),
    ];
    let exceptions = [
        exception(RecordRef::Line(lines[2]), RootCause::MissingInLedger, 2_000_000),
        exception(RecordRef::Line(lines[3]), RootCause::Fee, 1_250),
        exception(RecordRef::Entry(entries[2]), RootCause::MissingInBank, 30_000),
    ];
    workbook.store_run(&run, &proposals, &exceptions, &mut go_on()).unwrap();
    (desk, workbook)
}

fn whole() -> ProofRange {
    ProofRange::default()
}

#[test]
fn the_figures_of_a_small_company_are_those_computed_by_hand() {
    let (_desk, mut workbook) = year();
    let figures = workbook.figures(FigureScope::Company, Some(date(2026, 3, 5))).unwrap();
    assert_eq!((figures.lines, figures.lines_matched, figures.lines_automatic), (4, 1, 1));
    assert_eq!((figures.match_rate(), figures.automatic_rate()), (Some(2_500), Some(2_500)));
    // 20,587.50 on the bank, 900.00 in the books.
    assert_eq!(figures.variances, [Variance { currency: eur(), bank: 2_058_750, books: 90_000 }]);
    assert_eq!(figures.variances[0].rate(), Some(218_745));
    let causes: Vec<_> = figures.by_cause.iter().map(|of| (of.kind, of.exceptions, of.impact)).collect();
    assert_eq!(
        causes,
        [
            (RootCause::MissingInLedger, 1, cents(2_000_000)),
            (RootCause::MissingInBank, 1, cents(30_000)),
            (RootCause::Fee, 1, cents(1_250)),
        ]
    );
    // 4 January is 60 days before 5 March, 5 January 59, 20 January 44.
    let ages: Vec<_> = figures.by_age.iter().map(|of| (of.kind, of.exceptions, of.impact)).collect();
    assert_eq!(ages, [(AgeBand::UpTo60, 3, cents(2_031_250))]);
    assert_eq!((figures.exceptions, figures.average_days_open), (3, Some(5_433)));
    assert_eq!(figures.unallocated, [cents(2_050_000)]);
    assert_eq!(figures.high_value_missing, 1);

    // A person approves the proposal: matched, but not without a person.
    let id = proposed(&workbook)[0];
    approve(&mut workbook, id).unwrap();
    let figures = workbook.figures(FigureScope::Company, None).unwrap();
    assert_eq!((figures.match_rate(), figures.automatic_rate()), (Some(5_000), Some(2_500)));
    assert_eq!(figures.unallocated, [cents(2_000_000)]);
}

#[test]
fn an_exception_is_old_from_its_band_s_first_day_on() {
    let (_desk, workbook) = year();
    let bands = |day| {
        let figures = workbook.figures(FigureScope::Company, Some(day)).unwrap();
        figures.by_age.into_iter().map(|of| (of.kind, of.exceptions)).collect::<Vec<_>>()
    };
    // 30 and 31 days after 4 January; before all of them they are not of a negative age.
    assert_eq!(bands(date(2026, 2, 3)), [(AgeBand::UpTo30, 3)]);
    assert_eq!(bands(date(2026, 2, 4)), [(AgeBand::UpTo30, 2), (AgeBand::UpTo60, 1)]);
    assert_eq!(bands(date(2026, 4, 5)), [(AgeBand::UpTo90, 2), (AgeBand::Over90, 1)]);
    assert_eq!(bands(date(2025, 1, 1)), [(AgeBand::UpTo30, 3)]);
}

#[test]
fn a_period_holds_its_own_lines_and_the_entries_up_to_its_end() {
    let (_desk, mut workbook) = year();
    let account = account(&mut workbook);
    let range = ProofRange { from: Some(date(2026, 1, 3)), to: Some(date(2026, 1, 4)) };
    let figures = workbook.figures(FigureScope::Period { account, range }, Some(date(2026, 1, 31))).unwrap();
    assert_eq!((figures.lines, figures.lines_matched), (2, 0));
    let causes: Vec<_> = figures.by_cause.iter().map(|of| of.kind).collect();
    assert_eq!(causes, [RootCause::MissingInLedger]);
    assert_eq!(figures.unallocated, [cents(2_050_000)]);
    let proof = workbook.balance_proof(account, range).unwrap().proof;
    let [variance] = figures.variances[..] else { panic!("one currency") };
    assert_eq!((variance.bank, variance.books), (2_050_000, i128::from(proof.entries_total.minor_units())));
}

#[test]
fn exceptions_are_listed_largest_first_and_filtered() {
    let (_desk, workbook) = year();
    let list = |query: ExceptionQuery| -> Vec<i64> {
        let as_of = Some(date(2026, 3, 5));
        let page = workbook.exceptions(&ExceptionQuery { as_of, limit: 10, ..query }).unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.iter().map(|row| row.impact.minor_units()).collect()
    };
    let query = ExceptionQuery::default;
    assert_eq!(list(query()), [2_000_000, 30_000, 1_250]);
    let causes = vec![RootCause::Fee, RootCause::MissingInBank];
    assert_eq!(list(ExceptionQuery { causes, ..query() }), [30_000, 1_250]);
    for (least, found) in
        [("12.50", 3), ("12.501", 2), ("12.51", 2), ("300", 2), ("1e15", 0), ("99999999999999999999", 0)]
    {
        let impact_min = Some(rust_decimal::Decimal::from_scientific(least).or_else(|_| least.parse()).unwrap());
        assert_eq!(list(ExceptionQuery { impact_min, ..query() }).len(), found, "{least}");
    }
    assert_eq!(list(ExceptionQuery { days_min: Some(59), ..query() }), [2_000_000, 1_250]);
    let page = workbook.exceptions(&ExceptionQuery { offset: 1, limit: 1, ..query() }).unwrap();
    assert_eq!((page.total, page.rows.len(), page.rows[0].cause), (3, 1, RootCause::MissingInBank));
    assert_eq!(page.rows[0].explanation, "because of missing_in_bank");
}

#[test]
fn a_run_keeps_its_figures_and_a_day_its_own() {
    let (_desk, mut workbook) = year();
    let id = proposed(&workbook)[0];
    approve(&mut workbook, id).unwrap();
    let runs = workbook.recent_runs(10).unwrap();
    let [run] = runs.as_slice() else { panic!("{runs:?}") };
    // Two of four lines stand in a match of the run, one of them without a person.
    assert_eq!((run.match_rate(), run.automatic_rate(), run.suggested), (Some(5_000), Some(2_500), 1));
    assert_eq!(run.variance, Some(Variance { currency: eur(), bank: 2_058_750, books: 90_000 }));
    let shown: i64 =
        workbook.sql.query_row("SELECT variance FROM v_recent_reconciliations", [], |row| row.get(0)).unwrap();
    assert_eq!(run.variance.unwrap().rate(), u64::try_from(shown).ok());
    assert_eq!(workbook.latest_run().unwrap().unwrap().run.open, [(cents(2_058_750), cents(90_000))]);

    let days = workbook.daily_figures(None, None).unwrap();
    let [day] = days.as_slice() else { panic!("{days:?}") };
    assert_eq!((day.runs, day.lines_imported, day.entries_imported), (1, 4, 3));
    assert_eq!((day.approved_by_policy, day.approved_by_people, day.exceptions_opened), (1, 1, 3));
    assert_eq!((day.lines, day.lines_settled, day.match_rate()), (Some(4), Some(2), Some(5_000)));
    assert!(workbook.daily_figures(Some(date(2030, 1, 1)), None).unwrap().is_empty());
}

#[test]
fn yesterday_stays_as_it_was() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    take_lines(&mut workbook, 1, &[line(1, 2, 100, "first"), line(2, 3, 200, "second")]).unwrap();
    workbook.close().unwrap();
    let mut workbook = desk.open();
    let first = line_ids(&workbook)[0];
    workbook.delete_records(&[RecordRef::Line(first)], "twice").unwrap();
    workbook.close().unwrap();
    // A day on which no count changes tells those it began with.
    let later = clock(1_900_000_000_000);
    let opened = Workbook::open(&desk.path, Unlock::Keychain, later, desk.store.clone(), false).unwrap();
    let mut workbook = opened.workbook;
    store(&mut workbook, &[]);
    let days = workbook.daily_figures(None, None).unwrap();
    let told: Vec<_> = days.iter().map(|day| (day.date, day.runs, day.lines, day.lines_settled)).collect();
    let expected = [(date(2023, 11, 14), 0, 2), (date(2027, 1, 15), 0, 1), (date(2030, 3, 17), 1, 1)];
    assert_eq!(told, expected.map(|(day, runs, lines)| (day, runs, Some(lines), Some(0))));
}

#[test]
fn limits_are_settings_that_the_views_heed() {
    let (_desk, mut workbook) = year();
    let missing = |workbook: &Workbook| workbook.figures(FigureScope::Company, None).unwrap().high_value_missing;
    let limits = tieout_domain::FigureLimits { variance: 250, high_value: 300, risk_medium: 7, risk_high: 1_234 };
    workbook.set_figure_limits(&limits).unwrap();
    assert_eq!((workbook.figure_limits().unwrap(), missing(&workbook)), (limits, 2));
    assert_eq!(workbook.setting("figures.risk_medium_percent").unwrap().as_deref(), Some("0.07"));
    let events = workbook.audit_head().sequence;
    workbook.set_figure_limits(&limits).unwrap();
    assert_eq!(workbook.audit_head().sequence, events);
    workbook.set_figure_limits(&tieout_domain::FigureLimits { high_value: 301, ..limits }).unwrap();
    assert_eq!(missing(&workbook), 1);
}

#[test]
fn the_views_know_the_minor_units_of_every_currency() {
    let (_desk, workbook) = year();
    let view: String = workbook
        .sql
        .query_row("SELECT sql FROM sqlite_schema WHERE name = 'v_high_value_missing_transactions'", [], |row| {
            row.get(0)
        })
        .unwrap();
    let of_view = view[view.find("CASE WHEN instr").unwrap()..view.find("ELSE 100 END").unwrap()].to_owned();
    let units = format!("SELECT {} ELSE 100 END FROM (SELECT ?1 AS currency) m", of_view);
    let mut statement = workbook.sql.prepare(&units).unwrap();
    let letters = || 'A'..='Z';
    let codes = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}"))));
    let known: Vec<Currency> = codes.filter_map(|code| Currency::parse(&code).ok()).collect();
    assert!(known.len() > 200);
    for currency in known {
        let told: i64 = statement.query_row([currency.code()], |row| row.get(0)).unwrap();
        assert_eq!(told, 10_i64.pow(currency.digits()), "{currency}");
    }
}

fn summary(workbook: &Workbook, account: AccountId, from: i8, to: i8) -> AccountSummary {
    workbook.account_summary(account, date(2026, 1, from), date(2026, 1, to)).unwrap()
}

#[test]
fn a_summary_is_what_came_in_and_went_out() {
    let (_desk, mut workbook) = year();
    let account = account(&mut workbook);
    let told = summary(&workbook, account, 1, 31);
    assert_eq!((told.lines, told.income, told.spend, told.net), (4, cents(2_060_000), cents(1_250), cents(2_058_750)));
    let told = summary(&workbook, account, 3, 3);
    assert_eq!((told.lines, told.income, told.spend, told.lines_undated), (1, cents(50_000), cents(0), 0));
    assert_eq!(summary(&workbook, account, 6, 31).lines, 0);
}

#[test]
fn a_summary_says_what_is_wrong_with_its_days() {
    let (_desk, mut workbook) = year();
    let account = account(&mut workbook);
    let refused = |from, to| workbook.account_summary(account, from, to).unwrap_err().to_string();
    let year = workbook.account_summary(account, date(2026, 1, 1), date(2026, 12, 31)).unwrap();
    assert_eq!((year.lines, SUMMARY_DAYS_MAX), (4, 365));
    assert_eq!(
        refused(date(2026, 1, 1), date(2027, 1, 1)),
        "366 days were asked for, and a summary covers at most 365: choose a later first day or an earlier last day"
    );
    assert_eq!(
        refused(date(2026, 1, 2), date(2026, 1, 1)),
        "the first day, 2026-01-02, is after the last, 2026-01-01: give the earlier day first"
    );
    let nobody = AccountId::from_uuid(uuid::Uuid::nil());
    let error = workbook.account_summary(nobody, date(2026, 1, 1), date(2026, 1, 1)).unwrap_err();
    assert!(error.to_string().starts_with("there is no account 0000"), "{error}");
}

#[test]
fn a_day_too_large_for_64_bits_is_told_of_and_stops_no_import() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let huge = i64::MAX - 7;
    let undated = StatementLine { date: None, ..line(4, 1, 5, "undated") };
    let lines = [line(1, 2, huge, "a"), line(2, 2, huge, "b"), line(3, 3, -huge, "c"), undated];
    take_lines(&mut workbook, 1, &lines).unwrap();
    let account = account(&mut workbook);
    let refused = workbook.account_summary(account, date(2026, 1, 2), date(2026, 1, 2));
    assert!(matches!(refused, Err(WorkbookError::Money(tieout_domain::MoneyError::Overflow))), "{refused:?}");
    let told = summary(&workbook, account, 3, 3);
    assert_eq!((told.spend, told.net, told.lines_undated), (cents(huge), cents(-huge), 1));
    let second = line_ids(&workbook)[1];
    workbook.delete_records(&[RecordRef::Line(second)], "").unwrap();
    assert_eq!(summary(&workbook, account, 2, 2).income, cents(huge));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn totals_that_something_else_changed_are_found() {
    let (desk, workbook) = year();
    workbook.close().unwrap();
    let raw = desk.raw();
    raw.execute_batch("UPDATE daily_totals SET income_low = income_low + 1 WHERE date = '2026-01-03'").unwrap();
    drop(raw);
    let told = ["the totals of 2026-01-03 are not those of its lines"];
    assert_eq!(desk.open().damage().unwrap(), told);
    let raw = desk.raw();
    raw.execute_batch(
        "UPDATE daily_totals SET income_low = income_low - 1 WHERE date = '2026-01-03';
         INSERT INTO daily_categories SELECT company_id, account_id, currency, date, 2, x'', 1 FROM daily_totals
         WHERE date = '2026-01-03'",
    )
    .unwrap();
    drop(raw);
    assert_eq!(desk.open().damage().unwrap(), told);
}

/// What a test does to a workbook.
#[derive(Debug, Clone)]
enum Act {
    Import(Vec<(i8, i64)>),
    Run,
    Approve,
    Undo,
    UndoImport(usize),
    Delete(usize),
    Restore,
    Sweep(SweepScope),
    SweepAndCrash,
    Choose(usize, Option<usize>),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => prop::collection::vec((1..6_i8, -5..6_i64), 1..6).prop_map(Act::Import),
        2 => Just(Act::Run),
        2 => Just(Act::Approve),
        2 => Just(Act::Undo),
        1 => (0..4_usize).prop_map(Act::UndoImport),
        1 => (0..9_usize).prop_map(Act::Delete),
        1 => Just(Act::Restore),
        2 => prop_oneof![Just(SweepScope::Pending), Just(SweepScope::All)].prop_map(Act::Sweep),
        1 => Just(Act::SweepAndCrash),
        2 => (0..9_usize, prop::option::of(0..3_usize)).prop_map(|(line, category)| Act::Choose(line, category)),
    ]
}

/// Does what can be done; what is refused leaves everything as it was.
fn perform(workbook: &mut Workbook, number: u8, act: Act) {
    match act {
        Act::Import(amounts) => {
            let rows = (1_u32..).zip(amounts);
            let lines: Vec<_> = rows
                .map(|(row, (day, minor))| line(row, day, minor * 100 + i64::from(number), &format!("of {number}")))
                .collect();
            take_lines(workbook, number, &lines).unwrap();
            let entries: Vec<_> = lines
                .iter()
                .map(|line| invoice(line.source.row, 1, line.amount.minor_units(), &format!("R{number}")))
                .collect();
            take_entries(workbook, number + 100, &entries).unwrap();
        }
        Act::Run => {
            let (lines, entries) = (workbook.open_lines(None).unwrap(), workbook.open_entries().unwrap());
            let mut free: Vec<_> = entries.into_iter().map(|entry| (entry.id, entry.open.minor_units())).collect();
            let (mut proposals, mut exceptions) = (Vec::new(), Vec::new());
            for (at, line) in lines.iter().enumerate() {
                let minor = line.open.minor_units();
                match free.iter().position(|(_, open)| *open == minor && minor != 0) {
                    Some(place) if at % 4 != 3 => {
                        let (entry, _) = free.swap_remove(place);
                        let status = if at % 2 == 0 { MatchStatus::Approved } else { MatchStatus::Suggested };
                        proposals.push(proposal(matched(&[(line.id, minor)], &[(entry, minor)]), status, 950_000));
                    }
                    _ => exceptions.push(exception(RecordRef::Line(line.id), RootCause::MissingInLedger, minor.abs())),
                }
            }
            let missing = |(id, minor): (LedgerEntryId, i64)| {
                exception(RecordRef::Entry(id), RootCause::MissingInBank, minor.abs())
            };
            exceptions.extend(free.into_iter().map(missing));
            let run = NewRun { lines: lines.len() as u64, ..run() };
            workbook.store_run(&run, &proposals, &exceptions, &mut go_on()).unwrap();
        }
        Act::Approve => {
            if let Some(id) = proposed(workbook).first() {
                approve(workbook, *id).unwrap();
            }
        }
        Act::Undo => drop(workbook.undo_newest("")),
        Act::UndoImport(at) => {
            if let Some(batch) = workbook.list_batches().unwrap().get(at) {
                drop(workbook.undo_import(batch.id));
            }
        }
        Act::Delete(at) => {
            if let Some(id) = line_ids(workbook).get(at) {
                drop(workbook.delete_records(&[RecordRef::Line(*id)], "a test"));
            }
        }
        Act::Restore => {
            let deleted = workbook.deleted_records(tieout_domain::Side::Statement, 0, 1).unwrap().rows;
            if let Some(row) = deleted.first() {
                workbook.restore_records(&[row.record.reference()]).unwrap();
            }
        }
        Act::Sweep(scope) => {
            let order = SweepOrder { scope, categoriser: "test", whole_lines: false };
            workbook.sweep(order, &mut by_amount(workbook), &mut go_on()).unwrap();
        }
        Act::SweepAndCrash => drop(workbook.begin_sweep_and_crash()),
        Act::Choose(at, category) => {
            let choice = category.map_or(HandCategory::LeaveToSweep, |number| {
                categories(workbook).get(number).map_or(HandCategory::NoCategory, |id| HandCategory::Category(*id))
            });
            if let Some(id) = line_ids(workbook).get(at) {
                drop(workbook.set_line_category(&[*id], choice));
            }
        }
    }
}

fn categories(workbook: &Workbook) -> Vec<CategoryId> {
    workbook.categories().unwrap().iter().map(|category| category.id).collect()
}

/// A categoriser for tests: by the last figure of what a line is called.
fn by_amount(workbook: &Workbook) -> impl FnMut(&[PendingLine]) -> Vec<LineVerdict> + use<> {
    let categories = categories(workbook);
    move |lines| {
        let judge = |line: &PendingLine| match line.description.bytes().last().map(|last| usize::from(last % 4)) {
            Some(3) => LineVerdict::Failed("a test".to_owned()),
            Some(number) => categories
                .get(number)
                .map_or(LineVerdict::NoCategory, |id| LineVerdict::Category { category: *id, pattern: None }),
            None => LineVerdict::NoCategory,
        };
        lines.iter().map(judge).collect()
    }
}

/// The same as a summary says of statuses and categories, line by line.
fn categories_line_by_line(workbook: &Workbook, from: Date, to: Date) -> (StatusCounts, Vec<CategoryShare>) {
    let (mut statuses, mut shares) = (StatusCounts::default(), BTreeMap::<String, u64>::new());
    let days = from.to_string()..=to.to_string();
    for line in workbook.categorised_lines(None, 1_000).unwrap().iter().filter(|line| days.contains(&line.date)) {
        let told = workbook.line_category(line.id).unwrap();
        *match told.status {
            CategoryStatus::Pending => &mut statuses.pending,
            CategoryStatus::Processing => &mut statuses.processing,
            CategoryStatus::Completed => &mut statuses.completed,
            CategoryStatus::Failed => &mut statuses.failed,
        } += 1;
        if told.category.is_some() {
            *shares.entry(line.category.clone()).or_default() += 1;
        }
    }
    let mut shares: Vec<_> = shares.into_iter().map(|(name, lines)| CategoryShare { name, lines }).collect();
    shares.sort_by(|a, b| b.lines.cmp(&a.lines).then_with(|| a.name.cmp(&b.name)));
    shares.truncate(3);
    (statuses, shares)
}

/// Every line that stands: date, amount, used.
fn standing(workbook: &Workbook) -> Vec<(String, i64, i64)> {
    let mut statement =
        workbook.sql.prepare("SELECT date, amount, applied FROM statement_lines WHERE state <> 4").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

fn number(workbook: &Workbook, sql: &str) -> i64 {
    workbook.sql.query_row(sql, [], |row| row.get(0)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever happened, summaries and figures are what the records themselves come to.
    #[test]
    fn figures_are_never_out_of_date(acts in prop::collection::vec(act(), 1..14), from in 1..6_i8, days in 0..5_i8) {
        let desk = Desk::new();
        let mut workbook = desk.create();
        let account = account(&mut workbook);
        for name in ["Rent", "Sales"] {
            workbook.add_category(name).unwrap();
        }
        perform(&mut workbook, 50, Act::Import(vec![(1, 3)]));
        for (at, act) in (1_u8..).zip(acts) {
            perform(&mut workbook, at, act);
            let lines = standing(&workbook);
            let (first, last) = (date(2026, 1, from), date(2026, 1, from + days));
            let within = |line: &&(String, i64, i64)| first.to_string() <= line.0 && line.0 <= last.to_string();
            let told = workbook.account_summary(account, first, last).unwrap();
            let amounts: Vec<i64> = lines.iter().filter(within).map(|line| line.1).collect();
            let income: i64 = amounts.iter().filter(|minor| **minor > 0).sum();
            let spend: i64 = amounts.iter().filter(|minor| **minor < 0).map(|minor| -minor).sum();
            prop_assert_eq!(told.lines, amounts.len() as u64);
            prop_assert_eq!((told.income, told.spend), (cents(income), cents(spend)));
            prop_assert_eq!(told.net, cents(income - spend));
            let line_by_line = categories_line_by_line(&workbook, first, last);
            prop_assert_eq!((told.by_status, told.top_categories), line_by_line);

            let company = workbook.figures(FigureScope::Company, Some(date(2026, 2, 1))).unwrap();
            let period = FigureScope::Period { account, range: whole() };
            let period = workbook.figures(period, Some(date(2026, 2, 1))).unwrap();
            // One account in one currency is the company; only what has no lines and no books is told of by neither.
            prop_assert_eq!(
                crate::Figures { variances: Vec::new(), ..company.clone() },
                crate::Figures { variances: Vec::new(), ..period.clone() }
            );
            let [of_period] = period.variances[..] else { panic!("one currency") };
            let of_company = company.variances.first().copied().unwrap_or(Variance { bank: 0, books: 0, ..of_period });
            prop_assert_eq!(of_company, of_period);
            prop_assert_eq!(company.lines, lines.len() as u64);
            let open: i64 = lines.iter().filter(|line| line.1 > 0).map(|line| line.1 - line.2).sum();
            prop_assert_eq!(company.unallocated.first().map_or(0, |sum| sum.minor_units()), open);
            let sum = |figures: u64| i64::try_from(figures).unwrap();
            let listed = workbook.exceptions(&ExceptionQuery { limit: 1_000, ..ExceptionQuery::default() }).unwrap();
            prop_assert_eq!(listed.total, company.exceptions);
            prop_assert_eq!(listed.rows.len() as u64, company.by_age.iter().map(|of| of.exceptions).sum::<u64>());
            let impact: i64 = listed.rows.iter().map(|row| row.impact.minor_units()).sum();
            prop_assert_eq!(impact, company.by_cause.iter().map(|of| of.impact.minor_units()).sum::<i64>());

            // The views come to what the tables hold.
            let days = workbook.daily_figures(None, None).unwrap();
            let day = days.last().unwrap();
            prop_assert_eq!(day.lines, Some(lines.len() as u64));
            let totals = |of: fn(&crate::DailyFigures) -> u64| sum(days.iter().map(of).sum());
            prop_assert_eq!(totals(|day| day.runs), number(&workbook, "SELECT count(*) FROM runs"));
            let people = "SELECT count(*) FROM decisions WHERE user_id IS NOT NULL AND verdict = 'approve'";
            prop_assert_eq!(totals(|day| day.approved_by_people), number(&workbook, people));
            let policy = "SELECT count(*) FROM decisions WHERE user_id IS NULL AND verdict = 'approve'";
            prop_assert_eq!(totals(|day| day.approved_by_policy), number(&workbook, policy));
            let exceptions = "SELECT count(*) FROM exceptions e WHERE NOT EXISTS (
                SELECT 1 FROM statement_lines s WHERE s.id = e.line_id AND s.deleted_at IS NOT NULL)";
            prop_assert_eq!(totals(|day| day.exceptions_opened), number(&workbook, exceptions));
            let missing = "SELECT (SELECT count(*) FROM statement_lines WHERE state = 0 AND impact >= 500)
                                + (SELECT count(*) FROM ledger_entries WHERE state = 0 AND impact >= 500)";
            workbook.set_setting("figures.high_value", "5").unwrap();
            let shown = "SELECT count(*) FROM v_high_value_missing_transactions";
            prop_assert_eq!(number(&workbook, shown), number(&workbook, missing));
            let rate = share(company.lines_matched, company.lines);
            prop_assert_eq!(company.match_rate(), rate);
        }
        prop_assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    }
}
