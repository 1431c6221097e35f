//! The other party, where a narrative names it.

use super::{
    iban,
    narrative::{Field, Narrative},
    text::{append, is_no_value, letters, trim_marks},
};

/// Name and account; empty where they are not said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Party {
    pub(super) name: String,
    pub(super) account: String,
}

/// Longest name that is taken: twice what SEPA allows.
const NAME_MAX: usize = 140;

/// The party of a narrative; an account that is the statement's own is not the other party's.
pub(super) fn of(narrative: &Narrative<'_>, own_account: &str) -> Party {
    let name =
        [Field::Name, Field::Principal].into_iter().map(|field| name(narrative, field)).find(|name| !name.is_empty());
    let accounts = narrative.parts.iter().filter(|part| part.field == Field::Account);
    let account = accounts.filter_map(|part| account(part.text)).find(|account| !is_own(account, own_account));
    Party { name: name.unwrap_or_default(), account: account.unwrap_or_default() }
}

/// The party that two fields name.
pub(super) fn of_fields(name: &str, account_text: &str, own_account: &str) -> Party {
    let name = if letters(name) >= 2 { name.to_owned() } else { String::new() };
    let account = account(account_text).filter(|account| !is_own(account, own_account));
    Party { name, account: account.unwrap_or_default() }
}

impl Party {
    /// What is missing, from another.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            name: if self.name.is_empty() { other.name } else { self.name },
            account: if self.account.is_empty() { other.account } else { self.account },
        }
    }
}

fn name(narrative: &Narrative<'_>, field: Field) -> String {
    let mut name = String::new();
    for part in narrative.parts.iter().filter(|part| part.field == field) {
        append(&mut name, trim_marks(before_columns(part.text)));
    }
    let fits = letters(&name) >= 2 && name.len() <= NAME_MAX && !is_no_value(&name);
    if fits { name } else { String::new() }
}

/// Two blanks or more lie between columns: behind a name follow a street or a town.
fn before_columns(text: &str) -> &str {
    text.split_once("  ").map(|(name, _)| name).filter(|name| letters(name) >= 3).unwrap_or(text)
}

/// An IBAN with right check digits, or an account of another kind in one piece, as the text has it.
fn account(text: &str) -> Option<String> {
    if let Some(iban) = iban::at(text) {
        return Some(iban.compact);
    }
    let compact: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let digits = compact.bytes().filter(u8::is_ascii_digit).count();
    let fits = compact.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.'))
        && (6..=30).contains(&digits)
        && (digits != 26 || iban::is_national_account(compact.as_bytes()))
        && !is_no_value(&compact);
    fits.then_some(compact)
}

fn is_own(account: &str, own: &str) -> bool {
    let own: String =
        own.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_uppercase()).collect();
    own.len() >= 6 && account.ends_with(&own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_checked() {
        assert_eq!(account("DE89 3704 0044 0532 0130 00").as_deref(), Some("DE89370400440532013000"));
        assert_eq!(account("DE00370400440532013000"), None);
        assert_eq!(account("11773016-11111018").as_deref(), Some("11773016-11111018"));
        assert_eq!(account("61 1090 1014 0000 0712 1981 2874").as_deref(), Some("61109010140000071219812874"));
        assert_eq!(account("61 1090 1014 0000 0712 1981 2875"), None);
        assert_eq!(account("XXXX1234"), None);
        assert!(is_own("DE89370400440532013000", "de89 3704 0044 0532 0130 00"));
        assert!(is_own("DE89370400440532013000", "0532013000"));
        assert!(!is_own("DE89370400440532013000", ""));
    }
}
