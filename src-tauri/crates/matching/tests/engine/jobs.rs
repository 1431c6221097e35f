//! What a controller expects of a client's export of jobs against the ledger of jobs.

use std::{collections::BTreeSet, ops::Deref};

use proptest::prelude::*;
use rust_decimal::Decimal;
use tieout_domain::{
    Agreement, AutoApprove, EvidenceKind, Explanation, Job, LedgerEntry, LedgerKind, Profile, ReconcileConfig,
    RecordRef, RootCause, StatementLine,
};
use tieout_matching::{Proposal, may_auto_approve};

use crate::support::{Found, entry, line, run, shown};

/// `number | site | service | month | quantity | rate | amount | date`; the amount is quantity × rate unless given.
struct Row {
    number: String,
    job: Job,
    amount: String,
    date: String,
}

fn row(text: &str) -> Row {
    let cells: Vec<&str> = text.split('|').map(str::trim).collect();
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let number = |at: usize| cell(at).parse::<Decimal>().ok();
    let (quantity, rate) = (number(4), number(5));
    let product = || quantity.zip(rate).map(|(quantity, rate)| (quantity * rate).round_dp(2).to_string());
    Row {
        number: cell(0).to_owned(),
        job: Job {
            month: format!("{}-01", cell(3)).parse().ok(),
            site: cell(1).to_owned(),
            service_type: cell(2).to_owned(),
            quantity,
            rate,
        },
        amount: if cell(6).is_empty() { product().unwrap() } else { cell(6).to_owned() },
        date: cell(7).to_owned(),
    }
}

fn export(rows: &[String]) -> Vec<StatementLine> {
    let read = |(at, text): (usize, &String)| {
        let Row { number, job, amount, date } = row(text);
        let job = (job != Job::default()).then(|| Box::new(job));
        StatementLine { job, ..line(at + 1, &format!("{date}|{amount}|{number}|||")) }
    };
    rows.iter().enumerate().map(read).collect()
}

fn ledger(rows: &[String]) -> Vec<LedgerEntry> {
    let read = |(at, text): (usize, &String)| {
        let Row { number, job, amount, date } = row(text);
        let job = (job != Job::default()).then(|| Box::new(job));
        LedgerEntry {
            job,
            kind: LedgerKind::Job,
            ..entry(at + 1, &format!("{date}|{amount}|{number}|Northern Facilities"))
        }
    };
    rows.iter().enumerate().map(read).collect()
}

const SITES: [&str; 4] = ["Leeds Kirkstall Depot", "York Station", "Hull Albert Dock", "Sheffield Meadowhall"];
const SERVICES: [(&str, &str); 3] =
    [("Window cleaning", "38.50"), ("Office cleaning", "24.80"), ("Lift inspection", "185.00")];

/// Forty-eight jobs of two months that both sides hold alike, whose quantities no other job has.
fn usual() -> Vec<String> {
    let job = |at: usize| {
        let (site, (service, rate)) = (SITES[at % 4], SERVICES[at / 4 % 3]);
        format!("J-{}|{site}|{service}|2025-0{}|{}.25|{rate}||", 30_400 + 7 * at, 1 + at % 2, 20 + at)
    };
    (0..48).map(job).collect()
}

/// A proposal with its explanation.
struct Explained {
    proposal: Proposal,
    explanation: Explanation<usize, usize>,
}

impl Deref for Explained {
    type Target = Proposal;

    fn deref(&self) -> &Proposal {
        &self.proposal
    }
}

fn explained(outcome: &Found) -> Vec<Explained> {
    let both = outcome.proposals.iter().cloned().zip(outcome.explanations.iter().cloned());
    both.map(|(proposal, explanation)| Explained { proposal, explanation }).collect()
}

/// Runs the usual jobs with further ones on either side; the proposals of the latter, which come first.
fn with(lines: &[&str], entries: &[&str]) -> (Vec<Explained>, Found) {
    let add = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).chain(usual()).collect::<Vec<_>>();
    let outcome = run(&export(&add(lines)), &ledger(&add(entries)), &ReconcileConfig::for_profile(Profile::Jobs));
    let mut asked = explained(&outcome);
    for pair in &asked {
        let total: i32 = pair.explanation.evidence().iter().map(|piece| piece.weight.millibits()).sum();
        assert_eq!(total, pair.explanation.score().millibits());
    }
    asked.retain(|pair| pair.matched.lines().any(|at| at < lines.len()));
    asked.sort_by_key(|pair| pair.matched.lines().next());
    assert_eq!(outcome.proposals.len() - asked.len(), 48, "the usual jobs meet each other");
    (asked, outcome)
}

#[track_caller]
fn check(lines: &[&str], entries: &[&str], expected: &str) {
    let (asked, _) = with(lines, entries);
    assert_eq!(asked.iter().map(|pair| shown(pair)).collect::<Vec<_>>().join("; "), expected);
}

fn weight(proposal: &Explained, kind: EvidenceKind) -> Option<(Agreement, i32)> {
    let piece = proposal.explanation.evidence().iter().find(|piece| piece.kind == kind)?;
    Some((piece.agreement, piece.weight.millibits()))
}

#[test]
fn a_job_without_number_is_found_by_site_service_and_month() {
    check(
        &["|York Station|Office cleaning|2025-02|7.5|24.80||"],
        &[
            "J-20417|York Station|Office cleaning|2025-01|7.5|24.80||",
            "J-20433|Hull Albert Dock|Office cleaning|2025-02|7.5|24.80||",
            "J-20461|York Station|Office cleaning|2025-02|7.5|24.80||",
            "J-20475|York Station|Office cleaning|2025-02|3|62.00||",
        ],
        "1 = 3 none",
    );
}

#[test]
fn a_site_or_service_spelt_otherwise_is_close_and_another_one_is_not() {
    let entries = &["J-20417|York Station|Window cleaning|2025-02|7.5|38.50||"];
    let (asked, _) = with(&["|York Staton|WINDOW-CLEANING|2025-02|7.5|38.50||"], entries);
    let [pair] = asked.as_slice() else { panic!("one proposal") };
    let (site, spelling) = weight(pair, EvidenceKind::Site).unwrap();
    assert!(site == Agreement::Near && spelling > 0, "{spelling}");
    let (exact, _) = with(&["|York Station|Window cleaning|2025-02|7.5|38.50||"], entries);
    let (site, same) = weight(&exact[0], EvidenceKind::Site).unwrap();
    assert!(site == Agreement::Exact && same > spelling, "{same} {spelling}");
    assert_eq!(weight(pair, EvidenceKind::ServiceType), weight(&exact[0], EvidenceKind::ServiceType));
    let (other, _) = with(&["|Hull Albert Dock|Window cleaning|2025-02|7.5|38.50||"], entries);
    assert_eq!(weight(&other[0], EvidenceKind::Site).unwrap().0, Agreement::Differs);
    assert!(other[0].confidence.ppm() <= 700_000, "left to a person");
}

#[test]
fn what_every_job_has_says_little_and_what_is_rare_says_much() {
    let of = |service: &str, other: &str| {
        let one = |at: usize| {
            let service = if at == 0 { service } else { other };
            format!("J-{}|York Station|{service}|2025-01|{}|38.50||", 20_400 + 7 * at, 20 + at)
        };
        let rows: Vec<String> = (0..40).map(one).collect();
        let outcome = run(&export(&rows), &ledger(&rows), &ReconcileConfig::for_profile(Profile::Jobs));
        let pairs = explained(&outcome);
        let first = pairs.iter().find(|pair| pair.matched.lines().eq([0])).unwrap();
        (weight(first, EvidenceKind::ServiceType).unwrap().1, weight(first, EvidenceKind::Site).unwrap().1)
    };
    let (common, site) = of("Window cleaning", "Window cleaning");
    let (rare, _) = of("Lift inspection", "Window cleaning");
    assert!((0..100).contains(&common) && (0..100).contains(&site), "{common} {site}");
    assert!(rare > 4_000, "{rare}");
}

#[test]
fn the_same_quantity_at_an_old_rate_is_a_changed_rate() {
    for (line, entry) in [
        (
            "J-20417|York Station|Window cleaning|2025-02|7.5|38.50||",
            "J-20417|York Station|Window cleaning|2025-02|7.5|40.25||",
        ),
        (
            "|York Station|Window cleaning|2025-02|7.5|38.50||",
            "J-20417|York Station|Window cleaning|2025-02|7.5|40.25||",
        ),
        // The client's export has no rates.
        (
            "J-20417|York Station|Window cleaning|2025-02|7.5||288.75|",
            "J-20417|York Station|Window cleaning|2025-02|7.5|40.25||",
        ),
        // Nor quantities; the amounts stand in the ratio of the rates.
        (
            "J-20417|York Station|Window cleaning|2025-02||38.50|288.75|",
            "J-20417|York Station|Window cleaning|2025-02|7.5|40.25||",
        ),
    ] {
        let (asked, _) = with(&[line], &[entry]);
        let [pair] = asked.as_slice() else { panic!("one proposal for {line}") };
        assert_eq!(shown(pair), "1 = 1 rate_change", "{line}");
        let [adjustment] = pair.matched.adjustments() else { panic!("one adjustment") };
        assert_eq!((adjustment.cause, adjustment.amount.minor_units()), (RootCause::RateChange, 28_875 - 30_188));
        let applied: Vec<i64> = pair.matched.legs().iter().map(|leg| leg.amount_applied.minor_units()).collect();
        assert_eq!(applied, [28_875, 30_188], "both in full");
        assert_eq!(pair.unexplained.to_decimal().to_string(), "13.13");
    }
}

#[test]
fn a_changed_rate_is_approved_within_the_limit_and_where_the_job_is_beyond_doubt() {
    let approves = |line: &str, impact: i64| {
        let entries = &["J-20417|York Station|Window cleaning|2025-02|7.5|40.25||"];
        let (asked, _) = with(&[line], entries);
        let policy = AutoApprove { impact: Decimal::new(impact, 2), ..ReconcileConfig::default().auto_approve };
        may_auto_approve(&asked[0], &policy)
    };
    let numbered = "J-20417|York Station|Window cleaning|2025-02|7.5|38.50||";
    assert!(approves(numbered, 1_313) && !approves(numbered, 1_312));
    assert!(
        !approves("J-2O417|York Station|Window cleaning|2025-02||38.50|288.75|", 100_000),
        "the quantity is not told"
    );
    assert!(
        !approves("J-20471|York Station|Window cleaning|2025-02|7.5|38.50||", 100_000),
        "a digit of the number is wrong"
    );
}

#[test]
fn a_changed_rate_never_is_certain_without_number_or_all_facts() {
    let confidence = |line: &str| {
        let (asked, _) = with(&[line], &["J-20417|York Station|Window cleaning|2025-02|7.5|40.25||"]);
        asked[0].confidence.ppm()
    };
    assert!(confidence("J-20417|York Station|Window cleaning|2025-02|7.5|38.50||") <= 990_000);
    assert!(confidence("|York Station|Window cleaning|2025-02|7.5|38.50||") <= 985_000);
    assert!(confidence("J-20471|York Station|Window cleaning|2025-02|7.5|38.50||") <= 950_000);
}

#[test]
fn another_quantity_at_the_same_rate_is_no_changed_rate() {
    for (quantity, expected) in
        [("5", "1 = 1 partial_payment"), ("7.35", "1 = 1 partial_payment"), ("7.75", "1 = 1 overpayment")]
    {
        check(
            &[&format!("J-20417|York Station|Window cleaning|2025-02|{quantity}|40.25||")],
            &["J-20417|York Station|Window cleaning|2025-02|7.5|40.25||"],
            expected,
        );
    }
}

#[test]
fn twins_without_a_number_are_ambiguous() {
    let twin = "York Station|Office cleaning|2025-02|9|24.80||";
    let lines = [format!("|{twin}"), format!("|{twin}")];
    let entries = [format!("J-20417|{twin}"), format!("J-20433|{twin}")];
    let (asked, outcome) = with(&lines.each_ref().map(String::as_str), &entries.each_ref().map(String::as_str));
    assert_eq!(asked.len(), 2);
    assert!(asked.iter().all(|pair| pair.ambiguous && pair.cause == RootCause::None));
    assert!(!asked.iter().any(|pair| may_auto_approve(pair, &ReconcileConfig::default().auto_approve)));
    assert!(outcome.repeats.lines.is_empty() && outcome.repeats.entries.is_empty());
}

#[test]
fn a_wrong_number_of_the_right_job_is_a_reference_error() {
    let entries = &[
        "J-20417|York Station|Window cleaning|2025-02|7.5|38.50||",
        "J-20433|Hull Albert Dock|Lift inspection|2025-01|2|185.00||",
    ];
    for number in ["J-20471", "J-55120", "J-20433", "J-30400"] {
        let line = format!("{number}|York Station|Window cleaning|2025-02|7.5|38.50||");
        check(&[&line, entries[1]], entries, "1 = 1 reference_error; 2 = 2 none");
    }
}

#[test]
fn sites_in_the_clients_own_words_are_learnt_from_numbers() {
    let codes = ["LDS04", "YRK01", "HUL11", "SHF02"];
    let coded =
        |row: &String| SITES.iter().zip(codes).fold(row.clone(), |row, (site, code)| row.replacen(site, code, 1));
    let line = "|YRK01|Window cleaning|2025-02|7.5|38.50||".to_owned();
    let lines: Vec<String> = std::iter::once(line).chain(usual().iter().map(coded)).collect();
    let jobs = ["Hull Albert Dock", "York Station"]
        .map(|site| format!("J-204{}|{site}|Window cleaning|2025-02|7.5|38.50||", site.len()));
    let entries: Vec<String> = jobs.into_iter().chain(usual()).collect();
    let outcome = run(&export(&lines), &ledger(&entries), &ReconcileConfig::for_profile(Profile::Jobs));
    let pairs = explained(&outcome);
    let pair = pairs.iter().find(|pair| pair.matched.lines().eq([0])).unwrap();
    assert_eq!(shown(pair), "1 = 2 none");
    assert_eq!(weight(pair, EvidenceKind::Site).unwrap().0, Agreement::Near);
}

#[test]
fn a_job_of_another_site_completes_no_sum() {
    let entries = &[
        "J-20417|York Station|Window cleaning|2025-02|2|38.50||2025-02-03",
        "J-20433|Hull Albert Dock|Window cleaning|2025-02|3|38.50||2025-02-03",
    ];
    check(&["J-20417|York Station|Window cleaning|2025-02|5|38.50||2025-02-03"], entries, "1 = 1 overpayment");
    let of_york = entries[1].replace("Hull Albert Dock", "York Station");
    check(
        &["J-20417|York Station|Window cleaning|2025-02|5|38.50||2025-02-03"],
        &[entries[0], &of_york],
        "1 = 1,2 none",
    );
}

#[test]
fn numbers_of_the_clients_own_are_no_wrong_numbers() {
    let rows = usual();
    let own =
        |(at, row): (usize, &String)| row.replacen(&format!("J-{}", 30_400 + 7 * at), &format!("C/{}", 880 + at), 1);
    let lines: Vec<String> = rows.iter().enumerate().map(own).collect();
    let outcome = run(&export(&lines), &ledger(&rows), &ReconcileConfig::for_profile(Profile::Jobs));
    assert_eq!(outcome.proposals.len(), 48);
    assert!(outcome.proposals.iter().all(|pair| pair.cause == RootCause::None));
    assert!(outcome.proposals.iter().all(|pair| may_auto_approve(pair, &ReconcileConfig::default().auto_approve)));
}

#[test]
fn a_job_that_the_client_counts_a_month_later_is_timing() {
    check(
        &["J-20417|York Station|Window cleaning|2025-02|7.5|38.50||"],
        &["J-20417|York Station|Window cleaning|2025-01|7.5|38.50||"],
        "1 = 1 timing",
    );
}

#[test]
fn a_number_of_another_site_is_left_to_a_person() {
    let (asked, _) = with(
        &["J-20417|York Station|Window cleaning|2025-02|7.5|38.50||"],
        &["J-20417|Hull Albert Dock|Window cleaning|2025-02|7.5|38.50||"],
    );
    assert_eq!(shown(&asked[0]), "1 = 1 none");
    assert!(!may_auto_approve(&asked[0], &ReconcileConfig::default().auto_approve));
}

#[test]
fn one_number_for_two_services_is_no_repeat() {
    let rows = &[
        "J-20417|York Station|Window cleaning|2025-02|7|40.00||2025-02-03",
        "J-20417|York Station|Office cleaning|2025-02|7|40.00||2025-02-03",
    ];
    check(rows, rows, "1 = 1 none; 2 = 2 none");
}

#[test]
fn a_block_of_many_jobs_is_not_looked_at_whole() {
    let job = |number: &str, at: usize| format!("{number}|York Station|Office cleaning|2025-02|{}|24.80||", 1 + at);
    let lines: Vec<String> = (0..900).map(|at| job("", at)).collect();
    let entries: Vec<String> = (0..900).map(|at| job(&format!("J-{}", 20_000 + 7 * at), at)).collect();
    let outcome = run(&export(&lines), &ledger(&entries), &ReconcileConfig::for_profile(Profile::Jobs));
    assert!(outcome.statistics.candidates_scored < 900 * 60, "{}", outcome.statistics.candidates_scored);
    assert_eq!(outcome.proposals.iter().filter(|pair| pair.matched.lines().eq(pair.matched.entries())).count(), 900);
}

#[test]
fn jobs_say_nothing_in_another_profile() {
    let rows = usual();
    let outcome = run(&export(&rows), &ledger(&rows), &ReconcileConfig::for_profile(Profile::Bank));
    let of_jobs = |kind: EvidenceKind| (EvidenceKind::Site..=EvidenceKind::Rate).contains(&kind);
    let mut evidence = outcome.explanations.iter().flat_map(Explanation::evidence);
    assert!(!outcome.proposals.is_empty() && !evidence.any(|piece| of_jobs(piece.kind)));
}

/// Indices into sites, services and rates, with month and quantity, and the number, if any.
type Any = (usize, usize, usize, u8, u8, Option<u8>);

fn any_rows(count: usize) -> impl Strategy<Value = Vec<Any>> {
    prop::collection::vec((0..5_usize, 0..4_usize, 0..3_usize, 1..4_u8, 1..5_u8, prop::option::of(0..20_u8)), 0..count)
}

fn any_texts(rows: &[Any]) -> Vec<String> {
    let sites = ["York Station", "York Staton", "Hull Albert Dock", "Store 014", ""];
    let services = ["Window cleaning", "Windowcleaning", "Lift inspection", ""];
    let rates = ["38.50", "40.25", "185"];
    let text = |(site, service, rate, month, quantity, number): &Any| {
        let number = number.map(|number| format!("J-204{number:02}")).unwrap_or_default();
        format!("{number}|{}|{}|2025-0{month}|{quantity}|{}||", sites[*site], services[*service], rates[*rate])
    };
    rows.iter().map(text).collect()
}

/// The outcome by the records' own words, so that neither positions nor rows that say the same matter.
fn by_words(outcome: &Found, lines: &[StatementLine], entries: &[LedgerEntry]) -> Vec<String> {
    let told = explained(outcome).into_iter().map(|proposal| {
        let legs: BTreeSet<String> = proposal
            .matched
            .legs()
            .iter()
            .map(|leg| match leg.record {
                RecordRef::Line(at) => format!("{} {:?} {}", lines[at].record_id, lines[at].job, leg.amount_applied),
                RecordRef::Entry(at) => {
                    format!("{} {:?} {}", entries[at].record_id, entries[at].job, leg.amount_applied)
                }
            })
            .collect();
        let facts = (proposal.confidence, proposal.cause, proposal.ambiguous, proposal.explanation.score());
        format!("{legs:?} {facts:?} {:?}", proposal.matched.adjustments())
    });
    let mut told: Vec<String> = told.collect();
    told.sort_unstable();
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_job_is_used_twice_or_beyond_its_amount(left in any_rows(24), right in any_rows(24)) {
        let (lines, entries) = (export(&any_texts(&left)), ledger(&any_texts(&right)));
        let outcome = run(&lines, &entries, &ReconcileConfig::for_profile(Profile::Jobs));
        let mut seen = BTreeSet::new();
        for proposal in &outcome.proposals {
            let mut open = 0;
            for leg in proposal.matched.legs() {
                let (whole, sign) = match leg.record {
                    RecordRef::Line(at) => (lines[at].amount, 1),
                    RecordRef::Entry(at) => (entries[at].amount, -1),
                };
                let new = seen.insert(format!("{:?}", leg.record));
                prop_assert!(new);
                prop_assert!(leg.amount_applied.magnitude() <= whole.magnitude());
                prop_assert!(proposal.cause != RootCause::RateChange || leg.amount_applied == whole);
                open += sign * leg.amount_applied.minor_units();
            }
            let adjusted: i64 = proposal.matched.adjustments().iter().map(|part| part.amount.minor_units()).sum();
            prop_assert_eq!(open, adjusted);
        }
    }

    #[test]
    fn the_order_of_the_jobs_changes_nothing(left in any_rows(20), right in any_rows(20), turn in 0..20_usize) {
        let (lines, entries) = (export(&any_texts(&left)), ledger(&any_texts(&right)));
        let (mut other_lines, mut other_entries) = (lines.clone(), entries.clone());
        other_lines.reverse();
        other_entries.rotate_left(turn.min(entries.len()));
        let config = ReconcileConfig::for_profile(Profile::Jobs);
        prop_assert_eq!(
            by_words(&run(&lines, &entries, &config), &lines, &entries),
            by_words(&run(&other_lines, &other_entries, &config), &other_lines, &other_entries)
        );
    }

    #[test]
    fn jobs_of_which_the_files_give_no_identifier_have_an_order_too(left in any_rows(12), right in any_rows(12)) {
        let mut lines = export(&any_texts(&left));
        let mut entries = ledger(&any_texts(&right));
        lines.iter_mut().for_each(|line| line.record_id.clear());
        entries.iter_mut().for_each(|entry| entry.record_id.clear());
        let (mut other_lines, mut other_entries) = (lines.clone(), entries.clone());
        other_lines.reverse();
        other_entries.reverse();
        let config = ReconcileConfig::for_profile(Profile::Jobs);
        prop_assert_eq!(
            by_words(&run(&lines, &entries, &config), &lines, &entries),
            by_words(&run(&other_lines, &other_entries, &config), &other_lines, &other_entries)
        );
    }
}
