//! Exceptions and figures: what they say, how they lead to each other and to the bench, and that the command says the same.

use std::{path::Path, process::Command};

use serde_json::Value;
use tieout_tests::sample;

use crate::{
    driver::Window,
    steps::{Key, PASSPHRASE, create_workbook, import, match_all},
};

/// What the command says of the same workbook.
fn told(home: &Path, arguments: &[&str]) -> Value {
    let output = Command::new(tieout_tests::program("TIEOUT_BIN"))
        .args(arguments)
        .arg("--json")
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("TIEOUT_PASSPHRASE", PASSPHRASE)
        .output()
        .expect("the command runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// A share of one, `0.9735`, in percent: `97.35`.
fn percent(share: &Value) -> String {
    let share = share.as_str().expect("a share");
    let (whole, part) = share.split_once('.').expect("decimals");
    let digits = format!("{whole}{part}").trim_start_matches('0').to_owned();
    let digits = format!("{digits:0>3}");
    format!("{}.{}", &digits[..digits.len() - 2], &digits[digits.len() - 2..])
}

async fn attribute(window: &Window, id: &str, name: &str) -> String {
    window.find(id).await.attr(name).await.expect("an element").unwrap_or_default()
}

/// The figures that window and command both tell.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    match_rate: String,
    automatic_rate: String,
    exceptions: String,
    unallocated: String,
    variance: String,
    bank: String,
    books: String,
}

impl Shown {
    async fn in_window(window: &Window) -> Self {
        Self {
            match_rate: attribute(window, "tile-match-rate", "data-value").await,
            automatic_rate: attribute(window, "tile-automatic-rate", "data-value").await,
            exceptions: attribute(window, "tile-exceptions", "data-value").await,
            unallocated: attribute(window, "tile-unallocated", "data-value").await,
            variance: attribute(window, "variance", "data-rate").await,
            bank: attribute(window, "variance-bank", "data-value").await,
            books: attribute(window, "variance-books", "data-value").await,
        }
    }

    fn by_command(figures: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let variance = &figures["variance"][0];
        Self {
            match_rate: percent(&figures["match_rate"]),
            automatic_rate: percent(&figures["automatic_rate"]),
            exceptions: figures["exceptions"].to_string(),
            unallocated: text(&figures["cash_unallocated"][0]["value"]),
            variance: percent(&variance["rate"]),
            bank: text(&variance["bank"]),
            books: text(&variance["books"]),
        }
    }
}

/// The sample year, matched.
async fn year(home: &Path) -> Window {
    let window = Window::start(home).await;
    create_workbook(&window, &home.join("joinery.tieout"), Key::AskedFor).await;
    import(&window, &sample("bank/statement-2025.csv"), "statement", "227").await;
    import(&window, &sample("bank/ledger-2025.csv"), "ledger", "236").await;
    match_all(&window).await;
    window
}

async fn theme(window: &Window, name: &str) {
    window.click("settings").await;
    window.click(&format!("theme-{name}")).await;
}

#[tokio::test]
async fn exceptions_are_filtered_ordered_copied_and_opened_on_the_bench() {
    let home = tempfile::tempdir().unwrap();
    let window = year(home.path()).await;
    window.press("ge").await;
    window.find("exception").await;
    window.find("cause-missing_in_ledger").await;
    window.screenshot("exceptions").await;
    let all: u64 = attribute(&window, "exceptions-sums", "data-count").await.parse().unwrap();

    window.click("side-ledger").await;
    window.click("cause-missing_in_bank").await;
    window.until("exceptions-sums", "fewer", |text| !text.starts_with(&format!("{all} "))).await;
    window.press("a").await;
    window.until_is("sort-age", "aria-pressed", "true").await;
    window.screenshot("exceptions-filtered").await;
    let id = attribute(&window, "exception", "data-id").await;
    window.click("exceptions-copy").await;
    window.until("toast", "a copy", |text| text.contains("copied")).await;
    theme(&window, "dark").await;
    window.screenshot("exceptions-dark").await;
    window.click("exception").await;
    window.press(thirtyfour::Key::Enter.value().to_string()).await;
    window.until_is("queue-row", "data-id", &id).await;
    window.find("bench").await;
    window.screenshot("exceptions-on-the-bench").await;

    // Coming back the filter is as it was.
    window.click("nav-exceptions").await;
    window.until_is("cause-missing_in_bank", "aria-pressed", "true").await;
    window.click("exceptions-clear").await;
    window.until_is("exceptions-sums", "data-count", &all.to_string()).await;
    window.close().await;

    let book = home.path().join("joinery.tieout").display().to_string();
    assert_eq!(told(home.path(), &["exceptions", &book])["total"], all);
}

#[tokio::test]
async fn figures_are_those_of_the_command_and_lead_to_the_lists_behind_them() {
    let home = tempfile::tempdir().unwrap();
    let window = year(home.path()).await;
    window.press("gf").await;
    window.find("compliance").await;
    window.find("chart-rates").await;
    window.screenshot("figures").await;
    let account = window.find("figures-account").await.prop("value").await.unwrap().unwrap_or_default();
    let whole = Shown::in_window(&window).await;
    window.choose("figures-period", "2025-Q2").await;
    window.until_is("figures-board", "aria-busy", "false").await;
    window.until("tile-match-rate", "a quarter's lines", |text| !text.contains("227")).await;
    let quarter = Shown::in_window(&window).await;
    window.screenshot("figures-quarter").await;
    theme(&window, "dark").await;
    window.screenshot("figures-dark").await;
    window.choose("figures-period", "all").await;
    window.until("tile-match-rate", "the year's lines", |text| text.contains("227")).await;
    let bar = window.find("figures-cause-missing_in_bank").await;
    let shown = bar.text().await.unwrap();
    bar.click().await.unwrap();
    window.find("exception").await;
    let listed = attribute(&window, "exceptions-sums", "data-count").await;
    assert!(shown.contains(&listed), "{shown} is not {listed}");
    window.close().await;

    let book = home.path().join("joinery.tieout").display().to_string();
    let of_command = |days: &[&str]| {
        let asked = [&["workbook", "figures", &book, "--account", &account], days].concat();
        Shown::by_command(&told(home.path(), &asked))
    };
    assert_eq!(whole, of_command(&[]));
    assert_eq!(quarter, of_command(&["--from", "2025-04-01", "--to", "2025-06-30"]));
}
