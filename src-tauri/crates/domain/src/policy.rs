//! The configuration of a run: what the engine may propose, and what it may approve by itself.

use rust_decimal::Decimal;

use crate::{Confidence, Currency, ExchangeRates, Profile, Rule};

/// How far a proposal's two sides may differ without a named cause. Bounds are inclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tolerance {
    /// In major units of the record's currency.
    pub amount_absolute: Decimal,
    /// In percent of the ledger side.
    pub amount_percent: Decimal,
    /// Days between the two dates, for proposals without a reference; unset: the profile's own.
    pub days: Option<u32>,
}

/// When a match may be approved without a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutoApprove {
    /// Least confidence.
    pub confidence: Confidence,
    /// Most unexplained difference, in major units.
    pub impact: Decimal,
    /// Whether an agreeing reference is needed besides.
    pub require_reference: bool,
}

/// How large a group may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    /// Most records on one side of a group.
    pub max_group: usize,
}

/// Everything a run is told besides the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReconcileConfig {
    /// Kind of reconciliation.
    pub profile: Profile,
    /// Differences that need no cause.
    pub tolerance: Tolerance,
    /// Conditions of automatic approval.
    pub auto_approve: AutoApprove,
    /// Size of groups.
    pub grouping: Grouping,
    /// Currency of records that name none.
    pub base_currency: Option<Currency>,
    /// How records of different currencies are matched: by these rates and, for currencies that stand in none, by those
    /// which quoted documents show. `None`: they are not.
    pub cross_currency: Option<ExchangeRates>,
    /// Rules a person wrote, in their order.
    pub rules: Vec<Rule>,
}

impl ReconcileConfig {
    /// The documented defaults of a profile: one cent of tolerance, approval from 98 % with a difference of at most 50,
    /// groups of at most 8; dates within 40 days (`bank`), 5 days (`processor`), any (`jobs`, `deposits`).
    pub fn for_profile(profile: Profile) -> Self {
        let days = match profile {
            Profile::Bank => Some(40),
            Profile::Processor => Some(5),
            Profile::Jobs | Profile::Deposits | Profile::Categorise => None,
        };
        Self {
            profile,
            tolerance: Tolerance { amount_absolute: Decimal::new(1, 2), amount_percent: Decimal::ZERO, days },
            auto_approve: AutoApprove {
                confidence: Confidence::from_ppm(980_000),
                impact: Decimal::new(50, 0),
                require_reference: false,
            },
            grouping: Grouping { max_group: 8 },
            base_currency: None,
            cross_currency: Some(ExchangeRates::default()),
            rules: Vec::new(),
        }
    }
}

impl Default for ReconcileConfig {
    fn default() -> Self {
        Self::for_profile(Profile::Bank)
    }
}
