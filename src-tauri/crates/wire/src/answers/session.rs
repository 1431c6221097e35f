//! Workbook, accounts, counts, progress.

use tieout_application as application;
use tieout_domain::BatchState;

use super::{all, at, count, iso};
use crate::{
    AccountView, AppState, BatchView, Counts, Progress, RecentWorkbook, RunSummary, WaitingFile, WorkbookView,
};

impl From<application::AppState> for AppState {
    fn from(state: application::AppState) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            workbook: state.workbook.map(Into::into),
            presence: state.presence.into(),
            recent: all(state.recent),
            default_folder: state.default_folder.display().to_string(),
            suggested_user: state.suggested_user,
            keychain: state.keychain,
        }
    }
}

impl From<application::RecentWorkbook> for RecentWorkbook {
    fn from(recent: application::RecentWorkbook) -> Self {
        Self { present: recent.path.is_file(), path: recent.path.display().to_string(), company: recent.company }
    }
}

impl From<application::WorkbookFacts> for WorkbookView {
    fn from(workbook: application::WorkbookFacts) -> Self {
        Self {
            path: workbook.path.display().to_string(),
            company: workbook.company,
            user: workbook.user,
            currency: workbook.currency.code().to_owned(),
            single_user: workbook.single_user,
            accounts: all(workbook.accounts),
            counts: workbook.counts.into(),
            waiting_files: all(workbook.waiting_files),
            custody_warning: workbook.warning.as_ref().map(ToString::to_string),
            custody_said: workbook.warning.map(Into::into),
            rolled_back: workbook.rolled_back,
        }
    }
}

impl From<application::WaitingFile> for WaitingFile {
    fn from(file: application::WaitingFile) -> Self {
        let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self { path: file.path.display().to_string(), name, side: file.side.into() }
    }
}

impl From<application::AccountFacts> for AccountView {
    fn from(account: application::AccountFacts) -> Self {
        Self {
            id: account.id.to_string(),
            name: account.name,
            currency: account.currency.code().to_owned(),
            first_date: iso(account.first_date),
            last_date: iso(account.last_date),
            lines: count(account.lines),
        }
    }
}

impl From<application::Counts> for Counts {
    fn from(counts: application::Counts) -> Self {
        Self {
            lines: count(counts.lines),
            entries: count(counts.entries),
            lines_open: count(counts.lines_open),
            entries_open: count(counts.entries_open),
            to_review: count(counts.to_review),
            approved: count(counts.approved),
            runs: count(counts.runs),
        }
    }
}

impl From<application::BatchFacts> for BatchView {
    fn from(batch: application::BatchFacts) -> Self {
        Self {
            id: batch.id.to_string(),
            file_name: batch.file_name,
            file_hash: batch.file_hash.to_string(),
            side: batch.side.into(),
            state: batch.state.as_str().to_owned(),
            at: at(batch.at),
            by: batch.by,
            added: count(batch.added),
            duplicates: count(batch.duplicates),
            rejected: count(batch.rejected),
            can_retry: batch.state == BatchState::Failed && !batch.path.is_empty() && batch.note != "undone",
            account: batch.account,
            note: batch.note,
            said: batch.said.into(),
            quality: batch.quality,
        }
    }
}

impl From<application::RunSummary> for RunSummary {
    fn from(run: application::RunSummary) -> Self {
        Self {
            id: run.id.to_string(),
            lines: count(run.lines),
            entries: count(run.entries),
            candidates: run.candidates,
            approved: count(run.approved),
            suggested: count(run.suggested),
            ambiguous: count(run.ambiguous),
            lines_unmatched: count(run.lines_unmatched),
            entries_unmatched: count(run.entries_unmatched),
            accepted: count(run.accepted),
            lines_without_rate: count(run.lines_without_rate),
            elapsed_ms: count(run.elapsed_ms),
        }
    }
}

impl From<application::Progress> for Progress {
    fn from(progress: application::Progress) -> Self {
        Self { stage: progress.stage.to_owned(), done: progress.done, total: progress.total }
    }
}
