//! Native dialogs and the file manager, so that the window itself needs no rights to files.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};
use tauri_plugin_opener::OpenerExt;
use tieout_application::{Existing, said};
use tieout_wire::CommandError;

/// Begins where the user was: in the folder of what the field says, with its name proposed.
pub(super) fn starting_at<R: Runtime>(mut dialog: FileDialogBuilder<R>, current: &str) -> FileDialogBuilder<R> {
    let path = Path::new(current);
    if path.is_dir() {
        return dialog.set_directory(path);
    }
    if let Some(folder) = path.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    match path.file_name() {
        Some(name) => dialog.set_file_name(name.to_string_lossy()),
        None => dialog,
    }
}

#[tauri::command(async)]
pub(crate) fn pick_workbook_path(app: AppHandle, save: bool, current: String) -> Option<String> {
    let dialog = starting_at(app.dialog().file().add_filter("Tieout", &["tieout"]), &current);
    let picked = if save { dialog.blocking_save_file() } else { dialog.blocking_pick_file() };
    picked.map(|path| path.to_string())
}

#[tauri::command(async)]
pub(crate) fn pick_report_path(app: AppHandle, current: String) -> Option<String> {
    let dialog = starting_at(app.dialog().file().add_filter("PDF", &["pdf"]), &current);
    dialog.blocking_save_file().map(|path| path.to_string())
}

/// Files to take in, by their places: so that large ones are read piece by piece and failed ones can be tried again.
#[tauri::command(async)]
pub(crate) fn pick_import_paths(app: AppHandle) -> Vec<String> {
    let picked = app.dialog().file().blocking_pick_files().unwrap_or_default();
    picked.into_iter().map(|path| path.to_string()).collect()
}

#[tauri::command(async)]
pub(crate) fn pick_mapping_path(
    app: AppHandle,
    place: State<'_, PlaceToSave>,
    save: bool,
    current: String,
) -> Option<String> {
    place.pick(starting_at(app.dialog().file().add_filter("TOML", &["toml"]), &current), save)
}

#[tauri::command(async)]
pub(crate) fn pick_rates_path(app: AppHandle, current: String) -> Option<String> {
    let dialog = starting_at(app.dialog().file().add_filter("CSV", &["csv"]), &current);
    dialog.blocking_pick_file().map(|path| path.to_string())
}

/// A CSV file with category patterns, to be read or written.
#[tauri::command(async)]
pub(crate) fn pick_patterns_path(
    app: AppHandle,
    place: State<'_, PlaceToSave>,
    save: bool,
    current: String,
) -> Option<String> {
    place.pick(starting_at(app.dialog().file().add_filter("CSV", &["csv"]), &current), save)
}

/// A file that the audit log is to be written into.
#[tauri::command(async)]
pub(crate) fn pick_audit_path(app: AppHandle, place: State<'_, PlaceToSave>, current: String) -> Option<String> {
    place.pick(starting_at(app.dialog().file().add_filter("JSON", &["jsonl"]), &current), true)
}

/// A file of journal entries to be written, or a layout of such files (TOML) to be read.
#[tauri::command(async)]
pub(crate) fn pick_journal_path(
    app: AppHandle,
    place: State<'_, PlaceToSave>,
    save: bool,
    current: String,
) -> Option<String> {
    let file = app.dialog().file();
    let kinds = match save {
        true => file.add_filter("CSV", &["csv"]).add_filter("XLSX", &["xlsx"]),
        false => file.add_filter("TOML", &["toml"]),
    };
    place.pick(starting_at(kinds, &current), save)
}

/// How long a chosen place is good: what lies there later is another file, of which nobody was asked.
const GOOD_FOR: Duration = Duration::from_secs(10 * 60);

/// Where somebody last chose to save a file, and so confirmed that what lies there is replaced: good for one file, and for
/// some minutes.
#[derive(Default)]
pub(crate) struct PlaceToSave(Mutex<Option<(String, Instant)>>);

impl PlaceToSave {
    fn note(&self, path: Option<&String>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = path.cloned().map(|path| (path, Instant::now()));
    }

    fn is_chosen(&self, path: &str, now: Instant) -> bool {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.as_ref().is_some_and(|(chosen, at)| chosen == path && now.duration_since(*at) < GOOD_FOR)
    }

    /// Asks where a file is to be read from, or (`save`) written to, which is noted.
    pub(super) fn pick<R: Runtime>(&self, dialog: FileDialogBuilder<R>, save: bool) -> Option<String> {
        if !save {
            return dialog.blocking_pick_file().map(|path| path.to_string());
        }
        let picked = dialog.blocking_save_file().map(|path| path.to_string());
        self.note(picked.as_ref());
        picked
    }

    /// Writes a file whose place may have been typed: it replaces one only where this very place was chosen. What was
    /// chosen is used up once the file is written, so that a refusal can be mended and tried again.
    pub(crate) fn writing<T>(
        &self,
        path: &str,
        write: impl FnOnce(Existing) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        let is_chosen = self.is_chosen(path, Instant::now());
        let written = write(if is_chosen { Existing::Replace } else { Existing::Keep })?;
        if is_chosen {
            self.note(None);
        }
        Ok(written)
    }

    /// Uses it up; refuses another.
    pub(crate) fn take(&self, path: &str) -> Result<(), CommandError> {
        let is_chosen = self.is_chosen(path, Instant::now());
        self.note(None);
        if is_chosen {
            return Ok(());
        }
        Err(CommandError::unfit(said!("dialog.chooseFirst", "choose first where the file is to be saved")))
    }
}

/// A file of any kind: evidence to be attached, or to be written out again.
#[tauri::command(async)]
pub(crate) fn pick_evidence_path(
    app: AppHandle,
    place: State<'_, PlaceToSave>,
    save: bool,
    current: String,
) -> Option<String> {
    place.pick(starting_at(app.dialog().file(), &current), save)
}

#[tauri::command(async)]
pub(crate) fn reveal(app: AppHandle, path: String) -> Result<(), CommandError> {
    app.opener().reveal_item_in_dir(&path).map_err(|error| {
        CommandError::unfit(said!(
            "dialog.notShown",
            "{path} could not be shown in the file manager: {detail}",
            path = path.to_string(),
            detail = error.to_string()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_to_save_is_good_for_one_file() {
        let place = PlaceToSave::default();
        assert!(place.take("/home/ada/note.pdf").is_err());
        place.note(Some(&"/home/ada/note.pdf".to_owned()));
        assert!(place.take("/etc/passwd").is_err());
        place.note(Some(&"/home/ada/note.pdf".to_owned()));
        assert!(place.take("/home/ada/note.pdf").is_ok());
        assert!(place.take("/home/ada/note.pdf").is_err());
    }

    #[test]
    fn a_place_to_save_is_forgotten_after_some_minutes() {
        let place = PlaceToSave::default();
        place.note(Some(&"/home/ada/journal.csv".to_owned()));
        let now = Instant::now();
        assert!(place.is_chosen("/home/ada/journal.csv", now));
        assert!(!place.is_chosen("/home/ada/journal.csv", now + GOOD_FOR));
    }

    #[test]
    fn a_file_is_replaced_only_at_the_place_that_was_chosen_and_once() {
        let place = PlaceToSave::default();
        let may_replace = |path: &str| place.writing(path, |existing| Ok(existing == Existing::Replace)).unwrap();
        assert!(!may_replace("/home/ada/journal.csv"));
        place.note(Some(&"/home/ada/journal.csv".to_owned()));
        assert!(!may_replace("/home/ada/statement.csv"), "typed");
        let refused =
            place.writing("/home/ada/journal.csv", |_| Err::<(), _>(CommandError::invalid("the disk is full")));
        assert!(refused.is_err());
        assert!(may_replace("/home/ada/journal.csv"), "a refusal uses nothing up");
        assert!(!may_replace("/home/ada/journal.csv"));
    }
}
