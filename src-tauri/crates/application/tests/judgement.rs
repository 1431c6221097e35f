//! What a session says of risk and compliance, against the report of the same workbook; and that no answer is kept
//! longer than it is true.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod desk;

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;
use tieout_application::{
    CauseText, Configuration, ExportFolder, ExportReport, ImportFile, Layout, PolicyText, ProofRequest, QueueFilter,
    QueueRequest, Session, Side,
    figures::{ExceptionQuery, FiguresRequest},
};
use tieout_domain::JudgementReason;

/// A workbook with the year 2025, matched, and the folder it lies in.
fn year() -> (Session, TempDir) {
    let (session, folder, _) = desk::session(|_| {});
    for (name, side) in [("statement-2025.csv", Side::Statement), ("ledger-2025.csv", Side::Ledger)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../sample-data/bank").join(name);
        let file =
            ImportFile { path, side, account: None, mapping: None, leave_out_rejected: false, file_bytes_max: None };
        session.import_file(&file, &|_| {}).unwrap();
    }
    session.run_matching(None, &|_| {}).unwrap();
    (session, folder)
}

/// What the report of the workbook says in `financial_impact`.
fn reported(session: &Session, out: &Path) -> Value {
    session
        .export_folder(&ExportFolder {
            account: None,
            from: None,
            to: None,
            identity: None,
            layout: Layout::default(),
            out: out.to_owned(),
        })
        .unwrap();
    let report = std::fs::read_to_string(out.join("report.json")).unwrap();
    serde_json::from_str::<Value>(&report).unwrap()["financial_impact"].clone()
}

#[test]
fn risk_and_compliance_are_those_of_the_report() {
    let (session, folder) = year();
    let account = session.workbook().unwrap().accounts[0].id.to_string();
    let reported = reported(&session, &folder.path().join("report"));
    for account in [None, Some(account)] {
        let judgement = session.judgement(&FiguresRequest { account, ..FiguresRequest::default() }).unwrap();
        let (findings, limits) = (&judgement.findings, &judgement.limits);
        assert!(findings.balances_hold);
        assert_eq!(reported["risk_level"], findings.risk(limits).as_str());
        assert_eq!(reported["compliance_status"], findings.compliance(limits).as_str());
        let reasons: Vec<_> = findings.reasons(limits).into_iter().map(JudgementReason::as_str).collect();
        assert_eq!(reported["reasons"], serde_json::json!(reasons));
        let [of] = judgement.discrepancies[..] else { panic!("one currency") };
        let told = &reported["discrepancy_rate"][0];
        let rate = of.rate().unwrap();
        assert_eq!(told["rate"], format!("{}.{:04}", rate / 10_000, rate % 10_000));
        for (name, minor) in [("discrepancy", of.discrepancy), ("volume", of.volume)] {
            assert_eq!(told[name], format!("{}.{:02}", minor / 100, minor % 100), "{name}");
        }
    }
}

#[test]
fn the_report_of_the_window_is_judged_by_the_limits_of_the_workbook() {
    let (session, folder) = year();
    let account = session.workbook().unwrap().accounts[0].id;
    let read = |name: &str| {
        let scope = ProofRequest { account, from: None, to: None };
        let path = folder.path().join(name);
        session.export_report(&ExportReport { scope, path: Some(path.clone()), layout: Layout::default() }).unwrap();
        let answer = std::process::Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().ok()?;
        Some(String::from_utf8(answer.stdout).unwrap())
    };
    let Some(usual) = read("usual.pdf") else { return };
    assert!(usual.contains("Risk medium · non compliant"), "{usual}");
    let wide = "[figures]\nvariance_percent = \"100\"\nrisk_medium_percent = \"90\"\nrisk_high_percent = \"95\"\n";
    session.save_matching_settings(&Configuration::parse(wide, None).unwrap()).unwrap();
    let judged = read("wide.pdf").unwrap();
    assert!(judged.contains("Risk low · compliant") && judged.contains("90.00 %"), "{judged}");
    assert!(judged.contains("Nothing speaks against signing it off."), "{judged}");
}

/// Another account misses an entry of high value, and the policy accepted a part of what is open.
#[test]
fn a_judgement_is_that_of_the_report_with_a_policy_and_two_accounts_too() {
    let (session, folder) = year();
    let path = folder.path().join("dollars.csv");
    std::fs::write(&path, "date,description,amount,currency\n2025-06-01,Unknown,20000.00,USD\n").unwrap();
    let mapping = folder.path().join("dollars.toml");
    let columns = ["date", "description", "amount", "currency"].map(|name| format!("{name} = \"{name}\"\n")).concat();
    let reading = "side = \"statement\"\ndate_order = \"year_month_day\"\ndecimal_mark = \"point\"\n";
    std::fs::write(&mapping, format!("{reading}[columns]\n{columns}")).unwrap();
    let file = ImportFile {
        path,
        side: Side::Statement,
        account: Some("Dollars".to_owned()),
        mapping: Some(mapping),
        leave_out_rejected: false,
        file_bytes_max: None,
    };
    session.import_file(&file, &|_| {}).unwrap();
    let limit = |cause: &str| CauseText { cause: cause.to_owned(), amount: "4000".to_owned(), ..CauseText::default() };
    let causes = vec![limit("missing_in_bank"), limit("missing_in_ledger")];
    session.save_policy(&PolicyText { causes, ..PolicyText::default() }, "small").unwrap();
    let run = session.run_matching(None, &|_| {}).unwrap();
    assert!(run.accepted > 0);
    for (number, account) in session.workbook().unwrap().accounts.iter().enumerate() {
        let id = account.id.to_string();
        let out = folder.path().join(format!("report-{number}"));
        let request = ExportFolder {
            account: Some(id.clone()),
            from: None,
            to: None,
            identity: None,
            layout: Layout::default(),
            out: out.clone(),
        };
        session.export_folder(&request).unwrap();
        let report: Value = serde_json::from_str(&std::fs::read_to_string(out.join("report.json")).unwrap()).unwrap();
        let reported = &report["financial_impact"];
        let judgement = session.judgement(&FiguresRequest { account: Some(id), ..FiguresRequest::default() }).unwrap();
        let (findings, limits) = (&judgement.findings, &judgement.limits);
        assert_eq!(reported["risk_level"], findings.risk(limits).as_str(), "{}", account.name);
        assert_eq!(reported["compliance_status"], findings.compliance(limits).as_str(), "{}", account.name);
        let reasons: Vec<_> = findings.reasons(limits).into_iter().map(JudgementReason::as_str).collect();
        assert_eq!(reported["reasons"], serde_json::json!(reasons), "{}", account.name);
        let [of] = judgement.discrepancies[..] else { panic!("one currency") };
        let told = &reported["discrepancy_rate"][0];
        assert_eq!(told["discrepancy"], format!("{}.{:02}", of.discrepancy / 100, of.discrepancy % 100));
    }
}

#[test]
fn an_account_is_found_by_its_identifier_as_by_its_name() {
    let (session, _folder) = year();
    let account = &session.workbook().unwrap().accounts[0];
    let ask = |name: String| {
        let report = session.figures(&FiguresRequest { account: Some(name), ..FiguresRequest::default() }).unwrap();
        (report.account, report.figures)
    };
    assert_eq!(ask(account.id.to_string()), ask(account.name.clone()));
}

#[test]
fn an_answer_is_kept_until_something_changes_and_no_longer() {
    let (session, _folder) = year();
    let request = FiguresRequest::default();
    let before = session.figures(&request).unwrap().figures;
    let judged = session.judgement(&request).unwrap();
    assert_eq!(session.figures(&request).unwrap().figures, before);

    // A person approves the first suggestion: more is matched; undone, all is as before.
    let queue = QueueRequest { filter: QueueFilter::Suggested, limit: 1, ..QueueRequest::default() };
    let id = session.review_queue(&queue).unwrap().rows[0].id.parse().unwrap();
    let content = session.match_detail(id).unwrap().content;
    let verdict = tieout_application::Decide { match_id: id, approve: true, content, reason: String::new() };
    session.decide(&verdict).unwrap();
    let after = session.figures(&request).unwrap().figures;
    assert_eq!(after.lines_matched, before.lines_matched + 1);
    session.undo(None).unwrap();
    assert_eq!(session.figures(&request).unwrap().figures, before);

    // An entry more in the books makes another volume.
    let extra = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
    let columns = "Document no,Type,Date,Due date,Account code,Name,Amount,Currency,Reference,Text";
    let row = "QX-1,Invoice,2025-05-05,2025-06-04,19999,New Customer,77.03,EUR,,Shelf";
    std::fs::write(extra.path(), format!("{columns}\n{row}\n")).unwrap();
    let path = extra.path().to_owned();
    let file = ImportFile {
        path,
        side: Side::Ledger,
        account: None,
        mapping: None,
        leave_out_rejected: false,
        file_bytes_max: None,
    };
    session.import_file(&file, &|_| {}).unwrap();
    session.run_matching(None, &|_| {}).unwrap();
    let judged_anew = session.judgement(&request).unwrap();
    assert_eq!(judged_anew.discrepancies[0].volume, judged.discrepancies[0].volume + 7_703);
    let totals = session.exception_totals(&ExceptionQuery { search: "QX-1".to_owned(), ..ExceptionQuery::default() });
    assert_eq!(totals.unwrap().exceptions, 1);
}
