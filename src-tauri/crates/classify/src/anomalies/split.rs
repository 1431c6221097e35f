//! Payments that each stay just under a limit and together pass it.

use rust_decimal::prelude::ToPrimitive;

use super::{
    Anomaly, AnomalyConfig, AnomalyKind, Dates, Detector, Evidence, SplitLimit, hundredths,
    populations::{Population, Stream, days_between},
    statistics::percentile,
};

/// Of a counterparty with so many postings, half of which lie just under the limit, that is what its postings are like.
const ORDINARY_POSTINGS: usize = 8;
/// A limit without a currency is none where so many percent of the postings are not within it.
const WITHIN_PERCENT: u32 = 75;

/// Says nothing of counterparties whose postings mostly lie just under the limit anyway.
pub(super) struct Split;

impl Detector for Split {
    fn kind(&self) -> AnomalyKind {
        AnomalyKind::SplitPayment
    }

    fn is_on(&self, config: &AnomalyConfig) -> bool {
        config.split_payment.enabled
    }

    fn detect(&self, population: &Population<'_>, config: &AnomalyConfig, _: Dates, found: &mut Vec<Anomaly>) {
        let config = &config.split_payment;
        let own = |limit: &&SplitLimit| limit.currency == Some(population.currency);
        let has_own = config.limits.iter().any(|limit| own(&limit));
        for stream in &population.streams {
            let applies = |limit: &&SplitLimit| own(limit) || (!has_own && limit.currency.is_none());
            for limit in config.limits.iter().filter(applies) {
                let scaled = limit.amount * rust_decimal::Decimal::from(population.minor(1));
                let Some(most) = scaled.to_u64().filter(|most| *most > 0) else { continue };
                let is_limit = || percentile(&stream.amounts, WITHIN_PERCENT).is_some_and(|amount| amount <= most);
                if limit.currency.is_some() || is_limit() {
                    let least = most.saturating_mul(u64::from(config.from_percent.min(100))).div_ceil(100);
                    splits(population, stream, (least, most), config.days, found);
                }
            }
        }
    }
}

fn splits(
    population: &Population<'_>,
    stream: &Stream,
    (least, most): (u64, u64),
    days: u32,
    found: &mut Vec<Anomaly>,
) {
    for party in stream.parties(population.postings) {
        let amount = |at: &u32| population.get(*at).magnitude();
        let is_under = |at: &&u32| (least..=most).contains(&amount(at)) && population.get(**at).date.is_some();
        let under: Vec<u32> = party.iter().filter(is_under).copied().collect();
        if under.len() < 2 || (party.len() >= ORDINARY_POSTINGS && under.len() * 2 > party.len()) {
            continue;
        }
        let mut rest = under.as_slice();
        while let Some(first) = rest.first().and_then(|at| population.get(*at).date) {
            let last = |at: &u32| population.get(*at).date.unwrap_or(first);
            let (payments, later) = rest.split_at(rest.partition_point(|at| days_between(first, last(at)) <= days));
            rest = later;
            let total: u128 = payments.iter().map(|at| u128::from(amount(at))).sum();
            if payments.len() < 2 || total <= u128::from(most) {
                continue;
            }
            found.push(Anomaly {
                kind: AnomalyKind::SplitPayment,
                postings: payments.to_vec(),
                impact: population.money(total),
                strength: hundredths(total, u128::from(most)),
                evidence: Evidence::SplitPayment {
                    limit: population.money(most),
                    total: population.money(total),
                    first,
                    last: payments.last().map_or(first, last),
                },
            });
        }
    }
}
