//! Posted into a period that was over.

use jiff::civil::Date;

use super::{
    Anomaly, AnomalyConfig, AnomalyKind, Dates, Detector, Evidence, Lateness, hundredths,
    populations::{Population, Stream, days_between},
};

/// Largest share of an import, one in so many, that came late by itself: more of it is a file that was taken in late.
const IMPORT_SHARE: usize = 5;

/// A period is a calendar month. Two things tell that a posting came after it: its booking date, where the value date
/// lies in an earlier month; and the day it was taken in, where an earlier import already reached the end of its month.
pub(super) struct AfterPeriod;

/// A posting that came late.
struct Late {
    at: u32,
    period_end: Date,
    came: Date,
    lateness: Lateness,
}

impl Detector for AfterPeriod {
    fn kind(&self) -> AnomalyKind {
        AnomalyKind::AfterPeriodPosting
    }

    fn is_on(&self, config: &AnomalyConfig) -> bool {
        config.after_period_posting.enabled
    }

    fn detect(&self, population: &Population<'_>, config: &AnomalyConfig, _: Dates, found: &mut Vec<Anomaly>) {
        let config = &config.after_period_posting;
        for stream in &population.streams {
            let mut late = booked_late(population, stream, config.grace_days);
            late.extend(taken_in_late(population, stream, config.grace_days));
            late.sort_by_key(|late| late.at);
            late.dedup_by_key(|late| late.at);
            if late.len() as u64 * 10_000 > stream.by_date.len() as u64 * u64::from(config.share_max) {
                continue;
            }
            found.extend(late.iter().map(|late| {
                let days = days_between(late.period_end, late.came);
                Anomaly {
                    kind: AnomalyKind::AfterPeriodPosting,
                    postings: vec![late.at],
                    impact: population.money(population.get(late.at).magnitude()),
                    strength: hundredths(u128::from(days), u128::from(config.grace_days.max(1))),
                    evidence: Evidence::AfterPeriodPosting {
                        period_end: late.period_end,
                        came: late.came,
                        days,
                        lateness: late.lateness,
                    },
                }
            }));
        }
    }
}

/// Whether it came more than the days of grace after the end of that day's month, and when that was.
fn late_for(day: Date, came: Date, grace_days: u32) -> Option<Date> {
    let end = day.last_of_month();
    (days_between(end, came) > grace_days).then_some(end)
}

fn booked_late(population: &Population<'_>, stream: &Stream, grace_days: u32) -> Vec<Late> {
    let late = |at: &u32| {
        let posting = population.get(*at);
        let (came, value) = (posting.date?, posting.value_date?);
        let period_end = late_for(value, came, grace_days)?;
        Some(Late { at: *at, period_end, came, lateness: Lateness::Booked })
    };
    stream.by_date.iter().filter_map(late).collect()
}

fn taken_in_late(population: &Population<'_>, stream: &Stream, grace_days: u32) -> Vec<Late> {
    let mut order: Vec<u32> = stream.by_date[stream.dated(population.postings)].to_vec();
    order.sort_by_key(|at| population.get(*at).import);
    let mut reached: Option<Date> = None;
    let mut found = Vec::new();
    for import in order.chunk_by(|left, right| population.get(*left).import == population.get(*right).import) {
        let came = import.first().and_then(|at| population.postings.import_day(population.get(*at).import));
        let late = |at: &u32| {
            let (day, came) = (population.get(*at).date?, came?);
            let period_end = late_for(day, came, grace_days).filter(|end| reached.is_some_and(|to| to >= *end))?;
            Some(Late { at: *at, period_end, came, lateness: Lateness::TakenIn })
        };
        let late: Vec<Late> = import.iter().filter_map(late).collect();
        if late.len() * IMPORT_SHARE <= import.len() {
            found.extend(late);
        }
        reached = reached.max(import.last().and_then(|at| population.get(*at).date));
    }
    found
}
