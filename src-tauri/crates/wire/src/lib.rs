//! How requests, answers and errors look when they cross IPC (and later HTTP), and the TypeScript types made from them.
//!
//! Only this crate knows how types look in JSON and TypeScript. It knows no SQL, no window, no file format.
//! Amounts cross as decimal strings with a currency, dates as ISO 8601, ids as UUID strings.

mod acts;
mod alerts;
mod anomalies;
mod answers;
mod backup;
mod by_hand;
mod categories;
mod category_requests;
mod category_views;
mod contract;
mod customer_requests;
mod customers;
mod dashboard;
mod differences;
mod doctor;
mod error;
mod figures;
mod file_facts;
mod finding;
mod grids;
mod import;
mod journal;
mod matching;
mod people;
mod periods;
mod policy;
mod proof;
mod report;
mod requests;
mod review;
mod run;
mod said;
mod session;
mod signing;
mod standing;
mod taken_in;
mod validation;
mod value;
#[cfg(test)]
mod window_words;

pub use acts::*;
pub use alerts::{
    AlertDeliverySummaryView, AlertDeliveryView, AlertSettingsView, AlertTestView, AlertView, AlertsView,
    SaveAlertSettingsRequest, parse_channel,
};
pub use anomalies::*;
pub use backup::*;
pub use by_hand::*;
pub use categories::{CategoriseView, CategoryListView, PatternsImportedView, SweepView};
pub use category_requests::*;
pub use category_views::*;
pub use contract::{ExportView, FileImportView, InspectionView, ReconcileView};
pub use customer_requests::*;
pub use customers::{
    CreditRateView, CreditRatesView, CustomerBalanceView, CustomerStatementView, CustomerTransactionView, CustomerView,
    CustomersView, RateChangedView, WaitingDepositView, WaitingDepositsView,
};
pub use dashboard::*;
pub use differences::*;
pub use doctor::*;
pub use error::{CommandError, ErrorCode};
pub use figures::{AccountSummaryView, ExceptionsView, FiguresView};
pub use file_facts::*;
pub use finding::*;
pub use grids::*;
pub use import::*;
pub use journal::*;
pub use matching::*;
pub use people::*;
pub use periods::*;
pub use policy::*;
pub use proof::*;
pub use report::*;
pub use requests::{UploadedFile, parse_day, parse_decimal, parse_id, parse_percent};
pub use review::*;
pub use run::*;
pub use said::SaidView;
pub use session::*;
pub use signing::*;
pub use standing::*;
pub use taken_in::*;
pub use validation::*;
pub use value::*;
