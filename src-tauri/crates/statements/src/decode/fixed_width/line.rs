//! A line of printed text as words at positions, and the dates and amounts among them.

use jiff::civil::Date;

use crate::value::{
    amount::{self, MarkEvidence, mark_evidence},
    date, months,
    words::fold,
};

/// A word, and the columns of characters it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    /// Place in the file's text.
    pub(super) at: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    /// At most one blank parts it from the word before.
    pub(super) joined: bool,
}

/// A line of the file.
#[derive(Debug, Clone)]
pub(super) struct Line<'t> {
    /// 1-based.
    pub(super) number: u32,
    /// Place in the file's text.
    pub(super) at: usize,
    pub(super) raw: &'t str,
    pub(super) words: Vec<Word<'t>>,
    pub(super) is_rule: bool,
}

/// Splits a text into lines. Bars part words as blanks do; tabs lead to every eighth column.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let ends = if text.contains('\n') { '\n' } else { '\r' };
    let mut at = 0;
    (1..).zip(text.split(ends)).map(move |(number, whole)| {
        let line = Line::new(number, at, whole.trim_end_matches('\r'));
        at += whole.len() + 1;
        line
    })
}

impl<'t> Line<'t> {
    fn new(number: u32, at: usize, raw: &'t str) -> Self {
        let mut words: Vec<Word<'t>> = Vec::new();
        let (mut column, mut begun, mut gap) = (0, None, 2);
        for (offset, character) in raw.char_indices() {
            let parts = character.is_whitespace() || matches!(character, '|' | '│' | '¦');
            if !parts {
                begun = begun.or(Some((offset, column)));
            } else if let Some((from, start)) = begun.take() {
                let text = raw.get(from..offset).unwrap_or_default();
                words.push(Word { text, at: at + from, start, end: column, joined: gap < 2 });
                gap = 0;
            }
            gap += match character {
                ' ' | '\u{a0}' => 1,
                _ if parts => 2,
                _ => 0,
            };
            column = if character == '\t' { column / 8 * 8 + 8 } else { column + 1 };
        }
        if let Some((from, start)) = begun {
            let text = raw.get(from..).unwrap_or_default();
            words.push(Word { text, at: at + from, start, end: column, joined: gap < 2 });
        }
        let drawn = |character: &char| matches!(character, '-' | '=' | '+' | '_' | '─' | '═' | '┼' | '╪' | '*');
        let is_rule = raw.chars().filter(drawn).count() >= 10
            && raw
                .chars()
                .all(|character| drawn(&character) || character.is_whitespace() || "|│┼├┤┬┴".contains(character));
        Self { number, at, raw, words, is_rule }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.words.is_empty()
    }

    /// Runs of words with single blanks between, as texts with their columns.
    pub(super) fn segments(&self) -> Vec<Word<'t>> {
        let mut segments: Vec<Word<'t>> = Vec::new();
        for word in &self.words {
            match segments.last_mut().filter(|_| word.joined) {
                Some(last) => {
                    let from = last.at - self.at;
                    last.text = self.raw.get(from..word.at - self.at + word.text.len()).unwrap_or(last.text);
                    last.end = word.end;
                }
                None => segments.push(*word),
            }
        }
        segments
    }

    /// Text from one word to another, both included.
    fn between(&self, first: usize, last: usize) -> Option<&'t str> {
        let (first, last) = (self.words.get(first)?, self.words.get(last)?);
        self.raw.get(first.at - self.at..last.at - self.at + last.text.len())
    }
}

/// A date at a place of a line: as far as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Printed<'t> {
    /// With its year.
    Full(&'t str),
    /// Day and month only.
    Yearless { text: &'t str, day: i8, month: i8 },
}

/// The date that begins with a word, and how many words it has.
pub(super) fn date_at<'t>(line: &Line<'t>, first: usize) -> Option<(Printed<'t>, usize)> {
    const WORDS_MAX: usize = 4;
    let initial = line.words.get(first)?.text.chars().next()?;
    if !initial.is_alphanumeric() {
        return None;
    }
    let joined = |count: usize| line.words.iter().skip(first + 1).take(count - 1).all(|word| word.joined);
    let text = |count: usize| line.between(first, first + count - 1);
    let yearless = (1..=2).filter(|count| joined(*count)).find_map(|count| {
        let text = text(count)?;
        day_and_month(text).map(|(day, month)| (Printed::Yearless { text, day, month }, count))
    });
    let full = (1..=WORDS_MAX).filter(|count| joined(*count)).find_map(|count| {
        let text = text(count).filter(|text| text.len() >= 6 && text.ends_with(|last: char| last.is_ascii_digit()))?;
        date::is_date(text).then_some((Printed::Full(text), count))
    });
    match (full, yearless) {
        // Behind a day and month only a year makes a full date; another date or a number is something else.
        (Some((_, full_count)), Some((_, count))) if full_count > count => {
            let year = line.words.get(first + count).is_some_and(|word| {
                matches!(word.text.len(), 2 | 4) && word.text.bytes().all(|byte| byte.is_ascii_digit())
            });
            if year && full_count == count + 1 { full } else { yearless }
        }
        (full, yearless) => full.or(yearless),
    }
}

/// `09 May`, `17ИЮН`, `May 9`, `24.12.`, `24/12` where only one order is possible.
fn day_and_month(text: &str) -> Option<(i8, i8)> {
    if text.len() > 20 {
        return None;
    }
    let folded = fold(text);
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    let letters: String = folded.chars().filter(char::is_ascii_alphabetic).collect();
    let (day, month) = if letters.is_empty() {
        // A point may follow the month; with one between and two digits after it this could also be an amount.
        let dotted = text.strip_suffix('.')?;
        let (day, month) = dotted.split_once('.')?;
        (day.parse().ok()?, month.parse().ok()?)
    } else {
        (digits.parse().ok()?, months::month(&letters)?)
    };
    Date::new(2024, month, day).ok().map(|_| (day, month))
}

/// An amount on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Money<'t> {
    pub(super) text: &'t str,
    /// First and last word.
    pub(super) words: (usize, usize),
    pub(super) start: usize,
    /// Where its digits end: by these the amounts of a column are aligned, signs may stand out.
    pub(super) end: usize,
}

/// The amounts with decimals on a line, from left to right.
pub(super) fn amounts<'t>(line: &Line<'t>) -> Vec<Money<'t>> {
    const WORDS_MAX: usize = 5;
    let mut found = Vec::new();
    let mut first = 0;
    while first < line.words.len() {
        let longest = (1..=WORDS_MAX).rev().find_map(|count| {
            let last = first + count - 1;
            let joined = line.words.get(first + 1..=last)?.iter().all(|word| word.joined);
            let text = line.between(first, last).filter(|text| joined && is_money(text))?;
            Some((last, text))
        });
        match longest {
            Some((last, text)) => {
                let (start, end) = (
                    line.words.get(first).map_or(0, |word| word.start),
                    line.words.get(last).map_or(0, |word| word.end),
                );
                let after = text.chars().rev().take_while(|last| !last.is_ascii_digit()).count();
                found.push(Money { text, words: (first, last), start, end: end - after });
                first = last + 1;
            }
            None => first += 1,
        }
    }
    found
}

/// Whether the text is an amount with two or three decimals.
fn is_money(text: &str) -> bool {
    if text.len() > 30 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let digits = text.trim_end_matches(|last: char| !last.is_ascii_digit());
    let decimals = digits.bytes().rev().take_while(u8::is_ascii_digit).count();
    let mark = digits.len().checked_sub(decimals + 1).and_then(|at| digits.as_bytes().get(at));
    if decimals != 2 || !matches!(mark, Some(b'.' | b',')) {
        return false;
    }
    match mark_evidence(text) {
        MarkEvidence::Only(mark) => amount::parse_amount(text, mark).is_ok(),
        MarkEvidence::Either | MarkEvidence::None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line<'_> {
        lines(text).next().unwrap()
    }

    #[test]
    fn segments_are_parted_by_two_blanks_or_a_bar() {
        let line = line(" Date     Type Description   Paid out|Paid in");
        let segments: Vec<(&str, usize, usize)> =
            line.segments().iter().map(|segment| (segment.text, segment.start, segment.end)).collect();
        assert_eq!(segments, [("Date", 1, 5), ("Type Description", 10, 26), ("Paid out", 29, 37), ("Paid in", 38, 45)]);
    }

    #[test]
    fn amounts_are_found_with_their_signs_and_groups() {
        for (text, expected) in [
            ("09 May PIM  CASH  215.00", &["215.00"][..]),
            ("SBOL   100.00      100.00CR", &["100.00", "100.00CR"]),
            ("ACHAT   1 234,56   12,00-", &["1 234,56", "12,00-"]),
            ("Balance   £ 5540.96 C", &["£ 5540.96 C"]),
            ("Miete 05.2024   -1.234,56 EUR", &["-1.234,56 EUR"]),
            ("12.30 Uhr", &["12.30"]),
            ("19.90 %  1.5", &["19.90"]),
        ] {
            let line = line(text);
            assert_eq!(amounts(&line).iter().map(|money| money.text).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn dates_with_and_without_year() {
        for (text, expected) in [
            ("09 May PIM", Some((Printed::Yearless { text: "09 May", day: 9, month: 5 }, 2))),
            ("12 Dec 14   CR", Some((Printed::Full("12 Dec 14"), 3))),
            ("17ИЮН 18ИЮН18", Some((Printed::Yearless { text: "17ИЮН", day: 17, month: 6 }, 1))),
            ("24.12. Miete", Some((Printed::Yearless { text: "24.12.", day: 24, month: 12 }, 1))),
            ("31.12.2024 x", Some((Printed::Full("31.12.2024"), 1))),
            ("31 Feb x", None),
            ("100.00", None),
        ] {
            assert_eq!(date_at(&line(text), 0), expected, "{text}");
        }
    }
}
