//! Texts as the engine reads them: upper-case ASCII words.

use std::{borrow::Cow, ops::Range};

/// Words that say what form a company or person has, not which one it is.
const FORMS: &[&str] = &[
    "AB",
    "AD",
    "AG",
    "AND",
    "APS",
    "AS",
    "BK",
    "BPK",
    "BV",
    "CC",
    "CIE",
    "CO",
    "COMPANY",
    "CORP",
    "CORPORATION",
    "CV",
    "DOO",
    "DR",
    "EAD",
    "EDMS",
    "EE",
    "EK",
    "EOOD",
    "ET",
    "EU",
    "EURL",
    "FILS",
    "GBR",
    "GES",
    "GESMBH",
    "GMBH",
    "HAFTUNGSBESCHRANKT",
    "IKE",
    "INC",
    "INCORPORATED",
    "KFT",
    "KG",
    "KGAA",
    "LIMITED",
    "LLC",
    "LLP",
    "LP",
    "LTD",
    "LTDA",
    "MBH",
    "MISS",
    "MR",
    "MRS",
    "MS",
    "NPC",
    "NV",
    "OE",
    "OG",
    "OHG",
    "OOD",
    "OU",
    "OY",
    "OYJ",
    "PLC",
    "PROF",
    "PTE",
    "PTY",
    "PVT",
    "RT",
    "SA",
    "SARL",
    "SAS",
    "SL",
    "SLU",
    "SNC",
    "SPA",
    "SPRL",
    "SRL",
    "SRO",
    "THE",
    "UG",
    "UK",
    "UND",
    "VOF",
    "ZOO",
];

/// Upper-case ASCII, other scripts transliterated, apostrophes gone.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = if text.is_ascii() { text.to_owned() } else { any_ascii::any_ascii(text) };
    folded.make_ascii_uppercase();
    if folded.contains(['\'', '`']) {
        folded.retain(|c| c != '\'' && c != '`');
    }
    folded
}

/// Runs of letters and digits of a folded text.
pub(crate) fn words(folded: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = folded.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        (start < at).then_some(start..at)
    })
}

/// Letters and digits of a text, nothing between them.
pub(crate) fn compact(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(|c| c.is_ascii_alphanumeric());
    folded
}

/// Without leading zeros.
pub(crate) fn strip_zeros(digits: &str) -> &str {
    digits.trim_start_matches('0')
}

/// Runs of digits of a word.
pub(crate) fn digit_runs(word: &str) -> impl Iterator<Item = &str> + '_ {
    word.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty())
}

/// Whether the text holds a digit.
pub(crate) fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Runs of letters and of digits in one word from which on it is an identifier and holds no name: `CH3TVC9X`.
const IDENTIFIER_RUNS_MIN: usize = 3;

/// The letters of names in a folded text, spelt alike whichever way umlauts were written.
pub(crate) fn name_words(folded: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let may_be_a_name = |word: &&str| {
        let bytes = word.as_bytes();
        let turns = bytes.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit());
        turns.count() + 1 < IDENTIFIER_RUNS_MIN
    };
    let words = words(folded).map(|range| &folded[range]).filter(may_be_a_name);
    let letters = words.map(|word| word.trim_matches(|c: char| c.is_ascii_digit()));
    letters.filter(|word| !word.is_empty()).map(spelling)
}

/// `MUELLER` and `MULLER` become one word.
fn spelling(word: &str) -> Cow<'_, str> {
    let umlaut = |pair: &[u8]| pair[1] == b'E' && matches!(pair[0], b'A' | b'O' | b'U');
    if word.len() <= 3 || !word.as_bytes().windows(2).any(umlaut) {
        return Cow::Borrowed(word);
    }
    let mut spelt = String::with_capacity(word.len());
    for c in word.chars() {
        if c == 'E' && matches!(spelt.as_bytes().last(), Some(b'A' | b'O' | b'U')) {
            continue;
        }
        spelt.push(c);
    }
    Cow::Owned(spelt)
}

/// Whether the word names a legal form, a title or nothing at all.
pub(crate) fn is_form(word: &str) -> bool {
    word.len() < 2 || FORMS.binary_search(&word).is_ok()
}

/// Whether the optimal string alignment distance is one: a letter more, less or other, or two neighbours swapped.
pub(crate) fn one_edit_apart(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len().abs_diff(right.len()) > 1 {
        return false;
    }
    let front = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[front..], &right[front..]);
    let back = left.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&left[..left.len() - back], &right[..right.len() - back]) {
        ([], [_]) | ([_], []) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_are_sorted_for_the_search() {
        assert!(FORMS.is_sorted());
    }

    #[test]
    fn umlauts_accents_and_other_scripts_read_alike() {
        for (left, right) in
            [("Müller", "MUELLER"), ("Groß Bäckerei", "GROSS BACKEREI"), ("Строителство", "STROITELSTVO")]
        {
            let read = |text: &str| name_words(&fold(text)).map(Cow::into_owned).collect::<Vec<_>>();
            assert_eq!(read(left), read(right), "{left}");
        }
    }

    #[test]
    fn a_name_may_stand_at_a_number_but_not_in_an_identifier() {
        let folded = fold("RECHNUNG41816 3tVCey9aRh 24Harbour GB29NWBK6016");
        assert_eq!(name_words(&folded).collect::<Vec<_>>(), ["RECHNUNG", "HARBOUR"]);
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let folded = fold("INV-00412/23 o'Neill");
        assert_eq!(words(&folded).map(|range| &folded[range]).collect::<Vec<_>>(), ["INV", "00412", "23", "ONEILL"]);
        assert_eq!(compact(" RE-2024 / 07 "), "RE202407");
    }

    #[test]
    fn one_typing_error_is_one_edit() {
        for (left, right, near) in
            [("10473", "10437", true), ("1047", "10473", true), ("1047", "1047", false), ("10473", "10374", false)]
        {
            assert_eq!(one_edit_apart(left, right), near, "{left} {right}");
        }
    }

    proptest::proptest! {
        #[test]
        fn one_edit_is_what_strsim_calls_a_distance_of_one(left in "[AB1]{0,6}", right in "[AB1]{0,6}") {
            assert_eq!(one_edit_apart(&left, &right), strsim::osa_distance(&left, &right) == 1);
        }
    }
}
