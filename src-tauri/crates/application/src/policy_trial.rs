//! Trying a policy on what is in the queue and on what was decided, before it is saved. Nothing is changed.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use tieout_domain::{
    AccountId, Counted, Judged, Kept, Money, PeriodUse, Policy, PolicyMonth, PolicySubject, RootCause,
};
use tieout_workbook::{PastDecision, PastItem, PolicyPlan, Workbook};

use crate::{ApplicationError, PolicyText, Session, policy};

/// Examples of each kind.
const EXAMPLES_MAX: usize = 50;

/// What a policy would do, and would have done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTrial {
    /// What it would resolve now, and what it would keep: exactly what applying it does.
    pub now: PolicyPlan,
    /// What it would have made of all items the workbook knows, had it held from the beginning: by cause, then month.
    pub groups: Vec<PolicyTrialGroup>,
    /// Items that it would have resolved and that a person decided otherwise, oldest first …
    pub contradictions: Vec<PolicyTrialExample>,
    /// … and how many they are.
    pub contradictions_total: u64,
    /// Items that were resolved without a person and that it would have left to one …
    pub not_made: Vec<PolicyTrialExample>,
    /// … and how many they are.
    pub not_made_total: u64,
}

/// What a policy would have made of the items of a cause, account and month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTrialGroup {
    /// The cause.
    pub cause: RootCause,
    /// The account's name; none: the books.
    pub account: Option<String>,
    /// The month; none: items without a date.
    pub month: Option<PolicyMonth>,
    /// Items.
    pub items: u64,
    /// Of these, items that it would have resolved …
    pub resolved: u64,
    /// … and what they come to, in the policy's currency.
    pub total: Money,
    /// Of those resolved, items that wait for a person.
    pub waiting: u64,
    /// Of those resolved, items that were resolved without a person too.
    pub automatic: u64,
    /// Of those resolved, matches that a person approved.
    pub approved: u64,
    /// Of those resolved, items that a person decided otherwise.
    pub contradicted: u64,
    /// Of those it would have kept, items that were resolved without a person.
    pub not_made: u64,
    /// Items that it would have kept only because a count or total was reached.
    pub over_limit: u64,
}

/// An item that a trial tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTrialExample {
    /// What it is.
    pub subject: PolicySubject,
    /// Its cause; none: more than one.
    pub cause: Option<RootCause>,
    /// Its day.
    pub date: Option<Date>,
    /// Who: the other party as best known.
    pub title: String,
    /// Text of the line, or numbers of the entries.
    pub subtitle: String,
    /// What is at stake.
    pub impact: Money,
    /// What became of it.
    pub decided: PastDecision,
    /// Why the policy would have kept it; none: it would have resolved it.
    pub kept: Option<Kept>,
}

impl Session {
    /// Tries a policy on the open workbook.
    pub fn try_policy(&self, text: &PolicyText) -> Result<PolicyTrial, ApplicationError> {
        self.with_open(|open| {
            let workbook = &open.workbook;
            let policy = policy::checked(workbook, text)?;
            trial(workbook, &policy)
        })
    }
}

fn trial(workbook: &Workbook, policy: &Policy) -> Result<PolicyTrial, ApplicationError> {
    let now = workbook.plan_policy(policy)?;
    let past = workbook.past_policy_items()?;
    let items: Vec<_> = past.iter().map(|past| past.item.clone()).collect();
    let decided: HashMap<PolicySubject, PastDecision> =
        past.iter().map(|PastItem { item, decided }| (item.subject, *decided)).collect();
    let rates = workbook.exchange_rates()?;
    let judged = policy.resolve(&items, &mut PeriodUse::new(), &rates, |_| true);
    let mut groups = Groups::new(workbook, policy)?;
    let (mut contradictions, mut not_made) = (Examples::default(), Examples::default());
    for judged in &judged {
        let decided = decided.get(&judged.item.subject).copied().unwrap_or(PastDecision::Waiting);
        groups.add(judged, decided)?;
        match judged.outcome {
            Ok(_) if decided.is_against() => contradictions.add(workbook, judged, decided)?,
            Err(_) if decided == PastDecision::Automatic => not_made.add(workbook, judged, decided)?,
            _ => {}
        }
    }
    Ok(PolicyTrial {
        now,
        groups: groups.listed(),
        contradictions: contradictions.shown,
        contradictions_total: contradictions.total,
        not_made: not_made.shown,
        not_made_total: not_made.total,
    })
}

/// Some of the items of a kind, and how many there are.
#[derive(Default)]
struct Examples {
    shown: Vec<PolicyTrialExample>,
    total: u64,
}

impl Examples {
    fn add(&mut self, workbook: &Workbook, judged: &Judged<'_>, decided: PastDecision) -> Result<(), ApplicationError> {
        self.total += 1;
        if self.shown.len() < EXAMPLES_MAX {
            let item = judged.item;
            let row = workbook.policy_row(item.subject)?;
            self.shown.push(PolicyTrialExample {
                subject: item.subject,
                cause: item.cause,
                date: item.date,
                title: row.title,
                subtitle: row.subtitle,
                impact: item.impact,
                decided,
                kept: judged.outcome.err(),
            });
        }
        Ok(())
    }
}

type GroupKey = (RootCause, Option<PolicyMonth>, Option<AccountId>);

/// Counts by cause, month and account, of the causes that the policy lists.
struct Groups<'p> {
    policy: &'p Policy,
    accounts: HashMap<AccountId, String>,
    by_key: BTreeMap<GroupKey, PolicyTrialGroup>,
}

impl<'p> Groups<'p> {
    fn new(workbook: &Workbook, policy: &'p Policy) -> Result<Self, ApplicationError> {
        let accounts = workbook.accounts()?.into_iter().map(|account| (account.id, account.name)).collect();
        Ok(Self { policy, accounts, by_key: BTreeMap::new() })
    }

    fn add(&mut self, judged: &Judged<'_>, decided: PastDecision) -> Result<(), ApplicationError> {
        let (item, automatic) = (judged.item, decided == PastDecision::Automatic);
        let Some(cause) = item.cause.filter(|cause| automatic || self.policy.limit(*cause).is_some()) else {
            return Ok(());
        };
        let month = item.date.map(PolicyMonth::from);
        let group = self.by_key.entry((cause, month, item.account)).or_insert_with(|| PolicyTrialGroup {
            cause,
            account: item.account.and_then(|id| self.accounts.get(&id).cloned()),
            month,
            items: 0,
            resolved: 0,
            total: Money::zero(self.policy.currency()),
            waiting: 0,
            automatic: 0,
            approved: 0,
            contradicted: 0,
            not_made: 0,
            over_limit: 0,
        });
        group.items += 1;
        match judged.outcome {
            Ok(counted) => group.add_resolved(counted, decided)?,
            Err(kept) => {
                group.not_made += u64::from(automatic);
                group.over_limit += u64::from(matches!(kept, Kept::Count | Kept::Total));
            }
        }
        Ok(())
    }

    fn listed(self) -> Vec<PolicyTrialGroup> {
        self.by_key.into_values().collect()
    }
}

impl PolicyTrialGroup {
    fn add_resolved(&mut self, counted: Counted, decided: PastDecision) -> Result<(), ApplicationError> {
        self.resolved += 1;
        self.total = self.total.checked_add(counted.amount)?;
        match decided {
            PastDecision::Waiting => self.waiting += 1,
            PastDecision::Automatic => self.automatic += 1,
            PastDecision::Approved => self.approved += 1,
            PastDecision::Rejected | PastDecision::Overridden | PastDecision::TakenBack => self.contradicted += 1,
        }
        Ok(())
    }
}
