//! A person's own secret, of which the workbook keeps what cannot be turned back into it: Argon2id, with the parameters
//! of the workbook's key and a salt of its own.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{Permission, Role, UserId, said};
use zeroize::Zeroizing;

use crate::{
    Workbook, WorkbookError,
    change::Change,
    json::Json,
    key::{RawKey, Salt, argon2id, is_same},
    people::subject,
    rows::Blob,
};

/// Least length of a person's own secret, in characters: a PIN. What keeps it from being guessed is the growing delay.
pub const SECRET_MIN_CHARS: usize = 6;
/// Greatest length, in characters.
pub const SECRET_MAX_CHARS: usize = 200;

/// What a secret is compared with.
pub(crate) struct Verifier {
    salt: [u8; 16],
    derived: Zeroizing<[u8; 32]>,
}

impl Verifier {
    /// Of a secret that is to be kept.
    pub(crate) fn of_new(secret: &str) -> Result<Self, WorkbookError> {
        let length = secret.chars().count();
        if !(SECRET_MIN_CHARS..=SECRET_MAX_CHARS).contains(&length) {
            return Err(WorkbookError::SecretLength { least: SECRET_MIN_CHARS, most: SECRET_MAX_CHARS });
        }
        let salt = *Salt::random().map_err(WorkbookError::unreadable)?.bytes();
        Ok(Self { salt, derived: argon2id(secret, &salt).map_err(WorkbookError::unreadable)? })
    }

    /// Whether this is the secret. Takes as long whichever byte differs first.
    fn holds(&self, secret: &str) -> Result<bool, WorkbookError> {
        if secret.chars().count() > SECRET_MAX_CHARS {
            return Ok(false);
        }
        let given = argon2id(secret, &self.salt).map_err(WorkbookError::unreadable)?;
        Ok(is_same(&given, &self.derived))
    }
}

/// Salt and verifier as they are stored; neither where there is no secret.
type Kept = (Option<[u8; 16]>, Option<[u8; 32]>);

impl Workbook {
    /// Whether the secret is the one of this person; `None` where they have none.
    pub(crate) fn secret_holds(&self, id: UserId, secret: &str) -> Result<Option<bool>, WorkbookError> {
        let kept: Option<Kept> = self
            .sql
            .query_row(
                "SELECT secret_salt, secret_verifier FROM users WHERE company_id = ?1 AND id = ?2",
                params![Blob(self.company.id.uuid()), Blob(id.uuid())],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        match kept {
            Some((Some(salt), Some(derived))) => {
                Verifier { salt, derived: Zeroizing::new(derived) }.holds(secret).map(Some)
            }
            Some(_) => Ok(None),
            None => Err(WorkbookError::not_found("user", id)),
        }
    }

    /// Gives another person a secret, which they are to replace by their own when they next sign in with it.
    pub fn reset_secret(&mut self, id: UserId, secret: &str) -> Result<(), WorkbookError> {
        self.require(Permission::ManagePeople)?;
        if id == self.user.id {
            return Err(WorkbookError::Name(said!(
                "secret.own",
                "this is your own secret: change it, giving the present one"
            )));
        }
        let before = self.person(id)?;
        let verifier = Verifier::of_new(secret)?;
        self.change(Permission::ManagePeople, |change| {
            change.write_secret(id, Some(&verifier), true)?;
            let details = Json::Object(vec![("had_one", Json::Bool(before.has_secret))]);
            change.tell("user.secret_reset", &subject(id), &details)
        })
    }

    /// Whoever is signed in replaces their own secret, or with `None` does without one from here on. Who has one gives
    /// it, and for a first one the workbook's passphrase is given, so that nobody takes over another's name with a click;
    /// wrong ones count as at sign-in.
    pub fn change_own_secret(&mut self, present: Option<&str>, new: Option<&str>) -> Result<(), WorkbookError> {
        let user = self.at_work()?.clone();
        let verifier = new.map(Verifier::of_new).transpose()?;
        let failed = if user.has_secret {
            let present = present.ok_or(WorkbookError::SecretNeeded)?;
            self.attempt(user.id, |workbook| Ok(workbook.secret_holds(user.id, present)? == Some(true)))?
        } else if verifier.is_none() {
            return Ok(());
        } else {
            self.prove_passphrase(user.id, present.ok_or(WorkbookError::PassphraseNeeded)?)?
        };
        self.change(Permission::Upkeep, |change| {
            change.write_secret(user.id, verifier.as_ref(), false)?;
            let action = if verifier.is_some() { "user.secret_chosen" } else { "user.secret_removed" };
            let details =
                Json::Object(vec![("failed_before", Json::count(failed)), ("had_one", Json::Bool(user.has_secret))]);
            change.tell(action, &subject(user.id), &details)
        })?;
        self.user.has_secret = verifier.is_some();
        self.user.secret_to_choose = false;
        Ok(())
    }
}

impl Workbook {
    /// Whether it is the workbook's passphrase. Wrong ones count as wrong secrets of this person; answers how many failed
    /// before.
    pub fn prove_passphrase(&mut self, id: UserId, passphrase: &str) -> Result<u32, WorkbookError> {
        self.attempt(id, |workbook| {
            let key = RawKey::derive(passphrase, workbook.salt).map_err(WorkbookError::unreadable)?;
            Ok(key == workbook.key)
        })
    }

    /// Gives an admin another secret without the present one: who holds the workbook's passphrase can read the file
    /// anyway, and without this the last admin who forgets their secret could never be one again. Nobody need be signed in;
    /// the audit log tells of it.
    pub fn recover_secret(&mut self, id: UserId, passphrase: &str, new: &str) -> Result<(), WorkbookError> {
        let user = self.person(id)?;
        if !user.active || user.role != Role::Admin {
            return Err(WorkbookError::Name(said!(
                "secret.onlyAdmins",
                "only an admin's secret is set anew with the passphrase: an admin gives the others theirs"
            )));
        }
        let verifier = Verifier::of_new(new)?;
        let failed = self.prove_passphrase(id, passphrase)?;
        self.change(Permission::Upkeep, |change| {
            change.write_secret(id, Some(&verifier), false)?;
            let details =
                Json::Object(vec![("failed_before", Json::count(failed)), ("had_one", Json::Bool(user.has_secret))]);
            change.tell_as_system("user.secret_recovered", &subject(id), &details)
        })?;
        if self.user.id == id {
            self.user.has_secret = true;
            self.user.secret_to_choose = false;
        }
        Ok(())
    }
}

impl Change<'_> {
    /// Writes a person's secret, and forgets how often another was given wrongly.
    pub(crate) fn write_secret(
        &mut self,
        id: UserId,
        verifier: Option<&Verifier>,
        to_choose: bool,
    ) -> Result<(), WorkbookError> {
        self.sql.execute(
            "UPDATE users SET secret_salt = ?3, secret_verifier = ?4, secret_to_choose = ?5, failures = 0
             WHERE company_id = ?1 AND id = ?2",
            params![
                Blob(self.company.uuid()),
                Blob(id.uuid()),
                verifier.map(|verifier| verifier.salt),
                verifier.map(|verifier| *verifier.derived),
                to_choose,
            ],
        )?;
        Ok(())
    }
}
