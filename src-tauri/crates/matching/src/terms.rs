//! Payment terms and fees as they stand in texts: `2/10 NET 30`, `2% 10 days`, `INCL. TRANSFER FEE 5.00`.

use tieout_domain::Money;

use crate::text::{fold, words};

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

/// Words for what banks keep.
const FEES: [&str; 16] = [
    "CHARGE",
    "CHARGES",
    "COMISION",
    "COMISIONES",
    "COMMISSION",
    "COMMISSIONS",
    "ENTGELT",
    "ENTGELTE",
    "FEE",
    "FEES",
    "FRAIS",
    "GEBUEHR",
    "GEBUEHREN",
    "GEBUHR",
    "GEBUHREN",
    "SPESEN",
];
/// What these are put together with where a bank keeps them, and not the company or its customer.
const OF_BANKS: [&str; 14] = [
    "AUSLANDS",
    "BANK",
    "BUCHUNGS",
    "FREMD",
    "KARTEN",
    "LASTSCHRIFT",
    "SEPA",
    "TRANSAKTIONS",
    "TRANSFER",
    "UBERWEISUNG",
    "UBERWEISUNGS",
    "UEBERWEISUNGS",
    "WIRE",
    "ZAHLUNGS",
];

/// Whether a line's text names a fee of exactly this size. A word of one of the names, which the text may hold as well, is
/// no fee.
pub(crate) fn names_fee<'n>(text: &str, fee: Money, names: impl Iterator<Item = &'n str>) -> bool {
    let folded = fold(text);
    let fees: Vec<&str> = words(&folded).map(|range| &folded[range]).filter(|word| is_fee(word)).collect();
    if fees.is_empty() {
        return false;
    }
    let names: Vec<String> = names.map(fold).collect();
    let of_name = |word: &str| names.iter().any(|name| words(name).any(|range| &name[range] == word));
    if fees.into_iter().all(of_name) {
        return false;
    }
    let amount = fee.unsigned().to_decimal().to_string();
    holds_number(&folded, &amount) || holds_number(&folded, &amount.replace('.', ","))
}

/// Whether a word of a folded text is one for a fee, by itself or as the end of what banks call theirs: not `COFFEE`.
fn is_fee(word: &str) -> bool {
    let mut before = FEES.iter().filter_map(|fee| word.strip_suffix(fee));
    before.any(|rest| rest.is_empty() || OF_BANKS.iter().any(|of_bank| rest.ends_with(of_bank)))
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
            assert_eq!(names_fee(text, fee, std::iter::empty()), named, "{text} {fee}");
        }
    }

    #[test]
    fn a_fee_is_a_word_of_its_own_and_none_of_the_name() {
        for (text, names, named) in [
            ("RE-118 Coffee Roasters, 4.50 credit please", &["Coffee Roasters GmbH"][..], false),
            ("RE-118 feedback session 4.50", &[], false),
            ("RE-118 recharge 4.50", &[], false),
            ("RE-118 discharge papers 4.50", &[], false),
            ("RE-118 Mahngebühr 4,50 abgezogen", &[], false),
            ("RE-118 Charge Point Ltd, 4.50 credit please", &["", "Charge Point Ltd"], false),
            ("RE-118 Charge Point Ltd, bank fee 4.50", &["Charge Point Ltd"], true),
            ("RE-118 less fees 4.50", &["Coffee Roasters GmbH"], true),
            ("RE-118 abzgl. Bankgebühr 4,50", &[], true),
            ("RE-118 Auslandsüberweisungsgebühren 4,50", &[], true),
            ("RE-118 FREMDE SPESEN 4,50", &[], true),
        ] {
            let fee = Money::from_minor(450, Currency::parse("EUR").unwrap());
            assert_eq!(names_fee(text, fee, names.iter().copied()), named, "{text}");
        }
    }
}
