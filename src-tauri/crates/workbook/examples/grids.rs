//! Measures pages of all grids in a workbook of many lines and entries:
//! `cargo run --release -p tieout-workbook --example grids -- BOOK [LINES]`.
//!
//! `BOOK` is made if it is not there, with so many lines and entries: of twenty lines one is open, one has a proposal, and
//! the others are matched. Prints milliseconds of each question, asked for the first time and for the page after, as one
//! JSON object a line; decisions are taken in a copy.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "it is run by hand, and tells what it finds"
)]

mod desk;

use std::{
    collections::BTreeMap,
    error::Error,
    fs,
    ops::{ControlFlow, Range},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::{ToSpan, civil::date};
use tieout_domain::{
    Confidence, Digest, Explanation, LedgerEntry, LedgerKind, Leg, Match, MatchStatus, Money, NormalisedTexts, Policy,
    Profile, RecordRef, RootCause, Source, StatementLine,
};
use tieout_workbook::{
    ColumnKind, EntryKey, GridColumn, GridFilter, GridKind, GridPlace, GridQuery, GridRange, GridSort, GridTest,
    LineKey, MemoryKeyStore, NewBatch, NewException, NewRun, ProofRange, Proposal, StatementFacts, SystemClock, Unlock,
    Workbook,
};

use desk::{PASSPHRASE, euros, new_workbook};

/// Records of one file and one run while the workbook is made.
const CHUNK: u32 = 100_000;
/// Rows of a page, as the window asks for them.
const PAGE: u32 = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let book = PathBuf::from(arguments.next().ok_or("which workbook?")?);
    let lines: u32 = arguments.next().map_or(Ok(1_000_000), |text| text.parse())?;
    if !book.is_file() {
        let begun = Instant::now();
        let partial = book.with_extension("partial");
        let _ = fs::remove_file(&partial);
        make(&partial, lines)?;
        fs::rename(&partial, &book)?;
        eprintln!("{lines} lines made in {:.1} s", begun.elapsed().as_secs_f64());
    }
    let beside = book.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let folder = tempfile::tempdir_in(beside)?;
    let path = folder.path().join("copy.tieout");
    fs::copy(&book, &path)?;
    fs::File::open(&path)?.sync_all()?;
    let begun = Instant::now();
    let store = Arc::new(MemoryKeyStore::default());
    let unlock = Unlock::Passphrase(PASSPHRASE);
    let mut opened = Workbook::open(&path, unlock, Arc::new(SystemClock), store, false)?.workbook;
    let workbook = &mut opened;
    tell("open", begun);
    for grid in GridKind::ALL {
        let begun = Instant::now();
        workbook.grid_page(&GridQuery::all(grid), 0, PAGE)?;
        tell(&format!("{} brought into memory", grid.as_str()), begun);
    }
    memory();
    let begun = Instant::now();
    let mut longest = Duration::ZERO;
    for grid in GridKind::ALL {
        loop {
            let piece = Instant::now();
            let is_more = workbook.index_rows(grid)?;
            longest = longest.max(piece.elapsed());
            if !is_more {
                break;
            }
        }
    }
    tell("words put into the indexes", begun);
    println!("{{\"step\":\"the longest piece of that\",\"ms\":{:.1}}}", longest.as_secs_f64() * 1_000.0);
    for grid in GridKind::ALL {
        pages(workbook, grid)?;
    }
    selections(workbook)?;
    proofs(workbook)?;
    overview(workbook)?;
    decisions(workbook)?;
    memory();
    println!("{{\"grids_mib\":{}}}", workbook.grid_memory() >> 20);
    opened.close()?;
    Ok(())
}

fn pages(workbook: &mut Workbook, grid: GridKind) -> Result<(), Box<dyn Error>> {
    let name = grid.as_str();
    let all = GridQuery::all(grid);
    let total = asked(workbook, &format!("{name}, own order"), &all, 0)?;
    asked(workbook, &format!("{name}, middle"), &all, total / 2)?;
    asked(workbook, &format!("{name}, end"), &all, total.saturating_sub(u64::from(PAGE)))?;
    for column in grid.columns() {
        for descending in [false, true] {
            let query = GridQuery { sort: vec![GridSort { column: *column, descending }], ..all.clone() };
            asked(
                workbook,
                &format!("{name} by {} {}", column.as_str(), if descending { "down" } else { "up" }),
                &query,
                0,
            )?;
        }
    }
    let by =
        |columns: &[GridColumn]| columns.iter().map(|column| GridSort { column: *column, descending: false }).collect();
    let text = grid.columns().iter().copied().find(|column| column.kind() == ColumnKind::Text).unwrap();
    let first = grid.columns()[0];
    let query = GridQuery { sort: by(&[text, first, *grid.columns().last().unwrap()]), ..all.clone() };
    asked(workbook, &format!("{name} by three columns"), &query, 0)?;
    for column in grid.columns() {
        for (test, values) in conditions(*column) {
            let filters = vec![GridFilter { column: *column, test, values }];
            let query = GridQuery { filters, ..all.clone() };
            asked(workbook, &format!("{name} where {} {}", column.as_str(), test.as_str()), &query, 0)?;
        }
    }
    for search in
        ["sepa", "re", "customer 00042", "re-00123456", "00123456", "1", "5242.8", "joinery", "nowhere", "approve"]
    {
        asked(
            workbook,
            &format!("{name} with '{search}'"),
            &GridQuery { search: search.to_owned(), ..all.clone() },
            0,
        )?;
    }
    let query = GridQuery {
        search: "customer".to_owned(),
        filters: vec![GridFilter { column: text, test: GridTest::Contains, values: vec!["1".to_owned()] }],
        sort: by(&[text]),
        ..all
    };
    asked(workbook, &format!("{name} with 'customer' where {} contains, sorted", text.as_str()), &query, 0)?;
    Ok(())
}

fn conditions(column: GridColumn) -> Vec<(GridTest, Vec<String>)> {
    let of = |test, value: &str| (test, vec![value.to_owned()]);
    match column.kind() {
        ColumnKind::Text => vec![of(GridTest::Contains, "0042"), (GridTest::Filled, Vec::new())],
        ColumnKind::Amount => vec![of(GridTest::AtLeast, "5000")],
        ColumnKind::Date | ColumnKind::Time => vec![of(GridTest::AtLeast, "2021-06-01")],
        ColumnKind::Number | ColumnKind::Percent => vec![of(GridTest::AtMost, "50")],
        ColumnKind::Word => vec![(GridTest::Filled, Vec::new())],
    }
}

/// Asks twice: newly, and for the page after. Tells both, and answers how many rows there are.
fn asked(workbook: &mut Workbook, what: &str, query: &GridQuery, offset: u64) -> Result<u64, Box<dyn Error>> {
    let (begun, used) = (Instant::now(), processor());
    let page = workbook.grid_page(query, offset, PAGE)?;
    let (new, of_new) = (milliseconds(begun), processor() - used);
    let begun = Instant::now();
    workbook.grid_page(query, offset + u64::from(PAGE), PAGE)?;
    let next = milliseconds(begun);
    println!(
        "{{\"page\":\"{what}\",\"first\":{new:.1},\"processor\":{of_new:.1},\"next\":{next:.1},\"rows\":{}}}",
        page.total
    );
    Ok(page.total)
}

fn selections(workbook: &mut Workbook) -> Result<(), Box<dyn Error>> {
    let query = GridQuery::all(GridKind::Lines);
    let range = |rows| GridRange {
        query: query.clone(),
        rows: vec![rows],
        columns: GridKind::Lines.columns().to_vec(),
        seen: None,
    };
    let begun = Instant::now();
    let all = workbook.grid_selection(&range(0..u64::MAX))?;
    tell(&format!("sum of {} cells", all.count), begun);
    let begun = Instant::now();
    let copied = workbook.grid_rows(&range(0..100_000), 100_000)?;
    tell(&format!("{} rows to copy", copied.rows.len()), begun);
    let begun = Instant::now();
    let start = GridPlace::StartsWith(GridColumn::Reference, "RE-00000007".to_owned());
    let found = workbook.grid_place(&query, &start, 0)?;
    tell(&format!("place of the beginning of a cell: {found:?}"), begun);
    Ok(())
}

/// Balance proofs of a month: of the newest ones, which alerts ask for, and of the first.
fn proofs(workbook: &Workbook) -> Result<(), Box<dyn Error>> {
    for account in workbook.accounts()? {
        let mut months = workbook.newest_months(account.id, 3)?;
        months.push(date(2020, 1, 1));
        for month in months {
            let range = ProofRange { from: Some(month), to: Some(month.last_of_month()) };
            let begun = Instant::now();
            let told = workbook.balance_proof(account.id, range)?;
            tell(&format!("proof of {month}, {} lines, {} entries open", told.lines, told.entries_outstanding), begun);
        }
    }
    Ok(())
}

/// What is asked after every decision, with a policy that names nobody, and with one that gives everything to Ada.
fn overview(workbook: &mut Workbook) -> Result<(), Box<dyn Error>> {
    for owner in [None, Some("Ada".to_owned())] {
        let what = if owner.is_some() { "given to Ada by the policy" } else { "nobody's by the policy" };
        let policy = Policy::new(euros(), Policy::default_confidence(), owner, BTreeMap::new())?;
        workbook.save_policy(&policy, "measured")?;
        let begun = Instant::now();
        let standing = workbook.standing()?;
        let most = standing.duties.iter().map(|duty| duty.count).max().unwrap_or(0);
        tell(&format!("what needs Ada, {what}: up to {most} of a kind"), begun);
    }
    Ok(())
}

/// From the key press to the next page of the grid that is looked at.
fn decisions(workbook: &mut Workbook) -> Result<(), Box<dyn Error>> {
    let proposed = GridQuery {
        filters: vec![GridFilter {
            column: GridColumn::Status,
            test: GridTest::OneOf,
            values: vec!["suggested".to_owned()],
        }],
        ..GridQuery::all(GridKind::Matches)
    };
    let open_first = GridQuery {
        sort: vec![GridSort { column: GridColumn::Open, descending: true }],
        ..GridQuery::all(GridKind::Lines)
    };
    let watched = [
        ("lines in their own order", GridQuery::all(GridKind::Lines)),
        ("lines by what is open", open_first),
        ("proposed matches", proposed.clone()),
        ("exceptions", GridQuery::all(GridKind::Exceptions)),
        ("events", GridQuery::all(GridKind::Events)),
    ];
    for (what, query) in watched {
        for approve in [true, false] {
            let next = workbook.grid_page(&proposed, 10, 1)?;
            let id = tieout_domain::MatchId::from_uuid(next.rows[0].id);
            let content = workbook.match_detail(id)?.summary.content;
            workbook.grid_page(&query, 0, PAGE)?;
            let begun = Instant::now();
            if approve {
                workbook.approve(id, content, "")?
            } else {
                workbook.reject(id, content, "")?
            };
            let decided = milliseconds(begun);
            workbook.grid_page(&query, 0, PAGE)?;
            let word = if approve { "approved" } else { "rejected" };
            println!(
                "{{\"decision\":\"{word}, then {what}\",\"decided\":{decided:.1},\"painted\":{:.1}}}",
                milliseconds(begun)
            );
            let begun = Instant::now();
            workbook.undo_newest("")?;
            workbook.grid_page(&query, 0, PAGE)?;
            println!("{{\"decision\":\"undone, then {what}\",\"painted\":{:.1}}}", milliseconds(begun));
        }
    }
    Ok(())
}

fn milliseconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}

/// Milliseconds that this thread had a processor, as Linux tells it: others' work does not slow these down. 0 elsewhere.
fn processor() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split_whitespace().next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1_000_000.0
}

fn tell(what: &str, begun: Instant) {
    println!("{{\"step\":\"{what}\",\"ms\":{:.1}}}", milliseconds(begun));
}

fn memory() {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |what: &str| -> u64 {
        let line = status.lines().find(|line| line.starts_with(what));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) / 1024
    };
    println!("{{\"memory_mib\":{},\"memory_most_mib\":{}}}", of("VmRSS:"), of("VmHWM:"));
}

/// A workbook of which most lines are decided.
fn make(path: &Path, lines: u32) -> Result<(), Box<dyn Error>> {
    let mut workbook = new_workbook(path)?;
    for (number, first) in (0_u8..).step_by(2).zip((0..lines).step_by(CHUNK as usize)) {
        let rows = first..lines.min(first + CHUNK);
        take_in(&mut workbook, number, rows.clone())?;
        match_most(&mut workbook, rows.len())?;
        eprintln!("{} lines", rows.end);
    }
    workbook.close()?;
    Ok(())
}

fn take_in(workbook: &mut Workbook, number: u8, rows: Range<u32>) -> Result<(), Box<dyn Error>> {
    let account = workbook.find_or_create_account("Current account", euros())?;
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

/// Matches the newest lines with the newest entries, but for one in twenty, which stays open, and one, which is proposed.
fn match_most(workbook: &mut Workbook, number: usize) -> Result<(), Box<dyn Error>> {
    let (lines, entries) = (workbook.open_lines(None)?, workbook.open_entries()?);
    let newest = |len: usize| len.saturating_sub(number);
    let pairs = lines[newest(lines.len())..].iter().zip(&entries[newest(entries.len())..]);
    let (mut proposals, mut exceptions) = (Vec::new(), Vec::new());
    for (place, (line, entry)) in pairs.enumerate() {
        let status = match place % 20 {
            0 => {
                exceptions.extend([RecordRef::Line(line.id), RecordRef::Entry(entry.id)].map(|record| NewException {
                    record,
                    cause: RootCause::ALL[place / 20 % RootCause::ALL.len()],
                    impact: line.open.unsigned(),
                    explanation: "no entry of this amount".to_owned(),
                    finding: None,
                }));
                continue;
            }
            1 => MatchStatus::Suggested,
            _ => MatchStatus::Approved,
        };
        let legs = [RecordRef::Line(line.id), RecordRef::Entry(entry.id)].map(|record| Leg::of(record, line.open));
        proposals.push(Proposal {
            matched: Match::across(legs.to_vec(), Vec::new())?,
            status,
            confidence: Confidence::from_ppm(900_000 + u32::try_from(place % 100_000)?),
            cause: RootCause::None,
            explanation: Explanation::new(Vec::new(), None),
            alternatives: Vec::new(),
            finding: None,
        });
    }
    workbook.store_run(&run(), &proposals, &exceptions, &mut |_, _| ControlFlow::Continue(()))?;
    Ok(())
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

/// A number that looks like any but is the same for the same row.
fn mixed(row: u32) -> u64 {
    u64::from(row).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn line(row: u32) -> StatementLine {
    let mixed = mixed(row);
    let minor = i64::try_from(mixed >> 44).unwrap() + 100;
    let paid = date(2020, 1, 10).checked_add((i64::from(row) / 700).days()).unwrap();
    let reference = format!("RE-{row:08}");
    let counterparty = format!("Customer {:05} GmbH & Co", mixed % 20_011);
    let counterparty_account = format!("DE{:020}", mixed % 1_000_000_007_000);
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
        counterparty_account,
        balance: Some(Money::from_minor(i64::from(row) * 1_000 + minor, euros())),
        normalised: NormalisedTexts { references: vec![reference], ..NormalisedTexts::default() }.into(),
        job: None,
    }
}

fn entry(row: u32) -> LedgerEntry {
    let line = line(row);
    let invoiced = date(2020, 1, 1).checked_add((i64::from(row) / 700).days()).unwrap();
    LedgerEntry {
        source: line.source,
        record_id: String::new(),
        kind: LedgerKind::Invoice,
        number: line.reference,
        date: Some(invoiced),
        due_date: Some(invoiced),
        counterparty: line.counterparty,
        counterparty_code: format!("C{:05}", mixed(row) % 20_011),
        counterparty_account: String::new(),
        amount: line.amount,
        reference: String::new(),
        memo: "Joinery as agreed".to_owned(),
        job: None,
        raw: line.raw,
    }
}
