//! Values of OFX elements: entities, dates and amounts as real files write them.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::{Currency, Said, said};

use crate::{
    DateOrder, DecimalMark,
    value::{
        amount::{MarkEvidence, NoAmount, Stated, mark_evidence, parse_amount},
        date::{self, OrderEvidence},
    },
};

/// Years a statement can be of.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// Longest entity that is decoded, with its marks.
const ENTITY_BYTES_MAX: usize = 12;

/// Decodes the five entities of XML, numbers and `&nbsp;`; every other `&` is left as it stands.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let window = from.as_bytes().get(..ENTITY_BYTES_MAX.min(from.len())).unwrap_or_default();
        let found = window
            .iter()
            .position(|byte| *byte == b';')
            .and_then(|end| Some((entity(from.get(1..end)?)?, from.get(end + 1..)?)));
        let (character, after) = found.unwrap_or(('&', from.get(1..).unwrap_or("")));
        plain.push(character);
        rest = after;
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => u32::from_str_radix(digits, 16),
            None if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse(),
            _ => return None,
        };
        return code.ok().and_then(char::from_u32).filter(|found| !found.is_control() || found.is_whitespace());
    }
    match name.to_ascii_lowercase().as_str() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => None,
    }
}

/// Text for a cell: line breaks become blanks.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r', '\t']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
    )
}

/// How the values of a file are written, as far as they say it themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Habits {
    points: bool,
    commas: bool,
    day_first: bool,
    month_first: bool,
}

impl Habits {
    /// Learns from an amount.
    pub(super) fn see_amount(&mut self, text: &str) {
        match mark_evidence(text) {
            MarkEvidence::Only(DecimalMark::Point) => self.points = true,
            MarkEvidence::Only(DecimalMark::Comma) => self.commas = true,
            MarkEvidence::None | MarkEvidence::Either => {}
        }
    }

    /// Learns from a date that is not written as OFX wants it.
    pub(super) fn see_date(&mut self, text: &str) {
        match date::order_evidence(text) {
            Some(OrderEvidence::DayFirst) => self.day_first = true,
            Some(OrderEvidence::MonthFirst) => self.month_first = true,
            _ => {}
        }
    }

    fn mark(self) -> Option<DecimalMark> {
        match (self.points, self.commas) {
            (true, false) => Some(DecimalMark::Point),
            (false, true) => Some(DecimalMark::Comma),
            _ => None,
        }
    }

    fn order(self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::DayMonthYear),
            (false, true) => Some(DateOrder::MonthDayYear),
            _ => None,
        }
    }

    /// Reads an amount, or says what was expected.
    ///
    /// OFX knows a decimal point or comma and no groups, but files have them. `1.500` is read by the habit of the
    /// file's other amounts; without one only a currency of three digits makes it decimals.
    pub(super) fn amount(self, text: &str, currency: Option<Currency>) -> Result<Stated, Said> {
        let text = without_bare_mark(text);
        let mark = match mark_evidence(text) {
            MarkEvidence::Only(mark) => mark,
            MarkEvidence::None => DecimalMark::Point,
            MarkEvidence::Either => match self.mark() {
                Some(mark) => mark,
                None if currency.is_some_and(|currency| currency.digits() >= 3) => {
                    if text.contains(',') {
                        DecimalMark::Comma
                    } else {
                        DecimalMark::Point
                    }
                }
                None => {
                    return Err(said!(
                        "ofx.oneWay",
                        "an amount that can be read in one way only; the mark in this one may stand before decimals or \
                         between thousands"
                    ));
                }
            },
        };
        parse_amount(text, mark).map_err(|error| match error {
            NoAmount::TooLong => said!("expected.amountDigits", "an amount of at most 17 digits"),
            NoAmount::Unreadable => said!("expected.amount", "an amount such as {such}", such = "-1234.56"),
        })
    }

    /// Reads the date part of a date and time, without moving it to another time zone, or says what was expected.
    pub(super) fn date(self, text: &str) -> Result<Date, Said> {
        const FORM: Said = said!("ofx.date", "a date such as 20241231");
        const NO_DAY: Said = said!("ofx.day", "a day that exists, such as 20241231");
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if digits >= 8 {
            let goes_on = text.as_bytes().get(digits).is_none_or(|byte| b" .:[-+TtZz".contains(byte));
            if !goes_on || !(matches!(digits, 8 | 10 | 12) || (14..=20).contains(&digits)) {
                return Err(FORM);
            }
            let part = |range| text.get(range).and_then(|part: &str| part.parse::<i16>().ok()).ok_or(FORM);
            let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
            if !YEARS.contains(&year) {
                return Err(NO_DAY);
            }
            let small = |number: i16| i8::try_from(number).map_err(|_| NO_DAY);
            return Date::new(year, small(month)?, small(day)?).map_err(|_| NO_DAY);
        }
        match date::order_evidence(text) {
            Some(OrderEvidence::Plain { .. }) => date::parse_date(text, DateOrder::YearMonthDay).map_err(|_| FORM),
            Some(OrderEvidence::DayFirst | OrderEvidence::Either { same: true }) => {
                date::parse_date(text, DateOrder::DayMonthYear).map_err(|_| FORM)
            }
            Some(OrderEvidence::MonthFirst) => date::parse_date(text, DateOrder::MonthDayYear).map_err(|_| FORM),
            Some(OrderEvidence::Either { same: false }) => {
                let order = self.order().ok_or(said!(
                    "ofx.eitherWay",
                    "a date such as 20241231; in this one day and month may be meant either way"
                ))?;
                date::parse_date(text, order).map_err(|_| FORM)
            }
            None => Err(FORM),
        }
    }
}

/// `-100.` is a hundred: the mark at the end of a number that has no other says nothing.
fn without_bare_mark(text: &str) -> &str {
    match text.strip_suffix(['.', ',']) {
        Some(rest) if rest.ends_with(|last: char| last.is_ascii_digit()) && !rest.contains(['.', ',']) => rest,
        _ => text,
    }
}

/// The amount without a mark, for a plain cell.
pub(super) fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_those_of_xml_and_no_others() {
        for (text, plain) in [
            ("A &amp; B", "A & B"),
            ("A & B", "A & B"),
            ("A&B;C", "A&B;C"),
            ("&lt;&gt;&quot;&apos;", "<>\"'"),
            ("&#233;&#xE9;&eacute;", "éé&eacute;"),
            ("&amp;amp;", "&amp;"),
            ("&nbsp;x", "\u{a0}x"),
            ("&#0;&#xD800;&#99999999;", "&#0;&#xD800;&#99999999;"),
            ("&xxe;", "&xxe;"),
            ("&", "&"),
            ("a&é;", "a&é;"),
            ("&#+65;", "&#+65;"),
        ] {
            assert_eq!(decoded(text), plain, "{text}");
        }
    }

    #[test]
    fn the_date_part_is_taken_as_written() {
        for (text, date) in [
            ("20130930", "2013-09-30"),
            ("20130930235959[-5:EST]", "2013-09-30"),
            ("20181202184906.217[-5:EDT]", "2018-12-02"),
            ("20190924100000[-03:EST]", "2019-09-24"),
            ("20180804093914:014", "2018-08-04"),
            ("199910291120", "1999-10-29"),
            ("20240229 12:00", "2024-02-29"),
            ("2024-02-29T10:00:00", "2024-02-29"),
            ("30/06/2025", "2025-06-30"),
            ("07/07/2025", "2025-07-07"),
        ] {
            assert_eq!(Habits::default().date(text).map(|date| date.to_string()), Ok(date.to_owned()), "{text}");
        }
        for text in ["20120231", "2012023", "201202311", "00000000", "20130932", "", "today", "20x30930", "05/06/2025"]
        {
            assert!(Habits::default().date(text).is_err(), "{text}");
        }
        let mut habits = Habits::default();
        habits.see_date("30/06/2025");
        assert_eq!(habits.date("05/06/2025").map(|date| date.to_string()), Ok("2025-06-05".to_owned()));
    }

    #[test]
    fn amounts_are_exact_or_refused() {
        let eur = Currency::parse("EUR").ok();
        for (text, amount) in [
            ("-12.50", "-12.5"),
            ("+75.6000", "75.6"),
            ("-200,00", "-200"),
            ("R$\u{a0} 5.326,43", "5326.43"),
            ("1,234.56", "1234.56"),
            ("-01.7", "-1.7"),
            ("-100.", "-100"),
            ("-.50", "-0.5"),
            ("0", "0"),
        ] {
            let read = Habits::default().amount(text, eur).map(|stated| plain(stated.value));
            assert_eq!(read, Ok(amount.to_owned()), "{text}");
        }
        for text in [".", "", "1.500", "12.3.4", "1e5", "twelve", "--1"] {
            assert!(Habits::default().amount(text, eur).is_err(), "{text}");
        }
        assert!(Habits::default().amount("1.500", Currency::parse("KWD").ok()).is_ok());
        let mut habits = Habits::default();
        habits.see_amount("-3,20");
        assert_eq!(habits.amount("1.500", eur).map(|stated| plain(stated.value)), Ok("1500".to_owned()));
    }
}
