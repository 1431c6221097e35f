//! Who is at work, and whether the window is locked. What is locked answers nothing, whoever asks; work that was begun
//! goes on to its end.

use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;
use tieout_domain::{Permission, Role, UserId, said};
use tieout_workbook::{User, Workbook, WorkbookError};
use zeroize::Zeroizing;

use crate::{ApplicationError, Session, session::Open};

/// Setting that says after how many minutes without input the window locks itself.
const IDLE_SETTING: &str = "lock.idle_minutes";
/// Minutes, unless an admin said otherwise.
const IDLE_MINUTES: u32 = 15;
/// The most that can be said.
pub const IDLE_MINUTES_MAX: u32 = 480;

/// What has to hold before a command is begun at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: it tells nothing of a workbook, or asks who is there.
    Nothing,
    /// That the window is not locked.
    Unlocked,
    /// Besides, that somebody is signed in: it only reads, or changes only what is theirs.
    SignedIn,
    /// Besides, that their role allows it.
    May(Permission),
}

/// A person as the window's frame shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtWork {
    /// Their identifier.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// They unlock with a secret of their own; else with the workbook's passphrase.
    pub has_secret: bool,
}

/// Who is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Presence {
    /// A workbook is open.
    pub open: bool,
    /// Who is signed in.
    pub person: Option<AtWork>,
    /// The window is locked.
    pub locked: bool,
    /// Minutes without input after which it locks itself; 0: never.
    pub idle_minutes: u32,
}

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInChoice {
    /// Their identifier.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// A secret of their own is asked for.
    pub has_secret: bool,
    /// Seconds for which it is not asked for.
    pub wait_seconds: u32,
}

/// What the sign-in page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInChoices {
    /// The company's name.
    pub company: String,
    /// Who may sign in.
    pub people: Vec<SignInChoice>,
    /// The window was locked when the last one was signed out: who has no secret gives the workbook's passphrase.
    pub guarded: bool,
}

/// Somebody signs in.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Who.
    pub id: UserId,
    /// Their secret, where they have one; where they have none and the window was locked, the workbook's passphrase.
    pub secret: Option<Zeroizing<String>>,
    /// The one of their own that replaces what an admin gave them.
    pub new_secret: Option<Zeroizing<String>>,
}

/// What is asked of every command before it waits for anything: it holds no lock that work holds.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    presence: Presence,
    last_input_ms: i64,
    tasks: u32,
    /// Somebody was signed out of a locked window: until the next one signs in, a name alone is not enough.
    guarded: bool,
    /// How many were ever begun.
    begun: u64,
}

/// A long task. While it lasts nobody signs out, and what is locked still answers it.
pub(crate) struct Task<'a> {
    gate: &'a Mutex<Gate>,
    /// The tasks that were asked to stop: all up to this number.
    cancelled: &'a AtomicU64,
    number: u64,
}

impl Task<'_> {
    /// Whether it was asked to stop. What begins later is not meant.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed) >= self.number
    }
}

impl Drop for Task<'_> {
    fn drop(&mut self) {
        let mut gate = self.gate.lock();
        gate.tasks = gate.tasks.saturating_sub(1);
    }
}

impl From<&User> for AtWork {
    fn from(user: &User) -> Self {
        Self { id: user.id, name: user.name.clone(), role: user.role, has_secret: user.has_secret }
    }
}

/// Minutes as they are kept.
pub(crate) fn idle_minutes(workbook: &Workbook) -> Result<u32, ApplicationError> {
    let kept = workbook.setting(IDLE_SETTING)?;
    Ok(kept.and_then(|minutes| minutes.parse().ok()).unwrap_or(IDLE_MINUTES).min(IDLE_MINUTES_MAX))
}

impl Session {
    /// Refuses a command before it is begun, unless what it needs holds. Never waits for work that goes on.
    pub fn admit(&self, need: Need) -> Result<(), ApplicationError> {
        let gate = self.gate.lock();
        let Presence { open, person, locked, .. } = &gate.presence;
        let permission = match need {
            Need::Nothing => return Ok(()),
            _ if *locked => return Err(ApplicationError::Locked),
            Need::Unlocked => return Ok(()),
            _ if !open => return Err(ApplicationError::NoWorkbook),
            Need::SignedIn => None,
            Need::May(permission) => Some(permission),
        };
        let person = person.as_ref().ok_or(WorkbookError::NotSignedIn)?;
        match permission {
            Some(permission) if !person.role.may(permission) => {
                Err(WorkbookError::NotAllowed { name: person.name.clone(), role: person.role, permission }.into())
            }
            _ => Ok(()),
        }
    }

    /// Begins a task that can be cancelled.
    pub(crate) fn begin(&self) -> Result<Task<'_>, ApplicationError> {
        let mut gate = self.gate.lock();
        if gate.presence.locked {
            return Err(ApplicationError::Locked);
        }
        gate.tasks += 1;
        gate.begun += 1;
        Ok(Task { gate: &self.gate, cancelled: &self.cancelled, number: gate.begun })
    }

    /// Asks the tasks that are running to stop; they leave nothing behind.
    pub fn cancel(&self) {
        self.cancelled.store(self.gate.lock().begun, Ordering::Relaxed);
    }

    /// Whether the file is closed for whoever asks now.
    pub(crate) fn check_unlocked(&self) -> Result<(), ApplicationError> {
        let gate = self.gate.lock();
        if gate.presence.locked && gate.tasks == 0 { Err(ApplicationError::Locked) } else { Ok(()) }
    }

    fn check_idle_of_tasks(&self) -> Result<(), ApplicationError> {
        if self.gate.lock().tasks > 0 {
            return Err(ApplicationError::Invalid(said!(
                "people.workGoesOn",
                "work is going on in the name of whoever is signed in: wait for it, or stop it first"
            )));
        }
        Ok(())
    }

    /// What the gate knows of the workbook, as it is now.
    pub(crate) fn note_presence(&self, open: Option<&Open>) -> Result<(), ApplicationError> {
        let (person, idle_minutes) = match open {
            Some(open) => (open.workbook.signed_in().map(AtWork::from), idle_minutes(&open.workbook)?),
            None => (None, 0),
        };
        let now = self.environment.clock.now_ms();
        let mut gate = self.gate.lock();
        let is_other = gate.presence.person.as_ref().map(|at| at.id) != person.as_ref().map(|at| at.id);
        if is_other {
            gate.presence.locked = false;
        }
        gate.guarded &= person.is_none();
        gate.presence = Presence { open: open.is_some(), person, locked: gate.presence.locked, idle_minutes };
        gate.last_input_ms = now;
        Ok(())
    }

    /// Who is there. `active` says that there was input since this was asked last, which puts the lock off.
    pub fn presence(&self, active: bool) -> Presence {
        if active {
            let now = self.environment.clock.now_ms();
            let mut gate = self.gate.lock();
            if !gate.presence.locked {
                gate.last_input_ms = now;
            }
        }
        self.lock_if_idle();
        self.gate.lock().presence.clone()
    }

    /// Locks the window if nobody touched it for as long as the workbook says. The shell asks every few seconds, so that a
    /// window that hangs is locked too.
    pub fn lock_if_idle(&self) {
        let now = self.environment.clock.now_ms();
        let mut gate = self.gate.lock();
        // A clock that was set back must not put the lock off by as much.
        gate.last_input_ms = gate.last_input_ms.min(now);
        let Presence { person, locked, idle_minutes, .. } = &gate.presence;
        let limit_ms = i64::from(*idle_minutes) * 60_000;
        if person.is_some() && !locked && limit_ms > 0 && now - gate.last_input_ms >= limit_ms {
            gate.presence.locked = true;
            tracing::info!("locked: nobody touched the window for {} minutes", gate.presence.idle_minutes);
        }
    }

    /// Locks the window now. Nothing to do where nobody is signed in.
    pub fn lock_now(&self) -> Presence {
        let mut gate = self.gate.lock();
        gate.presence.locked = gate.presence.person.is_some();
        gate.presence.clone()
    }

    /// Unlocks the window: by the own secret of whoever is signed in or, where there is none, by the workbook's
    /// passphrase.
    pub fn unlock(&self, secret: &str) -> Result<Presence, ApplicationError> {
        self.with_file(|open| Ok(open.workbook.confirm_presence(secret)?))?;
        let now = self.environment.clock.now_ms();
        let mut gate = self.gate.lock();
        gate.presence.locked = false;
        gate.last_input_ms = now;
        Ok(gate.presence.clone())
    }

    /// Who may sign in.
    pub fn sign_in_choices(&self) -> Result<SignInChoices, ApplicationError> {
        self.check_unlocked()?;
        self.with_file(|open| {
            let workbook = &open.workbook;
            let active = workbook.users()?.into_iter().filter(|user| user.active);
            let people = active.map(|user| {
                let wait_seconds = workbook.sign_in_delay(user.id)?;
                Ok(SignInChoice { id: user.id, name: user.name, has_secret: user.has_secret, wait_seconds })
            });
            Ok(SignInChoices {
                company: workbook.company().name.clone(),
                people: people.collect::<Result<_, ApplicationError>>()?,
                guarded: self.gate.lock().guarded,
            })
        })
    }

    /// Signs somebody in, in place of whoever was. A workbook stays open all the while.
    pub fn sign_in(&self, request: &SignIn) -> Result<Presence, ApplicationError> {
        self.admit(Need::Unlocked)?;
        self.check_idle_of_tasks()?;
        self.with_file(|open| {
            let secret = request.secret.as_deref().map(String::as_str);
            let new = request.new_secret.as_deref().map(String::as_str);
            let guarded = self.gate.lock().guarded;
            if guarded && open.workbook.users()?.iter().any(|user| user.id == request.id && !user.has_secret) {
                open.workbook.prove_passphrase(request.id, secret.ok_or(WorkbookError::PassphraseAfterLock)?)?;
            }
            let signed = open.workbook.sign_in(request.id, secret, new);
            self.previews.lock().clear();
            self.note_presence(Some(open))?;
            Ok(signed?)
        })?;
        Ok(self.presence(true))
    }

    /// Signs in by name, as scripts do.
    pub fn sign_in_as(
        &self,
        name: &str,
        secret: Option<Zeroizing<String>>,
        new_secret: Option<Zeroizing<String>>,
    ) -> Result<Presence, ApplicationError> {
        let choices = self.sign_in_choices()?;
        let called = choices.people.iter().find(|person| tieout_domain::is_same_name(&person.name, name.trim()));
        let person = called.ok_or_else(|| {
            let names = choices.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ");
            ApplicationError::in_english(format!("nobody called '{}' works here: {names}", name.trim()))
        })?;
        self.sign_in(&SignIn { id: person.id, secret, new_secret })
    }

    /// Signs out whoever is signed in, of a locked window only who has a secret. The lock does not go with it: until
    /// somebody signs in, who has no secret gives the workbook's passphrase.
    pub fn sign_out(&self) -> Result<Presence, ApplicationError> {
        let Presence { person, locked, .. } = self.gate.lock().presence.clone();
        if locked && !person.is_some_and(|person| person.has_secret) {
            return Err(ApplicationError::Locked);
        }
        self.check_idle_of_tasks()?;
        self.with_file(|open| {
            open.workbook.sign_out()?;
            self.previews.lock().clear();
            self.note_presence(Some(open))?;
            self.gate.lock().guarded |= locked;
            Ok(())
        })?;
        Ok(self.gate.lock().presence.clone())
    }

    /// Says after how many minutes without input the window locks itself; 0: never.
    pub fn set_idle_minutes(&self, minutes: u32) -> Result<(), ApplicationError> {
        if minutes > IDLE_MINUTES_MAX {
            return Err(ApplicationError::Invalid(said!(
                "people.idleTooLong",
                "{minutes} minutes are too many: at most {most}, or 0 for never",
                minutes = minutes,
                most = IDLE_MINUTES_MAX
            )));
        }
        self.with_open(|open| {
            open.workbook.set_setting(IDLE_SETTING, &minutes.to_string())?;
            self.note_presence(Some(open))
        })
    }
}
