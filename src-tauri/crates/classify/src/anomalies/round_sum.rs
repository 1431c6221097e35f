//! A large round sum where such are rare: estimates, and made-up figures, are round.

use super::{
    Anomaly, AnomalyConfig, AnomalyKind, Dates, Detector, Evidence, hundredths,
    populations::{Population, Stream},
    statistics::percentile,
};

/// A sum is round that is a multiple of a unit, and at least so many times it.
const UNITS_MIN: u64 = 10;
/// Paid so often to one counterparty, a sum is a price or an instalment.
const RECURRING: usize = 3;

/// Says nothing of units whose multiples are ordinary among these amounts, nor of sums that recur for a counterparty.
pub(super) struct RoundSum;

impl Detector for RoundSum {
    fn kind(&self) -> AnomalyKind {
        AnomalyKind::RoundSum
    }

    fn is_on(&self, config: &AnomalyConfig) -> bool {
        config.round_sum.enabled
    }

    fn detect(&self, population: &Population<'_>, config: &AnomalyConfig, _: Dates, found: &mut Vec<Anomaly>) {
        let config = &config.round_sum;
        for stream in &population.streams {
            let all = stream.amounts.len();
            let Some(large_from) = percentile(&stream.amounts, config.percentile) else { continue };
            if all < config.history as usize {
                continue;
            }
            let mut units: Vec<u64> = config.units.iter().map(|unit| population.minor(u64::from(*unit))).collect();
            units.retain(|unit| *unit > 0);
            units.sort_unstable_by(|left, right| right.cmp(left));
            let multiples = units.iter().map(|unit| stream.amounts.iter().filter(|amount| *amount % unit == 0).count());
            let rare: Vec<(u64, usize)> = units
                .iter()
                .copied()
                .zip(multiples)
                .filter(|(_, count)| *count as u64 * 10_000 <= all as u64 * u64::from(config.share_max))
                .collect();
            for at in &stream.by_date {
                let amount = population.get(*at).magnitude();
                let is_round = |unit: u64| amount.is_multiple_of(unit) && amount >= unit.saturating_mul(UNITS_MIN);
                let Some((unit, round)) = rare.iter().copied().find(|(unit, _)| is_round(*unit)) else { continue };
                if amount < large_from || recurs(population, stream, *at) {
                    continue;
                }
                let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                found.push(Anomaly {
                    kind: AnomalyKind::RoundSum,
                    postings: vec![*at],
                    impact: population.money(amount),
                    strength: hundredths(u128::from(config.share_max) * all as u128, round as u128 * 10_000),
                    evidence: Evidence::RoundSum {
                        unit: population.money(unit),
                        round: count(round),
                        postings: count(all),
                        large_from: population.money(large_from),
                    },
                });
            }
        }
    }
}

/// Whether the counterparty (where none is known, anybody) has the same amount again and again.
fn recurs(population: &Population<'_>, stream: &Stream, at: u32) -> bool {
    let posting = population.get(at);
    let amount = posting.magnitude();
    match posting.party() {
        Some(_) => {
            let same = stream.of_party(population.postings, posting.party());
            same.iter().filter(|other| population.get(**other).magnitude() == amount).take(RECURRING).count()
                >= RECURRING
        }
        None => {
            let from = stream.amounts.partition_point(|other| *other < amount);
            stream.amounts[from..].iter().take_while(|other| **other == amount).take(RECURRING).count() >= RECURRING
        }
    }
}
