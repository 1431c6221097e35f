//! Changing the passphrase.

use zeroize::Zeroizing;

use tieout_domain::Permission;

use crate::{KeyStoreError, PASSPHRASE_MIN_CHARS, Workbook, WorkbookError, json::Json, key::RawKey, key_store};

impl Workbook {
    /// Encrypts the whole file anew under the key of another passphrase; the salt stays.
    ///
    /// Crash-safe: every page is rewritten within one SQLite transaction, together with the audit event. The key store
    /// is told afterwards, if it held the old key; a crash in between only means that the passphrase is asked for.
    pub fn change_passphrase(&mut self, present: &str, new: &str) -> Result<(), WorkbookError> {
        self.require(Permission::ManagePeople)?;
        let derive = |passphrase| {
            RawKey::derive(passphrase, self.salt).map_err(|error| WorkbookError::Unreadable(error.to_string()))
        };
        if derive(present)? != self.key {
            return Err(WorkbookError::WrongPassphrase);
        }
        if new.chars().count() < PASSPHRASE_MIN_CHARS {
            return Err(WorkbookError::PassphraseTooShort { least: PASSPHRASE_MIN_CHARS });
        }
        let key = derive(new)?;
        self.write_back_soon()?;
        let spec: Zeroizing<String> = key.spec(self.salt);
        let subject = format!("workbook {}", self.salt.workbook_id());
        self.change(Permission::ManagePeople, |change| {
            change.tell("passphrase.changed", &subject, &Json::Object(Vec::new()))?;
            change.end()?;
            // SQLCipher joins the transaction that is open, rewrites all pages in it, and commits it.
            change.sql.pragma_update(None, "rekey", spec.as_str())?;
            Ok(())
        })?;
        self.key = key;
        self.sql.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        self.replace_remembered_key();
        Ok(())
    }

    fn replace_remembered_key(&self) {
        let store = self.key_store.as_ref();
        let replaced: Result<(), KeyStoreError> = match key_store::load_key(store, self.salt) {
            Ok(Some(_)) => key_store::store_key(store, self.salt, &self.key),
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        if let Err(error) = replaced {
            tracing::warn!(%error, "the new key could not be kept: the passphrase will be asked for");
        }
    }
}
