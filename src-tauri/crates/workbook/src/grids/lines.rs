//! The grid of statement lines.

use rusqlite::Row;

use super::{
    growing::Rows,
    source::{Names, Source, optional_text, text},
};
use crate::{WorkbookError, state::State};

pub(super) const SOURCE: Source = Source {
    table: "statement_lines",
    sql: "SELECT r.rowid, r.state, r.currency, r.date, r.value_date, r.counterparty, r.description, r.reference, r.amount,
                 r.amount - r.applied, c.category_id, r.account_id, r.balance, r.counterparty_account, r.record_id,
                 r.statement_id, r.source_row
          FROM statement_lines r NOT INDEXED
          LEFT JOIN line_categories c ON c.company_id = r.company_id AND c.line_id = r.id
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
    rows.text(text(row, 5)?);
    rows.text(text(row, 6)?);
    rows.text(text(row, 7)?);
    rows.number(row.get(8)?);
    rows.number(row.get(9)?);
    rows.word(Some(state.as_str()));
    rows.text(names.category(row.get(10)?));
    rows.text(names.account(row.get(11)?));
    rows.number(row.get(12)?);
    rows.text(text(row, 13)?);
    rows.text(text(row, 14)?);
    rows.text(names.file_of_statement(row.get(15)?));
    rows.number(row.get(16)?);
    Ok(())
}
