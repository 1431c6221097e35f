//! Which detectors are on, and their thresholds. The defaults are those documented in the README.

use jiff::civil::Weekday;
use rust_decimal::Decimal;
use tieout_domain::Currency;

/// How anomalies are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnomalyConfig {
    /// Most that are listed of one kind; the others are counted.
    pub listed_max: u32,
    /// Amounts unusual for the counterparty.
    pub unusual_amount: UnusualAmountConfig,
    /// Postings at weekends.
    pub weekend_posting: WeekendConfig,
    /// Postings into a period that was over.
    pub after_period_posting: AfterPeriodConfig,
    /// Large round sums.
    pub round_sum: RoundSumConfig,
    /// Payments split to stay under a limit.
    pub split_payment: SplitConfig,
    /// The same amount again.
    pub near_duplicate: NearDuplicateConfig,
    /// Large first postings.
    pub new_counterparty: NewCounterpartyConfig,
    /// Leading digits.
    pub benford: BenfordConfig,
}

/// [`crate::AnomalyKind::UnusualAmount`]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusualAmountConfig {
    /// Whether it is looked for.
    pub enabled: bool,
    /// Least robust z-score, in thousandths.
    pub score: u32,
    /// Fewest postings of the counterparty in this direction and currency that tell what is usual.
    pub history: u32,
    /// Least share of the usual amount, in percent.
    pub times_usual: u32,
}

/// [`crate::AnomalyKind::WeekendPosting`]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekendConfig {
    /// Whether it is looked for.
    pub enabled: bool,
    /// The days that are no working days.
    pub days: Vec<Weekday>,
    /// Largest share of the account's postings on these days that is still out of the ordinary, in hundredths of a percent.
    pub share_max: u32,
    /// Fewest postings of the account that tell what is usual.
    pub history: u32,
}

/// [`crate::AnomalyKind::AfterPeriodPosting`]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfterPeriodConfig {
    /// Whether it is looked for.
    pub enabled: bool,
    /// Days after the end of a month in which postings into it are ordinary.
    pub grace_days: u32,
    /// Largest share of late postings that is still out of the ordinary, in hundredths of a percent.
    pub share_max: u32,
}

/// [`crate::AnomalyKind::RoundSum`]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundSumConfig {
    /// Whether it is looked for.
    pub enabled: bool,
    /// What a round sum is a multiple of, in major units.
    pub units: Vec<u32>,
    /// A sum is large that so many percent of the amounts do not reach.
    pub percentile: u32,
    /// Largest share of large sums that are so round that is still out of the ordinary, in hundredths of a percent.
    pub share_max: u32,
    /// Fewest postings that tell what is usual.
    pub history: u32,
}

/// A limit that payments may be split to stay under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitLimit {
    /// The limit in major units; payments up to and including it need no approval.
    pub amount: Decimal,
    /// Its currency; none: every currency that has no limit of its own.
    pub currency: Option<Currency>,
}

/// [`crate::AnomalyKind::SplitPayment`]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitConfig {
    /// Whether it is looked for.
    pub enabled: bool,
    /// The limits; none: nothing is looked for.
    pub limits: Vec<SplitLimit>,
    /// From so many percent of the limit on a payment is just under it.
    pub from_percent: u32,
    /// Most days from the first payment to the last.
    pub days: u32,
}

/// [`crate::AnomalyKind::NearDuplicate`]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearDuplicateConfig {
    /// Whether it is looked for.
    pub enabled: bool,
    /// Most days from one posting to the next.
    pub days: u32,
    /// Most that the amounts may differ by, in major units.
    pub amount_within: Decimal,
    /// An amount is looked at that so many percent of the amounts do not reach: small ones repeat by chance.
    pub percentile: u32,
}

/// [`crate::AnomalyKind::NewCounterparty`]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCounterpartyConfig {
    /// Whether it is looked for.
    pub enabled: bool,
    /// An amount is large that so many percent of the amounts do not reach.
    pub percentile: u32,
    /// Days of records before a counterparty counts as new.
    pub known_days: u32,
    /// Largest share of postings with new counterparties that is still out of the ordinary, in hundredths of a percent.
    pub share_max: u32,
    /// Fewest postings that tell what is usual.
    pub history: u32,
}

/// [`crate::AnomalyKind::Benford`]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BenfordConfig {
    /// Whether it is looked for.
    pub enabled: bool,
    /// Fewest postings of a period.
    pub records_min: u32,
    /// From so many postings on, the first two digits are looked at and not just the first.
    pub two_digits_from: u32,
}

impl Default for AnomalyConfig {
    fn default() -> Self {
        Self {
            listed_max: 25,
            unusual_amount: UnusualAmountConfig { enabled: true, score: 3_500, history: 12, times_usual: 200 },
            weekend_posting: WeekendConfig {
                enabled: true,
                days: vec![Weekday::Saturday, Weekday::Sunday],
                share_max: 100,
                history: 100,
            },
            after_period_posting: AfterPeriodConfig { enabled: true, grace_days: 10, share_max: 200 },
            round_sum: RoundSumConfig {
                enabled: true,
                units: vec![1_000, 500, 100],
                percentile: 95,
                share_max: 200,
                history: 100,
            },
            split_payment: SplitConfig {
                enabled: true,
                limits: vec![SplitLimit { amount: Decimal::from(10_000), currency: None }],
                from_percent: 90,
                days: 3,
            },
            near_duplicate: NearDuplicateConfig {
                enabled: true,
                days: 5,
                amount_within: Decimal::new(5, 2),
                percentile: 50,
            },
            new_counterparty: NewCounterpartyConfig {
                enabled: true,
                percentile: 99,
                known_days: 90,
                share_max: 1_000,
                history: 200,
            },
            benford: BenfordConfig { enabled: true, records_min: 500, two_digits_from: 5_000 },
        }
    }
}
