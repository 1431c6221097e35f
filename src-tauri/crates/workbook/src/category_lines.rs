//! Lines by category: which are where, what they come to, and how many each pattern took.

use std::collections::HashMap;

use rusqlite::{Row, params};
use tieout_domain::{CategoryId, CategoryPatternId, Money, Side, StatementLineId};

use crate::{
    CategorisedLine, Page, Workbook, WorkbookError, custom,
    rows::{self, Blob},
    state::State,
    tally,
};

/// Which lines are asked for; those withdrawn are in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CategoryShelf {
    /// Those of this category.
    Category(CategoryId),
    /// Those that were looked at and have none.
    NoCategory,
    /// Those that wait for a sweep.
    Pending,
    /// Those that could not be judged.
    Failed,
    /// Those that a person chose for.
    ByHand,
}

/// What a category's lines come to in one currency; `None`: lines without a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CategorySum {
    /// The category.
    pub category: Option<CategoryId>,
    /// How many lines.
    pub lines: u64,
    /// Of these, how many a person chose for.
    pub by_hand: u64,
    /// Their amounts added up.
    pub total: Money,
}

/// Columns of [`CategorisedLine`].
const LINE: &str = "SELECT r.id, r.date, r.amount, r.currency, r.counterparty, r.description, r.reference,
        ifnull(c.status, 0), ifnull(c.by_hand, 0), ifnull(k.name, ''), ifnull(p.pattern, ''), b.file_name,
        r.source_row, ifnull(c.rule, ''), ifnull(c.note, '')";
const LINE_WITH_ALL: &str = "
    JOIN statements s ON s.company_id = r.company_id AND s.id = r.statement_id
    JOIN import_batches b ON b.company_id = s.company_id AND b.id = s.batch_id
    LEFT JOIN categories k ON k.company_id = c.company_id AND k.id = c.category_id
    LEFT JOIN category_patterns p ON p.company_id = c.company_id AND p.id = c.pattern_id";
const BY_LINE: &str = "statement_lines r
    LEFT JOIN line_categories c ON c.company_id = r.company_id AND c.line_id = r.id";
const BY_CATEGORY: &str = "line_categories c
    CROSS JOIN statement_lines r ON r.company_id = c.company_id AND r.id = c.line_id";

impl CategoryShelf {
    /// Where its lines are found, and the condition on them; ?2 is a category.
    const fn source(self) -> (&'static str, &'static str) {
        match self {
            Self::Category(_) => (BY_CATEGORY, "c.company_id = ?1 AND c.category_id = ?2"),
            Self::NoCategory => {
                (BY_CATEGORY, "c.company_id = ?1 AND c.category_id IS NULL AND c.status = 2 AND ?2 IS NULL")
            }
            Self::Pending => (BY_LINE, "r.company_id = ?1 AND ifnull(c.status, 0) < 2 AND ?2 IS NULL"),
            Self::Failed => {
                (BY_CATEGORY, "c.company_id = ?1 AND c.category_id IS NULL AND c.status = 3 AND ?2 IS NULL")
            }
            Self::ByHand => (BY_CATEGORY, "c.company_id = ?1 AND c.by_hand = 1 AND ?2 IS NULL"),
        }
    }
}

impl Workbook {
    /// A page of lines, in the order in which they were taken in: those of which counterparty, description or reference
    /// contains `search`, whatever the letter case; all where it is empty.
    pub fn lines_by_category(
        &self,
        shelf: CategoryShelf,
        search: &str,
        offset: u64,
        limit: u32,
    ) -> Result<Page<CategorisedLine>, WorkbookError> {
        let (table, condition) = shelf.source();
        let category = match shelf {
            CategoryShelf::Category(id) => Some(Blob(id.uuid())),
            CategoryShelf::NoCategory | CategoryShelf::Pending | CategoryShelf::Failed | CategoryShelf::ByHand => None,
        };
        let (company, search) = (Blob(self.company.id.uuid()), custom::fold(search));
        let chosen = format!(
            "{condition} AND r.state <> 4 AND (?3 = '' OR contains(?3, r.counterparty, r.description, r.reference))"
        );
        let total: i64 = self
            .sql
            .prepare_cached(&format!("SELECT count(*) FROM {table} WHERE {chosen}"))?
            .query_row(params![company, category, search], |row| row.get(0))?;
        let mut statement = self.sql.prepare_cached(&format!(
            "{LINE} FROM {table} {LINE_WITH_ALL} WHERE {chosen} ORDER BY r.id LIMIT ?4 OFFSET ?5"
        ))?;
        let mut found = statement.query(params![company, category, search, limit, rows::stored(offset)])?;
        let mut page = Page { rows: Vec::new(), total: rows::counted(total) };
        while let Some(row) = found.next()? {
            page.rows.push(read_line(row)?);
        }
        Ok(page)
    }

    /// The next lines with their categories, in the order in which they were taken in, after one of them or from the
    /// first; those withdrawn are left out.
    pub fn categorised_lines(
        &self,
        after: Option<StatementLineId>,
        limit: u32,
    ) -> Result<Vec<CategorisedLine>, WorkbookError> {
        let after = after.map_or_else(Vec::new, |id| id.uuid().as_bytes().to_vec());
        let mut statement = self.sql.prepare_cached(&format!(
            "{LINE} FROM {BY_LINE} {LINE_WITH_ALL}
             WHERE r.company_id = ?1 AND r.id > ?2 AND r.state <> 4 ORDER BY r.id LIMIT ?3"
        ))?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), after, limit])?;
        let mut lines = Vec::new();
        while let Some(row) = found.next()? {
            lines.push(read_line(row)?);
        }
        Ok(lines)
    }

    /// How many lines each pattern decided over and still stands for; those withdrawn do not count. Patterns without any
    /// are left out.
    pub fn pattern_counts(&self) -> Result<HashMap<CategoryPatternId, u64>, WorkbookError> {
        let mut counts = self.count_patterns(
            "SELECT pattern_id, count(*) FROM line_categories
             WHERE company_id = ?1 AND pattern_id IS NOT NULL AND status = 2 GROUP BY pattern_id",
        )?;
        if tally::count_records(&self.sql, self.company.id, Side::Statement, State::Withdrawn)? > 0 {
            // The few that are withdrawn are taken off, so that not every line has to be looked up.
            let withdrawn = self.count_patterns(
                "SELECT c.pattern_id, count(*) FROM statement_lines r
                 CROSS JOIN line_categories c ON c.company_id = r.company_id AND c.line_id = r.id
                 WHERE r.company_id = ?1 AND r.state = 4 AND c.pattern_id IS NOT NULL AND c.status = 2
                 GROUP BY c.pattern_id",
            )?;
            for (pattern, number) in withdrawn {
                let left = counts.get(&pattern).copied().unwrap_or(0).saturating_sub(number);
                if left == 0 {
                    counts.remove(&pattern)
                } else {
                    counts.insert(pattern, left)
                };
            }
        }
        Ok(counts)
    }

    fn count_patterns(&self, sql: &str) -> Result<HashMap<CategoryPatternId, u64>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let found = statement.query_map(params![Blob(self.company.id.uuid())], |row| {
            Ok((CategoryPatternId::from_uuid(row.get::<_, Blob>(0)?.0), rows::counted(row.get(1)?)))
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// What the lines that were looked at come to, by category and currency; those withdrawn are left out.
    pub fn category_sums(&self) -> Result<Vec<CategorySum>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT c.category_id, r.currency, count(*), sum(c.by_hand), sum(r.amount)
             FROM line_categories c NOT INDEXED
             CROSS JOIN statement_lines r ON r.company_id = c.company_id AND r.id = c.line_id AND r.state <> 4
             WHERE c.company_id = ?1 AND c.status = 2 GROUP BY c.category_id, r.currency
             ORDER BY c.category_id, r.currency",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut sums = Vec::new();
        while let Some(row) = found.next()? {
            sums.push(CategorySum {
                category: row.get::<_, Option<Blob>>(0)?.map(|id| CategoryId::from_uuid(id.0)),
                lines: rows::counted(row.get(2)?),
                by_hand: rows::counted(row.get(3)?),
                total: rows::money(row.get(4)?, &row.get::<_, String>(1)?)?,
            });
        }
        Ok(sums)
    }
}

fn read_line(row: &Row<'_>) -> Result<CategorisedLine, WorkbookError> {
    Ok(CategorisedLine {
        id: StatementLineId::from_uuid(row.get::<_, Blob>(0)?.0),
        date: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
        amount: rows::money(row.get(2)?, row.get_ref(3)?.as_str().map_err(WorkbookError::unreadable)?)?,
        counterparty: row.get(4)?,
        description: row.get(5)?,
        reference: row.get(6)?,
        status: rows::category_status(row.get(7)?)?,
        by_hand: row.get(8)?,
        category: row.get(9)?,
        pattern: row.get(10)?,
        file_name: row.get(11)?,
        source_row: row.get(12)?,
        rule: row.get(13)?,
        note: row.get(14)?,
    })
}
