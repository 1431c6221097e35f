//! A table as bytes, so that a child process can decode a spreadsheet and hand the grid back through a pipe.
//!
//! Reading trusts nothing: lengths are limited, places in the text are checked, memory grows only with bytes received.

use std::{
    io::{self, Read, Write},
    str::FromStr,
};

use rust_decimal::Decimal;
use tieout_domain::{Said, Severity, retold};

use crate::{
    Ambiguity, ColumnRole, Control, Declared, Fault, Format, Limits, Note, Open, ReadError, Section, Spot, Table,
    table::{NUMBER, RowSpan, Span},
};

const MAGIC: &[u8; 8] = b"TIEOUTT3";
/// Longest name of a sheet, encoding or column, and longest note.
const NAME_BYTES_MAX: u32 = 1 << 20;
const SHEETS_MAX: u32 = 100_000;
const NOTES_MAX: u32 = 100_000;
const ABSENT: u32 = u32::MAX;

impl Table {
    /// Writes the table for [`Table::read_from`].
    ///
    /// # Errors
    /// The writer's own.
    pub fn write_to(&self, writer: impl Write) -> io::Result<()> {
        let mut out = Out(io::BufWriter::with_capacity(1 << 16, writer));
        out.0.write_all(MAGIC)?;
        out.text(self.format.as_str())?;
        out.text(&self.encoding)?;
        out.number(self.delimiter.map_or(ABSENT, u32::from))?;
        out.list(&self.sheets, |out, sheet| out.text(sheet))?;
        out.list(self.sheet.as_slice(), |out, sheet| out.text(sheet))?;
        out.list(&self.header, |out, name| out.text(name))?;
        out.number(self.header_line.unwrap_or(ABSENT))?;
        out.list(&self.notes, |out, note| {
            out.number(note.line)?;
            out.text(&note.text)?;
            out.text(&note.why.packed())
        })?;
        out.list(self.declared.as_slice(), |out, declared| {
            out.number(u32::from(declared.plain))?;
            out.list(&declared.roles, |out, role| out.text(role.as_str()))
        })?;
        out.list(&self.sections, Out::section)?;
        out.list(&self.faults, |out, fault| {
            out.number(fault.row)?;
            [&fault.field, &fault.value, &fault.expected.packed()].into_iter().try_for_each(|text| out.text(text))?;
            out.text(fault.severity.as_str())
        })?;
        out.list(&self.ambiguities, |out, open| {
            out.text(open.what.as_str())?;
            out.list(&open.readings, |out, reading| out.text(&reading.packed()))
        })?;
        out.text(&self.text)?;
        out.list(&self.cells, |out, cell| out.span(*cell))?;
        out.list(&self.rows, |out, row| {
            out.number(row.first_cell)?;
            out.number(row.cells)?;
            out.number(row.line)?;
            out.span(row.raw)
        })?;
        out.0.flush()
    }

    /// Reads what [`Table::write_to`] wrote, treating it as untrusted.
    ///
    /// # Errors
    /// The bytes are no table, are cut off, or describe more than the default [`Limits`] allow.
    pub fn read_from(reader: impl Read) -> Result<Self, ReadError> {
        let limits = Limits::default();
        let mut input = In(io::BufReader::with_capacity(1 << 16, reader));
        if input.bytes(8)? != MAGIC {
            return Err(damaged("it does not begin like one"));
        }
        let format = input.word(Format::ALL, |format| format.as_str())?;
        let mut table = Self::new(format, input.text(NAME_BYTES_MAX)?);
        table.delimiter = match input.number()? {
            ABSENT => None,
            code => Some(char::from_u32(code).ok_or_else(|| damaged("its delimiter is no character"))?),
        };
        table.sheets = input.list(SHEETS_MAX, |input| input.text(NAME_BYTES_MAX))?;
        table.sheet = input.list(1, |input| input.text(NAME_BYTES_MAX))?.pop();
        table.header = input.list(limits.columns, |input| input.text(NAME_BYTES_MAX))?;
        table.header_line = Some(input.number()?).filter(|line| *line != ABSENT);
        table.notes = input.list(NOTES_MAX, |input| {
            Ok(Note { line: input.number()?, text: input.text(NAME_BYTES_MAX)?, why: input.said()? })
        })?;
        table.declared = input.list(1, In::declared)?.pop();
        table.sections = input.list(limits.rows, In::section)?;
        table.faults = input.list(limits.rows, In::fault)?;
        table.ambiguities = input.list(NOTES_MAX, |input| {
            Ok(Ambiguity {
                what: input.word(Open::ALL, |open| open.as_str())?,
                readings: input.list(NOTES_MAX, In::said)?,
            })
        })?;
        table.text = input.text(NUMBER - 1)?;
        table.cells = input.list(limits.text_cells, In::span)?;
        table.rows = input.list(limits.rows, |input| {
            Ok(RowSpan {
                first_cell: input.number()?,
                cells: input.number()?,
                line: input.number()?,
                raw: input.span()?,
            })
        })?;
        table.check()?;
        Ok(table)
    }

    /// Every row's cells exist, and every place lies in the text between characters.
    fn check(&self) -> Result<(), ReadError> {
        let lies_in_text = |span: &Span| {
            let (start, length) = (span.start as usize, (span.tagged_len & !NUMBER) as usize);
            self.text.get(start..start.saturating_add(length)).is_some()
        };
        let rows_hold = self.rows.iter().all(|row| {
            let end = u64::from(row.first_cell) + u64::from(row.cells);
            end <= self.cells.len() as u64 && lies_in_text(&row.raw)
        });
        if !self.faults.is_sorted_by_key(|fault| fault.row)
            || !self.sections.is_sorted_by_key(|section| section.first_row)
        {
            return Err(damaged("its rows are out of order"));
        }
        if rows_hold && self.cells.iter().all(lies_in_text) {
            Ok(())
        } else {
            Err(damaged("a cell lies outside the text"))
        }
    }
}

struct Out<W: Write>(io::BufWriter<W>);

impl<W: Write> Out<W> {
    fn number(&mut self, number: u32) -> io::Result<()> {
        self.0.write_all(&number.to_le_bytes())
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.length(text.len())?;
        self.0.write_all(text.as_bytes())
    }

    fn section(&mut self, section: &Section) -> io::Result<()> {
        self.number(section.first_row)?;
        self.number(section.rows)?;
        self.text(&section.account)?;
        self.text(&section.number)?;
        self.number(u32::from(section.interim))?;
        self.shown(section.currency.as_ref())?;
        self.shown(section.opening.as_ref())?;
        self.shown(section.closing.as_ref())?;
        self.shown(section.from.as_ref())?;
        self.shown(section.to.as_ref())?;
        self.list(&section.controls, |out, control| {
            out.text(&control.what.packed())?;
            out.text(&control.stated.to_string())?;
            out.text(&control.found.to_string())
        })
    }

    /// A value as text; empty where there is none.
    fn shown(&mut self, value: Option<&impl ToString>) -> io::Result<()> {
        self.text(&value.map(ToString::to_string).unwrap_or_default())
    }

    fn span(&mut self, span: Span) -> io::Result<()> {
        self.number(span.start)?;
        self.number(span.tagged_len)
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T) -> io::Result<()>) -> io::Result<()> {
        self.length(items.len())?;
        items.iter().try_for_each(|item| write(self, item))
    }

    fn length(&mut self, length: usize) -> io::Result<()> {
        self.number(u32::try_from(length).map_err(|_| io::ErrorKind::InvalidInput)?)
    }
}

struct In<R: Read>(io::BufReader<R>);

impl<R: Read> In<R> {
    fn bytes(&mut self, count: u32) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        let read = self.0.by_ref().take(u64::from(count)).read_to_end(&mut bytes);
        match read {
            Ok(got) if got == count as usize => Ok(bytes),
            Ok(_) => Err(damaged("it is cut off")),
            Err(error) => Err(damaged(&error.to_string())),
        }
    }

    fn number(&mut self) -> Result<u32, ReadError> {
        let mut bytes = [0; 4];
        self.0.read_exact(&mut bytes).map_err(|_| damaged("it is cut off"))?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn text(&mut self, longest: u32) -> Result<String, ReadError> {
        let length = self.length(longest)?;
        String::from_utf8(self.bytes(length)?).map_err(|_| damaged("a text in it is not UTF-8"))
    }

    fn said(&mut self) -> Result<Said, ReadError> {
        Said::unpacked(&self.text(NAME_BYTES_MAX)?).ok_or_else(|| damaged("a sentence in it is cut off"))
    }

    fn word<T: Copy>(&mut self, all: &[T], name: fn(T) -> &'static str) -> Result<T, ReadError> {
        let word = self.text(NAME_BYTES_MAX)?;
        all.iter().copied().find(|item| name(*item) == word).ok_or_else(|| damaged("a word in it is unknown"))
    }

    fn shown<T: FromStr>(&mut self) -> Result<Option<T>, ReadError> {
        let text = self.text(NAME_BYTES_MAX)?;
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| damaged("a value in it cannot be read"))
    }

    fn decimal(&mut self) -> Result<Decimal, ReadError> {
        self.shown()?.ok_or_else(|| damaged("a number in it is missing"))
    }

    fn declared(&mut self) -> Result<Declared, ReadError> {
        let plain = self.number()? != 0;
        let columns = Limits::default().columns;
        Ok(Declared { plain, roles: self.list(columns, |input| input.word(ColumnRole::ALL, |role| role.as_str()))? })
    }

    fn section(&mut self) -> Result<Section, ReadError> {
        Ok(Section {
            first_row: self.number()?,
            rows: self.number()?,
            account: self.text(NAME_BYTES_MAX)?,
            number: self.text(NAME_BYTES_MAX)?,
            interim: self.number()? != 0,
            currency: self.shown()?,
            opening: self.shown()?,
            closing: self.shown()?,
            from: self.shown()?,
            to: self.shown()?,
            controls: self.list(NOTES_MAX, |input| {
                Ok(Control { what: input.said()?, stated: input.decimal()?, found: input.decimal()? })
            })?,
        })
    }

    fn fault(&mut self) -> Result<Fault, ReadError> {
        Ok(Fault {
            row: self.number()?,
            field: self.text(NAME_BYTES_MAX)?,
            value: self.text(NAME_BYTES_MAX)?,
            expected: self.said()?,
            severity: self.word(&[Severity::Warning, Severity::Error], |severity| severity.as_str())?,
        })
    }

    fn span(&mut self) -> Result<Span, ReadError> {
        Ok(Span { start: self.number()?, tagged_len: self.number()? })
    }

    fn list<T>(
        &mut self,
        longest: u32,
        mut read: impl FnMut(&mut Self) -> Result<T, ReadError>,
    ) -> Result<Vec<T>, ReadError> {
        let length = self.length(longest)?;
        // Not reserved ahead: a false length must not take memory that no bytes fill.
        let mut items = Vec::new();
        for _ in 0..length {
            items.push(read(self)?);
        }
        Ok(items)
    }

    fn length(&mut self, longest: u32) -> Result<u32, ReadError> {
        let length = self.number()?;
        if length > longest { Err(damaged("a length in it is beyond the limit")) } else { Ok(length) }
    }
}

/// What exactly the reader's answer lacks is for those who know Tieout from inside.
fn damaged(detail: &str) -> ReadError {
    ReadError::Damaged { what: "the decoded table", place: Spot::default(), detail: retold!(detail, "damaged.table") }
}
