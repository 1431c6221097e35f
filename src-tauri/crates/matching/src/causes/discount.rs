//! An early-payment discount was taken.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, ProposedFix, RootCause};

use super::Difference;
use crate::{compare::AmountRelation, prepare::NO_DAY, settle::Form, terms::Terms};

/// The document's terms grant it, and it was paid in time.
const GRANTED: Confidence = Confidence::from_ppm(997_600);
/// The terms grant it, and it was paid too late.
const LATE: Confidence = Confidence::from_ppm(996_700);
/// To the minor unit a usual percentage that no terms grant.
const NOT_GRANTED: Confidence = Confidence::from_ppm(951_800);

/// Short by just a usual percentage, or several documents less the discounts that they grant.
pub(super) struct Discount;

impl CauseRule<Difference<'_>> for Discount {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        let of_several = difference.form == Form::Discounted && difference.gap() != 0;
        (of_several || matches!(difference.seen(), AmountRelation::Discount(_))).then_some(RootCause::Discount)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        let facts = &difference.problem.prepared.entries.facts;
        let taken = match difference.seen() {
            AmountRelation::Discount(percent) => Some(percent),
            _ => None,
        };
        let granting = difference.entries.iter().map(|entry| &facts[*entry as usize]);
        let granting = granting.filter(|facts| facts.terms.percent > 0);
        let granted = granting
            .filter(|facts| taken.is_none_or(|taken| facts.terms.percent == taken))
            .max_by_key(|facts| facts.terms.percent);
        let after = granted.and_then(|facts| days_after(difference, facts.day));
        let mut evidence = vec![difference.amounts()];
        evidence.extend(taken.map(|percent| Fact::ExactPercent { percent: i64::from(percent) }));
        evidence.push(granted.map_or(Fact::TermsGrantNone {}, |facts| Fact::TermsGrant {
            percent: i64::from(facts.terms.percent),
            days: i64::from(facts.terms.days),
        }));
        evidence.extend(after.map(|days| Fact::PaidAfter { days: i64::from(days) }));
        evidence.extend(difference.quoted());
        let amount = difference.size();
        let (confidence, fix) = match granted.map(|facts| facts.terms) {
            Some(Terms { percent, days }) if after.is_none_or(|after| after <= i32::from(days)) => {
                (GRANTED, ProposedFix::GrantDiscount { amount, percent: i64::from(percent) })
            }
            Some(_) => (LATE, difference.rest()),
            None => (NOT_GRANTED, difference.rest()),
        };
        CauseFinding { cause, confidence, evidence, fix }
    }
}

/// Days from the document to the last payment.
fn days_after(difference: &Difference<'_>, issued: i32) -> Option<i32> {
    let days = &difference.problem.prepared.lines.columns.day;
    let paid = difference.lines.iter().map(|line| days[*line as usize]).max()?;
    (paid != NO_DAY && issued != NO_DAY).then(|| paid - issued)
}
