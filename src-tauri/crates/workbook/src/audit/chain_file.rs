//! The chain as a file of JSON lines, which can be checked without the workbook.
//!
//! A line is an event's canonical JSON (RFC 8785) with its `hash` as one more member. Without that member its bytes are what
//! was hashed; `previous` is the hash of the line before, and sixty-four zeros in the first.

use std::{
    collections::BTreeMap,
    io::{self, BufRead},
};

use rusqlite::params;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use tieout_domain::{AuditHead, Digest};

use super::{COLUMNS, ChainFault, link::Link, read_event};
use crate::{
    Workbook, WorkbookError,
    rows::{self, Blob},
};

/// A longer line is no event: the workbook holds no text of more than a thousand million bytes. An act on a million matches
/// names each of them.
const LINE_BYTES_MAX: u64 = 1 << 30;

/// Why a chain file does not hold.
#[derive(Debug, thiserror::Error)]
pub enum ChainFileFault {
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A line is no event.
    #[error("line {line} is no audit event: {why}")]
    NoEvent {
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        why: String,
    },
    /// There is none.
    #[error("the file holds no audit event")]
    Empty,
    /// An event of another workbook's company.
    #[error("line {line} is of another workbook")]
    Foreign {
        /// The line, from 1.
        line: u64,
    },
    /// The chain is broken.
    #[error(transparent)]
    Chain(#[from] ChainFault),
}

/// A line's members. Any other, or one that stands there twice, is refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(rename = "action")]
    _action: String,
    #[serde(rename = "actor")]
    _actor: String,
    #[serde(rename = "at")]
    _at: i64,
    company: String,
    #[serde(rename = "details")]
    _details: serde_json::Value,
    hash: String,
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "machine", default)]
    _machine: String,
    previous: String,
    #[serde(rename = "seal", default)]
    _seal: BTreeMap<String, (u64, String)>,
    sequence: u64,
    #[serde(rename = "subject")]
    _subject: String,
}

/// Some lines of the file.
#[derive(Debug)]
pub struct ChainLines {
    /// Whole lines, each with its end.
    pub text: String,
    /// The number of the last event among them.
    pub through: u64,
}

impl Workbook {
    /// The lines of the next events after that number, oldest first, about so many bytes; empty after the newest. What was
    /// written before stays true, since events are only added: others may work between two pieces.
    pub fn chain_lines(&self, after: u64, bytes: usize) -> Result<ChainLines, WorkbookError> {
        let company = self.company.id.to_string();
        let sql =
            format!("SELECT {COLUMNS} FROM audit_events WHERE company_id = ?1 AND sequence > ?2 ORDER BY sequence");
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid()), rows::stored(after)])?;
        let mut lines = ChainLines { text: String::new(), through: after };
        while lines.text.len() < bytes
            && let Some(row) = rows.next()?
        {
            let event = read_event(row)?;
            Link::of(&event).write(&company, Some(event.hash), &mut lines.text);
            lines.text.push('\n');
            lines.through = event.sequence;
        }
        Ok(lines)
    }
}

/// Checks a file of [`Workbook::chain_lines`]: every event's hash, that it follows its predecessor, and that none is
/// missing from the first on. Answers the newest: whether events after it are missing only another witness of the head can
/// tell, such as a signed report.
pub fn check_chain_file(mut file: impl BufRead) -> Result<AuditHead, ChainFileFault> {
    let (mut head, mut company, mut text) = (super::EMPTY, String::new(), String::new());
    for number in 1.. {
        text.clear();
        if io::Read::take(&mut file, LINE_BYTES_MAX).read_line(&mut text)? == 0 {
            break;
        }
        let no_event = |why: &str| ChainFileFault::NoEvent { line: number, why: why.to_owned() };
        let bytes = text.strip_suffix('\n').ok_or_else(|| no_event("it is too long, or cut off"))?;
        let line: Line = serde_json::from_str(bytes).map_err(|error| no_event(&error.to_string()))?;
        if number == 1 {
            company.clone_from(&line.company);
        } else if company != line.company {
            return Err(ChainFileFault::Foreign { line: number });
        }
        head =
            follow(head, &line, bytes).map_err(|fault| fault.unwrap_or_else(|| no_event("its hash stands nowhere")))?;
    }
    if head == super::EMPTY { Err(ChainFileFault::Empty) } else { Ok(head) }
}

/// The head after this line; `None` for a line that is not written as these are.
fn follow(before: AuditHead, line: &Line, bytes: &str) -> Result<AuditHead, Option<ChainFileFault>> {
    let sequence = line.sequence;
    let broken = |fault: ChainFault| Some(ChainFileFault::from(fault));
    if sequence != before.sequence + 1 {
        return Err(broken(ChainFault::Gap { expected: before.sequence + 1, found: sequence }));
    }
    if line.previous != before.hash.to_string() {
        return Err(broken(ChainFault::Unchained { sequence }));
    }
    // An event cannot tell its own hash otherwise, so that it stands there once.
    let member = format!(",\"hash\":\"{}\"", line.hash);
    let Some((first, rest)) = bytes.split_once(member.as_str()) else { return Err(None) };
    let hash = Digest::from_bytes(Sha256::new().chain_update(first).chain_update(rest).finalize().into());
    if hash.to_string() == line.hash {
        Ok(AuditHead { sequence, hash })
    } else {
        Err(broken(ChainFault::Altered { sequence }))
    }
}
