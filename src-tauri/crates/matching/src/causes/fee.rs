//! A bank or processor kept a fee.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, Profile, ProposedFix, RootCause};

use super::Difference;
use crate::{compare::AmountRelation, settle::Form};

/// The line's text names the fee.
const NAMED: Confidence = Confidence::from_ppm(992_000);
/// What a processor keeps of a payout, as of others.
const USUAL_SHARE: Confidence = Confidence::from_ppm(999_400);
/// What a processor keeps, otherwise.
const KEPT: Confidence = Confidence::from_ppm(999_500);
/// A little less than was owed, by a line that quotes the document.
const LITTLE_QUOTED: Confidence = Confidence::from_ppm(941_000);
/// The same by one that does not.
const LITTLE: Confidence = Confidence::from_ppm(931_400);

/// The fixed part of a processor's fee, at most, in major units.
const PROCESSOR_FIXED_MAX: u64 = 1;
/// Most that several banks, one after the other, keep of a payment, in major units and in percent.
const CHAIN_MAX: u64 = 50;
const CHAIN_PERCENT_MAX: u128 = 15;

/// Most that banks add to a payment abroad, in major units, and the largest part of it that may be.
const ADDED_MAX: u64 = 150;
const ADDED_PARTS_MIN: u64 = 2;

/// A little is kept of what comes in, or added to what goes out; whatever a processor keeps.
pub(super) struct Fee;

impl CauseRule<Difference<'_>> for Fee {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        let of_payout = difference.form == Form::Settlement && difference.gap() != 0;
        let relation = difference.seen();
        let is_one = of_payout
            || relation == AmountRelation::Fee
            || is_processors(difference, relation)
            || relation == AmountRelation::Part && is_little(difference)
            || is_added(difference, relation);
        is_one.then_some(RootCause::Fee)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        let amount = difference.size();
        let named = difference.names_fee();
        let (is_payout, quoted) = (difference.form == Form::Settlement, difference.quoted());
        let of_processor = is_payout || difference.problem.bounds.profile == Profile::Processor;
        let confidence = match (named, of_processor) {
            (true, _) => NAMED,
            (false, true) if is_payout && difference.explained => USUAL_SHARE,
            (false, true) => KEPT,
            (false, false) if quoted.is_some() => LITTLE_QUOTED,
            (false, false) => LITTLE,
        };
        let mut evidence = vec![difference.amounts()];
        evidence.extend(named.then_some(Fact::FeeNamed { amount }));
        evidence.extend((is_payout && difference.explained).then_some(Fact::ShareIsUsual {}));
        evidence.extend(quoted);
        CauseFinding { cause, confidence, evidence, fix: ProposedFix::BookFee { amount } }
    }
}

/// Whether the books hold what is left after the processor's fee: a share, and of small amounts a fixed part.
fn is_processors(difference: &Difference<'_>, relation: AmountRelation) -> bool {
    let is_more = match relation {
        AmountRelation::Above => true,
        AmountRelation::Over => {
            difference.gap().unsigned_abs() <= PROCESSOR_FIXED_MAX * 10_u64.pow(difference.currency.digits())
        }
        _ => false,
    };
    is_more && difference.problem.bounds.profile == Profile::Processor
}

/// Whether what went out beyond the amount is no more than banks add: who pays does not pay too much by mistake as
/// customers do.
fn is_added(difference: &Difference<'_>, relation: AmountRelation) -> bool {
    let (gap, owed) = (difference.gap().unsigned_abs(), difference.owed.unsigned_abs());
    matches!(relation, AmountRelation::Above | AmountRelation::Over)
        && difference.comparison.is_none_or(|pair| pair.job.is_none())
        && difference.paid < 0
        && gap <= ADDED_MAX * 10_u64.pow(difference.currency.digits())
        && gap.saturating_mul(ADDED_PARTS_MIN) <= owed
}

/// Whether what is missing of money received is no more than banks of a chain keep: a payer who pays a part pays less. Of
/// jobs the quantities tell.
fn is_little(difference: &Difference<'_>) -> bool {
    let (gap, owed) = (difference.gap().unsigned_abs(), difference.owed.unsigned_abs());
    difference.comparison.is_none_or(|pair| pair.job.is_none())
        && difference.paid > 0
        && gap <= CHAIN_MAX * 10_u64.pow(difference.currency.digits())
        && u128::from(gap) * 100 <= u128::from(owed) * CHAIN_PERCENT_MAX
}
