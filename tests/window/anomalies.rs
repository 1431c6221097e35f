//! Anomalies: listed, explained, set aside with a reason and taken back; detectors switched.

use tieout_tests::payments;

use crate::{
    driver::Window,
    steps::{Key, create_workbook, import},
};

#[tokio::test]
async fn anomalies_are_listed_set_aside_and_looked_for_otherwise() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("joinery.tieout"), Key::AskedFor).await;
    let current = home.path().join("Current account.csv");
    std::fs::write(&current, payments::suspicious()).unwrap();
    import(&window, &current, "statement", "244").await;
    let orders = home.path().join("Orders.csv");
    std::fs::write(&orders, payments::invented()).unwrap();
    import(&window, &orders, "statement", "2,600").await;

    window.click("nav-anomalies").await;
    window.until("anomalies-tab-all", "three anomalies", |text| text.ends_with('3')).await;
    window.screenshot("anomalies").await;

    window.click("anomalies-tab-benford").await;
    window.click("anomaly-open").await;
    window.until("anomaly-details", "the digit that is too many", |text| text.contains("Too often: 4.")).await;
    window.screenshot("anomalies-benford").await;

    window.click("anomalies-tab-split_payment").await;
    window.press("s").await;
    window.fill("set-aside-reason", "two machines, both orders seen").await;
    window.screenshot("anomalies-set-aside").await;
    window.click("set-aside-confirm").await;
    window.until("anomalies-tab-aside", "one set aside", |text| text.ends_with('1')).await;
    window.click("nav-audit").await;
    window.until("audit-row", "the newest event", |text| text.contains("Anomaly set aside")).await;
    window.click("nav-anomalies").await;
    window.click("anomalies-tab-aside").await;
    window.click("anomaly-open").await;
    window.until("anomaly-details", "the reason", |text| text.contains("two machines, both orders seen")).await;
    window.screenshot("anomalies-aside").await;
    window.click("anomaly-restore").await;
    window.until("anomalies-tab-all", "three again", |text| text.ends_with('3')).await;

    window.click("anomalies-detectors").await;
    window.find("screen-detectors").await;
    window.click("detector-split_payment-on").await;
    window.screenshot("anomalies-detectors").await;
    window.click("detectors-save").await;
    window.until_is("detectors-save", "disabled", "true").await;
    window.click("nav-anomalies").await;
    window.until("anomalies-tab-all", "without split payments", |text| text.ends_with('2')).await;
    window.close().await;
}
