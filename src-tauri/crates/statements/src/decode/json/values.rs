//! JSON values → cells: what programs write in ways of their own is put as people write it, exactly.

use jiff::{Timestamp, tz::TimeZone};
use tieout_domain::Currency;

use crate::value::words::fold_name;

/// What the name of a field says about the way its numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Way {
    /// Numbers may count seconds since 1970.
    pub(super) is_date: bool,
    /// Numbers count the smallest coin.
    pub(super) is_minor: bool,
    /// The field names the record's currency.
    pub(super) is_currency: bool,
    /// An amount by its name.
    pub(super) is_amount: bool,
    /// The field says what kind of object the record is.
    pub(super) is_kind: bool,
}

/// Words of names that hold dates.
const DATE_WORDS: [&str; 8] = ["date", "created", "timestamp", "time", "datetime", "booked", "posted", "available"];

/// Kinds of objects of Stripe, which counts all amounts in the smallest coin.
const COUNTED_IN_MINOR: [&str; 5] = ["balance_transaction", "charge", "payout", "refund", "payment_intent"];

/// Whether objects of this kind count their amounts in the smallest coin.
pub(super) fn counts_minor(kind: &str) -> bool {
    COUNTED_IN_MINOR.contains(&kind)
}

/// Looks at the name of a field.
pub(super) fn way_of(name: &str) -> Way {
    let folded = fold_name(name);
    let last = |ends: &[&str]| ends.iter().any(|end| folded == *end || folded.ends_with(&format!(" {end}")));
    Way {
        is_date: folded.split(' ').any(|word| DATE_WORDS.contains(&word)),
        is_minor: last(&["minor units", "minor unit", "minor", "cents", "in cents", "pence", "in pence"]),
        is_currency: last(&["currency", "currency code", "ccy"]),
        is_amount: last(&["amount", "fee", "net", "balance"]),
        is_kind: folded == "object",
    }
}

/// Which part of which party a field holds: 0 and 1 name and account of the creditor, 2 and 3 those of the debtor. Banks
/// name the other party of a transaction under one of the two, depending on its direction.
pub(super) fn party_part(name: &str) -> Option<usize> {
    let folded = fold_name(name);
    let (first, rest) = folded.split_once(' ')?;
    let side = match first {
        "creditor" => 0,
        "debtor" => 2,
        _ => return None,
    };
    match rest {
        "name" => Some(side),
        "account iban" | "iban" | "account bban" | "account" | "account number" => Some(side + 1),
        _ => None,
    }
}

/// A number without its exponent, digit by digit; `None` where it has none, or one too large for any amount.
pub(super) fn without_exponent(number: &str) -> Option<String> {
    const PLACES_MAX: i32 = 40;
    let (mantissa, exponent) = number.split_once(['e', 'E'])?;
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if exponent.abs() > PLACES_MAX || whole.len() + fraction.len() > 60 {
        return None;
    }
    let digits = format!("{whole}{fraction}");
    let point = i32::try_from(whole.len()).ok()? + exponent;
    Some(format!("{sign}{}", with_point(&digits, point)))
}

/// Digits with a point behind the first `point` of them, filled up with zeros where they do not reach.
fn with_point(digits: &str, point: i32) -> String {
    let before = usize::try_from(point.max(0)).unwrap_or(0);
    let lacking = usize::try_from((-point).max(0)).unwrap_or(0);
    let padded = format!("{}{digits}{}", "0".repeat(lacking), "0".repeat(before.saturating_sub(digits.len())));
    let (whole, fraction) = padded.split_at_checked(before).unwrap_or((&padded, ""));
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

/// A whole number of the smallest coin in the main unit: `1234` cents are `12.34`.
pub(super) fn from_minor(number: &str, currency: Option<Currency>) -> Option<String> {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    if digits.is_empty() || digits.len() > 20 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals = currency.map_or(2, |currency| i32::try_from(currency.digits()).unwrap_or(2));
    Some(format!("{sign}{}", with_point(digits, i32::try_from(digits.len()).ok()? - decimals)))
}

/// The day of a number of seconds or milliseconds since 1970, in UTC; `None` for numbers that are no such thing in our
/// times.
pub(super) fn day_of_count(number: &str) -> Option<String> {
    let count: i64 = number.parse().ok()?;
    let times = 946_684_800..4_102_444_800;
    let seconds = if times.contains(&count) { count } else { count / 1_000 };
    if !times.contains(&seconds) {
        return None;
    }
    Some(Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_written_out() {
        for (number, plain) in [
            ("1e3", Some("1000")),
            ("-1.25e1", Some("-12.5")),
            ("125E-2", Some("1.25")),
            ("5e-3", Some("0.005")),
            ("0e0", Some("0")),
            ("1.5", None),
            ("1e99", None),
        ] {
            assert_eq!(without_exponent(number).as_deref(), plain, "{number}");
        }
    }

    #[test]
    fn the_smallest_coin_depends_on_the_currency() {
        let currency = |code| Currency::parse(code).ok();
        assert_eq!(from_minor("1234", currency("EUR")).as_deref(), Some("12.34"));
        assert_eq!(from_minor("-5", currency("EUR")).as_deref(), Some("-0.05"));
        assert_eq!(from_minor("1234", currency("JPY")).as_deref(), Some("1234"));
        assert_eq!(from_minor("1234", currency("KWD")).as_deref(), Some("1.234"));
        assert_eq!(from_minor("12.34", currency("EUR")), None);
    }

    #[test]
    fn counts_of_seconds_are_days() {
        assert_eq!(day_of_count("1704067200").as_deref(), Some("2024-01-01"));
        assert_eq!(day_of_count("1704067200000").as_deref(), Some("2024-01-01"));
        assert_eq!(day_of_count("20240101"), None);
    }
}
