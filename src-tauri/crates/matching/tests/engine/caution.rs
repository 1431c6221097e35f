//! What is left to a person, and what need not be.

use crate::support::{entries, lines, run};
use tieout_domain::{LedgerEntry, Profile, ReconcileConfig, RootCause};
use tieout_matching::may_auto_approve;

#[test]
fn a_lower_rate_is_taken_without_a_person_only_where_somebody_tells_it() {
    let ledger = |other: &str| {
        entries(&[
            "2024-05-01|2000.00|FT-3110|Fennimore Timber||CLEANING 50 x 40.00||2024-05-31",
            &format!("2024-04-02|{other}"),
        ])
    };
    let old = "784.00|FT-3050|Fennimore Timber||CLEANING 20 x 39.20";
    for (text, other, approved) in [
        ("", old, true),
        ("", "784.00|FT-3050|Fennimore Timber||GARDEN 20 x 39.20", false),
        ("", "784.00|HL-4101|Harbour Lane Bakery||CLEANING 20 x 39.20", false),
        ("", "800.00|FT-3050|Fennimore Timber||CLEANING 20 x 40.00", false),
        ("50 x 39.20", "784.00|HL-4101|Harbour Lane Bakery", true),
        ("10 x 39.20", "784.00|HL-4101|Harbour Lane Bakery", false),
    ] {
        let statement = lines(&[&format!("2024-05-08|1960.00|FT-3110|Fennimore Timber|{text}")]);
        let outcome = run(&statement, &ledger(other), &ReconcileConfig::default());
        let [proposal] = outcome.proposals.as_slice() else { panic!("one proposal: {text} {other}") };
        assert_eq!(proposal.cause, RootCause::RateChange, "{text} {other}");
        let automatic = may_auto_approve(proposal, &ReconcileConfig::default().auto_approve);
        assert_eq!(automatic, approved, "{text} {other}");
    }
}

#[test]
fn a_word_that_only_holds_fee_is_none() {
    let ledger = entries(&["2024-05-01|96.00|RE-118|Coffee Roasters GmbH", "2024-05-01|96.00|RE-119|Charge Point Ltd"]);
    for (text, approved) in [
        ("RE-118 Coffee Roasters, 4.50 credit please", false),
        ("RE-118 Coffee Roasters, 4.50 bank fee", true),
        ("RE-119 Charge Point, 4.50 credit please", false),
    ] {
        let outcome = run(&lines(&[&format!("2024-05-08|91.50|||{text}")]), &ledger, &ReconcileConfig::default());
        let [proposal] = outcome.proposals.as_slice() else { panic!("one proposal: {text}") };
        assert_eq!(may_auto_approve(proposal, &ReconcileConfig::default().auto_approve), approved, "{text}");
    }
}

#[test]
fn what_is_due_every_month_was_not_paid_twice() {
    let invoices = ["2025-01-02|100.00|RE-1|Meier GmbH", "2025-02-02|100.00|RE-2|Meier GmbH"];
    let paid = |day: &str, reference: &str| format!("2025-{day}|100.00|{reference}|Meier GmbH");
    let back = "2025-03-10|-100.00||Meier GmbH|Rückzahlung Vertrag 4711";
    let returned = |statement: &[&str], ledger: &[&str]| {
        let outcome = run(&lines(statement), &entries(ledger), &ReconcileConfig::default());
        let found = outcome.proposals.into_iter().find(|proposal| proposal.matched.lines().any(|line| line == 2));
        found.is_some_and(|proposal| may_auto_approve(&proposal, &ReconcileConfig::default().auto_approve))
    };
    let contract = [paid("01-05", "Vertrag 4711"), paid("02-05", "Vertrag 4711")];
    assert!(!returned(&[&contract[0], &contract[1], back], &invoices), "a month apart");
    assert!(!returned(&[&contract[0], &contract[1], back], &invoices[..1]), "the books hold one of them only");
    let caught_up = paid("01-07", "Vertrag 4711");
    assert!(!returned(&[&contract[0], &caught_up, back], &invoices), "two were due");
    assert!(returned(&[&contract[0], &caught_up, back], &invoices[..1]), "one was due, paid again after two days");
    let of_document = "2025-03-10|-100.00||Meier GmbH|Rückzahlung RE-1001";
    let of = |number: &str| format!("2025-01-02|100.00|{number}|Meier GmbH");
    let quoting = [paid("01-05", "RE-1001"), paid("02-20", "RE-1001")];
    assert!(returned(&[&quoting[0], &quoting[1], of_document], &[&of("RE-1001")]), "the same document twice");
    assert!(!returned(&[&quoting[0], &quoting[1], of_document], &[&of("RE-1001"), &of("RE-1002")]), "two are open");
    let parts = "2025-01-02|300.00|RE-1001|Meier GmbH";
    assert!(!returned(&[&quoting[0], &quoting[1], of_document], &[parts]), "parts of one invoice");
}

#[test]
fn a_payment_that_is_only_late_needs_no_person_where_much_speaks_for_it() {
    let ledger = entries(&["2024-05-01|1987.65|FT-3110|Fennimore Timber||||2024-05-31"]);
    let automatic = |text: &str, ledger: &[LedgerEntry]| {
        let outcome = run(&lines(&[text]), ledger, &ReconcileConfig::default());
        let found = outcome.proposals.first();
        found.is_some_and(|proposal| may_auto_approve(proposal, &ReconcileConfig::default().auto_approve))
    };
    assert!(automatic("2024-06-25|1987.65||Fennimore Timber", &ledger));
    assert!(!automatic("2024-06-25|1987.65", &ledger), "nobody is named");
    assert!(!automatic("2024-06-25|1987.60||Fennimore Timber", &ledger), "another amount");
    let two = entries(&[
        "2024-05-01|1987.65|FT-3110|Fennimore Timber||||2024-05-31",
        "2024-05-03|1987.65|FT-3111|Fennimore Timber||||2024-06-02",
    ]);
    assert!(!automatic("2024-06-25|1987.65||Fennimore Timber", &two), "two would do");
}

#[test]
fn no_account_is_credited_without_a_person_for_what_only_looks_like_its_code() {
    let ledger = entries(&[
        "2024-12-01|0.00|WAL-1|Yusuf Fourie|||account||CUS00012345",
        "2024-12-01|0.00|WAL-2|Thabo Mokoena|||account||CUS20250512",
        "2024-12-01|0.00|WAL-3|Zanele Botha|||account||CUS76507087",
    ]);
    let config = ReconcileConfig { profile: Profile::Deposits, ..ReconcileConfig::default() };
    for (text, approved) in [
        ("Deposit CUS00012345", true),
        ("Deposit CUS 0001 2345", true),
        ("Deposit CUS00012346", false),
        ("Deposit CUS00012354 for Peter", false),
        ("Cash deposit 2025-05-12 branch 4", false),
        ("Card 4000 20250512 settlement", false),
        ("Deposit ref 20250513", false),
        ("Transfer 2001-23-45 ref", false),
        ("Deposit CUS00012346 from Yusuf Fourie", true),
        ("Customer cash deposit 2025-05-12 branch 4", false),
        ("Focus Ltd order 20250512", false),
        ("Customer ref 0001 2345", false),
        ("CUS00099999 and CUS00012345", false),
        ("CUS00099999 for order 20250512 customer", false),
        ("CUS00099999 Yusuf Fourie", false),
        ("CUS00012345 and CUS00012346", false),
        ("CUS00012345, again CUS 0001 2345", true),
        ("Focus Ltd order 00012345", false),
        ("Rechnung 00012345", false),
        ("Deposit 00012345", false),
        ("Deposit 00012345 Yusuf Fourie", true),
        ("Deposit 76507087", true),
        ("Focus Ltd invoice no. 76507087", false),
        ("Stop order 76507087", true),
        ("Order 76507087, account CUS76507087", true),
    ] {
        let statement = lines(&[&format!("2025-01-01|90.00|||{text}||")]);
        let outcome = run(&statement, &ledger, &config);
        let automatic = outcome.proposals.iter().any(|proposal| may_auto_approve(proposal, &config.auto_approve));
        assert_eq!(automatic, approved, "{text}");
    }
}

#[test]
fn a_difference_that_is_somebodys_to_pay_or_correct_waits_for_a_person() {
    let ledger = |amount: &str, memo: &str| {
        entries(&[&format!("2024-05-01|{amount}|FT-3110|Fennimore Timber||{memo}||2024-05-31")])
    };
    for (paid, owed, memo, approved) in [
        ("2450.00", "2500.00", "", false),
        ("2450.00", "2500.00", "2/10 NET 30", true),
        ("1245.00", "1254.00", "", false),
        ("7960.01", "8000.00", "", false),
        ("7999.96", "8000.00", "", true),
        ("7998.90", "8000.00", "", true),
        ("350.00", "400.00", "", false),
        // A discount of the customer's own is a lower rate as well; a fee is kept and nobody says so.
        ("1960.00", "2000.00", "CLEANING 50 x 40.00", false),
        ("380.00", "400.00", "8 x 50.00", false),
        ("788.50", "800.00", "", false),
    ] {
        let statement = lines(&[&format!("2024-05-08|{paid}|FT-3110|Fennimore Timber")]);
        let outcome = run(&statement, &ledger(owed, memo), &ReconcileConfig::default());
        let [proposal] = outcome.proposals.as_slice() else { panic!("one proposal: {paid}") };
        assert_eq!(may_auto_approve(proposal, &ReconcileConfig::default().auto_approve), approved, "{paid} of {owed}");
    }
    let named = lines(&["2024-05-08|795.00|FT-3110|Fennimore Timber|INCL. TRANSFER FEE 5.00"]);
    let outcome = run(&named, &ledger("800.00", ""), &ReconcileConfig::default());
    assert!(may_auto_approve(&outcome.proposals[0], &ReconcileConfig::default().auto_approve));
}
