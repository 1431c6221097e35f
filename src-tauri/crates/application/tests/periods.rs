//! Closing a month through a session: two people, what the window is told, and what a locked period refuses.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::{path::PathBuf, sync::Arc};

use tempfile::TempDir;
use tieout_application::{
    ApplicationError, ApproveAbove, Currency, Date, Environment, ExportFolder, ImportFile, NewWorkbook, OpenWorkbook,
    PeriodError, PeriodSheet, PrepareBalances, QueueFilter, QueueRequest, RollPart, Session, Side, WorkbookError,
};
use tieout_domain::{Confidence, PeriodEventKind, PeriodState, Role};
use tieout_workbook::{MemoryKeyStore, SteppingClock, Unlock, Workbook};

const PASSPHRASE: &str = "correct horse battery";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A workbook of Ada (admin), Petra (preparer) and Ben (reviewer), with two months of a bank's lines and three invoices,
/// one of them of March.
fn session() -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let environment = Environment {
        clock: Arc::new(SteppingClock::from_ms(1_700_000_000_000)),
        keys: Arc::new(MemoryKeyStore::default()),
        reader: PathBuf::new(),
        data_folder: folder.path().join("data"),
        documents: folder.path().to_owned(),
    };
    let session = Session::new(environment.clone());
    let path = folder.path().join("joinery.tieout");
    let new = NewWorkbook {
        path: path.clone(),
        passphrase: PASSPHRASE.to_owned().into(),
        company: "Joinery".to_owned(),
        user: "Ada".to_owned(),
        currency: Currency::parse("EUR").unwrap(),
        single_user: false,
        remember: false,
    };
    session.create_workbook(new).unwrap();
    session.close_workbook().unwrap();
    let unlock = Unlock::Passphrase(PASSPHRASE);
    let opened = Workbook::open(&path, unlock, environment.clock.clone(), environment.keys.clone(), false).unwrap();
    let mut workbook = opened.workbook;
    workbook.add_user("Petra", Role::Preparer).unwrap();
    workbook.add_user("Ben", Role::Reviewer).unwrap();
    workbook.close().unwrap();
    let open = OpenWorkbook { path, passphrase: Some(PASSPHRASE.to_owned().into()), remember: false };
    session.open_workbook(open).unwrap();
    session.sign_in_as("Ada", None, None).unwrap();
    take(
        &session,
        &folder,
        Side::Statement,
        "bank.csv",
        "date,description,amount,currency,balance\n\
        2026-01-05,Invoice RE-1,100.00,EUR,1100.00\n2026-01-31,Account fee,-2.50,EUR,1097.50\n\
        2026-02-10,Invoice RE-2,60.00,EUR,1157.50\n",
    );
    take(
        &session,
        &folder,
        Side::Ledger,
        "ledger.csv",
        "number,date,counterparty,amount,currency\n\
        RE-1,2026-01-02,Alder,100.00,EUR\nRE-2,2026-01-20,Birch,60.00,EUR\nRE-3,2026-03-01,Cedar,70.00,EUR\n",
    );
    session.run_matching(None, &|_| {}).unwrap();
    let all = ApproveAbove { confidence: Confidence::from_ppm(0), execute: true, expected_count: None };
    session.approve_above(&all).unwrap();
    (session, folder)
}

fn take(session: &Session, folder: &TempDir, side: Side, name: &str, rows: &str) {
    let path = folder.path().join(name);
    std::fs::write(&path, rows).unwrap();
    let account = (side == Side::Statement).then(|| "Current".to_owned());
    let file = ImportFile { path, side, account, mapping: None, leave_out_rejected: false, file_bytes_max: None };
    session.import_file(&file, &|_| {}).unwrap();
}

fn prepared(session: &Session) -> PeriodSheet {
    session.sign_in_as("Petra", None, None).unwrap();
    let account = session.account_named(None).unwrap();
    let sheet = session.open_period(account, None, Some(day("2026-01-31"))).unwrap();
    assert_eq!(sheet.proof.period.days.from, day("2026-01-01"));
    session.prepare_period(sheet.proof.period.id, &PrepareBalances::default(), "all looked at").unwrap()
}

#[test]
fn a_month_is_closed_by_two_people_and_reopened_by_two() {
    let (session, _folder) = session();
    let sheet = prepared(&session);
    let id = sheet.proof.period.id;
    assert!(sheet.may.prepare && !sheet.may.sign_off && sheet.may.needs_another);
    let refused = session.review_period(id, "").unwrap_err();
    assert!(matches!(refused, ApplicationError::Workbook(WorkbookError::NotAllowed { .. })), "{refused}");

    session.sign_in_as("Ben", None, None).unwrap();
    assert!(!session.period(id).unwrap().may.needs_another);
    session.review_period(id, "").unwrap();
    let locked = session.lock_period(id, "").unwrap();
    assert_eq!(locked.proof.period.state, PeriodState::Locked);
    assert_eq!(session.check_period(id).unwrap().as_signed, Some(true));
    let verified = session.verify_workbook().unwrap();
    assert!(verified.valid);
    let said = verified
        .findings
        .iter()
        .any(|finding| finding.contains("2026-01-01 to 2026-01-31 of Current (locked) is as it was signed"));
    assert!(said, "{:?}", verified.findings);

    // The report of exactly these days names who signed them.
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("result");
    let (from, to) = (Some(day("2026-01-01")), Some(day("2026-01-31")));
    session.export_folder(&ExportFolder { account: None, from, to, out: out.clone(), identity: None }).unwrap();
    let told = std::fs::read_to_string(out.join("report.json")).unwrap();
    for fact in [r#""prepared_by": "Petra""#, r#""approved_by": "Ben""#, r#""single_user": false"#] {
        assert!(told.contains(fact), "{fact}");
    }

    session.sign_in_as("Petra", None, None).unwrap();
    session.request_reopening(id, "the fee is missing").unwrap();
    let refused = session.reopen_period(id, "").unwrap_err();
    assert!(matches!(refused, ApplicationError::Workbook(WorkbookError::NotAllowed { .. })), "{refused}");
    session.sign_in_as("Ada", None, None).unwrap();
    let open = session.reopen_period(id, "").unwrap();
    let kinds: Vec<_> = open.events.iter().map(|told| told.event.kind).collect();
    use PeriodEventKind::{Locked, Prepared, ReopenRequested, Reopened, Reviewed};
    assert_eq!(kinds, [Reopened, ReopenRequested, Locked, Reviewed, Prepared]);
    assert_eq!(session.check_period(id).unwrap().as_signed, None);
}

#[test]
fn a_locked_month_refuses_in_words_that_a_person_understands() {
    let (session, folder) = session();
    let id = prepared(&session).proof.period.id;
    session.sign_in_as("Ben", None, None).unwrap();
    session.review_period(id, "").unwrap();
    session.lock_period(id, "").unwrap();
    session.sign_in_as("Ada", None, None).unwrap();
    let path = folder.path().join("late.csv");
    std::fs::write(&path, "date,description,amount,currency,balance\n2026-01-31,Interest,1.00,EUR,1098.50\n").unwrap();
    let account = Some("Current".to_owned());
    let side = Side::Statement;
    let file = ImportFile { path, side, account, mapping: None, leave_out_rejected: false, file_bytes_max: None };
    let error = session.import_file(&file, &|_| {}).unwrap_err();
    assert!(matches!(&error, ApplicationError::Workbook(WorkbookError::Period(PeriodError::Locked { .. }))), "{error}");
    let told = error.to_string();
    let names = told
        .starts_with("the period 2026-01-01 to 2026-01-31 of Current is locked, and this would change its line ")
        && told
            .ends_with(" of 2026-01-31, 1.00 EUR: reopen the period first, which takes a reason and a second person");
    assert!(names, "{told}");
}

#[test]
fn a_sheet_tells_the_equation_what_rolled_forward_and_what_changed() {
    let (session, folder) = session();
    let id = prepared(&session).proof.period.id;
    let sheet = session.period(id).unwrap();
    let proof = &sheet.proof.shown().proof;
    let told = [proof.opening, Some(proof.lines_total), proof.closing].map(|amount| amount.unwrap().to_string());
    assert_eq!(told, ["1000.00 EUR", "97.50 EUR", "1097.50 EUR"]);
    let [_, entries] = sheet.roll;
    assert_eq!((entries.brought_forward.items, entries.new.items, entries.carried_forward.items), (0, 1, 1));
    assert_eq!(entries.carried_forward.sum.to_string(), "60.00 EUR");
    let open = session.period_items(id, Side::Ledger, RollPart::CarriedForward, 0, 10).unwrap();
    assert_eq!((open.total, open.rows[0].record.number.as_str(), open.rows[0].age_days), (1, "RE-2", Some(11)));

    session.sign_in_as("Ada", None, None).unwrap();
    take(
        &session,
        &folder,
        Side::Ledger,
        "more.csv",
        "number,date,counterparty,amount,currency\nRE-9,2026-01-30,Elm,5.00,EUR\n",
    );
    let sheet = session.period(id).unwrap();
    assert_eq!(sheet.proof.period.state, PeriodState::Open);
    let (cause, record) = &sheet.events[0].causes[0];
    assert_eq!((cause.records, record.as_ref().unwrap().number.as_str()), (1, "RE-9"));
}

#[test]
fn nobody_works_under_a_name_that_is_not_there() {
    let (session, _folder) = session();
    let refused = session.sign_in_as("Mallory", None, None).unwrap_err().to_string();
    assert_eq!(refused, "nobody called 'Mallory' works here: Ada, Petra, Ben");
}

/// The lines, what is matched of them, and open entries, of each row of the standing: each as the session keeps it.
fn rated(session: &Session) -> Vec<(u64, u64, u64)> {
    let (rows, _) = session.standing_rates(true).unwrap();
    rows.iter().map(|of| (of.rates.lines, of.rates.lines_matched, of.rates.entries_open.0)).collect()
}

/// The match over the first line, by whoever decided it.
fn take_back_the_first(session: &Session) {
    let queue = QueueRequest { filter: QueueFilter::Approved, limit: 10, ..QueueRequest::default() };
    let rows = session.review_queue(&queue).unwrap().rows;
    let first = rows.iter().find(|row| row.date == Some(day("2026-01-05"))).unwrap();
    session.undo_decision(first.id.parse().unwrap()).unwrap();
}

#[test]
fn figures_of_periods_are_kept_and_follow_decisions_and_signatures() {
    let (session, _folder) = session();
    session.sign_in_as("Ada", None, None).unwrap();
    let account = session.account_named(None).unwrap();
    assert_eq!(rated(&session), [(3, 2, 1)], "an account without a period: RE-3 is of March");
    let january = prepared(&session).proof.period.id;
    session.open_period(account, None, None).unwrap();
    // RE-2 is of January, and a line of February pays it.
    let both = [(2, 1, 1), (1, 1, 0)];
    assert_eq!((rated(&session).as_slice(), rated(&session).as_slice()), (&both[..], &both[..]));
    let (to_do, limits) = (session.standing().unwrap().standing, session.standing().unwrap().limits);
    assert_eq!(limits.variance, 100);
    assert_eq!(to_do.rows.iter().filter(|row| row.proves()).count(), 2);

    session.sign_in_as("Ada", None, None).unwrap();
    take_back_the_first(&session);
    assert_eq!(session.period(january).unwrap().proof.period.state, PeriodState::Open, "its signature is gone");
    assert_eq!(rated(&session), [(2, 0, 2), (1, 1, 1)], "RE-1 is open at the end of both months");
}
