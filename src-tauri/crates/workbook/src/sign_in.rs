//! Signing in: who works in the workbook. Its passphrase opens the file; a person's own secret says who they are.

use rusqlite::params;
use tieout_domain::{Permission, UserId};

use crate::{User, Workbook, WorkbookError, json::Json, people::subject, rows::Blob, secret::Verifier};

/// Wrong secrets in a row that cost nothing but the asking.
const FREE_FAILURES: u32 = 5;
/// What the last of them costs; each further one costs twice as much.
const FIRST_DELAY_MS: i64 = 30_000;
/// The most that any costs.
const DELAY_MS_MAX: i64 = 15 * 60_000;

/// How long nobody is asked again after so many wrong secrets in a row.
fn delay_ms(failures: u32) -> i64 {
    match failures.checked_sub(FREE_FAILURES) {
        None => 0,
        Some(more) => FIRST_DELAY_MS.saturating_mul(1 << more.min(10)).min(DELAY_MS_MAX),
    }
}

/// Whole seconds, rounded up.
fn seconds(ms: i64) -> u32 {
    u32::try_from(ms.saturating_add(999) / 1_000).unwrap_or(0)
}

impl Workbook {
    /// Who is signed in.
    pub fn signed_in(&self) -> Option<&User> {
        self.present.then_some(&self.user)
    }

    /// Who is signed in or, where nobody is, whose name would stand in what is exported.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Who is signed in, or a refusal.
    pub(crate) fn at_work(&self) -> Result<&User, WorkbookError> {
        self.signed_in().ok_or(WorkbookError::NotSignedIn)
    }

    /// From here on this person works in the workbook: decisions and audit events carry their name. Whoever was signed in
    /// is signed out with it. Who has a secret gives it; who has one that an admin gave chooses another at the same time.
    pub fn sign_in(&mut self, id: UserId, secret: Option<&str>, new: Option<&str>) -> Result<(), WorkbookError> {
        let user = self.person(id)?;
        if !user.active {
            return Err(WorkbookError::Deactivated(user.name));
        }
        let failed = match (user.has_secret, secret) {
            // None is asked for here; the workbook's passphrase, or a first secret, may have been given wrongly.
            (false, _) => self.failures(id)?.0,
            (true, None) => return Err(WorkbookError::SecretNeeded),
            (true, Some(secret)) => {
                self.attempt(id, |workbook| Ok(workbook.secret_holds(id, secret)? == Some(true)))?
            }
        };
        let chosen = match (user.secret_to_choose, new) {
            (false, _) => None,
            (true, None) => return Err(WorkbookError::SecretToChoose),
            (true, Some(new)) if Some(new) == secret => return Err(WorkbookError::SecretToChoose),
            (true, Some(new)) => Some(Verifier::of_new(new)?),
        };
        self.sign_out()?;
        let before = std::mem::replace(&mut self.user, User { secret_to_choose: false, ..user.clone() });
        self.present = true;
        let signed = self.change(Permission::Upkeep, |change| {
            change.forget_failures(id)?;
            let details =
                Json::Object(vec![("failed_before", Json::count(failed)), ("secret", Json::Bool(user.has_secret))]);
            change.tell("user.signed_in", &subject(id), &details)?;
            if let Some(chosen) = &chosen {
                change.write_secret(id, Some(chosen), false)?;
                change.tell("user.secret_chosen", &subject(id), &Json::Object(vec![("had_one", Json::Bool(true))]))?;
            }
            Ok(())
        });
        if signed.is_err() {
            self.user = before;
            self.present = false;
        }
        signed
    }

    /// Nobody works in the workbook from here on; fine if nobody does.
    pub fn sign_out(&mut self) -> Result<(), WorkbookError> {
        if self.present {
            let subject = subject(self.user.id);
            self.change(Permission::Upkeep, |change| {
                change.tell("user.signed_out", &subject, &Json::Object(Vec::new()))
            })?;
            self.present = false;
        }
        Ok(())
    }

    /// Whether it is still whoever is signed in: by their own secret or, where they have none, by the workbook's
    /// passphrase. Wrong ones count as at sign-in.
    pub fn confirm_presence(&mut self, secret: &str) -> Result<(), WorkbookError> {
        let (id, has_secret) = self.at_work().map(|user| (user.id, user.has_secret))?;
        let failed = if has_secret {
            self.attempt(id, |workbook| Ok(workbook.secret_holds(id, secret)? == Some(true)))?
        } else {
            self.prove_passphrase(id, secret)?
        };
        if failed == 0 {
            return Ok(());
        }
        self.change(Permission::Upkeep, |change| {
            change.forget_failures(id)?;
            let details = Json::Object(vec![("failed_before", Json::count(failed))]);
            change.tell("user.unlocked", &subject(id), &details)
        })
    }

    /// One attempt to give a secret. Answers how many failed before it, or refuses: wrong ones are counted in the file, so
    /// that closing it helps nobody.
    pub(crate) fn attempt(
        &mut self,
        id: UserId,
        holds: impl FnOnce(&Self) -> Result<bool, WorkbookError>,
    ) -> Result<u32, WorkbookError> {
        let (failures, failed_at) = self.failures(id)?;
        let now = self.clock.now_ms();
        if failures > 0 && now < failed_at {
            // The clock was set back: what is left to wait begins anew, and does not last until the clock is there again.
            self.write_failures(id, failures, now)?;
        }
        let wait = delay_ms(failures) - now.saturating_sub(failed_at).max(0);
        if wait > 0 {
            return Err(WorkbookError::SignInDelayed { seconds: seconds(wait) });
        }
        if holds(self)? {
            return Ok(failures);
        }
        let failures = failures.saturating_add(1);
        let delay = delay_ms(failures);
        if delay == 0 {
            // No event yet: the next sign-in tells how many failed, and so does the event of the first delay.
            self.write_failures(id, failures, now)?;
        } else {
            self.change(Permission::Upkeep, |change| {
                write_failures(change.sql, change.company, id, failures, now)?;
                let details = Json::Object(vec![
                    ("failed", Json::count(failures)),
                    ("wait_seconds", Json::count(seconds(delay))),
                ]);
                change.tell_as_system("user.sign_in_failed", &subject(id), &details)
            })?;
        }
        Err(WorkbookError::WrongSecret { wait_seconds: seconds(delay) })
    }

    /// How many seconds this person's secret is not asked for.
    pub fn sign_in_delay(&self, id: UserId) -> Result<u32, WorkbookError> {
        let (failures, failed_at) = self.failures(id)?;
        let passed = self.clock.now_ms().saturating_sub(failed_at).max(0);
        Ok(seconds((delay_ms(failures) - passed).max(0)))
    }

    fn failures(&self, id: UserId) -> Result<(u32, i64), WorkbookError> {
        let mut statement =
            self.sql.prepare_cached("SELECT failures, failed_at FROM users WHERE company_id = ?1 AND id = ?2")?;
        Ok(statement
            .query_row(params![Blob(self.company.id.uuid()), Blob(id.uuid())], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    fn write_failures(&self, id: UserId, failures: u32, at_ms: i64) -> Result<(), WorkbookError> {
        write_failures(&self.sql, self.company.id, id, failures, at_ms)
    }
}

fn write_failures(
    sql: &rusqlite::Connection,
    company: tieout_domain::CompanyId,
    id: UserId,
    failures: u32,
    at_ms: i64,
) -> Result<(), WorkbookError> {
    sql.execute(
        "UPDATE users SET failures = ?3, failed_at = ?4 WHERE company_id = ?1 AND id = ?2",
        params![Blob(company.uuid()), Blob(id.uuid()), failures, at_ms],
    )?;
    Ok(())
}

impl crate::change::Change<'_> {
    fn forget_failures(&mut self, id: UserId) -> Result<(), WorkbookError> {
        write_failures(self.sql, self.company, id, 0, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_are_free_and_the_delay_doubles_up_to_a_quarter_of_an_hour() {
        let told: Vec<i64> = (0..13).map(|failures| delay_ms(failures) / 1_000).collect();
        assert_eq!(told, [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(delay_ms(u32::MAX), DELAY_MS_MAX);
    }
}
