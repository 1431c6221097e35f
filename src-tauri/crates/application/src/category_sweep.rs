//! Which category lines and texts get: the compiled patterns, and the sweep over what is pending.

use std::{collections::HashMap, ops::ControlFlow, sync::Arc, time::Instant};

use rayon::prelude::*;
use tieout_classify::{Categoriser, PatternCategoriser, TextField, TransactionTexts};
use tieout_domain::{CategoryId, CategoryPatternId, retold};
use tieout_workbook::{LineVerdict, PendingLine, SweepOrder, SweepScope, Workbook};

use crate::{ApplicationError, Progress, Session, category_rules::CategoryRules, pattern_file, session::Open};

/// What a sweep did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SweepSummary {
    /// Lines looked at.
    pub lines: u64,
    /// Of these, lines that now have a category.
    pub categorised: u64,
    /// Lines that no category fitted.
    pub uncategorised: u64,
    /// Lines that could not be judged.
    pub failed: u64,
    /// Milliseconds.
    pub elapsed_ms: u64,
}

/// The category of a text, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCategory {
    /// Its category.
    pub category: CategoryId,
    /// The pattern that decided, if one did.
    pub pattern: Option<CategoryPatternId>,
    /// The text that decided.
    pub field: TextField,
}

/// The patterns of a workbook, compiled.
pub(crate) struct Compiled {
    version: u64,
    pub(crate) categoriser: Box<dyn Categoriser>,
    categories: Vec<CategoryId>,
    patterns: Vec<CategoryPatternId>,
}

impl Compiled {
    fn new(workbook: &Workbook) -> Result<Self, ApplicationError> {
        let categories: Vec<CategoryId> = workbook.categories()?.into_iter().map(|category| category.id).collect();
        let places: HashMap<CategoryId, usize> = categories.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let stored = workbook.category_patterns()?;
        let placed = stored.iter().filter_map(|stored| Some((&stored.pattern, *places.get(&stored.category)?)));
        let categoriser = PatternCategoriser::new(placed)
            .map_err(|error| ApplicationError::Invalid(pattern_file::list_fault(&error)))?;
        Ok(Self {
            version: workbook.category_list_version()?,
            categoriser: Box::new(categoriser),
            patterns: stored.into_iter().map(|stored| stored.id).collect(),
            categories,
        })
    }

    fn verdict(&self, line: &PendingLine, rules: &CategoryRules, rule_categories: &[CategoryId]) -> LineVerdict {
        if let Some((place, rule)) = line.whole.as_deref().and_then(|whole| rules.of_line(whole))
            && let Some(category) = rule_categories.get(place)
        {
            return LineVerdict::Rule { category: *category, rule: rule.to_owned() };
        }
        let texts = TransactionTexts {
            counterparty: &line.counterparty,
            description: &line.description,
            reference: &line.reference,
        };
        match self.categoriser.categorise(&texts) {
            Ok(choice) => {
                match choice.and_then(|choice| Some((*self.categories.get(choice.category)?, choice.pattern))) {
                    Some((category, pattern)) => {
                        let pattern = pattern.and_then(|place| self.patterns.get(place)).copied();
                        LineVerdict::Category { category, pattern }
                    }
                    None => LineVerdict::NoCategory,
                }
            }
            Err(fault) => LineVerdict::Failed(fault.to_string()),
        }
    }
}

impl Open {
    /// The workbook's patterns, compiled: once, and again only when they are others.
    pub(crate) fn compiled(&mut self) -> Result<Arc<Compiled>, ApplicationError> {
        let version = self.workbook.category_list_version()?;
        match &self.compiled {
            Some(compiled) if compiled.version == version => Ok(Arc::clone(compiled)),
            Some(_) | None => self.recompile(),
        }
    }

    fn recompile(&mut self) -> Result<Arc<Compiled>, ApplicationError> {
        // What no longer holds is given up first: there is no room for two of the largest lists.
        self.compiled = None;
        let compiled = Arc::new(Compiled::new(&self.workbook)?);
        self.compiled = Some(Arc::clone(&compiled));
        Ok(compiled)
    }
}

impl Session {
    /// The category that texts would get.
    pub fn category_of(&self, texts: &TransactionTexts<'_>) -> Result<Option<FoundCategory>, ApplicationError> {
        self.with_open(|open| {
            let compiled = open.compiled()?;
            let choice = compiled
                .categoriser
                .categorise(texts)
                .map_err(|fault| ApplicationError::Invalid(retold!(fault, "categories.notJudged")))?;
            Ok(choice.and_then(|choice| {
                Some(FoundCategory {
                    category: *compiled.categories.get(choice.category)?,
                    pattern: choice.pattern.and_then(|place| compiled.patterns.get(place)).copied(),
                    field: choice.field,
                })
            }))
        })
    }

    /// Gives every line that is pending its category, by the rules of the matching settings first and by patterns then.
    /// `scope` says which other lines are looked at; never those a person chose for. Cancelled, it leaves every line as it
    /// was, and pending. Categories that only rules name are made.
    pub fn sweep_categories(
        &self,
        scope: SweepScope,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<SweepSummary, ApplicationError> {
        let task = self.begin()?;
        let began = Instant::now();
        self.with_open(|open| {
            let rules = CategoryRules::of(&open.workbook)?;
            let rule_categories = rules.make_categories(&mut open.workbook)?;
            let compiled = open.compiled()?;
            let mut judge = |lines: &[PendingLine]| -> Vec<_> {
                lines.par_iter().map(|line| compiled.verdict(line, &rules, &rule_categories)).collect()
            };
            let mut watch = |done, total| {
                progress(Progress { stage: "categories", done, total });
                if task.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let categoriser = rules.sweep_name(compiled.categoriser.name());
            let order = SweepOrder { scope, categoriser: &categoriser, whole_lines: !rules.is_empty() };
            let swept = open.workbook.sweep(order, &mut judge, &mut watch)?;
            let elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            Ok(swept.map_or(SweepSummary { elapsed_ms, ..SweepSummary::default() }, |outcome| SweepSummary {
                lines: outcome.lines,
                categorised: outcome.categorised,
                uncategorised: outcome.uncategorised(),
                failed: outcome.failed,
                elapsed_ms,
            }))
        })
    }
}
