//! What goes on without anybody asking: alerts are evaluated and sent, grids brought into memory, so that their first page
//! comes at once, backups are made when they are due, and a window that nobody touches is locked. While no workbook is open there is nothing to do.

use std::{thread, time::Duration};

use tauri::{AppHandle, Manager};
use tieout_application::Session;

/// How often. Evaluating waits for a tick without changes, so that nobody at work waits for it.
const TICK: Duration = Duration::from_secs(2);

/// Starts it; it ends with the program. Sending blocks, so these are threads and no tasks.
pub(crate) fn start(app: &AppHandle) -> std::io::Result<()> {
    every_tick(app, "grids", |session| {
        // Without a workbook there is nothing to prepare; what cannot be read is told to whoever asks for it.
        if let Err(error) = session.prepare_grids() {
            tracing::debug!(%error, "grids were not prepared");
        }
    })?;
    every_tick(app, "alerts", |session| {
        if let Err(error) = session.tend_alerts() {
            tracing::warn!(%error, "alerts could not be tended");
        }
    })?;
    // A thread of its own: copying and checking take their time.
    every_tick(app, "backup", Session::tend_backups)?;
    // A thread of its own: sending takes its time, and a window that hangs asks for nothing.
    every_tick(app, "lock", Session::lock_if_idle)
}

fn every_tick(app: &AppHandle, name: &str, work: impl Fn(&Session) + Send + 'static) -> std::io::Result<()> {
    let app = app.clone();
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        loop {
            thread::sleep(TICK);
            work(&app.state::<Session>());
        }
    })?;
    Ok(())
}
