//! What a row says about a job: month, site, type of service, quantity and rate. A value that cannot be read is warned
//! about and left out; the row stays, for its amount is what counts.

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::{Job, said};

use super::{
    cells::{self, Wrong},
    plan::Plan,
    sink::Sink,
};
use crate::{
    DecimalMark,
    value::{amount, months, words::fold},
};

/// The job of a row; `None` where no column of jobs is mapped or none is filled.
pub(super) fn read(plan: &Plan<'_>, row: usize, sink: &mut Sink) -> Option<Box<Job>> {
    let columns = [plan.month, plan.site, plan.service_type, plan.quantity, plan.rate];
    if columns.into_iter().flatten().all(|column| plan.cell(row, column).is_empty()) {
        return None;
    }
    Some(Box::new(Job {
        month: or_warn(plan, row, sink, month_of(plan, row)),
        site: plan.optional(row, plan.site).to_owned(),
        service_type: plan.optional(row, plan.service_type).to_owned(),
        quantity: or_warn(plan, row, sink, number(plan, row, plan.quantity, JobNumber::Quantity)),
        rate: or_warn(plan, row, sink, number(plan, row, plan.rate, JobNumber::Rate)),
    }))
}

fn or_warn<T>(plan: &Plan<'_>, row: usize, sink: &mut Sink, found: Result<Option<T>, Wrong<'_>>) -> Option<T> {
    found.unwrap_or_else(|wrong| {
        sink.warn(plan, row, &wrong);
        None
    })
}

fn month_of<'t>(plan: &Plan<'t>, row: usize) -> Result<Option<Date>, Wrong<'t>> {
    let text = plan.optional(row, plan.month);
    let Some(column) = plan.month.filter(|_| !text.is_empty()) else { return Ok(None) };
    if let Some(month) = parse_month(text) {
        return Ok(Some(month));
    }
    match cells::date_in(plan, row, plan.month) {
        Ok(date) => Ok(date.map(Date::first_of_month)),
        Err(_) => Err(Wrong::cell(
            column,
            text,
            said!("expected.month", "a month with its year, such as 2024-05 or May 2024; it was left out"),
        )),
    }
}

/// Which number of a job.
#[derive(Debug, Clone, Copy)]
enum JobNumber {
    Quantity,
    Rate,
}

/// A quantity or rate, also with its unit behind: `12 h`, `45,00 EUR/h`.
fn number<'t>(
    plan: &Plan<'t>,
    row: usize,
    column: Option<usize>,
    what: JobNumber,
) -> Result<Option<Decimal>, Wrong<'t>> {
    let text = plan.optional(row, column);
    let Some(column) = column.filter(|_| !matches!(text, "" | "-" | "--" | "–" | "—")) else { return Ok(None) };
    let mark = if plan.table.is_number(row, column) { DecimalMark::Point } else { plan.mapping.decimal_mark };
    let stated = amount::parse_amount(text, mark).or_else(|error| match without_unit(text) {
        Some(bare) => amount::parse_amount(bare, mark),
        None => Err(error),
    });
    stated.map(|stated| Some(stated.value)).map_err(|_| {
        let expected = match what {
            JobNumber::Quantity => {
                said!("expected.quantity", "a quantity such as {such}; it was left out", such = mark.example())
            }
            JobNumber::Rate => said!("expected.rate", "a rate such as {such}; it was left out", such = mark.example()),
        };
        Wrong::cell(column, text, expected)
    })
}

fn without_unit(text: &str) -> Option<&str> {
    if let Some((bare, unit)) = text.split_once('/') {
        return unit.chars().all(|character| character.is_alphabetic() || character == ' ').then_some(bare.trim());
    }
    let bare =
        text.trim_end_matches(|character: char| character.is_alphabetic() || matches!(character, '.' | '²' | '³'));
    let unit = text.get(bare.len()..)?;
    (!unit.is_empty() && unit.len() <= 8 && bare.ends_with(|last: char| last.is_ascii_digit() || last == ' '))
        .then(|| bare.trim_end())
}

/// A month with its year, as its first day: `2024-05`, `05/2024`, `202405`, `May 2024`, `Mai 24`, `05/24`.
fn parse_month(text: &str) -> Option<Date> {
    let folded = fold(text);
    let mut words = Words::of(&folded);
    let (first, second, rest) = (words.next()?, words.next(), words.next());
    if rest.is_some() {
        return None;
    }
    match (first, second) {
        (Word::Number(value, 6), None) => first_day(value / 100, value % 100),
        (Word::Number(year, 4), Some(Word::Number(month, 1 | 2))) => first_day(year, month),
        (Word::Number(month, 1 | 2), Some(Word::Number(year, len @ (2 | 4)))) => first_day(full(year, len), month),
        (Word::Name(month), Some(Word::Number(year, len @ (2 | 4))))
        | (Word::Number(year, len @ (2 | 4)), Some(Word::Name(month))) => first_day(full(year, len), month),
        _ => None,
    }
}

fn first_day(year: u32, month: u32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| (1900..2200).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, 1).ok()
}

const fn full(year: u32, len: usize) -> u32 {
    if len == 4 { year } else { year + 2000 }
}

/// A part of a month's text: a number with its count of digits, or a month's name.
enum Word {
    Number(u32, usize),
    Name(u32),
    Other,
}

/// Runs of digits and of letters; filler words of Romance languages ("maio de 2024") are left out.
struct Words<'t> {
    rest: &'t str,
}

impl<'t> Words<'t> {
    const fn of(rest: &'t str) -> Self {
        Self { rest }
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        loop {
            self.rest = self.rest.trim_start();
            let digit = self.rest.bytes().next()?.is_ascii_digit();
            let same = |byte: u8| byte != b' ' && byte.is_ascii_digit() == digit;
            let len = self.rest.bytes().take_while(|byte| same(*byte)).count();
            let (word, rest) = self.rest.split_at_checked(len)?;
            self.rest = rest;
            if digit {
                return Some(word.parse().map_or(Word::Other, |value| Word::Number(value, len)));
            }
            if !matches!(word, "de" | "del" | "of" | "di" | "the") {
                return Some(
                    months::month(word)
                        .map(i32::from)
                        .or_else(|| portuguese(word))
                        .map_or(Word::Other, |month| Word::Name(month.unsigned_abs())),
                );
            }
        }
    }
}

/// Portuguese names; those that other languages share are known already.
fn portuguese(word: &str) -> Option<i32> {
    const NAMES: [(&str, i32); 12] = [
        ("janeiro", 1),
        ("fevereiro", 2),
        ("marco", 3),
        ("maio", 5),
        ("junho", 6),
        ("julho", 7),
        ("setembro", 9),
        ("outubro", 10),
        ("out", 10),
        ("novembro", 11),
        ("dezembro", 12),
        ("dez", 12),
    ];
    NAMES.iter().find(|(name, _)| *name == word).map(|(_, month)| *month)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn months_as_clients_write_them() {
        for (text, month) in [
            ("2024-05", "2024-05-01"),
            ("2024/5", "2024-05-01"),
            ("05/2024", "2024-05-01"),
            ("5.2024", "2024-05-01"),
            ("05/24", "2024-05-01"),
            ("202405", "2024-05-01"),
            ("May 2024", "2024-05-01"),
            ("May-24", "2024-05-01"),
            ("MAY24", "2024-05-01"),
            ("Mai 24", "2024-05-01"),
            ("März 2024", "2024-03-01"),
            ("2024 Mai", "2024-05-01"),
            ("août 2024", "2024-08-01"),
            ("maio de 2024", "2024-05-01"),
            ("março/2024", "2024-03-01"),
            ("mrt 2024", "2024-03-01"),
            ("settembre 2024", "2024-09-01"),
        ] {
            assert_eq!(parse_month(text).map(|date| date.to_string()), Some(month.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_month_without_year_or_beyond_december_is_none() {
        for text in ["May", "05", "2024", "13/2024", "2024-13", "202413", "2024-00", "QX 2024", "31.05.2024", "", "-"] {
            assert_eq!(parse_month(text), None, "{text}");
        }
    }

    #[test]
    fn units_behind_numbers_are_taken_off() {
        for (text, bare) in [("12 h", "12"), ("3,5 Std.", "3,5"), ("45,00 EUR/h", "45,00 EUR"), ("7m²", "7")] {
            assert_eq!(without_unit(text), Some(bare), "{text}");
        }
        assert_eq!(without_unit("twelve"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text: String) {
            let _ = parse_month(&text);
            let _ = without_unit(&text);
        }
    }
}
