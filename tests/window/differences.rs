//! The differences of a year of jobs, and its changed rates.

use tieout_tests::sample;

use crate::{
    driver::Window,
    steps::{Key, create_workbook, first_row, import},
};

#[tokio::test]
async fn differences_of_a_year_of_jobs_and_its_changed_rates() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("books/cleaning.tieout"), Key::AskedFor).await;
    import(&window, &sample("jobs/client-2025.csv"), "statement", "544").await;
    import(&window, &sample("jobs/ledger-2025.csv"), "ledger", "543").await;
    window.click("nav-matching").await;
    window.choose("matching-profile", "jobs").await;
    window.click("matching-save").await;
    window.until_is("matching-save", "disabled", "true").await;
    window.click("nav-overview").await;
    window.click("run-match").await;
    window.find("run-summary").await;

    window.press("g").await;
    window.press("d").await;
    let cards = window.text("rate-changes").await;
    for part in ["Office cleaning · York Station", "24.50 → 26.00", "+445.89", "Hull Albert Dock", "38.50 → 40.25"]
    {
        assert!(cards.contains(part), "{part} in {cards}");
    }
    window.screenshot("differences").await;
    window.choose("differences-cause", "partial_payment").await;
    window.until_is("difference-row", "data-cause", "partial_payment").await;
    window.click("differences-by-percent").await;
    window.screenshot("differences-filtered").await;

    // The bench lays the two jobs beside each other.
    window.click("nav-review").await;
    first_row(&window, "suggested").await;
    let fields = window.text("comparison").await;
    for part in ["Job number", "Site", "Service", "Month", "Quantity", "Rate"] {
        assert!(fields.contains(part), "{part} in {fields}");
    }
    window.screenshot("review-jobs").await;
    window.close().await;
}
