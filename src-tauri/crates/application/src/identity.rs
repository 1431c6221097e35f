//! Who signs reports: the identity in the keychain, one the user brought, or one made for the occasion.

use tieout_reports::SigningIdentity;
use tieout_workbook::{load_signing_identity, store_signing_identity};

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
    /// The identity the user brought; else the keychain's; else, for a person with a name, a new one that the keychain
    /// will keep; else a one-time identity, which report and terminal say.
    pub(crate) fn choose(
        environment: &Environment,
        imported: Option<&ImportedIdentity>,
        person: Option<&str>,
    ) -> Result<Self, ApplicationError> {
        if let Some(imported) = imported {
            let identity = SigningIdentity::from_pkcs12(&imported.bytes, &imported.passphrase)?;
            return Ok(Self { identity, one_time: false });
        }
        let now = environment.now();
        match load_signing_identity(&*environment.keys) {
            Ok(Some(secret)) => Ok(Self { identity: SigningIdentity::from_secret_bytes(&secret)?, one_time: false }),
            Ok(None) => match person {
                Some(name) => {
                    let identity = SigningIdentity::generate(name, now)?;
                    let kept = store_signing_identity(&*environment.keys, &identity.to_secret_bytes());
                    if let Err(error) = &kept {
                        tracing::warn!(%error, "the signing identity could not be kept");
                    }
                    Ok(Self { identity, one_time: kept.is_err() })
                }
                None => Self::one_time(ONE_TIME_NAME, now),
            },
            Err(error) => {
                tracing::info!(%error, "no keychain: signing with a one-time identity");
                Self::one_time(person.unwrap_or(ONE_TIME_NAME), now)
            }
        }
    }

    fn one_time(name: &str, now: jiff::Timestamp) -> Result<Self, ApplicationError> {
        Ok(Self { identity: SigningIdentity::generate(name, now)?, one_time: true })
    }
}
