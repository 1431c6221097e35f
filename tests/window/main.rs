//! The main job in the real window: the built program, WebKit, the encrypted file, the keychain, the signed PDF.

#![expect(clippy::panic, reason = "a test fails by it")]

mod differences;
mod driver;
mod journey;
mod matching;
mod steps;
