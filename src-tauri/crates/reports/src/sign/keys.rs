//! The keys that reports are signed with: ECDSA on P-256 and P-384, and RSA of 2,048 to 4,096 bits.

use const_oid::{ObjectIdentifier, db::rfc5912};
use der::{
    Any, Decode, Encode, Sequence,
    asn1::{BitStringRef, Null, OctetStringRef, Uint},
};
use p256::{
    SecretKey,
    ecdsa::{Signature, SigningKey, signature::Signer},
    pkcs8::{DecodePrivateKey, EncodePublicKey, PrivateKeyInfo},
};
use ring::{
    rand::SystemRandom,
    rsa::KeyPair as RsaKeyPair,
    signature::{self, EcdsaKeyPair, KeyPair, UnparsedPublicKey, VerificationAlgorithm},
};
use sha2::{Sha256, Sha384};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use zeroize::Zeroizing;

use super::SignError;

/// How a key signs: the key's kind decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// P-256 with SHA-256.
    P256,
    /// P-384 with SHA-384.
    P384,
    /// RSA (PKCS#1 version 1.5) with SHA-256.
    Rsa,
}

impl Scheme {
    /// Of a public key; none where it is of another kind.
    pub(super) fn of(public: &SubjectPublicKeyInfoOwned) -> Option<Self> {
        let curve = || public.algorithm.parameters.as_ref()?.decode_as::<ObjectIdentifier>().ok();
        match public.algorithm.oid {
            rfc5912::RSA_ENCRYPTION => Some(Self::Rsa),
            rfc5912::ID_EC_PUBLIC_KEY if curve() == Some(rfc5912::SECP_256_R_1) => Some(Self::P256),
            rfc5912::ID_EC_PUBLIC_KEY if curve() == Some(rfc5912::SECP_384_R_1) => Some(Self::P384),
            _ => None,
        }
    }

    /// How CMS names its digest.
    pub(super) fn digest_algorithm(self) -> AlgorithmIdentifierOwned {
        let oid = if self == Self::P384 { rfc5912::ID_SHA_384 } else { rfc5912::ID_SHA_256 };
        AlgorithmIdentifierOwned { oid, parameters: None }
    }

    /// How CMS names it. RSA's parameters are NULL (RFC 5754), the others have none.
    pub(super) fn signature_algorithm(self) -> AlgorithmIdentifierOwned {
        let (oid, parameters) = match self {
            Self::P256 => (rfc5912::ECDSA_WITH_SHA_256, None),
            Self::P384 => (rfc5912::ECDSA_WITH_SHA_384, None),
            Self::Rsa => (rfc5912::SHA_256_WITH_RSA_ENCRYPTION, Some(Any::from(Null))),
        };
        AlgorithmIdentifierOwned { oid, parameters }
    }

    /// The digest of these bytes, one part after the other.
    pub(super) fn digest(self, parts: &[&[u8]]) -> Vec<u8> {
        fn of<H: sha2::Digest>(parts: &[&[u8]]) -> Vec<u8> {
            parts.iter().fold(H::new(), |hasher, part| hasher.chain_update(part)).finalize().to_vec()
        }
        if self == Self::P384 { of::<Sha384>(parts) } else { of::<Sha256>(parts) }
    }
}

/// A private key. One of P-256 is wiped from memory when this is dropped; of the others only the bytes they were read from.
pub(super) enum Key {
    P256(SigningKey),
    P384(Box<EcdsaKeyPair>, Zeroizing<Vec<u8>>),
    Rsa(Box<RsaKeyPair>, Zeroizing<Vec<u8>>),
}

/// `ECPrivateKey` of RFC 5915.
#[derive(Sequence)]
struct EcPrivateKey<'a> {
    version: u8,
    key: OctetStringRef<'a>,
    #[asn1(context_specific = "0", optional = "true")]
    curve: Option<ObjectIdentifier>,
    #[asn1(context_specific = "1", optional = "true")]
    public: Option<BitStringRef<'a>>,
}

impl Key {
    /// Reads a PKCS#8 key. Whether it belongs to that public key is part of reading it.
    pub(super) fn from_pkcs8(bytes: &[u8], public: &SubjectPublicKeyInfoOwned) -> Result<Self, SignError> {
        let info = PrivateKeyInfo::from_der(bytes).map_err(|_| SignError::UnsupportedKey)?;
        let kept = || Zeroizing::new(bytes.to_vec());
        let key = match (info.algorithm.oid, info.algorithm.parameters_oid().ok()) {
            (rfc5912::ID_EC_PUBLIC_KEY, Some(rfc5912::SECP_256_R_1)) => {
                let key = SecretKey::from_pkcs8_der(bytes).map_err(|_| SignError::UnsupportedKey)?;
                Self::P256(key.into())
            }
            (rfc5912::ID_EC_PUBLIC_KEY, Some(rfc5912::SECP_384_R_1)) => {
                let own = EcPrivateKey::from_der(info.private_key).map_err(|_| SignError::UnsupportedKey)?;
                let pair = EcdsaKeyPair::from_private_key_and_public_key(
                    &signature::ECDSA_P384_SHA384_ASN1_SIGNING,
                    own.key.as_bytes(),
                    public.subject_public_key.raw_bytes(),
                    &SystemRandom::new(),
                );
                Self::P384(Box::new(pair.map_err(|_| SignError::DamagedIdentity)?), kept())
            }
            (rfc5912::RSA_ENCRYPTION, _) => {
                let pair = RsaKeyPair::from_der(info.private_key).map_err(|_| SignError::UnsupportedKey)?;
                Self::Rsa(Box::new(pair), kept())
            }
            _ => return Err(SignError::UnsupportedKey),
        };
        if key.belongs_to(public)? { Ok(key) } else { Err(SignError::DamagedIdentity) }
    }

    pub(super) fn belongs_to(&self, public: &SubjectPublicKeyInfoOwned) -> Result<bool, SignError> {
        let stated = public.subject_public_key.raw_bytes();
        Ok(Scheme::of(public) == Some(self.scheme())
            && match self {
                Self::P256(key) => {
                    let own = key.verifying_key().to_public_key_der();
                    own.map_err(|error| SignError::Encoding(error.to_string()))?.as_bytes() == public.to_der()?
                }
                Self::P384(pair, _) => pair.public_key().as_ref() == stated,
                Self::Rsa(pair, _) => pair.public_key().as_ref() == stated,
            })
    }

    pub(super) const fn scheme(&self) -> Scheme {
        match self {
            Self::P256(_) => Scheme::P256,
            Self::P384(..) => Scheme::P384,
            Self::Rsa(..) => Scheme::Rsa,
        }
    }

    /// Signs a message, which is digested as [`Self::scheme`] says.
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let refused = |_| SignError::Encoding("the key does not sign".into());
        match self {
            Self::P256(key) => {
                let signature: Signature = key.sign(message);
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Self::P384(pair, _) => {
                pair.sign(&SystemRandom::new(), message).map(|signature| signature.as_ref().to_vec()).map_err(refused)
            }
            Self::Rsa(pair, _) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&signature::RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
                    .map_err(refused)?;
                Ok(signature)
            }
        }
    }
}

/// `ECDSA-Sig-Value` of RFC 3279.
#[derive(Sequence)]
struct EcdsaValue {
    r: Uint,
    s: Uint,
}

/// Whether a signature value is written in the one way in which it can be.
pub(super) fn is_canonical(scheme: Scheme, signature: &[u8]) -> bool {
    scheme == Scheme::Rsa
        || EcdsaValue::from_der(signature).and_then(|value| value.to_der()).is_ok_and(|again| again == signature)
}

/// Whether a signature over `message` was made with the key; none where the algorithm, or the kind of key, is not known here.
pub(super) fn holds(
    public: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    message: &[u8],
    value: &[u8],
) -> Option<bool> {
    let known: &'static dyn VerificationAlgorithm = match (Scheme::of(public)?, algorithm.oid) {
        (Scheme::P256, rfc5912::ECDSA_WITH_SHA_256) => &signature::ECDSA_P256_SHA256_ASN1,
        (Scheme::P256, rfc5912::ECDSA_WITH_SHA_384) => &signature::ECDSA_P256_SHA384_ASN1,
        (Scheme::P384, rfc5912::ECDSA_WITH_SHA_256) => &signature::ECDSA_P384_SHA256_ASN1,
        (Scheme::P384, rfc5912::ECDSA_WITH_SHA_384) => &signature::ECDSA_P384_SHA384_ASN1,
        (Scheme::Rsa, rfc5912::SHA_256_WITH_RSA_ENCRYPTION) => &signature::RSA_PKCS1_2048_8192_SHA256,
        (Scheme::Rsa, rfc5912::SHA_384_WITH_RSA_ENCRYPTION) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (Scheme::Rsa, rfc5912::SHA_512_WITH_RSA_ENCRYPTION) => &signature::RSA_PKCS1_2048_8192_SHA512,
        _ => return None,
    };
    Some(UnparsedPublicKey::new(known, public.subject_public_key.raw_bytes()).verify(message, value).is_ok())
}
