//! What a card payment says: the merchant, among the numbers of cards and terminals, days, times and amounts.

use super::{Field, Narrative};
use crate::normalise::{
    labels::{self, Label},
    shape,
    text::{letters, trim_marks},
    token::{self, Token},
};

/// The merchant in what stands behind the words for a card payment; `None` where nothing is left.
pub(super) fn read(text: &str) -> Option<Narrative<'_>> {
    // Sparkassen close the merchant with two slashes: `ACME MARKT//KOELN/DE 2024-03-12T…`.
    let text = match text.find("//") {
        Some(end) if letters(text.get(..end).unwrap_or_default()) >= 3 => text.get(..end).unwrap_or(text),
        _ => text,
    };
    // ABN AMRO closes it with the number of the card: `JUMBO BREDA,PAS263`.
    let text = text.rfind(",PAS").and_then(|end| text.get(..end)).filter(|front| letters(front) >= 3).unwrap_or(text);
    let mut narrative = Narrative { is_card: true, ..Narrative::default() };
    let mut run: Option<(usize, usize)> = None;
    let mut after_noise = true;
    let words: Words<'_> = Words { text, at: 0 };
    let mut words = words.peekable();
    while let Some((start, word)) = words.next() {
        let next = words.peek().map_or("", |(_, next)| *next);
        if is_noise(word, next, after_noise) {
            after_noise = true;
            flush(&mut narrative, text, &mut run);
            continue;
        }
        after_noise = false;
        run = Some((run.map_or(start, |(first, _)| first), start + word.len()));
    }
    flush(&mut narrative, text, &mut run);
    let named: usize = narrative.parts.iter().map(|part| letters(part.text)).sum();
    (named >= 3).then_some(narrative)
}

fn flush<'t>(narrative: &mut Narrative<'t>, text: &'t str, run: &mut Option<(usize, usize)>) {
    if let Some((start, end)) = run.take() {
        let merchant = trim_marks(text.get(start..end).unwrap_or_default()).trim_start_matches(['*', '.']);
        narrative.push(Field::Name, merchant);
    }
}

/// Words between blanks, with their places.
struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Words<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + rest.find(|character: char| !character.is_whitespace())?;
        let rest = self.text.get(start..)?;
        let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
        self.at = start + len;
        Some((start, rest.get(..len)?))
    }
}

/// Whether a word is of the card, the terminal, the day or the amount.
fn is_noise(word: &str, next: &str, after_noise: bool) -> bool {
    let bare = trim_marks(word);
    let token = token::next(bare.as_bytes(), 0).unwrap_or_default();
    if token == Token::default() {
        return !matches!(bare, "&" | "+");
    }
    if bare.bytes().any(|byte| byte.is_ascii_digit()) {
        return is_number(bare);
    }
    let is_masked = bare.len() >= 4 && bare.bytes().all(|byte| matches!(byte, b'X' | b'x' | b'*' | b'#' | b'.'));
    let numbered = next.bytes().any(|byte| byte.is_ascii_digit()) && is_number(trim_marks(next));
    is_masked || numbered && is_word_before_number(bare) || after_noise && is_word_after_number(bare)
}

fn is_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let bytes = word.as_bytes();
    let starts_with_digit = bytes.first().is_some_and(u8::is_ascii_digit);
    digits >= 3
        || word.contains(['*', ':', '#'])
        || shape::is_date(bytes)
        || starts_with_digit && word.contains(['.', ','])
}

fn is_word_before_number(word: &str) -> bool {
    matches!(labels::of(word), Some(Label::Other | Label::Number | Label::Link))
        || ["on", "at", "um", "le", "el", "date", "am", "kl", "den", "dnia", "no.", "nr:", "ref", "s"]
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
        || is_currency(word)
}

fn is_word_after_number(word: &str) -> bool {
    is_currency(word)
        || [
            "uhr",
            "card",
            "carte",
            "cb",
            "debit",
            "et",
            "karte",
            "rate",
            "le",
            "tarjeta",
            "carta",
            "pas",
            "betaalpas",
            "cash",
        ]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

fn is_currency(word: &str) -> bool {
    shape::is_currency(word.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merchant(text: &str) -> String {
        read(text).unwrap_or_default().parts.iter().map(|part| part.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_merchant_is_what_is_left() {
        for (text, expected) in [
            (" 1234 TESCO STORES LONDON", "TESCO STORES LONDON"),
            (" ACME MARKT//KOELN/DE 2024-03-12T10:33:44 KFN 1 VJ 2612", "ACME MARKT"),
            (" 03/12 COFFEE HOUSE SEATTLE WA S464072 CARD 1234", "COFFEE HOUSE SEATTLE WA"),
            (" TO TESCO 3345,4.50 GBP, RATE 1.00/GBP ON 12-03-2024", "TO TESCO"),
            (" X1234 12/03 BOULANGERIE DU PORT", "BOULANGERIE DU PORT"),
            (" 5402XXXXXXXX1234 MERCADO CENTRAL-SORIA", "MERCADO CENTRAL-SORIA"),
            (" - 02/11 16:57 PADARIA SOL", "PADARIA SOL"),
            (" ,PAS123 NR:AB12C3, 12.03.24/12:33 JUMBO BREDA", "JUMBO BREDA"),
            (" 240312 ICA NARA", "ICA NARA"),
            (" 7-ELEVEN 22", "7-ELEVEN 22"),
        ] {
            assert_eq!(merchant(text), expected, "{text}");
        }
        assert_eq!(read(" 1234 12:30"), None);
    }
}
