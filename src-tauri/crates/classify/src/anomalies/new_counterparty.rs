//! A counterparty's first posting, and a large one.

use jiff::civil::Date;

use super::{
    Anomaly, AnomalyConfig, AnomalyKind, Dates, Detector, Evidence, hundredths,
    populations::{Population, Stream, days_between},
    statistics::percentile,
};

/// Says nothing while records begin and everybody is new, nor where counterparties seldom come again.
pub(super) struct NewCounterparty;

impl Detector for NewCounterparty {
    fn kind(&self) -> AnomalyKind {
        AnomalyKind::NewCounterparty
    }

    fn is_on(&self, config: &AnomalyConfig) -> bool {
        config.new_counterparty.enabled
    }

    fn detect(&self, population: &Population<'_>, config: &AnomalyConfig, _: Dates, found: &mut Vec<Anomaly>) {
        let Some(began) = population.by_date.first().and_then(|at| population.get(*at).date) else { return };
        for stream in &population.streams {
            new_and_large(population, stream, began, config, found);
        }
    }
}

fn new_and_large(
    population: &Population<'_>,
    stream: &Stream,
    began: Date,
    config: &AnomalyConfig,
    found: &mut Vec<Anomaly>,
) {
    let config = &config.new_counterparty;
    let Some(large_from) = percentile(&stream.amounts, config.percentile) else { return };
    if stream.by_party.len() < config.history as usize {
        return;
    }
    let is_later =
        |at: &u32| population.get(*at).date.is_some_and(|date| days_between(began, date) >= config.known_days);
    let is_first = |at: &u32| {
        let posting = population.get(*at);
        posting.date.is_some() && posting.date == posting.party().and_then(|party| population.first_seen(party))
    };
    let later = stream.by_party.iter().filter(|at| is_later(at)).count();
    let firsts: Vec<u32> = stream
        .parties(population.postings)
        .filter_map(|party| party.first().copied())
        .filter(|at| is_later(at) && is_first(at))
        .collect();
    if firsts.len() as u64 * 10_000 > later as u64 * u64::from(config.share_max) {
        return;
    }
    for at in firsts {
        let (amount, date) = (population.get(at).magnitude(), population.get(at).date.unwrap_or_default());
        if amount < large_from {
            continue;
        }
        found.push(Anomaly {
            kind: AnomalyKind::NewCounterparty,
            postings: vec![at],
            impact: population.money(amount),
            strength: hundredths(u128::from(amount), u128::from(large_from)),
            evidence: Evidence::NewCounterparty {
                date,
                large_from: population.money(large_from),
                percentile: config.percentile,
                known_days: days_between(began, date),
            },
        });
    }
}
