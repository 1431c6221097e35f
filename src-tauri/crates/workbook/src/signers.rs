//! With which certificates reports of the workbook are signed: whose each is, and whether it still holds.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{Digest, Permission, UserId, said};
use uuid::Uuid;

use crate::{Workbook, WorkbookError, json::Json, rows::Blob};

/// Where a certificate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignerOrigin {
    /// Made here.
    Made,
    /// From a file (PKCS#12).
    Imported,
}

impl SignerOrigin {
    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Imported => "imported",
        }
    }
}

/// A certificate that whoever is at work signs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSigner {
    /// The name in it.
    pub name: String,
    /// SHA-256 of it.
    pub fingerprint: Digest,
    /// DER.
    pub certificate: Vec<u8>,
    /// Where it comes from.
    pub origin: SignerOrigin,
}

/// A certificate with which reports of the workbook are signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerRecord {
    /// What it is.
    pub signer: NewSigner,
    /// Whose it is.
    pub person: UserId,
    /// Their name.
    pub person_name: String,
    /// Since when, in milliseconds since 1970-01-01 UTC.
    pub added_at_ms: i64,
    /// Since when it holds no more, and why.
    pub revoked: Option<(i64, String)>,
}

impl Workbook {
    /// Every certificate that reports were signed with, the first one first.
    pub fn signers(&self) -> Result<Vec<SignerRecord>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT s.name, s.fingerprint, s.certificate, s.origin, s.user_id, u.name, s.added_at, r.revoked_at, r.reason
             FROM signers s
             JOIN users u ON u.company_id = s.company_id AND u.id = s.user_id
             LEFT JOIN signer_revocations r ON r.company_id = s.company_id AND r.signer_id = s.id
             WHERE s.company_id = ?1 ORDER BY s.id",
        )?;
        let rows = statement.query_map(params![Blob(self.company.id.uuid())], |row| {
            let origin = if row.get_ref(3)?.as_str()? == "made" { SignerOrigin::Made } else { SignerOrigin::Imported };
            let revoked: Option<i64> = row.get(7)?;
            Ok(SignerRecord {
                signer: NewSigner {
                    name: row.get(0)?,
                    fingerprint: Digest::from_bytes(row.get(1)?),
                    certificate: row.get(2)?,
                    origin,
                },
                person: UserId::from_uuid(row.get::<_, Blob>(4)?.0),
                person_name: row.get(5)?,
                added_at_ms: row.get(6)?,
                revoked: revoked.map(|at| row.get(8).map(|reason| (at, reason))).transpose()?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps in the workbook that whoever is at work signs with this certificate. One that is known stays as it is.
    ///
    /// # Errors
    /// One that was revoked, or that another person signs with, is refused.
    pub fn know_signer(&mut self, new: &NewSigner) -> Result<(), WorkbookError> {
        self.at_work()?;
        let known = self.signers()?.into_iter().find(|known| known.signer.fingerprint == new.fingerprint);
        match known {
            Some(known) if known.revoked.is_some() => {
                return Err(WorkbookError::Name(said!(
                    "signer.revoked",
                    "the certificate of {name} was revoked here: make a new one, or import another",
                    name = &new.name
                )));
            }
            Some(known) if known.person != self.user.id => {
                return Err(WorkbookError::Name(said!(
                    "signer.anothers",
                    "{person} signs with this certificate: everybody signs with their own",
                    person = &known.person_name
                )));
            }
            Some(_) => return Ok(()),
            None => {}
        }
        self.change(Permission::Upkeep, |change| {
            let id = change.id();
            change.sql.execute(
                "INSERT INTO signers (company_id, id, user_id, name, fingerprint, certificate, origin, added_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    Blob(change.company.uuid()),
                    Blob(id),
                    Blob(change.user.uuid()),
                    new.name,
                    new.fingerprint.as_bytes(),
                    new.certificate,
                    new.origin.as_str(),
                    change.now_ms
                ],
            )?;
            let details = Json::Object(vec![
                ("certificate", Json::text(new.fingerprint)),
                ("name", Json::text(&new.name)),
                ("origin", Json::Word(new.origin.as_str())),
            ]);
            change.tell("signer.added", &subject(id), &details)
        })
    }

    /// Says that a certificate holds no more: its key may be in other hands, or its owner works here no longer.
    ///
    /// # Errors
    /// Only an admin may; there must be a reason, and such a certificate that still holds.
    pub fn revoke_signer(&mut self, fingerprint: Digest, reason: &str) -> Result<(), WorkbookError> {
        self.require(Permission::ManagePeople)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(WorkbookError::Name(said!("signer.noReason", "say why the certificate is revoked")));
        }
        let found = self
            .sql
            .query_row(
                "SELECT s.id, s.name FROM signers s WHERE s.company_id = ?1 AND s.fingerprint = ?2 AND NOT EXISTS (
                     SELECT 1 FROM signer_revocations r WHERE r.company_id = s.company_id AND r.signer_id = s.id)",
                params![Blob(self.company.id.uuid()), fingerprint.as_bytes()],
                |row| Ok((row.get::<_, Blob>(0)?.0, row.get::<_, String>(1)?)),
            )
            .optional()?;
        let Some((id, name)) = found else {
            return Err(WorkbookError::Name(said!("signer.gone", "no certificate with this fingerprint holds here")));
        };
        self.change(Permission::ManagePeople, |change| {
            change.sql.execute(
                "INSERT INTO signer_revocations (company_id, signer_id, revoked_by, revoked_at, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![Blob(change.company.uuid()), Blob(id), Blob(change.user.uuid()), change.now_ms, reason],
            )?;
            let details = Json::Object(vec![
                ("certificate", Json::text(fingerprint)),
                ("name", Json::text(&name)),
                ("reason", Json::text(reason)),
            ]);
            change.tell("signer.revoked", &subject(id), &details)
        })
    }
}

/// How audit events name a signer.
fn subject(id: Uuid) -> String {
    format!("signer {id}")
}
