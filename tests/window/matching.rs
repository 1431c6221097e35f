//! Matching settings: a rule is tried on decisions, switched on and kept.

use tieout_tests::sample;

use crate::{
    driver::Window,
    steps::{Key, create_workbook, import, match_all},
};

#[tokio::test]
async fn a_rule_is_tried_on_past_decisions_switched_on_and_kept() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("joinery.tieout"), Key::AskedFor).await;
    import(&window, &sample("bank/statement-2025.csv"), "statement", "227").await;
    import(&window, &sample("bank/ledger-2025.csv"), "ledger", "236").await;
    match_all(&window).await;

    window.go("matching").await;
    window.click("rules-add").await;
    window.fill("rule-name", "Broken").await;
    window.fill("condition-test", "fits the pattern").await;
    window.fill("condition-value", "fee(").await;
    window.click("rule-keep").await;
    window.until("error-message", "what is wrong with the pattern", |text| text.contains("unclosed group")).await;
    window.fill("rule-name", "Nothing ever").await;
    window.fill("condition-value", "[a-z]").await;
    window.screenshot("rule-dialog").await;
    window.click("rule-keep").await;
    window.until("tried-contradicts", "what it would have done", |text| text.starts_with("Contradicts")).await;
    window.screenshot("rule-tried").await;
    window.click("rule-enabled").await;
    window.click("matching-save").await;

    window.click("nav-audit").await;
    window.until("audit-row", "the newest event", |text| text.contains("matching.configuration")).await;
    window.go("matching").await;
    window.until("rule", "the rule that was kept", |text| text.contains("Nothing ever")).await;
    assert!(window.find("rule-enabled").await.is_selected().await.unwrap(), "it is on");
    window.close().await;
}
