//! The grid of audit events.

use rusqlite::Row;

use super::{
    growing::Rows,
    source::{Names, Source, text},
};
use crate::WorkbookError;

pub(super) const SOURCE: Source = Source {
    table: "audit_events",
    sql: "SELECT r.rowid, r.sequence, r.at, r.actor, r.action, r.subject, r.details, r.machine
          FROM audit_events r NOT INDEXED
          WHERE +r.company_id = ?1 AND r.rowid BETWEEN ?2 AND ?3 ORDER BY r.rowid",
    read,
    key: |rowid| rowid,
    chosen: None,
};

fn read(row: &Row<'_>, _: &Names, rows: &mut Rows) -> Result<(), WorkbookError> {
    rows.begin(row.get(0)?, true, "");
    rows.number(row.get(1)?);
    rows.number(row.get(2)?);
    for column in 3..8 {
        rows.text(text(row, column)?);
    }
    Ok(())
}
