//! How a file writes its dates.

use std::{fmt, fmt::Write as _, str::FromStr};

use jiff::civil::Date;

/// A pattern such as `yyyy-MM-dd`, `dd.MM.yyyy` or `ddMM`: `yyyy` or `yy` for the year, `MM` or `M` for the month, `dd` or
/// `d` for the day; between them `.`, `/`, `-` or a blank.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DatePattern(String);

/// The text is no pattern for dates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is no date format: use yyyy or yy, MM or M, dd or d, and . / - or blanks between them, such as dd.MM.yyyy"
)]
pub struct NoDatePattern(pub String);

impl DatePattern {
    /// ISO 8601.
    pub fn iso() -> Self {
        Self("yyyy-MM-dd".to_owned())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it says the year.
    pub fn has_year(&self) -> bool {
        parts(&self.0).any(|part| part.starts_with('y'))
    }

    /// The date as a file has it.
    pub fn write(&self, date: Date) -> String {
        let mut text = String::new();
        for part in parts(&self.0) {
            // Writing into a string cannot fail.
            let _ = match part {
                "yyyy" => write!(text, "{:04}", date.year()),
                "yy" => write!(text, "{:02}", date.year().rem_euclid(100)),
                "MM" => write!(text, "{:02}", date.month()),
                "M" => write!(text, "{}", date.month()),
                "dd" => write!(text, "{:02}", date.day()),
                "d" => write!(text, "{}", date.day()),
                between => write!(text, "{between}"),
            };
        }
        text
    }
}

/// Runs of the same letter.
fn parts(pattern: &str) -> impl Iterator<Item = &str> {
    let mut rest = pattern;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|letter| letter != first).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(part)
    })
}

impl FromStr for DatePattern {
    type Err = NoDatePattern;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let pattern = text.trim();
        let count = |words: &[&str]| parts(pattern).filter(|part| words.contains(part)).count();
        let known = parts(pattern).all(|part| {
            matches!(part, "yyyy" | "yy" | "MM" | "M" | "dd" | "d")
                || part.chars().all(|letter| "./- ".contains(letter))
        });
        let once = count(&["MM", "M"]) == 1 && count(&["dd", "d"]) == 1 && count(&["yyyy", "yy"]) <= 1;
        if known && once { Ok(Self(pattern.to_owned())) } else { Err(NoDatePattern(text.to_owned())) }
    }
}

impl fmt::Display for DatePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_is_written_as_the_pattern_says() {
        for (pattern, written) in [
            ("yyyy-MM-dd", "2026-03-07"),
            ("dd.MM.yyyy", "07.03.2026"),
            ("d/M/yy", "7/3/26"),
            ("ddMM", "0703"),
            ("MM/dd/yyyy", "03/07/2026"),
            ("yyyyMMdd", "20260307"),
        ] {
            assert_eq!(pattern.parse::<DatePattern>().unwrap().write(date(2026, 3, 7)), written);
        }
    }

    #[test]
    fn what_leaves_the_day_or_month_out_or_says_it_twice_is_no_pattern() {
        for wrong in ["", "yyyy", "mm/dd/yyyy", "dd.MM.yyyy dd", "dd|MM", "ddMMyyy", "DD.MM.YYYY"] {
            assert!(wrong.parse::<DatePattern>().is_err(), "{wrong}");
        }
    }
}
