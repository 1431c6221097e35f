//! Amounts, dates and currencies of one row, or what is wrong with them.

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::{Currency, Money, MoneyError, Said, Severity, Side, said};

use super::{
    direction::{self, Direction},
    plan::Plan,
    sink::Sink,
};
use crate::{
    DecimalMark,
    value::{
        amount::{self, NoAmount, Stated},
        currency,
        date::{self, NoDate},
    },
};

/// One thing wrong with one cell or row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong<'t> {
    pub(super) column: Option<usize>,
    pub(super) value: &'t str,
    /// What would have been right.
    pub(super) expected: Said,
}

impl<'t> Wrong<'t> {
    pub(super) fn cell(column: usize, value: &'t str, expected: impl Into<Said>) -> Self {
        Self { column: Some(column), value, expected: expected.into() }
    }

    pub(super) fn row(plan: &Plan<'t>, row: usize, expected: impl Into<Said>) -> Self {
        Self { column: None, value: plan.table.raw_row(row), expected: expected.into() }
    }
}

/// What the reader itself found wrong with the row: warnings go to the sink, errors are answered.
pub(super) fn faults<'t>(plan: &Plan<'t>, row: usize, sink: &mut Sink) -> Vec<Wrong<'t>> {
    let mut wrong = Vec::new();
    for fault in plan.table.faults_of(row) {
        let column = plan.table.header().iter().position(|name| *name == fault.field);
        let expected = match column {
            None if !fault.field.is_empty() => {
                said!("inField", "{field}: {why}", field = &fault.field, why = fault.expected.clone())
            }
            _ => fault.expected.clone(),
        };
        let found = Wrong { column, value: &fault.value, expected };
        match fault.severity {
            Severity::Warning => sink.warn(plan, row, &found),
            Severity::Error => wrong.push(found),
        }
    }
    wrong
}

const AMOUNT_DIGITS: Said = said!("expected.amountDigits", "an amount of at most 17 digits");

/// An example of how the file's amounts are written.
pub(super) fn amount_such_as(plan: &Plan<'_>) -> Said {
    said!("expected.amount", "an amount such as {such}", such = plan.mapping.decimal_mark.example())
}

/// The number in a cell, as the cell states it; `None` if there is none or it cannot be read.
pub(super) fn number(plan: &Plan<'_>, row: usize, column: usize) -> Option<Decimal> {
    stated(plan, row, column).ok().flatten().map(|stated| stated.value)
}

fn stated<'t>(plan: &Plan<'t>, row: usize, column: usize) -> Result<Option<Stated>, Wrong<'t>> {
    let text = plan.cell(row, column);
    if text.is_empty() {
        return Ok(None);
    }
    let mark = if plan.table.is_number(row, column) { DecimalMark::Point } else { plan.mapping.decimal_mark };
    match amount::parse_amount(text, mark) {
        Ok(stated) => Ok(Some(stated)),
        // A dash is how some banks leave a cell empty.
        Err(_) if matches!(text, "-" | "--" | "–" | "—") => Ok(None),
        Err(NoAmount::TooLong) => Err(Wrong::cell(column, text, AMOUNT_DIGITS)),
        Err(NoAmount::Unreadable) => Err(Wrong::cell(column, text, amount_such_as(plan))),
    }
}

/// What columns of amounts and directions mean as a whole.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Signs {
    /// The credit column of a statement shows money in as negative numbers, as cards do that owe less after it.
    pub(crate) credit_is_negative: bool,
    /// `K` stands beside `D`: it is the credit of Scandinavia and the Baltic, not the Hungarian expense.
    pub(crate) k_is_credit: bool,
}

impl Signs {
    /// Rows that are looked at.
    const SAMPLE: usize = 2_000;

    pub(crate) fn of(plan: &Plan<'_>, rows: usize) -> Self {
        let rows = rows.min(Self::SAMPLE);
        let credits = plan.credit.filter(|_| plan.side == Side::Statement).map_or((0, 0), |column| {
            let values = (0..rows).filter_map(|row| number(plan, row, column)).filter(|value| !value.is_zero());
            values.fold((0_usize, 0_usize), |(negative, all), value| {
                (negative + usize::from(value.is_sign_negative()), all + 1)
            })
        });
        let says = |word: &str| {
            plan.direction.is_some_and(|column| (0..rows).any(|row| plan.cell(row, column).eq_ignore_ascii_case(word)))
        };
        Self { credit_is_negative: credits.0 * 2 > credits.1, k_is_credit: says("k") && says("d") }
    }
}

fn is_k(text: &str) -> bool {
    text.eq_ignore_ascii_case("k")
}

/// A row's amount in its currency with the bank's sign; `None` where the row has none.
pub(super) fn money<'t>(plan: &Plan<'t>, row: usize) -> Result<Option<Money>, Wrong<'t>> {
    let Some((column, signed)) = signed(plan, row)? else { return Ok(None) };
    let currency = row_currency(plan, row, column, signed.currency)?;
    // What a cell marks as debit or credit is no matter of convention.
    let value = if plan.mapping.invert_sign && !signed.marked { -signed.value } else { signed.value };
    to_money(value, currency).map(Some).map_err(|error| Wrong::cell(column, plan.cell(row, column), error))
}

/// A row's balance; `None` where it has none.
pub(super) fn balance<'t>(plan: &Plan<'t>, row: usize, currency: Currency) -> Result<Option<Money>, Wrong<'t>> {
    let Some(column) = plan.balance else { return Ok(None) };
    match stated(plan, row, column)? {
        None => Ok(None),
        Some(stated) if stated.currency.is_some_and(|named| !named.agrees_with(currency)) => Err(Wrong::cell(
            column,
            plan.cell(row, column),
            said!("expected.balanceIn", "a balance in {currency}, as the amount is", currency = currency),
        )),
        Some(stated) => to_money(stated.value, currency)
            .map(Some)
            .map_err(|error| Wrong::cell(column, plan.cell(row, column), error)),
    }
}

fn to_money(value: Decimal, currency: Currency) -> Result<Money, Said> {
    Money::from_decimal(value, currency).map_err(|error| match error {
        MoneyError::TooManyDecimals { currency, digits, .. } if currency.is_none() => {
            said!("expected.decimals", "an amount with at most {digits} decimals", digits = digits)
        }
        MoneyError::TooManyDecimals { currency, digits, .. } => {
            said!(
                "expected.decimalsOf",
                "an amount with at most {digits} decimals, as {currency} has",
                digits = digits,
                currency = currency
            )
        }
        MoneyError::Overflow | MoneyError::CurrencyMismatch { .. } => AMOUNT_DIGITS,
    })
}

/// The amount with its sign, and the column it stands in.
fn signed<'t>(plan: &Plan<'t>, row: usize) -> Result<Option<(usize, Stated)>, Wrong<'t>> {
    if let Some(column) = plan.amount
        && let Some(stated) = stated(plan, row, column)?
    {
        return Ok(Some((column, Stated { value: directed(plan, row, stated.value)?, ..stated })));
    }
    let read = |column: Option<usize>| match column {
        Some(column) => stated(plan, row, column).map(|found| found.map(|stated| (column, stated))),
        None => Ok(None),
    };
    let (debit, credit) = (read(plan.debit)?, read(plan.credit)?);
    let filled = |found: &Option<(usize, Stated)>| found.as_ref().is_some_and(|(_, stated)| !stated.value.is_zero());
    match (debit, credit) {
        (Some((column, _)), Some(_)) if filled(&debit) && filled(&credit) => Err(Wrong::cell(
            column,
            plan.cell(row, column),
            said!("expected.oneOfTwo", "an amount in one of the columns for debit and credit, not in both"),
        )),
        (Some((column, debit)), credit) if filled(&Some((column, debit))) || credit.is_none() => {
            let out = if plan.debit_is_negative { debit.value } else { -debit.value };
            Ok(Some((column, Stated { value: if plan.side == Side::Ledger { -out } else { out }, ..debit })))
        }
        (_, Some((column, credit))) => {
            let negative = plan.side == Side::Ledger || plan.signs.credit_is_negative;
            let value = if negative { -credit.value } else { credit.value };
            Ok(Some((column, Stated { value, ..credit })))
        }
        (_, None) => Ok(None),
    }
}

/// Applies the direction column. An amount that is negative already keeps its sign.
fn directed<'t>(plan: &Plan<'t>, row: usize, value: Decimal) -> Result<Decimal, Wrong<'t>> {
    let Some(column) = plan.direction else { return Ok(value) };
    let text = plan.cell(row, column);
    if value.is_zero() {
        return Ok(value);
    }
    let lowers = match direction::parse(text) {
        Some(Direction::Out) if plan.signs.k_is_credit && is_k(text) => false,
        Some(Direction::Out) => true,
        Some(Direction::In) => false,
        Some(Direction::Debit) => plan.side == Side::Statement,
        Some(Direction::Credit) => plan.side == Side::Ledger,
        None => {
            return Err(Wrong::cell(
                column,
                text,
                said!("expected.direction", "a word for debit or credit, such as D or C"),
            ));
        }
    };
    Ok(if lowers && value.is_sign_positive() { -value } else { value })
}

/// The currency of a row: its own column, else the sign beside the amount, else that of its statement, else the
/// header, else the default.
fn row_currency<'t>(
    plan: &Plan<'t>,
    row: usize,
    amount_column: usize,
    beside: Option<Currency>,
) -> Result<Currency, Wrong<'t>> {
    let text = plan.optional(row, plan.currency);
    let own = match plan.currency.filter(|_| !text.is_empty()) {
        Some(column) => match currency::mark(text) {
            Some(currency::Mark::Of(found)) => Some(found),
            Some(currency::Mark::Vague) => None,
            None => {
                return Err(Wrong::cell(
                    column,
                    text,
                    said!("expected.currency", "a currency's code of three letters, such as EUR or USD"),
                ));
            }
        },
        None => None,
    };
    if let (Some(own), Some(beside)) = (own, beside)
        && !own.agrees_with(beside)
    {
        let amount = plan.cell(row, amount_column);
        return Err(Wrong::cell(
            amount_column,
            amount,
            said!("expected.amountIn", "an amount in {currency}, as the row's currency says", currency = own),
        ));
    }
    let stated = plan.section(row).and_then(|section| section.currency);
    let default = plan.defaults.currency;
    let named = own.or(beside).or(stated).or(plan.header_currency);
    // Russian banks still write the code of before 1998; books in roubles mean the one of today.
    let named = named.map(|named| named.successor().filter(|today| Some(*today) == default).unwrap_or(named));
    Ok(named.or(default).unwrap_or(Currency::NONE))
}

/// The date in a column; `None` where the cell has none.
pub(super) fn date_in<'t>(plan: &Plan<'t>, row: usize, column: Option<usize>) -> Result<Option<Date>, Wrong<'t>> {
    let Some(column) = column else { return Ok(None) };
    let text = plan.cell(row, column);
    if text.is_empty() {
        return Ok(None);
    }
    let order = plan.mapping.date_order;
    match date::parse_date(text, order) {
        Ok(date) => Ok(Some(date)),
        Err(_) if date::is_no_date(text) => Ok(None),
        Err(error) => {
            if plan.table.format().is_spreadsheet()
                && plan.table.is_number(row, column)
                && let Some(date) = date::from_serial(text)
            {
                return Ok(Some(date));
            }
            let expected = match error {
                NoDate::Unreadable => said!("expected.date", "a date such as {such}", such = order.example()),
                NoDate::Impossible => {
                    said!("expected.day", "a day that exists, written like {such}", such = order.example())
                }
            };
            Err(Wrong::cell(column, text, expected))
        }
    }
}
