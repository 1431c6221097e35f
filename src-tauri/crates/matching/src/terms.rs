//! Payment terms and fees as they stand in texts: `2/10 NET 30`, `2% 10 days`, `INCL. TRANSFER FEE 5.00`.

use tieout_domain::Money;

use crate::text::fold;

/// An early-payment discount that an entry's text grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Terms {
    /// Percent off; zero where no discount is granted.
    pub(crate) percent: u8,
    /// Days within which it must be paid.
    pub(crate) days: u16,
}

impl Terms {
    /// Reads the terms out of a memo.
    pub(crate) fn read(memo: &str) -> Self {
        if memo.is_empty() {
            return Self::default();
        }
        let folded = fold(memo);
        let found = folded.match_indices(['/', '%']).find_map(|(at, _)| {
            let percent: u8 = last_number(&folded[..at])?.parse().ok()?;
            let days: u16 = first_number(&folded[at + 1..])?.parse().ok()?;
            ((1..=20).contains(&percent) && (1..=120).contains(&days)).then_some(Self { percent, days })
        });
        found.unwrap_or_default()
    }
}

/// Digits at the end of the text, not part of a longer word.
fn last_number(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let start = text.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let before = text[..start].chars().next_back();
    (start < text.len() && !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-')))
        .then_some(&text[start..])
}

/// Digits at the start of the text, followed by neither another part of a date nor letters.
fn first_number(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let after = text[end..].chars().next();
    (end > 0 && !after.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-')))
        .then_some(&text[..end])
}

/// Whether a line's text names a fee of exactly this size.
pub(crate) fn names_fee(text: &str, fee: Money) -> bool {
    const WORDS: [&str; 9] =
        ["FEE", "CHARGE", "GEBUHR", "GEBUEHR", "ENTGELT", "FRAIS", "COMISION", "COMMISSION", "SPESEN"];
    let folded = fold(text);
    if !WORDS.iter().any(|word| folded.contains(word)) {
        return false;
    }
    let amount = fee.unsigned().to_decimal().to_string();
    holds_number(&folded, &amount) || holds_number(&folded, &amount.replace('.', ","))
}

/// Whether the number stands in the text by itself, not inside a longer one.
fn holds_number(text: &str, number: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    text.match_indices(number).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + number.len()..]);
        let goes_on = after.strip_prefix(['.', ',']).unwrap_or(after).starts_with(digit);
        !before.strip_suffix(['.', ',']).unwrap_or(before).ends_with(digit) && !goes_on
    })
}

#[cfg(test)]
mod tests {
    use tieout_domain::Currency;

    use super::*;

    #[test]
    fn terms_are_read_from_memos_and_dates_are_not_terms() {
        for (memo, percent, days) in [
            ("Rechnung 2/10 NET 30", 2, 10),
            ("terms 2% 10 days, net 30", 2, 10),
            ("3/7", 3, 7),
            ("paid 12/10/2024", 0, 0),
            ("A-82113/23", 0, 0),
            ("NET 30", 0, 0),
        ] {
            assert_eq!(Terms::read(memo), Terms { percent, days }, "{memo}");
        }
    }

    #[test]
    fn a_named_fee_explains_just_its_own_amount() {
        for (text, fee, code, named) in [
            ("PW-881 INCL. TRANSFER FEE 5.00", 500, "EUR", true),
            ("PW-881 INCL. TRANSFER FEE 5,00.", 500, "EUR", true),
            ("PW-881 INCL. TRANSFER FEE 5.00", 400, "EUR", false),
            ("PW-881 5.00", 500, "EUR", false),
            ("PW-881 INCL. TRANSFER FEE 15.00", 500, "EUR", false),
            ("1005.00 charge", 500, "EUR", false),
            ("1,005.00 charge", 500, "EUR", false),
            ("charge 5.00.12", 500, "EUR", false),
            ("charge 500", 500, "JPY", true),
            ("charge 5.00", 500, "JPY", false),
            ("charge 1500", 500, "JPY", false),
            ("charge 0.500", 500, "KWD", true),
        ] {
            let fee = Money::from_minor(fee, Currency::parse(code).unwrap());
            assert_eq!(names_fee(text, fee), named, "{text} {fee}");
        }
    }
}
