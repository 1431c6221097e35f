//! Dates as Quicken writes them: padded with blanks, and with an apostrophe before years of this century.

use std::borrow::Cow;

/// The date without blanks and apostrophe, so that its order of day and month can be found out like any other's.
/// What has not this form is left as it is.
pub(super) fn readable(text: &str) -> Cow<'_, str> {
    rewritten(text.trim()).map_or(Cow::Borrowed(text.trim()), Cow::Owned)
}

fn rewritten(text: &str) -> Option<String> {
    let (first, mark, rest) = number(text)?;
    let (second, year_mark, rest) = number(rest)?;
    let year = rest.trim();
    if !year.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(mark, '/' | '.' | '-') {
        return None;
    }
    match (first.len(), second.len(), year_mark, year.len()) {
        (1 | 2, 1 | 2, '\'' | '’', 1) => Some(format!("{first}{mark}{second}{mark}200{year}")),
        // Other programs write the apostrophe before every year.
        (1 | 2, 1 | 2, '\'' | '’', 2) if year >= "70" => Some(format!("{first}{mark}{second}{mark}19{year}")),
        (1 | 2, 1 | 2, '\'' | '’', 2) => Some(format!("{first}{mark}{second}{mark}20{year}")),
        (1 | 2, 1 | 2, '\'' | '’', 4) | (1 | 2, 1 | 2, '/' | '.' | '-', 2 | 4) | (4, 1 | 2, '/' | '.' | '-', 1 | 2) => {
            Some(format!("{first}{mark}{second}{mark}{year}"))
        }
        _ => None,
    }
}

/// Digits, the mark behind them, and what follows; blanks do not count.
fn number(text: &str) -> Option<(&str, char, &str)> {
    let text = text.trim_start();
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length).filter(|(digits, _)| !digits.is_empty())?;
    let mut rest = rest.trim_start().chars();
    let mark = rest.next()?;
    Some((digits, mark, rest.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_apostrophes_are_taken_out() {
        for (text, plain) in [
            ("1/ 2'05", "1/2/2005"),
            ("1/2' 5", "1/2/2005"),
            ("12/31'2005", "12/31/2005"),
            ("12/31'97", "12/31/1997"),
            (" 1/ 2/95", "1/2/95"),
            ("8/ 1/97", "8/1/97"),
            ("01.02.05", "01.02.05"),
            ("31. 12. 2005", "31.12.2005"),
            ("1-2’05", "1-2-2005"),
            ("2005-01-02", "2005-01-02"),
            ("2005/1/ 2", "2005/1/2"),
            ("1/2/5", "1/2/5"),
            ("1/2'105", "1/2'105"),
            ("2 Jan 2005", "2 Jan 2005"),
            ("20050102", "20050102"),
            ("", ""),
            ("1/", "1/"),
        ] {
            assert_eq!(readable(text), plain, "{text}");
        }
    }
}
