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
    /// Say that a period is prepared, and give its journal entries to the books.
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
            Self::Prepare => "prepare periods or export journal entries",
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

/// Longest name of a person, in characters.
pub const PERSON_LETTERS_MAX: usize = 100;
/// Longest e-mail address, in bytes: RFC 5321, section 4.5.3.1.
const EMAIL_BYTES_MAX: usize = 254;
/// Whom audit events name for what happens without a person.
const NOBODY: &str = "system";

/// Why a person cannot be called, or reached, so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PersonError {
    /// There is nothing in it to call somebody by.
    #[error("a person needs a name with at least one letter or digit")]
    NoName,
    /// It is too long.
    #[error("a name of {letters} characters is too long: at most {PERSON_LETTERS_MAX} are a name")]
    TooLong {
        /// How many characters it has.
        letters: usize,
    },
    /// It holds characters that nobody sees, so that it could look like another name.
    #[error("a name must not hold invisible or control characters: type it anew")]
    Invisible,
    /// The audit log calls what happens by itself so.
    #[error("'{NOBODY}' stands for what happens without a person: choose another name")]
    Reserved,
    /// It is no address.
    #[error("'{0}' is no e-mail address such as ada@example.com")]
    Email(String),
}

/// Characters that are not seen, or that turn the direction of those around them.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A person's name as it is stored: trimmed, with single blanks between its words.
pub fn person_name(text: &str) -> Result<String, PersonError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().any(is_invisible) {
        return Err(PersonError::Invisible);
    }
    let letters = name.chars().count();
    if letters > PERSON_LETTERS_MAX {
        return Err(PersonError::TooLong { letters });
    }
    if !name.chars().any(char::is_alphanumeric) {
        return Err(PersonError::NoName);
    }
    if is_same_name(&name, NOBODY) {
        return Err(PersonError::Reserved);
    }
    Ok(name)
}

/// Whether two names are the same but for letter case: nobody could tell such people apart.
pub fn is_same_name(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other.to_lowercase()
}

/// An e-mail address as it is stored: trimmed; empty where there is none.
pub fn person_email(text: &str) -> Result<String, PersonError> {
    let address = text.trim();
    let no_address = || PersonError::Email(address.chars().take(PERSON_LETTERS_MAX).collect());
    if address.is_empty() {
        return Ok(String::new());
    }
    let (mailbox, domain) = address.rsplit_once('@').ok_or_else(no_address)?;
    let is_plain =
        |letter: char| !letter.is_whitespace() && !is_invisible(letter) && !matches!(letter, '<' | '>' | ',' | ';');
    let holds = !mailbox.is_empty()
        && !domain.is_empty()
        && !mailbox.contains('@')
        && address.len() <= EMAIL_BYTES_MAX
        && address.chars().all(is_plain);
    if holds { Ok(address.to_owned()) } else { Err(no_address()) }
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

    #[track_caller]
    fn named(text: &str, expected: Result<&str, PersonError>) {
        assert_eq!(person_name(text), expected.map(str::to_owned), "{text:?}");
    }

    #[test]
    fn a_name_is_what_people_can_read_and_tell_apart() {
        named("  Ada   Byron ", Ok("Ada Byron"));
        named("Łukasz O'Neill-Müller 3.", Ok("Łukasz O'Neill-Müller 3."));
        named("عائشة", Ok("عائشة"));
        named("<script>alert(1)</script>", Ok("<script>alert(1)</script>"));
        named("", Err(PersonError::NoName));
        named(" \u{a0} ", Err(PersonError::NoName));
        named("'--", Err(PersonError::NoName));
        named("Ada\u{200b}", Err(PersonError::Invisible));
        named("\u{202e}adA", Err(PersonError::Invisible));
        named("A\u{0}da", Err(PersonError::Invisible));
        named("System", Err(PersonError::Reserved));
        named(&"x".repeat(100), Ok(&"x".repeat(100)));
        named(&"x".repeat(10_000), Err(PersonError::TooLong { letters: 10_000 }));
        assert!(is_same_name("ÄNNE", "änne") && !is_same_name("Anne", "Änne"));
    }

    #[test]
    fn an_address_is_left_out_or_could_be_written_to() {
        assert_eq!(person_email("  "), Ok(String::new()));
        assert_eq!(person_email(" ada@example.com "), Ok("ada@example.com".to_owned()));
        for wrong in ["ada", "@example.com", "ada@", "a b@example.com", "a@b@c", "Ada <ada@example.com>", "a@b\u{0}"] {
            assert_eq!(person_email(wrong), Err(PersonError::Email(wrong.to_owned())));
        }
    }
}
