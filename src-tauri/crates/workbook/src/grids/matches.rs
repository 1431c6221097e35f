//! The grid of matches.

use rusqlite::Row;

use super::{
    growing::Rows,
    source::{Names, Source, optional_text, text},
};
use crate::WorkbookError;

pub(super) const SOURCE: Source = Source {
    table: "matches",
    sql: "SELECT r.rowid, r.status, r.currency, r.date, r.title, r.line_total, r.entry_total, r.difference, r.lines,
                 r.entries, r.kind, r.confidence, r.cause, r.changed_at
          FROM matches r NOT INDEXED
          WHERE +r.company_id = ?1 AND r.rowid BETWEEN ?2 AND ?3 ORDER BY r.rowid",
    read,
    key: |rowid| rowid,
    chosen: None,
};

fn read(row: &Row<'_>, _: &Names, rows: &mut Rows) -> Result<(), WorkbookError> {
    let status = text(row, 1)?;
    rows.begin(row.get(0)?, status != "superseded", text(row, 2)?);
    rows.day(optional_text(row, 3)?);
    rows.text(text(row, 4)?);
    for column in 5..10 {
        rows.number(row.get(column)?);
    }
    rows.word(optional_text(row, 10)?);
    rows.word(Some(status));
    rows.number(row.get(11)?);
    rows.word(optional_text(row, 12)?);
    rows.number(row.get(13)?);
    Ok(())
}
