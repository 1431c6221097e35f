//! What comparing asks of an entry, side by side: of a million entries each question asked of a column of its own would
//! wait for memory once more.

use tieout_domain::{Currency, LedgerEntry, LedgerKind};

use crate::{
    parties::NOBODY,
    prepare::{Columns, day_number},
    terms::Terms,
};

/// An entry as pairs see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntryFacts {
    /// Minor units.
    pub(crate) amount: i64,
    /// Days since 1970-01-01 of its date, and of its due date.
    pub(crate) day: i32,
    pub(crate) due: i32,
    /// Number of its party.
    pub(crate) party: u32,
    pub(crate) currency: Currency,
    pub(crate) terms: Terms,
    /// How many entries cannot be told apart from it, itself included, in thousandths of a bit.
    pub(crate) twins: i32,
    /// What meeting just its amount says, in thousandths of a bit.
    pub(crate) rarity: i32,
    /// Its keys, a bit each: a text without a bit in common holds none of them.
    pub(crate) key_bits: u64,
    /// The books hold the payment already, or expect it on the very day.
    pub(crate) booked: bool,
    /// It is a customer's account, which has no amount of its own.
    pub(crate) is_account: bool,
    /// It says again what another entry says.
    pub(crate) is_repeat: bool,
}

impl EntryFacts {
    /// Reads the facts of all entries; what takes all of them to know is told later.
    pub(crate) fn all(records: &[&LedgerEntry], columns: &Columns) -> Vec<Self> {
        let fact = |(at, entry): (usize, &&LedgerEntry)| Self {
            amount: columns.amount[at],
            day: columns.day[at],
            due: day_number(entry.due_date),
            party: NOBODY,
            currency: columns.currency[at],
            terms: Terms::read(&entry.memo),
            twins: 0,
            rarity: 0,
            key_bits: 0,
            booked: matches!(entry.kind, LedgerKind::Payment | LedgerKind::Transaction)
                || entry.due_date.is_some() && entry.due_date == entry.date,
            is_account: entry.kind == LedgerKind::CustomerAccount,
            is_repeat: false,
        };
        records.iter().enumerate().map(fact).collect()
    }
}

/// An entry in a block that is ordered by amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Placed {
    /// Minor units.
    pub(crate) amount: i64,
    /// Days since 1970-01-01 of its date.
    pub(crate) day: i32,
    pub(crate) entry: u32,
}

impl Placed {
    /// How far it lies from an amount and a day.
    pub(crate) fn nearness(&self, amount: i64, day: i32) -> (u64, u32) {
        (self.amount.abs_diff(amount), self.day.abs_diff(day))
    }
}
