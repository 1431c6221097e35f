//! The triggers that see every change of a signed period: there as long as something is signed.

use rusqlite::params;

use crate::{WorkbookError, change::Change, rows::Blob};

const TRIGGERS: [&str; 7] = [
    "statement_lines_come_into_a_signed_period",
    "statement_lines_change_a_signed_period",
    "decisions_keep_locked_periods",
    "ledger_entries_come_into_a_signed_period",
    "ledger_entries_change_a_signed_period",
    "matches_of_entries_come_into_a_signed_period",
    "matches_of_entries_change_a_signed_period",
];

impl Change<'_> {
    /// Makes the triggers, if they are not there. Called before a period is signed, in the same transaction.
    pub(crate) fn watch_periods(&self) -> Result<(), WorkbookError> {
        Ok(self.sql.execute_batch(include_str!("watch.sql"))?)
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
        let sql = include_str!("watch.sql");
        assert_eq!(sql.matches("CREATE TRIGGER").count(), TRIGGERS.len());
        assert!(TRIGGERS.iter().all(|name| sql.contains(&format!("CREATE TRIGGER IF NOT EXISTS {name} "))));
    }
}
