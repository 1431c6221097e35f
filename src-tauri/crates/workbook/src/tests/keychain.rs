//! Key stores that do not answer, and the machine's own.

use std::time::Duration;

use tieout_domain::UserId;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::*;
use crate::{AnchorState, KeyStore, KeyStoreError, Keychain, Salt, load_signing_identity, store_signing_identity};

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
    let (salt, [ada, bea]) =
        (Salt::from_bytes([7; 16]), [1, 2].map(|number| UserId::from_uuid(Uuid::from_u128(number))));
    let load = |person| load_signing_identity(&store, salt, person).unwrap().map(|identity| identity.to_vec());
    assert_eq!(load(ada), None);
    store_signing_identity(&store, salt, ada, &[0, 255, 7]).unwrap();
    assert_eq!((load(ada), load(bea)), (Some(vec![0, 255, 7]), None));
    // One of an RSA key does not fit into one entry of Windows' keychain.
    let long: Vec<u8> = (0..6_000_u32).map(|place| (place % 251) as u8).collect();
    store_signing_identity(&store, salt, bea, &long).unwrap();
    assert_eq!((load(ada), load(bea)), (Some(vec![0, 255, 7]), Some(long)));
    store_signing_identity(&store, salt, bea, &[1]).unwrap();
    assert_eq!(load(bea), Some(vec![1]));
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
