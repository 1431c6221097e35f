//! Both sides agree, and the payment came late.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, Profile, ProposedFix, RootCause};

use super::Difference;

/// An invoice paid after it was due.
const PAID_LATE: Confidence = Confidence::from_ppm(989_600);
/// A booked payment that was under way for longer than a bank takes even over holidays.
const UNDER_WAY_LONG: Confidence = Confidence::from_ppm(995_400);
/// One that was under way for a week, as many are.
const UNDER_WAY: Confidence = Confidence::from_ppm(595_500);
/// Days from which it is long.
const LONG_DAYS_MIN: i32 = 9;
/// What a processor shows on another day.
const OTHER_DAY: Confidence = Confidence::from_ppm(999_800);
/// A job that the two sides count in different months: no generated data have it; as for those under way for a week.
const OTHER_MONTH: Confidence = Confidence::from_ppm(595_500);
/// Days after the due date from which a payment counts as late.
const LATE_DAYS_MIN: i32 = 11;
/// Days between the books and the bank from which a booked payment counts as under way.
const UNDERWAY_DAYS_MIN: i32 = 5;
/// Days between a sale and the processor's record of it that are usual: a night, or another time zone.
const PROCESSOR_DAYS_MAX: i32 = 1;

/// The payment reached the bank much later than is usual.
pub(super) struct Timing;

impl CauseRule<Difference<'_>> for Timing {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        late(difference).map(|_| RootCause::Timing)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        let (confidence, fact) = late(difference).unwrap_or((Confidence::from_ppm(0), Fact::Agrees {}));
        let evidence = std::iter::once(fact).chain(difference.quoted()).collect();
        CauseFinding { cause, confidence, evidence, fix: ProposedFix::Nothing {} }
    }
}

/// How a payment is late.
fn late(difference: &Difference<'_>) -> Option<(Confidence, Fact)> {
    let (comparison, (_, entry)) = (difference.comparison?, difference.pair()?);
    let booked = difference.problem.prepared.entries.facts[entry as usize].booked;
    let days = |days: i32| i64::from(days);
    let by_days = if difference.problem.bounds.profile == Profile::Processor {
        let lag = comparison.lag.filter(|lag| lag.abs() > PROCESSOR_DAYS_MAX);
        lag.map(|lag| (OTHER_DAY, Fact::UnderWay { days: days(lag) }))
    } else if booked {
        let lag = comparison.lag.filter(|lag| *lag >= UNDERWAY_DAYS_MIN);
        let sure = |lag: i32| if lag >= LONG_DAYS_MIN { UNDER_WAY_LONG } else { UNDER_WAY };
        lag.map(|lag| (sure(lag), Fact::UnderWay { days: days(lag) }))
    } else {
        let late = comparison.after_due.filter(|late| *late >= LATE_DAYS_MIN);
        late.map(|late| (PAID_LATE, Fact::PaidLate { days: days(late) }))
    };
    let next_month = || comparison.job.filter(|job| job.is_of_next_month());
    by_days.or_else(|| next_month().map(|_| (OTHER_MONTH, Fact::OtherMonth {})))
}
