//! Customers with codes: made, told apart, and the deposits that wait for one.

use std::collections::BTreeSet;

use tieout_domain::{CustomerCode, LedgerKind};

use super::{credits::customer_account, *};
use crate::DepositWait;

fn code(text: &str) -> CustomerCode {
    text.parse().unwrap()
}

#[test]
fn every_new_customer_gets_a_code_nobody_has_and_an_account_to_match() {
    let mut workbook = Desk::new().create();
    // The clock of tests always gives the same random number: every code after the first has to get out of the way.
    let made: BTreeSet<CustomerCode> =
        (0..20).map(|i| workbook.new_customer(&format!("Customer {i}"), None, eur()).unwrap().code).collect();
    assert_eq!(made.len(), 20);
    let page = workbook.customer_accounts("", 15, 10).unwrap();
    assert_eq!((page.total, page.rows.len()), (20, 5));
    assert_eq!(page.rows.last().map(|account| account.code), made.last().copied());
    let entries = workbook.open_entries().unwrap();
    assert_eq!(entries.len(), 20);
    assert!(entries.iter().all(|entry| entry.record.kind == LedgerKind::CustomerAccount));
    let told = workbook.audit_page(0, 1).unwrap().events;
    assert_eq!(told[0].action, "customer.made");
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
    assert!(workbook.verify_chain().unwrap().holds());
}

#[test]
fn a_code_of_ones_own_is_taken_once() {
    let mut workbook = Desk::new().create();
    take_entries(&mut workbook, 1, &[customer_account(1, "cus 0000 0007", "Thandi")]).unwrap();
    let chosen = Some(code("CUS00000008"));
    let made = workbook.new_customer(" Sipho ", chosen, eur()).unwrap();
    assert_eq!((made.customer.name.as_str(), made.customer.code.as_str()), ("Sipho", "CUS00000008"));
    let head = workbook.audit_head();
    assert_eq!(workbook.new_customer("Sipho", chosen, eur()).unwrap(), made, "said twice, made once");
    assert_eq!(workbook.audit_head(), head);
    for (name, taken) in [("Groth", "CUS00000008"), ("Groth", "CUS00000007")] {
        let refused = workbook.new_customer(name, Some(code(taken)), eur()).unwrap_err();
        assert!(matches!(&refused, WorkbookError::CodeTaken(other) if *other == code(taken)), "{refused}");
        assert!(refused.to_string().contains("is taken already"), "{refused}");
    }
    assert!(matches!(workbook.new_customer("  ", None, eur()), Err(WorkbookError::Name(_))));
    // In another currency the same customer has another account in the books.
    let usd = Currency::parse("USD").unwrap();
    workbook.new_customer("Sipho", chosen, usd).unwrap();
    assert_eq!(workbook.open_entries().unwrap().len(), 3);
    assert_eq!(workbook.customer_accounts("", 0, 9).unwrap().total, 2);
}

#[test]
fn a_new_customer_can_be_taken_back_and_made_again() {
    let mut workbook = Desk::new().create();
    let chosen = Some(code("CUS00000008"));
    workbook.new_customer("Sipho", chosen, eur()).unwrap();
    let batch = workbook.list_batches().unwrap()[0].clone();
    assert_eq!((batch.file_name.as_str(), batch.added), ("new customer CUS00000008", 1));
    workbook.undo_import(batch.id).unwrap();
    assert_eq!(workbook.open_entries().unwrap(), []);
    workbook.new_customer("Sipho", chosen, eur()).unwrap();
    assert_eq!(workbook.open_entries().unwrap().len(), 1);
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn there_is_no_account_of_a_code_that_nobody_has() {
    let mut workbook = Desk::new().create();
    workbook.new_customer("Sipho", Some(code("CUS00000008")), eur()).unwrap();
    let nobody = code("CUS00000009");
    for refused in [workbook.customer_account(nobody).map(drop), workbook.customer_transactions(nobody, 0, 9).map(drop)]
    {
        assert_eq!(refused.unwrap_err().to_string(), "there is no customer CUS00000009");
    }
    assert_eq!(workbook.customer_account(code("CUS00000008")).unwrap().balances, []);
}

#[test]
fn deposits_that_credit_nobody_wait_and_say_why() {
    let mut workbook = Desk::new().create();
    let lines = [
        line(1, 2, 90_000, "Deposit CUS00000001"),
        line(2, 3, 80_000, "Deposit CUS00000001"),
        line(3, 4, 70_000, "Deposit CUS99999999"),
        line(4, 5, 60_000, "Cash deposit"),
        line(5, 6, -50_000, "Returned cus-0000-0001"),
        line(6, 7, -40_000, "Rent"),
        line(7, 8, 30_000, "Deposit K-17"),
        line(8, 9, 20_000, "Deposit CUS00000001"),
    ];
    take_lines(&mut workbook, 1, &lines).unwrap();
    take_entries(
        &mut workbook,
        2,
        &[customer_account(1, "CUS00000001", "Thandi"), customer_account(2, "K-17", "Groth")],
    )
    .unwrap();
    let (lines, accounts) = (line_ids(&workbook), entry_ids(&workbook));
    let to = |line: usize, minor: i64, account: usize, status| {
        proposal(matched(&[(lines[line], minor)], &[(accounts[account], minor)]), status, 900_000)
    };
    let proposals = [
        to(0, 90_000, 0, MatchStatus::Suggested),
        to(6, 30_000, 1, MatchStatus::Approved),
        to(7, 20_000, 0, MatchStatus::Approved),
    ];
    store(&mut workbook, &proposals);
    let suggested = proposed(&workbook)[0];
    let page = workbook.waiting_deposits(0, 99).unwrap();
    assert_eq!(page.total, 6);
    let told: Vec<_> = page.rows.iter().map(|row| (row.line, row.amount.minor_units(), row.because.clone())).collect();
    let thandi = || "CUS00000001".to_owned();
    let DepositWait::AccountWithoutCode { match_id, code: wrong } = &told[5].2 else { panic!("{told:?}") };
    assert_eq!((told[5].0, told[5].1, wrong.as_str()), (lines[6], 30_000, "K-17"));
    let expected = [
        (lines[0], 90_000, DepositWait::Proposed { match_id: suggested, code: thandi() }),
        (lines[1], 80_000, DepositWait::NotMatched { code: thandi() }),
        (lines[2], 70_000, DepositWait::NoSuchCustomer { code: "CUS99999999".to_owned() }),
        (lines[3], 60_000, DepositWait::NoCode),
        (lines[4], -50_000, DepositWait::NotMatched { code: thandi() }),
    ];
    assert_eq!(told[..5], expected);
    assert_eq!(workbook.waiting_deposits(4, 1).unwrap().rows[0].line, lines[4]);
    // Once decided they wait no more, or again.
    approve(&mut workbook, suggested).unwrap();
    workbook.undo_decision(*match_id, "").unwrap();
    let page = workbook.waiting_deposits(0, 99).unwrap();
    assert_eq!(page.total, 5);
    assert!(matches!(&page.rows[4].because, DepositWait::Proposed { code, .. } if code == "K-17"));
    assert_eq!(workbook.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}
