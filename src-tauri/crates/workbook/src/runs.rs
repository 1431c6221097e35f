//! Runs of the engine: what they proposed, and what they left unexplained.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::{Row, params};
use sha2::{Digest as _, Sha256};
use tieout_domain::{
    CauseFinding, Confidence, Decider, Digest, ExchangeRates, Explanation, LedgerEntryId, Match, MatchId, MatchStatus,
    Money, Permission, Profile, RecordRef, RootCause, RunId, Side, StatementLineId, Verdict,
};

use crate::{
    Alternative, Progress, Workbook, WorkbookError,
    bulk::Bulk,
    change::Change,
    decisions::NewDecision,
    marks,
    progress::{PROGRESS_EVERY, go_on},
    proposals::NewMatch,
    records::reference,
    rows::{self, Blob},
    run_results::{Results, told},
    state::{State, side_of, table},
    tally,
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
    /// What was open of the records looked at, one a currency: sums of the lines and of the entries.
    pub open: Vec<(Money, Money)>,
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
    /// What was found of the difference, or of another oddity; none where there is neither.
    pub finding: Option<CauseFinding>,
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
    /// How sure that is, what speaks for it, and what to do; its cause is the same.
    pub finding: Option<CauseFinding>,
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
    /// Of the lines and entries without a match, those that the policy accepted.
    pub accepted: u64,
}

/// Records a person said do not belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedMatch {
    /// The statement lines.
    pub lines: Vec<StatementLineId>,
    /// The ledger entries.
    pub entries: Vec<LedgerEntryId>,
}

impl Workbook {
    /// Stores a run and its results in one transaction. Earlier proposals nobody decided on stay if the run proposes the
    /// very same, to the last piece of evidence, and are superseded if not; matches approved without a person get their
    /// decision; every record without a match has its exception, which keeps its age if there was one. What would take a
    /// customer's account beyond 64 bits, or alter a locked period, is suggested, whatever the policy says. Then the policy in force, if there is one,
    /// resolves what it may.
    pub fn store_run(
        &mut self,
        run: &NewRun,
        proposals: &[Proposal],
        exceptions: &[NewException],
        progress: &mut Progress<'_>,
    ) -> Result<RunRecord, WorkbookError> {
        let mut bulk = self.prepare_bulk(proposals)?;
        let policy = self.policy_in_force()?;
        let rates = if policy.is_some() { self.exchange_rates()? } else { ExchangeRates::default() };
        let stored = self.change(Permission::Import, |change| {
            let within_accounts = change.within_accounts(proposals)?;
            let proposals = &*change.within_open_periods(&within_accounts)?;
            let mut results = change.insert_run(run, proposals, exceptions)?;
            let kept = change.supersede_proposals(results.run, proposals)?;
            bulk.drop_indexes(change.sql)?;
            let total = proposals.len() + exceptions.len();
            let mut approved = Sha256::new();
            for (i, proposal) in proposals.iter().enumerate().filter(|(i, _)| !kept.contains(i)) {
                if i % PROGRESS_EVERY == 0 {
                    go_on(progress, i, total)?;
                    change.seal_rows()?;
                }
                if let Some(content) = change.store_proposal(results.run, run, proposal)? {
                    approved.update(content.as_bytes());
                }
            }
            let before = proposals.len() as u64;
            change.store_exceptions(results.run, exceptions, &mut |done, _| progress(before + done, total as u64))?;
            bulk.build_indexes(change.sql, &mut |_, _| progress(total as u64, total as u64))?;
            change.carry_marks_on(marks::PushedAside::ByRun(results.run.uuid()))?;
            go_on(progress, total, total)?;
            let approved = Digest::from_bytes(approved.finalize().into());
            let details = told(run, &results, kept.len(), approved);
            change.tell("run.stored", &format!("run {}", results.run), &details)?;
            if let Some(policy) = &policy {
                let plan = change.apply_policy_after(results.run, policy, &rates, progress)?;
                change.count_resolved(&mut results, &plan, proposals)?;
            }
            Ok(results.record(run, change.now_ms))
        });
        if let Err(error) = bulk.end(&self.sql) {
            tracing::warn!(%error, "the file does not go back to its write-ahead log before it is next opened");
        }
        stored
    }

    fn prepare_bulk(&self, proposals: &[Proposal]) -> Result<Bulk, WorkbookError> {
        let (sql, company) = (&self.sql, self.company.id);
        let matches = tally::all_matches(sql, company)?;
        let changed = |wanted| {
            let legs = proposals.iter().flat_map(|proposal| proposal.matched.legs());
            legs.filter(|leg| side_of(leg.record).0 == wanted).count() as u64
        };
        let records = [Side::Statement, Side::Ledger]
            .map(|side| tally::all_records(sql, company, side).map(|stored| (side, changed(side), stored)));
        let [lines, entries] = records;
        Bulk::prepare_run(sql, (proposals.len() as u64, matches), [lines?, entries?])
    }

    /// The newest run.
    pub fn latest_run(&self) -> Result<Option<RunRecord>, WorkbookError> {
        self.latest_run_by(i64::MAX)
    }

    /// The newest run that was stored by a moment, in milliseconds since 1970-01-01 UTC.
    pub fn latest_run_by(&self, at_ms: i64) -> Result<Option<RunRecord>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id, stored_at, engine_version, model_version, policy_version, profile, configuration, lines, entries,
                    candidates, elapsed_ms, approved, suggested, ambiguous, lines_unmatched, entries_unmatched, accepted
             FROM runs WHERE company_id = ?1 AND stored_at <= ?2 ORDER BY id DESC LIMIT 1",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), at_ms])?;
        let Some(mut run) = found.next()?.map(read_run).transpose()? else { return Ok(None) };
        run.run.open = self.open_of_run(run.id)?;
        Ok(Some(run))
    }

    /// What was open of the records a run looked at.
    fn open_of_run(&self, run: RunId) -> Result<Vec<(Money, Money)>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT currency, lines, entries FROM run_totals WHERE company_id = ?1 AND run_id = ?2 ORDER BY currency",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(run.uuid())])?;
        let mut open = Vec::new();
        while let Some(row) = found.next()? {
            let currency = rows::currency(&row.get::<_, String>(0)?)?;
            open.push((Money::from_minor(row.get(1)?, currency), Money::from_minor(row.get(2)?, currency)));
        }
        Ok(open)
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

    /// Rejected matches; where they are many, only those that hold a record of which something is open, since others
    /// cannot be proposed again. Of a larger group only the whole is wrong: its pairs may well belong together.
    pub fn rejected_matches(&self) -> Result<Vec<RejectedMatch>, WorkbookError> {
        let (sql, company) = (&self.sql, self.company.id);
        let rejected = tally::count_matches(sql, company, MatchStatus::Rejected)?;
        let counts = self.record_counts()?;
        // Whichever is less is gone through: years of rejected matches, or what is open.
        let which = if rejected <= counts.lines_open + counts.entries_open {
            "SELECT id FROM matches WHERE company_id = ?1 AND status = 'rejected'"
        } else {
            "SELECT l.match_id AS id FROM statement_lines r
             CROSS JOIN match_legs l ON l.company_id = r.company_id AND l.line_id = r.id
             CROSS JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id AND m.status = 'rejected'
             WHERE r.company_id = ?1 AND r.state IN (0, 1)
             UNION SELECT l.match_id FROM ledger_entries r
             CROSS JOIN match_legs l ON l.company_id = r.company_id AND l.entry_id = r.id
             CROSS JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id AND m.status = 'rejected'
             WHERE r.company_id = ?1 AND r.state IN (0, 1)"
        };
        let mut statement = sql.prepare_cached(&format!(
            "SELECT l.match_id, l.line_id, l.entry_id FROM ({which}) m
             CROSS JOIN match_legs l ON l.company_id = ?1 AND l.match_id = m.id ORDER BY l.match_id, l.position",
        ))?;
        let mut found = statement.query(params![Blob(company.uuid())])?;
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
            open: Vec::new(),
        },
        approved: number(11)?,
        suggested: number(12)?,
        ambiguous: number(13)?,
        lines_unmatched: number(14)?,
        entries_unmatched: number(15)?,
        accepted: number(16)?,
    })
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
                  entries_unmatched, elapsed_ms, lines_automatic)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
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
                rows::stored(results.lines_automatic),
            ],
        )?;
        let mut totals = self.sql.prepare_cached(
            "INSERT INTO run_totals (company_id, run_id, currency, lines, entries) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (lines, entries) in &run.open {
            let (company, id) = (Blob(self.company.uuid()), Blob(results.run.uuid()));
            let currency = lines.currency();
            totals.execute(params![company, id, currency.code(), lines.minor_units(), entries.minor_units()])?;
        }
        Ok(results)
    }

    /// Proposals nobody decided on make room for the new ones. Those that are proposed again unchanged stay: answers
    /// which of the new ones they are, by position.
    fn supersede_proposals(&mut self, run: RunId, proposals: &[Proposal]) -> Result<HashSet<usize>, WorkbookError> {
        let mut live = self.live_contents()?;
        let mut kept = HashSet::new();
        for (i, proposal) in proposals.iter().enumerate() {
            if live.is_empty() {
                break;
            }
            if proposal.status != MatchStatus::Approved {
                let content = self.content_hash(&NewMatch::proposed(run, proposal))?;
                if live.get_mut(&(content, proposal.status)).and_then(Vec::pop).is_some() {
                    kept.insert(i);
                }
            }
        }
        let mut records = BTreeSet::new();
        let superseded = live.into_iter().flat_map(|((_, status), ids)| ids.into_iter().map(move |id| (status, id)));
        let superseded: Vec<(MatchStatus, MatchId)> = superseded.collect();
        let one_by_one = superseded.len() <= kept.len();
        for (status, id) in superseded {
            self.sql
                .prepare_cached(
                    "UPDATE matches SET status = 'superseded', changed_at = ?4, superseded_by = ?3,
                            superseded_from = status
                     WHERE company_id = ?1 AND id = ?2",
                )?
                .execute(params![Blob(self.company.uuid()), Blob(id.uuid()), Blob(run.uuid()), self.now_ms])?;
            self.tally.matches(status, -1);
            self.tally.matches(MatchStatus::Superseded, 1);
            if one_by_one {
                records.extend(self.records_of(id)?.into_iter().map(side_of));
            }
        }
        if one_by_one {
            records.into_iter().try_for_each(|(side, id)| self.refresh(reference(side, id)))?;
        } else {
            self.release_proposed()?;
            for leg in kept.iter().filter_map(|kept| proposals.get(*kept)).flat_map(|kept| kept.matched.legs()) {
                let held = self.held(leg.record)?;
                self.propose_held(&held, leg.record)?;
            }
        }
        Ok(kept)
    }

    /// No live proposal holds any record.
    fn release_proposed(&mut self) -> Result<(), WorkbookError> {
        for side in [Side::Statement, Side::Ledger] {
            let (table, _) = table(side);
            let changed = self.sql.execute(
                &format!("UPDATE {table} SET state = 0 WHERE company_id = ?1 AND state = 1"),
                params![Blob(self.company.uuid())],
            )?;
            let changed = rows::stored(changed as u64);
            self.tally.records(side, State::Proposed, -changed);
            self.tally.records(side, State::Unmatched, changed);
        }
        Ok(())
    }

    /// The proposals nobody decided on, by what they say.
    fn live_contents(&self) -> Result<HashMap<(Digest, MatchStatus), Vec<MatchId>>, WorkbookError> {
        let mut live: HashMap<_, Vec<MatchId>> = HashMap::new();
        for status in [MatchStatus::Suggested, MatchStatus::Ambiguous] {
            let mut statement =
                self.sql.prepare_cached("SELECT id, content FROM matches WHERE company_id = ?1 AND status = ?2")?;
            let mut found = statement.query(params![Blob(self.company.uuid()), status.as_str()])?;
            while let Some(row) = found.next()? {
                let id = MatchId::from_uuid(row.get::<_, Blob>(0)?.0);
                live.entry((Digest::from_bytes(row.get(1)?), status)).or_default().push(id);
            }
        }
        Ok(live)
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
        let (id, content) = self.insert_match(&NewMatch::proposed(run, proposal))?;
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
}
