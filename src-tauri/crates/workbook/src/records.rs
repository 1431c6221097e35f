//! Statement lines and ledger entries as they are shown and matched.

use std::collections::HashMap;

use rusqlite::{Connection, Row, params, params_from_iter, types::Value};
use tieout_domain::{
    AccountId, CompanyId, Currency, CustomerId, Digest, InvoiceStatus, Job, LedgerEntry, LedgerEntryId, Money,
    NormalisedTexts, RecordRef, Side, Source, StatementLine, StatementLineId,
};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError, custom,
    queue::Sql,
    rows::{self, Blob},
    state::{State, table},
    tally,
};

/// A statement line with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRecord {
    /// Its identifier.
    pub id: StatementLineId,
    /// Its account.
    pub account: AccountId,
    /// The account's name.
    pub account_name: String,
    /// The file it came from.
    pub file_name: String,
    /// The line.
    pub line: StatementLine,
    /// What no approved match uses of it.
    pub open: Money,
}

/// A ledger entry with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRecord {
    /// Its identifier.
    pub id: LedgerEntryId,
    /// The file it came from.
    pub file_name: String,
    /// The entry.
    pub entry: LedgerEntry,
    /// What no approved match uses of it.
    pub open: Money,
    /// How far it has come, for invoices.
    pub status: Option<InvoiceStatus>,
    /// The customer it belongs to.
    pub customer: Option<CustomerId>,
}

/// A record of either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// A statement line.
    Line(LineRecord),
    /// A ledger entry.
    Entry(EntryRecord),
}

impl Record {
    /// Which record it is.
    pub const fn reference(&self) -> RecordRef {
        match self {
            Self::Line(line) => RecordRef::Line(line.id),
            Self::Entry(entry) => RecordRef::Entry(entry.id),
        }
    }

    /// What no approved match uses of it.
    pub const fn open(&self) -> Money {
        match self {
            Self::Line(line) => line.open,
            Self::Entry(entry) => entry.open,
        }
    }
}

/// A page and how many rows there are in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// Rows in all.
    pub total: u64,
}

/// Which open records are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuery {
    /// Which side.
    pub side: Side,
    /// Only records that contain this (name, code, number, reference, text, id, amount); empty: all.
    pub search: String,
    /// Nearest to this amount first, by size without sign, in minor units; none: largest first.
    pub near_minor: Option<u64>,
    /// Only this currency.
    pub currency: Option<Currency>,
    /// Rows to skip.
    pub offset: u64,
    /// Rows wanted.
    pub limit: u32,
}

/// How many records and runs there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RecordCounts {
    /// Statement lines.
    pub lines: u64,
    /// Ledger entries.
    pub entries: u64,
    /// Lines of which something is open.
    pub lines_open: u64,
    /// Entries of which something is open.
    pub entries_open: u64,
    /// Runs so far.
    pub runs: u64,
}

const LINE: &str =
    "SELECT r.id, b.file_hash, r.source_row, r.record_id, r.file_account, r.date, r.value_date, r.amount,
        r.currency, r.description, r.reference, r.counterparty, r.counterparty_account, r.balance, r.applied, r.raw,
        r.clean_description, r.extracted_references, r.remittance, r.bank_code, r.job_month, r.job_site, r.job_service,
        r.job_quantity, r.job_rate,
        r.account_id, a.name, b.file_name
    FROM statement_lines r
    JOIN statements s ON s.company_id = r.company_id AND s.id = r.statement_id
    JOIN import_batches b ON b.company_id = s.company_id AND b.id = s.batch_id
    JOIN accounts a ON a.company_id = r.company_id AND a.id = r.account_id";

const ENTRY: &str = "SELECT r.id, b.file_hash, r.source_row, r.record_id, r.kind, r.number, r.date, r.due_date,
        r.counterparty, r.counterparty_code, r.counterparty_account, r.amount, r.currency, r.reference, r.memo,
        r.applied, r.raw, r.job_month, r.job_site, r.job_service, r.job_quantity, r.job_rate,
        b.file_name, r.invoice_status, r.customer_id
    FROM ledger_entries r
    JOIN import_batches b ON b.company_id = r.company_id AND b.id = r.batch_id";

/// Whole lines by their identifiers, which ascend.
pub(crate) fn whole_lines(
    sql: &Connection,
    company: CompanyId,
    wanted: &[StatementLineId],
) -> Result<HashMap<StatementLineId, StatementLine>, WorkbookError> {
    let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else { return Ok(HashMap::new()) };
    let mut statement = sql.prepare_cached(&format!("{LINE} WHERE r.company_id = ?1 AND r.id BETWEEN ?2 AND ?3"))?;
    let mut found = statement.query(params![Blob(company.uuid()), Blob(first.uuid()), Blob(last.uuid())])?;
    let mut currencies = Currencies::default();
    let mut lines = HashMap::new();
    while let Some(row) = found.next()? {
        let id = StatementLineId::from_uuid(row.get::<_, Blob>(0)?.0);
        if wanted.binary_search(&id).is_err() {
            continue;
        }
        lines.insert(id, read_line(row, Digest::from_bytes(row.get(1)?), &mut currencies)?.0);
    }
    Ok(lines)
}

/// The first twenty-five columns of [`LINE`] but for the file: the line, and what is open of it.
pub(crate) fn read_line(
    row: &Row<'_>,
    file: Digest,
    currencies: &mut Currencies,
) -> Result<(StatementLine, Money), WorkbookError> {
    let currency = currencies.find(row, 8)?;
    let (amount, applied): (i64, i64) = (row.get(7)?, row.get(14)?);
    let amount = Money::from_minor(amount, currency);
    let line = StatementLine {
        source: Source { file, row: row.get(2)? },
        record_id: row.get(3)?,
        account: row.get(4)?,
        date: rows::date(row.get(5)?)?,
        value_date: rows::date(row.get(6)?)?,
        amount,
        description: row.get(9)?,
        reference: row.get(10)?,
        counterparty: row.get(11)?,
        counterparty_account: row.get(12)?,
        balance: row.get::<_, Option<i64>>(13)?.map(|minor| Money::from_minor(minor, currency)),
        normalised: NormalisedTexts {
            clean: row.get(16)?,
            references: row
                .get_ref(17)?
                .as_str()
                .map_err(WorkbookError::unreadable)?
                .lines()
                .map(str::to_owned)
                .collect(),
            remittance: row.get(18)?,
            bank_code: row.get(19)?,
        }
        .into(),
        job: read_job(row, 20)?,
        raw: row.get(15)?,
    };
    Ok((line, amount.checked_sub(Money::from_minor(applied, currency))?))
}

/// The first twenty-two columns of [`ENTRY`] but for the file.
pub(crate) fn read_entry(
    row: &Row<'_>,
    file: Digest,
    currencies: &mut Currencies,
) -> Result<(LedgerEntry, Money), WorkbookError> {
    let currency = currencies.find(row, 12)?;
    let (amount, applied): (i64, i64) = (row.get(11)?, row.get(15)?);
    let amount = Money::from_minor(amount, currency);
    let kind = rows::ledger_kind(row.get_ref(4)?.as_str().map_err(WorkbookError::unreadable)?)?;
    let entry = LedgerEntry {
        source: Source { file, row: row.get(2)? },
        record_id: row.get(3)?,
        kind,
        number: row.get(5)?,
        date: rows::date(row.get(6)?)?,
        due_date: rows::date(row.get(7)?)?,
        counterparty: row.get(8)?,
        counterparty_code: row.get(9)?,
        counterparty_account: row.get(10)?,
        amount,
        reference: row.get(13)?,
        memo: row.get(14)?,
        job: read_job(row, 17)?,
        raw: row.get(16)?,
    };
    let open = match kind {
        tieout_domain::LedgerKind::CustomerAccount => Money::zero(currency),
        _ => amount.checked_sub(Money::from_minor(applied, currency))?,
    };
    Ok((entry, open))
}

/// Five columns, from `first` on: month, site, service type, quantity, rate.
pub(crate) fn read_job(row: &Row<'_>, first: usize) -> Result<Option<Box<Job>>, WorkbookError> {
    let Some(site) = row.get::<_, Option<String>>(first + 1)? else { return Ok(None) };
    let number = |column: usize| {
        let text: Option<String> = row.get(column)?;
        text.map(|text| text.parse().map_err(WorkbookError::unreadable)).transpose()
    };
    Ok(Some(Box::new(Job {
        month: rows::date(row.get(first)?)?,
        site,
        service_type: row.get(first + 2)?,
        quantity: number(first + 3)?,
        rate: number(first + 4)?,
    })))
}

/// The last currency that was read: nearly always the next one too.
#[derive(Default)]
pub(crate) struct Currencies(Option<Currency>);

impl Currencies {
    fn find(&mut self, row: &Row<'_>, column: usize) -> Result<Currency, WorkbookError> {
        let code = row.get_ref(column)?.as_str().map_err(WorkbookError::unreadable)?;
        match self.0 {
            Some(known) if known.code() == code => Ok(known),
            _ => {
                let found = rows::currency(code)?;
                self.0 = Some(found);
                Ok(found)
            }
        }
    }
}

impl Workbook {
    /// One statement line.
    pub fn line(&self, id: StatementLineId) -> Result<LineRecord, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!("{LINE} WHERE r.company_id = ?1 AND r.id = ?2"))?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(id.uuid())])?;
        let row = found.next()?.ok_or_else(|| WorkbookError::not_found("statement line", id))?;
        let (line, open) = read_line(row, Digest::from_bytes(row.get(1)?), &mut Currencies::default())?;
        Ok(LineRecord {
            id,
            account: AccountId::from_uuid(row.get::<_, Blob>(25)?.0),
            account_name: row.get(26)?,
            file_name: row.get(27)?,
            line,
            open,
        })
    }

    /// One ledger entry.
    pub fn entry(&self, id: LedgerEntryId) -> Result<EntryRecord, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!("{ENTRY} WHERE r.company_id = ?1 AND r.id = ?2"))?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(id.uuid())])?;
        let row = found.next()?.ok_or_else(|| WorkbookError::not_found("ledger entry", id))?;
        let (entry, open) = read_entry(row, Digest::from_bytes(row.get(1)?), &mut Currencies::default())?;
        let status = row.get::<_, Option<String>>(23)?.map(|word| rows::invoice_status(&word)).transpose()?;
        Ok(EntryRecord {
            id,
            file_name: row.get(22)?,
            entry,
            open,
            status,
            customer: row.get::<_, Option<Blob>>(24)?.map(|id| CustomerId::from_uuid(id.0)),
        })
    }

    /// A record of either side.
    pub fn record(&self, record: RecordRef) -> Result<Record, WorkbookError> {
        match record {
            RecordRef::Line(id) => self.line(id).map(Record::Line),
            RecordRef::Entry(id) => self.entry(id).map(Record::Entry),
        }
    }

    /// Several records, in the order asked for.
    pub fn records(&self, records: &[RecordRef]) -> Result<Vec<Record>, WorkbookError> {
        records.iter().map(|record| self.record(*record)).collect()
    }

    /// A page of records of which something is open.
    pub fn open_records(&self, query: &OpenQuery) -> Result<Page<Record>, WorkbookError> {
        let ids = self.open_ids(query, &State::OPEN, &Sql::after(OPEN_PARAMETERS))?;
        let total = if query.search.trim().is_empty() && query.currency.is_none() {
            let counted = State::OPEN.map(|state| tally::count_records(&self.sql, self.company.id, query.side, state));
            counted.into_iter().sum::<Result<u64, _>>()?
        } else {
            self.count_open(query, &State::OPEN, &Sql::after(OPEN_PARAMETERS))?
        };
        let rows = ids.into_iter().map(|id| self.record(reference(query.side, id))).collect::<Result<_, _>>()?;
        Ok(Page { rows, total })
    }

    /// How many records and runs there are.
    pub fn record_counts(&self) -> Result<RecordCounts, WorkbookError> {
        let count = |side, states: &[State]| {
            let counted = states.iter().map(|state| tally::count_records(&self.sql, self.company.id, side, *state));
            counted.sum::<Result<u64, WorkbookError>>()
        };
        let runs: i64 = self.sql.query_row(
            "SELECT count(*) FROM runs WHERE company_id = ?1",
            params![Blob(self.company.id.uuid())],
            |row| row.get(0),
        )?;
        let present = [State::Unmatched, State::Proposed, State::Settled, State::Dormant];
        Ok(RecordCounts {
            lines: count(Side::Statement, &present)?,
            entries: count(Side::Ledger, &present)?,
            lines_open: count(Side::Statement, &State::OPEN)?,
            entries_open: count(Side::Ledger, &State::OPEN)?,
            runs: rows::counted(runs),
        })
    }

    /// The names of files by their hash, for those who have records without their file's name.
    pub fn file_names(&self) -> Result<HashMap<Digest, String>, WorkbookError> {
        let batches = self.list_batches()?;
        Ok(batches.into_iter().rev().map(|batch| (batch.file_hash, batch.file_name)).collect())
    }

    /// Identifiers of a page: from each state the first rows in order, merged. Every part runs along an index. `besides` are
    /// more conditions on `r`.
    pub(crate) fn open_ids(
        &self,
        query: &OpenQuery,
        states: &[State],
        besides: &Sql,
    ) -> Result<Vec<Uuid>, WorkbookError> {
        let (table, _) = table(query.side);
        let filter = filter(query) + &besides.text;
        let rows = |state: State, bound: &str| {
            let of_state = besides.part("r.state");
            format!("FROM {table} r WHERE r.company_id = ?1 AND {of_state} = {} {bound} {filter}", state as i64)
        };
        // In the index's own order, either way, so that nothing is sorted and pages do not overlap.
        let order = |way: &str| format!("r.impact {way}, r.currency {way}, r.rowid {way}");
        let sql = match (states, query.near_minor) {
            ([state], None) => {
                format!("SELECT r.id {} ORDER BY {} LIMIT ?7 OFFSET ?8", rows(*state, ""), order("DESC"))
            }
            _ => {
                let ways: &[(&str, &str)] = match query.near_minor {
                    Some(_) => &[("AND r.impact >= ?5", "ASC"), ("AND r.impact < ?5", "DESC")],
                    None => &[("", "DESC")],
                };
                let parts: Vec<String> = states
                    .iter()
                    .flat_map(|state| ways.iter().map(move |(bound, way)| (state, bound, way)))
                    .enumerate()
                    .map(|(part, (state, bound, way))| {
                        format!(
                            "SELECT * FROM (SELECT r.id, r.impact, {part} AS part,
                                 row_number() OVER (ORDER BY {order}) AS place {} ORDER BY {order} LIMIT ?6)",
                            rows(*state, bound),
                            order = order(way)
                        )
                    })
                    .collect();
                let first = if query.near_minor.is_some() { "abs(impact - ?5)" } else { "impact DESC" };
                let parts = parts.join(" UNION ALL ");
                format!("SELECT id FROM ({parts}) ORDER BY {first}, part, place LIMIT ?7 OFFSET ?8")
            }
        };
        let mut statement = self.sql.prepare_cached(&sql)?;
        let (offset, limit) = (rows::stored(query.offset), i64::from(query.limit));
        let mut values = self.open_values(query);
        values.extend([
            query.near_minor.map(rows::stored).into(),
            offset.saturating_add(limit).into(),
            limit.into(),
            offset.into(),
        ]);
        values.extend(besides.values.iter().cloned());
        let ids = statement.query_map(params_from_iter(values), |row| row.get::<_, Blob>(0))?;
        Ok(ids.map(|id| id.map(|id| id.0)).collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn count_open(&self, query: &OpenQuery, states: &[State], besides: &Sql) -> Result<u64, WorkbookError> {
        let (table, _) = table(query.side);
        let states: Vec<String> = states.iter().map(|&state| (state as i64).to_string()).collect();
        let sql = format!(
            "SELECT count(*) FROM {table} r WHERE r.company_id = ?1 AND {} IN ({}) AND (?4 IS NULL OR ?4 = ?4)
             AND (?2 = ?2 AND ?3 = ?3) {}{}",
            besides.part("r.state"),
            states.join(", "),
            filter(query),
            besides.text
        );
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut values = self.open_values(query);
        if !besides.values.is_empty() {
            // Those of a page, which counting does without.
            values.resize(OPEN_PARAMETERS, Value::Null);
            values.extend(besides.values.iter().cloned());
        }
        let count: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(rows::counted(count))
    }

    /// The first parameters of both.
    fn open_values(&self, query: &OpenQuery) -> Vec<Value> {
        vec![
            Blob(self.company.id.uuid()).into(),
            custom::fold(&query.search).into(),
            custom::amount_needle(&query.search).into(),
            query.currency.map(|currency| currency.to_string()).into(),
        ]
    }
}

/// Parameters that a query for a page of open records has of its own.
pub(crate) const OPEN_PARAMETERS: usize = 8;

pub(crate) const fn reference(side: Side, id: Uuid) -> RecordRef {
    match side {
        Side::Statement => RecordRef::Line(StatementLineId::from_uuid(id)),
        Side::Ledger => RecordRef::Entry(LedgerEntryId::from_uuid(id)),
    }
}

/// Conditions on `r`; ?2 is the folded text, ?3 the amount as typed, ?4 the currency.
fn filter(query: &OpenQuery) -> String {
    let mut conditions = String::new();
    if query.currency.is_some() {
        conditions.push_str(" AND r.currency = ?4");
    }
    if !query.search.trim().is_empty() {
        let columns = match query.side {
            Side::Statement => "r.counterparty, r.reference, r.description, r.record_id",
            Side::Ledger => "r.counterparty, r.counterparty_code, r.number, r.reference, r.memo, r.record_id",
        };
        conditions.push_str(&format!(
            " AND (contains(?2, {columns}) OR instr(amount_text(r.amount, r.currency), ?3)
                   OR instr(amount_text(r.amount - r.applied, r.currency), ?3))"
        ));
    }
    conditions
}
