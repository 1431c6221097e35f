//! The main job in the real window: the built program, WebKit, the encrypted file, the keychain, the signed PDF.

#![expect(clippy::panic, reason = "a test fails by it")]

mod access;
mod accounts;
mod actions;
mod alerts;
mod anomalies;
mod axe_access;
mod backups;
mod books;
mod differences;
mod driver;
mod figures;
mod hostile;
mod inspect;
mod journal;
mod journey;
mod keyboard;
mod language;
mod matching;
mod overview;
mod people;
mod periods;
mod policy;
mod settings;
mod steps;
mod tour;
