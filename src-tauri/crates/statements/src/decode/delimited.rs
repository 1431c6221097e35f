//! Delimited text → rows of cells. The `csv` crate splits what is not plain ([`lines`]); cells are kept as places in the
//! text, so that a row's untouched form is kept too.

use tieout_domain::{Said, retold, said};

use crate::{
    Format, Limits, Note, ReadError, Spot, Table, limit,
    table::{RowSpan, Span},
    value::words::cut,
};

use super::{dialect::Dialect, lines};

/// A quoted cell that runs over more lines than this is taken for a quotation mark that was never closed.
const QUOTED_LINES_MAX: usize = 100;
/// How often reading resumes after such a mark before the file is called damaged.
const REPAIRS_MAX: usize = 16;
/// Rows that the `csv` crate splits from one that is not plain on, for such rows come together.
const CSV_ROWS: usize = 64;

/// Splits a text that is there as a whole.
pub(super) fn read(text: String, encoding: String, dialect: Dialect, limits: &Limits) -> Result<Table, ReadError> {
    let mut place = Place::new(&text, dialect.delimiter);
    let mut table = Table::new(Format::Csv, encoding);
    table.delimiter = Some(dialect.delimiter as char);
    let (table, _) = split(table, text, dialect.start, true, &mut place, limits)?;
    Ok(table)
}

/// Where in a file splitting stands, between two blocks of its text.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    delimiter: u8,
    newline: u8,
    /// 1-based line of the file at which the next block begins.
    line: u32,
    rows: usize,
    repairs: usize,
}

impl Place {
    /// The beginning of a file; `start` is its first text, which tells how its lines end.
    pub(crate) fn new(start: &str, delimiter: u8) -> Self {
        Self { delimiter, newline: if start.contains('\n') { b'\n' } else { b'\r' }, line: 1, rows: 0, repairs: 0 }
    }
}

/// Splits a block of text into the rows of `table`, which has none yet. Unless the block is the `last`, its last row may
/// be cut off and is left for the next block: answers the table and the text that was not used.
pub(crate) fn split(
    table: Table,
    text: String,
    from: usize,
    last: bool,
    place: &mut Place,
    limits: &Limits,
) -> Result<(Table, String), ReadError> {
    let mut rows = Rows { table, limits, extra: String::new(), text_len: text.len(), place, counted_to: 0 };
    let mut from = from;
    let used = loop {
        let plain = rows.read_lines(&text, from, last)?;
        let stopped = match plain {
            Stopped::Left(at) => rows.read_csv(&text, at, last)?,
            stopped => stopped,
        };
        match stopped {
            Stopped::Used(to) => break to,
            Stopped::Left(at) => from = at,
            Stopped::Broken(at) => {
                rows.place.repairs += 1;
                if rows.place.repairs > REPAIRS_MAX {
                    let detail = said!(
                        "damaged.quotes",
                        "more quotation marks are opened and never closed than can be repaired"
                    );
                    return Err(ReadError::Damaged { what: "the file", place: rows.place(), detail });
                }
                from = rows.repair(&text, at)?;
            }
        }
    };
    rows.count_to(&text, used);
    let unused = text.get(used..).unwrap_or_default().to_owned();
    if !last && used == 0 && unused.len() > limits.line_bytes {
        return Err(rows.too_large("a line", limit::bytes(limits.line_bytes)));
    }
    rows.place.rows += rows.table.rows.len();
    Ok((rows.finish(text), unused))
}

enum Stopped {
    /// Everything before this position makes rows.
    Used(usize),
    /// From this position on rows are to be read the other way.
    Left(usize),
    /// A row begins here that swallowed the rows after it.
    Broken(usize),
}

struct Rows<'a> {
    table: Table,
    limits: &'a Limits,
    /// Cells whose text differs from the file's, such as those with doubled quotation marks. Appended to the text at the end.
    extra: String,
    text_len: usize,
    place: &'a mut Place,
    counted_to: usize,
}

impl Rows<'_> {
    /// Reads plain lines from a position on.
    fn read_lines(&mut self, text: &str, from: usize, last: bool) -> Result<Stopped, ReadError> {
        let bytes = text.as_bytes();
        let (mut at, mut quote) = (from, None);
        // A mark of byte order within the text is what the csv crate makes of it.
        if text.get(at..).is_some_and(|rest| rest.starts_with('\u{feff}')) {
            return Ok(Stopped::Left(at));
        }
        self.count_to(text, at);
        loop {
            while let Some(end @ (b'\r' | b'\n')) = bytes.get(at) {
                self.place.line = self.place.line.saturating_add(u32::from(*end == self.place.newline));
                at += 1;
            }
            // All line ends so far are counted: those just passed, and within a line there are none.
            self.counted_to = at.max(self.counted_to);
            let rest = bytes.get(at..).unwrap_or_default();
            if rest.is_empty() {
                return Ok(Stopped::Used(text.len()));
            }
            let line = match memchr::memchr2(b'\r', b'\n', rest) {
                Some(length) => text.get(at..at + length).unwrap_or_default(),
                None if last => text.get(at..).unwrap_or_default(),
                None => return Ok(Stopped::Used(at)),
            };
            self.begin(text, at, line)?;
            let first_cell = self.table.cells.len();
            Span::new(at, line.len())?;
            if quote.is_none_or(|quote| quote < at) {
                quote = Some(memchr::memchr(b'"', rest).map_or(text.len(), |length| at + length));
            }
            let is_quoted = quote.is_some_and(|quote| quote < at + line.len());
            let cells = &mut self.table.cells;
            // The line's own span fits, so those within it do.
            let place = |cell: std::ops::Range<usize>| Span {
                start: to_u32(at + cell.start),
                tagged_len: to_u32(cell.end - cell.start),
            };
            let delimiter = self.place.delimiter;
            if !is_quoted {
                lines::split_unquoted(line, delimiter, |cell| cells.push(place(cell)));
            } else if !lines::split(line, delimiter, |cell| cells.push(place(cell))) {
                self.table.cells.truncate(first_cell);
                return Ok(Stopped::Left(at));
            }
            self.end(at, line, first_cell)?;
            at += line.len();
            self.counted_to = at;
        }
    }

    /// Reads some rows from a position on, whatever they are.
    fn read_csv(&mut self, text: &str, from: usize, last: bool) -> Result<Stopped, ReadError> {
        let body = text.get(from..).unwrap_or_default();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.place.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(body.as_bytes());
        let mut record = csv::ByteRecord::new();
        for _ in 0..CSV_ROWS {
            let begins = reader.position().byte() as usize;
            let more = reader.read_byte_record(&mut record).map_err(|error| ReadError::Damaged {
                what: "the file",
                place: self.place(),
                detail: retold!(error, "damaged.rows"),
            })?;
            if !more {
                return Ok(Stopped::Used(text.len()));
            }
            let ends = (reader.position().byte() as usize).min(body.len());
            let untrimmed = body.get(begins..ends).unwrap_or_default();
            let raw = untrimmed.trim_matches(['\r', '\n']);
            let at = from + begins + (untrimmed.len() - untrimmed.trim_start_matches(['\r', '\n']).len());
            if swallows_rows(raw, last && ends == body.len()) {
                return Ok(Stopped::Broken(at));
            }
            if ends == body.len() && !last {
                return Ok(Stopped::Used(from + begins));
            }
            self.push(text, at, raw, record.iter())?;
        }
        Ok(Stopped::Left(from + (reader.position().byte() as usize).min(body.len())))
    }

    /// Takes the line with the open quotation mark as it stands and answers where the next line begins.
    fn repair(&mut self, text: &str, at: usize) -> Result<usize, ReadError> {
        let rest = text.get(at..).unwrap_or_default();
        let line = rest.split(['\r', '\n']).next().unwrap_or_default();
        self.count_to(text, at);
        self.table.notes.push(Note {
            line: self.place.line,
            text: cut(line),
            why: said!(
                "note.openQuote",
                "a quotation mark is opened here and never closed; the line was read without it"
            ),
        });
        let delimiter = self.place.delimiter;
        self.push(text, at, line, line.as_bytes().split(|byte| *byte == delimiter))?;
        Ok(at + line.len())
    }

    fn push<'r>(
        &mut self,
        text: &str,
        at: usize,
        raw: &str,
        cells: impl Iterator<Item = &'r [u8]>,
    ) -> Result<(), ReadError> {
        self.begin(text, at, raw)?;
        let first_cell = self.table.cells.len();
        let mut cursor = Some(0);
        for cell in cells {
            let span = match cursor.and_then(|cursor| locate(raw, cursor, cell, self.place.delimiter)) {
                Some((start, next)) => {
                    cursor = Some(next);
                    Span::new(at + start, cell.len())?
                }
                None => {
                    cursor = None;
                    let start = self.text_len + self.extra.len();
                    let cell = String::from_utf8_lossy(cell);
                    self.extra.push_str(&cell);
                    Span::new(start, cell.len())?
                }
            };
            self.table.cells.push(span);
        }
        self.end(at, raw, first_cell)
    }

    /// Stands at a row before its cells are taken.
    fn begin(&mut self, text: &str, at: usize, raw: &str) -> Result<(), ReadError> {
        self.count_to(text, at);
        if raw.len() > self.limits.line_bytes {
            return Err(self.too_large("a line", limit::bytes(self.limits.line_bytes)));
        }
        Ok(())
    }

    /// Takes the cells from `first_cell` on as a row, unless it is blank.
    fn end(&mut self, at: usize, raw: &str, first_cell: usize) -> Result<(), ReadError> {
        let count = self.table.cells.len() - first_cell;
        if count <= 1 && raw.trim_matches(|character: char| character == '"' || character.is_whitespace()).is_empty() {
            self.table.cells.truncate(first_cell);
            return Ok(());
        }
        self.check(count)?;
        self.table.rows.push(RowSpan {
            first_cell: to_u32(first_cell),
            cells: to_u32(count),
            line: self.place.line,
            raw: Span::new(at, raw.len())?,
        });
        Ok(())
    }

    fn check(&self, columns: usize) -> Result<(), ReadError> {
        if columns > self.limits.columns as usize {
            return Err(self.too_large("a row", limit::columns(self.limits.columns)));
        }
        if self.table.cells.len() > self.limits.text_cells as usize {
            return Err(self.too_large("the file", limit::cells(self.limits.text_cells)));
        }
        if self.place.rows + self.table.rows.len() >= self.limits.rows as usize {
            return Err(self.too_large("the file", limit::rows(self.limits.rows)));
        }
        Ok(())
    }

    fn too_large(&self, what: &'static str, limit: Said) -> ReadError {
        ReadError::TooLarge { what, limit, place: self.place() }
    }

    fn place(&self) -> Spot {
        Spot::line(self.place.line)
    }

    fn count_to(&mut self, text: &str, at: usize) {
        let passed = text.as_bytes().get(self.counted_to..at).unwrap_or_default();
        let lines = memchr::memchr_iter(self.place.newline, passed).count();
        self.place.line = self.place.line.saturating_add(to_u32(lines));
        self.counted_to = at.max(self.counted_to);
    }

    fn finish(self, mut text: String) -> Table {
        text.push_str(&self.extra);
        let mut table = self.table;
        table.text = text;
        table
    }
}

/// Whether a row looks like one whose quotation mark was opened and never closed.
fn swallows_rows(raw: &str, at_end: bool) -> bool {
    let mut lines = raw.bytes().filter(|byte| *byte == b'\n');
    if lines.nth(QUOTED_LINES_MAX).is_some() {
        return true;
    }
    at_end && raw.contains(['\n', '\r']) && raw.bytes().filter(|byte| *byte == b'"').count() % 2 == 1
}

/// Finds a cell's own bytes in the row. Answers where they begin and where the next cell is to be looked for.
fn locate(raw: &str, cursor: usize, cell: &[u8], delimiter: u8) -> Option<(usize, usize)> {
    let bytes = raw.as_bytes();
    let quoted = bytes.get(cursor) == Some(&b'"');
    let start = cursor + usize::from(quoted);
    let mut end = start + cell.len();
    if bytes.get(start..end)? != cell {
        return None;
    }
    if quoted {
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        end += 1;
    }
    match bytes.get(end) {
        None => Some((start, end)),
        Some(byte) if *byte == delimiter => Some((start, end + 1)),
        Some(_) => None,
    }
}

/// Positions fit 32 bits: [`Span::new`] refuses larger texts before they are counted.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str, delimiter: char) -> Vec<(u32, Vec<String>)> {
        let dialect = Dialect { delimiter: delimiter as u8, start: 0 };
        let table = read(text.to_owned(), "UTF-8".to_owned(), dialect, &Limits::default()).unwrap();
        (0..table.row_count())
            .map(|row| {
                let cells = (0..table.cell_count(row)).map(|column| table.cell(row, column).to_owned()).collect();
                (table.file_line(row), cells)
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, delimiter: char, expected: &[(u32, &[&str])]) {
        let expected: Vec<(u32, Vec<String>)> = expected
            .iter()
            .map(|(line, cells)| (*line, cells.iter().map(|cell| (*cell).to_owned()).collect()))
            .collect();
        assert_eq!(grid(text, delimiter), expected);
    }

    #[test]
    fn cells_with_quotes_and_line_breaks() {
        check(
            "a,\"b \"\"q\"\" c\",d\r\n\r\n\"two\r\nlines\",x,\n",
            ',',
            &[(1, &["a", "b \"q\" c", "d"]), (3, &["two\r\nlines", "x", ""])],
        );
    }

    #[test]
    fn old_macintosh_line_ends() {
        check("a,b\rc,d\r", ',', &[(1, &["a", "b"]), (2, &["c", "d"])]);
    }

    #[test]
    fn a_quote_inside_a_cell_is_a_letter() {
        check("a;Firma\";\"c\"\nd;e;f\n", ';', &[(1, &["a", "Firma\"", "c"]), (2, &["d", "e", "f"])]);
    }

    #[test]
    fn an_open_quote_does_not_swallow_the_rows_after_it() {
        check(
            "a,b\n1,\"open\n2,x\n3,y\n",
            ',',
            &[(1, &["a", "b"]), (2, &["1", "\"open"]), (3, &["2", "x"]), (4, &["3", "y"])],
        );
    }

    #[test]
    fn the_raw_row_is_the_untouched_line() {
        let dialect = Dialect { delimiter: b';', start: 0 };
        let text = "\"DE\";  x ;\"a \"\"b\"\"\"\r\nnext;row;here\r\n";
        let table = read(text.to_owned(), "UTF-8".to_owned(), dialect, &Limits::default()).unwrap();
        assert_eq!(table.raw_row(0), "\"DE\";  x ;\"a \"\"b\"\"\"");
        assert_eq!(table.cell(0, 2), "a \"b\"");
        assert_eq!(table.raw_row(1), "next;row;here");
    }

    #[test]
    fn limits_name_the_line() {
        let dialect = Dialect { delimiter: b',', start: 0 };
        let limits = Limits { columns: 2, ..Limits::default() };
        let error = read("a,b\nc,d,e\n".to_owned(), "UTF-8".to_owned(), dialect, &limits).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a row is beyond the limit of 2 columns (line 2); split the file into smaller ones"
        );
    }
}
