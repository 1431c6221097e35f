//! Dates by explicit lists of forms. Which of day and month comes first is never guessed from a single value.

use jiff::civil::Date;

use super::{months, words::fold};
use crate::DateOrder;

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoDate {
    /// It is not written like a date.
    Unreadable,
    /// It is written like a date, but there is no such day.
    Impossible,
}

/// What a single value says about the order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderEvidence {
    /// The year comes first, or the month is named: readable under every order.
    Plain { year_first: bool },
    /// Only day before month fits.
    DayFirst,
    /// Only month before day fits.
    MonthFirst,
    /// Both fit; `same` if both give the same day.
    Either { same: bool },
}

/// Years a date may have; others are typing errors or not dates.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// Reads a date; a time after it is left aside.
///
/// Forms: `2024-12-31` (also with `/`, `.`, `:`), `20241231`, `31.12.2024`, `31/12/24`, `12-31-2024`, `31122024`,
/// `31 Dec 2024`, `31DEC24`, `Dec 31, 2024`, `31. Dezember 2024`, `3 de marzo de 2024`, `2024年12月31日`, each with or
/// without a time. Years of two digits lie between 1970 and 2069 (POSIX `strptime`).
pub(crate) fn parse_date(text: &str, order: DateOrder) -> Result<Date, NoDate> {
    if let Some((year, month, day)) = iso(text) {
        return day_of(year, month, day);
    }
    match parts(text).ok_or(NoDate::Unreadable)? {
        Parts::Known { year, month, day } => day_of(year, month, day),
        Parts::Open { first, second, year, short } => match order {
            DateOrder::DayMonthYear => day_of(year, second, first),
            DateOrder::MonthDayYear => day_of(year, first, second),
            DateOrder::YearMonthDay if short => {
                let century_first = full_year(u32::from(first.unsigned_abs()), 2).ok_or(NoDate::Unreadable)?;
                day_of(century_first, second, i8::try_from(year % 100).map_err(|_| NoDate::Impossible)?)
            }
            DateOrder::YearMonthDay => Err(NoDate::Unreadable),
        },
    }
}

/// What the value says about the order of dates in its column; `None` if it is no date under any order.
pub(crate) fn order_evidence(text: &str) -> Option<OrderEvidence> {
    match parts(text)? {
        Parts::Known { year, month, day } => {
            let year_first = text.trim_start().bytes().take_while(u8::is_ascii_digit).count() >= 4;
            day_of(year, month, day).ok().map(|_| OrderEvidence::Plain { year_first })
        }
        Parts::Open { first, second, year, .. } => {
            let (day_first, month_first) = (day_of(year, second, first), day_of(year, first, second));
            match (day_first, month_first) {
                (Ok(one), Ok(other)) => Some(OrderEvidence::Either { same: one == other }),
                (Ok(_), Err(_)) => Some(OrderEvidence::DayFirst),
                (Err(_), Ok(_)) => Some(OrderEvidence::MonthFirst),
                (Err(_), Err(_)) => None,
            }
        }
    }
}

/// Whether the text is a date under some order.
pub(crate) fn is_date(text: &str) -> bool {
    order_evidence(text).is_some()
}

/// Text that stands for "no date": nothing, dashes, zeros.
pub(crate) fn is_no_date(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'-' | b'/' | b'.' | b'0' | b' ' | b':'))
}

/// The day of a spreadsheet's serial number (days since 1899-12-30, the 1900 date system).
pub(crate) fn from_serial(text: &str) -> Option<Date> {
    let days: i64 = text.split('.').next()?.parse().ok()?;
    if !(1..=2_958_465).contains(&days) {
        return None;
    }
    Date::new(1899, 12, 30).ok()?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

enum Parts {
    Known {
        year: i16,
        month: i8,
        day: i8,
    },
    /// `short`: the year has two digits, so that the first number may be it as well.
    Open {
        first: i8,
        second: i8,
        year: i16,
        short: bool,
    },
}

fn day_of(year: i16, month: i8, day: i8) -> Result<Date, NoDate> {
    if !YEARS.contains(&year) {
        return Err(NoDate::Impossible);
    }
    Date::new(year, month, day).map_err(|_| NoDate::Impossible)
}

/// `2024-12-31` and nothing else, which nearly every machine-made file writes.
fn iso(text: &str) -> Option<(i16, i8, i8)> {
    let bytes = <&[u8; 10]>::try_from(text.as_bytes()).ok()?;
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = bytes else { return None };
    if ![y0, y1, y2, y3, m0, m1, d0, d1].into_iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |tens: u8, ones: u8| (tens - b'0') * 10 + ones - b'0';
    let year = i16::from(number(*y0, *y1)) * 100 + i16::from(number(*y2, *y3));
    Some((year, i8::try_from(number(*m0, *m1)).ok()?, i8::try_from(number(*d0, *d1)).ok()?))
}

fn parts(text: &str) -> Option<Parts> {
    let text = text.trim();
    let first = text.bytes().next()?;
    // The longest form is a weekday, a month's name and a time with its zone.
    if text.len() > 48 {
        return None;
    }
    if first.is_ascii_digit() {
        numeric(text).or_else(|| east_asian(text)).or_else(|| named(text))
    } else {
        named(text)
    }
}

/// `2024年12月31日`.
fn east_asian(text: &str) -> Option<Parts> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, _) = rest.split_once('日')?;
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let year = year.trim();
    Some(Parts::Known {
        year: full_year(number(year)?, year.len())?,
        month: small(number(month)?)?,
        day: small(number(day)?)?,
    })
}

/// Digits with the same separator twice, or eight digits.
fn numeric(text: &str) -> Option<Parts> {
    let bytes = text.as_bytes();
    if let Some(day) = with_time_after(text) {
        return digits(day, 0).and_then(|(number, _)| compact(number));
    }
    let (first, after_first) = digits(bytes, 0)?;
    let first_len = after_first;
    if first_len == 8 {
        return ends_date(bytes, after_first).then(|| compact(first)).flatten();
    }
    let separator = *bytes.get(after_first).filter(|byte| matches!(byte, b'-' | b'/' | b'.' | b':' | b' '))?;
    let second_at = skip_blank(bytes, after_first + 1);
    let (second, after_second) = digits(bytes, second_at)?;
    if bytes.get(after_second) != Some(&separator) || after_second - second_at > 2 {
        return None;
    }
    let third_at = skip_blank(bytes, after_second + 1);
    let (third, after_third) = digits(bytes, third_at)?;
    if !ends_date(bytes, after_third) {
        return None;
    }
    let third_len = after_third - third_at;
    if first_len == 4 && third_len <= 2 {
        return Some(Parts::Known { year: small(first)?, month: small(second)?, day: small(third)? });
    }
    // A colon separates the parts of a time; only after a year of four digits does it separate a date.
    if first_len > 2 || separator == b':' {
        return None;
    }
    let (first, second) = (small(first)?, small(second)?);
    Some(Parts::Open { first, second, year: full_year(third, third_len)?, short: third_len == 2 && first_len == 2 })
}

/// The first eight digits of `20241231` with hours, minutes and seconds right behind it.
fn with_time_after(text: &str) -> Option<&[u8]> {
    let whole = matches!(text.len(), 12 | 14) && text.bytes().all(|byte| byte.is_ascii_digit());
    (whole && (text.starts_with("19") || text.starts_with("20"))).then(|| text.as_bytes().get(..8)).flatten()
}

fn compact(number: u32) -> Option<Parts> {
    let year_first = (number / 10_000, number / 100 % 100, number % 100);
    if (1900..2200).contains(&year_first.0) && (1..=12).contains(&year_first.1) {
        return Some(Parts::Known {
            year: small(year_first.0)?,
            month: small(year_first.1)?,
            day: small(year_first.2)?,
        });
    }
    let year = number % 10_000;
    (1900..2200).contains(&year).then(|| {
        Some(Parts::Open {
            first: small(number / 1_000_000)?,
            second: small(number / 10_000 % 100)?,
            year: small(year)?,
            short: false,
        })
    })?
}

/// A day, a month's name and a year, in either order of the first two.
fn named(text: &str) -> Option<Parts> {
    // Without letters there is no month, without digits no day.
    let has = |is: fn(&u8) -> bool| text.as_bytes().iter().any(is);
    if text.is_ascii() && !(has(u8::is_ascii_alphabetic) && has(u8::is_ascii_digit)) {
        return None;
    }
    let folded = fold(text);
    let mut month = None;
    let mut numbers: [Option<(u32, usize)>; 2] = [None, None];
    for word in Runs(&folded) {
        if let Some(found) = months::month(word) {
            if month.replace(found).is_some() {
                return None;
            }
        } else if let Ok(number) = word.parse() {
            match numbers.iter_mut().find(|slot| slot.is_none()) {
                Some(slot) => *slot = Some((number, word.len())),
                // What follows day, month and year is a time.
                None => break,
            }
        } else if !is_filler(word) {
            return None;
        }
        if month.is_some() && numbers[1].is_some() {
            break;
        }
    }
    let ((first, first_len), (second, second_len)) = (numbers[0]?, numbers[1]?);
    if first_len == 4 {
        return Some(Parts::Known { year: small(first)?, month: month?, day: small(second)? });
    }
    Some(Parts::Known { year: full_year(second, second_len)?, month: month?, day: small(first)? })
}

/// Runs of letters and of digits: `31dec24` is three.
struct Runs<'a>(&'a str);

impl<'a> Iterator for Runs<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.0 = self.0.trim_start_matches(' ');
        let digits = self.0.bytes().next()?.is_ascii_digit();
        let ends = |byte: &u8| *byte == b' ' || byte.is_ascii_digit() != digits;
        let end = self.0.as_bytes().iter().position(ends).unwrap_or(self.0.len());
        let (run, rest) = self.0.split_at_checked(end)?;
        self.0 = rest;
        Some(run)
    }
}

/// Weekdays, endings of ordinal numbers and the little words of Romance languages.
fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 50] = [
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "e",
        "at",
        "um",
        "r",
        "g",
        "do",
        "lu",
        "de",
        "del",
        "le",
        "el",
        "il",
        "den",
        "der",
        "of",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "mo",
        "di",
        "mi",
        "me",
        "fr",
        "sa",
        "so",
        "lun",
        "mar",
        "mer",
        "jeu",
        "ven",
        "sam",
        "dim",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "ma",
        "wo",
    ];
    FILLERS.contains(&word)
}

fn digits(bytes: &[u8], start: usize) -> Option<(u32, usize)> {
    let mut value: u32 = 0;
    let mut at = start;
    while let Some(digit) = bytes.get(at).filter(|byte| byte.is_ascii_digit()) {
        value = value.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
        at += 1;
    }
    (at > start).then_some((value, at))
}

fn skip_blank(bytes: &[u8], at: usize) -> usize {
    if bytes.get(at) == Some(&b' ') { at + 1 } else { at }
}

/// Whether the date is over: the text ends, or a time follows.
fn ends_date(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        None => true,
        Some(b'T' | b' ' | b',' | b'-' | b';') => {
            let rest = bytes.get(at + 1..).unwrap_or_default();
            // Brokers write the day of settlement behind the day of the trade.
            if rest.starts_with(b"as of ") {
                return true;
            }
            let time =
                rest.iter().position(|byte| *byte != b' ').and_then(|start| rest.get(start..)).unwrap_or_default();
            time.first().is_none_or(u8::is_ascii_digit)
                && (time.is_empty() || time.iter().take(3).any(|byte| matches!(byte, b':' | b'.' | b'h')))
        }
        Some(_) => false,
    }
}

fn full_year(year: u32, len: usize) -> Option<i16> {
    match len {
        4 => small(year),
        2 => small(year + if year < 70 { 2000 } else { 1900 }),
        _ => None,
    }
}

fn small<T: TryFrom<u32>>(number: u32) -> Option<T> {
    T::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, order: DateOrder) -> String {
        parse_date(text, order).map_or_else(|error| format!("{error:?}"), |date| date.to_string())
    }

    #[test]
    fn every_form_of_a_date() {
        use DateOrder::{DayMonthYear, MonthDayYear, YearMonthDay};
        for (text, order, date) in [
            ("2024-12-31", DayMonthYear, "2024-12-31"),
            ("2024/1/5", MonthDayYear, "2024-01-05"),
            ("2024.12.31", YearMonthDay, "2024-12-31"),
            ("2012:03:01", DayMonthYear, "2012-03-01"),
            ("31DEC24", MonthDayYear, "2024-12-31"),
            ("16ИЮН18", DayMonthYear, "2018-06-16"),
            ("31-Dec-2024", DayMonthYear, "2024-12-31"),
            ("3rd March 2024", DayMonthYear, "2024-03-03"),
            ("5 paź 2024", DayMonthYear, "2024-10-05"),
            ("31 de dezembro de 2024", DayMonthYear, "2024-12-31"),
            ("31 декабря 2024 г.", DayMonthYear, "2024-12-31"),
            ("2024年1月5日", DayMonthYear, "2024-01-05"),
            ("20241231235959", DayMonthYear, "2024-12-31"),
            ("24-01-31", YearMonthDay, "2024-01-31"),
            ("12/31/2024 as of 12/30/2024", MonthDayYear, "2024-12-31"),
            ("2024-12-31T23:59:59Z", YearMonthDay, "2024-12-31"),
            ("2015-11-11 20:00:09 -0500", YearMonthDay, "2015-11-11"),
            ("2021-09-06 6:11:59", YearMonthDay, "2021-09-06"),
            ("20241231", DayMonthYear, "2024-12-31"),
            ("31122024", DayMonthYear, "2024-12-31"),
            ("31.12.2024", DayMonthYear, "2024-12-31"),
            ("31.12.24", DayMonthYear, "2024-12-31"),
            ("1.2.2024", DayMonthYear, "2024-02-01"),
            ("31. 12. 2024", DayMonthYear, "2024-12-31"),
            ("12/31/2024", MonthDayYear, "2024-12-31"),
            ("2/8/15", MonthDayYear, "2015-02-08"),
            ("31/12/99", DayMonthYear, "1999-12-31"),
            ("31-12-2024 14:05", DayMonthYear, "2024-12-31"),
            ("04 Nov 2009", MonthDayYear, "2009-11-04"),
            ("7-Nov-13", YearMonthDay, "2013-11-07"),
            ("Nov 7, 2013", DayMonthYear, "2013-11-07"),
            ("31. Dezember 2024", DayMonthYear, "2024-12-31"),
            ("1er janvier 2024", DayMonthYear, "2024-01-01"),
            ("15 août 2024", DayMonthYear, "2024-08-15"),
            ("3 de marzo de 2024", DayMonthYear, "2024-03-03"),
            ("12 gennaio 2024", DayMonthYear, "2024-01-12"),
            ("5 mrt 2024", DayMonthYear, "2024-03-05"),
            ("28. März 2024", DayMonthYear, "2024-03-28"),
            ("Mon, 04 Nov 2009", DayMonthYear, "2009-11-04"),
            ("29.02.2024", DayMonthYear, "2024-02-29"),
        ] {
            assert_eq!(read(text, order), date, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read_as_one() {
        use DateOrder::{DayMonthYear, MonthDayYear, YearMonthDay};
        for (text, order, error) in [
            ("31.02.2024", DayMonthYear, "Impossible"),
            ("2023-02-29", YearMonthDay, "Impossible"),
            ("31/12/2024", MonthDayYear, "Impossible"),
            ("31.12.0024", DayMonthYear, "Impossible"),
            ("31.12.2024", YearMonthDay, "Unreadable"),
            ("invalid_date", DayMonthYear, "Unreadable"),
            ("", DayMonthYear, "Unreadable"),
            ("12:34:56", DayMonthYear, "Unreadable"),
            ("1.234,56", DayMonthYear, "Unreadable"),
            ("1.2.3.4", DayMonthYear, "Unreadable"),
            ("45292", DayMonthYear, "Unreadable"),
            ("may", DayMonthYear, "Unreadable"),
            ("2024-12-31x", DayMonthYear, "Unreadable"),
        ] {
            assert_eq!(read(text, order), error, "{text}");
        }
    }

    #[test]
    fn a_single_value_says_what_it_can_about_the_order() {
        assert_eq!(order_evidence("24/12/2009"), Some(OrderEvidence::DayFirst));
        assert_eq!(order_evidence("12/24/2009"), Some(OrderEvidence::MonthFirst));
        assert_eq!(order_evidence("02/12/2009"), Some(OrderEvidence::Either { same: false }));
        assert_eq!(order_evidence("12/12/2009"), Some(OrderEvidence::Either { same: true }));
        assert_eq!(order_evidence("2009-12-02"), Some(OrderEvidence::Plain { year_first: true }));
        assert_eq!(order_evidence("2 Dec 2009"), Some(OrderEvidence::Plain { year_first: false }));
        assert_eq!(order_evidence("32/13/2009"), None);
    }

    #[test]
    fn serial_numbers_of_spreadsheets() {
        assert_eq!(from_serial("45292").map(|date| date.to_string()), Some("2024-01-01".to_owned()));
        assert_eq!(from_serial("45292.75").map(|date| date.to_string()), Some("2024-01-01".to_owned()));
        assert_eq!(from_serial("99999999999"), None);
    }

    proptest! {
        #[test]
        fn printed_and_read_back(days in 0_i64..80_000, order in prop::sample::select(DateOrder::ALL)) {
            let date = Date::new(1970, 1, 1).unwrap().saturating_add(jiff::Span::new().days(days));
            let format = match order {
                DateOrder::YearMonthDay => "%Y-%m-%d",
                DateOrder::DayMonthYear => "%d.%m.%Y",
                DateOrder::MonthDayYear => "%m/%d/%Y",
            };
            prop_assert_eq!(parse_date(&date.strftime(format).to_string(), order), Ok(date));
        }

        #[test]
        fn what_is_read_at_once_is_read_alike(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}") {
            prop_assert_eq!(parse_date(&text, DateOrder::DayMonthYear), parse_date(&format!(" {text}"), DateOrder::DayMonthYear));
        }

        #[test]
        fn any_text_is_answered(text: String) {
            let _ = order_evidence(&text);
            let _ = from_serial(&text);
        }
    }
}
