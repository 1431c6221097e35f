//! Figures by which a reconciliation is judged, and the limits they are held against.
//!
//! Shares are hundredths of a percent throughout: 10,000 is the whole.

use crate::Currency;

/// What figures are held against. Each can be set; the defaults are those documented in the README.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureLimits {
    /// Largest variance between bank and books that is within the limit, in hundredths of a percent.
    pub variance: u32,
    /// From so much on an unmatched record is one of high value: whole major units of its currency.
    pub high_value: u64,
    /// Above this discrepancy rate the risk is medium, in hundredths of a percent.
    pub risk_medium: u32,
    /// Above this discrepancy rate the risk is high, in hundredths of a percent.
    pub risk_high: u32,
}

impl Default for FigureLimits {
    /// Variance up to 1 %, high value from 10,000, medium risk above 1 %, high risk above 5 %.
    fn default() -> Self {
        Self { variance: 100, high_value: 10_000, risk_medium: 100, risk_high: 500 }
    }
}

impl FigureLimits {
    /// The least amount of high value, in minor units of this currency.
    pub fn high_value_in(&self, currency: Currency) -> u128 {
        u128::from(self.high_value) * 10_u128.pow(currency.digits())
    }
}

/// Share of `part` in `whole`; none where there is no whole. Rounded down, so that 100 % means all.
pub fn share(part: u64, whole: u64) -> Option<u64> {
    (whole > 0).then(|| u64::try_from(u128::from(part) * 10_000 / u128::from(whole)).unwrap_or(u64::MAX))
}

/// What bank and books of one currency come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variance {
    /// Their currency.
    pub currency: Currency,
    /// Sum of the statement lines, in minor units.
    pub bank: i128,
    /// Sum of the ledger entries, in minor units.
    pub books: i128,
}

impl Variance {
    /// How far the bank is from the books, as a share of the books: cents are ignored, so both are cut to whole units
    /// first. Rounded up, so that what is within a limit is truly within. None where the books have nothing to compare
    /// with and the bank has something.
    pub fn rate(&self) -> Option<u64> {
        let unit = 10_i128.pow(self.currency.digits());
        let (bank, books) = (self.bank / unit, self.books / unit);
        let (gap, books) = (bank.abs_diff(books), books.unsigned_abs());
        match (gap, books) {
            (0, _) => Some(0),
            (_, 0) => None,
            _ => Some(u64::try_from(gap.saturating_mul(10_000).div_ceil(books)).unwrap_or(u64::MAX)),
        }
    }

    /// Whether the variance is within the limit. What cannot be compared is not.
    pub fn is_within(&self, limits: &FigureLimits) -> bool {
        self.rate().is_some_and(|rate| rate <= u64::from(limits.variance))
    }
}

/// How much of the money at hand is not accounted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RiskLevel {
    /// The discrepancy rate is up to the limit of medium risk, no missing transaction is of high value, and every
    /// balance is proved.
    Low,
    /// The discrepancy rate is above the limit of medium risk, or a missing transaction is of high value.
    Medium,
    /// The discrepancy rate is above the limit of high risk, or a balance is not proved.
    High,
}

impl RiskLevel {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Whether a reconciliation may be signed off as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ComplianceStatus {
    /// Nothing speaks against it.
    Compliant,
    /// A person has to look first: the risk is not low.
    ReviewNeeded,
    /// A balance is not proved, or a variance is beyond its limit.
    NonCompliant,
}

impl ComplianceStatus {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Compliant => "compliant",
            Self::ReviewNeeded => "review_needed",
            Self::NonCompliant => "non_compliant",
        }
    }
}

/// One reason why risk is not low, or the status not compliant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JudgementReason {
    /// A balance proof does not hold.
    BalanceNotProved,
    /// A variance is above its limit, or cannot be measured because the books are empty.
    VarianceAboveLimit,
    /// The discrepancy rate is above the limit of high risk.
    DiscrepancyRateHigh,
    /// The discrepancy rate is above the limit of medium risk.
    DiscrepancyRateMedium,
    /// Missing transactions of high value.
    HighValueMissing,
}

impl JudgementReason {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BalanceNotProved => "balance_not_proved",
            Self::VarianceAboveLimit => "variance_above_limit",
            Self::DiscrepancyRateHigh => "discrepancy_rate_high",
            Self::DiscrepancyRateMedium => "discrepancy_rate_medium",
            Self::HighValueMissing => "high_value_missing",
        }
    }
}

/// What a reconciliation is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// Whether every balance proof holds.
    pub balances_hold: bool,
    /// What bank and books come to, one a currency.
    pub variances: Vec<Variance>,
    /// The worst discrepancy rate of any currency; none where there is no money at all.
    pub discrepancy_rate: Option<u64>,
    /// How many missing transactions are of high value.
    pub high_value_missing: u64,
}

impl Findings {
    /// Everything that speaks against it, gravest first.
    pub fn reasons(&self, limits: &FigureLimits) -> Vec<JudgementReason> {
        use JudgementReason as Reason;
        let above = |limit: u32| self.discrepancy_rate.is_some_and(|rate| rate > u64::from(limit));
        let high = above(limits.risk_high);
        let told = [
            (!self.balances_hold, Reason::BalanceNotProved),
            (self.variances.iter().any(|variance| !variance.is_within(limits)), Reason::VarianceAboveLimit),
            (high, Reason::DiscrepancyRateHigh),
            (!high && above(limits.risk_medium), Reason::DiscrepancyRateMedium),
            (self.high_value_missing > 0, Reason::HighValueMissing),
        ];
        told.into_iter().filter_map(|(holds, reason)| holds.then_some(reason)).collect()
    }

    /// How much is at risk.
    pub fn risk(&self, limits: &FigureLimits) -> RiskLevel {
        let level = |reason: JudgementReason| match reason {
            JudgementReason::BalanceNotProved | JudgementReason::DiscrepancyRateHigh => RiskLevel::High,
            JudgementReason::DiscrepancyRateMedium | JudgementReason::HighValueMissing => RiskLevel::Medium,
            // What is outstanding on one side only moves the totals apart; by itself it puts no money at risk.
            JudgementReason::VarianceAboveLimit => RiskLevel::Low,
        };
        self.reasons(limits).into_iter().map(level).max().unwrap_or(RiskLevel::Low)
    }

    /// Whether it may be signed off as it stands.
    pub fn compliance(&self, limits: &FigureLimits) -> ComplianceStatus {
        let status = |reason: JudgementReason| match reason {
            JudgementReason::BalanceNotProved | JudgementReason::VarianceAboveLimit => ComplianceStatus::NonCompliant,
            JudgementReason::DiscrepancyRateHigh
            | JudgementReason::DiscrepancyRateMedium
            | JudgementReason::HighValueMissing => ComplianceStatus::ReviewNeeded,
        };
        self.reasons(limits).into_iter().map(status).max().unwrap_or(ComplianceStatus::Compliant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variance(bank: i128, books: i128, code: &str) -> Variance {
        Variance { currency: Currency::parse(code).unwrap(), bank, books }
    }

    #[test]
    fn variance_ignores_cents_and_is_rounded_up() {
        for (bank, books, code, rate) in [
            (100_000, 100_000, "EUR", Some(0)),
            // 1,000.99 against 1,000.00: the same but for cents.
            (100_099, 100_000, "EUR", Some(0)),
            (101_000, 100_000, "EUR", Some(100)),
            // 1,010 of 1,000 is 1 % exactly, 1,011 a tenth more.
            (101_100, 100_000, "EUR", Some(110)),
            // 1 of 3,000,000 is less than a hundredth of a percent, and not nothing.
            (300_000_100, 300_000_000, "EUR", Some(1)),
            (-98_000, -100_000, "EUR", Some(200)),
            (101, 100, "JPY", Some(100)),
            (1_019_999, 1_000_000, "KWD", Some(190)),
            (99, 0, "EUR", Some(0)),
            (0, 0, "EUR", Some(0)),
            (100, 99, "EUR", None),
            (i128::from(i64::MAX) * 1_000, -1, "JPY", Some(u64::MAX)),
        ] {
            assert_eq!(variance(bank, books, code).rate(), rate, "{bank} {books} {code}");
        }
    }

    #[test]
    fn a_limit_is_kept_at_the_limit_and_not_beyond() {
        let limits = FigureLimits::default();
        assert!(variance(101_000, 100_000, "EUR").is_within(&limits));
        assert!(!variance(101_100, 100_000, "EUR").is_within(&limits));
        assert!(!variance(100, 0, "EUR").is_within(&limits));
    }

    #[test]
    fn a_share_of_all_but_one_is_not_all() {
        assert_eq!(share(9_999_999, 10_000_000), Some(9_999));
        assert_eq!((share(3, 3), share(0, 7), share(0, 0)), (Some(10_000), Some(0), None));
    }

    #[track_caller]
    fn judged(findings: &Findings, risk: RiskLevel, compliance: ComplianceStatus) {
        let limits = FigureLimits::default();
        assert_eq!((findings.risk(&limits), findings.compliance(&limits)), (risk, compliance), "{findings:?}");
    }

    #[test]
    fn risk_and_compliance_follow_the_documented_thresholds() {
        let fine = Findings { balances_hold: true, discrepancy_rate: Some(100), ..Findings::default() };
        judged(&fine, RiskLevel::Low, ComplianceStatus::Compliant);
        let rate = |rate| Findings { discrepancy_rate: Some(rate), ..fine.clone() };
        judged(&rate(101), RiskLevel::Medium, ComplianceStatus::ReviewNeeded);
        judged(&rate(500), RiskLevel::Medium, ComplianceStatus::ReviewNeeded);
        judged(&rate(501), RiskLevel::High, ComplianceStatus::ReviewNeeded);
        let large = Findings { high_value_missing: 1, ..fine.clone() };
        judged(&large, RiskLevel::Medium, ComplianceStatus::ReviewNeeded);
        let apart = Findings { variances: vec![variance(102_000, 100_000, "EUR")], ..fine.clone() };
        judged(&apart, RiskLevel::Low, ComplianceStatus::NonCompliant);
        let unproved = Findings { balances_hold: false, ..fine };
        judged(&unproved, RiskLevel::High, ComplianceStatus::NonCompliant);
    }

    #[test]
    fn reasons_are_told_once_each_gravest_first() {
        let all = Findings {
            balances_hold: false,
            variances: vec![variance(1_000, 0, "EUR"), variance(900, 1_000, "EUR")],
            discrepancy_rate: Some(9_000),
            high_value_missing: 3,
        };
        let words: Vec<_> = all.reasons(&FigureLimits::default()).into_iter().map(JudgementReason::as_str).collect();
        assert_eq!(
            words,
            ["balance_not_proved", "variance_above_limit", "discrepancy_rate_high", "high_value_missing"]
        );
    }

    #[test]
    fn the_limit_of_high_value_is_in_whole_units_of_each_currency() {
        let limits = FigureLimits { high_value: 5, ..FigureLimits::default() };
        let least = |code| limits.high_value_in(Currency::parse(code).unwrap());
        assert_eq!((least("EUR"), least("JPY"), least("KWD")), (500, 5, 5_000));
    }
}
