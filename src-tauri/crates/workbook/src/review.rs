//! Everything there is to see about one match, or about one record without a match.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use tieout_domain::{
    AccountId, Adjustment, CauseFinding, CompanyId, Confidence, Decider, Decision, DecisionId, Digest, Explanation,
    Leg, MatchId, MatchKind, MatchStatus, Money, Posting, RecordRef, RootCause, RunId,
};

use crate::{
    Acceptance, Alternative, Page, ProofRange, QueueRow, QueueSubject, Record, Workbook, WorkbookError,
    content::{self, Seen},
    findings,
    proposals::{read_adjustments, read_legs},
    rows::{self, Blob},
    state::{side_of, table},
};

/// A match with its parts, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchSummary {
    /// Its identifier.
    pub id: MatchId,
    /// The run that proposed it; none: put together by hand.
    pub run: Option<RunId>,
    /// What kind of match.
    pub kind: MatchKind,
    /// Where it stands.
    pub status: MatchStatus,
    /// Whether the policy, not a person, approved it.
    pub by_policy: bool,
    /// How sure the engine is.
    pub confidence: Confidence,
    /// Why its two sides differ.
    pub cause: RootCause,
    /// SHA-256 of what its reviewer sees; goes back with the decision.
    pub content: Digest,
    /// Its records with the amounts used, statement lines first.
    pub legs: Vec<Leg>,
    /// Its justified differences.
    pub adjustments: Vec<Adjustment>,
    /// To each adjustment, where the books take it; none: where they take all of its cause.
    pub postings: Vec<Option<Posting>>,
    /// Why it is believed.
    pub explanation: Explanation,
    /// Other answers, best first.
    pub alternatives: Vec<Alternative>,
    /// What was found of the difference, or of another oddity; none where there is neither, and for matches by hand.
    pub finding: Option<CauseFinding>,
    explanation_text: String,
}

impl MatchSummary {
    /// The hash of the content as it is now.
    pub(crate) fn hash_again(&self, sql: &Connection, company: CompanyId) -> Result<Digest, WorkbookError> {
        let seen = Seen {
            kind: self.kind,
            legs: &self.legs,
            adjustments: &self.adjustments,
            postings: &self.postings,
            confidence: self.confidence,
            cause: self.cause,
            explanation: &self.explanation_text,
        };
        Ok(seen.hash(content::fingerprints(sql, company, &self.legs)?))
    }
}

/// A decision with the name of who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRecord {
    /// The decision.
    pub decision: Decision,
    /// The person's name, or `policy` with its version.
    pub by: String,
}

/// Everything there is to see about a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchDetail {
    /// Its row in the queue.
    pub row: QueueRow,
    /// Its parts.
    pub summary: MatchSummary,
    /// Its records with their legs, statement lines first.
    pub records: Vec<(Record, Leg)>,
    /// Decisions so far, newest first.
    pub decisions: Vec<DecisionRecord>,
}

/// What the engine says about a record without a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionRecord {
    /// Why it is unmatched, as the engine found; what it counts as is the cause of its row.
    pub cause: RootCause,
    /// What is at stake.
    pub impact: Money,
    /// Why, in words.
    pub explanation: String,
    /// How sure that is, what speaks for it, and what to do; none from engines of earlier versions.
    pub finding: Option<CauseFinding>,
    /// Since when, in milliseconds since 1970-01-01 UTC.
    pub opened_at_ms: i64,
    /// Name of who looks after it: whom a person gave it to, or else whom the policy names.
    pub owner: Option<String>,
    /// What the policy accepted of it: then the queue does not list it.
    pub accepted: Option<Acceptance>,
}

/// Everything there is to see about a record without a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordDetail {
    /// Its row in the queue.
    pub row: QueueRow,
    /// The record.
    pub record: Record,
    /// What the engine says about it; none before the first run.
    pub exception: Option<ExceptionRecord>,
}

/// Reads a match with its parts.
pub(crate) fn read_match(sql: &Connection, company: CompanyId, id: MatchId) -> Result<MatchSummary, WorkbookError> {
    let mut statement = sql.prepare_cached(
        "SELECT run_id, kind, status, by_policy, confidence, cause, content, explanation FROM matches
         WHERE company_id = ?1 AND id = ?2",
    )?;
    let mut found = statement.query(params![Blob(company.uuid()), Blob(id.uuid())])?;
    let row = found.next()?.ok_or_else(|| WorkbookError::not_found("match", id))?;
    let explanation_text: String = row.get(7)?;
    let (explanation, alternatives, finding) = content::decode(&explanation_text)?;
    let (adjustments, postings) = read_adjustments(sql, company, id)?;
    Ok(MatchSummary {
        id,
        run: row.get::<_, Option<Blob>>(0)?.map(|run| RunId::from_uuid(run.0)),
        kind: rows::match_kind(&row.get::<_, String>(1)?)?,
        status: rows::match_status(&row.get::<_, String>(2)?)?,
        by_policy: row.get(3)?,
        confidence: Confidence::from_ppm(row.get(4)?),
        cause: rows::cause(&row.get::<_, String>(5)?)?,
        content: Digest::from_bytes(row.get(6)?),
        legs: read_legs(sql, company, id)?,
        adjustments,
        postings,
        explanation,
        alternatives,
        finding,
        explanation_text,
    })
}

impl Workbook {
    /// Everything there is to see about a match.
    pub fn match_detail(&self, id: MatchId) -> Result<MatchDetail, WorkbookError> {
        let summary = read_match(&self.sql, self.company.id, id)?;
        let row = self.match_row(id)?;
        let records = summary.legs.iter().map(|leg| Ok((self.record(leg.record)?, *leg)));
        let records = records.collect::<Result<_, WorkbookError>>()?;
        Ok(MatchDetail { row, records, decisions: self.decisions_of(id)?, summary })
    }

    /// Everything there is to see about a record without a match.
    pub fn record_detail(&self, record: RecordRef) -> Result<RecordDetail, WorkbookError> {
        Ok(RecordDetail {
            row: self.unmatched_row(record)?,
            record: self.record(record)?,
            exception: self.exception_of(record)?.map(|found| self.with_owner(record, found)).transpose()?,
        })
    }

    /// Why a record without a match is open: a difference in time while a person's note says so, else what was found.
    pub(crate) fn cause_of(&self, record: RecordRef) -> Result<RootCause, WorkbookError> {
        if self.timing_of(record)?.is_some() {
            return Ok(RootCause::Timing);
        }
        Ok(self.exception_of(record)?.map_or(RootCause::None, |found| found.cause))
    }

    fn with_owner(&self, record: RecordRef, found: ExceptionRecord) -> Result<ExceptionRecord, WorkbookError> {
        let owner = match self.assigned_owner(QueueSubject::Record(record))? {
            Some(owner) => Some(owner),
            None => {
                let cause = self.cause_of(record)?;
                self.policy_in_force()?.and_then(|of| of.policy.owner(cause).map(ToOwned::to_owned))
            }
        };
        Ok(ExceptionRecord { owner, accepted: self.acceptance_of(record)?, ..found })
    }

    /// Decisions on a match, newest first.
    pub fn decisions_of(&self, id: MatchId) -> Result<Vec<DecisionRecord>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT d.id, d.verdict, d.user_id, d.policy_version, d.decided_at, d.reason, d.content, d.supersedes, u.name
             FROM decisions d LEFT JOIN users u ON u.company_id = d.company_id AND u.id = d.user_id
             WHERE d.company_id = ?1 AND d.match_id = ?2 ORDER BY d.id DESC",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(id.uuid())])?;
        let mut decisions = Vec::new();
        while let Some(row) = found.next()? {
            let decided_by = rows::decider(row.get(2)?, row.get(3)?);
            let by = match (&decided_by, row.get::<_, Option<String>>(8)?) {
                (Decider::Person(_), Some(name)) => name,
                (Decider::Person(user), None) => user.to_string(),
                (Decider::Policy { version }, _) => format!("policy {version}"),
            };
            let decision = Decision {
                id: DecisionId::from_uuid(row.get::<_, Blob>(0)?.0),
                match_id: id,
                verdict: rows::verdict(&row.get::<_, String>(1)?)?,
                decided_by,
                decided_at_ms: row.get(4)?,
                reason: row.get(5)?,
                content: Digest::from_bytes(row.get(6)?),
                supersedes: row.get::<_, Option<Blob>>(7)?.map(|id| DecisionId::from_uuid(id.0)),
            };
            decisions.push(DecisionRecord { decision, by });
        }
        Ok(decisions)
    }

    /// Without owner and acceptance.
    pub(crate) fn exception_of(&self, record: RecordRef) -> Result<Option<ExceptionRecord>, WorkbookError> {
        let (side, id) = side_of(record);
        let (_, column) = table(side);
        let found = self
            .sql
            .prepare_cached(&format!(
                "SELECT cause, impact, currency, explanation, opened_at, finding FROM exceptions
                 WHERE company_id = ?1 AND {column} = ?2"
            ))?
            .query_row(params![Blob(self.company.id.uuid()), Blob(id)], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, i64>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, String>(3)?,
                    row.get::<_, i64>(4)?,
                    row.get::<_, Option<String>>(5)?,
                ))
            })
            .optional()?;
        let Some((cause, impact, currency, explanation, opened_at_ms, finding)) = found else { return Ok(None) };
        Ok(Some(ExceptionRecord {
            cause: rows::cause(&cause)?,
            impact: rows::money(impact, &currency)?,
            explanation,
            opened_at_ms,
            finding: finding.as_deref().map(findings::decode).transpose()?,
            owner: None,
            accepted: None,
        }))
    }

    /// Matches of these statuses that hold a line of the account in the range, largest difference first: what a report
    /// lists. Matches without a line (entries that cancel each other) are not the account's.
    pub fn matches_of_account(
        &self,
        account: AccountId,
        range: ProofRange,
        statuses: &[MatchStatus],
        offset: u64,
        limit: u32,
    ) -> Result<Page<MatchDetail>, WorkbookError> {
        let words: Vec<String> = statuses.iter().map(|status| format!("'{}'", status.as_str())).collect();
        let from = format!(
            "FROM matches m WHERE m.company_id = ?1 AND m.status IN ({}) AND EXISTS (
                 SELECT 1 FROM match_legs l JOIN statement_lines r ON r.company_id = l.company_id AND r.id = l.line_id
                 WHERE l.company_id = m.company_id AND l.match_id = m.id AND r.account_id = ?2
                   AND (?3 IS NULL OR r.date >= ?3) AND (?4 IS NULL OR r.date <= ?4))",
            words.join(", ")
        );
        let company = Blob(self.company.id.uuid());
        let text = |date: Option<Date>| date.map(|date| date.to_string());
        let (account, first, last) = (Blob(account.uuid()), text(range.from), text(range.to));
        let mut statement = self.sql.prepare_cached(&format!("SELECT count(*) {from}"))?;
        let total: i64 = statement.query_row(params![company, account, first, last], |row| row.get(0))?;
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT m.id {from} ORDER BY abs(m.difference) DESC, abs(m.line_total) DESC, m.id LIMIT ?5 OFFSET ?6"
        ))?;
        let ids: Vec<Blob> = statement
            .query_map(params![company, account, first, last, limit, rows::stored(offset)], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let rows = ids.into_iter().map(|id| self.match_detail(MatchId::from_uuid(id.0))).collect::<Result<_, _>>()?;
        Ok(Page { rows, total: rows::counted(total) })
    }
}
