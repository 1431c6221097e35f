//! Numbers, dates and words as people read them.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use tieout_domain::{Currency, MatchKind, Money, RootCause};

use crate::sums::Sums;

/// What stands for "minus" on paper. Text extraction gives a plain hyphen for it.
pub(crate) const MINUS: char = '\u{2212}';

/// `−1,234.50`: thousands separated, the currency's digits, no code.
pub(crate) fn grouped(minor: i128, currency: Currency) -> String {
    let digits = currency.digits() as usize;
    let plain = minor.unsigned_abs().to_string();
    let padded = format!("{plain:0>width$}", width = digits + 1);
    let (whole, fraction) = padded.split_at(padded.len() - digits);
    let mut text = String::with_capacity(padded.len() * 2);
    if minor < 0 {
        text.push(MINUS);
    }
    text.push_str(&thousands(whole));
    if digits > 0 {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// Puts a comma after every third digit from the right.
fn thousands(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with thousands separated.
pub(crate) fn count(number: u64) -> String {
    thousands(&number.to_string())
}

/// An amount with thousands separated; `coded` adds the currency.
pub(crate) fn money(amount: Money, coded: bool) -> String {
    let number = grouped(i128::from(amount.minor_units()), amount.currency());
    if coded && !amount.currency().is_none() { format!("{number} {}", amount.currency()) } else { number }
}

/// `1,234.50 EUR`, one text a currency; a dash where there is nothing.
pub(crate) fn sums(sums: &Sums) -> Vec<String> {
    let texts: Vec<_> = sums
        .iter()
        .map(|(currency, minor)| {
            let number = grouped(minor, currency);
            if currency.is_none() { number } else { format!("{number} {currency}") }
        })
        .collect();
    if texts.is_empty() { vec!["–".to_owned()] } else { texts }
}

/// Hundredths of a percent as `97.35 %`; `n/a` where there is nothing to count.
pub(crate) fn percent(hundredths: Option<u64>) -> String {
    hundredths.map_or_else(|| "n/a".to_owned(), |share| format!("{}.{:02} %", share / 100, share % 100))
}

/// A plain decimal number for machines: `-1234.50`.
pub(crate) fn plain(minor: i128, currency: Currency) -> String {
    let mut room = [0; PLAIN_BYTES];
    plain_in(&mut room, minor, currency.digits()).to_owned()
}

/// Bytes that the longest plain number takes.
pub(crate) const PLAIN_BYTES: usize = 48;

/// [`plain`] with `digits` decimals and without memory of its own, for tables of millions.
pub(crate) fn plain_in(room: &mut [u8; PLAIN_BYTES], minor: i128, digits: u32) -> &str {
    let mut at = PLAIN_BYTES;
    let mut written = 0;
    let mut put = |byte: u8| {
        at -= 1;
        room[at] = byte;
    };
    // Division by ten of 64 bits is far cheaper than of 128, and nearly always enough.
    let mut rest = minor.unsigned_abs();
    while written <= digits || rest != 0 {
        if written == digits && digits > 0 {
            put(b'.');
        }
        let digit = match u64::try_from(rest) {
            Ok(small) => {
                rest = u128::from(small / 10);
                (small % 10) as u8
            }
            Err(_) => {
                let digit = (rest % 10) as u8;
                rest /= 10;
                digit
            }
        };
        put(b'0' + digit);
        written += 1;
    }
    if minor < 0 {
        put(b'-');
    }
    std::str::from_utf8(&room[at..]).unwrap_or("")
}

/// An amount as `report.json` has it.
#[derive(Serialize)]
pub(crate) struct AmountJson {
    amount: String,
    currency: Option<String>,
}

/// An amount for machines.
pub(crate) fn amount_json(money: Money) -> AmountJson {
    of_minor(i128::from(money.minor_units()), money.currency())
}

/// Sums for machines, one a currency.
pub(crate) fn amounts(sums: &Sums) -> Vec<AmountJson> {
    sums.iter().map(|(currency, minor)| of_minor(minor, currency)).collect()
}

fn of_minor(minor: i128, currency: Currency) -> AmountJson {
    AmountJson { amount: plain(minor, currency), currency: code(currency) }
}

/// A currency that no file names has no code.
pub(crate) fn code(currency: Currency) -> Option<String> {
    (!currency.is_none()).then(|| currency.to_string())
}

/// Hundredths of a percent as a share of one: `0.9735`.
pub(crate) fn ratio(hundredths: u64) -> String {
    format!("{}.{:04}", hundredths / 10_000, hundredths % 10_000)
}

/// `missing in ledger`.
pub(crate) fn cause(cause: RootCause) -> String {
    cause.as_str().replace('_', " ")
}

/// `one to many`.
pub(crate) fn kind(kind: MatchKind) -> String {
    kind.as_str().replace('_', " ")
}

/// `2026-11-21 04:15:54 UTC`.
pub(crate) fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// `2026-11-21 04:15 UTC`.
pub(crate) fn minute(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// `2026-11-21 04:15:54`, where a heading names the zone.
pub(crate) fn second(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_separators_and_the_digits_of_their_currency() {
        for (minor, code, text) in [
            (0, "EUR", "0.00"),
            (5, "EUR", "0.05"),
            (-123_450, "EUR", "−1,234.50"),
            (1_234_567, "JPY", "1,234,567"),
            (-1_234_567, "KWD", "−1,234.567"),
            (i128::from(i64::MIN), "EUR", "−92,233,720,368,547,758.08"),
        ] {
            assert_eq!(grouped(minor, Currency::parse(code).unwrap()), text);
        }
    }

    #[test]
    fn machines_get_plain_numbers() {
        for (minor, code, text) in [
            (0, "EUR", "0.00"),
            (-5, "EUR", "-0.05"),
            (-123_450, "EUR", "-1234.50"),
            (1_234_567, "JPY", "1234567"),
            (0, "JPY", "0"),
            (70, "KWD", "0.070"),
            (i128::from(i64::MIN), "EUR", "-92233720368547758.08"),
            (i128::MIN, "EUR", "-1701411834604692317316873037158841057.28"),
        ] {
            assert_eq!(plain(minor, Currency::parse(code).unwrap()), text);
        }
    }
}
