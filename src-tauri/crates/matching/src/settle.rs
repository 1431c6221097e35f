//! How much of each record a match uses; what is left between the two sides is justified by its cause.

use tieout_domain::{Adjustment, Currency, Leg, Match, Money, RecordRef, RootCause};

use crate::{
    block::Problem,
    causes::{self, Difference},
    compare::{AmountRelation, Comparison, relate_amounts},
};

/// Stated rates are rounded, and banks round what they convert: by one in so many at most.
const RATE_ROUNDING: u64 = 1_000;

/// A balanced match with what its difference means.
pub(crate) struct Settled {
    pub(crate) matched: Match<u32, u32>,
    pub(crate) cause: RootCause,
    /// Size of the difference that neither tolerance nor text explains.
    pub(crate) unexplained: Money,
    /// The sides differ by no more than the configuration tolerates.
    pub(crate) tolerated: bool,
}

/// What kind of match is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Lines against entries.
    Plain,
    /// Lines against entries of which granted discounts were taken.
    Discounted,
    /// A payout against what it consists of.
    Settlement,
    /// One line against one entry of the opposite sign.
    WrongSign,
    /// Records that cancel each other, perhaps on both sides.
    Reversal,
}

/// The total of some amounts; nothing where it does not fit.
pub(crate) fn total(amounts: impl Iterator<Item = i64>) -> Option<i64> {
    i64::try_from(amounts.map(i128::from).sum::<i128>()).ok()
}

/// The one currency of all records; nothing where they differ.
fn shared_currency(problem: &Problem<'_>, lines: &[u32], entries: &[u32]) -> Option<Currency> {
    let lines = lines.iter().map(|line| problem.prepared.lines.columns.currency[*line as usize]);
    let entries = entries.iter().map(|entry| problem.prepared.entries.columns.currency[*entry as usize]);
    let mut shared = Currency::NONE;
    for currency in lines.chain(entries) {
        if !shared.agrees_with(currency) || shared.digits() != currency.digits() {
            return None;
        }
        if shared.is_none() {
            shared = currency;
        }
    }
    Some(shared)
}

/// How the totals of both sides relate; nothing where they cannot stand in one match.
pub(crate) fn relate_totals(
    problem: &Problem<'_>,
    lines: &[u32],
    entries: &[u32],
) -> Option<(i64, i64, AmountRelation)> {
    let currency = shared_currency(problem, lines, entries)?;
    let paid = total(lines.iter().map(|line| problem.paid(*line)))?;
    let owed = total(entries.iter().map(|entry| problem.owed(*entry)))?;
    if paid == 0 || owed == 0 || (paid > 0) != (owed > 0) {
        return None;
    }
    let relation = relate_amounts(paid, owed, problem.bounds.tolerance(owed, currency));
    let relation = match (lines, entries) {
        ([line], [entry]) => problem.prepared.jobs.relate_amounts((*line, *entry), (paid, owed), relation),
        _ => relation,
    };
    Some((paid, owed, relation))
}

/// Records put together as a match of a form, with what is known of how their two sides differ; nothing where they cannot
/// stand in one match.
pub(crate) fn difference<'d>(
    problem: &'d Problem<'d>,
    (lines, entries): (&'d [u32], &'d [u32]),
    form: Form,
    comparison: Option<&'d Comparison>,
) -> Option<Difference<'d>> {
    let of = |currency, (paid, owed), relation, written_off| Difference {
        problem,
        lines,
        entries,
        form,
        currency,
        paid,
        owed,
        relation,
        written_off,
        comparison,
        exact_code: None,
        explained: false,
    };
    if let (Form::Plain, [line], [entry]) = (form, lines, entries)
        && !problem.prepared.currencies_agree(*line as usize, *entry as usize)
    {
        let currency = problem.prepared.lines.columns.currency[*line as usize];
        let (owed, relation) = problem.owed_in_line(*line, *entry)?;
        return Some(of(currency, (problem.paid(*line), owed), relation, None));
    }
    let currency = shared_currency(problem, lines, entries)?;
    if matches!(form, Form::WrongSign | Form::Reversal) {
        let paid = total(lines.iter().map(|line| problem.paid(*line)))?;
        let owed = total(entries.iter().map(|entry| problem.owed(*entry)))?;
        return Some(of(currency, (paid, owed), AmountRelation::Exact, None));
    }
    let (paid, owed, relation) = relate_totals(problem, lines, entries)?;
    let gap = paid.checked_sub(owed)?;
    let written_off = write_off(problem, lines, entries, Money::from_minor(gap, currency));
    Some(of(currency, (paid, owed), relation, written_off))
}

/// Puts the records together so that both sides balance; nothing where they cannot.
pub(crate) fn settle(difference: &Difference<'_>) -> Option<Settled> {
    let Difference { problem, lines, entries, form, currency, paid, owed, relation, .. } = *difference;
    let cause = causes::cause_of(difference);
    if matches!(form, Form::WrongSign | Form::Reversal) {
        return settle_signs(difference, cause);
    }
    if relation == AmountRelation::Converted {
        return settle_converted(difference, cause);
    }
    let gap = paid.checked_sub(owed)?;
    let is_written_off = difference.written_off.is_some();
    let mut line_parts: Vec<i64> = lines.iter().map(|line| problem.paid(*line)).collect();
    let mut entry_parts: Vec<i64> = entries.iter().map(|entry| problem.owed(*entry)).collect();
    let mut adjustments = Vec::new();
    match cause {
        _ if gap == 0 => {}
        RootCause::PartialPayment if !is_written_off => fill(&mut entry_parts, paid)?,
        RootCause::Fee if !is_written_off && stays_open(difference) => fill(&mut entry_parts, paid)?,
        // What the line is over is not the entry's.
        RootCause::Overpayment | RootCause::None if !is_written_off => fill(&mut line_parts, owed)?,
        cause => adjustments.push(Adjustment { cause, amount: Money::from_minor(gap, currency) }),
    }
    let legs = legs(lines, &line_parts, entries, &entry_parts, currency);
    let matched =
        if form == Form::Settlement { Match::settlement(legs, adjustments) } else { Match::across(legs, adjustments) }
            .ok()?;
    let open = if is_written_off || form == Form::Discounted {
        0
    } else if relation == AmountRelation::Converted {
        beyond_rounding(gap, owed)?
    } else if is_explained(difference) {
        0
    } else {
        i64::try_from(gap.unsigned_abs()).ok()?
    };
    Some(Settled {
        matched,
        cause,
        unexplained: Money::from_minor(open, currency),
        tolerated: relation == AmountRelation::Tolerated,
    })
}

/// Whether what is missing of one entry is more than banks usually keep and no text says that one did: called a fee, it
/// is still owed until somebody books it.
fn stays_open(difference: &Difference<'_>) -> bool {
    difference.form == Form::Plain
        && difference.relation == AmountRelation::Part
        && difference.entries.len() == 1
        && !difference.names_fee()
}

/// Why a rule lets the difference of these records be written off, by the first pair to which one applies.
fn write_off(problem: &Problem<'_>, lines: &[u32], entries: &[u32], gap: Money) -> Option<RootCause> {
    let mut pairs = lines.iter().flat_map(|line| entries.iter().map(|entry| (*line as usize, *entry as usize)));
    pairs.find_map(|(line, entry)| problem.rules.write_off(line, entry, gap)).map(|(_, cause, _)| cause)
}

/// A payment in another currency settles the whole entry, at its worth in the line's currency.
fn settle_converted(difference: &Difference<'_>, cause: RootCause) -> Option<Settled> {
    let Difference { problem, currency, paid, owed, .. } = *difference;
    let ([line], [entry]) = (difference.lines, difference.entries) else { return None };
    let gap = paid.checked_sub(owed)?;
    let adjustments =
        if gap == 0 { Vec::new() } else { vec![Adjustment { cause, amount: Money::from_minor(gap, currency) }] };
    let own = problem.prepared.entries.columns.currency[*entry as usize];
    let worth = Money::from_minor(owed, currency);
    let legs = vec![
        Leg::of(RecordRef::Line(*line), Money::from_minor(paid, currency)),
        Leg::converted(*entry, worth, Money::from_minor(problem.owed(*entry), own)),
    ];
    let matched = Match::across(legs, adjustments).ok()?;
    let unexplained = Money::from_minor(beyond_rounding(gap, owed)?, currency);
    Some(Settled { matched, cause, unexplained, tolerated: false })
}

/// What of an exchange's gap no rounding of rates explains: whether it is what the bank took, its amount must say.
fn beyond_rounding(gap: i64, owed: i64) -> Option<i64> {
    let rounding = (owed.unsigned_abs() / RATE_ROUNDING).max(1);
    i64::try_from(gap.unsigned_abs().saturating_sub(rounding)).ok()
}

fn settle_signs(difference: &Difference<'_>, cause: RootCause) -> Option<Settled> {
    let Difference { problem, lines, entries, form, currency, .. } = *difference;
    let mut line_parts: Vec<i64> = lines.iter().map(|line| problem.paid(*line)).collect();
    let mut entry_parts: Vec<i64> = entries.iter().map(|entry| problem.owed(*entry)).collect();
    if let (Form::Reversal, [open]) = (form, entry_parts.as_mut_slice()) {
        // Nothing of it is paid in the end.
        *open = 0;
    }
    if let (Form::Reversal, [first, second]) = (form, line_parts.as_mut_slice()) {
        // What the bank added to the return, or kept from it, stays open.
        let returned = if first.unsigned_abs() <= second.unsigned_abs() { *first } else { second.checked_neg()? };
        *first = returned;
        *second = returned.checked_neg()?;
    }
    let gap = total(line_parts.iter().copied())?.checked_sub(total(entry_parts.iter().copied())?)?;
    let legs = legs(lines, &line_parts, entries, &entry_parts, currency);
    let adjustments =
        if gap == 0 { Vec::new() } else { vec![Adjustment { cause, amount: Money::from_minor(gap, currency) }] };
    let cancels = form == Form::Reversal && entries.len() <= 1 && gap == 0;
    let matched = if cancels { Match::reversal(legs) } else { Match::across(legs, adjustments) }.ok()?;
    let open = Money::from_minor(i64::try_from(gap.unsigned_abs()).ok()?, currency);
    Some(Settled { matched, cause, unexplained: open, tolerated: false })
}

fn legs(
    lines: &[u32],
    line_parts: &[i64],
    entries: &[u32],
    entry_parts: &[i64],
    currency: Currency,
) -> Vec<Leg<u32, u32>> {
    let leg = |record, part: &i64| Leg::of(record, Money::from_minor(*part, currency));
    let lines = lines.iter().zip(line_parts).map(|(line, part)| leg(RecordRef::Line(*line), part));
    let entries = entries.iter().zip(entry_parts).map(|(entry, part)| leg(RecordRef::Entry(*entry), part));
    lines.chain(entries).collect()
}

/// Cuts the parts down so that they add up to `whole`: what has the other sign stays, the rest is filled in order.
/// Nothing where a part would be left with nothing.
fn fill(parts: &mut [i64], whole: i64) -> Option<()> {
    let against = total(parts.iter().copied().filter(|part| (*part > 0) != (whole > 0)))?;
    let mut left = whole.checked_sub(against)?;
    for part in parts.iter_mut().filter(|part| (**part > 0) == (whole > 0)) {
        if left.unsigned_abs() < part.unsigned_abs() {
            *part = left;
        }
        left = left.checked_sub(*part)?;
        if *part == 0 {
            return None;
        }
    }
    (left == 0).then_some(())
}

fn is_explained(difference: &Difference<'_>) -> bool {
    let Difference { problem, lines, entries, relation, .. } = *difference;
    match relation {
        AmountRelation::Exact | AmountRelation::Tolerated => true,
        AmountRelation::Discount(percent) => entries.iter().all(|entry| {
            let terms = problem.prepared.entries.facts[*entry as usize].terms;
            let day = problem.prepared.entries.columns.day[*entry as usize];
            let paid_on = lines.iter().map(|line| problem.prepared.lines.columns.day[*line as usize]).max();
            terms.percent == percent
                && paid_on.is_some_and(|paid_on| paid_on.saturating_sub(day) <= i32::from(terms.days))
        }),
        AmountRelation::Fee | AmountRelation::Rounding | AmountRelation::Above | AmountRelation::Over => {
            difference.names_fee()
        }
        AmountRelation::Transposed | AmountRelation::Rate | AmountRelation::Part | AmountRelation::Converted => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts separated by spaces and what they are cut down to.
    #[track_caller]
    fn check(parts: &str, whole: i64, expected: Option<&str>) {
        let read = |text: &str| text.split_whitespace().map(|n| n.parse().unwrap()).collect::<Vec<i64>>();
        let mut parts = read(parts);
        assert_eq!(fill(&mut parts, whole).map(|()| parts), expected.map(read));
    }

    #[test]
    fn money_is_applied_to_the_first_entries_first_and_credit_notes_count_in_full() {
        check("100 100", 150, Some("100 50"));
        check("350 -100", 200, Some("300 -100"));
        check("-100", -40, Some("-40"));
        check("100 100", 90, None);
        check("50", 90, None);
    }
}
