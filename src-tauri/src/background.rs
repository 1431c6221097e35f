//! What goes on without anybody asking: alerts are evaluated and sent. While no workbook is open there is nothing to do.

use std::{thread, time::Duration};

use tauri::{AppHandle, Manager};
use tieout_application::Session;

/// How often. Evaluating waits for a tick without changes, so that nobody at work waits for it.
const TICK: Duration = Duration::from_secs(2);

/// Starts it; it ends with the program. Sending blocks, so this is a thread and no task.
pub(crate) fn start(app: &AppHandle) -> std::io::Result<()> {
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
