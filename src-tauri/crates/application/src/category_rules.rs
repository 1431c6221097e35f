//! Rules of the matching settings that say which category a line is of. They go before patterns.

use sha2::{Digest as _, Sha256};
use tieout_domain::{Action, CategoryId, Digest, Rule, StatementLine, Test};
use tieout_matching::CompiledRules;
use tieout_workbook::{Workbook, WorkbookError};

use crate::{ApplicationError, matching_settings};

/// Letters of the hash that tells lists of rules apart.
const HASH_LETTERS: usize = 16;

/// The enabled rules that categorise, in their order, compiled.
pub(crate) struct CategoryRules {
    rules: Vec<Rule>,
    compiled: CompiledRules,
}

/// A rule that categorises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryRule {
    /// Its name.
    pub name: String,
    /// The name of the category it gives.
    pub category: String,
}

impl CategoryRules {
    /// Those that the workbook keeps.
    pub(crate) fn of(workbook: &Workbook) -> Result<Self, ApplicationError> {
        Ok(Self::new(matching_settings::stored(workbook)?.configuration.engine.rules))
    }

    fn new(rules: Vec<Rule>) -> Self {
        let rules: Vec<Rule> = rules.into_iter().filter(|rule| rule.enabled() && category_of(rule).is_some()).collect();
        let compiled = CompiledRules::new(&rules);
        Self { rules, compiled }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The rules, in the order in which they decide.
    pub(crate) fn listed(&self) -> Vec<CategoryRule> {
        let listed = self.rules.iter().filter_map(|rule| {
            Some(CategoryRule { name: rule.name().to_owned(), category: category_of(rule)?.to_owned() })
        });
        listed.collect()
    }

    /// What a sweep by these rules and then by this categoriser is called: another name for other rules.
    pub(crate) fn sweep_name(&self, categoriser: &str) -> String {
        if self.is_empty() {
            return categoriser.to_owned();
        }
        let mut hash = Sha256::new();
        for rule in &self.rules {
            hash.update(rule.to_string().as_bytes());
            hash.update(b"\n");
        }
        let hash: String = Digest::from_bytes(hash.finalize().into()).to_string().chars().take(HASH_LETTERS).collect();
        format!("rules {hash}, {categoriser}")
    }

    /// The categories of the rules, by their places. Those that are missing are made.
    pub(crate) fn make_categories(&self, workbook: &mut Workbook) -> Result<Vec<CategoryId>, ApplicationError> {
        let mut categories = Vec::with_capacity(self.rules.len());
        for name in self.rules.iter().filter_map(category_of) {
            let found = match workbook.category_named(name) {
                Err(WorkbookError::NotFound { .. }) => workbook.add_category(name)?,
                other => other?,
            };
            categories.push(found);
        }
        Ok(categories)
    }

    /// The first rule that decides over the line: its place and its name.
    pub(crate) fn of_line(&self, line: &StatementLine) -> Option<(usize, &str)> {
        let (place, _) = self.compiled.category(line)?;
        self.rules.get(place).map(|rule| (place, rule.name()))
    }

    /// Of these rules those that look at texts alone, so that they can be tried on one.
    pub(crate) fn of_texts(self) -> Self {
        let is_text = |rule: &Rule| rule.conditions().iter().all(|one| matches!(one.test, Test::Text { .. }));
        Self::new(self.rules.into_iter().filter(is_text).collect())
    }
}

fn category_of(rule: &Rule) -> Option<&str> {
    match rule.action() {
        Action::Categorise(category) => Some(category),
        Action::Bar | Action::Match | Action::WriteOff(_) => None,
    }
}
