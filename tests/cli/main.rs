//! The main job through the `tieout` command: what DESIGN section 6 promises to scripts.

#![expect(clippy::panic, reason = "a test fails by it")]

mod alerts;
mod anomalies;
mod by_hand;
mod categories;
mod command;
mod customers;
mod differences;
mod figures;
mod headless;
mod importing;
mod mail_server;
mod policy;
mod workbook;
