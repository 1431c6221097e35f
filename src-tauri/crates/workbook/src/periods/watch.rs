//! The triggers that see every change of a signed period: there as long as something is signed.

use rusqlite::{Connection, params};

use crate::{WorkbookError, change::Change, rows::Blob};

const MAKE: &str = include_str!("watch.sql");

const TRIGGERS: [&str; 9] = [
    "statement_lines_come_into_a_signed_period",
    "lines_of_a_signed_period_change",
    "decisions_keep_locked_periods",
    "ledger_entries_come_into_a_signed_period",
    "ledger_entries_change_a_signed_period",
    "matches_come_into_a_signed_period",
    "matches_change_a_signed_period",
    "imports_state_balances_of_a_signed_period",
    "statements_leave_a_signed_period",
];

/// Makes the triggers where something is signed and they are not all there: a migration took away those of before.
pub(crate) fn watch_signed_ones(sql: &mut Connection) -> Result<(), WorkbookError> {
    let watched: bool =
        sql.query_row("SELECT EXISTS (SELECT 1 FROM periods WHERE watched = 1)", [], |row| row.get(0))?;
    if !watched {
        return Ok(());
    }
    let names = TRIGGERS.map(|name| format!("'{name}'")).join(", ");
    let there: i64 = sql.query_row(
        &format!("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name IN ({names})"),
        [],
        |row| row.get(0),
    )?;
    if usize::try_from(there).is_ok_and(|there| there < TRIGGERS.len()) {
        let all_or_none = sql.transaction()?;
        all_or_none.execute_batch(MAKE)?;
        all_or_none.commit()?;
    }
    Ok(())
}

impl Change<'_> {
    /// Makes the triggers, if they are not there. Called before a period is signed, in the same transaction.
    pub(crate) fn watch_periods(&self) -> Result<(), WorkbookError> {
        Ok(self.sql.execute_batch(MAKE)?)
    }

    /// Takes them away, if nothing is signed any more. Called after a period lost its signatures, in the same transaction.
    pub(crate) fn watch_no_longer(&self) -> Result<(), WorkbookError> {
        let watched: bool = self
            .sql
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM periods WHERE company_id = ?1 AND watched = 1)")?
            .query_row(params![Blob(self.company.uuid())], |row| row.get(0))?;
        if !watched {
            for name in TRIGGERS {
                self.sql.execute_batch(&format!("DROP TRIGGER IF EXISTS {name}"))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trigger_that_is_made_is_taken_away() {
        assert_eq!(MAKE.matches("CREATE TRIGGER").count(), TRIGGERS.len());
        assert!(TRIGGERS.iter().all(|name| MAKE.contains(&format!("CREATE TRIGGER IF NOT EXISTS {name} "))));
    }
}
