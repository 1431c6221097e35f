//! What is used of a record, and where it stands: kept on the record itself, in step with the matches that hold it.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{InvoiceStatus, LedgerKind, RecordRef, Side};
use uuid::Uuid;

use crate::{
    WorkbookError,
    change::Change,
    rows::{self, Blob},
};

/// Where a record stands. The numbers are those of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Unmatched = 0,
    Proposed = 1,
    Settled = 2,
    Dormant = 3,
    Withdrawn = 4,
}

impl State {
    pub(crate) const ALL: [Self; 5] = [Self::Unmatched, Self::Proposed, Self::Settled, Self::Dormant, Self::Withdrawn];

    /// States in which something of the record is still to be matched.
    pub(crate) const OPEN: [Self; 2] = [Self::Unmatched, Self::Proposed];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Unmatched => "unmatched",
            Self::Proposed => "proposed",
            Self::Settled => "settled",
            Self::Dormant => "dormant",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub(crate) fn from_code(code: i64) -> Result<Self, WorkbookError> {
        let found = Self::ALL.into_iter().find(|&state| state as i64 == code);
        found.ok_or_else(|| WorkbookError::unreadable(format_args!("record state {code}")))
    }

    pub(crate) fn word_of(code: &str) -> Result<&'static str, WorkbookError> {
        Self::from_code(code.parse().map_err(WorkbookError::unreadable)?).map(Self::as_str)
    }
}

/// Table and leg column of a side.
pub(crate) const fn table(side: Side) -> (&'static str, &'static str) {
    match side {
        Side::Statement => ("statement_lines", "line_id"),
        Side::Ledger => ("ledger_entries", "entry_id"),
    }
}

pub(crate) const fn side_of(record: RecordRef) -> (Side, Uuid) {
    match record {
        RecordRef::Line(id) => (Side::Statement, id.uuid()),
        RecordRef::Entry(id) => (Side::Ledger, id.uuid()),
    }
}

/// What a record holds now, and what its matches say it should.
struct Standing {
    amount: i64,
    applied: i64,
    state: State,
    applied_by_matches: i64,
    settled_by_any: bool,
    proposed: bool,
    kind: Option<LedgerKind>,
    invoice: Option<InvoiceStatus>,
}

impl Change<'_> {
    /// Brings a record in step with the matches that hold it, after their status changed.
    pub(crate) fn refresh(&mut self, record: RecordRef) -> Result<(), WorkbookError> {
        let (side, id) = side_of(record);
        let standing = self.standing(side, id)?.ok_or_else(|| WorkbookError::not_found("record", id))?;
        let state = standing.state_by_matches();
        let invoice = standing.invoice_by_matches();
        if standing.applied != standing.applied_by_matches || invoice != standing.invoice {
            self.apply(side, id, standing.applied_by_matches, state, invoice)?;
        } else if standing.state != state {
            let (table, _) = table(side);
            self.sql
                .prepare_cached(&format!("UPDATE {table} SET state = ?3 WHERE company_id = ?1 AND id = ?2"))?
                .execute(params![Blob(self.company.uuid()), Blob(id), state as i64])?;
        }
        self.moved(side, standing.state, state);
        Ok(())
    }

    fn apply(
        &mut self,
        side: Side,
        id: Uuid,
        applied: i64,
        state: State,
        invoice: Option<InvoiceStatus>,
    ) -> Result<(), WorkbookError> {
        let (company, id) = (Blob(self.company.uuid()), Blob(id));
        match side {
            Side::Statement => self
                .sql
                .prepare_cached(
                    "UPDATE statement_lines SET applied = ?3, state = ?4 WHERE company_id = ?1 AND id = ?2",
                )?
                .execute(params![company, id, applied, state as i64])?,
            Side::Ledger => self
                .sql
                .prepare_cached(
                    "UPDATE ledger_entries SET applied = ?3, state = ?4, invoice_status = ?5
                     WHERE company_id = ?1 AND id = ?2",
                )?
                .execute(params![company, id, applied, state as i64, invoice.map(InvoiceStatus::as_str)])?,
        };
        Ok(())
    }

    /// Everything a proposal holds, brought in step after it was set aside.
    pub(crate) fn refresh_all(&mut self, records: &[RecordRef]) -> Result<(), WorkbookError> {
        records.iter().try_for_each(|record| self.refresh(*record))
    }

    /// A live proposal now holds the record; quicker than [`Change::refresh`] where that is all that happened.
    pub(crate) fn mark_proposed(&mut self, record: RecordRef) -> Result<(), WorkbookError> {
        let (side, id) = side_of(record);
        let (table, _) = table(side);
        let changed = self
            .sql
            .prepare_cached(&format!("UPDATE {table} SET state = 1 WHERE company_id = ?1 AND id = ?2 AND state = 0"))?
            .execute(params![Blob(self.company.uuid()), Blob(id)])?;
        if changed == 1 {
            self.moved(side, State::Unmatched, State::Proposed);
        }
        Ok(())
    }

    pub(crate) fn moved(&mut self, side: Side, from: State, to: State) {
        if from != to {
            self.tally.records(side, from, -1);
            self.tally.records(side, to, 1);
        }
    }

    fn standing(&self, side: Side, id: Uuid) -> Result<Option<Standing>, WorkbookError> {
        let (table, leg) = table(side);
        let (kind, invoice) = match side {
            Side::Statement => ("NULL", "NULL"),
            Side::Ledger => ("r.kind", "r.invoice_status"),
        };
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT r.amount, r.applied, r.state, {kind}, {invoice},
                    ifnull(sum(l.amount_applied) FILTER (WHERE m.status = 'approved'), 0),
                    count(m.id) FILTER (WHERE m.status = 'approved'),
                    count(m.id) FILTER (WHERE m.status IN ('suggested', 'ambiguous'))
             FROM {table} r
             LEFT JOIN match_legs l ON l.company_id = r.company_id AND l.{leg} = r.id
             LEFT JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id
             WHERE r.company_id = ?1 AND r.id = ?2 GROUP BY r.id"
        ))?;
        let mut rows = statement.query(params![Blob(self.company.uuid()), Blob(id)])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(Standing {
            amount: row.get(0)?,
            applied: row.get(1)?,
            state: State::from_code(row.get(2)?)?,
            kind: row.get::<_, Option<String>>(3)?.map(|word| rows::ledger_kind(&word)).transpose()?,
            invoice: row.get::<_, Option<String>>(4)?.map(|word| rows::invoice_status(&word)).transpose()?,
            applied_by_matches: row.get(5)?,
            settled_by_any: row.get::<_, i64>(6)? > 0,
            proposed: row.get::<_, i64>(7)? > 0,
        }))
    }

    /// What is open of a record, in minor units, and its currency; `None` where it has no limit (a customer's account).
    pub(crate) fn open_of(&self, record: RecordRef) -> Result<(Option<i64>, String), WorkbookError> {
        let (side, id) = side_of(record);
        let (table, _) = table(side);
        let kind = if side == Side::Ledger { "kind" } else { "''" };
        let row = self
            .sql
            .prepare_cached(&format!(
                "SELECT amount, applied, currency, state, {kind} FROM {table} WHERE company_id = ?1 AND id = ?2"
            ))?
            .query_row(params![Blob(self.company.uuid()), Blob(id)], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, i64>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, i64>(3)?,
                    row.get::<_, String>(4)?,
                ))
            })
            .optional()?;
        let (amount, applied, currency, state, kind) = row.ok_or_else(|| WorkbookError::not_found("record", id))?;
        let open = match State::from_code(state)? {
            State::Withdrawn => Some(0),
            State::Dormant if kind == LedgerKind::CustomerAccount.as_str() => None,
            State::Dormant => Some(0),
            State::Unmatched | State::Proposed | State::Settled => Some(amount - applied),
        };
        Ok((open, currency))
    }
}

impl Standing {
    fn state_by_matches(&self) -> State {
        let open = self.amount != self.applied_by_matches;
        match self.state {
            State::Withdrawn | State::Dormant => self.state,
            _ if self.proposed => State::Proposed,
            _ if !open && self.settled_by_any => State::Settled,
            _ => State::Unmatched,
        }
    }

    fn invoice_by_matches(&self) -> Option<InvoiceStatus> {
        debug_assert_eq!(self.kind == Some(LedgerKind::Invoice), self.invoice.is_some());
        self.invoice.map(|status| match status {
            InvoiceStatus::Draft | InvoiceStatus::Void => status,
            _ if self.applied_by_matches == 0 => InvoiceStatus::Open,
            _ if self.applied_by_matches == self.amount => InvoiceStatus::Paid,
            _ => InvoiceStatus::PartlyPaid,
        })
    }
}
