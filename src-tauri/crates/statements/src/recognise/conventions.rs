//! How a file writes dates, amounts and signs, decided over whole columns; where columns leave two readings, the running
//! balance decides, and else both are reported.

use jiff::civil::Date;
use tieout_domain::{Digest, Side};

use super::{Ambiguity, Open, profile::Profiles};
use crate::{
    ColumnRole, DateOrder, DecimalMark, Defaults, Mapping, Table,
    interpret::{
        balance::{self, Chain},
        plan::Plan,
        sampled_steps,
    },
    value::{
        amount::{MarkEvidence, mark_evidence},
        date::{self, OrderEvidence},
    },
};

/// Rows over which balances are tried.
const PROOF_ROWS: usize = 300;

const NO_DEFAULTS: Defaults = Defaults { file: Digest::from_bytes([0; 32]), currency: None };

/// Completes the roles to a mapping.
pub(super) fn decide(
    table: &Table,
    profiles: &Profiles,
    side: Side,
    roles: Vec<ColumnRole>,
    ambiguities: &mut Vec<Ambiguity>,
) -> Mapping {
    let (decimal_mark, open_example) = decimal_mark(table, &roles);
    let (date_order, order_is_open) = date_order(table, &roles);
    if let Some(ambiguity) = order_is_open {
        ambiguities.push(ambiguity);
    }
    let mut mapping = Mapping { roles, date_order, decimal_mark, invert_sign: false };
    let can_prove = side == Side::Statement && mapping.column(ColumnRole::Balance).is_some() && profiles.rows > 1;
    let mut mark_is_proved = false;
    if can_prove {
        let marks: &[DecimalMark] =
            if open_example.is_some() { &[decimal_mark, decimal_mark.other()] } else { &[decimal_mark] };
        let mut best = proved(table, &mapping);
        for (mark, invert) in marks.iter().flat_map(|mark| [(*mark, false), (*mark, true)]) {
            let tried = Mapping { decimal_mark: mark, invert_sign: invert, ..mapping.clone() };
            let found = proved(table, &tried);
            mark_is_proved |= found > 0;
            // A few balances may follow by chance; a file read rightly has most of them follow.
            if found > best && found as usize * 2 >= profiles.rows {
                (best, mapping) = (found, tried);
            }
        }
    }
    if let Some(example) = open_example.filter(|_| !mark_is_proved) {
        ambiguities.push(mark_ambiguity(mapping.decimal_mark, example));
    }
    mapping
}

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
        let what = if example.contains(groups) { "thousands" } else { "decimals" };
        format!("{example}: the mark separates {what} (amounts such as {})", mark.example())
    };
    Ambiguity { what: Open::DecimalMark, readings: vec![reading(chosen), reading(chosen.other())] }
}

#[derive(Debug, Default)]
struct OrderCounts<'t> {
    year_first: usize,
    named: usize,
    day_first: usize,
    month_first: usize,
    open: Option<&'t str>,
    dotted: bool,
}

fn date_order(table: &Table, roles: &[ColumnRole]) -> (DateOrder, Option<Ambiguity>) {
    let mut counts = OrderCounts::default();
    let is_date = |role| matches!(role, ColumnRole::Date | ColumnRole::ValueDate | ColumnRole::DueDate);
    let columns: Vec<usize> =
        roles.iter().enumerate().filter(|(_, role)| is_date(**role)).map(|(column, _)| column).collect();
    let mut previous: &str = "";
    for column in &columns {
        for row in 0..table.row_count() {
            let cell = table.cell(row, *column);
            // Files are mostly in order of date: neighbours repeat and say nothing new.
            if cell.is_empty() || cell == previous {
                continue;
            }
            previous = cell;
            match date::order_evidence(cell) {
                Some(OrderEvidence::Plain { year_first: true }) => counts.year_first += 1,
                Some(OrderEvidence::Plain { year_first: false }) => counts.named += 1,
                Some(OrderEvidence::DayFirst) => counts.day_first += 1,
                Some(OrderEvidence::MonthFirst) => counts.month_first += 1,
                Some(OrderEvidence::Either { same }) => {
                    counts.dotted |= cell.contains('.');
                    counts.open = counts.open.or(Some(cell.trim()).filter(|_| !same));
                }
                None => {}
            }
        }
    }
    choose_order(table, roles, columns.first().copied(), &counts)
}

fn choose_order(
    table: &Table,
    roles: &[ColumnRole],
    column: Option<usize>,
    counts: &OrderCounts<'_>,
) -> (DateOrder, Option<Ambiguity>) {
    match (counts.day_first, counts.month_first) {
        (0, 0) => {}
        (day, month) => {
            let order = if day >= month { DateOrder::DayMonthYear } else { DateOrder::MonthDayYear };
            return (order, None);
        }
    }
    let Some(example) = counts.open else {
        let plain = counts.year_first > 0 && counts.named == 0 && !counts.dotted;
        return (if plain { DateOrder::YearMonthDay } else { DateOrder::DayMonthYear }, None);
    };
    // Nobody writes 12.31.2024.
    if counts.dotted {
        return (DateOrder::DayMonthYear, None);
    }
    if let Some(order) = column.and_then(|column| order_beside_plain_dates(table, column)) {
        return (order, None);
    }
    let falls_apart = column.map_or((0, 0), |column| {
        (turns(table, column, DateOrder::DayMonthYear), turns(table, column, DateOrder::MonthDayYear))
    });
    // Between equals, dollars suggest the order of the United States.
    let american = falls_apart.1 < falls_apart.0 || (falls_apart.0 == falls_apart.1 && names_dollars(table, roles));
    let order = if american { DateOrder::MonthDayYear } else { DateOrder::DayMonthYear };
    let other = if order == DateOrder::DayMonthYear { DateOrder::MonthDayYear } else { DateOrder::DayMonthYear };
    let reading = |order| {
        let day =
            date::parse_date(example, order).map(|date| date.strftime("%-d %B %Y").to_string()).unwrap_or_default();
        let words = if order == DateOrder::DayMonthYear { "day before month" } else { "month before day" };
        format!("{words}: {example} is {day}")
    };
    (order, Some(Ambiguity { what: Open::DateOrder, readings: vec![reading(order), reading(other)] }))
}

/// The order under which the dates lie next to dates of another column that can be read in one way only, such as the
/// time at which a row was made.
fn order_beside_plain_dates(table: &Table, column: usize) -> Option<DateOrder> {
    const DAYS_APART_MAX: i32 = 3;
    let is_near = |row: usize, plain: Date, order| {
        date::parse_date(table.cell(row, column), order)
            .is_ok_and(|day| (day - plain).get_days().abs() <= DAYS_APART_MAX)
    };
    let (mut day_first, mut month_first) = (0_usize, 0_usize);
    for row in 0..table.row_count().min(PROOF_ROWS) {
        for other in (0..table.cell_count(row)).filter(|other| *other != column) {
            let cell = table.cell(row, other);
            if cell.len() < 8 || !matches!(date::order_evidence(cell), Some(OrderEvidence::Plain { .. })) {
                continue;
            }
            if let Ok(plain) = date::parse_date(cell, DateOrder::YearMonthDay) {
                day_first += usize::from(is_near(row, plain, DateOrder::DayMonthYear));
                month_first += usize::from(is_near(row, plain, DateOrder::MonthDayYear));
            }
        }
    }
    match day_first.cmp(&month_first) {
        std::cmp::Ordering::Greater => Some(DateOrder::DayMonthYear),
        std::cmp::Ordering::Less => Some(DateOrder::MonthDayYear),
        std::cmp::Ordering::Equal => None,
    }
}

/// Whether the first row with an amount or a currency says US dollars.
fn names_dollars(table: &Table, roles: &[ColumnRole]) -> bool {
    let says = |role: ColumnRole, cell: &str| match role {
        ColumnRole::Currency => cell.trim().eq_ignore_ascii_case("USD"),
        _ => is_amount(role) && cell.contains('$'),
    };
    (0..table.row_count().min(20))
        .any(|row| roles.iter().enumerate().any(|(column, role)| says(*role, table.cell(row, column))))
}

/// How often dates along the file change between rising and falling: few times under the right order.
fn turns(table: &Table, column: usize, order: DateOrder) -> usize {
    let dates =
        (0..table.row_count().min(10_000)).filter_map(|row| date::parse_date(table.cell(row, column), order).ok());
    let (mut turns, mut last, mut rising) = (0, None, None);
    for day in dates {
        if let Some(before) = last
            && day != before
        {
            let rises = day > before;
            turns += usize::from(rising.is_some_and(|rose| rose != rises));
            rising = Some(rises);
        }
        last = Some(day);
    }
    turns
}
