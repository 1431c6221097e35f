//! Words compared without case, accents and punctuation.

use any_ascii::any_ascii_char;

/// Lower-case ASCII words with one blank between: `Zahlungsempfänger*in` becomes `zahlungsempfanger in`. Other alphabets
/// are transliterated.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank = false;
    for character in text.chars() {
        // The degree sign of "N° facture" and the ordinal marks carry no letter.
        let ascii = match character {
            '°' | 'º' | 'ª' => " ",
            '#' => " no ",
            other => any_ascii_char(other),
        };
        for byte in ascii.bytes() {
            if !byte.is_ascii_alphanumeric() {
                blank = true;
                continue;
            }
            if blank && !folded.is_empty() {
                folded.push(' ');
            }
            blank = false;
            folded.push(byte.to_ascii_lowercase() as char);
        }
    }
    folded
}

/// Folds the name of a column, where a capital within a word begins another: `RunningBalance` is `running balance`.
pub(crate) fn fold_name(name: &str) -> String {
    let mut apart = String::with_capacity(name.len() + 4);
    let mut after_small = false;
    // Some banks mark the row of names with a number sign before each: it stands for no number there.
    let name = match name.trim_start().strip_prefix('#') {
        Some(rest) if !rest.trim().is_empty() => rest,
        _ => name,
    };
    for character in name.chars() {
        if after_small && character.is_uppercase() {
            apart.push(' ');
        }
        after_small = character.is_lowercase();
        apart.push(character);
    }
    fold(&apart)
}

/// Whether `phrase` stands in `text` as whole words; both folded.
pub(crate) fn contains_phrase(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(start, found)| {
        let end = start + found.len();
        (start == 0 || text.as_bytes().get(start - 1) == Some(&b' '))
            && (end == text.len() || text.as_bytes().get(end) == Some(&b' '))
    })
}

/// A cell's text without blanks around it and without the formula that keeps Excel from changing it: `="00123"`.
pub(crate) fn clean(text: &str) -> &str {
    // Nearly every cell begins and ends with a letter, digit or mark, and is no formula.
    if let [first, .., last] = text.as_bytes()
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
        && *first != b'='
    {
        return text;
    }
    let trimmed = text.trim();
    match trimmed.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner.trim(),
        None => trimmed,
    }
}

/// The first characters of a value, for messages.
pub(crate) fn cut(text: &str) -> String {
    const LONGEST: usize = 120;
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter() {
        for (text, folded) in [
            ("Zahlungsempfänger*in", "zahlungsempfanger in"),
            ("RunningBalance", "running balance"),
            ("  Date de l'opération ", "date de l operation"),
            ("Betrag (€)", "betrag eur"),
            ("REF #", "ref no"),
            ("#Data operacji", "data operacji"),
            ("#", "no"),
            ("Дата операции", "data operatsii"),
            ("doc_no", "doc no"),
            ("N° de transaction", "n de transaction"),
            ("BIC (SWIFT-Code)", "bic swift code"),
            ("Währung", "wahrung"),
            ("", ""),
            ("***", ""),
        ] {
            assert_eq!(fold_name(text), folded, "{text}");
        }
    }

    #[test]
    fn a_phrase_is_found_as_whole_words_only() {
        assert!(contains_phrase("saldo nach buchung", "saldo"));
        assert!(contains_phrase("datum van boeking", "boeking"));
        assert!(!contains_phrase("mandatsreferenz", "referenz"));
    }

    #[test]
    fn a_formula_that_protects_zeros_is_taken_off() {
        assert_eq!(clean(" =\"0234500012345678\" "), "0234500012345678");
        assert_eq!(clean("=1+1"), "=1+1");
    }
}
