//! The matching engine with progress and cancel, on as many threads as wanted.

use std::ops::ControlFlow;

use tieout_domain::{LedgerEntry, ReconcileConfig, StatementLine};
use tieout_matching::{Known, Outcome, Stage, Statistics};

use crate::{ApplicationError, Progress};

/// Version that runs record.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

struct Observer<'a> {
    progress: &'a (dyn Fn(Progress) + Sync),
    cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl tieout_matching::Progress for Observer<'_> {
    fn report(&self, stage: Stage, done: u64, total: u64) -> ControlFlow<()> {
        (self.progress)(Progress { stage: stage.as_str(), done, total });
        if (self.cancelled)() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Matches lines with entries.
pub(crate) fn run<'a>(
    lines: &'a [StatementLine],
    entries: &'a [LedgerEntry],
    config: &ReconcileConfig,
    known: &Known,
    progress: &(dyn Fn(Progress) + Sync),
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Outcome<'a>, ApplicationError> {
    tieout_matching::reconcile(lines, entries, config, known, &Observer { progress, cancelled })
        .map_err(|_| ApplicationError::Cancelled)
}

/// What a run did, as `report.json` tells it: name and value, every one there is.
pub(crate) fn statistics(statistics: &Statistics) -> Vec<(String, u64)> {
    let Statistics {
        candidates_scored,
        blocks_narrowed,
        pairs_left_out,
        pairs_forgotten,
        components,
        components_bounded,
        group_searches,
        group_searches_bounded,
    } = *statistics;
    let named = [
        ("candidates_scored", candidates_scored),
        ("blocks_narrowed", blocks_narrowed),
        ("pairs_left_out", pairs_left_out),
        ("pairs_forgotten", pairs_forgotten),
        ("components", components),
        ("components_bounded", components_bounded),
        ("group_searches", group_searches),
        ("group_searches_bounded", group_searches_bounded),
    ];
    named.map(|(name, value)| (name.to_owned(), value)).to_vec()
}

/// Runs the work on a number of threads of its own; all cores unless said otherwise.
pub(crate) fn with_threads<T: Send>(
    threads: Option<usize>,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ApplicationError> {
    let Some(threads) = threads else { return Ok(work()) };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| ApplicationError::in_english(format!("{threads} threads could not be started: {error}")))?;
    Ok(pool.install(work))
}
