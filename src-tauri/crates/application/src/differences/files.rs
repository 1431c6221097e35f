//! Differences between files, without a workbook.

use std::{collections::HashMap, path::PathBuf};

use tieout_domain::{Currency, MatchStatus, Money, MoneyError, RecordRef, RootCause, SideTotals};
use tieout_matching::{Known, Outcome, Proposal, may_auto_approve};

use super::{
    Differences, report,
    report::{FoundDifference, FoundJob},
};
use crate::{
    ApplicationError, Configuration, Environment, Progress, engine,
    headless::{Inputs, Records},
};

/// Files whose differences are wanted.
#[derive(Debug, Clone)]
pub struct DifferencesOfFiles {
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
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct FileDifferences {
    /// The differences.
    pub differences: Differences,
    /// Rows that could not be read.
    pub rows_rejected: u64,
    /// What people should know: rejected rows, readings that were a choice.
    pub notes: Vec<String>,
}

impl DifferencesOfFiles {
    /// Reads the files, matches them and says how far both sides are apart. Nothing is written.
    pub fn find(
        &self,
        environment: &Environment,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<FileDifferences, ApplicationError> {
        let configuration = self.configuration.clone().with_rates_read()?;
        let inputs = Inputs {
            statements: &self.statements,
            ledgers: &self.ledgers,
            base: configuration.engine.base_currency,
            file_bytes_max: self.file_bytes_max,
        };
        engine::with_threads(self.threads, || {
            let records = Records::read(environment, &inputs, progress)?;
            let (lines, entries) = (&records.lines, &records.entries);
            let outcome = engine::run(lines, entries, &configuration.engine, &Known::default(), progress, &|| false)?;
            let used = Used::of(&outcome);
            let (mut found, mut jobs) = (Vec::new(), Vec::new());
            for at in 0..outcome.proposals.len() {
                let proposal = Numbered { at, proposal: &outcome.proposals[at], configuration: &configuration };
                found.extend(proposal.difference(&records, &used)?);
                jobs.extend(proposal.job(&records, &used));
            }
            let differences = report::put_together(found, jobs)?;
            Ok(FileDifferences { differences, rows_rejected: records.rejected, notes: records.notes.clone() })
        })?
    }
}

/// What proposals use of each record, and the last of them.
struct Used(HashMap<RecordRef<usize, usize>, (i128, usize)>);

impl Used {
    fn of(outcome: &Outcome<'_>) -> Self {
        let mut used = HashMap::new();
        for (at, proposal) in outcome.proposals.iter().enumerate() {
            for leg in proposal.matched.legs().iter().filter(|leg| !leg.is_converted()) {
                let (applied, last) = used.entry(leg.record).or_insert((0, at));
                *applied += i128::from(leg.amount_applied.minor_units());
                *last = at;
            }
        }
        Self(used)
    }

    /// What is left of a record, if this is the last proposal that uses it.
    fn left(&self, record: RecordRef<usize, usize>, whole: Money, at: usize) -> Result<i64, MoneyError> {
        match self.0.get(&record) {
            Some((applied, last)) if *last == at => {
                i64::try_from(i128::from(whole.minor_units()) - applied).map_err(|_| MoneyError::Overflow)
            }
            _ => Ok(0),
        }
    }
}

/// A proposal with its place.
struct Numbered<'a> {
    at: usize,
    proposal: &'a Proposal,
    configuration: &'a Configuration,
}

impl Numbered<'_> {
    fn id(&self) -> String {
        format!("M{:07}", self.at + 1)
    }

    fn status(&self) -> MatchStatus {
        if may_auto_approve(self.proposal, &self.configuration.engine.auto_approve) {
            MatchStatus::Approved
        } else if self.proposal.ambiguous {
            MatchStatus::Ambiguous
        } else {
            MatchStatus::Suggested
        }
    }

    /// What both sides come to: what is used, and of part payments what is left open.
    fn totals(&self, records: &Records, used: &Used) -> Result<SideTotals, MoneyError> {
        let legs = self.proposal.matched.legs();
        let currency = legs.first().map_or(Currency::NONE, |leg| leg.amount_applied.currency());
        let mut totals = SideTotals { statement: Money::zero(currency), ledger: Money::zero(currency) };
        let open = matches!(self.proposal.cause, RootCause::PartialPayment | RootCause::Overpayment);
        for leg in legs {
            let (total, whole) = match leg.record {
                RecordRef::Line(line) => (&mut totals.statement, records.lines[line].amount),
                RecordRef::Entry(entry) => (&mut totals.ledger, records.entries[entry].amount),
            };
            let left = if open && !leg.is_converted() { used.left(leg.record, whole, self.at)? } else { 0 };
            *total = total.checked_add(leg.amount_applied)?.checked_add(Money::from_minor(left, currency))?;
        }
        Ok(totals)
    }

    fn difference(&self, records: &Records, used: &Used) -> Result<Option<FoundDifference>, MoneyError> {
        let (matched, cause) = (&self.proposal.matched, self.proposal.cause);
        let (line, entry) = (matched.lines().next(), matched.entries().next());
        let is_apart =
            !matched.adjustments().is_empty() || matches!(cause, RootCause::PartialPayment | RootCause::Overpayment);
        if !is_apart {
            return Ok(None);
        }
        let totals = self.totals(records, used)?;
        if totals.difference()?.is_zero() {
            return Ok(None);
        }
        let mut causes = vec![cause];
        for adjustment in matched.adjustments() {
            if !causes.contains(&adjustment.cause) {
                causes.push(adjustment.cause);
            }
        }
        let (line, entry) = (line.map(|line| &records.lines[line]), entry.map(|entry| &records.entries[entry]));
        let month = line.and_then(|line| line.job.as_deref()).and_then(|job| job.month);
        let text = |texts: [Option<&String>; 4]| {
            texts.into_iter().flatten().find(|text| !text.is_empty()).cloned().unwrap_or_default()
        };
        Ok(Some(FoundDifference {
            id: self.id(),
            status: self.status(),
            causes,
            date: line.and_then(|line| line.date).or(entry.and_then(|entry| entry.date)).or(month),
            title: text([entry.map(|of| &of.counterparty), line.map(|of| &of.counterparty), None, None]),
            subtitle: text([
                line.map(|of| &of.description),
                line.map(|of| &of.reference),
                entry.map(|of| &of.number),
                entry.map(|of| &of.record_id),
            ]),
            totals,
        }))
    }

    /// The job of a pair, where nothing but this proposal uses its records, or it uses them as a whole.
    fn job(&self, records: &Records, used: &Used) -> Option<FoundJob> {
        let [first, second] = self.proposal.matched.legs() else { return None };
        let (RecordRef::Line(line), RecordRef::Entry(entry)) = (first.record, second.record) else { return None };
        let (line, entry) = (&records.lines[line], &records.entries[entry]);
        let (statement, ledger) = line.job.as_deref().zip(entry.job.as_deref())?;
        let is_whole = first.amount_applied == line.amount && second.amount_applied == entry.amount;
        let alone = |leg: &tieout_domain::Leg<usize, usize>| {
            used.0.get(&leg.record).is_some_and(|(applied, _)| *applied == i128::from(leg.amount_applied.minor_units()))
        };
        (is_whole || alone(first) && alone(second) && !second.is_converted()).then(|| FoundJob {
            id: self.id(),
            status: self.status(),
            date: entry.date.or(line.date),
            number: if entry.number.is_empty() { line.reference.clone() } else { entry.number.clone() },
            statement: statement.clone(),
            ledger: ledger.clone(),
            totals: SideTotals { statement: line.amount, ledger: entry.amount },
        })
    }
}
