//! A small company and its records, for the tests below.

mod acts;
mod alerts;
mod anomalies;
mod audit;
mod backups;
mod categories;
mod continuity;
mod corrections;
mod credits;
mod currencies;
mod customers;
mod days;
mod decisions;
mod deleting;
mod deletions;
mod differences;
mod exception_lists;
mod figures;
mod giving_way;
mod grid_order;
mod grids;
mod grids_at_once;
mod imports;
mod journal;
mod keychain;
mod mappings;
mod marks;
mod migration;
mod migration_acts;
mod opening;
mod pages;
mod passphrase;
mod people;
mod periods;
mod policies;
mod policy_plans;
mod policy_standing;
mod proof;
mod proof_histories;
mod reversals;
mod rules;
mod runs;
mod seals;
mod sign_in;
mod standing;
mod streaming;
mod tallies;
mod timing;
mod upkeep;

use std::{ops::ControlFlow, path::PathBuf, sync::Arc};

use jiff::civil::date;
use rusqlite::Connection;
use tempfile::TempDir;
use tieout_domain::{
    AccountId, Adjustment, Agreement, CauseFinding, Confidence, Currency, Digest, Evidence, EvidenceKind, Explanation,
    Fact, LedgerEntry, LedgerEntryId, LedgerKind, Leg, Match, MatchId, MatchStatus, Money, Profile, ProposedFix,
    RecordRef, RootCause, RunnerUp, Source, StatementLine, StatementLineId, Weight,
};

use crate::{
    EntryKey, EntryPlan, ImportOutcome, LineKey, LinePlan, MemoryKeyStore, NewBatch, NewCompany, NewRun, OpenError,
    Opened, Proposal, StatementFacts, SteppingClock, Unlock, Workbook, WorkbookError, key::RawKey,
};

pub(crate) const PASSPHRASE: &str = "correct horse battery";

/// A folder with a workbook in it, and the key store of the machine.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    pub(crate) path: PathBuf,
    pub(crate) store: Arc<MemoryKeyStore>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("joinery.tieout");
        Self { folder, path, store: Arc::new(MemoryKeyStore::default()) }
    }

    pub(crate) fn try_create(&self, remember: bool) -> Result<Opened, OpenError> {
        let company = NewCompany {
            name: "Joinery Ltd".to_owned(),
            industry: "carpentry".to_owned(),
            contact: "office@joinery.example".to_owned(),
            base_currency: eur(),
            single_user: true,
            user_name: "Ada".to_owned(),
        };
        Workbook::create(&self.path, PASSPHRASE, &company, clock(1_700_000_000_000), self.store.clone(), remember)
    }

    pub(crate) fn create(&self) -> Workbook {
        self.try_create(true).unwrap().workbook
    }

    pub(crate) fn try_open(&self, unlock: Unlock<'_>) -> Result<Opened, OpenError> {
        Workbook::open(&self.path, unlock, clock(1_800_000_000_000), self.store.clone(), false)
    }

    pub(crate) fn open(&self) -> Workbook {
        self.try_open(Unlock::Keychain).unwrap().workbook
    }

    /// The file opened with the key but without the code that keeps its rules. The workbook must be closed.
    pub(crate) fn raw(&self) -> Connection {
        let salt = crate::salt_of(&self.path).unwrap();
        let key = RawKey::derive(PASSPHRASE, salt).unwrap();
        let connection = Connection::open(&self.path).unwrap();
        connection.pragma_update(None, "key", key.spec(salt).as_str()).unwrap();
        connection
    }
}

pub(crate) fn clock(start: u64) -> Arc<SteppingClock> {
    Arc::new(SteppingClock::from_ms(start))
}

pub(crate) fn eur() -> Currency {
    Currency::parse("EUR").unwrap()
}

pub(crate) fn cents(minor: i64) -> Money {
    Money::from_minor(minor, eur())
}

pub(crate) fn file(number: u8) -> Digest {
    Digest::from_bytes([number; 32])
}

/// A line of so many cents, on that day of January 2026.
pub(crate) fn line(row: u32, day: i8, minor: i64, text: &str) -> StatementLine {
    StatementLine {
        source: Source { file: file(0), row },
        record_id: String::new(),
        account: String::new(),
        date: Some(date(2026, 1, day)),
        value_date: None,
        amount: cents(minor),
        description: text.to_owned(),
        reference: String::new(),
        counterparty: "Müller & Söhne".to_owned(),
        counterparty_account: String::new(),
        balance: None,
        normalised: tieout_domain::Normalised::default(),
        job: None,
        raw: format!("{day};{minor};{text}"),
    }
}

/// An invoice of so many cents, of that day of January 2026.
pub(crate) fn invoice(row: u32, day: i8, minor: i64, number: &str) -> LedgerEntry {
    LedgerEntry {
        source: Source { file: file(0), row },
        record_id: String::new(),
        kind: LedgerKind::Invoice,
        number: number.to_owned(),
        date: Some(date(2026, 1, day)),
        due_date: None,
        counterparty: "Müller & Söhne".to_owned(),
        counterparty_code: "C001".to_owned(),
        counterparty_account: String::new(),
        amount: cents(minor),
        reference: String::new(),
        memo: String::new(),
        job: None,
        raw: format!("{day};{minor};{number}"),
    }
}

pub(crate) fn batch(number: u8) -> NewBatch<'static> {
    NewBatch {
        file_name: "january.csv",
        file_hash: file(number),
        source_path: "/home/ada/january.csv",
        format: "csv",
        mapping: "{}",
        rows: 0,
        diagnostics: &[],
        rejected: 0,
        report: None,
        quality: None,
        retry_of: None,
        for_another_account: false,
    }
}

pub(crate) fn go_on() -> impl FnMut(u64, u64) -> ControlFlow<()> {
    |_, _| ControlFlow::Continue(())
}

pub(crate) fn account(workbook: &mut Workbook) -> AccountId {
    workbook.find_or_create_account("Current account", eur()).unwrap()
}

pub(crate) fn line_plan(workbook: &Workbook, account: AccountId, lines: &[StatementLine]) -> LinePlan {
    let keys = lines.iter().map(|line| LineKey::of(account, line)).collect();
    workbook.plan_line_keys(account, keys).unwrap()
}

pub(crate) fn entry_plan(workbook: &Workbook, entries: &[LedgerEntry]) -> EntryPlan {
    workbook.plan_entry_keys(entries.iter().map(EntryKey::of).collect()).unwrap()
}

/// What a statement of these lines says, with its balances in cents.
pub(crate) fn facts(lines: &[StatementLine], opening: Option<i64>, closing: Option<i64>) -> StatementFacts {
    let dates = || lines.iter().filter_map(|line| line.date);
    StatementFacts {
        opening: opening.map(cents),
        closing: closing.map(cents),
        first_date: dates().min(),
        last_date: dates().max(),
        ..StatementFacts::of_currency(eur())
    }
}

pub(crate) fn take_statement(
    workbook: &mut Workbook,
    new: &NewBatch<'_>,
    account: AccountId,
    facts: &StatementFacts,
    lines: &[StatementLine],
) -> Result<ImportOutcome, WorkbookError> {
    let plans = [line_plan(workbook, account, lines)];
    let mut import = workbook.begin_line_import(new, &plans)?;
    let statement = import.statement(account, facts)?;
    for line in lines {
        import.add_line(statement, line)?;
    }
    import.finish(&mut go_on())
}

/// Everybody's own secret.
pub(crate) const SECRET: &str = "471199";

/// Whoever is signed in chooses [`SECRET`].
pub(crate) fn give_own_secret(workbook: &mut Workbook) {
    workbook.change_own_secret(Some(PASSPHRASE), Some(SECRET)).unwrap();
}

/// Everybody else has it too; written as it stands, since working it out takes a tenth of a second each.
pub(crate) fn share_secret(workbook: &Workbook) {
    workbook
        .sql
        .execute(
            "UPDATE users SET (secret_salt, secret_verifier) = (
                 SELECT secret_salt, secret_verifier FROM users WHERE secret_salt IS NOT NULL LIMIT 1)",
            [],
        )
        .unwrap();
}

pub(crate) fn take_lines(
    workbook: &mut Workbook,
    number: u8,
    lines: &[StatementLine],
) -> Result<ImportOutcome, WorkbookError> {
    let account = account(workbook);
    take_statement(workbook, &batch(number), account, &facts(lines, None, None), lines)
}

pub(crate) fn take_entries(
    workbook: &mut Workbook,
    number: u8,
    entries: &[LedgerEntry],
) -> Result<ImportOutcome, WorkbookError> {
    let plan = entry_plan(workbook, entries);
    let mut import = workbook.begin_entry_import(&batch(number), Some(&plan))?;
    for entry in entries {
        import.add_entry(entry)?;
    }
    import.finish(&mut go_on())
}

pub(crate) fn line_ids(workbook: &Workbook) -> Vec<StatementLineId> {
    workbook.open_lines(None).unwrap().into_iter().map(|line| line.id).collect()
}

pub(crate) fn entry_ids(workbook: &Workbook) -> Vec<LedgerEntryId> {
    workbook.open_entries().unwrap().into_iter().map(|entry| entry.id).collect()
}

/// Lines and entries with the cents used of each; what is left between the two sides is a fee.
pub(crate) fn matched(lines: &[(StatementLineId, i64)], entries: &[(LedgerEntryId, i64)]) -> Match {
    let legs: Vec<Leg> = lines
        .iter()
        .map(|(id, minor)| Leg::of(RecordRef::Line(*id), cents(*minor)))
        .chain(entries.iter().map(|(id, minor)| Leg::of(RecordRef::Entry(*id), cents(*minor))))
        .collect();
    let sum = |side: &[i64]| side.iter().sum::<i64>();
    let lines_total = sum(&lines.iter().map(|(_, minor)| *minor).collect::<Vec<_>>());
    let difference = lines_total - sum(&entries.iter().map(|(_, minor)| *minor).collect::<Vec<_>>());
    let fee = (difference != 0).then(|| Adjustment { cause: RootCause::Fee, amount: cents(difference) });
    Match::across(legs, fee.into_iter().collect()).unwrap()
}

pub(crate) fn explanation() -> Explanation {
    let piece = |kind, agreement, millibits| Evidence {
        kind,
        agreement,
        weight: Weight::from_millibits(millibits),
        statement_value: "RE-104 \"quoted\"".to_owned(),
        ledger_value: "RE-104".to_owned(),
        difference: Some(-3),
    };
    Explanation::new(
        vec![
            piece(EvidenceKind::Reference, Agreement::Exact, 12_400),
            piece(EvidenceKind::Date, Agreement::Near, -250),
        ],
        Some(RunnerUp { lines: Vec::new(), entries: Vec::new(), score: Weight::from_millibits(3_000) }),
    )
}

pub(crate) fn finding(cause: RootCause) -> CauseFinding {
    CauseFinding {
        cause,
        confidence: Confidence::from_ppm(870_000),
        evidence: vec![Fact::NotInBooks { amount: cents(-250) }],
        fix: ProposedFix::BookEntry { amount: cents(-250) },
    }
}

pub(crate) fn proposal(matched: Match, status: MatchStatus, ppm: u32) -> Proposal {
    Proposal {
        cause: if matched.adjustments().is_empty() { RootCause::None } else { RootCause::Fee },
        matched,
        status,
        confidence: Confidence::from_ppm(ppm),
        explanation: explanation(),
        alternatives: Vec::new(),
        finding: None,
    }
}

pub(crate) fn run() -> NewRun {
    NewRun {
        engine_version: "1.0.0".to_owned(),
        model_version: None,
        policy_version: "1".to_owned(),
        profile: Profile::Bank,
        configuration: "profile = \"bank\"".to_owned(),
        lines: 0,
        entries: 0,
        candidates: 0,
        elapsed_ms: 1,
        open: Vec::new(),
    }
}

pub(crate) fn store(workbook: &mut Workbook, proposals: &[Proposal]) {
    workbook.store_run(&run(), proposals, &[], &mut go_on()).unwrap();
}

/// The steps in which a query is answered, as the planner tells them.
pub(crate) fn plan(workbook: &Workbook, sql: &str) -> Vec<String> {
    let mut statement = workbook.sql.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get(3).unwrap());
    }
    steps
}

/// The proposed matches, in the order of the queue.
pub(crate) fn proposed(workbook: &Workbook) -> Vec<MatchId> {
    let query = crate::QueueQuery { filter: crate::QueueFilter::Suggested, limit: 500, ..crate::QueueQuery::default() };
    let ids = workbook.queue_page(&query).unwrap().rows.into_iter().map(|row| match row.subject {
        crate::QueueSubject::Match(id) => id,
        crate::QueueSubject::Record(record) => panic!("{record:?} is no match"),
    });
    ids.collect()
}

pub(crate) fn approve(workbook: &mut Workbook, id: MatchId) -> Result<crate::Decided, WorkbookError> {
    let seen = workbook.match_detail(id).unwrap().summary.content;
    workbook.approve(id, seen, "")
}

pub(crate) fn reject(workbook: &mut Workbook, id: MatchId) -> Result<crate::Decided, WorkbookError> {
    let seen = workbook.match_detail(id).unwrap().summary.content;
    workbook.reject(id, seen, "")
}
