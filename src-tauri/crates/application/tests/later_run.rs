//! A later run of the engine over a workbook in which people have decided, on the sample files.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use tempfile::TempDir;
use tieout_application::{
    Configuration, Currency, Decide, Environment, ImportFile, NewWorkbook, QueueFilter, QueueRequest, RowState,
    RunSummary, Session, Side,
};
use tieout_domain::MatchId;
use tieout_workbook::{MemoryKeyStore, SteppingClock};

struct Desk {
    session: Session,
    folder: TempDir,
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../sample-data/bank").join(name)
}

impl Desk {
    /// A workbook with the year 2025.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = Session::new(Environment {
            clock: Arc::new(SteppingClock::from_ms(1_700_000_000_000)),
            keys: Arc::new(MemoryKeyStore::default()),
            reader: PathBuf::new(),
            data_folder: folder.path().join("data"),
            documents: folder.path().to_owned(),
        });
        session
            .create_workbook(NewWorkbook {
                path: folder.path().join("joinery.tieout"),
                passphrase: "correct horse battery".to_owned().into(),
                company: "Lindqvist & Amara".to_owned(),
                user: "Ada".to_owned(),
                currency: Currency::parse("EUR").unwrap(),
                single_user: true,
                remember: false,
            })
            .unwrap();
        let desk = Self { session, folder };
        desk.import("statement-2025.csv", Side::Statement);
        desk.import("ledger-2025.csv", Side::Ledger);
        desk
    }

    fn import(&self, name: &str, side: Side) {
        let file = ImportFile {
            path: sample(name),
            side,
            account: None,
            mapping: None,
            leave_out_rejected: false,
            file_bytes_max: None,
        };
        self.session.import_file(&file, &|_| {}).unwrap();
    }

    fn run(&self) -> RunSummary {
        self.session.run_matching(None, &|_| {}).unwrap()
    }

    fn matches(&self, filter: QueueFilter) -> BTreeSet<MatchId> {
        let request = QueueRequest { filter, search: String::new(), offset: 0, limit: 500 };
        let page = self.session.review_queue(&request).unwrap();
        page.rows
            .iter()
            .filter(|row| matches!(row.state, RowState::Match { .. }))
            .map(|row| row.id.parse().unwrap())
            .collect()
    }

    fn decide(&self, id: MatchId, approve: bool) {
        let content = self.session.match_detail(id).unwrap().content;
        self.session.decide(&Decide { match_id: id, approve, content, reason: String::new() }).unwrap();
    }
}

#[test]
fn a_run_over_what_did_not_change_changes_nothing() {
    let desk = Desk::new();
    // Nothing is approved by the policy, so that the second run finds the same records open.
    let file = desk.folder.path().join("careful.toml");
    std::fs::write(&file, "[auto_approve]\nconfidence = 1.0\n").unwrap();
    let careful = Configuration::read(&file, None).unwrap();
    let run = || desk.session.run_matching(Some(&careful), &|_| {}).unwrap();
    let first = run();
    let before = desk.matches(QueueFilter::Suggested);
    assert!(before.len() > 150, "{first:?}");
    let second = run();
    assert_eq!((second.approved, second.suggested), (0, first.suggested));
    assert_eq!(desk.matches(QueueFilter::Suggested), before);
}

#[test]
fn a_line_without_a_match_says_what_came_nearest_and_what_it_lacked() {
    let desk = Desk::new();
    desk.run();
    let request = QueueRequest { filter: QueueFilter::UnmatchedLines, search: String::new(), offset: 0, limit: 500 };
    let rows = desk.session.review_queue(&request).unwrap().rows;
    let hints: Vec<String> =
        rows.iter().map(|row| desk.session.exception_detail(&row.id.to_string()).unwrap().hint).collect();
    let told = hints.iter().filter(|hint| hint.starts_with("nearest: ") && hint.contains("; total "));
    assert!(told.count() > 0, "{hints:?}");
}

#[test]
fn decisions_stand_while_new_lines_are_matched_and_what_was_rejected_does_not_come_back() {
    let desk = Desk::new();
    desk.run();
    let mut waiting = desk.matches(QueueFilter::Suggested).into_iter();
    let (approved, rejected) = (waiting.next().unwrap(), waiting.next().unwrap());
    desk.decide(approved, true);
    desk.decide(rejected, false);
    let detail = |id| desk.session.match_detail(id).unwrap();
    let decided: Vec<MatchId> = desk.matches(QueueFilter::Approved).into_iter().chain([rejected]).collect();
    let told = || -> Vec<String> {
        let details = decided.iter().map(|id| detail(*id));
        details.map(|detail| format!("{:?} {:?} {:?}", detail.row, detail.content, detail.decisions)).collect()
    };
    let before = told();
    let records = |id| {
        let detail = detail(id);
        let ids = detail.lines.iter().chain(&detail.entries).map(|record| format!("{:?}", record.id));
        ids.collect::<BTreeSet<String>>()
    };
    let refused = records(rejected);
    desk.import("statement-2026-01.csv", Side::Statement);
    desk.run();
    assert!(told() == before, "a decision changed");
    let live = desk.matches(QueueFilter::Suggested).into_iter().chain(desk.matches(QueueFilter::Approved));
    assert!(live.map(records).all(|found| found != refused), "the rejected match came back");
}
