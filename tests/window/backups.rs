//! Backups in the real window: made and checked while it is open, restored from the start screen.

use crate::{
    driver::Window,
    steps::{Key, PASSPHRASE, create_workbook},
};

#[tokio::test]
async fn a_workbook_is_backed_up_restored_and_told_to_be_an_older_copy() {
    let home = tempfile::tempdir().unwrap();
    let stick = home.path().join("stick");
    let window = Window::start(home.path()).await;
    create_workbook(&window, &home.path().join("joinery.tieout"), Key::Remembered).await;

    window.go("backups").await;
    window.fill("backup-folder", &stick.to_string_lossy()).await;
    window.click("backup-save").await;
    window.until_is("backup-save", "disabled", "true").await;
    window.click("backup-make").await;
    window.until("backup-table", "the backup", |text| text.contains("Everything")).await;
    window.click("backup-check").await;
    window.until("backup-table", "that it is whole", |text| text.contains("Whole")).await;
    window.screenshot("backups").await;
    // Work that is not in it.
    window.fill("backup-keepDays", "5").await;
    window.click("backup-save").await;
    window.until_is("backup-save", "disabled", "true").await;
    window.click("lock").await;

    window.click("start-restore").await;
    window.fill("restore-from", &stick.to_string_lossy()).await;
    window.find("restore-point").await;
    window.until("restore-point", "the backups to choose from", |text| text.contains("newest")).await;
    window.fill("restore-out", &home.path().join("restored").to_string_lossy()).await;
    window.fill("restore-passphrase", PASSPHRASE).await;
    window.click("restore-submit").await;
    window.until("restored-lost", "what is not in it", |text| text.contains("later event")).await;
    window.screenshot("restored").await;
    window.click("restored-open").await;
    window.until("screen-overview", "that it is an older copy", |text| text.contains("older copy")).await;
    window.go("backups").await;
    window.find("backup-keepDays").await;
    window.until_is("backup-keepDays", "value", "7").await;
    window.close().await;
}
