//! Rows of side A.

use jiff::civil::Date;
use tieout_domain::{Normalised, NormalisedTexts, Source, StatementLine, said};

use super::{
    Detail,
    cells::{self, Wrong},
    phrases,
    plan::Plan,
    realign::{self, Alignment},
    sink::Sink,
};

/// Reads one row: a line, or nothing and a word to the sink why.
pub(super) fn read(plan: &Plan<'_>, row: usize, sink: &mut Sink) -> Option<StatementLine> {
    let mut wrong = cells::faults(plan, row, sink);
    if plan.table.is_blank(row) && wrong.is_empty() {
        return None;
    }
    sink.rows_read += 1;
    if !wrong.is_empty() {
        sink.reject(plan, row, &wrong);
        return None;
    }
    if let Some(reason) = no_record(plan, row) {
        sink.skip(plan, row, &reason);
        return None;
    }
    let aligned = match realign::of_row(plan, row) {
        Alignment::AsIs => return read_aligned(plan, row, wrong, sink),
        Alignment::Open(reason) => {
            wrong.push(reason);
            sink.reject(plan, row, &wrong);
            return None;
        }
        Alignment::Shifted(aligned, warning) => {
            sink.warn(plan, row, &warning);
            aligned
        }
    };
    read_aligned(&aligned, row, wrong, sink)
}

/// Reads a row whose cells stand where the plan says.
fn read_aligned<'t>(plan: &Plan<'t>, row: usize, mut wrong: Vec<Wrong<'t>>, sink: &mut Sink) -> Option<StatementLine> {
    warn_of_row(plan, row, sink);
    let overlong = super::ledger::overlong(plan, row, &mut wrong);
    let amount = cells::money(plan, row).unwrap_or_else(|error| {
        wrong.push(error);
        None
    });
    let amount_is_missing = amount.is_none() && wrong.is_empty();
    let date = cells::date_in(plan, row, plan.date).unwrap_or_else(|error| {
        wrong.push(error);
        None
    });
    let value_date = cells::date_in(plan, row, plan.value_date).unwrap_or_else(|error| {
        wrong.push(error);
        None
    });
    if amount_is_missing {
        wrong.push(super::ledger::missing_amount(plan, row));
    }
    let Some(amount) = amount.filter(|_| wrong.is_empty()) else {
        sink.reject(plan, row, &wrong);
        return None;
    };
    let date = booked_on(plan, row, date, value_date, sink);
    let balance = cells::balance(plan, row, amount.currency()).unwrap_or_else(|error| {
        sink.warn(plan, row, &error);
        None
    });
    let mut description = plan.joined(row, &plan.descriptions);
    if overlong {
        super::ledger::append_overlong(plan, row, &mut description, sink);
    }
    let mut line = StatementLine {
        source: Source { file: plan.defaults.file, row: plan.table.number(row) },
        record_id: plan.optional(row, plan.id).to_owned(),
        account: plan.account_of(row).to_owned(),
        date,
        value_date,
        amount,
        description,
        reference: plan.joined(row, &plan.references),
        counterparty: plan.optional(row, plan.counterparty).to_owned(),
        counterparty_account: plan.optional(row, plan.counterparty_account).to_owned(),
        balance,
        normalised: Normalised::default(),
        job: super::jobs::read(plan, row, sink),
        raw: String::new(),
    };
    match plan.defaults.detail {
        Detail::Full => {
            line.normalised = Normalised::from(NormalisedTexts {
                bank_code: plan.optional(row, plan.bank_code).to_owned(),
                remittance: plan.optional(row, plan.remittance).to_owned(),
                ..NormalisedTexts::default()
            });
            line.raw = plan.table.raw_row(row).to_owned();
            crate::normalise::normalise(&mut line);
        }
        Detail::Matching => crate::normalise::name_party(&mut line),
    }
    Some(line)
}

/// A row that is pending but has a booking day is kept: it has moved the balance of most accounts that show it. A lone row
/// of another account is kept as a statement of its own.
fn warn_of_row(plan: &Plan<'_>, row: usize, sink: &mut Sink) {
    if let Some(column) = plan.status
        && phrases::is_pending(plan.cell(row, column))
    {
        let expected = said!(
            "expected.booked",
            "a booked transaction; it was kept, and may come again under another text once it is booked"
        );
        sink.warn(plan, row, &Wrong::cell(column, plan.cell(row, column), expected));
    }
    if let Some(column) = plan.account
        && plan.lone_accounts.contains(plan.cell(row, column))
    {
        let expected =
            said!("expected.otherAccount", "the account of the other rows; the row was kept as a statement of its own");
        sink.warn(plan, row, &Wrong::cell(column, plan.cell(row, column), expected));
    }
}

/// The booking date, or the value date in its place, with a warning where one is missing.
fn booked_on(
    plan: &Plan<'_>,
    row: usize,
    date: Option<Date>,
    value_date: Option<Date>,
    sink: &mut Sink,
) -> Option<Date> {
    if date.is_some() {
        return date;
    }
    let column = plan.date.or(plan.value_date).unwrap_or(0);
    let expected = match value_date {
        Some(_) if plan.date.is_none() => return value_date,
        // Jobs by their month alone: no day is missing.
        None if plan.date.is_none() && plan.value_date.is_none() && plan.month.is_some() => return None,
        Some(_) => said!("expected.bookingDate", "a booking date; the value date was taken in its place"),
        None => said!("expected.anyDate", "a date; the line was kept without one"),
    };
    sink.warn(plan, row, &Wrong::cell(column, plan.cell(row, column), expected));
    value_date
}

/// Why a row is no transaction, if it is none.
fn no_record<'t>(plan: &Plan<'t>, row: usize) -> Option<Wrong<'t>> {
    let status = plan.optional(row, plan.status);
    let has_date = plan.has_date(row, plan.date);
    // Where a day should be, some banks write that there is none yet.
    if let Some(column) = plan.date
        && !has_date
        && phrases::is_pending(plan.cell(row, column))
    {
        let expected =
            said!("expected.pendingDate", "a booking date; the pending transaction was left out until it has one");
        return Some(Wrong::cell(column, plan.cell(row, column), expected));
    }
    if plan.status.is_none() && !has_date && is_unbooked(plan, row) {
        let expected = said!(
            "expected.pendingBeside",
            "a booking date, as the rows beside it have; the pending transaction was left out until it has one"
        );
        return Some(Wrong::cell(plan.date.unwrap_or(0), "", expected));
    }
    if let Some(column) = plan.status {
        if phrases::is_void(status) {
            return Some(Wrong::cell(
                column,
                status,
                said!("expected.status", "a status of a booked transaction; the row was left out"),
            ));
        }
        if !has_date && plan.date.is_some() && phrases::is_pending(status) {
            return Some(Wrong::cell(
                column,
                status,
                said!(
                    "expected.bookedWithDate",
                    "a booked transaction; the row was left out until it has a booking date"
                ),
            ));
        }
    }
    super::ledger::no_record(
        plan,
        row,
        has_date || plan.has_date(row, plan.value_date) || plan.has_date(row, plan.month),
    )
}

/// Where rows have both the day of the purchase and that of booking, and no column says how far they are, one without the
/// latter is not booked yet.
fn is_unbooked(plan: &Plan<'_>, row: usize) -> bool {
    plan.optional(row, plan.date).is_empty() && plan.has_date(row, plan.value_date) && plan.rows_are_booked
}
