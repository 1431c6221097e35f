//! Rows with a cell too few: where one was left out, all cells after it stand one column to the left. Such a row is read
//! only if its date and amount can be found in one way, and it is always reported.

use jiff::civil::Date;
use tieout_domain::{Money, Said, retold, said};

use super::{
    cells::{self, Wrong},
    plan::Plan,
};
use crate::Format;

/// How a short row is to be read.
pub(super) enum Alignment<'t> {
    /// As it stands.
    AsIs,
    /// Under this plan, with a warning.
    Shifted(Box<Plan<'t>>, Wrong<'t>),
    /// Not at all: more than one amount or date is possible.
    Open(Wrong<'t>),
}

/// Looks at a row with fewer cells than there are columns.
pub(super) fn of_row<'t>(plan: &Plan<'t>, row: usize) -> Alignment<'t> {
    let (columns, cells) = (plan.table.column_count(), plan.table.cell_count(row));
    // Only text between delimiters can lose one; elsewhere the last fields are simply not there.
    if cells >= columns || plan.table.format() != Format::Csv {
        return Alignment::AsIs;
    }
    let as_is = facts(plan, row);
    let filled = (0..cells).rev().find(|cell| !plan.cell(row, *cell).is_empty()).map_or(0, |last| last + 1);
    let mut lengths = vec![cells, filled];
    lengths.dedup();
    let mut found: Option<(Facts, Plan<'t>)> = None;
    for missing in lengths.into_iter().map(|length| columns - length) {
        // The later the gap, the more texts stay where they are.
        for gap in (1..columns - missing).rev() {
            let shifted = shifted(plan, gap, missing);
            let Some(facts) = facts(&shifted, row) else { continue };
            if as_is.as_ref().or(found.as_ref().map(|(have, _)| have)).is_some_and(|have| contradict(*have, facts)) {
                return Alignment::Open(Wrong::row(plan, row, several(columns)));
            }
            found.get_or_insert((facts, shifted));
        }
    }
    match found {
        Some((_, shifted)) if as_is.is_none() => {
            let count = columns - filled;
            let missing = if count == 1 { "one".to_owned() } else { count.to_string() };
            let english = format!(
                "{columns} cells, as the table has columns; the amount was read from where it stands with {missing} missing"
            );
            let expected = retold!(english, "expected.cellsShifted", columns = columns, count = count);
            Alignment::Shifted(Box::new(shifted), Wrong::row(plan, row, expected))
        }
        _ => Alignment::AsIs,
    }
}

fn several(columns: usize) -> Said {
    said!(
        "expected.cellsOpen",
        "{columns} cells, as the table has columns; with some missing the amount could stand in more than one column",
        columns = columns
    )
}

type Facts = (Option<Date>, Option<Date>, Money);

/// Whether two readings say different things; one that leaves a date out contradicts none that has it.
fn contradict(one: Facts, other: Facts) -> bool {
    let differ = |one: Option<Date>, other: Option<Date>| one.zip(other).is_some_and(|(one, other)| one != other);
    differ(one.0, other.0) || differ(one.1, other.1) || one.2 != other.2
}

/// What a row says under a plan, if all of it can be read.
fn facts(plan: &Plan<'_>, row: usize) -> Option<Facts> {
    let date = cells::date_in(plan, row, plan.date).ok()?;
    let value_date = cells::date_in(plan, row, plan.value_date).ok()?;
    let amount = cells::money(plan, row).ok()??;
    cells::balance(plan, row, amount.currency()).ok()?;
    (date.is_some() || value_date.is_some()).then_some((date, value_date, amount))
}

/// The plan for a row in which `missing` cells are left out at column `gap`.
fn shifted<'t>(plan: &Plan<'t>, gap: usize, missing: usize) -> Plan<'t> {
    let place = |column: usize| match column {
        before if before < gap => Some(before),
        within if within < gap + missing => None,
        after => Some(after - missing),
    };
    let mut shifted = plan.clone();
    for column in [
        &mut shifted.id,
        &mut shifted.account,
        &mut shifted.date,
        &mut shifted.value_date,
        &mut shifted.due_date,
        &mut shifted.amount,
        &mut shifted.debit,
        &mut shifted.credit,
        &mut shifted.direction,
        &mut shifted.currency,
        &mut shifted.counterparty,
        &mut shifted.counterparty_code,
        &mut shifted.counterparty_account,
        &mut shifted.balance,
        &mut shifted.number,
        &mut shifted.kind,
        &mut shifted.status,
        &mut shifted.bank_code,
        &mut shifted.remittance,
        &mut shifted.month,
        &mut shifted.site,
        &mut shifted.service_type,
        &mut shifted.quantity,
        &mut shifted.rate,
    ] {
        *column = column.and_then(place);
    }
    shifted.descriptions = plan.descriptions.iter().copied().filter_map(place).collect();
    shifted.references = plan.references.iter().copied().filter_map(place).collect();
    shifted
}
