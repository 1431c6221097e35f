//! Evidence → weights: log₂ likelihood ratios in thousandths of a bit (Fellegi and Sunter 1969).
//!
//! How rare an agreement is comes from the data at hand, with pseudo-counts, so that ten records do not claim what only
//! ten thousand can show. How often a true pair agrees comes from the tables below.

use std::cmp::Ordering;

use tieout_domain::Confidence;

use crate::{
    compare::{AmountRelation, Comparison, ReferenceRelation},
    keys::{Found, KeySource},
    parties::NOBODY,
    prepare::Prepared,
};

/// Entries assumed besides the ones given, for all shares.
const PSEUDO_COUNT: f64 = 1_000.0;
/// Entries assumed besides the ones given, for the chance of any pair.
const PRIOR_COUNT: f64 = 500.0;
/// Least score that is proposed.
pub(crate) const ACCEPTED_MIN: i32 = 0;
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
}

impl Amounts {
    pub(crate) fn new(prepared: &Prepared<'_>) -> Self {
        let columns = &prepared.entries.columns;
        let mut sorted: Vec<_> = (0..columns.amount.len())
            .filter(|entry| columns.amount[*entry] != 0 && columns.repeats[*entry].is_none())
            .map(|entry| (columns.amount[entry], columns.day[entry], entry as u32))
            .collect();
        sorted.sort_unstable();
        Self { sorted }
    }

    /// Entries with amounts from `low` to `high`, both included.
    pub(crate) fn between(&self, low: i64, high: i64) -> &[(i64, i32, u32)] {
        let first = self.sorted.partition_point(|(amount, ..)| *amount < low);
        let last = self.sorted.partition_point(|(amount, ..)| *amount <= high);
        self.sorted.get(first..last).unwrap_or(&[])
    }
}

/// Weighs a comparison.
pub(crate) fn weigh(prepared: &Prepared<'_>, amounts: &Amounts, entry: usize, comparison: &Comparison) -> Weights {
    let mut weights = Weights {
        prior: prior(prepared),
        amount: amount_weight(prepared, amounts, entry, comparison.amount),
        date: date_weight(prepared.entries.booked[entry], comparison),
        reference: reference_weight(comparison),
        ..Weights::default()
    };
    party_weights(prepared, entry, comparison, &mut weights);
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
        AmountRelation::Exact => exact_amount_weight(prepared, amounts, entry),
        AmountRelation::Tolerated => (exact_amount_weight(prepared, amounts, entry) - 2_500).min(5_500),
        AmountRelation::Transposed => 4_000,
        AmountRelation::Discount(percent) if prepared.entries.terms[entry].percent == percent => 7_000,
        AmountRelation::Discount(1..=3) => 5_000,
        AmountRelation::Discount(_) => 2_500,
        AmountRelation::Rounding => 3_000,
        AmountRelation::Fee => 1_500,
        AmountRelation::Part | AmountRelation::Over => -3_000,
    }
}

fn exact_amount_weight(prepared: &Prepared<'_>, amounts: &Amounts, entry: usize) -> i32 {
    let amount = prepared.entries.columns.amount[entry];
    amount_rarity(amounts, amount, prepared.entry_records.len())
}

/// What meeting just this amount says.
pub(crate) fn amount_rarity(amounts: &Amounts, amount: i64, entries: usize) -> i32 {
    let chance = match amount.unsigned_abs() {
        round if round % 10_000 == 0 => 1.0 / 100.0,
        round if round % 1_000 == 0 => 1.0 / 300.0,
        round if round % 100 == 0 => 1.0 / 1_000.0,
        _ => 1.0 / 5_000.0,
    };
    let same = amounts.between(amount, amount).len() as f64;
    bits((entries as f64 + PSEUDO_COUNT) / (same + PSEUDO_COUNT * chance)) - 200
}

/// Lag in days → weight, for payments that the books already hold: bank and books book within days of each other.
const BOOKED_LAGS: [(i32, i32); 8] =
    [(-16, -6_000), (-6, -4_000), (-3, -1_500), (-1, 500), (0, 3_000), (2, 2_500), (5, 1_000), (16, -1_000)];
/// Days after the due date → weight.
const DUE_LAGS: [(i32, i32); 7] = [(-11, 300), (-4, 1_000), (5, 1_800), (11, 1_200), (45, -300), (90, -2_000), (400, -3_500)];
/// Days after the document's date → weight, where no due date is known.
const DOCUMENT_LAGS: [(i32, i32); 7] = [(-60, -4_000), (-1, -1_500), (5, 2_000), (11, 1_500), (45, 500), (90, -1_000), (400, -2_500)];

/// The weight of the last step whose upper bound the lag does not exceed.
fn step(table: &[(i32, i32)], lag: i32) -> i32 {
    let at = table.partition_point(|(upper, _)| *upper < lag);
    table.get(at).or(table.last()).map_or(0, |(_, weight)| *weight)
}

fn date_weight(booked: bool, comparison: &Comparison) -> i32 {
    match (comparison.lag, comparison.after_due) {
        (None, _) => 0,
        (Some(lag), _) if booked => step(&BOOKED_LAGS, lag) - if lag > 16 { 2_000 } else { 0 },
        (Some(lag), Some(after_due)) if lag >= 0 => step(&DUE_LAGS, after_due),
        (Some(lag), _) => step(&DOCUMENT_LAGS, lag),
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

/// Name, code and account say the same thing in three ways: the strongest counts in full, the others a quarter.
fn party_weights(prepared: &Prepared<'_>, entry: usize, comparison: &Comparison, weights: &mut Weights) {
    let party = prepared.entries.party[entry];
    if party == NOBODY {
        return;
    }
    let size = prepared.of_party.of(party as usize).len() as f64;
    let rare = bits((prepared.entry_records.len() as f64 + PSEUDO_COUNT) / (size + PSEUDO_COUNT / 2_000.0)).max(500);
    let name = comparison.name.map(|hit| hit.worth().min(rare));
    let code = comparison.code.map(|_| rare.min(11_000));
    let account = comparison.account.map(|_| rare.min(12_000));
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

/// Confidence of a score: the logistic of its bits, but never more than the missing evidence allows.
pub(crate) fn confidence(score: i32, ceiling_ppm: u32) -> Confidence {
    let ppm = (probability(score) * 1_000_000.0).floor() as u32;
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
        (AmountRelation::Rounding | AmountRelation::Discount(_) | AmountRelation::Fee | AmountRelation::Transposed, true) => 970_000,
        (AmountRelation::Part | AmountRelation::Over, true) => 940_000,
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
        assert_eq!(confidence(even, 1_000_000).ppm() / 1_000, 499);
    }

    #[test]
    fn a_payment_close_to_its_due_date_is_likelier_than_one_long_after() {
        let weights: Vec<i32> = [0, 8, 30, 60].map(|late| step(&DUE_LAGS, late)).to_vec();
        assert!(weights.is_sorted_by(|a, b| a > b), "{weights:?}");
        let booked: Vec<i32> = [0, 2, 5, 12, 30].map(|lag| step(&BOOKED_LAGS, lag)).to_vec();
        assert!(booked.is_sorted_by(|a, b| a >= b), "{booked:?}");
    }
}
