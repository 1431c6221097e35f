//! What is left to a person, and what need not be.

use crate::support::{entries, lines, run};
use tieout_domain::{Profile, ReconcileConfig};
use tieout_matching::may_auto_approve;

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
