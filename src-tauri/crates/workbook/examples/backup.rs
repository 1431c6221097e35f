//! Measures backups of a workbook while it is open: `cargo run --release -p tieout-workbook --example backup -- BOOK`.
//!
//! Works on a copy. Prints seconds of each step, and for how long whoever works would have waited, as one JSON object a line.

#![expect(clippy::print_stdout, reason = "it is run by hand, and tells what it finds")]

use std::{
    error::Error,
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use tieout_workbook::{
    Backup, BackupKind, MemoryKeyStore, Shelf, SystemClock, Unlock, Workbook, find_restore_point, restore,
};

const PASSPHRASE: &str = "correct horse battery";

fn main() -> Result<(), Box<dyn Error>> {
    let book = PathBuf::from(std::env::args().nth(1).ok_or("which workbook?")?);
    let beside = book.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let folder = tempfile::tempdir_in(beside)?;
    let path = folder.path().join("copy.tieout");
    fs::copy(&book, &path)?;
    fs::File::open(&path)?.sync_all()?;
    let store = Arc::new(MemoryKeyStore::default());
    let unlock = Unlock::Passphrase(PASSPHRASE);
    let mut workbook = Workbook::open(&path, unlock, Arc::new(SystemClock), store.clone(), false)?.workbook;
    let shelf = workbook.shelf(folder.path())?;
    back_up(&shelf, &mut workbook, BackupKind::Full)?;
    workbook.set_setting("measured", "once")?;
    let backup = back_up(&shelf, &mut workbook, BackupKind::Changes)?;
    workbook.close()?;
    let begun = Instant::now();
    let point = find_restore_point(&backup.path, None)?;
    let out = folder.path().join("restored.tieout");
    restore(&point, &out, unlock, store.as_ref(), &mut |_, _| ControlFlow::Continue(()))?;
    tell("restore", begun, fs::metadata(&out)?.len());
    Ok(())
}

fn back_up(shelf: &Shelf, workbook: &mut Workbook, kind: BackupKind) -> Result<Backup, Box<dyn Error>> {
    let what = if kind == BackupKind::Full { "full" } else { "changes" };
    let mut go_on = |_: u64, _: u64| ControlFlow::Continue(());
    let begun = Instant::now();
    let prepared = shelf.prepare(kind, &mut go_on)?;
    tell(&format!("{what}: looked at what is there"), begun, 0);
    let begun = Instant::now();
    let snapshot = workbook.snapshot()?;
    tell(&format!("{what}: the workbook is held to begin"), begun, 0);
    let begun = Instant::now();
    let copied = prepared.copy(&snapshot, &mut go_on)?.ok_or("nothing changed")?;
    tell(&format!("{what}: copied"), begun, 0);
    let begun = Instant::now();
    workbook.release(&snapshot)?;
    tell(&format!("{what}: the workbook is held to end"), begun, 0);
    let begun = Instant::now();
    let backup = copied.keep(&mut go_on)?;
    tell(&format!("{what}: opened and checked"), begun, backup.bytes);
    Ok(backup)
}

fn tell(what: &str, begun: Instant, bytes: u64) {
    println!("{{\"what\":\"{what}\",\"seconds\":{:.3},\"bytes\":{bytes}}}", begun.elapsed().as_secs_f64());
}
