//! Amounts of other currencies, seen in the line's own.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tieout_domain::{Currency, ExchangeRates, Money};

use crate::{
    compare::AmountRelation,
    keys::{Found, KeySource},
    parties::NOBODY,
    prepare::{NO_DAY, Prepared},
};

/// How far a payment may lie from the day's rate, in millionths: what banks take for the exchange.
const SPREAD_PPM: u64 = 12_000;
/// The same where the rate itself is only what other payments show.
const SHOWN_SPREAD_PPM: u64 = 30_000;
/// Payments that must show a rate, and how many of the nearest in time are asked.
const SHOWN_MIN: usize = 3;
const SHOWN_ASKED: usize = 9;
/// Days that they may lie apart.
const SHOWN_DAYS_MAX: i32 = 90;

/// Rates that quoted documents show: `(day, paid per owed)` in major units, by day.
type Shown = Vec<(i32, f64)>;

/// What an entry's amount is in the line's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Converted {
    /// In minor units of the line's currency.
    pub(crate) owed: i64,
    pub(crate) relation: AmountRelation,
}

/// Converts between the currencies of the records.
#[derive(Debug, Default)]
pub(crate) struct Converter {
    stated: Option<ExchangeRates>,
    shown: FxHashMap<(Currency, Currency), Shown>,
}

impl Converter {
    /// Takes the stated rates, and looks for shown ones where these are silent. `None`: nothing is converted.
    pub(crate) fn new(prepared: &Prepared<'_>, rates: Option<&ExchangeRates>) -> Self {
        let Some(stated) = rates else { return Self::default() };
        let first = prepared.lines.columns.currency.first();
        let all = prepared.lines.columns.currency.iter().chain(&prepared.entries.columns.currency);
        if all.into_iter().all(|currency| Some(currency) == first) {
            return Self::default();
        }
        let mut shown: FxHashMap<(Currency, Currency), Shown> = FxHashMap::default();
        let found: Vec<_> =
            (0..prepared.line_records.len()).into_par_iter().filter_map(|line| shown_rate(prepared, line)).collect();
        for (pair, day, rate) in found {
            shown.entry(pair).or_default().push((day, rate));
            shown.entry((pair.1, pair.0)).or_default().push((day, 1.0 / rate));
        }
        shown.retain(|_, rates| rates.len() >= SHOWN_MIN);
        shown.values_mut().for_each(|rates| rates.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))));
        Self { stated: Some(stated.clone()), shown }
    }

    /// The entry's amount in the line's currency, where the line may pay just that.
    pub(crate) fn convert(&self, prepared: &Prepared<'_>, line: usize, entry: usize) -> Option<Converted> {
        let stated = self.stated.as_ref()?;
        let (from, to) = (prepared.entries.columns.currency[entry], prepared.lines.columns.currency[line]);
        if from.is_none() || to.is_none() || from == to {
            return None;
        }
        let (owed, paid) = (prepared.entries.columns.amount[entry], prepared.lines.columns.amount[line]);
        let record = prepared.line_records[line];
        let at_rate = stated.convert(Money::from_minor(owed, from), to, record.date.or(record.value_date));
        let (owed, spread) = match at_rate {
            Some(money) => (money.minor_units(), SPREAD_PPM),
            None => (self.convert_as_shown(owed, (from, to), prepared.lines.columns.day[line])?, SHOWN_SPREAD_PPM),
        };
        let gap = paid.abs_diff(owed);
        let close = u128::from(gap) * 1_000_000 <= u128::from(owed.unsigned_abs()) * u128::from(spread);
        (owed != 0 && (paid > 0) == (owed > 0) && (close || gap <= 2))
            .then_some(Converted { owed, relation: AmountRelation::Converted })
    }

    /// At the middle of the rates that payments around the day show.
    fn convert_as_shown(&self, owed: i64, pair: (Currency, Currency), day: i32) -> Option<i64> {
        let rates = self.shown.get(&pair).filter(|_| day != NO_DAY)?;
        let middle = rates.partition_point(|(other, _)| *other < day);
        let (first, last) = (middle.saturating_sub(SHOWN_ASKED), rates.len().min(middle + SHOWN_ASKED));
        let mut near: Vec<(u32, f64)> =
            rates[first..last].iter().map(|(other, rate)| (other.abs_diff(day), *rate)).collect();
        near.retain(|(apart, _)| *apart <= SHOWN_DAYS_MAX as u32);
        near.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        near.truncate(SHOWN_ASKED);
        if near.len() < SHOWN_MIN {
            return None;
        }
        near.sort_by(|a, b| a.1.total_cmp(&b.1));
        let rate = near[near.len() / 2].1;
        let digits = pair.1.digits() as i32 - pair.0.digits() as i32;
        let converted = (owed as f64 * rate * 10_f64.powi(digits)).round();
        (converted.abs() < 9e15).then_some(converted as i64)
    }
}

/// The rate at which the line paid the one entry of another currency that it quotes, and whose party it names: numbers of
/// other companies' documents stand in many texts.
fn shown_rate(prepared: &Prepared<'_>, line: usize) -> Option<((Currency, Currency), i32, f64)> {
    let (to, day) = (prepared.lines.columns.currency[line], prepared.lines.columns.day[line]);
    let mut hits = prepared.lines.hits.of(line).iter().filter(|hit| hit.found == Found::Exact);
    let entry = hits.find_map(|hit| match prepared.keys.entries.of(hit.key as usize) {
        [only] => {
            let keys = prepared.entries.keys.of(*only as usize);
            keys.iter().any(|key| key.key == hit.key && key.source <= KeySource::Digits).then_some(*only as usize)
        }
        _ => None,
    })?;
    let party = prepared.entries.facts[entry].party;
    let from = prepared.entries.columns.currency[entry];
    if party == NOBODY || from == to || !prepared.names_of(line).iter().any(|hit| hit.party == party) {
        return None;
    }
    let (paid, owed) = (prepared.lines.columns.amount[line], prepared.entries.columns.amount[entry]);
    let usable = !from.is_none() && !to.is_none() && day != NO_DAY && owed != 0;
    // In major units, so that a rate and its inverse are of the same currencies whatever their digits.
    let rate = paid as f64 / owed as f64 * 10_f64.powi(from.digits() as i32 - to.digits() as i32);
    (usable && rate > 0.0).then_some(((from, to), day, rate))
}
