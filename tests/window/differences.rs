//! The differences of a year of jobs, and its changed rates.

use std::path::Path;

use tieout_tests::sample;

use crate::{
    driver::Window,
    steps::{Key, create_workbook, first_row, import},
};

/// By its columns a client's export might be a ledger as well: the person says what it is.
async fn import_export_of_client(window: &Window, file: &Path, rows: &str) {
    window.click("nav-import").await;
    window.give_file("file-input", file).await;
    window.until("fact-rows", &format!("{rows} rows"), |text| text.contains(rows)).await;
    window.click("side-statement").await;
    // Only a statement is of an account.
    window.find("import-account").await;
    window.click("import-commit").await;
    window.until("import-result", "done", |text| text.contains(rows)).await;
}

#[tokio::test]
async fn differences_of_a_year_of_jobs_and_its_changed_rates() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("books/cleaning.tieout"), Key::AskedFor).await;
    import_export_of_client(&window, &sample("jobs/client-2025.csv"), "544").await;
    import(&window, &sample("jobs/ledger-2025.csv"), "ledger", "543").await;
    window.go("matching").await;
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
