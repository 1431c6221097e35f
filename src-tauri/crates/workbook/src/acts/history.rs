//! What was done in the workbook, act by act.

use rusqlite::params;

use super::{ACT, Act, read_act};
use crate::{
    Page, Workbook, WorkbookError,
    rows::{self, Blob},
};

impl Workbook {
    /// A page of all acts of all people, newest first.
    pub fn acts(&self, offset: u64, limit: u32) -> Result<Page<Act>, WorkbookError> {
        let company = Blob(self.company.id.uuid());
        let total: i64 = self
            .sql
            .prepare_cached("SELECT count(*) FROM acts WHERE company_id = ?1")?
            .query_row(params![company], |row| row.get(0))?;
        let sql = format!("{ACT} WHERE a.company_id = ?1 ORDER BY a.id DESC LIMIT ?2 OFFSET ?3");
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut found = statement.query(params![company, limit, rows::stored(offset)])?;
        let mut page = Page { rows: Vec::new(), total: rows::counted(total) };
        while let Some(row) = found.next()? {
            page.rows.push(read_act(row)?);
        }
        Ok(page)
    }
}
