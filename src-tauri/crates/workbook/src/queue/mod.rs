//! The review queue: what needs a person, in the order in which it does.

mod conditions;
mod noted;
mod theirs;
mod totals;

use jiff::civil::Date;
use rusqlite::{params, params_from_iter, types::Value};
use tieout_domain::{Confidence, MatchId, MatchStatus, Money, RecordRef, RootCause, Side};

use crate::{
    Act, EntryRecord, LineRecord, OpenQuery, Record, Workbook, WorkbookError, custom,
    records::{OPEN_PARAMETERS, reference},
    rows::{self, Blob},
    state::State,
    tally,
};

use conditions::Hidden;
pub(crate) use conditions::Sql;
pub use conditions::{DueCondition, OwnerCondition, QueueConditions};
pub use noted::Noted;

/// Which part of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum QueueFilter {
    /// All that needs a person today: ambiguous matches first, then suggested ones, least sure first, then statement lines
    /// without a proposal, largest first.
    #[default]
    ToReview,
    /// Proposed matches only: ambiguous, then suggested, least sure first.
    Suggested,
    /// Statement lines without a proposal, largest first.
    UnmatchedLines,
    /// Ledger entries without a proposal, largest first.
    UnmatchedEntries,
    /// Approved matches, newest decision first.
    Approved,
    /// Rejected matches, newest decision first.
    Rejected,
    /// Proposals and records without one that are snoozed, or not expected to be settled yet, in the order of
    /// [`QueueFilter::ToReview`]; entries last.
    Snoozed,
}

/// Which page of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueueQuery {
    /// Which part.
    pub filter: QueueFilter,
    /// Only rows that contain this (name, reference, number, text, amount); empty: all.
    pub search: String,
    /// What else is asked of them.
    pub conditions: QueueConditions,
    /// Rows to skip.
    pub offset: u64,
    /// Rows wanted.
    pub limit: u32,
}

/// What a row of the queue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowState {
    /// Proposed.
    Suggested,
    /// Proposed, with an equally good rival.
    Ambiguous,
    /// Approved by the policy.
    AutoApproved,
    /// Approved by a person.
    Approved,
    /// Rejected by a person.
    Rejected,
    /// Replaced by a later run or by what a person chose instead. Never in the queue, but it can be looked at.
    Superseded,
    /// A statement line without a match.
    UnmatchedLine,
    /// A ledger entry without a match.
    UnmatchedEntry,
}

impl RowState {
    /// Whether a person is still to decide on it, as far as it is a match.
    pub(crate) const fn is_live(self) -> bool {
        matches!(self, Self::Suggested | Self::Ambiguous)
    }
}

/// What a row of the queue is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueueSubject {
    /// A match.
    Match(MatchId),
    /// A record without one.
    Record(RecordRef),
}

/// One row of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// What it is about.
    pub subject: QueueSubject,
    /// What it is.
    pub state: RowState,
    /// Date of the first line, or of the entry.
    pub date: Option<Date>,
    /// Who: the other party as best known.
    pub title: String,
    /// Text of the line, or numbers of the entries.
    pub subtitle: String,
    /// Statement total (ledger total where there is no line); of an unmatched record what is open.
    pub amount: Money,
    /// Statement minus ledger, for matches.
    pub difference: Option<Money>,
    /// Lines in it.
    pub lines: u64,
    /// Entries in it.
    pub entries: u64,
    /// How sure the engine is, for matches.
    pub confidence: Option<Confidence>,
    /// Why the sides differ, or why there is no match.
    pub cause: RootCause,
    /// Number of other candidates.
    pub alternatives: u64,
    /// What people noted on it.
    pub noted: Noted,
}

/// Rows of each filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueCounts {
    /// All that needs a person.
    pub to_review: u64,
    /// Proposed matches, ambiguous ones included.
    pub suggested: u64,
    /// Of these, ambiguous ones.
    pub ambiguous: u64,
    /// Lines without a proposal.
    pub unmatched_lines: u64,
    /// Entries without a proposal.
    pub unmatched_entries: u64,
    /// Approved matches.
    pub approved: u64,
    /// Rejected matches.
    pub rejected: u64,
    /// What comes back on a later day; not among those to review.
    pub snoozed: u64,
}

/// A page of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePage {
    /// The rows.
    pub rows: Vec<QueueRow>,
    /// Rows in all, with the search text and what else was asked.
    pub total: u64,
    /// Rows of each filter, without either.
    pub counts: QueueCounts,
    /// What undo would take back.
    pub undoable: Option<Act>,
    /// What redo would do again.
    pub redoable: Option<Act>,
}

/// A run of rows in one order, of which the queue consists.
#[derive(Debug, Clone, Copy)]
enum Segment {
    Matches(MatchStatus),
    Unmatched(Side),
}

impl QueueFilter {
    const fn segments(self) -> &'static [Segment] {
        use Segment::{Matches, Unmatched};
        match self {
            Self::ToReview => {
                &[Matches(MatchStatus::Ambiguous), Matches(MatchStatus::Suggested), Unmatched(Side::Statement)]
            }
            Self::Suggested => &[Matches(MatchStatus::Ambiguous), Matches(MatchStatus::Suggested)],
            Self::UnmatchedLines => &[Unmatched(Side::Statement)],
            Self::UnmatchedEntries => &[Unmatched(Side::Ledger)],
            Self::Approved => &[Matches(MatchStatus::Approved)],
            Self::Rejected => &[Matches(MatchStatus::Rejected)],
            Self::Snoozed => &[
                Matches(MatchStatus::Ambiguous),
                Matches(MatchStatus::Suggested),
                Unmatched(Side::Statement),
                Unmatched(Side::Ledger),
            ],
        }
    }

    const fn hidden(self) -> Hidden {
        match self {
            Self::ToReview | Self::Suggested | Self::UnmatchedLines | Self::UnmatchedEntries => Hidden::Left,
            Self::Approved | Self::Rejected => Hidden::Either,
            Self::Snoozed => Hidden::Only,
        }
    }
}

const ROW: &str = "SELECT id, status, by_policy, date, title, subtitle, line_total, entry_total, difference,
    lines, entries, confidence, cause, alternatives, currency FROM matches m";

fn read_row(row: &rusqlite::Row<'_>) -> Result<QueueRow, WorkbookError> {
    let code: String = row.get(14)?;
    let lines: i64 = row.get(9)?;
    let total: i64 = row.get(if lines > 0 { 6 } else { 7 })?;
    let state = match (rows::match_status(&row.get::<_, String>(1)?)?, row.get(2)?) {
        (MatchStatus::Suggested, _) => RowState::Suggested,
        (MatchStatus::Ambiguous, _) => RowState::Ambiguous,
        (MatchStatus::Approved, true) => RowState::AutoApproved,
        (MatchStatus::Approved, false) => RowState::Approved,
        (MatchStatus::Rejected, _) => RowState::Rejected,
        (MatchStatus::Superseded, _) => RowState::Superseded,
    };
    Ok(QueueRow {
        subject: QueueSubject::Match(MatchId::from_uuid(row.get::<_, Blob>(0)?.0)),
        state,
        date: rows::date(row.get(3)?)?,
        title: row.get(4)?,
        subtitle: row.get(5)?,
        amount: rows::money(total, &code)?,
        difference: Some(rows::money(row.get(8)?, &code)?),
        lines: rows::counted(lines),
        entries: rows::counted(row.get(10)?),
        confidence: Some(Confidence::from_ppm(row.get(11)?)),
        cause: rows::cause(&row.get::<_, String>(12)?)?,
        alternatives: rows::counted(row.get(13)?),
        noted: Noted::default(),
    })
}

impl Workbook {
    /// A page of the review queue.
    pub fn queue_page(&self, query: &QueueQuery) -> Result<QueuePage, WorkbookError> {
        let mut page = QueuePage {
            rows: Vec::new(),
            total: 0,
            counts: self.queue_counts()?,
            undoable: self.undoable()?,
            redoable: self.redoable()?,
        };
        for segment in query.filter.segments() {
            let count = self.count_segment(*segment, query)?;
            let skip = query.offset.saturating_sub(page.total);
            page.total += count;
            let missing = query.limit.saturating_sub(u32::try_from(page.rows.len()).unwrap_or(u32::MAX));
            if skip < count && missing > 0 {
                page.rows.extend(self.segment_rows(*segment, query, skip, missing)?);
            }
        }
        Ok(page)
    }

    /// Rows of each filter.
    pub fn queue_counts(&self) -> Result<QueueCounts, WorkbookError> {
        let matches = |status| tally::count_matches(&self.sql, self.company.id, status);
        let (ambiguous, ambiguous_later) =
            (matches(MatchStatus::Ambiguous)?, self.count_hidden_matches(MatchStatus::Ambiguous)?);
        let (suggested, suggested_later) =
            (matches(MatchStatus::Suggested)?, self.count_hidden_matches(MatchStatus::Suggested)?);
        let (lines_later, entries_later) =
            (self.count_hidden_records(Side::Statement)?, self.count_hidden_records(Side::Ledger)?);
        let ambiguous = ambiguous.saturating_sub(ambiguous_later);
        let suggested = suggested.saturating_sub(suggested_later) + ambiguous;
        let unmatched_lines = self.count_unmatched(Side::Statement)?.saturating_sub(lines_later);
        Ok(QueueCounts {
            to_review: suggested + unmatched_lines,
            suggested,
            ambiguous,
            unmatched_lines,
            unmatched_entries: self.count_unmatched(Side::Ledger)?.saturating_sub(entries_later),
            approved: matches(MatchStatus::Approved)?,
            rejected: matches(MatchStatus::Rejected)?,
            snoozed: ambiguous_later + suggested_later + lines_later + entries_later,
        })
    }

    /// Records without a proposal, but for those that the policy accepted.
    fn count_unmatched(&self, side: Side) -> Result<u64, WorkbookError> {
        let all = tally::count_records(&self.sql, self.company.id, side, State::Unmatched)?;
        Ok(all.saturating_sub(self.count_accepted(side)?))
    }

    /// Rows of a part: from the counts that are kept, where nothing is asked of them.
    fn count_segment(&self, segment: Segment, query: &QueueQuery) -> Result<u64, WorkbookError> {
        let hidden = query.filter.hidden();
        let all = query.search.trim().is_empty() && query.conditions.are_none();
        match segment {
            Segment::Matches(status) if all => {
                let later = if hidden == Hidden::Either { 0 } else { self.count_hidden_matches(status)? };
                let standing = tally::count_matches(&self.sql, self.company.id, status)?;
                Ok(if hidden == Hidden::Only { later } else { standing.saturating_sub(later) })
            }
            Segment::Matches(status) => self.count_matches_asked(status, query),
            Segment::Unmatched(side) if all => {
                let later = self.count_hidden_records(side)?;
                Ok(if hidden == Hidden::Only { later } else { self.count_unmatched(side)?.saturating_sub(later) })
            }
            Segment::Unmatched(side) => {
                let open = unmatched_query(side, &query.search, 0, 0);
                let besides = self.record_conditions(side, &query.conditions, hidden, OPEN_PARAMETERS)?;
                self.count_open(&open, &[State::Unmatched], &besides)
            }
        }
    }

    fn count_matches_asked(&self, status: MatchStatus, query: &QueueQuery) -> Result<u64, WorkbookError> {
        let asked = self.match_conditions(&query.conditions, query.filter.hidden(), 4)?;
        let search = search_condition(&query.search);
        let sql = format!(
            "SELECT count(*) FROM matches m WHERE company_id = ?1 AND {} = ?2 {search}{}",
            asked.part("status"),
            asked.text
        );
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut values = self.match_values(status, &query.search);
        values.extend(asked.values);
        let count: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(rows::counted(count))
    }

    fn match_values(&self, status: MatchStatus, search: &str) -> Vec<Value> {
        vec![
            Blob(self.company.id.uuid()).into(),
            status.as_str().to_owned().into(),
            custom::fold(search).into(),
            custom::amount_needle(search).into(),
        ]
    }

    fn segment_rows(
        &self,
        segment: Segment,
        query: &QueueQuery,
        skip: u64,
        limit: u32,
    ) -> Result<Vec<QueueRow>, WorkbookError> {
        match segment {
            Segment::Matches(status) => self.match_rows(status, query, skip, limit),
            Segment::Unmatched(side) => {
                let open = unmatched_query(side, &query.search, skip, limit);
                let hidden = query.filter.hidden();
                let besides = self.record_conditions(side, &query.conditions, hidden, OPEN_PARAMETERS)?;
                let ids = self.open_ids(&open, &[State::Unmatched], &besides)?;
                ids.into_iter().map(|id| self.unmatched_row(reference(side, id))).collect()
            }
        }
    }

    fn match_rows(
        &self,
        status: MatchStatus,
        query: &QueueQuery,
        skip: u64,
        limit: u32,
    ) -> Result<Vec<QueueRow>, WorkbookError> {
        let order = match status {
            MatchStatus::Suggested | MatchStatus::Ambiguous => "confidence, impact DESC, rowid",
            MatchStatus::Approved | MatchStatus::Rejected | MatchStatus::Superseded => "changed_at DESC, rowid DESC",
        };
        let asked = self.match_conditions(&query.conditions, query.filter.hidden(), 6)?;
        let search = search_condition(&query.search);
        let mut statement = self.sql.prepare_cached(&format!(
            "{ROW} WHERE company_id = ?1 AND {} = ?2 {search}{} ORDER BY {order} LIMIT ?5 OFFSET ?6",
            asked.part("status"),
            asked.text
        ))?;
        let mut values = self.match_values(status, &query.search);
        values.extend([i64::from(limit).into(), rows::stored(skip).into()]);
        values.extend(asked.values);
        let mut found = statement.query(params_from_iter(values))?;
        let mut page = Vec::new();
        while let Some(row) = found.next()? {
            page.push(self.with_noted(read_row(row)?)?);
        }
        Ok(page)
    }

    /// The row of a match.
    pub(crate) fn match_row(&self, id: MatchId) -> Result<QueueRow, WorkbookError> {
        let mut statement = self.sql.prepare_cached(&format!("{ROW} WHERE company_id = ?1 AND id = ?2"))?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(id.uuid())])?;
        let row = found.next()?.ok_or_else(|| WorkbookError::not_found("match", id))?;
        self.with_noted(read_row(row)?)
    }

    /// The row of a record without a match.
    pub(crate) fn unmatched_row(&self, record: RecordRef) -> Result<QueueRow, WorkbookError> {
        let cause = self.cause_of(record)?;
        let found = self.record(record)?;
        let title = title_of(&found);
        let (state, lines, entries, date, subtitle, amount) = match found {
            Record::Line(found) => {
                let line = found.line;
                let subtitle = first_of([&line.description, &line.reference, &line.record_id]);
                (RowState::UnmatchedLine, 1, 0, line.date, subtitle, found.open)
            }
            Record::Entry(found) => {
                let entry = found.entry;
                let subtitle = first_of([&entry.number, &entry.reference, &entry.memo]);
                (RowState::UnmatchedEntry, 0, 1, entry.date, subtitle, found.open)
            }
        };
        self.with_noted(QueueRow {
            subject: QueueSubject::Record(record),
            state,
            date,
            title,
            subtitle,
            amount,
            difference: None,
            lines,
            entries,
            confidence: None,
            cause,
            alternatives: 0,
            noted: Noted::default(),
        })
    }
}

/// What a list calls a record.
pub(crate) fn title_of(record: &Record) -> String {
    match record {
        Record::Line(LineRecord { line, .. }) => first_of([&line.counterparty, &line.description, &line.reference]),
        Record::Entry(EntryRecord { entry, .. }) => {
            first_of([&entry.counterparty, &entry.counterparty_code, &entry.number])
        }
    }
}

/// ?3 is the folded text, ?4 the amount as typed.
const SEARCH: &str = "AND (contains(?3, title, search) OR instr(amount_text(line_total, currency), ?4)
                           OR instr(amount_text(entry_total, currency), ?4))";

/// The condition on matches that they contain the text; the parameters are used in any case.
fn search_condition(search: &str) -> &'static str {
    if search.trim().is_empty() { "AND ?3 = ?3 AND ?4 = ?4" } else { SEARCH }
}

fn unmatched_query(side: Side, search: &str, offset: u64, limit: u32) -> OpenQuery {
    OpenQuery { side, search: search.to_owned(), near_minor: None, currency: None, offset, limit }
}

fn first_of<const N: usize>(texts: [&String; N]) -> String {
    texts.into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default()
}
