//! What is used of a record, and where it stands: kept on the record itself, in step with the matches that hold it.

use rusqlite::params;
use tieout_domain::{Currency, InvoiceStatus, LedgerKind, Leg, Money, MoneyError, RecordRef, Side};
use uuid::Uuid;

use crate::{
    WorkbookError,
    change::Change,
    fingerprint::Fingerprint,
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

/// A record about to be matched: all that storing a match asks of it, read at once.
pub(crate) struct Held {
    rowid: i64,
    amount: i64,
    applied: i64,
    currency: Currency,
    state: State,
    kind: Option<LedgerKind>,
    invoice: Option<InvoiceStatus>,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) date: Option<String>,
    pub(crate) counterparty: String,
    pub(crate) reference: String,
    /// Description or memo.
    pub(crate) text: String,
    /// The record's own id, or the document's number.
    pub(crate) number: String,
}

impl Held {
    /// What is open, in minor units; `None` where there is no limit (a customer's account).
    fn open(&self) -> Option<i64> {
        open(self.state, self.kind, self.amount, self.applied)
    }

    /// Refuses a leg that settles an amount of another currency than the record's.
    pub(crate) fn check_currency(&self, leg: &Leg) -> Result<(), WorkbookError> {
        let (left, right) = (leg.amount_settled.currency(), self.currency);
        if left == right { Ok(()) } else { Err(MoneyError::CurrencyMismatch { left, right }.into()) }
    }

    /// Refuses a leg that would settle more of the record than is open, or has another sign or currency.
    pub(crate) fn check_open(&self, leg: &Leg) -> Result<(), WorkbookError> {
        self.check_currency(leg)?;
        let wanted = leg.amount_settled;
        match self.open() {
            Some(open) if !covers(open, wanted.minor_units()) => {
                let open = Money::from_minor(open, self.currency);
                Err(WorkbookError::NotEnoughOpen { record: leg.record, open, wanted })
            }
            _ => Ok(()),
        }
    }
}

/// What is open of a record; `None` where there is no limit.
fn open(state: State, kind: Option<LedgerKind>, amount: i64, applied: i64) -> Option<i64> {
    match state {
        State::Withdrawn => Some(0),
        State::Dormant if kind == Some(LedgerKind::CustomerAccount) => None,
        State::Dormant => Some(0),
        State::Unmatched | State::Proposed | State::Settled => Some(amount - applied),
    }
}

/// Whether so much can be used of what is open: the same sign, and not more.
pub(crate) const fn covers(open: i64, wanted: i64) -> bool {
    if open >= 0 { 0 <= wanted && wanted <= open } else { open <= wanted && wanted <= 0 }
}

/// How far an invoice has come of which so much is used.
fn invoice_after(status: InvoiceStatus, amount: i64, applied: i64) -> InvoiceStatus {
    match status {
        InvoiceStatus::Draft | InvoiceStatus::Void => status,
        _ if applied == 0 => InvoiceStatus::Open,
        _ if applied == amount => InvoiceStatus::Paid,
        _ => InvoiceStatus::PartlyPaid,
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
        if state == State::Unmatched { self.end_acceptance_of(record) } else { Ok(()) }
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

    /// Reads a record that is about to be matched.
    pub(crate) fn held(&self, record: RecordRef) -> Result<Held, WorkbookError> {
        let (side, id) = side_of(record);
        let sql = match side {
            Side::Statement => {
                "SELECT rowid, amount, applied, currency, state, fingerprint, date, counterparty, reference, description,
                        record_id, NULL, NULL FROM statement_lines WHERE company_id = ?1 AND id = ?2"
            }
            Side::Ledger => {
                "SELECT rowid, amount, applied, currency, state, fingerprint, date, counterparty, reference, memo, number,
                        kind, invoice_status FROM ledger_entries WHERE company_id = ?1 AND id = ?2"
            }
        };
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut found = statement.query(params![Blob(self.company.uuid()), Blob(id)])?;
        let row = found.next()?.ok_or_else(|| WorkbookError::not_found("record", id))?;
        let word = |column| -> Result<Option<&str>, WorkbookError> {
            row.get_ref(column)?.as_str_or_null().map_err(WorkbookError::unreadable)
        };
        Ok(Held {
            rowid: row.get(0)?,
            amount: row.get(1)?,
            applied: row.get(2)?,
            currency: rows::currency(word(3)?.unwrap_or_default())?,
            state: State::from_code(row.get(4)?)?,
            fingerprint: row.get(5)?,
            date: row.get(6)?,
            counterparty: row.get(7)?,
            reference: row.get(8)?,
            text: row.get(9)?,
            number: row.get(10)?,
            kind: word(11)?.map(rows::ledger_kind).transpose()?,
            invoice: word(12)?.map(rows::invoice_status).transpose()?,
        })
    }

    /// A match that was just approved uses so much of the record: quicker than [`Change::refresh`] where that is all
    /// that happened since it was read.
    pub(crate) fn use_held(&mut self, held: &Held, leg: &Leg) -> Result<(), WorkbookError> {
        let applied = leg.amount_settled.minor_units().saturating_add(held.applied);
        let state = match held.state {
            // A live proposal holds it, before and after.
            State::Withdrawn | State::Dormant | State::Proposed => held.state,
            State::Unmatched | State::Settled if applied == held.amount => State::Settled,
            State::Unmatched | State::Settled => State::Unmatched,
        };
        let (side, _) = side_of(leg.record);
        match side {
            Side::Statement => self
                .sql
                .prepare_cached("UPDATE statement_lines SET applied = ?2, state = ?3 WHERE rowid = ?1")?
                .execute(params![held.rowid, applied, state as i64])?,
            Side::Ledger => {
                let invoice = held.invoice.map(|status| invoice_after(status, held.amount, applied).as_str());
                self.sql
                    .prepare_cached(
                        "UPDATE ledger_entries SET applied = ?2, state = ?3, invoice_status = ?4 WHERE rowid = ?1",
                    )?
                    .execute(params![held.rowid, applied, state as i64, invoice])?
            }
        };
        self.moved(side, held.state, state);
        Ok(())
    }

    /// A live proposal now holds the record.
    pub(crate) fn propose_held(&mut self, held: &Held, record: RecordRef) -> Result<(), WorkbookError> {
        if held.state == State::Unmatched {
            let (side, _) = side_of(record);
            let (table, _) = table(side);
            self.sql
                .prepare_cached(&format!("UPDATE {table} SET state = 1 WHERE rowid = ?1"))?
                .execute(params![held.rowid])?;
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
                    ifnull(sum(ifnull(l.amount_settled, l.amount_applied)) FILTER (WHERE m.status = 'approved'), 0),
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

    /// What is open of a record, in minor units; `None` where it has no limit (a customer's account).
    pub(crate) fn open_of(&self, record: RecordRef) -> Result<Option<i64>, WorkbookError> {
        Ok(self.held(record)?.open())
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
        self.invoice.map(|status| invoice_after(status, self.amount, self.applied_by_matches))
    }
}
