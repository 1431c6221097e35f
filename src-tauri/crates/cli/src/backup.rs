//! `tieout workbook backup` and `tieout workbook restore`.

use std::path::PathBuf;

use clap::Args;
use tieout_application::{ApplicationError, Environment, Session, backup::RestoreBackup, moment_in};
use tieout_wire::{BackupDoneView, BackupView, CheckedBackupView, RestoredView};

use crate::{outcome::Outcome, passphrase, terminal, workbook::open};

pub(crate) const BACKUP_HELP: &str = "Examples:
  tieout workbook backup joinery.tieout --to /media/stick
  tieout workbook backup joinery.tieout --list
  tieout workbook backup joinery.tieout --verify

A backup is encrypted as the workbook is, with the passphrase of its time. It gets its name after it was opened and every
page checked. Exit code 1: a backup does not restore. One of an earlier passphrase is told and not checked.";

pub(crate) const RESTORE_HELP: &str = "Examples:
  tieout workbook restore /media/stick --out joinery.tieout
  tieout workbook restore /media/stick/joinery-5f0c1d2e --at 2026-11-28T09:00 --out friday.tieout

Nothing is written over. The passphrase is that of the time when the backup was made.";

#[derive(Debug, Args)]
pub(crate) struct BackupArguments {
    /// The workbook
    pub(crate) file: PathBuf,
    /// Folder for backups, which gets one for this workbook; the one that the settings name unless given
    #[arg(long, value_name = "FOLDER")]
    pub(crate) to: Option<PathBuf>,
    /// Make none: list those that are there, newest first
    #[arg(long)]
    pub(crate) list: bool,
    /// Make none: open those that are there and check every page of them
    #[arg(long, conflicts_with = "list")]
    pub(crate) verify: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreArguments {
    /// A backup's file, or a folder with the backups of one workbook
    pub(crate) backup: PathBuf,
    /// Where the workbook is to lie; nothing may lie there
    #[arg(long, value_name = "BOOK")]
    pub(crate) out: PathBuf,
    /// The newest backup of this time or before: 2026-11-28T09:00 here, 2026-11-28T08:00Z, or a day
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn back_up(arguments: &BackupArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let folder = arguments.to.as_deref();
    let bar = terminal::Bar::new(arguments.json);
    let mut outcome = Outcome::Done;
    if arguments.list {
        let report = session.look_at_backups(folder)?;
        let views: Vec<BackupView> = report.backups.into_iter().map(Into::into).collect();
        show_all(arguments.json, &views)?;
    } else if arguments.verify {
        let checked = session.check_backups(folder, &|progress| bar.show(progress))?;
        drop(bar);
        let views: Vec<CheckedBackupView> = checked.into_iter().map(Into::into).collect();
        if views.iter().any(|view| view.fault.is_some()) {
            outcome = Outcome::NotValid;
        }
        show_all(arguments.json, &views)?;
    } else {
        let done = session.back_up(folder, &|progress| bar.show(progress))?;
        drop(bar);
        let view = BackupDoneView::from(done);
        if arguments.json {
            terminal::print_json(&view)?;
        } else {
            terminal::print(&view.to_string());
        }
    }
    session.close_workbook()?;
    Ok(outcome)
}

fn show_all<V: serde::Serialize + std::fmt::Display>(json: bool, views: &[V]) -> Result<(), ApplicationError> {
    if json {
        return terminal::print_json(&views);
    }
    if views.is_empty() {
        terminal::say("there are no backups yet");
    }
    views.iter().for_each(|view| terminal::print(&view.to_string()));
    Ok(())
}

pub(crate) fn restore(arguments: &RestoreArguments) -> Result<Outcome, ApplicationError> {
    let environment = Environment::of_this_machine()?;
    let at_ms = arguments.at.as_deref().map(|text| moment_in(text, &environment)).transpose()?;
    let session = Session::new(environment);
    let bar = terminal::Bar::new(arguments.json);
    let request =
        |passphrase| RestoreBackup { from: arguments.backup.clone(), at_ms, out: arguments.out.clone(), passphrase };
    let told = |progress| bar.show(progress);
    let restored = match session.restore_backup(&request(passphrase::from_environment()), &told) {
        Err(error) if error.is_passphrase_needed() => {
            let passphrase = passphrase::ask(&arguments.backup.display().to_string())?;
            session.restore_backup(&request(Some(passphrase)), &told)?
        }
        other => other?,
    };
    drop(bar);
    let view = RestoredView::from(restored);
    if arguments.json {
        terminal::print_json(&view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}
