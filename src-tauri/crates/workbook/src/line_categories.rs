//! The category of each statement line, and what people choose themselves.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{OptionalExtension, params};
use tieout_domain::{CategoryId, CategoryPatternId, CategoryStatus, Money, Permission, Side, StatementLineId};

use crate::{
    Workbook, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
    state::State,
    tally,
};

/// How far a line has come, and its category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineCategory {
    /// How far it has come.
    pub status: CategoryStatus,
    /// Its category; while it is pending, the one it had before.
    pub category: Option<CategoryId>,
    /// A person chose it, or chose that it has none.
    pub by_hand: bool,
    /// The pattern that decided; it may have been changed or removed since.
    pub pattern: Option<CategoryPatternId>,
    /// Why the categoriser could not judge it.
    pub note: Option<String>,
}

impl LineCategory {
    /// Of a line that nobody has looked at.
    const fn untouched(status: CategoryStatus) -> Self {
        Self { status, category: None, by_hand: false, pattern: None, note: None }
    }
}

/// What a person chooses for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandCategory {
    /// This category; no sweep changes it.
    Category(CategoryId),
    /// None, whatever patterns say.
    NoCategory,
    /// What the next sweep finds: the line is pending again.
    LeaveToSweep,
}

/// How many lines stand where; lines that are withdrawn do not count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CategoryCounts {
    /// Lines that wait for a sweep.
    pub pending: u64,
    /// Lines that a sweep has taken up.
    pub processing: u64,
    /// Lines that were looked at.
    pub completed: u64,
    /// Lines that could not be judged.
    pub failed: u64,
    /// Of the completed ones, those that no category fitted.
    pub uncategorised: u64,
    /// Lines of each category that has any.
    pub by_category: HashMap<CategoryId, u64>,
}

/// A line as it is listed with its category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategorisedLine {
    /// Which line.
    pub id: StatementLineId,
    /// The file it came from.
    pub file_name: String,
    /// 1-based data row there.
    pub source_row: u32,
    /// ISO date; empty where it has none.
    pub date: String,
    /// Amount.
    pub amount: Money,
    /// Counterparty.
    pub counterparty: String,
    /// Description.
    pub description: String,
    /// Reference.
    pub reference: String,
    /// How far it has come.
    pub status: CategoryStatus,
    /// A person chose its category, or that it has none.
    pub by_hand: bool,
    /// Name of its category; empty where it has none.
    pub category: String,
    /// The pattern that decided, as it is now; empty where none did or it was removed.
    pub pattern: String,
    /// The rule that decided, by the name it had then; empty where none did.
    pub rule: String,
    /// Why it could not be judged; empty where it was.
    pub note: String,
}

impl Workbook {
    /// How far a line has come, and its category.
    pub fn line_category(&self, line: StatementLineId) -> Result<LineCategory, WorkbookError> {
        let (company, id) = (Blob(self.company.id.uuid()), Blob(line.uuid()));
        let found = self
            .sql
            .prepare_cached(
                "SELECT status, category_id, by_hand, pattern_id, note FROM line_categories
                 WHERE company_id = ?1 AND line_id = ?2",
            )?
            .query_row(params![company, id], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, Option<Blob>>(1)?,
                    row.get::<_, bool>(2)?,
                    row.get::<_, Option<Blob>>(3)?,
                    row.get::<_, Option<String>>(4)?,
                ))
            })
            .optional()?;
        if let Some((status, category, by_hand, pattern, note)) = found {
            return Ok(LineCategory {
                status: rows::category_status(status)?,
                category: category.map(|id| CategoryId::from_uuid(id.0)),
                by_hand,
                pattern: pattern.map(|id| CategoryPatternId::from_uuid(id.0)),
                note,
            });
        }
        let (exists, taken_up): (bool, bool) = self.sql.query_row(
            "SELECT EXISTS (SELECT 1 FROM statement_lines WHERE company_id = ?1 AND id = ?2),
                    EXISTS (SELECT 1 FROM category_sweeps WHERE company_id = ?1 AND state = 'processing' AND through >= ?2)",
            params![company, id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if !exists {
            return Err(WorkbookError::not_found("statement line", line));
        }
        Ok(LineCategory::untouched(if taken_up { CategoryStatus::Processing } else { CategoryStatus::Pending }))
    }

    /// Puts lines where a person wants them. Refused, for all of them, where one is not there or withdrawn.
    pub fn set_line_category(&mut self, lines: &[StatementLineId], choice: HandCategory) -> Result<(), WorkbookError> {
        let mut each_once = lines.to_vec();
        each_once.sort_unstable();
        each_once.dedup();
        if each_once.is_empty() {
            return Ok(());
        }
        let through = self.swept_through()?;
        self.change(Permission::Decide, |change| {
            let (said, category) = match choice {
                HandCategory::Category(id) => (Json::text(change.category_name(id)?), Some(id)),
                HandCategory::NoCategory | HandCategory::LeaveToSweep => (Json::Null, None),
            };
            let mut before = Vec::with_capacity(each_once.len());
            for line in &each_once {
                change.require_present_line(*line)?;
                before.push(change.category_told(*line)?);
                match choice {
                    HandCategory::LeaveToSweep => change.leave_to_sweep(*line, &through)?,
                    HandCategory::Category(_) | HandCategory::NoCategory => change.choose(*line, category)?,
                }
            }
            let details = Json::Object(vec![
                ("before", Json::texts(before)),
                ("category", said),
                ("left_to_sweep", Json::Bool(choice == HandCategory::LeaveToSweep)),
                ("lines", Json::texts(&each_once)),
            ]);
            let act = change.id();
            change.tell("category.chosen", &format!("act {act}"), &details)
        })
    }

    /// How many lines stand where.
    pub fn category_counts(&self) -> Result<CategoryCounts, WorkbookError> {
        let mut counts = CategoryCounts::default();
        let mut standing: BTreeMap<(Option<CategoryId>, i64), i64> = BTreeMap::new();
        self.count_into(
            &mut standing,
            1,
            "SELECT category_id, status, count(*) FROM line_categories WHERE company_id = ?1 GROUP BY 1, 2",
        )?;
        if tally::count_records(&self.sql, self.company.id, Side::Statement, State::Withdrawn)? > 0 {
            self.count_into(
                &mut standing,
                -1,
                "SELECT c.category_id, c.status, count(*) FROM statement_lines r
                 CROSS JOIN line_categories c ON c.company_id = r.company_id AND c.line_id = r.id
                 WHERE r.company_id = ?1 AND r.state = 4 GROUP BY 1, 2",
            )?;
        }
        for ((category, status), number) in standing {
            let number = rows::counted(number);
            match rows::category_status(status)? {
                CategoryStatus::Pending => counts.pending += number,
                CategoryStatus::Processing => counts.processing += number,
                CategoryStatus::Completed => {
                    counts.completed += number;
                    counts.uncategorised += if category.is_none() { number } else { 0 };
                }
                CategoryStatus::Failed => counts.failed += number,
            }
            if let Some(category) = category.filter(|_| number > 0) {
                *counts.by_category.entry(category).or_default() += number;
            }
        }
        counts.pending += self.new_lines_present()?;
        Ok(counts)
    }

    fn count_into(
        &self,
        standing: &mut BTreeMap<(Option<CategoryId>, i64), i64>,
        sign: i64,
        sql: &str,
    ) -> Result<(), WorkbookError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let found = statement.query_map(params![Blob(self.company.id.uuid())], |row| {
            Ok((row.get::<_, Option<Blob>>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        })?;
        for row in found {
            let (category, status, number) = row?;
            *standing.entry((category.map(|id| CategoryId::from_uuid(id.0)), status)).or_default() += sign * number;
        }
        Ok(())
    }

    /// Lines that came since the last sweep, and for which nobody chose.
    fn new_lines_present(&self) -> Result<u64, WorkbookError> {
        let number: i64 = self
            .sql
            .prepare_cached(
                "SELECT count(*) FROM statement_lines r WHERE r.company_id = ?1 AND r.id > ?2 AND r.state <> 4
                   AND NOT EXISTS (SELECT 1 FROM line_categories c
                                   WHERE c.company_id = r.company_id AND c.line_id = r.id)",
            )?
            .query_row(params![Blob(self.company.id.uuid()), self.swept_through()?], |row| row.get(0))?;
        Ok(rows::counted(number))
    }
}

impl Change<'_> {
    fn require_present_line(&self, line: StatementLineId) -> Result<(), WorkbookError> {
        let present: bool = self
            .sql
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM statement_lines WHERE company_id = ?1 AND id = ?2 AND state <> 4)",
            )?
            .query_row(params![Blob(self.company.uuid()), Blob(line.uuid())], |row| row.get(0))?;
        if present { Ok(()) } else { Err(WorkbookError::not_found("statement line", line)) }
    }

    /// What a line is for, and who said so, as the audit chain tells it.
    fn category_told(&self, line: StatementLineId) -> Result<String, WorkbookError> {
        let found: Option<(bool, Option<String>)> = self
            .sql
            .prepare_cached(
                "SELECT l.by_hand, c.name FROM line_categories l
                 LEFT JOIN categories c ON c.company_id = l.company_id AND c.id = l.category_id
                 WHERE l.company_id = ?1 AND l.line_id = ?2",
            )?
            .query_row(params![Blob(self.company.uuid()), Blob(line.uuid())], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(match found {
            None | Some((false, None)) => "none".to_owned(),
            Some((false, Some(name))) => format!("found: {name}"),
            Some((true, None)) => "chosen: none".to_owned(),
            Some((true, Some(name))) => format!("chosen: {name}"),
        })
    }

    fn choose(&self, line: StatementLineId, category: Option<CategoryId>) -> Result<(), WorkbookError> {
        self.sql
            .prepare_cached(
                "INSERT INTO line_categories (company_id, line_id, status, by_hand, category_id, changed_at)
                 VALUES (?1, ?2, 2, 1, ?3, ?4)
                 ON CONFLICT (company_id, line_id) DO UPDATE SET status = 2, by_hand = 1, category_id = ?3,
                     pattern_id = NULL, rule = NULL, note = NULL, changed_at = ?4",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(line.uuid()),
                category.map(|id| Blob(id.uuid())),
                self.now_ms
            ])?;
        Ok(())
    }

    /// A line that came after the last sweep needs no row to be pending.
    fn leave_to_sweep(&self, line: StatementLineId, through: &[u8]) -> Result<(), WorkbookError> {
        if line.uuid().as_bytes().as_slice() > through {
            self.sql
                .prepare_cached("DELETE FROM line_categories WHERE company_id = ?1 AND line_id = ?2")?
                .execute(params![Blob(self.company.uuid()), Blob(line.uuid())])?;
            return Ok(());
        }
        self.sql
            .prepare_cached(
                "UPDATE line_categories SET status = 0, by_hand = 0, category_id = NULL, pattern_id = NULL, rule = NULL,
                     note = NULL, changed_at = ?3 WHERE company_id = ?1 AND line_id = ?2",
            )?
            .execute(params![Blob(self.company.uuid()), Blob(line.uuid()), self.now_ms])?;
        Ok(())
    }
}
