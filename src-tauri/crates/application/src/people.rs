//! The people of a workbook, their roles and secrets, and the workbook's passphrase.

use tieout_domain::{Role, UserId};
use tieout_workbook::{User, UserChange};
use zeroize::Zeroizing;

use crate::{ApplicationError, Need, Session, presence, session::Open};

/// Everybody who works or worked here, and what holds for all of them.
#[derive(Debug, Clone)]
pub struct People {
    /// In the order they were added.
    pub people: Vec<User>,
    /// Who asks.
    pub me: UserId,
    /// One person may prepare and review.
    pub single_user: bool,
    /// Minutes without input after which the window locks itself; 0: never.
    pub idle_minutes: u32,
}

/// Somebody new.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Their name.
    pub name: String,
    /// Where to write to them; may be empty.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// A first secret, which they replace when they first sign in.
    pub first_secret: Option<Zeroizing<String>>,
}

impl Session {
    /// Everybody who works or worked here.
    pub fn people(&self) -> Result<People, ApplicationError> {
        self.with_open(people_of)
    }

    fn change_people(
        &self,
        change: impl FnOnce(&mut Open) -> Result<(), ApplicationError>,
    ) -> Result<People, ApplicationError> {
        self.with_open(|open| {
            change(open)?;
            self.note_presence(Some(open))?;
            people_of(open)
        })
    }

    /// Adds a person.
    pub fn add_person(&self, new: &NewPerson) -> Result<People, ApplicationError> {
        self.change_people(|open| {
            let secret = new.first_secret.as_deref().map(String::as_str);
            open.workbook.add_person(&new.name, &new.email, new.role, secret)?;
            Ok(())
        })
    }

    /// Changes what the workbook says of a person.
    pub fn change_person(&self, id: UserId, change: &UserChange) -> Result<People, ApplicationError> {
        self.change_people(|open| {
            open.workbook.change_user(id, change)?;
            Ok(())
        })
    }

    /// Gives another person a secret, which they replace when they next sign in.
    pub fn reset_secret(&self, id: UserId, secret: &str) -> Result<People, ApplicationError> {
        self.change_people(|open| Ok(open.workbook.reset_secret(id, secret)?))
    }

    /// Gives an admin another secret by the workbook's passphrase: for whoever forgot theirs. Nobody need be signed in.
    pub fn recover_secret(&self, name: &str, passphrase: &str, new: &str) -> Result<(), ApplicationError> {
        self.admit(Need::Unlocked)?;
        self.with_file(|open| {
            let users = open.workbook.users()?;
            let called = users.iter().find(|user| tieout_domain::is_same_name(&user.name, name.trim()));
            let nobody =
                || ApplicationError::in_english(format!("nobody called '{}' works or worked here", name.trim()));
            let id = called.ok_or_else(nobody)?.id;
            Ok(open.workbook.recover_secret(id, passphrase, new)?)
        })
    }

    /// Replaces the secret of whoever is signed in, or with `None` does without one. For a first one, `present` is the
    /// workbook's passphrase.
    pub fn change_own_secret(&self, present: Option<&str>, new: Option<&str>) -> Result<People, ApplicationError> {
        self.change_people(|open| Ok(open.workbook.change_own_secret(present, new)?))
    }

    /// Says whether one person may prepare and review.
    pub fn set_single_user(&self, single_user: bool, reason: &str) -> Result<People, ApplicationError> {
        self.change_people(|open| Ok(open.workbook.set_single_user(single_user, reason)?))
    }

    /// Changes the workbook's passphrase: the file is encrypted anew, and the keychain told if it held the old key.
    pub fn change_passphrase(&self, present: &str, new: &str) -> Result<(), ApplicationError> {
        self.with_open(|open| Ok(open.workbook.change_passphrase(present, new)?))
    }
}

fn people_of(open: &mut Open) -> Result<People, ApplicationError> {
    let workbook = &open.workbook;
    Ok(People {
        people: workbook.users()?,
        me: workbook.user().id,
        single_user: workbook.company().single_user,
        idle_minutes: presence::idle_minutes(workbook)?,
    })
}
