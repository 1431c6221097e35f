//! Acts that delete records or restore them: which records, and what of it is left to take back or to do again.

use rusqlite::{named_params, params};
use tieout_domain::{ActKind, MatchId, RecordRef};
use uuid::Uuid;

use super::Act;
use crate::{WorkbookError, change::Change, content, deletions::Deletion, periods::record_of, rows::Blob};

/// The record of `r` is deleted by the very deletion that `r` tells of.
const IS_DELETED_SO: &str = "(EXISTS (SELECT 1 FROM statement_lines t
        WHERE t.company_id = r.company_id AND t.id = r.line_id AND t.deletion_act IS r.deletion AND t.deleted_at = r.deleted_at)
    OR EXISTS (SELECT 1 FROM ledger_entries t
        WHERE t.company_id = r.company_id AND t.id = r.entry_id AND t.deletion_act IS r.deletion AND t.deleted_at = r.deleted_at))";

/// The record of `r` is there, and no later act that stands deleted or restored it.
const IS_THERE_SO: &str = "(EXISTS (SELECT 1 FROM statement_lines t
        WHERE t.company_id = r.company_id AND t.id = r.line_id AND t.state <> 4)
    OR EXISTS (SELECT 1 FROM ledger_entries t
        WHERE t.company_id = r.company_id AND t.id = r.entry_id AND t.state <> 4))
    AND NOT EXISTS (SELECT 1 FROM act_records n INDEXED BY act_records_by_line
        JOIN acts s ON s.company_id = n.company_id AND s.id = n.act_id AND s.standing = 1
        WHERE n.company_id = r.company_id AND n.line_id IS NOT NULL AND n.line_id = r.line_id AND n.act_id > r.act_id)
    AND NOT EXISTS (SELECT 1 FROM act_records n INDEXED BY act_records_by_entry
        JOIN acts s ON s.company_id = n.company_id AND s.id = n.act_id AND s.standing = 1
        WHERE n.company_id = r.company_id AND n.entry_id IS NOT NULL AND n.entry_id = r.entry_id AND n.act_id > r.act_id)";

/// What an act, of these kinds, did or did again to records, and what it would do to them.
fn left(kind: ActKind, doing: bool) -> &'static str {
    if doing == (kind == ActKind::Restore) { IS_DELETED_SO } else { IS_THERE_SO }
}

/// The condition on act `a` that something is left of it to take back or, `doing`, to do again, as far as it is about
/// deleted records.
pub(super) fn something_is_left(doing: bool) -> String {
    let of = |kind: ActKind| {
        format!(
            "WHEN '{}' THEN EXISTS (SELECT 1 FROM act_records r
                 WHERE r.company_id = a.company_id AND r.act_id = a.id AND {})",
            kind.as_str(),
            left(kind, doing)
        )
    };
    format!("CASE a.kind {} {} ELSE 1 END", of(ActKind::Delete), of(ActKind::Restore))
}

impl Change<'_> {
    /// Notes which records an act is about, and the deletion of each that it makes or takes back.
    pub(crate) fn note_records(&mut self, act: Uuid, records: &[(RecordRef, Deletion)]) -> Result<(), WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO act_records (company_id, act_id, line_id, entry_id, deletion, deleted_at, deleted_by, reason)
             VALUES (:company, :act, :line, :entry, :deletion, :at, :by, :reason)",
        )?;
        for (record, deletion) in records {
            let (line, entry) = content::columns(*record);
            statement.execute(named_params! {
                ":company": Blob(self.company.uuid()),
                ":act": Blob(act),
                ":line": line.map(Blob),
                ":entry": entry.map(Blob),
                ":deletion": deletion.act.map(Blob),
                ":at": deletion.at_ms,
                ":by": Blob(deletion.by),
                ":reason": deletion.reason,
            })?;
        }
        Ok(())
    }

    /// Takes a deletion back, as far as it stands, with the proposals that it had set aside; or a restoring, so that the
    /// records are deleted as they were before. Answers the proposals that came back.
    pub(super) fn undo_records(&mut self, act: &Act, turn: Uuid) -> Result<Vec<MatchId>, WorkbookError> {
        let records = self.records_left(act, false)?;
        if records.is_empty() {
            return Err(WorkbookError::NothingToUndo);
        }
        if act.kind == ActKind::Restore {
            self.delete_as(&records, turn)?;
            return Ok(Vec::new());
        }
        self.bring_back(&records)?;
        let mut restored = self.restore(act.id.uuid())?;
        restored.extend(self.restore_waiting(act.id.uuid())?);
        Ok(restored)
    }

    /// Deletes again, or restores again, what an undo of the act brought back or deleted, as far as nobody else did
    /// otherwise since. Answers the proposals that came back.
    pub(super) fn redo_records(&mut self, act: &Act) -> Result<Vec<MatchId>, WorkbookError> {
        let records = self.records_left(act, true)?;
        if records.is_empty() {
            return Err(WorkbookError::NothingToRedo);
        }
        if act.kind == ActKind::Delete {
            self.delete_as(&records, act.id.uuid())?;
            return Ok(Vec::new());
        }
        let undone_by = self.undone_by_act(act)?;
        self.bring_back(&records)?;
        self.restore(undone_by)
    }

    fn records_left(&self, act: &Act, doing: bool) -> Result<Vec<(RecordRef, Deletion)>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT r.line_id, r.entry_id, r.deletion, r.deleted_at, r.deleted_by, r.reason FROM act_records r
             WHERE r.company_id = ?1 AND r.act_id = ?2 AND {} ORDER BY r.rowid",
            left(act.kind, doing)
        ))?;
        let mut found = statement.query(params![Blob(self.company.uuid()), Blob(act.id.uuid())])?;
        let mut records = Vec::new();
        while let Some(row) = found.next()? {
            let record =
                record_of(row.get(0)?, row.get(1)?).ok_or_else(|| WorkbookError::unreadable("an act on no record"))?;
            let deletion = Deletion {
                act: row.get::<_, Option<Blob>>(2)?.map(|act| act.0),
                at_ms: row.get(3)?,
                by: row.get::<_, Blob>(4)?.0,
                reason: row.get(5)?,
            };
            records.push((record, deletion));
        }
        Ok(records)
    }
}
