//! Currencies as cells and headers name them.

use tieout_domain::Currency;

/// Signs that mean one currency. `$`, `kr`, `¥` and `R` mean several and say nothing.
const SIGNS: [(&str, &str); 36] = [
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("US$", "USD"),
    ("R$", "BRL"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("Ft", "HUF"),
    ("₺", "TRY"),
    ("₽", "RUB"),
    ("₴", "UAH"),
    ("Euro", "EUR"),
    ("Euros", "EUR"),
    ("CA$", "CAD"),
    ("AU$", "AUD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("S$", "SGD"),
    ("MX$", "MXN"),
    ("NT$", "TWD"),
    ("SFr", "CHF"),
    ("Sfr", "CHF"),
    ("TL", "TRY"),
    ("lei", "RON"),
    ("Lei", "RON"),
    ("лв", "BGN"),
    ("руб", "RUB"),
    ("грн", "UAH"),
    ("円", "JPY"),
    ("元", "CNY"),
    ("원", "KRW"),
    ("₩", "KRW"),
    ("₪", "ILS"),
    ("฿", "THB"),
];

/// Signs that stand beside amounts and mean several currencies.
const VAGUE_SIGNS: [&str; 10] = ["$", "¥", "￥", "kr", "Kr", "KR", "Fr", "Rs", "R", "р"];

/// What a mark beside an amount means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// One currency.
    Of(Currency),
    /// A currency, but not which.
    Vague,
}

/// Reads a cell of a currency column: a code or a sign.
pub(crate) fn parse_currency(text: &str) -> Option<Currency> {
    match mark(text.trim()) {
        Some(Mark::Of(currency)) => Some(currency),
        _ => None,
    }
}

/// What stands beside an amount, if it names a currency.
pub(crate) fn mark(text: &str) -> Option<Mark> {
    if text.len() == 3
        && text.bytes().all(|byte| byte.is_ascii_alphabetic())
        && let Ok(currency) = Currency::parse(text)
    {
        return Some(Mark::Of(currency));
    }
    if let Some((_, code)) = SIGNS.iter().find(|(sign, _)| *sign == text) {
        return Currency::parse(code).ok().map(Mark::Of);
    }
    VAGUE_SIGNS.contains(&text).then_some(Mark::Vague)
}

/// The currency a column's header names, as in `Debit CHF` or `Betrag (€)`.
pub(crate) fn in_header(header: &str) -> Option<Currency> {
    header
        .split(|character: char| !(character.is_alphanumeric() || "€£₹$".contains(character)))
        .filter(|word| word.chars().all(|character| character.is_uppercase() || !character.is_alphanumeric()))
        .find_map(|word| match mark(word) {
            Some(Mark::Of(currency)) if !currency.is_none() => Some(currency),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_may_name_the_currency() {
        for (header, code) in [
            ("Debit CHF", Some("CHF")),
            ("Betrag (€)", Some("EUR")),
            ("Amount (EUR)", Some("EUR")),
            ("All amounts", None),
            ("Amount", None),
            ("TOP", None),
            ("Withdrawal (-)", None),
        ] {
            let expected = code.map(|code| Currency::parse(code).unwrap());
            assert_eq!(in_header(header).filter(|found| found.code() != "TOP"), expected, "{header}");
        }
    }

    #[test]
    fn a_dollar_sign_alone_names_no_currency() {
        assert_eq!(parse_currency("$"), None);
        assert_eq!(parse_currency("usd").map(|found| found.code().to_owned()), Some("USD".to_owned()));
        assert_eq!(parse_currency("EURO"), None);
    }
}
