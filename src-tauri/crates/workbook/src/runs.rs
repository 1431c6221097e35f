//! Runs of the engine: what they proposed, and what they left unexplained.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row, params};
use sha2::{Digest as _, Sha256};
use tieout_domain::{
    Confidence, Decider, Digest, Explanation, LedgerEntryId, Match, MatchId, MatchStatus, Money, Profile, RecordRef,
    RootCause, RunId, Side, StatementLineId, Verdict,
};

use crate::{
    Alternative, Progress, Workbook, WorkbookError,
    change::Change,
    content,
    decisions::NewDecision,
    json::Json,
    progress::{PROGRESS_EVERY, go_on},
    proposals::NewMatch,
    rows::{self, Blob},
    state::{State, table},
};

/// What is kept of a run besides its results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// Version of the engine.
    pub engine_version: String,
    /// Version of the model, where one was used.
    pub model_version: Option<String>,
    /// Version of the policy by which matches were approved.
    pub policy_version: String,
    /// Kind of reconciliation.
    pub profile: Profile,
    /// The configuration in full, in the caller's own words.
    pub configuration: String,
    /// Open lines looked at.
    pub lines: u64,
    /// Open entries looked at.
    pub entries: u64,
    /// Candidates scored.
    pub candidates: u64,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}

/// A match the engine proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The records and adjustments.
    pub matched: Match,
    /// Suggested, ambiguous, or approved by the policy.
    pub status: MatchStatus,
    /// How sure the engine is.
    pub confidence: Confidence,
    /// Why the two sides differ.
    pub cause: RootCause,
    /// Why it is believed.
    pub explanation: Explanation,
    /// Other answers, best first.
    pub alternatives: Vec<Alternative>,
}

/// A record for which the engine has no match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewException {
    /// The record.
    pub record: RecordRef,
    /// Why it is unmatched.
    pub cause: RootCause,
    /// What is at stake.
    pub impact: Money,
    /// Why, in words.
    pub explanation: String,
}

/// A run that was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRecord {
    /// Its identifier.
    pub id: RunId,
    /// When it was stored, in milliseconds since 1970-01-01 UTC.
    pub stored_at_ms: i64,
    /// What it was told and how it went.
    pub run: NewRun,
    /// Matches approved by the policy.
    pub approved: u64,
    /// Matches proposed with a clear best answer.
    pub suggested: u64,
    /// Matches proposed with an equally good rival.
    pub ambiguous: u64,
    /// Lines without a match.
    pub lines_unmatched: u64,
    /// Entries without a match.
    pub entries_unmatched: u64,
}

/// Records a person said do not belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedMatch {
    /// The statement lines.
    pub lines: Vec<StatementLineId>,
    /// The ledger entries.
    pub entries: Vec<LedgerEntryId>,
}

/// What a run's results come to.
struct Results {
    run: RunId,
    approved: u64,
    suggested: u64,
    ambiguous: u64,
    lines_unmatched: u64,
    entries_unmatched: u64,
}

impl Workbook {
    /// Stores a run and its results in one transaction: earlier proposals nobody decided on are superseded, matches the
    /// policy approved get its decision, and every record without a match its exception (which keeps age and owner if
    /// it had one).
    pub fn store_run(
        &mut self,
        run: &NewRun,
        proposals: &[Proposal],
        exceptions: &[NewException],
        progress: &mut Progress<'_>,
    ) -> Result<RunRecord, WorkbookError> {
        self.change(|change| {
            let results = change.insert_run(run, proposals, exceptions)?;
            change.supersede_proposals(results.run)?;
            let total = proposals.len() + exceptions.len();
            let mut approved = Sha256::new();
            for (i, proposal) in proposals.iter().enumerate() {
                if i % PROGRESS_EVERY == 0 {
                    go_on(progress, i, total)?;
                }
                if let Some(content) = change.store_proposal(results.run, run, proposal)? {
                    approved.update(content.as_bytes());
                }
            }
            for (i, exception) in (proposals.len()..).zip(exceptions) {
                if i % PROGRESS_EVERY == 0 {
                    go_on(progress, i, total)?;
                }
                change.store_exception(results.run, exception)?;
            }
            change.sql.execute(
                "DELETE FROM exceptions WHERE company_id = ?1 AND run_id <> ?2",
                params![Blob(change.company.uuid()), Blob(results.run.uuid())],
            )?;
            go_on(progress, total, total)?;
            let approved = Digest::from_bytes(approved.finalize().into());
            change.tell("run.stored", &format!("run {}", results.run), &told(run, &results, approved))?;
            Ok(results.record(run, change.now_ms))
        })
    }

    /// The newest run.
    pub fn latest_run(&self) -> Result<Option<RunRecord>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id, stored_at, engine_version, model_version, policy_version, profile, configuration, lines, entries,
                    candidates, elapsed_ms, approved, suggested, ambiguous, lines_unmatched, entries_unmatched
             FROM runs WHERE company_id = ?1 ORDER BY id DESC LIMIT 1",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        found.next()?.map(read_run).transpose()
    }

    /// One line and one entry each that a person said do not belong together.
    pub fn rejected_pairs(&self) -> Result<Vec<(StatementLineId, LedgerEntryId)>, WorkbookError> {
        let rejected = self.rejected_matches()?;
        let pairs =
            rejected.iter().filter_map(|rejected| match (rejected.lines.as_slice(), rejected.entries.as_slice()) {
                ([line], [entry]) => Some((*line, *entry)),
                _ => None,
            });
        Ok(pairs.collect())
    }

    /// Every rejected match. Of a larger group only the whole is wrong: its pairs may well belong together.
    pub fn rejected_matches(&self) -> Result<Vec<RejectedMatch>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT m.id, l.line_id, l.entry_id FROM matches m
             JOIN match_legs l ON l.company_id = m.company_id AND l.match_id = m.id
             WHERE m.company_id = ?1 AND m.status = 'rejected' ORDER BY +m.id, l.position",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut rejected: BTreeMap<MatchId, RejectedMatch> = BTreeMap::new();
        while let Some(row) = found.next()? {
            let id = MatchId::from_uuid(row.get::<_, Blob>(0)?.0);
            let group = rejected.entry(id).or_insert_with(|| RejectedMatch { lines: Vec::new(), entries: Vec::new() });
            group.lines.extend(row.get::<_, Option<Blob>>(1)?.map(|id| StatementLineId::from_uuid(id.0)));
            group.entries.extend(row.get::<_, Option<Blob>>(2)?.map(|id| LedgerEntryId::from_uuid(id.0)));
        }
        Ok(rejected.into_values().collect())
    }
}

fn told(run: &NewRun, results: &Results, approved: Digest) -> Json {
    let configuration = Digest::from_bytes(Sha256::digest(run.configuration.as_bytes()).into());
    Json::Object(vec![
        ("ambiguous", Json::count(results.ambiguous)),
        ("approved", Json::count(results.approved)),
        ("approved_contents", Json::text(approved)),
        ("configuration", Json::text(configuration)),
        ("engine", Json::text(&run.engine_version)),
        ("entries_unmatched", Json::count(results.entries_unmatched)),
        ("lines_unmatched", Json::count(results.lines_unmatched)),
        ("model", Json::optional(run.model_version.as_ref())),
        ("policy", Json::text(&run.policy_version)),
        ("profile", Json::text(run.profile.as_str())),
        ("suggested", Json::count(results.suggested)),
    ])
}

fn read_run(row: &Row<'_>) -> Result<RunRecord, WorkbookError> {
    let number = |column| row.get(column).map(rows::counted);
    Ok(RunRecord {
        id: RunId::from_uuid(row.get::<_, Blob>(0)?.0),
        stored_at_ms: row.get(1)?,
        run: NewRun {
            engine_version: row.get(2)?,
            model_version: row.get(3)?,
            policy_version: row.get(4)?,
            profile: row.get::<_, String>(5)?.parse().map_err(WorkbookError::unreadable)?,
            configuration: row.get(6)?,
            lines: number(7)?,
            entries: number(8)?,
            candidates: number(9)?,
            elapsed_ms: number(10)?,
        },
        approved: number(11)?,
        suggested: number(12)?,
        ambiguous: number(13)?,
        lines_unmatched: number(14)?,
        entries_unmatched: number(15)?,
    })
}

impl Results {
    fn count(run: RunId, proposals: &[Proposal], exceptions: &[NewException]) -> Self {
        let with = |status| proposals.iter().filter(|proposal| proposal.status == status).count() as u64;
        let lines = exceptions.iter().filter(|exception| matches!(exception.record, RecordRef::Line(_))).count() as u64;
        Self {
            run,
            approved: with(MatchStatus::Approved),
            suggested: with(MatchStatus::Suggested),
            ambiguous: with(MatchStatus::Ambiguous),
            lines_unmatched: lines,
            entries_unmatched: exceptions.len() as u64 - lines,
        }
    }

    fn record(&self, run: &NewRun, now_ms: i64) -> RunRecord {
        RunRecord {
            id: self.run,
            stored_at_ms: now_ms,
            run: run.clone(),
            approved: self.approved,
            suggested: self.suggested,
            ambiguous: self.ambiguous,
            lines_unmatched: self.lines_unmatched,
            entries_unmatched: self.entries_unmatched,
        }
    }
}

impl Change<'_> {
    fn insert_run(
        &mut self,
        run: &NewRun,
        proposals: &[Proposal],
        exceptions: &[NewException],
    ) -> Result<Results, WorkbookError> {
        let results = Results::count(RunId::from_uuid(self.id()), proposals, exceptions);
        self.sql.execute(
            "INSERT INTO runs
                 (company_id, id, stored_at, run_by, engine_version, model_version, policy_version, profile,
                  configuration, lines, entries, candidates, approved, suggested, ambiguous, lines_unmatched,
                  entries_unmatched, elapsed_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
            params![
                Blob(self.company.uuid()),
                Blob(results.run.uuid()),
                self.now_ms,
                Blob(self.user.uuid()),
                run.engine_version,
                run.model_version,
                run.policy_version,
                run.profile.as_str(),
                run.configuration,
                rows::stored(run.lines),
                rows::stored(run.entries),
                rows::stored(run.candidates),
                rows::stored(results.approved),
                rows::stored(results.suggested),
                rows::stored(results.ambiguous),
                rows::stored(results.lines_unmatched),
                rows::stored(results.entries_unmatched),
                rows::stored(run.elapsed_ms),
            ],
        )?;
        Ok(results)
    }

    /// Every proposal nobody decided on makes room for the new ones.
    fn supersede_proposals(&mut self, run: RunId) -> Result<(), WorkbookError> {
        let company = Blob(self.company.uuid());
        for status in [MatchStatus::Suggested, MatchStatus::Ambiguous] {
            let changed = self.sql.execute(
                "UPDATE matches SET status = 'superseded', changed_at = ?4, superseded_by = ?3, superseded_from = status
                 WHERE company_id = ?1 AND status = ?2",
                params![company, status.as_str(), Blob(run.uuid()), self.now_ms],
            )?;
            let changed = rows::stored(changed as u64);
            self.tally.matches(status, -changed);
            self.tally.matches(MatchStatus::Superseded, changed);
        }
        for side in [Side::Statement, Side::Ledger] {
            let (table, _) = table(side);
            let changed = self.sql.execute(
                &format!("UPDATE {table} SET state = 0 WHERE company_id = ?1 AND state = 1"),
                params![company],
            )?;
            let changed = rows::stored(changed as u64);
            self.tally.records(side, State::Proposed, -changed);
            self.tally.records(side, State::Unmatched, changed);
        }
        Ok(())
    }

    /// Answers the content's hash where the policy approved the match.
    fn store_proposal(
        &mut self,
        run: RunId,
        of: &NewRun,
        proposal: &Proposal,
    ) -> Result<Option<Digest>, WorkbookError> {
        let approved = match proposal.status {
            MatchStatus::Approved => true,
            MatchStatus::Suggested | MatchStatus::Ambiguous => false,
            MatchStatus::Rejected | MatchStatus::Superseded => return Err(WorkbookError::ProposalStatus),
        };
        let (id, content) = self.insert_match(&NewMatch {
            run: Some(run),
            matched: &proposal.matched,
            status: proposal.status,
            by_policy: approved,
            confidence: proposal.confidence,
            cause: proposal.cause,
            explanation: &proposal.explanation,
            alternatives: &proposal.alternatives,
        })?;
        if !approved {
            return Ok(None);
        }
        self.insert_decision(&NewDecision {
            act: run.uuid(),
            match_id: id,
            verdict: Verdict::Approve,
            decided_by: Decider::Policy { version: of.policy_version.clone() },
            reason: "",
            content,
            status_before: None,
            supersedes: None,
        })?;
        Ok(Some(content))
    }

    fn store_exception(&mut self, run: RunId, exception: &NewException) -> Result<(), WorkbookError> {
        let id = self.id();
        let (line, entry) = content::columns(exception.record);
        let column = if line.is_some() { "line_id" } else { "entry_id" };
        let company = Blob(self.company.uuid());
        let known = self
            .sql
            .prepare_cached(&format!("SELECT id FROM exceptions WHERE company_id = ?1 AND {column} = ?2"))?
            .query_row(params![company, line.or(entry).map(Blob)], |row| row.get::<_, Blob>(0))
            .optional()?;
        if let Some(known) = known {
            self.sql
                .prepare_cached(
                    "UPDATE exceptions SET run_id = ?3, cause = ?4, impact = ?5, currency = ?6, explanation = ?7
                     WHERE company_id = ?1 AND id = ?2",
                )?
                .execute(params![
                    company,
                    known,
                    Blob(run.uuid()),
                    exception.cause.as_str(),
                    exception.impact.minor_units(),
                    exception.impact.currency().code(),
                    exception.explanation
                ])?;
            return Ok(());
        }
        self.sql
            .prepare_cached(
                "INSERT INTO exceptions
                     (company_id, id, run_id, line_id, entry_id, cause, impact, currency, explanation, opened_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                company,
                Blob(id),
                Blob(run.uuid()),
                line.map(Blob),
                entry.map(Blob),
                exception.cause.as_str(),
                exception.impact.minor_units(),
                exception.impact.currency().code(),
                exception.explanation,
                self.now_ms
            ])?;
        Ok(())
    }
}
