//! People in the real window, by keyboard: a reviewer is added and signs in, is refused what a reviewer may not, and the
//! window locks itself and is unlocked with what was typed still there.

use std::time::Duration;

use thirtyfour::{prelude::*, support::sleep};

use crate::{
    driver::Window,
    steps::{Key as Kept, create_workbook},
};

const SECRET: &str = "471199";
/// The shortest time after which a workbook lets its window lock itself, but for what a test waits anyway.
const ALMOST_IDLE: Duration = Duration::from_secs(50);

async fn evaluate(window: &Window, script: &str) -> String {
    let answer = window.driver.execute(script, vec![]).await.expect("a script runs");
    answer.json().as_str().unwrap_or_default().to_owned()
}

/// Presses a key, or several together.
async fn tap(window: &Window, keys: impl Into<TypingData>) {
    window.press(keys.into().to_string()).await;
}

async fn paint(window: &Window, theme: &str) {
    evaluate(window, &format!("document.documentElement.dataset.theme = '{theme}'")).await;
}

/// Adds Bea with a first secret.
async fn add_reviewer(window: &Window) {
    window.press("gw").await;
    window.until("person-row", "who made the workbook", |text| text.contains("Ada Byron")).await;
    // As long as she works alone: where several do, only who has a secret of their own configures.
    window.choose("idle-minutes", "1").await;
    window.press("n").await;
    window.find("person-add-dialog").await;
    window.press("Bea Otto").await;
    window.choose("person-role", "reviewer").await;
    window.fill("secret-new", "first one").await;
    window.fill("secret-again", "first one").await;
    window.screenshot("people-add").await;
    tap(window, Key::Enter).await;
    window.until("screen-people", "the new person", |text| text.contains("Bea Otto")).await;
    window.screenshot("people").await;
    paint(window, "dark").await;
    window.screenshot("people-dark").await;
    paint(window, "light").await;
    window.press("ga").await;
    window
        .until("audit-row", "the newest event", |text| text.contains("user.added") || text.contains("User added"))
        .await;
}

/// Switches to Bea, who replaces the secret that she was given by her own.
async fn sign_in_as_reviewer(window: &Window) {
    tap(window, Key::Control + Key::Shift + "l").await;
    window.find("sign-in").await;
    window.until("sign-in", "both names", |text| text.contains("Ada Byron") && text.contains("Bea Otto")).await;
    tap(window, Key::Down).await;
    window.find("sign-in-secret").await;
    tap(window, Key::Tab).await;
    window.press("not hers").await;
    tap(window, Key::Enter).await;
    window.until("error-message", "a refusal", |text| text.contains("not right")).await;
    window.screenshot("sign-in-wrong").await;
    window.press("first one").await;
    tap(window, Key::Enter).await;
    window.find("sign-in-new").await;
    window.press(SECRET).await;
    window.screenshot("sign-in-choose").await;
    window.fill("sign-in-again", SECRET).await;
    tap(window, Key::Enter).await;
    window.find("screen-overview").await;
    // WebKit takes a name in a box that cuts long ones off for one that is not shown.
    window.until("settings", "Bea and her role", |text| text.contains("Bea Otto, Reviewer")).await;
}

#[tokio::test]
async fn a_reviewer_signs_in_is_refused_and_finds_everything_after_the_lock() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("joinery.tieout"), Kept::AskedFor).await;
    add_reviewer(&window).await;
    sign_in_as_reviewer(&window).await;

    window.press("gw").await;
    window.find("people-read-only").await;
    assert!(!window.find("person-add").await.is_enabled().await.unwrap());
    window.press("gm").await;
    window.find("screen-matching").await;
    window.screenshot("reviewer-matching").await;

    window.press("gw").await;
    window.find("people-read-only").await;
    window.press("s").await;
    window.find("own-secret").await;
    window.press("half typed").await;
    sleep(ALMOST_IDLE).await;
    window.find("lock-screen").await;
    window.screenshot("locked").await;
    let behind = "const field = document.querySelector('[data-testid=secret-present]');
        return `${getComputedStyle(field).visibility} ${field.value}`";
    assert_eq!(evaluate(&window, behind).await, "hidden half typed");
    let shown = evaluate(&window, "return document.body.innerText").await;
    assert!(shown.contains("Locked") && !shown.contains("Ada Byron") && !shown.contains("Lindqvist"), "{shown}");
    tap(&window, Key::Escape).await;
    window.press("wrong").await;
    tap(&window, Key::Enter).await;
    window.until("lock-screen", "a refusal", |text| text.contains("not right")).await;
    window.press(SECRET).await;
    tap(&window, Key::Enter).await;
    window.find("own-secret").await;
    let field = window.find("secret-present").await;
    assert_eq!(field.prop("value").await.unwrap().as_deref(), Some("half typed"));
    tap(&window, Key::Escape).await;

    tap(&window, Key::Control + "l").await;
    window.find("lock-screen").await;
    paint(&window, "dark").await;
    window.screenshot("locked-dark").await;
    window.press(SECRET).await;
    tap(&window, Key::Enter).await;
    window.find("person-row").await;
    window.press("ga").await;
    window.until("audit-row", "the newest event", |text| text.contains("Unlocked")).await;
    window.close().await;
}
