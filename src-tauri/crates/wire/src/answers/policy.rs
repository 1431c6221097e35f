//! The policy, both ways.

use std::collections::BTreeMap;

use tieout_application as application;
use tieout_application::{
    figures::{ExceptionsPage, ListedException, Record},
    policy::{self, PolicySubject},
};
use tieout_domain::{Kept, RecordRef, RootCause};

use super::{all, count, iso, moment};
use crate::{
    AcceptedRecordView, AcceptedRecordsView, Amount, AppliedPolicyView, PolicyCauseTotalView, PolicyCauseView,
    PolicyChangeView, PolicyFormView, PolicyItemView, PolicyKeptView, PolicyPlanView, PolicyTrialExampleView,
    PolicyTrialGroupView, PolicyTrialView, PolicyVersionView, PolicyView, SavedPolicyView,
};

/// Items that a plan lists.
const ITEMS_MAX: usize = 1_000;

/// What the policy looks at: its identifier and what it is.
fn named(subject: PolicySubject) -> (String, String) {
    match subject {
        PolicySubject::Match(id) => (id.to_string(), "match".to_owned()),
        PolicySubject::Record(RecordRef::Line(id)) => (id.to_string(), "line".to_owned()),
        PolicySubject::Record(RecordRef::Entry(id)) => (id.to_string(), "entry".to_owned()),
    }
}

impl From<policy::PolicyReport> for PolicyView {
    fn from(report: policy::PolicyReport) -> Self {
        let newest = report.versions.first();
        let form = newest.map(|entry| entry.text.clone()).unwrap_or_default();
        Self {
            currency: report.currency.to_string(),
            version: newest.map(|entry| entry.version.version),
            form: form.into(),
            causes: RootCause::ALL.iter().map(|cause| cause.as_str().to_owned()).collect(),
            versions: all(report.versions),
            accepted: count(report.accepted),
        }
    }
}

impl From<policy::PolicyEntry> for PolicyVersionView {
    fn from(entry: policy::PolicyEntry) -> Self {
        Self {
            version: entry.version.version,
            written_by: entry.version.written_by,
            written_at: moment(entry.version.written_at_ms),
            reason: entry.version.reason,
            changes: all(entry.changes),
        }
    }
}

impl From<policy::PolicyChange> for PolicyChangeView {
    fn from(change: policy::PolicyChange) -> Self {
        Self {
            cause: change.cause.map(|cause| cause.as_str().to_owned()),
            key: change.key.to_owned(),
            before: change.before,
            after: change.after,
        }
    }
}

impl From<policy::SavedPolicy> for SavedPolicyView {
    fn from(saved: policy::SavedPolicy) -> Self {
        Self { saved: saved.saved, version: saved.version.version }
    }
}

impl From<application::PolicyText> for PolicyFormView {
    fn from(text: application::PolicyText) -> Self {
        Self { confidence: text.confidence, default_owner: text.default_owner, causes: all(text.causes) }
    }
}

impl From<PolicyFormView> for application::PolicyText {
    fn from(view: PolicyFormView) -> Self {
        Self { confidence: view.confidence, default_owner: view.default_owner, causes: all(view.causes) }
    }
}

impl From<application::CauseText> for PolicyCauseView {
    fn from(text: application::CauseText) -> Self {
        let application::CauseText { cause, amount, percent, count, total, owner } = text;
        Self { cause, amount, percent, count, total, owner }
    }
}

impl From<PolicyCauseView> for application::CauseText {
    fn from(view: PolicyCauseView) -> Self {
        let PolicyCauseView { cause, amount, percent, count, total, owner } = view;
        Self { cause, amount, percent, count, total, owner }
    }
}

impl From<policy::PolicyPlan> for PolicyPlanView {
    fn from(plan: policy::PolicyPlan) -> Self {
        let mut by_cause: BTreeMap<RootCause, (u64, i128, tieout_domain::Currency)> = BTreeMap::new();
        for of in &plan.resolved {
            let amount = of.counted.amount;
            let sum = by_cause.entry(of.cause).or_insert((0, 0, amount.currency()));
            sum.0 += 1;
            sum.1 += i128::from(amount.minor_units());
        }
        let mut reasons: BTreeMap<Kept, u64> = BTreeMap::new();
        plan.kept.iter().for_each(|of| *reasons.entry(of.reason).or_default() += 1);
        Self {
            approved: count(plan.matches().count() as u64),
            accepted: count(plan.records().count() as u64),
            kept: count(plan.kept.len() as u64),
            by_cause: by_cause
                .into_iter()
                .map(|(cause, (number, total, currency))| PolicyCauseTotalView {
                    cause: cause.as_str().to_owned(),
                    count: count(number),
                    total: Amount {
                        value: rust_decimal::Decimal::from_i128_with_scale(total, currency.digits()).to_string(),
                        currency: currency.to_string(),
                    },
                })
                .collect(),
            kept_because: reasons
                .into_iter()
                .map(|(reason, number)| PolicyKeptView { reason: reason.as_str().to_owned(), count: count(number) })
                .collect(),
            items: plan.resolved.iter().take(ITEMS_MAX).map(Into::into).collect(),
        }
    }
}

impl From<&policy::Resolution> for PolicyItemView {
    fn from(of: &policy::Resolution) -> Self {
        let (id, kind) = named(of.subject);
        let (cause, month) = (of.cause.as_str().to_owned(), of.counted.period.month.to_string());
        Self { id, kind, cause, impact: of.impact.into(), month }
    }
}

impl From<policy::AppliedPolicy> for AppliedPolicyView {
    fn from(applied: policy::AppliedPolicy) -> Self {
        Self { version: applied.version, plan: applied.plan.into() }
    }
}

impl From<application::PolicyTrial> for PolicyTrialView {
    fn from(trial: application::PolicyTrial) -> Self {
        Self {
            now: trial.now.into(),
            groups: all(trial.groups),
            contradictions: all(trial.contradictions),
            contradictions_total: count(trial.contradictions_total),
            not_made: all(trial.not_made),
            not_made_total: count(trial.not_made_total),
        }
    }
}

impl From<application::PolicyTrialGroup> for PolicyTrialGroupView {
    fn from(group: application::PolicyTrialGroup) -> Self {
        Self {
            cause: group.cause.as_str().to_owned(),
            account: group.account,
            month: group.month.map(|month| month.to_string()),
            items: count(group.items),
            resolved: count(group.resolved),
            total: group.total.into(),
            waiting: count(group.waiting),
            automatic: count(group.automatic),
            approved: count(group.approved),
            contradicted: count(group.contradicted),
            not_made: count(group.not_made),
            over_limit: count(group.over_limit),
        }
    }
}

impl From<application::PolicyTrialExample> for PolicyTrialExampleView {
    fn from(example: application::PolicyTrialExample) -> Self {
        let (id, kind) = named(example.subject);
        Self {
            id,
            kind,
            cause: example.cause.map(|cause| cause.as_str().to_owned()),
            date: iso(example.date),
            title: example.title,
            subtitle: example.subtitle,
            impact: example.impact.into(),
            decided: example.decided.as_str().to_owned(),
            kept: example.kept.map(|reason| reason.as_str().to_owned()),
        }
    }
}

impl From<ExceptionsPage> for AcceptedRecordsView {
    fn from(page: ExceptionsPage) -> Self {
        Self { rows: page.rows.into_iter().map(accepted).collect(), total: count(page.total) }
    }
}

fn accepted(listed: ListedException) -> AcceptedRecordView {
    let (id, kind, date, texts) = match listed.record {
        Record::Line(record) => {
            let line = record.line;
            (record.id.to_string(), "line", line.date, [line.counterparty, line.description, line.reference])
        }
        Record::Entry(record) => {
            let entry = record.entry;
            (record.id.to_string(), "entry", entry.date, [entry.counterparty, entry.number, entry.reference])
        }
    };
    let mut texts = texts.into_iter().filter(|text| !text.is_empty());
    let acceptance = listed.accepted;
    AcceptedRecordView {
        id,
        kind: kind.to_owned(),
        date: iso(date),
        title: texts.next().unwrap_or_default(),
        subtitle: texts.next().unwrap_or_default(),
        impact: listed.impact.into(),
        cause: listed.cause.as_str().to_owned(),
        days_open: listed.days_open,
        owner: listed.owner,
        version: acceptance.as_ref().map_or(0, |of| of.policy_version),
        accepted_at: acceptance.map(|of| moment(of.accepted_at_ms)).unwrap_or_default(),
    }
}
