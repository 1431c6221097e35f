//! The log: JSON lines in the application's data folder, one file a day, the newest five kept. No personal data.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;

/// Starts logging; what is returned must live as long as the program, or the last lines are lost.
pub(crate) fn start(data_folder: &Path) -> Option<WorkerGuard> {
    let folder = data_folder.join("logs");
    std::fs::create_dir_all(&folder).ok()?;
    let appender = tracing_appender::rolling::Builder::new()
        .rotation(tracing_appender::rolling::Rotation::DAILY)
        .filename_prefix("tieout")
        .filename_suffix("log")
        .max_log_files(5)
        .build(folder)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    tracing_subscriber::fmt().json().with_writer(writer).with_max_level(tracing::Level::INFO).try_init().ok()?;
    Some(guard)
}
