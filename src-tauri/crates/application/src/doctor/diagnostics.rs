//! What somebody who asks for help may hand over: nothing but what is shown first.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use serde_json::json;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::Check;
use crate::{ApplicationError, Existing, Session, logging, place::Place, results};

/// One file of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosticsFile {
    /// Its name in the archive.
    pub name: String,
    /// All that it holds.
    pub text: String,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    /// The files, as they are saved.
    pub files: Vec<DiagnosticsFile>,
}

impl Session {
    /// Puts together what may be handed over: how checks came out (not what they found, which names files), versions, how
    /// much the workbook holds, and the log. No names, no texts, no amounts.
    pub fn diagnostics(&self) -> Result<Diagnostics, ApplicationError> {
        let checks = self.examine(false)?;
        let mut files = vec![
            file("checks.json", format!("{:#}", json!(checks.iter().map(outcome).collect::<Vec<_>>()))),
            file("about.json", format!("{:#}", self.about())),
        ];
        files.extend(log(&self.environment.data_folder));
        let shown = Diagnostics { files };
        *self.shown.lock() = Some(shown.clone());
        Ok(shown)
    }

    /// Writes what was shown last into an archive, exactly.
    pub fn save_diagnostics(&self, path: &Path, existing: Existing) -> Result<(), ApplicationError> {
        let shown = self.shown.lock().clone();
        let shown = shown.map_or_else(|| self.diagnostics(), Ok)?;
        // Without a workbook there is none to be written over.
        let place = match self.with_file(|open| open.place(path, existing)) {
            Err(ApplicationError::NoWorkbook) => Place::alone(path, existing)?,
            other => other?,
        };
        results::new_file(&place, |out| archive(&shown, out))?.put_in_place()
    }

    fn about(&self) -> serde_json::Value {
        let counts = self.with_file(|open| Ok((open.workbook.record_counts()?, open.workbook.audit_head().sequence)));
        let workbook = counts.ok().map(|(counts, events)| {
            json!({ "lines": counts.lines, "entries": counts.entries, "runs": counts.runs, "events": events })
        });
        json!({
            "tieout": env!("CARGO_PKG_VERSION"),
            "system": std::env::consts::OS,
            "processor": std::env::consts::ARCH,
            "processors": std::thread::available_parallelism().map_or(0, usize::from),
            "schema": tieout_workbook::SCHEMA_VERSION,
            "workbook": workbook,
        })
    }
}

/// A code says what was found; its values may name somebody.
fn outcome(check: &Check) -> serde_json::Value {
    json!({ "what": check.kind.as_str(), "state": check.state.as_str(), "code": check.found.code() })
}

fn file(name: &str, text: String) -> DiagnosticsFile {
    DiagnosticsFile { name: name.to_owned(), text }
}

/// So much of the log's end is handed over.
const LOG_BYTES_MAX: usize = 256 * 1024;

/// The end of the log, in whole lines. One that cannot be read is left out.
fn log(data_folder: &Path) -> Option<DiagnosticsFile> {
    let text = fs::read_to_string(data_folder.join(logging::FOLDER).join(logging::NAME)).ok()?;
    let from = text.len().saturating_sub(LOG_BYTES_MAX);
    let from = if from == 0 { 0 } else { from + text.as_bytes()[from..].iter().position(|byte| *byte == b'\n')? + 1 };
    Some(file(logging::NAME, text[from..].to_owned()))
}

fn archive(shown: &Diagnostics, out: &mut dyn Write) -> io::Result<()> {
    let mut zip = ZipWriter::new(io::Cursor::new(Vec::new()));
    for file in &shown.files {
        zip.start_file(&file.name, SimpleFileOptions::default())?;
        zip.write_all(file.text.as_bytes())?;
    }
    out.write_all(zip.finish()?.get_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_log_is_handed_over_in_whole_lines() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(log(home.path()), None);
        fs::create_dir(home.path().join(logging::FOLDER)).unwrap();
        let line = format!("{{\"code\":\"{}ü\"}}\n", "x".repeat(980));
        fs::write(home.path().join(logging::FOLDER).join(logging::NAME), line.repeat(1_000)).unwrap();
        let text = log(home.path()).unwrap().text;
        assert!(text.len() <= LOG_BYTES_MAX && text.len() > LOG_BYTES_MAX - line.len());
        assert!(text.lines().all(|one| format!("{one}\n") == line));
    }
}
