//! Dates and amounts inside the text of a line.

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::Currency;

use crate::{
    DateOrder, DecimalMark,
    value::{
        amount::{self, MarkEvidence, mark_evidence},
        date::{self, OrderEvidence},
    },
};

/// An amount as a line states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) value: Decimal,
    pub(crate) currency: Option<Currency>,
    /// It has decimals, so that it is no count and no number of a document.
    pub(crate) has_decimals: bool,
}

/// The amount that a text is; `None` also where its decimal mark could be either.
pub(crate) fn amount(text: &str) -> Option<Found> {
    let text = text.trim();
    if text.len() > 40 || !text.bytes().any(|byte| byte.is_ascii_digit()) || date::is_date(text) {
        return None;
    }
    let mark = match mark_evidence(text) {
        MarkEvidence::Only(mark) => mark,
        MarkEvidence::None => DecimalMark::Point,
        MarkEvidence::Either => return None,
    };
    let stated = amount::parse_amount(text, mark).ok()?;
    Some(Found { value: stated.value, currency: stated.currency, has_decimals: stated.value.scale() > 0 })
}

/// The amount that ends a text: of `Solde au 31/01/2024 1 234,56 €` the last part.
pub(crate) fn amount_at_end(text: &str) -> Option<Found> {
    let starts = std::iter::once(0).chain(text.match_indices([' ', '\u{a0}']).map(|(at, blank)| at + blank.len()));
    starts.filter_map(|start| text.get(start..)).find_map(amount).filter(|found| found.has_decimals)
}

/// Most words that one date has.
const WORDS_MAX: usize = 4;

/// The dates in a text, as it writes them, from left to right.
pub(crate) fn dates(text: &str) -> Vec<&str> {
    let text = text.get(..text.floor_char_boundary(200)).unwrap_or(text);
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for word in text.split([' ', '\u{a0}', '\t', '–', '—', '-', ';', '(', ')', '/']) {
        // What parts words may also stand within a date: its pieces are joined again.
        words.push((at, at + word.len()));
        at += word.len();
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    let mut found = Vec::new();
    let mut first = 0;
    while let Some(&(start, _)) = words.get(first) {
        let window = words.get(first..words.len().min(first + 2 * WORDS_MAX)).unwrap_or_default();
        let longest = window.iter().enumerate().rev().find_map(|(offset, (_, end))| {
            let piece = text.get(start..*end)?.trim_matches([',', '.', ':', '-', ' ']);
            let begins = piece.chars().next().is_some_and(char::is_alphanumeric);
            (begins && date_alone(piece)).then_some((offset, piece))
        });
        match longest {
            Some((offset, piece)) => {
                found.push(piece);
                first += offset + 1;
            }
            None => first += 1,
        }
    }
    found
}

/// Whether the text is one date with nothing but a time beside it. Two dates with a dash between are none.
fn date_alone(text: &str) -> bool {
    // A word after the year begins something else.
    let ends = text.ends_with(|last: char| last.is_ascii_digit() || matches!(last, '日' | 'M' | 'm'));
    if text.len() < 6 || !ends || text.split_whitespace().count() > WORDS_MAX || !date::is_date(text) {
        return false;
    }
    // "01.01.2024-31.01.2024" would be the first, with the second for a time.
    !text
        .match_indices(['-', '–'])
        .any(|(at, dash)| text.get(at + dash.len()..).is_some_and(|after| after.len() >= 6 && date::is_date(after)))
}

/// Reads dates of one file, which are all written in one order: the first that tells it tells it for all. `None` for
/// those whose order nothing tells.
pub(crate) struct Calendar {
    order: Option<DateOrder>,
}

impl Calendar {
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut orders = texts.filter_map(|text| match date::order_evidence(text)? {
            OrderEvidence::DayFirst => Some(DateOrder::DayMonthYear),
            OrderEvidence::MonthFirst => Some(DateOrder::MonthDayYear),
            OrderEvidence::Either { .. } if text.contains('.') => Some(DateOrder::DayMonthYear),
            OrderEvidence::Plain { .. } | OrderEvidence::Either { .. } => None,
        });
        Self { order: orders.next() }
    }

    pub(crate) fn read(&self, text: &str) -> Option<Date> {
        let order = match (date::order_evidence(text)?, self.order) {
            (OrderEvidence::Plain { .. } | OrderEvidence::Either { same: true }, _) => DateOrder::DayMonthYear,
            (_, Some(order)) => order,
            (_, None) => return None,
        };
        date::parse_date(text, order).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_in_a_line() {
        for (text, expected) in [
            ("01.01.2024 - 31.01.2024", &["01.01.2024", "31.01.2024"][..]),
            ("24 November 2014 to 23 December 2014", &["24 November 2014", "23 December 2014"]),
            ("16ИЮН18 - 16ИЮН19", &["16ИЮН18", "16ИЮН19"]),
            ("entre le 01/01/2024 et le 31/01/2024", &["01/01/2024", "31/01/2024"]),
            (
                "Period 2024-01-01 – 2024-01-31 Skapad 2024-02-02 10:11",
                &["2024-01-01", "2024-01-31", "2024-02-02 10:11"],
            ),
            ("09.12.2025 15:23", &["09.12.2025 15:23"]),
            ("12-34-56 12345678", &[]),
            ("no date", &[]),
        ] {
            assert_eq!(dates(text), expected, "{text}");
        }
    }

    #[test]
    fn an_amount_ends_a_line() {
        let value = |text| amount_at_end(text).map(|found| found.value.to_string());
        assert_eq!(value("Solde au 31/01/2024 1 234,56 €"), Some("1234.56".to_owned()));
        assert_eq!(value("Balance £ 5540.96 C"), Some("5540.96".to_owned()));
        assert_eq!(value("Kontostand vom 09.12.2025"), None);
    }
}
