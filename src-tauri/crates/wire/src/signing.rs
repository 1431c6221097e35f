//! Signing identities: what somebody signs reports with, and the certificates that the workbook knows.
//!
//! Commands: `signing {}`, `make_signer {}`, `import_signer(ImportSignerRequest)`, `revoke_signer { fingerprint, reason }`
//! (all [`SigningView`]), `save_certificate { fingerprint, path }`.

use std::{fmt, path::PathBuf};

use serde::{Deserialize, Serialize};
use tieout_application::{SignerFacts, Signing};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::{
    CommandError, SaidView,
    answers::{at, moment},
};

/// What somebody signs with, and who is known to sign.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SigningView {
    /// The name of whoever asks.
    pub person: String,
    /// The fingerprint of what they sign with; null: an identity is made with their first report.
    pub own: Option<String>,
    /// Why nothing is kept: reports get a one-time identity.
    pub fault: Option<SaidView>,
    /// Every certificate that reports were signed with, the first one first.
    pub known: Vec<SignerView>,
}

/// A certificate that reports are signed with.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SignerView {
    /// SHA-256 of it.
    pub fingerprint: String,
    /// The name in it.
    pub name: String,
    /// Whose it is.
    pub person: String,
    /// `made` here, or `imported`.
    pub origin: String,
    /// Since when the workbook knows it.
    pub added_at: String,
    /// Until when it holds.
    pub valid_until: Option<String>,
    /// Since when it holds no more.
    pub revoked_at: Option<String>,
    /// Why.
    pub reason: String,
}

impl From<SignerFacts> for SignerView {
    fn from(facts: SignerFacts) -> Self {
        let record = facts.record;
        let (revoked_at, reason) = record.revoked.map_or((None, String::new()), |(at, reason)| (Some(at), reason));
        Self {
            fingerprint: record.signer.fingerprint.to_string(),
            name: record.signer.name,
            person: record.person_name,
            origin: record.signer.origin.as_str().to_owned(),
            added_at: moment(record.added_at_ms),
            valid_until: facts.valid_until.map(at),
            revoked_at: revoked_at.map(moment),
            reason,
        }
    }
}

impl From<Signing> for SigningView {
    fn from(signing: Signing) -> Self {
        Self {
            person: signing.person,
            own: signing.own.map(|own| own.to_string()),
            fault: signing.fault.map(Into::into),
            known: signing.known.into_iter().map(Into::into).collect(),
        }
    }
}

impl fmt::Display for SigningView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for signer in &self.known {
            let own = if self.own.as_ref() == Some(&signer.fingerprint) { "*" } else { " " };
            let until = signer.valid_until.as_deref().and_then(|at| at.get(..10)).unwrap_or("?");
            write!(f, "{own} {}  {}  {}  until {until}", signer.fingerprint, signer.name, signer.origin)?;
            match &signer.revoked_at {
                Some(at) => writeln!(f, "  revoked {at}: {}", signer.reason)?,
                None => writeln!(f)?,
            }
        }
        match (&self.own, &self.fault) {
            (_, Some(fault)) => write!(f, "{} signs with a one-time identity: {fault}", self.person),
            (None, None) => write!(f, "{} gets an identity with the first report", self.person),
            (Some(_), None) => write!(f, "{} signs with the one marked *", self.person),
        }
    }
}

/// `import_signer`
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct ImportSignerRequest {
    /// The PKCS#12 file.
    pub path: String,
    /// What opens it.
    pub passphrase: String,
}

impl ImportSignerRequest {
    /// The file and its passphrase.
    pub fn read(self) -> (PathBuf, Zeroizing<String>) {
        (PathBuf::from(self.path.trim()), Zeroizing::new(self.passphrase))
    }
}

/// A certificate's fingerprint: 64 hexadecimal digits.
pub fn parse_fingerprint(text: &str) -> Result<tieout_application::Digest, CommandError> {
    text.trim().parse().map_err(|_| CommandError::invalid("a fingerprint has 64 hexadecimal digits"))
}
