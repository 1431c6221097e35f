//! French narratives: `VIR SEPA RECU /DE ACME /MOTIF FACTURE 17 /REF X`, `PRLV SEPA ACME ID EMETTEUR/FR… MDT/… REF/… LIB/…`.

use super::{Field, Narrative};

/// Codes after a blank, with what ends them.
const CODES: [(&str, Field); 18] = [
    ("/DE ", Field::Name),
    ("/BEN ", Field::Name),
    ("/BENEF ", Field::Name),
    ("/DO ", Field::Name),
    ("/MOTIF ", Field::Purpose),
    ("/LIB ", Field::Purpose),
    ("/FRM ", Field::Noise),
    ("/REFDO ", Field::Reference),
    ("/REFBEN ", Field::Reference),
    ("/REF ", Field::Reference),
    ("/EREF ", Field::Reference),
    ("/MDT ", Field::Reference),
    ("/ICS ", Field::Reference),
    ("ID EMETTEUR/", Field::Reference),
    ("MDT/", Field::Reference),
    ("REF/", Field::Reference),
    ("LIB/", Field::Purpose),
    ("ECH/", Field::Noise),
];

/// How a narrative of a transfer or a direct debit begins.
const BEGINNINGS: [&str; 9] =
    ["vir", "virement", "virt", "prlv", "prelevement", "prélèvement", "prelvt", "avis", "rejet"];

pub(super) fn read(text: &str) -> Option<Narrative<'_>> {
    if !BEGINNINGS.iter().any(|word| super::super::text::prefix(text, word).is_some()) {
        return None;
    }
    let bytes = text.as_bytes();
    let mut narrative = Narrative::default();
    let (mut field, mut start, mut at) = (Field::Kind, 0, 0);
    while let Some(blank) =
        bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b' ')).map(|step| at + step)
    {
        at = blank + 1;
        let Some((code, next)) = CODES.iter().find(|(code, _)| starts(bytes.get(at..), code)) else { continue };
        push(&mut narrative, field, text.get(start..blank).unwrap_or_default());
        (field, start) = (*next, at + code.len());
        at = start.max(at + 1) - 1;
    }
    push(&mut narrative, field, text.get(start..).unwrap_or_default());
    (start > 0).then_some(narrative)
}

fn starts(bytes: Option<&[u8]>, code: &str) -> bool {
    bytes.and_then(|bytes| bytes.get(..code.len())).is_some_and(|start| start.eq_ignore_ascii_case(code.as_bytes()))
}

/// What stands before the codes is the kind and, of a direct debit, the creditor.
fn push<'t>(narrative: &mut Narrative<'t>, field: Field, text: &'t str) {
    if field == Field::Kind
        && let Some(len) = super::super::text::prefix(text, "prlv sepa")
            .or_else(|| super::super::text::prefix(text, "prélèvement sepa"))
        && let Some(name) = text.get(len..).map(|rest| rest.trim_matches([' ', '/', '-']))
        && !name.is_empty()
    {
        narrative.push(Field::Kind, text.get(..len).unwrap_or_default());
        return narrative.push(Field::Name, name);
    }
    narrative.push(field, text);
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
    fn transfers_and_direct_debits() {
        check(
            "VIR SEPA RECU /DE ACME SARL /MOTIF FACTURE F2024-118 /REF NOTPROVIDED",
            &[
                (Field::Kind, "VIR SEPA RECU"),
                (Field::Name, "ACME SARL"),
                (Field::Purpose, "FACTURE F2024-118"),
                (Field::Reference, "NOTPROVIDED"),
            ],
        );
        check(
            "PRLV SEPA ENERGIE SUD ID EMETTEUR/FR43ZZZ000425 MDT/AB12 REF/X9 LIB/ECHEANCE MARS",
            &[
                (Field::Kind, "PRLV SEPA"),
                (Field::Name, "ENERGIE SUD"),
                (Field::Reference, "FR43ZZZ000425"),
                (Field::Reference, "AB12"),
                (Field::Reference, "X9"),
                (Field::Purpose, "ECHEANCE MARS"),
            ],
        );
        assert_eq!(read("VIR 12/03 ACME"), None);
        assert_eq!(read("CARTE /DE ACME"), None);
    }
}
