//! Whatever leaves the workbook is told of in its audit log, with the digest of every file; an older copy is accepted by
//! whoever answers for it; the log is searched.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::{fs, path::PathBuf, sync::Arc};

use sha2::Digest as _;
use tempfile::TempDir;
use tieout_application::{
    ApplicationError, Attach, AuditSearch, Currency, Environment, Existing, ExportFolder, ExportReport, ImportFile,
    Layout, NewWorkbook, OpenWorkbook, ProofRequest, Session, Side,
    grids::{GridKind, GridQuery, GridRange, GridTextStyle},
};
use tieout_workbook::{MemoryKeyStore, SteppingClock};

const PASSPHRASE: &str = "correct horse battery";

struct Desk {
    session: Session,
    folder: TempDir,
}

impl Desk {
    /// A workbook with so many lines.
    fn new(lines: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = Session::new(Environment {
            clock: Arc::new(SteppingClock::from_ms(1_700_000_000_000)),
            keys: Arc::new(MemoryKeyStore::default()),
            reader: PathBuf::new(),
            data_folder: folder.path().join("data"),
            documents: folder.path().join("Reports"),
        });
        let new = NewWorkbook {
            path: folder.path().join("joinery.tieout"),
            passphrase: PASSPHRASE.to_owned().into(),
            company: "Joinery Ltd".to_owned(),
            user: "Ada Byron".to_owned(),
            currency: Currency::parse("EUR").unwrap(),
            single_user: true,
            remember: false,
        };
        session.create_workbook(new).unwrap();
        let desk = Self { session, folder };
        let rows: String = (1..=lines).map(|row| format!("2026-01-02,Shell {row},-{row}.00,EUR\n")).collect();
        fs::write(desk.path("bank.csv"), format!("date,description,amount,currency\n{rows}")).unwrap();
        let file = ImportFile {
            path: desk.path("bank.csv"),
            side: Side::Statement,
            account: None,
            mapping: None,
            leave_out_rejected: false,
            file_bytes_max: None,
        };
        desk.session.import_file(&file, &|_| {}).unwrap();
        fs::create_dir(desk.path("Reports")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn events(&self) -> u64 {
        self.session.find_events(&AuditSearch::default(), 0, 1).unwrap().total
    }

    /// Exports something, and checks that one event tells of these files as they lie there.
    #[track_caller]
    fn check(&self, kind: &str, folder: &str, names: &[&str], export: impl FnOnce()) {
        let before = self.events();
        export();
        let log = self.session.find_events(&AuditSearch::default(), 0, 1).unwrap();
        let event = &log.events[0];
        assert_eq!(log.total, before + 1, "{kind}");
        let details: serde_json::Value = serde_json::from_str(&event.details).unwrap();
        assert_eq!((details["kind"].as_str(), details["place"].as_str()), (Some(kind), Some(folder)));
        let signed = if matches!(kind, "report" | "folder") { "report.exported" } else { "data.exported" };
        assert_eq!((event.action.as_str(), event.actor.as_str()), (signed, "Ada Byron"));
        let told = details["files"].as_array().unwrap();
        assert_eq!(told.iter().map(|file| file["name"].as_str().unwrap()).collect::<Vec<_>>(), names);
        for file in told {
            let content = fs::read(self.path(folder).join(file["name"].as_str().unwrap())).unwrap();
            let digest: String = sha2::Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!((file["bytes"].as_u64(), file["sha256"].as_str()), (Some(content.len() as u64), Some(&*digest)));
        }
        let home = self.folder.path().to_string_lossy().into_owned();
        assert!(!event.details.contains(&home) && !event.subject.contains(&home), "{event:?}");
    }
}

#[test]
fn every_kind_of_file_that_is_written_is_one_event() {
    let desk = Desk::new(3);
    let session = &desk.session;
    let account = session.workbook().unwrap().accounts[0].id;
    let into = |name: &str| desk.path("Reports").join(name);
    let layout = Layout::default();
    desk.check("report", "Reports", &["january.pdf"], || {
        let scope = ProofRequest { account, from: None, to: None };
        session.export_report(&ExportReport { scope, path: Some(into("january.pdf")), layout }).unwrap();
    });
    let names = ["matches.csv", "exceptions.csv", "report.json", "report.pdf"];
    desk.check("folder", "Reports", &names, || {
        let folder = ExportFolder { account: None, from: None, to: None, out: into(""), identity: None, layout };
        session.export_folder(&folder).unwrap();
    });
    let fuel = session.add_category("Fuel").unwrap();
    session.add_category_pattern(fuel, "shell").unwrap();
    desk.check("patterns", "Reports", &["patterns.csv"], || {
        session.export_category_patterns(&into("patterns.csv"), Existing::Keep).unwrap();
    });
    desk.check("categories", "Reports", &["categories.csv"], || {
        session.export_categories(&into("categories.csv"), Existing::Keep, &|_| {}).unwrap();
    });
    desk.check("audit", "Reports", &["log.jsonl"], || {
        session.export_audit_log(&into("log.jsonl"), Existing::Keep).unwrap();
    });
    let all = session.grid_page(&GridQuery::all(GridKind::Lines), 0, 1).unwrap();
    let line = all.rows[0].id.to_string();
    let attached = Attach::Bytes { name: "note.txt".to_owned(), content: b"seen".to_vec() };
    session.attach(&[line], attached).unwrap();
    let hash = tieout_application::Digest::from_bytes(sha2::Sha256::digest(b"seen").into());
    desk.check("evidence", "Reports", &["note.txt"], || session.save_evidence(hash, &into("note.txt")).unwrap());
    assert!(session.verify_workbook().unwrap().valid);
}

#[test]
fn a_file_that_cannot_be_written_leaves_no_event() {
    let desk = Desk::new(1);
    let before = desk.events();
    fs::write(desk.path("Reports").join("log.jsonl"), "another").unwrap();
    let refused = desk.session.export_audit_log(&desk.path("Reports").join("log.jsonl"), Existing::Keep);
    assert!(matches!(refused, Err(ApplicationError::Open(_))), "{refused:?}");
    assert_eq!(desk.events(), before);
    assert!(!desk.path("Reports").join("log.jsonl.partial").exists());
}

#[test]
fn a_large_copy_is_told_of_and_a_small_one_is_reading() {
    let desk = Desk::new(1_200);
    let range = |rows: u64| GridRange {
        query: GridQuery::all(GridKind::Lines),
        rows: std::iter::once(0..rows).collect(),
        columns: vec![tieout_application::grids::GridColumn::Amount],
        seen: None,
    };
    let before = desk.events();
    desk.session.grid_text(&range(999), &GridTextStyle::default()).unwrap();
    assert_eq!(desk.events(), before);
    let copied = desk.session.grid_text(&range(1_000), &GridTextStyle::default()).unwrap();
    let log = desk.session.find_events(&AuditSearch::default(), 0, 1).unwrap();
    assert_eq!((log.total, log.events[0].subject.as_str()), (before + 1, "copy of 1000 lines"));
    assert!(log.events[0].details.contains(&format!("\"bytes\":{}", copied.text.len())));
}

#[test]
fn the_log_is_searched_by_words_person_act_and_day() {
    let desk = Desk::new(2);
    desk.session.add_category("Fuel").unwrap();
    let found = |wanted: AuditSearch| -> Vec<String> {
        let log = desk.session.find_events(&wanted, 0, 50).unwrap();
        assert_eq!(log.total, log.events.len() as u64);
        log.events.into_iter().map(|event| event.action).collect()
    };
    let nothing = AuditSearch::default;
    let all = found(nothing());
    assert!(all.len() > 3);
    assert_eq!(found(AuditSearch { search: "fuel".to_owned(), ..nothing() }), ["category.added"]);
    assert_eq!(found(AuditSearch { action: Some("workbook.created".to_owned()), ..nothing() }), ["workbook.created"]);
    assert_eq!(found(AuditSearch { actor: Some("Ada Byron".to_owned()), ..nothing() }), all);
    assert!(found(AuditSearch { actor: Some("Eve".to_owned()), ..nothing() }).is_empty());
    let day = |text: &str| Some(text.parse().unwrap());
    assert_eq!(found(AuditSearch { from: day("2023-11-14"), to: day("2023-11-14"), ..nothing() }), all);
    assert!(found(AuditSearch { from: day("2023-11-15"), ..nothing() }).is_empty());
    assert!(found(AuditSearch { to: day("2023-11-13"), ..nothing() }).is_empty());
}

#[test]
fn an_older_copy_warns_until_it_is_accepted_with_a_reason() {
    let desk = Desk::new(1);
    let book = desk.path("joinery.tieout");
    let open = || {
        let passphrase = Some(PASSPHRASE.to_owned().into());
        desk.session.open_workbook(OpenWorkbook { path: book.clone(), passphrase, remember: false }).unwrap()
    };
    desk.session.close_workbook().unwrap();
    let older = fs::read(&book).unwrap();
    assert!(!open().rolled_back);
    desk.session.add_category("Fuel").unwrap();
    desk.session.close_workbook().unwrap();
    fs::write(&book, older).unwrap();

    let facts = open();
    assert!(facts.rolled_back && facts.warning.is_some());
    assert!(!desk.session.verify_workbook().unwrap().valid);
    desk.session.accept_history(" ").unwrap_err();
    assert!(desk.session.workbook().unwrap().rolled_back);
    desk.session.accept_history("the disk failed").unwrap();
    assert_eq!(desk.session.workbook().unwrap().warning, None);
    assert!(desk.session.verify_workbook().unwrap().valid);
    desk.session.close_workbook().unwrap();
    assert!(!open().rolled_back);
}
