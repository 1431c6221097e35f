//! How far the two sides of a match are apart, and what the difference of a job comes from.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::{Currency, Job, Money, MoneyError};

/// What the two sides of a match, or of a job, come to. Both are in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SideTotals {
    /// Sum of the statement lines.
    pub statement: Money,
    /// Sum of the ledger entries: what the difference is a share of.
    pub ledger: Money,
}

impl SideTotals {
    /// `statement − ledger`.
    pub fn difference(self) -> Result<Money, MoneyError> {
        self.statement.checked_sub(self.ledger)
    }

    /// The difference in percent of the ledger side's size, with the difference's sign, rounded half-even to two
    /// decimals; none where the ledger side is nothing.
    pub fn percent(self) -> Result<Option<Decimal>, MoneyError> {
        let difference = i128::from(self.difference()?.minor_units());
        let base = i128::from(self.ledger.magnitude());
        // Two 64-bit numbers and a factor of ten thousand always fit.
        Ok((base != 0).then(|| Decimal::from_i128_with_scale(divide_half_even(difference * 10_000, base), 2)))
    }
}

/// `dividend ÷ divisor`, a half rounded to the even neighbour. The divisor is above zero.
pub const fn divide_half_even(dividend: i128, divisor: i128) -> i128 {
    let (quotient, rest) = (dividend.div_euclid(divisor), dividend.rem_euclid(divisor));
    // The rest lies in 0..divisor, so that its complement does not overflow.
    let (down, up) = (rest, divisor - rest);
    if down > up || (down == up && quotient % 2 != 0) { quotient + 1 } else { quotient }
}

/// How a job's amounts come to differ: by another rate, another quantity, or both.
///
/// The convention is the usual one of variance analysis, with the books as the standard:
/// quantity effect = (statement's quantity − books' quantity) × books' rate, rounded half-even to minor units;
/// price effect = the rest, which is (statement's rate − books' rate) × statement's quantity but for
/// [`Self::beside_rates`]. The two effects add up to the difference exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobDifference {
    /// Statement's quantity − books' quantity.
    pub quantity: Decimal,
    /// Statement's rate − books' rate.
    pub rate: Decimal,
    /// What the other quantity makes, at the books' rate.
    pub quantity_effect: Money,
    /// What the other rate makes, on the statement's quantity.
    pub price_effect: Money,
    /// The part of the price effect that does not follow from the rates: rounding, a minimum charge, an amount that is not
    /// quantity × rate.
    pub beside_rates: Money,
}

/// Quantity and rate of a job whose amount is known, with the sign that makes their product the amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PricedJob {
    /// How much.
    pub quantity: Decimal,
    /// Price of a unit, in major units.
    pub rate: Decimal,
    sign: Decimal,
}

impl PricedJob {
    /// Takes quantity and rate as the record tells them; one that is not told follows from the amount and the other.
    /// None where that is not possible.
    pub fn new(job: &Job, amount: Money) -> Option<Self> {
        let whole = amount.to_decimal();
        let quotient = |by: Decimal| whole.abs().checked_div(by.abs());
        let (quantity, rate) = match (job.quantity, job.rate) {
            (Some(quantity), Some(rate)) => (quantity, rate),
            (Some(quantity), None) => (quantity, quotient(quantity)?),
            (None, Some(rate)) => (quotient(rate)?, rate),
            (None, None) => return None,
        };
        let negative = quantity.is_sign_negative() != rate.is_sign_negative();
        let is_zero = whole.is_zero() || quantity.is_zero() || rate.is_zero();
        let sign = if is_zero || negative == whole.is_sign_negative() { Decimal::ONE } else { Decimal::NEGATIVE_ONE };
        Some(Self { quantity, rate, sign })
    }
}

impl JobDifference {
    /// Splits the difference between a job and what the books hold of it; none where a side tells neither quantity nor
    /// rate. Fails where a number does not fit.
    pub fn between(statement: &Job, ledger: &Job, totals: SideTotals) -> Result<Option<Self>, MoneyError> {
        let sides = PricedJob::new(statement, totals.statement).zip(PricedJob::new(ledger, totals.ledger));
        sides.map(|(statement, ledger)| Self::of(statement, ledger, totals)).transpose()
    }

    fn of(statement: PricedJob, ledger: PricedJob, totals: SideTotals) -> Result<Self, MoneyError> {
        let currency = totals.ledger.currency();
        let less = |from: Decimal, what: Decimal| from.checked_sub(what).ok_or(MoneyError::Overflow);
        let quantity = less(statement.quantity, ledger.quantity)?;
        let rate = less(statement.rate, ledger.rate)?;
        let quantity_effect = rounded(quantity, ledger.rate, ledger.sign, currency)?;
        let price_effect = totals.difference()?.checked_sub(quantity_effect)?;
        let by_rates = rounded(rate, statement.quantity, ledger.sign, currency)?;
        Ok(Self { quantity, rate, quantity_effect, price_effect, beside_rates: price_effect.checked_sub(by_rates)? })
    }
}

/// A product as an amount, rounded half-even to minor units.
fn rounded(left: Decimal, right: Decimal, sign: Decimal, currency: Currency) -> Result<Money, MoneyError> {
    let product = left.checked_mul(right).and_then(|product| product.checked_mul(sign)).ok_or(MoneyError::Overflow)?;
    let whole = product.round_dp_with_strategy(currency.digits(), RoundingStrategy::MidpointNearestEven);
    Money::from_decimal(whole, currency)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn eur(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    fn totals(statement: i64, ledger: i64) -> SideTotals {
        SideTotals { statement: eur(statement), ledger: eur(ledger) }
    }

    #[track_caller]
    fn percent(statement: i64, ledger: i64, expected: &str) {
        let percent = totals(statement, ledger).percent().unwrap();
        assert_eq!(percent.map_or("n/a".to_owned(), |percent| percent.to_string()), expected);
    }

    #[test]
    fn a_difference_is_a_share_of_the_books_rounded_half_even() {
        percent(9_850, 10_000, "-1.50");
        percent(10_000, 10_000, "0.00");
        percent(-10_100, -10_000, "-1.00");
        percent(0, 500, "-100.00");
        percent(500, 0, "n/a");
        // 1 / 20,000 is 0.005 %, 3 / 20,000 is 0.015 %, and 5 / 20,000 is 0.025 %.
        percent(20_001, 20_000, "0.00");
        percent(20_003, 20_000, "0.02");
        percent(20_005, 20_000, "0.02");
        percent(19_999, 20_000, "0.00");
        percent(19_997, 20_000, "-0.02");
        percent(i64::MAX, 1, "922337203685477580600.00");
    }

    #[test]
    fn amounts_of_two_currencies_have_no_difference() {
        let usd = Money::from_minor(1, Currency::parse("USD").unwrap());
        assert!(SideTotals { statement: eur(1), ledger: usd }.percent().is_err());
        assert_eq!(totals(i64::MAX, -1).difference(), Err(MoneyError::Overflow));
    }

    fn job(text: &str) -> Job {
        let (quantity, rate) = text.split_once(" x ").unwrap();
        Job { quantity: quantity.parse().ok(), rate: rate.parse().ok(), ..Job::default() }
    }

    /// `quantity x rate` of both sides (`-` for none), their amounts, and what comes of it: quantity and rate
    /// difference, quantity effect, price effect, and what of that does not follow from the rates.
    #[track_caller]
    fn check(statement: &str, ledger: &str, amounts: (i64, i64), expected: Option<(&str, &str, i64, i64, i64)>) {
        let split = JobDifference::between(&job(statement), &job(ledger), totals(amounts.0, amounts.1)).unwrap();
        let told = split.map(|split| {
            let (quantity, rate) = (split.quantity.normalize().to_string(), split.rate.normalize().to_string());
            let effects = (split.quantity_effect, split.price_effect, split.beside_rates);
            (quantity, rate, effects.0.minor_units(), effects.1.minor_units(), effects.2.minor_units())
        });
        let told = told.as_ref().map(|(quantity, rate, of, by, beside)| (&**quantity, &**rate, *of, *by, *beside));
        assert_eq!(told, expected, "{statement} / {ledger}");
    }

    #[test]
    fn a_difference_comes_from_the_rate_the_quantity_or_both() {
        check("8 x 26.00", "8 x 24.50", (20_800, 19_600), Some(("0", "1.5", 0, 1_200, 0)));
        check("7 x 24.50", "8 x 24.50", (17_150, 19_600), Some(("-1", "0", -2_450, 0, 0)));
        check("7 x 26.00", "8 x 24.50", (18_200, 19_600), Some(("-1", "1.5", -2_450, 1_050, 0)));
        // What a side pays has the other sign in its books.
        check("7 x 26.00", "8 x 24.50", (-18_200, -19_600), Some(("-1", "1.5", 2_450, -1_050, 0)));
        check("-7 x 26.00", "-8 x 24.50", (-18_200, -19_600), Some(("1", "1.5", 2_450, -1_050, 0)));
    }

    #[test]
    fn what_a_side_does_not_tell_follows_from_its_amount() {
        check("8 x -", "8 x 24.50", (20_800, 19_600), Some(("0", "1.5", 0, 1_200, 0)));
        check("- x 26.00", "8 x 24.50", (20_800, 19_600), Some(("0", "1.5", 0, 1_200, 0)));
        check("- x -", "8 x 24.50", (20_800, 19_600), None);
        check("8 x 26.00", "- x -", (20_800, 19_600), None);
        check("0 x -", "8 x 24.50", (20_800, 19_600), None);
    }

    #[test]
    fn what_does_not_follow_from_the_rates_is_told_apart() {
        // A minimum charge of 25.00 for half an hour.
        check("0.5 x 40.00", "0.5 x 40.00", (2_500, 2_000), Some(("0", "0", 0, 500, 500)));
        // 7.25 × 38.77 is 281.0825, which one side rounded up.
        check("7.25 x 38.77", "7.25 x 38.77", (28_109, 28_108), Some(("0", "0", 0, 1, 1)));
    }

    #[test]
    fn numbers_that_do_not_fit_are_an_error() {
        let huge = job("79228162514264337593543950335 x 24.50");
        assert_eq!(JobDifference::between(&huge, &job("1 x 24.50"), totals(1, 1)), Err(MoneyError::Overflow));
        let (one, other) = (job("1 x 1"), job("1 x 1"));
        assert_eq!(JobDifference::between(&one, &other, totals(i64::MAX, -1)), Err(MoneyError::Overflow));
    }

    fn any_job() -> impl Strategy<Value = Job> {
        let number =
            || prop::option::of((any::<i64>(), 0..12_u32).prop_map(|(whole, scale)| Decimal::new(whole, scale)));
        (number(), number()).prop_map(|(quantity, rate)| Job { quantity, rate, ..Job::default() })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn both_effects_add_up_to_the_difference(
            (statement, ledger) in (any_job(), any_job()),
            amounts in prop_oneof![(any::<i64>(), any::<i64>()), (-9_999_999..9_999_999_i64, -9_999_999..9_999_999_i64)],
        ) {
            let totals = totals(amounts.0, amounts.1);
            // What does not fit is an error, never another number.
            if let Ok(Some(split)) = JobDifference::between(&statement, &ledger, totals) {
                let sum = split.price_effect.checked_add(split.quantity_effect);
                prop_assert_eq!(sum, totals.difference());
            }
        }

        #[test]
        fn jobs_of_usual_size_always_split(
            (quantity, more) in (1..100_000_i64, 1..100_000_i64), (rate, other) in (1..100_000_i64, 1..100_000_i64),
        ) {
            let job = |quantity, rate| Job {
                quantity: Some(Decimal::new(quantity, 2)),
                rate: Some(Decimal::new(rate, 2)),
                ..Job::default()
            };
            let amount = |quantity: i64, rate: i64| divide_half_even(i128::from(quantity * rate), 100) as i64;
            let totals = totals(amount(more, other), amount(quantity, rate));
            let split = JobDifference::between(&job(more, other), &job(quantity, rate), totals).unwrap().unwrap();
            prop_assert_eq!(split.price_effect.checked_add(split.quantity_effect), totals.difference());
            // Two amounts and two effects are rounded by half a cent each.
            prop_assert!(split.beside_rates.minor_units().abs() <= 2);
        }

        #[test]
        fn a_half_goes_to_the_even_neighbour(dividend in -1_000_000..1_000_000_i128, divisor in 1..1_000_i128) {
            let quotient = divide_half_even(dividend, divisor);
            let off = (dividend - quotient * divisor).abs() * 2;
            prop_assert!(off < divisor || (off == divisor && quotient % 2 == 0));
        }
    }
}
