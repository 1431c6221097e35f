//! From passphrase to key.
//!
//! `raw = Argon2id(passphrase, salt)` with 64 MiB, 3 passes and 1 lane (version 1.3, RFC 9106; above OWASP's minimum of
//! 19 MiB and 2 passes, about a tenth of a second on a laptop), where salt is the file's first 16 bytes, which SQLCipher
//! keeps in clear. SQLCipher takes the 32 bytes as a raw key and derives only its page-authentication key from them.
//! The parameters are part of the file format: changing them needs a new way to tell old files from new.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use tieout_domain::WorkbookId;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Least length of a new passphrase, in characters.
pub const PASSPHRASE_MIN_CHARS: usize = 8;

const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;

/// The first 16 bytes of a workbook: random, made once, never changed. They name the file's entries in the key store,
/// so that its key is found without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Salt([u8; 16]);

impl Salt {
    pub(crate) const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    pub(crate) fn random() -> std::io::Result<Self> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
        Ok(Self(bytes))
    }

    /// The workbook's identifier is its salt.
    pub const fn workbook_id(&self) -> WorkbookId {
        WorkbookId::from_uuid(Uuid::from_bytes(self.0))
    }
}

/// 32 hexadecimal digits.
impl fmt::Display for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// What is left of a passphrase or secret that is not to be guessed from it.
pub(crate) fn argon2id(secret: &str, salt: &[u8; 16]) -> std::io::Result<Zeroizing<[u8; 32]>> {
    let parameters = Params::new(MEMORY_KIB, PASSES, LANES, Some(32));
    let parameters = parameters.map_err(|error| std::io::Error::other(error.to_string()))?;
    let mut derived = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(secret.as_bytes(), salt, derived.as_mut_slice())
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(derived)
}

/// Whether two secrets are the same. Takes as long whichever byte differs first.
pub(crate) fn is_same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    std::hint::black_box(one.iter().zip(other).fold(0, |differing, (a, b)| differing | (a ^ b))) == 0
}

/// The key of a file. Wiped from memory when dropped; never printed.
#[derive(Clone)]
pub(crate) struct RawKey(Zeroizing<[u8; 32]>);

/// Takes as long whichever byte differs first.
impl PartialEq for RawKey {
    fn eq(&self, other: &Self) -> bool {
        is_same(&self.0, &other.0)
    }
}

impl Eq for RawKey {}

impl fmt::Debug for RawKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawKey(…)")
    }
}

impl RawKey {
    /// Derives the key. The passphrase is taken as its UTF-8 bytes.
    pub(crate) fn derive(passphrase: &str, salt: Salt) -> std::io::Result<Self> {
        Ok(Self(argon2id(passphrase, &salt.0)?))
    }

    /// Takes a key kept elsewhere; `None` if it has another length.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut key = Zeroizing::new([0; 32]);
        (bytes.len() == 32).then(|| key.copy_from_slice(bytes))?;
        Some(Self(key))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// `x'<key><salt>'`: how SQLCipher is told key and salt.
    pub(crate) fn spec(&self, salt: Salt) -> Zeroizing<String> {
        let mut digits = Zeroizing::new([0; 64]);
        // Two digits a byte always fit; were it not so, the key would be refused rather than be a wrong one.
        let key = match hex::encode_to_slice(self.as_bytes(), digits.as_mut_slice()) {
            Ok(()) => std::str::from_utf8(digits.as_slice()).unwrap_or_default(),
            Err(_) => "",
        };
        let mut spec = Zeroizing::new(String::with_capacity(99));
        spec.push_str("x'");
        spec.push_str(key);
        spec.push_str(&salt.to_string());
        spec.push('\'');
        spec
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figures are part of the file format. Computed with the reference implementation (argon2-cffi 25.1):
    /// `hash_secret_raw(b"correct horse", bytes(range(16)), 3, 65536, 1, 32, Type.ID)`.
    #[test]
    fn the_key_of_a_passphrase_never_changes() {
        let salt = Salt::from_bytes(std::array::from_fn(|i| u8::try_from(i).unwrap()));
        let key = RawKey::derive("correct horse", salt).unwrap();
        assert_eq!(hex::encode(key.as_bytes()), "e3c889ca40ed01e6b6771fc8a5bf16e35ad60b41c9bd5d7e6d63adf51e50b0fd");
    }

    #[test]
    fn keys_are_compared_to_the_last_byte() {
        let key = |change: Option<usize>| {
            let bytes: [u8; 32] = std::array::from_fn(|place| if Some(place) == change { 1 } else { 0xab });
            RawKey::from_bytes(&bytes).unwrap()
        };
        assert_eq!(key(None), key(None));
        assert!((0..32).all(|place| key(Some(place)) != key(None)));
    }

    #[test]
    fn a_key_does_not_show_itself() {
        let key = RawKey::from_bytes(&[0xab; 32]).unwrap();
        assert_eq!(format!("{key:?}"), "RawKey(…)");
        assert!(RawKey::from_bytes(&[0; 31]).is_none());
        assert_eq!(key.spec(Salt::from_bytes([1; 16])).len(), 99);
    }
}
