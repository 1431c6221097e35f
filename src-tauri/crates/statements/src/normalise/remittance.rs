//! Structured creditor references, whose check digits say that they are one.
//!
//! Those with a form of their own are found anywhere: ISO 11649 `RF…`, the Swiss QR reference, the Belgian
//! `+++123/4567/89012+++`, Slovenian `SI…` and Croatian `HR…`. The plain numbers of Finland, Norway and Sweden are one
//! only where a label says so.

use super::{iban::mod_97, text::Folded};

/// A reference read in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Structured {
    /// Without blanks.
    pub(super) value: String,
    /// How much of the text it took.
    pub(super) len: usize,
}

/// The reference that begins the text; `label` is the word before it, if any.
pub(super) fn at(text: &str, label: &str) -> Option<Structured> {
    let bytes = text.as_bytes();
    match [bytes.first()?.to_ascii_uppercase(), bytes.get(1)?.to_ascii_uppercase()] {
        [b'R', b'F'] => creditor_reference(text),
        [b'S', b'I'] => with_model(text, slovenian),
        [b'H', b'R'] => with_model(text, croatian),
        [b'0'..=b'9', _] => belgian(text).or_else(|| swiss(text)).or_else(|| labelled(text, label)),
        _ => None,
    }
}

/// The reference that a field as a whole is.
pub(super) fn of_field(field: &str) -> Option<Structured> {
    let inner = field.trim().trim_matches(|mark| matches!(mark, '+' | '*'));
    let (label, rest) = match inner.split_once([' ', ':']) {
        Some((word, rest)) if word.bytes().all(|byte| byte.is_ascii_alphabetic()) && is_label(word) => {
            (word, rest.trim_start_matches([' ', ':']))
        }
        _ => ("", inner),
    };
    at(rest, label).filter(|found| found.len == rest.len())
}

/// ISO 11649: `RF`, two check digits, up to 21 letters and digits, often in groups of four.
fn creditor_reference(text: &str) -> Option<Structured> {
    let bytes = text.as_bytes();
    if !bytes.get(2..4)?.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let (mut value, mut best) = (String::with_capacity(25), None);
    let mut group = 0;
    for (position, byte) in bytes.iter().enumerate().take(32) {
        match byte {
            b' ' if group == 4 => group = 0,
            byte if byte.is_ascii_alphanumeric() && value.len() < 25 => {
                value.push(byte.to_ascii_uppercase() as char);
                group += 1;
                let ends = !bytes.get(position + 1).is_some_and(u8::is_ascii_alphanumeric);
                if ends && value.len() > 4 && is_creditor_reference(&value) {
                    best = Some(Structured { value: value.clone(), len: position + 1 });
                }
            }
            _ => break,
        }
    }
    best
}

fn is_creditor_reference(value: &str) -> bool {
    value.split_at_checked(4).and_then(|(head, tail)| mod_97(tail.bytes().chain(head.bytes()))) == Some(1)
}

/// `123/4567/89012`: ten digits and their remainder by 97.
fn belgian(text: &str) -> Option<Structured> {
    let bytes = text.as_bytes();
    if bytes.get(3) != Some(&b'/')
        || bytes.get(8) != Some(&b'/')
        || continues(bytes, 14)
        || bytes.get(14) == Some(&b'/')
    {
        return None;
    }
    let value: String = text.get(..14)?.chars().filter(|character| *character != '/').collect();
    (value.len() == 12 && is_belgian(&value)).then_some(Structured { value, len: 14 })
}

fn is_belgian(value: &str) -> bool {
    let Some((base, check)) = value.split_at_checked(10) else { return false };
    let (Ok(base), Ok(check)) = (base.parse::<u64>(), check.parse::<u64>()) else { return false };
    let rest = base % 97;
    check == if rest == 0 { 97 } else { rest }
}

/// 27 digits, in one piece or as `21 00000 00003 13947 14300 09017`.
fn swiss(text: &str) -> Option<Structured> {
    let (value, len) = grouped_digits(text, 27, |place| matches!(place, 2 | 7 | 12 | 17 | 22))?;
    (value.bytes().any(|byte| byte != b'0') && recursive_check(&value)).then_some(Structured { value, len })
}

/// Exactly `wanted` digits, with blanks at all of the places of groups or at none.
fn grouped_digits(text: &str, wanted: usize, groups: impl Fn(usize) -> bool) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    // A quick word: the first group is over after two digits, or the digits go on.
    let grouped = bytes.get(2) == Some(&b' ');
    let mut value = String::new();
    for (position, byte) in bytes.iter().enumerate() {
        match byte {
            b' ' if grouped && groups(value.len()) => {}
            b'0'..=b'9' => value.push(*byte as char),
            _ => return None,
        }
        if value.len() == wanted {
            return (!continues(bytes, position + 1)).then_some((value, position + 1));
        }
    }
    None
}

/// The recursive modulo 10 of Swiss payment slips; the last digit is the check digit.
fn recursive_check(value: &str) -> bool {
    const TABLE: [u8; 10] = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
    let (mut carry, mut last) = (0_u8, 0_u8);
    for (place, byte) in value.bytes().enumerate() {
        last = byte.wrapping_sub(b'0');
        if place + 1 < value.len() {
            carry = TABLE.get(usize::from((carry + last) % 10)).copied().unwrap_or_default();
        }
    }
    (10 - carry) % 10 == last
}

fn is_label(word: &str) -> bool {
    matches!(
        Folded::of(word).as_bytes(),
        b"viite"
            | b"viitenumero"
            | b"viitenro"
            | b"viitenr"
            | b"kid"
            | b"kidnr"
            | b"kidnummer"
            | b"ocr"
            | b"ocrnr"
            | b"ocrnummer"
    )
}

/// The plain numbers that a label before them makes a reference.
fn labelled(text: &str, label: &str) -> Option<Structured> {
    if label.is_empty() {
        return None;
    }
    let folded = Folded::of(label);
    let (longest, check): (usize, fn(&str) -> bool) = match folded.as_bytes() {
        b"viite" | b"viitenumero" | b"viitenro" | b"viitenr" => (20, is_finnish),
        b"kid" | b"kidnr" | b"kidnummer" => (25, |value| is_luhn(value) || is_mod_11(value)),
        b"ocr" | b"ocrnr" | b"ocrnummer" => (25, is_luhn),
        _ => return None,
    };
    let bytes = text.as_bytes();
    let (mut value, mut best) = (String::new(), None);
    for (position, byte) in bytes.iter().enumerate() {
        match byte {
            b' ' if bytes.get(position + 1).is_some_and(u8::is_ascii_digit) => {}
            b'0'..=b'9' if value.len() < longest => {
                value.push(*byte as char);
                if value.len() >= 3 && !continues(bytes, position + 1) && check(&value) {
                    best = Some(Structured { value: value.clone(), len: position + 1 });
                }
            }
            _ => break,
        }
    }
    best
}

/// Weights 7, 3, 1 from the right.
fn is_finnish(value: &str) -> bool {
    let mut digits = value.bytes().rev().map(|byte| u32::from(byte.wrapping_sub(b'0')));
    let check = digits.next();
    let sum: u32 = digits.zip([7, 3, 1].iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    value.len() >= 4 && check == Some((10 - sum % 10) % 10)
}

/// Luhn's modulo 10, the last digit being the check digit.
pub(super) fn is_luhn(value: &str) -> bool {
    let sum: u32 = value
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, doubled) if doubled > 9 => doubled - 9,
                (_, doubled) => doubled,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Norway's modulo 11 with weights 2 to 7.
fn is_mod_11(value: &str) -> bool {
    let mut digits = value.bytes().rev().map(|byte| u32::from(byte.wrapping_sub(b'0')));
    let check = digits.next();
    let sum: u32 = digits.zip((2..=7).cycle()).map(|(digit, weight)| digit * weight).sum();
    match 11 - sum % 11 {
        11 => check == Some(0),
        10 => false,
        rest => check == Some(rest),
    }
}

/// A country's letters, a model of two digits and a number with up to three hyphens behind.
fn with_model(text: &str, check: fn(&str, &str) -> bool) -> Option<Structured> {
    let bytes = text.as_bytes();
    let model = text.get(2..4).filter(|model| model.bytes().all(|byte| byte.is_ascii_digit()))?;
    let start = if bytes.get(4) == Some(&b' ') { 5 } else { 4 };
    let number = bytes.get(start..)?;
    let len = number.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'-').count();
    let number = text.get(start..start + len)?.trim_end_matches('-');
    let end = start + number.len();
    // Model 00 has no check digit: only how it is printed tells it from an invoice's number.
    let is_printed = start == 5 || number.contains('-');
    let fits = (model != "00" || is_printed)
        && (3..=22).contains(&number.len())
        && number.starts_with(|first: char| first.is_ascii_digit());
    (fits && !continues(bytes, end) && check(model, number)).then(|| Structured {
        value: format!("{}{number}", text.get(..4).unwrap_or_default().to_ascii_uppercase()),
        len: end,
    })
}

/// Models 00 (no check digit), 01 and 12 (modulo 11 over all digits).
fn slovenian(model: &str, number: &str) -> bool {
    match model {
        "00" => true,
        "01" | "12" => ends_in_check_digit(number),
        _ => false,
    }
}

/// Models 00 (no check digit) and 01 to 10, which say which of the parts end in a check digit.
fn croatian(model: &str, number: &str) -> bool {
    let parts: Vec<&str> = number.split('-').collect();
    let part = |place: usize| parts.get(place).copied().unwrap_or_default();
    let checked = |place: usize| part(place).is_empty() || ends_in_check_digit(part(place));
    let joined = |from: usize| parts.get(from..).unwrap_or_default().concat();
    if parts.len() > 3 {
        return false;
    }
    match model {
        "00" => true,
        "01" => ends_in_check_digit(number),
        "02" => checked(1) && checked(2),
        "03" => checked(0) && checked(1) && checked(2),
        "04" => checked(0) && checked(2),
        "05" => checked(0),
        "06" => ends_in_check_digit(&joined(1)),
        "07" => checked(1),
        "08" => ends_in_check_digit(&[part(0), part(1)].concat()) && checked(2),
        "09" => ends_in_check_digit(&[part(0), part(1)].concat()),
        "10" => checked(0) && ends_in_check_digit(&joined(1)),
        _ => false,
    }
}

/// Modulo 11 with weights from 2 upwards; 10 and 11 give 0.
fn ends_in_check_digit(number: &str) -> bool {
    let mut digits = number.bytes().rev().filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0'));
    let Some(check) = digits.next() else { return false };
    let sum: u32 = digits.zip(2..).map(|(digit, weight)| digit * weight).sum();
    let rest = 11 - sum % 11;
    check == if rest >= 10 { 0 } else { rest }
}

fn continues(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests;
