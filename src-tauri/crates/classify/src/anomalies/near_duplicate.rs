//! The same amount for the same counterparty again, soon after, and no other time.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    Anomaly, AnomalyConfig, AnomalyKind, Dates, Detector, Evidence,
    populations::{Population, Stream, days_between},
    statistics::percentile,
};

/// Most postings that are one repetition: more are a habit.
const REPEATS_MAX: usize = 4;
/// Where more than one posting in so many repeats another, amounts repeat by chance.
const POSTINGS_A_REPEAT: usize = 100;

/// What the cause `duplicate` says of records (the same line or document again) is not repeated here. Nor is a payment
/// that was returned and made again, nor an amount that the counterparty has at other times too: a price, a rent.
pub(super) struct NearDuplicate;

impl Detector for NearDuplicate {
    fn kind(&self) -> AnomalyKind {
        AnomalyKind::NearDuplicate
    }

    fn is_on(&self, config: &AnomalyConfig) -> bool {
        config.near_duplicate.enabled
    }

    fn detect(&self, population: &Population<'_>, config: &AnomalyConfig, _: Dates, found: &mut Vec<Anomaly>) {
        let config = &config.near_duplicate;
        let within = (config.amount_within * Decimal::from(population.minor(1))).to_u64().unwrap_or(0);
        let [incoming, outgoing] = &population.streams;
        for (stream, other) in [(incoming, outgoing), (outgoing, incoming)] {
            let Some(least) = percentile(&stream.amounts, config.percentile) else { continue };
            let mut repeats = Vec::new();
            for party in stream.parties(population.postings) {
                let amount = |at: &u32| population.get(*at).magnitude();
                let mut by_amount: Vec<u32> = party.iter().copied().filter(|at| amount(at) >= least).collect();
                if by_amount.len() < 2 {
                    continue;
                }
                by_amount.sort_by_key(|at| (amount(at), population.get(*at).date, population.get(*at).id));
                for alike in by_amount.chunk_by(|left, right| amount(right) - amount(left) <= within) {
                    repeats.extend(repeat(population, other, alike, within, config.days));
                }
            }
            if repeats.len() * POSTINGS_A_REPEAT <= stream.by_party.len().max(POSTINGS_A_REPEAT) {
                found.append(&mut repeats);
            }
        }
    }
}

/// What a counterparty has of about one amount, if it is a repetition.
fn repeat(population: &Population<'_>, other: &Stream, alike: &[u32], within: u64, days: u32) -> Option<Anomaly> {
    let mut alike: Vec<u32> = alike.iter().copied().filter(|at| !population.get(*at).is_known_duplicate).collect();
    if !(2..=REPEATS_MAX).contains(&alike.len()) || alike.iter().any(|at| population.get(*at).date.is_none()) {
        return None;
    }
    alike.sort_by_key(|at| (population.get(*at).date, population.get(*at).id));
    let date = |at: &u32| population.get(*at).date.unwrap_or_default();
    let is_near = |pair: &[u32]| days_between(date(&pair[0]), date(&pair[1])) <= days;
    if !alike.windows(2).all(is_near) || alike.windows(2).any(|pair| is_same_document(population, pair)) {
        return None;
    }
    let amount = |at: &u32| population.get(*at).magnitude();
    let (least, most) = (alike.iter().map(amount).min()?, alike.iter().map(amount).max()?);
    let (first, last) = (*alike.first()?, *alike.last()?);
    let is_return = |at: &u32| {
        let back = population.get(*at);
        let day = back.date.unwrap_or_default();
        back.magnitude().abs_diff(amount(&first)) <= within && (date(&first)..=date(&last)).contains(&day)
    };
    if most - least > within || other.of_party(population.postings, population.get(first).party()).iter().any(is_return)
    {
        return None;
    }
    let reference = population.get(first).reference;
    let repeated: u128 = alike[1..].iter().map(|at| u128::from(amount(at))).sum();
    Some(Anomaly {
        kind: AnomalyKind::NearDuplicate,
        impact: population.money(repeated),
        strength: u32::try_from(alike.len()).unwrap_or(u32::MAX).saturating_mul(50),
        evidence: Evidence::NearDuplicate {
            amount: population.money(amount(&first)),
            difference: population.money(most - least),
            days: days_between(date(&first), date(&last)),
            same_reference: reference != 0 && alike.iter().all(|at| population.get(*at).reference == reference),
        },
        postings: alike,
    })
}

/// One document entered twice, or one line delivered twice: what the cause `duplicate` tells of.
fn is_same_document(population: &Population<'_>, pair: &[u32]) -> bool {
    let (left, right) = (population.get(pair[0]), population.get(pair[1]));
    match left.kind {
        Some(_) => left.number != 0 && left.number == right.number,
        None => left.reference != 0 && left.reference == right.reference && left.date == right.date,
    }
}
