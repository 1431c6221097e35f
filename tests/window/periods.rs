//! Periods: a month is prepared, loses its signature to a decision, is signed anew, locked, and refuses an undo.

use tieout_tests::sample;

use crate::{
    driver::Window,
    steps::{Key, create_workbook, import, match_all},
};

/// Fills in the note of an act and does it.
async fn act(window: &Window, name: &str, note: &str) {
    window.click(&format!("period-{name}")).await;
    window.fill("period-note", note).await;
    window.click("period-act-dialog-submit").await;
}

async fn state(window: &Window, word: &str) {
    window.until("period-state", word, |text| text.contains(word)).await;
}

#[tokio::test]
async fn a_month_is_closed_and_refuses_what_would_change_it() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("joinery.tieout"), Key::AskedFor).await;
    import(&window, &sample("bank/statement-2025.csv"), "statement", "227").await;
    import(&window, &sample("bank/ledger-2025.csv"), "ledger", "236").await;
    match_all(&window).await;

    window.click("nav-proof").await;
    window.find("period-strip").await;
    window.screenshot("periods-none").await;
    window.click("period-open").await;
    window.screenshot("periods-open-dialog").await;
    window.click("period-open-dialog-submit").await;
    state(&window, "Open").await;
    window.until("roll-ledger", "what is carried forward", |text| text.contains("Carried forward")).await;
    window.screenshot("periods-open").await;

    act(&window, "prepare", "all looked at").await;
    state(&window, "Prepared").await;
    window.until("period-as-signed", "the check", |text| text.contains("As signed")).await;
    window.screenshot("periods-prepared").await;
    act(&window, "review", "").await;
    state(&window, "Reviewed").await;
    act(&window, "lock", "").await;
    state(&window, "Locked").await;
    window.until("signatures", "who signed", |text| text.contains("Ada Byron")).await;
    window.screenshot("periods-locked").await;

    act(&window, "request", "a line is missing").await;
    window.until("period-reopening", "the request", |text| text.contains("a line is missing")).await;
    act(&window, "reopen", "").await;
    state(&window, "Open").await;
    window.screenshot("periods-reopened").await;
    window.close().await;
}
