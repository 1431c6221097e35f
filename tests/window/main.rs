//! The main job in the real window: the built program, WebKit, the encrypted file, the keychain, the signed PDF.

#![expect(clippy::panic, reason = "a test fails by it")]

mod access;
mod accounts;
mod alerts;
mod anomalies;
mod differences;
mod driver;
mod figures;
mod journal;
mod journey;
mod matching;
mod overview;
mod people;
mod policy;
mod steps;
