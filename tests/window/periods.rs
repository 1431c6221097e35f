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

/// A payment of January, which the policy matched.
const PAYMENT: &str = "RE-2024-0191";

/// Takes the decision over it back, on its row.
async fn take_back(window: &Window) {
    window.script(&format!("location.hash = '#/review/approved::{PAYMENT}';"), vec![]).await;
    window.until("bench", "the payment", |text| text.contains(PAYMENT)).await;
    window.until_at_rest().await;
    window.click("take-back").await;
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

    // A decision takes the signature away and is named; it is taken back itself, and all is signed anew.
    take_back(&window).await;
    window.until("toast", "what was done", |text| text.contains("Decision taken back")).await;
    window.go("proof").await;
    state(&window, "Open").await;
    window.until("period-revoked", "the payment", |text| text.contains(PAYMENT)).await;
    window.screenshot("periods-revoked").await;
    window.go("review").await;
    window.click("undo").await;
    window.until("toast", "that it was undone", |text| text.contains("Undone")).await;
    window.go("proof").await;
    act(&window, "prepare", "").await;
    state(&window, "Prepared").await;

    act(&window, "review", "").await;
    state(&window, "Reviewed").await;
    act(&window, "lock", "").await;
    state(&window, "Locked").await;
    window.until("signatures", "who signed", |text| text.contains("Ada Byron")).await;
    window.screenshot("periods-locked").await;
    take_back(&window).await;
    window.until("toast", "a refusal", |text| text.contains("is locked")).await;
    window.screenshot("periods-refused").await;
    window.go("proof").await;
    state(&window, "Locked").await;

    act(&window, "request", "a line is missing").await;
    window.until("period-reopening", "the request", |text| text.contains("a line is missing")).await;
    act(&window, "reopen", "").await;
    state(&window, "Open").await;
    window.screenshot("periods-reopened").await;
    window.close().await;
}
