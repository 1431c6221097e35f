//! One side uses an old price or rate.

use rust_decimal::Decimal;
use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, ProposedFix, RootCause};

use super::Difference;
use crate::{compare::AmountRelation, jobs, parties::NOBODY, settle::Form};

/// Both rates are told by the job's columns: generated data have none; as by the memo.
const BOTH_TOLD: Confidence = Confidence::from_ppm(920_600);
/// The memo's quantity at another rate.
const BY_MEMO: Confidence = Confidence::from_ppm(920_600);
/// The same quantity of work at another amount: likewise.
const SAME_QUANTITY: Confidence = Confidence::from_ppm(920_600);

/// Entries of a party whose rates are looked at.
const ENTRIES_MAX: usize = 5_000;
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

/// Whether somebody tells the rate that was paid: the line itself, or another entry of the same party for the same work.
/// Else it may be what the customer made of a discount of his own, which is a lower rate as well.
pub(crate) fn is_rate_told(difference: &Difference<'_>) -> bool {
    if told_rates(difference).is_some() {
        return true;
    }
    let Some((line, entry)) = difference.pair() else { return false };
    let Some((quantity, _, paid_rate)) = memo_rates(difference) else { return false };
    let prepared = &difference.problem.prepared;
    let by_line = jobs::stated_work(&prepared.line_records[line as usize].description);
    if by_line.is_some_and(|stated| Some(stated.quantity) == quantity && stated.rate == paid_rate) {
        return true;
    }
    let party = prepared.entries.facts[entry as usize].party;
    let Some(own) = jobs::stated_work(&prepared.entry_records[entry as usize].memo).filter(|_| party != NOBODY) else {
        return false;
    };
    let others = prepared.of_party.of(party as usize).iter().map(|placed| placed.entry).filter(|other| *other != entry);
    others.take(ENTRIES_MAX).any(|other| {
        let stated = jobs::stated_work(&prepared.entry_records[other as usize].memo);
        stated.is_some_and(|stated| stated.rate == paid_rate && stated.work.eq_ignore_ascii_case(own.work))
    })
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
