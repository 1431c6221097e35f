//! Whether the rows are those that events told of, and if not, which is not.

use std::{collections::HashMap, ops::ControlFlow};

use rusqlite::{Connection, params, types::ValueRef};
use tieout_domain::{CompanyId, Digest};
use uuid::Uuid;

use super::{
    KEPT, beginning, roll,
    rows::{Hash, each_piece},
    stored,
    tables::{TABLES, Table},
};
use crate::{
    WorkbookError,
    rows::{self as columns, Blob},
};

/// A row that is not as the audit chain tells, or the rows among which it is. Rows are counted from 1, as they came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// What never changes of it was changed.
    #[error("row {row} of {table} ({key}) is not as event {event} told of it")]
    Changed {
        /// The table.
        table: &'static str,
        /// The row.
        row: u64,
        /// What names it in its table.
        key: String,
        /// The event that came with it.
        event: u64,
    },
    /// It is gone.
    #[error("row {row} of {table} is missing, of which event {event} told")]
    Removed {
        /// The table.
        table: &'static str,
        /// The row.
        row: u64,
        /// The event that came with it.
        event: u64,
    },
    /// No event tells of it.
    #[error("row {row} of {table} ({key}) was put there without an event")]
    Added {
        /// The table.
        table: &'static str,
        /// The row.
        row: u64,
        /// What names it in its table.
        key: String,
    },
    /// One of them is not as it was, or missing; which cannot be told, since what is kept to tell it was changed too.
    #[error("among rows {from} to {to} of {table} one is not as event {event} told of it")]
    Between {
        /// The table.
        table: &'static str,
        /// The first row.
        from: u64,
        /// The last row.
        to: u64,
        /// The event that came with the last one.
        event: u64,
    },
    /// The rows are as told, but not what the next change would go on from.
    #[error("the seal that is kept of {table} is not the one that events tell")]
    Seal {
        /// The table.
        table: &'static str,
    },
    /// No program of ours tells such a thing.
    #[error("what event {event} tells of rows cannot be")]
    Told {
        /// The event.
        event: u64,
    },
}

/// What events tell of the rows of a table: after this one so many, with this seal.
struct Mark {
    event: u64,
    rows: u64,
    hash: Hash,
}

/// What all events tell of rows, table by table.
pub(crate) struct Told {
    marks: Vec<Vec<Mark>>,
    fault: Option<RowFault>,
}

impl Told {
    pub(crate) fn nothing() -> Self {
        Self { marks: TABLES.iter().map(|_| Vec::new()).collect(), fault: None }
    }

    /// Takes in what an event tells; they come in their order.
    pub(crate) fn take(&mut self, event: u64, action: &str, seal: &str) {
        if !seal.is_empty() && self.read(event, action, seal).is_none() && self.fault.is_none() {
            self.fault = Some(RowFault::Told { event });
        }
    }

    /// `None`: that cannot be.
    fn read(&mut self, event: u64, action: &str, seal: &str) -> Option<()> {
        let told: HashMap<&str, (u64, &str)> = serde_json::from_str(seal).ok()?;
        for (name, (rows, hash)) in told {
            let place = TABLES.binary_search_by_key(&name, |table| table.name).ok()?;
            let marks = self.marks.get_mut(place)?;
            // Rows only grow. When a file is brought up to date nothing is sealed that was sealed before: else rows that
            // were put there would be told of as if they had been.
            let is_first = marks.is_empty();
            if rows <= marks.last().map_or(0, |before| before.rows) || (action == "workbook.migrated" && !is_first) {
                return None;
            }
            let hash = *hash.parse::<Digest>().ok()?.as_bytes();
            marks.push(Mark { event, rows, hash });
        }
        Some(())
    }
}

/// The first fault of each table.
pub(crate) fn check(sql: &Connection, company: CompanyId, told: &Told) -> Result<Vec<RowFault>, WorkbookError> {
    let mut faults: Vec<RowFault> = told.fault.iter().cloned().collect();
    for (table, marks) in TABLES.iter().zip(&told.marks) {
        faults.extend(check_table(sql, company, table, marks)?);
    }
    Ok(faults)
}

/// How far the rows are as told.
struct Replay<'a> {
    rows: u64,
    hash: Hash,
    marks: std::slice::Iter<'a, Mark>,
    /// The rows up to this one are as told.
    sound: u64,
    is_sound: bool,
}

impl Replay<'_> {
    fn take(&mut self, digests: &[Hash]) -> ControlFlow<()> {
        for digest in digests {
            let Some(mark) = self.marks.as_slice().first() else {
                self.is_sound = false;
                return ControlFlow::Break(());
            };
            self.rows += 1;
            roll(&mut self.hash, digest);
            if self.rows == mark.rows {
                if self.hash != mark.hash {
                    self.is_sound = false;
                    return ControlFlow::Break(());
                }
                self.sound = self.rows;
                self.marks.next();
            }
        }
        ControlFlow::Continue(())
    }
}

fn check_table(
    sql: &Connection,
    company: CompanyId,
    table: &'static Table,
    marks: &[Mark],
) -> Result<Option<RowFault>, WorkbookError> {
    let mut replay = Replay { rows: 0, hash: beginning(table), marks: marks.iter(), sound: 0, is_sound: true };
    each_piece(sql, table, None, |digests, _| Ok(replay.take(digests)))?;
    let broken = replay.marks.as_slice().first();
    if !replay.is_sound || broken.is_some() {
        return name(sql, company, table, marks, replay.sound).map(Some);
    }
    let is_kept = match stored(sql, company, table)? {
        Some((rows, _, hash)) => (rows, hash) == (replay.rows, replay.hash),
        None => replay.rows == 0,
    };
    Ok((!is_kept).then_some(RowFault::Seal { table: table.name }))
}

type Kept = [u8; KEPT];

/// Which row after so many sound ones it is.
fn name(
    sql: &Connection,
    company: CompanyId,
    table: &'static Table,
    marks: &[Mark],
    sound: u64,
) -> Result<RowFault, WorkbookError> {
    let (kept, found) = (kept_digests(sql, company, table)?, found_digests(sql, table)?);
    let first = (0..kept.len().max(found.len())).find(|row| kept.get(*row) != found.get(*row));
    let broken = marks.iter().find(|mark| mark.rows > sound);
    let end = broken.map_or(u64::MAX, |mark| mark.rows);
    let name = table.name;
    let Some(place) = first.filter(|place| (sound..end).contains(&(*place as u64))) else {
        return match broken {
            Some(mark) => Ok(RowFault::Between { table: name, from: sound + 1, to: mark.rows, event: mark.event }),
            None => Ok(RowFault::Added { table: name, row: sound + 1, key: key_of(sql, table, sound)? }),
        };
    };
    let (was, is) = (kept.get(place), found.get(place));
    let event = broken.map_or(0, |mark| mark.event);
    let row = place as u64 + 1;
    let is_removed = is.is_none() || is == kept.get(place + 1);
    let is_added = broken.is_none() || was.is_none() || (was.is_some() && was == found.get(place + 1));
    if is_added {
        Ok(RowFault::Added { table: name, row, key: key_of(sql, table, place as u64)? })
    } else if is_removed {
        Ok(RowFault::Removed { table: name, row, event })
    } else {
        Ok(RowFault::Changed { table: name, row, key: key_of(sql, table, place as u64)?, event })
    }
}

fn first_bytes(digest: &[u8]) -> Kept {
    digest.first_chunk().copied().unwrap_or_default()
}

fn kept_digests(sql: &Connection, company: CompanyId, table: &Table) -> Result<Vec<Kept>, WorkbookError> {
    let mut statement =
        sql.prepare_cached("SELECT digests FROM seal_pieces WHERE company_id = ?1 AND of = ?2 ORDER BY piece")?;
    let mut pieces = statement.query(params![Blob(company.uuid()), table.name])?;
    let mut kept = Vec::new();
    while let Some(piece) = pieces.next()? {
        let piece = piece.get_ref(0)?.as_blob().map_err(WorkbookError::unreadable)?;
        kept.extend(piece.chunks_exact(KEPT).map(first_bytes));
    }
    Ok(kept)
}

fn found_digests(sql: &Connection, table: &Table) -> Result<Vec<Kept>, WorkbookError> {
    let mut found = Vec::new();
    each_piece(sql, table, None, |digests, _| {
        found.extend(digests.iter().map(|digest| first_bytes(digest)));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// What names the row that comes after so many.
fn key_of(sql: &Connection, table: &Table, before: u64) -> Result<String, WorkbookError> {
    let ((_, order), only) = (table.order(), table.only());
    let mut statement = sql.prepare(&format!(
        "SELECT {} FROM {} WHERE {only}true ORDER BY {order} LIMIT 1 OFFSET ?1",
        table.key, table.name
    ))?;
    let columns = statement.column_count();
    let mut found = statement.query([columns::stored(before)])?;
    let Some(row) = found.next()? else { return Ok(String::new()) };
    let mut words = Vec::new();
    for column in 0..columns {
        match row.get_ref(column)? {
            ValueRef::Null => {}
            ValueRef::Integer(number) => words.push(number.to_string()),
            ValueRef::Real(number) => words.push(number.to_string()),
            ValueRef::Text(text) => words.push(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => {
                words.push(Uuid::from_slice(bytes).map_or_else(|_| hex::encode(bytes), |id| id.to_string()));
            }
        }
    }
    Ok(words.join(" "))
}
