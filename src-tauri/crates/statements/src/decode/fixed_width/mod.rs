//! Printed statements as text: columns by position, such as a page copied from a bank's site or its PDF file.
//!
//! Nothing here knows a bank. Names of columns (or, without names, dates and amounts that stand under each other) tell where
//! the columns are; what the columns mean is then recognised as for any other grid. Only tried where no delimiter gives a
//! table.

mod columns;
mod line;
mod rows;

use jiff::{ToSpan, civil::Date};

use super::{
    dialect, layout,
    surroundings::{self, values},
};
use crate::{
    DateOrder, Format, Limits, Note, ReadError, Section, Spot, Table, limit,
    table::{RowSpan, Span},
    value::{date, words::cut},
};
use columns::Layout;
use line::{Line, Printed};
use rows::{Body, Record};

/// How much of the text tells whether it is of this format.
const SAMPLE_BYTES: usize = 64 << 10;
/// Lines before the names that are searched for account, balances and period.
const LINES_BEFORE_READ: usize = 120;

/// Whether the text is a printed statement: there are rows by position, and no delimiter gives any.
pub(super) fn is(text: &str) -> bool {
    let sample = text.get(..text.floor_char_boundary(SAMPLE_BYTES)).unwrap_or(text);
    // A printed page has wide gaps on many of its lines.
    let gaps = sample.lines().take(400).filter(|line| line.trim().contains("   ")).count();
    if gaps < 2 || dialect::has_records(sample) {
        return false;
    }
    let lines: Vec<Line<'_>> = line::lines(sample).collect();
    columns::find(&lines).is_some_and(|layout| !rows::read(&lines, &layout).records.is_empty())
}

pub(super) fn read(text: &str, encoding: String, limits: &Limits) -> Result<Table, ReadError> {
    let lines: Vec<Line<'_>> = line::lines(text).collect();
    if let Some(long) = lines.iter().find(|line| line.raw.len() > limits.line_bytes) {
        let place = Spot::line(long.number);
        return Err(ReadError::TooLarge { what: "a line", limit: limit::bytes(limits.line_bytes), place });
    }
    let Some(layout) = columns::find(&lines) else { return Err(ReadError::Empty) };
    let body = rows::read(&lines, &layout);
    if body.records.len() > limits.rows as usize {
        return Err(ReadError::TooLarge { what: "the file", limit: limit::rows(limits.rows), place: Spot::default() });
    }
    let mut table = Table::new(Format::FixedWidth, encoding);
    table.header = layout.columns.iter().map(|column| column.name.clone()).collect();
    table.header_line = layout.header;
    text.clone_into(&mut table.text);
    let around = around(&lines, &layout, &body);
    let period = Period::of(&around);
    for record in &body.records {
        push(&mut table, record, &period)?;
    }
    table.sections = section(&around, &table).into_iter().collect();
    note_before(&mut table, &lines, &layout);
    Ok(table)
}

/// Everything that is no row, in its segments.
fn around<'t>(lines: &[Line<'t>], layout: &Layout, body: &Body<'t>) -> Vec<Vec<&'t str>> {
    let texts = |line: &Line<'t>| line.segments().iter().map(|segment| segment.text).collect::<Vec<_>>();
    let before = lines.get(..layout.body.min(lines.len())).unwrap_or_default();
    let first = before.len().saturating_sub(LINES_BEFORE_READ);
    let before = before.iter().skip(first).filter(|line| !line.is_blank() && !line.is_rule).map(texts);
    before.chain(body.others.iter().cloned()).collect()
}

fn section(around: &[Vec<&str>], table: &Table) -> Option<Section> {
    let last = table.row_count().saturating_sub(1);
    let days = [table.cell(0, 0), table.cell(last, 0)];
    let section = surroundings::gather(around, &[], &days)?;
    Some(Section { first_row: 0, rows: u32::try_from(table.row_count()).unwrap_or(u32::MAX), ..section })
}

fn push(table: &mut Table, record: &Record<'_>, period: &Period) -> Result<(), ReadError> {
    let first_cell = u32::try_from(table.cells.len()).unwrap_or(u32::MAX);
    let near = record.dates.iter().flatten().find_map(full_day);
    for (date, cell) in record.dates.iter().zip(&record.cells) {
        let completed;
        let cell = match date {
            Some(Printed::Full(text)) => *text,
            Some(Printed::Yearless { text, day, month }) => {
                completed = period.complete(*day, *month, near).map(|date| date.to_string());
                completed.as_deref().unwrap_or(text)
            }
            None => cell,
        };
        let span = Span::new(table.text.len(), cell.len())?;
        table.text.push_str(cell);
        table.cells.push(span);
    }
    let cells = u32::try_from(record.cells.len()).unwrap_or(u32::MAX);
    let raw = Span::new(record.from, record.to - record.from)?;
    table.rows.push(RowSpan { first_cell, cells, line: record.line, raw });
    Ok(())
}

/// The day of a date that is printed with its year and can be read in one way.
fn full_day(printed: &Printed<'_>) -> Option<Date> {
    match printed {
        Printed::Full(text) => match date::order_evidence(text)? {
            date::OrderEvidence::Plain { .. } => date::parse_date(text, DateOrder::YearMonthDay).ok(),
            date::OrderEvidence::DayFirst => date::parse_date(text, DateOrder::DayMonthYear).ok(),
            date::OrderEvidence::MonthFirst => date::parse_date(text, DateOrder::MonthDayYear).ok(),
            date::OrderEvidence::Either { .. } => None,
        },
        Printed::Yearless { .. } => None,
    }
}

/// The end of the statement, which gives days without a year theirs.
struct Period {
    last_day: Option<Date>,
}

impl Period {
    fn of(around: &[Vec<&str>]) -> Self {
        let last_day = surroundings::last_day(around).or_else(|| {
            // Without a label: the later of two days on one line, as "24 November to 23 December 2014" ends.
            around.iter().find_map(|line| {
                let text = line.iter().find(|text| text.len() < 80 && text.contains(['-', '–', 't', 'b', 'a']))?;
                let found = values::dates(text);
                let ends = text.trim_end().ends_with(found.last()?);
                let spans = found.len() == 2 || text.split_whitespace().count() >= 5;
                (ends && spans).then(|| full_day(&Printed::Full(found.last()?))).flatten()
            })
        });
        Self { last_day }
    }

    /// The day with its year: next to another day of the row, else the last such day up to the end of the statement.
    fn complete(&self, day: i8, month: i8, near: Option<Date>) -> Option<Date> {
        let in_year = |year: i16| Date::new(year, month, day).ok();
        if let Some(near) = near {
            let years = [near.year() - 1, near.year(), near.year() + 1];
            return years.into_iter().filter_map(in_year).min_by_key(|date| (*date - near).get_days().abs());
        }
        let last = self.last_day?;
        // Entries of the last days may be dated a little ahead.
        let latest = last.checked_add(10.days()).ok()?;
        [last.year() + 1, last.year(), last.year() - 1].into_iter().filter_map(in_year).find(|date| *date <= latest)
    }
}

fn note_before(table: &mut Table, lines: &[Line<'_>], layout: &Layout) {
    let before = lines.iter().take(layout.body).filter(|line| !line.is_blank() && Some(line.number) < layout.header);
    let kept: Vec<&Line<'_>> = before.collect();
    if let (Some(first), count @ 1..) = (kept.first(), kept.len()) {
        let text = kept.iter().take(40).map(|line| line.raw.trim()).collect::<Vec<_>>().join(" · ");
        let why = layout::stands_before(count);
        table.notes.push(Note { line: first.number, text: cut(&text), why });
    }
}
