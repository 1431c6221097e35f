//! Reports: plain data in, bytes out. PDF (with its signature and the check of it), CSV, XLSX and JSON.
//!
//! This crate must not know disk, clock, network, database or keychain: times and secrets come in as parameters.
//! Randomness for keys comes from the operating system.

mod ageing;
mod categories;
mod csv;
mod data;
mod journal;
mod json;
mod judgement;
mod layout;
mod manifest;
mod pdf;
mod privacy;
mod sign;
mod sums;
mod tables;
mod text;
mod trail;
mod twin;
mod xlsx;

pub use ageing::{AGEING_COLUMNS, AgedRow, write_ageing_csv};
pub use categories::{CATEGORIES_COLUMNS, CategoryLines, CategoryRow};
pub use csv::{
    CsvError, CsvLines, EXCEPTIONS_COLUMNS, MATCHES_COLUMNS, is_formula_like, write_exceptions_csv, write_matches_csv,
};
pub use data::{
    AccountProof, ExceptionRow, FileFact, MatchRow, OutputFact, Outstanding, RecordPart, RecordRow, ReportData,
    RowStatus, SignatureNote, SignedPeriod, SignerNote,
};
pub use journal::{JournalFileError, JournalLine, journal_csv, journal_table, journal_xlsx};
pub use json::{JsonError, report_json};
pub use layout::{Layout, Paper, Parts};
pub use pdf::{ReportError, render_pdf, render_pdf_with};
pub use privacy::{Privacy, Showing};
pub use sign::{
    CertificateFacts, FolderVerification, KnownSigner, PdfVerification, SignError, SignerFact, SigningIdentity,
    attached_files, read_certificate, sign_pdf, verify_folder, verify_folder_knowing, verify_pdf, verify_pdf_knowing,
};
pub use sums::Sums;
pub use tables::{AgeTally, CauseTally, DayTally, LISTED_MAX, Summary, Tables, Tally, TopRows};
pub use trail::{AuditExtract, AuditRow, DecisionRow, Decisions, FileQuality, IssueRow, SignOffRow, Trail};
pub use twin::{TWIN_BYTES_MAX, Twin, TwinFile};
pub use xlsx::{SpreadsheetError, write_xlsx};

use sha2::{Digest as _, Sha256};
use tieout_domain::Digest;

/// SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> Digest {
    Digest::from_bytes(Sha256::digest(bytes).into())
}
