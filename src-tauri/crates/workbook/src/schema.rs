//! Bringing a file's schema up to date.

use rusqlite::Connection;

use crate::{OpenError, WorkbookError, periods};

mod embedded {
    refinery::embed_migrations!("../../../migrations/workbook");
}

/// The newest schema version known here: the number of the last migration, kept in the file's `user_version`.
pub const SCHEMA_VERSION: i32 = 29;

/// From this version on the rows of tables that only grow are sealed.
pub(crate) const SEALED_SINCE: i32 = 27;

/// `TIEO`: marks the file as a workbook once it is decrypted.
pub(crate) const APPLICATION_ID: i32 = 0x5449_454f;

/// Applies what is missing, all in one transaction, and answers the version that the file had. A file that is up to date is
/// not written to.
pub(crate) fn migrate(connection: &mut Connection) -> Result<i32, OpenError> {
    let version = connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(WorkbookError::from)?;
    let migrated = embedded::migrations::runner().set_grouped(true).run(connection);
    migrated.map_err(|error| OpenError::Migration(error.to_string()))?;
    periods::watch_signed_ones(connection)?;
    Ok(version)
}

/// As files of that version were made.
#[cfg(test)]
pub(crate) fn migrate_to(connection: &mut Connection, version: i32) -> Result<(), OpenError> {
    let runner = embedded::migrations::runner().set_grouped(true).set_target(refinery::Target::Version(version));
    runner.run(connection).map(drop).map_err(|error| OpenError::Migration(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_migration_sets_the_schema_version() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, SCHEMA_VERSION);
        let last = embedded::migrations::runner().get_migrations().iter().map(refinery::Migration::version).max();
        assert_eq!(last, Some(SCHEMA_VERSION));
        let mark: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).unwrap();
        assert_eq!(mark, APPLICATION_ID);
    }
}
