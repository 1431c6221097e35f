//! Journeys from the start of the program to the checked report.

use tieout_tests::{PdfsigReport, pdf_text, sample};

use crate::{
    driver::Window,
    steps::{Key, PASSPHRASE, count, create_workbook, export, first_row, import, match_all, until_count},
};

#[tokio::test]
async fn from_a_new_workbook_to_a_signed_report_and_back_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let book = home.path().join("books/joinery.tieout");
    let window = Window::start(home.path()).await;
    window.find("start-create").await;
    window.screenshot("start").await;
    create_workbook(&window, &book, Key::AskedFor).await;
    window.screenshot("overview-empty").await;

    import(&window, &sample("bank/statement-2025.csv"), "statement", "227").await;
    import(&window, &sample("bank/ledger-2025.xlsx"), "ledger", "236").await;
    match_all(&window).await;
    window.screenshot("review").await;

    let (suggested, approved) = (count(&window, "suggested").await, count(&window, "approved").await);
    assert!(suggested > 3 && approved > 150, "{suggested} suggested, {approved} approved");

    // Override one: the first row has an equally good rival, one key away.
    first_row(&window, "suggested").await;
    window.screenshot("review-suggested").await;
    window.press("n").await;
    window.find("picked").await;
    window.screenshot("review-picked").await;
    window.click("approve").await;
    until_count(&window, "approved", approved + 1).await;
    window.press("z").await;
    until_count(&window, "approved", approved).await;

    // Approve one with the mouse, one with the key.
    first_row(&window, "suggested").await;
    window.click("approve").await;
    until_count(&window, "approved", approved + 1).await;
    window.press("a").await;
    until_count(&window, "approved", approved + 2).await;

    // Undo the second, reject a third.
    window.press("z").await;
    until_count(&window, "approved", approved + 1).await;
    let rejected = count(&window, "rejected").await;
    first_row(&window, "suggested").await;
    window.click("reject").await;
    window.fill("reject-reason", "belongs to another customer").await;
    window.click("reject-confirm").await;
    until_count(&window, "rejected", rejected + 1).await;

    let pdf = export(&window, &home.path().join("report.pdf")).await;
    window.screenshot("report").await;
    let checked = PdfsigReport::of(&pdf);
    assert!(checked.is_valid_and_whole(), "{}", checked.0);
    let words = pdf_text(&pdf);
    assert!(words.contains("Lindqvist & Amara") && words.contains("Ada Byron"), "{words}");
    window.click("nav-audit").await;
    window.click("verify").await;
    window.find("verify-result").await;
    window.screenshot("audit").await;
    // The report is told of, and a search finds why a match was rejected.
    window.until("audit-row", "the newest event", |text| text.contains("Report exported")).await;
    window.fill("audit-search", "another customer").await;
    window.until("audit-row", "the rejection", |text| text.contains("Match rejected")).await;
    window.screenshot("audit-search").await;
    let counts = (approved + 1, rejected + 1);
    window.close().await;

    // Restart: a wrong passphrase is refused, the right one brings everything back.
    let window = Window::start(home.path()).await;
    open_again(&window).await;
    window.click("nav-review").await;
    until_count(&window, "approved", counts.0).await;
    until_count(&window, "rejected", counts.1).await;
    window.close().await;
}

/// Opens the recent workbook: first with a wrong passphrase.
async fn open_again(window: &Window) {
    window.click("recent-workbook").await;
    window.fill("unlock-passphrase", "not the passphrase").await;
    window.click("unlock-submit").await;
    window.until("error-message", "a refusal", |text| text.to_lowercase().contains("passphrase")).await;
    window.screenshot("wrong-passphrase").await;
    window.fill("unlock-passphrase", PASSPHRASE).await;
    window.click("unlock-submit").await;
    window.find("screen-overview").await;
}

#[tokio::test]
async fn records_are_matched_by_hand_and_the_same_file_adds_nothing_twice() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("small.tieout"), Key::Remembered).await;
    let bank = home.path().join("bank.csv");
    std::fs::write(
        &bank,
        "date,description,amount,currency\n2025-03-03,Cash deposit,150.00,EUR\n2025-03-04,x,oops,EUR\n",
    )
    .unwrap();
    let books = home.path().join("books.csv");
    std::fs::write(&books, "number,date,customer,amount,currency\nRE-7,2024-02-01,Groth,150.00,EUR\n").unwrap();

    // A row that cannot be read is shown with what was expected, and left out only on the user's word.
    window.click("nav-import").await;
    window.give_file("file-input", &bank).await;
    window.until("import-problems", "the bad value", |text| text.contains("oops")).await;
    window.screenshot("import-problem").await;
    window.click("leave-out-rejected").await;
    window.click("import-commit").await;
    window.find("import-result").await;
    import(&window, &books, "books", "1").await;

    window.click("nav-import").await;
    window.give_file("file-input", &books).await;
    window.find("import-before").await;
    window.screenshot("import-before").await;
    window.click("import-discard").await;

    window.click("nav-review").await;
    first_row(&window, "unmatchedLines").await;
    window.press("h").await;
    window.find("hand-dialog").await;
    window.click_in("picker-ledger", "open-record").await;
    window.screenshot("match-by-hand").await;
    window.click("hand-submit").await;
    until_count(&window, "approved", 1).await;
    window.press("z").await;
    until_count(&window, "approved", 0).await;
    window.close().await;

    // The keychain has the key: nobody is asked again on this machine.
    let window = Window::start(home.path()).await;
    window.click("recent-workbook").await;
    window.find("screen-overview").await;
    window.close().await;
}

#[tokio::test]
async fn a_dropped_file_is_corrected_proved_imported_and_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("taken-back.tieout"), Key::AskedFor).await;
    let bank = home.path().join("bank.csv");
    std::fs::write(
        &bank,
        "date,description,amount,balance,currency\n2025-03-03,Cash deposit,150.00,1150.00,EUR\n\
         2025-03-04,Rent,-400.00,750.00,EUR\n2025-03-05,Groth RE-7,80.00,830.00,EUR\n",
    )
    .unwrap();

    // The running balance proves every row; without that column nothing does; corrected, it does again.
    window.click("nav-import").await;
    window.drop_file("drop-zone", &bank).await;
    window.until_is("fact-proof", "data-proof", "holds").await;
    window.choose("column-role-3", "ignore").await;
    window.until_is("fact-proof", "data-proof", "none").await;
    window.choose("column-role-3", "balance").await;
    window.until_is("fact-proof", "data-proof", "holds").await;
    window.until("fact-proof", "3 of 3", |text| text.matches('3').count() == 2).await;
    window.screenshot("import-proof").await;

    // Every row's fate is seen before anything is stored.
    window.click("plan-add").await;
    window.until("plan-add", "3 rows", |text| text.contains('3')).await;
    window.click("import-commit").await;
    window.until("import-result", "3 rows", |text| text.contains('3')).await;

    window.click("batch-report-open").await;
    window.find("quality-score").await;
    window.screenshot("import-report").await;
    window.click("dialog-close").await;
    window.click("batch-undo").await;
    window.find("undo-dialog").await;
    window.screenshot("import-undo").await;
    window.click("undo-confirm").await;
    window.until_is("batch-row", "data-state", "failed").await;

    // The same file can be taken in anew.
    window.drop_file("drop-zone", &bank).await;
    window.until("fact-rows", "3 new rows", |text| text.matches('3').count() == 2).await;
    window.click("import-discard").await;
    window.find("drop-zone").await;
    window.close().await;
}
