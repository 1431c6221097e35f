//! Amounts as people and banks write them, read exactly or not at all.

use rust_decimal::Decimal;
use tieout_domain::Currency;

use super::currency::{self, Mark};
use crate::DecimalMark;

/// An amount as one cell states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stated {
    /// With the sign the cell shows; `DR` makes it negative.
    pub(crate) value: Decimal,
    /// The currency beside the number, where it names one.
    pub(crate) currency: Option<Currency>,
    /// The cell says `DR` or `CR`, so that its sign is no matter of convention.
    pub(crate) marked: bool,
}

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAmount {
    /// It is not written like an amount of this decimal mark.
    Unreadable,
    /// More digits than any amount has.
    TooLong,
}

/// What a value says about the decimal mark of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MarkEvidence {
    /// No separator that says anything.
    None,
    /// Only this mark fits.
    Only(DecimalMark),
    /// `1.234`: the separator may group or begin decimals.
    Either,
}

/// Most digits of a number: what fits 96 bits for certain.
const DIGITS_MAX: usize = 28;

/// Reads an amount.
///
/// Digits may be grouped in threes or, as in India, in twos after the last three, by the other mark, blanks (also
/// non-breaking ones) or apostrophes; groups must be whole. The sign may stand before or after, as `-`, `−`, `+`,
/// as brackets, or as `DR` or `CR`. A currency's code or sign may stand on either side.
pub(crate) fn parse_amount(text: &str, mark: DecimalMark) -> Result<Stated, NoAmount> {
    if let Some(value) = plain(text, mark) {
        return Ok(Stated { value, currency: None, marked: false });
    }
    let mut rest = Rest::new(text);
    rest.strip();
    let number = number(rest.text, mark)?;
    let value = if rest.negative { -number } else { number };
    Ok(Stated { value, currency: rest.currency, marked: rest.directed })
}

/// Whether the text is an amount under some decimal mark.
pub(crate) fn is_amount(text: &str) -> bool {
    parse_amount(text, DecimalMark::Point).is_ok() || parse_amount(text, DecimalMark::Comma).is_ok()
}

/// What the text says about the decimal mark. Says something only about text that is an amount.
pub(crate) fn mark_evidence(text: &str) -> MarkEvidence {
    let (mut points, mut commas, mut last) = (0_usize, 0_usize, 0_usize);
    let (mut digits_before, mut digits_after) = (0_usize, 0_usize);
    let (mut leading_zero, mut other_grouping, mut seen_digit) = (false, false, false);
    for character in text.chars() {
        match character {
            '0'..='9' => {
                if points + commas == 0 {
                    leading_zero |= !seen_digit && character == '0';
                    digits_before += 1;
                } else {
                    digits_after += 1;
                }
                seen_digit = true;
            }
            '.' | ',' => {
                if character == '.' {
                    points += 1
                } else {
                    commas += 1
                }
                last = if character == '.' { 1 } else { 2 };
                digits_after = 0;
            }
            '\'' | '’' => other_grouping |= seen_digit,
            _ => {}
        }
    }
    let mark_of = |which: usize| if which == 1 { DecimalMark::Point } else { DecimalMark::Comma };
    match (points, commas) {
        (0, 0) => MarkEvidence::None,
        (1.., 1..) => MarkEvidence::Only(mark_of(last)),
        _ if points + commas > 1 => MarkEvidence::Only(mark_of(last).other()),
        _ if digits_after != 3 || digits_before == 0 || digits_before > 3 || leading_zero || other_grouping => {
            MarkEvidence::Only(mark_of(last))
        }
        _ => MarkEvidence::Either,
    }
}

/// `-1234.56` and its like, which nearly every machine-made file writes.
fn plain(text: &str, mark: DecimalMark) -> Option<Decimal> {
    let bytes = text.as_bytes();
    let negative = bytes.first() == Some(&b'-');
    let body = bytes.get(usize::from(negative)..)?;
    if body.is_empty() || body.len() > 19 {
        return None;
    }
    let separator = match mark {
        DecimalMark::Point => b'.',
        DecimalMark::Comma => b',',
    };
    let (mut mantissa, mut scale, mut seen) = (0_i128, 0_u32, false);
    for byte in body {
        if byte.is_ascii_digit() {
            mantissa = mantissa * 10 + i128::from(byte - b'0');
            scale += u32::from(seen);
        } else if *byte == separator && !seen {
            seen = true;
        } else {
            return None;
        }
    }
    // Digits on both sides of the mark, as this form always has.
    if body.first() == Some(&separator) || (seen && scale == 0) {
        return None;
    }
    Some(Decimal::from_i128_with_scale(if negative { -mantissa } else { mantissa }, scale))
}

/// What is left of a cell as signs, marks and brackets are taken off its ends.
struct Rest<'a> {
    text: &'a str,
    negative: bool,
    signed: bool,
    bracketed: bool,
    /// `DR` or `CR` was taken off.
    directed: bool,
    currency: Option<Currency>,
    marked: bool,
}

impl<'a> Rest<'a> {
    fn new(text: &'a str) -> Self {
        // A leading apostrophe keeps spreadsheets from reading a number; it belongs to no number.
        let text = super::words::clean(text).trim_start_matches('\'');
        Self {
            text: trim(text),
            negative: false,
            signed: false,
            bracketed: false,
            directed: false,
            currency: None,
            marked: false,
        }
    }

    fn strip(&mut self) {
        while self.strip_sign() || self.strip_brackets() || self.strip_mark() {
            self.text = trim(self.text);
        }
    }

    fn strip_sign(&mut self) -> bool {
        if self.signed {
            return false;
        }
        let is_minus = |character: char| matches!(character, '-' | '−' | '–' | '‐' | '‑' | '‒' | '﹣' | '－');
        let is_plus = |character: char| matches!(character, '+' | '＋');
        let text = self.text;
        for (found, negative) in [
            (text.strip_prefix(is_minus), true),
            (text.strip_prefix(is_plus), false),
            (text.strip_suffix("-").filter(|rest| !rest.ends_with([',', '.', '-'])), true),
            (text.strip_suffix(['−', '–']), true),
            (text.strip_suffix(is_plus), false),
        ] {
            if let Some(rest) = found {
                (self.text, self.signed) = (rest, true);
                self.negative ^= negative;
                return true;
            }
        }
        false
    }

    fn strip_brackets(&mut self) -> bool {
        if self.bracketed || self.signed {
            return false;
        }
        match self.text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inner) => {
                // Brackets are the sign: none other may stand inside.
                (self.text, self.bracketed, self.signed) = (inner, true, true);
                self.negative = true;
                true
            }
            None => false,
        }
    }

    fn strip_mark(&mut self) -> bool {
        // The point of "1.234,50 kr." and "100.00 Cr." ends the word.
        if let Some(rest) = self.text.strip_suffix('.')
            && rest.ends_with(is_mark_character)
        {
            self.text = rest;
        }
        let leading = self.text.find(|character: char| !is_mark_character(character)).unwrap_or(0);
        if leading > 0 {
            let (word, rest) = self.text.split_at(leading);
            return self.take_mark(word, rest);
        }
        let trailing = self.text.rfind(|character: char| !is_mark_character(character));
        match trailing.and_then(|at| self.text.get(at..)).and_then(|tail| tail.chars().next()) {
            Some(last) => {
                let at = trailing.unwrap_or(0) + last.len_utf8();
                let (rest, word) = self.text.split_at(at);
                !word.is_empty() && self.take_mark(word, rest)
            }
            None => false,
        }
    }

    fn take_mark(&mut self, word: &str, rest: &'a str) -> bool {
        let debit = match word {
            "DR" | "Dr" | "dr" | "DB" | "Db" | "D" | "S" => Some(true),
            "CR" | "Cr" | "cr" | "C" | "H" => Some(false),
            _ => None,
        };
        if let Some(debit) = debit {
            if self.signed {
                return false;
            }
            (self.text, self.signed, self.directed, self.negative) = (rest, true, true, debit);
            return true;
        }
        // The point of "Rs.500" and "Fr. 20" belongs to the word, not to the number.
        let rest =
            if matches!(word, "Rs" | "Fr" | "kr" | "Kr") { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
        match currency::mark(word) {
            Some(mark) if !self.marked => {
                (self.text, self.marked) = (rest, true);
                if let Mark::Of(found) = mark {
                    self.currency = Some(found);
                }
                true
            }
            _ => false,
        }
    }
}

fn is_mark_character(character: char) -> bool {
    character.is_alphabetic()
        || matches!(character, '$' | '€' | '£' | '¥' | '₹' | '₺' | '₽' | '₴' | '￥' | '₩' | '₪' | '฿')
}

fn trim(text: &str) -> &str {
    text.trim_matches(|character: char| character.is_whitespace() || is_blank(character))
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Digits with whole groups and at most one decimal mark.
fn number(text: &str, mark: DecimalMark) -> Result<Decimal, NoAmount> {
    let (decimal, group) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (whole, decimals) = match text.split_once(decimal) {
        // "100,-" and "100.--" say that there are no cents.
        Some((whole, "-" | "--" | "—")) => (whole, ""),
        Some((_, "")) => return Err(NoAmount::Unreadable),
        Some((whole, decimals)) => (whole, decimals),
        None => (text, ""),
    };
    if !decimals.bytes().all(|byte| byte.is_ascii_digit()) || (whole.is_empty() && decimals.is_empty()) {
        return Err(NoAmount::Unreadable);
    }
    let mut digits = Digits::default();
    if !whole.is_empty() {
        push_groups(whole, group, &mut digits)?;
    }
    for byte in decimals.bytes() {
        digits.push(byte)?;
    }
    let scale = u32::try_from(decimals.len()).map_err(|_| NoAmount::TooLong)?;
    Decimal::try_from_i128_with_scale(digits.value, scale).map_err(|_| NoAmount::TooLong)
}

#[derive(Default)]
struct Digits {
    value: i128,
    count: usize,
}

impl Digits {
    fn push(&mut self, byte: u8) -> Result<(), NoAmount> {
        self.count += usize::from(self.value != 0 || byte != b'0');
        if self.count > DIGITS_MAX {
            return Err(NoAmount::TooLong);
        }
        self.value = self.value * 10 + i128::from(byte - b'0');
        Ok(())
    }
}

/// The whole part: no groups, groups of three, or Indian groups. One kind of separator throughout.
fn push_groups(whole: &str, group: char, digits: &mut Digits) -> Result<(), NoAmount> {
    let mut separator = None;
    let (mut lengths, mut current) = (Vec::new(), 0_usize);
    for character in whole.chars() {
        if character.is_ascii_digit() {
            digits.push(character as u8)?;
            current += 1;
        } else if character == group || matches!(character, '\'' | '’') || is_blank(character) {
            let kind = if is_blank(character) { ' ' } else { character };
            if *separator.get_or_insert(kind) != kind {
                return Err(NoAmount::Unreadable);
            }
            lengths.push(current);
            current = 0;
        } else {
            return Err(NoAmount::Unreadable);
        }
    }
    let last = current;
    match lengths.split_first() {
        None => Ok(()),
        Some((first, middle)) => {
            let western = (1..=3).contains(first) && middle.iter().all(|length| *length == 3);
            let indian = (1..=2).contains(first) && middle.iter().all(|length| *length == 2);
            if last == 3 && (western || indian) { Ok(()) } else { Err(NoAmount::Unreadable) }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, mark: DecimalMark) -> String {
        match parse_amount(text, mark) {
            Ok(stated) => {
                let code = stated.currency.map(|currency| format!(" {currency}")).unwrap_or_default();
                format!("{}{code}", stated.value.normalize())
            }
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn every_form_of_an_amount() {
        use DecimalMark::{Comma, Point};
        for (text, mark, value) in [
            ("1234.56", Point, "1234.56"),
            ("1,234.56", Point, "1234.56"),
            ("1.234,56", Comma, "1234.56"),
            ("1 234,56", Comma, "1234.56"),
            ("1\u{a0}234,56", Comma, "1234.56"),
            ("1\u{202f}234\u{202f}567,89", Comma, "1234567.89"),
            ("1'234.56", Point, "1234.56"),
            ("11’373.94", Point, "11373.94"),
            ("1,00,000.00", Point, "100000"),
            ("12,34,567.89", Point, "1234567.89"),
            ("-1", Point, "-1"),
            ("1-", Point, "-1"),
            ("1.234,56-", Comma, "-1234.56"),
            ("(1)", Point, "-1"),
            ("(1,234.56)", Point, "-1234.56"),
            ("−1", Point, "-1"),
            ("+120,00", Comma, "120"),
            ("-.46", Point, "-0.46"),
            ("1.00 DR", Point, "-1"),
            ("1.00CR", Point, "1"),
            ("12,50 S", Comma, "-12.5"),
            ("€1,234.50", Point, "1234.5 EUR"),
            ("4.093,32 €", Comma, "4093.32 EUR"),
            ("EUR 5", Point, "5 EUR"),
            ("1234,37 EUR", Comma, "1234.37 EUR"),
            ("-$7,971.39", Point, "-7971.39"),
            ("$-7.00", Point, "-7"),
            ("($7.00)", Point, "-7"),
            ("$(7.00)", Point, "-7"),
            ("+$327.49", Point, "327.49"),
            ("£20.00", Point, "20 GBP"),
            ("'579,68 USD", Comma, "579.68 USD"),
            ("1 500,00 zł", Comma, "1500 PLN"),
            ("100,-", Comma, "100"),
            ("100.--", Point, "100"),
            ("90071992547409.93", Point, "90071992547409.93"),
            ("0", Comma, "0"),
            ("1,280.8", Point, "1280.8"),
            ("4,884", Point, "4884"),
            ("=\"12.50\"", Point, "12.5"),
            ("1.234,50 kr.", Comma, "1234.5"),
            ("100.00 Dr.", Point, "-100"),
            ("‑12,00", Comma, "-12"),
            ("¥1,200", Point, "1200"),
            ("1,200円", Point, "1200 JPY"),
            ("150,00 грн", Comma, "150 UAH"),
            ("Rs.500", Point, "500"),
            ("Fr. 20.50", Point, "20.5"),
        ] {
            assert_eq!(read(text, mark), value, "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_never_read_as_one() {
        use DecimalMark::{Comma, Point};
        for (text, mark) in [
            ("not known", Point),
            ("", Point),
            ("-", Point),
            ("12..34", Point),
            ("12.34.56", Point),
            ("1,23", Point),
            ("12,34", Point),
            ("1.234,56", Point),
            ("1,234.56", Comma),
            ("1.23.456,00", Point),
            ("--5", Point),
            ("(-5)", Point),
            ("-5-", Point),
            ("-5.00 DR", Point),
            ("5 EUR USD", Point),
            ("1e5", Point),
            ("1E+3", Point),
            ("5 apples", Point),
            ("1 2", Point),
            ("1 23,00", Comma),
            ("2024-12-31", Point),
            ("12:30", Point),
            ("5.", Point),
            ("NaN", Point),
            ("Infinity", Point),
            ("٣", Point),
        ] {
            assert_eq!(read(text, mark), "Unreadable", "{text}");
        }
        assert_eq!(read(&"9".repeat(40), Point), "TooLong");
    }

    #[test]
    fn one_value_tells_the_mark_or_leaves_it_open() {
        use DecimalMark::{Comma, Point};
        for (text, evidence) in [
            ("1.234,56", MarkEvidence::Only(Comma)),
            ("1,234.56", MarkEvidence::Only(Point)),
            ("1,23,456", MarkEvidence::Only(Point)),
            ("1.234.567", MarkEvidence::Only(Comma)),
            ("12,5", MarkEvidence::Only(Comma)),
            ("0.123", MarkEvidence::Only(Point)),
            ("1234.567", MarkEvidence::Only(Point)),
            ("1.234", MarkEvidence::Either),
            ("-1,234", MarkEvidence::Either),
            ("1'234.567", MarkEvidence::Only(Point)),
            ("-.46", MarkEvidence::Only(Point)),
            ("1234", MarkEvidence::None),
        ] {
            assert_eq!(mark_evidence(text), evidence, "{text}");
        }
    }

    proptest! {
        #[test]
        fn printed_with_groups_and_read_back(minor in -9_999_999_999_999_i64..9_999_999_999_999, comma: bool) {
            let value = Decimal::new(minor, 2);
            let (whole, cents) = (minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
            let mut grouped = String::new();
            for (position, digit) in whole.to_string().chars().rev().enumerate() {
                if position > 0 && position % 3 == 0 {
                    grouped.push(if comma { '.' } else { ',' });
                }
                grouped.push(digit);
            }
            let whole: String = grouped.chars().rev().collect();
            let sign = if minor < 0 { "-" } else { "" };
            let text = format!("{sign}{whole}{}{cents:02}", if comma { ',' } else { '.' });
            let mark = if comma { DecimalMark::Comma } else { DecimalMark::Point };
            prop_assert_eq!(parse_amount(&text, mark).map(|stated| stated.value), Ok(value));
        }

        #[test]
        fn any_text_is_answered(text: String) {
            let _ = parse_amount(&text, DecimalMark::Point);
            let _ = mark_evidence(&text);
        }
    }
}
