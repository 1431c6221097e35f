//! The stretches of time in which a side used one rate.

use super::{
    JOBS_MIN,
    levels::levels,
    series::{Observation, Whose},
};

/// A change of rate costs as much as so many jobs that do not fit.
const CHANGE_COSTS: u32 = 3;
/// Share of a stretch's jobs that must fit, in percent.
const FITTING_PERCENT_MIN: u32 = 75;

/// Jobs of one day, or of one month.
pub(super) type Steps<'a> = [&'a [Observation]];

/// A stretch of time with one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    /// The rate, in millionths.
    pub(super) level: i64,
    /// First and last step with a job at the rate.
    pub(super) first: usize,
    pub(super) last: usize,
    /// Jobs at the rate.
    pub(super) fitting: u32,
    /// Jobs whose rate is known.
    pub(super) jobs: u32,
}

impl Segment {
    /// The stretch between two steps, cut to those with a job at the rate; none where there is none.
    fn cut(steps: &Steps<'_>, whose: Whose, level: i64, within: std::ops::RangeInclusive<usize>) -> Option<Self> {
        let has = |at: &usize| count(steps[*at], whose, level).0 > 0;
        let first = within.clone().find(has)?;
        let last = within.rev().find(has)?;
        let (fitting, jobs) = count_all(steps, whose, level, first..=last);
        Some(Self { level, first, last, fitting, jobs })
    }

    fn is_borne_out(&self, steps: &Steps<'_>, whose: Whose, by_day: bool) -> bool {
        let days = (self.first..=self.last).filter(|at| count(steps[*at], whose, self.level).0 > 0).take(2).count();
        self.fitting >= JOBS_MIN && self.fitting * 100 >= self.jobs * FITTING_PERCENT_MIN && (days > 1 || !by_day)
    }

    /// How likely another job of this stretch fits, by the rule of succession, in hundredths of a percent.
    pub(super) fn confidence(&self) -> u32 {
        let likely = (u64::from(self.fitting) + 1) * 10_000 / (u64::from(self.jobs) + 2);
        u32::try_from(likely).unwrap_or(u32::MAX)
    }
}

/// Jobs that fit a rate, and jobs whose rate is known.
fn count(jobs: &[Observation], whose: Whose, level: i64) -> (u32, u32) {
    let known = jobs.iter().filter_map(|job| job.rate(whose));
    known.fold((0, 0), |(fitting, all), rate| (fitting + u32::from(rate.fits(level)), all + 1))
}

/// The same over several steps.
pub(super) fn count_all(
    steps: &Steps<'_>,
    whose: Whose,
    level: i64,
    within: std::ops::RangeInclusive<usize>,
) -> (u32, u32) {
    steps[within].iter().fold((0, 0), |(fitting, all), jobs| {
        let (fit, known) = count(jobs, whose, level);
        (fitting + fit, all + known)
    })
}

/// The stretches of one side that enough jobs bear out, in order of time; neighbours have different rates.
pub(super) fn segments(steps: &Steps<'_>, whose: Whose, jobs: &[Observation], by_day: bool) -> Vec<Segment> {
    let levels = levels(jobs, whose);
    let path = path(steps, whose, &levels);
    let mut found: Vec<Segment> = Vec::new();
    let mut at = 0;
    for same in path.chunk_by(|one, other| one == other) {
        let end = at + same.len() - 1;
        let cut = Segment::cut(steps, whose, levels[same[0]], at..=end);
        at = end + 1;
        let Some(segment) = cut.filter(|segment| segment.is_borne_out(steps, whose, by_day)) else { continue };
        match found.last_mut().filter(|last| last.level == segment.level) {
            Some(last) => {
                let (fitting, jobs) = count_all(steps, whose, last.level, last.first..=segment.last);
                *last = Segment { last: segment.last, fitting, jobs, ..*last };
            }
            None => found.push(segment),
        }
    }
    found
}

/// For each step the rate in force: the least-cost path, in which a job that does not fit costs 1 and a change
/// [`CHANGE_COSTS`]. Of equally good paths, the one that changes later and to the commoner rate.
fn path(steps: &Steps<'_>, whose: Whose, levels: &[i64]) -> Vec<usize> {
    if levels.is_empty() {
        return Vec::new();
    }
    let mut costs = vec![0_u32; levels.len()];
    let mut came_from: Vec<Vec<u8>> = Vec::with_capacity(steps.len());
    for (at, jobs) in steps.iter().enumerate() {
        let best = cheapest(&costs);
        let switched = costs[best].saturating_add(CHANGE_COSTS);
        let mut from = Vec::with_capacity(levels.len());
        let before = costs.clone();
        for (level, cost) in costs.iter_mut().enumerate() {
            let stays = at == 0 || before[level] <= switched;
            // There are at most sixteen.
            from.push(if stays { level as u8 } else { best as u8 });
            let (fitting, known) = count(jobs, whose, levels[level]);
            *cost = if stays { before[level] } else { switched }.saturating_add(known - fitting);
        }
        came_from.push(from);
    }
    let mut level = cheapest(&costs);
    let mut path = vec![0; steps.len()];
    for at in (0..steps.len()).rev() {
        path[at] = level;
        level = usize::from(came_from[at][level]);
    }
    path
}

/// The first of the cheapest.
fn cheapest(costs: &[u32]) -> usize {
    costs.iter().enumerate().min_by_key(|(_, cost)| **cost).map_or(0, |(at, _)| at)
}
