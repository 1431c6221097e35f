//! Postings that can be compared with one another.

use std::ops::Range;

use jiff::civil::Date;
use rayon::prelude::*;
use tieout_domain::{Currency, LedgerKind, Money};

use super::postings::{Posting, Postings};

/// The postings of one account of the bank, or of one kind of entry in the books, in one currency.
pub(crate) struct Population<'a> {
    pub(crate) postings: &'a Postings,
    /// The day each counterparty was first seen, on the whole side and in either direction.
    first_seen: &'a [Option<Date>],
    pub(crate) currency: Currency,
    /// All of them, by date.
    pub(crate) by_date: Vec<u32>,
    /// Money in, and money out.
    pub(crate) streams: [Stream; 2],
}

/// The postings of a population that go one way.
#[derive(Default)]
pub(crate) struct Stream {
    pub(crate) incoming: bool,
    /// By date; those without one come last.
    pub(crate) by_date: Vec<u32>,
    /// Those with a known counterparty, by that and date.
    pub(crate) by_party: Vec<u32>,
    /// The amounts without sign, ascending.
    pub(crate) amounts: Vec<u64>,
}

/// What makes postings comparable.
fn scope(posting: &Posting) -> (u8, u32, Currency) {
    let kind = match posting.kind {
        None => 0,
        Some(LedgerKind::Invoice) => 1,
        Some(LedgerKind::Payment) => 2,
        Some(LedgerKind::Job) => 3,
        Some(LedgerKind::Transaction) => 4,
        Some(LedgerKind::CustomerAccount) => 5,
    };
    (kind, posting.account, posting.amount.currency())
}

/// Those without a date come last.
fn day(posting: &Posting) -> Date {
    posting.date.unwrap_or(Date::MAX)
}

impl<'a> Population<'a> {
    /// All populations.
    pub(crate) fn all(postings: &'a Postings, first_seen: &'a [Option<Date>]) -> Vec<Self> {
        let rows = postings.rows();
        let mut order: Vec<u32> = (0..u32::try_from(rows.len()).unwrap_or(u32::MAX)).collect();
        let key = |at: &u32| {
            let row = &rows[*at as usize];
            (scope(row), day(row), row.id)
        };
        order.par_sort_unstable_by_key(key);
        let same = |left: &u32, right: &u32| scope(&rows[*left as usize]) == scope(&rows[*right as usize]);
        let chunks: Vec<&[u32]> = order.chunk_by(same).collect();
        chunks.into_par_iter().map(|members| Self::of(postings, first_seen, members)).collect()
    }

    fn of(postings: &'a Postings, first_seen: &'a [Option<Date>], members: &[u32]) -> Self {
        let currency = members.first().map_or(Currency::NONE, |at| postings.get(*at).amount.currency());
        let streams = [true, false].map(|incoming| {
            let goes = |at: &u32| (postings.get(*at).amount.minor_units() > 0) == incoming;
            Stream::of(postings, incoming, members.iter().copied().filter(goes).collect())
        });
        Self { postings, first_seen, currency, by_date: members.to_vec(), streams }
    }

    pub(crate) fn get(&self, at: u32) -> &'a Posting {
        self.postings.get(at)
    }

    /// The day a counterparty was first seen.
    pub(crate) fn first_seen(&self, party: u32) -> Option<Date> {
        self.first_seen.get(party as usize).copied().flatten()
    }

    /// An amount of the population's currency.
    pub(crate) fn money(&self, magnitude: impl TryInto<i64>) -> Money {
        Money::from_minor(magnitude.try_into().unwrap_or(i64::MAX), self.currency)
    }

    /// Minor units of so many major ones.
    pub(crate) fn minor(&self, major: u64) -> u64 {
        major.saturating_mul(10_u64.pow(self.currency.digits()))
    }
}

impl Stream {
    fn of(postings: &Postings, incoming: bool, by_date: Vec<u32>) -> Self {
        let mut amounts: Vec<u64> = by_date.iter().map(|at| postings.get(*at).magnitude()).collect();
        amounts.par_sort_unstable();
        let mut by_party: Vec<u32> = by_date.iter().copied().filter(|at| postings.get(*at).party().is_some()).collect();
        // They are in the order of their dates already.
        by_party.par_sort_by_key(|at| postings.get(*at).party());
        Self { incoming, by_date, by_party, amounts }
    }

    /// The postings of each counterparty, by date.
    pub(crate) fn parties<'a>(&'a self, postings: &'a Postings) -> impl Iterator<Item = &'a [u32]> {
        self.by_party.chunk_by(|left, right| postings.get(*left).party() == postings.get(*right).party())
    }

    /// The postings of one counterparty, by date.
    pub(crate) fn of_party(&self, postings: &Postings, party: Option<u32>) -> &[u32] {
        let from = self.by_party.partition_point(|at| postings.get(*at).party() < party);
        let rest = &self.by_party[from..];
        &rest[..rest.partition_point(|at| postings.get(*at).party() == party)]
    }

    /// Those that have a date.
    pub(crate) fn dated(&self, postings: &Postings) -> Range<usize> {
        0..self.by_date.partition_point(|at| postings.get(*at).date.is_some())
    }
}

/// Days from one to the other; nothing where the second is earlier.
pub(crate) fn days_between(first: Date, last: Date) -> u32 {
    first.until(last).map_or(0, |span| u32::try_from(span.get_days()).unwrap_or(0))
}
