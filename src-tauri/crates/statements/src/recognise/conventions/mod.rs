//! How a file writes dates, amounts and signs, decided over whole columns; where columns leave two readings, the running
//! balance decides, and else both are reported.

mod dates;
mod signs;

use tieout_domain::{Digest, Side, said};

use super::{Ambiguity, Open, profile::Profiles};
use crate::{
    ColumnRole, DecimalMark, Defaults, Mapping, Table,
    interpret::{
        balance::{self, Chain},
        plan::Plan,
        sampled_steps,
    },
    value::amount::{MarkEvidence, mark_evidence},
};

/// Rows over which balances are tried.
const PROOF_ROWS: usize = 300;

/// Columns of numbers that are tried in place of the amount.
const OTHER_AMOUNTS_MAX: usize = 6;

const NO_DEFAULTS: Defaults =
    Defaults { file: Digest::from_bytes([0; 32]), currency: None, detail: crate::Detail::Full };

/// Completes the roles to a mapping.
pub(super) fn decide(
    table: &Table,
    profiles: &Profiles,
    side: Side,
    roles: Vec<ColumnRole>,
    ambiguities: &mut Vec<Ambiguity>,
) -> Mapping {
    let (decimal_mark, open_example) = decimal_mark(table, &roles);
    let (date_order, order_is_open) = dates::order(table, &roles, decimal_mark);
    if let Some(ambiguity) = order_is_open {
        ambiguities.push(ambiguity);
    }
    let mut mapping = Mapping { roles, date_order, decimal_mark, invert_sign: false };
    let can_prove = side == Side::Statement && mapping.column(ColumnRole::Balance).is_some() && profiles.rows > 1;
    let (mut mark_is_proved, mut is_proved) = (false, false);
    if can_prove {
        let marks: &[DecimalMark] =
            if open_example.is_some() { &[decimal_mark, decimal_mark.other()] } else { &[decimal_mark] };
        let mut best = proved(table, &mapping);
        for (mark, invert) in marks.iter().flat_map(|mark| [(*mark, false), (*mark, true)]) {
            let tried = Mapping { decimal_mark: mark, invert_sign: invert, ..mapping.clone() };
            let found = proved(table, &tried);
            // Names such as withdrawal and deposit say the sign themselves, and two rows fit either way by chance.
            if invert && (!may_invert(&mapping) || found < INVERTED_MIN) {
                continue;
            }
            mark_is_proved |= found > 0;
            // A few balances may follow by chance; a file read rightly has most of them follow.
            if found > best && found as usize * 2 >= profiles.rows {
                (best, mapping) = (found, tried);
            }
        }
        if let Some((found, tried)) = other_amount(table, profiles, &mapping, best) {
            (best, mapping) = (found, tried);
        }
        is_proved = best >= 2;
    }
    if side == Side::Statement && !is_proved {
        mapping.invert_sign = signs::decide(table, profiles, &mapping, ambiguities);
    }
    if let Some(example) = open_example.filter(|_| !mark_is_proved) {
        ambiguities.push(mark_ambiguity(mapping.decimal_mark, example));
    }
    mapping
}

/// Whether nothing but the amount itself says its sign.
fn may_invert(mapping: &Mapping) -> bool {
    mapping.column(ColumnRole::Amount).is_some() && mapping.column(ColumnRole::Direction).is_none()
}

/// Another column of numbers under which the balances follow, where they do not under the one that its name suggests.
fn other_amount(table: &Table, profiles: &Profiles, mapping: &Mapping, best: u32) -> Option<(u32, Mapping)> {
    let amount =
        mapping.column(ColumnRole::Amount).filter(|_| (best as usize) * 2 < profiles.rows && profiles.rows > 2)?;
    let numbers = profiles.columns.iter().enumerate().filter(|(column, profile)| {
        mapping.roles.get(*column) == Some(&ColumnRole::Ignore) && profile.money > 0 && profile.mostly(profile.amounts)
    });
    let tried = numbers.take(OTHER_AMOUNTS_MAX).map(|(column, _)| {
        let mut tried = mapping.clone();
        tried.roles.swap(amount, column);
        (proved(table, &tried), tried)
    });
    tried.filter(|(found, _)| *found as usize * 2 >= profiles.rows && *found > best).max_by_key(|(found, _)| *found)
}

/// Rows that have to be proved before the sign of all amounts is turned around.
const INVERTED_MIN: u32 = 3;

/// How many of the first rows have a balance that follows from the one before, under a mapping.
pub(super) fn proved(table: &Table, mapping: &Mapping) -> u32 {
    let plan = Plan::new(table, Side::Statement, mapping, &NO_DEFAULTS, PROOF_ROWS);
    let chains: Vec<Chain> = sampled_steps(&plan, PROOF_ROWS);
    chains.iter().map(proved_in).sum()
}

/// A chain of nothing moved by nothing proves nothing; neither does one that runs against its dates, as the balance
/// *before* each line does with the sign turned around.
fn proved_in(chain: &Chain) -> u32 {
    let Some(first) = chain.steps.first().filter(|_| chain.steps.iter().any(|step| !step.amount.is_zero())) else {
        return 0;
    };
    let reading = balance::prove("", first.amount.currency(), chain);
    let against_dates = chain.dates_fall().is_some_and(|fall| fall != reading.newest_first);
    if against_dates { 0 } else { reading.proved }
}

/// The decimal mark, and a value that could be read either way if none settles it.
fn decimal_mark(table: &Table, roles: &[ColumnRole]) -> (DecimalMark, Option<String>) {
    let (mut points, mut commas) = (0_usize, 0_usize);
    let mut open: Option<&str> = None;
    for (column, _) in roles.iter().enumerate().filter(|(_, role)| is_amount(**role)) {
        for row in 0..table.row_count() {
            let cell = table.cell(row, column);
            if cell.is_empty() || table.is_number(row, column) {
                continue;
            }
            match mark_evidence(cell) {
                MarkEvidence::Only(DecimalMark::Point) => points += 1,
                MarkEvidence::Only(DecimalMark::Comma) => commas += 1,
                MarkEvidence::Either => open = open.or(Some(cell.trim())),
                MarkEvidence::None => {}
            }
        }
    }
    match (points.cmp(&commas), open) {
        (std::cmp::Ordering::Greater, _) => (DecimalMark::Point, None),
        (std::cmp::Ordering::Less, _) => (DecimalMark::Comma, None),
        // Three digits after the mark are more decimals than most currencies have: they are a group.
        (std::cmp::Ordering::Equal, Some(example)) => {
            let mark = if example.contains('.') { DecimalMark::Comma } else { DecimalMark::Point };
            (mark, Some(example.to_owned()))
        }
        (std::cmp::Ordering::Equal, None) => (DecimalMark::Point, None),
    }
}

fn is_amount(role: ColumnRole) -> bool {
    matches!(role, ColumnRole::Amount | ColumnRole::Debit | ColumnRole::Credit | ColumnRole::Balance)
}

fn mark_ambiguity(chosen: DecimalMark, example: String) -> Ambiguity {
    let reading = |mark: DecimalMark| {
        let groups = if mark == DecimalMark::Point { ',' } else { '.' };
        let (text, such) = (example.as_str(), mark.example());
        if example.contains(groups) {
            said!(
                "reading.thousands",
                "{text}: the mark separates thousands (amounts such as {such})",
                text = text,
                such = such
            )
        } else {
            said!(
                "reading.decimals",
                "{text}: the mark separates decimals (amounts such as {such})",
                text = text,
                such = such
            )
        }
    };
    Ambiguity { what: Open::DecimalMark, readings: vec![reading(chosen), reading(chosen.other())] }
}
