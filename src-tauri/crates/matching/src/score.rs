//! Evidence → weights: log₂ likelihood ratios in thousandths of a bit (Fellegi and Sunter 1969).
//!
//! How rare an agreement is comes from the data at hand, with pseudo-counts, so that ten records do not claim what only
//! ten thousand can show. How often a true pair agrees comes from the tables below.

use std::cmp::Ordering;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tieout_domain::Confidence;

use crate::{
    compare::{AmountRelation, Comparison, ReferenceRelation},
    keys::{Found, KeySource},
    prepare::{Columns, NO_DAY, Prepared},
};

/// Entries assumed besides the ones given, for all shares.
const PSEUDO_COUNT: f64 = 1_000.0;
/// Entries assumed besides the ones given, for the chance of any pair.
const PRIOR_COUNT: f64 = 500.0;
/// Days assumed besides those the records cover.
const SPAN_PSEUDO_DAYS: f64 = 60.0;
/// Least score that is proposed: less likely than not, but worth a person's look.
pub(crate) const ACCEPTED_MIN: i32 = -2_000;
/// What calibration adds to a score: most lines do belong to some entry, which the prior of a random pair leaves out.
/// Measured on generated statements (seeds 1–99): without it proposals at 0.5 are right nine times in ten. It is kept
/// well below what was measured (three bits), since real statements hold more lines that belong to nothing.
const CALIBRATION: i32 = 1_500;
/// Least score of a pair that is remembered, to say what came nearest.
pub(crate) const REMEMBERED_MIN: i32 = -9_000;
/// An answer this close to the best is a rival.
pub(crate) const RIVAL_GAP: i32 = 3_000;

/// What each piece of a comparison says, in thousandths of a bit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Weights {
    pub(crate) prior: i32,
    pub(crate) amount: i32,
    pub(crate) date: i32,
    pub(crate) reference: i32,
    pub(crate) name: i32,
    pub(crate) code: i32,
    pub(crate) account: i32,
}

impl Weights {
    pub(crate) fn total(&self) -> i32 {
        self.prior + self.amount + self.date + self.reference + self.name + self.code + self.account
    }
}

/// Amounts of all entries, sorted, to see how rare one is.
#[derive(Debug, Default)]
pub(crate) struct Amounts {
    /// `(amount, day, entry)`.
    pub(crate) sorted: Vec<(i64, i32, u32)>,
    /// Days that nine tenths of the entries cover.
    span_days: f64,
    /// How many lines of the same amount and day stand before each line: true repeats meet one entry each.
    pub(crate) line_rank: Vec<u32>,
    /// How many entries cannot be told apart from each entry, itself included, in thousandths of a bit.
    twins: Vec<i32>,
    /// What meeting just the amount of each entry says.
    rarity: Vec<i32>,
    prior: i32,
}

impl Amounts {
    pub(crate) fn new(prepared: &Prepared<'_>) -> Self {
        let columns = &prepared.entries.columns;
        let mut sorted: Vec<_> = (0..columns.amount.len())
            .filter(|entry| columns.amount[*entry] != 0 && columns.repeats[*entry].is_none())
            .map(|entry| (columns.amount[entry], columns.day[entry], entry as u32))
            .collect();
        sorted.sort_unstable();
        let mut days: Vec<i32> = columns.day.iter().copied().filter(|day| *day != NO_DAY).collect();
        days.sort_unstable();
        let at = |share: usize| days.get(days.len() * share / 20).copied().unwrap_or(0);
        let entries = columns.amount.len();
        let mut amounts = Self {
            sorted,
            span_days: f64::from(at(19).saturating_sub(at(1))),
            prior: prior(prepared),
            line_rank: line_ranks(&prepared.lines.columns),
            twins: twins(prepared),
            rarity: Vec::new(),
        };
        amounts.rarity = columns.amount.par_iter().map(|amount| amount_rarity(&amounts, *amount, entries)).collect();
        amounts
    }

    /// Entries with amounts from `low` to `high`, both included.
    pub(crate) fn between(&self, low: i64, high: i64) -> &[(i64, i32, u32)] {
        let first = self.sorted.partition_point(|(amount, ..)| *amount < low);
        let last = self.sorted.partition_point(|(amount, ..)| *amount <= high);
        self.sorted.get(first..last).unwrap_or(&[])
    }
}

fn twins(prepared: &Prepared<'_>) -> Vec<i32> {
    let (entries, columns) = (&prepared.entries, &prepared.entries.columns);
    let kind =
        |at: usize| (columns.amount[at], columns.currency[at], columns.day[at], entries.due[at], entries.party[at]);
    let mut counts: FxHashMap<_, u32> = FxHashMap::default();
    for at in (0..columns.amount.len()).filter(|at| columns.repeats[*at].is_none()) {
        *counts.entry(kind(at)).or_default() += 1;
    }
    (0..columns.amount.len()).map(|at| bits(f64::from(counts.get(&kind(at)).copied().unwrap_or(1)))).collect()
}

fn line_ranks(columns: &Columns) -> Vec<u32> {
    let mut seen: FxHashMap<(i64, i32), u32> = FxHashMap::default();
    let lines = columns.amount.iter().zip(&columns.day);
    lines
        .map(|(amount, day)| {
            let rank = seen.entry((*amount, *day)).or_default();
            *rank += 1;
            *rank - 1
        })
        .collect()
}

/// Weighs a comparison.
pub(crate) fn weigh(prepared: &Prepared<'_>, amounts: &Amounts, entry: usize, comparison: &Comparison) -> Weights {
    let mut weights = Weights {
        // To belong to one of several entries that are alike is as many times likelier than to belong to just this one.
        prior: amounts.prior + amounts.twins[entry],
        amount: amount_weight(prepared, amounts, entry, comparison.amount),
        date: date_weight(prepared.entries.booked[entry], comparison, amounts.span_days),
        reference: reference_weight(comparison),
        ..Weights::default()
    };
    party_weights(prepared, comparison, &mut weights);
    weights
}

/// How likely any pair is.
pub(crate) fn prior(prepared: &Prepared<'_>) -> i32 {
    bits(1.0 / (prepared.entry_records.len() as f64 + PRIOR_COUNT))
}

fn bits(ratio: f64) -> i32 {
    (1_000.0 * ratio.log2()).round() as i32
}

fn amount_weight(prepared: &Prepared<'_>, amounts: &Amounts, entry: usize, relation: AmountRelation) -> i32 {
    match relation {
        AmountRelation::Exact => amounts.rarity[entry],
        AmountRelation::Tolerated => (amounts.rarity[entry] - 2_500).min(5_500),
        AmountRelation::Transposed => 4_000,
        AmountRelation::Discount(percent) if prepared.entries.terms[entry].percent == percent => 7_000,
        AmountRelation::Discount(1..=3) => 5_000,
        AmountRelation::Discount(_) => 2_500,
        AmountRelation::Rounding => 2_500,
        AmountRelation::Fee => 1_200,
        AmountRelation::Above => 300,
        AmountRelation::Part | AmountRelation::Over => -3_500,
    }
}

/// What meeting just this amount says.
pub(crate) fn amount_rarity(amounts: &Amounts, amount: i64, entries: usize) -> i32 {
    let chance = match amount.unsigned_abs() {
        round if round % 10_000 == 0 => 1.0 / 100.0,
        round if round % 1_000 == 0 => 1.0 / 300.0,
        round if round % 100 == 0 => 1.0 / 1_000.0,
        _ => 1.0 / 5_000.0,
    };
    let others = amounts.between(amount, amount).len().saturating_sub(1) as f64;
    -bits(others / (entries as f64 + PSEUDO_COUNT) + chance) - 200
}

/// A range of lags up to this day: how often a true pair lies in it, and how many days it has.
type Lag = (i32, f64, f64);

/// Lags of payments that the books already hold: bank and books book within days of each other.
const BOOKED_LAGS: [Lag; 9] = [
    (-16, 0.001, 100.0),
    (-4, 0.004, 12.0),
    (-2, 0.01, 2.0),
    (-1, 0.10, 1.0),
    (0, 0.45, 1.0),
    (2, 0.25, 2.0),
    (5, 0.10, 3.0),
    (16, 0.07, 11.0),
    (i32::MAX, 0.005, 100.0),
];
/// Days after the due date.
const DUE_LAGS: [Lag; 7] = [
    (-12, 0.12, 40.0),
    (-4, 0.15, 8.0),
    (5, 0.45, 9.0),
    (11, 0.13, 6.0),
    (45, 0.12, 34.0),
    (90, 0.02, 45.0),
    (i32::MAX, 0.01, 300.0),
];
/// Days after the document's date, where no due date is known.
const DOCUMENT_LAGS: [Lag; 7] = [
    (-16, 0.01, 60.0),
    (-1, 0.09, 15.0),
    (5, 0.35, 6.0),
    (11, 0.15, 6.0),
    (45, 0.33, 34.0),
    (90, 0.05, 45.0),
    (i32::MAX, 0.02, 300.0),
];

/// What a lag says: how much likelier a true pair lies in its range than a chance one, whose lags spread over all the
/// days that the records cover.
fn lag_weight(table: &[Lag], lag: i32, span_days: f64) -> i32 {
    let at = table.partition_point(|(upper, ..)| *upper < lag);
    table.get(at).map_or(0, |(_, share, days)| bits(share / (days / (span_days + SPAN_PSEUDO_DAYS)).min(1.0)))
}

fn date_weight(booked: bool, comparison: &Comparison, span_days: f64) -> i32 {
    match (comparison.lag, comparison.after_due) {
        (None, _) => 0,
        (Some(lag), _) if booked => lag_weight(&BOOKED_LAGS, lag, span_days),
        (Some(lag), Some(after_due)) if lag >= 0 => lag_weight(&DUE_LAGS, after_due, span_days),
        (Some(lag), _) => lag_weight(&DOCUMENT_LAGS, lag, span_days),
    }
}

fn reference_weight(comparison: &Comparison) -> i32 {
    match comparison.reference {
        ReferenceRelation::Missing => 0,
        ReferenceRelation::Differs => -5_000,
        ReferenceRelation::Near(_) => 4_500,
        ReferenceRelation::Quoted(_, _, bits) => bits,
    }
}

/// What quoting a party's code or bank account says about one of its entries.
fn owner_rarity(prepared: &Prepared<'_>, key: u32) -> i32 {
    let others = prepared.keys.entries.of(key as usize).len().saturating_sub(1) as f64;
    -bits(others / (prepared.entry_records.len() as f64 + PSEUDO_COUNT) + 1.0 / 8_000.0)
}

/// Name, code and account say the same thing in three ways: the strongest counts in full, the others a quarter.
fn party_weights(prepared: &Prepared<'_>, comparison: &Comparison, weights: &mut Weights) {
    let name = comparison.name.map(|hit| hit.worth);
    let code = comparison.code.map(|key| owner_rarity(prepared, key));
    let account = comparison.account.map(|key| owner_rarity(prepared, key));
    let strongest = [name, code, account].into_iter().flatten().max();
    let mut used = false;
    let mut share = |weight: Option<i32>| match weight {
        Some(weight) if Some(weight) == strongest && !used => {
            used = true;
            weight
        }
        Some(weight) => weight / 4,
        None => 0,
    };
    weights.account = share(account);
    weights.code = share(code);
    weights.name = share(name) - if comparison.names_other { 4_000 } else { 0 };
}

/// Probability that follows from a score alone.
fn probability(score: i32) -> f64 {
    1.0 / (1.0 + (-f64::from(score) / 1_000.0).exp2())
}

/// Confidence of a score: the logistic of its calibrated bits, but never more than the missing evidence allows.
pub(crate) fn confidence(score: i32, ceiling_ppm: u32) -> Confidence {
    let ppm = (probability(score.saturating_add(CALIBRATION)) * 1_000_000.0).floor() as u32;
    Confidence::from_ppm(ppm.min(ceiling_ppm))
}

/// The weight of all rivals together: what remains of a score of `own` once they take their share. Never positive.
pub(crate) fn rival_weight(own: i32, gaps: &[i32]) -> i32 {
    // Odds against: no match at all, plus each rival as likely as its gap says.
    let against = (-f64::from(own) / 1_000.0).exp2();
    let rivals: f64 = gaps.iter().map(|gap| (-f64::from((*gap).max(-20_000)) / 1_000.0).exp2()).sum();
    (bits(1.0 / (against + rivals)) - own).min(0)
}

/// The most that may be believed of a pair, in millionths, by what evidence it lacks.
pub(crate) fn ceiling(comparison: &Comparison, has_rival: bool) -> u32 {
    let by_identity = match (comparison.has_identity(), has_rival) {
        (false, false) => 900_000,
        (false, true) => 600_000,
        (true, _) => 999_900,
    };
    let quoted = comparison.is_quoted();
    let by_amount = match (comparison.amount, quoted) {
        (AmountRelation::Exact | AmountRelation::Tolerated, _) => 999_900,
        (
            AmountRelation::Rounding | AmountRelation::Discount(_) | AmountRelation::Fee | AmountRelation::Transposed,
            true,
        ) => 970_000,
        (AmountRelation::Part, true) => 920_000,
        (AmountRelation::Above, true) => 900_000,
        // Often one of several documents, of which the text names only the first.
        (AmountRelation::Over, true) => 750_000,
        (_, false) => 900_000,
    };
    let by_reference = match comparison.reference {
        ReferenceRelation::Differs => 850_000,
        ReferenceRelation::Near(_) => 940_000,
        ReferenceRelation::Quoted(key, found, _) if found == Found::Cut || key.source == KeySource::Memo => 985_000,
        ReferenceRelation::Missing | ReferenceRelation::Quoted(..) => 999_900,
    };
    by_identity.min(by_amount).min(by_reference)
}

/// Better first; ties fall to the earliest entry.
pub(crate) fn better(left: (i32, u32), right: (i32, u32)) -> Ordering {
    right.0.cmp(&left.0).then(left.1.cmp(&right.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_equal_rival_leaves_even_odds_and_none_changes_nothing() {
        assert_eq!(rival_weight(12_000, &[]), 0);
        let even = 12_000 + rival_weight(12_000, &[0]);
        assert!((-5..=0).contains(&even), "{even}");
        assert!(confidence(even, 1_000_000) < Confidence::from_ppm(750_000));
    }

    #[test]
    fn a_payment_close_to_its_due_date_is_likelier_than_one_long_after() {
        let weights: Vec<i32> = [0, 30, 60, 200].map(|late| lag_weight(&DUE_LAGS, late, 180.0)).to_vec();
        assert!(weights.is_sorted_by(|a, b| a > b), "{weights:?}");
        let booked: Vec<i32> = [0, 2, 5, 12, 30].map(|lag| lag_weight(&BOOKED_LAGS, lag, 180.0)).to_vec();
        assert!(booked.is_sorted_by(|a, b| a > b), "{booked:?}");
    }

    #[test]
    fn the_same_day_says_more_among_the_days_of_a_year_than_within_a_week() {
        assert!(lag_weight(&BOOKED_LAGS, 0, 365.0) > lag_weight(&BOOKED_LAGS, 0, 7.0));
    }
}
