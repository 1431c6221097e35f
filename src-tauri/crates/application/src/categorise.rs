//! Categories without a workbook: read statements and patterns, write every line with its category.

use std::{
    io,
    path::{Path, PathBuf},
    time::Instant,
};

use rayon::prelude::*;
use tieout_classify::{Categoriser, CategoriserFault, Choice, PatternCategoriser, TransactionTexts};
use tieout_domain::{CategoryPattern, CategoryStatus, Side, StatementLine, said};
use tieout_reports::{CategoryLines, CategoryRow};
use tieout_statements::Records;

use crate::{
    ApplicationError, Environment, Progress, engine, pattern_file,
    pattern_file::NamedPattern,
    place::Place,
    reading::{self, ReadFile},
    results,
};

/// How many notes on rows a summary holds; the files themselves can be looked at with `tieout inspect`.
const NOTES_MAX: usize = 50;

/// What to categorise by what.
#[derive(Debug, Clone)]
pub struct CategoriseRequest {
    /// Statement files, of any format.
    pub statements: Vec<PathBuf>,
    /// The patterns: a CSV file with the columns `pattern,category`.
    pub patterns: PathBuf,
    /// Where the list goes; left out: to the writer that is given.
    pub out: Option<PathBuf>,
    /// Threads; none: all cores.
    pub threads: Option<usize>,
    /// Largest file that is taken, in bytes, where it has to be held as a whole; left out: the default.
    pub file_bytes_max: Option<u64>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoriseSummary {
    /// Lines read.
    pub lines: u64,
    /// Of these, lines with a category.
    pub categorised: u64,
    /// Lines that could not be judged.
    pub failed: u64,
    /// Rows that could not be read.
    pub rows_rejected: u64,
    /// Patterns.
    pub patterns: u64,
    /// Categories they are of.
    pub categories: u64,
    /// What people should know: rejected rows, readings that were a choice.
    pub notes: Vec<String>,
    /// Milliseconds from start to end.
    pub elapsed_ms: u64,
}

impl CategoriseSummary {
    /// Lines that no category fitted.
    pub const fn uncategorised(&self) -> u64 {
        self.lines.saturating_sub(self.categorised).saturating_sub(self.failed)
    }
}

/// Writes every line of the statements with its category: into the request's file, which appears complete or not at all,
/// or else to `out`.
pub fn categorise(
    environment: &Environment,
    request: &CategoriseRequest,
    out: &mut dyn io::Write,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<CategoriseSummary, ApplicationError> {
    let began = Instant::now();
    let list = PatternList::read(&request.patterns)?;
    let mut summary = list.summary();
    let files = engine::with_threads(request.threads, || {
        request.statements.iter().try_fold(Vec::new(), |mut files, path| {
            files.extend(List::of_path(environment, request, path, &list, progress, &mut summary)?);
            Ok::<_, ApplicationError>(files)
        })
    })??;
    progress(Progress { stage: "writing", done: 0, total: 1 });
    match &request.out {
        Some(path) => results::write_file(&Place::of_results(path), |file| write(file, &files, &list))?,
        None => match write(out, &files, &list) {
            // A reader that closed the pipe has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            written => written.map_err(|source| ApplicationError::file(Path::new("the output"), source))?,
        },
    }
    summary.elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(summary)
}

/// The patterns of a file, compiled.
struct PatternList {
    patterns: Vec<NamedPattern>,
    categories: usize,
    categoriser: Box<dyn Categoriser>,
}

impl PatternList {
    fn read(path: &Path) -> Result<Self, ApplicationError> {
        let patterns = pattern_file::read(path)?;
        pattern_file::check_size(patterns.iter().map(|(pattern, _)| pattern))?;
        let mut names: Vec<&str> = patterns.iter().map(|(_, name)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        // The pattern says which category it is of: each stands for its own.
        let each = patterns
            .iter()
            .enumerate()
            .map(|(place, (pattern, _)): (usize, &(CategoryPattern, String))| (pattern, place));
        let categoriser = PatternCategoriser::new(each)
            .map_err(|error| ApplicationError::Invalid(pattern_file::list_fault(&error)))?;
        Ok(Self { categories: names.len(), categoriser: Box::new(categoriser), patterns })
    }

    fn summary(&self) -> CategoriseSummary {
        CategoriseSummary {
            lines: 0,
            categorised: 0,
            failed: 0,
            rows_rejected: 0,
            patterns: self.patterns.len() as u64,
            categories: self.categories as u64,
            notes: Vec::new(),
            elapsed_ms: 0,
        }
    }
}

/// The lines of a file, with what the categoriser said of each.
struct List {
    file: String,
    lines: Vec<StatementLine>,
    choices: Vec<Result<Option<Choice>, CategoriserFault>>,
}

impl List {
    fn of_path(
        environment: &Environment,
        request: &CategoriseRequest,
        path: &Path,
        list: &PatternList,
        progress: &(dyn Fn(Progress) + Sync),
        summary: &mut CategoriseSummary,
    ) -> Result<Vec<Self>, ApplicationError> {
        let opened = reading::open_path(environment, path, request.file_bytes_max)?.files;
        let read = opened.into_iter().map(|opened| reading::read_held(opened, Side::Statement, None, progress));
        read.map(|read| Self::of_file(read?, list, summary)).collect()
    }

    fn of_file(read: ReadFile, list: &PatternList, summary: &mut CategoriseSummary) -> Result<Self, ApplicationError> {
        let file = read.opened.name.clone();
        summary.rows_rejected += u64::from(read.reading.rows_rejected);
        let room = NOTES_MAX.saturating_sub(summary.notes.len());
        summary.notes.extend(reading::notes(&read).into_iter().take(room));
        let Records::Statement(lines) = read.reading.records else {
            return Err(ApplicationError::Unreadable(said!(
                "file.noStatement",
                "{file}: expected a statement",
                file = &file
            )));
        };
        let choices: Vec<_> = lines
            .par_iter()
            .map(|line| {
                list.categoriser.categorise(&TransactionTexts {
                    counterparty: &line.counterparty,
                    description: &line.description,
                    reference: &line.reference,
                })
            })
            .collect();
        summary.lines += lines.len() as u64;
        summary.categorised += choices.iter().filter(|choice| matches!(choice, Ok(Some(_)))).count() as u64;
        summary.failed += choices.iter().filter(|choice| choice.is_err()).count() as u64;
        Ok(Self { file, lines, choices })
    }
}

fn write(out: &mut dyn io::Write, files: &[List], list: &PatternList) -> io::Result<()> {
    let mut rows = CategoryLines::to(out).map_err(io::Error::from)?;
    for file in files {
        for (line, choice) in file.lines.iter().zip(&file.choices) {
            let chosen =
                choice.as_ref().ok().and_then(Option::as_ref).and_then(|choice| list.patterns.get(choice.category));
            let (pattern, category) = chosen.map_or(("", ""), |(pattern, name)| (pattern.as_str(), name.as_str()));
            let date = line.date.or(line.value_date).map(|date| date.to_string()).unwrap_or_default();
            rows.add(&CategoryRow {
                source_file: &file.file,
                source_row: line.source.row,
                id: &line.record_id,
                date: &date,
                amount: line.amount,
                counterparty: &line.counterparty,
                description: &line.description,
                reference: &line.reference,
                category,
                pattern,
                status: if choice.is_ok() { CategoryStatus::Completed } else { CategoryStatus::Failed },
            })?;
        }
    }
    Ok(rows.finish()?)
}
