//! What SQL cannot say by itself: searching as people expect it, whatever the letter case of whatever script, and finding
//! customer codes.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, functions::FunctionFlags, types::ValueRef};
use tieout_domain::CustomerCode;

use crate::Clock;

/// `contains(needle, text…)`: whether any of the texts contains the needle, which must be folded already.
/// `amount_text(minor units, currency)`: the amount as people see it.
/// `customer_code(text)`: the code that the text is, as it is always written, or NULL.
/// `customer_code_in(text…)`: the first code that stands in any of the texts, or NULL.
/// `minor_units(currency)`: how many make a major one.
pub(crate) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("contains", -1, flags, |context| {
        let mut arguments = (0..context.len()).map(|i| text(context.get_raw(i)));
        let needle = arguments.next().flatten().unwrap_or_default();
        Ok(arguments.flatten().any(|text| folded_contains(text, needle)))
    })?;
    connection.create_scalar_function("amount_text", 2, flags, |context| {
        Ok(amount_text(context.get(0)?, &context.get::<String>(1)?))
    })?;
    connection.create_scalar_function("customer_code", 1, flags, |context| {
        let code = text(context.get_raw(0)).and_then(|text| text.parse::<CustomerCode>().ok());
        Ok(code.map(|code| code.to_string()))
    })?;
    connection.create_scalar_function("customer_code_in", -1, flags, |context| {
        let mut texts = (0..context.len()).filter_map(|i| text(context.get_raw(i)));
        Ok(texts.find_map(CustomerCode::find_in).map(|code| code.to_string()))
    })?;
    connection.create_scalar_function("minor_units", 1, flags, |context| {
        Ok(10_i64.pow(currency_of(&context.get::<String>(0)?).digits()))
    })
}

/// `local_day(ms)`: the day, as `2026-01-31`, that a moment in milliseconds since 1970-01-01 UTC lies in, where people
/// count days; NULL of NULL.
pub(crate) fn register_days(connection: &Connection, clock: Arc<dyn Clock>) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
    // Rows lie in the order of their moments, and zones begin their days on quarters of an hour.
    let known: Mutex<Option<(i64, String)>> = Mutex::new(None);
    connection.create_scalar_function("local_day", 1, flags, move |context| {
        let Some(at_ms) = context.get::<Option<i64>>(0)? else { return Ok(None) };
        let quarter = at_ms.div_euclid(15 * 60_000);
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        match known.as_ref() {
            Some((of, day)) if *of == quarter => Ok(Some(day.clone())),
            _ => {
                let day = clock.day_of(at_ms).to_string();
                *known = Some((quarter, day.clone()));
                Ok(Some(day))
            }
        }
    })
}

fn currency_of(code: &str) -> tieout_domain::Currency {
    tieout_domain::Currency::parse(code).unwrap_or(tieout_domain::Currency::NONE)
}

fn text(value: ValueRef<'_>) -> Option<&str> {
    match value {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// Letter case does not matter, blanks at the ends neither.
pub(crate) fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

fn folded_contains(text: &str, needle: &str) -> bool {
    if text.is_ascii() && needle.is_ascii() {
        let (text, needle) = (text.as_bytes(), needle.as_bytes());
        return needle.is_empty() || text.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle));
    }
    text.to_lowercase().contains(needle)
}

/// Digits, point, digits: `-1234.50`.
fn amount_text(minor_units: i64, currency: &str) -> String {
    tieout_domain::Money::from_minor(minor_units, currency_of(currency)).to_decimal().to_string()
}

/// An amount as people type it, in the form of `amount_text`: `1.234,50` and `1,234.50` both look for `1234.50`.
/// Other text is returned as it is.
pub(crate) fn amount_needle(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || !text.chars().all(|letter| letter.is_ascii_digit() || "-+.,' \u{a0}".contains(letter)) {
        return text.to_owned();
    }
    // The last separator is the decimal one, unless three digits follow a lone one: then either reading finds it.
    let point = text.rfind(['.', ',']);
    let digits =
        |part: &str| part.chars().filter(|letter| letter.is_ascii_digit() || *letter == '-').collect::<String>();
    match point {
        Some(at) if text.len() - at - 1 != 3 => format!("{}.{}", digits(&text[..at]), digits(&text[at + 1..])),
        _ => digits(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_letter_case() {
        for (text, needle, found) in [
            ("MÜLLER GmbH", "müller", true),
            ("Café", "CAFÉ", true),
            ("ACME Ltd", "acme", true),
            ("ACME Ltd", "acne", false),
            ("", "x", false),
            ("anything", "", true),
        ] {
            assert_eq!(folded_contains(text, &fold(needle)), found, "{text} {needle}");
        }
    }

    #[test]
    fn amounts_are_found_however_they_are_written() {
        for (typed, looked_for) in
            [("1.234,50", "1234.50"), ("1,234.50", "1234.50"), ("1'234", "1234"), ("1,234", "1234"), ("RE-7", "RE-7")]
        {
            assert_eq!(amount_needle(typed), looked_for);
        }
        assert_eq!(amount_text(-123_450, "EUR"), "-1234.50");
        assert_eq!(amount_text(500, "JPY"), "500");
    }
}
