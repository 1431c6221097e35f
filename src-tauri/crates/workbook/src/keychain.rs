//! The operating system's keychain: Secret Service, macOS Keychain, Windows Credential Manager.

use std::{
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

use keyring::{Entry, Error};
use zeroize::Zeroizing;

use crate::{KeyStore, KeyStoreError};

/// The operating system's keychain.
///
/// A locked keychain may open a prompt and wait for a person, and a broken one may never answer; each call therefore
/// runs on a thread of its own and is given up after a while.
#[derive(Debug, Clone)]
pub struct Keychain {
    service: String,
    patience: Duration,
    heads: Option<PathBuf>,
}

impl Keychain {
    /// Keeps entries under this service name, such as `Tieout`, and waits so long for each answer.
    pub fn new(service: &str, patience: Duration) -> Self {
        Self { service: service.to_owned(), patience, heads: None }
    }

    /// Heads of audit chains are kept in this folder as well.
    #[must_use]
    pub fn with_heads(self, folder: PathBuf) -> Self {
        Self { heads: Some(folder), ..self }
    }

    /// Whether the keychain answers: asks for an entry that need not be there.
    pub fn answers(&self) -> Result<(), KeyStoreError> {
        self.read("probe").map(drop)
    }

    fn ask<T: Send + 'static>(
        &self,
        name: &str,
        call: impl FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
    ) -> Result<Option<T>, KeyStoreError> {
        let (service, name) = (self.service.clone(), name.to_owned());
        let (answer, wait) = mpsc::channel();
        let asked = thread::Builder::new().name("keychain".to_owned()).spawn(move || {
            let result = Entry::new(&service, &name).and_then(|entry| call(&entry));
            // Nobody listens any more once the time is over.
            let _ = answer.send(result);
        });
        asked.map_err(|error| KeyStoreError::Unavailable(error.to_string()))?;
        match wait.recv_timeout(self.patience) {
            Ok(Ok(value)) => Ok(Some(value)),
            Ok(Err(Error::NoEntry)) => Ok(None),
            Ok(Err(error)) => Err(explain(&error)),
            Err(_) => Err(KeyStoreError::TimedOut),
        }
    }
}

/// Only `NoEntry` means "not stored"; everything else means that it is not known.
fn explain(error: &Error) -> KeyStoreError {
    match error {
        Error::NoStorageAccess(_) => KeyStoreError::Locked(error.to_string()),
        Error::PlatformFailure(_) | Error::NoDefaultStore => KeyStoreError::Unavailable(error.to_string()),
        _ => KeyStoreError::Refused(error.to_string()),
    }
}

impl KeyStore for Keychain {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        self.ask(name, |entry| entry.get_secret().map(Zeroizing::new))
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        let secret = Zeroizing::new(secret.to_vec());
        self.ask(name, move |entry| entry.set_secret(&secret)).map(drop)
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        self.ask(name, Entry::delete_credential).map(drop)
    }

    fn heads_folder(&self) -> Option<&Path> {
        self.heads.as_deref()
    }
}
