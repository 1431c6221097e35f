//! Answers in the domain's terms → views as they cross to the window.

mod anomalies;
mod dashboard;
mod import;
mod journal;
mod matching;
mod periods;
mod policy;
mod policy_words;
mod proof;
mod review;
mod session;
mod standing;

use jiff::{Timestamp, civil::Date};
use tieout_domain::Money;

use crate::Amount;

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self { value: money.to_decimal().to_string(), currency: money.currency().code().to_owned() }
    }
}

pub(crate) fn amounts(list: Vec<Money>) -> Vec<Amount> {
    list.into_iter().map(Into::into).collect()
}

pub(crate) fn iso(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// `2026-03`
pub(crate) fn month(date: Date) -> String {
    date.strftime("%Y-%m").to_string()
}

/// To the second: `2025-12-31T09:30:00Z`.
pub(crate) fn at(timestamp: Timestamp) -> String {
    timestamp.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The window counts in 32 bits; more rows than that are shown as the most it can show.
pub(crate) fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(crate) fn all<T, V: From<T>>(list: Vec<T>) -> Vec<V> {
    list.into_iter().map(Into::into).collect()
}

/// A time in milliseconds since 1970-01-01 UTC as ISO date and time.
pub(crate) fn moment(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map(at).unwrap_or_default()
}
