//! Settings by keyboard: a field is found by its name, changed, left and found again as it was, and saved; what is chosen of
//! formats holds on every screen at once. What is not saved is never lost without a question.

use std::path::Path;

use thirtyfour::Key;

use crate::{
    driver::Window,
    steps::{Key as Kept, PASSPHRASE, create_workbook},
};

async fn has_focus(window: &Window, id: &str) {
    let script = format!("return document.activeElement?.dataset.testid === '{id}';");
    window.until_true(&script, &format!("'{id}' has not the focus")).await;
}

async fn value_of(window: &Window, id: &str) -> String {
    window.find(id).await.prop("value").await.expect("a field").unwrap_or_default()
}

#[tokio::test]
async fn a_setting_is_found_changed_left_and_saved_by_keyboard() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("joinery.tieout"), Kept::AskedFor).await;

    window.keys("gs").await;
    window.find("screen-appearance").await;
    window.chord("f").await;
    window.keys("high value").await;
    window.find("found-field").await;
    window.screenshot("settings-search").await;
    window.keys(Key::Enter.value().to_string()).await;
    window.find("screen-matching").await;
    has_focus(&window, "matching-highValue").await;
    assert_eq!(value_of(&window, "matching-highValue").await, "10000");
    window.chord("a").await;
    window.keys("750").await;
    window.until("section-matching", "that it is not saved", |text| text.contains("Not saved")).await;
    window.screenshot("settings-field").await;

    // A look elsewhere loses nothing.
    window.script("document.activeElement.blur();", vec![]).await;
    window.keys("gy").await;
    window.find("screen-policy").await;
    window.script("location.hash = '#/matching';", vec![]).await;
    window.find("screen-matching").await;
    assert_eq!(value_of(&window, "matching-highValue").await, "750");
    window.chord("s").await;
    window.until_is("matching-save", "disabled", "true").await;
    window.until("section-matching", "that it is saved", |text| !text.contains("Not saved")).await;

    // The limits hold at once; numbers are written as chosen from then on.
    window.keys("gs").await;
    window.choose("setting-numbers", "de").await;
    window.script("document.activeElement.blur();", vec![]).await;
    window.keys("gm").await;
    window.find("matching-variancePercent").await;
    assert_eq!(value_of(&window, "matching-variancePercent").await, "1,00");
    window.keys("ga").await;
    window.until("screen-audit", "what was changed", |text| text.contains("figures.high_value")).await;
    window.close().await;
}

/// Writes something else into the field that has the focus.
async fn write(window: &Window, id: &str, text: &str) {
    has_focus(window, id).await;
    window.chord("a").await;
    window.keys(text).await;
    assert_eq!(value_of(window, id).await, text);
}

/// Presses keys of the screen, whatever field has the focus.
async fn press(window: &Window, keys: &str) {
    window.script("document.activeElement.blur();", vec![]).await;
    window.keys(keys).await;
}

/// Goes to the first field that is found by these words.
async fn search(window: &Window, words: &str) {
    window.chord("f").await;
    has_focus(window, "settings-search").await;
    window.keys(words).await;
    window.find("found-field").await;
    window.keys(Key::Enter.value().to_string()).await;
}

/// Somebody else shall sign in.
async fn give_way(window: &Window) {
    window.press((Key::Control + Key::Shift + "l").to_string()).await;
}

async fn create(home: &Path) -> Window {
    let window = Window::start(home).await;
    create_workbook(&window, &home.join("joinery.tieout"), Kept::AskedFor).await;
    window
}

#[tokio::test]
async fn journal_layouts_and_detectors_have_their_sections() {
    let home = tempfile::tempdir().unwrap();
    let window = create(home.path()).await;

    // The journal leads to its layouts. A ready-made one is saved under another name.
    window.keys("gj").await;
    window.find("journal-layouts").await;
    window.keys("l").await;
    window.find("screen-layouts").await;
    search(&window, "letter for debit").await;
    write(&window, "journal-layout-debit", "S").await;
    assert_eq!(value_of(&window, "journal-layout-name").await, "generic 2");
    window.until("section-layouts", "that it is not saved", |text| text.contains("Not saved")).await;
    window.screenshot("settings-layouts").await;

    // So do the anomalies to what is looked for; what is changed on the way is kept.
    press(&window, "gn").await;
    window.find("anomalies-detectors").await;
    window.keys("d").await;
    window.find("screen-detectors").await;
    search(&window, "z-score").await;
    write(&window, "detector-unusual_amount-score", "high").await;
    window.until("error-message", "that it is no number", |text| text.contains("is no number")).await;
    write(&window, "detector-unusual_amount-score", "0").await;
    window.chord("s").await;
    window.until("error-message", "what is expected", |text| text.contains("a number above 0")).await;
    write(&window, "detector-unusual_amount-score", "4.5").await;
    window.screenshot("settings-detectors").await;
    press(&window, "gx").await;
    window.find("screen-layouts").await;
    assert_eq!(value_of(&window, "journal-layout-debit").await, "S");
    window.chord("s").await;
    window.until_is("journal-layout-save", "disabled", "true").await;
    assert_eq!(value_of(&window, "journal-layout-choice").await, "generic 2");
    press(&window, "gk").await;
    window.find("detectors-listed").await;
    assert_eq!(value_of(&window, "detector-unusual_amount-score").await, "4.5");
    window.chord("s").await;
    window.until_is("detectors-save", "disabled", "true").await;
    press(&window, "ga").await;
    window.until("screen-audit", "the layout", |text| text.contains("Layout of journal files changed")).await;
    window.close().await;
}

#[tokio::test]
async fn what_is_not_saved_is_asked_about_before_it_is_lost_and_kept_behind_the_lock() {
    let home = tempfile::tempdir().unwrap();
    let window = create(home.path()).await;
    window.keys("gk").await;
    window.find("detectors-listed").await;
    search(&window, "most that are listed").await;
    write(&window, "detectors-listed", "7").await;

    // Stay has the focus, and nothing is lost by it.
    give_way(&window).await;
    has_focus(&window, "leave-stay").await;
    window.screenshot("settings-leave").await;
    window.keys(Key::Enter.value().to_string()).await;
    window.until_true("return document.querySelector('.overlay') === null;", "the question stays").await;
    assert_eq!(value_of(&window, "detectors-listed").await, "7");

    // The lock asks nothing: whoever unlocks finds it as it was.
    window.chord("l").await;
    has_focus(&window, "lock-secret").await;
    window.keys(PASSPHRASE).await;
    window.keys(Key::Enter.value().to_string()).await;
    window.until_true("return document.querySelector('dialog.lock') === null;", "it stays locked").await;
    assert_eq!(value_of(&window, "detectors-listed").await, "7");

    // Discarded, it is gone for who signs in next.
    give_way(&window).await;
    has_focus(&window, "leave-stay").await;
    window.keys(Key::Tab.value().to_string()).await;
    has_focus(&window, "leave-discard").await;
    window.keys(Key::Enter.value().to_string()).await;
    window.find("sign-in-submit").await;
    window.keys(Key::Enter.value().to_string()).await;
    window.find("screen-overview").await;
    press(&window, "gk").await;
    window.find("detectors-listed").await;
    assert_eq!(value_of(&window, "detectors-listed").await, "25");
    window.close().await;
}
