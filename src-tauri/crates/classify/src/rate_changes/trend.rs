//! Rates, volume and differences month by month.

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::{Money, MoneyError, SideTotals, divide_half_even};

use super::{RateTrend, series::Group};

/// One month of a service at a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthRates {
    /// Its first day.
    pub month: Date,
    /// Jobs.
    pub jobs: u32,
    /// Average rate of the statement side, weighted by quantity, to four decimals; none where no quantity is known.
    pub statement_rate: Option<Decimal>,
    /// The same of the ledger side.
    pub ledger_rate: Option<Decimal>,
    /// Quantity of the statement side, as far as known.
    pub statement_quantity: Decimal,
    /// The same of the ledger side.
    pub ledger_quantity: Decimal,
    /// What both sides come to.
    pub totals: SideTotals,
    /// Statement − ledger.
    pub difference: Money,
}

/// One side of a month.
#[derive(Default)]
struct Sums {
    amount: i128,
    /// Of jobs whose quantity is known: what they come to, without signs, and the quantity in millionths.
    priced: i128,
    quantity: i128,
}

/// The trend of a group, whose jobs are in order of time.
pub(super) fn trend(group: &Group) -> Result<RateTrend, MoneyError> {
    let months = group.jobs.chunk_by(|one, other| one.step.month() == other.step.month()).map(|jobs| {
        let mut sides = [Sums::default(), Sums::default()];
        for job in jobs {
            for (side, sums) in sides.iter_mut().enumerate() {
                sums.amount += i128::from(job.amounts[side]);
                if let Some(quantity) = job.quantities[side] {
                    sums.priced += i128::from(job.amounts[side].unsigned_abs());
                    sums.quantity += i128::from(quantity.unsigned_abs());
                }
            }
        }
        let digits = group.currency.digits();
        let rate = |sums: &Sums| {
            let whole = sums.priced.checked_mul(10_i128.pow(10 - digits)).filter(|_| sums.quantity > 0)?;
            Decimal::try_from_i128_with_scale(divide_half_even(whole, sums.quantity), 4).ok()
        };
        let money = |sums: &Sums| {
            let minor = i64::try_from(sums.amount).map_err(|_| MoneyError::Overflow)?;
            Ok(Money::from_minor(minor, group.currency))
        };
        let quantity = |sums: &Sums| {
            Decimal::try_from_i128_with_scale(sums.quantity, 6)
                .map(|sum| sum.normalize())
                .map_err(|_| MoneyError::Overflow)
        };
        let [statement, ledger] = &sides;
        let totals = SideTotals { statement: money(statement)?, ledger: money(ledger)? };
        Ok(MonthRates {
            month: jobs[0].step.month(),
            jobs: u32::try_from(jobs.len()).unwrap_or(u32::MAX),
            statement_rate: rate(statement),
            ledger_rate: rate(ledger),
            statement_quantity: quantity(statement)?,
            ledger_quantity: quantity(ledger)?,
            totals,
            difference: totals.difference()?,
        })
    });
    Ok(RateTrend {
        site: group.site.clone(),
        service_type: group.service_type.clone(),
        currency: group.currency,
        months: months.collect::<Result<_, MoneyError>>()?,
    })
}
