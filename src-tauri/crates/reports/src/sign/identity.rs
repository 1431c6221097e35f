//! Who signs: a key and its certificate.

use std::{fmt, time::Duration};

use der::{
    Any, Decode, DecodePem, Encode, Tag, Tagged,
    asn1::{GeneralizedTime, SetOfVec},
};
use jiff::Timestamp;
use p12_keystore::{KeyStore, error::Error as Pkcs12Error};
use p256::{
    ecdsa::{DerSignature, SigningKey},
    elliptic_curve::rand_core::{OsRng, RngCore},
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

use super::{SignError, keys::Key, signer::may_sign};

/// How long a certificate made here is valid: ten years.
const VALIDITY_SECONDS: u64 = 10 * 365 * 24 * 3600;
/// Longest common name of X.520 (`ub-common-name`).
const NAME_CHARS_MAX: usize = 64;
/// Begins the bytes of a stored identity; the last byte is the version: a scalar of P-256, or a PKCS#8 key.
const MAGIC: &[u8; 5] = b"TOID\x01";
const MAGIC_PKCS8: &[u8; 5] = b"TOID\x02";

/// A key to sign with and its certificate (with those of its issuers, where it was imported with them).
pub struct SigningIdentity {
    key: Key,
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
        Ok(Self { key: Key::P256(key), chain, certificate })
    }

    /// Reads an identity from a PKCS#12 file (`.p12`, `.pfx`): ECDSA on P-256 or P-384, or RSA of 2,048 to 4,096 bits.
    pub fn from_pkcs12(bytes: &[u8], passphrase: &str) -> Result<Self, SignError> {
        let store = KeyStore::from_pkcs12(bytes, passphrase).map_err(|error| match error {
            Pkcs12Error::MacError(_) | Pkcs12Error::UnpadError | Pkcs12Error::Pkcs5Error(_) => {
                SignError::WrongPassphrase
            }
            other => SignError::UnreadableIdentity(other.to_string()),
        })?;
        let (_, chain) = store.private_key_chain().ok_or(SignError::NoKey)?;
        let certificates = chain.chain().iter().map(|certificate| certificate.as_der().to_vec()).collect();
        Self::joined(|public| Key::from_pkcs8(chain.key(), public), certificates)
    }

    /// The identity as bytes for the keychain: about 450 for one made here, 2,000 to 6,000 for one with an RSA key.
    pub fn to_secret_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(8 << 10));
        match &self.key {
            Key::P256(key) => {
                bytes.extend_from_slice(MAGIC);
                let scalar = Zeroizing::new(<[u8; 32]>::from(key.to_bytes()));
                bytes.extend_from_slice(scalar.as_slice());
            }
            Key::P384(_, pkcs8) | Key::Rsa(_, pkcs8) => {
                bytes.extend_from_slice(MAGIC_PKCS8);
                bytes.extend_from_slice(pkcs8);
            }
        }
        for certificate in &self.chain {
            bytes.extend_from_slice(certificate);
        }
        bytes
    }

    /// Reads what [`Self::to_secret_bytes`] wrote.
    pub fn from_secret_bytes(bytes: &[u8]) -> Result<Self, SignError> {
        let damaged = || SignError::DamagedIdentity;
        if let Some(rest) = bytes.strip_prefix(MAGIC_PKCS8.as_slice()) {
            let length = super::place::der_length(rest).ok_or_else(damaged)?;
            let (pkcs8, rest) = rest.split_at_checked(length).ok_or_else(damaged)?;
            let read = |public: &_| Key::from_pkcs8(pkcs8, public).map_err(|_| damaged());
            return Self::joined(read, certificates(rest)?);
        }
        let rest = bytes.strip_prefix(MAGIC.as_slice()).ok_or_else(damaged)?;
        let (scalar, rest) = rest.split_at_checked(32).ok_or_else(damaged)?;
        let key = SigningKey::from_slice(scalar).map_err(|_| damaged())?;
        Self::joined(|_| Ok(Key::P256(key)), certificates(rest)?)
    }

    fn joined(
        read: impl FnOnce(&SubjectPublicKeyInfoOwned) -> Result<Key, SignError>,
        chain: Vec<Vec<u8>>,
    ) -> Result<Self, SignError> {
        let own = chain.first().ok_or(SignError::NoKey)?;
        let certificate = Certificate::from_der(own).map_err(|_| SignError::DamagedIdentity)?;
        let public = &certificate.tbs_certificate.subject_public_key_info;
        let key = read(public)?;
        if !key.belongs_to(public)? {
            return Err(SignError::DamagedIdentity);
        }
        Ok(Self { key, chain, certificate })
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

    /// Whether it looks as one of [`Self::generate`] does: of P-256, and self-signed.
    pub fn is_made_here(&self) -> bool {
        let own = &self.certificate.tbs_certificate;
        matches!(self.key, Key::P256(_)) && own.issuer == own.subject
    }

    pub(super) fn key(&self) -> &Key {
        &self.key
    }

    /// Refuses to sign with a certificate that is not for it, or at a time at which it does not hold.
    pub fn check_usable(&self, at: Timestamp) -> Result<(), SignError> {
        if !may_sign(&self.certificate) {
            return Err(SignError::NotForSigning { name: self.common_name() });
        }
        if valid_at(&self.certificate, at) {
            return Ok(());
        }
        Err(SignError::NotValidNow { name: self.common_name(), at: crate::text::moment(at) })
    }
}

/// What a certificate says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    /// DER.
    pub certificate: Vec<u8>,
    /// The name in it.
    pub name: String,
    /// SHA-256 of it.
    pub fingerprint: Digest,
    /// Until when it holds.
    pub valid_until: Option<Timestamp>,
}

/// Reads a certificate, in DER or PEM.
pub fn read_certificate(bytes: &[u8]) -> Result<CertificateFacts, SignError> {
    let read = if bytes.starts_with(b"-----") { Certificate::from_pem(bytes) } else { Certificate::from_der(bytes) };
    let certificate = read.map_err(|_| SignError::UnreadableCertificate)?;
    let encoded = certificate.to_der()?;
    Ok(CertificateFacts {
        name: display_name(&certificate.tbs_certificate.subject),
        fingerprint: crate::sha256(&encoded),
        valid_until: valid_until(&certificate),
        certificate: encoded,
    })
}

fn valid_until(certificate: &Certificate) -> Option<Timestamp> {
    let second = certificate.tbs_certificate.validity.not_after.to_unix_duration().as_secs();
    i64::try_from(second).ok().and_then(|second| Timestamp::from_second(second).ok())
}

/// Splits certificates that stand one after the other.
fn certificates(mut bytes: &[u8]) -> Result<Vec<Vec<u8>>, SignError> {
    let mut chain = Vec::new();
    while !bytes.is_empty() {
        let length = super::place::der_length(bytes).ok_or(SignError::DamagedIdentity)?;
        let (certificate, after) = bytes.split_at_checked(length).ok_or(SignError::DamagedIdentity)?;
        chain.push(certificate.to_vec());
        bytes = after;
    }
    Ok(chain)
}

/// Whether the certificate holds at that time.
pub(super) fn valid_at(certificate: &Certificate, at: Timestamp) -> bool {
    let validity = &certificate.tbs_certificate.validity;
    u64::try_from(at.as_second()).is_ok_and(|second| {
        validity.not_before.to_unix_duration().as_secs() <= second
            && second <= validity.not_after.to_unix_duration().as_secs()
    })
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
