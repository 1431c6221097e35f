//! People: who is at work, signing in, the lock, roles and secrets.
//!
//! Commands: `presence { active }`, `lock_now {}`, `unlock { secret }`, `sign_in(SignInRequest)`, `sign_out {}` (all
//! [`PresenceView`]), `sign_in_choices {}` ([`SignInChoicesView`]); `people {}`, `add_person(AddPersonRequest)`,
//! `change_person(ChangePersonRequest)`, `reset_secret { id, secret }`, `change_own_secret { present, new }`
//! (for a first one `present` is the workbook's passphrase),
//! `set_single_user { single_user, reason }`, `set_idle_minutes { minutes }` (all [`PeopleView`]);
//! `change_passphrase { present, new }`.

use std::fmt;

use serde::{Deserialize, Serialize};
use tieout_application::{
    AtWork, NewPerson, People, Presence, Role, SignIn, SignInChoice, SignInChoices, User, UserChange,
};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::{CommandError, parse_id};

/// Who is there.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PresenceView {
    /// A workbook is open.
    pub open: bool,
    /// Who is signed in.
    pub person: Option<AtWorkView>,
    /// The window is locked: every command but this one, `unlock` and `sign_out` answers `locked`.
    pub locked: bool,
    /// Minutes without input after which the window locks itself; 0: never.
    pub idle_minutes: u32,
}

/// Who is signed in.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AtWorkView {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// `preparer`, `reviewer` or `admin`.
    pub role: String,
    /// They unlock with a secret of their own; else with the workbook's passphrase.
    pub has_secret: bool,
}

/// `sign_in_choices`
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SignInChoicesView {
    /// The company's name.
    pub company: String,
    /// Who may sign in.
    pub people: Vec<SignInChoiceView>,
    /// The window was locked when the last one was signed out: who has no secret gives the workbook's passphrase.
    pub guarded: bool,
}

/// Somebody who may sign in.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SignInChoiceView {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// A secret of their own is asked for.
    pub has_secret: bool,
    /// Seconds for which it is not asked for, after too many wrong ones.
    pub wait_seconds: u32,
}

/// `sign_in`
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct SignInRequest {
    /// Who.
    pub id: String,
    /// Their secret, where they have one; the workbook's passphrase where they have none and the choices are `guarded`.
    pub secret: Option<String>,
    /// The one of their own that replaces what an admin gave them: asked for by the refusal `secretToChoose`.
    pub new_secret: Option<String>,
}

/// Everybody who works or worked here, and what holds for all of them.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeopleView {
    /// In the order they were added.
    pub people: Vec<PersonView>,
    /// The identifier of who asks.
    pub me: String,
    /// One person may prepare and review.
    pub single_user: bool,
    /// Minutes without input after which the window locks itself; 0: never.
    pub idle_minutes: u32,
}

/// A person.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PersonView {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Where to write to them; may be empty.
    pub email: String,
    /// `preparer`, `reviewer` or `admin`.
    pub role: String,
    /// They may sign in.
    pub active: bool,
    /// They sign in with a secret of their own.
    pub has_secret: bool,
    /// An admin gave them their secret: they choose another when they next sign in.
    pub secret_to_choose: bool,
}

/// `add_person`
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct AddPersonRequest {
    /// Name.
    pub name: String,
    /// Where to write to them; may be empty.
    pub email: String,
    /// `preparer`, `reviewer` or `admin`.
    pub role: String,
    /// A first secret, which they replace when they first sign in.
    pub first_secret: Option<String>,
}

/// `change_person`: what is left out stays.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct ChangePersonRequest {
    /// Who.
    pub id: String,
    /// Name.
    pub name: Option<String>,
    /// Where to write to them; may be empty.
    pub email: Option<String>,
    /// `preparer`, `reviewer` or `admin`.
    pub role: Option<String>,
    /// Whether they may sign in.
    pub active: Option<bool>,
}

/// Reads a role.
pub fn parse_role(text: &str) -> Result<Role, CommandError> {
    text.parse().map_err(|error: tieout_domain::UnknownRole| CommandError::invalid(&error.to_string()))
}

impl From<AtWork> for AtWorkView {
    fn from(person: AtWork) -> Self {
        Self {
            id: person.id.to_string(),
            name: person.name,
            role: person.role.as_str().to_owned(),
            has_secret: person.has_secret,
        }
    }
}

impl From<Presence> for PresenceView {
    fn from(presence: Presence) -> Self {
        Self {
            open: presence.open,
            person: presence.person.map(Into::into),
            locked: presence.locked,
            idle_minutes: presence.idle_minutes,
        }
    }
}

impl From<SignInChoice> for SignInChoiceView {
    fn from(choice: SignInChoice) -> Self {
        Self {
            id: choice.id.to_string(),
            name: choice.name,
            has_secret: choice.has_secret,
            wait_seconds: choice.wait_seconds,
        }
    }
}

impl From<SignInChoices> for SignInChoicesView {
    fn from(choices: SignInChoices) -> Self {
        Self {
            company: choices.company,
            people: choices.people.into_iter().map(Into::into).collect(),
            guarded: choices.guarded,
        }
    }
}

impl TryFrom<SignInRequest> for SignIn {
    type Error = CommandError;

    fn try_from(request: SignInRequest) -> Result<Self, Self::Error> {
        Ok(Self {
            id: parse_id(&request.id)?,
            secret: request.secret.map(Zeroizing::new),
            new_secret: request.new_secret.map(Zeroizing::new),
        })
    }
}

impl From<User> for PersonView {
    fn from(user: User) -> Self {
        Self {
            id: user.id.to_string(),
            name: user.name,
            email: user.email,
            role: user.role.as_str().to_owned(),
            active: user.active,
            has_secret: user.has_secret,
            secret_to_choose: user.secret_to_choose,
        }
    }
}

impl From<People> for PeopleView {
    fn from(people: People) -> Self {
        Self {
            people: people.people.into_iter().map(Into::into).collect(),
            me: people.me.to_string(),
            single_user: people.single_user,
            idle_minutes: people.idle_minutes,
        }
    }
}

/// For the terminal: a person a line.
impl fmt::Display for PeopleView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, person) in self.people.iter().enumerate() {
            let secret = match (person.has_secret, person.secret_to_choose) {
                (false, _) => "no secret",
                (true, false) => "own secret",
                (true, true) => "secret to choose",
            };
            let state = if person.active { "" } else { ", deactivated" };
            let end = if i + 1 < self.people.len() { "\n" } else { "" };
            write!(f, "{:<9} {} ({secret}{state}) {}{end}", person.role, person.name, person.email)?;
        }
        Ok(())
    }
}

impl TryFrom<AddPersonRequest> for NewPerson {
    type Error = CommandError;

    fn try_from(request: AddPersonRequest) -> Result<Self, Self::Error> {
        Ok(Self {
            name: request.name,
            email: request.email,
            role: parse_role(&request.role)?,
            first_secret: request.first_secret.map(Zeroizing::new),
        })
    }
}

impl ChangePersonRequest {
    /// What is to change.
    pub fn change(self) -> Result<UserChange, CommandError> {
        Ok(UserChange {
            name: self.name,
            email: self.email,
            role: self.role.as_deref().map(parse_role).transpose()?,
            active: self.active,
        })
    }
}
