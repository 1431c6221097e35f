//! The rates that a side used for enough jobs to have been in force.

use super::{
    JOBS_MIN,
    series::{Observation, Rate, Whose},
};

/// Rates that are looked at in one group; more are a price list, not a rate.
const LEVELS_MAX: usize = 16;

/// An end of the reach of a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct End {
    at: i64,
    /// Where reaches begin and end at one point, all are in force there.
    closes: bool,
    rate: usize,
}

/// The rates that at least [`JOBS_MIN`] jobs fit, the commonest first, in millionths.
pub(super) fn levels(jobs: &[Observation], whose: Whose) -> Vec<i64> {
    let rates: Vec<Rate> = jobs.iter().filter_map(|job| job.rate(whose)).collect();
    let mut ends: Vec<End> = rates
        .iter()
        .enumerate()
        .flat_map(|(rate, of)| {
            let (low, high) = of.reach();
            [End { at: low, closes: false, rate }, End { at: high, closes: true, rate }]
        })
        .collect();
    ends.sort_unstable();
    let mut used = vec![false; rates.len()];
    let mut levels = Vec::new();
    while levels.len() < LEVELS_MAX {
        let Some((low, high)) = busiest(&ends, &used) else { break };
        let covering = |(at, rate): (usize, &Rate)| {
            let (from, to) = rate.reach();
            !used[at] && from <= low && low <= to
        };
        let covered: Vec<usize> = rates.iter().enumerate().filter(|of| covering(*of)).map(|(at, _)| at).collect();
        let level = value(covered.iter().map(|at| rates[*at]), low, high);
        covered.into_iter().for_each(|at| used[at] = true);
        rates.iter().zip(&mut used).for_each(|(rate, used)| *used |= rate.fits(level));
        levels.push(level);
    }
    levels
}

/// The first stretch that the most reaches cover; none where too few do.
fn busiest(ends: &[End], used: &[bool]) -> Option<(i64, i64)> {
    let (mut open, mut most) = (0_u32, JOBS_MIN - 1);
    let (mut low, mut found) = (0, None);
    let mut fresh = false;
    for end in ends.iter().filter(|end| !used[end.rate]) {
        if end.closes {
            if fresh {
                found = Some((low, end.at));
                fresh = false;
            }
            open -= 1;
        } else {
            open += 1;
            if open > most {
                (most, low, fresh) = (open, end.at, true);
            }
        }
    }
    found
}

/// What the rate is called: as most records tell it, the lower of two told equally often; where none does, the number in
/// the stretch with the fewest decimals.
fn value(covered: impl Iterator<Item = Rate>, low: i64, high: i64) -> i64 {
    let mut told: Vec<i64> = covered.filter(|rate| rate.told).map(|rate| rate.value).collect();
    told.sort_unstable();
    let commonest = told.chunk_by(|one, other| one == other).rev().max_by_key(|same| same.len());
    if let Some(same) = commonest {
        return same[0];
    }
    let middle = low + (high - low) / 2;
    (0..=6)
        .map(|decimals| {
            let unit = 10_i64.pow(6 - decimals);
            let down = middle - middle.rem_euclid(unit);
            if middle - down > unit / 2 { down + unit } else { down }
        })
        .find(|rounded| (low..=high).contains(rounded) && *rounded > 0)
        .unwrap_or(middle)
}
