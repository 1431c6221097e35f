//! The month's work from the start of the program to the signed report by keyboard alone: nothing here clicks.

use std::fs;

use thirtyfour::Key;
use tieout_tests::{PdfsigReport, sample};

use crate::{
    driver::Window,
    steps::{PASSPHRASE, count, until_count},
};

/// More stops than any screen has.
const STOPS_MAX: usize = 120;

impl Window {
    async fn key(&self, key: Key) {
        self.keys(key.value().to_string()).await;
    }

    async fn has_focus(&self, id: &str) -> bool {
        let script = "return document.activeElement?.closest('[data-testid]')?.dataset.testid ?? '';";
        self.script(script, vec![]).await == id
    }

    /// Presses Tab until the element has the focus.
    async fn tab_to(&self, id: &str) {
        self.find(id).await;
        for _ in 0..STOPS_MAX {
            if self.has_focus(id).await {
                return;
            }
            self.key(Key::Tab).await;
        }
        self.screenshot(&format!("unreached-{id}")).await;
        panic!("'{id}' is not reached by Tab");
    }

    /// Goes to a field by Tab and replaces what it holds.
    async fn type_into(&self, id: &str, text: &str) {
        self.tab_to(id).await;
        self.chord("a").await;
        self.keys(text).await;
    }
}

async fn create(window: &Window, file: &str) {
    window.tab_to("start-create").await;
    window.key(Key::Enter).await;
    for (field, text) in [
        ("create-company", "Lindqvist & Amara"),
        ("create-user", "Ada Byron"),
        ("create-currency", "EUR"),
        ("create-path", file),
        ("create-passphrase", PASSPHRASE),
        ("create-passphrase-again", PASSPHRASE),
    ] {
        // A list is chosen from by typing, and has nothing to replace.
        if field == "create-currency" {
            window.tab_to(field).await;
            window.keys(text).await;
        } else {
            window.type_into(field, text).await;
        }
    }
    window.tab_to("create-remember").await;
    if window.find("create-remember").await.is_selected().await.expect("a box to tick") {
        window.keys(" ").await;
    }
    window.tab_to("create-submit").await;
    window.key(Key::Enter).await;
    window.find("screen-overview").await;
}

/// Takes in the next file that waits beside the workbook.
async fn take_in_next(window: &Window) {
    window.keys("go").await;
    window.find("screen-overview").await;
    window.tab_to("waiting-import").await;
    window.key(Key::Enter).await;
    window.find("import-commit").await;
    window.until_at_rest().await;
    window.chord_enter().await;
    window.find("import-result").await;
}

impl Window {
    async fn chord_enter(&self) {
        self.chord(&Key::Enter.value().to_string()).await;
    }
}

async fn decide(window: &Window) -> u32 {
    window.keys("gr").await;
    window.find("bench").await;
    window.until_at_rest().await;
    // From the list to the tabs above it, as Shift+Tab would; arrows and Enter choose among them.
    window.tab_to("filter-suggested").await;
    window.key(Key::Enter).await;
    window.until_is("filter-suggested", "aria-selected", "true").await;
    window.tab_to("queue").await;
    window.until_at_rest().await;
    let approved = count(window, "approved").await;
    let rejected = count(window, "rejected").await;

    // Another answer, taken and taken back; the next, approved; one more, rejected with its reason.
    window.keys("n").await;
    window.find("picked").await;
    window.key(Key::Escape).await;
    window.keys("a").await;
    until_count(window, "approved", approved + 1).await;
    window.keys("z").await;
    until_count(window, "approved", approved).await;
    window.keys("j").await;
    window.until_at_rest().await;
    window.keys("a").await;
    until_count(window, "approved", approved + 1).await;
    window.keys("r").await;
    window.find("reject-dialog").await;
    window.type_into("reject-reason", "belongs to another customer").await;
    window.key(Key::Enter).await;
    until_count(window, "rejected", rejected + 1).await;

    // Two records matched by hand.
    window.tab_to("filter-unmatchedLines").await;
    window.key(Key::Enter).await;
    window.tab_to("queue").await;
    window.until_at_rest().await;
    window.keys("h").await;
    window.find("hand-dialog").await;
    window.escape().await;
    approved + 1
}

#[tokio::test]
async fn the_month_is_done_by_keyboard_alone() {
    let home = tempfile::tempdir().unwrap();
    let inbox = home.path().join("books/inbox");
    fs::create_dir_all(&inbox).unwrap();
    for name in ["statement-2025.csv", "ledger-2025.csv"] {
        fs::copy(sample(&format!("bank/{name}")), inbox.join(name)).unwrap();
    }
    let window = Window::start(home.path()).await;
    window.find("start-create").await;
    // A pointer that takes part would be a mouse in disguise.
    window.script("addEventListener('pointerdown', () => { window.pointed = true; }, true);", vec![]).await;
    create(&window, &home.path().join("books/joinery.tieout").to_string_lossy()).await;
    take_in_next(&window).await;
    take_in_next(&window).await;

    window.keys("go").await;
    window.find("run-match").await;
    window.keys("m").await;
    window.find("run-summary").await;
    let approved = decide(&window).await;

    window.keys("gp").await;
    window.find("proof").await;
    window.until_at_rest().await;
    let pdf = home.path().join("report.pdf");
    window.type_into("export-path", &pdf.to_string_lossy()).await;
    window.tab_to("export-report").await;
    window.key(Key::Enter).await;
    window.find("export-result").await;
    assert!(PdfsigReport::of(&pdf).is_valid_and_whole());

    // The log, checked by its key; a command by its name; and the lock.
    window.keys("ga").await;
    window.find("screen-audit").await;
    window.keys("v").await;
    window.find("verify-result").await;
    window.chord("k").await;
    window.find("palette").await;
    window.keys("review").await;
    window.key(Key::Down).await;
    window.key(Key::Enter).await;
    window.find("screen-review").await;
    until_count(&window, "approved", approved).await;
    assert_eq!(window.script("return window.pointed ?? false;", vec![]).await, false, "something was clicked");
    window.chord("l").await;
    window.find("lock-screen").await;
    window.keys(PASSPHRASE).await;
    window.key(Key::Enter).await;
    window
        .until_true("return document.querySelector('[data-testid=\"lock-screen\"]') === null;", "it stays locked")
        .await;
    window.find("screen-review").await;
    window.close().await;
}
