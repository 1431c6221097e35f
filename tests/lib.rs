//! What the end-to-end tests share: where the built programs and the sample files are.
//!
//! `cargo xtask test` builds the programs and says where they are; see each folder for what is tested.

pub mod payments;

use std::{env, fs, path::PathBuf, process::Command};

/// The path in an environment variable that `cargo xtask test` sets.
///
/// # Panics
/// When the variable is missing: these tests need the built programs.
#[must_use]
#[expect(clippy::panic, reason = "without the programs there is nothing to test")]
pub fn program(variable: &str) -> PathBuf {
    env::var_os(variable)
        .map_or_else(|| panic!("{variable} is not set: run these tests with `cargo xtask test`"), PathBuf::from)
}

/// A file of `sample-data/`. Asked at run time: with a shared target folder the compiled-in path may be another checkout's.
///
/// # Panics
/// When not run by cargo.
#[must_use]
#[expect(clippy::expect_used, reason = "cargo sets it")]
pub fn sample(name: &str) -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR").expect("cargo runs the tests");
    PathBuf::from(here).join("../sample-data").join(name)
}

/// What a signed PDF is called by poppler's `pdfsig`.
#[derive(Debug)]
pub struct PdfsigReport(pub String);

impl PdfsigReport {
    /// Asks `pdfsig`.
    ///
    /// # Panics
    /// When `pdfsig` is not installed.
    #[must_use]
    #[expect(clippy::expect_used, reason = "cargo xtask test installs it")]
    pub fn of(pdf: &std::path::Path) -> Self {
        let output = Command::new("pdfsig").arg("-nocert").arg(pdf).output().expect("pdfsig is installed");
        Self(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Valid, and nothing of the document left out. `pdfsig` exits 0 even on a mismatch, so its words count.
    #[must_use]
    pub fn is_valid_and_whole(&self) -> bool {
        self.0.contains("Signature is Valid") && self.0.contains("Total document signed")
    }
}

/// The text of a PDF in reading order, by poppler's `pdftotext`.
///
/// # Panics
/// When `pdftotext` is not installed.
#[must_use]
#[expect(clippy::expect_used, reason = "cargo xtask test installs it")]
pub fn pdf_text(pdf: &std::path::Path) -> String {
    let output =
        Command::new("pdftotext").args(["-layout"]).arg(pdf).arg("-").output().expect("pdftotext is installed");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Where screenshots go: the folder `cargo xtask test` names, so that they can be looked at afterwards.
///
/// # Panics
/// When the folder cannot be made.
#[must_use]
#[expect(clippy::expect_used, reason = "without the folder there is nowhere to put them")]
pub fn screenshot_folder() -> PathBuf {
    let folder =
        env::var_os("TIEOUT_SCREENSHOTS").map_or_else(|| env::temp_dir().join("tieout-screenshots"), PathBuf::from);
    fs::create_dir_all(&folder).expect("a folder for screenshots");
    folder
}
