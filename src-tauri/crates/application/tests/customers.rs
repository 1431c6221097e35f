//! Customers' accounts through a session: adjustments, deposits given by hand, and taking both back.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod desk;

use tempfile::TempDir;
use tieout_application::{
    AdjustCustomer, ApplicationError, Currency, HandAdjustment, HandGroup, ImportFile, MatchByHand, NewCustomer,
    RecordId, Session, Side, TakeBack, WaitingDeposit,
};
use tieout_domain::RootCause;

/// A workbook in rand with these statement rows, and the folder it lies in.
fn session(rows: &str) -> (Session, TempDir) {
    let (session, folder, _) = desk::session(|new| {
        "Protea Arcade".clone_into(&mut new.company);
        new.currency = Currency::parse("ZAR").unwrap();
    });
    let path = folder.path().join("bank.csv");
    std::fs::write(&path, format!("date,description,amount,currency\n{rows}")).unwrap();
    let file = ImportFile {
        path,
        side: Side::Statement,
        account: None,
        mapping: None,
        leave_out_rejected: false,
        file_bytes_max: None,
    };
    session.import_file(&file, &|_| {}).unwrap();
    (session, folder)
}

fn new_customer(session: &Session, name: &str) -> String {
    let new = NewCustomer { name: name.to_owned(), code: None, currency: None };
    session.new_customer(&new).unwrap().code.to_string()
}

/// Balance and credits in every currency.
fn held(session: &Session, code: &str) -> Vec<(String, i64)> {
    let account = session.customer(code, 0, 1).unwrap().account;
    account.balances.iter().map(|held| (held.balance.to_string(), held.credits)).collect()
}

fn waiting(session: &Session) -> Vec<WaitingDeposit> {
    session.waiting_deposits(0, 99).unwrap().rows
}

fn take_back(code: &str, number: u64, reason: &str) -> TakeBack {
    TakeBack { code: code.to_owned(), currency: None, number, reason: reason.to_owned() }
}

#[test]
fn a_deposit_matched_by_hand_with_an_account_credits_all_that_is_open_of_it() {
    let (session, _folder) = session("2026-01-05,Cash deposit branch 7,120.00,ZAR\n2026-01-06,Cash,30.00,ZAR\n");
    let thandi = new_customer(&session, "Thandi Nkosi");
    session.set_credit_rate("50".parse().unwrap(), None).unwrap();
    let lines: Vec<_> = waiting(&session).iter().map(|deposit| deposit.line).collect();
    let given = session.allocate_deposit(lines[0], &thandi, "").unwrap();
    let RecordId::Entry(account) = session.match_detail(given).unwrap().entries[0].id else { panic!("an account") };
    session.undo_decision(given).unwrap();
    assert_eq!(held(&session, &thandi), [("0.00 ZAR".to_owned(), 0)]);

    let lines = lines.into_iter().map(Into::into).collect();
    let groups = vec![HandGroup { lines, entries: vec![account.into()], adjustments: Vec::new() }];
    assert_eq!(session.hand_balance(&groups).unwrap().groups[0].difference.minor_units(), 0);
    session.match_by_hand(&MatchByHand { groups, reason: String::new() }).unwrap();
    assert_eq!(held(&session, &thandi), [("150.00 ZAR".to_owned(), 3)]);
    assert!(waiting(&session).is_empty());
}

#[test]
fn an_account_takes_deposits_of_its_currency_and_leaves_no_difference_to_explain() {
    let (session, _folder) = session("2026-01-05,Cash deposit,120.00,ZAR\n2026-01-06,Wire,30.00,USD\n");
    let thandi = new_customer(&session, "Thandi Nkosi");
    let lines: Vec<_> = waiting(&session).iter().map(|deposit| deposit.line).collect();
    let given = session.allocate_deposit(lines[0], &thandi, "").unwrap();
    let RecordId::Entry(account) = session.match_detail(given).unwrap().entries[0].id else { panic!("an account") };
    session.undo_decision(given).unwrap();
    let by_hand = |line: usize, cause: Option<RootCause>| {
        let adjustments = cause.map(|cause| HandAdjustment { cause, amount: None, posting: None });
        let group = HandGroup {
            lines: vec![lines[line].into()],
            entries: vec![account.into()],
            adjustments: adjustments.into_iter().collect(),
        };
        session
            .match_by_hand(&MatchByHand { groups: vec![group], reason: String::new() })
            .map(drop)
            .map_err(|error| error.to_string())
    };
    assert_eq!(
        by_hand(1, None).unwrap_err(),
        "the account of Thandi Nkosi is kept in ZAR, and the deposit is in USD: choose an account in USD"
    );
    for cause in [RootCause::Fee, RootCause::Overpayment] {
        let refused = by_hand(0, Some(cause)).unwrap_err();
        assert!(refused.contains("choose no cause") && refused.contains(cause.as_str()), "{refused}");
    }
    by_hand(0, None).unwrap();
    assert_eq!(held(&session, &thandi), [("120.00 ZAR".to_owned(), 0)]);
}

#[test]
fn a_deposit_that_names_nobody_is_given_to_its_customer_and_taken_back() {
    let (session, _folder) = session("2026-01-05,Cash deposit branch 7,120.00,ZAR\n");
    let thandi = new_customer(&session, "Thandi Nkosi");
    session.set_credit_rate("50".parse().unwrap(), None).unwrap();
    let deposit = waiting(&session)[0].clone();
    session.allocate_deposit(deposit.line, &thandi, "she called").unwrap();
    assert_eq!(held(&session, &thandi), [("120.00 ZAR".to_owned(), 2)]);
    assert!(waiting(&session).is_empty());
    let refused = session.allocate_deposit(deposit.line, &thandi, "").unwrap_err().to_string();
    assert!(refused.contains("nothing is open of this deposit"), "{refused}");
    let told = session.customer(&thandi, 0, 9).unwrap().transactions.rows[0].clone();
    assert_eq!((told.reason.as_str(), told.posted_by.as_str(), told.line), ("she called", "Ada", Some(deposit.line)));

    session.take_back(&take_back(&thandi, 1, "")).unwrap();
    assert_eq!(held(&session, &thandi), [("0.00 ZAR".to_owned(), 0)]);
    assert_eq!(waiting(&session), std::slice::from_ref(&deposit));
    let refused = session.take_back(&take_back(&thandi, 1, "")).unwrap_err().to_string();
    assert_eq!(refused, "transaction 1 was taken back already");
    let refused = session.take_back(&take_back(&thandi, 2, "")).unwrap_err().to_string();
    assert_eq!(refused, "transaction 2 is none that can be taken back: undone");
    let sipho = new_customer(&session, "Sipho Dube");
    session.allocate_deposit(deposit.line, &sipho, "").unwrap();
    assert_eq!(held(&session, &sipho), [("120.00 ZAR".to_owned(), 2)]);
    assert!(session.verify_workbook().unwrap().valid);
}

#[test]
fn a_deposit_in_another_currency_makes_the_account_it_needs() {
    let (session, _folder) = session("2026-01-05,Wire from abroad,75.00,USD\n");
    let thandi = new_customer(&session, "Thandi Nkosi");
    session.allocate_deposit(waiting(&session)[0].line, &thandi, "").unwrap();
    assert_eq!(held(&session, &thandi), [("75.00 USD".to_owned(), 0)]);
    assert!(session.verify_workbook().unwrap().valid);
}

#[test]
fn a_balance_is_put_right_with_a_reason_only() {
    let (session, _folder) = session("2026-01-05,Other,1.00,ZAR\n");
    let thandi = new_customer(&session, "Thandi Nkosi");
    let adjust = |amount: &str, reason: &str| {
        session.adjust_customer(&AdjustCustomer {
            code: thandi.clone(),
            amount: amount.parse().unwrap(),
            currency: None,
            reason: reason.to_owned(),
        })
    };
    adjust("25.50", "goodwill").unwrap();
    adjust("-5", "counted twice").unwrap();
    assert_eq!(held(&session, &thandi), [("20.50 ZAR".to_owned(), 0)]);
    let refused = |result: Result<(), ApplicationError>| result.unwrap_err().to_string();
    assert!(refused(adjust("1", "")).contains("needs a reason"));
    assert!(refused(adjust("0.00", "why")).contains("other than 0"));
    assert!(refused(adjust("0.001", "why")).contains("more decimals"));
    assert!(refused(session.take_back(&take_back(&thandi, 1, " "))).contains("needs a reason"));
    session.take_back(&take_back(&thandi, 1, "mistake")).unwrap();
    assert_eq!(held(&session, &thandi), [("-5.00 ZAR".to_owned(), 0)]);
    assert!(session.verify_workbook().unwrap().valid);
}
