//! Signing a PDF (PAdES B-B) and checking such a signature.

mod attached;
mod cms;
mod container;
mod identity;
mod keys;
mod place;
mod signer;
mod verify;

pub use attached::attached_files;
pub use container::sign_pdf;
pub use identity::{CertificateFacts, SigningIdentity, read_certificate};
pub use signer::KnownSigner;
pub use verify::{
    FolderVerification, PdfVerification, SignerFact, verify_folder, verify_folder_knowing, verify_pdf,
    verify_pdf_knowing,
};

/// Why a signing identity could not be made or read, or a PDF not be signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The name has no letters.
    #[error("the signing identity needs a name")]
    NoName,
    /// The passphrase does not open the PKCS#12 file.
    #[error("the passphrase does not open the identity file")]
    WrongPassphrase,
    /// The bytes are no PKCS#12 file, or a damaged one.
    #[error("the identity file is not a PKCS#12 file (.p12, .pfx) that can be read: {0}")]
    UnreadableIdentity(String),
    /// The PKCS#12 file holds no key with its certificate.
    #[error("the identity file holds no private key with its certificate")]
    NoKey,
    /// The key is of no kind that is signed with.
    #[error("the identity's key is neither ECDSA (P-256, P-384) nor RSA of 2,048 to 4,096 bits")]
    UnsupportedKey,
    /// Key and certificate are not of each other, or the stored bytes are damaged.
    #[error("the signing identity is damaged: its key and its certificate do not belong together")]
    DamagedIdentity,
    /// The certificate is not valid at the time of signing.
    #[error("the certificate of {name} is not valid at {at}: use another identity")]
    NotValidNow {
        /// Name in the certificate.
        name: String,
        /// The time of signing.
        at: String,
    },
    /// The certificate is for something else, such as encrypting or a web server's exchange of keys.
    #[error("the certificate of {name} is not for signing documents: use another identity")]
    NotForSigning {
        /// Name in the certificate.
        name: String,
    },
    /// The bytes are no certificate.
    #[error("the file is not a certificate (.cer, .crt, .pem) that can be read")]
    UnreadableCertificate,
    /// The bytes are no PDF that can be signed.
    #[error("this PDF cannot be signed: {0}")]
    UnsignablePdf(String),
    /// Something of the signature could not be encoded.
    #[error("the signature cannot be encoded: {0}")]
    Encoding(String),
}

impl SignError {
    /// Whether another identity, or another passphrase, would do.
    pub const fn is_of_the_identity(&self) -> bool {
        !matches!(self, Self::UnsignablePdf(_) | Self::Encoding(_))
    }
}

impl From<der::Error> for SignError {
    fn from(error: der::Error) -> Self {
        Self::Encoding(error.to_string())
    }
}
