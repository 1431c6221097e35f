//! Resolving what the policy in force lets be resolved: planned first, then done as planned, in one transaction.

use std::collections::HashMap;

use jiff::civil::Date;
use rusqlite::{Connection, params};
use sha2::{Digest as _, Sha256};
use tieout_domain::{
    CompanyId, Counted, Decider, DecisionId, Digest, ExchangeRates, Kept, MatchId, MatchStatus, Money, Permission,
    Policy, PolicyItem, PolicySubject, PolicyVersion, RecordRef, RootCause, RunId,
};
use uuid::Uuid;

use super::items::{self, FoundMatch};
use crate::{
    Progress, Workbook, WorkbookError,
    change::Change,
    content,
    json::Json,
    periods::LockedLines,
    progress::{PROGRESS_EVERY, go_on},
    rows::{self, Blob},
    state::covers,
};

/// An item that is resolved without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolution {
    /// What it is.
    pub subject: PolicySubject,
    /// Its cause.
    pub cause: RootCause,
    /// What is at stake, in its own currency.
    pub impact: Money,
    /// What it uses of the limits, and in which period.
    pub counted: Counted,
}

/// An item that stays in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptItem {
    /// What it is.
    pub subject: PolicySubject,
    /// Its cause; none: more than one.
    pub cause: Option<RootCause>,
    /// What is at stake.
    pub impact: Money,
    /// Why it stays.
    pub reason: Kept,
}

/// What a policy makes of the items that are in the queue, in the order in which it looks at them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PolicyPlan {
    /// Items that are resolved.
    pub resolved: Vec<Resolution>,
    /// Items that stay.
    pub kept: Vec<KeptItem>,
}

/// What the policy in force resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedPolicy {
    /// The version.
    pub version: u32,
    /// What it resolved, and what it kept.
    pub plan: PolicyPlan,
}

impl PolicyPlan {
    /// Matches among what is resolved.
    pub fn matches(&self) -> impl Iterator<Item = MatchId> + '_ {
        self.resolved.iter().filter_map(|of| match of.subject {
            PolicySubject::Match(id) => Some(id),
            PolicySubject::Record(_) => None,
        })
    }

    /// Records without a match among what is resolved.
    pub fn records(&self) -> impl Iterator<Item = RecordRef> + '_ {
        self.resolved.iter().filter_map(|of| match of.subject {
            PolicySubject::Match(_) => None,
            PolicySubject::Record(record) => Some(record),
        })
    }
}

impl Workbook {
    /// What this policy would resolve now, were it in force; nothing is changed. Applying it does exactly this.
    pub fn plan_policy(&self, policy: &Policy) -> Result<PolicyPlan, WorkbookError> {
        plan(&self.sql, self.company.id, policy, &self.exchange_rates()?, self.today())
    }

    /// Resolves what the policy in force lets be resolved, in one transaction. Where that is nothing, nothing is written.
    pub fn apply_policy(&mut self, progress: &mut Progress<'_>) -> Result<AppliedPolicy, WorkbookError> {
        let version = self.policy_in_force()?.ok_or(WorkbookError::NoPolicy)?;
        let rates = self.exchange_rates()?;
        let plan = plan(&self.sql, self.company.id, &version.policy, &rates, self.today())?;
        if !plan.resolved.is_empty() {
            self.change(Permission::Import, |change| change.resolve(&version, &plan, None, progress))?;
        }
        Ok(AppliedPolicy { version: version.version, plan })
    }
}

/// What a policy makes of what is in the queue.
pub(crate) fn plan(
    sql: &Connection,
    company: CompanyId,
    policy: &Policy,
    rates: &ExchangeRates,
    today: Date,
) -> Result<PolicyPlan, WorkbookError> {
    let taken_back = items::taken_back(sql, company)?;
    let mut proposed = items::matches(sql, company, items::WAITING, &taken_back)?;
    LockedLines::load(sql, company)?
        .keep_free(&mut proposed, |found| found.legs.iter().map(|leg| leg.record).collect())?;
    let waiting = items::unmatched(sql, company, today)?.into_iter().filter(|record| !record.accepted);
    let mut records = Records::of(&proposed);
    let mut all: Vec<PolicyItem> = proposed.iter().map(|found| found.item.clone()).collect();
    all.extend(waiting.map(|record| record.item));
    let mut used = items::used(sql, company)?;
    let mut plan = PolicyPlan::default();
    for judged in policy.resolve(&all, &mut used, rates, |item| records.take(item.subject)) {
        let PolicyItem { subject, cause, impact, .. } = *judged.item;
        match judged.outcome {
            Ok(counted) => {
                plan.resolved.push(Resolution { subject, cause: counted.period.cause, impact, counted });
            }
            Err(reason) => plan.kept.push(KeptItem { subject, cause, impact, reason }),
        }
    }
    Ok(plan)
}

/// What is left of the records that proposed matches hold, as they are approved one after the other.
struct Records<'f> {
    found: HashMap<PolicySubject, &'f FoundMatch>,
    used: HashMap<RecordRef, i64>,
}

impl<'f> Records<'f> {
    fn of(proposed: &'f [FoundMatch]) -> Self {
        Self { found: proposed.iter().map(|found| (found.item.subject, found)).collect(), used: HashMap::new() }
    }

    /// Uses the records of a match, if enough is left of each; a record without a match uses nothing.
    fn take(&mut self, subject: PolicySubject) -> bool {
        let Some(found) = self.found.get(&subject) else { return true };
        let is_left = found.legs.iter().all(|leg| {
            let used = self.used.get(&leg.record).copied().unwrap_or(0);
            leg.open.is_none_or(|open| covers(open.saturating_sub(used), leg.settled))
        });
        if is_left {
            for leg in &found.legs {
                let used = self.used.entry(leg.record).or_insert(0);
                *used = used.saturating_add(leg.settled);
            }
        }
        is_left
    }
}

impl Change<'_> {
    /// Applies the policy after a run, in the run's transaction, so that what the run proposes never waits for a moment.
    pub(crate) fn apply_policy_after(
        &mut self,
        run: RunId,
        version: &PolicyVersion,
        rates: &ExchangeRates,
        progress: &mut Progress<'_>,
    ) -> Result<PolicyPlan, WorkbookError> {
        let plan = plan(self.sql, self.company, &version.policy, rates, self.today())?;
        if !plan.resolved.is_empty() {
            self.resolve(version, &plan, Some(run), progress)?;
        }
        Ok(plan)
    }

    fn resolve(
        &mut self,
        version: &PolicyVersion,
        plan: &PolicyPlan,
        run: Option<RunId>,
        progress: &mut Progress<'_>,
    ) -> Result<(), WorkbookError> {
        let act = self.id();
        let mut list = Sha256::new();
        for (i, of) in plan.resolved.iter().enumerate() {
            if i % PROGRESS_EVERY == 0 {
                go_on(progress, i, plan.resolved.len())?;
            }
            let subject = match of.subject {
                PolicySubject::Match(id) => {
                    let decision = self.approve_by_policy(act, id, version.version, of)?;
                    self.insert_resolution(version.version, run, of, Some(decision))?;
                    format!("match {id}")
                }
                PolicySubject::Record(record) => {
                    let id = self.insert_resolution(version.version, run, of, None)?;
                    self.accept(record, id)?;
                    content::subject(record)
                }
            };
            list.update(format!("{subject},{},{}\n", of.cause.as_str(), of.impact));
        }
        let details = Json::Object(vec![
            ("accepted", Json::count(plan.records().count() as u64)),
            ("act", Json::text(act)),
            ("approved", Json::count(plan.matches().count() as u64)),
            ("items", Json::text(Digest::from_bytes(list.finalize().into()))),
            ("run", Json::optional(run)),
        ]);
        self.tell("policy.applied", &format!("policy {}", version.version), &details)
    }

    /// Approves a proposal in the policy's name, with its adjustments as the reason.
    fn approve_by_policy(
        &mut self,
        act: Uuid,
        id: MatchId,
        version: u32,
        of: &Resolution,
    ) -> Result<DecisionId, WorkbookError> {
        if self.status_of(id)? != MatchStatus::Suggested {
            return Err(WorkbookError::Stale(id));
        }
        let reason = format!("{} of {} within the policy's limits", of.cause.as_str(), of.impact);
        let (decision, _) = self.approve_as(act, id, Decider::Policy { version: version.to_string() }, &reason)?;
        Ok(decision)
    }

    fn insert_resolution(
        &mut self,
        version: u32,
        run: Option<RunId>,
        of: &Resolution,
        decision: Option<DecisionId>,
    ) -> Result<Uuid, WorkbookError> {
        let id = self.id();
        let (matched, (line, entry)) = match of.subject {
            PolicySubject::Match(id) => (Some(id), (None, None)),
            PolicySubject::Record(record) => (None, content::columns(record)),
        };
        self.sql
            .prepare_cached(
                "INSERT INTO policy_resolutions
                     (company_id, id, policy_version, run_id, match_id, decision_id, line_id, entry_id, cause, impact,
                      currency, counted, account_id, month, resolved_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(id),
                version,
                run.map(|run| Blob(run.uuid())),
                matched.map(|id| Blob(id.uuid())),
                decision.map(|id| Blob(id.uuid())),
                line.map(Blob),
                entry.map(Blob),
                of.cause.as_str(),
                of.impact.minor_units(),
                of.impact.currency().code(),
                rows::stored(of.counted.amount.magnitude()),
                of.counted.period.account.map(|id| Blob(id.uuid())),
                of.counted.period.month.to_string(),
                self.now_ms,
            ])?;
        Ok(id)
    }
}
