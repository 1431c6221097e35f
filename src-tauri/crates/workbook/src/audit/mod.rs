//! The append-only, hash-chained record of everything that changed.
//!
//! An event's hash is SHA-256 over its canonical JSON (RFC 8785) with the members `action`, `actor`, `at`, `company`,
//! `details`, `id`, `machine`, `previous`, `seal`, `sequence`, `subject`; `previous` is the hash of the event before it, in
//! hexadecimal. Where no machine is known, or no sealed table grew, there is no such member: so events of earlier versions
//! keep their hash.

mod chain_file;
mod check;
mod link;

use rusqlite::{Connection, OptionalExtension, Row, params};
use tieout_domain::{AuditEvent, AuditEventId, AuditHead, CompanyId, Digest, GENESIS};
use uuid::Uuid;

use self::link::Link;
use crate::{AnchorState, KeyStore, RowFault, Workbook, WorkbookError, anchor::known_heads, key::Salt, rows::Blob};

pub use self::chain_file::{ChainFileFault, ChainLines, check_chain_file};

/// A page of the audit log, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The events.
    pub events: Vec<AuditEvent>,
    /// Events in all.
    pub total: u64,
}

/// The first thing found wrong with the chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// Events are missing before this one.
    #[error("event {expected} is missing: event {found} follows event {}", expected - 1)]
    Gap {
        /// The sequence that should come.
        expected: u64,
        /// The sequence that comes.
        found: u64,
    },
    /// The event does not name the hash of the one before it.
    #[error("event {sequence} does not follow from the event before it")]
    Unchained {
        /// Its position.
        sequence: u64,
    },
    /// The event's content is not what was hashed.
    #[error("event {sequence} was altered")]
    Altered {
        /// Its position.
        sequence: u64,
    },
}

/// What checking the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainReport {
    /// The newest event, as the file has it.
    pub head: AuditHead,
    /// The first fault, if there is one.
    pub fault: Option<ChainFault>,
    /// Of each table whose rows are not those that events told of, the first fault.
    pub rows: Vec<RowFault>,
    /// How the chain compares with what the key store knows of it.
    pub anchor: AnchorState,
}

impl ChainReport {
    /// Whether nothing speaks against the chain.
    pub fn holds(&self) -> bool {
        self.fault.is_none() && self.rows.is_empty() && !self.anchor.is_rolled_back()
    }
}

/// The head of an empty chain.
pub(crate) const EMPTY: AuditHead = AuditHead { sequence: 0, hash: GENESIS };

pub(crate) struct NewEvent<'a> {
    pub(crate) id: Uuid,
    pub(crate) at_ms: i64,
    pub(crate) actor: &'a str,
    pub(crate) machine: &'a str,
    pub(crate) action: &'a str,
    pub(crate) subject: &'a str,
    /// Canonical JSON.
    pub(crate) details: &'a str,
    /// What it tells of rows: see `seal`.
    pub(crate) seal: &'a str,
}

const INSERT: &str =
    "INSERT INTO audit_events (company_id, sequence, id, at, actor, action, subject, details, previous, hash, machine,
                               seal)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
/// Where no machine is known, nor any row sealed: there was no column for either once.
const INSERT_PLAIN: &str =
    "INSERT INTO audit_events (company_id, sequence, id, at, actor, action, subject, details, previous, hash)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

/// Adds an event after `head` and answers the new head.
pub(crate) fn append(
    sql: &Connection,
    company: CompanyId,
    head: AuditHead,
    event: &NewEvent<'_>,
) -> Result<AuditHead, WorkbookError> {
    let sequence = head.sequence + 1;
    let event = AuditEvent {
        sequence,
        id: AuditEventId::from_uuid(event.id),
        at_ms: event.at_ms,
        actor: event.actor.to_owned(),
        machine: event.machine.to_owned(),
        action: event.action.to_owned(),
        subject: event.subject.to_owned(),
        details: event.details.to_owned(),
        seal: event.seal.to_owned(),
        previous: head.hash,
        hash: GENESIS,
    };
    let hash = Link::of(&event).hash(&company.to_string(), &mut String::new());
    let place = i64::try_from(sequence).map_err(WorkbookError::unreadable)?;
    let (company, id) = (Blob(company.uuid()), Blob(event.id.uuid()));
    let (previous, own) = (head.hash.as_bytes(), hash.as_bytes());
    let AuditEvent { at_ms, actor, action, subject, details, machine, seal, .. } = &event;
    if machine.is_empty() && seal.is_empty() {
        sql.prepare_cached(INSERT_PLAIN)?
            .execute(params![company, place, id, at_ms, actor, action, subject, details, previous, own])?;
    } else {
        sql.prepare_cached(INSERT)?.execute(params![
            company, place, id, at_ms, actor, action, subject, details, previous, own, machine, seal
        ])?;
    }
    Ok(AuditHead { sequence, hash })
}

/// The newest event's position and hash.
pub(crate) fn head(sql: &Connection, company: CompanyId) -> Result<AuditHead, WorkbookError> {
    let newest = sql
        .query_row(
            "SELECT sequence, hash FROM audit_events WHERE company_id = ?1 ORDER BY sequence DESC LIMIT 1",
            params![Blob(company.uuid())],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?)),
        )
        .optional()?;
    let Some((sequence, hash)) = newest else { return Ok(EMPTY) };
    let sequence = u64::try_from(sequence).map_err(WorkbookError::unreadable)?;
    Ok(AuditHead { sequence, hash: Digest::from_bytes(hash) })
}

/// Compares the file's chain with the heads that this machine knows, and answers the strictest finding.
pub(crate) fn compare(
    sql: &Connection,
    company: CompanyId,
    head: AuditHead,
    store: &dyn KeyStore,
    salt: Salt,
) -> Result<AnchorState, WorkbookError> {
    Ok(strictest(sql, company, head, store, salt)?.0)
}

/// The same, with the head that it is about.
pub(crate) fn strictest(
    sql: &Connection,
    company: CompanyId,
    head: AuditHead,
    store: &dyn KeyStore,
    salt: Salt,
) -> Result<(AnchorState, Option<AuditHead>), WorkbookError> {
    let mut strictest = (AnchorState::Unknown, None);
    for known in known_heads(store, salt) {
        let state = stands(sql, company, head, known)?;
        if state.is_stricter_than(strictest.0) {
            strictest = (state, Some(known));
        }
    }
    Ok(strictest)
}

/// Whether the file's chain, which ends with `head`, contains this other head.
fn stands(
    sql: &Connection,
    company: CompanyId,
    head: AuditHead,
    anchored: AuditHead,
) -> Result<AnchorState, WorkbookError> {
    if anchored.sequence > head.sequence {
        return Ok(AnchorState::Behind { anchored: anchored.sequence, found: head.sequence });
    }
    let stored: Option<[u8; 32]> = sql
        .query_row(
            "SELECT hash FROM audit_events WHERE company_id = ?1 AND sequence = ?2",
            params![Blob(company.uuid()), i64::try_from(anchored.sequence).map_err(WorkbookError::unreadable)?],
            |row| row.get(0),
        )
        .optional()?;
    match stored {
        Some(hash) if Digest::from_bytes(hash) == anchored.hash => Ok(AnchorState::Matches),
        _ => Ok(AnchorState::Differs { sequence: anchored.sequence }),
    }
}

/// Rewrites the hashes from an event on, as somebody could who has the key and knows how they are made.
#[cfg(test)]
pub(crate) fn rehash(sql: &Connection, company: CompanyId, from: u64) -> Result<(), WorkbookError> {
    let mut statement =
        sql.prepare(&format!("SELECT {COLUMNS} FROM audit_events WHERE company_id = ?1 ORDER BY sequence"))?;
    let mut rows = statement.query(params![Blob(company.uuid())])?;
    let (mut events, mut before) = (Vec::new(), GENESIS);
    while let Some(row) = rows.next()? {
        events.push(read_event(row)?);
    }
    for mut event in events {
        if event.sequence >= from {
            event.previous = before;
            event.hash = Link::of(&event).hash(&company.to_string(), &mut String::new());
            let place = i64::try_from(event.sequence).map_err(WorkbookError::unreadable)?;
            sql.execute(
                "UPDATE audit_events SET previous = ?3, hash = ?4 WHERE company_id = ?1 AND sequence = ?2",
                params![Blob(company.uuid()), place, event.previous.as_bytes(), event.hash.as_bytes()],
            )?;
        }
        before = event.hash;
    }
    Ok(())
}

fn read_event(row: &Row<'_>) -> Result<AuditEvent, WorkbookError> {
    Ok(AuditEvent {
        sequence: u64::try_from(row.get::<_, i64>(0)?).map_err(WorkbookError::unreadable)?,
        id: AuditEventId::from_uuid(row.get::<_, Blob>(1)?.0),
        at_ms: row.get(2)?,
        actor: row.get(3)?,
        action: row.get(4)?,
        subject: row.get(5)?,
        details: row.get(6)?,
        previous: Digest::from_bytes(row.get(7)?),
        hash: Digest::from_bytes(row.get(8)?),
        machine: row.get(9)?,
        seal: row.get(10)?,
    })
}

const COLUMNS: &str = "sequence, id, at, actor, action, subject, details, previous, hash, machine, seal";

impl Workbook {
    /// The newest link of the audit chain.
    pub fn audit_head(&self) -> AuditHead {
        self.head
    }

    /// How the chain compares with a head that somebody else kept, such as a signed report.
    pub fn compare_head(&self, kept: AuditHead) -> Result<AnchorState, WorkbookError> {
        stands(&self.sql, self.company.id, self.head, kept)
    }

    /// The position of the newest event of work, which tells whether records, decisions or settings are still the same.
    /// Alerts only watch, and add events of their own whenever they find or send something; who comes and goes, what leaves
    /// the workbook, where its key is kept, and what is only said about a record, changes nothing that is worked with.
    pub fn work_version(&self) -> Result<u64, WorkbookError> {
        let newest = self
            .sql
            .prepare_cached(
                "SELECT sequence FROM audit_events WHERE company_id = ?1 AND action NOT GLOB 'alert.*'
                     AND action NOT GLOB 'user.*' AND action NOT GLOB 'report.*' AND action NOT GLOB 'data.*'
                     AND action NOT GLOB 'key.*' AND action NOT GLOB 'backup.*' AND action NOT GLOB 'signer.*'
                     AND action NOT IN ('marked.comment', 'marked.evidence')
                 ORDER BY sequence DESC LIMIT 1",
            )?
            .query_row(params![Blob(self.company.id.uuid())], |row| row.get::<_, i64>(0))
            .optional()?;
        u64::try_from(newest.unwrap_or(0)).map_err(WorkbookError::unreadable)
    }

    /// Events by their positions, in that order; positions that nothing stands at are left out.
    pub fn audit_events(&self, positions: &[u64]) -> Result<Vec<AuditEvent>, WorkbookError> {
        let mut statement = self
            .sql
            .prepare_cached(&format!("SELECT {COLUMNS} FROM audit_events WHERE company_id = ?1 AND sequence = ?2"))?;
        let mut events = Vec::with_capacity(positions.len());
        for position in positions {
            let position = i64::try_from(*position).map_err(WorkbookError::unreadable)?;
            let mut rows = statement.query(params![Blob(self.company.id.uuid()), position])?;
            if let Some(row) = rows.next()? {
                events.push(read_event(row)?);
            }
        }
        Ok(events)
    }

    /// Place of the newest event of this kind on this subject.
    pub fn newest_event(&self, action: &str, subject: &str) -> Result<Option<u64>, WorkbookError> {
        let newest = self
            .sql
            .prepare_cached(
                "SELECT sequence FROM audit_events WHERE company_id = ?1 AND action = ?2 AND subject = ?3
                 ORDER BY sequence DESC LIMIT 1",
            )?
            .query_row(params![Blob(self.company.id.uuid()), action, subject], |row| row.get::<_, i64>(0))
            .optional()?;
        newest.map(|sequence| u64::try_from(sequence).map_err(WorkbookError::unreadable)).transpose()
    }

    /// A page of the audit log, newest first.
    pub fn audit_page(&self, offset: u64, limit: u32) -> Result<AuditPage, WorkbookError> {
        let below = self.head.sequence.saturating_sub(offset);
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM audit_events WHERE company_id = ?1 AND sequence <= ?2
             ORDER BY sequence DESC LIMIT ?3"
        ))?;
        let below = i64::try_from(below).map_err(WorkbookError::unreadable)?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid()), below, limit])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            events.push(read_event(row)?);
        }
        Ok(AuditPage { events, total: self.head.sequence })
    }
}
