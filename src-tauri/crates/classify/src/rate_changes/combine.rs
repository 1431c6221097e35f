//! The changes of both sides laid beside each other.

use tieout_domain::{Currency, Money, MoneyError, divide_half_even};

use super::{
    ChangedSide, JOBS_MIN, RateChange, RateState,
    segments::{Segment, Steps, count_all, segments},
    series::{Group, Observation, Whose, number},
};

/// Share of the jobs before a change that may be at the new rate, in percent.
const NEW_PERCENT_MAX: u32 = 12;
/// Rates of the two sides that are no further apart are one, in millionths.
const SAME_MAX: u64 = 100;
/// Changes in one direction that follow each other within so many months are steps of one.
const STEP_MONTHS_MAX: i32 = 2;
const STEPS_MIN: usize = 3;
/// Months by which what comes with a season may be early or late.
const SEASON_OFF_MAX: i32 = 1;
/// Months whose volume counts as the present one.
const PRESENT_MONTHS: usize = 3;

/// A change on one side.
#[derive(Debug, Clone)]
struct SideChange {
    from: i64,
    to: i64,
    /// Step of the first job at the new rate.
    at: usize,
    before: Option<Segment>,
    after: Segment,
    /// The rates it led to, one a step.
    levels: Vec<i64>,
}

impl SideChange {
    fn is_back_from(&self, other: &Self) -> bool {
        same(self.from, other.to) && same(self.to, other.from)
    }

    fn fits(&self, job: &Observation, whose: Whose) -> bool {
        job.rate(whose).is_some_and(|rate| self.levels.iter().any(|level| rate.fits(*level)))
    }
}

/// A change with what the other side did about it.
struct Found {
    change: SideChange,
    whose: Whose,
    side: ChangedSide,
    /// How it ended: the step, if it did.
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Open,
    Followed(usize),
    TakenBack(usize),
    Agreed,
    Seasonal,
}

impl End {
    fn step(self) -> Option<usize> {
        match self {
            Self::Followed(at) | Self::TakenBack(at) => Some(at),
            Self::Open | Self::Agreed | Self::Seasonal => None,
        }
    }
}

const fn same(one: i64, other: i64) -> bool {
    one.abs_diff(other) <= SAME_MAX
}

/// The changes of a group, which is number `trend`.
pub(super) fn changes(group: &Group, trend: usize) -> Result<Vec<RateChange>, MoneyError> {
    let steps: Vec<&[Observation]> = group.jobs.chunk_by(|one, other| one.step == other.step).collect();
    let of = |whose| segments(&steps, whose, &group.jobs, group.by_day);
    let (statement, ledger) = (of(Whose::Statement), of(Whose::Ledger));
    let mut own = side_changes(&steps, Whose::Statement, &statement);
    let mut theirs = side_changes(&steps, Whose::Ledger, &ledger);
    let seasons = (seasonal(&steps, &own), seasonal(&steps, &theirs));
    let mut found = Vec::new();
    for (changes, whose, side) in
        [(&mut own, Whose::Statement, ChangedSide::Statement), (&mut theirs, Whose::Ledger, ChangedSide::Ledger)]
    {
        let is = if whose == Whose::Statement { seasons.0 } else { seasons.1 };
        if !is {
            continue;
        }
        // Where both sides have seasons, they agree on them.
        if seasons != (true, true) {
            found.extend(of_seasons(changes).map(|change| Found { change, whose, side, end: End::Seasonal }));
        }
        changes.clear();
    }
    if seasons == (false, false) {
        own.splice(0..0, from_the_start(&steps, &statement, &ledger));
    }
    found.extend(beside(&steps, own, theirs));
    found.sort_by_key(|found| (found.change.at, found.whose));
    let ends: Vec<usize> = (0..found.len()).map(|at| span_end(&found, at, steps.len())).collect();
    let told = found.iter().zip(ends).filter_map(|(found, end)| tell(group, trend, &steps, found, end).transpose());
    told.collect()
}

/// Where one stretch follows another at a rate that is new.
fn side_changes(steps: &Steps<'_>, whose: Whose, segments: &[Segment]) -> Vec<SideChange> {
    let pairs = segments.windows(2).filter_map(|pair| {
        let (before, after) = (pair[0], pair[1]);
        let (already, jobs) = count_all(steps, whose, after.level, before.first..=before.last);
        (already * 100 <= jobs * NEW_PERCENT_MAX).then(|| SideChange {
            from: before.level,
            to: after.level,
            at: after.first,
            before: Some(before),
            after,
            levels: vec![after.level],
        })
    });
    in_steps(steps, pairs.collect())
}

/// Puts together what goes in one direction in at least [`STEPS_MIN`] steps, one soon after the other.
fn in_steps(steps: &Steps<'_>, changes: Vec<SideChange>) -> Vec<SideChange> {
    let follows = |one: &SideChange, other: &SideChange| {
        one.to == other.from
            && (one.to > one.from) == (other.to > other.from)
            && month(steps, other.at) - month(steps, one.at) <= STEP_MONTHS_MAX
    };
    let mut joined = Vec::new();
    for run in changes.chunk_by(follows) {
        match run {
            [first, .., last] if run.len() >= STEPS_MIN => joined.push(SideChange {
                to: last.to,
                after: last.after,
                levels: run.iter().map(|change| change.to).collect(),
                ..first.clone()
            }),
            few => joined.extend_from_slice(few),
        }
    }
    joined
}

fn month(steps: &Steps<'_>, at: usize) -> i32 {
    steps[at][0].step.month_number()
}

/// Whether a side goes to and fro between two rates, each time in the same month of the year.
fn seasonal(steps: &Steps<'_>, changes: &[SideChange]) -> bool {
    let off = |pair: &[SideChange]| {
        let months = month(steps, pair[2].at) - month(steps, pair[0].at);
        (months - 12).abs() <= SEASON_OFF_MAX
    };
    changes.len() >= 3 && changes.windows(2).all(|pair| pair[1].is_back_from(&pair[0])) && changes.windows(3).all(off)
}

/// All changes of a side with seasons as one.
fn of_seasons(changes: &[SideChange]) -> Option<SideChange> {
    let first = changes.first()?;
    Some(SideChange { levels: vec![first.from, first.to], ..first.clone() })
}

/// The two sides differ from the first job on, as if the statement side had changed before.
fn from_the_start(steps: &Steps<'_>, statement: &[Segment], ledger: &[Segment]) -> Option<SideChange> {
    let (own, theirs) = (statement.first()?, ledger.first()?);
    let (first, last) = (own.first.max(theirs.first), own.last.min(theirs.last));
    let both = first <= last && count_all(steps, Whose::Statement, own.level, first..=last).0 >= JOBS_MIN;
    (both && !same(own.level, theirs.level)).then(|| SideChange {
        from: theirs.level,
        to: own.level,
        at: first,
        before: None,
        after: *own,
        levels: vec![own.level],
    })
}

/// Pairs what both sides changed alike, and takes together what a side changed and took back.
fn beside(steps: &Steps<'_>, own: Vec<SideChange>, mut theirs: Vec<SideChange>) -> Vec<Found> {
    let (mut found, mut alone) = (Vec::new(), Vec::new());
    for change in own {
        let nearest = theirs
            .iter()
            .enumerate()
            .filter(|(_, other)| same(change.from, other.from) && same(change.to, other.to))
            .min_by_key(|(_, other)| (month(steps, other.at).abs_diff(month(steps, change.at)), other.at));
        match nearest.map(|(at, _)| at) {
            Some(at) => found.push(paired(steps, change, theirs.remove(at))),
            None => alone.push(change),
        }
    }
    let agreed = std::mem::take(&mut found);
    let (both, followed): (Vec<Found>, Vec<Found>) = agreed.into_iter().partition(|found| found.end == End::Agreed);
    found.extend(followed);
    for (changes, whose, side) in
        [(alone, Whose::Statement, ChangedSide::Statement), (theirs, Whose::Ledger, ChangedSide::Ledger)]
    {
        let taken_back = taken_back(changes, End::Open);
        found.extend(taken_back.map(|(change, end)| Found { change, whose, side, end }));
    }
    let taken_back = taken_back(both.into_iter().map(|found| found.change).collect(), End::Agreed);
    found.extend(taken_back.map(|(change, end)| Found {
        change,
        whose: Whose::Statement,
        side: ChangedSide::Both,
        end,
    }));
    found
}

fn paired(steps: &Steps<'_>, own: SideChange, theirs: SideChange) -> Found {
    let at_once = own.before.is_some() && month(steps, own.at) == month(steps, theirs.at);
    if at_once {
        Found { change: own, whose: Whose::Statement, side: ChangedSide::Both, end: End::Agreed }
    } else if own.at < theirs.at {
        Found { end: End::Followed(theirs.at), change: own, whose: Whose::Statement, side: ChangedSide::Statement }
    } else {
        Found { end: End::Followed(own.at), change: theirs, whose: Whose::Ledger, side: ChangedSide::Ledger }
    }
}

/// Takes each change together with the next one where that goes back; `stands` is the end of one that nothing follows.
fn taken_back(changes: Vec<SideChange>, stands: End) -> impl Iterator<Item = (SideChange, End)> {
    let mut changes = changes.into_iter().peekable();
    std::iter::from_fn(move || {
        let change = changes.next()?;
        let back = changes.next_if(|next| next.is_back_from(&change));
        let end = back.map_or(stands, |back| End::TakenBack(back.at));
        Some((change, end))
    })
}

/// The step at which a change no longer makes the difference: its end, or the next change.
fn span_end(found: &[Found], at: usize, steps: usize) -> usize {
    let own = &found[at];
    let next = found[at + 1..].iter().map(|next| next.change.at).find(|next| *next > own.change.at);
    let next = next.filter(|_| own.end != End::Seasonal);
    own.end.step().into_iter().chain(next).min().unwrap_or(steps)
}

/// What is told of a change; nothing where the amounts agree all the same, since then the two sides only count in
/// different units.
fn tell(
    group: &Group,
    trend: usize,
    steps: &Steps<'_>,
    found: &Found,
    end: usize,
) -> Result<Option<RateChange>, MoneyError> {
    let Found { change, whose, side, .. } = found;
    let (whose, side) = (*whose, *side);
    let jobs: Vec<&Observation> = steps[change.at..end.max(change.at)]
        .iter()
        .flat_map(|jobs| jobs.iter())
        .filter(|job| change.fits(job, whose))
        .collect();
    let differing = jobs.iter().filter(|job| job.differs()).count();
    if side != ChangedSide::Both && (jobs.is_empty() || differing * 2 < jobs.len()) {
        return Ok(None);
    }
    let date = |step: usize| steps[step][0].step.date();
    let state = match found.end {
        End::Open => RateState::Open,
        End::Followed(at) => RateState::Followed(date(at)),
        End::TakenBack(at) => RateState::TakenBack(date(at)),
        End::Agreed => RateState::Agreed,
        End::Seasonal => RateState::Seasonal,
    };
    let currency = group.currency;
    let (from, to, since) = (number(change.from, currency), number(change.to, currency), date(change.at));
    let stretches = change.before.iter().chain([&change.after]);
    Ok(Some(RateChange {
        key: format!("{}/{currency}/{}/{from}-{to}/{}", group.key, side.as_str(), since.strftime("%Y-%m")),
        site: group.site.clone(),
        service_type: group.service_type.clone(),
        currency,
        side,
        from,
        to,
        since,
        by_day: group.by_day,
        from_the_start: change.before.is_none(),
        steps: if state == RateState::Seasonal { 1 } else { counted(change.levels.len()) },
        state,
        jobs_before: change.before.map_or(0, |before| before.fitting),
        jobs_after: counted(jobs.len()),
        jobs_against: stretches.clone().map(|stretch| stretch.jobs - stretch.fitting).sum(),
        effect: sum(&jobs, currency)?,
        effect_per_month: if state.is_open() { Some(per_month(&jobs, currency)?) } else { None },
        confidence: stretches.map(Segment::confidence).min().unwrap_or(0),
        trend,
    }))
}

fn counted(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn sum(jobs: &[&Observation], currency: Currency) -> Result<Money, MoneyError> {
    let sum: i128 = jobs.iter().map(|job| i128::from(job.price_effect)).sum();
    Ok(Money::from_minor(i64::try_from(sum).map_err(|_| MoneyError::Overflow)?, currency))
}

/// The effect on the jobs of the last months that have such, a month.
fn per_month(jobs: &[&Observation], currency: Currency) -> Result<Money, MoneyError> {
    let months: Vec<&[&Observation]> =
        jobs.chunk_by(|one, other| one.step.month() == other.step.month()).rev().take(PRESENT_MONTHS).collect();
    let effects = months.iter().flat_map(|jobs| jobs.iter()).map(|job| i128::from(job.price_effect)).sum();
    let average = divide_half_even(effects, i128::try_from(months.len().max(1)).unwrap_or(1));
    Ok(Money::from_minor(i64::try_from(average).map_err(|_| MoneyError::Overflow)?, currency))
}
