//! One side uses an old price or rate.

use rust_decimal::Decimal;
use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, ProposedFix, RootCause};

use super::Difference;
use crate::{compare::AmountRelation, jobs, settle::Form};

/// Both rates are told by the job's columns: generated data have none; as by the memo.
const BOTH_TOLD: Confidence = Confidence::from_ppm(920_600);
/// The memo's quantity at another rate.
const BY_MEMO: Confidence = Confidence::from_ppm(920_600);
/// The same quantity of work at another amount: likewise.
const SAME_QUANTITY: Confidence = Confidence::from_ppm(920_600);

/// Percent of what was owed from which a payment of a memo's quantity at another rate is no part payment.
const MOST_PERCENT: u128 = 85;

/// One line and one entry that are the same job at different rates, which a tolerance does not hide: by the jobs' columns,
/// or by the quantity and rate in the entry's memo.
pub(super) struct RateChange;

impl CauseRule<Difference<'_>> for RateChange {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        let is_one = difference.seen() == AmountRelation::Rate || is_at_another_rate(difference);
        is_one.then_some(RootCause::RateChange)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        let told = told_rates(difference).map(|rates| (BOTH_TOLD, rates));
        let rates = told.or_else(|| memo_rates(difference).map(|rates| (BY_MEMO, rates)));
        let (confidence, fact, fix) = match rates {
            Some((confidence, (quantity, from, to))) => {
                let fact = Fact::RatesDiffer { quantity, books: from, statement: to };
                let fix =
                    if to > from { ProposedFix::RaiseRate { from, to } } else { ProposedFix::LowerRate { from, to } };
                (confidence, fact, fix)
            }
            None => (SAME_QUANTITY, Fact::SameQuantity {}, ProposedFix::AgreeOnRate {}),
        };
        let evidence = [fact, difference.amounts()].into_iter().chain(difference.quoted());
        CauseFinding { cause, confidence, evidence: evidence.collect(), fix }
    }
}

fn is_at_another_rate(difference: &Difference<'_>) -> bool {
    let Some((line, entry)) = difference.pair().filter(|_| difference.form == Form::Plain) else { return false };
    let by_columns = || {
        let jobs = &difference.problem.prepared.jobs;
        difference.relation != AmountRelation::Converted
            && jobs.is_at_another_rate(line, entry, difference.paid, difference.owed)
    };
    by_columns() || memo_rates(difference).is_some()
}

/// Whether a part is so much of the whole that a lower rate is likelier: parts are seldom more than this.
fn is_most(paid: i64, owed: i64) -> bool {
    u128::from(paid.unsigned_abs()) * 100 >= u128::from(owed.unsigned_abs()) * MOST_PERCENT
}

/// Quantity, the rate of the books and that of the statement, by the jobs' columns.
fn told_rates(difference: &Difference<'_>) -> Option<(Option<Decimal>, Decimal, Decimal)> {
    let (line, entry) = difference.pair()?;
    let prepared = &difference.problem.prepared;
    let line = prepared.line_records[line as usize].job.as_deref()?;
    let entry = prepared.entry_records[entry as usize].job.as_deref()?;
    let (statement, books) = line.rate.zip(entry.rate)?;
    (statement != books).then_some((line.quantity.or(entry.quantity), books, statement))
}

/// The same by the entry's memo, where the payment is its quantity at another rate.
fn memo_rates(difference: &Difference<'_>) -> Option<(Option<Decimal>, Decimal, Decimal)> {
    let (_, entry) = difference.pair()?;
    let prepared = &difference.problem.prepared;
    let possible = match difference.relation {
        AmountRelation::Above => true,
        AmountRelation::Part => is_most(difference.paid, difference.owed),
        AmountRelation::Discount(percent) => prepared.entries.facts[entry as usize].terms.percent != percent,
        _ => false,
    };
    let memo = &prepared.entry_records[entry as usize].memo;
    let found = possible.then(|| jobs::memo_rate(memo, difference.paid, difference.owed))??;
    Some((Some(found.quantity), found.rate, found.paid_rate))
}
