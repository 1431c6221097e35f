//! Categories and customers' accounts on the sample data: patterns take lines, a person puts both right.

use std::{path::Path, process::Command};

use tieout_tests::sample;

use crate::{driver::Window, steps::PASSPHRASE};

const BOOK: &str = "book.tieout";

/// Runs the command line as the same user, so that the window knows the workbook.
fn tieout(home: &Path, arguments: &[&str]) {
    let output = Command::new(tieout_tests::program("TIEOUT_BIN"))
        .args(arguments)
        .current_dir(home)
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("TIEOUT_PASSPHRASE", PASSPHRASE)
        .output()
        .expect("an answer of the driver or the command");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn new_book(home: &Path, currency: &str, statement: &str, ledger: &str) {
    let company = ["--company", "Lindqvist & Amara", "--user", "Ada Byron", "--single-user", "--currency", currency];
    tieout(home, &[&["workbook", "new", BOOK][..], &company].concat());
    let (statement, ledger) = (sample(statement), sample(ledger));
    let files = ["--statement", &statement.to_string_lossy(), "--ledger", &ledger.to_string_lossy()];
    tieout(home, &[&["workbook", "import", BOOK][..], &files].concat());
}

/// Opens the workbook, which the command line used last.
async fn open(home: &Path) -> Window {
    let window = Window::start(home).await;
    window.click("recent-workbook").await;
    window.fill("unlock-passphrase", PASSPHRASE).await;
    window.click("unlock-submit").await;
    window.find("screen-overview").await;
    window
}

/// The screen in the light, in the dark, and on a small laptop.
async fn pictures(window: &Window, name: &str) {
    let paint = |theme: &str| format!("document.documentElement.dataset.theme = '{theme}'");
    window.screenshot(name).await;
    window.driver.execute(paint("dark"), vec![]).await.expect("an answer of the driver or the command");
    window.screenshot(&format!("{name}-dark")).await;
    window.driver.execute(paint("light"), vec![]).await.expect("an answer of the driver or the command");
    let wide = window.driver.get_window_rect().await.expect("an answer of the driver or the command");
    window.driver.set_window_rect(0, 0, 1024, 700).await.expect("an answer of the driver or the command");
    window.screenshot(&format!("{name}-small")).await;
    let (width, height) = (
        u32::try_from(wide.width).expect("an answer of the driver or the command"),
        u32::try_from(wide.height).expect("an answer of the driver or the command"),
    );
    window.driver.set_window_rect(0, 0, width, height).await.expect("an answer of the driver or the command");
}

#[tokio::test]
async fn patterns_take_their_lines_and_a_person_corrects_them() {
    let folder = tempfile::tempdir().expect("an answer of the driver or the command");
    let home = folder.path();
    new_book(home, "EUR", "bank/statement-2025.csv", "bank/ledger-2025.csv");
    let patterns = sample("categories/patterns.csv");
    tieout(home, &["workbook", "categories", BOOK, "import", &patterns.to_string_lossy()]);
    let window = open(home).await;

    window.press("gc").await;
    window.until("count-pending", "all 227", |text| text == "227").await;
    window.press("s").await;
    window.until("count-categorised", "222", |text| text == "222").await;
    window.press("t").await;
    window.press("Stadtwerke Lübeck Abschlag Strom").await;
    window.until("try-category", "Energy", |text| text == "Energy").await;
    pictures(&window, "categories").await;

    // A pattern that is added has its lines at once.
    window.click("pattern-add").await;
    window.fill("pattern-text", "Glaserei Martens").await;
    window.choose("category-choice", "Timber").await;
    window.screenshot("categories-pattern").await;
    window.click("pattern-dialog-submit").await;
    window.until("pattern-count", "26 patterns", |text| text.starts_with("26")).await;
    window.until("toast", "two lines", |text| text.contains("decides over 2 lines")).await;
    window.until("count-uncategorised", "3", |text| text == "3").await;

    // A line is set by hand, and no sweep changes it.
    window.click("tab-lines").await;
    window.click("shelf").await;
    window.click("category-line").await;
    pictures(&window, "categories-lines").await;
    window.click("set-category").await;
    window.choose("category-choice", "Office").await;
    window.screenshot("categories-set").await;
    window.click("set-dialog-submit").await;
    window.until("count-uncategorised", "2", |text| text == "2").await;
    window.click("sweep").await;
    window.until("toast", "nothing to do", |text| text.contains("No line was pending")).await;
    window.until("count-uncategorised", "2", |text| text == "2").await;

    window.press("ga").await;
    window.until("audit-row", "the newest event", |text| !text.is_empty()).await;
    window.click("verify").await;
    window.find("verify-result").await;
    window.close().await;
}

#[tokio::test]
async fn waiting_deposits_are_given_to_customers_and_balances_put_right() {
    let folder = tempfile::tempdir().expect("an answer of the driver or the command");
    let home = folder.path();
    new_book(home, "ZAR", "deposits/statement-2026-01.csv", "deposits/customers.csv");
    tieout(home, &["workbook", "customers", "credit-rate", BOOK, "--set", "50"]);
    tieout(home, &["workbook", "match", BOOK]);
    tieout(home, &["workbook", "review", BOOK, "--approve-above", "50"]);
    let window = open(home).await;

    window.press("gu").await;
    window.find("account-balance").await;
    window.fill("customer-search", "naidoo").await;
    window.until("customer-detail", "Pieter Naidoo", |text| text.contains("Pieter Naidoo")).await;
    window.find("transaction").await;
    pictures(&window, "customers").await;
    window.click("adjust").await;
    window.fill("adjust-amount", "25").await;
    window.fill("adjust-reason", "goodwill, ticket 117").await;
    window.screenshot("customers-adjust").await;
    window.click("adjust-dialog-submit").await;
    window.until("transaction", "the adjustment", |text| text.contains("goodwill")).await;

    window.click("tab-waiting").await;
    window.until("deposit-because", "no customer", |text| text.contains("Names no customer")).await;
    window.fill("pick-search", "botha").await;
    window.until("pick", "Johan Botha", |text| text.contains("Johan Botha")).await;
    pictures(&window, "customers-waiting").await;
    window.click("allocate").await;
    window.fill("allocate-reason", "he called").await;
    window.screenshot("customers-allocate").await;
    window.click("allocate-dialog-submit").await;
    window.find("toast").await;

    window.click("tab-customers").await;
    window.fill("customer-search", "botha").await;
    window.until("transaction", "the deposit", |text| text.contains("he called")).await;
    window.click("take-back").await;
    window.screenshot("customers-take-back").await;
    window.click("take-back-dialog-submit").await;
    window.until("transaction", "what was taken back", |text| text.contains("Taken back")).await;
    window.screenshot("customers-taken-back").await;

    window.click("credit-rate").await;
    window.find("rate-history").await;
    window.screenshot("customers-rate").await;
    window.click("dialog-close").await;
    window.click("customer-new").await;
    window.fill("new-customer-name", "Nomsa Radebe").await;
    window.screenshot("customers-new").await;
    window.click("new-customer-submit").await;
    window.until("customer-detail", "Nomsa Radebe", |text| text.contains("Nomsa Radebe")).await;
    window.screenshot("customers-empty").await;
    window.close().await;
}
