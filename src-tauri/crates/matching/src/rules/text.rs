//! Texts as rules compare them.

use std::collections::HashMap;

use rayon::prelude::*;
use tieout_domain::{EntryField, Field, LedgerEntry, LineField, Pattern, Relation, StatementLine, TextTest};

/// A test of one text, with what it looks for folded.
#[derive(Debug)]
pub(super) struct CompiledText {
    field: Field,
    looked_for: LookedFor,
}

#[derive(Debug)]
enum LookedFor {
    Equals(String),
    Contains(String),
    StartsWith(String),
    Matches(Pattern),
}

impl CompiledText {
    pub(super) fn new(field: Field, test: &TextTest) -> Self {
        let looked_for = match test {
            TextTest::Equals(text) => LookedFor::Equals(fold(text)),
            TextTest::Contains(text) => LookedFor::Contains(fold(text)),
            TextTest::StartsWith(text) => LookedFor::StartsWith(fold(text)),
            TextTest::Matches(pattern) => LookedFor::Matches(pattern.clone()),
        };
        Self { field, looked_for }
    }

    pub(super) fn holds_for_line(&self, line: &StatementLine) -> bool {
        match self.field {
            Field::Line(field) => self.looked_for.is_in(&field.of(line)),
            Field::Entry(_) => false,
        }
    }

    pub(super) fn holds_for_entry(&self, entry: &LedgerEntry) -> bool {
        match self.field {
            Field::Entry(field) => self.looked_for.is_in(&field.of(entry)),
            Field::Line(_) => false,
        }
    }
}

impl LookedFor {
    fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Equals(wanted) => fold(text) == *wanted,
            Self::Contains(wanted) => fold(text).contains(wanted.as_str()),
            Self::StartsWith(wanted) => fold(text).starts_with(wanted.as_str()),
            Self::Matches(pattern) => pattern.is_match(text.trim()),
        }
    }
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Letters and digits only, in small letters.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Words of letters and digits, in small letters, with one blank between them.
pub(super) fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.extend(word.chars().flat_map(char::to_lowercase));
    }
    spaced
}

/// Whether the letters and digits of `needle` stand in the words of `text`, from the beginning of one word to the end of one.
pub(super) fn holds(text: &str, needle: &str) -> bool {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let Some(first) = needle.first() else { return false };
    let begins = |at: usize| text[at] == *first && (at == 0 || text[at - 1] == b' ');
    (0..text.len()).any(|at| begins(at) && is_at(&text[at..], needle))
}

/// Bytes are enough: a blank is none of another letter's.
fn is_at(text: &[u8], needle: &[u8]) -> bool {
    let mut rest = text;
    for wanted in needle {
        if rest.first() == Some(&b' ') {
            rest = &rest[1..];
        }
        match rest.split_first() {
            Some((next, others)) if next == wanted => rest = others,
            _ => return false,
        }
    }
    rest.first().is_none_or(|next| *next == b' ')
}

/// Two fields of all records, in the form in which pairs compare them.
#[derive(Debug)]
pub(super) enum Keys {
    /// Numbers of equal texts; 0: empty.
    Same {
        lines: Vec<u32>,
        entries: Vec<u32>,
    },
    LineHoldsEntry {
        lines: Vec<String>,
        entries: Vec<String>,
    },
    EntryHoldsLine {
        lines: Vec<String>,
        entries: Vec<String>,
    },
}

impl Keys {
    pub(super) fn new(
        (line, entry, relation): (LineField, EntryField, Relation),
        lines: &[&StatementLine],
        entries: &[&LedgerEntry],
    ) -> Self {
        let of_lines = |form: fn(&str) -> String| -> Vec<String> {
            lines.par_iter().map(|record| form(&line.of(record))).collect()
        };
        let of_entries = |form: fn(&str) -> String| -> Vec<String> {
            entries.par_iter().map(|record| form(&entry.of(record))).collect()
        };
        match relation {
            Relation::Same => {
                let mut known = HashMap::from([(String::new(), 0)]);
                let mut numbers = |texts: Vec<String>| -> Vec<u32> {
                    let number = |text| {
                        let next = known.len() as u32;
                        *known.entry(text).or_insert(next)
                    };
                    texts.into_iter().map(number).collect()
                };
                Self::Same { lines: numbers(of_lines(squeezed)), entries: numbers(of_entries(squeezed)) }
            }
            Relation::LineHoldsEntry => Self::LineHoldsEntry { lines: of_lines(spaced), entries: of_entries(squeezed) },
            Relation::EntryHoldsLine => Self::EntryHoldsLine { lines: of_lines(squeezed), entries: of_entries(spaced) },
        }
    }

    pub(super) fn related(&self, line: usize, entry: usize) -> bool {
        match self {
            Self::Same { lines, entries } => lines[line] != 0 && lines[line] == entries[entry],
            Self::LineHoldsEntry { lines, entries } => holds(&lines[line], &entries[entry]),
            Self::EntryHoldsLine { lines, entries } => holds(&entries[entry], &lines[line]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_however_it_is_punctuated_but_not_inside_a_longer_one() {
        let found = |text: &str, number: &str| holds(&spaced(text), &squeezed(number));
        assert!(found("Invoice RE 2025-17, thank you", "RE-2025/17"));
        assert!(found("RE202517", "RE-2025-17"));
        assert!(!found("RE-2025-171", "RE-2025-17"));
        assert!(!found("XRE-2025-17", "RE-2025-17"));
        assert!(!found("anything", ""));
        assert!(found("Überweisung STRAßE 7", "straße 7"));
    }
}
