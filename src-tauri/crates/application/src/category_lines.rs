//! Lines by category, and which pattern would win over a text.

use tieout_classify::{PatternFit, TransactionTexts, fit_of};
use tieout_domain::{Currency, Money, Normalised, Source, StatementLine, fold_text};
use tieout_workbook::{CategorisedLine, CategoryShelf, CategorySum, Page};

use crate::{ApplicationError, CategoryRule, Session, category_rules::CategoryRules};

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
