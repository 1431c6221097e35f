//! Jobs as observations of two rates in time, by site, service and currency.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tieout_domain::{Currency, JobDifference, Money, PricedJob, SideTotals, divide_half_even};

use super::JobPair;

/// Decimals that rates and quantities are compared in.
const DECIMALS: u32 = 6;
/// A tolerance is at most this part of the rate, however small the job.
const TOLERANCE_PART: i64 = 50;

/// When a job was: its month, and its day where all jobs of the group have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    /// First day of the month.
    month: Date,
    day: Option<Date>,
}

impl Step {
    pub(super) fn month(self) -> Date {
        self.month
    }

    /// The day, or the month's first.
    pub(super) fn date(self) -> Date {
        self.day.unwrap_or(self.month)
    }

    /// Months since the year 0.
    pub(super) fn month_number(self) -> i32 {
        i32::from(self.month.year()) * 12 + i32::from(self.month.month())
    }
}

/// A rate in millionths of a major unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rate {
    pub(super) value: i64,
    /// Rates nearer than this make the same amount of the job, but for a minor unit.
    tolerance: i64,
    /// Told by the record, not worked out from its amount.
    pub(super) told: bool,
}

impl Rate {
    pub(super) fn fits(self, level: i64) -> bool {
        self.value.abs_diff(level) <= self.tolerance.unsigned_abs()
    }

    /// Lowest and highest rate that it fits.
    pub(super) fn reach(self) -> (i64, i64) {
        (self.value.saturating_sub(self.tolerance), self.value.saturating_add(self.tolerance))
    }
}

/// Which of the two rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    Statement,
    Ledger,
}

/// A job as seen here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Observation {
    pub(super) step: Step,
    rates: [Option<Rate>; 2],
    /// Quantities in millionths, statement and ledger.
    pub(super) quantities: [Option<i64>; 2],
    /// Amounts in minor units, statement and ledger.
    pub(super) amounts: [i64; 2],
    /// What the other rate makes, in minor units.
    pub(super) price_effect: i64,
}

impl Observation {
    pub(super) fn rate(&self, whose: Whose) -> Option<Rate> {
        self.rates[whose as usize]
    }

    /// Whether the two amounts are apart by more than rounding.
    pub(super) fn differs(&self) -> bool {
        self.amounts[0].abs_diff(self.amounts[1]) > 1
    }
}

/// All jobs of one service at one site, in one currency, in order of time.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) site: String,
    pub(super) service_type: String,
    pub(super) currency: Currency,
    /// Site and service without case, blanks and punctuation.
    pub(super) key: String,
    pub(super) by_day: bool,
    pub(super) jobs: Vec<Observation>,
}

/// A group while jobs are added.
#[derive(Default)]
struct Draft {
    spellings: BTreeMap<(String, String), u32>,
    jobs: Vec<(Date, Option<Date>, Observation)>,
}

/// Sorts jobs into groups. A job without a month, a site and a service, or a rate on either side, is of no use here.
pub(super) fn groups<'a>(pairs: impl IntoIterator<Item = JobPair<'a>>) -> Vec<Group> {
    let mut spelt: FxHashMap<(&'a str, &'a str, Currency), (usize, u32)> = FxHashMap::default();
    let mut by_key: FxHashMap<(String, Currency), usize> = FxHashMap::default();
    let mut drafts: Vec<Draft> = Vec::new();
    for pair in pairs {
        let Some((month, day)) = time(&pair) else { continue };
        let (site, service) = (words(pair.ledger, pair.statement, |job| &job.site), service(&pair));
        if site.is_empty() && service.is_empty() || pair.totals.difference().is_err() {
            continue;
        }
        let currency = pair.totals.ledger.currency();
        let (group, seen) = spelt.entry((site, service, currency)).or_insert_with(|| {
            let key = format!("{}/{}", plain(site), plain(service));
            let next = by_key.len();
            let group = *by_key.entry((key, currency)).or_insert(next);
            if group == drafts.len() {
                drafts.push(Draft::default());
            }
            (group, 0)
        });
        *seen += 1;
        drafts[*group].jobs.push((month, day, observe(&pair, month)));
    }
    for ((site, service, _), (group, seen)) in spelt {
        *drafts[group].spellings.entry((site.to_owned(), service.to_owned())).or_default() += seen;
    }
    let mut keys: Vec<((String, Currency), usize)> = by_key.into_iter().collect();
    keys.sort_by(|((one, of), _), ((other, to), _)| (one, of.code()).cmp(&(other, to.code())));
    keys.into_iter().map(|((key, currency), at)| finish(key, currency, std::mem::take(&mut drafts[at]))).collect()
}

fn finish(key: String, currency: Currency, draft: Draft) -> Group {
    let by_day = draft.jobs.iter().all(|(month, day, _)| day.is_some_and(|day| day.first_of_month() == *month));
    let placed = |(month, day, job): (Date, Option<Date>, Observation)| {
        let step = Step { month, day: day.filter(|_| by_day) };
        Observation { step, ..job }
    };
    let mut jobs: Vec<Observation> = draft.jobs.into_iter().map(placed).collect();
    jobs.sort_unstable();
    // The commonest spelling, the first of equally common ones.
    let common = draft.spellings.into_iter().rev().max_by_key(|(_, seen)| *seen);
    let (site, service_type) = common.map(|(words, _)| words).unwrap_or_default();
    Group { site, service_type, currency, key, by_day, jobs }
}

/// The month a job is counted in, and its day.
fn time(pair: &JobPair<'_>) -> Option<(Date, Option<Date>)> {
    let month = pair.ledger.month.or(pair.statement.month).or(pair.date)?;
    Some((month.first_of_month(), pair.date))
}

fn words<'a>(
    first: &'a tieout_domain::Job,
    second: &'a tieout_domain::Job,
    of: fn(&tieout_domain::Job) -> &String,
) -> &'a str {
    let own = of(first).trim();
    if own.is_empty() { of(second).trim() } else { own }
}

fn service<'a>(pair: &JobPair<'a>) -> &'a str {
    words(pair.ledger, pair.statement, |job| &job.service_type)
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn observe(pair: &JobPair<'_>, month: Date) -> Observation {
    let SideTotals { statement, ledger } = pair.totals;
    let sides = [(pair.statement, statement), (pair.ledger, ledger)];
    let priced = sides.map(|(job, amount)| PricedJob::new(job, amount));
    let rate = |at: usize| {
        let priced = priced[at]?;
        rate(priced, sides[at].0.rate.is_some(), sides[at].1)
    };
    // What does not fit is told of where the job is listed; as evidence of a rate it is of no use.
    let split = JobDifference::between(pair.statement, pair.ledger, pair.totals).ok().flatten();
    Observation {
        step: Step { month, day: None },
        rates: [rate(0), rate(1)],
        quantities: priced.map(|priced| millionths(priced?.quantity)),
        amounts: [statement.minor_units(), ledger.minor_units()],
        price_effect: split.map_or(0, |split| split.price_effect.minor_units()),
    }
}

fn rate(priced: PricedJob, told: bool, amount: Money) -> Option<Rate> {
    let value = millionths(priced.rate)?.checked_abs().filter(|value| *value > 0)?;
    let quantity = i128::from(millionths(priced.quantity)?.checked_abs()?);
    let minor_unit = 10_i128.pow(2 * DECIMALS - amount.currency().digits());
    let tolerance = minor_unit.checked_div(quantity).and_then(|tolerance| i64::try_from(tolerance).ok());
    Some(Rate { value, tolerance: tolerance.unwrap_or(0).min(value / TOLERANCE_PART), told })
}

/// A number in millionths, rounded half-even; none where it does not fit.
fn millionths(number: Decimal) -> Option<i64> {
    let (mantissa, scale) = (number.mantissa(), number.scale());
    let whole = if scale <= DECIMALS {
        mantissa.checked_mul(10_i128.pow(DECIMALS - scale))?
    } else {
        divide_half_even(mantissa, 10_i128.pow(scale - DECIMALS))
    };
    i64::try_from(whole).ok()
}

/// Millionths as a number, with at least the currency's decimals.
pub(super) fn number(millionths: i64, currency: Currency) -> Decimal {
    let mut number = Decimal::new(millionths, DECIMALS).normalize();
    if number.scale() < currency.digits() {
        number.rescale(currency.digits());
    }
    number
}
