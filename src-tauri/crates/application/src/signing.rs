//! Signing identities: the person's own, and the certificates that the workbook knows.

use std::path::Path;

use jiff::Timestamp;
use tieout_domain::{Digest, Said, said};
use tieout_reports::{KnownSigner, SigningIdentity, read_certificate};
use tieout_workbook::{SignerOrigin, SignerRecord, Workbook, WorkbookError, store_signing_identity};

use crate::{
    ApplicationError, Environment, Session,
    exports::Export,
    foreign,
    headless::ImportedIdentity,
    identity::{self, OwnError},
    place::Existing,
    results::new_file,
};

/// What somebody signs with, and who is known to sign.
#[derive(Debug, Clone)]
pub struct Signing {
    /// The name of whoever asks.
    pub person: String,
    /// The fingerprint of what they sign with; none: an identity is made with their first report.
    pub own: Option<Digest>,
    /// Why nothing is kept: reports get a one-time identity.
    pub fault: Option<Said>,
    /// Every certificate that reports were signed with.
    pub known: Vec<SignerFacts>,
}

/// A certificate that reports are signed with.
#[derive(Debug, Clone)]
pub struct SignerFacts {
    /// What the workbook knows of it.
    pub record: SignerRecord,
    /// Until when it holds.
    pub valid_until: Option<Timestamp>,
}

impl Session {
    /// What whoever is at work signs with, and who is known to sign.
    pub fn signing(&self) -> Result<Signing, ApplicationError> {
        self.with_open(|open| signing_of(&self.environment, &open.workbook))
    }

    /// Takes a PKCS#12 file as the identity of whoever is at work, in place of the one they had.
    pub fn import_signer(&self, imported: &ImportedIdentity) -> Result<Signing, ApplicationError> {
        let identity = identity::read(&self.environment, imported)?;
        self.keep_signer(&identity, SignerOrigin::Imported)
    }

    /// The same, of a file.
    pub fn import_signer_file(
        &self,
        path: &Path,
        passphrase: zeroize::Zeroizing<String>,
    ) -> Result<Signing, ApplicationError> {
        let bytes = foreign::read(path).map_err(|source| ApplicationError::file(path, source))?;
        self.import_signer(&ImportedIdentity { bytes, passphrase })
    }

    /// Makes a new identity for whoever is at work, in place of the one they had.
    pub fn make_signer(&self) -> Result<Signing, ApplicationError> {
        let name = self.with_open(|open| Ok(open.workbook.user().name.clone()))?;
        let identity = SigningIdentity::generate(&name, self.environment.now())?;
        self.keep_signer(&identity, SignerOrigin::Made)
    }

    fn keep_signer(&self, identity: &SigningIdentity, origin: SignerOrigin) -> Result<Signing, ApplicationError> {
        self.with_open(|open| {
            let workbook = &mut open.workbook;
            workbook.know_signer(&identity::new_signer(identity, origin))?;
            let (salt, person) = (workbook.salt(), workbook.user().id);
            store_signing_identity(&*self.environment.keys, salt, person, &identity.to_secret_bytes())
                .map_err(WorkbookError::KeyStore)?;
            signing_of(&self.environment, workbook)
        })
    }

    /// Writes a certificate that the workbook knows (DER), for those who want to trust it.
    pub fn save_certificate(
        &self,
        fingerprint: Digest,
        path: &Path,
        existing: Existing,
    ) -> Result<(), ApplicationError> {
        self.with_open(|open| {
            let known = open.workbook.signers()?.into_iter().find(|known| known.signer.fingerprint == fingerprint);
            let none =
                || ApplicationError::Invalid(said!("signer.gone", "no certificate with this fingerprint holds here"));
            let signer = known.ok_or_else(none)?.signer;
            let place = open.place(path, existing)?;
            let file = new_file(&place, |file| file.write_all(&signer.certificate))?;
            open.put_in_place(&Export::data("certificate").of(signer.name), [file])
        })
    }

    /// Says that a certificate holds no more.
    pub fn revoke_signer(&self, fingerprint: Digest, reason: &str) -> Result<Signing, ApplicationError> {
        self.with_open(|open| {
            open.workbook.revoke_signer(fingerprint, reason)?;
            signing_of(&self.environment, &open.workbook)
        })
    }

    /// The certificates that the open workbook knows, as a report's check names them. Nobody need be signed in.
    pub(crate) fn known_signers(&self) -> Result<Vec<KnownSigner>, ApplicationError> {
        self.with_file(|open| {
            let company = open.workbook.company().name.clone();
            let known = open.workbook.signers()?.into_iter().map(|record| {
                let since = Timestamp::from_millisecond(record.added_at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
                let since = since.to_zoned(self.environment.clock.zone()).date();
                let revoked = record
                    .revoked
                    .map(|(at, reason)| (Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH), reason));
                let person = match record.person_name == record.signer.name {
                    true => String::new(),
                    false => format!("({}) ", record.person_name),
                };
                let known = format!("{person}of {company}, since {since}");
                KnownSigner { certificate: record.signer.certificate, known, revoked }
            });
            Ok(known.collect())
        })
    }
}

/// A certificate that somebody trusts, of a file.
pub(crate) fn trusted(path: &Path) -> Result<KnownSigner, ApplicationError> {
    let bytes = foreign::read(path).map_err(|source| ApplicationError::file(path, source))?;
    let certificate = read_certificate(&bytes)?.certificate;
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(KnownSigner { certificate, known: format!("(trusted: {file})"), revoked: None })
}

fn signing_of(environment: &Environment, workbook: &Workbook) -> Result<Signing, ApplicationError> {
    let (own, fault) = match identity::own(environment, workbook) {
        Ok(own) => (own.map(|identity| identity.fingerprint()), None),
        Err(OwnError::KeyStore(error)) => (None, Some(ApplicationError::from(WorkbookError::KeyStore(error)).said())),
        Err(OwnError::Unreadable(error)) => (None, Some(ApplicationError::from(error).said())),
    };
    let known = workbook.signers()?.into_iter().map(|record| {
        let valid_until = read_certificate(&record.signer.certificate).ok().and_then(|facts| facts.valid_until);
        SignerFacts { record, valid_until }
    });
    Ok(Signing { person: workbook.user().name.clone(), own, fault, known: known.collect() })
}
