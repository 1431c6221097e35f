//! Records → matches: which statement lines and ledger entries belong together, how sure that is, and why.
//!
//! Pure: slices of records and a configuration in, values out. It knows no clock, disk, database, environment or window,
//! and prints nothing. The same records give the same answer whatever their order and the number of threads: inside,
//! records stand in an order of their own (date, identifier, content), and ties fall to the earliest.
//!
//! The stages, each a module: `candidates` finds pairs worth scoring without looking at all of them; `compare` turns a pair
//! into typed evidence; `score` weighs it; `assign` chooses over the whole set; `group` puts several records together;
//! `explain` says why. `pipeline` runs them in their order.

mod approve;
mod assign;
mod basis;
mod block;
mod candidates;
mod causes;
mod compare;
mod convert;
mod deposits;
mod explain;
mod facts;
mod group;
mod intern;
mod jobs;
mod keys;
mod lists;
mod model;
mod near;
mod outcome;
mod parties;
mod payers;
mod pipeline;
mod prepare;
mod proposals;
mod repeats;
mod returns;
mod rivals;
mod rules;
mod score;
mod settle;
mod terms;
mod text;

pub use approve::may_auto_approve;
pub use explain::compare_records;
pub use keys::numbers_in;
pub use outcome::{
    Alternative, Cancelled, Known, Nearest, NoProgress, Outcome, Progress, Proposal, Repeats, Shortfall, Stage,
    Statistics,
};
pub use pipeline::reconcile;
pub use rules::{CompiledRules, PreparedRules, WrittenOff};
