//! The journal in the real window, by keyboard: what was written off is given its accounts, exported, looked at in the
//! file, and taken back.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use thirtyfour::{prelude::*, support::sleep};

use crate::{
    driver::Window,
    steps::{self, create_workbook, import, until_count},
};

const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(50);
/// More stops than the screen has.
const STOPS_MAX: usize = 150;

async fn tap(window: &Window, keys: impl Into<TypingData>) {
    window.press(keys.into().to_string()).await;
}

/// Presses Tab until an element whose test id begins so has the focus.
async fn tab_to(window: &Window, id: &str) {
    const FOCUSED: &str = "return document.activeElement?.closest('[data-testid]')?.dataset.testid ?? '';";
    for _ in 0..STOPS_MAX {
        let focused = window.driver.execute(FOCUSED, vec![]).await.expect("a script runs");
        if focused.json().as_str().is_some_and(|focused| focused.starts_with(id)) {
            return;
        }
        tap(window, Key::Tab).await;
    }
    window.screenshot(&format!("unreached-{id}")).await;
    panic!("'{id}' is not reached by Tab");
}

/// Shows a part of the queue and writes its first row off to this account.
async fn write_off(window: &Window, part: &str, account: &str, approved: u32) {
    window.press("gr").await;
    window.find("screen-review").await;
    tab_to(window, &format!("filter-{part}")).await;
    tap(window, Key::Enter).await;
    window.until_is(&format!("filter-{part}"), "aria-selected", "true").await;
    window.find("bench").await;
    tab_to(window, "queue").await;
    window.press("w").await;
    window.find("write-off-account").await;
    window.press(account).await;
    window.until("write-off-entry", "the account", |text| text.contains(account)).await;
    until_enabled(window, "write-off-submit").await;
    tap(window, Key::Enter).await;
    until_count(window, "approved", approved).await;
}

async fn until_enabled(window: &Window, id: &str) {
    let began = Instant::now();
    while !window.find(id).await.is_enabled().await.unwrap_or(false) {
        assert!(began.elapsed() < PATIENCE, "'{id}' was never possible");
        sleep(POLL).await;
    }
}

async fn until_gone(window: &Window, id: &str) {
    let began = Instant::now();
    while !window.driver.find_all(By::Testid(id)).await.unwrap_or_default().is_empty() {
        assert!(began.elapsed() < PATIENCE, "'{id}' stays");
        sleep(POLL).await;
    }
}

/// Pictures of what is shown: light and English, dark and German.
async fn pictures(window: &Window, name: &str) {
    window.screenshot(&format!("journal-{name}")).await;
    for choices in [["language-de", "theme-dark"], ["language-en", "theme-light"]] {
        for choice in choices {
            window.click("settings").await;
            window.click(choice).await;
            if window.driver.find(By::Testid(choice)).await.is_ok() {
                tap(window, Key::Escape).await;
            }
        }
        if choices[0] == "language-de" {
            window.screenshot(&format!("journal-{name}-de-dark")).await;
        }
    }
}

async fn export(window: &Window, file: &Path) {
    window.press("e").await;
    window.find("journal-preview").await;
    tab_to(window, "journal-path").await;
    tap(window, Key::Control + "a").await;
    window.press(file.to_string_lossy()).await;
    window.until("journal-preview", "both entries", |text| text.contains("12.00") && text.contains("1.50")).await;
    window.screenshot("journal-export").await;
    tap(window, Key::Enter).await;
    window.find("journal-none").await;
}

#[tokio::test]
async fn write_offs_get_their_accounts_are_exported_and_taken_back_by_keyboard() {
    let home = tempfile::tempdir().unwrap();
    let bank = home.path().join("bank.csv");
    fs::write(&bank, "date,description,amount,currency,id\n2026-01-30,Account fee January,-12.00,EUR,FIT-7\n").unwrap();
    let books = home.path().join("books.csv");
    fs::write(&books, "number,date,customer,amount,currency\nRE-7,2026-01-02,=Groth(1),1.50,EUR\n").unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("joinery.tieout"), steps::Key::AskedFor).await;
    import(&window, &bank, "journal-statement", "1").await;
    import(&window, &books, "journal-ledger", "1").await;
    write_off(&window, "unmatchedLines", "6855", 1).await;
    write_off(&window, "unmatchedEntries", "6930", 2).await;

    window.press("gj").await;
    window.until("journal-table", "both entries", |text| text.contains("6855") && text.contains("6930")).await;
    window.until("journal-missing", "the bank and receivables", |text| text.contains("Receivables")).await;
    pictures(&window, "entries").await;

    // Nothing is exported with an account that is missing.
    window.press("e").await;
    window.find("journal-export-missing").await;
    assert!(!window.find("journal-export-confirm").await.is_enabled().await.unwrap());
    window.screenshot("journal-export-missing").await;
    tab_to(&window, "journal-layout-edit").await;
    tap(&window, Key::Enter).await;
    window.find("screen-layouts").await;
    window.find("journal-preview").await;
    window.screenshot("journal-layout").await;
    window.press("gj").await;
    window.find("journal-table").await;
    tab_to(&window, "journal-missing-account").await;
    window.press("1800").await;
    tap(&window, Key::Enter).await;
    window.until("journal-table", "the bank's account", |text| text.contains("1800")).await;

    // One account for one entry only.
    tab_to(&window, "journal-side").await;
    tap(&window, Key::Enter).await;
    window.find("journal-account-dialog").await;
    window.screenshot("journal-side").await;
    tap(&window, Key::Escape).await;
    until_gone(&window, "journal-account-dialog").await;
    tab_to(&window, "journal-missing-receivables").await;
    window.press("1200").await;
    tap(&window, Key::Enter).await;
    window.until("journal-table", "the receivables", |text| text.contains("1200")).await;

    let file = home.path().join("journal.csv");
    export(&window, &file).await;
    let text = fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[1].starts_with("1-1,2026-01-02,6930,1200,1.50,EUR,1.50,EUR,"), "{text}");
    assert!(lines[1].contains(",'=Groth(1),RE-7,,,"), "{text}");
    assert!(lines[2].starts_with("1-2,2026-01-30,6855,1800,12.00,EUR,12.00,EUR,"), "{text}");
    assert!(lines[2].contains(",FIT-7,") && lines[2].ends_with(",Ada Byron"), "{text}");

    window.press("2").await;
    window.until("journal-batch", "the batch", |text| text.contains("journal.csv")).await;
    pictures(&window, "batches").await;
    tab_to(&window, "journal-take-back").await;
    tap(&window, Key::Enter).await;
    window.find("journal-take-back-reason").await;
    window.press("wrong client").await;
    window.screenshot("journal-take-back").await;
    tap(&window, Key::Enter).await;
    window.until_is("journal-batch", "data-taken-back", "true").await;
    until_gone(&window, "journal-take-back-dialog").await;
    window.press("1").await;
    window.until("journal-table", "both entries again", |text| text.contains("1800") && text.contains("1200")).await;
    window.press("3").await;
    window.find("journal-accounts-save").await;
    pictures(&window, "accounts").await;
    window.press("ga").await;
    window.until("screen-audit", "the audit", |text| text.contains("Journal batch taken back")).await;
    window.close().await;
}
