//! Key stores that do not answer, and the machine's own.

use std::time::Duration;

use zeroize::Zeroizing;

use super::*;
use crate::{AnchorState, KeyStore, KeyStoreError, Keychain, load_signing_identity, store_signing_identity};

/// A keychain that is there but locked.
struct Locked;

impl KeyStore for Locked {
    fn read(&self, _name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        Err(KeyStoreError::Locked("nobody unlocked it".to_owned()))
    }

    fn write(&self, _name: &str, _secret: &[u8]) -> Result<(), KeyStoreError> {
        Err(KeyStoreError::TimedOut)
    }

    fn delete(&self, _name: &str) -> Result<(), KeyStoreError> {
        Err(KeyStoreError::TimedOut)
    }
}

#[test]
fn without_a_keychain_the_passphrase_is_enough() {
    let desk = Desk::new();
    desk.create().close().unwrap();
    let open = |unlock| Workbook::open(&desk.path, unlock, clock(0), Arc::new(Locked), true);
    assert!(matches!(open(Unlock::Keychain), Err(OpenError::PassphraseNeeded)));
    let opened = open(Unlock::Passphrase(PASSPHRASE)).unwrap();
    assert_eq!((opened.anchor, opened.remembered), (AnchorState::Unknown, false));
    let mut workbook = opened.workbook;
    workbook.set_setting("works", "still").unwrap();
    workbook.close().unwrap();
}

#[test]
fn a_signing_identity_is_kept_as_it_was_given() {
    let store = MemoryKeyStore::default();
    assert_eq!(load_signing_identity(&store).unwrap(), None);
    store_signing_identity(&store, &[0, 255, 7]).unwrap();
    assert_eq!(load_signing_identity(&store).unwrap().unwrap().as_slice(), [0, 255, 7]);
}

/// Needs a keychain that is unlocked: run it with
/// `dbus-run-session -- sh -c 'printf "\n" | gnome-keyring-daemon --unlock --components=secrets --daemonize;
/// cargo test -p tieout-workbook -- --ignored the_machines_keychain'`.
#[test]
#[ignore = "needs an unlocked keychain"]
fn the_machines_keychain_keeps_replaces_and_forgets() {
    let keychain = Keychain::new("Tieout test", Duration::from_secs(10));
    keychain.answers().unwrap();
    assert_eq!(keychain.read("never stored").unwrap(), None);
    for secret in [[1_u8; 32], [2; 32]] {
        keychain.write("key", &secret).unwrap();
        assert_eq!(keychain.read("key").unwrap().unwrap().as_slice(), secret);
    }
    keychain.delete("key").unwrap();
    keychain.delete("key").unwrap();
    assert_eq!(keychain.read("key").unwrap(), None);
}
