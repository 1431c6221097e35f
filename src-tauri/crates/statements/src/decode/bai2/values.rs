//! Values of BAI2 fields: days, amounts in minor units, what a type code means, how funds are distributed.

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::Currency;

use super::records::Cursor;
use crate::decode::mt94x::dates;

/// Most digits of an amount.
const DIGITS_MAX: usize = 17;

/// A day written `YYMMDD`, or with all digits of the year.
pub(super) fn day(text: &str) -> Option<Date> {
    match text.split_at_checked(2) {
        Some((century @ ("19" | "20"), rest)) if rest.len() == 6 => {
            dates::year_month_day(rest).filter(|date| date.year() / 100 == century.parse::<i16>().unwrap_or(0))
        }
        _ => dates::year_month_day(text),
    }
}

/// An amount as it is written, in minor units where it has no point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    /// With its own sign.
    pub(super) value: Decimal,
    /// It is written in major units, with a decimal point, which BAI2 does not foresee.
    pub(super) has_point: bool,
}

impl Amount {
    /// The amount in major units.
    pub(super) fn in_major_units(self, currency: Option<Currency>) -> Decimal {
        let digits = if self.has_point { 0 } else { currency.map_or(2, Currency::digits) };
        let mut value = self.value;
        // The value has at most 17 digits, so that the scale always fits.
        value.set_scale(value.scale() + digits).ok();
        value
    }
}

/// Reads digits with an optional sign.
pub(super) fn amount(text: &str) -> Option<Amount> {
    let text = text.trim();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let has_point = digits.contains('.');
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().filter(|byte| *byte == b'.').count() <= 1
        && digits.bytes().any(|byte| byte.is_ascii_digit());
    let significant = digits.trim_start_matches('0');
    if !is_number || significant.len() > DIGITS_MAX + usize::from(has_point) {
        return None;
    }
    let value: Decimal = format!("0{significant}").parse().ok()?;
    Some(Amount { value: if text.starts_with('-') { -value } else { value }, has_point })
}

/// What a type code says of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Credit,
    Debit,
    /// No money: 890 is information.
    None,
}

/// What a type code of three digits means; `None` where it is no such code or says nothing of the direction.
pub(super) fn direction(code: &str) -> Option<Direction> {
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match code.parse::<u16>().ok()? {
        100..=399 | 920..=959 => Some(Direction::Credit),
        400..=699 | 960..=999 => Some(Direction::Debit),
        890 => Some(Direction::None),
        _ => None,
    }
}

/// What a record says of when funds are available.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Funds<'t> {
    /// The value date as it is written.
    pub(super) value_date: &'t str,
    /// The type, where it is none that BAI2 knows.
    pub(super) unknown: &'t str,
}

/// Reads the type of funds and what follows it because of the type.
pub(super) fn funds<'t>(fields: &mut Cursor<'_, 't>) -> Funds<'t> {
    let kind = fields.next_or_empty();
    match kind {
        "V" | "v" => {
            let value_date = fields.next_or_empty();
            fields.next();
            return Funds { value_date, unknown: "" };
        }
        "S" | "s" => {
            for _ in 0..3 {
                fields.next();
            }
        }
        "D" | "d" => {
            let count: u32 = fields.next_or_empty().parse().unwrap_or(0);
            for _ in 0..count {
                if fields.next().and_then(|_days| fields.next()).is_none() {
                    break;
                }
            }
        }
        "" | "0" | "1" | "2" | "Z" | "z" => {}
        unknown => return Funds { value_date: "", unknown },
    }
    Funds::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_in_the_currencys_minor_units() {
        let read = |text: &str, code: &str| {
            amount(text).map(|found| found.in_major_units(Currency::parse(code).ok()).to_string())
        };
        assert_eq!(read("123456", "USD").as_deref(), Some("1234.56"));
        assert_eq!(read("+000000000208500", "CAD").as_deref(), Some("2085.00"));
        assert_eq!(read("-5", "JPY").as_deref(), Some("-5"));
        assert_eq!(read("1234567", "KWD").as_deref(), Some("1234.567"));
        assert_eq!(read("1234", "").as_deref(), Some("12.34"));
        assert_eq!(read("12.34", "USD").as_deref(), Some("12.34"));
        for text in ["", "-", "1,2", "1.2.3", "--1", "12a", "1e5", "123456789012345678"] {
            assert_eq!(amount(text), None, "{text}");
        }
    }

    #[test]
    fn the_type_code_gives_the_sign() {
        for (code, expected) in [
            ("100", Some(Direction::Credit)),
            ("399", Some(Direction::Credit)),
            ("400", Some(Direction::Debit)),
            ("699", Some(Direction::Debit)),
            ("890", Some(Direction::None)),
            ("930", Some(Direction::Credit)),
            ("970", Some(Direction::Debit)),
            ("721", None),
            ("010", None),
            ("47", None),
            ("4750", None),
        ] {
            assert_eq!(direction(code), expected, "{code}");
        }
    }

    #[test]
    fn a_day_has_six_or_eight_digits() {
        let written = |text: &str| day(text).map(|date| date.to_string());
        assert_eq!(written("240229").as_deref(), Some("2024-02-29"));
        assert_eq!(written("20240229").as_deref(), Some("2024-02-29"));
        for text in ["230229", "20230229", "", "2402", "24022x", "19240229"] {
            assert_eq!(written(text), None, "{text}");
        }
    }
}
