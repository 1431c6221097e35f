//! Anomalies without a workbook: read statements and ledgers, say what stands out.

use std::path::PathBuf;

use tieout_classify::{AnomalyConfig, Postings, detect};
use tieout_domain::{Currency, LedgerEntry, Side, StatementLine};
use tieout_statements::Records;

use super::{
    AnomaliesRequest, AnomalyRecord, AnomalyReport, FoundAnomaly, RECORDS_SHOWN, cap, dates, detected::key_of,
};
use crate::{
    ApplicationError, Environment, Progress, engine,
    reading::{self, ReadFile},
    results,
};

/// How many notes on rows a report holds; the files themselves can be looked at with `tieout inspect`.
const NOTES_MAX: usize = 50;

/// What to look at.
#[derive(Debug, Clone)]
pub struct FilesRequest {
    /// Statement files, of any format.
    pub statements: Vec<PathBuf>,
    /// Ledger files, of any format.
    pub ledgers: Vec<PathBuf>,
    /// Currency of records whose file names none.
    pub currency: Option<Currency>,
    /// How anomalies are looked for.
    pub config: AnomalyConfig,
    /// The dates that are looked at.
    pub dates: AnomaliesRequest,
    /// Threads; none: all cores.
    pub threads: Option<usize>,
    /// Largest file that is taken, in bytes, where it has to be held as a whole; left out: the default.
    pub file_bytes_max: Option<u64>,
}

/// The records of all files.
#[derive(Default)]
struct Held {
    lines: Vec<StatementLine>,
    entries: Vec<LedgerEntry>,
    /// The name of each file, with the side and the first record it has there.
    files: Vec<(Side, usize, String)>,
    rejected: u64,
    notes: Vec<String>,
}

/// What stands out in files.
pub fn anomalies(
    environment: &Environment,
    request: &FilesRequest,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<AnomalyReport, ApplicationError> {
    let dates = dates(&request.dates)?;
    engine::with_threads(request.threads, || {
        let mut held = Held::default();
        let all = [(Side::Statement, &request.statements), (Side::Ledger, &request.ledgers)];
        for (side, path) in all.into_iter().flat_map(|(side, paths)| paths.iter().map(move |path| (side, path))) {
            for opened in reading::open_path(environment, path, request.file_bytes_max)?.files {
                held.take(side, reading::read_held(opened, side, request.currency, progress)?)?;
            }
        }
        progress(Progress { stage: "classifying", done: 0, total: 0 });
        Ok(held.report(&request.config, dates))
    })?
}

impl Held {
    fn take(&mut self, side: Side, read: ReadFile) -> Result<(), ApplicationError> {
        let name = read.opened.name.clone();
        self.rejected += u64::from(read.reading.rows_rejected);
        let room = NOTES_MAX.saturating_sub(self.notes.len());
        self.notes.extend(reading::notes(&read).into_iter().take(room));
        let first = match side {
            Side::Statement => self.lines.len(),
            Side::Ledger => self.entries.len(),
        };
        match read.reading.records {
            Records::Statement(lines) => self.lines.extend(lines),
            Records::Ledger(entries) => self.entries.extend(entries),
        }
        self.files.push((side, first, name));
        Ok(())
    }

    fn file_of(&self, side: Side, at: usize) -> &str {
        let found = self.files.iter().rev().find(|(of, first, _)| *of == side && *first <= at);
        found.map_or("", |(_, _, name)| name.as_str())
    }

    fn report(&self, config: &AnomalyConfig, dates: tieout_classify::Dates) -> AnomalyReport {
        let postings = Postings::of_records(&self.lines, &self.entries);
        let found = detect(&postings, config, dates);
        let (listed, kinds) = cap(found.iter().map(|anomaly| (anomaly.kind, false)).collect(), config);
        let found = found.into_iter().zip(listed).filter(|(_, listed)| *listed).map(|(anomaly, _)| {
            let mut shown = anomaly.postings.clone();
            if shown.len() > RECORDS_SHOWN {
                shown.sort_by_key(|at| std::cmp::Reverse(postings.get(*at).amount.magnitude()));
                shown.truncate(RECORDS_SHOWN);
            }
            let record = |at: u32| {
                let (place, side) = (postings.place(at), postings.get(at).side());
                let file = self.file_of(side, place);
                let row = match side {
                    Side::Statement => results::line_row(&self.lines[place], file),
                    Side::Ledger => results::entry_row(&self.entries[place], file),
                };
                AnomalyRecord { id: None, row: row.into_owned() }
            };
            FoundAnomaly {
                key: key_of(anomaly.kind, anomaly.postings.iter().map(|at| postings.get(*at).id)),
                kind: anomaly.kind,
                impact: anomaly.impact,
                strength: anomaly.strength,
                evidence: anomaly.evidence,
                records: shown.into_iter().map(record).collect(),
                record_count: anomaly.postings.len() as u64,
                set_aside: None,
            }
        });
        AnomalyReport {
            records: postings.len() as u64,
            found: found.collect(),
            set_aside: Vec::new(),
            kinds,
            notes: self.notes.clone(),
            rows_rejected: self.rejected,
        }
    }
}
