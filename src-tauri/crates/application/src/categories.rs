//! The list of categories and their patterns.

use std::{collections::HashMap, path::Path};

use tieout_domain::{CategoryId, CategoryPattern, CategoryPatternId, said};
use tieout_workbook::{CategoryCounts, PatternsImported, StoredPattern, Workbook, WorkbookError};

use crate::{
    ApplicationError, CategoryRule, Session, category_rules::CategoryRules, exports::Export, pattern_file,
    place::Existing, results,
};

/// A category with its patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryFacts {
    /// Its identifier.
    pub id: CategoryId,
    /// Its name.
    pub name: String,
    /// Lines that are of it.
    pub lines: u64,
    /// Its patterns, the earliest first.
    pub patterns: Vec<PatternFacts>,
}

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternFacts {
    /// Its identifier.
    pub id: CategoryPatternId,
    /// Its text.
    pub pattern: String,
    /// Lines it decided over.
    pub lines: u64,
}

/// All categories, and how many lines stand where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryList {
    /// By name.
    pub categories: Vec<CategoryFacts>,
    /// Rules of the matching settings that decide before any pattern, in their order.
    pub rules: Vec<CategoryRule>,
    /// How many lines stand where.
    pub counts: CategoryCounts,
    /// Categories, patterns or rules are others than when lines were last looked at.
    pub stale: bool,
}

impl CategoryList {
    /// The pattern that is written so, whatever its letter case, with its category.
    pub fn pattern_named(&self, text: &str) -> Option<(CategoryId, &PatternFacts)> {
        let is_meant = |facts: &&PatternFacts| pattern_file::is_same_name(&facts.pattern, text);
        self.categories
            .iter()
            .find_map(|category| category.patterns.iter().find(is_meant).map(|facts| (category.id, facts)))
    }
}

impl Session {
    /// All categories with their patterns, and how many lines stand where.
    pub fn categories(&self) -> Result<CategoryList, ApplicationError> {
        self.with_open(|open| {
            let compiled = open.compiled()?;
            list(&open.workbook, compiled.categoriser.name())
        })
    }

    /// Makes a category.
    pub fn add_category(&self, name: &str) -> Result<CategoryId, ApplicationError> {
        self.change_categories(|workbook| Ok(workbook.add_category(name)?))
    }

    /// The category of this name, whatever its letter case.
    pub fn category_named(&self, name: &str) -> Result<CategoryId, ApplicationError> {
        self.with_open(|open| Ok(open.workbook.category_named(name)?))
    }

    /// The category of this name, which is made if there is none.
    pub fn category_or_new(&self, name: &str) -> Result<CategoryId, ApplicationError> {
        match self.category_named(name) {
            Err(ApplicationError::Workbook(WorkbookError::NotFound { .. })) => self.add_category(name),
            found => found,
        }
    }

    /// Gives a category another name. While a rule of the matching settings gives it, that is refused: the next sweep would
    /// make it anew.
    pub fn rename_category(&self, id: CategoryId, name: &str) -> Result<(), ApplicationError> {
        self.change_categories(|workbook| {
            refuse_if_ruled(workbook, id, Some(name))?;
            Ok(workbook.rename_category(id, name)?)
        })
    }

    /// Removes a category and its patterns. Lines that patterns put into it are pending again; while a person has put lines
    /// into it, or a rule of the matching settings gives it, that is refused.
    pub fn remove_category(&self, id: CategoryId) -> Result<(), ApplicationError> {
        self.change_categories(|workbook| {
            refuse_if_ruled(workbook, id, None)?;
            Ok(workbook.remove_category(id)?)
        })
    }

    /// Adds a pattern to a category. From here on it is what texts are compared with.
    pub fn add_category_pattern(
        &self,
        category: CategoryId,
        text: &str,
    ) -> Result<CategoryPatternId, ApplicationError> {
        let pattern = parse(text)?;
        self.change_categories(|workbook| {
            let stored = workbook.category_patterns()?;
            pattern_file::check_size(stored.iter().map(|stored| &stored.pattern).chain([&pattern]))?;
            Ok(workbook.add_category_pattern(category, &pattern)?)
        })
    }

    /// Puts another text, or another category, in a pattern's place. Lines it decided over keep their category.
    pub fn change_category_pattern(
        &self,
        id: CategoryPatternId,
        category: CategoryId,
        text: &str,
    ) -> Result<(), ApplicationError> {
        let pattern = parse(text)?;
        self.change_categories(|workbook| {
            check_size_with(&workbook.category_patterns()?, id, &pattern)?;
            Ok(workbook.change_category_pattern(id, category, &pattern)?)
        })
    }

    /// Adds a pattern, or puts text and category in the place of the one that is named, in a category that is made if there
    /// is none of its name.
    pub fn save_category_pattern(
        &self,
        id: Option<CategoryPatternId>,
        text: &str,
        category: &str,
    ) -> Result<(), ApplicationError> {
        parse(text)?;
        let category = self.category_or_new(category)?;
        match id {
            Some(id) => self.change_category_pattern(id, category, text),
            None => self.add_category_pattern(category, text).map(drop),
        }
    }

    /// Removes a pattern. Lines it decided over keep their category.
    pub fn remove_category_pattern(&self, id: CategoryPatternId) -> Result<(), ApplicationError> {
        self.change_categories(|workbook| Ok(workbook.remove_category_pattern(id)?))
    }

    /// Takes the patterns of a CSV file (`pattern,category`) in; categories that are missing are made. All of them or none.
    pub fn import_category_patterns(&self, path: &Path) -> Result<PatternsImported, ApplicationError> {
        let patterns = pattern_file::read(path)?;
        self.change_categories(|workbook| {
            let stored = workbook.category_patterns()?;
            let all = stored.iter().map(|stored| &stored.pattern).chain(patterns.iter().map(|(pattern, _)| pattern));
            pattern_file::check_size(all)?;
            Ok(workbook.import_category_patterns(&patterns, &path.display().to_string())?)
        })
    }

    /// Writes all patterns into a CSV file that can be imported again; it appears complete or not at all. Answers how many.
    pub fn export_category_patterns(&self, path: &Path, existing: Existing) -> Result<u64, ApplicationError> {
        self.with_open(|open| {
            let place = open.place(path, existing)?;
            let names: HashMap<_, _> =
                open.workbook.categories()?.into_iter().map(|category| (category.id, category.name)).collect();
            let stored = open.workbook.category_patterns()?;
            let rows =
                stored.iter().filter_map(|stored| Some((&stored.pattern, names.get(&stored.category)?.as_str())));
            let file = results::new_file(&place, |out| pattern_file::write(out, rows))?;
            open.put_in_place(&Export::data("patterns"), [file])?;
            Ok(stored.len() as u64)
        })
    }

    /// A change, after which the patterns are compiled anew before anything else can ask. The change is done by then: what
    /// stands in the way of the patterns is told to whoever uses them next.
    fn change_categories<T>(
        &self,
        change: impl FnOnce(&mut Workbook) -> Result<T, ApplicationError>,
    ) -> Result<T, ApplicationError> {
        self.with_open(|open| {
            let changed = change(&mut open.workbook)?;
            if let Err(error) = open.compiled() {
                tracing::warn!(%error, "the category patterns cannot be used as they are");
            }
            Ok(changed)
        })
    }
}

fn parse(text: &str) -> Result<CategoryPattern, ApplicationError> {
    CategoryPattern::parse(text).map_err(|error| ApplicationError::Invalid(error.into()))
}

/// Refuses to take away the name of a category that a rule gives, unless it only gets another letter case.
fn refuse_if_ruled(workbook: &Workbook, id: CategoryId, new_name: Option<&str>) -> Result<(), ApplicationError> {
    let Some(category) = workbook.categories()?.into_iter().find(|category| category.id == id) else { return Ok(()) };
    if new_name.is_some_and(|name| pattern_file::is_same_name(name.trim(), &category.name)) {
        return Ok(());
    }
    let rules = CategoryRules::of(workbook)?.listed();
    match rules.into_iter().find(|rule| pattern_file::is_same_name(&rule.category, &category.name)) {
        None => Ok(()),
        Some(rule) => Err(ApplicationError::Invalid(said!(
            "category.ruled",
            "the rule '{rule}' gives the category '{category}': change the rule in the matching settings first",
            rule = &rule.name,
            category = &category.name
        ))),
    }
}

/// Refuses a pattern for which there is no room in the place of the one that it replaces.
fn check_size_with(
    stored: &[StoredPattern],
    replaced: CategoryPatternId,
    pattern: &CategoryPattern,
) -> Result<(), ApplicationError> {
    let others = stored.iter().filter(|stored| stored.id != replaced).map(|stored| &stored.pattern);
    pattern_file::check_size(others.chain([pattern]))
}

fn list(workbook: &Workbook, categoriser: &str) -> Result<CategoryList, ApplicationError> {
    let counts = workbook.category_counts()?;
    let by_pattern = workbook.pattern_counts()?;
    let rules = CategoryRules::of(workbook)?;
    let mut patterns: HashMap<CategoryId, Vec<PatternFacts>> = HashMap::new();
    for stored in workbook.category_patterns()? {
        let lines = by_pattern.get(&stored.id).copied().unwrap_or(0);
        let facts = PatternFacts { id: stored.id, pattern: stored.pattern.to_string(), lines };
        patterns.entry(stored.category).or_default().push(facts);
    }
    let categories = workbook.categories()?.into_iter().map(|category| CategoryFacts {
        lines: counts.by_category.get(&category.id).copied().unwrap_or(0),
        patterns: patterns.remove(&category.id).unwrap_or_default(),
        id: category.id,
        name: category.name,
    });
    Ok(CategoryList {
        categories: categories.collect(),
        rules: rules.listed(),
        counts,
        stale: workbook.sweep_is_stale(&rules.sweep_name(categoriser))?,
    })
}

#[cfg(test)]
mod tests {
    use tieout_classify::PATTERN_BYTES_MAX;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_pattern_for_which_there_is_no_room_takes_no_others_place() {
        let texts = (0..PATTERN_BYTES_MAX / 1_000).map(|number| format!("{number:0>1000}"));
        let stored: Vec<StoredPattern> = (0_u128..)
            .zip(texts.chain(["tiny".to_owned()]))
            .map(|(number, text)| StoredPattern {
                id: CategoryPatternId::from_uuid(Uuid::from_u128(number)),
                category: CategoryId::from_uuid(Uuid::nil()),
                pattern: parse(&text).unwrap(),
            })
            .collect();
        let (first, tiny) = (stored[0].id, stored[stored.len() - 1].id);
        let long = parse(&"y".repeat(1_000)).unwrap();
        let refused = check_size_with(&stored, tiny, &long).unwrap_err().to_string();
        assert!(refused.contains("at most 12582912"), "{refused}");
        check_size_with(&stored, first, &long).unwrap();
    }
}
