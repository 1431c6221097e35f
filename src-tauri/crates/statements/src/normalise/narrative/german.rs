//! German SEPA tags with a plus: `EREF+…KREF+…MREF+…CRED+…SVWZ+…ABWA+…IBAN+…BIC+…`, also glued to what stands before.

use super::{Field, Narrative, colon, openings};

/// The tag of a word, as it is used with a plus or a colon.
pub(super) fn tag(word: [u8; 4]) -> Option<Field> {
    Some(match &word {
        b"EREF" | b"KREF" | b"MREF" | b"CRED" | b"DEBT" | b"RREF" => Field::Reference,
        b"SVWZ" => Field::Purpose,
        b"ABWA" | b"ABWE" => Field::Principal,
        b"IBAN" => Field::Account,
        b"COAM" | b"OAMT" | b"PURP" | b"SQTP" | b"BTCH" => Field::Noise,
        _ => return None,
    })
}

pub(super) fn read(text: &str) -> Option<Narrative<'_>> {
    let bytes = text.as_bytes();
    let mut narrative = Narrative::default();
    let (mut field, mut start) = (Field::Purpose, 0);
    let mut tags = 0;
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'+') {
        let Some((next, begin)) = before(bytes, at).filter(|(_, begin)| *begin >= start) else { continue };
        let part = text.get(start..begin).unwrap_or_default();
        match openings::party_of(part).filter(|_| tags == 0) {
            Some(named) => narrative.parts.extend(named.parts),
            None => push(&mut narrative, field, part),
        }
        (field, start) = (next, at + 1);
        tags += 1;
    }
    push(&mut narrative, field, text.get(start..).unwrap_or_default());
    (tags > 0).then_some(narrative)
}

/// Some banks say the tags twice: within the purpose again, with colons.
fn push<'t>(narrative: &mut Narrative<'t>, field: Field, text: &'t str) {
    /// What is longer than any reference goes on as text.
    const LONGEST: usize = 45;
    if field == Field::Reference
        && text.len() > LONGEST
        && let Some((first, rest)) = text.trim_start().split_once(' ')
    {
        narrative.push(Field::Reference, first);
        return push(narrative, Field::Purpose, rest);
    }
    match colon::read(text).filter(|_| field == Field::Purpose) {
        Some(again) => narrative.parts.extend(again.parts),
        None => narrative.push(field, text),
    }
}

/// The tag before a plus, and where it begins. A blank within it comes from a line that was wrapped.
fn before(bytes: &[u8], plus: usize) -> Option<(Field, usize)> {
    let (mut word, mut filled, mut at, mut blanks) = ([0_u8; 4], 0, plus, 0);
    while filled < 4 {
        at = at.checked_sub(1)?;
        match *bytes.get(at)? {
            byte if byte.is_ascii_uppercase() => {
                filled += 1;
                *word.get_mut(4 - filled)? = byte;
            }
            b' ' if blanks == 0 && filled > 0 => blanks = 1,
            _ if filled == 3 => break,
            _ => return None,
        }
    }
    if let Some(field) = tag(word) {
        return Some((field, at));
    }
    // BIC has three letters; what was read before them is the end of the part before.
    let bank = word.get(1..)? == b"BIC";
    bank.then_some((Field::Noise, plus - 3 - usize::from(blanks == 1 && filled == 3)))
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
    fn tags_glued_and_apart() {
        check(
            "EREF+11063225-1MREF+41310-1CRED+DE11ZZZ00000000003SVWZ+Rechnung 17",
            &[
                (Field::Reference, "11063225-1"),
                (Field::Reference, "41310-1"),
                (Field::Reference, "DE11ZZZ00000000003"),
                (Field::Purpose, "Rechnung 17"),
            ],
        );
        check(
            "Lastschrift SVWZ+Beitrag 2024 IBAN+DE89370400440532013000 BIC+GENODEF1PFK ABWA+Erika Muster",
            &[
                (Field::Purpose, "Lastschrift"),
                (Field::Purpose, "Beitrag 2024"),
                (Field::Account, "DE89370400440532013000"),
                (Field::Noise, "GENODEF1PFK"),
                (Field::Principal, "Erika Muster"),
            ],
        );
    }

    #[test]
    fn a_tag_that_a_line_break_cut() {
        check("CRED+DE11ZZZ1 S VWZ+Beitrag", &[(Field::Reference, "DE11ZZZ1"), (Field::Purpose, "Beitrag")]);
    }

    #[test]
    fn a_plus_alone_is_no_tag() {
        assert_eq!(read("+++090/9337/55493+++"), None);
        assert_eq!(read("C+A Mode 12"), None);
        assert_eq!(read("+"), None);
    }
}
