//! Parts of journeys, named by what a person does.

use std::path::{Path, PathBuf};

use thirtyfour::prelude::*;

use crate::driver::Window;

pub(crate) const PASSPHRASE: &str = "correct horse battery";

/// Whether the key of a new workbook goes to the keychain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Remembered,
    AskedFor,
}

/// Fills the form for a new workbook and waits until it is open.
pub(crate) async fn create_workbook(window: &Window, file: &Path, key: Key) {
    window.click("start-create").await;
    window.fill("create-company", "Lindqvist & Amara").await;
    window.fill("create-user", "Ada Byron").await;
    window.fill("create-currency", "EUR").await;
    window.fill("create-path", &file.to_string_lossy()).await;
    window.fill("create-passphrase", PASSPHRASE).await;
    window.fill("create-passphrase-again", PASSPHRASE).await;
    let tick = window.find("create-remember").await;
    if tick.is_selected().await.expect("a box to tick") != (key == Key::Remembered) {
        tick.click().await.expect("a box to tick");
    }
    window.click("create-submit").await;
    window.find("screen-overview").await;
}

/// Gives a file to the import screen, looks at its preview and takes it in.
pub(crate) async fn import(window: &Window, file: &Path, side: &str, rows: &str) {
    window.click("nav-import").await;
    window.give_file("file-input", file).await;
    window.until("fact-rows", &format!("{rows} rows"), |text| text.contains(rows)).await;
    window.screenshot(&format!("import-{side}")).await;
    window.click("import-commit").await;
    window.until("import-result", "done", |text| text.contains(rows)).await;
}

/// Runs the engine and goes to the queue.
pub(crate) async fn match_all(window: &Window) {
    window.click("nav-overview").await;
    window.click("run-match").await;
    window.find("run-summary").await;
    window.screenshot("overview-after-run").await;
    window.click("nav-review").await;
    window.find("queue-row").await;
}

/// The number on a filter of the queue.
pub(crate) async fn count(window: &Window, filter: &str) -> u32 {
    let text = window.text(&format!("filter-{filter}")).await;
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("no number on the filter {filter}: {text}"))
}

/// Waits until a filter of the queue shows this number.
pub(crate) async fn until_count(window: &Window, filter: &str, wanted: u32) {
    let shown = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>().parse() == Ok(wanted);
    window.until(&format!("filter-{filter}"), &wanted.to_string(), shown).await;
}

/// Shows a filter of the queue and chooses its first row.
pub(crate) async fn first_row(window: &Window, filter: &str) -> WebElement {
    window.click(&format!("filter-{filter}")).await;
    let row = window.find("queue-row").await;
    row.click().await.expect("a row that can be chosen");
    window.find("bench").await;
    row
}

/// Exports the signed report to this file.
pub(crate) async fn export(window: &Window, file: &Path) -> PathBuf {
    window.click("nav-proof").await;
    window.find("proof").await;
    window.screenshot("proof").await;
    window.fill("export-path", &file.to_string_lossy()).await;
    window.click("export-report").await;
    window.find("export-result").await;
    PathBuf::from(window.text("exported-path").await)
}
