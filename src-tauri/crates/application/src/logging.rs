//! The log: JSON lines in the application's data folder, at most five files of ten megabytes.
//!
//! It holds no personal data, whatever is logged: of a line only its words, numbers, truth values and plain texts (codes) are
//! written. What is formatted (`%error`, `?path`) may name people, files and amounts, and is left out; so is all that other
//! crates say.

use std::{fmt::Debug, io::Write, path::Path};

use file_rotate::{ContentLimit, FileRotate, compression::Compression, suffix::AppendCount};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
};
use tracing_appender::non_blocking::{NonBlocking, WorkerGuard};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    util::SubscriberInitExt,
};

/// Where it lies in the data folder.
pub const FOLDER: &str = "logs";
/// The newest file; older ones have a number behind.
pub(crate) const NAME: &str = "tieout.log";
/// A file is put away once it is longer.
const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Files beside the newest.
const OLDER_MAX: usize = 4;

/// Logs as long as it lives; then the last lines are written.
#[must_use = "the log ends with it"]
pub struct Log(#[expect(dead_code, reason = "it is held")] WorkerGuard);

/// Starts logging. Nothing where the folder cannot be written: no reason not to work.
pub fn start(data_folder: &Path) -> Option<Log> {
    let (out, guard) = tracing_appender::non_blocking(files(data_folder)?);
    tracing_subscriber::registry().with(Lines { out }).try_init().ok()?;
    Some(Log(guard))
}

fn files(data_folder: &Path) -> Option<FileRotate<AppendCount>> {
    let folder = data_folder.join(FOLDER);
    std::fs::create_dir_all(&folder).ok()?;
    let limit = ContentLimit::BytesSurpassed(FILE_BYTES_MAX);
    Some(FileRotate::new(folder.join(NAME), AppendCount::new(OLDER_MAX), limit, Compression::None, None))
}

/// Writes events as lines.
struct Lines {
    out: NonBlocking,
}

impl<S: Subscriber> Layer<S> for Lines {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.is_event() && *metadata.level() <= Level::INFO && metadata.target().starts_with("tieout")
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        // A log that cannot be written is no reason to stop.
        let _ = self.out.clone().write_all(line_of(event).as_bytes());
    }
}

fn line_of(event: &Event<'_>) -> String {
    let metadata = event.metadata();
    let mut fields = Fields(Map::new());
    fields.0.insert("at".to_owned(), json!(Timestamp::now().to_string()));
    fields.0.insert("level".to_owned(), json!(metadata.level().as_str()));
    fields.0.insert("target".to_owned(), json!(metadata.target()));
    event.record(&mut fields);
    format!("{}\n", Value::Object(fields.0))
}

/// The fields of an event that may be written.
struct Fields(Map<String, Value>);

impl Fields {
    fn put(&mut self, field: &Field, value: Value) {
        self.0.insert(field.name().to_owned(), value);
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, json!(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, json!(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, json!(value));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, json!(value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, json!(value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.put(field, json!(format!("{value:?}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written of the events that `tell` makes.
    fn logged(tell: impl FnOnce()) -> String {
        let folder = tempfile::tempdir().unwrap();
        let (out, guard) = tracing_appender::non_blocking(files(folder.path()).unwrap());
        tracing::subscriber::with_default(tracing_subscriber::registry().with(Lines { out }), tell);
        drop(guard);
        std::fs::read_to_string(folder.path().join(FOLDER).join(NAME)).unwrap()
    }

    #[test]
    fn what_is_formatted_is_not_written() {
        let error = std::io::Error::other("/home/ada.byron/DE89370400440532013000");
        let text = logged(|| {
            tracing::warn!(%error, ?error, code = "open.io", rows = 3_u64, "a workbook was not opened");
            tracing::debug!(code = "quiet", "not so important");
            tracing::error!(target: "another_crate", "says who knows what");
        });
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let [line] = lines.as_slice() else { panic!("{text}") };
        let mut members: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
        members.sort_unstable();
        assert_eq!(members, ["at", "code", "level", "message", "rows", "target"]);
        assert_eq!((&line["code"], &line["rows"]), (&json!("open.io"), &json!(3)));
        assert_eq!(line["message"], "a workbook was not opened");
    }

    #[test]
    fn sixty_megabytes_of_lines_leave_five_files_of_ten() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = files(folder.path()).unwrap();
        let line = [b'x'; 1_000];
        for _ in 0..60 * 1_024 {
            files.write_all(&line).unwrap();
        }
        drop(files);
        let lengths =
            std::fs::read_dir(folder.path().join(FOLDER)).unwrap().map(|file| file.unwrap().metadata().unwrap().len());
        let lengths: Vec<u64> = lengths.collect();
        assert_eq!(lengths.len(), OLDER_MAX + 1);
        assert!(lengths.iter().all(|bytes| *bytes <= FILE_BYTES_MAX as u64 + 1_000), "{lengths:?}");
    }
}
