//! The main job through the `tieout` command: what DESIGN section 6 promises to scripts.

#![expect(clippy::panic, reason = "a test fails by it")]

mod alerts;
mod anomalies;
mod audit;
mod backup;
mod by_hand;
mod categories;
mod close;
mod command;
mod customers;
mod differences;
mod doctor;
mod figures;
mod grids;
mod headless;
mod importing;
mod journal;
mod mail_server;
mod people;
mod policy;
mod privacy;
mod workbook;
