//! What the values of each column look like.

use crate::{
    Table,
    interpret::direction,
    value::{amount, currency, date},
};

/// Rows that are looked at.
const SAMPLE: usize = 300;

/// How many of a column's sampled values are of which kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    pub(super) filled: usize,
    pub(super) dates: usize,
    /// Numbers of a spreadsheet that may be days: 1950 to 2100 in its count.
    pub(super) serials: usize,
    pub(super) amounts: usize,
    /// Amounts with decimals, a sign or a currency.
    pub(super) money: usize,
    pub(super) negative: usize,
    pub(super) zero: usize,
    pub(super) currencies: usize,
    pub(super) directions: usize,
    pub(super) ibans: usize,
    pub(super) letters: usize,
    pub(super) constant: bool,
    pub(super) text_length: usize,
}

impl Profile {
    /// Whether values of the kind are the rule: at least half of those that are there.
    pub(super) fn mostly(&self, count: usize) -> bool {
        self.filled > 0 && count * 2 >= self.filled
    }
}

/// The profiles of all columns.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    pub(super) columns: Vec<Profile>,
    pub(super) rows: usize,
}

impl Profiles {
    pub(super) fn of(table: &Table) -> Self {
        let rows = table.row_count().min(SAMPLE);
        let columns = (0..table.column_count()).map(|column| profile(table, rows, column)).collect();
        Self { columns, rows }
    }
}

fn profile(table: &Table, rows: usize, column: usize) -> Profile {
    let mut found = Profile::default();
    let mut first: Option<&str> = None;
    found.constant = true;
    for row in 0..rows {
        let cell = table.cell(row, column).trim();
        if cell.is_empty() {
            continue;
        }
        found.filled += 1;
        found.constant &= *first.get_or_insert(cell) == cell;
        found.text_length += cell.len();
        let digits = cell.bytes().any(|byte| byte.is_ascii_digit());
        let is_date = digits && date::is_date(cell);
        found.dates += usize::from(is_date);
        found.directions += usize::from(direction::parse(cell).is_some());
        found.currencies += usize::from(currency::parse_currency(cell).is_some() || cell == "$");
        found.letters += usize::from(cell.chars().filter(|character| character.is_alphabetic()).count() >= 3);
        found.ibans += usize::from(looks_like_iban(cell));
        let number = table.is_number(row, column);
        let day = date::from_serial(cell).filter(|_| number && table.format().is_spreadsheet());
        found.serials += usize::from(day.is_some_and(|day| (1950..=2100).contains(&day.year())));
        if !is_date && digits && (number || amount::is_amount(cell)) {
            found.amounts += 1;
            found.negative += usize::from(cell.contains(['-', '−', '(']));
            found.zero += usize::from(!cell.bytes().any(|byte| matches!(byte, b'1'..=b'9')));
            found.money += usize::from(cell.contains(['.', ',', '-', '+', '−', '$', '€', '£']));
        }
    }
    found
}

/// Two letters, two digits and at least eleven more characters: the form of an IBAN, unchecked (files are often masked).
fn looks_like_iban(cell: &str) -> bool {
    let compact: Vec<u8> = cell.bytes().filter(|byte| *byte != b' ').collect();
    (15..=34).contains(&compact.len())
        && compact.iter().take(2).all(u8::is_ascii_uppercase)
        && compact.iter().skip(2).take(2).all(u8::is_ascii_digit)
        && compact.iter().all(u8::is_ascii_alphanumeric)
}
