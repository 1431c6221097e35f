//! Lines by category, and which pattern would win over a text.

use std::path::Path;

use tieout_classify::{PatternFit, TransactionTexts, fit_of};
use tieout_domain::{Currency, Money, Normalised, Said, Source, StatementLine, StatementLineId, fold_text, said};
use tieout_reports::{CategoryLines, CategoryRow};
use tieout_workbook::{CategorisedLine, CategoryShelf, CategorySum, HandCategory, Page, Workbook};

use crate::{
    ApplicationError, CategoryRule, Progress, Session, category_rules::CategoryRules, exports::Export, place::Existing,
    results,
};

/// Lines written between two questions whether to go on.
const LINES_AT_ONCE: u32 = 10_000;
/// Most rows of a page.
const PAGE_ROWS_MAX: u32 = 500;
/// Patterns that fit a text which are told of.
const FITTING_MAX: usize = 20;

/// What decides over a text, and what else would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriedText {
    /// The rule that decides, which goes before every pattern.
    pub rule: Option<CategoryRule>,
    /// The patterns that fit: the one that wins over the others first.
    pub fitting: Vec<FittingPattern>,
    /// How many fit in all.
    pub fitting_total: u64,
}

/// A pattern that fits a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FittingPattern {
    /// The pattern.
    pub pattern: String,
    /// The name of its category.
    pub category: String,
    /// How it fits.
    pub fit: PatternFit,
    /// Its letters: the more, the sooner it wins.
    pub letters: u32,
}

impl Session {
    /// Puts lines where a person wants them; no sweep changes that.
    pub fn set_category(&self, lines: &[StatementLineId], choice: HandCategory) -> Result<(), ApplicationError> {
        self.with_open(|open| Ok(open.workbook.set_line_category(lines, choice)?))
    }

    /// Writes every line with its category into a CSV file, which appears complete or not at all. Answers how many.
    pub fn export_categories(
        &self,
        path: &Path,
        existing: Existing,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<u64, ApplicationError> {
        let task = self.begin()?;
        self.with_open(|open| {
            let place = open.place(path, existing)?;
            let total = open.workbook.record_counts()?.lines;
            let mut done = 0;
            let mut stopped = Ok(());
            let written = results::new_file(&place, |out| {
                stopped = write_lines(&open.workbook, out, &mut |lines| {
                    done += lines;
                    progress(Progress { stage: "writing", done, total });
                    if task.is_cancelled() { Err(ApplicationError::Cancelled) } else { Ok(()) }
                });
                // The reason is told below.
                if stopped.is_ok() { Ok(()) } else { Err(std::io::Error::other("stopped")) }
            });
            stopped?;
            open.put_in_place(&Export::data("categories"), [written?])?;
            Ok(done)
        })
    }

    /// A page of lines by category, those that contain `search`; all where it is empty.
    pub fn lines_by_category(
        &self,
        shelf: CategoryShelf,
        search: &str,
        offset: u64,
        limit: u32,
    ) -> Result<Page<CategorisedLine>, ApplicationError> {
        self.with_open(|open| Ok(open.workbook.lines_by_category(shelf, search, offset, limit.min(PAGE_ROWS_MAX))?))
    }

    /// What the lines of each category come to.
    pub fn category_sums(&self) -> Result<Vec<CategorySum>, ApplicationError> {
        self.with_open(|open| Ok(open.workbook.category_sums()?))
    }

    /// Which rule or pattern would decide over a line with this description and nothing else, and which others fit it.
    pub fn try_category_text(&self, text: &str) -> Result<TriedText, ApplicationError> {
        let winner = self.category_of(&TransactionTexts { description: text, ..TransactionTexts::default() })?;
        self.with_open(|open| {
            let rules = CategoryRules::of(&open.workbook)?.of_texts();
            let rule = rules.of_line(&line_with(text)).and_then(|(place, _)| rules.listed().into_iter().nth(place));
            let names: std::collections::HashMap<_, _> =
                open.workbook.categories()?.into_iter().map(|category| (category.id, category.name)).collect();
            let mut folded = String::new();
            let letters = fold_text(text, &mut folded);
            let mut found: Vec<_> = open
                .workbook
                .category_patterns()?
                .into_iter()
                .filter_map(|stored| Some((fit_of(&stored.pattern, &folded, letters)?, stored)))
                .collect();
            let is_winner = |id| winner.as_ref().is_some_and(|winner| winner.pattern == Some(id));
            // The sort is stable: of equally long ones the earliest stays first.
            found.sort_by_key(|(fit, stored)| (!is_winner(stored.id), std::cmp::Reverse(fit.letters)));
            let fitting = found.iter().take(FITTING_MAX).map(|(fit, stored)| FittingPattern {
                pattern: stored.pattern.to_string(),
                category: names.get(&stored.category).cloned().unwrap_or_default(),
                fit: fit.way,
                letters: u32::try_from(fit.letters).unwrap_or(u32::MAX),
            });
            Ok(TriedText { rule, fitting: fitting.collect(), fitting_total: found.len() as u64 })
        })
    }
}

fn line_with(text: &str) -> StatementLine {
    StatementLine {
        source: Source { file: tieout_domain::Digest::from_bytes([0; 32]), row: 0 },
        record_id: String::new(),
        account: String::new(),
        date: None,
        value_date: None,
        amount: Money::zero(Currency::NONE),
        description: text.to_owned(),
        reference: String::new(),
        counterparty: String::new(),
        counterparty_account: String::new(),
        balance: None,
        normalised: Normalised::default(),
        job: None,
        raw: String::new(),
    }
}

fn write_lines(
    workbook: &Workbook,
    out: &mut dyn std::io::Write,
    wrote: &mut dyn FnMut(u64) -> Result<(), ApplicationError>,
) -> Result<(), ApplicationError> {
    let failed = |error: tieout_reports::CsvError| {
        let detail = Said::in_english(error.to_string());
        ApplicationError::Invalid(said!(
            "categories.notWritten",
            "the list cannot be written: {detail}",
            detail = detail
        ))
    };
    let mut list = CategoryLines::to(out).map_err(failed)?;
    let mut after = None;
    loop {
        let lines = workbook.categorised_lines(after, LINES_AT_ONCE)?;
        let Some(last) = lines.last() else { break };
        after = Some(last.id);
        for line in &lines {
            let row = CategoryRow {
                source_file: &line.file_name,
                source_row: line.source_row,
                id: &line.id.to_string(),
                date: &line.date,
                amount: line.amount,
                counterparty: &line.counterparty,
                description: &line.description,
                reference: &line.reference,
                category: &line.category,
                pattern: &line.pattern,
                status: line.status,
            };
            list.add(&row).map_err(failed)?;
        }
        wrote(lines.len() as u64)?;
    }
    list.finish().map_err(failed)
}
