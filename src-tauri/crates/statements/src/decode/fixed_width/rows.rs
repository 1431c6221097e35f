//! The lines of a printed statement as its transactions: dates stand on the first row of a day only, texts go on over
//! several lines, pages repeat their header.

use super::{
    columns::{Column, Kind, Layout},
    line::{self, Line, Printed},
};
use crate::{interpret::phrases, value::words::fold_name};

/// A transaction as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record<'t> {
    /// 1-based line where it begins.
    pub(super) line: u32,
    /// Place of its first and after its last character in the file's text.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Dates, by column.
    pub(super) dates: Vec<Option<Printed<'t>>>,
    /// Amounts and texts, by column.
    pub(super) cells: Vec<String>,
    has_money: bool,
}

/// What the lines of the table come to.
#[derive(Debug, Default)]
pub(super) struct Body<'t> {
    pub(super) records: Vec<Record<'t>>,
    /// Lines that are no rows: balances, totals, what stands between pages. As texts with their amounts.
    pub(super) others: Vec<Vec<&'t str>>,
}

/// Lines without a word that may stand inside one transaction.
const BLANKS_MAX: usize = 2;
/// Lines a text may go on for after the amount.
const MORE_LINES_MAX: usize = 6;
/// How far from the end of its column an amount may stand.
const AMOUNT_APART_MAX: usize = 14;

pub(super) fn read<'t>(lines: &[Line<'t>], layout: &Layout) -> Body<'t> {
    let mut reader = Reader {
        layout,
        body: Body::default(),
        open: None,
        carried: vec![None; layout.columns.len()],
        in_table: true,
        page_has_rows: false,
        blanks: 0,
        more_lines: 0,
    };
    for line in lines.iter().skip(layout.body) {
        reader.line(line);
    }
    reader.finish();
    reader.body
}

struct Reader<'t, 'l> {
    layout: &'l Layout,
    body: Body<'t>,
    open: Option<Record<'t>>,
    /// The dates of the row before, which hold until others are printed.
    carried: Vec<Option<Printed<'t>>>,
    /// Whether rows without a date of their own can be expected.
    in_table: bool,
    /// Whether a row stands between the last names of columns and here.
    page_has_rows: bool,
    blanks: usize,
    more_lines: usize,
}

/// A line in its columns.
struct Parted<'t> {
    dates: Vec<Option<Printed<'t>>>,
    cells: Vec<String>,
    has_date: bool,
    has_money: bool,
    has_text: bool,
    /// The words that are neither date nor amount.
    text: String,
    starts_left: bool,
}

impl<'t> Reader<'t, '_> {
    fn line(&mut self, line: &Line<'t>) {
        if line.is_blank() {
            self.blanks += 1;
            let complete = self.open.as_ref().is_some_and(|record| record.has_money);
            if complete || self.blanks > BLANKS_MAX {
                self.finish();
            }
            return;
        }
        let between = std::mem::take(&mut self.blanks);
        if line.is_rule {
            self.finish();
            self.in_table = between == 0 && self.in_table;
            return;
        }
        if self.layout.names.contains(&fold_name(line.raw)) {
            self.finish();
            (self.in_table, self.page_has_rows) = (true, false);
            return;
        }
        let parted = part(line, &self.layout.columns);
        let is_label = phrases::is_total(&parted.text) || phrases::is_opening_or_closing(&parted.text);
        match (parted.has_date, parted.has_money) {
            (_, true) if is_label => self.leave(line, &parted),
            // Between pages stand days of printing and of the period.
            (true, false) if !self.in_table => self.leave(line, &parted),
            (true, _) => self.begin(line, parted),
            (false, true) if self.open.as_ref().is_some_and(|record| !record.has_money) => self.add(line, &parted),
            (false, true) if self.in_table && parted.has_text && self.carried.iter().any(Option::is_some) => {
                self.begin(line, parted);
            }
            (false, false) if self.open.is_some() && self.goes_on(&parted) => self.add(line, &parted),
            _ => self.leave(line, &parted),
        }
    }

    /// Whether a line of text belongs to the transaction above it: it stands under its text, not at the edge of the page.
    fn goes_on(&self, parted: &Parted<'t>) -> bool {
        self.more_lines < MORE_LINES_MAX && !parted.starts_left
    }

    fn begin(&mut self, line: &Line<'t>, parted: Parted<'t>) {
        self.finish();
        (self.in_table, self.page_has_rows) = (true, true);
        if parted.has_date {
            self.carried.clone_from(&parted.dates);
        }
        self.open = Some(Record {
            line: line.number,
            from: line.at,
            to: line.at + line.raw.len(),
            dates: self.carried.clone(),
            cells: parted.cells,
            has_money: parted.has_money,
        });
    }

    fn add(&mut self, line: &Line<'t>, parted: &Parted<'t>) {
        self.more_lines += 1;
        let Some(record) = &mut self.open else { return };
        record.to = line.at + line.raw.len();
        record.has_money |= parted.has_money;
        for (cell, more) in record.cells.iter_mut().zip(&parted.cells).filter(|(_, more)| !more.is_empty()) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(more);
        }
    }

    /// Puts a line aside that is no row, after which none is expected but one with a date.
    fn leave(&mut self, line: &Line<'t>, parted: &Parted<'t>) {
        const KEPT_MAX: usize = 400;
        self.finish();
        // A balance above the first row of a page is brought forward; one below a row ends the page.
        if self.page_has_rows && (parted.has_money || parted.starts_left) {
            self.in_table = false;
        }
        if self.body.others.len() < KEPT_MAX {
            self.body.others.push(line.segments().iter().map(|segment| segment.text).collect());
        }
    }

    fn finish(&mut self) {
        self.more_lines = 0;
        self.body.records.extend(self.open.take());
    }
}

fn part<'t>(line: &Line<'t>, columns: &[Column]) -> Parted<'t> {
    let mut parted = Parted {
        dates: vec![None; columns.len()],
        cells: vec![String::new(); columns.len()],
        has_date: false,
        has_money: false,
        has_text: false,
        text: String::new(),
        starts_left: false,
    };
    let mut taken = vec![false; line.words.len()];
    take_dates(line, columns, &mut parted, &mut taken);
    let dates_end = taken.iter().rposition(|taken| *taken).map_or(0, |last| last + 1);
    for money in line::amounts(line) {
        let Some(column) = money_column(columns, money.start, money.end).filter(|_| money.words.0 >= dates_end) else {
            continue;
        };
        if parted.cells.get(column).is_some_and(String::is_empty) {
            parted.has_money = true;
            taken.get_mut(money.words.0..=money.words.1).unwrap_or_default().fill(true);
            if let Some(cell) = parted.cells.get_mut(column) {
                money.text.clone_into(cell);
            }
        }
    }
    let first_text = columns.iter().filter(|column| column.kind == Kind::Text).map(|column| column.start).min();
    let first_word = line.words.iter().zip(&taken).find(|(_, taken)| !**taken).map(|(word, _)| word.start);
    parted.starts_left = first_word.zip(first_text).is_some_and(|(word, text)| word + 2 < text);
    for (word, _) in line.words.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        parted.has_text |= word.text.chars().any(char::is_alphanumeric);
        let texts =
            [Some(&mut parted.text), text_column(columns, word.start).and_then(|column| parted.cells.get_mut(column))];
        for text in texts.into_iter().flatten() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word.text);
        }
    }
    // Rules and stars lead up to labels of totals.
    parted.text = parted.text.trim_matches(|edge: char| matches!(edge, '*' | '-' | '=' | '.' | ':' | ' ')).to_owned();
    parted
}

/// A date begins in its column, or in the blanks around it.
fn take_dates<'t>(line: &Line<'t>, columns: &[Column], parted: &mut Parted<'t>, taken: &mut [bool]) {
    const APART_MAX: usize = 3;
    for (place, column) in columns.iter().enumerate().filter(|(_, column)| column.kind == Kind::Date) {
        let near = |start: usize| start + APART_MAX >= column.start && start < column.end + APART_MAX;
        for first in 0..line.words.len() {
            let is_near = line.words.get(first).is_some_and(|word| near(word.start));
            if !is_near || taken.get(first) != Some(&false) {
                continue;
            }
            if let Some((printed, count)) = line::date_at(line, first) {
                if let Some(date) = parted.dates.get_mut(place) {
                    *date = Some(printed);
                }
                parted.has_date = true;
                taken.iter_mut().skip(first).take(count).for_each(|taken| *taken = true);
                break;
            }
        }
    }
}

/// The column of amounts that one stands in: the one whose name it stands under, else the one that ends nearest.
fn money_column(columns: &[Column], start: usize, end: usize) -> Option<usize> {
    let apart = |column: &Column| column.end.abs_diff(end);
    columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.kind == Kind::Money)
        .min_by_key(|(_, column)| (!(start < column.end && column.start < end), apart(column)))
        .filter(|(_, column)| apart(column) <= AMOUNT_APART_MAX || start < column.end && column.start < end)
        .map(|(place, _)| place)
}

/// The column of text that a word stands in: the last one that begins before it.
fn text_column(columns: &[Column], start: usize) -> Option<usize> {
    let texts = || columns.iter().enumerate().filter(|(_, column)| column.kind == Kind::Text);
    texts().rfind(|(_, column)| column.start <= start + 1).or_else(|| texts().next()).map(|(place, _)| place)
}
