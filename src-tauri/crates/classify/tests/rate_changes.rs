//! Which jobs show that a rate changed, and which only look like it.

#![expect(clippy::unwrap_used, reason = "tests")]

use jiff::civil::Date;
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy::MidpointNearestEven};
use tieout_classify::{JobPair, RateChange, RateFindings, rate_changes};
use tieout_domain::{Currency, Job, Money, MoneyError, SideTotals};

/// A matched job of its own.
#[derive(Debug, Clone)]
struct Pair {
    statement: Job,
    ledger: Job,
    totals: SideTotals,
    date: Option<Date>,
}

fn eur() -> Currency {
    Currency::parse("EUR").unwrap()
}

fn cents(quantity: Decimal, rate: Decimal) -> Money {
    Money::from_decimal((quantity * rate).round_dp_with_strategy(2, MidpointNearestEven), eur()).unwrap()
}

fn pair(site: &str, when: &str, quantity: &str, rates: (&str, &str)) -> Pair {
    let (month, date) = match when.len() {
        7 => (format!("{when}-01").parse().unwrap(), None),
        _ => (when.parse::<Date>().unwrap().first_of_month(), Some(when.parse().unwrap())),
    };
    let job = |rate: &str| Job {
        month: Some(month),
        site: site.to_owned(),
        service_type: "Cleaning".to_owned(),
        quantity: Some(quantity.parse().unwrap()),
        rate: Some(rate.parse().unwrap()),
    };
    let amount = |rate: &str| cents(quantity.parse().unwrap(), rate.parse().unwrap());
    let totals = SideTotals { statement: amount(rates.0), ledger: amount(rates.1) };
    Pair { statement: job(rates.0), ledger: job(rates.1), totals, date }
}

/// Quantities as they come: 2 to 8.75 hours.
fn hours(at: usize) -> String {
    format!("{}.{}", 2 + at * 5 % 7, ["00", "25", "50", "75"][at % 4])
}

/// Jobs of one site: `2025-01 10 24.50/24.50` is ten jobs of that month (or day), client's rate and the books'; one rate
/// alone is that of both. Stretches are separated by `;`.
fn jobs(text: &str) -> Vec<Pair> {
    let mut made = Vec::new();
    for stretch in text.split(';').map(str::trim).filter(|stretch| !stretch.is_empty()) {
        let mut words = stretch.split_whitespace();
        let (when, count, rates) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        let rates = rates.split_once('/').unwrap_or((rates, rates));
        for _ in 0..count.parse::<usize>().unwrap() {
            made.push(pair("Site 12", when, &hours(made.len()), rates));
        }
    }
    made
}

fn found(pairs: &[Pair]) -> RateFindings {
    rate_changes(pairs.iter().map(|pair| JobPair {
        statement: &pair.statement,
        ledger: &pair.ledger,
        totals: pair.totals,
        date: pair.date,
    }))
    .unwrap()
}

fn shown(change: &RateChange) -> String {
    let since = if change.by_day { change.since.to_string() } else { change.since.strftime("%Y-%m").to_string() };
    let ended = change.state.ended().map_or(String::new(), |date| format!(" {}", date.strftime("%Y-%m")));
    let start = if change.from_the_start { " from the start" } else { "" };
    format!(
        "{} {}>{} {since} {}{ended}{start}, {}+{}-{}",
        change.side.as_str(),
        change.from,
        change.to,
        change.state.as_str(),
        change.jobs_before,
        change.jobs_after,
        change.jobs_against
    )
}

#[track_caller]
fn check_jobs(pairs: &[Pair], expected: &[&str]) {
    let told: Vec<String> = found(pairs).changes.iter().map(shown).collect();
    assert_eq!(told, expected);
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    check_jobs(&jobs(text), expected);
}

// What it is.

#[test]
fn the_client_pays_a_new_rate_that_the_books_do_not_know() {
    check(
        "2025-01 12 24.50; 2025-02 12 24.50; 2025-03 12 26.00/24.50; 2025-04 12 26.00/24.50",
        &["statement 24.50>26.00 2025-03 open, 24+24-0"],
    );
}

#[test]
fn the_books_have_a_new_rate_that_the_client_does_not_pay() {
    check("2025-01 8 24.50; 2025-02 8 24.50; 2025-03 8 24.50/26.00", &["ledger 24.50>26.00 2025-03 open, 16+8-0"]);
}

#[test]
fn a_rate_that_falls_is_a_change_too() {
    check("2025-01 8 26.00; 2025-02 8 24.50/26.00", &["statement 26.00>24.50 2025-02 open, 8+8-0"]);
}

#[test]
fn both_sides_at_once_differ_by_nothing() {
    let pairs = jobs("2025-01 8 24.50; 2025-02 8 26.00; 2025-03 8 26.00");
    check_jobs(&pairs, &["both 24.50>26.00 2025-02 agreed, 8+16-0"]);
    let change = &found(&pairs).changes[0];
    assert!(change.effect.is_zero() && change.effect_per_month.is_none());
}

#[test]
fn the_books_follow_two_months_later() {
    let text = "2025-01 8 24.50; 2025-02 8 26.00/24.50; 2025-03 8 26.00/24.50; 2025-04 8 26.00";
    check(text, &["statement 24.50>26.00 2025-02 followed 2025-04, 8+16-0"]);
    let change = &found(&jobs(text)).changes[0];
    let differences: i64 = jobs(text).iter().map(|job| job.totals.difference().unwrap().minor_units()).sum();
    assert_eq!(change.effect.minor_units(), differences);
    assert_eq!(change.effect_per_month, None);
}

#[test]
fn the_client_follows_the_books() {
    check(
        "2025-01 8 24.50; 2025-02 8 24.50/26.00; 2025-03 8 26.00",
        &["ledger 24.50>26.00 2025-02 followed 2025-03, 8+8-0"],
    );
}

#[test]
fn two_sides_that_never_agreed_differ_from_the_start() {
    check(
        "2025-01 8 26.00/24.50; 2025-02 8 26.00/24.50",
        &["statement 24.50>26.00 2025-01 open from the start, 0+16-0"],
    );
}

#[test]
fn several_changes_in_a_row_are_told_one_by_one() {
    check(
        "2025-01 9 24.50; 2025-05 9 26.00/24.50; 2025-09 9 27.25/24.50",
        &["statement 26.00>27.25 2025-09 open, 9+9-0", "statement 24.50>26.00 2025-05 open, 9+9-0"],
    );
}

#[test]
fn a_change_that_is_taken_back_says_so() {
    check(
        "2025-01 9 24.50; 2025-02 9 26.00/24.50; 2025-03 9 24.50",
        &["statement 24.50>26.00 2025-02 taken_back 2025-03, 9+9-0"],
    );
}

#[test]
fn a_rate_that_climbs_month_by_month_is_one_change_in_steps() {
    let text: String = (1..=8).map(|month| format!("2025-0{month} 8 2{}.50/21.50;", month.min(6))).collect();
    let findings = found(&jobs(&text));
    let [start] = findings.changes.as_slice() else { panic!("{:?}", findings.changes) };
    assert_eq!(shown(start), "statement 21.50>26.50 2025-02 open, 8+56-0");
    assert_eq!(start.steps, 5);
}

#[test]
fn outliers_and_single_corrections_do_not_hide_a_change() {
    check(
        "2025-01 12 24.50; 2025-01 1 30.00/24.50; 2025-02 10 24.50; 2025-03 9 26.00/24.50; 2025-03 1 18.00/24.50; 2025-04 9 26.00/24.50; 2025-04 1 24.50",
        &["statement 24.50>26.00 2025-03 open, 22+18-3"],
    );
}

#[test]
fn the_day_is_told_where_jobs_have_days() {
    check(
        "2025-01-10 3 24.50; 2025-02-11 3 24.50; 2025-03-14 3 24.50; 2025-03-17 3 26.00/24.50; 2025-03-24 3 26.00/24.50",
        &["statement 24.50>26.00 2025-03-17 open, 9+6-0"],
    );
}

#[test]
fn rates_that_only_amounts_tell_are_found_through_their_rounding() {
    let mut pairs = jobs("2025-01 12 24.53; 2025-02 12 25.37/24.53");
    for pair in &mut pairs {
        pair.statement.rate = None;
        // 3.33 hours at 24.53 are 81.6849, so that each amount makes a rate of its own.
        pair.statement.quantity = pair.statement.quantity.map(|quantity| quantity + Decimal::new(33, 2));
        pair.ledger.quantity = pair.statement.quantity;
        let rate = if pair.totals.difference().unwrap().is_zero() { "24.53" } else { "25.37" };
        pair.totals.statement = cents(pair.statement.quantity.unwrap(), rate.parse().unwrap());
        pair.totals.ledger = cents(pair.ledger.quantity.unwrap(), pair.ledger.rate.unwrap());
    }
    check_jobs(&pairs, &["statement 24.53>25.37 2025-02 open, 12+12-0"]);
}

#[test]
fn what_is_paid_out_has_a_rate_as_well() {
    let mut pairs = jobs("2025-01 8 24.50; 2025-02 8 26.00/24.50");
    for pair in &mut pairs {
        let SideTotals { statement, ledger } = pair.totals;
        pair.totals = SideTotals { statement: statement.checked_neg().unwrap(), ledger: ledger.checked_neg().unwrap() };
    }
    check_jobs(&pairs, &["statement 24.50>26.00 2025-02 open, 8+8-0"]);
    assert!(found(&pairs).changes[0].effect.minor_units() < 0);
}

#[test]
fn seasons_that_only_the_client_has_are_one_finding() {
    check(
        "2023-04 9 26.00/24.50; 2023-10 9 24.50; 2024-04 9 26.00/24.50; 2024-10 9 24.50; 2025-04 9 26.00/24.50",
        &["statement 26.00>24.50 2023-10 seasonal, 9+36-0"],
    );
}

// What looks like it.

#[test]
fn nothing_changes_where_rates_stay() {
    check("2025-01 20 24.50; 2025-02 20 24.50; 2025-03 20 24.50", &[]);
}

#[test]
fn too_few_jobs_at_a_new_rate_show_nothing() {
    check("2025-01 20 24.50; 2025-02 4 26.00/24.50", &[]);
    check(
        "2025-01 4 24.50; 2025-02 20 26.00/24.50",
        &[
            // Before is too little, so that only the difference itself is left to tell.
            "statement 24.50>26.00 2025-02 open from the start, 0+20-0",
        ],
    );
    check("2025-01 4 24.50; 2025-02 4 26.00/24.50", &[]);
}

#[test]
fn a_single_correction_is_none() {
    check("2025-01 15 24.50; 2025-02 1 31.00/24.50; 2025-02 15 24.50; 2025-03 1 12.00/24.50; 2025-03 15 24.50", &[]);
}

#[test]
fn a_busy_day_at_a_special_rate_is_none() {
    check("2025-01-10 6 24.50; 2025-02-14 6 24.50; 2025-03-14 6 24.50; 2025-03-31 6 49.00/24.50", &[]);
    // Nor six jobs in between, of one month.
    check("2025-01 9 24.50; 2025-02 6 26.00/24.50; 2025-02 3 24.50; 2025-03 9 24.50", &[]);
}

#[test]
fn seasons_on_both_sides_are_none() {
    check("2023-04 9 26.00; 2023-10 9 24.50; 2024-04 9 26.00; 2024-10 9 24.50; 2025-04 9 26.00", &[]);
}

#[test]
fn day_and_night_rates_side_by_side_are_none() {
    let text: String = (1..=6).map(|month| format!("2025-0{month} 9 24.50; 2025-0{month} 8 31.00;")).collect();
    check(&text, &[]);
    // Nor where one is rarer and happens to come last.
    check("2025-01 12 24.50; 2025-01 3 31.00; 2025-02 12 24.50; 2025-02 3 31.00; 2025-03 5 31.00", &[]);
}

#[test]
fn a_price_for_each_job_is_no_rate() {
    let pairs: Vec<Pair> = (0..60_u32)
        .map(|at| {
            let rate = format!("{}.{:02}", 20 + at * 7 % 13, at * 37 % 100);
            pair("Site 12", &format!("2025-0{}", 1 + at / 10), "4", (&rate, "24.50"))
        })
        .collect();
    check_jobs(&pairs, &[]);
}

#[test]
fn another_unit_is_no_other_rate() {
    // From March on the client counts days of eight hours.
    let mut pairs = jobs("2025-01 9 24.50; 2025-02 9 24.50; 2025-03 9 24.50; 2025-04 9 24.50");
    for pair in &mut pairs[18..] {
        pair.statement.quantity = pair.statement.quantity.map(|quantity| quantity / Decimal::from(8));
        pair.statement.rate = pair.statement.rate.map(|rate| rate * Decimal::from(8));
    }
    check_jobs(&pairs, &[]);
}

#[test]
fn rounding_is_none() {
    // The client rounds its rates to two decimals from March on; no amount is another one.
    check("2025-01 9 24.5002; 2025-02 9 24.5002; 2025-03 9 24.50/24.5002; 2025-04 9 24.50/24.5002", &[]);
    // Its rates follow from amounts that are rounded.
    let mut pairs = jobs("2025-01 20 24.53; 2025-02 20 24.53");
    pairs.iter_mut().for_each(|pair| pair.statement.rate = None);
    check_jobs(&pairs, &[]);
}

#[test]
fn another_quantity_is_no_other_rate() {
    let mut pairs = jobs("2025-01 9 24.50; 2025-02 9 24.50; 2025-03 9 24.50");
    for pair in &mut pairs[18..] {
        pair.statement.quantity = pair.statement.quantity.map(|quantity| quantity + Decimal::ONE);
        pair.totals.statement = cents(pair.statement.quantity.unwrap(), pair.statement.rate.unwrap());
    }
    check_jobs(&pairs, &[]);
}

#[test]
fn a_minimum_charge_is_no_other_rate() {
    let mut pairs = jobs("2025-01 9 24.50; 2025-02 9 24.50; 2025-03 9 24.50");
    pairs[18..].iter_mut().for_each(|pair| pair.totals.statement = Money::from_minor(25_000, eur()));
    check_jobs(&pairs, &[]);
}

#[test]
fn another_site_or_service_at_its_own_rate_is_none() {
    let mut pairs = jobs("2025-01 9 24.50; 2025-02 9 24.50; 2025-03 9 26.00");
    pairs[18..].iter_mut().for_each(|pair| pair.ledger.site = "Site 13".to_owned());
    check_jobs(&pairs, &[]);
    pairs[18..].iter_mut().for_each(|pair| {
        pair.ledger.site = "SITE-12".to_owned();
        pair.ledger.service_type = "Night cleaning".to_owned();
    });
    check_jobs(&pairs, &[]);
}

#[test]
fn jobs_without_a_month_or_a_rate_say_nothing() {
    let mut pairs = jobs("2025-01 9 24.50; 2025-02 9 26.00/24.50");
    pairs.iter_mut().for_each(|pair| (pair.statement.month, pair.ledger.month) = (None, None));
    check_jobs(&pairs, &[]);
    let mut pairs = jobs("2025-01 9 24.50; 2025-02 9 26.00/24.50");
    for pair in &mut pairs {
        (pair.statement.rate, pair.statement.quantity) = (None, None);
    }
    check_jobs(&pairs, &[]);
}

#[test]
fn a_gap_of_months_without_jobs_is_none() {
    check("2023-01 9 24.50; 2025-11 9 24.50", &[]);
}

// What is told of it.

#[test]
fn effects_confidence_and_trend_are_exact() {
    let mut pairs = Vec::new();
    for (month, count, client) in [("2025-01", 6, "24.50"), ("2025-02", 5, "26.00"), ("2025-03", 7, "26.00")] {
        pairs.extend((0..count).map(|_| pair("Site 12", month, "4", (client, "24.50"))));
    }
    let findings = found(&pairs);
    let change = &findings.changes[0];
    // Each job of four hours is 6.00 more.
    assert_eq!(change.effect, Money::from_minor(7_200, eur()));
    assert_eq!(change.effect_per_month, Some(Money::from_minor(3_600, eur())));
    assert_eq!(change.confidence, 8_750, "(6 + 1) / (6 + 2)");
    assert_eq!(change.key, "site12/cleaning/EUR/statement/24.50-26.00/2025-02");
    let [trend] = findings.trends.as_slice() else { panic!("one site and service") };
    let months: Vec<String> = trend
        .months
        .iter()
        .map(|of| {
            let rates = (of.statement_rate.unwrap().normalize(), of.ledger_rate.unwrap().normalize());
            format!("{} {} {} {} {} {}", of.month, of.jobs, rates.0, rates.1, of.ledger_quantity, of.difference)
        })
        .collect();
    assert_eq!(
        months,
        [
            "2025-01-01 6 24.5 24.5 24 0.00 EUR",
            "2025-02-01 5 26 24.5 20 30.00 EUR",
            "2025-03-01 7 26 24.5 28 42.00 EUR"
        ]
    );
}

#[test]
fn later_jobs_do_not_change_the_key() {
    let key = |text: &str| found(&jobs(text)).changes[0].key.clone();
    let text = "2025-01 9 24.50; 2025-02 9 26.00/24.50";
    assert_eq!(key(text), key(&format!("{text}; 2025-03 30 26.00/24.50; 2025-04 9 26.00")));
}

#[test]
fn spellings_of_one_site_are_one_group_named_as_most_jobs_name_it() {
    let mut pairs = jobs("2025-01 9 24.50; 2025-02 9 26.00/24.50");
    pairs[3..6].iter_mut().for_each(|pair| pair.ledger.site = "SITE-12".to_owned());
    let findings = found(&pairs);
    assert_eq!((findings.trends.len(), findings.changes.len()), (1, 1));
    assert_eq!(findings.changes[0].site, "Site 12");
}

#[test]
fn currencies_are_never_mixed() {
    let mut pairs = jobs("2025-01 9 24.50; 2025-02 9 26.00/24.50");
    let usd = Currency::parse("USD").unwrap();
    for pair in &mut pairs[9..] {
        let in_usd = |amount: Money| Money::from_minor(amount.minor_units(), usd);
        pair.totals = SideTotals { statement: in_usd(pair.totals.statement), ledger: in_usd(pair.totals.ledger) };
    }
    check_jobs(&pairs, &["statement 24.50>26.00 2025-02 open from the start, 0+9-0"]);
}

#[test]
fn sums_that_do_not_fit_are_an_error() {
    let mut pairs = jobs("2025-01 2 24.50");
    for pair in &mut pairs {
        let most = Money::from_minor(i64::MAX - 1, eur());
        pair.totals = SideTotals { statement: most, ledger: most };
    }
    let seen = pairs.iter().map(|pair| JobPair {
        statement: &pair.statement,
        ledger: &pair.ledger,
        totals: pair.totals,
        date: pair.date,
    });
    assert_eq!(rate_changes(seen), Err(MoneyError::Overflow));
}

fn any_pairs() -> impl Strategy<Value = Vec<Pair>> {
    let one = (0..2_usize, 1..8_u8, prop::option::of(1..28_u8), 0..3_usize, 0..3_usize, 1..40_u32);
    prop::collection::vec(one, 0..120).prop_map(|jobs| {
        let rates = ["24.50", "26.00", "31.00"];
        let made = |(site, month, day, own, theirs, quarters): (usize, u8, Option<u8>, usize, usize, u32)| {
            let when = day.map_or(format!("2025-0{month}"), |day| format!("2025-0{month}-{day:02}"));
            // Most jobs of the first months have the first rate, those of later ones the second.
            let usual = |of: usize| if of == 2 { rates[2] } else { rates[usize::from(month > 4)] };
            let quantity = (Decimal::from(quarters) / Decimal::from(4)).to_string();
            pair(
                ["Site 12", "Site 7"][site],
                &when,
                &quantity,
                (usual(own), if theirs == 0 { rates[0] } else { usual(theirs) }),
            )
        };
        jobs.into_iter().map(made).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_order_of_the_jobs_changes_nothing(pairs in any_pairs(), turn in 0..120_usize) {
        let mut other = pairs.clone();
        other.reverse();
        other.rotate_left(turn.min(pairs.len()));
        prop_assert_eq!(found(&pairs), found(&other));
    }

    #[test]
    fn every_finding_is_borne_out(pairs in any_pairs()) {
        let findings = found(&pairs);
        let total: i64 = findings.trends.iter().flat_map(|trend| &trend.months).map(|of| of.difference.minor_units()).sum();
        let all: i64 = pairs.iter().map(|pair| pair.totals.difference().unwrap().minor_units()).sum();
        prop_assert_eq!(total, all);
        let mut keys: Vec<&str> = findings.changes.iter().map(|change| change.key.as_str()).collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), count, "a key stands for one change");
        for change in &findings.changes {
            prop_assert!(change.from != change.to);
            prop_assert!(change.jobs_after > 0 && (change.from_the_start || change.jobs_before >= 5));
            prop_assert!(change.confidence < 10_000);
            let trend = &findings.trends[change.trend];
            prop_assert_eq!((&trend.site, &trend.service_type), (&change.site, &change.service_type));
        }
    }
}
