//! People who work in a workbook, and what each may do there.

use std::{fmt, str::FromStr};

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Imports, matches, decides on matches.
    Preparer,
    /// Approves or overrides decisions and signs periods off.
    Reviewer,
    /// Manages people and settings, besides all the above.
    Admin,
}

/// What a change of the workbook asks of whoever makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// What the program does of itself, whoever is at work: put right what a crash interrupted, raise and send alerts.
    Upkeep,
    /// Take records in, take them out again, and run the engine over them.
    Import,
    /// Decide on matches and records, and note what there is to say of them.
    Decide,
    /// Say that a period is prepared.
    Prepare,
    /// Sign a prepared period off, and lock it.
    SignOff,
    /// Change what decides without a person: matching settings, rules, policy, rates, alerts.
    Configure,
    /// Say who works here and as what, and change the passphrase.
    ManagePeople,
}

impl Permission {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Upkeep, Self::Import, Self::Decide, Self::Prepare, Self::SignOff, Self::Configure, Self::ManagePeople];

    /// Who may, as a refusal names them.
    pub const fn who(self) -> &'static str {
        match self {
            Self::Upkeep | Self::Decide => "anybody",
            Self::Import | Self::Prepare => "a preparer or an admin",
            Self::SignOff => "a reviewer or an admin",
            Self::Configure | Self::ManagePeople => "an admin",
        }
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Upkeep => "keep the workbook in order",
            Self::Import => "take records in or out, or run the match",
            Self::Decide => "decide on matches and records",
            Self::Prepare => "say that a period is prepared",
            Self::SignOff => "sign a period off",
            Self::Configure => "change settings",
            Self::ManagePeople => "change who works here",
        })
    }
}

/// The text names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no role: preparer, reviewer or admin")]
pub struct UnknownRole(pub String);

impl Role {
    /// Whether the role allows a change that asks for `permission`.
    pub const fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::Upkeep | Permission::Decide => true,
            Permission::Import | Permission::Prepare => matches!(self, Self::Preparer | Self::Admin),
            Permission::SignOff => matches!(self, Self::Reviewer | Self::Admin),
            Permission::Configure | Permission::ManagePeople => matches!(self, Self::Admin),
        }
    }

    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preparer => "preparer",
            Self::Reviewer => "reviewer",
            Self::Admin => "admin",
        }
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Preparer, Self::Reviewer, Self::Admin]
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who may, in the order preparer, reviewer, admin.
    #[track_caller]
    fn check(permission: Permission, expected: [bool; 3]) {
        let may = [Role::Preparer, Role::Reviewer, Role::Admin].map(|role| role.may(permission));
        assert_eq!(may, expected, "{permission:?}");
    }

    #[test]
    fn a_role_may_what_its_work_asks_for_and_nothing_else() {
        check(Permission::Upkeep, [true, true, true]);
        check(Permission::Decide, [true, true, true]);
        check(Permission::Import, [true, false, true]);
        check(Permission::Prepare, [true, false, true]);
        check(Permission::SignOff, [false, true, true]);
        check(Permission::Configure, [false, false, true]);
        check(Permission::ManagePeople, [false, false, true]);
    }
}
