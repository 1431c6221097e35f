//! What goes on without anybody asking: alerts are evaluated and sent, and grids brought into memory, so that their first
//! page comes at once. While no workbook is open there is nothing to do.

use std::{thread, time::Duration};

use tauri::{AppHandle, Manager};
use tieout_application::Session;

/// How often. Evaluating waits for a tick without changes, so that nobody at work waits for it.
const TICK: Duration = Duration::from_secs(2);

/// Starts it; it ends with the program. Sending blocks, so these are threads and no tasks.
pub(crate) fn start(app: &AppHandle) -> std::io::Result<()> {
    let preparing = app.clone();
    thread::Builder::new().name("grids".to_owned()).spawn(move || {
        loop {
            thread::sleep(TICK);
            // Without a workbook there is nothing to prepare; what cannot be read is told to whoever asks for it.
            if let Err(error) = preparing.state::<Session>().prepare_grids() {
                tracing::debug!(%error, "grids were not prepared");
            }
        }
    })?;
    let app = app.clone();
    thread::Builder::new().name("alerts".to_owned()).spawn(move || {
        loop {
            thread::sleep(TICK);
            if let Err(error) = app.state::<Session>().tend_alerts() {
                tracing::warn!(%error, "alerts could not be tended");
            }
        }
    })?;
    Ok(())
}
