//! Categories of transactions, and the patterns by which they are found.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// Most letters of a pattern. Longer ones are texts pasted by mistake.
pub const PATTERN_LETTERS_MAX: usize = 1_000;

/// Most letters of a category's name.
pub const CATEGORY_LETTERS_MAX: usize = 200;

/// How far a transaction has come on its way to a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CategoryStatus {
    /// Not looked at yet, or to be looked at again.
    Pending,
    /// A sweep has taken it up.
    Processing,
    /// It was looked at, or a person chose. It has a category, unless none fitted.
    Completed,
    /// The categoriser could not judge it.
    Failed,
}

impl CategoryStatus {
    /// All of them, in the order in which a transaction goes through them.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Processing, Self::Completed, Self::Failed];

    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Processing => "processing",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }
}

/// A text that, found in a transaction's, gives it a category; or that a transaction's text is found in.
///
/// Invariants: neither empty nor blank, and of no more than [`PATTERN_LETTERS_MAX`] letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryPattern {
    text: String,
    folded: String,
}

/// Why a text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CategoryPatternError {
    /// It would be found everywhere.
    #[error("a pattern is empty: it would fit every transaction")]
    Empty,
    /// It is longer than any name.
    #[error("a pattern of {letters} letters is too long: at most {PATTERN_LETTERS_MAX} are taken")]
    TooLong {
        /// How many it has.
        letters: usize,
    },
}

impl CategoryPattern {
    /// Takes a text as a pattern. Blanks at its ends do not belong to it.
    pub fn parse(text: &str) -> Result<Self, CategoryPatternError> {
        let text = text.trim();
        let mut folded = String::with_capacity(text.len());
        let letters = fold_text(text, &mut folded);
        if letters == 0 {
            return Err(CategoryPatternError::Empty);
        }
        if letters > PATTERN_LETTERS_MAX {
            return Err(CategoryPatternError::TooLong { letters });
        }
        Ok(Self { text: text.to_owned(), folded })
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The pattern as it is compared: see [`fold_text`]. Patterns that are equal here are one.
    pub fn folded(&self) -> &str {
        &self.folded
    }
}

impl fmt::Display for CategoryPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Writes `text` as texts are compared where letter case must not matter, in place of what `folded` held, and answers how
/// many letters it has: characters of any kind, blanks included, counted before folding.
///
/// Letters are folded as Unicode folds them: `ß` and `ẞ` are `ss`, `İ` is `i` with a dot above (so it is no plain `i`),
/// `ς` is `σ`. Accents stay what they are: `é` is not `e`, but it is the same whether written as one character or two.
/// Blanks at the ends are dropped, and any run of blanks within is one space.
pub fn fold_text(text: &str, folded: &mut String) -> usize {
    folded.clear();
    let mut letters = 0;
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
            letters += 1;
        }
        if word.is_ascii() {
            folded.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
            letters += word.len();
        } else {
            for letter in word.nfc() {
                // Down first, since some capitals (ẞ) have no other one; and up, where what is one letter below may be two.
                folded.extend(letter.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase));
                letters += 1;
            }
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> String {
        let mut out = "what was there before".to_owned();
        fold_text(text, &mut out);
        out
    }

    #[test]
    fn letter_case_does_not_matter_in_any_script() {
        for (text, same) in [
            ("AMAZON Marketplace", "amazon marketplace"),
            ("STRASSE", "Straße"),
            ("STRAẞE", "straße"),
            ("ΟΔΟΣ", "οδος"),
            ("οδος", "οδοσ"),
            ("ЯНДЕКС", "яндекс"),
            ("İSTANBUL", "i\u{307}stanbul"),
            ("Café", "CAFE\u{301}"),
            ("  two\t words ", "TWO WORDS"),
        ] {
            assert_eq!(folded(text), folded(same), "{text}");
        }
    }

    #[test]
    fn accents_stay_what_they_are() {
        for (text, other) in [("café", "cafe"), ("Müller", "Mueller"), ("Müller", "Muller"), ("İzmir", "Izmir")] {
            assert_ne!(folded(text), folded(other), "{text}");
        }
    }

    #[test]
    fn letters_are_counted_as_people_count_them() {
        let count = |text| fold_text(text, &mut String::new());
        assert_eq!(["", " \t", "ab", "aß", "e\u{301}a", " a  b ", "abc"].map(count), [0, 0, 2, 2, 2, 3, 3]);
    }

    #[test]
    fn what_would_fit_everything_or_is_no_name_is_no_pattern() {
        assert_eq!(CategoryPattern::parse(" \u{a0}\n"), Err(CategoryPatternError::Empty));
        let long = "x".repeat(PATTERN_LETTERS_MAX + 1);
        assert_eq!(
            CategoryPattern::parse(&long),
            Err(CategoryPatternError::TooLong { letters: PATTERN_LETTERS_MAX + 1 })
        );
        let pattern = CategoryPattern::parse("  Shell  Oil ").unwrap();
        assert_eq!((pattern.as_str(), pattern.folded()), ("Shell  Oil", "shell oil"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC*") {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once);
        }
    }
}
