use proptest::prelude::*;

use super::*;

/// Books in which every detector finds something.
fn eventful() -> Books {
    let days = [3, 3, 3, 3, 5, 3, 3, 4, 3, 3, 3];
    let rents = days.iter().zip(1..).map(|(day, month)| format!("2025-{month:02}-{day:02} -500.00 Groth"));
    let last_year = Books::bank("EUR")
        .ordinary(260)
        .all(rents)
        .add("2025-12-15 -9000.30 Groth")
        .add("2025-03-08 -640.00 Groth")
        .add("2025-05-07 -20000.00 Lind")
        .add("2025-05-07 -9500.10 Supplier_1")
        .add("2025-05-08 -9500.10 Supplier_1")
        .add("2025-09-01 -9000.20 Newcomer");
    let january =
        (5..=30).filter(|day| !matches!(day % 7, 3 | 4)).map(|day| format!("2026-01-{day:02} -8{day:02}.40 Lind"));
    last_year.first_import("2025-12-31").next_import("2026-02-15").all(january).add("2025-06-17 -906.00 Supplier_2")
}

#[test]
fn every_kind_but_benford_is_found_there() {
    let books = eventful();
    let mut kinds: Vec<_> = books.detect_in(0..books.len()).into_iter().map(|(anomaly, _)| anomaly.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, AnomalyKind::ALL[..7]);
}

#[test]
fn the_largest_impact_comes_first() {
    let books = eventful();
    let found: Vec<_> = books.detect_in(0..books.len()).into_iter().map(|(anomaly, _)| anomaly.impact).collect();
    assert!(found.is_sorted_by_key(|impact| std::cmp::Reverse(impact.magnitude())), "{found:?}");
}

#[test]
fn a_kind_that_is_off_is_not_found_and_the_others_are() {
    let books = eventful();
    let all = books.detect_in(0..books.len());
    let quiet = books.clone().with(|config| config.round_sum.enabled = false);
    let left: Vec<_> = all.into_iter().filter(|(anomaly, _)| anomaly.kind != AnomalyKind::RoundSum).collect();
    assert_eq!(quiet.detect_in(0..books.len()), left);
    assert!(!quiet.config.is_on(AnomalyKind::RoundSum) && quiet.config.is_on(AnomalyKind::Benford));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_records_does_not_matter(order in Just((0..eventful().len()).collect::<Vec<_>>()).prop_shuffle()) {
        let books = eventful();
        prop_assert_eq!(books.detect_in(order.into_iter()), books.detect_in(0..books.len()));
    }

    #[test]
    fn nor_does_the_number_of_threads(threads in 1_usize..6) {
        let books = eventful();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        prop_assert_eq!(pool.install(|| books.detect_in(0..books.len())), books.detect_in(0..books.len()));
    }

    #[test]
    fn no_amount_is_too_large(amounts in prop::collection::vec(prop_oneof![any::<i64>(), Just(i64::MIN), Just(i64::MAX)], 0..120)) {
        let mut books = Books::bank("EUR").ordinary(120);
        for (at, minor) in amounts.into_iter().enumerate() {
            let day = date(2025, 3, 1).saturating_add(jiff::Span::new().days(at as i64 / 3));
            books.rows.push(Row { date: Some(day), minor, party: format!("P{}", at % 3), ..Row::default() });
        }
        books.detect_in(0..books.len());
    }
}
