//! The policy a person wrote: its versions, applying it, what it accepted, and who looks after what stays.

use std::{ops::ControlFlow, path::Path};

use tieout_domain::{Currency, Policy, PolicyVersion, RecordRef, RootCause, said};
pub use tieout_domain::{Kept, PolicySubject};
pub use tieout_workbook::{Acceptance, AppliedPolicy, KeptItem, PastDecision, PolicyPlan, Resolution};
use tieout_workbook::{Workbook, WorkbookError};

use crate::{ApplicationError, PolicyText, Progress, Session, text_file};

/// The policy of the open workbook.
#[derive(Debug, Clone)]
pub struct PolicyReport {
    /// The currency of its limits: the company's base currency.
    pub currency: Currency,
    /// Every version with what it changed, newest first; the first of them is in force.
    pub versions: Vec<PolicyEntry>,
    /// Records without a match that it accepted and that the queue does not list.
    pub accepted: u64,
}

/// A version of the policy.
#[derive(Debug, Clone)]
pub struct PolicyEntry {
    /// The version.
    pub version: PolicyVersion,
    /// What it says, as a form holds it.
    pub text: PolicyText,
    /// What is different from the version before.
    pub changes: Vec<PolicyChange>,
}

/// One thing that a version changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyChange {
    /// Of which cause; none: of the whole policy.
    pub cause: Option<RootCause>,
    /// The key in the file.
    pub key: &'static str,
    /// Before; empty: nothing was said.
    pub before: String,
    /// After; empty: nothing is said.
    pub after: String,
}

/// What saving a policy did.
#[derive(Debug, Clone)]
pub struct SavedPolicy {
    /// Whether it was saved; if not, it says what the version in force says.
    pub saved: bool,
    /// The version in force now.
    pub version: PolicyVersion,
}

impl Session {
    /// The policy of the open workbook, with all its versions.
    pub fn policy(&self) -> Result<PolicyReport, ApplicationError> {
        self.with_open(|open| {
            let workbook = &open.workbook;
            let versions = workbook.policy_versions()?;
            let texts: Vec<PolicyText> = versions.iter().map(|version| PolicyText::of(&version.policy)).collect();
            let empty = PolicyText::default();
            let changes: Vec<_> =
                texts.iter().enumerate().map(|(at, text)| changes(texts.get(at + 1).unwrap_or(&empty), text)).collect();
            let entries = versions.into_iter().zip(texts).zip(changes);
            let query = tieout_workbook::ExceptionQuery { accepted: true, ..Default::default() };
            Ok(PolicyReport {
                currency: workbook.company().base_currency,
                versions: entries.map(|((version, text), changes)| PolicyEntry { version, text, changes }).collect(),
                accepted: workbook.exceptions(&query)?.total,
            })
        })
    }

    /// Reads a policy file and checks it against the open workbook's currency.
    pub fn read_policy(&self, path: &Path) -> Result<PolicyText, ApplicationError> {
        let text = text_file::read(path)?;
        let base = self.with_open(|open| Ok(open.workbook.company().base_currency))?;
        let named = |error| match error {
            ApplicationError::Invalid(what) => {
                ApplicationError::Invalid(said!("inFile", "{file}: {why}", file = path.display(), why = what))
            }
            other => other,
        };
        let text = PolicyText::parse(&text, base).map_err(named)?;
        refuse_without_causes(&text.policy(base).map_err(named)?).map_err(named)?;
        Ok(text)
    }

    /// Saves a policy as the next version, unless it says what the one in force says. Nothing is resolved by that: the
    /// next run does, or [`Session::apply_policy`].
    pub fn save_policy(&self, text: &PolicyText, reason: &str) -> Result<SavedPolicy, ApplicationError> {
        self.with_open(|open| {
            let policy = checked(&open.workbook, text)?;
            // Once there is one, a version that says nothing of any cause ends it.
            if open.workbook.policy_in_force()?.is_none() {
                refuse_without_causes(&policy)?;
            }
            let saved = open.workbook.save_policy(&policy, reason)?;
            let version = match &saved {
                Some(version) => version.clone(),
                None => open.workbook.policy_in_force()?.ok_or(WorkbookError::NoPolicy)?,
            };
            Ok(SavedPolicy { saved: saved.is_some(), version })
        })
    }

    /// Resolves what the policy in force lets be resolved; every run does so too.
    pub fn apply_policy(&self, progress: &(dyn Fn(Progress) + Sync)) -> Result<AppliedPolicy, ApplicationError> {
        let task = self.begin()?;
        self.with_open(|open| {
            let mut watch = |done, total| {
                progress(Progress { stage: "storing", done, total });
                if task.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            Ok(open.workbook.apply_policy(&mut watch)?)
        })
    }

    /// Puts a record that the policy accepted back into the queue, for good. `record` is a line's or an entry's identifier.
    pub fn take_back_acceptance(&self, record: &str, reason: &str) -> Result<(), ApplicationError> {
        self.with_open(|open| {
            let record = record_of(&open.workbook, record)?;
            Ok(open.workbook.take_back_acceptance(record, reason.trim())?)
        })
    }
}

pub(crate) fn checked(workbook: &Workbook, text: &PolicyText) -> Result<Policy, ApplicationError> {
    text.policy(workbook.company().base_currency)
}

/// A policy is about causes: one that names none resolves nothing and asks nobody.
fn refuse_without_causes(policy: &Policy) -> Result<(), ApplicationError> {
    if policy.causes().next().is_some() {
        return Ok(());
    }
    Err(ApplicationError::Invalid(said!(
        "policy.noCauses",
        "this says nothing of any cause, and a policy needs at least one: a table such as [cause.fee] with amount = \"5.00\", up \
         to which it is resolved without a person, or with the owner who looks after it"
    )))
}

/// The record of that identifier.
fn record_of(workbook: &Workbook, id: &str) -> Result<RecordRef, ApplicationError> {
    let no_record = |_| ApplicationError::in_english(format!("'{id}' is no record's identifier"));
    let (line, entry) = (id.parse().map_err(no_record)?, id.parse().map_err(no_record)?);
    match workbook.record(RecordRef::Line(line)) {
        Err(WorkbookError::NotFound { .. }) => Ok(workbook.record(RecordRef::Entry(entry))?.reference()),
        found => Ok(found?.reference()),
    }
}

/// What is different between two versions, key by key.
fn changes(before: &PolicyText, after: &PolicyText) -> Vec<PolicyChange> {
    let mut found = Vec::new();
    let mut compare = |cause, key, before: &str, after: &str| {
        if before != after {
            found.push(PolicyChange { cause, key, before: before.to_owned(), after: after.to_owned() });
        }
    };
    compare(None, "confidence", &before.confidence, &after.confidence);
    compare(None, "default_owner", &before.default_owner, &after.default_owner);
    let nothing = crate::CauseText::default();
    for cause in RootCause::ALL {
        let of = |text: &PolicyText| text.causes.iter().find(|of| of.cause == cause.as_str()).cloned();
        let (before, after) =
            (of(before).unwrap_or_else(|| nothing.clone()), of(after).unwrap_or_else(|| nothing.clone()));
        for (key, before, after) in [
            ("amount", &before.amount, &after.amount),
            ("percent", &before.percent, &after.percent),
            ("count", &before.count, &after.count),
            ("total", &before.total, &after.total),
            ("owner", &before.owner, &after.owner),
        ] {
            compare(Some(*cause), key, before, after);
        }
    }
    found
}
