//! The matches, exceptions and summary as a spreadsheet with typed cells.

use std::borrow::Borrow;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use tieout_domain::{Currency, Money};

use crate::{
    csv::is_formula_like,
    data::{ExceptionRow, MatchRow, RecordRow, ReportData, RowStatus},
    sums::Sums,
    tables::Tally,
    text,
};

/// Rows of a sheet below its header (Excel's limit is 1,048,576 with it).
const SHEET_ROWS_MAX: u32 = 1_048_575;
/// Most characters of a cell.
const CELL_CHARS_MAX: usize = 32_767;
/// From here on a number of Excel (15 digits) would not be exact.
const EXACT_MINOR_MAX: u128 = 999_999_999_999_999;

/// Header and width in characters of each column.
pub(crate) type Columns<'c> = &'c [(&'c str, f64)];

const MATCHES: Columns<'static> = &[
    ("match_id", 16.0),
    ("status", 11.0),
    ("kind", 13.0),
    ("confidence", 11.0),
    ("cause", 16.0),
    ("side", 11.0),
    ("source_file", 26.0),
    ("source_row", 11.0),
    ("record_id", 18.0),
    ("date", 11.0),
    ("counterparty", 30.0),
    ("reference", 26.0),
    ("amount", 15.0),
    ("currency", 9.0),
    ("amount_applied", 15.0),
    ("currency_applied", 16.0),
    ("explanation", 80.0),
];

const EXCEPTIONS: Columns<'static> = &[
    ("side", 11.0),
    ("source_file", 26.0),
    ("source_row", 11.0),
    ("record_id", 18.0),
    ("date", 11.0),
    ("counterparty", 30.0),
    ("reference", 26.0),
    ("amount", 15.0),
    ("currency", 9.0),
    ("cause", 18.0),
    ("impact", 15.0),
    ("explanation", 80.0),
];

const SUMMARY: Columns<'static> = &[
    ("status", 30.0),
    ("matches", 10.0),
    ("statement_lines", 15.0),
    ("ledger_entries", 15.0),
    ("currency", 9.0),
    ("statement_amount", 18.0),
    ("ledger_amount", 18.0),
];

/// The spreadsheet could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the spreadsheet cannot be written: {0}")]
pub struct SpreadsheetError(#[from] XlsxError);

/// Writes sheets Summary, Matches and Exceptions: numbers and dates as such, header frozen, filters on. Tables longer
/// than a sheet go on on further sheets. Text that begins like a formula is marked as text (quote prefix). Amounts of
/// more than 15 digits, which Excel would round, are written as text.
pub fn write_xlsx<'a, M: Borrow<MatchRow<'a>>, E: Borrow<ExceptionRow<'a>>>(
    data: &ReportData<'_>,
    matches: impl IntoIterator<Item = M>,
    exceptions: impl IntoIterator<Item = E>,
) -> Result<Vec<u8>, SpreadsheetError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(data.generated_at.as_second())?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title("Reconciliation report")
            .set_author(&data.prepared_by)
            .set_company(&data.company)
            .set_creation_datetime(&created),
    );
    let styles = Styles::new();
    summary_sheet(&mut workbook, &styles, data)?;
    let mut sheet = Sheet::new("Matches", MATCHES, &styles);
    for row in matches {
        let row = row.borrow();
        for part in &row.parts {
            let mut line = sheet.line(&mut workbook)?;
            line.text(&row.id)?.text(row.status.as_str())?.text(row.kind.as_str())?;
            line.number(f64::from(row.confidence.ppm()) / 1_000_000.0)?.text(row.cause.as_str())?;
            line.record(&part.record)?;
            line.money(part.record.amount)?.currency(part.record.amount)?;
            line.money(part.amount_applied)?.currency(part.amount_applied)?;
            line.text(&row.explanation)?;
        }
    }
    sheet.finish(&mut workbook)?;
    let mut sheet = Sheet::new("Exceptions", EXCEPTIONS, &styles);
    for row in exceptions {
        let row = row.borrow();
        let mut line = sheet.line(&mut workbook)?;
        line.record(&row.record)?.money(row.record.amount)?.currency(row.record.amount)?;
        line.text(row.cause.as_str())?.money(row.impact)?.text(&row.explanation)?;
    }
    sheet.finish(&mut workbook)?;
    Ok(workbook.save_to_buffer()?)
}

fn summary_sheet(workbook: &mut Workbook, styles: &Styles, data: &ReportData<'_>) -> Result<(), XlsxError> {
    let summary = data.tables.summary();
    let mut sheet = Sheet::new("Summary", SUMMARY, styles);
    let statuses = [RowStatus::Auto, RowStatus::Approved, RowStatus::Suggested, RowStatus::Ambiguous];
    let tallies = statuses
        .map(|status| (status.as_str(), Some(summary.of(status).rows), summary.of(status)))
        .into_iter()
        .chain([
            ("unmatched statement lines", None, summary.unmatched_lines.clone()),
            ("unmatched ledger entries", None, summary.unmatched_entries.clone()),
        ]);
    for (label, matches, tally) in tallies {
        for (at, (currency, lines, entries)) in by_currency(&tally).into_iter().enumerate() {
            let mut line = sheet.line(workbook)?;
            line.text(label)?;
            // Counts stand in the first row only, so that a column adds up.
            let counts = [matches, Some(tally.lines), Some(tally.entries)].map(|count| count.filter(|_| at == 0));
            for count in counts {
                match count {
                    Some(count) => line.number(count as f64)?,
                    None => line.skip(),
                };
            }
            match currency {
                Some(currency) => line.text(currency.code())?.minor(lines, currency)?.minor(entries, currency)?,
                None => continue,
            };
        }
    }
    for (label, share) in [("match rate", summary.match_rate()), ("automatic rate", summary.automatic_rate())] {
        sheet.line(workbook)?.text(label)?.text(&text::percent(share))?;
    }
    sheet.finish(workbook)
}

/// Sums of both sides in minor units, one row a currency; one row without where there are none.
fn by_currency(tally: &Tally) -> Vec<(Option<Currency>, i128, i128)> {
    let mut both = Sums::default();
    both.merge(&tally.lines_sums);
    both.merge(&tally.entries_sums);
    let of = |sums: &Sums, wanted| sums.iter().find(|(currency, _)| *currency == wanted).map_or(0, |(_, minor)| minor);
    let row = |(currency, _)| (Some(currency), of(&tally.lines_sums, currency), of(&tally.entries_sums, currency));
    let rows: Vec<_> = both.iter().map(row).collect();
    if rows.is_empty() { vec![(None, 0, 0)] } else { rows }
}

pub(crate) struct Styles {
    header: Format,
    quoted: Format,
    date: Format,
    /// By number of decimals.
    money: Vec<Format>,
}

impl Styles {
    pub(crate) fn new() -> Self {
        let money = |decimals: usize| {
            let pattern = if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(decimals)) };
            Format::new().set_num_format(pattern)
        };
        Self {
            header: Format::new().set_bold().set_align(FormatAlign::Left),
            quoted: Format::new().set_quote_prefix(),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            money: (0..=6).map(money).collect(),
        }
    }
}

/// A table that fills sheet after sheet.
pub(crate) struct Sheet<'s> {
    title: &'static str,
    columns: Columns<'s>,
    styles: &'s Styles,
    current: Option<Worksheet>,
    next_row: u32,
    sheets: u32,
}

impl<'s> Sheet<'s> {
    pub(crate) fn new(title: &'static str, columns: Columns<'s>, styles: &'s Styles) -> Self {
        Self { title, columns, styles, current: None, next_row: 0, sheets: 0 }
    }

    /// Starts the next row, on a further sheet where this one is full.
    pub(crate) fn line(&mut self, workbook: &mut Workbook) -> Result<Line<'_>, XlsxError> {
        if self.next_row > SHEET_ROWS_MAX {
            self.close(workbook)?;
        }
        if self.current.is_none() {
            self.open()?;
        }
        let row = self.next_row;
        self.next_row += 1;
        let sheet = self.current.get_or_insert_with(Worksheet::new);
        Ok(Line { sheet, styles: self.styles, row, column: 0 })
    }

    fn open(&mut self) -> Result<(), XlsxError> {
        self.sheets += 1;
        let mut sheet = Worksheet::new();
        let name = if self.sheets == 1 { self.title.to_owned() } else { format!("{} {}", self.title, self.sheets) };
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, (header, width)) in (0_u16..).zip(self.columns) {
            sheet.write_string_with_format(0, at, *header, &self.styles.header)?;
            sheet.set_column_width(at, *width)?;
        }
        self.current = Some(sheet);
        self.next_row = 1;
        Ok(())
    }

    fn close(&mut self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        if let Some(mut sheet) = self.current.take() {
            let last = u16::try_from(self.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
            sheet.autofilter(0, 0, self.next_row.saturating_sub(1).max(1), last)?;
            workbook.push_worksheet(sheet);
        }
        Ok(())
    }

    /// A table without rows still has its sheet, with the header.
    pub(crate) fn finish(mut self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        if self.sheets == 0 {
            self.open()?;
        }
        self.close(workbook)
    }
}

/// One row being written, cell by cell.
pub(crate) struct Line<'l> {
    sheet: &'l mut Worksheet,
    styles: &'l Styles,
    row: u32,
    column: u16,
}

impl Line<'_> {
    /// Goes on to the next cell.
    pub(crate) fn skip(&mut self) -> &mut Self {
        self.column += 1;
        self
    }

    pub(crate) fn text(&mut self, text: &str) -> Result<&mut Self, XlsxError> {
        let cut: String;
        let text = if text.chars().count() > CELL_CHARS_MAX {
            cut = text.chars().take(CELL_CHARS_MAX - 1).chain(['…']).collect();
            &cut
        } else {
            text
        };
        if is_formula_like(text) {
            self.sheet.write_string_with_format(self.row, self.column, text, &self.styles.quoted)?;
        } else if !text.is_empty() {
            self.sheet.write_string(self.row, self.column, text)?;
        }
        Ok(self.skip())
    }

    pub(crate) fn number(&mut self, number: f64) -> Result<&mut Self, XlsxError> {
        self.sheet.write_number(self.row, self.column, number)?;
        Ok(self.skip())
    }

    pub(crate) fn money(&mut self, amount: Money) -> Result<&mut Self, XlsxError> {
        self.minor(i128::from(amount.minor_units()), amount.currency())
    }

    /// Excel knows no other number than a double: the one place where an amount becomes one, and only where it is exact
    /// to the last digit shown.
    pub(crate) fn minor(&mut self, minor: i128, currency: Currency) -> Result<&mut Self, XlsxError> {
        let digits = currency.digits();
        let format = usize::try_from(digits).ok().and_then(|digits| self.styles.money.get(digits));
        match format {
            Some(format) if minor.unsigned_abs() <= EXACT_MINOR_MAX => {
                let number = minor as f64 / 10_f64.powi(i32::try_from(digits).unwrap_or(0));
                self.sheet.write_number_with_format(self.row, self.column, number, format)?;
                Ok(self.skip())
            }
            _ => self.text(&text::plain(minor, currency)),
        }
    }

    fn currency(&mut self, amount: Money) -> Result<&mut Self, XlsxError> {
        let currency = amount.currency();
        self.text(if currency.is_none() { "" } else { currency.code() })
    }

    pub(crate) fn date(&mut self, date: Option<Date>) -> Result<&mut Self, XlsxError> {
        let Some(date) = date else {
            return Ok(self.skip());
        };
        let parts = (u16::try_from(date.year()), u8::try_from(date.month()), u8::try_from(date.day()));
        let excel = match parts {
            (Ok(year), Ok(month), Ok(day)) => ExcelDateTime::from_ymd(year, month, day).ok(),
            _ => None,
        };
        match excel {
            Some(excel) => {
                self.sheet.write_datetime_with_format(self.row, self.column, &excel, &self.styles.date)?;
                Ok(self.skip())
            }
            None => self.text(&date.to_string()),
        }
    }

    /// Side, source, identifier, date, counterparty, reference.
    fn record(&mut self, record: &RecordRow<'_>) -> Result<&mut Self, XlsxError> {
        self.text(record.side.as_str())?.text(&record.source_file)?.number(f64::from(record.source_row))?;
        self.text(&record.record_id)?.date(record.date)?.text(&record.counterparty)?.text(&record.reference)
    }
}
