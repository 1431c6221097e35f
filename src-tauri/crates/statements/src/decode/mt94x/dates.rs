//! Dates with two digits for the year, and days of which only month and day are written.

use jiff::civil::Date;

/// First year that two digits can mean: 80 is 1980, 79 is 2079.
const FIRST_YEAR: i16 = 1980;
/// Days by which booking and value may lie apart for the year of the one to follow from the other.
const APART_MAX: i32 = 183;

/// A number of two digits.
pub(in crate::decode) fn two_digits(text: &str) -> Option<i8> {
    match text.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => i8::try_from((tens - b'0') * 10 + (ones - b'0')).ok(),
        _ => None,
    }
}

/// The year that two digits mean.
fn year(text: &str) -> Option<i16> {
    let short = i16::from(two_digits(text)?);
    Some(if 1900 + short < FIRST_YEAR { 2000 + short } else { 1900 + short })
}

/// A day written `YYMMDD`; `None` where there is no such day.
pub(in crate::decode) fn year_month_day(text: &str) -> Option<Date> {
    let (year_digits, month, day) = (text.get(..2)?, text.get(2..4)?, text.get(4..)?);
    Date::new(year(year_digits)?, two_digits(month)?, two_digits(day)?).ok()
}

/// A day written `MMDD` in the year that brings it nearest to another day; `None` where there is none within half a
/// year.
fn month_day_near(text: &str, near: Date) -> Option<Date> {
    let (month, day) = (two_digits(text.get(..2)?)?, two_digits(text.get(2..)?)?);
    let apart = |date: &Date| (*date - near).get_days().abs();
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    days.filter(|date| apart(date) <= APART_MAX).min_by_key(apart)
}

/// The days of an entry. What is impossible is none, never another day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Days {
    pub(super) value: Option<Date>,
    pub(super) booking: Option<Date>,
    /// An entry date is written, and it is no day.
    pub(super) entry_is_bad: bool,
}

/// Reads value date (`YYMMDD`) and entry date (`MMDD`, may be empty). The year of the entry date follows from the value
/// date; where that day does not exist, from its month, and failing that from another day of the statement.
pub(super) fn days(value_text: &str, entry_text: &str, statement: Option<Date>) -> Days {
    let value = year_month_day(value_text);
    if entry_text.is_empty() {
        return Days { value, booking: value, entry_is_bad: false };
    }
    let same_month = || value_text.get(..4).and_then(|month| year_month_day(&format!("{month}15")));
    let near = value.or_else(same_month).or(statement);
    let entry = near.and_then(|near| month_day_near(entry_text, near));
    Days { value, booking: entry.or(value), entry_is_bad: entry.is_none() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, entry: &str, expected_value: &str, expected_booking: &str) {
        let found = days(value, entry, None);
        let written = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
        assert_eq!(
            (written(found.value).as_str(), written(found.booking).as_str()),
            (expected_value, expected_booking)
        );
    }

    #[test]
    fn the_entry_date_takes_its_year_from_the_value_date() {
        check("240105", "0103", "2024-01-05", "2024-01-03");
        check("240102", "1229", "2024-01-02", "2023-12-29");
        check("231229", "0102", "2023-12-29", "2024-01-02");
        check("991231", "0103", "1999-12-31", "2000-01-03");
        check("240105", "", "2024-01-05", "2024-01-05");
    }

    #[test]
    fn an_impossible_day_is_never_another_day() {
        check("160230", "0301", "", "2016-03-01");
        check("160230", "", "", "");
        check("160301", "0230", "2016-03-01", "2016-03-01");
        check("230301", "0229", "2023-03-01", "2023-03-01");
        check("362268", "7806", "", "");
        check("362268", "0301", "", "");
    }
}
