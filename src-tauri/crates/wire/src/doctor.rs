//! `examine {online}` (checks), `diagnostics {}`, `save_diagnostics {path}`.

use serde::Serialize;
use tieout_application::doctor::{Check, Diagnostics, DiagnosticsFile};
use ts_rs::TS;

use crate::SaidView;

/// What was looked at, and what was found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CheckView {
    /// `folder`, `keychain`, `clock`, `workbook`, `place`, `content`, `backups` or `mail`.
    pub what: String,
    /// `fine`, `warning` or `fault`.
    pub state: String,
    /// What was found, and what to do, in English.
    pub found: String,
    /// The same for the window's catalogue.
    pub said: SaidView,
}

impl From<Check> for CheckView {
    fn from(check: Check) -> Self {
        Self {
            what: check.kind.as_str().to_owned(),
            state: check.state.as_str().to_owned(),
            found: check.found.english().to_owned(),
            said: check.found.into(),
        }
    }
}

/// A file of what may be handed over to whoever helps.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DiagnosticsFileView {
    /// Its name in the archive.
    pub name: String,
    /// All that it holds.
    pub text: String,
}

/// All files of it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DiagnosticsView {
    /// The files, as `save_diagnostics` writes them.
    pub files: Vec<DiagnosticsFileView>,
}

impl From<Diagnostics> for DiagnosticsView {
    fn from(diagnostics: Diagnostics) -> Self {
        let view = |DiagnosticsFile { name, text }| DiagnosticsFileView { name, text };
        Self { files: diagnostics.files.into_iter().map(view).collect() }
    }
}
