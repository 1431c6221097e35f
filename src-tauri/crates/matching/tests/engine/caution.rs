//! What is left to a person, and what need not be.

use crate::support::{entries, lines, run};
use tieout_domain::ReconcileConfig;
use tieout_matching::may_auto_approve;

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
