//! A pair of records → typed evidence.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use tieout_domain::{Currency, Profile, ReconcileConfig};

use crate::{
    block::Problem,
    facts::EntryFacts,
    jobs::JobComparison,
    keys::{EntryKey, Found, KeySource},
    parties::{NOBODY, NameHit},
    payers::Payer,
    prepare::{NO_DAY, Prepared},
};

/// How the two amounts relate. Differences are in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AmountRelation {
    /// The same.
    Exact,
    /// Within what the configuration tolerates.
    Tolerated,
    /// A few minor units, or a fraction of a percent.
    Rounding,
    /// The same in another currency, but for what the bank takes for the exchange.
    Converted,
    /// Two neighbouring digits are swapped.
    Transposed,
    /// Short by this many percent, to the minor unit.
    Discount(u8),
    /// The same quantity of work at another rate.
    Rate,
    /// The bank or the payer's bank kept, or added, a little.
    Fee,
    /// The line is up to a tenth more than the entry.
    Above,
    /// The line covers part of the entry.
    Part,
    /// The line is more than that.
    Over,
}

/// How the references relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReferenceRelation {
    /// The line quotes nothing that is known.
    Missing,
    /// The line quotes another open entry instead.
    Differs,
    /// A number of the line is one typing error away from this key.
    Near(u32),
    /// The line quotes this key of the entry; what that says, in thousandths of a bit.
    Quoted(EntryKey, Found, i32),
}

/// What comparing a pair field by field showed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Comparison {
    pub(crate) amount: AmountRelation,
    /// Days the line lies after the entry's date; nothing where one has no date.
    pub(crate) lag: Option<i32>,
    /// The same in working days, Monday to Friday.
    pub(crate) work_lag: Option<i32>,
    /// Days the line lies after the due date, negative before it.
    pub(crate) after_due: Option<i32>,
    pub(crate) reference: ReferenceRelation,
    pub(crate) name: Option<NameHit>,
    /// The line names somebody else.
    pub(crate) names_other: bool,
    /// Key of the party's code in the line.
    pub(crate) code: Option<u32>,
    /// Key of the party's bank account in the line.
    pub(crate) account: Option<u32>,
    /// What stood in other payments of the party stands in the line.
    pub(crate) payer: Option<Payer>,
    /// How the jobs relate, where both are jobs.
    pub(crate) job: Option<JobComparison>,
}

impl Comparison {
    /// Whether a reference agrees without doubt.
    pub(crate) fn is_quoted(&self) -> bool {
        matches!(self.reference, ReferenceRelation::Quoted(key, found, _)
            if key.source != KeySource::Memo && found == Found::Exact)
    }

    /// Whether the line names the entry's party.
    pub(crate) fn is_named(&self) -> bool {
        self.name.is_some() || self.code.is_some() || self.account.is_some() || self.payer.is_some()
    }

    /// Whether anything but amount and date speaks for the pair.
    pub(crate) fn has_identity(&self) -> bool {
        self.is_named()
            || self.is_identified_job()
            || matches!(self.reference, ReferenceRelation::Quoted(..) | ReferenceRelation::Near(_))
    }

    /// Whether site, type of service, month and quantity are those of just this job.
    pub(crate) fn is_identified_job(&self) -> bool {
        self.job.is_some_and(|job| job.is_identified())
    }

    /// Whether the two are beyond doubt one job that the sides charge at different rates.
    pub(crate) fn is_same_job(&self) -> bool {
        self.amount == AmountRelation::Rate && (self.is_quoted() || self.is_identified_job())
    }

    /// Whether the amounts agree without a cause, or but for the exchange.
    pub(crate) fn amounts_agree(&self) -> bool {
        matches!(self.amount, AmountRelation::Exact | AmountRelation::Tolerated | AmountRelation::Converted)
    }
}

/// Most decimal digits a currency has (ISO 4217: CLF and UYW).
const DIGITS_MAX: usize = 4;

/// The configuration's bounds as whole numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Minor units, by the currency's digits.
    absolute: [u64; DIGITS_MAX + 1],
    /// Millionths of the ledger side.
    share_ppm: i128,
    /// Days, for pairs without a reference.
    pub(crate) days: Option<i32>,
    pub(crate) profile: Profile,
}

impl Bounds {
    pub(crate) fn new(config: &ReconcileConfig) -> Self {
        let ppm = (config.tolerance.amount_percent * Decimal::from(10_000)).to_i128().unwrap_or(0);
        Self {
            absolute: std::array::from_fn(|digits| {
                let scale = Decimal::from(10_u64.pow(digits as u32));
                config.tolerance.amount_absolute.checked_mul(scale).and_then(|minor| minor.to_u64()).unwrap_or(0)
            }),
            share_ppm: ppm.clamp(0, 1_000_000),
            days: config.tolerance.days.map(|days| i32::try_from(days).unwrap_or(i32::MAX)),
            profile: config.profile,
        }
    }

    /// How far a line may differ from this entry amount, in minor units.
    pub(crate) fn tolerance(&self, entry: i64, currency: Currency) -> u64 {
        let absolute = self.absolute[(currency.digits() as usize).min(DIGITS_MAX)];
        let share = i128::from(entry.unsigned_abs()) * self.share_ppm / 1_000_000;
        absolute.max(u64::try_from(share).unwrap_or(u64::MAX))
    }
}

/// Compares two amounts of the same sign.
pub(crate) fn relate_amounts(line: i64, entry: i64, tolerance: u64) -> AmountRelation {
    let (paid, owed) = (line.unsigned_abs(), entry.unsigned_abs());
    let gap = paid.abs_diff(owed);
    if gap == 0 {
        return AmountRelation::Exact;
    }
    if gap <= tolerance {
        return AmountRelation::Tolerated;
    }
    if swapped_digits(paid, owed).is_some() {
        return AmountRelation::Transposed;
    }
    let share_ppm = u128::from(gap) * 1_000_000 / u128::from(owed.max(1));
    if paid < owed
        && let Some(percent) = discount_percent(paid, owed)
    {
        return AmountRelation::Discount(percent);
    }
    if gap <= 5 || share_ppm <= 6_000 && gap % 50 != 0 {
        return AmountRelation::Rounding;
    }
    // Banks keep from what comes in and add to what goes out.
    let kept = if line > 0 { paid < owed } else { paid > owed };
    if kept && (gap <= 3_000 && share_ppm <= 250_000 || share_ppm <= 50_000) {
        return AmountRelation::Fee;
    }
    match paid < owed {
        true => AmountRelation::Part,
        false if share_ppm <= 100_000 => AmountRelation::Above,
        false => AmountRelation::Over,
    }
}

/// Usual early-payment discounts.
const DISCOUNTS: [u8; 6] = [1, 2, 3, 5, 7, 10];

fn discount_percent(paid: u64, owed: u64) -> Option<u8> {
    DISCOUNTS.into_iter().find(|percent| {
        let expected = u128::from(owed) * u128::from(100 - percent);
        expected.abs_diff(u128::from(paid) * 100) <= 100 && owed >= 1_000
    })
}

/// Two neighbouring digits that changed places: as they stand in either number; nothing where that is not the difference.
pub(crate) fn swapped_digits(left: u64, right: u64) -> Option<(u64, u64)> {
    if left < 100 || right < 100 || !left.abs_diff(right).is_multiple_of(9) {
        return None;
    }
    // Two neighbouring digits a and b that changed places move the number by 9 · (a − b) · 10ⁿ.
    let mut scale = 1_u64;
    let mut gap = left.abs_diff(right) / 9;
    while gap.is_multiple_of(10) && gap > 0 {
        gap /= 10;
        scale *= 10;
    }
    if gap == 0 || gap > 9 || left.ilog10() != right.ilog10() {
        return None;
    }
    let pair = |number: u64| number / scale % 100;
    let (of_left, of_right) = (pair(left), pair(right));
    let swapped = of_left % 10 == of_right / 10 && of_left / 10 == of_right % 10;
    (swapped && left - of_left * scale == right - of_right * scale).then_some((of_left, of_right))
}

/// Compares a pair; nothing where the two can never belong together.
pub(crate) fn compare(problem: &Problem<'_>, line: usize, entry: usize) -> Option<Comparison> {
    let prepared = &problem.prepared;
    let (paid, facts) = (prepared.lines.columns.amount[line], &prepared.entries.facts[entry]);
    let owed = facts.amount;
    if (paid > 0) != (owed > 0) || paid == 0 || owed == 0 || facts.is_account {
        return None;
    }
    let (_, relation) = problem.owed_in_line(line as u32, entry as u32)?;
    let comparison = compare_fields(prepared, line, entry, relation);
    let bound =
        matches!(comparison.reference, ReferenceRelation::Quoted(..)) || problem.rules.matches(line, entry).is_some();
    (bound || in_window(&comparison, &problem.bounds)).then_some(comparison)
}

/// Compares everything but the amounts, whose relation is given; bars nothing.
pub(crate) fn compare_fields(prepared: &Prepared<'_>, line: usize, entry: usize, amount: AmountRelation) -> Comparison {
    let day = prepared.lines.columns.day[line];
    let since = |other: i32| (day != NO_DAY && other != NO_DAY).then(|| day - other);
    let facts = &prepared.entries.facts[entry];
    let party = facts.party;
    let (code, account) = party_keys(prepared, line, entry);
    let name =
        if party == NOBODY { None } else { prepared.name_hit(line, party).filter(|hit| is_best(prepared, line, hit)) };
    let payer = if party == NOBODY {
        None
    } else {
        // A name that returns is no news where it is the party's own.
        let news = |payer: &&Payer| payer.party == party && (name.is_none() || !payer.is_name);
        prepared.lines.payers.of(line).iter().find(news).copied()
    };
    Comparison {
        amount,
        lag: since(facts.day),
        work_lag: since(facts.day).map(|_| working_day(day) - working_day(facts.day)),
        after_due: since(facts.due).map(|late| late.max(after_discount(facts, amount, day))),
        reference: relate_references(prepared, line, entry),
        name,
        names_other: name.is_none()
            && code.is_none()
            && account.is_none()
            && payer.is_none()
            && names_somebody(prepared, line),
        code,
        account,
        payer,
        job: prepared.jobs.compare(line, entry),
    }
}

/// Days after the day until which the discount that was taken is granted; long before for any other payment.
fn after_discount(facts: &EntryFacts, amount: AmountRelation, day: i32) -> i32 {
    match amount {
        AmountRelation::Discount(percent) if percent == facts.terms.percent => {
            day.saturating_sub(facts.day).saturating_sub(i32::from(facts.terms.days))
        }
        _ => i32::MIN,
    }
}

/// The number of the working day; Saturday and Sunday count as the Monday after them.
fn working_day(day: i32) -> i32 {
    // 1970-01-01 was a Thursday.
    let since_monday = day.saturating_add(3);
    5 * since_monday.div_euclid(7) + since_monday.rem_euclid(7).min(5)
}

/// Without a reference the line must lie near the time between the entry's date and its due date.
fn in_window(comparison: &Comparison, bounds: &Bounds) -> bool {
    let Some(days) = bounds.days else { return true };
    let early = comparison.lag.map_or(0, |lag| (-lag).max(0));
    let late = comparison.after_due.or(comparison.lag).map_or(0, |late| late.max(0));
    let late = comparison.lag.map_or(late, |lag| late.min(lag.max(0)));
    early <= days && late <= days
}

/// Whether no other name of the books fits the line clearly better.
fn is_best(prepared: &Prepared<'_>, line: usize, hit: &NameHit) -> bool {
    prepared.names_of(line).first().is_none_or(|best| {
        best.share < 75 || best.share < hit.share.saturating_add(15) || best.worth < hit.worth.saturating_add(2_500)
    })
}

fn names_somebody(prepared: &Prepared<'_>, line: usize) -> bool {
    prepared.lines.named[line]
        || prepared.names_of(line).first().is_some_and(|best| best.share >= 60 && best.worth >= 5_000)
}

/// Keys of the entry's code and bank account that stand in the line.
fn party_keys(prepared: &Prepared<'_>, line: usize, entry: usize) -> (Option<u32>, Option<u32>) {
    let hits = prepared.lines.hits.of(line);
    let stands = |source: KeySource| {
        let mut keys = prepared.entries.keys.of(entry).iter().filter(|key| key.source == source);
        keys.find(|key| hits.binary_search_by_key(&key.key, |hit| hit.key).is_ok()).map(|key| key.key)
    };
    if prepared.may_share_keys(line, entry) {
        (stands(KeySource::Code), stands(KeySource::Account))
    } else {
        (None, None)
    }
}

fn relate_references(prepared: &Prepared<'_>, line: usize, entry: usize) -> ReferenceRelation {
    let hits = prepared.lines.hits.of(line);
    let mut best: Option<(EntryKey, Found, i32)> = None;
    let (mut parts, mut part_bits) = (0, 0);
    let may_share = prepared.may_share_keys(line, entry);
    let keys = if may_share { prepared.entries.keys.of(entry) } else { &[] }.iter();
    for key in keys.filter(|key| key.source.is_reference() || key.source == KeySource::Memo) {
        let Ok(at) = hits.binary_search_by_key(&key.key, |hit| hit.key) else { continue };
        let bits = key_bits(prepared, *key, hits[at].found);
        if key.source == KeySource::Part {
            parts += 1;
            part_bits += bits;
        }
        if best.is_none_or(|(_, _, known)| bits > known) {
            best = Some((*key, hits[at].found, bits));
        }
    }
    if let Some((key, found, bits)) = best {
        let bits = if parts > 1 { bits.max(part_bits.min(16_000)) } else { bits };
        return ReferenceRelation::Quoted(key, found, bits);
    }
    match near_key(prepared, line, entry) {
        Some(key) => ReferenceRelation::Near(key),
        None if prepared.lines.quotes[line] || gives_other_number(prepared, line, entry) => ReferenceRelation::Differs,
        None => ReferenceRelation::Missing,
    }
}

/// Whether the line gives a number of a job and the entry has another one.
fn gives_other_number(prepared: &Prepared<'_>, line: usize, entry: usize) -> bool {
    prepared.jobs.numbers_are_shared()
        && !prepared.line_records[line].reference.trim().is_empty()
        && !prepared.entry_records[entry].number.trim().is_empty()
}

/// Whether the line quotes an open entry beyond doubt: a number with letters, or one whose party or amount agrees too.
pub(crate) fn quotes_entry(prepared: &Prepared<'_>, line: usize) -> bool {
    prepared.lines.hits.of(line).iter().filter(|hit| hit.found == Found::Exact).any(|hit| {
        let entries = prepared.keys.entries.of(hit.key as usize);
        let name = prepared.keys.name(hit.key);
        (1..=16).contains(&entries.len())
            && entries.iter().any(|entry| {
                let entry = *entry as usize;
                let quoted = prepared
                    .entries
                    .keys
                    .of(entry)
                    .iter()
                    .any(|key| key.key == hit.key && matches!(key.source, KeySource::Whole | KeySource::Digits));
                let party = prepared.entries.facts[entry].party;
                quoted
                    && (name.len() >= 5 && name.bytes().any(|byte| byte.is_ascii_alphabetic())
                        || prepared.entries.columns.amount[entry] == prepared.lines.columns.amount[line]
                        || party != NOBODY && prepared.name_hit(line, party).is_some())
            })
    })
}

/// A key of the entry that is one typing error away from a number of the line.
fn near_key(prepared: &Prepared<'_>, line: usize, entry: usize) -> Option<u32> {
    let near = prepared.lines.near.of(line);
    if near.is_empty() {
        return None;
    }
    let keys = prepared.entries.keys.of(entry).iter().filter(|key| key.source <= KeySource::Digits);
    keys.map(|key| key.key).find(|key| near.iter().any(|near| near.key == *key))
}

/// What quoting a key says about an entry, in thousandths of a bit.
pub(crate) fn key_bits(prepared: &Prepared<'_>, key: EntryKey, found: Found) -> i32 {
    let less = match key.source {
        KeySource::Whole | KeySource::Code | KeySource::Account => 0,
        KeySource::Digits => 500,
        KeySource::Part => 1_000,
        KeySource::Memo => 2_000,
    };
    prepared.keys.bits_less(key.key, less + if found == Found::Cut { 1_500 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_relate_as_an_accountant_would_say() {
        use AmountRelation::{Above, Discount, Exact, Fee, Over, Part, Rounding, Tolerated, Transposed};
        for (line, entry, tolerance, expected) in [
            (10_000, 10_000, 0, Exact),
            (10_040, 10_000, 100, Tolerated),
            (98_000, 100_000, 0, Discount(2)),
            (417_600, 416_700, 0, Transposed),
            (9_850, 10_000, 0, Fee),
            (-10_500, -10_000, 0, Fee),
            (102_452, 102_400, 0, Rounding),
            (4_000, 10_000, 0, Part),
            (101_000, 100_000, 0, Above),
            (121_000, 100_000, 0, Over),
            (50_000, 500_000, 0, Part),
        ] {
            assert_eq!(relate_amounts(line, entry, tolerance), expected, "{line} {entry}");
        }
    }

    #[test]
    fn from_friday_to_monday_is_one_working_day() {
        let [friday, saturday, monday] = [1, 2, 4];
        assert_eq!(working_day(monday) - working_day(friday), 1);
        assert_eq!(working_day(monday) - working_day(saturday), 0);
        assert_eq!(working_day(friday - 7 * 600) - working_day(friday), -5 * 600);
    }

    #[test]
    fn tolerances_are_inclusive_and_one_percent_is_one_percent() {
        let mut config = ReconcileConfig::default();
        config.tolerance.amount_percent = Decimal::ONE;
        let bounds = Bounds::new(&config);
        let eur = Currency::parse("EUR").unwrap();
        assert_eq!(bounds.tolerance(10_000, eur), 100);
        assert_eq!(bounds.tolerance(0, eur), 1);
    }
}
