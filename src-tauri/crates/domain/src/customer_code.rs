//! The code by which a customer is known in payments: `CUS` and eight digits.

use std::{fmt, str::FromStr};

const PREFIX: &str = "CUS";
const DIGITS: u32 = 8;
/// How many codes there are.
const CODES: u32 = 100_000_000;
/// Random codes tried before the neighbours of the last one are.
const DRAWS: u32 = 64;
/// Neighbours tried before giving up.
const STEPS: u32 = 100_000;
/// Most letters of a wrong code that its error repeats.
const SHOWN_CHARS_MAX: usize = 40;

/// A customer's code. People write it in any letter case, with blanks or hyphens between; it is always printed as
/// `CUS00012345`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomerCode(u32);

/// The text is no customer code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no customer code: that is CUS and 8 digits, such as CUS00012345")]
pub struct NotACustomerCode(pub(crate) String);

/// So many codes are taken that no free one was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no free customer code was found in {tried} attempts: nearly all are taken; choose one yourself")]
pub struct CodesExhausted {
    /// How many codes were looked at.
    pub tried: u32,
}

impl CustomerCode {
    /// A code that is not taken yet. `random` gives any 64 bits, `is_taken` says whether a customer has a code already.
    /// Where random codes are all taken, the next free one above the last of them is given.
    pub fn generate<E: From<CodesExhausted>>(
        mut random: impl FnMut() -> u64,
        mut is_taken: impl FnMut(Self) -> Result<bool, E>,
    ) -> Result<Self, E> {
        let mut last = 0;
        for _ in 0..DRAWS {
            // 2^64 is so much more than there are codes that each is as likely as any other.
            last = (random() % u64::from(CODES)) as u32;
            if !is_taken(Self(last))? {
                return Ok(Self(last));
            }
        }
        for step in 1..=STEPS {
            let code = Self((last + step) % CODES);
            if !is_taken(code)? {
                return Ok(code);
            }
        }
        Err(CodesExhausted { tried: DRAWS + STEPS }.into())
    }

    /// The first code that stands by itself in free text, such as what a bank says of a payment.
    pub fn find_in(text: &str) -> Option<Self> {
        let mut before = None;
        for (at, letter) in text.char_indices() {
            if !before.is_some_and(char::is_alphanumeric)
                && let Some((code, rest)) = leading(&text[at..])
                && !rest.starts_with(char::is_alphanumeric)
            {
                return Some(code);
            }
            before = Some(letter);
        }
        None
    }
}

/// The code a text begins with, and what follows it.
fn leading(text: &str) -> Option<(CustomerCode, &str)> {
    let (prefix, mut rest) = text.split_at_checked(PREFIX.len())?;
    if !prefix.eq_ignore_ascii_case(PREFIX) {
        return None;
    }
    let mut number = 0;
    for _ in 0..DIGITS {
        let digits = rest.strip_prefix([' ', '-']).unwrap_or(rest);
        let digit = digits.chars().next()?;
        number = number * 10 + digit.to_digit(10)?;
        rest = &digits[digit.len_utf8()..];
    }
    Some((CustomerCode(number), rest))
}

impl FromStr for CustomerCode {
    type Err = NotACustomerCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match leading(text.trim()) {
            Some((code, "")) => Ok(code),
            _ => Err(NotACustomerCode(text.trim().chars().take(SHOWN_CHARS_MAX).collect())),
        }
    }
}

impl fmt::Display for CustomerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{:08}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_read_however_people_write_it() {
        for text in ["CUS00012345", "cus00012345", " CUS 0001 2345 ", "Cus-0001-2345"] {
            assert_eq!(
                text.parse::<CustomerCode>().map(|code| code.to_string()),
                Ok("CUS00012345".to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_code_is_refused_with_what_was_given() {
        let long = "CUS".repeat(100);
        for text in [
            "",
            "CUS",
            "CUS1234567",
            "CUS123456789",
            "CUS1234567A",
            "KUS12345678",
            "CÜS12345678",
            "CUS--12345678",
            &long,
        ] {
            let error = text.parse::<CustomerCode>().unwrap_err().to_string();
            assert!(error.contains("CUS and 8 digits") && error.len() < 150, "{text}: {error}");
        }
        assert!("CUS-1".parse::<CustomerCode>().unwrap_err().to_string().contains("'CUS-1'"));
    }

    #[test]
    fn a_code_is_found_in_what_the_bank_says() {
        for (text, found) in [
            ("Deposit CUS00012345 thank you", Some("CUS00012345")),
            ("REF:cus 0001 2345, branch 7", Some("CUS00012345")),
            ("Zürich CUS00012345", Some("CUS00012345")),
            ("CUS1 CUS00000007", Some("CUS00000007")),
            ("CUS000123456", None),
            ("FOCUS00012345", None),
            ("CUSTOMER 00012345", None),
            ("CUS", None),
        ] {
            assert_eq!(CustomerCode::find_in(text).map(|code| code.to_string()).as_deref(), found, "{text}");
        }
    }

    #[test]
    fn a_taken_code_is_drawn_again_and_then_counted_up_from() {
        let mut numbers = [5_u64, 5, 9].into_iter();
        let drawn: Result<_, CodesExhausted> =
            CustomerCode::generate(|| numbers.next().unwrap(), |code| Ok(code == CustomerCode(5)));
        assert_eq!(drawn, Ok(CustomerCode(9)));
        // A source that always says the same still gives new codes, round the end.
        let most = u64::from(CODES) - 1;
        let counted: Result<_, CodesExhausted> =
            CustomerCode::generate(|| most, |code| Ok(code.0 > 99_999_990 || code.0 < 3));
        assert_eq!(counted, Ok(CustomerCode(3)));
    }

    #[test]
    fn when_no_code_is_free_the_error_says_so() {
        let mut tried = 0;
        let none: Result<CustomerCode, CodesExhausted> = CustomerCode::generate(
            || 7,
            |_| {
                tried += 1;
                Ok(true)
            },
        );
        assert_eq!(none, Err(CodesExhausted { tried }));
        assert!(none.unwrap_err().to_string().contains("no free customer code"));
    }

    proptest! {
        #[test]
        fn printed_and_read_again_it_is_the_same_code(number in 0..CODES, before in "[^0-9A-Za-z]{0,4}") {
            let code = CustomerCode(number);
            let text = code.to_string();
            prop_assert_eq!(text.len(), 11);
            prop_assert_eq!(text.parse(), Ok(code));
            let found = CustomerCode::find_in(&format!("{before}{text} x"));
            prop_assert_eq!(found, (!before.ends_with(char::is_alphanumeric)).then_some(code));
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            let _ = CustomerCode::find_in(&text);
            let _ = text.parse::<CustomerCode>();
        }

        #[test]
        fn however_often_codes_are_made_no_two_are_alike(seeds in prop::collection::vec(0_u64..6, 1..40)) {
            let mut taken = std::collections::BTreeSet::new();
            for seed in seeds {
                let code: Result<_, CodesExhausted> = CustomerCode::generate(|| seed, |code| Ok(taken.contains(&code)));
                prop_assert!(taken.insert(code.unwrap()));
            }
        }
    }
}
