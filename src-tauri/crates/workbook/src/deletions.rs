//! Records that a person deletes one by one. They are remembered, so that taking their file in again does not bring them
//! back, and they can be restored.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{ActKind, InvoiceStatus, LedgerKind, MatchId, Permission, RecordRef, Side};
use uuid::Uuid;

use crate::{
    Page, Record, Workbook, WorkbookError,
    acts::About,
    change::Change,
    content,
    json::Json,
    queue::title_of,
    records::reference,
    rows::{self, Blob},
    state::{State, side_of, table},
};

/// A record that somebody deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedRecord {
    /// The record.
    pub record: Record,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub deleted_at_ms: i64,
    /// Who.
    pub deleted_by: String,
    /// Why.
    pub reason: String,
}

/// A deletion of a record: by which act, where it was one, when, by whom and why.
#[derive(Debug, Clone)]
pub(crate) struct Deletion {
    pub(crate) act: Option<Uuid>,
    pub(crate) at_ms: i64,
    pub(crate) by: Uuid,
    pub(crate) reason: String,
}

impl Workbook {
    /// Deletes records, as one act: they are shown nowhere else any more, are not matched, and are not taken in again.
    /// Proposals that hold any of them are set aside. Refused, for all of them, while an approved match uses one.
    pub fn delete_records(&mut self, records: &[RecordRef], reason: &str) -> Result<(), WorkbookError> {
        let records = each_once(records);
        if records.is_empty() {
            return Ok(());
        }
        self.require(Permission::Import)?;
        let about = self.about_records(&records)?;
        self.change(Permission::Import, |change| {
            let act = change.id();
            change.act(act, ActKind::Delete, &about)?;
            let deletion =
                Deletion { act: Some(act), at_ms: change.now_ms, by: change.user.uuid(), reason: reason.to_owned() };
            let deleted: Vec<_> = records.iter().map(|record| (*record, deletion.clone())).collect();
            change.note_records(act, &deleted)?;
            let proposals = change.delete_as(&deleted, act)?;
            let details = Json::Object(vec![
                ("reason", Json::text(reason)),
                ("records", Json::texts(records.iter().map(|record| content::subject(*record)))),
                ("set_aside", Json::texts(proposals)),
            ]);
            change.tell("records.deleted", &format!("act {act}"), &details)
        })
    }

    /// Brings deleted records back, as open as when they were taken in: an act of its own, whoever deleted them. Refused,
    /// for all of them, where one was not deleted, or its import was undone since.
    pub fn restore_records(&mut self, records: &[RecordRef]) -> Result<(), WorkbookError> {
        let records = each_once(records);
        if records.is_empty() {
            return Ok(());
        }
        self.require(Permission::Import)?;
        let about = self.about_records(&records)?;
        self.change(Permission::Import, |change| {
            let act = change.id();
            change.act(act, ActKind::Restore, &about)?;
            let deleted = records
                .iter()
                .map(|record| Ok((*record, change.deletion_of(*record)?)))
                .collect::<Result<Vec<_>, WorkbookError>>()?;
            change.note_records(act, &deleted)?;
            change.bring_back(&deleted)?;
            let details =
                Json::Object(vec![("records", Json::texts(records.iter().map(|record| content::subject(*record))))]);
            change.tell("records.restored", &format!("act {act}"), &details)
        })
    }

    /// What an act on records is about.
    fn about_records(&self, records: &[RecordRef]) -> Result<About, WorkbookError> {
        let mut title = String::new();
        let mut amounts = Vec::with_capacity(records.len());
        for record in records {
            let found = self.record(*record)?;
            title = title_of(&found);
            amounts.push(match found {
                Record::Line(found) => found.line.amount,
                Record::Entry(found) => found.entry.amount,
            });
        }
        Ok(About::of(title, &amounts))
    }

    /// A page of the deleted records of a side, newest deletion first.
    pub fn deleted_records(&self, side: Side, offset: u64, limit: u32) -> Result<Page<DeletedRecord>, WorkbookError> {
        let (table, _) = table(side);
        let company = Blob(self.company.id.uuid());
        let total: i64 = self
            .sql
            .prepare_cached(&format!("SELECT count(*) FROM {table} WHERE company_id = ?1 AND deleted_at IS NOT NULL"))?
            .query_row(params![company], |row| row.get(0))?;
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT r.id, r.deleted_at, u.name, r.deletion_reason FROM {table} r
             LEFT JOIN users u ON u.company_id = r.company_id AND u.id = r.deleted_by
             WHERE r.company_id = ?1 AND r.deleted_at IS NOT NULL
             ORDER BY r.deleted_at DESC, r.rowid DESC LIMIT ?2 OFFSET ?3"
        ))?;
        let mut found = statement.query(params![company, limit, rows::stored(offset)])?;
        let mut page = Page { rows: Vec::new(), total: rows::counted(total) };
        while let Some(row) = found.next()? {
            page.rows.push(DeletedRecord {
                record: self.record(reference(side, row.get::<_, Blob>(0)?.0))?,
                deleted_at_ms: row.get(1)?,
                deleted_by: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                reason: row.get(3)?,
            });
        }
        Ok(page)
    }
}

fn each_once(records: &[RecordRef]) -> Vec<RecordRef> {
    let mut seen = std::collections::HashSet::new();
    records.iter().copied().filter(|record| seen.insert(*record)).collect()
}

impl Change<'_> {
    /// Deletes records as these deletions say. Answers the proposals that held any of them: they are set aside by `act`.
    /// What the engine said of each record stays, to be said again should it come back before the next run.
    pub(crate) fn delete_as(
        &mut self,
        deleted: &[(RecordRef, Deletion)],
        act: Uuid,
    ) -> Result<Vec<MatchId>, WorkbookError> {
        let records: Vec<RecordRef> = deleted.iter().map(|(record, _)| *record).collect();
        let approved = self.matches_holding(&records, "m.status = 'approved'")?;
        if !approved.is_empty() {
            return Err(WorkbookError::RecordsInUse { matches: approved.len() as u64 });
        }
        let proposals = self.live_matches_holding(&records)?;
        for proposal in &proposals {
            self.set_aside(proposal.uuid(), act)?;
        }
        for (record, deletion) in deleted {
            self.delete(*record, deletion)?;
        }
        Ok(proposals)
    }

    /// Brings records back whose deletion this is.
    pub(crate) fn bring_back(&mut self, deleted: &[(RecordRef, Deletion)]) -> Result<(), WorkbookError> {
        deleted.iter().try_for_each(|(record, _)| self.restore_record(*record))
    }

    /// The deletion of a record that is deleted.
    fn deletion_of(&self, record: RecordRef) -> Result<Deletion, WorkbookError> {
        let (side, id) = side_of(record);
        let (table, _) = table(side);
        let found = self
            .sql
            .prepare_cached(&format!(
                "SELECT deletion_act, deleted_at, deleted_by, deletion_reason FROM {table}
                 WHERE company_id = ?1 AND id = ?2 AND deleted_at IS NOT NULL"
            ))?
            .query_row(params![Blob(self.company.uuid()), Blob(id)], |row| {
                Ok(Deletion {
                    act: row.get::<_, Option<Blob>>(0)?.map(|act| act.0),
                    at_ms: row.get(1)?,
                    by: row.get::<_, Blob>(2)?.0,
                    reason: row.get(3)?,
                })
            })
            .optional()?;
        found.ok_or_else(|| WorkbookError::not_found("deleted record", id))
    }

    fn delete(&mut self, record: RecordRef, deletion: &Deletion) -> Result<(), WorkbookError> {
        let (side, id) = side_of(record);
        let (table, _) = table(side);
        let (company, id) = (Blob(self.company.uuid()), Blob(id));
        let state: Option<i64> = self
            .sql
            .prepare_cached(&format!("SELECT state FROM {table} WHERE company_id = ?1 AND id = ?2"))?
            .query_row(params![company, id], |row| row.get(0))
            .optional()?;
        let state = state.map(State::from_code).transpose()?.filter(|state| *state != State::Withdrawn);
        let state = state.ok_or_else(|| WorkbookError::not_found("record", id.0))?;
        self.sql
            .prepare_cached(&format!(
                "UPDATE {table} SET state = 4, deleted_at = ?3, deleted_by = ?4, deletion_reason = ?5, deletion_act = ?6
                 WHERE company_id = ?1 AND id = ?2"
            ))?
            .execute(params![
                company,
                id,
                deletion.at_ms,
                Blob(deletion.by),
                deletion.reason,
                deletion.act.map(Blob)
            ])?;
        self.moved(side, state, State::Withdrawn);
        self.count_line(record, -1)
    }

    fn restore_record(&mut self, record: RecordRef) -> Result<(), WorkbookError> {
        let (side, id) = side_of(record);
        let (table, _) = table(side);
        let state = self.state_when_open(record)?;
        let restored = self
            .sql
            .prepare_cached(&format!(
                "UPDATE {table}
                 SET state = ?3, deleted_at = NULL, deleted_by = NULL, deletion_reason = NULL, deletion_act = NULL
                 WHERE company_id = ?1 AND id = ?2 AND deleted_at IS NOT NULL"
            ))?
            .execute(params![Blob(self.company.uuid()), Blob(id), state as i64])?;
        if restored != 1 {
            return Err(WorkbookError::not_found("deleted record", id));
        }
        self.moved(side, State::Withdrawn, state);
        self.count_line(record, 1)
    }

    /// Where a record stands that no match holds.
    fn state_when_open(&self, record: RecordRef) -> Result<State, WorkbookError> {
        let RecordRef::Entry(id) = record else { return Ok(State::Unmatched) };
        let found = self
            .sql
            .prepare_cached("SELECT kind, invoice_status FROM ledger_entries WHERE company_id = ?1 AND id = ?2")?
            .query_row(params![Blob(self.company.uuid()), Blob(id.uuid())], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
            })
            .optional()?;
        let (kind, status) = found.ok_or_else(|| WorkbookError::not_found("deleted record", id))?;
        let status = status.map(|word| rows::invoice_status(&word)).transpose()?;
        let dormant = kind == LedgerKind::CustomerAccount.as_str()
            || matches!(status, Some(InvoiceStatus::Draft | InvoiceStatus::Void));
        Ok(if dormant { State::Dormant } else { State::Unmatched })
    }

    /// An account tells how many lines it has.
    fn count_line(&self, record: RecordRef, difference: i64) -> Result<(), WorkbookError> {
        if let RecordRef::Line(id) = record {
            self.sql
                .prepare_cached(
                    "UPDATE accounts SET lines = lines + ?3 WHERE company_id = ?1 AND id = (
                         SELECT account_id FROM statement_lines WHERE company_id = ?1 AND id = ?2)",
                )?
                .execute(params![Blob(self.company.uuid()), Blob(id.uuid()), difference])?;
        }
        Ok(())
    }
}
