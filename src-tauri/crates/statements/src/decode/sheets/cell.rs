//! A cell's value as text: numbers with a decimal point, dates as ISO 8601.

use calamine::{ExcelDateTime, ExcelDateTimeType};
use rust_decimal::Decimal;

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    #[default]
    Number,
    /// As a date, a time of day or both.
    Moment,
}

impl Shown {
    /// By the number of a format that needs no code.
    pub(super) fn of_builtin(number: u16) -> Self {
        match number {
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Moment,
            _ => Self::Number,
        }
    }

    /// By a format's code, such as `dd/mm/yyyy` or `#,##0.00 [$kr-41D]`. Elapsed time, `[h]:mm`, is a number.
    pub(super) fn of_code(code: &str) -> Self {
        let mut letters = code.chars();
        while let Some(letter) = letters.next() {
            match letter {
                ';' => break,
                '\\' | '_' | '*' => {
                    letters.next();
                }
                '"' => {
                    letters.by_ref().find(|letter| *letter == '"');
                }
                '[' => {
                    let inside: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                    let mut unit = inside.chars().map(|letter| letter.to_ascii_lowercase());
                    if unit.next().is_some_and(|first| "hms".contains(first) && unit.all(|letter| letter == first)) {
                        return Self::Number;
                    }
                }
                'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return Self::Moment,
                _ => {}
            }
        }
        Self::Number
    }

    /// The text of a stored number, and whether it is one.
    pub(super) fn text(self, number: f64, from_1904: bool) -> (String, bool) {
        match self {
            Self::Number => (number_text(number), true),
            Self::Moment => moment(&ExcelDateTime::new(number, ExcelDateTimeType::DateTime, from_1904)),
        }
    }
}

/// The day after the last that spreadsheets know, 9999-12-31.
const DAYS_END: f64 = 2_958_466.0;

/// The text of a serial day; what is none, such as a negative number, stays a number.
pub(super) fn moment(moment: &ExcelDateTime) -> (String, bool) {
    let serial = moment.as_f64();
    if moment.is_duration() || !(0.0..DAYS_END).contains(&serial) {
        return (number_text(serial), true);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    let text = if serial < 1.0 {
        time
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{time}")
    };
    (text, false)
}

/// Spreadsheets show 15 digits; the 16th and 17th are what binary fractions add, as in 5.1499999999999995 for 5.15.
pub(super) fn number_text(number: f64) -> String {
    let rounded = format!("{number:.14e}");
    match Decimal::from_scientific(&rounded) {
        Ok(decimal) if decimal.is_zero() == (number == 0.0) => decimal.normalize().to_string(),
        _ => rounded,
    }
}

/// What a spreadsheet shows for an error, by its number.
pub(super) fn error_text(number: u8) -> &'static str {
    match number {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        _ => "#ERROR!",
    }
}

pub(super) fn truth_text(truth: bool) -> &'static str {
    if truth { "TRUE" } else { "FALSE" }
}

/// The number in the short form of binary workbooks: an integer of 30 bits or the upper half of a float, perhaps
/// hundredfold.
pub(super) fn short_number(bits: u32) -> f64 {
    let number =
        if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits.cast_signed() >> 2) };
    if bits & 1 == 0 { number } else { number / 100.0 }
}

/// A cell's name, `C5`, by 0-based row and column.
pub(super) fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    let column: String = letters.iter().rev().collect();
    format!("{column}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_dates_from_numbers() {
        for code in ["dd/mm/yyyy", "[$-F800]dddd\\, mmmm dd\\, yyyy", "h:mm AM/PM", "[Red]d.m.yy", "yyyy\"年\"m\"月\""]
        {
            assert_eq!(Shown::of_code(code), Shown::Moment, "{code}");
        }
        for code in
            ["General", "#,##0.00 \"days\"", "0.00 [$HUF-40E]", "[h]:mm:ss", "_-* #,##0\\d_-;dd", "0.00E+00", "@"]
        {
            assert_eq!(Shown::of_code(code), Shown::Number, "{code}");
        }
    }

    #[test]
    fn days_count_from_1900_or_1904() {
        for (serial, from_1904, text) in [
            (45_414.0, false, "2024-05-02"),
            (43_952.0, true, "2024-05-02"),
            (45_414.5, false, "2024-05-02T12:00:00"),
            (0.25, false, "06:00:00"),
            (-5.0, false, "-5"),
            (1e9, false, "1000000000"),
        ] {
            assert_eq!(Shown::Moment.text(serial, from_1904).0, text);
        }
        assert_eq!(number_text(f64::NAN), "NaN");
    }

    #[test]
    fn short_numbers_are_unpacked() {
        for (bits, number) in
            [((-5_i32 << 2).cast_unsigned() | 2, -5.0), ((12_345 << 2) | 3, 123.45), (0x3ff0_0000, 1.0)]
        {
            assert!((short_number(bits) - number).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn cells_have_the_names_spreadsheets_show() {
        for (row, column, name) in [(0, 0, "A1"), (4, 25, "Z5"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")] {
            assert_eq!(cell_name(row, column), name);
        }
    }
}
