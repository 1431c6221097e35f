//! How much of each record a match uses, and which causes justify what is left between the two sides.

use tieout_domain::{Adjustment, Currency, Leg, Match, Money, Profile, RecordRef, RootCause};

use crate::{
    block::Problem,
    compare::{AmountRelation, relate_amounts},
    jobs,
    terms::names_fee,
};

/// Stated rates are rounded, and banks round what they convert: by one in so many at most.
const RATE_ROUNDING: u64 = 1_000;

/// A balanced match with what its difference means.
pub(crate) struct Settled {
    pub(crate) matched: Match<u32, u32>,
    pub(crate) cause: RootCause,
    /// Size of the difference that neither tolerance nor text explains.
    pub(crate) unexplained: Money,
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

/// Puts the records together so that both sides balance; nothing where they cannot.
pub(crate) fn settle(problem: &Problem<'_>, lines: &[u32], entries: &[u32], form: Form) -> Option<Settled> {
    if let (Form::Plain, [line], [entry]) = (form, lines, entries)
        && !problem.prepared.currencies_agree(*line as usize, *entry as usize)
    {
        return settle_converted(problem, *line, *entry);
    }
    let currency = shared_currency(problem, lines, entries)?;
    if matches!(form, Form::WrongSign | Form::Reversal) {
        return settle_signs(problem, lines, entries, form, currency);
    }
    let (paid, owed, relation) = relate_totals(problem, lines, entries)?;
    let gap = paid.checked_sub(owed)?;
    let written_off = write_off(problem, lines, entries, Money::from_minor(gap, currency));
    let cause = match written_off {
        Some(cause) => cause,
        None if form == Form::Settlement && gap != 0 => RootCause::Fee,
        None if form == Form::Discounted && gap != 0 => RootCause::Discount,
        None if is_at_another_rate(problem, lines, entries, (paid, owed), relation) => RootCause::RateChange,
        // The books hold what is left after the processor's fee.
        None if relation == AmountRelation::Above && problem.bounds.profile == Profile::Processor => RootCause::Fee,
        None => cause_of(relation, paid, owed),
    };
    let mut line_parts: Vec<i64> = lines.iter().map(|line| problem.paid(*line)).collect();
    let mut entry_parts: Vec<i64> = entries.iter().map(|entry| problem.owed(*entry)).collect();
    let mut adjustments = Vec::new();
    match cause {
        _ if written_off.is_some() => adjustments.push(Adjustment { cause, amount: Money::from_minor(gap, currency) }),
        RootCause::PartialPayment => fill(&mut entry_parts, paid)?,
        RootCause::Overpayment => fill(&mut line_parts, owed)?,
        _ if gap != 0 => adjustments.push(Adjustment { cause, amount: Money::from_minor(gap, currency) }),
        _ => {}
    }
    let legs = legs(lines, &line_parts, entries, &entry_parts, currency);
    let matched =
        if form == Form::Settlement { Match::settlement(legs, adjustments) } else { Match::across(legs, adjustments) }
            .ok()?;
    let open = if written_off.is_some() || form == Form::Discounted {
        0
    } else if relation == AmountRelation::Converted {
        beyond_rounding(gap, owed)?
    } else if is_explained(problem, lines, entries, relation, gap) {
        0
    } else {
        i64::try_from(gap.unsigned_abs()).ok()?
    };
    Some(Settled { matched, cause, unexplained: Money::from_minor(open, currency) })
}

/// Whether one line and one entry are the same job at different rates, which a tolerance does not hide: by the jobs'
/// columns, or by the quantity and rate in the entry's memo.
fn is_at_another_rate(
    problem: &Problem<'_>,
    lines: &[u32],
    entries: &[u32],
    (paid, owed): (i64, i64),
    relation: AmountRelation,
) -> bool {
    let ([line], [entry]) = (lines, entries) else { return false };
    if problem.prepared.jobs.is_at_another_rate(*line, *entry, paid, owed) {
        return true;
    }
    let facts = &problem.prepared.entries.facts[*entry as usize];
    let possible = match relation {
        AmountRelation::Above => true,
        AmountRelation::Discount(percent) => facts.terms.percent != percent,
        _ => false,
    };
    possible && jobs::memo_rate_fits(&problem.prepared.entry_records[*entry as usize].memo, paid, owed)
}

/// Why a rule lets the difference of these records be written off, by the first pair to which one applies.
fn write_off(problem: &Problem<'_>, lines: &[u32], entries: &[u32], gap: Money) -> Option<RootCause> {
    let mut pairs = lines.iter().flat_map(|line| entries.iter().map(|entry| (*line as usize, *entry as usize)));
    pairs.find_map(|(line, entry)| problem.rules.write_off(line, entry, gap)).map(|(_, cause, _)| cause)
}

/// A payment in another currency settles the whole entry, at its worth in the line's currency.
fn settle_converted(problem: &Problem<'_>, line: u32, entry: u32) -> Option<Settled> {
    let currency = problem.prepared.lines.columns.currency[line as usize];
    let (owed, _) = problem.owed_in_line(line, entry)?;
    let paid = problem.paid(line);
    let gap = paid.checked_sub(owed)?;
    let cause = if gap == 0 { RootCause::None } else { RootCause::FxRounding };
    let adjustments =
        if gap == 0 { Vec::new() } else { vec![Adjustment { cause, amount: Money::from_minor(gap, currency) }] };
    let own = problem.prepared.entries.columns.currency[entry as usize];
    let worth = Money::from_minor(owed, currency);
    let legs = vec![
        Leg::of(RecordRef::Line(line), Money::from_minor(paid, currency)),
        Leg::converted(entry, worth, Money::from_minor(problem.owed(entry), own)),
    ];
    let matched = Match::across(legs, adjustments).ok()?;
    Some(Settled { matched, cause, unexplained: Money::from_minor(beyond_rounding(gap, owed)?, currency) })
}

/// What of an exchange's gap no rounding of rates explains: whether it is what the bank took, its amount must say.
fn beyond_rounding(gap: i64, owed: i64) -> Option<i64> {
    let rounding = (owed.unsigned_abs() / RATE_ROUNDING).max(1);
    i64::try_from(gap.unsigned_abs().saturating_sub(rounding)).ok()
}

fn settle_signs(
    problem: &Problem<'_>,
    lines: &[u32],
    entries: &[u32],
    form: Form,
    currency: Currency,
) -> Option<Settled> {
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
    let cause = if form == Form::WrongSign { RootCause::SignError } else { RootCause::Reversal };
    let adjustments =
        if gap == 0 { Vec::new() } else { vec![Adjustment { cause, amount: Money::from_minor(gap, currency) }] };
    let cancels = form == Form::Reversal && entries.len() <= 1 && gap == 0;
    let matched = if cancels { Match::reversal(legs) } else { Match::across(legs, adjustments) }.ok()?;
    let open = Money::from_minor(i64::try_from(gap.unsigned_abs()).ok()?, currency);
    Some(Settled { matched, cause, unexplained: open })
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

/// Why a line and what it pays differ.
fn cause_of(relation: AmountRelation, paid: i64, owed: i64) -> RootCause {
    match relation {
        AmountRelation::Exact => RootCause::None,
        AmountRelation::Rounding | AmountRelation::Converted => RootCause::FxRounding,
        AmountRelation::Transposed => RootCause::Transposition,
        AmountRelation::Discount(_) => RootCause::Discount,
        AmountRelation::Rate => RootCause::RateChange,
        AmountRelation::Fee => RootCause::Fee,
        AmountRelation::Part => RootCause::PartialPayment,
        AmountRelation::Above | AmountRelation::Over => RootCause::Overpayment,
        // What the configuration tolerates still gets the name it would have without.
        AmountRelation::Tolerated => match relate_amounts(paid, owed, 0) {
            AmountRelation::Part | AmountRelation::Fee => RootCause::Fee,
            AmountRelation::Discount(_) => RootCause::Discount,
            AmountRelation::Transposed => RootCause::Transposition,
            AmountRelation::Exact
            | AmountRelation::Tolerated
            | AmountRelation::Rounding
            | AmountRelation::Converted
            | AmountRelation::Rate
            | AmountRelation::Above
            | AmountRelation::Over => RootCause::FxRounding,
        },
    }
}

fn is_explained(problem: &Problem<'_>, lines: &[u32], entries: &[u32], relation: AmountRelation, gap: i64) -> bool {
    match relation {
        AmountRelation::Exact | AmountRelation::Tolerated => true,
        AmountRelation::Discount(percent) => entries.iter().all(|entry| {
            let terms = problem.prepared.entries.facts[*entry as usize].terms;
            let day = problem.prepared.entries.columns.day[*entry as usize];
            let paid_on = lines.iter().map(|line| problem.prepared.lines.columns.day[*line as usize]).max();
            terms.percent == percent
                && paid_on.is_some_and(|paid_on| paid_on.saturating_sub(day) <= i32::from(terms.days))
        }),
        AmountRelation::Fee | AmountRelation::Rounding | AmountRelation::Above | AmountRelation::Over => lines
            .iter()
            .any(|line| names_fee(&problem.prepared.line_records[*line as usize].description, gap.unsigned_abs())),
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
