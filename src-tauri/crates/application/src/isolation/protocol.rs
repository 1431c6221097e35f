//! What parent and child say to each other. Both are the same binary, so the form needs no versions.

use std::io::{self, Read, Write};

use tieout_statements::{DecodeOptions, Limits, Member, Table};

/// What is wanted of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Table,
    Members,
}

/// What the child answers before it ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Table(Box<Table>),
    /// The files of an archive; `None` where the bytes are none.
    Members(Option<Vec<Member>>),
    /// One sentence for the user, packed.
    Refused(String),
}

const TABLE: u8 = 1;
const MEMBERS: u8 = 2;
const NO_ARCHIVE: u8 = 3;
const REFUSED: u8 = 4;
/// Longest name or refusal that is believed.
const TEXT_BYTES_MAX: u64 = 1 << 20;

pub(super) fn write_request(
    out: &mut impl Write,
    wanted: Wanted,
    bytes: &[u8],
    options: &DecodeOptions,
) -> io::Result<()> {
    out.write_all(&[if wanted == Wanted::Table { TABLE } else { MEMBERS }])?;
    for number in numbers(&options.limits) {
        out.write_all(&number.to_le_bytes())?;
    }
    write_text(out, &options.file_name)?;
    out.write_all(&[u8::from(options.sheet.is_some())])?;
    write_text(out, options.sheet.as_deref().unwrap_or_default())?;
    out.write_all(bytes)?;
    out.flush()
}

pub(super) fn read_request(input: &mut impl Read) -> io::Result<(Wanted, DecodeOptions, Vec<u8>)> {
    let wanted = if byte(input)? == TABLE { Wanted::Table } else { Wanted::Members };
    let mut said = [0; NUMBERS];
    for number in &mut said {
        *number = read_number(input)?;
    }
    let file_name = read_text(input)?;
    let has_sheet = byte(input)? != 0;
    let sheet = Some(read_text(input)?).filter(|_| has_sheet);
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    Ok((wanted, DecodeOptions { file_name, sheet, limits: limits(said), ..DecodeOptions::default() }, bytes))
}

/// The fields of [`Limits`].
const NUMBERS: usize = 11;

fn numbers(limits: &Limits) -> [u64; NUMBERS] {
    // Named one by one, so that a new limit does not compile before it is carried over.
    let Limits {
        file_bytes,
        rows,
        columns,
        text_cells,
        sheet_cells,
        line_bytes,
        sheet_text_bytes,
        inflated_bytes,
        inflated_entry_bytes,
        archive_entries,
        archive_bytes,
    } = *limits;
    [
        file_bytes,
        rows.into(),
        columns.into(),
        text_cells.into(),
        sheet_cells.into(),
        line_bytes as u64,
        sheet_text_bytes as u64,
        inflated_bytes,
        inflated_entry_bytes,
        archive_entries as u64,
        archive_bytes,
    ]
}

fn limits(numbers: [u64; NUMBERS]) -> Limits {
    let short = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let [file_bytes, rows, columns, text_cells, sheet_cells, line, text, inflated_bytes, entry, entries, archive] =
        numbers;
    Limits {
        file_bytes,
        rows: short(rows),
        columns: short(columns),
        text_cells: short(text_cells),
        sheet_cells: short(sheet_cells),
        line_bytes: size(line),
        sheet_text_bytes: size(text),
        inflated_bytes,
        inflated_entry_bytes: entry,
        archive_entries: size(entries),
        archive_bytes: archive,
    }
}

pub(super) fn write_answer(out: &mut impl Write, answer: &Answer) -> io::Result<()> {
    match answer {
        Answer::Table(table) => {
            out.write_all(&[TABLE])?;
            table.write_to(&mut *out)?;
        }
        Answer::Members(None) => out.write_all(&[NO_ARCHIVE])?,
        Answer::Members(Some(members)) => {
            out.write_all(&[MEMBERS])?;
            out.write_all(&(members.len() as u64).to_le_bytes())?;
            for Member { name, bytes } in members {
                write_text(out, name)?;
                out.write_all(&(bytes.len() as u64).to_le_bytes())?;
                out.write_all(bytes)?;
            }
        }
        Answer::Refused(reason) => {
            out.write_all(&[REFUSED])?;
            write_text(out, reason)?;
        }
    }
    out.flush()
}

/// Reads an answer, believing nothing of it: memory grows only with bytes received.
pub(super) fn read_answer(input: &mut impl Read, limits: &Limits) -> io::Result<Answer> {
    match byte(input)? {
        TABLE => Table::read_from(input).map(|table| Answer::Table(Box::new(table))).map_err(io::Error::other),
        NO_ARCHIVE => Ok(Answer::Members(None)),
        REFUSED => read_text(input).map(Answer::Refused),
        MEMBERS => {
            let (mut members, mut left) = (Vec::new(), limits.archive_bytes);
            for _ in 0..read_number(input)? {
                let name = read_text(input)?;
                let bytes = read_bytes(input, left)?;
                left -= bytes.len() as u64;
                members.push(Member { name, bytes });
            }
            Ok(Answer::Members(Some(members)))
        }
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}

fn byte(input: &mut impl Read) -> io::Result<u8> {
    let mut one = [0];
    input.read_exact(&mut one)?;
    Ok(u8::from_le_bytes(one))
}

fn read_number(input: &mut impl Read) -> io::Result<u64> {
    let mut eight = [0; 8];
    input.read_exact(&mut eight)?;
    Ok(u64::from_le_bytes(eight))
}

fn read_bytes(input: &mut impl Read, most: u64) -> io::Result<Vec<u8>> {
    let length = read_number(input)?;
    if length > most {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    input.by_ref().take(length).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(bytes) }
}

fn write_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    out.write_all(&(text.len() as u64).to_le_bytes())?;
    out.write_all(text.as_bytes())
}

fn read_text(input: &mut impl Read) -> io::Result<String> {
    String::from_utf8(read_bytes(input, TEXT_BYTES_MAX)?).map_err(io::Error::other)
}
