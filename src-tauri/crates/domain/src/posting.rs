//! Where the books take an adjustment to.

use std::{fmt, str::FromStr};

/// Most characters of an account's code.
pub const POSTING_ACCOUNT_CHARS_MAX: usize = 64;
/// Most characters of a posting's text.
pub const POSTING_TEXT_CHARS_MAX: usize = 500;

/// The code of an account of the books (`6855`, `Bank charges`), as their chart of accounts has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostingAccount(String);

/// The text is no code of an account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostingError {
    /// Nothing, or only blanks.
    #[error("name the account of the books")]
    Empty,
    /// Longer than any chart of accounts has them, or with line breaks and other control characters.
    #[error("the code of an account has at most {POSTING_ACCOUNT_CHARS_MAX} characters, all printable")]
    NoCode,
    /// The text of a posting is too long.
    #[error("the text of a posting has at most {POSTING_TEXT_CHARS_MAX} characters")]
    TextTooLong,
}

impl PostingAccount {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number it is or begins with: all of `6855`, and `6855` of `6855 Bank charges`. None: the books know it by a name,
    /// or what follows may be part of the number (`4400-01`, `4400 01`).
    pub fn number(&self) -> Option<&str> {
        let end = self.0.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(self.0.len());
        let (number, name) = self.0.split_at(end);
        let apart = name.is_empty() || name.starts_with(char::is_whitespace);
        let more = name.trim_start().starts_with(|letter: char| letter.is_ascii_digit());
        (!number.is_empty() && apart && !more).then_some(number)
    }
}

impl FromStr for PostingAccount {
    type Err = PostingError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = text.trim();
        if code.is_empty() {
            Err(PostingError::Empty)
        } else if code.chars().count() > POSTING_ACCOUNT_CHARS_MAX || code.chars().any(char::is_control) {
            Err(PostingError::NoCode)
        } else {
            Ok(Self(code.to_owned()))
        }
    }
}

impl fmt::Display for PostingAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How the books post an adjustment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Posting {
    account: PostingAccount,
    text: String,
}

impl Posting {
    /// To this account, with this text (which may be empty).
    pub fn new(account: PostingAccount, text: &str) -> Result<Self, PostingError> {
        let text = text.trim();
        if text.chars().count() > POSTING_TEXT_CHARS_MAX {
            return Err(PostingError::TextTooLong);
        }
        Ok(Self { account, text: text.to_owned() })
    }

    /// The account.
    pub fn account(&self) -> &PostingAccount {
        &self.account
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_what_a_chart_of_accounts_may_have() {
        assert_eq!(" 6855 ".parse::<PostingAccount>().unwrap().as_str(), "6855");
        assert_eq!("Nebenkosten des Geldverkehrs".parse::<PostingAccount>().unwrap().to_string().len(), 28);
        assert_eq!("  ".parse::<PostingAccount>(), Err(PostingError::Empty));
        assert_eq!("68\n55".parse::<PostingAccount>(), Err(PostingError::NoCode));
        assert_eq!("9".repeat(65).parse::<PostingAccount>(), Err(PostingError::NoCode));
        let account: PostingAccount = "6855".parse().unwrap();
        assert_eq!(Posting::new(account, &"x".repeat(501)), Err(PostingError::TextTooLong));
    }

    #[test]
    fn the_number_of_an_account_is_told_apart_from_its_name_or_there_is_none() {
        for (account, number) in [
            ("6855", Some("6855")),
            ("6855 Bank charges", Some("6855")),
            ("0410  Büroausstattung 2025", Some("0410")),
            ("Bank charges", None),
            ("Bank 6855", None),
            ("4400-01", None),
            ("4400 01", None),
            ("6855a", None),
        ] {
            assert_eq!(account.parse::<PostingAccount>().unwrap().number(), number, "{account}");
        }
    }
}
