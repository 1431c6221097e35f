//! Closing a month through a session: two people, what the window is told, and what a locked period refuses.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod desk;

use std::collections::BTreeSet;

use tempfile::TempDir;
use tieout_application::{
    ApplicationError, ApproveAbove, Date, ExportFolder, HandGroup, HandRecord, ImportFile, Layout, MatchByHand,
    OpenRecordsRequest, OpenWorkbook, PeriodError, PeriodSheet, PrepareBalances, QueueFilter, QueueRequest, RecordId,
    RollPart, Session, Side, WorkbookError,
};
use tieout_domain::{Confidence, Digest, PeriodEventKind, PeriodId, PeriodState, Role};
use tieout_workbook::{Unlock, Workbook};

const PASSPHRASE: &str = "correct horse battery";
const SECRET: &str = "471199";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A workbook of Ada (admin), Petra (preparer) and Ben (reviewer), with two months of a bank's lines and three invoices,
/// one of them of March.
fn session() -> (Session, TempDir) {
    let (session, folder, environment) = desk::session(|new| new.single_user = false);
    let path = folder.path().join("joinery.tieout");
    session.close_workbook().unwrap();
    let unlock = Unlock::Passphrase(PASSPHRASE);
    let opened = Workbook::open(&path, unlock, environment.clock.clone(), environment.keys.clone(), false).unwrap();
    let mut workbook = opened.workbook;
    workbook.change_own_secret(Some(PASSPHRASE), Some(SECRET)).unwrap();
    for (name, role) in [("Petra", Role::Preparer), ("Ben", Role::Reviewer)] {
        let user = workbook.add_person(name, "", role, Some("first one")).unwrap();
        workbook.sign_in(user.id, Some("first one"), Some(SECRET)).unwrap();
        let ada = workbook.users().unwrap()[0].id;
        workbook.sign_in(ada, Some(SECRET), None).unwrap();
    }
    workbook.close().unwrap();
    let open = OpenWorkbook { path, passphrase: Some(PASSPHRASE.to_owned().into()), remember: false };
    session.open_workbook(open).unwrap();
    sign_in(&session, "Ada");
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

fn sign_in(session: &Session, name: &str) {
    session.sign_in_as(name, Some(SECRET.to_owned().into()), None).unwrap();
}

/// What somebody sees who looks at the period now.
fn seen(session: &Session, id: PeriodId) -> Digest {
    session.period(id).unwrap().seen
}

fn take(session: &Session, folder: &TempDir, side: Side, name: &str, rows: &str) {
    let path = folder.path().join(name);
    std::fs::write(&path, rows).unwrap();
    let account = (side == Side::Statement).then(|| "Current".to_owned());
    let file = ImportFile { path, side, account, mapping: None, leave_out_rejected: false, file_bytes_max: None };
    session.import_file(&file, &|_| {}).unwrap();
}

fn prepared(session: &Session) -> PeriodSheet {
    sign_in(session, "Petra");
    let account = session.account_named(None).unwrap();
    let sheet = session.open_period(account, None, Some(day("2026-01-31"))).unwrap();
    assert_eq!(sheet.proof.period.days.from, day("2026-01-01"));
    session.prepare_period(sheet.proof.period.id, sheet.seen, &PrepareBalances::default(), "all looked at").unwrap()
}

#[test]
fn a_month_is_closed_by_two_people_and_reopened_by_two() {
    let (session, _folder) = session();
    let sheet = prepared(&session);
    let id = sheet.proof.period.id;
    assert!(sheet.may.prepare && !sheet.may.sign_off && sheet.may.needs_another);
    let refused = session.review_period(id, seen(&session, id), "").unwrap_err();
    assert!(matches!(refused, ApplicationError::Workbook(WorkbookError::NotAllowed { .. })), "{refused}");

    sign_in(&session, "Ben");
    assert!(!session.period(id).unwrap().may.needs_another);
    session.review_period(id, seen(&session, id), "").unwrap();
    let locked = session.lock_period(id, seen(&session, id), "").unwrap();
    assert_eq!(locked.proof.period.state, PeriodState::Locked);
    assert_eq!(session.check_period(id).unwrap().as_signed, Some(true));
    let verified = session.verify_workbook().unwrap();
    assert!(verified.valid);
    let said = verified
        .findings
        .iter()
        .any(|finding| finding.english().contains("2026-01-01 to 2026-01-31 of Current (locked) is as it was signed"));
    assert!(said, "{:?}", verified.findings);

    // The report of exactly these days names who signed them.
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("result");
    let (from, to) = (Some(day("2026-01-01")), Some(day("2026-01-31")));
    session
        .export_folder(&ExportFolder {
            account: None,
            from,
            to,
            out: out.clone(),
            identity: None,
            layout: Layout::default(),
        })
        .unwrap();
    let told = std::fs::read_to_string(out.join("report.json")).unwrap();
    for fact in [r#""prepared_by": "Petra""#, r#""approved_by": "Ben""#, r#""single_user": false"#] {
        assert!(told.contains(fact), "{fact}");
    }
    let content = locked.proof.period.signed.as_ref().unwrap().content.to_string();
    for fact in [r#""state": "locked""#, &content, r#""act": "prepared""#, r#""act": "locked""#] {
        assert!(told.contains(fact), "{fact}");
    }

    sign_in(&session, "Petra");
    session.request_reopening(id, seen(&session, id), "the fee is missing").unwrap();
    let refused = session.reopen_period(id, seen(&session, id), "").unwrap_err();
    assert!(matches!(refused, ApplicationError::Workbook(WorkbookError::NotAllowed { .. })), "{refused}");
    sign_in(&session, "Ada");
    let open = session.reopen_period(id, seen(&session, id), "").unwrap();
    let kinds: Vec<_> = open.events.iter().map(|told| told.event.kind).collect();
    use PeriodEventKind::{Locked, Prepared, ReopenRequested, Reopened, Reviewed};
    assert_eq!(kinds, [Reopened, ReopenRequested, Locked, Reviewed, Prepared]);
    assert_eq!(session.check_period(id).unwrap().as_signed, None);
}

#[test]
fn a_locked_month_refuses_in_words_that_a_person_understands() {
    let (session, folder) = session();
    let id = prepared(&session).proof.period.id;
    sign_in(&session, "Ben");
    session.review_period(id, seen(&session, id), "").unwrap();
    session.lock_period(id, seen(&session, id), "").unwrap();
    sign_in(&session, "Ada");
    let path = folder.path().join("late.csv");
    std::fs::write(&path, "date,description,amount,currency,balance\n2026-01-31,Interest,1.00,EUR,1098.50\n").unwrap();
    let account = Some("Current".to_owned());
    let side = Side::Statement;
    let file = ImportFile { path, side, account, mapping: None, leave_out_rejected: false, file_bytes_max: None };
    let error = session.import_file(&file, &|_| {}).unwrap_err();
    assert!(matches!(&error, ApplicationError::Workbook(WorkbookError::Period(PeriodError::Locked { .. }))), "{error}");
    assert_eq!(
        error.to_string(),
        "the period 2026-01-01 to 2026-01-31 of Current is locked, and this would change its line of 2026-01-31, 1.00 EUR: \
         reopen the period first, which takes a reason and a second person"
    );
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

    sign_in(&session, "Ada");
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
    sign_in(&session, "Ada");
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

    sign_in(&session, "Ada");
    take_back_the_first(&session);
    assert_eq!(session.period(january).unwrap().proof.period.state, PeriodState::Open, "its signature is gone");
    assert_eq!(rated(&session), [(2, 0, 2), (1, 1, 1)], "RE-1 is open at the end of both months");
}

/// Exports January into a folder: its report as JSON, and of the PDF what it tells of decisions, signatures, files and
/// events; that is empty without poppler.
fn january(session: &Session) -> (serde_json::Value, BTreeSet<String>) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("result");
    let (from, to) = (Some(day("2026-01-01")), Some(day("2026-01-31")));
    let layout = Layout::default();
    session.export_folder(&ExportFolder { account: None, from, to, out: out.clone(), identity: None, layout }).unwrap();
    let text = std::process::Command::new("pdftotext").arg("-layout").arg(out.join("report.pdf")).arg("-").output();
    let text = text.map(|answer| String::from_utf8(answer.stdout).unwrap()).unwrap_or_default();
    let trail = text.lines().map(str::trim).skip_while(|line| !line.ends_with("Decisions and overrides"));
    let trail = trail.take_while(|line| !line.ends_with("Evidence"));
    // Where pages end depends on what stands before.
    let told = trail.filter(|line| !line.contains("(continued)") && !line.contains("page "));
    let told = told.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|line| !line.is_empty());
    (serde_json::from_slice(&std::fs::read(out.join("report.json")).unwrap()).unwrap(), told.collect())
}

#[test]
fn the_report_of_a_signed_month_says_what_was_signed_and_what_happened_since() {
    let (session, folder) = session();
    let id = prepared(&session).proof.period.id;
    sign_in(&session, "Ben");
    session.review_period(id, seen(&session, id), "").unwrap();
    session.lock_period(id, seen(&session, id), "").unwrap();
    sign_in(&session, "Ada");
    let (before, trail_before) = january(&session);
    // References and amounts of what is listed as missing on either side.
    let missing = |report: &serde_json::Value| {
        let sides = ["unmatched_statement_lines", "unmatched_ledger_entries"];
        let rows = sides.map(|side| report["missing_transactions"][side]["rows"].as_array().unwrap().clone());
        rows.concat().iter().map(|row| format!("{} {}", row["reference"], row["amount"]["amount"])).collect::<Vec<_>>()
    };
    assert_eq!(missing(&before), [r#""Account fee" "-2.50""#, r#""RE-2" "60.00""#]);
    assert_eq!(before["report_metadata"]["signed_period"]["since"], serde_json::json!([]));

    // The fee is booked in February and settled, and an invoice of January comes late.
    take(
        &session,
        &folder,
        Side::Ledger,
        "late.csv",
        "number,date,counterparty,amount,currency\nFEE,2026-02-02,Bank,-2.50,EUR\nRE-8,2026-01-15,Elm,8.00,EUR\n",
    );
    session.run_matching(None, &|_| {}).unwrap();
    let all = ApproveAbove { confidence: Confidence::from_ppm(0), execute: true, expected_count: None };
    session.approve_above(&all).unwrap();
    let sheet = session.period(id).unwrap();
    assert_eq!(sheet.since.as_ref().unwrap().lines_settled.items, 1, "the fee is settled");
    let (after, trail) = january(&session);
    assert_eq!(trail, trail_before, "no decision, file, run or event that came later");
    if !trail.is_empty() {
        for words in ["period.locked", "reviewed", "approved", "Ben"] {
            assert!(trail.iter().any(|line| line.contains(words)), "{words}: {trail:?}");
        }
    }
    assert_eq!(missing(&after), missing(&before), "it lists what was signed");
    assert!(after["missing_transactions"].to_string().contains("settled later"));
    assert_eq!(after["reconciliation_summary"], before["reconciliation_summary"]);
    let signed = &after["report_metadata"]["signed_period"];
    assert_eq!(signed["differs"], serde_json::Value::Null);
    let since: Vec<&str> = signed["since"].as_array().unwrap().iter().map(|told| told.as_str().unwrap()).collect();
    assert_eq!(
        since,
        [
            "Settled later: 1 line outstanding at 2026-01-31, -2.50 EUR. The lists below show what was signed.",
            "Came late: 1 entry dated up to 2026-01-31, 8.00 EUR, not counted when the period was signed and not listed \
             below.",
        ]
    );
}

#[test]
fn an_entry_that_is_settled_after_the_days_of_a_report_is_told_so_signed_or_not() {
    let (session, _folder) = session();
    let told = || {
        let missing = january(&session).0["missing_transactions"].to_string();
        assert!(missing.contains("RE-2") && !missing.contains("not looked at"), "{missing}");
        missing.matches("outstanding on the last day, settled later").count()
    };
    sign_in(&session, "Ada");
    assert_eq!(told(), 1, "RE-2 is paid in February");
    let id = prepared(&session).proof.period.id;
    sign_in(&session, "Ben");
    session.review_period(id, seen(&session, id), "").unwrap();
    session.lock_period(id, seen(&session, id), "").unwrap();
    sign_in(&session, "Ada");
    assert_eq!(told(), 1);
}

#[test]
fn an_approval_that_was_taken_back_before_the_signature_settles_nothing_in_its_report() {
    let (session, folder) = session();
    let fee = "number,date,counterparty,amount,currency\nFEE,2026-02-02,Bank,-2.50,EUR\n";
    take(&session, &folder, Side::Ledger, "fee.csv", fee);
    session.run_matching(None, &|_| {}).unwrap();
    let all = ApproveAbove { confidence: Confidence::from_ppm(0), execute: true, expected_count: None };
    let looked = session.approve_above(&ApproveAbove { execute: false, ..all.clone() }).unwrap();
    assert!(looked.act.is_none(), "a look is no act");
    let approved = session.approve_above(&all).unwrap().act.expect("the act as which it was done");
    assert_eq!(approved.id, session.acts(0, 1).unwrap().rows[0].id);
    session.undo(Some(approved.id)).unwrap();
    let id = prepared(&session).proof.period.id;
    sign_in(&session, "Ben");
    session.review_period(id, seen(&session, id), "").unwrap();
    session.lock_period(id, seen(&session, id), "").unwrap();
    sign_in(&session, "Ada");
    let before = january(&session).0;
    // The fee was booked in February: approved again, it settles the line of January there.
    session.approve_above(&all).unwrap();
    assert_eq!(session.period(id).unwrap().since.unwrap().lines_settled.items, 1);
    let after = january(&session).0;
    assert_eq!(after["reconciliation_summary"], before["reconciliation_summary"]);
    let lines = |report: &serde_json::Value| {
        let rows = &report["missing_transactions"]["unmatched_statement_lines"]["rows"];
        rows.as_array().unwrap().iter().map(|row| row["reference"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((lines(&before), lines(&after)), (vec!["Account fee".into()], vec!["Account fee".into()]));
}

#[test]
fn the_report_says_where_the_rest_of_a_line_stands_that_is_settled_in_part() {
    let (session, folder) = session();
    let part = "number,date,counterparty,amount,currency\nFEE,2026-01-31,Bank,-1.00,EUR\n";
    take(&session, &folder, Side::Ledger, "part.csv", part);
    let open = |side| {
        let request =
            OpenRecordsRequest { side, search: String::new(), near_amount: None, currency: None, offset: 0, limit: 9 };
        session.open_records(&request).unwrap().rows
    };
    let id = |side, amount: &str| {
        open(side).into_iter().find(|row| row.amount.to_decimal().to_string() == amount).unwrap().id
    };
    let (RecordId::Line(line), RecordId::Entry(entry)) = (id(Side::Statement, "-2.50"), id(Side::Ledger, "-1.00"))
    else {
        panic!("a line and an entry");
    };
    let lines = vec![HandRecord { id: line, part: Some("-1.00".parse().unwrap()), open: None }];
    let group = HandGroup { lines, entries: vec![entry.into()], ..HandGroup::default() };
    session.match_by_hand(&MatchByHand { groups: vec![group], reason: "part".to_owned() }).unwrap();
    let period = prepared(&session);
    assert_eq!(period.proof.now.proof.lines_outstanding.to_decimal().to_string(), "-1.50");
    sign_in(&session, "Ada");
    let report = january(&session).0;
    assert_eq!(report["missing_transactions"]["unmatched_statement_lines"]["rows"], serde_json::json!([]));
    let since = &report["report_metadata"]["signed_period"]["since"];
    assert_eq!(
        since,
        &serde_json::json!([
            "Settled in part: 1 line, of which -1.50 EUR is outstanding, stood in a match: listed below with the matches."
        ])
    );
}

#[test]
fn a_balance_by_hand_is_read_as_everything_people_type() {
    let (session, _folder) = session();
    let account = session.account_named(Some("Current")).unwrap();
    let id = session.open_period(account, None, Some(day("2026-01-31"))).unwrap().proof.period.id;
    let balances = PrepareBalances { opening: Some(("1.000".parse().unwrap(), "letter".to_owned())), closing: None };
    let refused = session.prepare_period(id, seen(&session, id), &balances, "").unwrap_err().to_string();
    assert!(refused.contains("1.000"), "{refused}");
}

#[test]
fn who_signs_names_what_they_looked_at() {
    let (session, _folder) = session();
    let id = prepared(&session).proof.period.id;
    sign_in(&session, "Ben");
    let looked_at = seen(&session, id);
    // Petra takes it back and prepares it anew; nothing changed but the act.
    sign_in(&session, "Petra");
    session.take_period_back(id, looked_at, "a typo").unwrap();
    sign_in(&session, "Ben");
    let refused = session.review_period(id, looked_at, "").unwrap_err();
    assert!(matches!(refused, ApplicationError::Workbook(WorkbookError::Period(PeriodError::NotAsSeen))), "{refused}");
    sign_in(&session, "Petra");
    let refused = session.prepare_period(id, looked_at, &PrepareBalances::default(), "").unwrap_err();
    assert!(matches!(refused, ApplicationError::Workbook(WorkbookError::Period(PeriodError::NotAsSeen))), "{refused}");
    session.prepare_period(id, seen(&session, id), &PrepareBalances::default(), "").unwrap();
}
