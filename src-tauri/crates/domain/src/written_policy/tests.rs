use jiff::civil::Date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{AccountId, ExchangeRates, RecordRef, StatementLineId};

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn eur(minor: i64) -> Money {
    Money::from_minor(minor, currency("EUR"))
}

fn limit(amount: i64) -> CauseLimit {
    CauseLimit { amount: eur(amount), percent: None, count: None, total: None }
}

fn policy(limits: &[(RootCause, CauseLimit)]) -> Policy {
    let causes = limits.iter().map(|(cause, limit)| (*cause, CausePolicy { limit: Some(*limit), owner: None }));
    Policy::new(currency("EUR"), Confidence::from_ppm(900_000), None, causes.collect()).unwrap()
}

fn record(number: u128, cause: RootCause, impact: i64, date: &str) -> PolicyItem {
    PolicyItem {
        subject: PolicySubject::Record(RecordRef::Line(StatementLineId::from_uuid(Uuid::from_u128(number)))),
        cause: Some(cause),
        found: None,
        impact: eur(impact),
        basis: eur(impact),
        date: date.parse().ok(),
        account: Some(AccountId::from_uuid(Uuid::from_u128(7))),
        confidence: None,
        has_rival: false,
        lacks_reference: false,
        taken_back: false,
    }
}

fn judge(policy: &Policy, item: &PolicyItem) -> Result<Counted, Kept> {
    let judged = policy.resolve(std::slice::from_ref(item), &mut PeriodUse::new(), &ExchangeRates::default(), |_| true);
    judged[0].outcome
}

fn numbers(judged: &[Judged<'_>]) -> Vec<(u128, Result<(), Kept>)> {
    let number = |subject| match subject {
        PolicySubject::Record(RecordRef::Line(id)) => id.uuid().as_u128(),
        other => panic!("{other:?}"),
    };
    judged.iter().map(|of| (number(of.item.subject), of.outcome.map(drop))).collect()
}

#[test]
fn an_item_at_the_limit_is_resolved_and_a_cent_more_is_not() {
    let fees = policy(&[(RootCause::Fee, limit(500))]);
    assert!(judge(&fees, &record(1, RootCause::Fee, 500, "2026-01-05")).is_ok());
    assert_eq!(judge(&fees, &record(1, RootCause::Fee, 501, "2026-01-05")), Err(Kept::Amount));
}

#[test]
fn a_share_at_the_limit_is_resolved_and_the_least_more_is_not() {
    let fees = policy(&[(RootCause::Fee, CauseLimit { percent: Some(250), ..limit(10_000) })]);
    let item = |impact, basis| PolicyItem { basis: eur(basis), ..record(1, RootCause::Fee, impact, "2026-01-05") };
    assert!(judge(&fees, &item(250, 10_000)).is_ok());
    assert_eq!(judge(&fees, &item(250, 9_999)), Err(Kept::Percent));
    assert_eq!(judge(&fees, &record(1, RootCause::Fee, 35, "2026-01-05")), Err(Kept::Percent), "all of its record");
}

#[test]
fn a_cause_that_is_not_listed_or_not_one_is_never_resolved() {
    let fees = policy(&[(RootCause::Fee, limit(500))]);
    assert_eq!(judge(&fees, &record(1, RootCause::Timing, 1, "2026-01-05")), Err(Kept::CauseUnlisted));
    assert_eq!(judge(&fees, &record(1, RootCause::None, 1, "2026-01-05")), Err(Kept::CauseUnlisted));
    let several = PolicyItem { cause: None, ..record(1, RootCause::Fee, 1, "2026-01-05") };
    assert_eq!(judge(&fees, &several), Err(Kept::SeveralCauses));
}

#[test]
fn rivals_doubtful_matches_and_what_a_person_took_back_stay() {
    let fees = policy(&[(RootCause::Fee, limit(500))]);
    let item = record(1, RootCause::Fee, 1, "2026-01-05");
    assert_eq!(judge(&fees, &PolicyItem { has_rival: true, ..item.clone() }), Err(Kept::Rival));
    assert_eq!(judge(&fees, &PolicyItem { lacks_reference: true, ..item.clone() }), Err(Kept::Reference));
    assert_eq!(judge(&fees, &PolicyItem { taken_back: true, ..item.clone() }), Err(Kept::TakenBack));
    let sure = |ppm| PolicyItem { confidence: Some(Confidence::from_ppm(ppm)), ..item.clone() };
    assert_eq!(judge(&fees, &sure(899_999)), Err(Kept::Confidence));
    assert!(judge(&fees, &sure(900_000)).is_ok());
    assert_eq!(judge(&fees, &PolicyItem { date: None, ..item }), Err(Kept::NoDate));
}

#[test]
fn count_and_total_hold_for_cause_account_and_month_and_the_smallest_of_a_day_come_first() {
    let most = CauseLimit { count: Some(3), total: Some(eur(100)), ..limit(60) };
    let fees = policy(&[(RootCause::Fee, most), (RootCause::Timing, most)]);
    let items = [
        record(1, RootCause::Fee, 60, "2026-01-05"),
        record(2, RootCause::Fee, 40, "2026-01-05"),
        record(3, RootCause::Fee, 1, "2026-01-31"),
        record(4, RootCause::Timing, 60, "2026-01-31"),
        record(5, RootCause::Fee, 60, "2026-02-01"),
        PolicyItem { account: None, ..record(6, RootCause::Fee, 60, "2026-01-31") },
    ];
    let mut used = PeriodUse::new();
    let judged = fees.resolve(&items, &mut used, &ExchangeRates::default(), |_| true);
    let expected = [(2, Ok(())), (1, Ok(())), (3, Err(Kept::Total)), (4, Ok(())), (6, Ok(())), (5, Ok(()))];
    assert_eq!(numbers(&judged), expected);
    assert_eq!(used.values().map(|of| of.count).sum::<u64>(), 5);
    // What earlier runs used is used.
    let more = [record(7, RootCause::Fee, 40, "2026-02-02"), record(8, RootCause::Fee, 1, "2026-02-03")];
    let judged = fees.resolve(&more, &mut used, &ExchangeRates::default(), |_| true);
    assert_eq!(numbers(&judged), [(7, Ok(())), (8, Err(Kept::Total))]);
    let few = CauseLimit { count: Some(1), ..limit(60) };
    let judged = policy(&[(RootCause::Fee, few)]);
    let judged = judged.resolve(&more, &mut PeriodUse::new(), &ExchangeRates::default(), |_| true);
    assert_eq!(numbers(&judged), [(7, Ok(())), (8, Err(Kept::Count))]);
}

#[test]
fn what_is_kept_by_a_limit_leaves_room_for_a_smaller_item_after_it() {
    let fees = policy(&[(RootCause::Fee, CauseLimit { total: Some(eur(60)), ..limit(60) })]);
    let items = [
        record(1, RootCause::Fee, 40, "2026-01-01"),
        record(2, RootCause::Fee, 30, "2026-01-02"),
        record(3, RootCause::Fee, 20, "2026-01-03"),
    ];
    let judged = fees.resolve(&items, &mut PeriodUse::new(), &ExchangeRates::default(), |_| true);
    assert_eq!(numbers(&judged), [(1, Ok(())), (2, Err(Kept::Total)), (3, Ok(()))]);
}

#[test]
fn another_currency_counts_at_the_days_rate_and_without_one_stays() {
    let fees = policy(&[(RootCause::Fee, limit(1_000))]);
    let dollars = |minor| PolicyItem {
        impact: Money::from_minor(minor, currency("USD")),
        basis: Money::from_minor(minor, currency("USD")),
        ..record(1, RootCause::Fee, 1, "2026-01-05")
    };
    assert_eq!(judge(&fees, &dollars(1)), Err(Kept::NoRate));
    let mut rates = ExchangeRates::default();
    let day: Date = "2026-01-05".parse().unwrap();
    rates.insert(day, currency("EUR"), currency("USD"), "1.25".parse().unwrap()).unwrap();
    let judged = |minor| fees.resolve(&[dollars(minor)], &mut PeriodUse::new(), &rates, |_| true)[0].outcome;
    assert_eq!(judged(1_250).map(|counted| counted.amount), Ok(eur(1_000)));
    assert_eq!(judged(1_252), Err(Kept::Amount));
}

#[test]
fn what_makes_no_sense_is_no_policy() {
    let with = |cause, limit| {
        let causes = BTreeMap::from([(cause, CausePolicy { limit: Some(limit), owner: None })]);
        Policy::new(currency("EUR"), Policy::default_confidence(), None, causes)
    };
    assert!(with(RootCause::Fee, limit(1)).is_ok());
    assert_eq!(with(RootCause::None, limit(1)), Err(PolicyError::NoCause));
    assert!(matches!(with(RootCause::Fee, limit(0)), Err(PolicyError::NotPositive { .. })));
    let below = CauseLimit { total: Some(eur(4)), ..limit(5) };
    assert!(matches!(with(RootCause::Fee, below), Err(PolicyError::TotalBelowAmount { .. })));
    let percent = |percent| with(RootCause::Fee, CauseLimit { percent: Some(percent), ..limit(5) });
    assert_eq!((percent(0), percent(10_001)), (Err(PolicyError::Percent("fee")), Err(PolicyError::Percent("fee"))));
    assert!(percent(10_000).is_ok());
    assert_eq!(with(RootCause::Fee, CauseLimit { count: Some(0), ..limit(5) }), Err(PolicyError::Count("fee")));
    let dollars = CauseLimit { amount: Money::from_minor(5, currency("USD")), ..limit(5) };
    assert!(matches!(with(RootCause::Fee, dollars), Err(PolicyError::Currency { .. })));
    let doubtful = Confidence::from_ppm(499_999);
    assert!(matches!(Policy::new(currency("EUR"), doubtful, None, BTreeMap::new()), Err(PolicyError::Confidence(_))));
    let nobody = Policy::new(currency("EUR"), Policy::default_confidence(), Some(" ".to_owned()), BTreeMap::new());
    assert_eq!(nobody, Err(PolicyError::Owner));
}

#[test]
fn what_stays_belongs_to_the_owner_of_its_cause_or_else_to_the_default_owner() {
    let owner = |name: &str| CausePolicy { limit: None, owner: Some(name.to_owned()) };
    let causes = BTreeMap::from([(RootCause::Timing, owner(" Petra ")), (RootCause::None, owner("Ada"))]);
    let with = |default: Option<&str>| {
        let default = default.map(ToOwned::to_owned);
        Policy::new(currency("EUR"), Policy::default_confidence(), default, causes.clone()).unwrap()
    };
    assert_eq!(with(None).owner(RootCause::Timing), Some("Petra"));
    assert_eq!((with(None).owner(RootCause::Fee), with(Some("Ben")).owner(RootCause::Fee)), (None, Some("Ben")));
    assert_eq!(with(None).limit(RootCause::Timing), None);
}

#[test]
fn a_month_reads_back_as_it_is_written() {
    let month = PolicyMonth::from("2026-02-28".parse::<Date>().unwrap());
    assert_eq!((month.to_string().as_str(), month.to_string().parse()), ("2026-02", Ok(month)));
    assert_eq!("2026-13".parse::<PolicyMonth>(), Err(UnknownMonth("2026-13".to_owned())));
}

fn items() -> impl Strategy<Value = Vec<PolicyItem>> {
    let causes = prop::sample::select(vec![RootCause::Fee, RootCause::Timing, RootCause::Discount]);
    let one = (causes, 1..80_i64, 1..29_i8, 1..3_i8);
    prop::collection::vec(one, 0..40).prop_map(|drawn| {
        let of = |(at, (cause, impact, day, month)): (usize, (RootCause, i64, i8, i8))| {
            record(at as u128, cause, impact, &format!("2026-{month:02}-{day:02}"))
        };
        drawn.into_iter().enumerate().map(of).collect()
    })
}

proptest! {
    /// The order in which items are found makes no difference, no limit is passed, and asking again resolves nothing.
    #[test]
    fn limits_hold_whatever_the_order(mut found in items(), seed in 0..1000_usize) {
        let most = CauseLimit { count: Some(4), total: Some(eur(120)), ..limit(60) };
        let policy = policy(&[(RootCause::Fee, most), (RootCause::Timing, most)]);
        let (mut used, rates) = (PeriodUse::new(), ExchangeRates::default());
        let first = policy.resolve(&found, &mut used, &rates, |_| true);
        let resolved = numbers(&first);
        for of in used.values() {
            prop_assert!(of.count <= 4 && of.total <= 120);
        }
        let kept: Vec<PolicyItem> =
            first.iter().filter(|of| of.outcome.is_err()).map(|of| of.item.clone()).collect();
        let again = policy.resolve(&kept, &mut used, &rates, |_| true);
        prop_assert!(again.iter().all(|of| of.outcome.is_err()));
        let len = found.len().max(1);
        found.rotate_left(seed % len);
        found.reverse();
        let second = policy.resolve(&found, &mut PeriodUse::new(), &rates, |_| true);
        prop_assert_eq!(resolved, numbers(&second));
    }
}
