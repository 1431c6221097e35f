//! Measures what a few new records cost in a workbook of many decided ones:
//! `cargo run --release -p tieout-application --example incremental -- BOOK [DECIDED] [NEW]`.
//!
//! `BOOK` is made if it is not there, with so many lines, each in an approved match, and a rejected one for every two
//! hundred; that takes a minute for a million. A copy of it then takes in files of new lines and entries and is matched.
//! Prints the seconds of each step as JSON.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "it is run by hand, and tells what it finds"
)]

use std::{
    error::Error,
    fmt::Write as _,
    fs,
    ops::{ControlFlow, Range},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Instant,
};

use jiff::{ToSpan, civil::Date, civil::date};
use tieout_application::{Currency, Environment, ImportFile, OpenWorkbook, Session, Side};
use tieout_domain::{
    Confidence, Digest, LedgerEntry, LedgerKind, Leg, Match, MatchStatus, Money, NormalisedTexts, Profile,
    ReconcileConfig, RecordRef, RootCause, Source, StatementLine,
};
use tieout_workbook::{
    EntryKey, LineKey, MemoryKeyStore, NewBatch, NewCompany, NewRun, Proposal, QueueFilter, QueueQuery, QueueSubject,
    StatementFacts, SystemClock, Workbook,
};

const PASSPHRASE: &str = "correct horse battery";
const ACCOUNT: &str = "Current account";
/// Records of one file and one run while the workbook is made.
const CHUNK: u32 = 100_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let book = PathBuf::from(arguments.next().ok_or("which workbook?")?);
    let decided: u32 = arguments.next().map_or(Ok(1_000_000), |text| text.parse())?;
    let new: u32 = arguments.next().map_or(Ok(1_000), |text| text.parse())?;
    if !book.is_file() {
        let begun = Instant::now();
        let partial = book.with_extension("partial");
        let _ = fs::remove_file(&partial);
        make(&partial, decided)?;
        fs::rename(&partial, &book)?;
        eprintln!("{decided} decided lines made in {:.1} s", begun.elapsed().as_secs_f64());
    }
    let folder =
        tempfile::tempdir_in(book.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new(".")))?;
    measure(&book, folder.path(), decided..decided + new)
}

/// Takes the rows in and matches them.
fn measure(book: &Path, folder: &Path, rows: Range<u32>) -> Result<(), Box<dyn Error>> {
    let path = folder.join("copy.tieout");
    fs::copy(book, &path)?;
    // Or the first commit would wait until the disk has all of the copy.
    fs::File::open(&path)?.sync_all()?;
    let (bank, ledger) = files(folder, rows)?;
    let session = Session::new(Environment {
        clock: Arc::new(SystemClock),
        keys: Arc::new(MemoryKeyStore::default()),
        reader: std::env::current_exe()?,
        data_folder: folder.join("data"),
        documents: folder.to_owned(),
    });
    let mut steps = Steps::begin();
    session.open_workbook(OpenWorkbook { path, passphrase: Some(PASSPHRASE.to_owned().into()), remember: false })?;
    steps.end("open");
    for (path, side) in [(bank, Side::Statement), (ledger, Side::Ledger)] {
        let account = (side == Side::Statement).then(|| ACCOUNT.to_owned());
        let import = ImportFile { path, side, account, mapping: None, leave_out_rejected: false, file_bytes_max: None };
        session.import_file(&import, &|_| {})?;
    }
    steps.end("import");
    let storing = Mutex::new(None);
    let run = session.run_matching(None, &|progress| {
        if progress.stage == "storing" {
            storing.lock().unwrap().get_or_insert_with(Instant::now);
        }
    })?;
    let storing = storing.into_inner()?.unwrap_or_else(Instant::now);
    steps.end_at("run", storing);
    steps.end("store");
    session.workbook()?;
    steps.end("counts");
    let account = session.workbook()?.accounts[0].id;
    steps.last = Instant::now();
    session.balance_proof(&tieout_application::ProofRequest { account, from: None, to: None })?;
    steps.end("proof");
    session.close_workbook()?;
    steps.end("close");
    println!(
        "{{{}\"lines\":{},\"entries\":{},\"approved\":{},\"suggested\":{}}}",
        steps.told, run.lines, run.entries, run.approved, run.suggested
    );
    Ok(())
}

/// How long each step took, as members of a JSON object.
struct Steps {
    last: Instant,
    told: String,
}

impl Steps {
    fn begin() -> Self {
        Self { last: Instant::now(), told: String::new() }
    }

    fn end(&mut self, step: &str) {
        self.end_at(step, Instant::now());
    }

    fn end_at(&mut self, step: &str, now: Instant) {
        let seconds = now.duration_since(self.last).as_secs_f64();
        write!(self.told, "\"{step}\":{seconds:.3},").unwrap();
        self.last = now;
    }
}

fn files(folder: &Path, rows: Range<u32>) -> Result<(PathBuf, PathBuf), Box<dyn Error>> {
    let (mut bank, mut ledger) = (String::new(), String::new());
    writeln!(bank, "date,amount,currency,description,reference,counterparty")?;
    writeln!(ledger, "doc_no,date,due_date,customer,customer_code,amount,currency,memo")?;
    for row in rows {
        let (line, entry) = (line(row), entry(row));
        let (paid, invoiced) = (line.date.unwrap(), entry.date.unwrap());
        writeln!(
            bank,
            "{paid},{},EUR,{},{},{}",
            line.amount.to_decimal(),
            line.description,
            line.reference,
            line.counterparty
        )?;
        writeln!(
            ledger,
            "{},{invoiced},{invoiced},{},{},{},EUR,{}",
            entry.number,
            entry.counterparty,
            entry.counterparty_code,
            entry.amount.to_decimal(),
            entry.memo
        )?;
    }
    let paths = (folder.join("bank.csv"), folder.join("ledger.csv"));
    fs::write(&paths.0, bank)?;
    fs::write(&paths.1, ledger)?;
    Ok(paths)
}

/// A workbook of which every line is decided.
fn make(path: &Path, decided: u32) -> Result<(), Box<dyn Error>> {
    let company = NewCompany {
        name: "Joinery Ltd".to_owned(),
        industry: String::new(),
        contact: String::new(),
        base_currency: euros(),
        single_user: true,
        user_name: "Ada".to_owned(),
    };
    let store = Arc::new(MemoryKeyStore::default());
    let mut workbook = Workbook::create(path, PASSPHRASE, &company, Arc::new(SystemClock), store, false)?.workbook;
    workbook.find_or_create_account(ACCOUNT, euros())?;
    for (number, first) in (0_u8..).step_by(2).zip((0..decided).step_by(CHUNK as usize)) {
        take_in(&mut workbook, number, first..decided.min(first + CHUNK))?;
        reject_some(&mut workbook)?;
        let proposals = proposals(&workbook, 1, 0, MatchStatus::Approved)?;
        workbook.store_run(&run(), &proposals, &[], &mut |_, _| ControlFlow::Continue(()))?;
        eprintln!("{} lines", first + proposals.len() as u32);
    }
    workbook.close()?;
    Ok(())
}

fn take_in(workbook: &mut Workbook, number: u8, rows: Range<u32>) -> Result<(), Box<dyn Error>> {
    let account = workbook.find_or_create_account(ACCOUNT, euros())?;
    let batch = |number| NewBatch {
        file_name: "decided.csv",
        file_hash: Digest::from_bytes([number; 32]),
        source_path: "",
        format: "csv",
        mapping: "",
        rows: u64::from(rows.end - rows.start),
        diagnostics: &[],
        rejected: 0,
        report: None,
        quality: None,
        retry_of: None,
        for_another_account: false,
    };
    let plan = [workbook.plan_line_keys(account, rows.clone().map(|row| LineKey::of(account, &line(row))).collect())?];
    let mut import = workbook.begin_line_import(&batch(number), &plan)?;
    let statement = import.statement(account, &StatementFacts::of_currency(euros()))?;
    for row in rows.clone() {
        import.add_line(statement, &line(row))?;
    }
    import.finish(&mut |_, _| ControlFlow::Continue(()))?;
    let plan = workbook.plan_entry_keys(rows.clone().map(|row| EntryKey::of(&entry(row))).collect())?;
    let mut import = workbook.begin_entry_import(&batch(number + 1), Some(&plan))?;
    for row in rows {
        import.add_entry(&entry(row))?;
    }
    import.finish(&mut |_, _| ControlFlow::Continue(()))?;
    Ok(())
}

/// A person said of one line in two hundred that the entry beside it is not its own.
fn reject_some(workbook: &mut Workbook) -> Result<(), Box<dyn Error>> {
    let wrong = proposals(workbook, 200, 1, MatchStatus::Suggested)?;
    workbook.store_run(&run(), &wrong, &[], &mut |_, _| ControlFlow::Continue(()))?;
    let query = QueueQuery { filter: QueueFilter::Suggested, limit: CHUNK, ..QueueQuery::default() };
    for row in workbook.queue_page(&query)?.rows {
        let QueueSubject::Match(id) = row.subject else { continue };
        let content = workbook.match_detail(id)?.summary.content;
        workbook.reject(id, content, "")?;
    }
    Ok(())
}

/// Every line of a given number with the entry that stands so many places after its own.
fn proposals(
    workbook: &Workbook,
    every: usize,
    beside: usize,
    status: MatchStatus,
) -> Result<Vec<Proposal>, Box<dyn Error>> {
    let (lines, entries) = (workbook.open_lines(None)?, workbook.open_entries()?);
    let config = ReconcileConfig::default();
    let pairs = lines.iter().zip(entries.iter().skip(beside)).step_by(every);
    let proposals = pairs.map(|(line, entry)| {
        let amount = lesser(line.open, entry.open);
        let legs = [RecordRef::Line(line.id), RecordRef::Entry(entry.id)].map(|record| Leg::of(record, amount));
        let explanation = tieout_matching::compare_records(&[&line.record], &[&entry.record], &config);
        Ok(Proposal {
            matched: Match::across(legs.to_vec(), Vec::new())?,
            status,
            confidence: Confidence::from_ppm(998_000),
            cause: RootCause::None,
            explanation: explanation.map_records(|_| line.id, |_| entry.id),
            alternatives: Vec::new(),
            finding: None,
        })
    });
    proposals.collect()
}

fn lesser(one: Money, other: Money) -> Money {
    if one.magnitude() <= other.magnitude() { one } else { other }
}

fn run() -> NewRun {
    NewRun {
        engine_version: "1".to_owned(),
        model_version: None,
        policy_version: "1".to_owned(),
        profile: Profile::Bank,
        configuration: String::new(),
        lines: 0,
        entries: 0,
        candidates: 0,
        elapsed_ms: 0,
        open: Vec::new(),
    }
}

fn euros() -> Currency {
    Currency::parse("EUR").unwrap()
}

/// A number that looks like any but is the same for the same row.
fn mixed(row: u32) -> u64 {
    u64::from(row).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn day(row: u32) -> Date {
    date(2020, 1, 1).checked_add((i64::from(row) / 700).days()).unwrap()
}

fn line(row: u32) -> StatementLine {
    let mixed = mixed(row);
    let minor = i64::try_from(mixed >> 44).unwrap() + 100;
    let paid = day(row).checked_add(9.days()).unwrap();
    let reference = format!("RE-{row:08}");
    let counterparty = format!("Customer {:05} GmbH & Co", mixed % 20_011);
    let description = format!("SEPA transfer invoice {reference} {counterparty}");
    StatementLine {
        source: Source { file: Digest::from_bytes([1; 32]), row: row + 1 },
        record_id: String::new(),
        account: String::new(),
        date: Some(paid),
        value_date: Some(paid),
        amount: Money::from_minor(minor, euros()),
        raw: format!("{paid};{minor};{description};{reference};{counterparty}"),
        description,
        reference: reference.clone(),
        counterparty,
        counterparty_account: String::new(),
        balance: None,
        normalised: NormalisedTexts { references: vec![reference], ..NormalisedTexts::default() }.into(),
        job: None,
    }
}

fn entry(row: u32) -> LedgerEntry {
    let line = line(row);
    let counterparty_code = format!("C{:05}", mixed(row) % 20_011);
    LedgerEntry {
        source: line.source,
        record_id: String::new(),
        kind: LedgerKind::Invoice,
        number: line.reference,
        date: Some(day(row)),
        due_date: Some(day(row)),
        counterparty: line.counterparty,
        counterparty_code,
        counterparty_account: String::new(),
        amount: line.amount,
        reference: String::new(),
        memo: "Joinery as agreed".to_owned(),
        job: None,
        raw: line.raw,
    }
}
