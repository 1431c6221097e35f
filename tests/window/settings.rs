//! Settings by keyboard: a field is found by its name, changed, left and found again as it was, and saved; what is chosen of
//! formats holds on every screen at once.

use thirtyfour::Key;

use crate::{
    driver::Window,
    steps::{Key as Kept, create_workbook},
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
