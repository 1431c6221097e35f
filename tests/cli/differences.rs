//! `tieout differences` and `tieout workbook differences`.

use serde_json::Value;

use tieout_tests::sample;

use crate::command::{Desk, text};

const BOOK: &str = "cleaning.tieout";

fn files() -> [String; 4] {
    let file = |name: &str| text(&sample(&format!("jobs/{name}")));
    ["--statement".to_owned(), file("client-2025.csv"), "--ledger".to_owned(), file("ledger-2025.csv")]
}

fn of_files(desk: &Desk, more: &[&str]) -> crate::command::Answer {
    let files = files();
    let arguments = ["differences"].into_iter().chain(files.iter().map(String::as_str)).chain(more.iter().copied());
    desk.tieout(arguments)
}

fn book() -> Desk {
    let desk = Desk::new();
    let new = ["workbook", "new", BOOK, "--company", "Cleaning Ltd", "--user", "Ada Byron", "--currency", "GBP"];
    desk.tieout(new).with_code(0);
    let files = files();
    let import = ["workbook", "import", BOOK, "--account", "Northern Rail"];
    desk.tieout(import.into_iter().chain(files.iter().map(String::as_str))).with_code(0);
    let config = text(&desk.write("jobs.toml", "profile = \"jobs\"\n"));
    desk.tieout(["workbook", "config", BOOK, "--set", &config]).with_code(0);
    desk.tieout(["workbook", "match", BOOK]).with_code(0);
    desk
}

fn changes(report: &Value) -> Vec<String> {
    let word = |change: &Value, name: &str| change[name].as_str().unwrap_or("-").to_owned();
    let shown = |change: &Value| {
        let [service, site, from, to, since, side, state] =
            ["serviceType", "site", "from", "to", "since", "side", "state"].map(|name| word(change, name));
        format!("{service} · {site}: {from} > {to} since {since}, {side} {state}")
    };
    report["rateChanges"].as_array().map(|all| all.iter().map(shown).collect()).unwrap_or_default()
}

/// Hundredths of a decimal number.
fn hundredths(text: &Value) -> i64 {
    text.as_str().and_then(|text| text.replace('.', "").parse().ok()).unwrap_or(i64::MIN)
}

const EXPECTED: [&str; 4] = [
    "Office cleaning · York Station: 24.50 > 26.00 since 2025-03-02, statement open",
    "Office cleaning · Sheffield Arena: 24.50 > 23.00 since 2025-04-10, statement taken_back",
    "Window cleaning · Hull Albert Dock: 38.50 > 40.25 since 2025-06-04, ledger followed",
    "Grounds care · Leeds Depot: 31.00 > 32.50 since 2025-07-09, both agreed",
];

#[test]
fn the_sample_year_shows_its_changed_rates_and_nothing_else() {
    let report = of_files(&Desk::new(), &["--profile", "jobs", "--json"]).with_code(0).json();
    assert_eq!(changes(&report), EXPECTED);
    // 51 jobs at York Station were paid at 26.00.
    let york = &report["rateChanges"][0];
    assert_eq!((&york["jobsAfter"], &york["effect"]["value"]), (&Value::from(51), &Value::from("445.89")));

    let rows = report["rows"].as_array().expect("rows");
    assert_eq!(report["matches"], rows.len() as u64);
    for row in rows {
        let job = &row["job"];
        let effects = hundredths(&job["priceEffect"]["value"]) + hundredths(&job["quantityEffect"]["value"]);
        assert_eq!(effects, hundredths(&row["difference"]["value"]), "{row}");
        let sides = hundredths(&row["statement"]["value"]) - hundredths(&row["ledger"]["value"]);
        assert_eq!(sides, hundredths(&row["difference"]["value"]), "{row}");
    }
    let sums: i64 =
        report["byMonth"].as_array().expect("months").iter().map(|of| hundredths(&of["total"]["value"])).sum();
    assert_eq!(sums, rows.iter().map(|row| hundredths(&row["difference"]["value"])).sum::<i64>());
    assert_eq!(report["services"].as_array().map(Vec::len), Some(12), "four sites, three services");
}

#[test]
fn words_for_people_name_the_change_and_the_largest_differences() {
    let told =
        of_files(&Desk::new(), &["--profile", "jobs", "--cause", "rate_change", "--limit", "2"]).with_code(0).stdout;
    let change = "Office cleaning · York Station: 24.50 → 26.00 GBP since 2025-03-02; the client pays other than booked; \
                  51 jobs, 445.89 GBP so far";
    assert!(told.contains(change), "{told}");
    assert!(told.contains("more: --limit shows more, --json all"), "{told}");
}

#[test]
fn a_workbook_tells_the_same_and_follows_decisions() {
    let desk = book();
    let differences = |more: &[&str]| {
        let arguments = ["workbook", "differences", BOOK, "--json"].into_iter().chain(more.iter().copied());
        desk.tieout(arguments).with_code(0).json()
    };
    let report = differences(&[]);
    assert_eq!(changes(&report), EXPECTED);
    let alone = of_files(&desk, &["--profile", "jobs", "--json"]).with_code(0).json();
    assert_eq!(report["byMonth"], alone["byMonth"]);
    assert_eq!(report["services"], alone["services"]);

    // Up to the end of February nothing has changed yet.
    let early = differences(&["--to", "2025-02-28"]);
    assert_eq!(changes(&early), [""; 0]);
    assert!(early["jobs"].as_u64() < report["jobs"].as_u64());
    assert_eq!(differences(&["--account", "Northern Rail"])["matches"], report["matches"]);

    let rejected = report["rows"][0]["id"].as_str().expect("its id").to_owned();
    desk.tieout(["workbook", "review", BOOK, "--reject", &rejected]).with_code(0);
    assert_eq!(differences(&[])["matches"].as_u64(), report["matches"].as_u64().map(|before| before - 1));

    let share = differences(&["--order", "percent", "--cause", "rate_change", "--limit", "3"]);
    let percents: Vec<i64> =
        share["rows"].as_array().expect("rows").iter().map(|row| hundredths(&row["percent"]).abs()).collect();
    assert!(percents.len() == 3 && percents.is_sorted_by(|one, other| one >= other), "{percents:?}");
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn what_cannot_be_answered_is_refused_in_words() {
    let desk = book();
    for (arguments, words) in [
        (["--account", "Savings"], "there is no account 'Savings'"),
        (["--from", "2025-13-01"], "'2025-13-01' is no date such as 2025-12-31"),
        (["--cause", "magic"], "'magic' is no cause"),
    ] {
        let answer = desk.tieout(["workbook", "differences", BOOK].into_iter().chain(arguments)).with_code(4);
        assert!(answer.stderr.contains(words), "{}", answer.stderr);
    }
    let reversed = ["workbook", "differences", BOOK, "--from", "2025-02-01", "--to", "2025-01-01"];
    desk.tieout(reversed).with_code(4);
    let files = ["differences", "--statement", "nowhere.csv", "--ledger", "nowhere.csv"];
    assert!(desk.tieout(files).with_code(4).stderr.contains("nowhere.csv"));
}
