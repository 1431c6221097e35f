//! What a run's results come to.

use std::collections::HashSet;

use rusqlite::params;
use sha2::{Digest as _, Sha256};
use tieout_domain::{Digest, MatchStatus, RecordRef, RunId, StatementLineId};

use crate::{
    NewException, NewRun, PolicyPlan, Proposal, RunRecord, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
};

/// What a run's results come to.
pub(crate) struct Results {
    pub(crate) run: RunId,
    pub(crate) approved: u64,
    pub(crate) suggested: u64,
    pub(crate) ambiguous: u64,
    pub(crate) lines_unmatched: u64,
    pub(crate) entries_unmatched: u64,
    /// Lines in approved matches.
    pub(crate) lines_automatic: u64,
    /// Records that the policy accepted.
    pub(crate) accepted: u64,
}

pub(crate) fn told(run: &NewRun, results: &Results, kept: usize, approved: Digest) -> Json<'static> {
    let configuration = Digest::from_bytes(Sha256::digest(run.configuration.as_bytes()).into());
    Json::Object(vec![
        ("ambiguous", Json::count(results.ambiguous)),
        ("approved", Json::count(results.approved)),
        ("approved_contents", Json::text(approved)),
        ("configuration", Json::text(configuration)),
        ("engine", Json::text(&run.engine_version)),
        ("entries_unmatched", Json::count(results.entries_unmatched)),
        ("kept", Json::count(kept as u64)),
        ("lines_unmatched", Json::count(results.lines_unmatched)),
        ("model", Json::optional(run.model_version.as_ref())),
        ("policy", Json::text(&run.policy_version)),
        ("profile", Json::text(run.profile.as_str())),
        ("suggested", Json::count(results.suggested)),
    ])
}

/// Each line once, in however many matches it stands.
fn lines_approved(proposals: &[Proposal]) -> HashSet<StatementLineId> {
    let approved = proposals.iter().filter(|proposal| proposal.status == MatchStatus::Approved);
    approved.flat_map(|proposal| proposal.matched.lines()).collect()
}

impl Results {
    pub(crate) fn count(run: RunId, proposals: &[Proposal], exceptions: &[NewException]) -> Self {
        let with = |status| proposals.iter().filter(|proposal| proposal.status == status).count() as u64;
        let lines = exceptions.iter().filter(|exception| matches!(exception.record, RecordRef::Line(_))).count() as u64;
        Self {
            run,
            approved: with(MatchStatus::Approved),
            suggested: with(MatchStatus::Suggested),
            ambiguous: with(MatchStatus::Ambiguous),
            lines_unmatched: lines,
            entries_unmatched: exceptions.len() as u64 - lines,
            lines_automatic: lines_approved(proposals).len() as u64,
            accepted: 0,
        }
    }

    pub(crate) fn record(&self, run: &NewRun, now_ms: i64) -> RunRecord {
        RunRecord {
            id: self.run,
            stored_at_ms: now_ms,
            run: run.clone(),
            approved: self.approved,
            suggested: self.suggested,
            ambiguous: self.ambiguous,
            lines_unmatched: self.lines_unmatched,
            entries_unmatched: self.entries_unmatched,
            accepted: self.accepted,
        }
    }
}

impl Change<'_> {
    /// What the policy resolved in the run's own transaction is among what the run came to.
    pub(crate) fn count_resolved(
        &mut self,
        results: &mut Results,
        plan: &PolicyPlan,
        proposals: &[Proposal],
    ) -> Result<(), WorkbookError> {
        if plan.resolved.is_empty() {
            return Ok(());
        }
        let mut lines = lines_approved(proposals);
        for id in plan.matches() {
            let held = self.records_of(id)?.into_iter();
            lines.extend(held.filter_map(|record| match record {
                RecordRef::Line(line) => Some(line),
                RecordRef::Entry(_) => None,
            }));
        }
        let approved = plan.matches().count() as u64;
        results.approved += approved;
        results.suggested = results.suggested.saturating_sub(approved);
        results.lines_automatic = lines.len() as u64;
        results.accepted = plan.records().count() as u64;
        self.sql.execute(
            "UPDATE runs SET approved = ?3, suggested = ?4, lines_automatic = ?5, accepted = ?6
             WHERE company_id = ?1 AND id = ?2",
            params![
                Blob(self.company.uuid()),
                Blob(results.run.uuid()),
                rows::stored(results.approved),
                rows::stored(results.suggested),
                rows::stored(results.lines_automatic),
                rows::stored(results.accepted),
            ],
        )?;
        Ok(())
    }
}
