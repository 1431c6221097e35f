//! The grid of ledger entries.

use rusqlite::Row;

use super::{
    growing::Rows,
    source::{Names, Source, optional_text, text},
};
use crate::{WorkbookError, state::State};

pub(super) const SOURCE: Source = Source {
    table: "ledger_entries",
    sql:
        "SELECT r.rowid, r.state, r.currency, r.date, r.due_date, r.kind, r.number, r.counterparty, r.reference, r.memo,
                 r.amount, r.amount - r.applied, r.invoice_status, r.counterparty_code, r.counterparty_account,
                 r.record_id, r.batch_id, r.source_row
          FROM ledger_entries r NOT INDEXED
          WHERE +r.company_id = ?1 AND r.rowid BETWEEN ?2 AND ?3 ORDER BY r.rowid",
    read,
    key: |rowid| rowid,
    chosen: None,
};

fn read(row: &Row<'_>, names: &Names, rows: &mut Rows) -> Result<(), WorkbookError> {
    let state = State::from_code(row.get(1)?)?;
    rows.begin(row.get(0)?, state != State::Withdrawn, text(row, 2)?);
    rows.day(optional_text(row, 3)?);
    rows.day(optional_text(row, 4)?);
    rows.word(optional_text(row, 5)?);
    for column in 6..10 {
        rows.text(text(row, column)?);
    }
    rows.number(row.get(10)?);
    // What customers' accounts took has no limit, and nothing of it is open; nor of drafts and void invoices.
    rows.number(if state == State::Dormant { Some(0) } else { row.get(11)? });
    rows.word(Some(state.as_str()));
    rows.word(optional_text(row, 12)?);
    for column in 13..16 {
        rows.text(text(row, column)?);
    }
    rows.text(names.file(row.get(16)?));
    rows.number(row.get(17)?);
    Ok(())
}
