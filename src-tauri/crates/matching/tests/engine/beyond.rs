//! What takes more than one pair to see: habits of payers, rates, discounts, rules, decisions made before.

use rust_decimal::Decimal;
use tieout_domain::{
    Action, Condition, Currency, ExchangeRates, MatchKind, ReconcileConfig, RootCause, Rule, Test, TextTest, WriteOff,
};
use tieout_matching::{Known, may_auto_approve};

use crate::support::{entries, lines, run, run_knowing, shown};

#[track_caller]
fn check_with(config: &ReconcileConfig, statement: &[&str], ledger: &[&str], expected: &str) {
    let outcome = run(&lines(statement), &entries(ledger), config);
    assert_eq!(outcome.proposals.iter().map(shown).collect::<Vec<_>>().join("; "), expected);
}

#[track_caller]
fn check(statement: &[&str], ledger: &[&str], expected: &str) {
    check_with(&ReconcileConfig::default(), statement, ledger, expected);
}

fn when(field: &str, wanted: &str) -> Condition {
    Condition::is(Test::text(field.parse().unwrap(), TextTest::Contains(wanted.to_owned())).unwrap())
}

fn with_rule(conditions: Vec<Condition>, action: Action) -> ReconcileConfig {
    let rules = vec![Rule::new("mine", true, conditions, action).unwrap()];
    ReconcileConfig { rules, ..ReconcileConfig::default() }
}

#[test]
fn documents_named_by_their_last_digits_are_found() {
    check(
        &["2024-05-06|790.37||Vaughan Solutions|BACS VAUGHAN SOLUTIONS INVOICE 83242/8357"],
        &[
            "2024-05-02|288.08|SI-83242|Vaughan Solutions",
            "2024-05-03|502.29|SI-83575|Vaughan Solutions",
            "2024-05-03|502.29|SI-88357|Vaughan Solutions",
        ],
        "1 = 1,3 none",
    );
}

#[test]
fn several_documents_less_the_discounts_they_grant_are_one_payment() {
    let ledger = &[
        "2024-05-02|1000.00|QS-7101|Quillmark Studio||2/10 net 30||2024-06-01",
        "2024-05-03|500.00|QS-7102|Quillmark Studio||2/10 net 30||2024-06-02",
        "2024-05-03|333.33|QS-7103|Quillmark Studio||||2024-06-02",
    ];
    let paid = |day: &str| format!("{day}|1803.33||Quillmark Studio|QS-7101 QS-7102 QS-7103");
    check(&[&paid("2024-05-09")], ledger, "1 = 1,2,3 discount");
    let outcome = run(&lines(&[&paid("2024-05-09")]), &entries(ledger), &ReconcileConfig::default());
    assert!(outcome.proposals[0].unexplained.is_zero(), "the terms explain it");
    let late = run(&lines(&[&paid("2024-05-29")]), &entries(ledger), &ReconcileConfig::default());
    assert!(!late.proposals[0].unexplained.is_zero(), "taken too late");
}

#[test]
fn a_payer_known_from_quoted_payments_is_known_without_his_name() {
    let other =
        |number: usize| format!("2024-03-0{}|48{number}.10|KX-77{number}1|Customer {number} Ltd", number % 9 + 1);
    let mut ledger: Vec<String> = (1..8).map(other).collect();
    ledger.extend(
        ["2024-03-01|210.00|KX-8011|Oddly Named Holding", "2024-04-01|210.00|KX-8044|Oddly Named Holding"]
            .map(str::to_owned),
    );
    ledger.push("2024-04-02|210.00|KX-8045|Somebody Else".to_owned());
    let ledger: Vec<&str> = ledger.iter().map(String::as_str).collect();
    let outcome = run(
        &lines(&[
            "2024-03-04|210.00|||SEPA KX-8011 IBAN DE37100500004812345678",
            "2024-04-03|210.00|||SEPA THANK YOU IBAN DE37100500004812345678",
        ]),
        &entries(&ledger),
        &ReconcileConfig::default(),
    );
    let found: Vec<String> = outcome.proposals.iter().map(shown).collect();
    assert_eq!(found, ["1 = 8 none", "2 = 9 none"]);
}

#[test]
fn a_return_is_shown_with_the_invoice_that_is_open_again() {
    let outcome = run(
        &lines(&[
            "2024-05-06|300.00|LN-7801|Lumen Nord AB",
            "2024-05-08|-300.00|LN-7801|Lumen Nord AB|RETURNED DEBIT LN-7801",
        ]),
        &entries(&["2024-05-02|300.00|LN-7801|Lumen Nord AB"]),
        &ReconcileConfig::default(),
    );
    assert_eq!(outcome.proposals.iter().map(shown).collect::<Vec<_>>(), ["1,2 = 1 reversal"]);
    let matched = &outcome.proposals[0].matched;
    assert_eq!(matched.kind(), MatchKind::Reversal);
    assert!(matched.legs()[2].amount_applied.is_zero(), "nothing of it is paid");
}

fn dollars_per_euro(rate: &str) -> ReconcileConfig {
    let mut rates = ExchangeRates::default();
    let code = |text| Currency::parse(text).unwrap();
    rates.insert("2024-05-13".parse().unwrap(), code("EUR"), code("USD"), rate.parse().unwrap()).unwrap();
    ReconcileConfig { cross_currency: Some(rates), ..ReconcileConfig::default() }
}

const PAID_IN_EUROS: [&str; 1] = ["2024-05-14|92.15|TB-90401|Tessel & Brandt|||"];
const OWED_IN_DOLLARS: [&str; 1] = ["2024-05-13|100.00|TB-90401|Tessel & Brandt||||||USD"];

#[test]
fn another_currency_is_matched_at_the_days_rate_and_only_there() {
    check_with(&dollars_per_euro("1.0850"), &PAID_IN_EUROS, &OWED_IN_DOLLARS, "1 = 1 fx_rounding");
    check_with(&dollars_per_euro("1.2000"), &PAID_IN_EUROS, &OWED_IN_DOLLARS, "");
    check(&PAID_IN_EUROS, &OWED_IN_DOLLARS, "");
    let barred = ReconcileConfig { cross_currency: None, ..dollars_per_euro("1.0850") };
    check_with(&barred, &PAID_IN_EUROS, &OWED_IN_DOLLARS, "");
}

#[test]
fn what_an_exchange_cost_beyond_the_limit_is_not_approved_without_a_person() {
    let policy = ReconcileConfig::default().auto_approve;
    for (paid, owed, approved) in
        [("92.15", "100.00", true), ("914870.00", "1000000.00", false), ("921658.00", "1000000.00", true)]
    {
        let statement = lines(&[&format!("2024-05-14|{paid}|TB-90401|Tessel & Brandt|||")]);
        let ledger = entries(&[&format!("2024-05-13|{owed}|TB-90401|Tessel & Brandt||||||USD")]);
        let outcome = run(&statement, &ledger, &dollars_per_euro("1.0850"));
        assert_eq!(outcome.proposals[0].matched.adjustments()[0].cause, RootCause::FxRounding, "{paid}");
        assert_eq!(may_auto_approve(&outcome.proposals[0], &policy), approved, "{paid}");
    }
}

#[test]
fn a_converted_entry_says_what_is_settled_of_it_in_its_own_currency() {
    let outcome = run(&lines(&PAID_IN_EUROS), &entries(&OWED_IN_DOLLARS), &dollars_per_euro("1.0850"));
    let legs = outcome.proposals[0].matched.legs().iter();
    let told: Vec<String> = legs.map(|leg| format!("{} for {}", leg.amount_applied, leg.amount_settled)).collect();
    assert_eq!(told, ["92.15 EUR for 92.15 EUR", "92.17 EUR for 100.00 USD"]);
}

#[test]
fn payments_that_quote_their_documents_show_the_rate_for_one_that_does_not() {
    let mut statement: Vec<String> =
        (1..5).map(|n| format!("2024-05-0{n}|9{n}.00|TB-9040{n}|Tessel & Brandt Werke")).collect();
    statement.push("2024-05-06|451.00||Tessel & Brandt Werke".to_owned());
    let mut ledger: Vec<String> =
        (1..5).map(|n| format!("2024-05-01|10{n}.20|TB-9040{n}|Tessel & Brandt Werke||||||USD")).collect();
    ledger.push("2024-05-05|499.20|TB-90409|Tessel & Brandt Werke||||||USD".to_owned());
    let outcome = run(
        &lines(&statement.iter().map(String::as_str).collect::<Vec<_>>()),
        &entries(&ledger.iter().map(String::as_str).collect::<Vec<_>>()),
        &ReconcileConfig::default(),
    );
    let found: Vec<String> = outcome.proposals.iter().map(shown).collect();
    assert!(found.contains(&"5 = 5 fx_rounding".to_owned()), "{found:?}");
}

#[test]
fn a_rule_bars_what_would_match() {
    let (statement, ledger) =
        (&["2024-05-14|90.00|HL-4101|Harbour Lane Bakery"], &["2024-05-13|90.00|HL-4101|Harbour Lane Bakery"]);
    check(statement, ledger, "1 = 1 none");
    check_with(&with_rule(vec![when("line.reference", "HL-4101")], Action::Bar), statement, ledger, "");
}

#[test]
fn a_rule_matches_what_nothing_else_would_and_says_so() {
    let (statement, ledger) =
        (&["2024-05-14|90.00||Caffè Uno|card 4711"], &["2024-01-02|90.00|HL-4101|Harbour Lane Bakery"]);
    check(statement, ledger, "");
    let conditions = vec![when("line.counterparty", "Caffè Uno"), Condition::is(Test::AmountsEqual)];
    let config = with_rule(conditions, Action::Match);
    let outcome = run(&lines(statement), &entries(ledger), &config);
    assert_eq!(outcome.proposals.iter().map(shown).collect::<Vec<_>>(), ["1 = 1 none"]);
    let evidence = outcome.explanations[0].evidence();
    assert!(evidence.iter().any(|piece| piece.ledger_value == "mine"), "the rule is named");
    assert!(may_auto_approve(&outcome.proposals[0], &config.auto_approve));
}

#[test]
fn a_rule_writes_a_difference_off_up_to_its_limit() {
    let ledger = &["2024-05-13|90.00|HL-4101|Harbour Lane Bakery"];
    let write_off = WriteOff::new(Decimal::new(300, 2), None, RootCause::Fee, "6855").unwrap();
    let config = with_rule(vec![when("entry.number", "HL-")], Action::WriteOff(write_off));
    let settled = |paid: &str| {
        let outcome =
            run(&lines(&[&format!("2024-05-14|{paid}|HL-4101|Harbour Lane Bakery")]), &entries(ledger), &config);
        let proposal = &outcome.proposals[0];
        (proposal.cause, proposal.unexplained.is_zero(), proposal.matched.adjustments().len())
    };
    assert_eq!(settled("88.63"), (RootCause::Fee, true, 1));
    assert_eq!(settled("84.63"), (RootCause::Fee, false, 1), "beyond the limit a person looks");
}

#[test]
fn a_rejected_group_does_not_come_back_as_the_same_group() {
    let statement = lines(&["2024-05-06|500.00||Quillmark Studio|QS-7101 QS-7102"]);
    let ledger = entries(&["2024-05-02|210.00|QS-7101|Quillmark Studio", "2024-05-03|290.00|QS-7102|Quillmark Studio"]);
    let known = Known { rejected_groups: vec![(vec![0], vec![0, 1])], ..Known::default() };
    let outcome = run_knowing(&statement, &ledger, &ReconcileConfig::default(), &known);
    assert!(outcome.proposals.iter().all(|proposal| proposal.matched.entries().count() < 2));
}

#[test]
fn two_deliveries_in_the_same_words_do_not_make_the_document_doubtful() {
    let outcome = run(
        &lines(&[
            "2024-05-14|90.00|HL-4101|Harbour Lane Bakery||| ",
            "2024-05-14|90.00|HL-4101|Harbour Lane Bakery||| ",
        ]),
        &entries(&["2024-05-13|90.00|HL-4101|Harbour Lane Bakery"]),
        &ReconcileConfig::default(),
    );
    let [proposal] = outcome.proposals.as_slice() else { panic!("{:?}", outcome.proposals) };
    assert!(proposal.confidence.ppm() > 980_000, "either line is right");
    assert!(proposal.ambiguous, "but a person should see that there are two");
}
