//! The list of transactions with their categories that `tieout categorise` writes. Rows stream: nothing is held.

use std::io::Write;

use tieout_domain::{CategoryStatus, Money};

use crate::{
    csv::{CsvError, guarded, number, whole},
    text::PLAIN_BYTES,
};

/// Columns of the list.
pub const CATEGORIES_COLUMNS: [&str; 12] = [
    "source_file",
    "source_row",
    "id",
    "date",
    "amount",
    "currency",
    "counterparty",
    "description",
    "reference",
    "category",
    "pattern",
    "status",
];

/// A transaction with its category. Texts are empty where there is none.
#[derive(Debug, Clone, Copy)]
pub struct CategoryRow<'a> {
    /// The file it was read from.
    pub source_file: &'a str,
    /// 1-based data row.
    pub source_row: u32,
    /// The record's own identifier, or the workbook's.
    pub id: &'a str,
    /// ISO date.
    pub date: &'a str,
    /// Amount.
    pub amount: Money,
    /// Counterparty.
    pub counterparty: &'a str,
    /// Description.
    pub description: &'a str,
    /// Reference.
    pub reference: &'a str,
    /// Name of its category.
    pub category: &'a str,
    /// The pattern that decided.
    pub pattern: &'a str,
    /// How far it has come.
    pub status: CategoryStatus,
}

/// Writes the list line by line. Text that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay
/// numbers.
pub struct CategoryLines<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> CategoryLines<W> {
    /// Writes to `out`, the names of the columns first.
    pub fn to(out: W) -> Result<Self, CsvError> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(CATEGORIES_COLUMNS)?;
        Ok(Self { writer })
    }

    /// The line of a transaction.
    pub fn add(&mut self, row: &CategoryRow<'_>) -> Result<(), CsvError> {
        let mut rooms = [[0; PLAIN_BYTES]; 2];
        let [source_row, amount] = &mut rooms;
        self.writer.write_record([
            &*guarded(row.source_file),
            whole(source_row, row.source_row),
            &*guarded(row.id),
            row.date,
            number(amount, row.amount),
            row.amount.currency().code(),
            &*guarded(row.counterparty),
            &*guarded(row.description),
            &*guarded(row.reference),
            &*guarded(row.category),
            &*guarded(row.pattern),
            row.status.as_str(),
        ])?;
        Ok(())
    }

    /// Hands over what is still held back.
    pub fn finish(mut self) -> Result<(), CsvError> {
        Ok(self.writer.flush().map_err(csv::Error::from)?)
    }
}

#[cfg(test)]
mod tests {
    use tieout_domain::Currency;

    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_guarded_and_numbers_stay_numbers() {
        let mut out = Vec::new();
        let mut lines = CategoryLines::to(&mut out).unwrap();
        lines
            .add(&CategoryRow {
                source_file: "bank.csv",
                source_row: 7,
                id: "",
                date: "2026-01-05",
                amount: Money::from_minor(-1_250, Currency::parse("EUR").unwrap()),
                counterparty: "=HYPERLINK(1)",
                description: "fuel, and more",
                reference: "",
                category: "Travel",
                pattern: "@shell",
                status: CategoryStatus::Completed,
            })
            .unwrap();
        lines.finish().unwrap();
        let text = String::from_utf8(out).unwrap();
        let line = "bank.csv,7,,2026-01-05,-12.50,EUR,'=HYPERLINK(1),\"fuel, and more\",,Travel,'@shell,completed";
        assert_eq!(text.lines().nth(1), Some(line));
    }
}
