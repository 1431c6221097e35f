//! Small readers of text: words compared without case, blanks taken together.

use any_ascii::any_ascii_char;

/// If `text` begins with `phrase`, without regard to case and at the end of a word, the length of what was matched.
/// `phrase` is in small letters.
pub(super) fn prefix(text: &str, phrase: &str) -> Option<usize> {
    let mut have = text.bytes();
    for (at, want) in phrase.bytes().enumerate() {
        let byte = have.next()?;
        if !byte.is_ascii() && !want.is_ascii() {
            return prefix_of_characters(text, phrase, at);
        }
        if byte.to_ascii_lowercase() != want {
            return None;
        }
    }
    at_word_end(text, phrase.len()).then_some(phrase.len())
}

/// As [`prefix`], from the first character of another alphabet on: its capital has other bytes, perhaps more of them.
fn prefix_of_characters(text: &str, phrase: &str, from: usize) -> Option<usize> {
    let mut characters = text.get(from..)?.char_indices();
    for want in phrase.get(from..)?.chars() {
        let (_, have) = characters.next()?;
        if have != want && lower(have) != want {
            return None;
        }
    }
    let end = characters.next().map_or(text.len(), |(at, _)| from + at);
    at_word_end(text, end).then_some(end)
}

/// Whether no word goes on over `end`.
fn at_word_end(text: &str, end: usize) -> bool {
    let is_word = |character: char| character.is_alphanumeric();
    let before = text.get(..end).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    !(before.is_some_and(is_word) && after.is_some_and(is_word))
}

fn lower(character: char) -> char {
    character.to_lowercase().next().unwrap_or(character)
}

/// Whether `bytes` are `word` without regard to case; `word` is in small letters.
pub(super) fn same(bytes: &[u8], word: &[u8]) -> bool {
    bytes.eq_ignore_ascii_case(word)
}

/// A word as small ASCII letters and digits alone, as far as it goes: `Rechnungs-Nr` is `rechnungsnr`.
pub(super) struct Folded {
    bytes: [u8; Self::LONGEST],
    len: usize,
}

impl Folded {
    const LONGEST: usize = 24;

    /// Folds a word; a longer one than any known is empty.
    pub(super) fn of(word: &str) -> Self {
        let mut folded = Self { bytes: [0; Self::LONGEST], len: 0 };
        if word.is_ascii() {
            word.bytes().for_each(|byte| folded.push(byte));
        } else {
            word.chars().flat_map(|character| any_ascii_char(character).bytes()).for_each(|byte| folded.push(byte));
        }
        if folded.len > Self::LONGEST {
            folded.len = 0;
        }
        folded
    }

    fn push(&mut self, byte: u8) {
        if byte.is_ascii_alphanumeric() {
            if let Some(slot) = self.bytes.get_mut(self.len) {
                *slot = byte.to_ascii_lowercase();
            }
            self.len = (self.len + 1).min(Self::LONGEST + 1);
        }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

/// Appends a text with its runs of blanks and control characters as one blank each, apart from what is there by one.
pub(super) fn append(clean: &mut String, text: &str) {
    let mut blank = !clean.is_empty();
    for character in text.chars() {
        if character.is_whitespace() || character.is_control() || character == '\u{feff}' {
            blank = !clean.is_empty();
            continue;
        }
        if blank {
            clean.push(' ');
            blank = false;
        }
        clean.push(character);
    }
}

/// A text without blanks around it and its runs of blanks as one.
pub(super) fn collapsed(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    append(&mut clean, text);
    clean
}

/// A text without blanks and the marks that hang at the ends of parts of a narrative.
pub(super) fn trim_marks(text: &str) -> &str {
    text.trim_matches(|character: char| {
        character.is_whitespace()
            || character.is_control()
            || matches!(character, ',' | ';' | '/' | '|' | '-' | ':' | '\\')
    })
}

/// As [`trim_marks`], but keeps what may belong to the text's beginning, such as a sign.
pub(super) fn trim_end_marks(text: &str) -> &str {
    text.trim().trim_end_matches(|character: char| {
        character.is_whitespace() || matches!(character, ',' | ';' | '|' | '/' | '-')
    })
}

/// Letters in a text.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|character| character.is_alphabetic()).count()
}

/// What banks write where a field has no value.
pub(super) fn is_no_value(text: &str) -> bool {
    let folded = Folded::of(text);
    let bytes = folded.as_bytes();
    if bytes.is_empty() {
        return !text.chars().any(char::is_alphanumeric);
    }
    let first = bytes.first().copied().unwrap_or_default();
    let is_masking = matches!(first, b'0' | b'x') || bytes.len() >= 6;
    bytes.iter().all(|byte| *byte == first) && is_masking
        || matches!(
            bytes,
            b"notprovided"
                | b"nonref"
                | b"noref"
                | b"notavailable"
                | b"none"
                | b"na"
                | b"null"
                | b"nil"
                | b"notprov"
                | b"unknown"
                | b"keineangabe"
                | b"nichtangegeben"
                | b"nonrenseigne"
                | b"nonfourni"
                | b"geen"
                | b"onbekend"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_at_the_beginning_is_found_in_any_case() {
        assert_eq!(prefix("ÜBERWEISUNG AN X", "überweisung"), Some("ÜBERWEISUNG".len()));
        assert_eq!(prefix("Card purchase 12", "card purchase"), Some(13));
        assert_eq!(prefix("cardpurchase", "card"), None);
        assert_eq!(prefix("POS*12", "pos"), Some(3));
        assert_eq!(prefix("", "pos"), None);
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(Folded::of("Rechnungs-Nr.").as_bytes(), b"rechnungsnr");
        assert_eq!(Folded::of("Zamówienie").as_bytes(), b"zamowienie");
        assert_eq!(Folded::of(&"x".repeat(100)).as_bytes(), b"");
    }

    #[test]
    fn no_value_is_told_from_a_value() {
        for text in ["NOTPROVIDED", "not provided", "NONREF", "XXXXXXXX", "00000", "", "---", "N/A", ""] {
            assert!(is_no_value(text), "{text}");
        }
        for text in ["RE-1", "7", "77", "X7", "NONREF1", "61109010140000071219812874"] {
            assert!(!is_no_value(text), "{text}");
        }
    }
}
