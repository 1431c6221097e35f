//! Words with a colon: `Naam: … Omschrijving: … IBAN: …`, `EREF: … MREF: …`, `ORIG CO NAME:…`, `From: …, Remittance: …`.
//!
//! One engine for all languages: at each colon, the words before it are looked up. A text is a narrative where a label
//! that means nothing else is there, or two of the others.

use std::sync::LazyLock;

use super::{Field, Narrative, american, eastern};
use crate::normalise::text::letters;

/// Words before a colon.
#[derive(Debug)]
pub(super) struct Label {
    /// In small letters.
    words: &'static str,
    field: Field,
    /// One is enough: the words are used for nothing else.
    certain: bool,
}

pub(super) const fn label(words: &'static str, field: Field, certain: bool) -> Label {
    Label { words, field, certain }
}

const GERMAN: &[Label] = &[
    label("eref", Field::Reference, true),
    label("kref", Field::Reference, true),
    label("mref", Field::Reference, true),
    label("cred", Field::Reference, true),
    label("debt", Field::Reference, true),
    label("rref", Field::Reference, true),
    label("svwz", Field::Purpose, true),
    label("abwa", Field::Principal, true),
    label("abwe", Field::Principal, true),
    label("iban", Field::Account, true),
    label("bic", Field::Noise, false),
    label("purp", Field::Noise, false),
    label("end-to-end-ref.", Field::Reference, true),
    label("end-to-end-referenz", Field::Reference, true),
    label("mandatsref", Field::Reference, true),
    label("mandatsreferenz", Field::Reference, true),
    label("mandat", Field::Reference, false),
    label("gläubiger-id", Field::Reference, true),
    label("glaeubiger-id", Field::Reference, true),
    label("core / mandatsref.", Field::Reference, true),
    label("verwendungszweck", Field::Purpose, true),
    label("zahlungsreferenz", Field::Purpose, true),
    label("zahlungsgrund", Field::Purpose, true),
    label("auftraggeber", Field::Name, true),
    label("empfänger", Field::Name, true),
    label("zahlungspflichtiger", Field::Name, true),
    label("kundenreferenz", Field::Reference, true),
    label("bic auftraggeber", Field::Noise, true),
    label("iban auftraggeber", Field::Account, true),
    label("iban empfänger", Field::Account, true),
    label("auftraggeberreferenz", Field::Reference, true),
];

const DUTCH: &[Label] = &[
    label("naam", Field::Name, true),
    label("omschrijving", Field::Purpose, true),
    label("kenmerk", Field::Reference, true),
    label("betalingskenm.", Field::Reference, true),
    label("betalingskenmerk", Field::Reference, true),
    label("machtiging id", Field::Reference, true),
    label("machtiging", Field::Reference, true),
    label("incassant id", Field::Reference, true),
    label("incassant", Field::Reference, true),
    label("voor", Field::Principal, false),
    label("datum/tijd", Field::Noise, true),
    label("valutadatum", Field::Noise, true),
    label("pasvolgnr", Field::Noise, true),
    label("transactie", Field::Noise, false),
    label("term", Field::Noise, false),
    label("mededeling", Field::Purpose, true),
    label("rek", Field::Account, false),
    label("nerek", Field::Account, false),
    label("bankreferentie", Field::Noise, true),
    label("referentie opdrachtgever", Field::Reference, true),
];

const ROMANCE: &[Label] = &[
    label("de", Field::Name, false),
    label("ref", Field::Reference, false),
    label("réf", Field::Reference, false),
    label("motif", Field::Purpose, false),
    label("pour", Field::Name, false),
    label("provenance", Field::Noise, false),
    label("chez", Field::Noise, false),
    label("date", Field::Noise, false),
    label("communication", Field::Purpose, true),
    label("reference banque", Field::Noise, true),
    label("référence banque", Field::Noise, true),
    label("date valeur", Field::Noise, true),
    label("id émetteur", Field::Reference, true),
    label("concepto", Field::Purpose, true),
    label("ordenante", Field::Name, true),
    label("beneficiario", Field::Name, true),
    label("ref. mandato", Field::Reference, true),
    label("disposto da", Field::Name, true),
    label("ordinante", Field::Name, true),
    label("ord.", Field::Name, false),
    label("mitt.", Field::Name, false),
    label("benef.", Field::Name, false),
    label("causale", Field::Purpose, true),
    label("cro", Field::Reference, false),
    label("rif", Field::Reference, false),
    label("id mandato", Field::Reference, true),
    label("creditor id.", Field::Reference, true),
    label("identificativo creditore", Field::Reference, true),
    label("id flusso", Field::Reference, true),
    label("descrição", Field::Purpose, true),
    label("ordenador", Field::Name, true),
];

const ENGLISH: &[Label] = &[
    label("from", Field::Name, false),
    label("to", Field::Name, false),
    label("remittance information", Field::Purpose, true),
    label("remittance info", Field::Purpose, true),
    label("remittance", Field::Purpose, false),
    label("client ref id", Field::Reference, true),
    label("client reference", Field::Reference, false),
    label("gsid", Field::Reference, false),
    label("reference", Field::Reference, false),
    label("payment reference", Field::Reference, false),
    label("end to end id", Field::Reference, true),
    label("mandate id", Field::Reference, true),
    label("mandate", Field::Reference, false),
    label("creditor id", Field::Reference, true),
    label("purpose", Field::Noise, false),
    label("beneficiary name", Field::Name, true),
    label("beneficiary", Field::Name, false),
    label("payer", Field::Name, false),
    label("payee", Field::Name, false),
    label("remitter", Field::Name, true),
    label("ordering customer", Field::Name, true),
    label("payment details", Field::Purpose, true),
    label("details", Field::Purpose, false),
    label("value date", Field::Noise, false),
];

/// The labels by their last byte, which at a colon is the first one seen.
static BY_LAST: LazyLock<Vec<Vec<&'static Label>>> = LazyLock::new(|| {
    let mut by_last: Vec<Vec<&Label>> = vec![Vec::new(); 256];
    for label in [GERMAN, DUTCH, ROMANCE, ENGLISH, american::LABELS, eastern::LABELS].into_iter().flatten() {
        let upper = label.words.to_uppercase();
        let mut ends = [label.words, upper.as_str()].map(|words| words.bytes().last().unwrap_or_default()).to_vec();
        ends.dedup();
        for end in ends {
            if let Some(bucket) = by_last.get_mut(usize::from(end)) {
                bucket.push(label);
            }
        }
    }
    // The longest that fits is meant: "iban auftraggeber" before "auftraggeber".
    by_last.iter_mut().for_each(|bucket| bucket.sort_by_key(|label| std::cmp::Reverse(label.words.len())));
    by_last
});

pub(super) fn read(text: &str) -> Option<Narrative<'_>> {
    let bytes = text.as_bytes();
    let mut narrative = Narrative::default();
    let (mut field, mut start, mut seen, mut certain) = (None, 0, 0, false);
    for (at, byte) in bytes.iter().enumerate() {
        if !(*byte == b':' || *byte == b'=') {
            continue;
        }
        let Some((found, begin)) = before(text, at).filter(|(_, begin)| *begin >= start) else { continue };
        push(&mut narrative, field, text.get(start..begin).unwrap_or_default());
        (field, start) = (Some(found.field), at + 1);
        seen += 1;
        certain |= found.certain;
    }
    if seen == 0 || !(certain || seen >= 2) {
        return None;
    }
    push(&mut narrative, field, text.get(start..).unwrap_or_default());
    named_once(&mut narrative);
    Some(narrative)
}

/// The label whose last word ends at a colon, perhaps with a blank between, and where it begins.
fn before(text: &str, colon: usize) -> Option<(&'static Label, usize)> {
    let head = text.get(..colon)?.trim_end();
    let bucket = BY_LAST.get(usize::from(*head.as_bytes().last()?))?;
    bucket.iter().find_map(|label| ends_with(head, label.words).map(|begin| (*label, begin)))
}

/// Where `words` begin, if the text ends with them as whole words, without regard to case.
fn ends_with(text: &str, words: &str) -> Option<usize> {
    let mut characters = text.char_indices().rev();
    let mut begin = text.len();
    for want in words.chars().rev() {
        let (at, have) = characters.next()?;
        let same = if have.is_ascii() {
            have.to_ascii_lowercase() == want
        } else {
            have == want || have.to_lowercase().eq(std::iter::once(want))
        };
        if !same {
            return None;
        }
        begin = at;
    }
    let starts = characters.next().is_none_or(|(_, before)| !before.is_alphanumeric());
    starts.then_some(begin)
}

/// What stands before the first label is the payer's purpose where it says more than the kind of transaction; the
/// cleaning of a purpose takes such words off.
fn push<'t>(narrative: &mut Narrative<'t>, field: Option<Field>, text: &'t str) {
    let text = super::super::text::trim_end_marks(text);
    match field {
        None => head(narrative, text),
        Some(Field::Account) => account(narrative, text),
        Some(Field::Reference) => reference(narrative, text),
        Some(field) => narrative.push(field, text),
    }
}

fn head<'t>(narrative: &mut Narrative<'t>, text: &'t str) {
    if let Some(named) = super::openings::party_of(text) {
        return narrative.parts.extend(named.parts);
    }
    let rest = super::openings::stripped(text);
    let says_more = letters(rest) >= 3 || rest.bytes().any(|byte| byte.is_ascii_digit());
    narrative.push(if says_more { Field::Purpose } else { Field::Kind }, text);
}

/// Behind the account a text may go on.
fn account<'t>(narrative: &mut Narrative<'t>, text: &'t str) {
    match super::super::iban::at(text) {
        Some(iban) => {
            narrative.push(Field::Account, text.get(..iban.len).unwrap_or_default());
            narrative.push(Field::Purpose, text.get(iban.len..).unwrap_or_default());
        }
        None => narrative.push(Field::Account, text),
    }
}

/// A reference has at most 35 characters; what is longer begins with one and goes on as text.
fn reference<'t>(narrative: &mut Narrative<'t>, text: &'t str) {
    const LONGEST: usize = 40;
    match text.split_once(' ') {
        Some((first, rest)) if text.len() > LONGEST => {
            narrative.push(Field::Reference, first);
            narrative.push(Field::Purpose, rest);
        }
        _ => narrative.push(Field::Reference, text),
    }
}

/// Where two labels name a party, as `From:` and `To:` do, it is not known which of them is the other one.
fn named_once(narrative: &mut Narrative<'_>) {
    let names = narrative.parts.iter().filter(|part| part.field == Field::Name).count();
    if names > 1 {
        for part in &mut narrative.parts {
            if part.field == Field::Name {
                part.field = Field::Kind;
            }
        }
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
    fn labels_of_many_languages() {
        check(
            "Beitrag Mai EREF: N0003--0149 MREF: MLREFN7 CRED: DE80ZZZ00000030151 IBAN: DE89370400440532013000 BIC: RZOODE77",
            &[
                (Field::Purpose, "Beitrag Mai"),
                (Field::Reference, "N0003--0149"),
                (Field::Reference, "MLREFN7"),
                (Field::Reference, "DE80ZZZ00000030151"),
                (Field::Account, "DE89370400440532013000"),
                (Field::Noise, "RZOODE77"),
            ],
        );
        check(
            "Naam: JANSEN BV Omschrijving: Factuur 17 IBAN: NL91ABNA0417164300 Kenmerk: EV12 Valutadatum: 13-12-2019",
            &[
                (Field::Name, "JANSEN BV"),
                (Field::Purpose, "Factuur 17"),
                (Field::Account, "NL91ABNA0417164300"),
                (Field::Reference, "EV12"),
                (Field::Noise, "13-12-2019"),
            ],
        );
        check(
            "ORIG CO NAME:ACME CORP ORIG ID:1234567890 CO ENTRY DESCR:PAYROLL SEC:PPD IND NAME:JOHN DOE",
            &[
                (Field::Name, "ACME CORP"),
                (Field::Reference, "1234567890"),
                (Field::Purpose, "PAYROLL"),
                (Field::Noise, "PPD"),
                (Field::Noise, "JOHN DOE"),
            ],
        );
        check(
            "Nazwa nadawcy: ACME SP. Z O.O. TYTUŁ: FV 118/03/2024",
            &[(Field::Name, "ACME SP. Z O.O."), (Field::Purpose, "FV 118/03/2024")],
        );
        check(
            "VIREMENT COMMUNICATION : FACTURE 17 REFERENCE BANQUE : 24031200 DATE VALEUR : 12/03/2024",
            &[
                (Field::Kind, "VIREMENT"),
                (Field::Purpose, "FACTURE 17"),
                (Field::Noise, "24031200"),
                (Field::Noise, "12/03/2024"),
            ],
        );
    }

    #[test]
    fn a_text_with_a_colon_is_no_narrative() {
        for text in ["Note: pay soon", "from: me", "12:30", ":", "http://x", "Ref: 17"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn two_parties_leave_open_which_is_the_other() {
        let found = read("From: A Ltd To: B Ltd").unwrap_or_default();
        assert!(found.parts.iter().all(|part| part.field != Field::Name));
    }
}
