//! Narratives of the United Kingdom: NatWest's commas, Barclays' columns and codes, Lloyds' and HSBC's marks of Faster
//! Payments.

use super::{Field, Narrative};
use crate::normalise::{
    shape,
    text::{prefix, same},
    token,
};

/// Kinds of payment that close a narrative and mean nothing else.
const CODES: [&[u8]; 7] = [b"bgc", b"ddr", b"sto", b"bbp", b"fpi", b"fpo", b"bacs"];

pub(super) fn read(text: &str) -> Option<Narrative<'_>> {
    receipt(text)
        .or_else(|| faster_payment(text))
        .or_else(|| with_commas(text))
        .or_else(|| with_sort_code(text))
        .or_else(|| with_code(text))
}

/// `FASTER PAYMENTS RECEIPT REF.INV 17 FROM ACME LTD`.
fn receipt(text: &str) -> Option<Narrative<'_>> {
    let len = prefix(text, "faster payments receipt").or_else(|| prefix(text, "bank giro credit"))?;
    let (purpose, name) = text.get(len..)?.rsplit_once(" FROM ")?;
    let mut narrative = Narrative::default();
    narrative.push(Field::Purpose, purpose);
    narrative.push(Field::Name, name);
    Some(narrative)
}

/// `FP 12/03/24 INV 17`: the mark, its day, and the payer's text; or the mark, the day and the bank's numbers behind it.
fn faster_payment(text: &str) -> Option<Narrative<'_>> {
    if !text.contains(',')
        && let Some((head, tail)) = text.split_once(" FP ").filter(|(_, tail)| begins_with_date(tail))
    {
        let mut narrative = Narrative::default();
        narrative.push(Field::Purpose, head);
        narrative.push(Field::Noise, tail);
        return Some(narrative);
    }
    let rest = text.strip_prefix("FP ").or_else(|| text.strip_prefix("BACS "))?;
    let (day, purpose) = rest.split_once(' ')?;
    shape::is_date(day.as_bytes()).then_some(())?;
    let mut narrative = Narrative::default();
    narrative.push(Field::Kind, text.get(..text.len() - purpose.len()).unwrap_or_default());
    narrative.push(Field::Purpose, purpose.trim_start().trim_start_matches("REF "));
    Some(narrative)
}

/// `ACME LTD , INV 17 , VIA ONLINE - PYMT , FP 12/03/24 10 , 40123456789`.
fn with_commas(text: &str) -> Option<Narrative<'_>> {
    text.contains(" FP ").then_some(()).or_else(|| text.contains("VIA ").then_some(()))?;
    let is_mark = |part: &str| {
        part.starts_with("VIA MOBILE")
            || part.starts_with("VIA ONLINE")
            || part.strip_prefix("FP ").is_some_and(begins_with_date)
    };
    let mut parts = text.split(',').map(str::trim);
    let name = parts.next()?;
    let mut narrative = Narrative::default();
    let mut marked = false;
    narrative.push(Field::Name, name);
    for part in parts {
        marked |= is_mark(part);
        narrative.push(if marked { Field::Noise } else { Field::Purpose }, part);
    }
    (marked && !is_mark(name)).then_some(narrative)
}

fn begins_with_date(text: &str) -> bool {
    text.split(' ').next().is_some_and(|day| shape::is_date(day.as_bytes()))
}

/// `J SMITH 300000001234567890 INV 17 123456 10 12MAR24 09:15`: name, the scheme's id, text, sort code, and moment.
fn with_sort_code(text: &str) -> Option<Narrative<'_>> {
    let bytes = text.as_bytes();
    let mut words = text.rsplitn(4, ' ');
    let (time, day, channel, head) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let is_number = |word: &str, len: usize| word.len() == len && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_moment = time.len() == 5 && time.as_bytes().get(2) == Some(&b':') && day.len() == 7 && is_number(channel, 2);
    is_moment.then_some(())?;
    let mut at = 0;
    while let Some(token) = token::next(bytes, at) {
        at = token.end;
        if token.letters == 0 && token.digits == 18 && token.end - token.start == 18 && token.start > 0 {
            let mut narrative = Narrative::default();
            narrative.push(Field::Name, text.get(..token.start).unwrap_or_default());
            narrative.push(Field::Reference, token.text(text));
            let rest = head.get(token.end..).unwrap_or_default();
            let purpose = match rest.rsplit_once(' ') {
                Some((purpose, sort_code)) if is_number(sort_code, 6) => purpose,
                _ => rest,
            };
            narrative.push(Field::Purpose, purpose);
            return Some(narrative);
        }
    }
    None
}

/// `ACME LTD          INV 17 BGC`: a column of the name, a column of the text, and a code.
fn with_code(text: &str) -> Option<Narrative<'_>> {
    let (head, code) = text.rsplit_once(' ')?;
    CODES.iter().any(|known| same(code.as_bytes(), known)).then_some(())?;
    let mut narrative = Narrative::default();
    match head.trim_end().split_once("  ") {
        Some((name, purpose)) if crate::normalise::text::letters(name) >= 3 => {
            narrative.push(Field::Name, name);
            narrative.push(Field::Purpose, purpose);
        }
        _ => narrative.push(Field::Purpose, head),
    }
    narrative.push(Field::Kind, code);
    Some(narrative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, parts: &[(Field, &str)]) {
        let found: Vec<(Field, &str)> =
            read(text).unwrap_or_default().parts.iter().map(|part| (part.field, part.text)).collect();
        assert_eq!(found, parts, "{text}");
    }

    #[test]
    fn the_ways_of_british_banks() {
        check("FP 12/03/24 REF INV 17", &[(Field::Kind, "FP 12/03/24"), (Field::Purpose, "INV 17")]);
        check(
            "ACME LTD , INV 17 , VIA ONLINE - PYMT , FP 12/03/24 10 , 40123456789",
            &[
                (Field::Name, "ACME LTD"),
                (Field::Purpose, "INV 17"),
                (Field::Noise, "VIA ONLINE - PYMT"),
                (Field::Noise, "FP 12/03/24 10"),
                (Field::Noise, "40123456789"),
            ],
        );
        check(
            "J SMITH 300000001234567890 INV 17 123456 10 12MAR24 09:15",
            &[(Field::Name, "J SMITH"), (Field::Reference, "300000001234567890"), (Field::Purpose, "INV 17")],
        );
        check(
            "ACME LTD          INV 17 BGC",
            &[(Field::Name, "ACME LTD"), (Field::Purpose, "INV 17"), (Field::Kind, "BGC")],
        );
        check(
            "FPS CREDIT ACME INV 19057 FP 25/04/24 0889 555002570148664405",
            &[(Field::Purpose, "FPS CREDIT ACME INV 19057"), (Field::Noise, "25/04/24 0889 555002570148664405")],
        );
        check(
            "FASTER PAYMENTS RECEIPT REF.INV 17 FROM ACME LTD",
            &[(Field::Purpose, "REF.INV 17"), (Field::Name, "ACME LTD")],
        );
        check("ACME LTD DDR", &[(Field::Purpose, "ACME LTD"), (Field::Kind, "DDR")]);
    }

    #[test]
    fn plain_text_is_left_alone() {
        for text in ["FP works", "TRAVEL VIA PARIS, 3 DAYS", "ACME 12", "a b c 12:30", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
