//! What an accountant expects of the engine, one fact a test.

use std::{collections::HashSet, ops::ControlFlow};

use crate::support::{entries, line, lines, run, run_knowing, shown};
use rust_decimal::Decimal;
use tieout_domain::{AutoApprove, EvidenceKind, Profile, ReconcileConfig, RecordRef};
use tieout_matching::{Cancelled, Known, Progress, Shortfall, Stage, compare_records, may_auto_approve, reconcile};

/// Statement, ledger, and the proposals expected, `;` between them.
#[track_caller]
fn check(statement: &[&str], ledger: &[&str], expected: &str) {
    check_profile(Profile::Bank, statement, ledger, expected);
}

#[track_caller]
fn check_profile(profile: Profile, statement: &[&str], ledger: &[&str], expected: &str) {
    let outcome = run(&lines(statement), &entries(ledger), &ReconcileConfig::for_profile(profile));
    assert_eq!(outcome.proposals.iter().map(shown).collect::<Vec<_>>().join("; "), expected);
    for explanation in &outcome.explanations {
        let total: i32 = explanation.evidence().iter().map(|piece| piece.weight.millibits()).sum();
        assert_eq!(total, explanation.score().millibits());
    }
}

#[test]
fn a_quoted_number_finds_its_invoice_among_equal_amounts() {
    check(
        &["2024-05-14|480.00|||CHEQUE C00302"],
        &["2024-05-13|480.00|C00301|Pellworm Marine", "2024-05-13|480.00|C00302|Pellworm Marine"],
        "1 = 2 none",
    );
}

#[test]
fn one_payment_settles_the_invoices_it_lists() {
    check(
        &["2024-05-06|500.00||Quillmark Studio|QS-7101 QS-7102"],
        &[
            "2024-05-02|210.00|QS-7101|Quillmark Studio",
            "2024-05-03|290.00|QS-7102|Quillmark Studio",
            "2024-03-02|500.00|QS-6900|Quillmark Studio",
        ],
        "1 = 1,2 none",
    );
}

#[test]
fn a_credit_note_that_is_named_is_netted() {
    check(
        &["2024-05-14|750.00||Quillmark Studio|QS-7060 LESS QS-C7061"],
        &["2024-05-02|1000.00|QS-7060|Quillmark Studio", "2024-05-06|-250.00|QS-C7061|Quillmark Studio"],
        "1 = 1,2 none",
    );
}

#[test]
fn instalments_close_an_invoice_and_another_payer_does_not_join() {
    check(
        &[
            "2024-03-05|300.00|FT-8801|Fennimore Timber",
            "2024-04-05|300.00|FT-8801|Fennimore Timber",
            "2024-05-06|300.00|FT-8801|Fennimore Timber",
            "2024-05-06|300.00|order 17|Vindhya Textiles",
        ],
        &["2024-03-01|900.00|FT-8801|Fennimore Timber"],
        "1,2,3 = 1 partial_payment",
    );
}

#[test]
fn differences_get_their_cause() {
    let ledger = &["2024-05-01|1000.00|FT-3110|Fennimore Timber||terms 2% 10 days||2024-05-31"];
    for (paid, expected) in [
        ("1000.00", "1 = 1 none"),
        ("980.00", "1 = 1 discount"),
        ("988.50", "1 = 1 fee"),
        ("400.00", "1 = 1 partial_payment"),
        ("1040.00", "1 = 1 overpayment"),
        ("1000.03", "1 = 1 fx_rounding"),
    ] {
        check(&[&format!("2024-05-08|{paid}|FT-3110|Fennimore Timber")], ledger, expected);
    }
}

#[test]
fn money_out_does_not_settle_a_receivable() {
    check(&["2024-05-14|-230.00|||STANDING ORDER 14"], &["2024-05-13|230.00|SI-818801|Harbour Lane Bakery"], "");
}

#[test]
fn another_currency_is_never_taken() {
    check(&["2024-05-14|310.00||Lumen Nord AB||EUR"], &["2024-05-13|310.00|SI-880403|Lumen Nord AB||||||USD"], "");
}

#[test]
fn an_exact_single_beats_a_combination() {
    check(
        &["2024-05-14|300.00||Harbour Lane Bakery"],
        &[
            "2024-05-11|100.00|SI-898801|Harbour Lane Bakery",
            "2024-05-12|200.00|SI-898802|Harbour Lane Bakery",
            "2024-05-13|300.00|SI-898803|Harbour Lane Bakery",
        ],
        "1 = 3 none",
    );
}

#[test]
fn the_rent_of_each_month_meets_its_own_entry() {
    check(
        &[
            "2024-04-02|850.00|RENT UNIT 4|Quillmark Studio",
            "2024-05-02|850.00|RENT UNIT 4|Quillmark Studio",
            "2024-06-03|850.00|RENT UNIT 4|Quillmark Studio",
        ],
        &[
            "2024-06-01|850.00|SI-812701|Quillmark Studio|RENT UNIT 4",
            "2024-04-01|850.00|SI-812702|Quillmark Studio|RENT UNIT 4",
            "2024-05-01|850.00|SI-812703|Quillmark Studio|RENT UNIT 4",
        ],
        "1 = 2 none; 2 = 3 none; 3 = 1 none",
    );
}

#[test]
fn equal_candidates_are_ambiguous() {
    let outcome = run(
        &lines(&["2024-05-14|200.00||Harbour Lane Bakery"]),
        &entries(&["2024-05-10|200.00|HL-1|Harbour Lane Bakery", "2024-05-10|200.00|HL-2|Harbour Lane Bakery"]),
        &ReconcileConfig::default(),
    );
    let [proposal] = outcome.proposals.as_slice() else { panic!("one proposal") };
    assert!(proposal.ambiguous && outcome.explanations[0].runner_up().is_some() && outcome.alternatives[0].len() == 1);
    assert!(!may_auto_approve(proposal, &ReconcileConfig::default().auto_approve));
}

#[test]
fn what_would_change_the_answer_is_said() {
    let decisive = |line: &str, entries_of: &[&str]| {
        let outcome = run(&lines(&[line]), &entries(entries_of), &ReconcileConfig::default());
        assert_eq!(outcome.proposals.len(), 1);
        outcome.explanations[0].decisive().to_vec()
    };
    let two = ["2024-05-10|200.00|HL-4101|Harbour Lane Bakery", "2024-05-10|200.00|HL-4102|Harbour Lane Bakery"];
    assert_eq!(decisive("2024-05-14|200.00|HL-4101|Harbour Lane Bakery", &two), [EvidenceKind::Reference]);
    // As good as the other one anyway: nothing decides.
    assert_eq!(decisive("2024-05-14|200.00||Harbour Lane Bakery", &two), []);
    // Number, name and amount say so, and none of them is needed.
    assert_eq!(decisive("2024-05-14|200.00|HL-4101|Harbour Lane Bakery", &two[..1]), []);
    let other = ["2024-05-10|200.00|HL-4101|Harbour Lane Bakery", "2024-05-10|200.00|QS-77|Quarry Stone Ltd"];
    assert_eq!(decisive("2024-05-14|200.00||Harbour Lane Bakery", &other), [EvidenceKind::Counterparty]);
}

#[test]
fn a_payment_and_its_return_cancel_and_the_second_payment_counts() {
    check(
        &[
            "2024-05-06|300.00|LN-7801|Lumen Nord AB",
            "2024-05-08|-300.00|LN-7801|Lumen Nord AB|RETURNED DEBIT LN-7801",
            "2024-05-14|300.00|LN-7801|Lumen Nord AB",
        ],
        &["2024-05-02|300.00|LN-7801|Lumen Nord AB"],
        "1,2 =  reversal; 3 = 1 none",
    );
}

#[test]
fn a_number_with_strokes_of_its_own_is_no_list_of_documents() {
    let invoice = ["2024-05-01|1000.00|FT/2024/312|Fennimore Timber"];
    check(&["2024-05-14|1010.00|FT/2024/312|Fennimore Timber"], &invoice, "1 = 1 overpayment");
    check(&["2024-05-14|1010.00|FT/2024/312, 313|Fennimore Timber"], &invoice, "1 = 1 none");
}

#[test]
fn what_was_paid_twice_and_paid_back_cancels_and_the_first_payment_counts() {
    let paid = [
        "2025-03-05|1487.50||Rathje GmbH|Rechnung RE-2025-0011",
        "2025-03-12|1487.50||Rathje GmbH|Rechnung RE-2025-0011",
    ];
    let invoice = "2025-02-18|1487.50|RE-2025-0011|Rathje GmbH";
    let back = |description: &str| format!("2025-03-20|-1487.50||Rathje GmbH|{description}");
    let told = back("Rückzahlung Doppelzahlung RE-2025-0011");
    check(&[paid[0], paid[1], &told], &[invoice], "1 = 1 none; 2,3 =  reversal");
    // Money that goes out for something else, and a refund that the books have a credit note for.
    let other = back("Gutschrift Messe");
    check(&[paid[0], &other], &[invoice], "1 = 1 none");
    let credit = "2025-03-18|-1487.50|GS-2025-0003|Rathje GmbH";
    let refund = back("Erstattung GS-2025-0003");
    check(&[paid[0], &refund], &[invoice, credit], "1 = 1 none; 2 = 2 none");
}

#[test]
fn a_refund_does_not_open_what_was_rightly_paid() {
    let paid = "2025-07-02|200.00|||RE-1001 Harbour Lane Bakery";
    let invoice = "2025-06-20|200.00|RE-1001|Harbour Lane Bakery";
    let credits = ["2025-07-10|-150.00|GS-77|Harbour Lane Bakery", "2025-07-11|-50.00|GS-78|Harbour Lane Bakery"];
    let back = |text: &str| format!("2025-07-20|-200.00|||{text}");
    for (text, ledger, expected) in [
        (
            "Erstattung GS-77 GS-78 zu RE-1001 Harbour Lane Bakery",
            &[invoice, credits[0], credits[1]][..],
            "1 = 1 none; 2 = 2,3 none",
        ),
        ("Erstattung Harbour Lane Bakery RE-1001", &[invoice, credits[0], credits[1]], "1 = 1 none; 2 = 2,3 none"),
        ("REFUND RE-1001 Harbour Lane Bakery", &[invoice], "1 = 1 none"),
        ("Reimbursement travel costs RE-1001 site visit", &[invoice], "1 = 1 none"),
    ] {
        check(&[paid, &back(text)], ledger, expected);
    }
    // Nothing was owed, so that it was paid in error is likely; a person sees to it.
    let outcome = run(
        &lines(&["2025-07-02|200.00|RE-1001||Harbour Lane Bakery", &back("REFUND RE-1001 Harbour Lane Bakery")]),
        &entries(&["2025-06-20|90.00|RE-1002|Harbour Lane Bakery"]),
        &ReconcileConfig::default(),
    );
    assert_eq!(outcome.proposals.iter().map(shown).collect::<Vec<_>>(), ["1,2 =  reversal"]);
    assert!(!may_auto_approve(&outcome.proposals[0], &ReconcileConfig::default().auto_approve));
}

#[test]
fn what_only_may_be_a_fee_is_still_owed() {
    for (text, paid, left) in
        [("", "350.00", "50.00"), ("INCL. TRANSFER FEE 50.00", "350.00", "0.00"), ("", "390.00", "0.00")]
    {
        let statement = lines(&[&format!("2024-05-08|{paid}|FT-3110|Fennimore Timber|{text}")]);
        let ledger = entries(&["2024-05-01|400.00|FT-3110|Fennimore Timber"]);
        let outcome = run(&statement, &ledger, &ReconcileConfig::default());
        assert_eq!(outcome.proposals.iter().map(shown).collect::<Vec<_>>(), ["1 = 1 fee"], "{paid}");
        let matched = &outcome.proposals[0].matched;
        let applied = matched.legs().iter().filter(|leg| matches!(leg.record, RecordRef::Entry(_)));
        let open = 40_000 - applied.map(|leg| leg.amount_applied.minor_units()).sum::<i64>();
        assert_eq!(Decimal::new(open, 2), left.parse().unwrap(), "{paid} {text}");
    }
}

#[test]
fn a_line_delivered_twice_is_matched_once() {
    let statement = lines(&[
        "2024-05-14|90.00|HL-4101|Harbour Lane Bakery|||BT-A",
        "2024-05-14|90.00|HL-4101|Harbour Lane Bakery|||BT-A",
    ]);
    let ledger =
        entries(&["2024-05-13|90.00|HL-4101|Harbour Lane Bakery", "2024-05-13|90.00|HL-4109|Harbour Lane Bakery"]);
    let outcome = run(&statement, &ledger, &ReconcileConfig::default());
    assert_eq!(outcome.proposals.len(), 1);
    assert_eq!(outcome.repeats.lines, [(1, 0)]);
}

#[test]
fn a_document_entered_again_under_a_varied_number_is_no_rival() {
    let statement = lines(&["2024-05-14|90.00||Harbour Lane Bakery"]);
    for again in ["HL-4101A", "HL-4101/2", "HL-4101-DUP", "HL-41O1"] {
        let varied = format!("2024-05-12|90.00|{again}|Harbour Lane Bakery");
        let ledger = entries(&["2024-05-13|90.00|HL-4101|Harbour Lane Bakery", &varied]);
        let outcome = run(&statement, &ledger, &ReconcileConfig::default());
        assert_eq!(outcome.repeats.entries, [(1, 0)], "{again}");
        assert!(!outcome.proposals[0].ambiguous, "{again}");
    }
}

#[test]
fn documents_that_only_look_entered_again_stand_for_themselves() {
    let original = "2024-05-13|90.00|HL-4101|Harbour Lane Bakery";
    let quoted = "2024-05-14|90.00|HL-4101A|Harbour Lane Bakery";
    for (other, statement) in [
        ("2024-05-13|90.00|HL-4102|Harbour Lane Bakery", ""),
        ("2024-05-13|91.00|HL-4101A|Harbour Lane Bakery", ""),
        ("2024-05-13|90.00|HL-4101A|Lumen Nord AB", ""),
        ("2024-06-13|90.00|HL-4101A|Harbour Lane Bakery", ""),
        ("2024-05-13|90.00|HL-4101A|Harbour Lane Bakery", quoted),
    ] {
        let statement = if statement.is_empty() { lines(&[]) } else { lines(&[statement]) };
        let outcome = run(&statement, &entries(&[original, other]), &ReconcileConfig::default());
        assert!(outcome.repeats.entries.is_empty(), "{other}");
    }
}

#[test]
fn the_window_is_inclusive_and_a_reference_has_none() {
    let mut config = ReconcileConfig::default();
    config.tolerance.days = Some(5);
    let ledger = entries(&["2024-05-10|71.30|PM-828601|Harbour Lane Bakery|||payment"]);
    for (day, reference, found) in
        [("2024-05-15", "", true), ("2024-05-16", "", false), ("2024-09-16", "PM-828601", true)]
    {
        let statement = [line(1, &format!("{day}|71.30|{reference}|Harbour Lane Bakery"))];
        assert_eq!(!run(&statement, &ledger, &config).proposals.is_empty(), found, "{day} {reference}");
    }
}

#[test]
fn deposits_go_to_the_account_whose_code_they_name_even_mistyped() {
    check_profile(
        Profile::Deposits,
        &[
            "2025-01-01|300.00|||ABSA BANK CUS 76507087||",
            "2025-01-01|500.00|||ATM CASH DEPOSIT CUS8166371O||",
            "2025-01-02|500.00|||MAGTAPE CREDIT CUS76507078||",
            "2025-01-02|100.00|||CAPITEC +27825890717||",
            "2025-01-03|50.00|||FNB APP PAYMENT FROM ZANELE PRIYA BOTHA||",
            "2025-01-03|-8.79|||#CASH DEPOSIT FEE||",
        ],
        &[
            "2024-12-01|0.00|WAL-1|Yusuf Fourie|||account||CUS76507087",
            "2024-12-01|0.00|WAL-2|Thabo Mokoena||0825890717|account||CUS81663710",
            "2024-12-01|0.00|WAL-3|Zanele Priya Botha|||account||CUS11112222",
        ],
        "1 = 1 none; 2 = 2 reference_error; 3 = 1 reference_error; 4 = 2 reference_error; 5 = 3 reference_error",
    );
}

#[test]
fn a_processors_identifier_is_found_although_cut_off() {
    check_profile(
        Profile::Processor,
        &[
            "2025-09-01|29.99|ch_3p1Qx5ZH3OYkIE8XrvK2ltDy||Charge Ashley Llewellyn",
            "2025-09-01|29.99|ch_3zddPDOpuV51sVhPKXGFCS9T||Charge Isla Cartwright",
        ],
        &[
            "2025-09-01|29.99|ORD-1|Isla Cartwright|ch_3zddPDOpuV51||transaction",
            "2025-09-01|29.99|ORD-2|Ashley Llewellyn|ch_3p1Qx5ZH3OYkIE8XrvK2ltDy||transaction",
        ],
        "1 = 2 none; 2 = 1 reference_error",
    );
}

#[test]
fn a_payout_less_its_fees_meets_the_sales_that_carry_its_number() {
    let outcome = run(
        &lines(&["2024-03-19|291.00|||ADYEN SETTLEMENT 7557134150 MERCHANT 4900001"]),
        &entries(&[
            "2024-03-17|150.73|ORD-1|Nancy Jenkins||card sale payout 7557134150",
            "2024-03-17|99.99|ORD-2|Oliver Lombardi||card sale payout 7557134150",
            "2024-03-17|48.68|ORD-3|Harry Sutherland||card sale payout 7557134150",
        ]),
        &ReconcileConfig::default(),
    );
    assert_eq!(outcome.proposals.iter().map(shown).collect::<Vec<_>>(), ["1 = 1,2,3 fee"]);
    assert_eq!(outcome.proposals[0].matched.kind().as_str(), "settlement");
}

#[test]
fn a_rejected_pair_is_not_proposed_again_and_says_so() {
    let statement = lines(&["2024-05-14|90.00|HL-4101|Harbour Lane Bakery"]);
    let ledger = entries(&["2024-05-13|90.00|HL-4101|Harbour Lane Bakery"]);
    let known = Known { rejected: HashSet::from([(0, 0)]), ..Known::default() };
    let outcome = run_knowing(&statement, &ledger, &ReconcileConfig::default(), &known);
    assert!(outcome.proposals.is_empty());
    assert_eq!(outcome.nearest_for_line[0].as_ref().map(|nearest| nearest.shortfall), Some(Shortfall::Rejected));
    assert_eq!(outcome.nearest_for_entry[0].as_ref().map(|nearest| nearest.record), Some(0));
}

#[test]
fn what_came_nearest_is_told_for_what_stays_open() {
    let outcome = run(
        &lines(&["2024-05-14|150.00||Harbour Lane Bakery"]),
        &entries(&["2024-05-13|100.00|SI-817501|Harbour Lane Bakery"]),
        &ReconcileConfig::default(),
    );
    assert!(outcome.proposals.is_empty());
    let nearest = outcome.nearest_for_line[0].as_ref().unwrap();
    assert_eq!((nearest.record, nearest.shortfall), (0, Shortfall::TooLittleEvidence));
}

#[test]
fn a_run_can_be_stopped_at_any_stage() {
    struct StopAt(Stage);
    impl Progress for StopAt {
        fn report(&self, stage: Stage, _done: u64, _total: u64) -> ControlFlow<()> {
            if stage == self.0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        }
    }
    let statement = lines(&["2024-05-14|90.00|HL-4101"]);
    let ledger = entries(&["2024-05-13|90.00|HL-4101"]);
    for stage in [Stage::Prepare, Stage::Compare, Stage::Assign, Stage::Group, Stage::Explain] {
        let answer = reconcile(&statement, &ledger, &ReconcileConfig::default(), &Known::default(), &StopAt(stage));
        assert_eq!(answer.err(), Some(Cancelled), "{stage:?}");
    }
}

#[test]
fn nothing_against_nothing_is_no_error() {
    let config = ReconcileConfig::default();
    assert!(run(&[], &[], &config).proposals.is_empty());
    assert!(run(&lines(&["2024-05-14|90.00|HL-4101"]), &[], &config).proposals.is_empty());
    assert!(run(&[], &entries(&["2024-05-14|90.00|HL-4101"]), &config).proposals.is_empty());
}

#[test]
fn a_pairing_made_by_hand_is_explained_whatever_it_is() {
    let config = ReconcileConfig::default();
    let statement = lines(&["2024-05-14|90.00|HL-4101|Harbour Lane Bakery", "2024-05-15|-20.00|||FEE"]);
    let ledger = entries(&["2024-05-13|70.00|HL-4101|Harbour Lane Bakery"]);
    let good = compare_records(&[&statement[0]], &[&ledger[0]], &config);
    let bad = compare_records(&[&statement[1]], &[&ledger[0]], &config);
    let both = compare_records(&[&statement[0], &statement[1]], &[&ledger[0]], &config);
    assert!(good.score() > bad.score() && both.score() > bad.score());
    assert!(compare_records(&[], &[&ledger[0]], &config).evidence().is_empty());
}

#[test]
fn the_policy_bounds_what_is_approved_by_itself() {
    let outcome = run(
        &lines(&["2024-05-14|988.50|FT-3110|Fennimore Timber"]),
        &entries(&["2024-05-01|1000.00|FT-3110|Fennimore Timber"]),
        &ReconcileConfig::default(),
    );
    let proposal = &outcome.proposals[0];
    let policy = |confidence: u32, impact: i64, require_reference| AutoApprove {
        confidence: tieout_domain::Confidence::from_ppm(confidence),
        impact: rust_decimal::Decimal::new(impact, 2),
        require_reference,
    };
    for (policy, expected) in [
        (policy(900_000, 1_150, true), true),
        (policy(900_000, 1_149, true), false),
        (policy(999_000, 5_000, false), false),
    ] {
        assert_eq!(may_auto_approve(proposal, &policy), expected, "{policy:?}");
    }
}

#[test]
fn thousands_of_true_repeats_meet_an_entry_each() {
    let statement: Vec<String> = (0..3_000).map(|_| "2024-05-14|-3.20||Cafe Mole|CARD CAFE MOLE".to_owned()).collect();
    let ledger: Vec<String> =
        (0..3_000).map(|at| format!("2024-05-14|-3.20|PM-{:05}|Cafe Mole|||payment", 10_000 + at)).collect();
    let as_rows = |rows: &[String]| rows.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
    let (statement, ledger) = (as_rows(&statement), as_rows(&ledger));
    let (statement, ledger): (Vec<&str>, Vec<&str>) = (statement.lines().collect(), ledger.lines().collect());
    let outcome = run(&lines(&statement), &entries(&ledger), &ReconcileConfig::default());
    assert_eq!(outcome.proposals.len(), 3_000);
    assert!(outcome.statistics.blocks_narrowed > 0);
}
