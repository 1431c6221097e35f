//! What a token with digits in it looks like: a document number, or a date, an amount, a phone or card number.

use super::{iban::is_national_account, remittance::is_luhn, token::Token};
use crate::value::months;

/// Whether a token is a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Never: an amount, a date, an account, a card, a phone.
    Other,
    /// Where a label says so.
    Weak,
    /// By its form alone.
    Strong,
}

use Shape::{Other, Strong, Weak};

/// Most characters that a reference has.
const LONGEST: usize = 64;

/// Looks at a token that has digits.
pub(super) fn of(token: &Token, text: &[u8]) -> Shape {
    if text.len() > LONGEST || token.digits == 0 {
        return Other;
    }
    match (token.letters, token.digits == text.len()) {
        (0, true) => plain_number(text),
        (0, false) => number_with_marks(token, text),
        _ => mixed(token, text),
    }
}

fn plain_number(text: &[u8]) -> Shape {
    let leading_zeros = text.iter().take_while(|digit| **digit == b'0').count();
    match text.len() {
        0 | 1 => Other,
        2..=5 => Weak,
        6 if is_short_day(text) => Weak,
        8 if is_day(text) => Weak,
        12 | 14 if is_day(text) && is_time(text.get(8..).unwrap_or_default()) => Weak,
        // A phone number with its area's code.
        10 | 11 if leading_zeros == 1 => Weak,
        13..=19 if is_card(text) => Other,
        26 if is_national_account(text) => Other,
        6..=35 if leading_zeros < text.len() => Strong,
        _ => Other,
    }
}

/// Six digits that may be a day: `310524`, `240531` or `053124`.
fn is_short_day(text: &[u8]) -> bool {
    let (first, second, third) = (two(text, 0), two(text, 2), two(text, 4));
    let is_year = |year: u32| (15..=45).contains(&year);
    is_month(second) && (is_month_day(first) && is_year(third) || is_year(first) && is_month_day(third))
        || is_month(first) && is_month_day(second) && is_year(third)
}

/// Whether text begins with eight digits that are a day: `20240531` or `31052024`.
fn is_day(text: &[u8]) -> bool {
    let is_year = |century: u32, year: u32| century == 20 && year < 60 || century == 19 && year > 89;
    let parts = [two(text, 0), two(text, 2), two(text, 4), two(text, 6)];
    is_year(parts[0], parts[1]) && is_month(parts[2]) && is_month_day(parts[3])
        || text.len() == 8
            && is_year(parts[2], parts[3])
            && (is_month(parts[1]) && is_month_day(parts[0]) || is_month(parts[0]) && is_month_day(parts[1]))
}

fn is_time(text: &[u8]) -> bool {
    two(text, 0) < 24 && two(text, 2) < 60 && (text.len() < 6 || two(text, 4) < 60)
}

/// Two digits as a number; 99 where there are none, which is no day, month or hour.
fn two(text: &[u8], at: usize) -> u32 {
    match (text.get(at), text.get(at + 1)) {
        (Some(tens @ b'0'..=b'9'), Some(ones @ b'0'..=b'9')) => u32::from(tens - b'0') * 10 + u32::from(ones - b'0'),
        _ => 99,
    }
}

fn is_month(number: u32) -> bool {
    (1..=12).contains(&number)
}

fn is_month_day(number: u32) -> bool {
    (1..=31).contains(&number)
}

/// A number of a payment card: the first digits of the large schemes, their lengths, and Luhn's check digit.
pub(super) fn is_card(text: &[u8]) -> bool {
    let fits = matches!(
        (text.first(), text.get(1), text.len()),
        (Some(b'4'), _, 13 | 16 | 19)
            | (Some(b'5'), _, 16)
            | (Some(b'6'), _, 16..=19)
            | (Some(b'2'), Some(b'2'..=b'7'), 16)
            | (Some(b'3'), Some(b'4' | b'7'), 15)
            | (Some(b'3'), Some(b'0' | b'6' | b'8'), 14)
            | (Some(b'3'), Some(b'5'), 16)
    );
    fits && std::str::from_utf8(text).is_ok_and(is_luhn)
}

fn number_with_marks(token: &Token, text: &[u8]) -> Shape {
    if text.contains(&b':') || is_amount(text) || is_date(text) || is_phone(text) || is_national_account(text) {
        return Other;
    }
    if is_range_of_dates(text) || is_moment(text) {
        return Other;
    }
    if text.iter().any(|byte| matches!(byte, b',' | b'\'')) {
        return Weak;
    }
    if token.digits >= 6 && !is_period(text) { Strong } else { Weak }
}

/// Digits in groups with one or two decimals, or in groups of three, or a rate: `27,28`, `1.234,56`, `10.000`, `0.78016`.
fn is_amount(text: &[u8]) -> bool {
    if !text.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'\'')) {
        return false;
    }
    let mut groups = text.split(|byte| !byte.is_ascii_digit());
    let first = groups.next().map_or(0, <[u8]>::len);
    let last = text.rsplit(|byte| !byte.is_ascii_digit()).next().map_or(0, <[u8]>::len);
    let count = text.iter().filter(|byte| !byte.is_ascii_digit()).count();
    let inner_are_threes = groups.take(count.saturating_sub(1)).all(|group| group.len() == 3 || group.len() == 2);
    match count {
        // Many decimals are a rate's.
        1 => last <= 3 || first <= 2 && last >= 4 && !text.contains(&b'\''),
        _ => first <= 3 && inner_are_threes && last <= 3,
    }
}

/// Two or three numbers that are a day, a day of a month, or a day with a year: `31.05.2024`, `31/5/24`, `2024-05-31`.
pub(super) fn is_date(text: &[u8]) -> bool {
    let mut numbers = [(0_u32, 0_usize); 3];
    let mut count = 0;
    let mut mark = None;
    for part in text.split(|byte| !byte.is_ascii_digit()) {
        if part.len() > 4 || part.is_empty() {
            return false;
        }
        let Some(slot) = numbers.get_mut(count) else { return false };
        *slot = (part.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0')), part.len());
        count += 1;
    }
    for byte in text.iter().filter(|byte| !byte.is_ascii_digit()) {
        if *mark.get_or_insert(*byte) != *byte || !matches!(byte, b'.' | b'/' | b'-') {
            return false;
        }
    }
    let [(first, first_len), (second, second_len), (third, third_len)] = numbers;
    let day_month = |day: u32, month: u32| is_month_day(day) && is_month(month);
    match (count, first_len, second_len, third_len) {
        (3, 4, 1 | 2, 1 | 2) => (1900..2100).contains(&first) && day_month(third, second),
        (3, 1 | 2, 1 | 2, 4) => (1900..2100).contains(&third) && (day_month(first, second) || day_month(second, first)),
        (3, 2, 2, 2) => day_month(first, second) || day_month(second, first) || day_month(third, second),
        (3, 1 | 2, 1 | 2, 2) => day_month(first, second) || day_month(second, first),
        (2, 2, 2, 0) => mark != Some(b'-') && (day_month(first, second) || day_month(second, first)),
        _ => false,
    }
}

/// `01.12.25-31.12.25`, `01/05/2024-31/05/2024`.
fn is_range_of_dates(text: &[u8]) -> bool {
    let mut parts = text.split(|byte| *byte == b'-');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(from), Some(to), None) => is_date(from) && (is_date(to) || to.len() <= 2),
        _ => false,
    }
}

/// A month of a year or two years: `05/2024`, `2024-05`, `2023/24`, `2023/2024`.
fn is_period(text: &[u8]) -> bool {
    let mut parts = text.split(|byte| !byte.is_ascii_digit());
    let (Some(first), Some(second), None) = (parts.next(), parts.next(), parts.next()) else { return false };
    let is_year = |part: &[u8]| part.len() == 4 && (part.starts_with(b"20") || part.starts_with(b"199"));
    match (is_year(first), is_year(second)) {
        (true, true) => true,
        (true, false) => second.len() <= 2,
        (false, true) => first.len() <= 2 && is_month(two_or_one(first)),
        (false, false) => false,
    }
}

fn two_or_one(text: &[u8]) -> u32 {
    text.iter().fold(0, |value, digit| value * 10 + u32::from(digit.wrapping_sub(b'0')))
}

/// `888-555-1212`, `800-5551212`, `555-1212`, `1-800-555-1212`, and a sort code `12-34-56`.
fn is_phone(text: &[u8]) -> bool {
    let mut lengths = [0_usize; 5];
    let mut count = 0;
    for part in text.split(|byte| matches!(byte, b'-' | b'.')) {
        let Some(slot) = lengths.get_mut(count) else { return false };
        *slot = part.len();
        count += 1;
        if !part.iter().all(u8::is_ascii_digit) {
            return false;
        }
    }
    matches!(
        (count, lengths),
        (2, [3, 4 | 7, ..]) | (3, [3, 3, 4, ..] | [2, 2, 2, ..]) | (4, [1, 3, 3, 4, ..]) | (5, [2, 2, 2, 2, 2])
    )
}

fn mixed(token: &Token, text: &[u8]) -> Shape {
    if is_masked(text)
        || is_address_of_web(text)
        || is_moment(text)
        || is_bank(text)
        || is_named_day(token, text)
        || is_money(token, text)
    {
        return Other;
    }
    let letters_last = text.iter().skip_while(|byte| byte.is_ascii_digit()).all(|byte| !byte.is_ascii_digit());
    // `500KM`, `1234AB` (a Dutch postcode), `3rd`.
    if text.first().is_some_and(u8::is_ascii_digit) && letters_last && token.digits <= 5 {
        return Weak;
    }
    let first_letters = text.iter().take_while(|byte| !byte.is_ascii_digit()).count();
    // `BG/000002459`: the number that Austrian banks give the entry.
    if text.len() == 12 && text.get(2) == Some(&b'/') && token.digits == 9 && token.letters == 2 && first_letters == 3 {
        return Other;
    }
    // `Vilnius08500`: a town and its code.
    if first_letters >= 6 && first_letters + token.digits == text.len() && token.digits <= 5 {
        return Weak;
    }
    // `10.08K1`, a time with the card's number behind.
    if is_date(text.get(..5).unwrap_or_default())
        && token.digits <= 6
        && text.get(5).is_some_and(|byte| !byte.is_ascii_digit())
    {
        return Weak;
    }
    if token.digits >= 3 && token.digits + token.letters >= 6 { Strong } else { Weak }
}

/// `XXXX1234`, `5402xxxxxxxx1234`.
fn is_masked(text: &[u8]) -> bool {
    let mut run = 0;
    text.iter().any(|byte| {
        run = if matches!(byte, b'X' | b'x') { run + 1 } else { 0 };
        run >= 3
    })
}

fn is_address_of_web(text: &[u8]) -> bool {
    text.windows(4)
        .any(|part| [b".com", b"www.", b".net", b".org", b"http"].iter().any(|known| part.eq_ignore_ascii_case(*known)))
}

/// `2019-02-15T20.10`, `2023-02-09-08.37.18.552784`.
fn is_moment(text: &[u8]) -> bool {
    let is_year_first = text.get(4) == Some(&b'-');
    let then = text.get(10).copied().unwrap_or_default();
    (matches!(then, b'T' | b't') || is_year_first && then == b'-') && text.get(..10).is_some_and(is_date)
}

/// A BIC: four letters of the bank, two of a country, two of the place, three of the branch or none.
fn is_bank(text: &[u8]) -> bool {
    const COUNTRIES: &[u8] = b"ADAEALATAUBABEBGBRCACHCNCYCZDEDKEEESFIFRGBGIGRHKHRHUIEILINISITJPKRLILTLULVMCMEMKMTMXNLNONZPLPTRORSRUSASESGSISKSMTRUAUSVAXKZA";
    matches!(text.len(), 8 | 11)
        && text.iter().all(u8::is_ascii_alphanumeric)
        && text.iter().take(6).all(u8::is_ascii_uppercase)
        && text.get(4..6).is_some_and(|country| COUNTRIES.chunks_exact(2).any(|known| known == country))
}

/// `233,15EUR`, `CHF500`: an amount and its currency in one piece.
fn is_money(token: &Token, text: &[u8]) -> bool {
    if token.letters != 3 {
        return false;
    }
    let number = match (text.split_at_checked(3), text.split_last_chunk::<3>()) {
        (Some((code, number)), _) if is_currency(code) => number,
        (_, Some((number, code))) if is_currency(code) => number,
        _ => return false,
    };
    number.iter().all(u8::is_ascii_digit) && number.len() <= 9 || is_amount(number)
}

/// Codes that stand beside amounts in texts.
pub(super) fn is_currency(code: &[u8]) -> bool {
    matches!(
        code,
        b"EUR"
            | b"USD"
            | b"GBP"
            | b"CHF"
            | b"PLN"
            | b"CZK"
            | b"HUF"
            | b"SEK"
            | b"NOK"
            | b"DKK"
            | b"CAD"
            | b"AUD"
            | b"NZD"
            | b"ZAR"
            | b"JPY"
            | b"INR"
            | b"CNY"
            | b"BRL"
            | b"MXN"
            | b"RON"
            | b"BGN"
            | b"TRY"
            | b"ILS"
            | b"HKD"
            | b"SGD"
            | b"KES"
            | b"NGN"
            | b"AED"
            | b"SAR"
            | b"THB"
    )
}

/// `12MAR24`, `7-Nov-13`, `MAY09`.
fn is_named_day(token: &Token, text: &[u8]) -> bool {
    if !(3..=9).contains(&token.letters) || token.digits > 6 {
        return false;
    }
    let Some(first) = text.iter().position(u8::is_ascii_alphabetic) else { return false };
    let name = text.get(first..first + token.letters).unwrap_or_default();
    let mut folded = [0_u8; 9];
    for (slot, byte) in folded.iter_mut().zip(name) {
        *slot = byte.to_ascii_lowercase();
    }
    let name = folded.get(..name.len()).and_then(|name| std::str::from_utf8(name).ok());
    name.is_some_and(|name| months::month(name).is_some())
}

#[cfg(test)]
mod tests;
