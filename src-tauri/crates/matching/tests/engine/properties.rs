//! What must hold for any records.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Found, entry, line, run};
use proptest::prelude::*;
use tieout_domain::{LedgerEntry, MatchKind, Profile, ReconcileConfig, RecordRef, StatementLine};

const NAMES: [&str; 5] = ["Harbour Lane Bakery", "Saltire Optics", "Lumen Nord AB", "Müller Bäckerei GmbH", ""];
const AMOUNTS: [&str; 9] = ["100.00", "50.00", "150.00", "98.00", "99.95", "33.10", "-100.00", "-50.00", "0.00"];

fn day(at: u8) -> String {
    format!("2024-{:02}-{:02}", 4 + at / 28, 1 + at % 28)
}

/// Indices into names, amounts and days, and whether a number is quoted.
type Row = (usize, usize, u8, Option<u8>);

fn rows(count: usize) -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((0..NAMES.len(), 0..AMOUNTS.len(), 0..56_u8, prop::option::of(0..12_u8)), 0..count)
}

fn statement(rows: &[Row]) -> Vec<StatementLine> {
    let text = |(name, amount, at, quoted): &Row| {
        let reference = quoted.map(|number| format!("INV-10{number:02}")).unwrap_or_default();
        let word = if at % 9 == 0 { "RETURNED" } else { "CREDIT" };
        format!("{}|{}|{reference}|{}|{word} {}", day(*at), AMOUNTS[*amount], NAMES[*name], NAMES[*name])
    };
    rows.iter().enumerate().map(|(row, cells)| line(row + 1, &text(cells))).collect()
}

fn ledger(rows: &[Row]) -> Vec<LedgerEntry> {
    let text = |row: usize, (name, amount, at, shared): &Row| {
        let reference = shared.map(|batch| format!("BATCH-77{batch:02}")).unwrap_or_default();
        format!("{}|{}|INV-10{:02}|{}|{reference}", day(*at), AMOUNTS[*amount], row % 100, NAMES[*name])
    };
    rows.iter().enumerate().map(|(row, cells)| entry(row + 1, &text(row, cells))).collect()
}

/// The outcome by the records' own identifiers, so that positions do not matter.
fn by_identifier(outcome: &Found, lines: &[StatementLine], entries: &[LedgerEntry]) -> BTreeSet<String> {
    let shown = outcome.proposals.iter().zip(&outcome.explanations).map(|(proposal, explanation)| {
        let legs = proposal.matched.legs().iter().map(|leg| match leg.record {
            RecordRef::Line(at) => format!("{} {}", lines[at].record_id, leg.amount_applied),
            RecordRef::Entry(at) => format!("{} {}", entries[at].record_id, leg.amount_applied),
        });
        let legs: BTreeSet<String> = legs.collect();
        let facts = (proposal.confidence, proposal.cause, proposal.ambiguous, explanation.score());
        format!("{legs:?} {facts:?} {:?}", proposal.matched.adjustments())
    });
    let nearest = outcome.nearest_for_line.iter().enumerate().filter_map(|(at, nearest)| {
        let nearest = nearest.as_ref()?;
        Some(format!("{} near {} {:?}", lines[at].record_id, entries[nearest.record].record_id, nearest.shortfall))
    });
    shown.chain(nearest).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_record_is_used_twice_or_beyond_its_amount(left in rows(24), right in rows(24)) {
        let (lines, entries) = (statement(&left), ledger(&right));
        let outcome = run(&lines, &entries, &ReconcileConfig::default());
        let mut seen = BTreeSet::new();
        for proposal in &outcome.proposals {
            for leg in proposal.matched.legs() {
                let whole = match leg.record {
                    RecordRef::Line(at) => lines[at].amount,
                    RecordRef::Entry(at) => entries[at].amount,
                };
                let new = seen.insert(format!("{:?}", leg.record));
                prop_assert!(new);
                prop_assert!(leg.amount_applied.magnitude() <= whole.magnitude());
                // Only of what is open again because its payment was taken back nothing is applied.
                let open_again = proposal.matched.kind() == MatchKind::Reversal
                    && matches!(leg.record, RecordRef::Entry(_))
                    && leg.amount_applied.is_zero();
                prop_assert!(open_again || !leg.amount_applied.is_zero());
                prop_assert!(open_again || (leg.amount_applied.minor_units() > 0) == (whole.minor_units() > 0));
            }
        }
        for (at, nearest) in outcome.nearest_for_line.iter().enumerate() {
            let used = seen.contains(&format!("{:?}", RecordRef::<usize, usize>::Line(at)));
            prop_assert!(nearest.is_none() || !used);
        }
    }

    #[test]
    fn the_order_of_the_records_changes_nothing(left in rows(20), right in rows(20), turn in 0..20_usize) {
        let (lines, entries) = (statement(&left), ledger(&right));
        let (mut other_lines, mut other_entries) = (lines.clone(), entries.clone());
        other_lines.reverse();
        other_entries.rotate_left(turn.min(entries.len()));
        let config = ReconcileConfig::default();
        prop_assert_eq!(
            by_identifier(&run(&lines, &entries, &config), &lines, &entries),
            by_identifier(&run(&other_lines, &other_entries, &config), &other_lines, &other_entries)
        );
    }

    #[test]
    fn the_number_of_threads_changes_nothing(left in rows(20), right in rows(20)) {
        let (lines, entries) = (statement(&left), ledger(&right));
        let config = ReconcileConfig::default();
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| format!("{:?}", run(&lines, &entries, &config)))
        };
        prop_assert_eq!(with(1), with(3));
    }

    #[test]
    fn an_unrelated_record_changes_no_other_match(left in rows(16), right in rows(16)) {
        let (lines, entries) = (statement(&left), ledger(&right));
        let config = ReconcileConfig::default();
        let partners = |outcome: &Found| -> BTreeMap<Vec<usize>, Vec<usize>> {
            let pairs = outcome.proposals.iter().filter(|proposal| !proposal.ambiguous);
            pairs.map(|proposal| (proposal.matched.lines().collect(), proposal.matched.entries().collect())).collect()
        };
        let before = run(&lines, &entries, &config);
        let mut more = lines.clone();
        more.push(line(900, "2024-04-11|7123.45|QQ-98765|Zygmunt Xylophone Works"));
        prop_assert_eq!(partners(&before), partners(&run(&more, &entries, &config)));
    }

    #[test]
    fn no_text_and_no_amount_breaks_the_engine(
        texts in prop::collection::vec(".{0,60}", 6),
        amounts in prop::collection::vec(prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>(), -5..5_i64], 6),
        profile in prop_oneof![Just(Profile::Bank), Just(Profile::Processor), Just(Profile::Deposits), Just(Profile::Jobs)],
    ) {
        let currency = tieout_domain::Currency::parse("EUR").unwrap();
        let (mut lines, mut entries) = (Vec::new(), Vec::new());
        for (at, text) in texts.iter().enumerate() {
            let amount = tieout_domain::Money::from_minor(amounts[at], currency);
            lines.push(StatementLine { amount, description: text.clone(), reference: texts[0].clone(), ..line(at, "|0") });
            entries.push(LedgerEntry { amount, number: text.clone(), memo: texts[1].clone(), counterparty: texts[2].clone(),
                counterparty_code: texts[3].clone(), ..entry(at, "|0") });
        }
        run(&lines, &entries, &ReconcileConfig::for_profile(profile));
    }
}
