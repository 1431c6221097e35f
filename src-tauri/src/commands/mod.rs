//! Adapters for the window: unpack, call one use case, convert. The names the window may call stand in `build.rs` too.

pub(crate) mod acts;
pub(crate) mod alerts;
pub(crate) mod anomalies;
pub(crate) mod backup;
pub(crate) mod by_hand;
pub(crate) mod categories;
pub(crate) mod customers;
pub(crate) mod dialogs;
pub(crate) mod differences;
pub(crate) mod doctor;
pub(crate) mod figures;
pub(crate) mod grids;
pub(crate) mod import;
pub(crate) mod journal;
pub(crate) mod matching;
pub(crate) mod people;
pub(crate) mod periods;
pub(crate) mod policy;
pub(crate) mod proof;
pub(crate) mod review;
pub(crate) mod session;
pub(crate) mod signing;
pub(crate) mod standing;

use tauri::ipc::Channel;
use tieout_wire::Progress;

/// Sends progress to the window; a window that is gone does not stop the work.
fn report_to(channel: &Channel<Progress>) -> impl Fn(tieout_application::Progress) + Sync + use<> {
    let channel = channel.clone();
    move |progress| {
        if let Err(error) = channel.send(progress.into()) {
            tracing::debug!(%error, "progress was not delivered");
        }
    }
}
