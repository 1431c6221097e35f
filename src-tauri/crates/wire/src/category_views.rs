//! Categories and patterns, as the window shows them and asks for changes.
//!
//! Commands: `categories {}` ([`CategoriesView`]), `category_sums {}` ([`CategorySumView`], a list),
//! `category_lines(CategoryLinesRequest)` ([`CategoryLinesView`]), `try_category_text {text}` ([`TriedTextView`]),
//! `save_category_pattern(SavePatternRequest)`, `remove_category_pattern {id}`, `rename_category {id, name}`,
//! `remove_category {id}`, `import_category_patterns {path}` ([`PatternsTakenView`]), `export_category_patterns {path}`
//! (a number), `set_line_category(SetLineCategoryRequest)`, `sweep_categories {scope}` ([`SweptView`]; reports progress).

use std::fmt;

use serde::Serialize;
use tieout_application::{
    CategorisedLine, CategoryList, CategoryRule, CategorySum, FittingPattern, Page, PatternsImported, SweepSummary,
    TriedText,
};
use ts_rs::TS;

use crate::Amount;

/// All categories and patterns, and how many lines stand where.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CategoriesView {
    /// By name.
    pub categories: Vec<CategoryNameView>,
    /// By category and then in their order: of equally long ones the earlier wins.
    pub patterns: Vec<CategoryPatternView>,
    /// Rules of the matching settings that decide before any pattern.
    pub rules: Vec<CategoryRuleView>,
    /// How many lines stand where.
    pub counts: CategoryCountsView,
    /// Categories, patterns or rules are others than when lines were last looked at.
    pub stale: bool,
}

/// A category.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CategoryNameView {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Lines that are of it.
    #[ts(type = "number")]
    pub lines: u64,
    /// How many patterns it has.
    pub patterns: u32,
}

/// A pattern.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CategoryPatternView {
    /// Its identifier.
    pub id: String,
    /// Its text.
    pub pattern: String,
    /// Its category's identifier.
    pub category_id: String,
    /// Its category's name.
    pub category: String,
    /// Lines it decided over.
    #[ts(type = "number")]
    pub lines: u64,
}

/// A rule that categorises.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CategoryRuleView {
    /// Its name.
    pub name: String,
    /// The name of the category it gives.
    pub category: String,
}

/// How many lines stand where.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CategoryCountsView {
    /// Lines that wait for a sweep.
    #[ts(type = "number")]
    pub pending: u64,
    /// Lines that a sweep has taken up.
    #[ts(type = "number")]
    pub processing: u64,
    /// Lines that were looked at.
    #[ts(type = "number")]
    pub completed: u64,
    /// Lines that could not be judged.
    #[ts(type = "number")]
    pub failed: u64,
    /// Of the completed ones, those that no category fitted.
    #[ts(type = "number")]
    pub uncategorised: u64,
}

/// What a category's lines come to in one currency.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CategorySumView {
    /// The category; null for lines that have none.
    pub category_id: Option<String>,
    /// How many lines.
    #[ts(type = "number")]
    pub lines: u64,
    /// Of these, how many a person chose for.
    #[ts(type = "number")]
    pub by_hand: u64,
    /// Their amounts added up.
    pub total: Amount,
}

/// A page of lines.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CategoryLinesView {
    /// The page.
    pub lines: Vec<CategoryLineView>,
    /// Lines in all.
    #[ts(type = "number")]
    pub total: u64,
}

/// A line with its category.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CategoryLineView {
    /// Its identifier.
    pub id: String,
    /// ISO date; null where it has none.
    pub date: Option<String>,
    /// Amount.
    pub amount: Amount,
    /// Counterparty.
    pub counterparty: String,
    /// Description.
    pub description: String,
    /// Reference.
    pub reference: String,
    /// `pending`, `processing`, `completed` or `failed`.
    pub status: String,
    /// A person chose its category, or that it has none.
    pub by_hand: bool,
    /// Name of its category; empty where it has none.
    pub category: String,
    /// The pattern that decided; empty where none did or it was removed.
    pub pattern: String,
    /// The rule that decided; empty where none did.
    pub rule: String,
    /// Why it could not be judged; empty where it was.
    pub note: String,
    /// The file it came from.
    pub file_name: String,
    /// 1-based data row there.
    pub source_row: u32,
}

/// What decides over a text, and what else would: `try_category_text`, `tieout workbook categories … try`.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TriedTextView {
    /// The rule that decides, which goes before every pattern.
    pub rule: Option<CategoryRuleView>,
    /// The patterns that fit: the one that wins over the others first.
    pub fitting: Vec<FittingPatternView>,
    /// How many fit in all.
    #[ts(type = "number")]
    pub fitting_total: u64,
}

/// A pattern that fits a text.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FittingPatternView {
    /// The pattern.
    pub pattern: String,
    /// The name of its category.
    pub category: String,
    /// `pattern_in_text` or `text_in_pattern`.
    pub fit: String,
    /// Its letters: the more, the sooner it wins.
    pub letters: u32,
}

/// What a sweep did.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SweptView {
    /// Lines looked at.
    #[ts(type = "number")]
    pub lines: u64,
    /// Of these, lines that now have a category.
    #[ts(type = "number")]
    pub categorised: u64,
    /// Lines that no category fitted.
    #[ts(type = "number")]
    pub uncategorised: u64,
    /// Lines that could not be judged.
    #[ts(type = "number")]
    pub failed: u64,
    /// Milliseconds.
    #[ts(type = "number")]
    pub elapsed_ms: u64,
}

/// What an import of patterns did.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PatternsTakenView {
    /// Patterns that are new.
    #[ts(type = "number")]
    pub patterns_added: u64,
    /// Patterns that were there for the same category.
    #[ts(type = "number")]
    pub patterns_known: u64,
    /// Categories made for them.
    #[ts(type = "number")]
    pub categories_added: u64,
}

/// `tieout workbook categories … export --json`
#[derive(Debug, Serialize)]
pub struct PatternsExportedView {
    patterns: u64,
}

impl From<CategoryList> for CategoriesView {
    fn from(list: CategoryList) -> Self {
        let counts = list.counts;
        let mut view = Self {
            categories: Vec::with_capacity(list.categories.len()),
            patterns: Vec::new(),
            rules: list.rules.into_iter().map(Into::into).collect(),
            counts: CategoryCountsView {
                pending: counts.pending,
                processing: counts.processing,
                completed: counts.completed,
                failed: counts.failed,
                uncategorised: counts.uncategorised,
            },
            stale: list.stale,
        };
        for category in list.categories {
            let (id, name) = (category.id.to_string(), category.name);
            view.categories.push(CategoryNameView {
                id: id.clone(),
                name: name.clone(),
                lines: category.lines,
                patterns: u32::try_from(category.patterns.len()).unwrap_or(u32::MAX),
            });
            view.patterns.extend(category.patterns.into_iter().map(|found| CategoryPatternView {
                id: found.id.to_string(),
                pattern: found.pattern,
                category_id: id.clone(),
                category: name.clone(),
                lines: found.lines,
            }));
        }
        view
    }
}

impl From<CategoryRule> for CategoryRuleView {
    fn from(CategoryRule { name, category }: CategoryRule) -> Self {
        Self { name, category }
    }
}

impl From<CategorySum> for CategorySumView {
    fn from(sum: CategorySum) -> Self {
        Self {
            category_id: sum.category.map(|id| id.to_string()),
            lines: sum.lines,
            by_hand: sum.by_hand,
            total: sum.total.into(),
        }
    }
}

impl From<Page<CategorisedLine>> for CategoryLinesView {
    fn from(page: Page<CategorisedLine>) -> Self {
        Self { lines: page.rows.into_iter().map(Into::into).collect(), total: page.total }
    }
}

impl From<CategorisedLine> for CategoryLineView {
    fn from(line: CategorisedLine) -> Self {
        Self {
            id: line.id.to_string(),
            date: Some(line.date).filter(|date| !date.is_empty()),
            amount: line.amount.into(),
            counterparty: line.counterparty,
            description: line.description,
            reference: line.reference,
            status: line.status.as_str().to_owned(),
            by_hand: line.by_hand,
            category: line.category,
            pattern: line.pattern,
            rule: line.rule,
            note: line.note,
            file_name: line.file_name,
            source_row: line.source_row,
        }
    }
}

impl From<TriedText> for TriedTextView {
    fn from(tried: TriedText) -> Self {
        Self {
            rule: tried.rule.map(Into::into),
            fitting: tried.fitting.into_iter().map(Into::into).collect(),
            fitting_total: tried.fitting_total,
        }
    }
}

impl From<FittingPattern> for FittingPatternView {
    fn from(found: FittingPattern) -> Self {
        Self {
            pattern: found.pattern,
            category: found.category,
            fit: found.fit.as_str().to_owned(),
            letters: found.letters,
        }
    }
}

impl fmt::Display for TriedTextView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.rule, self.fitting.first()) {
            (Some(rule), _) => write!(f, "{}, by the rule \"{}\"", rule.category, rule.name)?,
            (None, Some(first)) => write!(f, "{}, by the pattern \"{}\"", first.category, first.pattern)?,
            (None, None) => return f.write_str("no category: neither a rule nor a pattern fits"),
        }
        for (place, found) in self.fitting.iter().enumerate() {
            let how = match found.fit.as_str() {
                "pattern_in_text" => "stands in the text",
                _ => "contains the text",
            };
            let wins = if place == 0 { "; the longest of them wins" } else { "" };
            write!(f, "\n  {} ({}): {how}, {} letters{wins}", found.pattern, found.category, found.letters)?;
        }
        let shown = self.fitting.len() as u64;
        if shown < self.fitting_total { write!(f, "\n  … and {} more", self.fitting_total - shown) } else { Ok(()) }
    }
}

impl From<SweepSummary> for SweptView {
    fn from(SweepSummary { lines, categorised, uncategorised, failed, elapsed_ms }: SweepSummary) -> Self {
        Self { lines, categorised, uncategorised, failed, elapsed_ms }
    }
}

impl From<PatternsImported> for PatternsTakenView {
    fn from(imported: PatternsImported) -> Self {
        let PatternsImported { patterns_added, patterns_known, categories_added } = imported;
        Self { patterns_added, patterns_known, categories_added }
    }
}

impl From<u64> for PatternsExportedView {
    fn from(patterns: u64) -> Self {
        Self { patterns }
    }
}

impl fmt::Display for PatternsExportedView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} patterns written", self.patterns)
    }
}
