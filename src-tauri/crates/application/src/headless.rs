//! The main job without a workbook: read files, match, write the result into a folder.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
    time::Instant,
};

use parking_lot::Mutex;
use rayon::prelude::*;
use tieout_classify::{Context, Unmatched, finding_of};
use tieout_domain::{Currency, LedgerEntry, Leg, Match, Money, RecordRef, Said, Side, StatementLine};
use tieout_matching::{Known, Nearest, Outcome, Proposal, may_auto_approve};
use tieout_reports::{
    ExceptionRow, FileFact, FileQuality, Layout, MatchRow, RecordPart, RecordRow, ReportData, RowStatus, Tables, Trail,
};
use tieout_statements::{Records as ReadRecords, StatementReading};
use zeroize::Zeroizing;

use crate::{
    ApplicationError, Configuration, Environment, Progress, cause_words, causes, engine, export,
    identity::Signer,
    inspect,
    proofs::{self, StatedBalance},
    reading::{self, ReadFile},
    results::{self, NewFile, ResultFolder, Rows},
    wording,
};

/// How many notes on rows a summary holds; the files themselves can be looked at with `tieout inspect`.
const NOTES_MAX: usize = 50;

/// An identity file that the user brought, with its passphrase.
#[derive(Debug, Clone)]
pub struct ImportedIdentity {
    /// The PKCS#12 file's bytes.
    pub bytes: Vec<u8>,
    /// Its passphrase.
    pub passphrase: Zeroizing<String>,
}

/// What to reconcile with what, and where to write the answer.
#[derive(Debug, Clone)]
pub struct ReconcileRequest {
    /// Statement files.
    pub statements: Vec<PathBuf>,
    /// Ledger files.
    pub ledgers: Vec<PathBuf>,
    /// Profile, tolerances, approval.
    pub configuration: Configuration,
    /// Threads; none: all cores.
    pub threads: Option<usize>,
    /// Largest file that is taken, in bytes, where it has to be held as a whole; left out: the default.
    pub file_bytes_max: Option<u64>,
    /// Folder to write into; made if missing.
    pub out: PathBuf,
    /// Sign with this instead of the keychain's identity.
    pub identity: Option<ImportedIdentity>,
    /// Paper and parts of the report.
    pub layout: Layout,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct ReconcileSummary {
    /// Statement lines read.
    pub lines: u64,
    /// Ledger entries read.
    pub entries: u64,
    /// Rows that could not be read.
    pub rows_rejected: u64,
    /// Matches approved by the policy.
    pub auto: u64,
    /// Matches that wait for a person.
    pub suggested: u64,
    /// Lines in a match with the ledger.
    pub lines_matched: u64,
    /// Lines in no match.
    pub lines_unmatched: u64,
    /// Entries in no match.
    pub entries_unmatched: u64,
    /// Candidates scored.
    pub candidates: u64,
    /// The folder.
    pub out: PathBuf,
    /// The signed report, full path.
    pub report: PathBuf,
    /// Name in the signing certificate.
    pub signer: String,
    /// The identity was made for this report only.
    pub one_time_identity: bool,
    /// What people should know: rejected rows, readings that were a choice, bounds that were hit.
    pub notes: Vec<String>,
    /// Milliseconds from start to end.
    pub elapsed_ms: u64,
}

/// The files to read.
pub(crate) struct Inputs<'a> {
    pub(crate) statements: &'a [PathBuf],
    pub(crate) ledgers: &'a [PathBuf],
    /// Currency of records that name none.
    pub(crate) base: Option<Currency>,
    pub(crate) file_bytes_max: Option<u64>,
}

/// The records of all files, side by side.
#[derive(Default)]
pub(crate) struct Records {
    pub(crate) lines: Vec<StatementLine>,
    pub(crate) entries: Vec<LedgerEntry>,
    files: Vec<FileFact>,
    /// For each side, where in its records each file begins: first record, index into `files`.
    line_files: Vec<(usize, usize)>,
    entry_files: Vec<(usize, usize)>,
    balances: Vec<StatedBalance>,
    pub(crate) rejected: u64,
    pub(crate) notes: Vec<String>,
    quality: Vec<FileQuality>,
}

/// Reconciles files and writes `matches.csv`, `exceptions.csv`, `report.json` and `report.pdf`.
pub fn reconcile(
    environment: &Environment,
    request: &ReconcileRequest,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<ReconcileSummary, ApplicationError> {
    let began = Instant::now();
    let signer = Signer::of_nobody(environment, request.identity.as_ref())?;
    let configuration = request.configuration.clone().with_rates_read()?;
    let config = &configuration.engine;
    let inputs = Inputs {
        statements: &request.statements,
        ledgers: &request.ledgers,
        base: config.base_currency,
        file_bytes_max: request.file_bytes_max,
    };
    let (records, candidates, summary, written) = engine::with_threads(request.threads, || {
        let records = Records::read(environment, &inputs, progress)?;
        let (summary, candidates, written) = {
            let outcome =
                engine::run(&records.lines, &records.entries, config, &Known::default(), progress, &|| false)?;
            progress(Progress { stage: "writing", done: 0, total: 1 });
            let result = RunResult::new(&records, &outcome, &configuration);
            let out = ResultFolder { path: &request.out, workbook: None };
            let (files, tables) = results::write_tables(&out, &result, configuration.limits(), request.layout)?;
            let data = result.report(environment, &signer, request.layout, tables)?;
            let (files, written) = results::write_reports(&out, &data, files, &signer)?;
            files.into_iter().try_for_each(NewFile::put_in_place)?;
            (data.tables.summary().clone(), outcome.statistics.candidates_scored, written)
        };
        Ok::<_, ApplicationError>((records, candidates, summary, written))
    })??;
    let done = ReconcileSummary {
        lines: records.lines.len() as u64,
        entries: records.entries.len() as u64,
        rows_rejected: records.rejected,
        auto: summary.of(RowStatus::Auto).rows,
        suggested: summary.of(RowStatus::Suggested).rows + summary.of(RowStatus::Ambiguous).rows,
        lines_matched: summary.lines().saturating_sub(summary.unmatched_lines.lines),
        lines_unmatched: summary.unmatched_lines.lines,
        entries_unmatched: summary.unmatched_entries.entries,
        candidates,
        out: std::path::absolute(&request.out).unwrap_or_else(|_| request.out.clone()),
        report: written.path,
        signer: signer.identity.common_name(),
        one_time_identity: signer.one_time,
        notes: records.notes.clone(),
        elapsed_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    // Giving back what a million records hold takes most of a second, which nobody has to wait for.
    let freed = std::thread::Builder::new().name("free".to_owned()).spawn(move || drop(records));
    // Where no thread could be started, it has been given back already.
    drop(freed);
    Ok(done)
}

/// What the statements of a file state: those of one account and currency follow one another, so that the first opens
/// and the last closes.
fn stated_balances(file: &str, statements: &[StatementReading]) -> Vec<StatedBalance> {
    let mut accounts: Vec<(&str, Currency, StatedBalance)> = Vec::new();
    for statement in statements.iter().filter(|statement| statement.proof.of > 0 && !statement.interim) {
        let known = accounts
            .iter_mut()
            .find(|(account, currency, _)| *account == statement.account && *currency == statement.currency);
        match known {
            Some((_, _, balance)) => balance.closing = statement.closing,
            None => {
                let account = if statement.account.is_empty() { file } else { &statement.account };
                let (opening, closing) = (statement.opening, statement.closing);
                let balance = StatedBalance { account: account.to_owned(), opening, closing };
                accounts.push((&statement.account, statement.currency, balance));
            }
        }
    }
    accounts.into_iter().map(|(_, _, balance)| balance).collect()
}

/// Reads a file, or each file of an archive.
fn read_path(
    environment: &Environment,
    inputs: &Inputs<'_>,
    side: Side,
    path: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<ReadFile>, ApplicationError> {
    let opened = reading::open_path(environment, path, inputs.file_bytes_max)?.files;
    opened.into_iter().map(|opened| reading::read_held(opened, side, inputs.base, progress)).collect()
}

/// Adds records at the end; the first ones are not moved.
fn append<T>(records: &mut Vec<T>, mut more: Vec<T>) {
    if records.is_empty() {
        *records = more;
    } else {
        records.append(&mut more);
    }
}

impl Records {
    pub(crate) fn read(
        environment: &Environment,
        inputs: &Inputs<'_>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Self, ApplicationError> {
        let statements = inputs.statements.iter().map(|path| (Side::Statement, path));
        let ledgers = inputs.ledgers.iter().map(|path| (Side::Ledger, path));
        let files: Vec<(usize, (Side, &PathBuf))> = statements.chain(ledgers).enumerate().collect();
        let told = Mutex::new(vec![(0, 0); files.len()]);
        let read = |(number, (side, path)): &(usize, (Side, &PathBuf))| {
            let of_file = |part: Progress| {
                let mut told = told.lock();
                told[*number] = (part.done, part.total);
                let (done, total) = told.iter().fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
                progress(Progress { done, total, ..part });
            };
            read_path(environment, inputs, *side, path, &of_file)
        };
        let mut records = Self::default();
        // As many files at once as there are threads; what is told of them is in the order they were named in.
        for files in files.chunks(rayon::current_num_threads()) {
            let read: Vec<_> = files.par_iter().map(&read).collect();
            for ((_, (side, _)), found) in files.iter().zip(read) {
                found?.into_iter().for_each(|file| records.take(file, *side));
            }
        }
        Ok(records)
    }

    fn take(&mut self, read: ReadFile, side: Side) {
        let name = read.opened.name.clone();
        let file = self.files.len();
        self.files.push(FileFact {
            name: name.clone(),
            sha256: read.opened.hash(),
            side,
            rows: u64::from(read.reading.rows_read),
        });
        self.rejected += u64::from(read.reading.rows_rejected);
        let issues = inspect::issues(&read.reading);
        self.quality.push(export::quality_of_reading(&name, side, &read.reading, &issues));
        for diagnostic in &issues {
            if self.notes.len() < NOTES_MAX {
                self.notes.push(reading::told(&name, diagnostic));
            }
        }
        for open in &read.recognition.ambiguities {
            let chosen = open.readings.first().map_or("", Said::english);
            let what = open.what.as_str().replace('_', " ");
            self.notes.push(format!("{name}: {what} can be read in more than one way; read as {chosen}"));
        }
        self.balances.extend(stated_balances(&name, &read.reading.statements));
        match read.reading.records {
            ReadRecords::Statement(lines) => {
                self.line_files.push((self.lines.len(), file));
                append(&mut self.lines, lines);
            }
            ReadRecords::Ledger(entries) => {
                self.entry_files.push((self.entries.len(), file));
                append(&mut self.entries, entries);
            }
        }
    }

    fn file_of(&self, starts: &[(usize, usize)], record: usize) -> &str {
        let position = starts.partition_point(|(first, _)| *first <= record);
        position.checked_sub(1).map_or("", |position| self.files[starts[position].1].name.as_str())
    }

    fn line_row(&self, index: usize) -> RecordRow<'_> {
        results::line_row(&self.lines[index], self.file_of(&self.line_files, index))
    }

    fn entry_row(&self, index: usize) -> RecordRow<'_> {
        results::entry_row(&self.entries[index], self.file_of(&self.entry_files, index))
    }
}

/// What the engine found, as rows of the result files.
struct RunResult<'a> {
    records: &'a Records,
    outcome: &'a Outcome<'a>,
    configuration: &'a Configuration,
    context: Context<'a>,
    /// Lines in no match, then entries in none.
    unmatched: Vec<RecordRef<usize, usize>>,
}

impl<'a> RunResult<'a> {
    fn new(records: &'a Records, outcome: &'a Outcome<'a>, configuration: &'a Configuration) -> Self {
        let (unmatched, context) = rayon::join(
            || unmatched(records, outcome),
            || causes::context(&records.lines, &records.entries, outcome, configuration.engine.profile),
        );
        Self { records, outcome, configuration, context, unmatched }
    }

    fn status(&self, proposal: &Proposal) -> RowStatus {
        if may_auto_approve(proposal, &self.configuration.engine.auto_approve) {
            RowStatus::Auto
        } else if proposal.ambiguous {
            RowStatus::Ambiguous
        } else {
            RowStatus::Suggested
        }
    }

    fn settled(&self) -> Vec<&'a Match<usize, usize>> {
        let auto = |proposal: &&Proposal| self.status(proposal) == RowStatus::Auto;
        self.outcome.proposals.iter().filter(auto).map(|proposal| &proposal.matched).collect()
    }

    fn row(&self, record: RecordRef<usize, usize>) -> RecordRow<'a> {
        match record {
            RecordRef::Line(line) => self.records.line_row(line),
            RecordRef::Entry(entry) => self.records.entry_row(entry),
        }
    }

    /// The record of the other side that came nearest to one in no match, and how near.
    fn nearest(&self, record: RecordRef<usize, usize>) -> Option<(RecordRow<'a>, Nearest)> {
        let (found, other): (_, fn(usize) -> _) = match record {
            RecordRef::Line(line) => (self.outcome.nearest_for_line(line), RecordRef::Entry),
            RecordRef::Entry(entry) => (self.outcome.nearest_for_entry(entry), RecordRef::Line),
        };
        let nearest = found?;
        Some((self.row(other(nearest.record)), nearest))
    }

    fn report(
        &self,
        environment: &Environment,
        signer: &Signer,
        layout: Layout,
        tables: Tables<'a>,
    ) -> Result<ReportData<'a>, ApplicationError> {
        let mut accounts: Vec<_> = self.records.balances.iter().map(|balance| balance.account.clone()).collect();
        accounts.sort();
        accounts.dedup();
        let (lines, entries) = (&self.records.lines, &self.records.entries);
        let mut data = ReportData {
            company: String::new(),
            accounts,
            period: None,
            profile: self.configuration.engine.profile,
            prepared_by: String::new(),
            approved_by: None,
            single_user: false,
            signed: None,
            generated_at: environment.now(),
            engine_version: engine::VERSION.to_owned(),
            configuration: self.configuration.lines(),
            statistics: engine::statistics(&self.outcome.statistics),
            signer: Some(results::signer_note(signer)),
            proofs: proofs::of_records(lines, entries, &self.settled(), &self.records.balances)?,
            files: self.records.files.clone(),
            audit_head: None,
            held: Vec::new(),
            trail: Trail { quality: self.records.quality.clone(), ..Trail::default() },
            layout,
            tables,
        };
        layout.privacy.apply(&mut data);
        Ok(data)
    }
}

/// Lines in no match, then entries in none.
fn unmatched(records: &Records, outcome: &Outcome<'_>) -> Vec<RecordRef<usize, usize>> {
    let mut line_matched = vec![false; records.lines.len()];
    let mut entry_matched = vec![false; records.entries.len()];
    for proposal in &outcome.proposals {
        proposal.matched.lines().for_each(|line| line_matched[line] = true);
        proposal.matched.entries().for_each(|entry| entry_matched[entry] = true);
    }
    let lines = line_matched.iter().enumerate().filter(|(_, matched)| !**matched);
    let entries = entry_matched.iter().enumerate().filter(|(_, matched)| !**matched);
    lines.map(|(line, _)| RecordRef::Line(line)).chain(entries.map(|(entry, _)| RecordRef::Entry(entry))).collect()
}

impl Rows for RunResult<'_> {
    fn matches(&self) -> usize {
        self.outcome.proposals.len()
    }

    fn match_row(&self, at: usize) -> MatchRow<'_> {
        let proposal = &self.outcome.proposals[at];
        let part = |leg: &Leg<usize, usize>| RecordPart {
            record: self.row(leg.record),
            amount_applied: leg.amount_applied,
            amount_settled: leg.amount_settled,
        };
        let parts: Vec<_> = proposal.matched.legs().iter().map(part).collect();
        let currency = parts.first().map_or(Currency::NONE, |part| part.amount_applied.currency());
        let difference = Money::total(proposal.matched.adjustments().iter().map(|part| part.amount), currency);
        let finding = self.outcome.finding(at);
        MatchRow {
            id: Cow::Owned(format!("M{:07}", at + 1)),
            kind: proposal.matched.kind(),
            status: self.status(proposal),
            confidence: proposal.confidence,
            cause: proposal.cause,
            // A match whose adjustments overflow could not have been made.
            impact: difference.unwrap_or(proposal.unexplained),
            adjustments: proposal.matched.adjustments().to_vec(),
            parts,
            explanation: Cow::Owned(wording::of_match(finding.as_ref(), &self.outcome.explanation(at))),
        }
    }

    fn exceptions(&self) -> usize {
        self.unmatched.len()
    }

    fn exception_row(&self, at: usize) -> ExceptionRow<'_> {
        let found = self.unmatched[at];
        let record = self.row(found);
        let unmatched = match found {
            RecordRef::Line(line) => Unmatched::Line(&self.records.lines[line]),
            RecordRef::Entry(entry) => Unmatched::Entry(&self.records.entries[entry]),
        };
        let finding = finding_of(unmatched, &self.context);
        let mut explanation = cause_words::told(&finding);
        if let Some((other, nearest)) = self.nearest(found) {
            explanation.push(' ');
            wording::nearest(&mut explanation, &other, &nearest);
        }
        let impact = if record.amount.minor_units() < 0 { record.amount.checked_neg() } else { Ok(record.amount) };
        ExceptionRow {
            cause: finding.cause,
            impact: impact.unwrap_or(record.amount),
            explanation: Cow::Owned(explanation),
            confidence: Some(finding.confidence),
            fix: Cow::Owned(cause_words::fix(&finding.fix)),
            record,
        }
    }
}
