//! How a bank begins its texts: words that only say what kind of transaction it is, card payments, and "transfer from"
//! with the other party behind.

use std::sync::LazyLock;

use super::{Field, Narrative, cards};
use crate::normalise::{
    labels::{self, Label},
    text::{letters, prefix, trim_marks},
    token,
};

/// What follows the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// The payer's text.
    Text,
    /// The other party, then perhaps the text.
    Party,
    /// A merchant among numbers of cards and terminals.
    Card,
    /// As above, if there is a number; the words are used otherwise too.
    CardWithNumber,
}

/// Words in small letters, apart by `|`.
const OPENINGS: &[(Then, &str)] = &[
    (
        Then::Text,
        "sepa-überweisung|sepa überweisung|sepa-ueberweisung|sepa-lastschrift|sepa lastschrift|sepa-gutschrift|sepa gutschrift|\
         sepa-überweisungsgutschrift|gutschrift überweisung|gutschr. überweisung|überweisungsgutschrift|überweisungsauftrag|\
         überweisung online|online-überweisung|echtzeitüberweisung|echtzeit-überweisung|sepa-echtzeitüberweisung|\
         sammelüberweisung|folgelastschrift|erstlastschrift|basislastschrift|sepa-basislastschrift|firmenlastschrift|\
         dauerauftragsgutschrift|gutschrift dauerauftrag|gutschrift aus dauerauftrag|dauerauftrag|überweisung|lastschrift|\
         abbuchung onlinebanking|abbuchung einzugsermächtigung|gutschrift onlinebanking|zahlungseingang|zahlungsausgang",
    ),
    (
        Then::Text,
        "virement sepa recu|virement sepa reçu|virement sepa emis|virement sepa émis|virement sepa|virement recu|virement reçu|\
         virement emis|virement émis|virement instantane recu|virement instantané reçu|virement instantané|\
         virement en votre faveur|virement en euros|virement europeen|vir sepa recu|vir sepa emis|vir sepa inst|vir sepa|\
         vir inst recu|vir inst emis|vir inst|vir recu|vir emis|vir|virement|prlv sepa|prlv|prelevement sepa|prélèvement sepa|\
         prelevement|prélèvement|prelevement europeen|domiciliation europeenne|domiciliation",
    ),
    (
        Then::Text,
        "sepa overboeking|sepa incasso algemeen doorlopend|sepa incasso algemeen eenmalig|sepa incasso bedrijven doorlopend|\
         sepa incasso|sepa ideal|sepa periodieke overb.|sepa spoedoverboeking|spoedoverboeking|overboeking|incasso|\
         overschrijving in euro|instantoverschrijving|overschrijving|europese domiciliering|europese domiciliëring|domiciliering",
    ),
    (
        Then::Text,
        "transferencia recibida|transferencia emitida|transferencia inmediata|transferencia|recibo domiciliado|adeudo recibo|\
         adeudo directo|bonifico sepa|bonifico istantaneo|bonifico a vostro favore|bonifico in uscita|bonifico in entrata|\
         disposizione di bonifico|bonifico|addebito sdd|addebito diretto sepa|addebito diretto|transferência recebida|\
         transferência on line|transferencia on line|transferência|débito direto|debito direto|débito directo",
    ),
    (
        Then::Text,
        "sepa credit transfer|sepa direct debit|sepa instant payment|sepa instant credit receipt|faster payments receipt|\
         faster payment|bank giro credit|bill payment|automated credit|inward payment|inward transfer|direct debit payment|\
         direct debit|direct credit|standing order|ach electronic credit|ach electronic debit|ach credit|ach debit|\
         ach deposit|electronic deposit|electronic payment|incoming wire transfer|outgoing wire transfer|wire transfer|\
         fedwire credit|fedwire debit|fps credit|fps debit|bgc|magtape credit|magtape debit|sepa ct|sepa dd|eft credit|eft debit|electronic funds transfer|funds transfer",
    ),
    (
        Then::Text,
        "przelew przychodzący|przelew wychodzący|przelew zewnętrzny|przelew wewnętrzny|przelew internetowy|przelew elixir|\
         przelew krajowy|przelew środków|przelew|napközbeni átutalás|átutalás|bezhotovostní platba|příchozí úhrada|\
         odchozí úhrada|příchozí platba|odchozí platba|överföring|overføring|overførsel|innbetaling|autogiro|avtalegiro|\
         bankgiro|tilisiirto|leverantörsbetalning",
    ),
    (
        Then::Party,
        "ib payment from|ib payment to|app payment from|payshap from|payshap to|sepa-überweisung an|sepa-überweisung von|\
         sepa-gutschrift von|sepa-lastschrift von|bonifico a vs favore ord|bonifico a vostro favore ord|\
         bill payment via faster payment to|standing order via faster payment to|direct debit payment to|direct debit to|\
         bill payment to|standing order to|faster payment to|faster payment from|zelle payment to|zelle payment from|zelle to|\
         zelle from|wire transfer from|wire transfer to|interac e-transfer from|interac e-transfer to|e-transfer from|\
         e-transfer to|überweisung an|überweisung von|gutschrift von|lastschrift von|lastschrift an|dauerauftrag an|\
         virement sepa de|virement recu de|virement reçu de|virement de|virement en faveur de|virement en votre faveur de|\
         vir sepa recu de|vir sepa de|vir inst de|vir recu de|vir de|overboeking van|overboeking naar|overschrijving van|\
         overschrijving naar|transferencia recibida de|transferencia emitida a|transferencia inmediata de|\
         transferencia inmediata a favor de|transferencia a favor de|transferencia de|bizum de|bizum a favor de|\
         bonifico a vostro favore da|bonifico a vs favore da|bonifico da|bonifico a favore di|\
         disposizione di bonifico a favore di|transferência recebida de|transferência de|pix recebido de|pix recebido|\
         pix enviado para|pix enviado|trf mb way de|trf mb way p/|trf de|trf p/|przelew od|przelew do|przelew na rzecz|\
         swish från|swish till|vipps fra|vipps til",
    ),
    (
        Then::Card,
        "card purchase|debit card purchase|credit card purchase|recurring card purchase|card payment to|card payment|\
         pos purchase|pos debit|visa purchase|visa debit purchase|eftpos purchase|contactless payment|checkcard|\
         purchase authorized on|recurring payment authorized on|point of sale purchase|point of sale|card transaction|\
         pin purchase|kartenzahlung|kartenumsatz|ec-kartenzahlung|debitkartenzahlung|girocard-zahlung|kreditkartenzahlung|\
         paiement par carte|paiement par cb|paiement cb|paiement carte|achat par carte|achat cb|achat carte|facture carte du|\
         facture carte|paiement avec la carte de debit numero|paiement avec la carte de débit numéro|betaalautomaat|\
         bea, betaalpas|bea, google pay|bea, apple pay|betaling met kaart|betaling met debetkaart nummer|pinbetaling|\
         compra tarj.|compra tarjeta|compra con tarjeta|compra en comercio|pago con tarjeta|pago movil en|pago móvil en|\
         pago en|pagamento pos|pagamento tramite pos|pagamento con carta|acquisto pos|acquisto con carta|\
         compra com cartão|compra com cartao|compra cartão|płatność kartą|zakup przy użyciu karty|transakcja kartą|\
         kortköp|kortkøb|kortkjøp|varekjøp|dankort-nota|visa köp|visa køb|visa kob|visa vare|korttiosto|vásárlás kártyával|\
         kártyás vásárlás|platba kartou|nákup kartou|nákup u obchodníka",
    ),
    (Then::CardWithNumber, "carte|cb|pos|vis|bea|compra|eftpos|girocard|visa|mastercard|contactless"),
];

struct Opening {
    words: &'static str,
    then: Then,
}

/// The openings by their first letter, of those the longest first; all that begin with another alphabet share one.
static BY_FIRST: LazyLock<Vec<Vec<Opening>>> = LazyLock::new(|| {
    let mut by_first: Vec<Vec<Opening>> = std::iter::repeat_with(Vec::new).take(LETTERS + 1).collect();
    for (then, list) in OPENINGS {
        for words in list.split('|') {
            if let Some(bucket) = by_first.get_mut(bucket(words)) {
                bucket.push(Opening { words, then: *then });
            }
        }
    }
    by_first.iter_mut().for_each(|bucket| bucket.sort_by_key(|opening| std::cmp::Reverse(opening.words.len())));
    by_first
});

const LETTERS: usize = 26;

fn bucket(text: &str) -> usize {
    match text.bytes().next().map(|byte| byte.to_ascii_lowercase()) {
        Some(letter @ b'a'..=b'z') => usize::from(letter - b'a'),
        Some(0x80..) => LETTERS,
        _ => LETTERS + 1,
    }
}

fn find(text: &str) -> Option<(Then, &str)> {
    BY_FIRST.get(bucket(text))?.iter().find_map(|opening| {
        let rest = text.get(prefix(text, opening.words)?..)?;
        (opening.then != Then::CardWithNumber || rest.bytes().any(|byte| byte.is_ascii_digit()))
            .then_some((opening.then, rest))
    })
}

/// A purpose without the bank's words before it; empty where it is nothing else.
pub(in crate::normalise) fn stripped(text: &str) -> &str {
    let mut rest = text.trim_start();
    for _ in 0..3 {
        match find(rest) {
            Some((Then::Text | Then::Party, behind)) => rest = trim_marks(behind),
            _ => break,
        }
    }
    rest
}

pub(super) fn read(text: &str) -> Option<Narrative<'_>> {
    let text = text.trim_start();
    let (mut rest, mut dropped) = (text, 0);
    while dropped < 3 {
        match find(rest) {
            Some((Then::Text, behind)) => rest = trim_marks(behind),
            Some((Then::Party, behind)) => match party(text, behind) {
                Some(named) => return Some(named),
                None => rest = trim_marks(behind),
            },
            Some((Then::Card | Then::CardWithNumber, behind)) => return cards::read(behind),
            None => break,
        }
        dropped += 1;
    }
    if dropped == 0 || letters(rest) < 3 {
        return None;
    }
    let mut narrative = Narrative::default();
    narrative.push(Field::Purpose, rest);
    Some(narrative)
}

/// A text that begins with "transfer from" and the other party.
pub(super) fn party_of(text: &str) -> Option<Narrative<'_>> {
    let text = text.trim_start();
    match find(text) {
        Some((Then::Party, behind)) => party(text, behind),
        _ => None,
    }
}

/// Words after a name.
const AFTER_NAME: [&str; 26] = [
    "ref",
    "reference",
    "concepto",
    "concept",
    "motif",
    "causale",
    "mandate",
    "memo",
    "rif",
    "re",
    "for",
    "kenmerk",
    "conf",
    "on",
    "saldo",
    "acconto",
    "acompte",
    "solde",
    "loyer",
    "miete",
    "rent",
    "mededeling",
    "omschrijving",
    "verwendungszweck",
    "betreff",
    "tytułem",
];

/// Of those, the ones that only say that the payer's text follows.
const BEFORE_TEXT: [&str; 11] = [
    "concepto",
    "concept",
    "motif",
    "causale",
    "memo",
    "omschrijving",
    "mededeling",
    "verwendungszweck",
    "betreff",
    "tytułem",
    "conf",
];

/// `to ACME LTD REFERENCE RENT , MANDATE NO 12`: the name ends at such a word, a comma, or a number.
fn party<'t>(text: &'t str, behind: &'t str) -> Option<Narrative<'t>> {
    let behind = trim_marks(behind);
    let end = end_of_name(behind);
    let (name, rest) = (trim_marks(behind.get(..end)?), trim_marks(behind.get(end..)?));
    if letters(name) < 3 {
        return None;
    }
    let mut narrative = Narrative::default();
    narrative.push(Field::Kind, text.get(..text.len() - behind.len()).unwrap_or_default());
    narrative.push(Field::Name, name);
    if let Some(len) = prefix(rest, "iban") {
        narrative.push(Field::Account, rest.get(len..)?);
        return Some(narrative);
    }
    let lead = BEFORE_TEXT.iter().find_map(|word| prefix(rest, word)).unwrap_or(0);
    let rest = trim_marks(rest.get(lead..)?.trim_start_matches('#'));
    let says_something =
        rest.contains(' ') || rest.bytes().any(|byte| byte.is_ascii_digit()) || labels::of(rest).is_none();
    narrative.push(Field::Purpose, if says_something { rest } else { "" });
    Some(narrative)
}

fn end_of_name(behind: &str) -> usize {
    let mut at = 0;
    while let Some(token) = token::next(behind.as_bytes(), at) {
        let word = token.text(behind);
        let after_comma = at > 0 && behind.get(at..token.start).is_some_and(|gap| gap.contains([',', ';']));
        if after_comma {
            return at;
        }
        let ends = token.digits > 0
            || token.start > 0 && AFTER_NAME.iter().any(|known| word.eq_ignore_ascii_case(known))
            || matches!(labels::of(word), Some(Label::Document | Label::Number | Label::Customer))
            || word.eq_ignore_ascii_case("iban")
            // A customer's code, letter by letter.
            || behind.get(token.start..).is_some_and(|rest| rest.starts_with("C U S "));
        if ends {
            return token.start;
        }
        at = token.end;
    }
    behind.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, parts: &[(Field, &str)]) {
        let found: Vec<(Field, &str)> = read(text)
            .unwrap_or_default()
            .parts
            .iter()
            .map(|part| (part.field, part.text))
            .filter(|(field, _)| *field != Field::Kind)
            .collect();
        assert_eq!(found, parts, "{text}");
    }

    #[test]
    fn the_kind_is_taken_off_the_text() {
        check("SEPA-Überweisung RE-17 Danke", &[(Field::Purpose, "RE-17 Danke")]);
        check("VIR SEPA ACME SARL", &[(Field::Purpose, "ACME SARL")]);
        check("Dauerauftrag", &[]);
        check("Überweisungen sind teuer", &[]);
    }

    #[test]
    fn a_party_ends_where_something_else_begins() {
        check(
            "BILL PAYMENT VIA FASTER PAYMENT TO J SMITH REFERENCE RENT , MANDATE NO 12",
            &[(Field::Name, "J SMITH"), (Field::Purpose, "REFERENCE RENT , MANDATE NO 12")],
        );
        check(
            "Transferencia De Acme Sl, Concepto Factura 118.",
            &[(Field::Name, "Acme Sl"), (Field::Purpose, "Factura 118.")],
        );
        check("Pix recebido - Jane Doe 23698004020", &[(Field::Name, "Jane Doe"), (Field::Purpose, "23698004020")]);
        check("Virement de ACME FACTURE 118", &[(Field::Name, "ACME"), (Field::Purpose, "FACTURE 118")]);
        check("Überweisung an 12345", &[]);
        check("BILL PAYMENT TO AVON ROOFING REF:", &[(Field::Name, "AVON ROOFING")]);
        check(
            "Überweisung an Erika Muster IBAN DE89370400440532013000",
            &[(Field::Name, "Erika Muster"), (Field::Account, "DE89370400440532013000")],
        );
    }
}
