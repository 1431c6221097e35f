//! Sweeps: the categoriser goes over every line that is pending.
//!
//! A sweep takes its lines up in one transaction, and stores what became of all of them in another. What lies between is
//! the categoriser's work: after a crash or a cancelled sweep the lines are pending again, and the next sweep takes them up.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{
    CategoryId, CategoryPatternId, CategoryStatus, CategorySweepId, Permission, Side, StatementLine, StatementLineId,
};

use crate::{
    Progress, Workbook, WorkbookError,
    change::Change,
    json::Json,
    progress::go_on,
    records,
    rows::{self, Blob},
    tally,
};

/// Lines that the categoriser is given at once.
const LINES_AT_ONCE: usize = 20_000;

/// Which lines a sweep takes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SweepScope {
    /// Those that are pending; and, where categories or patterns changed since the last sweep, those that none fitted or
    /// that failed. A line that has a category keeps it.
    #[default]
    Pending,
    /// Those that are pending and those that failed.
    Failed,
    /// Those with a category as well, but for those that a person chose it for.
    All,
}

/// What a sweep is to do.
#[derive(Debug, Clone, Copy)]
pub struct SweepOrder<'a> {
    /// Which lines it takes up.
    pub scope: SweepScope,
    /// What judges them, in words that differ where it would judge otherwise: a sweep by another one than the last looks
    /// again at lines that none fitted.
    pub categoriser: &'a str,
    /// Whether it needs all of each line, and not only the texts. Reading them takes several times as long.
    pub whole_lines: bool,
}

/// A line that a sweep took up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingLine {
    /// Which line.
    pub id: StatementLineId,
    /// Counterparty.
    pub counterparty: String,
    /// Description.
    pub description: String,
    /// Reference.
    pub reference: String,
    /// All of it, where the sweep was told that it is needed.
    pub whole: Option<Box<StatementLine>>,
}

/// What the categoriser said of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineVerdict {
    /// It is of this category.
    Category {
        /// The category.
        category: CategoryId,
        /// The pattern that decided, if one did.
        pattern: Option<CategoryPatternId>,
    },
    /// A rule of the matching settings says that it is of this category.
    Rule {
        /// The category.
        category: CategoryId,
        /// The rule's name.
        rule: String,
    },
    /// No category fits.
    NoCategory,
    /// The line could not be judged, and why.
    Failed(String),
}

/// What a sweep did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SweepOutcome {
    /// Which sweep.
    pub id: CategorySweepId,
    /// Lines looked at.
    pub lines: u64,
    /// Of these, lines that now have a category.
    pub categorised: u64,
    /// Lines that could not be judged.
    pub failed: u64,
}

impl SweepOutcome {
    /// Lines that no category fitted.
    pub const fn uncategorised(&self) -> u64 {
        self.lines.saturating_sub(self.categorised).saturating_sub(self.failed)
    }
}

/// What the last completed sweep left.
struct Mark {
    /// The newest line that has its row, as stored; empty before the first sweep.
    through: Vec<u8>,
    covered: u64,
    /// What it went by.
    judged_by: Option<(i64, String)>,
}

impl Mark {
    fn is_stale(&self, version: i64, categoriser: &str) -> bool {
        self.judged_by.as_ref().is_some_and(|(swept, by)| *swept != version || by != categoriser)
    }
}

/// A sweep that has taken its lines up.
struct Claim {
    id: CategorySweepId,
    /// New lines are those after this one, up to `through`.
    after: Vec<u8>,
    through: Vec<u8>,
    lines: u64,
}

/// Lines read at once, each with whether it was withdrawn since it came.
type Read = Vec<(PendingLine, bool)>;

impl Workbook {
    /// Goes over the lines that are pending. `judge` is given some of them at a time and answers with as many verdicts, in
    /// their order; it goes by the categories and patterns that are in the workbook now.
    ///
    /// `progress` is told how many lines are done. Stopped by it ([`WorkbookError::Cancelled`]), or by any failure, the
    /// sweep leaves every line as it was, and pending. `None` where there was nothing to do; then nothing is written.
    pub fn sweep(
        &mut self,
        order: SweepOrder<'_>,
        judge: &mut dyn FnMut(&[PendingLine]) -> Vec<LineVerdict>,
        progress: &mut Progress<'_>,
    ) -> Result<Option<SweepOutcome>, WorkbookError> {
        let Some(claim) = self.begin_sweep(order)? else { return Ok(None) };
        match self.change(Permission::Import, |change| change.run_sweep(&claim, order.whole_lines, judge, progress)) {
            Ok(outcome) => Ok(Some(outcome)),
            Err(error) => {
                let note =
                    if matches!(error, WorkbookError::Cancelled) { "cancelled".into() } else { error.to_string() };
                self.change(Permission::Import, |change| change.put_back_sweep(claim.id, &note))?;
                Err(error)
            }
        }
    }

    /// Takes the lines up: from here on they are processing.
    fn begin_sweep(&mut self, order: SweepOrder<'_>) -> Result<Option<Claim>, WorkbookError> {
        let SweepOrder { scope, categoriser, .. } = order;
        self.put_back_interrupted_sweeps()?;
        let mark = self.sweep_mark()?;
        let company = Blob(self.company.id.uuid());
        let (new, newest): (i64, Option<Vec<u8>>) = self
            .sql
            .prepare_cached("SELECT count(*), max(id) FROM statement_lines WHERE company_id = ?1 AND id > ?2")?
            .query_row(params![company, mark.through], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let stored = tally::all_records(&self.sql, self.company.id, Side::Statement)?;
        let late = mark.covered + rows::counted(new) != stored;
        let version = rows::stored(self.category_list_version()?);
        let stale = mark.is_stale(version, categoriser);
        let pending: bool = self.sql.query_row(
            "SELECT EXISTS (SELECT 1 FROM line_categories WHERE company_id = ?1 AND status < 2)",
            params![company],
            |row| row.get(0),
        )?;
        if new == 0 && !late && !stale && !pending && scope == SweepScope::Pending {
            return Ok(None);
        }
        self.change(Permission::Import, |change| {
            if late {
                change.take_late_lines_in(&mark.through)?;
            }
            let claimed = change.claim_lines(scope, stale)?;
            let id = CategorySweepId::from_uuid(change.id());
            let lines = rows::counted(new) + claimed;
            let through = newest.unwrap_or_else(|| mark.through.clone());
            change.sql.execute(
                "INSERT INTO category_sweeps
                     (company_id, id, state, swept_by, categoriser, list_version, through, covered, started_at)
                 VALUES (?1, ?2, 'processing', ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    company,
                    Blob(id.uuid()),
                    Blob(change.user.uuid()),
                    categoriser,
                    version,
                    through,
                    rows::stored(stored),
                    change.now_ms
                ],
            )?;
            let details = Json::Object(vec![
                ("all", Json::Bool(scope == SweepScope::All)),
                ("categoriser", Json::text(categoriser)),
                ("lines", Json::count(lines)),
                ("list_version", Json::count(version)),
            ]);
            change.tell("sweep.started", &subject(id), &details)?;
            Ok(Some(Claim { id, after: mark.through, through, lines }))
        })
    }

    fn sweep_mark(&self) -> Result<Mark, WorkbookError> {
        let found = self
            .sql
            .prepare_cached(
                "SELECT through, covered, list_version, categoriser FROM category_sweeps
                 WHERE company_id = ?1 AND state = 'completed' ORDER BY id DESC LIMIT 1",
            )?
            .query_row(params![Blob(self.company.id.uuid())], |row| {
                Ok(Mark {
                    through: row.get(0)?,
                    covered: rows::counted(row.get(1)?),
                    judged_by: Some((row.get(2)?, row.get(3)?)),
                })
            })
            .optional()?;
        Ok(found.unwrap_or(Mark { through: Vec::new(), covered: 0, judged_by: None }))
    }

    /// Whether the last sweep went by other categories, patterns or rules than this categoriser does now, so that lines may
    /// stand where it would not put them. Without a sweep nothing does.
    pub fn sweep_is_stale(&self, categoriser: &str) -> Result<bool, WorkbookError> {
        Ok(self.sweep_mark()?.is_stale(rows::stored(self.category_list_version()?), categoriser))
    }

    /// The newest line that a completed sweep looked at, as stored.
    pub(crate) fn swept_through(&self) -> Result<Vec<u8>, WorkbookError> {
        Ok(self.sweep_mark()?.through)
    }

    /// Sweeps that a crash left open: their lines are pending again.
    pub(crate) fn put_back_interrupted_sweeps(&mut self) -> Result<(), WorkbookError> {
        let open: Vec<Blob> = {
            let mut statement = self
                .sql
                .prepare_cached("SELECT id FROM category_sweeps WHERE company_id = ?1 AND state = 'processing'")?;
            let rows = statement.query_map(params![Blob(self.company.id.uuid())], |row| row.get(0))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        if open.is_empty() {
            return Ok(());
        }
        self.change(Permission::Upkeep, |change| {
            open.iter().try_for_each(|id| change.put_back_sweep(CategorySweepId::from_uuid(id.0), "interrupted"))
        })
    }

    /// As a crash would leave it: lines taken up, and nothing stored. Answers whether there was anything to take up.
    #[cfg(test)]
    pub(crate) fn begin_sweep_and_crash(&mut self) -> bool {
        let order = SweepOrder { scope: SweepScope::Pending, categoriser: "test 1", whole_lines: false };
        self.begin_sweep(order).expect("a sweep begins").is_some()
    }
}

fn subject(id: CategorySweepId) -> String {
    format!("sweep {id}")
}

impl Change<'_> {
    /// Lines that came in with older identifiers than were swept (from another workbook) have no row yet.
    fn take_late_lines_in(&self, through: &[u8]) -> Result<(), WorkbookError> {
        self.sql.execute(
            "INSERT INTO line_categories (company_id, line_id, status, changed_at)
             SELECT company_id, id, 0, ?3 FROM statement_lines r WHERE company_id = ?1 AND id <= ?2
               AND NOT EXISTS (SELECT 1 FROM line_categories c WHERE c.company_id = r.company_id AND c.line_id = r.id)",
            params![Blob(self.company.uuid()), through, self.now_ms],
        )?;
        Ok(())
    }

    /// Lines that have a row go to processing. Answers how many.
    fn claim_lines(&self, scope: SweepScope, stale: bool) -> Result<u64, WorkbookError> {
        let mut claims = vec!["status < 2"];
        match scope {
            SweepScope::All => claims.push("status IN (2, 3) AND by_hand = 0"),
            SweepScope::Failed => claims.push("status = 3"),
            SweepScope::Pending if stale => claims.push("category_id IS NULL AND status IN (2, 3) AND by_hand = 0"),
            SweepScope::Pending => {}
        }
        let mut claimed = 0;
        for claim in claims {
            claimed += self.sql.execute(
                &format!("UPDATE line_categories SET status = 1, note = NULL WHERE company_id = ?1 AND {claim}"),
                params![Blob(self.company.uuid())],
            )?;
        }
        Ok(claimed as u64)
    }

    fn run_sweep(
        &mut self,
        claim: &Claim,
        whole_lines: bool,
        judge: &mut dyn FnMut(&[PendingLine]) -> Vec<LineVerdict>,
        progress: &mut Progress<'_>,
    ) -> Result<SweepOutcome, WorkbookError> {
        let mut outcome = SweepOutcome { id: claim.id, lines: 0, categorised: 0, failed: 0 };
        let total = usize::try_from(claim.lines).unwrap_or(usize::MAX);
        let mut done = 0;
        go_on(progress, done, total)?;
        let mut claimed_after = Vec::new();
        let mut new_after = claim.after.clone();
        loop {
            let mut read = self.claimed_lines(&mut claimed_after)?;
            if read.is_empty() {
                read = self.new_lines(&mut new_after, &claim.through)?;
            }
            if read.is_empty() {
                break;
            }
            let (mut lines, withdrawn): (Vec<PendingLine>, Vec<bool>) = read.into_iter().unzip();
            if whole_lines {
                self.read_whole(&mut lines)?;
            }
            let verdicts = judge(&lines);
            for ((line, withdrawn), verdict) in lines.iter().zip(&withdrawn).zip(&verdicts) {
                let stored = self.store_verdict(line.id, verdict)?;
                if stored && !withdrawn {
                    outcome.count(verdict);
                }
            }
            if verdicts.len() != lines.len() {
                return Err(WorkbookError::unreadable("the categoriser left lines out"));
            }
            done += lines.len();
            go_on(progress, done, total)?;
        }
        self.complete_sweep(&outcome)?;
        Ok(outcome)
    }

    /// The next lines that have a row.
    fn claimed_lines(&self, after: &mut Vec<u8>) -> Result<Read, WorkbookError> {
        self.read_lines(
            "SELECT r.id, r.counterparty, r.description, r.reference, r.state FROM line_categories c
             JOIN statement_lines r ON r.company_id = c.company_id AND r.id = c.line_id
             WHERE c.company_id = ?1 AND c.status < 2 AND c.status = 1 AND c.line_id > ?2 AND ?3 = ?3
             ORDER BY c.line_id LIMIT ?4",
            after,
            &[],
        )
    }

    /// The next of the new lines.
    fn new_lines(&self, after: &mut Vec<u8>, through: &[u8]) -> Result<Read, WorkbookError> {
        self.read_lines(
            "SELECT id, counterparty, description, reference, state FROM statement_lines
             WHERE company_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY id LIMIT ?4",
            after,
            through,
        )
    }

    fn read_whole(&self, lines: &mut [PendingLine]) -> Result<(), WorkbookError> {
        let ids: Vec<StatementLineId> = lines.iter().map(|line| line.id).collect();
        let mut found = records::whole_lines(self.sql, self.company, &ids)?;
        for line in lines {
            line.whole = found.remove(&line.id).map(Box::new);
        }
        Ok(())
    }

    fn read_lines(&self, sql: &str, after: &mut Vec<u8>, through: &[u8]) -> Result<Read, WorkbookError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let limit = rows::stored(LINES_AT_ONCE as u64);
        let found = statement.query_map(params![Blob(self.company.uuid()), *after, through, limit], |row| {
            let line = PendingLine {
                id: StatementLineId::from_uuid(row.get::<_, Blob>(0)?.0),
                counterparty: row.get(1)?,
                description: row.get(2)?,
                reference: row.get(3)?,
                whole: None,
            };
            Ok((line, row.get::<_, i64>(4)? == crate::state::State::Withdrawn as i64))
        })?;
        let lines = found.collect::<rusqlite::Result<Read>>()?;
        if let Some((last, _)) = lines.last() {
            *after = last.id.uuid().as_bytes().to_vec();
        }
        Ok(lines)
    }

    /// Stores what became of a line, unless a person chose; says whether it did.
    fn store_verdict(&self, line: StatementLineId, verdict: &LineVerdict) -> Result<bool, WorkbookError> {
        let category = |id: &CategoryId| Some(Blob(id.uuid()));
        let (status, category, pattern, rule, note) = match verdict {
            LineVerdict::Category { category: id, pattern } => {
                (CategoryStatus::Completed, category(id), pattern.map(|id| Blob(id.uuid())), None, None)
            }
            LineVerdict::Rule { category: id, rule } => {
                (CategoryStatus::Completed, category(id), None, Some(rule), None)
            }
            LineVerdict::NoCategory => (CategoryStatus::Completed, None, None, None, None),
            LineVerdict::Failed(why) => (CategoryStatus::Failed, None, None, None, Some(why)),
        };
        let stored = self
            .sql
            .prepare_cached(
                "INSERT INTO line_categories (company_id, line_id, status, category_id, pattern_id, note, changed_at, rule)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (company_id, line_id) DO UPDATE SET status = ?3, category_id = ?4, pattern_id = ?5,
                     note = ?6, changed_at = ?7, rule = ?8 WHERE by_hand = 0",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(line.uuid()),
                rows::category_status_code(status),
                category,
                pattern,
                note,
                self.now_ms,
                rule
            ])?;
        Ok(stored > 0)
    }

    fn complete_sweep(&mut self, outcome: &SweepOutcome) -> Result<(), WorkbookError> {
        self.sql.execute(
            "UPDATE category_sweeps SET state = 'completed', ended_at = ?3, lines = ?4, categorised = ?5, failed = ?6
             WHERE company_id = ?1 AND id = ?2",
            params![
                Blob(self.company.uuid()),
                Blob(outcome.id.uuid()),
                self.now_ms,
                rows::stored(outcome.lines),
                rows::stored(outcome.categorised),
                rows::stored(outcome.failed)
            ],
        )?;
        let details = Json::Object(vec![
            ("categorised", Json::count(outcome.categorised)),
            ("failed", Json::count(outcome.failed)),
            ("lines", Json::count(outcome.lines)),
        ]);
        self.tell("sweep.completed", &subject(outcome.id), &details)
    }

    /// The sweep came to nothing: what it took up is pending again, with the category it had.
    fn put_back_sweep(&mut self, id: CategorySweepId, note: &str) -> Result<(), WorkbookError> {
        let company = Blob(self.company.uuid());
        self.sql.execute(
            "UPDATE line_categories SET status = 0 WHERE company_id = ?1 AND status < 2 AND status = 1",
            params![company],
        )?;
        self.sql.execute(
            "UPDATE category_sweeps SET state = 'failed', ended_at = ?3, note = ?4 WHERE company_id = ?1 AND id = ?2",
            params![company, Blob(id.uuid()), self.now_ms, note],
        )?;
        let details = Json::Object(vec![("why", Json::text(note))]);
        self.tell("sweep.failed", &subject(id), &details)
    }
}

impl SweepOutcome {
    fn count(&mut self, verdict: &LineVerdict) {
        self.lines += 1;
        match verdict {
            LineVerdict::Category { .. } | LineVerdict::Rule { .. } => self.categorised += 1,
            LineVerdict::NoCategory => {}
            LineVerdict::Failed(_) => self.failed += 1,
        }
    }
}
