//! Amounts with the signs of their directions, whether the parts of an entry add up to it, and days.

use std::ops::Range;

use rust_decimal::Decimal;

use super::entry::{AMOUNT_PLACES, Detail, Entry};
use crate::{DateOrder, value::date};

/// Whether the direction is `CRDT`; `None` where it is neither word.
pub(super) fn is_credit(direction: &str) -> Option<bool> {
    match direction {
        "CRDT" => Some(true),
        "DBIT" => Some(false),
        _ => None,
    }
}

/// An amount with the sign of its direction.
pub(super) fn signed(amount: Decimal, is_credit: bool) -> Decimal {
    if is_credit || amount.is_zero() { amount } else { -amount }
}

/// Whether an entry is not booked yet.
pub(super) fn is_pending(status: &str) -> bool {
    matches!(status, "PDNG" | "FUTR")
}

/// What the entry adds to the account; `None` where it cannot be told.
pub(super) fn amount_of(entry: &Entry) -> Option<Decimal> {
    let amount = entry.amount.number().filter(|amount| !amount.is_sign_negative())?;
    is_credit(&entry.direction).map(|is_credit| signed(amount, is_credit))
}

/// Amounts of the details, where there are several and they add up to the entry.
pub(super) fn split(entry: &Entry, total: Decimal) -> Option<Vec<Decimal>> {
    if entry.details.len() < 2 || entry.contradiction.is_some() {
        return None;
    }
    let places = (0..AMOUNT_PLACES).map(|place| place..place + 1);
    places.chain(std::iter::once(0..AMOUNT_PLACES)).find_map(|places| {
        let amounts: Option<Vec<Decimal>> =
            entry.details.iter().map(|detail| detail_amount(entry, detail, places.clone())).collect();
        let sum = amounts.as_ref()?.iter().try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(*amount));
        amounts.filter(|_| sum == Some(total))
    })
}

/// A detail's signed amount in the currency of the entry, from the first of the places that has one.
fn detail_amount(entry: &Entry, detail: &Detail, mut places: Range<usize>) -> Option<Decimal> {
    let direction = if detail.direction.is_empty() { &entry.direction } else { &detail.direction };
    let is_credit = is_credit(direction)?;
    let amount = places.find_map(|place| {
        let stated = detail.amounts.get(place)?.as_ref()?;
        let same = stated.currency.is_empty() || stated.currency == entry.amount.currency;
        stated.number().filter(|_| same)
    })?;
    (!amount.is_sign_negative()).then(|| signed(amount, is_credit))
}

/// The calendar day of a date or date-time as it is written, whatever its zone.
pub(super) fn day(text: &str) -> Option<String> {
    let (day, rest) = text.split_at_checked(10)?;
    if !matches!(rest.bytes().next(), None | Some(b'T' | b'Z' | b'+' | b'-' | b' ')) {
        return None;
    }
    let is_shaped = day.bytes().enumerate().all(|(place, byte)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let found = if is_shaped { date::parse_date(day, DateOrder::YearMonthDay).ok() } else { None };
    found.map(|found| found.to_string())
}
