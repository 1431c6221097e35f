//! Every action of the review by its key, taken back and done again.

use std::time::Instant;

use thirtyfour::{prelude::*, support::sleep};
use tieout_tests::sample;

use crate::{
    driver::{PATIENCE, POLL, Window},
    steps::{self, PASSPHRASE, count, create_workbook, import, match_all, until_count},
};

async fn key(window: &Window, key: Key) {
    window.press(key.value().to_string()).await;
}

async fn chord(window: &Window, modifier: Key, key: impl Into<String>) {
    window.press(format!("{}{}{}", modifier.value(), key.into(), Key::Null.value())).await;
}

/// Waits until the condition holds of what the page has of this test id.
async fn until_present(window: &Window, id: &str, wanted: bool) {
    let began = Instant::now();
    loop {
        let found = window.driver.find_all(By::Testid(id)).await.unwrap_or_default();
        if found.is_empty() != wanted {
            return;
        }
        if began.elapsed() > PATIENCE {
            window.screenshot(&format!("present-{id}")).await;
            panic!("'{id}' should be there: {wanted}");
        }
        sleep(POLL).await;
    }
}

async fn until_enabled(window: &Window, id: &str) {
    let began = Instant::now();
    while !window.find(id).await.is_enabled().await.unwrap_or(false) {
        if began.elapsed() > PATIENCE {
            window.screenshot(&format!("disabled-{id}")).await;
            panic!("'{id}' was never possible");
        }
        sleep(POLL).await;
    }
}

/// Waits until the list has the focus again, as after every action.
async fn at_the_list(window: &Window) {
    let began = Instant::now();
    loop {
        let focused = window.driver.active_element().await.expect("a focused element");
        if focused.attr("data-testid").await.ok().flatten().as_deref() == Some("queue") {
            return;
        }
        if began.elapsed() > PATIENCE {
            window.screenshot("focus-lost").await;
            panic!("the focus did not return to the list");
        }
        sleep(POLL).await;
    }
}

/// The first or the last row, once it lies on the bench.
async fn row(window: &Window, end: Key) {
    at_the_list(window).await;
    let last = matches!(end, Key::End);
    key(window, end).await;
    let began = Instant::now();
    loop {
        let place = window.driver.execute(PLACE, vec![]).await.expect("a script runs");
        let (position, rows, id, shown): (String, String, String, String) = place.convert().expect("four texts");
        let wanted = if last { rows } else { "1".to_owned() };
        if position == wanted && id == shown {
            return;
        }
        if began.elapsed() > PATIENCE {
            window.screenshot("row-not-reached").await;
            panic!("row {position} lies on the bench");
        }
        sleep(POLL).await;
    }
}

/// Where the current row stands, of how many, its identifier, and that of what lies on the bench.
const PLACE: &str = "const row = document.querySelector('[data-testid=queue-row][data-current]');
    const bench = document.querySelector('[data-testid=bench]');
    return [row?.getAttribute('aria-posinset') ?? '', row?.getAttribute('aria-setsize') ?? '', row?.dataset.id ?? '', bench?.dataset.id ?? '?'];";

async fn undo(window: &Window) {
    at_the_list(window).await;
    until_enabled(window, "undo").await;
    window.press("z").await;
}

async fn redo(window: &Window) {
    at_the_list(window).await;
    until_enabled(window, "redo").await;
    chord(window, Key::Shift, "Z").await;
}

/// What was done shows as a number on a filter; it is taken back and done again.
async fn there_and_back(window: &Window, name: &str, filter: &str, before: u32, after: u32) {
    until_count(window, filter, after).await;
    window.screenshot(&format!("action-{name}")).await;
    undo(window).await;
    until_count(window, filter, before).await;
    window.screenshot(&format!("action-{name}-undone")).await;
    redo(window).await;
    until_count(window, filter, after).await;
    window.screenshot(&format!("action-{name}-redone")).await;
}

/// What was noted shows on the bench; it is taken back and noted again.
async fn noted_and_back(window: &Window, name: &str, id: &str) {
    until_present(window, id, true).await;
    window.screenshot(&format!("action-{name}")).await;
    undo(window).await;
    until_present(window, id, false).await;
    redo(window).await;
    until_present(window, id, true).await;
    window.screenshot(&format!("action-{name}-redone")).await;
}

async fn part(window: &Window, name: &str) {
    window.driver.execute(format!("location.hash = '#/review/{name}'"), vec![]).await.expect("a script runs");
    window.until_is(&format!("filter-{name}"), "aria-selected", "true").await;
    window.find("queue-row").await;
    window.find("bench").await;
    window
        .driver
        .execute("document.querySelector('[data-testid=queue]').focus()", vec![])
        .await
        .expect("a script runs");
}

async fn decisions(window: &Window) {
    let approved = count(window, "approved").await;
    row(window, Key::Home).await;
    window.press("a").await;
    there_and_back(window, "approve", "approved", approved, approved + 1).await;

    row(window, Key::Home).await;
    window.press("r").await;
    window.find("reject-reason").await;
    window.press("belongs to another customer").await;
    window.screenshot("action-reject-dialog").await;
    key(window, Key::Enter).await;
    there_and_back(window, "reject", "rejected", 0, 1).await;

    // Past the card payouts, which keep a fee, to a payment that balances.
    row(window, Key::Home).await;
    window.press("jjjj").await;
    window.press("h").await;
    window.until_is("hand-difference", "data-value", "0.00").await;
    until_enabled(window, "hand-submit").await;
    window.screenshot("action-hand-dialog").await;
    chord(window, Key::Control, Key::Enter.value()).await;
    there_and_back(window, "hand", "approved", approved + 1, approved + 2).await;

    row(window, Key::End).await;
    window.press("w").await;
    window.find("write-off-account").await;
    window.press("6855 Bank charges").await;
    until_enabled(window, "write-off-submit").await;
    window.screenshot("action-write-off-dialog").await;
    key(window, Key::Enter).await;
    there_and_back(window, "write-off", "approved", approved + 2, approved + 3).await;

    row(window, Key::Home).await;
    window.press("x").await;
    window.find("split-amount").await;
    chord(window, Key::Control, "a").await;
    window.press("1.00").await;
    until_enabled(window, "split-submit").await;
    window.screenshot("action-split-dialog").await;
    chord(window, Key::Control, Key::Enter.value()).await;
    there_and_back(window, "split", "approved", approved + 3, approved + 4).await;
}

async fn notes(window: &Window) {
    row(window, Key::End).await;
    window.press("t").await;
    window.find("timing-dialog").await;
    window.screenshot("action-timing-dialog").await;
    key(window, Key::Enter).await;
    // What is not due yet leaves the queue.
    there_and_back(window, "timing", "snoozed", 0, 1).await;

    at_the_list(window).await;
    window.press("o").await;
    window.find("assign-owner").await;
    window.press("Jonas").await;
    window.screenshot("action-assign-dialog").await;
    key(window, Key::Enter).await;
    noted_and_back(window, "assign", "badge-owner").await;

    at_the_list(window).await;
    window.press("c").await;
    window.find("comment-text").await;
    window.press("The bank was asked.").await;
    window.screenshot("action-comment-dialog").await;
    chord(window, Key::Control, Key::Enter.value()).await;
    window.until("notes", "the comment", |text| text.contains("The bank was asked.")).await;
    undo(window).await;
    window.until("notes", "no comment", |text| !text.contains("The bank was asked.")).await;
    redo(window).await;
    window.until("notes", "the comment again", |text| text.contains("The bank was asked.")).await;
    window.screenshot("action-comment").await;

    // The system's own dialog for files is out of a driver's reach: the file is dropped.
    window.drop_file("bench-side", &sample("bank/statement-2026-01.csv")).await;
    until_present(window, "note-save", true).await;
    window.screenshot("action-evidence").await;
    window
        .driver
        .execute("document.querySelector('[data-testid=queue]').focus()", vec![])
        .await
        .expect("a script runs");
    undo(window).await;
    until_present(window, "note-save", false).await;
    redo(window).await;
    until_present(window, "note-save", true).await;

    at_the_list(window).await;
    window.press("s").await;
    window.find("snooze-dialog").await;
    window.screenshot("action-snooze-dialog").await;
    key(window, Key::Enter).await;
    there_and_back(window, "snooze", "snoozed", 1, 2).await;
}

#[tokio::test]
async fn each_action_is_done_by_its_key_taken_back_and_done_again_also_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("joinery.tieout"), steps::Key::AskedFor).await;
    import(&window, &sample("bank/statement-2025.csv"), "statement", "227").await;
    import(&window, &sample("bank/ledger-2025.csv"), "ledger", "236").await;
    match_all(&window).await;
    at_the_list(&window).await;
    window.screenshot("actions").await;
    window.press("?").await;
    window.find("key-help").await;
    window.screenshot("actions-keys").await;
    key(&window, Key::Escape).await;

    decisions(&window).await;
    notes(&window).await;

    // A decision of long ago is taken back on its own row.
    let approved = count(&window, "approved").await;
    part(&window, "approved").await;
    window.press("u").await;
    there_and_back(&window, "take-back", "approved", approved, approved - 1).await;

    // Several rows at once, in one act.
    let approved = count(&window, "approved").await;
    part(&window, "suggested").await;
    row(&window, Key::Home).await;
    window.press(" ").await;
    chord(&window, Key::Shift, Key::Down.value()).await;
    window.until("chosen-facts", "two rows", |text| text.contains('2')).await;
    window.find("chosen-sum").await;
    window.screenshot("actions-chosen").await;
    until_enabled(&window, "approve").await;
    window.press("a").await;
    window.find("many-dialog").await;
    window.screenshot("action-many-dialog").await;
    key(&window, Key::Enter).await;
    there_and_back(&window, "many", "approved", approved, approved + 2).await;

    at_the_list(&window).await;
    window.press("f").await;
    window.find("filter-form").await;
    window.screenshot("actions-filters").await;
    key(&window, Key::Escape).await;
    until_present(&window, "filter-form", false).await;
    window
        .driver
        .execute("document.querySelector('[data-testid=queue]').focus()", vec![])
        .await
        .expect("a script runs");
    window.press("y").await;
    window.find("act").await;
    window.screenshot("actions-history").await;
    key(&window, Key::Escape).await;
    until_present(&window, "history", false).await;
    window.close().await;

    // What was done before can be taken back and done again by whoever opens the workbook next time.
    let window = Window::start(home.path()).await;
    window.click("recent-workbook").await;
    window.fill("unlock-passphrase", PASSPHRASE).await;
    window.click("unlock-submit").await;
    window.find("screen-overview").await;
    window.press("gr").await;
    until_count(&window, "approved", approved + 2).await;
    undo(&window).await;
    until_count(&window, "approved", approved).await;
    redo(&window).await;
    until_count(&window, "approved", approved + 2).await;
    window.close().await;
}
