//! Narratives of the United States: ACH (`ORIG CO NAME:… CO ENTRY DESCR:…`, `ACME DES:… ID:… INDN:… CO ID:…`) and wires.

use super::{Field, Narrative, colon};

/// Labels of ACH and wire narratives, longest first where one ends in another.
pub(super) const LABELS: &[colon::Label] = &[
    colon::label("orig co name", Field::Name, true),
    colon::label("orig id", Field::Reference, false),
    colon::label("desc date", Field::Noise, false),
    colon::label("co entry descr", Field::Purpose, true),
    colon::label("sec", Field::Noise, false),
    colon::label("trace#", Field::Reference, false),
    colon::label("trace no", Field::Reference, false),
    colon::label("eed", Field::Noise, false),
    colon::label("ind id", Field::Reference, true),
    colon::label("ind name", Field::Noise, true),
    colon::label("trn", Field::Reference, false),
    colon::label("indn", Field::Noise, true),
    colon::label("co id", Field::Reference, true),
    colon::label("des", Field::Purpose, false),
    colon::label("id", Field::Reference, false),
    colon::label("pmt info", Field::Purpose, true),
    colon::label("pmt det", Field::Purpose, true),
    colon::label("wire type", Field::Kind, true),
    colon::label("imad", Field::Reference, true),
    colon::label("b/o", Field::Name, false),
    colon::label("a/c", Field::Noise, false),
    colon::label("bnf", Field::Name, false),
    colon::label("ben", Field::Name, false),
    colon::label("orig", Field::Name, false),
    colon::label("snd bk", Field::Noise, true),
    colon::label("bnf bk", Field::Noise, true),
    colon::label("rcvr", Field::Noise, false),
    colon::label("via", Field::Noise, false),
    colon::label("seq", Field::Noise, false),
    colon::label("ssn", Field::Noise, false),
    colon::label("time", Field::Noise, false),
    colon::label("obi", Field::Purpose, false),
    colon::label("service ref", Field::Reference, true),
    colon::label("related ref", Field::Reference, true),
];

/// `ACME CORP DES:PAYROLL ID:12345 INDN:JOHN DOE CO ID:1234567890 CCD`: the company comes first.
pub(super) fn read(text: &str) -> Option<Narrative<'_>> {
    let des = text.find(" DES:")?;
    text.get(des..).filter(|rest| rest.contains(" INDN:") || rest.contains(" CO ID:"))?;
    let mut narrative = Narrative::default();
    narrative.push(Field::Name, text.get(..des).unwrap_or_default());
    narrative.parts.extend(colon::read(text.get(des..).unwrap_or_default())?.parts.into_iter().map(first_word_of_id));
    Some(narrative)
}

/// Behind the company's id stands the kind of entry: `CO ID:1234567890 CCD`.
fn first_word_of_id(part: super::Part<'_>) -> super::Part<'_> {
    let is_kind =
        |word: &str| matches!(word, "CCD" | "PPD" | "CTX" | "WEB" | "TEL" | "IAT" | "ARC" | "BOC" | "POP" | "RCK");
    match part.text.rsplit_once(' ') {
        Some((front, last)) if part.field == Field::Reference && is_kind(last) => {
            super::Part { text: front.trim(), ..part }
        }
        _ => part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_with_its_company_first() {
        let found = read("ACME SUPPLY DES:PAYMENT ID:55012 INDN:MY FIRM LLC CO ID:1234567890 CCD PMT INFO:INV 2024118");
        let parts: Vec<(Field, &str)> =
            found.unwrap_or_default().parts.iter().map(|part| (part.field, part.text)).collect();
        assert_eq!(
            parts,
            [
                (Field::Name, "ACME SUPPLY"),
                (Field::Purpose, "PAYMENT"),
                (Field::Reference, "55012"),
                (Field::Noise, "MY FIRM LLC"),
                (Field::Reference, "1234567890"),
                (Field::Purpose, "INV 2024118"),
            ]
        );
        assert_eq!(read("NO DES:X HERE"), None);
    }
}
