//! What the child does until it is killed. It says what it has done after each step, and then only.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use tieout_application::{
    ApplicationError, ApproveAbove, AuditSearch, Currency, Decide, Environment, ExportFolder, ExportReport, ImportFile,
    Layout, NewWorkbook, OpenWorkbook, PrepareBalances, ProofRequest, QueueFilter, QueueRequest, Session, Side,
    WorkbookFacts,
};
use tieout_domain::{Confidence, Digest, PeriodId};
use tieout_workbook::SystemClock;

use crate::keys::FileKeys;

/// What opens the workbook at first.
pub(crate) const PASSPHRASE: &str = "correct horse battery";
/// What the child writes before each thing it says.
pub(crate) const SAYS: &str = "kills: ";
/// How often an operation is done in one life of the child.
const TIMES: u32 = 4;
/// Proposals that are approved in one life.
const APPROVED: u32 = 12;

/// What goes on when the process is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Import,
    Match,
    Approve,
    Undo,
    Close,
    Export,
    BackUp,
    Migrate,
    ChangePassphrase,
}

use Operation::{Approve, BackUp, ChangePassphrase, Close, Export, Import, Match, Migrate, Undo};

impl Operation {
    pub(crate) const ALL: [Self; 9] = [Import, Match, Approve, Undo, Close, Export, BackUp, Migrate, ChangePassphrase];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Import => "import",
            Match => "match",
            Approve => "approve",
            Undo => "undo",
            Close => "close",
            Export => "export",
            BackUp => "backup",
            Migrate => "migrate",
            ChangePassphrase => "rekey",
        }
    }

    pub(crate) fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|operation| operation.name() == name).unwrap()
    }

    /// The prepared folder it starts from.
    pub(crate) const fn base(self) -> &'static str {
        match self {
            Import | Match | BackUp | ChangePassphrase => "taken-in",
            Approve => "proposed",
            Undo | Close | Export => "approved",
            Migrate => "old",
        }
    }
}

/// The machine of a folder: its workbook, keys and documents.
pub(crate) fn environment(folder: &Path) -> Environment {
    Environment {
        clock: Arc::new(SystemClock),
        keys: Arc::new(FileKeys::new(folder.join("keys"))),
        reader: PathBuf::new(),
        data_folder: folder.join("data"),
        documents: folder.to_owned(),
    }
}

pub(crate) fn session(folder: &Path) -> Session {
    Session::new(environment(folder))
}

pub(crate) fn open(session: &Session, folder: &Path, passphrase: &str) -> Result<WorkbookFacts, ApplicationError> {
    let path = folder.join("joinery.tieout");
    session.open_workbook(OpenWorkbook { path, passphrase: Some(passphrase.to_owned().into()), remember: false })
}

/// The passphrase after so many changes.
pub(crate) fn passphrase(changes: usize) -> String {
    if changes == 0 { PASSPHRASE.to_owned() } else { format!("{PASSPHRASE} {changes}") }
}

/// All that an operation changes, without what differs from one life to another.
pub(crate) fn state(session: &Session) -> String {
    let counts = session.workbook().unwrap().counts;
    let mut events = BTreeMap::new();
    for event in session.find_events(&AuditSearch::default(), 0, 500).unwrap().events {
        // An import that was cut off is told of when the workbook is opened next, and is none of its records.
        if event.action != "import.interrupted" {
            *events.entry(event.action).or_insert(0) += 1;
        }
    }
    let queue = session.review_queue(&queue()).unwrap();
    let periods: Vec<_> = session
        .workbook()
        .unwrap()
        .accounts
        .iter()
        .flat_map(|account| session.periods(account.id).unwrap().periods)
        .map(|period| period.state)
        .collect();
    format!("{counts:?} {events:?} {} {} {periods:?}", queue.total, queue.undoable.is_some())
}

/// Makes the prepared folders below this one.
pub(crate) fn prepare(root: &Path, rows: u32) {
    let taken_in = root.join("taken-in");
    fs::create_dir_all(&taken_in).unwrap();
    let desk = session(&taken_in);
    let new = NewWorkbook {
        path: taken_in.join("joinery.tieout"),
        passphrase: PASSPHRASE.to_owned().into(),
        company: "Joinery Ltd".to_owned(),
        user: "Ada".to_owned(),
        currency: Currency::parse("EUR").unwrap(),
        single_user: true,
        remember: false,
    };
    desk.create_workbook(new).unwrap();
    write_files(&taken_in, rows);
    take(&desk, &taken_in, Side::Statement, "bank.csv");
    take(&desk, &taken_in, Side::Ledger, "ledger.csv");
    desk.close_workbook().unwrap();
    let proposed = then(&taken_in, &root.join("proposed"), |desk| {
        desk.run_matching(None, &|_| {}).unwrap();
    });
    then(&proposed, &root.join("approved"), |desk| {
        let all = ApproveAbove { confidence: Confidence::from_ppm(0), execute: true, expected_count: None };
        assert!(desk.approve_above(&all).unwrap().count > 0);
    });
    let old = root.join("old");
    fs::create_dir_all(&old).unwrap();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kills/first-version.book");
    fs::copy(kept, old.join("joinery.tieout")).unwrap();
}

fn then(from: &Path, to: &Path, change: impl FnOnce(&Session)) -> PathBuf {
    crate::copy(from, to);
    let desk = session(to);
    open(&desk, to, PASSPHRASE).unwrap();
    change(&desk);
    desk.close_workbook().unwrap();
    to.to_owned()
}

/// Payments of January that name nobody's invoice number, so that a person must look at each, and four more files.
fn write_files(folder: &Path, rows: u32) {
    let bank = |file: u32| -> String {
        let first = file * rows;
        let mut balance = 1_000 + u64::from(first);
        let mut text = "date,description,amount,currency,balance\n".to_owned();
        for row in first..first + rows {
            let amount = 100 + u64::from(row);
            balance += amount;
            let day =
                if file == 0 { format!("2026-01-{:02}", 1 + row * 28 / rows) } else { format!("2026-02-{file:02}") };
            text += &format!("{day},Payment Alder {row},{amount}.00,EUR,{balance}.00\n");
        }
        text
    };
    let ledger: String = (0..rows)
        .map(|row| format!("RE-{row},2025-12-{:02},Alder {row},{}.00,EUR\n", 1 + row % 28, 100 + row))
        .collect();
    fs::write(folder.join("bank.csv"), bank(0)).unwrap();
    fs::write(folder.join("ledger.csv"), format!("number,date,counterparty,amount,currency\n{ledger}")).unwrap();
    for file in 1..=TIMES {
        fs::write(folder.join(format!("bank-{file}.csv")), bank(file)).unwrap();
    }
}

fn take(session: &Session, folder: &Path, side: Side, name: &str) {
    let account = (side == Side::Statement).then(|| "Current".to_owned());
    let path = folder.join(name);
    let file = ImportFile { path, side, account, mapping: None, leave_out_rejected: false, file_bytes_max: None };
    session.import_file(&file, &|_| {}).unwrap();
}

fn queue() -> QueueRequest {
    let filter = QueueFilter::Suggested;
    QueueRequest { filter, limit: 50, ..QueueRequest::default() }
}

fn say(what: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "\n{SAYS}{what}").and_then(|()| out.flush()).unwrap();
}

/// Says that a step is done; in a rehearsal also how the workbook is then.
struct Steps<'a> {
    session: &'a Session,
    rehearsed: bool,
}

impl Steps<'_> {
    fn done(&self) {
        say(&if self.rehearsed { format!("done {}", state(self.session)) } else { "done".to_owned() });
    }
}

/// Does the operation step by step, as often as one life has time for.
pub(crate) fn perform(folder: &Path, operation: Operation, rehearsed: bool) {
    let session = session(folder);
    let steps = Steps { session: &session, rehearsed };
    if operation == Migrate {
        say("ready");
        open(&session, folder, PASSPHRASE).unwrap();
        steps.done();
    } else {
        open(&session, folder, PASSPHRASE).unwrap();
        if rehearsed {
            say(&format!("start {}", state(&session)));
        }
        say("ready");
        work(&steps, folder, operation);
    }
    say("end");
    session.close_workbook().unwrap();
}

fn work(steps: &Steps, folder: &Path, operation: Operation) {
    let session = steps.session;
    match operation {
        Match => {
            session.run_matching(None, &|_| {}).unwrap();
            steps.done();
        }
        Approve => approve(steps),
        Close => close(steps),
        Undo => {
            for turn in 0..2 * TIMES {
                let turned = if turn % 2 == 0 { session.undo(None) } else { session.redo(None) };
                turned.unwrap();
                steps.done();
            }
        }
        Import | Export | BackUp | ChangePassphrase | Migrate => {
            for time in 1..=TIMES {
                once(session, folder, operation, time);
                steps.done();
            }
        }
    }
}

fn once(session: &Session, folder: &Path, operation: Operation, time: u32) {
    match operation {
        Import => take(session, folder, Side::Statement, &format!("bank-{time}.csv")),
        Export if time % 2 == 1 => {
            let account = session.workbook().unwrap().accounts[0].id;
            let scope = ProofRequest { account, from: None, to: None };
            let path = Some(exported(folder, time));
            session.export_report(&ExportReport { scope, path, layout: Layout::default() }).unwrap();
        }
        Export => {
            let out = exported(folder, time);
            let layout = Layout::default();
            let wanted = ExportFolder { account: None, from: None, to: None, out, identity: None, layout };
            session.export_folder(&wanted).unwrap();
        }
        BackUp => {
            session.back_up(Some(&folder.join("stick")), &|_| {}).unwrap();
        }
        _ => {
            let time = time as usize;
            session.change_passphrase(&passphrase(time - 1), &passphrase(time)).unwrap();
        }
    }
}

/// Where the export of that time goes: a report, or a folder.
pub(crate) fn exported(folder: &Path, time: u32) -> PathBuf {
    folder.join(if time % 2 == 1 { format!("report-{time}.pdf") } else { format!("folder-{time}") })
}

fn approve(steps: &Steps) {
    let session = steps.session;
    for _ in 0..APPROVED {
        let row = session.review_queue(&queue()).unwrap().rows.swap_remove(0);
        let match_id = row.id.parse().unwrap();
        let content = session.match_detail(match_id).unwrap().content;
        session.decide(&Decide { match_id, approve: true, content, reason: String::new() }).unwrap();
        steps.done();
    }
}

fn close(steps: &Steps) {
    let session = steps.session;
    let account = session.workbook().unwrap().accounts[0].id;
    let id = session.open_period(account, None, Some("2026-01-31".parse().unwrap())).unwrap().proof.period.id;
    steps.done();
    let seen = || session.period(id).unwrap().seen;
    session.prepare_period(id, seen(), &PrepareBalances::default(), "all looked at").unwrap();
    steps.done();
    let acts: [fn(&Session, PeriodId, Digest) -> Result<_, ApplicationError>; 4] = [
        |session, id, seen| session.review_period(id, seen, ""),
        |session, id, seen| session.lock_period(id, seen, ""),
        |session, id, seen| session.request_reopening(id, seen, "a fee is missing"),
        |session, id, seen| session.reopen_period(id, seen, ""),
    ];
    for act in acts {
        act(session, id, seen()).unwrap();
        steps.done();
    }
}
