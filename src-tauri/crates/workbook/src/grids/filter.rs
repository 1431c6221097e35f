//! Which rows a condition holds for.

use std::ops::RangeInclusive;

use jiff::tz::TimeZone;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use tieout_domain::{Currency, said};

use super::{
    bits::Bits,
    column::{ColumnKind, GridColumn},
    data::{Data, NO_WORD, Numbers, Texts},
    days,
    query::{GridFilter, GridTest},
    sheet::Sheet,
};
use crate::WorkbookError;

/// Most values of one condition.
const VALUES_MAX: usize = 1_000;

/// Rows, shown or not, for which the condition holds.
pub(super) fn rows_of(sheet: &Sheet, filter: &GridFilter, zone: &TimeZone) -> Result<Bits, WorkbookError> {
    let place = sheet.place(filter.column).ok_or_else(|| no_column(sheet, filter.column))?;
    if filter.values.len() > VALUES_MAX {
        return Err(WorkbookError::Grid(said!(
            "grid.values",
            "a condition holds at most {most} values: give fewer",
            most = VALUES_MAX
        )));
    }
    let mut bits = match filter.test {
        GridTest::Empty | GridTest::Filled => sheet.filled(place)?,
        _ => match sheet.columns.get(place) {
            Some(Data::Texts(texts)) => of_texts(texts, filter)?,
            Some(Data::Numbers(numbers)) => of_numbers(sheet, numbers, filter, zone)?,
            Some(Data::Words(words)) => of_words(sheet, words, filter)?,
            None => Bits::none(sheet.len()),
        },
    };
    if matches!(filter.test, GridTest::Empty | GridTest::Differs) {
        bits.invert();
    }
    Ok(bits)
}

pub(super) fn no_column(sheet: &Sheet, column: GridColumn) -> WorkbookError {
    let known: Vec<&str> = sheet.grid.columns().iter().map(|column| column.as_str()).collect();
    let (grid, column, known) = (sheet.grid.as_str(), column.as_str(), known.join(", "));
    WorkbookError::Grid(said!(
        "grid.noColumn",
        "{grid} have no column '{column}': take one of {known}",
        grid = grid,
        column = column,
        known = known
    ))
}

fn one_value(filter: &GridFilter) -> Result<&str, WorkbookError> {
    match filter.values.as_slice() {
        [value] => Ok(value),
        _ => Err(WorkbookError::Grid(said!(
            "grid.oneValue",
            "'{test}' of {column} takes one value",
            test = filter.test.as_str(),
            column = filter.column.as_str()
        ))),
    }
}

fn of_texts(texts: &Texts, filter: &GridFilter) -> Result<Bits, WorkbookError> {
    let dictionary = &texts.dictionary;
    let mut codes = Bits::none(dictionary.len());
    match filter.test {
        GridTest::Contains => {
            let needles: Vec<String> = filter.values.iter().map(|value| value.trim().to_lowercase()).collect();
            codes = containing(texts, &needles);
        }
        GridTest::AtLeast => {
            dictionary.before(one_value(filter)?).for_each(|code| codes.set(code, true));
            codes.invert();
            // What is empty is not after anything.
            texts.empty().into_iter().for_each(|code| codes.set(code, false));
        }
        GridTest::AtMost => {
            let value = one_value(filter)?;
            dictionary.through(value).for_each(|code| codes.set(code, true));
            texts.empty().into_iter().for_each(|code| codes.set(code, false));
        }
        GridTest::Equals | GridTest::Differs | GridTest::OneOf | GridTest::Empty | GridTest::Filled => {
            for value in &filter.values {
                dictionary.equal_to(value).into_iter().for_each(|code| codes.set(code, true));
            }
        }
    }
    Ok(with_codes(texts, &codes))
}

fn with_codes(texts: &Texts, codes: &Bits) -> Bits {
    let mut bits = Bits::default();
    texts.codes.each(|_, code| bits.push(codes.get(code)));
    bits
}

/// Codes of texts that contain any of the needles, which are folded.
fn containing(texts: &Texts, needles: &[String]) -> Bits {
    let finders: Vec<_> = needles.iter().map(|needle| memchr::memmem::Finder::new(needle.as_bytes())).collect();
    let parts = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let found: Vec<Vec<usize>> = std::thread::scope(|scope| {
        let work = texts.dictionary.parts(parts).into_iter().map(|(mut cursor, codes)| {
            let finders = &finders;
            scope.spawn(move || {
                let (mut found, mut folded) = (Vec::new(), Vec::new());
                for code in codes {
                    let Some(text) = cursor.next() else { break };
                    folded.clear();
                    if text.is_ascii() {
                        folded.extend_from_slice(text.as_bytes());
                        folded.make_ascii_lowercase();
                    } else {
                        folded.extend_from_slice(text.to_lowercase().as_bytes());
                    }
                    if finders.iter().any(|finder| finder.find(&folded).is_some()) {
                        found.push(code);
                    }
                }
                found
            })
        });
        let work: Vec<_> = work.collect();
        work.into_iter().map(|part| part.join().unwrap_or_default()).collect()
    });
    let mut bits = Bits::none(texts.dictionary.len());
    found.into_iter().flatten().for_each(|code| bits.set(code, true));
    bits
}

fn of_words(sheet: &Sheet, words: &[u8], filter: &GridFilter) -> Result<Bits, WorkbookError> {
    let all = sheet.grid.words(filter.column).unwrap_or_default();
    let mut wanted = [false; NO_WORD as usize + 1];
    for value in &filter.values {
        let fits = |word: &str| match filter.test {
            GridTest::Contains => word.contains(value.trim()),
            _ => word == value,
        };
        let mut found = false;
        for (place, word) in all.iter().enumerate() {
            if fits(word)
                && let Some(wanted) = wanted.get_mut(place)
            {
                (*wanted, found) = (true, true);
            }
        }
        if !found && filter.test != GridTest::Contains {
            return Err(WorkbookError::Grid(said!(
                "grid.noWord",
                "'{value}' is none of the words of {column}: take {known}",
                value = value.chars().take(40).collect::<String>(),
                column = filter.column.as_str(),
                known = all.join(", ")
            )));
        }
    }
    match filter.test {
        GridTest::AtLeast | GridTest::AtMost => Err(WorkbookError::Grid(said!(
            "grid.noSize",
            "{column} are words, which have no size: use 'oneOf'",
            column = filter.column.as_str()
        ))),
        _ => Ok(Bits::of(words.len(), |i| words.get(i).is_some_and(|word| wanted[usize::from(*word)]))),
    }
}

fn of_numbers(sheet: &Sheet, numbers: &Numbers, filter: &GridFilter, zone: &TimeZone) -> Result<Bits, WorkbookError> {
    let value_range = |value: &str, currency| value_range(filter.column, value, currency, zone);
    let currencies = if filter.column.kind() == ColumnKind::Amount && !sheet.currencies.is_empty() {
        sheet.currencies.as_slice()
    } else {
        &[Currency::NONE]
    };
    let mut ranges: Vec<Vec<RangeInclusive<i64>>> = Vec::new();
    for currency in currencies {
        let wanted = match filter.test {
            GridTest::AtLeast => vec![*value_range(one_value(filter)?, *currency)?.start()..=i64::MAX],
            GridTest::AtMost => vec![i64::MIN + 1..=*value_range(one_value(filter)?, *currency)?.end()],
            GridTest::Contains => {
                return Err(WorkbookError::Grid(said!(
                    "grid.noPart",
                    "{column} cannot be looked through for a part of it: use 'equals', 'atLeast' or 'atMost'",
                    column = filter.column.as_str()
                )));
            }
            _ => {
                let of = |value: &String| value_range(value, *currency);
                filter.values.iter().map(of).collect::<Result<_, _>>()?
            }
        };
        ranges.push(wanted);
    }
    let fits = |ranges: &[RangeInclusive<i64>], number: i64| ranges.iter().any(|range| range.contains(&number));
    if let [only] = ranges.as_slice() {
        return Ok(Bits::of(sheet.len(), |i| numbers.get(i).is_some_and(|number| fits(only, number))));
    }
    Ok(Bits::of(sheet.len(), |i| {
        let wanted = ranges.get(sheet.currency.codes.get(i));
        numbers.get(i).zip(wanted).is_some_and(|(number, wanted)| fits(wanted, number))
    }))
}

/// Numbers as they are kept that are the value: one, those of a day of the zone, or none where the value lies between two:
/// then the range is empty, begins with the next larger and ends with the next smaller.
fn value_range(
    column: GridColumn,
    value: &str,
    currency: Currency,
    zone: &TimeZone,
) -> Result<RangeInclusive<i64>, WorkbookError> {
    let value = value.trim();
    let shown = || value.chars().take(40).collect::<String>();
    let wrong = |what: &str| {
        let (value, column) = (shown(), column.as_str());
        WorkbookError::Grid(said!(
            "grid.wrongValue",
            "'{value}' for {column} is {what}",
            value = value,
            column = column,
            what = what
        ))
    };
    match column.kind() {
        ColumnKind::Date => {
            let day: jiff::civil::Date = value.parse().map_err(|_| wrong("no date such as 2025-12-31"))?;
            let day = days::day_of(&day.to_string()).ok_or_else(|| wrong("no date such as 2025-12-31"))?;
            Ok(day..=day)
        }
        ColumnKind::Time => {
            let day = value.parse().ok().filter(|_| days::day_of(value).is_some());
            if let Some(moments) = day.and_then(|day| days::moments_of(day, zone)) {
                return Ok(moments);
            }
            let at: jiff::Timestamp =
                value.parse().map_err(|_| wrong("no moment such as 2025-12-31 or 2025-12-31T09:30:00Z"))?;
            let second = at.as_second();
            Ok(second * 1_000..=second * 1_000 + 999)
        }
        ColumnKind::Amount => scaled(value, currency.digits()).ok_or_else(|| wrong("no amount such as 1250 or -99.50")),
        ColumnKind::Percent => scaled(value, 4).ok_or_else(|| wrong("no percentage such as 95 or 99.8")),
        ColumnKind::Number | ColumnKind::Text | ColumnKind::Word => {
            scaled(value, 0).ok_or_else(|| wrong("no number such as 12"))
        }
    }
}

/// The decimal number times ten to the power of `digits`; beyond 64 bits the largest or smallest there is.
fn scaled(value: &str, digits: u32) -> Option<RangeInclusive<i64>> {
    let number: Decimal = value.parse().ok()?;
    let clamp =
        |number: Decimal| number.to_i64().unwrap_or(if number.is_sign_negative() { i64::MIN + 1 } else { i64::MAX });
    let Some(number) = number.checked_mul(Decimal::from(10_i64.pow(digits))) else {
        return Some(if number.is_sign_negative() {
            RangeInclusive::new(i64::MIN + 1, i64::MIN)
        } else {
            RangeInclusive::new(i64::MAX, i64::MAX - 1)
        });
    };
    Some(clamp(number.ceil())..=clamp(number.floor()))
}
