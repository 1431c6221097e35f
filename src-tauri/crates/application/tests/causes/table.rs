//! Tables of situations.
//!
//! A situation is a heading and its records:
//!
//! ```text
//! ## A bank abroad kept its charge => Book a fee of 15.00 EUR.
//! bank  2025-05-14 |  985.00 | INV-20417 HARBOUR LANE BAKERY
//! books 2025-04-14 | 1000.00 | INV-20417 | Harbour Lane Bakery | due 2025-05-14
//! ```
//!
//! Behind `=>` stands what the explanation must say, behind `->` the cause that it is instead. The lines of the bank must
//! have the cause, or the entries where there are none, or the records marked `*`. Further fields are `due`, `memo`, `type`,
//! `code` and `currency` of entries, `ref` and `currency` of lines.

use std::{collections::HashMap, fmt::Write as _, path::Path, path::PathBuf, sync::Arc};

use tieout_application::{
    Configuration, Environment, Layout, Profile,
    headless::{ReconcileRequest, reconcile},
};
use tieout_domain::RootCause;
use tieout_workbook::{MemoryKeyStore, SteppingClock};

/// Fewest situations of a table.
const CASES_MIN: usize = 10;

/// Situations that have the cause.
#[track_caller]
pub(crate) fn is(cause: RootCause, table: &str) {
    is_of(Profile::Bank, cause, table);
}

/// The same in another kind of reconciliation.
#[track_caller]
pub(crate) fn is_of(profile: Profile, cause: RootCause, table: &str) {
    let cases = read(table);
    assert!(cases.iter().all(|case| case.instead.is_none()), "a case that is it names no other cause");
    check(profile, cause, &cases);
}

/// Situations that look as if they had the cause.
#[track_caller]
pub(crate) fn only_looks_like(cause: RootCause, table: &str) {
    only_looks_like_of(Profile::Bank, cause, table);
}

/// The same in another kind of reconciliation.
#[track_caller]
pub(crate) fn only_looks_like_of(profile: Profile, cause: RootCause, table: &str) {
    let cases = read(table);
    assert!(cases.iter().all(|case| case.instead.is_some_and(|other| other != cause)), "name what it is instead");
    check(profile, cause, &cases);
}

/// Several tables must have ten situations together.
pub(crate) fn count(tables: &[&str]) {
    let cases: usize = tables.iter().map(|table| read(table).len()).sum();
    assert!(cases >= CASES_MIN, "{cases} situations are too few");
}

struct Case<'t> {
    title: &'t str,
    says: Option<&'t str>,
    instead: Option<RootCause>,
    records: Vec<Record<'t>>,
}

struct Record<'t> {
    side: &'t str,
    marked: bool,
    fields: Vec<&'t str>,
}

impl Record<'_> {
    /// A field that has a name.
    fn named(&self, name: &str) -> &str {
        self.fields.iter().find_map(|field| field.strip_prefix(name)?.strip_prefix(' ')).unwrap_or_default().trim()
    }
}

fn read(table: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("## ") {
            let (title, says) = heading.split_once("=>").map_or((heading, None), |(title, says)| (title, Some(says)));
            let (title, other) = title.split_once("->").map_or((title, None), |(title, other)| (title, Some(other)));
            let instead = other.map(|other| other.trim().parse().unwrap());
            cases.push(Case { title: title.trim(), says: says.map(str::trim), instead, records: Vec::new() });
        } else {
            let (side, fields) = line.split_once(' ').unwrap();
            let fields = fields.split('|').map(str::trim).collect();
            let (side, marked) = side.strip_suffix('*').map_or((side, false), |side| (side, true));
            cases.last_mut().unwrap().records.push(Record { side, marked, fields });
        }
    }
    cases
}

/// Customers whose invoices are paid in full and in time: amounts are told apart by any engine.
const ORDINARY: [&str; 12] = [
    "Abbot Print Works",
    "Bramley Dairy",
    "Colne Valley Timber",
    "Dunmore Textiles",
    "Eastgate Pharmacy",
    "Fenwick Joinery",
    "Garrow Plant Hire",
    "Holt Brothers Seeds",
    "Ivy Lane Nursery",
    "Jessop Signs",
    "Kirkby Laundry",
    "Linton Glass",
];

struct Files {
    bank: String,
    books: String,
}

impl Files {
    fn of(profile: Profile, cases: &[Case<'_>]) -> Self {
        let mut files = Self {
            bank: "bank_id,date,value_date,description,amount,currency,reference\n".to_owned(),
            books: "ledger_id,doc_no,type,date,due_date,customer,customer_code,amount,currency,memo\n".to_owned(),
        };
        files.add_ordinary(profile);
        for (at, case) in cases.iter().enumerate() {
            for (number, record) in case.records.iter().enumerate() {
                files.add(&format!("case-{at}-{number}"), record);
            }
        }
        files
    }

    fn add_ordinary(&mut self, profile: Profile) {
        for number in 0..60_u32 {
            let customer = ORDINARY[number as usize % ORDINARY.len()];
            let amount = format!("{}.{:02}", 211 + number * 137 % 1_900, (number * 29 + 7) % 100);
            let (issued, day) = (1 + number % 28, 1 + number * 7 % 28);
            let (id, document) = (format!("ordinary-{number}"), 60_000 + number * 17);
            let booked = if profile == Profile::Processor {
                format!("2025-06-{day:02}")
            } else {
                format!("2025-05-{issued:02}")
            };
            writeln!(self.books, "{id},INV-{document},invoice,{booked},2025-06-{issued:02},{customer},,{amount},EUR,")
                .unwrap();
            let paid = if profile == Profile::Processor { day } else { day.min(issued + 3) };
            let words = customer.to_uppercase();
            writeln!(self.bank, "{id},2025-06-{paid:02},,INV-{document} {words},{amount},EUR,").unwrap();
        }
        // The statement ends with the quarter.
        self.bank.push_str("last,2025-06-30,,INV-69999 LINTON GLASS,88.41,EUR,\n");
        self.books.push_str("last,INV-69999,invoice,2025-05-30,2025-06-29,Linton Glass,,88.41,EUR,\n");
    }

    fn add(&mut self, id: &str, record: &Record<'_>) {
        let field = |at: usize| record.fields.get(at).copied().unwrap_or_default();
        let quoted = |text: &str| format!("\"{text}\"");
        let currency = Some(record.named("currency")).filter(|code| !code.is_empty()).unwrap_or("EUR");
        match record.side {
            "bank" => {
                let (date, amount, text) = (field(0), field(1), quoted(field(2)));
                writeln!(self.bank, "{id},{date},,{text},{amount},{currency},{}", quoted(record.named("ref"))).unwrap();
            }
            "books" => {
                let (date, amount, number, customer) = (field(0), field(1), field(2), quoted(field(3)));
                let (due, memo, code) = (record.named("due"), quoted(record.named("memo")), record.named("code"));
                let kind = Some(record.named("type")).filter(|kind| !kind.is_empty()).unwrap_or("invoice");
                writeln!(self.books, "{id},{number},{kind},{date},{due},{customer},{code},{amount},{currency},{memo}")
                    .unwrap();
            }
            other => panic!("'{other}' is neither bank nor books"),
        }
    }
}

fn environment(folder: &Path) -> Environment {
    Environment {
        clock: Arc::new(SteppingClock::from_ms(1_751_300_000_000)),
        keys: Arc::new(MemoryKeyStore::default()),
        reader: PathBuf::new(),
        data_folder: folder.join("data"),
        documents: folder.to_owned(),
    }
}

/// What a run says of a record: its cause and why, where it is in several matches the last of them.
type Answers = HashMap<String, (String, String)>;

fn answers(profile: Profile, cases: &[Case<'_>]) -> Answers {
    let folder = tempfile::tempdir().unwrap();
    let (bank, books, out) =
        (folder.path().join("bank.csv"), folder.path().join("books.csv"), folder.path().join("out"));
    let files = Files::of(profile, cases);
    std::fs::write(&bank, files.bank).unwrap();
    std::fs::write(&books, files.books).unwrap();
    let request = ReconcileRequest {
        statements: vec![bank],
        ledgers: vec![books],
        configuration: Configuration::defaults(profile),
        threads: Some(1),
        file_bytes_max: None,
        out: out.clone(),
        identity: None,
        layout: Layout::default(),
    };
    reconcile(&environment(folder.path()), &request, &|_| {}).unwrap();
    let mut answers = Answers::new();
    for name in ["matches.csv", "exceptions.csv"] {
        let mut rows = csv::Reader::from_path(out.join(name)).unwrap();
        let columns = rows.headers().unwrap().clone();
        let column = |name: &str| columns.iter().position(|column| column == name).unwrap();
        let (side, id, cause, why) = (column("side"), column("record_id"), column("cause"), column("explanation"));
        for row in rows.records() {
            let row = row.unwrap();
            answers.insert(format!("{} {}", &row[side], &row[id]), (row[cause].to_owned(), row[why].to_owned()));
        }
    }
    answers
}

#[track_caller]
fn check(profile: Profile, cause: RootCause, cases: &[Case<'_>]) {
    let answers = answers(profile, cases);
    let mut wrong = String::new();
    for (at, case) in cases.iter().enumerate() {
        let expected = case.instead.unwrap_or(cause).as_str();
        let asked = |record: &Record<'_>| {
            let any_marked = case.records.iter().any(|record| record.marked);
            let any_line = case.records.iter().any(|record| record.side == "bank");
            if any_marked { record.marked } else { record.side == "bank" || !any_line }
        };
        for (number, record) in case.records.iter().enumerate().filter(|(_, record)| asked(record)) {
            let side = if record.side == "bank" { "statement" } else { "ledger" };
            let (got, why) = &answers[&format!("{side} case-{at}-{number}")];
            if got != expected {
                writeln!(wrong, "{}: {expected} expected, {got} found: {why}", case.title).unwrap();
            } else if let Some(says) = case.says.filter(|says| !why.contains(says)) {
                writeln!(wrong, "{}: should say '{says}': {why}", case.title).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
