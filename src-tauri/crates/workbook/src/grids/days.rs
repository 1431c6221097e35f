//! Days as numbers: so many since 1970-01-01.

use std::ops::RangeInclusive;

use jiff::{ToSpan, civil::Date, tz::TimeZone};

/// The milliseconds since 1970-01-01 UTC that lie in a day of a zone; `None` where the calendar ends.
pub(super) fn moments_of(day: Date, zone: &TimeZone) -> Option<RangeInclusive<i64>> {
    let begins = |day: Date| Some(day.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond());
    Some(begins(day)?..=begins(day.checked_add(1.day()).ok()?)? - 1)
}

/// Reads `2025-12-31`; `None` for anything else.
pub(super) fn day_of(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |from: usize, to: usize| -> Option<i64> {
        bytes[from..to]
            .iter()
            .try_fold(0_i64, |all, byte| byte.is_ascii_digit().then(|| all * 10 + i64::from(byte - b'0')))
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The number of a day.
pub(super) fn number(day: Date) -> i64 {
    day_of(&day.to_string()).unwrap_or_default()
}

/// `2025-12-31`
pub(super) fn text_of(day: i64) -> String {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// `2025-12-31T09:30:00Z`, of milliseconds since 1970-01-01 UTC.
pub(super) fn moment(ms: i64) -> String {
    let seconds = ms.div_euclid(1_000);
    let of_day = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", text_of(seconds.div_euclid(86_400)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_as_long_as_it_is_in_its_zone() {
        let of = |day: Date, zone: &str| {
            let range = moments_of(day, &TimeZone::get(zone).unwrap()).unwrap();
            (moment(*range.start()), (range.end() - range.start() + 1) / 3_600_000)
        };
        assert_eq!(of(date(2026, 1, 15), "UTC"), ("2026-01-15T00:00:00Z".to_owned(), 24));
        assert_eq!(of(date(2026, 1, 15), "America/New_York"), ("2026-01-15T05:00:00Z".to_owned(), 24));
        assert_eq!(of(date(2026, 3, 29), "Europe/Berlin"), ("2026-03-28T23:00:00Z".to_owned(), 23));
        assert_eq!(moments_of(Date::MAX, &TimeZone::UTC), None);
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let mut day = date(1583, 1, 1);
        let mut number = day_of("1583-01-01").unwrap();
        while day < date(2405, 1, 1) {
            assert_eq!((day_of(&day.to_string()), text_of(number)), (Some(number), day.to_string()));
            day = day.checked_add(1.day()).unwrap();
            number += 1;
        }
        assert_eq!(day_of("1970-01-01"), Some(0));
        assert_eq!((day_of("2025-13-01"), day_of("2025-1-01"), day_of("")), (None, None, None));
        assert_eq!(moment(1_764_149_400_999), "2025-11-26T09:30:00Z");
    }
}
