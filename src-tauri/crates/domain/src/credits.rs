//! Credits: what a customer's deposits come to at a rate of so much money a credit.
//!
//! Kept exactly, as whole credits and a fraction of one: what does not make up a whole credit is never lost, be the rate
//! changed in between or not, and the order in which deposits and reversals come makes no difference to their sum.

use crate::{Currency, Money, MoneyError};

/// Largest common denominator of all rates of a currency: sums of fractions over it never overflow.
const DENOMINATOR_MAX: i128 = 1_000_000_000_000_000;

/// What one credit costs: more than nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CreditRate(Money);

/// A number of credits, possibly negative: `whole + part / of`, where `0 ≤ part < of`, in lowest terms. Only whole
/// credits count, rounded down; the rest is kept for later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Credits {
    whole: i64,
    part: i64,
    of: i64,
}

/// Why credits could not be counted, or an amount is no rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreditError {
    /// A credit would cost nothing, or less.
    #[error("{0} is no rate: a credit costs more than nothing")]
    NotPositive(Money),
    /// The rate has too little in common with earlier ones for fractions of credits to be kept exactly.
    #[error("{0} a credit has too little in common with the rates before: choose a rounder amount")]
    Uneven(Money),
    /// The result does not fit 64 bits.
    #[error("the credits are too many: they do not fit 64 bits")]
    Overflow,
    /// The fraction is none between 0 and 1.
    #[error("{part}/{of} is no fraction of a credit")]
    Fraction {
        /// Numerator.
        part: i64,
        /// Denominator.
        of: i64,
    },
    /// The amount is in another currency than the rate.
    #[error(transparent)]
    Amount(#[from] MoneyError),
}

impl CreditRate {
    /// So much money is one credit.
    pub fn new(per_credit: Money) -> Result<Self, CreditError> {
        if per_credit.minor_units() > 0 { Ok(Self(per_credit)) } else { Err(CreditError::NotPositive(per_credit)) }
    }

    /// What one credit costs.
    pub const fn per_credit(self) -> Money {
        self.0
    }

    /// Its currency.
    pub const fn currency(self) -> Currency {
        self.0.currency()
    }

    /// Refuses a rate after which fractions of credits at this and the `earlier` rates could no longer be added exactly.
    pub fn check_beside(self, earlier: impl IntoIterator<Item = Self>) -> Result<(), CreditError> {
        let mut common = i128::from(self.0.minor_units());
        for rate in earlier {
            let other = i128::from(rate.0.minor_units());
            common = common / gcd(common, other) * other;
            if common > DENOMINATOR_MAX {
                break;
            }
        }
        if common > DENOMINATOR_MAX { Err(CreditError::Uneven(self.0)) } else { Ok(()) }
    }
}

impl Credits {
    /// None at all.
    pub const NONE: Self = Self { whole: 0, part: 0, of: 1 };

    /// Credits as they were stored.
    pub fn from_parts(whole: i64, part: i64, of: i64) -> Result<Self, CreditError> {
        if part < 0 || part >= of {
            return Err(CreditError::Fraction { part, of });
        }
        Self::normal(i128::from(whole), i128::from(part), i128::from(of))
    }

    /// What an amount comes to at this rate; a negative amount takes as much away.
    pub fn worth(amount: Money, rate: CreditRate) -> Result<Self, CreditError> {
        if amount.currency() != rate.currency() {
            return Err(MoneyError::CurrencyMismatch { left: amount.currency(), right: rate.currency() }.into());
        }
        let (amount, rate) = (amount.minor_units(), rate.0.minor_units());
        Self::normal(i128::from(amount.div_euclid(rate)), i128::from(amount.rem_euclid(rate)), i128::from(rate))
    }

    /// Adds credits, exactly.
    pub fn checked_add(self, other: Self) -> Result<Self, CreditError> {
        let (of, other_of) = (i128::from(self.of), i128::from(other.of));
        // Both denominators fit 63 bits, so that neither product overflows 127.
        let common = of / gcd(of, other_of) * other_of;
        let part = |part: i64, of: i128| i128::from(part).checked_mul(common / of);
        let sum = part(self.part, of).zip(part(other.part, other_of)).and_then(|(one, two)| one.checked_add(two));
        let sum = sum.ok_or(CreditError::Overflow)?;
        let whole = i128::from(self.whole) + i128::from(other.whole) + sum / common;
        Self::normal(whole, sum % common, common)
    }

    fn normal(whole: i128, part: i128, of: i128) -> Result<Self, CreditError> {
        let common = gcd(part, of);
        let fit = |number: i128| i64::try_from(number).map_err(|_| CreditError::Overflow);
        Ok(Self { whole: fit(whole)?, part: fit(part / common)?, of: fit(of / common)? })
    }

    /// Whole credits, rounded down.
    pub const fn whole(self) -> i64 {
        self.whole
    }

    /// What is kept beside the whole credits: numerator and denominator of a fraction of one.
    pub const fn part(self) -> (i64, i64) {
        (self.part, self.of)
    }

    /// What is kept beside the whole credits, in money at this rate; a fraction of a minor unit, as it may come from
    /// another rate, is not shown.
    pub fn remainder(self, rate: CreditRate) -> Money {
        let minor = i128::from(self.part) * i128::from(rate.0.minor_units()) / i128::from(self.of);
        // Less than the rate, since the part is less than one.
        Money::from_minor(i64::try_from(minor).unwrap_or(i64::MAX), rate.currency())
    }
}

/// Greatest common divisor of two numbers of which the second is positive.
fn gcd(one: i128, other: i128) -> i128 {
    let (mut one, mut other) = (one, other);
    while one != 0 {
        (one, other) = (other % one, one);
    }
    other
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rand(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("ZAR").unwrap())
    }

    fn rate(minor: i64) -> CreditRate {
        CreditRate::new(rand(minor)).unwrap()
    }

    fn sum(deposits: &[(i64, i64)]) -> Credits {
        deposits.iter().fold(Credits::NONE, |credits, (minor, at)| {
            credits.checked_add(Credits::worth(rand(*minor), rate(*at)).unwrap()).unwrap()
        })
    }

    /// Deposits in cents, each with its rate; whole credits; what is left in cents at the last rate.
    #[track_caller]
    fn check(deposits: &[(i64, i64)], whole: i64, remainder: i64) {
        let credits = sum(deposits);
        let last = deposits.last().map_or(5_000, |(_, at)| *at);
        assert_eq!((credits.whole(), credits.remainder(rate(last))), (whole, rand(remainder)));
    }

    #[test]
    fn fifty_rand_are_a_credit_and_the_rest_is_kept_for_the_next() {
        check(&[(12_000, 5_000)], 2, 2_000);
        check(&[(12_000, 5_000), (2_999, 5_000)], 2, 4_999);
        check(&[(12_000, 5_000), (2_999, 5_000), (1, 5_000)], 3, 0);
    }

    #[test]
    fn a_reversal_takes_back_what_the_deposit_brought() {
        check(&[(12_000, 5_000), (4_000, 5_000), (-12_000, 5_000)], 0, 4_000);
        check(&[(-12_000, 5_000)], -3, 3_000);
    }

    #[test]
    fn what_is_left_at_one_rate_counts_at_the_next() {
        // 0.6 of a credit and 0.4 of one.
        check(&[(3_000, 5_000), (4_000, 10_000)], 1, 0);
        check(&[(3_000, 5_000), (1_000, 3_000)], 0, 2_800);
        check(&[(3_000, 5_000), (1_000, 3_000), (-3_000, 5_000), (2_000, 3_000)], 1, 0);
    }

    #[test]
    fn a_credit_costs_something_and_in_the_deposits_currency() {
        assert_eq!(CreditRate::new(rand(0)), Err(CreditError::NotPositive(rand(0))));
        assert_eq!(
            CreditRate::new(rand(-1)).unwrap_err().to_string(),
            "-0.01 ZAR is no rate: a credit costs more than nothing"
        );
        let euro = Money::from_minor(100, Currency::parse("EUR").unwrap());
        assert!(matches!(Credits::worth(euro, rate(100)), Err(CreditError::Amount(_))));
    }

    #[test]
    fn rates_that_cannot_be_added_exactly_are_refused() {
        let primes = [999_999_937, 999_999_893, 999_999_883].map(rate);
        assert_eq!(primes[0].check_beside([]), Ok(()));
        assert_eq!(primes[0].check_beside(primes[1..].iter().copied()), Err(CreditError::Uneven(rand(999_999_937))));
        let usual = [2_000, 2_500, 4_999, 5_000, 7_500, 10_000, 12_000].map(rate);
        assert_eq!(rate(9_000).check_beside(usual), Ok(()));
    }

    #[test]
    fn too_many_are_an_error_and_what_was_stored_must_be_a_fraction() {
        let most = Credits::from_parts(i64::MAX, 1, 2).unwrap();
        assert_eq!(most.checked_add(most), Err(CreditError::Overflow));
        assert_eq!(Credits::from_parts(0, 5, 5), Err(CreditError::Fraction { part: 5, of: 5 }));
        assert_eq!(Credits::from_parts(1, 2, 4).unwrap().part(), (1, 2));
    }

    /// Deposits and reversals in cents, at one of these rates.
    fn movements() -> impl Strategy<Value = Vec<(i64, i64)>> {
        let rates = prop::sample::select(vec![5_000_i64, 2_500, 7_500, 4_999, 1, 10_000]);
        prop::collection::vec((-10_000_000_i64..10_000_000, rates), 0..30)
    }

    proptest! {
        #[test]
        fn in_whatever_order_they_come_credits_are_the_sum_over_the_rate(
            amounts in prop::collection::vec(-1_000_000_i64..1_000_000, 0..30), at in 1_i64..100_000,
        ) {
            let forth: Vec<_> = amounts.iter().map(|minor| (*minor, at)).collect();
            let total: i64 = amounts.iter().sum();
            let credits = sum(&forth);
            prop_assert_eq!(credits.whole(), total.div_euclid(at));
            prop_assert_eq!(credits.remainder(rate(at)), rand(total.rem_euclid(at)));
        }

        #[test]
        fn order_makes_no_difference_and_reversing_all_leaves_nothing(
            (all, shuffled) in movements().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        ) {
            prop_assert_eq!(sum(&all), sum(&shuffled));
            let both: Vec<_> = all.iter().copied().chain(shuffled.iter().map(|(minor, at)| (-minor, *at))).collect();
            prop_assert_eq!(sum(&both), Credits::NONE);
        }

        #[test]
        fn stored_and_read_again_they_are_the_same(all in movements()) {
            let credits = sum(&all);
            let (part, of) = credits.part();
            prop_assert_eq!(Credits::from_parts(credits.whole(), part, of), Ok(credits));
        }
    }
}
