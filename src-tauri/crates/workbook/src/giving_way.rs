//! Reading that gives way: a question that takes long is broken off when somebody else waits for the workbook.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use crate::{Workbook, WorkbookError};

/// Steps of SQLite's machine between two looks at who waits: well under a millisecond.
const STEPS: i32 = 10_000;

impl Workbook {
    /// Reads as long as nobody waits; `None` where it was broken off. What is read must change nothing.
    pub fn read_giving_way<T, E: From<WorkbookError>>(
        &mut self,
        waiting: &Arc<AtomicUsize>,
        read: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        let broken_off = Arc::new(AtomicBool::new(false));
        // Held weakly: where `read` panics, the handler that stays behind breaks off nothing.
        let (waiting, told) = (Arc::clone(waiting), Arc::downgrade(&broken_off));
        let breaks_off = move || {
            let told = told.upgrade().filter(|_| waiting.load(Ordering::Relaxed) > 0);
            told.is_some_and(|told| {
                told.store(true, Ordering::Relaxed);
                true
            })
        };
        self.sql.progress_handler(STEPS, Some(breaks_off)).map_err(WorkbookError::from)?;
        let found = read(self);
        self.sql.progress_handler(0, None::<fn() -> bool>).map_err(WorkbookError::from)?;
        match found {
            Err(_) if broken_off.load(Ordering::Relaxed) => Ok(None),
            found => found.map(Some),
        }
    }
}
