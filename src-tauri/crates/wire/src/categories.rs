//! What `tieout categorise` and `tieout workbook categories` print: JSON, and the same in words for a terminal.

use std::fmt;

use serde::Serialize;
use tieout_application::{CategoryFacts, CategoryList, PatternsImported, SweepSummary, categorise::CategoriseSummary};

/// `tieout categorise --json`
#[derive(Debug, Serialize)]
pub struct CategoriseView {
    statement_lines: u64,
    categorised: u64,
    uncategorised: u64,
    failed: u64,
    rows_rejected: u64,
    patterns: u64,
    categories: u64,
    elapsed_ms: u64,
}

impl From<&CategoriseSummary> for CategoriseView {
    fn from(summary: &CategoriseSummary) -> Self {
        Self {
            statement_lines: summary.lines,
            categorised: summary.categorised,
            uncategorised: summary.uncategorised(),
            failed: summary.failed,
            rows_rejected: summary.rows_rejected,
            patterns: summary.patterns,
            categories: summary.categories,
            elapsed_ms: summary.elapsed_ms,
        }
    }
}

impl fmt::Display for CategoriseView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} statement lines by {} patterns of {} categories: ",
            self.statement_lines, self.patterns, self.categories
        )?;
        outcome(f, self.categorised, self.uncategorised, self.failed)?;
        if self.rows_rejected > 0 { write!(f, "\n{} rows could not be read", self.rows_rejected) } else { Ok(()) }
    }
}

fn outcome(f: &mut fmt::Formatter<'_>, categorised: u64, uncategorised: u64, failed: u64) -> fmt::Result {
    write!(f, "{categorised} with a category, {uncategorised} without")?;
    if failed > 0 { write!(f, ", {failed} failed") } else { Ok(()) }
}

/// `tieout workbook categorise --json`
#[derive(Debug, Serialize)]
pub struct SweepView {
    lines: u64,
    categorised: u64,
    uncategorised: u64,
    failed: u64,
    elapsed_ms: u64,
    /// Lines written into the list that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed: Option<u64>,
}

impl From<SweepSummary> for SweepView {
    fn from(summary: SweepSummary) -> Self {
        let SweepSummary { lines, categorised, uncategorised, failed, elapsed_ms } = summary;
        Self { lines, categorised, uncategorised, failed, elapsed_ms, listed: None }
    }
}

impl fmt::Display for SweepView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.lines == 0 {
            f.write_str("nothing was pending")?;
        } else {
            write!(f, "{} lines were pending: ", self.lines)?;
            outcome(f, self.categorised, self.uncategorised, self.failed)?;
        }
        self.listed.map_or(Ok(()), |listed| write!(f, "\n{listed} lines listed"))
    }
}

/// `tieout workbook categories --json`
#[derive(Debug, Serialize)]
pub struct CategoryListView {
    categories: Vec<CategoryView>,
    lines: LineCountsView,
}

#[derive(Debug, Serialize)]
struct CategoryView {
    id: String,
    name: String,
    lines: u64,
    patterns: Vec<PatternView>,
}

#[derive(Debug, Serialize)]
struct PatternView {
    id: String,
    pattern: String,
}

#[derive(Debug, Serialize)]
struct LineCountsView {
    pending: u64,
    processing: u64,
    completed: u64,
    failed: u64,
    uncategorised: u64,
}

impl From<CategoryList> for CategoryListView {
    fn from(list: CategoryList) -> Self {
        let counts = list.counts;
        Self {
            categories: list.categories.into_iter().map(CategoryView::from).collect(),
            lines: LineCountsView {
                pending: counts.pending,
                processing: counts.processing,
                completed: counts.completed,
                failed: counts.failed,
                uncategorised: counts.uncategorised,
            },
        }
    }
}

impl From<CategoryFacts> for CategoryView {
    fn from(category: CategoryFacts) -> Self {
        let pattern =
            |found: tieout_application::PatternFacts| PatternView { id: found.id.to_string(), pattern: found.pattern };
        Self {
            id: category.id.to_string(),
            name: category.name,
            lines: category.lines,
            patterns: category.patterns.into_iter().map(pattern).collect(),
        }
    }
}

/// Most patterns of a category that a terminal shows.
const PATTERNS_SHOWN: usize = 20;

impl fmt::Display for CategoryListView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for category in &self.categories {
            writeln!(f, "{}: {} lines, {} patterns", category.name, category.lines, category.patterns.len())?;
            for found in category.patterns.iter().take(PATTERNS_SHOWN) {
                writeln!(f, "  {}", found.pattern)?;
            }
            if category.patterns.len() > PATTERNS_SHOWN {
                writeln!(f, "  … and {} more (--json lists all)", category.patterns.len() - PATTERNS_SHOWN)?;
            }
        }
        let lines = &self.lines;
        write!(
            f,
            "{} lines pending, {} completed ({} without a category)",
            lines.pending, lines.completed, lines.uncategorised
        )?;
        if lines.failed > 0 { write!(f, ", {} failed", lines.failed) } else { Ok(()) }
    }
}

/// `tieout workbook categories … import --json`
#[derive(Debug, Serialize)]
pub struct PatternsImportedView {
    patterns_added: u64,
    patterns_known: u64,
    categories_added: u64,
}

impl From<PatternsImported> for PatternsImportedView {
    fn from(imported: PatternsImported) -> Self {
        let PatternsImported { patterns_added, patterns_known, categories_added } = imported;
        Self { patterns_added, patterns_known, categories_added }
    }
}

impl fmt::Display for PatternsImportedView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { patterns_added, patterns_known, categories_added } = self;
        write!(
            f,
            "{patterns_added} patterns added, {patterns_known} were there already; {categories_added} new categories"
        )
    }
}
