//! Categories and the patterns they are found by: listing and changing them.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};
use sha2::{Digest as _, Sha256};
use tieout_domain::{
    CATEGORY_LETTERS_MAX, CategoryId, CategoryPattern, CategoryPatternId, Digest, Permission, fold_text, said,
};

use crate::{
    Workbook, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
};

/// So many patterns of a category that is removed are told of one by one; the event holds a hash of all.
const TOLD_MAX: usize = 20;

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its identifier.
    pub id: CategoryId,
    /// Its name; no two are the same but for letter case.
    pub name: String,
    /// How many patterns it has.
    pub patterns: u64,
}

/// A pattern of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPattern {
    /// Its identifier.
    pub id: CategoryPatternId,
    /// Its category.
    pub category: CategoryId,
    /// The pattern.
    pub pattern: CategoryPattern,
}

/// What an import of patterns did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PatternsImported {
    /// Patterns that are new.
    pub patterns_added: u64,
    /// Patterns that were there for the same category.
    pub patterns_known: u64,
    /// Categories made for them.
    pub categories_added: u64,
}

impl Workbook {
    /// All categories, by name.
    pub fn categories(&self) -> Result<Vec<Category>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT c.id, c.name, (SELECT count(*) FROM category_patterns p
                                   WHERE p.company_id = c.company_id AND p.category_id = c.id)
             FROM categories c WHERE c.company_id = ?1 ORDER BY c.folded",
        )?;
        let found = statement.query_map(params![Blob(self.company.id.uuid())], |row| {
            Ok(Category {
                id: CategoryId::from_uuid(row.get::<_, Blob>(0)?.0),
                name: row.get(1)?,
                patterns: rows::counted(row.get(2)?),
            })
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// The category of this name, whatever its letter case.
    pub fn category_named(&self, name: &str) -> Result<CategoryId, WorkbookError> {
        find_category(&self.sql, self.company.id, name)?.ok_or_else(|| WorkbookError::not_found("category", name))
    }

    /// All patterns, the earliest first: of equally long ones it decides.
    pub fn category_patterns(&self) -> Result<Vec<StoredPattern>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id, category_id, pattern FROM category_patterns WHERE company_id = ?1 ORDER BY id",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut patterns = Vec::new();
        while let Some(row) = found.next()? {
            patterns.push(StoredPattern {
                id: CategoryPatternId::from_uuid(row.get::<_, Blob>(0)?.0),
                category: CategoryId::from_uuid(row.get::<_, Blob>(1)?.0),
                pattern: CategoryPattern::parse(row.get_ref(2)?.as_str().map_err(WorkbookError::unreadable)?)
                    .map_err(WorkbookError::unreadable)?,
            });
        }
        Ok(patterns)
    }

    /// A number that is another after every change of categories or patterns; 0 before the first.
    pub fn category_list_version(&self) -> Result<u64, WorkbookError> {
        let mut statement =
            self.sql.prepare_cached("SELECT ifnull(sum(version), 0) FROM category_lists WHERE company_id = ?1")?;
        Ok(rows::counted(statement.query_row(params![Blob(self.company.id.uuid())], |row| row.get(0))?))
    }

    /// Makes a category. Its name may be no other's, whatever the letter case.
    pub fn add_category(&mut self, name: &str) -> Result<CategoryId, WorkbookError> {
        self.change(Permission::Import, |change| {
            let id = change.insert_category(name)?;
            change.categories_changed()?;
            let details = Json::Object(vec![("name", Json::text(name.trim()))]);
            change.tell("category.added", &subject(id), &details)?;
            Ok(id)
        })
    }

    /// Gives a category another name. Its lines and patterns keep it.
    pub fn rename_category(&mut self, id: CategoryId, name: &str) -> Result<(), WorkbookError> {
        self.change(Permission::Import, |change| {
            let before = change.category_name(id)?;
            let (name, folded) = checked_name(name)?;
            let other = find_category(change.sql, change.company, name)?.filter(|other| *other != id);
            if other.is_some() {
                return Err(WorkbookError::CategoryTaken(name.to_owned()));
            }
            change.sql.execute(
                "UPDATE categories SET name = ?3, folded = ?4 WHERE company_id = ?1 AND id = ?2",
                params![Blob(change.company.uuid()), Blob(id.uuid()), name, folded],
            )?;
            change.categories_changed()?;
            let details = Json::Object(vec![("after", Json::text(name)), ("before", Json::text(before))]);
            change.tell("category.renamed", &subject(id), &details)
        })
    }

    /// Removes a category and its patterns. Lines that patterns put into it are pending again. Refused while a person has
    /// put lines into it; lines that were withdrawn since do not count, and are pending should they come back.
    pub fn remove_category(&mut self, id: CategoryId) -> Result<(), WorkbookError> {
        self.change(Permission::Import, |change| {
            let name = change.category_name(id)?;
            let (company, category) = (Blob(change.company.uuid()), Blob(id.uuid()));
            let by_hand: i64 = change.sql.query_row(
                "SELECT count(*) FROM line_categories c
                 JOIN statement_lines r ON r.company_id = c.company_id AND r.id = c.line_id AND r.state <> 4
                 WHERE c.company_id = ?1 AND c.category_id = ?2 AND c.by_hand = 1",
                params![company, category],
                |row| row.get(0),
            )?;
            if by_hand > 0 {
                return Err(WorkbookError::CategoryInUse { name, lines: rows::counted(by_hand) });
            }
            let lines = change.sql.execute(
                "UPDATE line_categories SET status = 0, by_hand = 0, category_id = NULL, pattern_id = NULL,
                     rule = NULL, changed_at = ?3
                 WHERE company_id = ?1 AND category_id = ?2",
                params![company, category, change.now_ms],
            )?;
            let (contents, first) = change.patterns_told(id)?;
            let patterns = change.sql.execute(
                "DELETE FROM category_patterns WHERE company_id = ?1 AND category_id = ?2",
                params![company, category],
            )?;
            change
                .sql
                .execute("DELETE FROM categories WHERE company_id = ?1 AND id = ?2", params![company, category])?;
            change.categories_changed()?;
            let details = Json::Object(vec![
                ("contents", Json::text(contents)),
                ("first", Json::texts(first)),
                ("lines_pending", Json::count(lines)),
                ("name", Json::text(name)),
                ("patterns", Json::count(patterns)),
            ]);
            change.tell("category.removed", &subject(id), &details)
        })
    }

    /// Adds a pattern to a category, after all others. A pattern stands for one category only.
    pub fn add_category_pattern(
        &mut self,
        category: CategoryId,
        pattern: &CategoryPattern,
    ) -> Result<CategoryPatternId, WorkbookError> {
        self.change(Permission::Import, |change| {
            let name = change.category_name(category)?;
            if let Some((_, taken)) = change.pattern_taken(pattern)? {
                return Err(taken);
            }
            let id = change.insert_pattern(category, pattern)?;
            change.categories_changed()?;
            let details = Json::Object(vec![("category", Json::text(name)), ("pattern", Json::text(pattern))]);
            change.tell("pattern.added", &pattern_subject(id), &details)?;
            Ok(id)
        })
    }

    /// Puts another pattern, or another category, in a pattern's place. Lines it decided over keep their category.
    pub fn change_category_pattern(
        &mut self,
        id: CategoryPatternId,
        category: CategoryId,
        pattern: &CategoryPattern,
    ) -> Result<(), WorkbookError> {
        self.change(Permission::Import, |change| {
            let (pattern_before, category_before) = change.stored_pattern(id)?;
            let name = change.category_name(category)?;
            match change.pattern_taken(pattern)? {
                Some((other, taken)) if other != id => return Err(taken),
                Some(_) | None => {}
            }
            change.sql.execute(
                "UPDATE category_patterns SET category_id = ?3, pattern = ?4, folded = ?5
                 WHERE company_id = ?1 AND id = ?2",
                params![
                    Blob(change.company.uuid()),
                    Blob(id.uuid()),
                    Blob(category.uuid()),
                    pattern.as_str(),
                    pattern.folded()
                ],
            )?;
            change.categories_changed()?;
            let details = Json::Object(vec![
                ("category", Json::text(name)),
                ("category_before", Json::text(category_before)),
                ("pattern", Json::text(pattern)),
                ("pattern_before", Json::text(pattern_before)),
            ]);
            change.tell("pattern.changed", &pattern_subject(id), &details)
        })
    }

    /// Removes a pattern. Lines it decided over keep their category.
    pub fn remove_category_pattern(&mut self, id: CategoryPatternId) -> Result<(), WorkbookError> {
        self.change(Permission::Import, |change| {
            let (pattern, category) = change.stored_pattern(id)?;
            change.sql.execute(
                "DELETE FROM category_patterns WHERE company_id = ?1 AND id = ?2",
                params![Blob(change.company.uuid()), Blob(id.uuid())],
            )?;
            change.categories_changed()?;
            let details = Json::Object(vec![("category", Json::text(category)), ("pattern", Json::text(pattern))]);
            change.tell("pattern.removed", &pattern_subject(id), &details)
        })
    }

    /// Takes patterns with the names of their categories in, after those there are; categories that are missing are made.
    /// All of them or, where one stands for another category already, none. `source` says where they come from: the audit
    /// event names it, with how many they are and the SHA-256 of their list. Patterns that are all there already change
    /// nothing.
    pub fn import_category_patterns(
        &mut self,
        patterns: &[(CategoryPattern, String)],
        source: &str,
    ) -> Result<PatternsImported, WorkbookError> {
        if let Some(known) = self.all_known(patterns)? {
            return Ok(PatternsImported { patterns_known: known, ..PatternsImported::default() });
        }
        self.change(Permission::Import, |change| {
            let mut done = PatternsImported::default();
            let mut list = Sha256::new();
            let mut categories: HashMap<&str, CategoryId> = HashMap::new();
            for (pattern, name) in patterns {
                let category = match categories.get(name.as_str()) {
                    Some(known) => *known,
                    None => {
                        let found = find_category(change.sql, change.company, name)?;
                        done.categories_added += u64::from(found.is_none());
                        let category = found.map_or_else(|| change.insert_category(name), Ok)?;
                        *categories.entry(name).or_insert(category)
                    }
                };
                match change.pattern_taken(pattern)? {
                    None => {
                        change.insert_pattern(category, pattern)?;
                        done.patterns_added += 1;
                    }
                    Some((id, _)) if change.category_of_pattern(id)? == category => done.patterns_known += 1,
                    Some((_, taken)) => return Err(taken),
                }
                list.update(pattern.as_str().as_bytes());
                list.update(b"\t");
                list.update(name.trim().as_bytes());
                list.update(b"\n");
            }
            change.categories_changed()?;
            let details = Json::Object(vec![
                ("categories_added", Json::count(done.categories_added)),
                ("patterns", Json::text(Digest::from_bytes(list.finalize().into()))),
                ("patterns_added", Json::count(done.patterns_added)),
                ("patterns_known", Json::count(done.patterns_known)),
                ("source", Json::text(source)),
            ]);
            change.tell("patterns.imported", "category patterns", &details)?;
            Ok(done)
        })
    }

    /// How many patterns these are, where each is there already for the same category.
    fn all_known(&self, patterns: &[(CategoryPattern, String)]) -> Result<Option<u64>, WorkbookError> {
        let mut category_of = self
            .sql
            .prepare_cached("SELECT category_id FROM category_patterns WHERE company_id = ?1 AND folded = ?2")?;
        let mut categories: HashMap<&str, Option<CategoryId>> = HashMap::new();
        for (pattern, name) in patterns {
            let category = match categories.get(name.as_str()) {
                Some(known) => *known,
                None => *categories.entry(name).or_insert(find_category(&self.sql, self.company.id, name)?),
            };
            let found: Option<Blob> = category_of
                .query_row(params![Blob(self.company.id.uuid()), pattern.folded()], |row| row.get(0))
                .optional()?;
            if category.is_none() || category != found.map(|id| CategoryId::from_uuid(id.0)) {
                return Ok(None);
            }
        }
        Ok(Some(patterns.len() as u64))
    }
}

fn subject(id: CategoryId) -> String {
    format!("category {id}")
}

fn pattern_subject(id: CategoryPatternId) -> String {
    format!("pattern {id}")
}

/// A name as it is kept, and as it is compared.
fn checked_name(name: &str) -> Result<(&str, String), WorkbookError> {
    let mut folded = String::new();
    match fold_text(name, &mut folded) {
        0 => return Err(WorkbookError::Name(said!("category.noName", "a category needs a name"))),
        letters if letters > CATEGORY_LETTERS_MAX => return Err(WorkbookError::CategoryTooLong { letters }),
        _ => {}
    }
    Ok((name.trim(), folded))
}

fn find_category(
    sql: &rusqlite::Connection,
    company: tieout_domain::CompanyId,
    name: &str,
) -> Result<Option<CategoryId>, WorkbookError> {
    let mut folded = String::new();
    fold_text(name, &mut folded);
    let found = sql
        .prepare_cached("SELECT id FROM categories WHERE company_id = ?1 AND folded = ?2")?
        .query_row(params![Blob(company.uuid()), folded], |row| row.get::<_, Blob>(0))
        .optional()?;
    Ok(found.map(|id| CategoryId::from_uuid(id.0)))
}

impl Change<'_> {
    fn insert_category(&mut self, name: &str) -> Result<CategoryId, WorkbookError> {
        let (name, folded) = checked_name(name)?;
        if find_category(self.sql, self.company, name)?.is_some() {
            return Err(WorkbookError::CategoryTaken(name.to_owned()));
        }
        let id = CategoryId::from_uuid(self.id());
        self.sql
            .prepare_cached(
                "INSERT INTO categories (company_id, id, name, folded, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![Blob(self.company.uuid()), Blob(id.uuid()), name, folded, self.now_ms])?;
        Ok(id)
    }

    fn insert_pattern(
        &mut self,
        category: CategoryId,
        pattern: &CategoryPattern,
    ) -> Result<CategoryPatternId, WorkbookError> {
        let id = CategoryPatternId::from_uuid(self.id());
        self.sql
            .prepare_cached(
                "INSERT INTO category_patterns (company_id, id, category_id, pattern, folded)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(id.uuid()),
                Blob(category.uuid()),
                pattern.as_str(),
                pattern.folded()
            ])?;
        Ok(id)
    }

    pub(crate) fn category_name(&self, id: CategoryId) -> Result<String, WorkbookError> {
        let found = self
            .sql
            .prepare_cached("SELECT name FROM categories WHERE company_id = ?1 AND id = ?2")?
            .query_row(params![Blob(self.company.uuid()), Blob(id.uuid())], |row| row.get(0))
            .optional()?;
        found.ok_or_else(|| WorkbookError::not_found("category", id))
    }

    /// The pattern that is equal to this one but for letter case, and the refusal that names its category.
    fn pattern_taken(
        &self,
        pattern: &CategoryPattern,
    ) -> Result<Option<(CategoryPatternId, WorkbookError)>, WorkbookError> {
        let found = self
            .sql
            .prepare_cached(
                "SELECT p.id, c.name FROM category_patterns p
                 JOIN categories c ON c.company_id = p.company_id AND c.id = p.category_id
                 WHERE p.company_id = ?1 AND p.folded = ?2",
            )?
            .query_row(params![Blob(self.company.uuid()), pattern.folded()], |row| {
                Ok((row.get::<_, Blob>(0)?, row.get::<_, String>(1)?))
            })
            .optional()?;
        Ok(found.map(|(id, category)| {
            let taken = WorkbookError::PatternTaken { pattern: pattern.to_string(), category };
            (CategoryPatternId::from_uuid(id.0), taken)
        }))
    }

    /// The SHA-256 of a category's patterns, one a line, and the first of them.
    fn patterns_told(&self, category: CategoryId) -> Result<(Digest, Vec<String>), WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT pattern FROM category_patterns WHERE company_id = ?1 AND category_id = ?2 ORDER BY id",
        )?;
        let mut found = statement.query(params![Blob(self.company.uuid()), Blob(category.uuid())])?;
        let (mut list, mut first) = (Sha256::new(), Vec::new());
        while let Some(row) = found.next()? {
            let pattern: String = row.get(0)?;
            list.update(pattern.as_bytes());
            list.update(b"\n");
            if first.len() < TOLD_MAX {
                first.push(pattern);
            }
        }
        Ok((Digest::from_bytes(list.finalize().into()), first))
    }

    fn category_of_pattern(&self, id: CategoryPatternId) -> Result<CategoryId, WorkbookError> {
        let category = self
            .sql
            .prepare_cached("SELECT category_id FROM category_patterns WHERE company_id = ?1 AND id = ?2")?
            .query_row(params![Blob(self.company.uuid()), Blob(id.uuid())], |row| row.get::<_, Blob>(0))?;
        Ok(CategoryId::from_uuid(category.0))
    }

    /// A pattern and the name of its category.
    fn stored_pattern(&self, id: CategoryPatternId) -> Result<(String, String), WorkbookError> {
        let found = self
            .sql
            .prepare_cached(
                "SELECT p.pattern, c.name FROM category_patterns p
                 JOIN categories c ON c.company_id = p.company_id AND c.id = p.category_id
                 WHERE p.company_id = ?1 AND p.id = ?2",
            )?
            .query_row(params![Blob(self.company.uuid()), Blob(id.uuid())], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found.ok_or_else(|| WorkbookError::not_found("pattern", id))
    }

    /// Whoever compiled the patterns will know that they are others now.
    fn categories_changed(&self) -> Result<(), WorkbookError> {
        self.sql
            .prepare_cached(
                "INSERT INTO category_lists (company_id, version) VALUES (?1, 1)
                 ON CONFLICT (company_id) DO UPDATE SET version = version + 1",
            )?
            .execute(params![Blob(self.company.uuid())])?;
        Ok(())
    }
}
