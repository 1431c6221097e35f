//! Rules over single pairs, and the same answers from prepared records.

use proptest::prelude::*;
use tieout_domain::{
    Currency, Digest, EntryField, Field, LedgerKind, LineField, Normalised, Pattern, Source, TextTest, WriteOff,
};

use super::*;

fn eur(minor: i64) -> Money {
    Money::from_minor(minor, Currency::parse("EUR").unwrap())
}

fn source() -> Source {
    Source { file: Digest::from_bytes([0; 32]), row: 1 }
}

/// `2025-03-01 | -12.50 | description | reference`, amounts in cents.
fn line(date: &str, amount: i64, description: &str, reference: &str) -> StatementLine {
    StatementLine {
        source: source(),
        record_id: String::new(),
        account: "Giro".to_owned(),
        date: date.parse().ok(),
        value_date: None,
        amount: eur(amount),
        description: description.to_owned(),
        reference: reference.to_owned(),
        counterparty: String::new(),
        counterparty_account: String::new(),
        balance: None,
        normalised: Normalised::default(),
        job: None,
        raw: String::new(),
    }
}

fn entry(date: &str, amount: i64, number: &str) -> LedgerEntry {
    LedgerEntry {
        source: source(),
        record_id: String::new(),
        kind: LedgerKind::Invoice,
        number: number.to_owned(),
        date: date.parse().ok(),
        due_date: None,
        counterparty: "Groth OHG".to_owned(),
        counterparty_code: "CUS00000017".to_owned(),
        counterparty_account: String::new(),
        amount: eur(amount),
        reference: String::new(),
        memo: String::new(),
        job: None,
        raw: String::new(),
    }
}

fn text(field: &str, test: TextTest) -> Condition {
    Condition::is(Test::text(field.parse().unwrap(), test).unwrap())
}

fn contains(field: &str, wanted: &str) -> Condition {
    text(field, TextTest::Contains(wanted.to_owned()))
}

fn same(line: LineField, entry: EntryField) -> Condition {
    Condition::is(Test::Fields { line, entry, relation: Relation::Same })
}

fn rule(name: &str, conditions: Vec<Condition>, action: Action) -> Rule {
    Rule::new(name, true, conditions, action).unwrap()
}

/// Both ways of asking give this answer.
#[track_caller]
fn check(rules: &[Rule], line: &StatementLine, entry: &LedgerEntry, bars: Option<usize>, matches: Option<usize>) {
    let compiled = CompiledRules::new(rules);
    assert_eq!((compiled.bars(line, entry), compiled.matches(line, entry)), (bars, matches));
    let prepared = compiled.prepare(&[line], &[entry]);
    assert_eq!((prepared.bars(0, 0), prepared.matches(0, 0)), (bars, matches));
}

#[test]
fn without_rules_nothing_is_kept_and_nothing_said() {
    let (line, entry) = (line("2025-03-01", 100, "a", ""), entry("2025-03-01", 100, "1"));
    check(&[], &line, &entry, None, None);
    let off = Rule::new("off", false, vec![contains("line.text", "a")], Action::Bar).unwrap();
    check(std::slice::from_ref(&off), &line, &entry, None, None);
    let compiled = CompiledRules::new(std::slice::from_ref(&off));
    assert!(compiled.is_empty());
    let prepared = compiled.prepare(&[&line], &[&entry]);
    assert!(prepared.lines.is_empty() && prepared.line_bits.is_empty() && prepared.relations.is_empty());
    assert_eq!((prepared.category(0), prepared.write_off(0, 0, eur(1))), (None, None));
    assert_eq!(CompiledRules::of_one(&[off], 0).bars(&line, &entry), Some(0));
}

#[test]
fn each_text_test_reads_as_people_read() {
    let line = line("2025-03-01", 100, " Card FEE March ", "");
    let holds = |test: TextTest| {
        let rules = [rule("test", vec![text("line.description", test)], Action::Bar)];
        CompiledRules::new(&rules).bars(&line, &entry("2025-03-01", 100, "1")).is_some()
    };
    assert!(holds(TextTest::Equals("card fee march".to_owned())));
    assert!(!holds(TextTest::Equals("card fee".to_owned())));
    assert!(holds(TextTest::Contains("Fee".to_owned())));
    assert!(holds(TextTest::StartsWith("card".to_owned())));
    assert!(!holds(TextTest::StartsWith("fee".to_owned())));
    assert!(holds(TextTest::Matches(Pattern::new("^card fee (march|april)$").unwrap())));
}

#[test]
fn a_deposit_never_goes_to_a_customer_whose_code_it_does_not_quote() {
    let quoted =
        Test::Fields { line: LineField::Text, entry: EntryField::CounterpartyCode, relation: Relation::LineHoldsEntry };
    let rules = [rule(
        "another customer",
        vec![
            text("line.description", TextTest::Matches(Pattern::new("CUS\\d{8}").unwrap())),
            Condition::is_not(quoted),
        ],
        Action::Bar,
    )];
    let entry = entry("2025-03-01", 100, "1");
    check(&rules, &line("2025-03-01", 100, "deposit CUS00000017", ""), &entry, None, None);
    check(&rules, &line("2025-03-01", 100, "deposit CUS00000018", ""), &entry, Some(0), None);
    check(&rules, &line("2025-03-01", 100, "deposit", ""), &entry, None, None);
}

#[test]
fn all_conditions_must_hold_on_either_side_and_between() {
    let range = |side, from: i64, to: i64| {
        let range = tieout_domain::AmountRange::new(Some(from.into()), Some(to.into())).unwrap();
        Condition::is(Test::Amount { side, range })
    };
    let rules = [rule(
        "the same number, soon",
        vec![
            same(LineField::Reference, EntryField::Number),
            range(Side::Statement, 1, 100),
            range(Side::Ledger, 1, 100),
            text("entry.kind", TextTest::Equals("invoice".to_owned())),
            text("line.currency", TextTest::Equals("eur".to_owned())),
            text("line.account", TextTest::Equals("giro".to_owned())),
            Condition::is(Test::AmountsEqual),
            Condition::is(Test::DaysWithin(5)),
        ],
        Action::Match,
    )];
    let entry = entry("2025-03-06", 5_000, "RE-2025/7");
    check(&rules, &line("2025-03-01", 5_000, "", "re 2025 7"), &entry, None, Some(0));
    check(&rules, &line("2025-02-28", 5_000, "", "re 2025 7"), &entry, None, None);
    check(&rules, &line("no date", 5_000, "", "re 2025 7"), &entry, None, None);
    check(&rules, &line("2025-03-01", 5_001, "", "re 2025 7"), &entry, None, None);
    check(&rules, &line("2025-03-01", 5_000, "", "re 2025 77"), &entry, None, None);
    check(&rules, &line("2025-03-01", 5_000, "", ""), &entry, None, None);
}

#[test]
fn the_first_rule_that_applies_decides() {
    let bar = || rule("rent", vec![contains("line.description", "rent")], Action::Bar);
    let match_number = || rule("number", vec![same(LineField::Reference, EntryField::Number)], Action::Match);
    let (line, entry) = (line("2025-03-01", 100, "rent", "7"), entry("2025-03-01", 100, "7"));
    check(&[bar(), match_number()], &line, &entry, Some(0), None);
    check(&[match_number(), bar()], &line, &entry, None, Some(0));
    // A rule that answers another question does not stand in the way.
    let category = rule("c", vec![contains("line.description", "rent")], Action::Categorise("Rent".to_owned()));
    check(&[category, bar()], &line, &entry, Some(1), None);
}

#[test]
fn a_difference_is_written_off_within_both_limits() {
    let write_off = |name, up_to: i64, percent: Option<i64>, account| {
        let limits = WriteOff::new(up_to.into(), percent.map(Into::into), RootCause::Fee, account).unwrap();
        rule(name, vec![contains("line.description", "card")], Action::WriteOff(limits))
    };
    let rules = [write_off("small", 1, None, "6855"), write_off("larger", 5, Some(2), "6856")];
    let compiled = CompiledRules::new(&rules);
    let (line, entry) = (line("2025-03-01", 19_700, "card payment", ""), entry("2025-03-01", 20_000, "7"));
    let prepared = CompiledRules::new(&rules).prepare(&[&line], &[&entry]);
    for (gap, answer) in [
        (0, None),
        (-100, Some((0, RootCause::Fee, "6855"))),
        (100, Some((0, RootCause::Fee, "6855"))),
        (-101, Some((1, RootCause::Fee, "6856"))),
        (-400, Some((1, RootCause::Fee, "6856"))),
        (-401, None),
    ] {
        assert_eq!(compiled.write_off(&line, &entry, eur(gap)), answer, "{gap}");
        assert_eq!(prepared.write_off(0, 0, eur(gap)), answer, "{gap}");
    }
}

#[test]
fn a_line_is_of_the_first_category_that_fits() {
    let category =
        |wanted: &str, name: &str| rule(name, vec![contains("line.text", wanted)], Action::Categorise(name.to_owned()));
    let rules = [category("shell", "Fuel"), category("shell shop", "Food"), category("rent", "Rent")];
    let compiled = CompiledRules::new(&rules);
    let lines = ["SHELL SHOP 17", "Rent March", "other"].map(|text| line("2025-03-01", -100, text, ""));
    let prepared = CompiledRules::new(&rules).prepare(&lines.iter().collect::<Vec<_>>(), &[]);
    for (at, answer) in [Some((0, "Fuel")), Some((2, "Rent")), None].into_iter().enumerate() {
        assert_eq!(compiled.category(&lines[at]), answer);
        assert_eq!(prepared.category(at), answer);
    }
}

#[test]
fn more_rules_than_bits_in_a_word_keep_their_order() {
    let rules: Vec<Rule> = (0..150)
        .map(|n| rule(&format!("r{n}"), vec![contains("line.description", &format!("<{n}>"))], Action::Bar))
        .collect();
    let entry = entry("2025-03-01", 100, "1");
    for n in [0, 63, 64, 127, 128, 149] {
        check(&rules, &line("2025-03-01", 100, &format!("<{n}> <149>"), ""), &entry, Some(n), None);
    }
}

fn arbitrary_rule() -> impl Strategy<Value = Rule> {
    let word = || prop::sample::select(vec!["a", "b", "7", "ab"]);
    let relation = prop::sample::select(vec![Relation::Same, Relation::LineHoldsEntry, Relation::EntryHoldsLine]);
    let test = prop_oneof![
        (prop::sample::select(Field::all().collect::<Vec<_>>()), word()).prop_map(|(field, word)| Test::text(
            field,
            TextTest::Contains(word.to_owned())
        )
        .unwrap()),
        (prop::sample::select(LineField::ALL), prop::sample::select(EntryField::ALL), relation)
            .prop_map(|(line, entry, relation)| Test::Fields { line, entry, relation }),
        Just(Test::AmountsEqual),
        (0..3_u32).prop_map(Test::DaysWithin),
    ];
    let condition = (test, any::<bool>()).prop_map(|(test, negated)| Condition { test, negated });
    let limits = WriteOff::new(2.into(), None, RootCause::Fee, "1").unwrap();
    let action = prop::sample::select(vec![Action::Bar, Action::Match, Action::WriteOff(limits)]);
    (prop::collection::vec(condition, 1..4), action)
        .prop_filter_map("no rule", |(conditions, action)| Rule::new("rule", true, conditions, action).ok())
}

proptest! {
    #[test]
    fn prepared_records_answer_as_single_pairs_do(
        rules in prop::collection::vec(arbitrary_rule(), 0..70),
        lines in prop::collection::vec(("[ab7 ]{0,4}", "[ab7-]{0,3}", 1..4_i64, 1..4_u8), 1..4),
        entries in prop::collection::vec(("[ab7-]{0,3}", 1..4_i64, 1..4_u8), 1..4),
    ) {
        let lines: Vec<_> = lines.iter().map(|(d, r, amount, day)| line(&format!("2025-03-0{day}"), *amount, d, r)).collect();
        let entries: Vec<_> = entries.iter().map(|(n, amount, day)| entry(&format!("2025-03-0{day}"), *amount, n)).collect();
        let compiled = CompiledRules::new(&rules);
        let prepared = CompiledRules::new(&rules)
            .prepare(&lines.iter().collect::<Vec<_>>(), &entries.iter().collect::<Vec<_>>());
        for (l, line) in lines.iter().enumerate() {
            for (e, entry) in entries.iter().enumerate() {
                prop_assert_eq!(prepared.bars(l, e), compiled.bars(line, entry));
                prop_assert_eq!(prepared.matches(l, e), compiled.matches(line, entry));
                let gap = Money::from_minor(line.amount.minor_units() - entry.amount.minor_units(), line.amount.currency());
                prop_assert_eq!(prepared.write_off(l, e, gap), compiled.write_off(line, entry, gap));
            }
        }
    }
}
