//! From a backup to a workbook.

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use tieout_workbook::{Backup, Restored, Unlock, find_restore_point, restore, restore_points};
use zeroize::Zeroizing;

use crate::{ApplicationError, Progress, Session, session::with_extension};

/// A backup to be restored.
#[derive(Debug, Clone)]
pub struct RestoreBackup {
    /// A backup's file, or a folder with the backups of one workbook.
    pub from: PathBuf,
    /// The newest that was made then or before, in milliseconds since 1970-01-01 UTC; else that file, or the newest.
    pub at_ms: Option<i64>,
    /// Where the workbook is to lie; a missing `.tieout` is added. Nothing may lie there.
    pub out: PathBuf,
    /// The passphrase that the workbook had when the backup was made; left out: the keychain's key.
    pub passphrase: Option<Zeroizing<String>>,
}

/// What could be restored: the backups in a folder, or in the folders in it, those of each newest first.
pub fn points(from: &Path) -> Result<Vec<Backup>, ApplicationError> {
    Ok(restore_points(from)?)
}

impl Session {
    /// Makes a workbook of a backup. It is opened and checked before it gets its name; nothing else is touched, and
    /// nothing is written over. No workbook need be open, and none is opened.
    pub fn restore_backup(
        &self,
        request: &RestoreBackup,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Restored, ApplicationError> {
        let task = self.begin()?;
        let out = with_extension(&request.out)?;
        if let Some(folder) = out.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|source| ApplicationError::file(folder, source))?;
        }
        let point = find_restore_point(&request.from, request.at_ms)?;
        let unlock = match &request.passphrase {
            Some(passphrase) => Unlock::Passphrase(passphrase),
            None => Unlock::Keychain,
        };
        let mut told = |done, total| {
            progress(Progress { stage: "restoring", done, total });
            if task.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        Ok(restore(&point, &out, unlock, self.environment.keys.as_ref(), &mut told)?)
    }
}
