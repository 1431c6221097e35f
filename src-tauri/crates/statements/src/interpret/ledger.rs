//! Rows of side B, and what rows of both sides share.

use tieout_domain::{Currency, LedgerEntry, LedgerKind, Money, Source, said};

use super::{
    Detail,
    cells::{self, Wrong},
    phrases::{self, KindWord},
    plan::Plan,
    sink::Sink,
};
use crate::value::{amount, currency, date};

/// Reads one row: an entry, or nothing and a word to the sink why.
pub(super) fn read(plan: &Plan<'_>, row: usize, sink: &mut Sink) -> Option<LedgerEntry> {
    let mut wrong = cells::faults(plan, row, sink);
    if plan.table.is_blank(row) && wrong.is_empty() {
        return None;
    }
    sink.rows_read += 1;
    if !wrong.is_empty() {
        sink.reject(plan, row, &wrong);
        return None;
    }
    let has_date = plan.has_date(row, plan.date) || plan.has_date(row, plan.due_date);
    if let Some(reason) = not_valid(plan, row).or_else(|| no_record(plan, row, has_date)) {
        sink.skip(plan, row, &reason);
        return None;
    }
    let overlong = overlong(plan, row, &mut wrong);
    let is_account = is_customer_account(plan, row);
    let amount = match cells::money(plan, row) {
        Ok(Some(amount)) => Some(amount),
        Ok(None) if is_account => Some(Money::zero(account_currency(plan, row))),
        Ok(None) => {
            wrong.push(missing_amount(plan, row));
            None
        }
        Err(error) => {
            wrong.push(error);
            None
        }
    };
    let date = cells::date_in(plan, row, plan.date).unwrap_or_else(|error| {
        wrong.push(error);
        None
    });
    let due_date = match cells::date_in(plan, row, plan.due_date) {
        Ok(date) => date,
        // "on receipt" is no date and no mistake.
        Err(error) if !error.value.bytes().any(|byte| byte.is_ascii_digit()) => {
            sink.warn(plan, row, &error);
            None
        }
        Err(error) => {
            wrong.push(error);
            None
        }
    };
    let word = kind_word(plan, row, sink);
    let amount = amount.filter(|_| wrong.is_empty()).and_then(|amount| signed_by_kind(plan, word, amount));
    let Some(amount) = amount else {
        sink.reject(plan, row, &wrong);
        return None;
    };
    let mut memo = plan.joined(row, &plan.descriptions);
    if overlong {
        append_overlong(plan, row, &mut memo, sink);
    }
    Some(LedgerEntry {
        source: Source { file: plan.defaults.file, row: plan.table.number(row) },
        record_id: plan.optional(row, plan.id).to_owned(),
        kind: if is_account { LedgerKind::CustomerAccount } else { ledger_kind(plan, word) },
        number: plan.optional(row, plan.number).to_owned(),
        date,
        due_date,
        counterparty: plan.optional(row, plan.counterparty).to_owned(),
        counterparty_code: plan.optional(row, plan.counterparty_code).to_owned(),
        counterparty_account: plan.optional(row, plan.counterparty_account).to_owned(),
        amount,
        reference: plan.joined(row, &plan.references),
        memo,
        job: super::jobs::read(plan, row, sink),
        raw: match plan.defaults.detail {
            Detail::Full => plan.table.raw_row(row).to_owned(),
            Detail::Matching => String::new(),
        },
    })
}

/// A customer's account has a code and, like every other row of its file, no amount.
fn is_customer_account(plan: &Plan<'_>, row: usize) -> bool {
    let code = plan.optional(row, plan.counterparty_code);
    let digits = code.get(..3).filter(|start| start.eq_ignore_ascii_case("CUS")).and_then(|_| code.get(3..));
    plan.no_amounts
        && digits.is_some_and(|digits| digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn account_currency(plan: &Plan<'_>, row: usize) -> Currency {
    currency::parse_currency(plan.optional(row, plan.currency)).or(plan.defaults.currency).unwrap_or(Currency::NONE)
}

fn kind_word(plan: &Plan<'_>, row: usize, sink: &mut Sink) -> Option<KindWord> {
    let column = plan.kind?;
    let text = plan.cell(row, column);
    let word = phrases::kind(text);
    if word.is_none() && !text.is_empty() {
        let expected = said!(
            "expected.kind",
            "a kind such as invoice, bill, credit note, payment, job or transaction; the usual kind was taken"
        );
        sink.warn(plan, row, &Wrong::cell(column, text, expected));
    }
    word
}

fn ledger_kind(plan: &Plan<'_>, word: Option<KindWord>) -> LedgerKind {
    match word {
        Some(KindWord::Invoice | KindWord::Bill | KindWord::CreditNote) => LedgerKind::Invoice,
        Some(KindWord::Payment) => LedgerKind::Payment,
        Some(KindWord::Job) => LedgerKind::Job,
        // A customer's account with an amount of its own is a movement on it.
        Some(KindWord::Transaction | KindWord::CustomerAccount) => LedgerKind::Transaction,
        None if plan.number.is_some() || plan.due_date.is_some() => LedgerKind::Invoice,
        None => LedgerKind::Transaction,
    }
}

/// Books that write bills or credit notes as positive numbers mean the sign by the kind.
fn signed_by_kind(plan: &Plan<'_>, word: Option<KindWord>, amount: Money) -> Option<Money> {
    match word {
        Some(KindWord::Bill) if plan.bills_unsigned => amount.checked_neg().ok(),
        Some(KindWord::CreditNote) if plan.credit_notes_unsigned => amount.checked_neg().ok(),
        _ => Some(amount),
    }
}

fn not_valid<'t>(plan: &Plan<'t>, row: usize) -> Option<Wrong<'t>> {
    let column = plan.status?;
    let status = plan.cell(row, column);
    if phrases::is_void(status) {
        return Some(Wrong::cell(
            column,
            status,
            said!("expected.valid", "a document that is valid; the cancelled one was left out"),
        ));
    }
    phrases::is_draft(status).then(|| {
        Wrong::cell(column, status, said!("expected.sent", "a document that was sent; the draft was left out"))
    })
}

/// Why a row is no record on either side: a total, a balance among the rows, or a remark.
pub(super) fn no_record<'t>(plan: &Plan<'t>, row: usize, has_date: bool) -> Option<Wrong<'t>> {
    let cells = || (0..plan.table.cell_count(row)).map(|column| plan.cell(row, column)).filter(|cell| !cell.is_empty());
    // A format that is no grid has its balances elsewhere: all its rows are records.
    if plan.table.declared().is_some() {
        return None;
    }
    // Balances stand at the ends of a table; opening and closing ones also at the ends of its pages.
    let is_edge = plan.table.is_edge(row);
    let labels = || plan.descriptions.iter().map(|column| plan.cell(row, *column)).chain(cells().next());
    if labels().any(|label| phrases::is_opening_or_closing(label) || is_edge && phrases::is_balance_label(label)) {
        return Some(Wrong::row(
            plan,
            row,
            said!("expected.noBalance", "a transaction; a balance among the rows was left out"),
        ));
    }
    if has_date {
        return None;
    }
    if cells().next().is_some_and(phrases::is_total)
        || plan.descriptions.first().is_some_and(|column| phrases::is_total(plan.cell(row, *column)))
    {
        return Some(Wrong::row(plan, row, said!("expected.noTotal", "a transaction; a line of totals was left out")));
    }
    let has_value = plan.no_amounts
        || cells().any(|cell| {
            cell.bytes().any(|byte| byte.is_ascii_digit()) && (amount::is_amount(cell) || date::is_date(cell))
        })
        || [plan.amount, plan.debit, plan.credit]
            .into_iter()
            .flatten()
            .any(|column| !plan.cell(row, column).is_empty());
    (!has_value)
        .then(|| Wrong::row(plan, row, said!("expected.noRemark", "a date and an amount; a remark was left out")))
}

pub(super) fn missing_amount<'t>(plan: &Plan<'t>, row: usize) -> Wrong<'t> {
    let column = plan.amount.or(plan.debit).or(plan.credit).unwrap_or(0);
    let expected = super::cells::amount_such_as(plan);
    if plan.table.cell_count(row) <= column {
        let columns = plan.table.column_count();
        let expected = said!("expected.cellsWith", "{columns} cells, with {what}", columns = columns, what = expected);
        return Wrong::row(plan, row, expected);
    }
    Wrong::cell(column, "", expected)
}

/// Whether a row has more cells than there are columns. They are fine where they continue a text in the last column;
/// otherwise every cell of the row may stand in the wrong column.
pub(super) fn overlong<'t>(plan: &Plan<'t>, row: usize, wrong: &mut Vec<Wrong<'t>>) -> bool {
    let columns = plan.table.column_count();
    let mut extra =
        (columns..plan.table.cell_count(row)).map(|column| plan.cell(row, column)).filter(|cell| !cell.is_empty());
    let Some(first) = extra.next() else { return false };
    let is_value = |cell: &str| amount::is_amount(cell) || date::is_date(cell);
    if plan.text_is_last && !is_value(first) && !extra.any(is_value) {
        return true;
    }
    let expected = said!(
        "expected.cellsQuoted",
        "{columns} cells, as the table has columns; a text with the delimiter in it needs quotation marks",
        columns = columns
    );
    wrong.push(Wrong::row(plan, row, expected));
    false
}

pub(super) fn append_overlong(plan: &Plan<'_>, row: usize, text: &mut String, sink: &mut Sink) {
    for column in plan.table.column_count()..plan.table.cell_count(row) {
        let cell = plan.cell(row, column);
        if !cell.is_empty() {
            text.push(' ');
            text.push_str(cell);
        }
    }
    let columns = plan.table.column_count();
    let expected = said!(
        "expected.cellsAdded",
        "{columns} cells, as the table has columns; the others were added to the text",
        columns = columns
    );
    sink.warn(plan, row, &Wrong::row(plan, row, expected));
}
