//! The policy: limits are tried, saved with a reason, applied, and an acceptance is taken back.

use tieout_tests::sample;

use crate::{
    driver::Window,
    steps::{Key, create_workbook, import, match_all},
};

#[tokio::test]
async fn a_policy_is_tried_saved_applied_and_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("joinery.tieout"), Key::AskedFor).await;
    import(&window, &sample("bank/statement-2025.csv"), "statement", "227").await;
    import(&window, &sample("bank/ledger-2025.csv"), "ledger", "236").await;
    match_all(&window).await;

    window.go("policy").await;
    window.find("policy-none").await;
    window.screenshot("policy-empty").await;
    window.fill("policy-default-owner", "Petra Klein").await;
    window.fill("policy-missing_in_ledger-amount", "50.00").await;
    window.fill("policy-missing_in_ledger-count", "3").await;
    window.fill("policy-fee-amount", "0").await;
    window.click("policy-try").await;
    window.until("error-message", "what is wrong", |text| text.contains("not above zero")).await;
    window.fill("policy-fee-amount", "5.00").await;
    window.fill("policy-fee-percent", "2.5").await;
    window.click("policy-try").await;
    window.until("policy-now", "what it would do", |text| text.contains("accepted")).await;
    window.screenshot("policy-tried").await;
    window.click("policy-save").await;
    window.fill("policy-reason", "Small charges need no person").await;
    window.screenshot("policy-save").await;
    window.click("policy-save-confirm").await;
    window.until("policy-version", "the version", |text| text.contains("Small charges need no person")).await;
    window.click("policy-apply").await;
    window.until("policy-apply-numbers", "what it would do", |text| text.contains("accepted")).await;
    window.screenshot("policy-apply").await;
    window.click("policy-apply-dialog-submit").await;
    window.until("policy-accepted-row", "what was accepted", |text| text.contains("Policy 1")).await;
    window.screenshot("policy-applied").await;
    window.click("policy-take-back").await;
    window.fill("policy-take-back-reason", "Ask the bank").await;
    window.click("policy-take-back-dialog-submit").await;
    window.click("policy-try").await;
    window.until("policy-contradictions", "what it contradicts", |text| text.contains("took it back")).await;
    window.screenshot("policy-contradiction").await;

    window.click("nav-audit").await;
    window.until("audit-row", "the newest event", |text| text.contains("acceptance taken back")).await;
    window.close().await;
}
