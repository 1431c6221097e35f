//! Who signs reports: the person's identity in the keychain, one they brought, or one made for the occasion.

use tieout_reports::SigningIdentity;
use tieout_workbook::{
    KeyStoreError, NewSigner, SignerOrigin, Workbook, adopt_signing_identity, former_signing_identity,
    load_signing_identity, store_signing_identity,
};

use crate::{ApplicationError, Environment, headless::ImportedIdentity};

/// Name of an identity that will not be kept.
const ONE_TIME_NAME: &str = "Tieout (one-time identity)";

/// An identity to sign with.
pub(crate) struct Signer {
    pub(crate) identity: SigningIdentity,
    /// It is not kept: nobody can recognise it again.
    pub(crate) one_time: bool,
}

impl Signer {
    /// Outside of a workbook: the identity the user brought, or else a one-time one, which report and terminal say.
    pub(crate) fn of_nobody(
        environment: &Environment,
        imported: Option<&ImportedIdentity>,
    ) -> Result<Self, ApplicationError> {
        match imported {
            Some(imported) => Ok(Self { identity: read(environment, imported)?, one_time: false }),
            None => Self::made_once(ONE_TIME_NAME, environment),
        }
    }

    /// For whoever is at work: the identity they brought; else the keychain's; else a new one that the keychain will keep. The
    /// workbook knows it from then on. Without a keychain a one-time identity, which report and terminal say.
    pub(crate) fn choose(
        environment: &Environment,
        imported: Option<&ImportedIdentity>,
        workbook: &mut Workbook,
    ) -> Result<Self, ApplicationError> {
        if let Some(imported) = imported {
            let identity = read(environment, imported)?;
            workbook.know_signer(&new_signer(&identity, SignerOrigin::Imported))?;
            return Ok(Self { identity, one_time: false });
        }
        match own(environment, workbook) {
            Ok(Some(identity)) => {
                let origin = if identity.is_made_here() { SignerOrigin::Made } else { SignerOrigin::Imported };
                workbook.know_signer(&new_signer(&identity, origin))?;
                Ok(Self { identity, one_time: false })
            }
            Ok(None) => {
                let (salt, person) = (workbook.salt(), workbook.user().id);
                let identity = SigningIdentity::generate(&workbook.user().name, environment.now())?;
                let secret = identity.to_secret_bytes();
                if let Err(error) = store_signing_identity(&*environment.keys, salt, person, &secret) {
                    tracing::warn!(%error, "the signing identity could not be kept");
                    return Ok(Self { identity, one_time: true });
                }
                workbook.know_signer(&new_signer(&identity, SignerOrigin::Made))?;
                Ok(Self { identity, one_time: false })
            }
            Err(OwnError::KeyStore(error)) => {
                tracing::info!(%error, "no keychain: signing with a one-time identity");
                Self::made_once(&workbook.user().name, environment)
            }
            Err(OwnError::Unreadable(error)) => Err(error.into()),
        }
    }

    fn made_once(name: &str, environment: &Environment) -> Result<Self, ApplicationError> {
        Ok(Self { identity: SigningIdentity::generate(name, environment.now())?, one_time: true })
    }
}

/// Why a person's identity is not there.
pub(crate) enum OwnError {
    KeyStore(KeyStoreError),
    Unreadable(tieout_reports::SignError),
}

/// The identity that the keychain keeps for whoever is at work. One that an earlier version kept for the machine becomes
/// theirs if its certificate carries their name.
pub(crate) fn own(environment: &Environment, workbook: &Workbook) -> Result<Option<SigningIdentity>, OwnError> {
    let (store, salt, person) = (&*environment.keys, workbook.salt(), workbook.user());
    let read = |secret: &[u8]| SigningIdentity::from_secret_bytes(secret).map_err(OwnError::Unreadable);
    if let Some(secret) = load_signing_identity(store, salt, person.id).map_err(OwnError::KeyStore)? {
        return read(&secret).map(Some);
    }
    let Some(former) = former_signing_identity(store).map_err(OwnError::KeyStore)? else { return Ok(None) };
    let identity = read(&former)?;
    if identity.common_name() != person.name {
        return Ok(None);
    }
    adopt_signing_identity(store, salt, person.id, &former).map_err(OwnError::KeyStore)?;
    Ok(Some(identity))
}

/// Reads an identity that somebody brought, and refuses one that cannot sign now.
pub(crate) fn read(
    environment: &Environment,
    imported: &ImportedIdentity,
) -> Result<SigningIdentity, ApplicationError> {
    let identity = SigningIdentity::from_pkcs12(&imported.bytes, &imported.passphrase)?;
    identity.check_usable(environment.now())?;
    Ok(identity)
}

pub(crate) fn new_signer(identity: &SigningIdentity, origin: SignerOrigin) -> NewSigner {
    NewSigner {
        name: identity.common_name(),
        fingerprint: identity.fingerprint(),
        certificate: identity.certificate_der().to_vec(),
        origin,
    }
}
