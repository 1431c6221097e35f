//! Far more than this counterparty's postings usually are.

use super::{
    Anomaly, AnomalyConfig, AnomalyKind, Dates, Detector, Evidence, hundredths,
    populations::Population,
    statistics::{Usual, log2, percentile},
};

/// An outlier among so many postings is one; more of them are how the counterparty is.
const POSTINGS_AN_OUTLIER: usize = 20;

/// By the modified z-score (see [`Usual::score`]) of the amount among those of the same counterparty, direction and
/// currency. Amounts of one counterparty are mostly skewed: the score of their logarithms has to pass the threshold too.
/// What is above the usual must itself be as much as a posting usually is, so that small sums stay quiet.
pub(super) struct UnusualAmount;

impl Detector for UnusualAmount {
    fn kind(&self) -> AnomalyKind {
        AnomalyKind::UnusualAmount
    }

    fn is_on(&self, config: &AnomalyConfig) -> bool {
        config.unusual_amount.enabled
    }

    fn detect(&self, population: &Population<'_>, config: &AnomalyConfig, _: Dates, found: &mut Vec<Anomaly>) {
        for stream in &population.streams {
            let Some(material) = percentile(&stream.amounts, 50) else { continue };
            let parties = stream.parties(population.postings);
            parties.for_each(|party| outliers(population, party, material, config, found));
        }
    }
}

fn outliers(
    population: &Population<'_>,
    party: &[u32],
    material: u64,
    config: &AnomalyConfig,
    found: &mut Vec<Anomaly>,
) {
    let config = &config.unusual_amount;
    if party.len() < config.history.max(3) as usize {
        return;
    }
    let amounts = || party.iter().map(|at| population.get(*at).magnitude());
    let Some(usual) = Usual::of(amounts()) else { return };
    let stands_out = |amount: u64| {
        u128::from(amount) * 100 >= u128::from(usual.median) * u128::from(config.times_usual)
            && amount.saturating_sub(usual.median) >= material
            && usual.score(amount) >= config.score
    };
    let largest = amounts().max().unwrap_or(0);
    if !stands_out(largest) {
        return;
    }
    let Some(logarithms) = Usual::of(amounts().map(log2)) else { return };
    let is_outlier = |at: &&u32| {
        let amount = population.get(**at).magnitude();
        stands_out(amount) && logarithms.score(log2(amount)) >= config.score
    };
    let outliers: Vec<u32> = party.iter().filter(is_outlier).copied().collect();
    if outliers.len() > (party.len() / POSTINGS_AN_OUTLIER).max(1) {
        return;
    }
    found.extend(outliers.into_iter().map(|at| {
        let amount = population.get(at).magnitude();
        let score = usual.score(amount);
        Anomaly {
            kind: AnomalyKind::UnusualAmount,
            postings: vec![at],
            impact: population.money(amount - usual.median),
            strength: hundredths(u128::from(score), u128::from(config.score)),
            evidence: Evidence::UnusualAmount {
                amount: population.money(amount),
                usual: population.money(usual.median),
                score,
                postings: u32::try_from(party.len()).unwrap_or(u32::MAX),
            },
        }
    }));
}
