//! The categoriser by patterns: which of very many patterns is in a text, or the text in it.
//!
//! Both ways are compiled once, for all patterns together: an Aho–Corasick automaton finds the patterns in a text in one
//! pass over it, and the sorted suffixes of the patterns find those that a text is in. Neither goes through the patterns.

use std::{cell::RefCell, cmp::Reverse, collections::HashMap};

use aho_corasick::AhoCorasick;
use tieout_domain::{CategoryPattern, fold_text};

use super::{Categoriser, CategoriserFault, Choice, TextField, TransactionTexts, containing::Containing};

/// Most bytes of all patterns together, folded: some 600,000 names. Compiling that many takes a second or two.
pub const PATTERN_BYTES_MAX: usize = 12 << 20;

/// Texts of fewer letters are part of too many words to say anything.
const LETTERS_IN_PATTERN_MIN: usize = 3;

/// How a pattern fits a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternFit {
    /// The text contains the pattern.
    PatternInText,
    /// The pattern contains the text.
    TextInPattern,
}

impl PatternFit {
    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PatternInText => "pattern_in_text",
            Self::TextInPattern => "text_in_pattern",
        }
    }
}

/// A pattern that fits, and what it has to win by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// How it fits.
    pub way: PatternFit,
    /// Its letters: the longest pattern wins.
    pub letters: usize,
}

/// How one pattern fits a text that is folded and has so many letters (see [`fold_text`]); `None` where it does not. To
/// explain a choice: the categoriser itself does not go through its patterns one by one.
pub fn fit_of(pattern: &CategoryPattern, folded: &str, letters: usize) -> Option<Fit> {
    let way = if folded.contains(pattern.folded()) {
        PatternFit::PatternInText
    } else if letters >= LETTERS_IN_PATTERN_MIN && pattern.folded().contains(folded) {
        PatternFit::TextInPattern
    } else {
        return None;
    };
    Some(Fit { way, letters: pattern.folded().chars().count() })
}

/// Why patterns cannot be used together.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternListError {
    /// One pattern stands for two categories. Letter case makes no difference between patterns.
    #[error("the pattern '{pattern}' is given for two categories")]
    TwoCategories {
        /// The pattern, as it was written the second time.
        pattern: String,
        /// Where it stands first in the list.
        first: usize,
        /// Where it stands again.
        second: usize,
    },
    /// There are too many.
    #[error("the patterns are {bytes} bytes together: at most {PATTERN_BYTES_MAX} can be used at once")]
    TooMany {
        /// Their bytes.
        bytes: usize,
    },
    /// The automaton could not be built.
    #[error("the patterns could not be compiled: {0}")]
    Automaton(String),
}

/// Finds categories by patterns, without regard to letter case (see [`fold_text`]).
///
/// A pattern fits a text that contains it, and a text of three letters or more that it contains itself. Of the patterns
/// that fit, the longest decides; of equally long ones, the earliest in the list.
#[derive(Debug)]
pub struct PatternCategoriser {
    /// Finds patterns by their rank.
    automaton: AhoCorasick,
    containing: Containing,
    /// By rank: a pattern's category and its place in the list.
    ranked: Vec<(u32, u32)>,
}

/// A pattern while the list is compiled.
struct Entry<'a> {
    folded: &'a str,
    letters: usize,
    category: usize,
    place: usize,
}

impl PatternCategoriser {
    /// Compiles patterns, each with the place of its category in a list of the caller's. A pattern given again for the
    /// same category counts once.
    pub fn new<'a>(patterns: impl IntoIterator<Item = (&'a CategoryPattern, usize)>) -> Result<Self, PatternListError> {
        let mut entries: Vec<Entry<'a>> = Vec::new();
        let mut known: HashMap<&str, (usize, usize)> = HashMap::new();
        let mut bytes = 0;
        for (place, (pattern, category)) in patterns.into_iter().enumerate() {
            let folded = pattern.folded();
            match known.insert(folded, (category, place)) {
                None => {
                    bytes += folded.len();
                    entries.push(Entry { folded, letters: folded.chars().count(), category, place });
                }
                Some((earlier, first)) if earlier != category => {
                    let pattern = pattern.to_string();
                    return Err(PatternListError::TwoCategories { pattern, first, second: place });
                }
                Some(earlier) => {
                    known.insert(folded, earlier);
                }
            }
        }
        if bytes > PATTERN_BYTES_MAX {
            return Err(PatternListError::TooMany { bytes });
        }
        // Rank 0 is what wins over all others.
        entries.sort_by_key(|entry| (Reverse(entry.letters), entry.place));
        let automaton = AhoCorasick::new(entries.iter().map(|entry| entry.folded))
            .map_err(|error| PatternListError::Automaton(error.to_string()))?;
        let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        Ok(Self {
            automaton,
            containing: Containing::new(entries.iter().map(|entry| entry.folded)),
            ranked: entries.iter().map(|entry| (number(entry.category), number(entry.place))).collect(),
        })
    }

    /// The pattern that decides over a text: its category and its place in the list.
    fn decide(&self, text: &str, folded: &mut String) -> Option<(usize, usize)> {
        let letters = fold_text(text, folded);
        let inside =
            self.automaton.find_overlapping_iter(folded.as_str()).map(|found| found.pattern().as_usize()).min();
        let around = if letters >= LETTERS_IN_PATTERN_MIN { self.containing.find(folded) } else { None };
        let rank = inside.into_iter().chain(around.map(|rank| rank as usize)).min()?;
        self.ranked.get(rank).map(|(category, place)| (*category as usize, *place as usize))
    }
}

thread_local! {
    /// Room for a folded text, kept from one to the next.
    static FOLDED: RefCell<String> = const { RefCell::new(String::new()) };
}

impl Categoriser for PatternCategoriser {
    fn name(&self) -> &'static str {
        "patterns 1"
    }

    fn categorise(&self, transaction: &TransactionTexts<'_>) -> Result<Option<Choice>, CategoriserFault> {
        let choice = FOLDED.with_borrow_mut(|folded| {
            TextField::ALL.into_iter().find_map(|field| {
                let (category, pattern) = self.decide(transaction.text(field), folded)?;
                Some(Choice { category, pattern: Some(pattern), field })
            })
        });
        Ok(choice)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(patterns: &[&str]) -> Vec<CategoryPattern> {
        patterns.iter().map(|pattern| CategoryPattern::parse(pattern).unwrap()).collect()
    }

    /// Each pattern its own category.
    fn categoriser(patterns: &[&str]) -> PatternCategoriser {
        let patterns = parse(patterns);
        PatternCategoriser::new(patterns.iter().enumerate().map(|(place, pattern)| (pattern, place))).unwrap()
    }

    fn of_text(categoriser: &PatternCategoriser, text: &str) -> Option<usize> {
        let texts = TransactionTexts { description: text, ..TransactionTexts::default() };
        categoriser.categorise(&texts).unwrap().map(|choice| choice.category)
    }

    #[track_caller]
    fn check(patterns: &[&str], text: &str, decides: Option<&str>) {
        let found = of_text(&categoriser(patterns), text).map(|place| patterns[place]);
        assert_eq!(found, decides, "{text} with {patterns:?}");
    }

    #[test]
    fn a_pattern_in_the_text_and_a_text_in_the_pattern_fit() {
        check(&["amazon"], "AMAZON MKTPLACE PMTS", Some("amazon"));
        check(&["Amazon Marketplace Payments"], "marketplace", Some("Amazon Marketplace Payments"));
        check(&["amazon"], "Tesco Stores", None);
        check(&["amazon"], "", None);
        check(&[], "Tesco Stores", None);
    }

    #[test]
    fn a_text_of_two_letters_is_part_of_no_pattern() {
        check(&["Shell", "ell"], "el", None);
        check(&["Shell"], "ell", Some("Shell"));
        check(&["Straße"], "aß", None);
        check(&["DB"], "db", Some("DB"));
        check(&["o2"], "O2", Some("o2"));
    }

    #[test]
    fn the_longest_pattern_wins_and_the_earliest_of_equally_long_ones() {
        check(&["uber", "uber eats"], "UBER EATS LONDON", Some("uber eats"));
        check(&["uber eats", "uber"], "UBER TRIP", Some("uber"));
        check(&["lidl", "aldi"], "ALDI AND LIDL", Some("lidl"));
        check(&["aldi", "lidl"], "ALDI AND LIDL", Some("aldi"));
        check(&["market a", "market b"], "market", Some("market a"));
        check(&["zürich", "zurich!"], "ZÜRICH ZURICH!", Some("zurich!"));
    }

    #[test]
    fn letter_case_and_blanks_do_not_matter_and_accents_do() {
        check(&["Straßenbahn"], "STRASSENBAHN ZÜRICH", Some("Straßenbahn"));
        check(&["GROẞMARKT"], "grossmarkt", Some("GROẞMARKT"));
        check(&["café"], "CAFÉ NERO", Some("café"));
        check(&["café"], "CAFE\u{301} NERO", Some("café"));
        check(&["café"], "CAFE NERO", None);
        check(&["İstanbul"], "İSTANBUL KART", Some("İstanbul"));
        check(&["big  store"], "Big Store 12", Some("big  store"));
    }

    #[test]
    fn the_counterparty_is_asked_before_the_description_and_that_before_the_reference() {
        let categoriser = categoriser(&["shell", "rent of the month", "fuel"]);
        let ask = |counterparty, description, reference| {
            let texts = TransactionTexts { counterparty, description, reference };
            categoriser.categorise(&texts).unwrap().map(|choice| (choice.category, choice.field.as_str()))
        };
        assert_eq!(ask("Shell 0231", "rent of the month", "fuel"), Some((0, "counterparty")));
        assert_eq!(ask("Groth", "rent of the month", "fuel"), Some((1, "description")));
        assert_eq!(ask("Groth", "thanks", "FUEL"), Some((2, "reference")));
        assert_eq!(ask("Groth", "thanks", "RE-1"), None);
    }

    #[test]
    fn a_pattern_for_two_categories_is_refused_and_one_given_twice_counts_once() {
        let patterns = parse(&["Shell", "Aral", "SHELL"]);
        let two = PatternCategoriser::new(patterns.iter().zip([0, 1, 1]));
        let refused = PatternListError::TwoCategories { pattern: "SHELL".to_owned(), first: 0, second: 2 };
        assert_eq!(two.unwrap_err(), refused);
        let once = PatternCategoriser::new(patterns.iter().zip([0, 1, 0])).unwrap();
        assert_eq!(of_text(&once, "shell"), Some(0));
        assert_eq!(refused.to_string(), "the pattern 'SHELL' is given for two categories");
    }

    #[test]
    fn another_categoriser_can_take_its_place() {
        struct Everything;
        impl Categoriser for Everything {
            fn name(&self) -> &'static str {
                "everything 1"
            }
            fn categorise(&self, texts: &TransactionTexts<'_>) -> Result<Option<Choice>, CategoriserFault> {
                if texts.description.is_empty() {
                    return Err(CategoriserFault("there is nothing to read".to_owned()));
                }
                Ok(Some(Choice { category: 7, pattern: None, field: TextField::Description }))
            }
        }
        let all: [Box<dyn Categoriser>; 2] = [Box::new(categoriser(&["rent"])), Box::new(Everything)];
        let texts = TransactionTexts { description: "Rent", ..TransactionTexts::default() };
        let chosen = all.iter().map(|one| one.categorise(&texts).unwrap().unwrap().category);
        assert_eq!(chosen.collect::<Vec<_>>(), [0, 7]);
        assert!(Everything.categorise(&TransactionTexts::default()).is_err());
    }

    /// What the issue says, word by word.
    fn by_brute_force(patterns: &[CategoryPattern], text: &str) -> Option<usize> {
        let mut folded = String::new();
        let letters = fold_text(text, &mut folded);
        let mut best: Option<(usize, usize)> = None;
        for (place, pattern) in patterns.iter().enumerate() {
            let pattern = pattern.folded();
            let fits = folded.contains(pattern) || (letters >= 3 && pattern.contains(folded.as_str()));
            let length = pattern.chars().count();
            if fits && best.is_none_or(|(longest, _)| length > longest) {
                best = Some((length, place));
            }
        }
        best.map(|(_, place)| place)
    }

    /// Few letters, so that much is found; some of several bytes, some that fold into two.
    fn text(letters: std::ops::Range<usize>) -> impl Strategy<Value = String> {
        let letter = prop::sample::select(vec!['a', 'A', 'b', 'c', 'ß', 'S', 's', 'é', 'E', 'İ', 'i', ' ', '京', '😀']);
        prop::collection::vec(letter, letters).prop_map(|letters| letters.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn it_finds_what_brute_force_finds(
            patterns in prop::collection::vec(text(1..8), 0..40),
            texts in prop::collection::vec(text(0..14), 1..20),
        ) {
            let mut patterns: Vec<CategoryPattern> =
                patterns.iter().filter_map(|pattern| CategoryPattern::parse(pattern).ok()).collect();
            let mut seen = std::collections::HashSet::new();
            patterns.retain(|pattern| seen.insert(pattern.folded().to_owned()));
            let categoriser =
                PatternCategoriser::new(patterns.iter().enumerate().map(|(place, pattern)| (pattern, place))).unwrap();
            for text in texts {
                let found = of_text(&categoriser, &text);
                prop_assert_eq!(found, by_brute_force(&patterns, &text), "{:?}", text);
                let mut folded = String::new();
                let letters = fold_text(&text, &mut folded);
                let fits = patterns.iter().enumerate().filter_map(|(at, one)| Some((fit_of(one, &folded, letters)?, at)));
                let explained = fits.max_by_key(|(fit, at)| (fit.letters, Reverse(*at))).map(|(_, at)| at);
                prop_assert_eq!(explained, found, "{:?}", text);
            }
        }
    }
}
