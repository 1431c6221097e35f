//! What can be wrong with a file as a whole.

use tieout_domain::{Said, SaidValue, retold};

use crate::Spot;

/// Why a file could not be read. Each says what happened, where, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file has no bytes, or nothing but blanks.
    #[error("the file is empty; export it again from the bank or the accounting program")]
    Empty,
    /// The format is known and not read.
    #[error("this is {what}, which Tieout does not read; {advice}")]
    Unsupported {
        /// What the file is, with its article: `a PDF document`.
        what: &'static str,
        /// What to do instead.
        advice: &'static str,
    },
    /// The bytes are neither text nor a spreadsheet.
    #[error(
        "this is no text and no spreadsheet (position {position} holds a byte that no text has); choose a CSV or XLSX file"
    )]
    Binary {
        /// 0-based position of the first byte that cannot be text.
        position: usize,
    },
    /// The file is larger than files are read without being asked to.
    #[error(
        "the file is larger than {} MiB, which is more than a statement needs; split it into smaller ones, or raise the limit on purpose",
        limit >> 20
    )]
    FileTooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// A limit is exceeded.
    #[error("{what} is beyond the limit of {limit}{place}; split the file into smaller ones")]
    TooLarge {
        /// What is too large: `the file`, `a line` …
        what: &'static str,
        /// The limit with its unit.
        limit: Said,
        /// Where.
        place: Spot,
    },
    /// The file is broken.
    #[error("{what} is damaged{place}: {detail}; export or save it again")]
    Damaged {
        /// What is damaged: `the spreadsheet`, `the decoded table`.
        what: &'static str,
        /// Where.
        place: Spot,
        /// What exactly.
        detail: Said,
    },
    /// A file inside an archive cannot be taken, and so the archive is not.
    #[error("'{name}' in the archive {what}; unpack the archive and choose the files you want")]
    Member {
        /// Name of the file, as the archive has it.
        name: String,
        /// What is wrong with it, as `is encrypted`.
        what: &'static str,
    },
    /// The named sheet is not in the workbook.
    #[error("there is no sheet '{name}' in this workbook; it has {available}")]
    NoSuchSheet {
        /// The sheet that was asked for.
        name: String,
        /// The sheets there are.
        available: String,
    },
    /// The mapping leaves out what records cannot do without.
    #[error("{0}")]
    Mapping(Said),
    /// The system could not read the bytes.
    #[error("the file cannot be read: {0}; see that it is still there and may be read")]
    Unreadable(Said),
    /// The caller asked to stop.
    #[error("reading was cancelled; nothing was kept")]
    Cancelled,
}

impl From<ReadError> for Said {
    fn from(error: ReadError) -> Self {
        let thing = |what: &'static str| SaidValue::word("fileThing", what.replace(' ', "_"));
        match &error {
            ReadError::Empty => retold!(error, "read.empty"),
            ReadError::Unsupported { what, advice } => {
                retold!(error, "read.unsupported", what = thing(what), advice = thing(advice))
            }
            ReadError::Binary { position } => retold!(error, "read.binary", position = *position),
            ReadError::FileTooLarge { limit } => retold!(error, "read.fileTooLarge", most = limit >> 20),
            ReadError::TooLarge { what, limit, place } => {
                retold!(error, "read.tooLarge", what = thing(what), limit = limit.clone(), place = Said::from(place))
            }
            ReadError::Damaged { what, place, detail } => {
                retold!(error, "read.damaged", what = thing(what), place = Said::from(place), detail = detail.clone())
            }
            ReadError::Member { name, what } => retold!(error, "read.member", name = name, what = thing(what)),
            ReadError::NoSuchSheet { name, available } => {
                retold!(error, "read.noSuchSheet", name = name, available = available)
            }
            ReadError::Mapping(said) => said.clone(),
            ReadError::Unreadable(detail) => retold!(error, "read.unreadable", detail = detail.clone()),
            ReadError::Cancelled => retold!(error, "cancelled"),
        }
    }
}

/// How much of a file is read. What lies beyond is refused with [`ReadError::TooLarge`], never cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Data rows.
    pub rows: u32,
    /// Columns of a row.
    pub columns: u32,
    /// Cells of a text file.
    pub text_cells: u32,
    /// Cells of a spreadsheet that hold a value.
    pub sheet_cells: u32,
    /// Bytes of one line of text.
    pub line_bytes: usize,
    /// Bytes of text in the cells of a spreadsheet.
    pub sheet_text_bytes: usize,
    /// Bytes of a spreadsheet after decompression.
    pub inflated_bytes: u64,
    /// Bytes of one part of a spreadsheet after decompression.
    pub inflated_entry_bytes: u64,
    /// Entries of a compressed spreadsheet or archive.
    pub archive_entries: usize,
    /// Bytes of all files of an archive together; each of them is held to `file_bytes` too.
    pub archive_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 50 << 20,
            rows: 5_000_000,
            columns: 2_000,
            text_cells: 100_000_000,
            sheet_cells: 20_000_000,
            line_bytes: 1 << 20,
            sheet_text_bytes: 1 << 29,
            inflated_bytes: 3 << 29,
            inflated_entry_bytes: 1 << 30,
            archive_entries: 10_000,
            archive_bytes: 256 << 20,
        }
    }
}
