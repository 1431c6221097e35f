//! Backups of a workbook, made while work goes on.
//!
//! A full backup is the workbook's file, byte for byte: encrypted as it is, with the same salt, so that the passphrase
//! alone opens it. Nothing is decrypted to make it. In WAL mode SQLite changes the file itself only at a checkpoint; so
//! all is written back once, checkpoints are put off, and the file lies still while it is copied (`snapshot`). Changes
//! meanwhile go to the write-ahead log as ever. A backup of changes holds the pages that are not as they are in a full
//! backup (`changes`): SQLCipher gives a page new random bytes with every write, so equal bytes are an unchanged page.
//!
//! Which folder is this workbook's and not another copy's, its history tells (`shelves`, `name`). A backup gets its name
//! only after it was read and found whole (`making`, `proof`); until then, and if the program ends before, it is a
//! `.partial` file that the next one removes.

mod changes;
mod error;
mod making;
mod name;
mod proof;
mod restore;
mod room;
mod shelf;
mod shelves;
mod snapshot;
mod thinning;

pub use error::BackupError;
pub use making::{Prepared, Unproven};
pub use name::{Backup, BackupHead, BackupKind};
pub use proof::Proven;
pub use restore::{RestorePoint, Restored, find_restore_point, restore, restore_points};
pub use shelf::{BackupKey, Shelf};
pub use shelves::Shelves;
pub use snapshot::Snapshot;
pub(crate) use snapshot::{Pinned, is_held};
pub use thinning::BackupKeep;

/// SQLCipher 4's page size, in bytes.
const PAGE: usize = 4096;
/// Pages read and written at once: 1 MiB.
const BLOCK: usize = 256;
