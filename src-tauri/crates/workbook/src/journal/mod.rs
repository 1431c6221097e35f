//! Journal entries: what the differences inside approved matches ask of the books, and what was exported of it.

mod batches;
mod chart;
mod export;
mod fault;
mod layouts;
mod open_days;
mod proposed;
mod reversals;

pub use batches::{JournalBatch, JournalSum, JournalTakenBack};
pub use export::NewJournalBatch;
pub use fault::JournalFault;
