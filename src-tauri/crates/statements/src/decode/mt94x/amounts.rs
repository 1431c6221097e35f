//! Amounts as SWIFT writes them, with the liberties banks take.

use std::str::FromStr;

use rust_decimal::Decimal;
use tieout_domain::{Said, said};

/// Most digits of an amount.
const DIGITS_MAX: usize = 17;

/// An amount without sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) value: Decimal,
    /// It has a decimal comma, as it must, or a point in its place.
    pub(super) has_mark: bool,
}

/// What an amount should look like, for messages.
pub(super) const EXPECTED: Said =
    said!("mt940.amount", "an amount of at most 17 digits with a decimal comma, such as 1234,56");

/// Reads `1234,56`, `1234,`, `1234.56`, `1.234,56`, `1 234,56` or, without any mark, `1234`.
pub(super) fn parse(text: &str) -> Option<Amount> {
    let text = text.trim();
    let mark = text.rfind([',', '.']);
    let (whole, decimals) = match mark {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?),
        None => (text, ""),
    };
    let group = whole.chars().find(|character| !character.is_ascii_digit());
    let whole = match group {
        Some(group @ (',' | '.' | '\'' | ' ')) if !text.get(mark?..)?.starts_with(group) => ungrouped(whole, group)?,
        Some(_) => return None,
        None => whole.to_owned(),
    };
    let is_number = decimals.bytes().all(|byte| byte.is_ascii_digit()) && !(whole.is_empty() && decimals.is_empty());
    if !is_number || whole.trim_start_matches('0').len() + decimals.len() > DIGITS_MAX {
        return None;
    }
    let value = Decimal::from_str(&format!("{}.{decimals}0", if whole.is_empty() { "0" } else { &whole })).ok()?;
    Some(Amount { value: trimmed(value, decimals.len()), has_mark: mark.is_some() })
}

/// As many decimals as are written.
fn trimmed(value: Decimal, decimals: usize) -> Decimal {
    let mut value = value;
    value.rescale(u32::try_from(decimals).unwrap_or(0));
    value
}

/// The digits of groups of three.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let mut groups = whole.split(group);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    let mut digits = first.to_owned();
    for next in groups {
        if next.len() != 3 {
            return None;
        }
        digits.push_str(next);
    }
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_they_stand_or_not_at_all() {
        for (text, expected) in [
            ("1234,56", "1234.56"),
            ("1234,", "1234"),
            ("1234.56", "1234.56"),
            ("1.234,56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("1 234,56", "1234.56"),
            (",50", "0.50"),
            ("000000000768,18", "768.18"),
            ("500", "500"),
            ("1,234", "1.234"),
        ] {
            assert_eq!(parse(text).map(|amount| amount.value.to_string()), Some(expected.to_owned()), "{text}");
        }
        for text in ["", ",", "11 27421,94", "1,2,3", "1.23,45", "12a,00", "-5,00", "123456789012345678,00"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
