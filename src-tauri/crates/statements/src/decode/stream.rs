//! A long delimited text that is gone through piece by piece, as often as needed, and never held as a whole.

use rayon::prelude::*;

use super::{
    DecodeOptions, TEXT_FORMATS,
    blocks::TextBlocks,
    delimited::{self, Place},
    dialect::{self, Dialect},
    encoding::{self, TextEncoding},
    layout, magic, mismatch,
};
use crate::{
    DecimalMark, Format, Limits, ReadError, Source, Table,
    value::{
        amount::{self, MarkEvidence},
        date::{self, OrderEvidence},
    },
};

/// Text that is looked at to tell what the file is.
const HEAD_BYTES: usize = 1 << 20;
/// Rows of the beginning that recognition sees.
const HEAD_ROWS: usize = 20_000;
/// Rows of the end that recognition sees: balances and totals may stand there.
const TAIL_ROWS: usize = 40;
/// Rows beyond the beginning that recognition sees because they tell how dates or amounts are written, of each kind.
const TELLING_ROWS: usize = 50;

/// How to go through the rows of a long text.
#[derive(Debug, Clone)]
pub(crate) struct Stream {
    encoding: TextEncoding,
    dialect: Dialect,
    limits: Limits,
    block_bytes: usize,
    /// Lines of the file that hold data rows: what stands before and after them is no row.
    first_line: u32,
    last_line: u32,
    /// Data rows.
    rows: u32,
    /// Header, statements and the like, without rows.
    shape: Table,
}

impl Stream {
    /// Looks through a file. Answers how to go through its rows, and a sample of them; nothing where the file is short,
    /// or of a format that has to be read as a whole.
    pub(crate) fn open(source: &dyn Source, options: &DecodeOptions) -> Result<Option<(Self, Table)>, ReadError> {
        if source.len() <= options.whole_bytes {
            return Ok(None);
        }
        let mut start = Vec::new();
        let mut reader = std::io::Read::take(encoding::open(source)?, 4096);
        std::io::Read::read_to_end(&mut reader, &mut start).map_err(|error| encoding::unreadable(&error))?;
        if magic::is_zip(&start) || magic::is_compound(&start) || magic::is_markup(&start) {
            return Ok(None);
        }
        magic::refuse_foreign(&start)?;
        let looked = match encoding::at_start(source)? {
            Some(encoding) => Looked::through(source, options, encoding)?,
            None => match Looked::through(source, options, encoding::PRESUMED) {
                Ok(looked) if looked.is_clean_utf8 => looked,
                // What went wrong may be for the wrong encoding.
                Ok(_) | Err(_) => Looked::through(source, options, encoding::survey(source)?)?,
            },
        };
        let Looked { encoding, .. } = looked;
        let Some((dialect, sample, all_rows)) = looked.rows else { return Ok(None) };
        let last_sampled = sample.row_count().checked_sub(1).map(|row| sample.file_line(row));
        let sample = layout::find_header(sample);
        let Some(last) = sample.row_count().checked_sub(1) else { return Ok(None) };
        let mut stream = Self {
            encoding,
            dialect,
            limits: options.limits,
            block_bytes: options.block_bytes,
            first_line: sample.file_line(0),
            last_line: if last_sampled == Some(sample.file_line(last)) { u32::MAX } else { sample.file_line(last) },
            rows: all_rows,
            shape: sample.without_rows(),
        };
        stream.rows = stream.count(source)?;
        // What stands around the sample stands around all rows.
        for section in &mut stream.shape.sections {
            section.rows = if section.rows as usize == sample.row_count() { stream.rows } else { section.rows };
        }
        let mut sample = Table { sections: stream.shape.sections.clone(), ..sample };
        mismatch::note(&mut sample, &options.file_name);
        Ok(Some((stream, sample)))
    }

    fn how(&self) -> How<'_> {
        How { encoding: self.encoding, dialect: self.dialect, limits: &self.limits, block_bytes: self.block_bytes }
    }

    /// Data rows of the file.
    pub(crate) fn rows(&self) -> u32 {
        self.rows
    }

    /// Goes through the rows, piece by piece.
    pub(crate) fn pieces(
        &self,
        source: &dyn Source,
        take: &mut dyn FnMut(&Table) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let mut done = 0_u32;
        blocks(source, &self.how(), &self.shape, &mut |piece| {
            piece.rows.retain(|row| (self.first_line..=self.last_line).contains(&row.line));
            piece.first_row = done;
            done = done.saturating_add(u32::try_from(piece.rows.len()).unwrap_or(u32::MAX));
            piece.rows_after = self.rows.saturating_sub(done);
            if piece.rows.is_empty() { Ok(()) } else { take(piece) }
        })
        .map(|_| ())
    }

    fn count(&self, source: &dyn Source) -> Result<u32, ReadError> {
        if self.last_line == u32::MAX {
            // Rows before the first one were taken off the sample.
            let mut before = 0;
            let mut place = None;
            let shape = self.shape.without_rows();
            let stop = blocks(source, &self.how(), &shape, &mut |piece| {
                before += piece.rows.iter().filter(|row| row.line < self.first_line).count();
                place = piece.rows.last().map(|row| row.line);
                if place.is_some_and(|line| line >= self.first_line) { Err(ReadError::Cancelled) } else { Ok(()) }
            });
            match stop {
                Ok(_) | Err(ReadError::Cancelled) => {}
                Err(other) => return Err(other),
            }
            return Ok(self.rows.saturating_sub(u32::try_from(before).unwrap_or(u32::MAX)));
        }
        let mut rows = 0_u32;
        self.pieces(source, &mut |piece| {
            rows = rows.saturating_add(u32::try_from(piece.rows.len()).unwrap_or(u32::MAX));
            Ok(())
        })?;
        Ok(rows)
    }
}

/// What one look through a file finds under an encoding.
struct Looked {
    encoding: TextEncoding,
    is_clean_utf8: bool,
    /// How its rows are divided, a sample of them and their number; nothing where the text is of another format.
    rows: Option<(Dialect, Table, u32)>,
}

impl Looked {
    fn through(source: &dyn Source, options: &DecodeOptions, encoding: TextEncoding) -> Result<Self, ReadError> {
        let mut head = String::new();
        let mut blocks = TextBlocks::new(source, encoding)?;
        blocks.fill(&mut head, HEAD_BYTES)?;
        if TEXT_FORMATS.iter().any(|format| (format.is)(head.trim_start())) {
            return Ok(Self { encoding, is_clean_utf8: blocks.is_clean_utf8(), rows: None });
        }
        magic::refuse_foreign_text(&head)?;
        let dialect = dialect::sniff(&head);
        let how = How { encoding, dialect, limits: &options.limits, block_bytes: options.block_bytes };
        let (sample, rows, is_clean_utf8) = Sampler::sample(source, &how)?;
        Ok(Self { encoding, is_clean_utf8, rows: Some((dialect, sample, rows)) })
    }
}

/// How a text is divided.
struct How<'a> {
    encoding: TextEncoding,
    dialect: Dialect,
    limits: &'a Limits,
    block_bytes: usize,
}

/// Splits a text block by block: while one block is taken, the next is read and split. Answers whether the text was
/// UTF-8 without a zero in it.
fn blocks(
    source: &dyn Source,
    how: &How<'_>,
    shape: &Table,
    take: &mut dyn FnMut(&mut Table) -> Result<(), ReadError>,
) -> Result<bool, ReadError> {
    let mut splitter = Splitter {
        how,
        shape,
        input: TextBlocks::new(source, how.encoding)?,
        rest: String::new(),
        from: how.dialect.start,
        wanted: how.block_bytes,
        place: None,
        done: false,
    };
    let mut current = splitter.next(None)?;
    let mut used = None;
    while let Some(mut piece) = current {
        let (mut following, mut taken) = (Ok(None), Ok(()));
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| following = splitter.next(used.take()));
            taken = take(&mut piece);
        });
        taken?;
        used = Some(piece);
        current = following?;
    }
    Ok(splitter.input.is_clean_utf8())
}

/// Where splitting stands between two blocks.
struct Splitter<'a> {
    how: &'a How<'a>,
    shape: &'a Table,
    input: TextBlocks<'a>,
    /// Text that was read and not split yet.
    rest: String,
    from: usize,
    wanted: usize,
    place: Option<Place>,
    done: bool,
}

impl Splitter<'_> {
    /// The next block's rows, in the memory of a block that is not needed any more; nothing after the last.
    fn next(&mut self, used: Option<Table>) -> Result<Option<Table>, ReadError> {
        if self.done {
            return Ok(None);
        }
        let mut table = self.shape.without_rows();
        let mut text = String::new();
        if let Some(used) = used {
            (text, table.cells, table.rows) = (used.text, used.cells, used.rows);
            text.clear();
            table.cells.clear();
            table.rows.clear();
        }
        text.push_str(&self.rest);
        self.input.fill(&mut text, self.wanted)?;
        self.done = self.input.ended();
        let place = self.place.get_or_insert_with(|| Place::new(&text, self.how.dialect.delimiter));
        let length = text.len();
        let (piece, unused) = delimited::split(table, text, self.from, self.done, place, self.how.limits)?;
        let unused_all = unused.len() == length;
        self.wanted = if unused_all { length * 2 } else { self.how.block_bytes.max(unused.len() * 2) };
        (self.rest, self.from) = (unused, 0);
        Ok(Some(piece))
    }
}

/// Chooses the rows that recognition sees.
struct Sampler {
    head: Table,
    tail: Table,
    telling: Kinds,
    columns: Vec<usize>,
    rows: u32,
}

/// How many rows were seen that tell one thing: day first, month first, decimal point, decimal comma.
type Kinds = [usize; 4];

impl Sampler {
    fn sample(source: &dyn Source, how: &How<'_>) -> Result<(Table, u32, bool), ReadError> {
        let mut shape = Table::new(Format::Csv, how.encoding.encoding.name().to_owned());
        shape.delimiter = Some(how.dialect.delimiter as char);
        let mut sampler = Self {
            head: shape.without_rows(),
            tail: shape.without_rows(),
            telling: [0; 4],
            columns: Vec::new(),
            rows: 0,
        };
        let is_clean_utf8 = blocks(source, how, &shape, &mut |piece| {
            sampler.take(piece);
            Ok(())
        })?;
        let Self { mut head, tail, rows, .. } = sampler;
        let in_head = head.rows.last().map_or(0, |row| row.line);
        (0..tail.row_count()).filter(|row| tail.file_line(*row) > in_head).for_each(|row| head.copy_row(&tail, row));
        head.rows.sort_by_key(|row| row.line);
        Ok((head, rows, is_clean_utf8))
    }

    fn take(&mut self, piece: &Table) {
        self.head.notes.extend(piece.notes.iter().cloned());
        let begins = (HEAD_ROWS.saturating_sub(self.head.row_count())).min(piece.row_count());
        if self.rows == 0 {
            self.head.reserve_like(piece, HEAD_ROWS);
        }
        (0..begins).for_each(|row| self.head.copy_row(piece, row));
        if begins > 0 {
            self.look_at_head();
        }
        let rest: Vec<usize> = (begins..piece.row_count()).collect();
        let wanted = self.telling.map(|seen| seen < TELLING_ROWS);
        if wanted.contains(&true) && !self.columns.is_empty() {
            let columns = &self.columns;
            let telling: Vec<(usize, Kinds)> = rest
                .par_iter()
                .filter_map(|row| {
                    let kinds = kinds_of(piece, *row, columns);
                    kinds.iter().zip(wanted).any(|(count, wanted)| *count > 0 && wanted).then_some((*row, kinds))
                })
                .collect();
            for (row, kinds) in telling {
                let is_new = kinds.iter().zip(&self.telling).any(|(count, seen)| *count > 0 && *seen < TELLING_ROWS);
                if is_new {
                    self.head.copy_row(piece, row);
                    self.telling.iter_mut().zip(kinds).for_each(|(seen, count)| *seen += count);
                }
            }
        }
        let from = piece.row_count().saturating_sub(TAIL_ROWS);
        if piece.row_count() >= TAIL_ROWS {
            self.tail = self.tail.without_rows();
        }
        (from..piece.row_count()).for_each(|row| self.tail.copy_row(piece, row));
        self.rows = self.rows.saturating_add(u32::try_from(piece.row_count()).unwrap_or(u32::MAX));
    }

    /// Which columns may tell anything, and what the beginning tells already.
    fn look_at_head(&mut self) {
        let width = (0..self.head.row_count().min(200)).map(|row| self.head.cell_count(row)).max().unwrap_or(0);
        let rows = self.head.row_count();
        let open = |column: &usize| {
            (0..rows.min(200)).any(|row| {
                let cell = self.head.cell(row, *column);
                let has_digit = cell.bytes().any(|byte| byte.is_ascii_digit());
                has_digit
                    && (matches!(date::order_evidence(cell), Some(order) if !matches!(order, OrderEvidence::Plain { .. }))
                        || amount::is_amount(cell))
            })
        };
        self.columns = (0..width).filter(open).collect();
        self.telling = [0; 4];
        for row in 0..rows {
            let kinds = kinds_of(&self.head, row, &self.columns);
            self.telling.iter_mut().zip(kinds).for_each(|(seen, count)| *seen += count);
        }
    }
}

fn kinds_of(table: &Table, row: usize, columns: &[usize]) -> Kinds {
    let mut kinds = [0; 4];
    for column in columns {
        let cell = table.cell(row, *column);
        if cell.len() < 4 {
            continue;
        }
        if is_point_decimal(cell) {
            kinds[2] = 1;
            continue;
        }
        match date::order_evidence(cell) {
            Some(OrderEvidence::DayFirst) => kinds[0] = 1,
            Some(OrderEvidence::MonthFirst) => kinds[1] = 1,
            Some(OrderEvidence::Either { .. } | OrderEvidence::Plain { .. }) => {}
            None => match amount::mark_evidence(cell) {
                MarkEvidence::Only(DecimalMark::Point) if amount::is_amount(cell) => kinds[2] = 1,
                MarkEvidence::Only(DecimalMark::Comma) if amount::is_amount(cell) => kinds[3] = 1,
                MarkEvidence::Only(_) | MarkEvidence::Either | MarkEvidence::None => {}
            },
        }
    }
    kinds
}

/// Whether the text is digits with a decimal point and one or two decimals, which is an amount with that mark and no date
/// under any order.
fn is_point_decimal(text: &str) -> bool {
    let bytes = text.as_bytes();
    let body = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let (whole, decimals) = match body {
        [whole @ .., b'.', one] => (whole, [*one, b'0']),
        [whole @ .., b'.', one, two] => (whole, [*one, *two]),
        _ => return false,
    };
    (1..=15).contains(&whole.len()) && whole.iter().chain(&decimals).all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_point_decimal_is_what_a_closer_look_finds(text in "-?[0-9]{0,16}[.,]?[0-9]{0,3}") {
            if is_point_decimal(&text) {
                prop_assert!(amount::is_amount(&text) && date::order_evidence(&text).is_none());
                prop_assert_eq!(amount::mark_evidence(&text), MarkEvidence::Only(DecimalMark::Point));
            }
        }
    }
}
