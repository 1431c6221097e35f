//! Roles by values alone, for files without a header row or with names nobody knows. Whatever is found here is reported
//! as a guess.

use tieout_domain::{Said, SaidValue, Side, said};

use super::{
    conventions,
    profile::{Profile, Profiles},
};
use crate::{
    ColumnRole, DateOrder, DecimalMark, Mapping, Table,
    value::amount::{MarkEvidence, mark_evidence},
};

/// Most columns of numbers that are tried in every combination.
const NUMBERS_MAX: usize = 6;

/// Gives roles to columns that have none where records need one. Answers what was guessed, in words; empty if nothing.
pub(super) fn fill_gaps(table: &Table, profiles: &Profiles, side: Side, roles: &mut [ColumnRole]) -> Vec<Said> {
    let before = roles.to_vec();
    let nameless = table.header_line().is_none();
    if !roles.contains(&ColumnRole::Date) && (side == Side::Statement || nameless) {
        fill_dates(profiles, side, roles);
    }
    if nameless {
        fill_accounts(profiles, side, roles);
    }
    if ![ColumnRole::Amount, ColumnRole::Debit, ColumnRole::Credit].iter().any(|role| roles.contains(role)) {
        fill_amounts(table, profiles, side, roles);
    }
    if nameless {
        fill_direction(profiles, roles);
        fill_texts(profiles, roles);
    }
    let guessed =
        roles.iter().enumerate().filter(|(column, role)| before.get(*column) != Some(role)).map(|(column, role)| {
            said!(
                "reading.column",
                "{column} is the {role}",
                column = table.column_name(column),
                role = SaidValue::word("columnRole", role.as_str())
            )
        });
    let Some(columns) =
        guessed.reduce(|first, second| said!("list", "{first}, {second}", first = first, second = second))
    else {
        return Vec::new();
    };
    vec![
        said!("reading.byValues", "by the values alone: {columns}", columns = columns),
        said!("reading.otherColumns", "columns with other meanings"),
    ]
}

fn free<'a>(profiles: &'a Profiles, roles: &'a [ColumnRole]) -> impl Iterator<Item = (usize, &'a Profile)> + 'a {
    profiles.columns.iter().enumerate().filter(|(column, _)| roles.get(*column) == Some(&ColumnRole::Ignore))
}

fn fill_dates(profiles: &Profiles, side: Side, roles: &mut [ColumnRole]) {
    let is_dates = |profile: &Profile| profile.filled > 0 && profile.dates * 10 >= profile.filled * 8;
    let found: Vec<usize> =
        free(profiles, roles).filter(|(_, profile)| is_dates(profile)).map(|(column, _)| column).collect();
    let second = if side == Side::Statement { ColumnRole::ValueDate } else { ColumnRole::DueDate };
    for (column, role) in found.into_iter().zip([ColumnRole::Date, second]) {
        if !roles.contains(&role) {
            roles[column] = role;
        }
    }
}

/// The own account is the same in every row; other account numbers are the other party's.
fn fill_accounts(profiles: &Profiles, side: Side, roles: &mut [ColumnRole]) {
    let found: Vec<(usize, bool)> = free(profiles, roles)
        .filter(|(_, profile)| profile.mostly(profile.ibans))
        .map(|(column, profile)| (column, profile.constant && profile.filled == profiles.rows))
        .collect();
    for (column, own) in found {
        let role = if own && side == Side::Statement { ColumnRole::Account } else { ColumnRole::CounterpartyAccount };
        if !roles.contains(&role) {
            roles[column] = role;
        }
    }
    let currency =
        free(profiles, roles).find(|(_, profile)| profile.mostly(profile.currencies)).map(|(column, _)| column);
    if let Some(column) = currency {
        roles[column] = ColumnRole::Currency;
    }
}

/// Tries which columns of numbers prove each other as amount and balance; else takes what looks most like amounts.
fn fill_amounts(table: &Table, profiles: &Profiles, side: Side, roles: &mut [ColumnRole]) {
    let numbers = |with_cents: bool| -> Vec<usize> {
        free(profiles, roles)
            .filter(|(_, profile)| profile.mostly(profile.amounts) && profile.dates == 0)
            .filter(|(_, profile)| !with_cents || profile.money > 0)
            .map(|(column, _)| column)
            .take(NUMBERS_MAX)
            .collect()
    };
    let with_cents = numbers(true);
    let columns = if with_cents.is_empty() { numbers(false) } else { with_cents };
    let mark = likely_mark(table, &columns);
    let mut best: (u32, Vec<(usize, ColumnRole)>) = (0, Vec::new());
    for tried in arrangements(&columns).into_iter().filter(|_| side == Side::Statement) {
        let mut with = roles.to_vec();
        for (column, role) in &tried {
            with[*column] = *role;
        }
        let mapping =
            Mapping { roles: with, date_order: DateOrder::DayMonthYear, decimal_mark: mark, invert_sign: false };
        let proved = conventions::proved(table, &mapping);
        if proved > best.0 {
            best = (proved, tried);
        }
    }
    // Two rows may fit by chance only if a balance of nothing is moved by nothing.
    let chosen = if best.0 >= 2 { best.1 } else { unproved(table, profiles, &columns) };
    for (column, role) in chosen {
        roles[column] = role;
    }
}

/// Amount and balance; debit, credit and balance: each in every order.
fn arrangements(columns: &[usize]) -> Vec<Vec<(usize, ColumnRole)>> {
    let mut all = Vec::new();
    for amount in columns {
        for balance in columns.iter().filter(|balance| *balance != amount) {
            all.push(vec![(*amount, ColumnRole::Amount), (*balance, ColumnRole::Balance)]);
            for other in columns.iter().filter(|other| *other != amount && *other != balance) {
                all.push(vec![
                    (*amount, ColumnRole::Debit),
                    (*other, ColumnRole::Credit),
                    (*balance, ColumnRole::Balance),
                ]);
            }
        }
    }
    all
}

/// Two columns of which each row fills one are debit and credit; else a column with negative numbers is the amount.
fn unproved(table: &Table, profiles: &Profiles, columns: &[usize]) -> Vec<(usize, ColumnRole)> {
    for (position, debit) in columns.iter().enumerate() {
        for credit in columns.iter().skip(position + 1) {
            if take_turns(table, profiles.rows, *debit, *credit) {
                return vec![(*debit, ColumnRole::Debit), (*credit, ColumnRole::Credit)];
            }
        }
    }
    let negative =
        columns.iter().find(|column| profiles.columns.get(**column).is_some_and(|profile| profile.negative > 0));
    negative.or(columns.first()).map(|column| vec![(*column, ColumnRole::Amount)]).unwrap_or_default()
}

fn take_turns(table: &Table, rows: usize, left: usize, right: usize) -> bool {
    let has_value = |row: usize, column: usize| table.cell(row, column).bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    let (mut on_left, mut on_right) = (0, 0);
    for row in 0..rows {
        match (has_value(row, left), has_value(row, right)) {
            (true, true) => return false,
            (true, false) => on_left += 1,
            (false, true) => on_right += 1,
            (false, false) => {}
        }
    }
    on_left > 0 && on_right > 0
}

fn likely_mark(table: &Table, columns: &[usize]) -> DecimalMark {
    let (mut points, mut commas) = (0, 0);
    for column in columns {
        for row in 0..table.row_count().min(300) {
            match mark_evidence(table.cell(row, *column)) {
                MarkEvidence::Only(DecimalMark::Point) => points += 1,
                MarkEvidence::Only(DecimalMark::Comma) => commas += 1,
                MarkEvidence::Either | MarkEvidence::None => {}
            }
        }
    }
    if commas > points { DecimalMark::Comma } else { DecimalMark::Point }
}

/// Words for debit and credit give amounts without sign their sign.
fn fill_direction(profiles: &Profiles, roles: &mut [ColumnRole]) {
    let amount = roles.iter().position(|role| *role == ColumnRole::Amount);
    let unsigned = amount.and_then(|column| profiles.columns.get(column)).is_some_and(|profile| profile.negative == 0);
    let column = free(profiles, roles)
        .find(|(_, profile)| profile.filled == profiles.rows && profile.directions == profile.filled)
        .map(|(column, _)| column);
    if let Some(column) = column.filter(|_| unsigned) {
        roles[column] = ColumnRole::Direction;
    }
}

fn fill_texts(profiles: &Profiles, roles: &mut [ColumnRole]) {
    let texts: Vec<usize> = free(profiles, roles)
        .filter(|(_, profile)| profile.mostly(profile.letters) && (!profile.constant || profiles.rows < 2))
        // Short words are codes, except at the end of the row, where remarks stand.
        .filter(|(column, profile)| profile.text_length >= 8 * profile.filled || column + 1 == roles.len())
        .map(|(column, _)| column)
        .collect();
    for column in &texts {
        roles[*column] = ColumnRole::Description;
    }
    if texts.is_empty() {
        super::assign::describe(profiles, roles, 3);
    }
}
