//! Which of day, month and year comes first, decided over the whole columns of dates.

use jiff::civil::Date;
use tieout_domain::{Currency, Said, SaidValue, retold};

use super::PROOF_ROWS;
use crate::{
    Ambiguity, ColumnRole, DateOrder, DecimalMark, Format, Open, Table,
    value::{
        currency,
        date::{self, OrderEvidence},
        words::fold_name,
    },
};

#[derive(Debug, Default)]
struct Counts<'t> {
    year_first: usize,
    named: usize,
    day_first: usize,
    month_first: usize,
    open: Option<&'t str>,
    dotted: bool,
}

/// The order, and both readings where nothing proves it.
pub(super) fn order(table: &Table, roles: &[ColumnRole], mark: DecimalMark) -> (DateOrder, Option<Ambiguity>) {
    let is_date = |role| matches!(role, ColumnRole::Date | ColumnRole::ValueDate | ColumnRole::DueDate);
    let columns: Vec<usize> =
        roles.iter().enumerate().filter(|(_, role)| is_date(**role)).map(|(column, _)| column).collect();
    let mut counts = Counts::default();
    let mut previous: &str = "";
    for column in &columns {
        for row in 0..table.row_count() {
            let cell = table.cell(row, *column);
            // Files are mostly in order of date: neighbours repeat and say nothing new.
            if cell.is_empty() || cell == previous {
                continue;
            }
            previous = cell;
            counts.add(cell);
        }
    }
    choose(table, roles, mark, &columns, &counts)
}

impl<'t> Counts<'t> {
    fn add(&mut self, cell: &'t str) {
        match date::order_evidence(cell) {
            Some(OrderEvidence::Plain { year_first: true }) => self.year_first += 1,
            Some(OrderEvidence::Plain { year_first: false }) => self.named += 1,
            Some(OrderEvidence::DayFirst) => self.day_first += 1,
            Some(OrderEvidence::MonthFirst) => self.month_first += 1,
            Some(OrderEvidence::Either { same }) => {
                self.dotted |= cell.contains('.');
                self.open = self.open.or(Some(cell.trim()).filter(|_| !same));
            }
            None => {}
        }
    }
}

fn choose(
    table: &Table,
    roles: &[ColumnRole],
    mark: DecimalMark,
    columns: &[usize],
    counts: &Counts<'_>,
) -> (DateOrder, Option<Ambiguity>) {
    let column = columns.first().copied();
    if counts.year_first + counts.named == 0 && column.is_some_and(|column| short_years_first(table, column)) {
        return (DateOrder::YearMonthDay, None);
    }
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
    let proved = column.and_then(|column| {
        beside_plain_dates(table, column)
            .or_else(|| within_period(table, column))
            .or_else(|| in_order_of_rows(table, column))
    });
    if let Some(order) = proved {
        return (order, None);
    }
    // QIF comes from a program of the United States, which wrote it that way everywhere.
    let quicken = table.format() == Format::Qif && mark == DecimalMark::Point;
    let american = quicken || looks_american(table, roles, mark, example);
    let order = if american { DateOrder::MonthDayYear } else { DateOrder::DayMonthYear };
    let other = if american { DateOrder::DayMonthYear } else { DateOrder::MonthDayYear };
    (order, Some(Ambiguity { what: Open::DateOrder, readings: vec![reading(example, order), reading(example, other)] }))
}

fn reading(example: &str, order: DateOrder) -> Said {
    let (day, shown) = match date::parse_date(example, order) {
        Ok(day) => (SaidValue::from(day), day.strftime("%-d %B %Y").to_string()),
        Err(_) => (SaidValue::from(""), String::new()),
    };
    if order == DateOrder::DayMonthYear {
        let english = format!("day before month: {example} is {shown}");
        retold!(english, "reading.dayFirst", text = example, day = day)
    } else {
        let english = format!("month before day: {example} is {shown}");
        retold!(english, "reading.monthFirst", text = example, day = day)
    }
}

const BOTH: [DateOrder; 2] = [DateOrder::DayMonthYear, DateOrder::MonthDayYear];

/// The days of a column under an order, as far as they exist.
fn days(table: &Table, column: usize, order: DateOrder, rows: usize) -> impl Iterator<Item = Date> + '_ {
    (0..table.row_count().min(rows)).filter_map(move |row| date::parse_date(table.cell(row, column), order).ok())
}

/// Years of two digits that come first, as in `24-01-31`: read as days they would always be the same, in far-off years.
fn short_years_first(table: &Table, column: usize) -> bool {
    const YEARS_APART: i16 = 4;
    let span = |order| {
        let years = || days(table, column, order, PROOF_ROWS).map(Date::year);
        let count = years().count();
        years().min().zip(years().max()).map(|(first, last)| (count, last - first))
    };
    let Some((count, apart)) = span(DateOrder::YearMonthDay) else { return false };
    let last_first = BOTH.into_iter().filter_map(span).filter(|(others, _)| *others >= count);
    count >= 3
        && apart < YEARS_APART
        && last_first.map(|(_, apart)| apart).min().is_none_or(|least| least >= YEARS_APART)
}

/// The order under which the dates lie next to dates of another column that can be read in one way only, such as the
/// time at which a row was made.
fn beside_plain_dates(table: &Table, column: usize) -> Option<DateOrder> {
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

/// The only order under which all days lie in the period that the file states.
fn within_period(table: &Table, column: usize) -> Option<DateOrder> {
    let section = table.sections().first()?;
    let (from, to) = (section.from?, section.to?);
    let all_within = |order: &DateOrder| {
        days(table, column, *order, PROOF_ROWS).next().is_some()
            && days(table, column, *order, PROOF_ROWS).all(|day| from <= day && day <= to)
    };
    let fitting: Vec<DateOrder> = BOTH.into_iter().filter(all_within).collect();
    match fitting.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The only order under which the days of the rows all rise or all fall, as statements are sorted.
fn in_order_of_rows(table: &Table, column: usize) -> Option<DateOrder> {
    const DAYS_MIN: usize = 4;
    const ROWS: usize = 10_000;
    let (mut sorted, mut shuffled) = (None, None);
    for order in BOTH {
        let mut distinct: Vec<Date> = days(table, column, order, ROWS).collect();
        distinct.dedup();
        let turns = turns(&distinct);
        if turns == 0 && distinct.len() >= DAYS_MIN {
            sorted = Some(order);
        } else if turns >= 2 {
            shuffled = Some(order);
        }
    }
    sorted.filter(|_| shuffled.is_some())
}

/// How often days change between rising and falling.
fn turns(days: &[Date]) -> usize {
    let rises: Vec<bool> = days.windows(2).map(|pair| pair.first() < pair.last()).collect();
    rises.windows(2).filter(|pair| pair.first() != pair.last()).count()
}

/// Whether the file looks as if it came from the United States: dollars, English names, decimal points, commas between.
fn looks_american(table: &Table, roles: &[ColumnRole], mark: DecimalMark, example: &str) -> bool {
    const AMERICAN: [&str; 7] = ["check", "zip", "ssn", "payee", "memo", "original description", "merchant"];
    const BRITISH: [&str; 10] = [
        "cheque",
        "paid in",
        "paid out",
        "narrative",
        "narration",
        "particulars",
        "sort code",
        "money in",
        "money out",
        "counter party",
    ];
    let names: Vec<String> = table.header().iter().map(|name| fold_name(name)).collect();
    let names_any = |words: &[&str]| names.iter().any(|name| words.iter().any(|word| name.contains(word)));
    let mut points = match currency_of(table, roles) {
        Some(currency) if currency.code() == "USD" => 3,
        Some(currency) if currency.code() == "CAD" => 0,
        Some(_) => -3,
        None if says_dollars(table, roles) => 3,
        None => 0,
    };
    points += if names_any(&AMERICAN) { 1 } else { 0 };
    points -= if names_any(&BRITISH) { 2 } else { 0 };
    points -= if mark == DecimalMark::Comma { 2 } else { 0 };
    points -= if table.delimiter() == Some(';') { 2 } else { 0 };
    points -= if example.contains('-') { 1 } else { 0 };
    if table.header_line().is_some() {
        points += if is_english(&names) { 1 } else { -2 };
    }
    points > 0
}

/// Whether two of the columns have English names that no other language shares.
fn is_english(names: &[String]) -> bool {
    const ENGLISH: [&str; 22] = [
        "amount",
        "description",
        "balance",
        "withdrawal",
        "withdrawals",
        "deposit",
        "deposits",
        "category",
        "account",
        "currency",
        "payee",
        "name",
        "gross",
        "fee",
        "notes",
        "posted",
        "posting",
        "check",
        "number",
        "credits",
        "debits",
        "details",
    ];
    names.iter().filter(|name| name.split(' ').any(|word| ENGLISH.contains(&word))).count() >= 2
}

/// The currency that the file names, if it is one.
fn currency_of(table: &Table, roles: &[ColumnRole]) -> Option<Currency> {
    let column = roles.iter().position(|role| *role == ColumnRole::Currency);
    let in_rows = || {
        let column = column?;
        (0..table.row_count().min(20)).find_map(|row| currency::parse_currency(table.cell(row, column)))
    };
    let beside = || {
        let columns = roles.iter().enumerate().filter(|(_, role)| super::is_amount(**role)).map(|(column, _)| column);
        let named = |column: usize| table.header().get(column).and_then(|name| currency::in_header(name));
        columns.clone().find_map(named).or_else(|| {
            let cells =
                columns.flat_map(|column| (0..table.row_count().min(20)).map(move |row| table.cell(row, column)));
            cells.filter(|cell| cell.contains(|sign: char| !sign.is_ascii())).find_map(currency_beside)
        })
    };
    in_rows().or_else(beside).or_else(|| table.sections().first()?.currency).filter(|found| !found.is_none())
}

fn currency_beside(cell: &str) -> Option<Currency> {
    let sign = cell.trim_matches(|character: char| !character.is_alphabetic() && !"€£¥₹".contains(character));
    currency::parse_currency(sign)
}

/// Whether one of the first rows has its amount in dollars.
fn says_dollars(table: &Table, roles: &[ColumnRole]) -> bool {
    let columns = || roles.iter().enumerate().filter(|(_, role)| super::is_amount(**role)).map(|(column, _)| column);
    (0..table.row_count().min(20)).any(|row| columns().any(|column| table.cell(row, column).contains('$')))
}
