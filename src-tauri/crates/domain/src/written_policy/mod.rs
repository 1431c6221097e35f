//! The policy a person wrote: which low-impact items are resolved without a person, within which limits, and who looks
//! after what stays.

mod resolve;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::{Confidence, Currency, Money, RootCause};

pub use resolve::{
    Counted, Judged, Kept, MonthUse, PeriodUse, PolicyItem, PolicyMonth, PolicyPeriod, PolicySubject, UnknownMonth,
};

/// What is resolved without a person.
///
/// Invariants, set by [`Policy::new`] and kept by private fields: all amounts are above zero and in the policy's currency;
/// no total is below the amount of a single item; percentages are above 0 and at most 100; `none`, which is no cause, has
/// no limit; names are not blank; matches are not approved from a confidence below one half. A cause without a limit is
/// never resolved without a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    currency: Currency,
    confidence: Confidence,
    default_owner: Option<String>,
    causes: BTreeMap<RootCause, CausePolicy>,
}

/// What holds for one cause.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CausePolicy {
    /// Up to where its items are resolved; none: never.
    pub limit: Option<CauseLimit>,
    /// Name of who looks after the items that stay; none: the policy's default owner.
    pub owner: Option<String>,
}

/// Up to where items of a cause are resolved. All bounds are inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CauseLimit {
    /// Most that an item may come to.
    pub amount: Money,
    /// Most that it may be of its record or match (of a match's ledger side), in hundredths of a percent; none: any share.
    pub percent: Option<u32>,
    /// Most items a period; none: any number.
    pub count: Option<u32>,
    /// Most that the items of a period may come to together; none: any sum.
    pub total: Option<Money>,
}

/// A policy as it was saved. Versions are added, never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyVersion {
    /// 1 for the first, and one more each time.
    pub version: u32,
    /// Name of who wrote it.
    pub written_by: String,
    /// When it was saved, in milliseconds since 1970-01-01 UTC.
    pub written_at_ms: i64,
    /// Why, in their words.
    pub reason: String,
    /// What it says.
    pub policy: Policy,
}

/// Why something is no policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// An amount or a total of zero or less.
    #[error("{cause}: {what} of {amount} is not above zero; to resolve nothing, leave the limit out")]
    NotPositive {
        /// The cause.
        cause: &'static str,
        /// Which limit.
        what: &'static str,
        /// Its value.
        amount: Money,
    },
    /// An amount in another currency than the policy.
    #[error("{cause}: limits are in {expected}, the company's base currency, not in {found}")]
    Currency {
        /// The cause.
        cause: &'static str,
        /// The policy's currency.
        expected: Currency,
        /// The amount's.
        found: Currency,
    },
    /// A single item may come to more than all of them.
    #[error("{cause}: the total of {total} is below the amount of {amount} for one item")]
    TotalBelowAmount {
        /// The cause.
        cause: &'static str,
        /// Most for all items of a period.
        total: Money,
        /// Most for one.
        amount: Money,
    },
    /// A share that no item can have, or that leaves none.
    #[error("{0}: the percentage must be above 0 and at most 100")]
    Percent(&'static str),
    /// No item at all.
    #[error("{0}: a count of 0 resolves nothing; leave the limit out instead")]
    Count(&'static str),
    /// A limit for what is no cause.
    #[error("'none' is no cause: what has no named cause is never resolved without a person")]
    NoCause,
    /// Matches would be approved that are more likely wrong than right.
    #[error("a confidence of {0} is too low: it must be between 0.5 and 1")]
    Confidence(Confidence),
    /// A name that nobody has.
    #[error("an owner's name must have 1 to {OWNER_CHARS_MAX} letters, without line breaks")]
    Owner,
}

/// Letters of an owner's name.
pub const OWNER_CHARS_MAX: usize = 100;

/// Least confidence that a policy may ask of matches, in millionths.
const CONFIDENCE_LEAST_PPM: u32 = 500_000;
/// What is asked of matches unless a policy says otherwise, in millionths: the same as in `auto_approve`.
const CONFIDENCE_PPM: u32 = 980_000;
/// 100 percent, in hundredths of a percent.
const WHOLE: u32 = 10_000;

impl Policy {
    /// What is asked of matches unless a policy says otherwise.
    pub const fn default_confidence() -> Confidence {
        Confidence::from_ppm(CONFIDENCE_PPM)
    }

    /// Puts a policy together, or says what is wrong with it. Causes of which nothing is said are left out.
    pub fn new(
        currency: Currency,
        confidence: Confidence,
        default_owner: Option<String>,
        causes: BTreeMap<RootCause, CausePolicy>,
    ) -> Result<Self, PolicyError> {
        if !(CONFIDENCE_LEAST_PPM..=1_000_000).contains(&confidence.ppm()) {
            return Err(PolicyError::Confidence(confidence));
        }
        let default_owner = default_owner.as_deref().map(owner_name).transpose()?;
        let mut checked = BTreeMap::new();
        for (cause, of) in causes {
            let owner = of.owner.as_deref().map(owner_name).transpose()?;
            if let Some(limit) = &of.limit {
                limit.check(cause, currency)?;
            }
            if of.limit.is_some() || owner.is_some() {
                checked.insert(cause, CausePolicy { limit: of.limit, owner });
            }
        }
        Ok(Self { currency, confidence, default_owner, causes: checked })
    }

    /// The currency of all its limits: the company's base currency.
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Least confidence of a match.
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Name of who looks after what has no other owner.
    pub fn default_owner(&self) -> Option<&str> {
        self.default_owner.as_deref()
    }

    /// The causes of which it says something, in the order of the fixed list.
    pub fn causes(&self) -> impl Iterator<Item = (RootCause, &CausePolicy)> {
        self.causes.iter().map(|(cause, of)| (*cause, of))
    }

    /// Whether it lets anything be resolved without a person; else it only names who looks after what.
    pub fn has_limits(&self) -> bool {
        self.causes.values().any(|of| of.limit.is_some())
    }

    /// Up to where items of a cause are resolved; none: never.
    pub fn limit(&self, cause: RootCause) -> Option<&CauseLimit> {
        self.causes.get(&cause)?.limit.as_ref()
    }

    /// Name of who looks after the items of a cause that stay.
    pub fn owner(&self, cause: RootCause) -> Option<&str> {
        let own = self.causes.get(&cause).and_then(|of| of.owner.as_deref());
        own.or(self.default_owner.as_deref())
    }
}

impl CauseLimit {
    fn check(&self, cause: RootCause, currency: Currency) -> Result<(), PolicyError> {
        if cause == RootCause::None {
            return Err(PolicyError::NoCause);
        }
        let name = cause.as_str();
        for (what, amount) in [("an amount", Some(self.amount)), ("a total", self.total)] {
            let Some(amount) = amount else { continue };
            if amount.currency() != currency {
                return Err(PolicyError::Currency { cause: name, expected: currency, found: amount.currency() });
            }
            if amount.minor_units() <= 0 {
                return Err(PolicyError::NotPositive { cause: name, what, amount });
            }
        }
        match self.total {
            Some(total) if total.minor_units() < self.amount.minor_units() => {
                return Err(PolicyError::TotalBelowAmount { cause: name, total, amount: self.amount });
            }
            _ => {}
        }
        if self.percent.is_some_and(|percent| percent == 0 || percent > WHOLE) {
            return Err(PolicyError::Percent(name));
        }
        if self.count == Some(0) { Err(PolicyError::Count(name)) } else { Ok(()) }
    }
}

/// An owner's name without blanks around it, or why it is none.
pub fn owner_name(name: &str) -> Result<String, PolicyError> {
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= OWNER_CHARS_MAX && !name.chars().any(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err(PolicyError::Owner) }
}
