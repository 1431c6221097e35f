//! Builds a [`Table`] for formats that are no grid: one row a record, one column a field, statements around them.

use tieout_domain::{Said, Severity};

use crate::{
    ColumnRole, Declared, Fault, Format, Limits, Note, ReadError, Section, Spot, Table, limit,
    table::{RowSpan, Span},
};

/// One field of a format's records: its name as people know it from the format, and what it means.
pub(crate) type Field = (&'static str, ColumnRole);

/// A table under construction. Rows belong to the section that was begun last.
pub(crate) struct RecordTable<'l> {
    table: Table,
    fields: &'static [Field],
    limits: &'l Limits,
}

impl<'l> RecordTable<'l> {
    /// Begins a table whose dates are ISO 8601 and whose amounts have a decimal point ([`Declared::plain`]).
    pub(crate) fn new(format: Format, encoding: String, fields: &'static [Field], limits: &'l Limits) -> Self {
        let mut table = Table::new(format, encoding);
        table.header = fields.iter().map(|(name, _)| (*name).to_owned()).collect();
        table.declared = Some(Declared { roles: fields.iter().map(|(_, role)| *role).collect(), plain: true });
        Self { table, fields, limits }
    }

    /// Dates and amounts are as the file writes them: how, the values are to say.
    pub(crate) fn not_plain(mut self) -> Self {
        if let Some(declared) = &mut self.table.declared {
            declared.plain = false;
        }
        self
    }

    /// Begins a statement; its rows follow.
    pub(crate) fn begin_section(&mut self, mut section: Section) {
        section.first_row = self.next_row();
        section.rows = 0;
        self.table.sections.push(section);
    }

    /// The statement begun last, to add what the file states after its rows.
    pub(crate) fn section(&mut self) -> Option<&mut Section> {
        self.table.sections.last_mut()
    }

    /// 0-based number of the row that is pushed next.
    pub(crate) fn next_row(&self) -> u32 {
        u32::try_from(self.table.rows.len()).unwrap_or(u32::MAX)
    }

    /// Adds a record: 1-based line of the file where it begins, its untouched text, and a cell for each field.
    ///
    /// # Errors
    /// A limit is exceeded.
    pub(crate) fn push(&mut self, line: u32, raw: &str, cells: &[&str]) -> Result<(), ReadError> {
        let too_large = |what, limit: Said| ReadError::TooLarge { what, limit, place: Spot::line(line) };
        if self.table.rows.len() >= self.limits.rows as usize {
            return Err(too_large("the file", limit::rows(self.limits.rows)));
        }
        if raw.len() > self.limits.line_bytes {
            return Err(too_large("a record", limit::bytes(self.limits.line_bytes)));
        }
        debug_assert_eq!(cells.len(), self.fields.len());
        let first_cell = u32::try_from(self.table.cells.len()).unwrap_or(u32::MAX);
        let raw = self.keep(raw)?;
        for cell in cells {
            let cell = self.keep(cell)?;
            self.table.cells.push(cell);
        }
        let cells = u32::try_from(cells.len()).unwrap_or(u32::MAX);
        self.table.rows.push(RowSpan { first_cell, cells, line, raw });
        if let Some(section) = self.table.sections.last_mut() {
            section.rows += 1;
        }
        Ok(())
    }

    /// Says that the row pushed last cannot be taken.
    pub(crate) fn refuse(&mut self, field: &str, value: &str, expected: impl Into<Said>) {
        self.fault(field, value, expected.into(), Severity::Error);
    }

    /// Says something about the row pushed last, which is kept.
    pub(crate) fn warn(&mut self, field: &str, value: &str, expected: impl Into<Said>) {
        self.fault(field, value, expected.into(), Severity::Warning);
    }

    fn fault(&mut self, field: &str, value: &str, expected: Said, severity: Severity) {
        let row = self.next_row().saturating_sub(1);
        let (field, value) = (field.to_owned(), crate::value::words::cut(value));
        self.table.faults.push(Fault { row, field, value, expected, severity });
    }

    /// Says something about the file that concerns no single row.
    pub(crate) fn note(&mut self, line: u32, text: &str, why: impl Into<Said>) {
        self.table.notes.push(Note { line, text: crate::value::words::cut(text), why: why.into() });
    }

    /// The finished table.
    pub(crate) fn finish(self) -> Table {
        self.table
    }

    fn keep(&mut self, text: &str) -> Result<Span, ReadError> {
        let span = Span::new(self.table.text.len(), text.len())?;
        self.table.text.push_str(text);
        Ok(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[("date", ColumnRole::Date), ("amount", ColumnRole::Amount)];

    #[test]
    fn rows_stand_in_their_sections_with_their_faults() {
        let limits = Limits::default();
        let mut records = RecordTable::new(Format::Json, "UTF-8".to_owned(), FIELDS, &limits);
        records.begin_section(Section { account: "A".to_owned(), ..Section::default() });
        records.push(1, "first", &["2024-01-01", "1.00"]).unwrap();
        records.begin_section(Section { account: "B".to_owned(), ..Section::default() });
        records.push(2, "second", &["2024-01-02", ""]).unwrap();
        records.refuse("amount", "x", Said::in_english("an amount"));
        let table = records.finish();
        assert_eq!((table.cell(1, 0), table.raw_row(0), table.file_line(1)), ("2024-01-02", "first", 2));
        assert_eq!((table.section_of(0), table.section_of(1), table.section_of(2)), (Some(0), Some(1), None));
        assert_eq!((table.faults_of(0).len(), table.faults_of(1).len()), (0, 1));
    }
}
