//! Journal entries, the accounts they go to, and the files of them.

use std::path::Path;

use tauri::State;
use tieout_application::{PostingRole, Session, journal::ExportJournal};
use tieout_wire::{
    ChooseJournalAccountRequest, CommandError, ExportJournalRequest, ExportedJournalView, JournalBatchesView,
    JournalLayoutForm, JournalLayoutView, JournalPreviewView, JournalRequest, JournalView, NamedAccount,
    PostingAccountView, parse_day, parse_id,
};

use super::dialogs::PlaceToSave;

#[tauri::command(async)]
pub(crate) fn journal(session: State<'_, Session>, request: JournalRequest) -> Result<JournalView, CommandError> {
    Ok(session.journal(&request.try_into()?)?.into())
}

#[tauri::command(async)]
pub(crate) fn posting_accounts(session: State<'_, Session>) -> Result<Vec<PostingAccountView>, CommandError> {
    Ok(session.posting_accounts()?.into_iter().map(Into::into).collect())
}

#[tauri::command(async)]
pub(crate) fn save_posting_accounts(
    session: State<'_, Session>,
    accounts: Vec<NamedAccount>,
) -> Result<(), CommandError> {
    let named: Vec<(PostingRole, String)> = accounts.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?;
    Ok(session.save_posting_accounts(&named)?)
}

#[tauri::command(async)]
pub(crate) fn choose_journal_account(
    session: State<'_, Session>,
    request: ChooseJournalAccountRequest,
) -> Result<(), CommandError> {
    let id = parse_id(&request.match_id)?;
    Ok(session.choose_journal_account(id, request.adjustment, request.own, &request.account)?)
}

#[tauri::command(async)]
pub(crate) fn journal_layouts(session: State<'_, Session>) -> Result<Vec<JournalLayoutView>, CommandError> {
    Ok(session.journal_layouts()?.into_iter().map(Into::into).collect())
}

#[tauri::command(async)]
pub(crate) fn save_journal_layout(
    session: State<'_, Session>,
    layout: JournalLayoutForm,
    was: Option<String>,
) -> Result<(), CommandError> {
    Ok(session.save_journal_layout(&layout.into(), was.as_deref())?)
}

#[tauri::command(async)]
pub(crate) fn remove_journal_layout(session: State<'_, Session>, name: String) -> Result<(), CommandError> {
    Ok(session.remove_journal_layout(&name)?)
}

#[tauri::command(async)]
pub(crate) fn read_journal_layout(
    session: State<'_, Session>,
    path: String,
) -> Result<JournalLayoutForm, CommandError> {
    Ok(session.read_journal_layout(Path::new(&path))?.into())
}

#[tauri::command(async)]
pub(crate) fn preview_journal(
    session: State<'_, Session>,
    layout: JournalLayoutForm,
    through: Option<String>,
    path: String,
) -> Result<JournalPreviewView, CommandError> {
    let through = through.as_deref().map(parse_day).transpose()?;
    Ok(session.preview_journal(&layout.into(), through, Path::new(&path))?.into())
}

#[tauri::command(async)]
pub(crate) fn export_journal(
    session: State<'_, Session>,
    place: State<'_, PlaceToSave>,
    request: ExportJournalRequest,
) -> Result<ExportedJournalView, CommandError> {
    let path = request.path.clone();
    let order: ExportJournal = request.try_into()?;
    place.writing(&path, |existing| Ok(session.export_journal(&ExportJournal { existing, ..order })?.into()))
}

#[tauri::command(async)]
pub(crate) fn journal_batches(
    session: State<'_, Session>,
    offset: u32,
    limit: u32,
) -> Result<JournalBatchesView, CommandError> {
    Ok(session.journal_batches(offset.into(), limit)?.into())
}

#[tauri::command(async)]
pub(crate) fn write_journal_again(
    session: State<'_, Session>,
    place: State<'_, PlaceToSave>,
    number: u32,
    path: String,
) -> Result<ExportedJournalView, CommandError> {
    place.writing(&path, |existing| Ok(session.write_journal_again(number, Path::new(&path), existing)?.into()))
}

#[tauri::command(async)]
pub(crate) fn take_journal_back(session: State<'_, Session>, number: u32, reason: String) -> Result<(), CommandError> {
    Ok(session.take_journal_back(number, &reason)?)
}
