//! Codes between slashes, as in the Netherlands: `/TRTP/SEPA OVERBOEKING/IBAN/NL…/NAME/…/REMI/…/EREF/…`, with the
//! variants of ING (`/CNTP/account/bank/name/town///`) and Rabobank (`/BENM//NAME/…`).

use super::{Field, Narrative};

/// What a code says of the text behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    Is(Field),
    /// Account, bank, name and town of the other party.
    Party,
    /// The purpose, perhaps with its kind before it.
    Remittance,
    /// Only says who is meant by the codes behind.
    Opens,
}

fn code(word: &[u8]) -> Option<Code> {
    Some(match word {
        b"TRTP" | b"RTYP" | b"TRCD" | b"RTRN" => Code::Is(Field::Kind),
        b"NAME" => Code::Is(Field::Name),
        b"IBAN" | b"ACCW" => Code::Is(Field::Account),
        b"EREF" | b"MARF" | b"CSID" | b"PREF" | b"IREF" | b"KREF" | b"MREF" | b"CRED" | b"ID" => {
            Code::Is(Field::Reference)
        }
        b"REMI" | b"RCMT" | b"SVWZ" => Code::Remittance,
        b"CNTP" => Code::Party,
        b"ULTD" | b"ULTC" | b"ULTB" | b"UDTR" | b"UCRD" => Code::Is(Field::Principal),
        b"ORDP" | b"BENM" | b"DBTR" | b"CDTR" => Code::Opens,
        b"BIC" | b"ISDT" | b"ADDR" | b"PURP" | b"SVCL" | b"BUSP" | b"CPRP" | b"CTRP" | b"NRTX" | b"CHGS" | b"EXCH"
        | b"OCMT" | b"OAMT" | b"COAM" | b"PREFIX" | b"VCAL" | b"SWOD" | b"CITY" | b"TYPE" | b"DATE" => {
            Code::Is(Field::Noise)
        }
        _ => return None,
    })
}

pub(super) fn read(text: &str) -> Option<Narrative<'_>> {
    let bytes = text.as_bytes();
    let mut narrative = Narrative::default();
    let (mut current, mut start, mut codes) = (Code::Remittance, 0, 0);
    let mut slash = 0;
    while let Some(open) = find(bytes, slash) {
        let end = bytes.get(open + 1..).and_then(|rest| rest.iter().take(7).position(|byte| *byte == b'/'));
        let word = end.and_then(|len| bytes.get(open + 1..open + 1 + len)).unwrap_or_default();
        let Some(next) = code(word) else {
            slash = open + 1;
            continue;
        };
        push(&mut narrative, current, text.get(start..open).unwrap_or_default());
        (current, start) = (next, open + word.len() + 2);
        codes += 1;
        // The slash that ends this code may begin the next: `/BENM//NAME/` and `/BENM/NAME/` alike.
        slash = start - 1;
    }
    if codes == 0
        || (codes == 1 && !matches!(current, Code::Party | Code::Remittance | Code::Is(Field::Kind | Field::Name)))
    {
        return None;
    }
    push(&mut narrative, current, text.get(start..).unwrap_or_default());
    Some(narrative)
}

fn find(bytes: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.iter().position(|byte| *byte == b'/').map(|at| from + at)
}

fn push<'t>(narrative: &mut Narrative<'t>, code: Code, text: &'t str) {
    let text = text.trim().trim_matches('/');
    match code {
        Code::Is(field) => narrative.push(field, text),
        Code::Remittance => remittance(narrative, text),
        Code::Opens if !text.is_empty() => narrative.push(Field::Name, text),
        Code::Opens => {}
        Code::Party => {
            for (part, field) in text.split('/').zip([Field::Account, Field::Noise, Field::Name, Field::Noise]) {
                narrative.push(field, part);
            }
        }
    }
}

/// `USTD//text` or `STRD/CUR/9001123412341234`.
fn remittance<'t>(narrative: &mut Narrative<'t>, text: &'t str) {
    if let Some(free) = text.strip_prefix("USTD/") {
        narrative.push(Field::Purpose, free.trim_matches('/'));
    } else if let Some(structured) = text.strip_prefix("STRD/") {
        narrative.push(Field::Structured, structured.rsplit('/').next().unwrap_or(structured));
    } else {
        narrative.push(Field::Purpose, text);
    }
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
    fn the_ways_of_three_banks() {
        check(
            "/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/J JANSEN/REMI/FACTUUR 2024-118/EREF/NOTPROVIDED",
            &[
                (Field::Kind, "SEPA OVERBOEKING"),
                (Field::Account, "NL91ABNA0417164300"),
                (Field::Noise, "ABNANL2A"),
                (Field::Name, "J JANSEN"),
                (Field::Purpose, "FACTUUR 2024-118"),
                (Field::Reference, "NOTPROVIDED"),
            ],
        );
        check(
            "/EREF/EV12//CNTP/NL91ABNA0417164300/ABNANL2A/Jansen BV/Utrecht///REMI/USTD//Factuur 17/",
            &[
                (Field::Reference, "EV12"),
                (Field::Account, "NL91ABNA0417164300"),
                (Field::Noise, "ABNANL2A"),
                (Field::Name, "Jansen BV"),
                (Field::Noise, "Utrecht"),
                (Field::Purpose, "Factuur 17"),
            ],
        );
        check(
            "/EREF/34/BENM//NAME/JANSEN BV/REMI/201400-001/ISDT/2013-07-11",
            &[
                (Field::Reference, "34"),
                (Field::Name, "JANSEN BV"),
                (Field::Purpose, "201400-001"),
                (Field::Noise, "2013-07-11"),
            ],
        );
    }

    #[test]
    fn a_path_is_no_narrative() {
        for text in ["INV/2024/118", "a/b/c", "//", "VIR /DE ACME /MOTIF X", "REF/ID/"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
