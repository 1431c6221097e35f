//! What separates columns.

use crate::{
    recognise::vocabulary,
    value::{amount, currency, date, words},
};

/// How a text is divided into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    /// Where the rows begin: after the line `sep=;` that Excel writes.
    pub(super) start: usize,
}

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How much of the text is tried.
const SAMPLE_BYTES: usize = 64 << 10;
const SAMPLE_ROWS: usize = 100;

/// The delimiter under which most cells look like column names, dates, amounts and currencies, and rows are of one length.
pub(super) fn sniff(text: &str) -> Dialect {
    if let Some(dialect) = declared(text) {
        return dialect;
    }
    let sample = sample(text);
    let best = DELIMITERS.into_iter().max_by_key(|delimiter| {
        let position = DELIMITERS.iter().position(|other| other == delimiter).unwrap_or(0);
        (score(sample, *delimiter), std::cmp::Reverse(position))
    });
    Dialect { delimiter: best.unwrap_or(b','), start: 0 }
}

fn declared(text: &str) -> Option<Dialect> {
    let line = text.split(['\r', '\n']).next()?;
    let delimiter = match line.trim_matches('"').strip_prefix("sep=")? {
        "\\t" | "\t" => b'\t',
        one if one.len() == 1 => *one.as_bytes().first()?,
        _ => return None,
    };
    Some(Dialect { delimiter, start: line.len() })
}

fn sample(text: &str) -> &str {
    let mut end = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// Whether some delimiter gives rows with a date and an amount in cells of their own.
pub(super) fn has_records(text: &str) -> bool {
    let sample = sample(text);
    DELIMITERS.into_iter().any(|delimiter| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(sample.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut read = 0;
        while read < 4 * SAMPLE_ROWS && matches!(reader.read_record(&mut record), Ok(true)) {
            read += 1;
            let is_amount = |cell: &str| cell.bytes().any(|byte| byte.is_ascii_digit()) && amount::is_amount(cell);
            let dates = record.iter().filter(|cell| date::is_date(cell.trim())).count();
            let amounts = record.iter().filter(|cell| !date::is_date(cell.trim()) && is_amount(cell.trim())).count();
            if record.len() > 1 && dates > 0 && amounts > 0 {
                return true;
            }
        }
        false
    })
}

fn score(sample: &str, delimiter: u8) -> usize {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(sample.as_bytes());
    let mut record = csv::StringRecord::new();
    let (mut points, mut widths) = (0, Vec::new());
    while widths.len() < SAMPLE_ROWS && matches!(reader.read_record(&mut record), Ok(true)) {
        widths.push(record.len());
        if record.len() > 1 {
            points += record.iter().take(64).map(cell_points).sum::<usize>();
        }
    }
    let usual = usual(&widths);
    let regular = widths.iter().filter(|width| **width == usual).count();
    // Regular rows count for up to as much again; columns beyond the first break ties.
    points * 100 * (widths.len() + regular) / widths.len().max(1) + usual.min(50)
}

fn cell_points(cell: &str) -> usize {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > 60 {
        0
    } else if date::is_date(cell) || vocabulary::is_column_name(&words::fold_name(cell)) {
        4
    } else if cell.bytes().any(|byte| byte.is_ascii_digit()) && amount::is_amount(cell) {
        if cell.contains(['.', ',']) { 3 } else { 1 }
    } else {
        usize::from(currency::parse_currency(cell).is_some()) * 2
    }
}

/// The commonest number; the larger of equals.
pub(super) fn usual(numbers: &[usize]) -> usize {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted
        .chunk_by(|left, right| left == right)
        .max_by_key(|run| run.len())
        .and_then(|run| run.first().copied())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_found_beside_decimal_commas_and_quotes() {
        for (text, delimiter) in [
            ("date,text,amount\n2024-01-01,Rent,-5.00\n", ','),
            ("2024-01-01;Rent, May;-5,00\n2024-01-02;Rent, June;-5,00\n", ';'),
            ("\"Datum\",\"Bedrag\"\n\"2018-03-01\",\"-2,56\"\n", ','),
            ("acc;Text|with|bars;02.07.2013;30.06.2013;-5,99;EUR\n", ';'),
            ("1\tEUR\t20160102\t15,00\t-5,00\n", '\t'),
            ("K|32000|1|EUR\n|POS 6,49|20190311|SHOP|-89.30|\n", '|'),
            ("sep=|\na|b,c\n", '|'),
            ("date;amount\n2024-01-01;\"1;5\"\n", ';'),
            ("one line of prose, with commas, but no table", ','),
        ] {
            assert_eq!(sniff(text).delimiter as char, delimiter, "{text}");
        }
    }
}
