//! What the columns of a table come to: carried from sheet to sheet, and told at its end.

use tieout_domain::Money;

use super::{
    Context,
    sheet::{LEFT, Sheets, Style},
};
use crate::{sums::Sums, text};

/// Leading of the sums of several currencies.
const LEADING: f32 = 10.5;
/// Currencies that are carried; of more, only the end of the table has the sums.
const CURRENCIES_MAX: usize = 6;

/// Sums of columns.
#[derive(Debug, Clone)]
pub(super) struct Carry {
    columns: Vec<Column>,
    /// Whether amounts need their currency beside them.
    coded: bool,
    /// Most currencies that any column will have.
    currencies: usize,
    begun: bool,
}

/// A column that is added up.
#[derive(Debug, Clone)]
struct Column {
    /// Its right edge.
    right: f32,
    /// How wide its sums may be.
    width: f32,
    sums: Sums,
}

impl Carry {
    /// Nothing yet, of columns with these right edges and widths. `amounts` are all that will be added.
    pub(super) fn new(
        context: &Context<'_>,
        columns: impl IntoIterator<Item = (f32, f32)>,
        amounts: impl IntoIterator<Item = Money>,
    ) -> Self {
        let mut all = Sums::default();
        amounts.into_iter().for_each(|amount| all.add(amount));
        let column = |(right, width)| Column { right, width, sums: Sums::default() };
        Self {
            columns: columns.into_iter().map(column).collect(),
            coded: context.coded,
            currencies: all.iter().count().max(1),
            begun: false,
        }
    }

    /// Adds an amount to a column.
    pub(super) fn add(&mut self, column: usize, amount: Money) {
        self.begun = true;
        if let Some(column) = self.columns.get_mut(column) {
            column.sums.add(amount);
        }
    }

    /// The same columns with these sums, to be told at a table's end.
    pub(super) fn of(&self, sums: impl IntoIterator<Item = Sums>) -> Self {
        let columns = self.columns.iter().zip(sums);
        let columns = columns.map(|(column, sums)| Column { sums, ..column.clone() }).collect();
        Self { columns, currencies: self.currencies, ..*self }
    }

    /// What the columns come to.
    pub(super) fn sums(&self) -> impl Iterator<Item = &Sums> {
        self.columns.iter().map(|column| &column.sums)
    }

    /// Whether it holds anything, and not too much of it.
    pub(super) const fn has_begun(&self) -> bool {
        self.begun && self.currencies <= CURRENCIES_MAX
    }

    /// The room that it takes at the foot of a sheet.
    pub(super) fn height(&self) -> f32 {
        if self.currencies > CURRENCIES_MAX { 0.0 } else { self.currencies as f32 * LEADING + 4.5 }
    }

    /// Draws the sums with a label in front of them.
    pub(super) fn draw(&self, sheets: &mut Sheets<'_>, label: &str) {
        let style = Style::semibold(7.8);
        sheets.text(LEFT, sheets.y + 9.5, label, style);
        let mut depth: usize = 1;
        for column in &self.columns {
            let words = self.words(&column.sums);
            depth = depth.max(words.len());
            for (at, words) in words.iter().enumerate() {
                sheets.number(column.right, sheets.y + 9.5 + at as f32 * LEADING, column.width, words, style);
            }
        }
        sheets.y += depth as f32 * LEADING + 3.0;
        sheets.rule(LEFT, sheets.right(), sheets.y, 0.6, 0.2);
        sheets.y += 1.5;
    }

    fn words(&self, sums: &Sums) -> Vec<String> {
        if self.coded || sums.is_empty() {
            return text::sums(sums);
        }
        sums.iter().map(|(currency, minor)| text::grouped(minor, currency)).collect()
    }
}

/// Draws what a table came to: the rows that are listed, and where that is not all of it, the rest and all.
pub(super) fn totals(sheets: &mut Sheets<'_>, listed: Option<Carry>, all: &[Sums]) {
    let Some(listed) = listed else { return };
    let same = listed.sums().zip(all).all(|(listed, all)| all.less(listed).is_zero());
    if same {
        sheets.need(listed.height());
        listed.draw(sheets, "Total");
        return;
    }
    let rest: Vec<Sums> = listed.sums().zip(all).map(|(listed, all)| all.less(listed)).collect();
    sheets.need(listed.height() * 3.0);
    listed.draw(sheets, "Total of what is listed");
    listed.of(rest).draw(sheets, "Not listed");
    listed.of(all.iter().cloned()).draw(sheets, "Total");
}
