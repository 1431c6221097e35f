//! Who signs: a P-256 key and its certificate.

use std::{fmt, time::Duration};

use der::{
    Any, Decode, Encode, Tag, Tagged,
    asn1::{GeneralizedTime, SetOfVec},
};
use jiff::Timestamp;
use p12_keystore::{KeyStore, error::Error as Pkcs12Error};
use p256::{
    SecretKey,
    ecdsa::{DerSignature, SigningKey, VerifyingKey},
    elliptic_curve::rand_core::{OsRng, RngCore},
    pkcs8::{DecodePrivateKey, EncodePublicKey},
};
use tieout_domain::Digest;
use x509_cert::{
    Certificate,
    attr::AttributeTypeAndValue,
    builder::{Builder, CertificateBuilder, Profile},
    name::{Name, RdnSequence, RelativeDistinguishedName},
    serial_number::SerialNumber,
    spki::SubjectPublicKeyInfoOwned,
    time::{Time, Validity},
};
use zeroize::Zeroizing;

use super::SignError;

/// How long a certificate made here is valid: ten years.
const VALIDITY_SECONDS: u64 = 10 * 365 * 24 * 3600;
/// Longest common name of X.520 (`ub-common-name`).
const NAME_CHARS_MAX: usize = 64;
/// Begins the bytes of a stored identity; the last byte is the version.
const MAGIC: &[u8; 5] = b"TOID\x01";

/// A key to sign with and its certificate (with those of its issuers, where it was imported with them).
/// The key is wiped from memory when this is dropped.
pub struct SigningIdentity {
    key: SigningKey,
    /// DER; the signer's own first.
    chain: Vec<Vec<u8>>,
    certificate: Certificate,
}

impl fmt::Debug for SigningIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningIdentity").field("name", &self.common_name()).finish_non_exhaustive()
    }
}

impl SigningIdentity {
    /// Makes a key and a self-signed certificate (key usage digitalSignature and nonRepudiation), valid for ten years.
    /// Names longer than 64 characters are cut.
    pub fn generate(common_name: &str, not_before: Timestamp) -> Result<Self, SignError> {
        let name: String = common_name.trim().chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
        if name.is_empty() {
            return Err(SignError::NoName);
        }
        let subject = common_name_only(&name)?;
        let begin =
            u64::try_from(not_before.as_second()).map_err(|_| SignError::Encoding("a date before 1970".into()))?;
        let time = |seconds| GeneralizedTime::from_unix_duration(Duration::from_secs(seconds)).map(Time::GeneralTime);
        let validity = Validity { not_before: time(begin)?, not_after: time(begin.saturating_add(VALIDITY_SECONDS))? };
        let mut serial = [0; 16];
        OsRng.fill_bytes(&mut serial);
        serial[0] = serial[0] & 0x7f | 0x40;
        let key = SigningKey::random(&mut OsRng);
        let public = SubjectPublicKeyInfoOwned::from_key(*key.verifying_key()).map_err(encoding)?;
        let profile =
            Profile::Leaf { issuer: subject.clone(), enable_key_agreement: false, enable_key_encipherment: false };
        let builder = CertificateBuilder::new(profile, SerialNumber::new(&serial)?, validity, subject, public, &key)
            .map_err(encoding)?;
        let certificate = builder.build::<DerSignature>().map_err(encoding)?;
        let chain = vec![certificate.to_der()?];
        Ok(Self { key, chain, certificate })
    }

    /// Reads an identity from a PKCS#12 file (`.p12`, `.pfx`). Only ECDSA P-256 keys are taken.
    pub fn from_pkcs12(bytes: &[u8], passphrase: &str) -> Result<Self, SignError> {
        let store = KeyStore::from_pkcs12(bytes, passphrase).map_err(|error| match error {
            Pkcs12Error::MacError(_) | Pkcs12Error::UnpadError | Pkcs12Error::Pkcs5Error(_) => {
                SignError::WrongPassphrase
            }
            other => SignError::UnreadableIdentity(other.to_string()),
        })?;
        let (_, chain) = store.private_key_chain().ok_or(SignError::NoKey)?;
        let key = SecretKey::from_pkcs8_der(chain.key()).map_err(|_| SignError::UnsupportedKey)?;
        Self::joined(&key.into(), chain.chain().iter().map(|certificate| certificate.as_der().to_vec()).collect())
    }

    /// The identity as bytes for the keychain: about 450 for one made here.
    pub fn to_secret_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
        bytes.extend_from_slice(MAGIC);
        let scalar = Zeroizing::new(<[u8; 32]>::from(self.key.to_bytes()));
        bytes.extend_from_slice(scalar.as_slice());
        for certificate in &self.chain {
            bytes.extend_from_slice(certificate);
        }
        bytes
    }

    /// Reads what [`Self::to_secret_bytes`] wrote.
    pub fn from_secret_bytes(bytes: &[u8]) -> Result<Self, SignError> {
        let rest = bytes.strip_prefix(MAGIC.as_slice()).ok_or(SignError::DamagedIdentity)?;
        let (scalar, mut rest) = rest.split_at_checked(32).ok_or(SignError::DamagedIdentity)?;
        let key = SigningKey::from_slice(scalar).map_err(|_| SignError::DamagedIdentity)?;
        let mut chain = Vec::new();
        while !rest.is_empty() {
            let length = super::place::der_length(rest).ok_or(SignError::DamagedIdentity)?;
            let (certificate, after) = rest.split_at_checked(length).ok_or(SignError::DamagedIdentity)?;
            chain.push(certificate.to_vec());
            rest = after;
        }
        Self::joined(&key, chain)
    }

    fn joined(key: &SigningKey, chain: Vec<Vec<u8>>) -> Result<Self, SignError> {
        let own = chain.first().ok_or(SignError::NoKey)?;
        let certificate = Certificate::from_der(own).map_err(|_| SignError::DamagedIdentity)?;
        let stated = certificate.tbs_certificate.subject_public_key_info.to_der()?;
        let actual = key.verifying_key().to_public_key_der().map_err(encoding)?;
        if stated != actual.as_bytes() {
            return Err(SignError::DamagedIdentity);
        }
        Ok(Self { key: key.clone(), chain, certificate })
    }

    /// Name in the certificate.
    pub fn common_name(&self) -> String {
        display_name(&self.certificate.tbs_certificate.subject)
    }

    /// SHA-256 of the certificate: what tells this identity from others of the same name.
    pub fn fingerprint(&self) -> Digest {
        crate::sha256(self.chain.first().map_or(&[], Vec::as_slice))
    }

    /// The certificate in DER, for those who want to trust it.
    pub fn certificate_der(&self) -> &[u8] {
        self.chain.first().map_or(&[], Vec::as_slice)
    }

    pub(super) fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    pub(super) fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    pub(super) fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Refuses to sign at a time at which the certificate does not hold.
    pub(super) fn check_valid(&self, at: Timestamp) -> Result<(), SignError> {
        if valid_at(&self.certificate, at) {
            return Ok(());
        }
        Err(SignError::NotValidNow { name: self.common_name(), at: crate::text::moment(at) })
    }
}

/// Whether the certificate holds at that time.
pub(super) fn valid_at(certificate: &Certificate, at: Timestamp) -> bool {
    let validity = &certificate.tbs_certificate.validity;
    u64::try_from(at.as_second()).is_ok_and(|second| {
        validity.not_before.to_unix_duration().as_secs() <= second
            && second <= validity.not_after.to_unix_duration().as_secs()
    })
}

/// The public key, if it is of P-256.
pub(super) fn verifying_key(certificate: &Certificate) -> Option<VerifyingKey> {
    use p256::pkcs8::DecodePublicKey;
    let info = certificate.tbs_certificate.subject_public_key_info.to_der().ok()?;
    VerifyingKey::from_public_key_der(&info).ok()
}

/// The common name, or else the whole name.
pub(super) fn display_name(name: &Name) -> String {
    name.0
        .iter()
        .flat_map(|part| part.0.iter())
        .find(|attribute| attribute.oid == const_oid::db::rfc4519::CN)
        .and_then(|attribute| match attribute.value.tag() {
            Tag::BmpString => None,
            _ => std::str::from_utf8(attribute.value.value()).ok().map(str::to_owned),
        })
        .unwrap_or_else(|| name.to_string())
}

fn common_name_only(name: &str) -> Result<Name, SignError> {
    let value = Any::new(Tag::Utf8String, name.as_bytes())?;
    let attribute = AttributeTypeAndValue { oid: const_oid::db::rfc4519::CN, value };
    Ok(RdnSequence(vec![RelativeDistinguishedName(SetOfVec::try_from(vec![attribute])?)]))
}

fn encoding(error: impl fmt::Display) -> SignError {
    SignError::Encoding(error.to_string())
}
