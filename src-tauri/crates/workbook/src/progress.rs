//! How long work tells how far it is, and is stopped.

use std::ops::ControlFlow;

use crate::WorkbookError;

/// Told how much of how much is done; answers whether to go on.
pub type Progress<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// How many rows are stored between two calls of the progress function.
pub(crate) const PROGRESS_EVERY: usize = 2_000;

pub(crate) fn go_on(progress: &mut Progress<'_>, done: usize, total: usize) -> Result<(), WorkbookError> {
    match progress(done as u64, total as u64) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(WorkbookError::Cancelled),
    }
}
