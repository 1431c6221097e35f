//! Every cause, by situations an accountant knows: at least ten that are it and ten that look like it and are not. All of a
//! table stand in one statement and one ledger, among ordinary payments, and go through the whole of `reconcile`.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by it")]

mod table;

mod discount;
mod duplicate;
mod fee;
mod fx_rounding;
mod missing_in_bank;
mod missing_in_ledger;
mod none;
mod overpayment;
mod partial_payment;
mod rate_change;
mod reference_error;
mod reversal;
mod sign_error;
mod timing;
mod transposition;
