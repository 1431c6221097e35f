//! Posted at a weekend, in an account that is otherwise posted to on working days.

use super::{Anomaly, AnomalyConfig, AnomalyKind, Dates, Detector, Evidence, populations::Population};

/// One anomaly a day: whoever posted on it did so in one go. Says nothing of an account, or a kind of entry, for which
/// weekends are ordinary.
pub(super) struct Weekend;

impl Detector for Weekend {
    fn kind(&self) -> AnomalyKind {
        AnomalyKind::WeekendPosting
    }

    fn is_on(&self, config: &AnomalyConfig) -> bool {
        config.weekend_posting.enabled
    }

    fn detect(&self, population: &Population<'_>, config: &AnomalyConfig, _: Dates, found: &mut Vec<Anomaly>) {
        let config = &config.weekend_posting;
        let day = |at: &u32| population.get(*at).date;
        let all = population.by_date.partition_point(|at| day(at).is_some());
        let dated = &population.by_date[..all];
        let is_weekend = |at: &&u32| day(at).is_some_and(|day| config.days.contains(&day.weekday()));
        let weekend: Vec<u32> = dated.iter().filter(is_weekend).copied().collect();
        let ordinary = all as u64 * u64::from(config.share_max);
        if weekend.is_empty() || all < config.history as usize || weekend.len() as u64 * 10_000 > ordinary {
            return;
        }
        let strength = u32::try_from(ordinary / (weekend.len() as u64 * 100)).unwrap_or(u32::MAX);
        for postings in weekend.chunk_by(|left, right| day(left) == day(right)) {
            let Some(date) = postings.first().and_then(day) else { continue };
            let sum: u128 = postings.iter().map(|at| u128::from(population.get(*at).magnitude())).sum();
            found.push(Anomaly {
                kind: AnomalyKind::WeekendPosting,
                postings: postings.to_vec(),
                impact: population.money(sum),
                strength,
                evidence: Evidence::WeekendPosting {
                    day: date.weekday(),
                    date,
                    weekend: u32::try_from(weekend.len()).unwrap_or(u32::MAX),
                    all: u32::try_from(all).unwrap_or(u32::MAX),
                },
            });
        }
    }
}
