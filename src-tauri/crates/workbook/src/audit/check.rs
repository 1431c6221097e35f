//! Checking the chain, event by event, on all cores.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use rusqlite::{Row, params};
use tieout_domain::{AuditHead, Digest};
use uuid::Uuid;

use super::{COLUMNS, ChainFault, ChainReport, EMPTY, compare, link::Link};
use crate::{
    Workbook, WorkbookError,
    rows::Blob,
    seal::{self, Told},
};

/// Events that are hashed at a time.
const PIECE: usize = 4_096;
/// Pieces that may wait for a core: some twenty megabytes.
const WAITING_MAX: usize = 16;

/// Events as they were read. Their texts lie one after the other.
struct Piece {
    texts: String,
    events: Vec<Read>,
}

/// An event, with the places where its texts end.
struct Read {
    sequence: u64,
    id: Uuid,
    at_ms: i64,
    actor: usize,
    action: usize,
    subject: usize,
    details: usize,
    machine: usize,
    seal: usize,
    previous: Digest,
    hash: Digest,
}

impl Piece {
    fn new() -> Self {
        Self { texts: String::new(), events: Vec::with_capacity(PIECE) }
    }

    /// Takes in a row of [`COLUMNS`].
    fn push(&mut self, row: &Row<'_>) -> Result<&Read, WorkbookError> {
        let mut text = |column: usize| -> Result<usize, WorkbookError> {
            self.texts.push_str(row.get_ref(column)?.as_str().map_err(WorkbookError::unreadable)?);
            Ok(self.texts.len())
        };
        let read = Read {
            sequence: u64::try_from(row.get::<_, i64>(0)?).map_err(WorkbookError::unreadable)?,
            id: row.get::<_, Blob>(1)?.0,
            at_ms: row.get(2)?,
            actor: text(3)?,
            action: text(4)?,
            subject: text(5)?,
            details: text(6)?,
            machine: text(9)?,
            seal: text(10)?,
            previous: Digest::from_bytes(row.get(7)?),
            hash: Digest::from_bytes(row.get(8)?),
        };
        self.events.push(read);
        self.events.last().ok_or_else(|| WorkbookError::unreadable("no event"))
    }

    /// The first event whose content is not what was hashed.
    fn first_altered(&self, company: &str) -> Option<u64> {
        let mut room = String::new();
        let mut from = 0;
        for event in &self.events {
            let text = |from: usize, to: usize| self.texts.get(from..to).unwrap_or_default();
            let link = Link {
                sequence: event.sequence,
                id: event.id,
                at_ms: event.at_ms,
                actor: text(from, event.actor),
                action: text(event.actor, event.action),
                subject: text(event.action, event.subject),
                details: text(event.subject, event.details),
                machine: text(event.details, event.machine),
                seal: text(event.machine, event.seal),
                previous: event.previous,
            };
            from = event.seal;
            if link.hash(company, &mut room) != event.hash {
                return Some(event.sequence);
            }
        }
        None
    }
}

/// What one event in its place is blamed for, its hash aside.
fn out_of_order(before: AuditHead, event: &Read) -> Option<ChainFault> {
    let sequence = event.sequence;
    if sequence != before.sequence + 1 {
        Some(ChainFault::Gap { expected: before.sequence + 1, found: sequence })
    } else if event.previous != before.hash {
        Some(ChainFault::Unchained { sequence })
    } else {
        None
    }
}

impl Workbook {
    /// Checks every event: its hash, that it follows its predecessor, that none is missing, and that the chain contains
    /// the head anchored in the key store; and that the rows of sealed tables are those that events tell of. Events and rows
    /// are read one after the other and hashed on all cores.
    pub fn verify_chain(&self) -> Result<ChainReport, WorkbookError> {
        let mut told = Told::nothing();
        let (head, fault) = self.check_events(&mut told)?;
        let rows = seal::check(&self.sql, self.company.id, &told)?;
        let anchor = if self.anchor_state.is_rolled_back() {
            self.anchor_state
        } else {
            compare(&self.sql, self.company.id, head, self.key_store.as_ref(), self.salt)?
        };
        Ok(ChainReport { head, fault, rows, anchor })
    }

    /// The newest event and the first fault.
    fn check_events(&self, told: &mut Told) -> Result<(AuditHead, Option<ChainFault>), WorkbookError> {
        let company = self.company.id.to_string();
        let company = company.as_str();
        let (first_altered, waiting) = (AtomicU64::new(u64::MAX), AtomicUsize::new(0));
        let check = |piece: &Piece| {
            if let Some(sequence) = piece.first_altered(company) {
                first_altered.fetch_min(sequence, Ordering::Relaxed);
            }
        };
        let (check, waiting) = (&check, &waiting);
        let (head, misplaced) = rayon::in_place_scope(|cores| {
            self.read_events(told, |piece| {
                if waiting.load(Ordering::Relaxed) >= WAITING_MAX {
                    check(&piece);
                    return;
                }
                waiting.fetch_add(1, Ordering::Relaxed);
                cores.spawn(move |_| {
                    check(&piece);
                    waiting.fetch_sub(1, Ordering::Relaxed);
                });
            })
        })?;
        let altered = first_altered.into_inner();
        let fault = match misplaced {
            Some((sequence, fault)) if sequence <= altered => Some(fault),
            _ if altered < u64::MAX => Some(ChainFault::Altered { sequence: altered }),
            _ => None,
        };
        Ok((head, fault))
    }

    /// Reads all events in their order, notes what they tell of rows, hands them on in pieces, and answers the newest one and the first that stands in a
    /// wrong place.
    fn read_events(
        &self,
        told: &mut Told,
        mut hand_on: impl FnMut(Piece),
    ) -> Result<(AuditHead, Option<(u64, ChainFault)>), WorkbookError> {
        let mut statement =
            self.sql.prepare(&format!("SELECT {COLUMNS} FROM audit_events WHERE company_id = ?1 ORDER BY sequence"))?;
        let mut rows = statement.query(params![Blob(self.company.id.uuid())])?;
        let (mut head, mut misplaced, mut piece) = (EMPTY, None, Piece::new());
        while let Some(row) = rows.next()? {
            let event = piece.push(row)?;
            let text = |column: usize| row.get_ref(column)?.as_str().map_err(WorkbookError::unreadable);
            told.take(event.sequence, text(4)?, text(10)?);
            if misplaced.is_none() {
                misplaced = out_of_order(head, event).map(|fault| (event.sequence, fault));
            }
            head = AuditHead { sequence: event.sequence, hash: event.hash };
            if piece.events.len() == PIECE {
                hand_on(std::mem::replace(&mut piece, Piece::new()));
            }
        }
        hand_on(piece);
        Ok((head, misplaced))
    }
}
