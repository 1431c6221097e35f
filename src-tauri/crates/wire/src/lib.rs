//! How requests, answers and errors look when they cross IPC (and later HTTP), and the TypeScript types made from them.
//!
//! Only this crate knows how types look in JSON and TypeScript. It knows no SQL, no window, no file format.
//! Amounts cross as decimal strings with a currency, dates as ISO 8601, ids as UUID strings.

mod answers;
mod categories;
mod contract;
mod customers;
mod error;
mod figures;
mod finding;
mod import;
mod matching;
mod proof;
mod report;
mod requests;
mod review;
mod run;
mod session;
mod validation;
mod value;

pub use categories::{CategoriseView, CategoryListView, PatternsImportedView, SweepView};
pub use contract::{ExportView, FileImportView, InspectionView, ReconcileView};
pub use customers::{
    CreditRatesView, CustomerStatementView, CustomerView, CustomersView, RateChangedView, WaitingDepositsView,
};
pub use error::{CommandError, ErrorCode};
pub use figures::{AccountSummaryView, ExceptionsView, FiguresView};
pub use finding::*;
pub use import::*;
pub use matching::*;
pub use proof::*;
pub use report::*;
pub use requests::{UploadedFile, parse_decimal, parse_id, parse_percent};
pub use review::*;
pub use run::*;
pub use session::*;
pub use validation::*;
pub use value::*;
