//! A key store in files, so that what was anchored outlives the process that is killed.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use tieout_workbook::{KeyStore, KeyStoreError};
use zeroize::Zeroizing;

/// Secrets of a test, a file each, and the heads beside them.
pub(crate) struct FileKeys {
    folder: PathBuf,
    heads: PathBuf,
}

impl FileKeys {
    /// Keeps them in this folder.
    pub(crate) fn new(folder: PathBuf) -> Self {
        fs::create_dir_all(&folder).unwrap();
        Self { heads: folder.join("heads"), folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name.replace(' ', "-"))
    }
}

fn refused(error: io::Error) -> KeyStoreError {
    KeyStoreError::Refused(error.to_string())
}

impl KeyStore for FileKeys {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        match fs::read(self.path(name)) {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(refused(error)),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        // A keychain keeps the old secret or the new one, never half of it.
        let partial = self.path(&format!("{name}.partial"));
        fs::write(&partial, secret).and_then(|()| fs::rename(&partial, self.path(name))).map_err(refused)
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        match fs::remove_file(self.path(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refused(error)),
            _ => Ok(()),
        }
    }

    fn heads_folder(&self) -> Option<&Path> {
        Some(&self.heads)
    }
}
