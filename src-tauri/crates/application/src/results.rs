//! Writes a folder of results: `matches.csv`, `exceptions.csv`, `report.json`, `report.pdf`.

use std::{
    borrow::Cow,
    fs::{self, File},
    io::{self, Write},
    ops::Range,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use tieout_domain::{Digest, FigureLimits, LedgerEntry, Side, StatementLine};
use tieout_reports::{
    CsvError, CsvLines, EXCEPTIONS_COLUMNS, ExceptionRow, Layout, MATCHES_COLUMNS, MatchRow, OutputFact, RecordRow,
    ReportData, SignerNote, Tables, Twin, TwinFile,
};

use crate::{
    ApplicationError,
    identity::Signer,
    place::{Existing, Place},
};

/// Names of the files in a result folder.
pub(crate) const MATCHES: &str = "matches.csv";
pub(crate) const EXCEPTIONS: &str = "exceptions.csv";
pub(crate) const REPORT_JSON: &str = "report.json";
pub(crate) const REPORT_PDF: &str = "report.pdf";

/// Rows made by one thread at a time.
const ROWS_A_PIECE: usize = 128;
/// Pieces made while those before them are written: what is held of a run of millions.
const PIECES_AT_ONCE: usize = 16;

/// Room for the lines of most rows.
const ROW_BYTES: usize = 1_024;

/// A signed report as it was written.
pub(crate) struct WrittenReport {
    pub(crate) path: PathBuf,
    pub(crate) pages: u32,
    pub(crate) file_hash: Digest,
    pub(crate) verified: bool,
}

/// Rows of the two CSV files, made when they are written, so that a million of them need no memory.
pub(crate) trait Rows: Sync {
    /// How many matches there are.
    fn matches(&self) -> usize;
    /// A match, by its place in the file.
    fn match_row(&self, at: usize) -> MatchRow<'_>;
    /// How many records are in no match.
    fn exceptions(&self) -> usize;
    /// A record in no match, by its place in the file.
    fn exception_row(&self, at: usize) -> ExceptionRow<'_>;
}

/// A line as the files and the report show it.
pub(crate) fn line_row<'a>(line: &'a StatementLine, file: &'a str) -> RecordRow<'a> {
    RecordRow {
        side: Side::Statement,
        source_file: Cow::Borrowed(file),
        source_row: line.source.row,
        record_id: Cow::Borrowed(&line.record_id),
        date: line.date,
        counterparty: Cow::Borrowed(&line.counterparty),
        reference: Cow::Borrowed(if line.reference.is_empty() { &line.description } else { &line.reference }),
        amount: line.amount,
    }
}

/// An entry as the files and the report show it.
pub(crate) fn entry_row<'a>(entry: &'a LedgerEntry, file: &'a str) -> RecordRow<'a> {
    RecordRow {
        side: Side::Ledger,
        source_file: Cow::Borrowed(file),
        source_row: entry.source.row,
        record_id: Cow::Borrowed(&entry.record_id),
        date: entry.date,
        counterparty: Cow::Borrowed(&entry.counterparty),
        reference: Cow::Borrowed(if entry.number.is_empty() { &entry.reference } else { &entry.number }),
        amount: entry.amount,
    }
}

/// A folder that results are written into. What was written there before is replaced, but for the workbook's own files.
pub(crate) struct ResultFolder<'p> {
    /// The folder.
    pub(crate) path: &'p Path,
    /// The workbook that is open.
    pub(crate) workbook: Option<&'p Path>,
}

impl ResultFolder<'_> {
    fn place(&self, name: &str) -> Result<Place, ApplicationError> {
        let path = self.path.join(name);
        match self.workbook {
            Some(workbook) => Place::beside(workbook, &path, Existing::Replace),
            None => Ok(Place::of_results(&path)),
        }
    }
}

/// The two CSV files, written but not under their names yet.
pub(crate) struct WrittenTables {
    matches: NewFile,
    exceptions: NewFile,
}

/// Writes both CSV files and gathers the report's tables on the way, so that each row is made once.
pub(crate) fn write_tables<'a>(
    out: &ResultFolder<'_>,
    rows: &'a dyn Rows,
    limits: FigureLimits,
    layout: Layout,
) -> Result<(WrittenTables, Tables<'a>), ApplicationError> {
    fs::create_dir_all(out.path).map_err(|source| ApplicationError::file(out.path, source))?;
    let mut tables = Tables::with_limits(limits).listing(layout.listed_max());
    let matches =
        write_rows(&out.place(MATCHES)?, &MATCHES_COLUMNS, rows.matches(), &mut tables, |at, lines, tables| {
            let row = layout.privacy.match_row(rows.match_row(at));
            lines.add_match(&row)?;
            tables.add_match(row);
            Ok(())
        })?;
    let columns = &EXCEPTIONS_COLUMNS;
    let exceptions =
        write_rows(&out.place(EXCEPTIONS)?, columns, rows.exceptions(), &mut tables, |at, lines, tables| {
            let row = layout.privacy.exception_row(rows.exception_row(at));
            lines.add_exception(&row)?;
            tables.add_exception(row);
            Ok(())
        })?;
    Ok((WrittenTables { matches, exceptions }, tables))
}

/// The two CSV files of a report that has no files beside it.
pub(crate) struct MadeTables {
    matches: Vec<u8>,
    exceptions: Vec<u8>,
}

/// Makes both CSV files in memory and gathers the report's tables on the way.
pub(crate) fn made_tables(
    rows: &dyn Rows,
    limits: FigureLimits,
    layout: Layout,
) -> Result<(MadeTables, Tables<'_>), ApplicationError> {
    let mut tables = Tables::with_limits(limits).listing(layout.listed_max());
    let mut made = MadeTables { matches: Vec::new(), exceptions: Vec::new() };
    let written = |error: CsvError| ApplicationError::file(Path::new(MATCHES), error.into());
    let mut lines = CsvLines::to(&mut made.matches);
    lines.header(&MATCHES_COLUMNS).map_err(written)?;
    for at in 0..rows.matches() {
        let row = layout.privacy.match_row(rows.match_row(at));
        lines.add_match(&row).map_err(written)?;
        tables.add_match(row);
    }
    lines.finish().map_err(written)?;
    let mut lines = CsvLines::to(&mut made.exceptions);
    lines.header(&EXCEPTIONS_COLUMNS).map_err(written)?;
    for at in 0..rows.exceptions() {
        let row = layout.privacy.exception_row(rows.exception_row(at));
        lines.add_exception(&row).map_err(written)?;
        tables.add_exception(row);
    }
    lines.finish().map_err(written)?;
    Ok((made, tables))
}

/// Lines of a CSV file that were made apart, and what the report keeps of them.
struct Piece<'a> {
    lines: Vec<u8>,
    tables: Tables<'a>,
}

/// Makes rows on all cores and writes them in their order: while some are written, the next are made.
fn write_rows<'a>(
    place: &Place,
    columns: &[&str],
    count: usize,
    tables: &mut Tables<'a>,
    add: impl Fn(usize, &mut CsvLines<&mut Vec<u8>>, &mut Tables<'a>) -> Result<(), CsvError> + Sync,
) -> Result<NewFile, ApplicationError> {
    let piece = |columns: &[&str], rows: Range<usize>, mut tables: Tables<'a>, mut bytes: Vec<u8>| {
        let mut lines = CsvLines::to(&mut bytes);
        if !columns.is_empty() {
            lines.header(columns)?;
        }
        for at in rows {
            add(at, &mut lines, &mut tables)?;
        }
        lines.finish()?;
        Ok(Piece { lines: bytes, tables })
    };
    NewFile::write(place, |file| {
        let header =
            piece(columns, 0..0, tables.part(), Vec::new()).map_err(|error: CsvError| io::Error::other(error))?;
        let mut made = vec![header];
        // Room for lines that were written serves those to come: fresh memory costs more than writing into it.
        let mut spare: Vec<Vec<u8>> = Vec::new();
        let starts: Vec<usize> = (0..count).step_by(ROWS_A_PIECE).collect();
        for starts in starts.chunks(PIECES_AT_ONCE).chain([[].as_slice()]) {
            let begun = tables.part();
            let rows = |start: usize| start..(start + ROWS_A_PIECE).min(count);
            let mut rooms: Vec<Vec<u8>> = spare.drain(..).take(starts.len()).collect();
            rooms.resize_with(starts.len(), || Vec::with_capacity(ROWS_A_PIECE * ROW_BYTES));
            let (written, next) = rayon::join(
                || {
                    made.drain(..).try_for_each(|mut piece| {
                        tables.append(piece.tables);
                        file.write_all(&piece.lines)?;
                        piece.lines.clear();
                        spare.push(piece.lines);
                        io::Result::Ok(())
                    })
                },
                || {
                    let pieces = starts.par_iter().zip(rooms);
                    pieces
                        .map(|(start, room)| piece(&[], rows(*start), begun.part(), room))
                        .collect::<Result<Vec<_>, _>>()
                },
            );
            written?;
            made = next.map_err(io::Error::other)?;
        }
        Ok(())
    })
}

/// Writes `report.json` and `report.pdf`; answers all four files, which do not have their names yet.
pub(crate) fn write_reports(
    out: &ResultFolder<'_>,
    data: &ReportData<'_>,
    tables: WrittenTables,
    signer: &Signer,
) -> Result<([NewFile; 4], WrittenReport), ApplicationError> {
    let WrittenTables { matches, exceptions } = tables;
    let mut outputs = vec![matches.fact(MATCHES), exceptions.fact(EXCEPTIONS)];
    let json_bytes = tieout_reports::report_json(data, &outputs)?;
    let json = NewFile::write(&out.place(REPORT_JSON)?, |file| file.write_all(&json_bytes))?;
    outputs.push(json.fact(REPORT_JSON));
    let held = if Twin::has_room([&matches, &exceptions, &json].map(|file| file.bytes)) {
        Some([matches.read()?, exceptions.read()?])
    } else {
        None
    };
    let twin = twin(held.as_ref().map(|held| held.each_ref().map(Vec::as_slice)), &json_bytes);
    let beside = [&matches, &exceptions, &json];
    let place = out.place(REPORT_PDF)?;
    let (pdf, report) = std::thread::scope(|scope| {
        // The disk takes its time over a large file, while a core draws.
        let stored = scope.spawn(|| beside.into_iter().try_for_each(NewFile::store));
        let pdf = new_pdf(&place, data, (&outputs, &twin), signer);
        stored.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        pdf
    })?;
    Ok(([matches, exceptions, json, pdf], report))
}

/// A report that has its data inside it and no files beside it.
pub(crate) fn new_report(
    place: &Place,
    data: &ReportData<'_>,
    tables: &MadeTables,
    signer: &Signer,
) -> Result<(NewFile, WrittenReport), ApplicationError> {
    let MadeTables { matches, exceptions } = tables;
    let outputs = [OutputFact::of(MATCHES, matches), OutputFact::of(EXCEPTIONS, exceptions)];
    let json = tieout_reports::report_json(data, &outputs)?;
    let has_room = Twin::has_room([matches, exceptions, &json].map(|bytes| bytes.len() as u64));
    let twin = twin(has_room.then_some([matches, exceptions]), &json);
    new_pdf(place, data, (&[], &twin), signer)
}

/// What a report carries inside it: both tables, if there is room for them, and `report.json`, if there is.
fn twin<'t>(tables: Option<[&'t [u8]; 2]>, json: &'t [u8]) -> Twin<'t> {
    let mut twin = Twin::default();
    match tables {
        Some([matches, exceptions]) => {
            twin.files.push(TwinFile { name: MATCHES, bytes: matches });
            twin.files.push(TwinFile { name: EXCEPTIONS, bytes: exceptions });
        }
        None => twin.left_out.extend([MATCHES, EXCEPTIONS]),
    }
    if Twin::has_room([json.len() as u64]) {
        twin.files.push(TwinFile { name: REPORT_JSON, bytes: json });
    } else {
        twin.left_out.push(REPORT_JSON);
    }
    twin
}

/// Renders, signs and writes the PDF, then reads it back and checks its signature and the data inside it. It does not have
/// its name yet.
fn new_pdf(
    place: &Place,
    data: &ReportData<'_>,
    (outputs, twin): (&[OutputFact], &Twin<'_>),
    signer: &Signer,
) -> Result<(NewFile, WrittenReport), ApplicationError> {
    let unsigned = tieout_reports::render_pdf_with(data, outputs, twin)?;
    let signed = tieout_reports::sign_pdf(&unsigned, &signer.identity, data.generated_at, "Reconciliation report")?;
    let file = NewFile::write(place, |file| file.write_all(&signed))?;
    file.store()?;
    let path = place.path();
    let written = file.read()?;
    let verification = tieout_reports::verify_pdf(&written);
    let report = WrittenReport {
        path: std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
        pages: verification.pages,
        file_hash: file.digest,
        verified: verification.valid && verification.covers_whole_file,
    };
    Ok((file, report))
}

/// How the report names its signer.
pub(crate) fn signer_note(signer: &Signer) -> SignerNote {
    SignerNote {
        name: signer.identity.common_name(),
        fingerprint: signer.identity.fingerprint(),
        one_time: signer.one_time,
    }
}

/// Writes a file that appears at its path complete or not at all.
pub(crate) fn write_file(
    place: &Place,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), ApplicationError> {
    new_file(place, write)?.put_in_place()
}

/// Writes and stores a file that does not have its name yet.
pub(crate) fn new_file(
    place: &Place,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<NewFile, ApplicationError> {
    let file = NewFile::write(place, |file| {
        let mut buffered = io::BufWriter::new(file);
        write(&mut buffered)?;
        buffered.flush()
    })?;
    file.store()?;
    Ok(file)
}

/// A file written beside its target, to be renamed when it is whole: an interruption leaves the old file or the new
/// one, never half.
pub(crate) struct NewFile {
    place: Place,
    partial: PathBuf,
    file: File,
    digest: Digest,
    bytes: u64,
}

impl NewFile {
    pub(crate) fn write(
        place: &Place,
        write: impl FnOnce(&mut Hashed<&File>) -> io::Result<()>,
    ) -> Result<Self, ApplicationError> {
        let failed = |source| ApplicationError::file(place.path(), source);
        let (file, partial) = place.create_partial().map_err(failed)?;
        let mut new = Self { place: place.clone(), partial, file, digest: Digest::from_bytes([0; 32]), bytes: 0 };
        let mut hashed = Hashed::over(&new.file);
        write(&mut hashed).map_err(failed)?;
        (new.digest, new.bytes) = hashed.written();
        Ok(new)
    }

    /// Where it will lie.
    pub(crate) fn path(&self) -> &Path {
        self.place.path()
    }

    /// [`Place::require_of`].
    pub(crate) fn require_of(&self, workbook: &Path) -> Result<(), ApplicationError> {
        self.place.require_of(workbook)
    }

    /// SHA-256 and number of its bytes.
    pub(crate) fn written(&self) -> (Digest, u64) {
        (self.digest, self.bytes)
    }

    fn fact(&self, name: &str) -> OutputFact {
        OutputFact { name: name.to_owned(), sha256: self.digest }
    }

    /// What was written.
    fn read(&self) -> Result<Vec<u8>, ApplicationError> {
        fs::read(&self.partial).map_err(|source| ApplicationError::file(self.place.path(), source))
    }

    /// Waits until the disk has it.
    pub(crate) fn store(&self) -> Result<(), ApplicationError> {
        self.file.sync_all().map_err(|source| ApplicationError::file(self.place.path(), source))
    }

    /// Gives a stored file its name.
    pub(crate) fn put_in_place(self) -> Result<(), ApplicationError> {
        self.place.take(&self.partial)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Once it has its name alone there is nothing to remove.
        let _ = fs::remove_file(&self.partial);
    }
}

/// Hashes and counts what passes through.
pub struct Hashed<W> {
    inner: W,
    hash: sha2::Sha256,
    bytes: u64,
}

impl<W> Hashed<W> {
    /// What is written to it goes on to `inner`.
    pub fn over(inner: W) -> Self {
        Self { inner, hash: sha2::Sha256::default(), bytes: 0 }
    }

    /// SHA-256 and number of the bytes that passed.
    pub fn written(self) -> (Digest, u64) {
        (Digest::from_bytes(sha2::Digest::finalize(self.hash).into()), self.bytes)
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        sha2::Digest::update(&mut self.hash, &bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
