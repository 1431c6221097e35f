//! What happened to a period: its signatures, and what took them away.

use rusqlite::params;
use tieout_domain::{Digest, LedgerEntryId, PeriodEventKind, PeriodId, RecordRef, StatementLineId, UserId};
use uuid::Uuid;

use super::{PeriodFigures, Reopening, balances};
use crate::{
    Workbook, WorkbookError,
    change::Change,
    rows::{self, Blob},
};

/// What kind of change took a period's signatures away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodChangeKind {
    /// A line was imported into its days, or earlier ones.
    LineAdded,
    /// A line of it was withdrawn: its import was undone, or somebody deleted it.
    LineWithdrawn,
    /// A deleted line of it was restored.
    LineRestored,
    /// A match with a line of its days, or of earlier ones, was approved.
    LineMatched,
    /// A match with such a line was taken back.
    LineUnmatched,
    /// An entry dated up to its last day was imported, or counts again.
    EntryAdded,
    /// An entry dated up to its last day was withdrawn, or counts no more.
    EntryWithdrawn,
    /// Entries dated up to its last day were matched: with one another, or with lines of other accounts.
    EntriesMatched,
    /// A match of such entries was taken back.
    EntriesUnmatched,
    /// The period before closes with another balance than this one opened with.
    Opening,
    /// The bank states another balance than was signed, or no more the one that was.
    Balance,
}

impl PeriodChangeKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::LineAdded,
        Self::LineWithdrawn,
        Self::LineRestored,
        Self::LineMatched,
        Self::LineUnmatched,
        Self::EntryAdded,
        Self::EntryWithdrawn,
        Self::EntriesMatched,
        Self::EntriesUnmatched,
        Self::Opening,
        Self::Balance,
    ];

    /// The word used in the file and across IPC.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LineAdded => "line_added",
            Self::LineWithdrawn => "line_withdrawn",
            Self::LineRestored => "line_restored",
            Self::LineMatched => "line_matched",
            Self::LineUnmatched => "line_unmatched",
            Self::EntryAdded => "entry_added",
            Self::EntryWithdrawn => "entry_withdrawn",
            Self::EntriesMatched => "entries_matched",
            Self::EntriesUnmatched => "entries_unmatched",
            Self::Opening => "opening",
            Self::Balance => "balance",
        }
    }
}

/// One kind of change that took signatures away: the first record, and how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodCause {
    /// What kind.
    pub change: PeriodChangeKind,
    /// The first record changed; none for a balance.
    pub record: Option<RecordRef>,
    /// How many records.
    pub records: u64,
}

/// One thing that happened to a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodEvent {
    /// What.
    pub kind: PeriodEventKind,
    /// Who did it, or whose change did, under the name of that time.
    pub by: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Why; may be empty.
    pub reason: String,
    /// SHA-256 of the content it is about.
    pub content: Digest,
    /// The proof as signed.
    pub figures: PeriodFigures,
    /// One person may prepare and review at that time.
    pub single_user: bool,
    /// What took the signatures away.
    pub causes: Vec<PeriodCause>,
}

/// A row of `period_events` about to be added.
pub(crate) struct NewPeriodEvent<'a> {
    pub(crate) id: Uuid,
    pub(crate) period: PeriodId,
    pub(crate) kind: PeriodEventKind,
    pub(crate) signature: Uuid,
    pub(crate) reason: &'a str,
    pub(crate) content: Digest,
    /// Canonical JSON.
    pub(crate) figures: &'a str,
}

impl Workbook {
    /// What happened to a period, newest first.
    pub fn period_events(&self, id: PeriodId) -> Result<Vec<PeriodEvent>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT e.id, e.kind, e.name, e.at, e.reason, e.content, e.figures, e.single_user, p.currency
             FROM period_events e
             JOIN periods p ON p.company_id = e.company_id AND p.id = e.period_id
             WHERE e.company_id = ?1 AND e.period_id = ?2 ORDER BY e.id DESC",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(id.uuid())])?;
        let mut events = Vec::new();
        while let Some(row) = found.next()? {
            let kind = rows::word(&PeriodEventKind::ALL, PeriodEventKind::as_str, &row.get::<_, String>(1)?)?;
            let currency = rows::currency(&row.get::<_, String>(8)?)?;
            events.push(PeriodEvent {
                kind,
                by: row.get(2)?,
                at_ms: row.get(3)?,
                reason: row.get(4)?,
                content: Digest::from_bytes(row.get(5)?),
                figures: balances::read_figures(&row.get::<_, String>(6)?, currency)?,
                single_user: row.get(7)?,
                causes: match kind {
                    PeriodEventKind::Revoked => self.period_causes(row.get::<_, Blob>(0)?.0)?,
                    _ => Vec::new(),
                },
            });
        }
        Ok(events)
    }

    fn period_causes(&self, event: Uuid) -> Result<Vec<PeriodCause>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT change, line_id, entry_id, records FROM period_causes
             WHERE company_id = ?1 AND event_id = ?2 ORDER BY records DESC, change",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(event)])?;
        let mut causes = Vec::new();
        while let Some(row) = found.next()? {
            causes.push(PeriodCause {
                change: rows::word(&PeriodChangeKind::ALL, PeriodChangeKind::as_str, &row.get::<_, String>(0)?)?,
                record: record(row.get(1)?, row.get(2)?),
                records: rows::counted(row.get(3)?),
            });
        }
        Ok(causes)
    }

    /// The figures of the preparation by which a period was signed, as they were stored.
    pub(crate) fn figures_text(&self, signature: Uuid) -> Result<String, WorkbookError> {
        let mut statement =
            self.sql.prepare_cached("SELECT figures FROM period_events WHERE company_id = ?1 AND id = ?2")?;
        Ok(statement.query_row(params![Blob(self.company.id.uuid()), Blob(signature)], |row| row.get(0))?)
    }

    pub(crate) fn newest_request(&self, id: PeriodId) -> Result<Option<Reopening>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT e.user_id, e.name, e.reason, e.at FROM period_events e
             WHERE e.company_id = ?1 AND e.period_id = ?2 AND e.kind = 'reopen_requested' ORDER BY e.id DESC LIMIT 1",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(id.uuid())])?;
        let Some(row) = found.next()? else { return Ok(None) };
        Ok(Some(Reopening {
            user: UserId::from_uuid(row.get::<_, Blob>(0)?.0),
            name: row.get(1)?,
            reason: row.get(2)?,
            at_ms: row.get(3)?,
        }))
    }
}

/// The record of two columns of which one is set.
pub(crate) fn record(line: Option<Blob>, entry: Option<Blob>) -> Option<RecordRef> {
    let line = line.map(|id| RecordRef::Line(StatementLineId::from_uuid(id.0)));
    line.or_else(|| entry.map(|id| RecordRef::Entry(LedgerEntryId::from_uuid(id.0))))
}

impl Change<'_> {
    /// Adds to what happened to a period, in the name of whoever works in the workbook: a name that a secret of their own
    /// proves, where there are others. What takes signatures away of itself is nobody's act.
    pub(crate) fn insert_period_event(&mut self, new: &NewPeriodEvent<'_>) -> Result<(), WorkbookError> {
        if new.kind != PeriodEventKind::Revoked {
            self.require_signer()?;
        }
        self.sql
            .prepare_cached(
                "INSERT INTO period_events
                     (company_id, id, period_id, kind, signature, user_id, at, reason, content, figures, single_user, name)
                 SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, single_user, ?11 FROM companies WHERE id = ?1",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(new.id),
                Blob(new.period.uuid()),
                new.kind.as_str(),
                Blob(new.signature),
                Blob(self.user.uuid()),
                self.now_ms,
                new.reason,
                new.content.as_bytes(),
                new.figures,
                self.actor()
            ])?;
        Ok(())
    }
}
