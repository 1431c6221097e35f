//! Which notes are taken, and the notes on something as they are read.

use jiff::civil::Date;
use rusqlite::params;
use tieout_domain::{ActId, Digest};

use super::{column, was_not_given_back};
use crate::{
    QueueSubject, Workbook, WorkbookError,
    rows::{self, Blob},
};

/// Most characters of a comment, or of the reason of a difference in time.
pub const COMMENT_CHARS_MAX: usize = 10_000;
/// Something that comes back later than this is not snoozed but given up.
pub(crate) const YEARS_MAX: i32 = 10;

/// Why something cannot be noted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MarkFault {
    /// Too many at once.
    #[error("{given} records and matches were chosen, and at most {most} are marked at once: choose fewer")]
    TooMany {
        /// How many were chosen.
        given: usize,
        /// How many may be.
        most: usize,
    },
    /// The day is over, or is today.
    #[error("{0} is not to come: choose a day after today")]
    NotToCome(Date),
    /// The day is too far off.
    #[error("{0} is more than {YEARS_MAX} years away: choose a nearer day")]
    TooFar(Date),
    /// Nothing is said.
    #[error("the comment is empty: write what there is to say")]
    NoComment,
    /// Too much is said.
    #[error("the text has {0} characters, and at most {COMMENT_CHARS_MAX} are kept: attach it as a file instead")]
    CommentTooLong(usize),
    /// A match is settled by approving it.
    #[error("only a record without a match is a difference in time: approve or reject the match instead")]
    MatchIsNoTiming,
    /// The match is decided.
    #[error("the match of {0} is decided already: take the decision back first")]
    Decided(String),
    /// The file is empty.
    #[error("'{0}' is empty: attach a file that says something")]
    EmptyFile(String),
    /// The file is too large.
    #[error("'{name}' is too large ({mib} MiB): at most {most} MiB are kept in the workbook")]
    FileTooLarge {
        /// Its name.
        name: String,
        /// Its size, in MiB, rounded up.
        mib: usize,
        /// What may be.
        most: usize,
    },
    /// The file has no name.
    #[error("the file needs a name")]
    NoFileName,
}

/// A note that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The act that made it.
    pub act: ActId,
    /// What it says.
    pub content: NoteContent,
    /// Who wrote it.
    pub by: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
}

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteContent {
    /// Who looks after it.
    Owner(String),
    /// The queue does not list it before this day.
    Snooze(Date),
    /// A difference in time, settled by this day, and why; why may be empty.
    Timing(Date, String),
    /// A comment.
    Comment(String),
    /// A file.
    Evidence {
        /// Its name.
        name: String,
        /// SHA-256 of its content.
        hash: Digest,
        /// Its size, in bytes.
        bytes: u64,
    },
}

/// A day after today, and not too long after it.
pub(super) fn coming(day: Date, today: Date) -> Result<Date, MarkFault> {
    if day <= today {
        Err(MarkFault::NotToCome(day))
    } else if i32::from(day.year()) - i32::from(today.year()) > YEARS_MAX {
        Err(MarkFault::TooFar(day))
    } else {
        Ok(day)
    }
}

pub(super) fn comment(text: &str) -> Result<String, MarkFault> {
    let text = reason(text)?;
    if text.is_empty() { Err(MarkFault::NoComment) } else { Ok(text) }
}

pub(super) fn reason(text: &str) -> Result<String, MarkFault> {
    let text = text.trim();
    let length = text.chars().count();
    if length > COMMENT_CHARS_MAX { Err(MarkFault::CommentTooLong(length)) } else { Ok(text.to_owned()) }
}

impl Workbook {
    /// Notes on something, newest first: all comments and files of acts that stand, and of the rest what holds today. A
    /// day that has come snoozes no longer; a difference in time stays one until it is settled or taken back.
    pub fn notes(&self, subject: QueueSubject) -> Result<Vec<Note>, WorkbookError> {
        let (column, id) = column(subject);
        let today = self.today();
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT m.kind, m.text, m.date, m.file, ifnull(length(f.content), 0), m.act_id, u.name, a.done_at FROM marks m
             JOIN acts a ON a.company_id = m.company_id AND a.id = m.act_id AND a.standing = 1
             JOIN users u ON u.company_id = a.company_id AND u.id = a.user_id
             LEFT JOIN evidence_files f ON f.company_id = m.company_id AND f.hash = m.file
             WHERE m.company_id = ?1 AND m.{column} = ?2 AND {}
               AND (m.kind IN ('comment', 'evidence') OR NOT EXISTS (
                   SELECT 1 FROM marks n JOIN acts b ON b.company_id = n.company_id AND b.id = n.act_id AND b.standing = 1
                   WHERE n.company_id = m.company_id AND n.{column} = m.{column} AND n.kind = m.kind AND n.id > m.id
                     AND {}))
             ORDER BY m.id DESC",
            was_not_given_back("m"),
            was_not_given_back("n")
        ))?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(id)])?;
        let mut notes = Vec::new();
        while let Some(row) = found.next()? {
            let kind: String = row.get(0)?;
            let text: String = row.get(1)?;
            let date = rows::date(row.get(2)?)?;
            let content = match (kind.as_str(), date) {
                ("owner", _) if text.is_empty() => continue,
                ("owner", _) => NoteContent::Owner(text),
                ("snooze", Some(until)) if until > today => NoteContent::Snooze(until),
                ("timing", Some(by)) => NoteContent::Timing(by, text),
                ("comment", _) => NoteContent::Comment(text),
                ("evidence", _) => NoteContent::Evidence {
                    name: text,
                    hash: Digest::from_bytes(row.get(3)?),
                    bytes: rows::counted(row.get(4)?),
                },
                // Taken away again, or over.
                _ => continue,
            };
            let act = ActId::from_uuid(row.get::<_, Blob>(5)?.0);
            notes.push(Note { act, content, by: row.get(6)?, at_ms: row.get(7)? });
        }
        Ok(notes)
    }
}
