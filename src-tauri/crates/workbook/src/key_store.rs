//! Where secrets are kept outside the file: the workbook's key, the signing identity and the audit chain's head.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Mutex,
};

use tieout_domain::{AuditHead, Digest, UserId};
use zeroize::Zeroizing;

use crate::key::{RawKey, Salt};

/// Why a key store did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyStoreError {
    /// There is no keychain on this machine, or it does not run.
    #[error("this machine has no keychain that answers: {0}")]
    Unavailable(String),
    /// The keychain is locked and was not unlocked.
    #[error("the keychain is locked: {0}")]
    Locked(String),
    /// It did not answer in time; it may be waiting for its own passphrase.
    #[error("the keychain did not answer in time")]
    TimedOut,
    /// It answered, and refused.
    #[error("the keychain refused: {0}")]
    Refused(String),
}

/// A keeper of small secrets by name.
pub trait KeyStore: Send + Sync {
    /// The secret of that name; `None` only where the store is sure that there is none.
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError>;

    /// Keeps the secret under that name, in place of an earlier one.
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError>;

    /// Forgets the secret; fine if there is none.
    fn delete(&self, name: &str) -> Result<(), KeyStoreError>;

    /// The folder of this machine in which the heads of audit chains are kept as well, in files that are no secret: a second
    /// witness, also where no keychain answers. None: there is only the store.
    fn heads_folder(&self) -> Option<&Path> {
        None
    }
}

/// Keeps secrets in memory, until the program ends: for tests, and for runs that must not touch the keychain.
#[derive(Debug, Default)]
pub struct MemoryKeyStore {
    secrets: Mutex<HashMap<String, Zeroizing<Vec<u8>>>>,
    heads: Option<PathBuf>,
}

impl MemoryKeyStore {
    /// The same, with a folder for heads.
    pub fn with_heads(folder: PathBuf) -> Self {
        Self { heads: Some(folder), ..Self::default() }
    }

    fn secrets(&self) -> std::sync::MutexGuard<'_, HashMap<String, Zeroizing<Vec<u8>>>> {
        self.secrets.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl KeyStore for MemoryKeyStore {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        Ok(self.secrets().get(name).cloned())
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        self.secrets().insert(name.to_owned(), Zeroizing::new(secret.to_vec()));
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        self.secrets().remove(name);
        Ok(())
    }

    fn heads_folder(&self) -> Option<&Path> {
        self.heads.as_deref()
    }
}

/// Under which name earlier versions kept the one identity of a machine.
const SIGNING_IDENTITY: &str = "signing-identity";

/// Most bytes of an identity in one entry: Windows refuses secrets of more than 2,560 bytes, and doubles what it takes for
/// text.
const ENTRY_BYTES_MAX: usize = 1_200;

/// Most entries of an identity.
const ENTRIES_MAX: usize = 32;

fn identity_name(salt: Salt, person: UserId, number: usize) -> String {
    match number {
        0 => format!("{SIGNING_IDENTITY} {salt} {person}"),
        _ => format!("{SIGNING_IDENTITY} {salt} {person}#{number}"),
    }
}

fn key_name(salt: Salt) -> String {
    format!("workbook-key {salt}")
}

fn head_name(salt: Salt) -> String {
    format!("audit-head {salt}")
}

pub(crate) fn load_key(store: &dyn KeyStore, salt: Salt) -> Result<Option<RawKey>, KeyStoreError> {
    Ok(store.read(&key_name(salt))?.and_then(|secret| RawKey::from_bytes(&secret)))
}

pub(crate) fn store_key(store: &dyn KeyStore, salt: Salt, key: &RawKey) -> Result<(), KeyStoreError> {
    store.write(&key_name(salt), key.as_bytes())
}

/// Forgets a workbook's key, so that the passphrase is asked for again on this machine.
pub(crate) fn forget_key(store: &dyn KeyStore, salt: Salt) -> Result<(), KeyStoreError> {
    store.delete(&key_name(salt))
}

pub(crate) fn load_head(store: &dyn KeyStore, salt: Salt) -> Result<Option<AuditHead>, KeyStoreError> {
    Ok(store.read(&head_name(salt))?.and_then(|bytes| {
        let (sequence, hash) = bytes.split_first_chunk::<8>()?;
        Some(AuditHead {
            sequence: u64::from_be_bytes(*sequence),
            hash: Digest::from_bytes(<[u8; 32]>::try_from(hash).ok()?),
        })
    }))
}

pub(crate) fn store_head(store: &dyn KeyStore, salt: Salt, head: AuditHead) -> Result<(), KeyStoreError> {
    let mut bytes = head.sequence.to_be_bytes().to_vec();
    bytes.extend_from_slice(head.hash.as_bytes());
    store.write(&head_name(salt), &bytes)
}

/// The signing identity of a person that is kept on this machine, if there is one: bytes as they were given to
/// [`store_signing_identity`].
pub fn load_signing_identity(
    store: &dyn KeyStore,
    salt: Salt,
    person: UserId,
) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
    let Some(first) = store.read(&identity_name(salt, person, 0))? else { return Ok(None) };
    // The first byte says how many entries there are.
    let Some((entries, rest)) = first.split_first() else { return Ok(None) };
    let mut identity = Zeroizing::new(Vec::with_capacity(usize::from(*entries) * ENTRY_BYTES_MAX));
    identity.extend_from_slice(rest);
    for number in 1..usize::from(*entries) {
        let more = store.read(&identity_name(salt, person, number))?;
        let missing = || KeyStoreError::Refused("part of the signing identity is missing in the keychain".to_owned());
        identity.extend_from_slice(&more.ok_or_else(missing)?);
    }
    Ok(Some(identity))
}

/// Keeps the signing identity of a person, in as many entries as it needs. The first is written last: without it there is no
/// identity.
pub fn store_signing_identity(
    store: &dyn KeyStore,
    salt: Salt,
    person: UserId,
    identity: &[u8],
) -> Result<(), KeyStoreError> {
    let pieces: Vec<&[u8]> = identity.chunks(ENTRY_BYTES_MAX).collect();
    let too_long = || KeyStoreError::Refused("the signing identity is too long for the keychain".to_owned());
    let entries = u8::try_from(pieces.len()).ok().filter(|entries| usize::from(*entries) <= ENTRIES_MAX);
    let entries = entries.ok_or_else(too_long)?;
    let (first, rest) = pieces.split_first().ok_or_else(too_long)?;
    forget_signing_identity(store, salt, person)?;
    for (number, piece) in rest.iter().enumerate() {
        store.write(&identity_name(salt, person, number + 1), piece)?;
    }
    let mut begun = Zeroizing::new(Vec::with_capacity(1 + first.len()));
    begun.push(entries);
    begun.extend_from_slice(first);
    store.write(&identity_name(salt, person, 0), &begun)
}

/// Forgets the signing identity of a person.
pub fn forget_signing_identity(store: &dyn KeyStore, salt: Salt, person: UserId) -> Result<(), KeyStoreError> {
    let first = store.read(&identity_name(salt, person, 0))?;
    let entries = first.and_then(|first| first.first().copied()).map_or(0, usize::from);
    store.delete(&identity_name(salt, person, 0))?;
    (1..entries).try_for_each(|number| store.delete(&identity_name(salt, person, number)))
}

/// The identity that an earlier version kept for whoever worked on this machine.
pub fn former_signing_identity(store: &dyn KeyStore) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
    store.read(SIGNING_IDENTITY)
}

/// Makes the identity that an earlier version kept this person's own.
pub fn adopt_signing_identity(
    store: &dyn KeyStore,
    salt: Salt,
    person: UserId,
    identity: &[u8],
) -> Result<(), KeyStoreError> {
    store_signing_identity(store, salt, person, identity)?;
    store.delete(SIGNING_IDENTITY)
}

/// A secret that sending alerts of a workbook needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertSecret {
    /// The password of the mail server.
    SmtpPassword,
    /// The webhook's address: whoever knows it can post there.
    WebhookUrl,
}

impl AlertSecret {
    fn name(self, salt: Salt) -> String {
        match self {
            Self::SmtpPassword => format!("alert-smtp-password {salt}"),
            Self::WebhookUrl => format!("alert-webhook-url {salt}"),
        }
    }
}

/// A workbook's secret, if it is kept on this machine.
pub fn load_alert_secret(
    store: &dyn KeyStore,
    salt: Salt,
    secret: AlertSecret,
) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
    store.read(&secret.name(salt))
}

/// Keeps a workbook's secret on this machine; an empty one is forgotten.
pub fn store_alert_secret(
    store: &dyn KeyStore,
    salt: Salt,
    secret: AlertSecret,
    value: &[u8],
) -> Result<(), KeyStoreError> {
    if value.is_empty() { store.delete(&secret.name(salt)) } else { store.write(&secret.name(salt), value) }
}
