//! Table + [`Mapping`] → records, with a diagnostic for everything that is not as it should be.

pub(crate) mod balance;
mod cells;
pub(crate) mod direction;
mod doubts;
mod jobs;
mod ledger;
pub(crate) mod phrases;
pub(crate) mod plan;
mod proof;
mod realign;
mod sink;
mod statement;
mod walk;

use std::ops::ControlFlow;

use rayon::prelude::*;
use tieout_domain::{Currency, Diagnostic, Digest, LedgerEntry, Side, StatementLine};

use plan::Plan;
use proof::Prover;
pub use proof::{ProofKind, ReadingProof, StatementReading};
use sink::Sink;
pub use walk::Break;

use crate::{Mapping, ReadError, Table, recognise};

/// How much of a record is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// All of it.
    Full,
    /// What matching and its reports read: without the row as it stands in the file and without what normalisation adds
    /// beside the texts, which is most of the memory and half of the time.
    Matching,
}

/// What the file itself does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defaults {
    /// SHA-256 of the file's bytes: part of every record's source.
    pub file: Digest,
    /// Currency of rows that name none; without one they get [`Currency::NONE`].
    pub currency: Option<Currency>,
    /// How much of each record is made.
    pub detail: Detail,
}

/// The records of one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Records {
    /// Side A.
    Statement(Vec<StatementLine>),
    /// Side B.
    Ledger(Vec<LedgerEntry>),
}

impl Records {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Statement(lines) => lines.len(),
            Self::Ledger(entries) => entries.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// No records of a side.
    pub const fn none(side: Side) -> Self {
        match side {
            Side::Statement => Self::Statement(Vec::new()),
            Side::Ledger => Self::Ledger(Vec::new()),
        }
    }

    /// No records of a side, with room for some.
    pub fn with_capacity(side: Side, records: usize) -> Self {
        match side {
            Side::Statement => Self::Statement(Vec::with_capacity(records)),
            Side::Ledger => Self::Ledger(Vec::with_capacity(records)),
        }
    }

    /// Adds records of the same side at the end; those of the other side are left aside.
    pub fn append(&mut self, more: Self) {
        match (self, more) {
            (Self::Statement(lines), Self::Statement(more)) => lines.extend(more),
            (Self::Ledger(entries), Self::Ledger(more)) => entries.extend(more),
            (Self::Statement(_), Self::Ledger(_)) | (Self::Ledger(_), Self::Statement(_)) => {}
        }
    }
}

/// What a table says under a mapping. `rows_read = records + rows_rejected + rows_skipped`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The records, in file order; empty where they were handed on as they were read.
    pub records: Records,
    /// What is wrong or worth knowing, in file order; what concerns the file as a whole comes first.
    pub diagnostics: Vec<Diagnostic>,
    /// Data rows that are not blank.
    pub rows_read: u32,
    /// Rows with an error: they made no record.
    pub rows_rejected: u32,
    /// Rows that are no records (totals, drafts, notes of the bank), each with a warning.
    pub rows_skipped: u32,
    /// What balances and totals say against the reading, each a warning.
    pub doubts: Vec<Diagnostic>,
    /// The statements the lines make, each with its proof; empty for ledgers.
    pub statements: Vec<StatementReading>,
}

impl Reading {
    /// The proofs of all statements as one.
    pub fn proof(&self) -> ReadingProof {
        ReadingProof::together(self.statements.iter().map(|statement| statement.proof))
    }
}

/// Rows that one thread reads at a time.
const CHUNK: usize = 1_024;
/// Chunks between two calls of `progress`.
const CHUNKS_PER_STEP: usize = 64;

/// Told how many rows of how many are read; answers whether to go on.
pub type Progress<'a> = dyn Fn(u64, u64) -> ControlFlow<()> + 'a;

/// Turns every row of a table into a record or a diagnostic.
///
/// `progress` is called on this thread with the rows done and the rows there are; when it breaks, reading stops. The
/// result is the same whatever the number of threads.
///
/// # Errors
/// [`ReadError::Mapping`] where the mapping lacks what records need, [`ReadError::Cancelled`].
pub fn interpret(
    table: &Table,
    side: Side,
    mapping: &Mapping,
    defaults: &Defaults,
    progress: &Progress<'_>,
) -> Result<Reading, ReadError> {
    let mut interpreter = Interpreter::new(table, side, mapping, defaults, table.row_count() as u64)?;
    let mut records = Records::none(side);
    interpreter.piece(table, progress, &mut |read| {
        records.append(read);
        Ok(())
    })?;
    Ok(Reading { records, ..interpreter.finish() })
}

/// Reads a file piece by piece under one mapping.
pub(crate) struct Interpreter<'t> {
    plan: Plan<'t>,
    sink: Sink,
    prover: Prover,
    done: u64,
    total: u64,
}

impl<'t> Interpreter<'t> {
    /// Prepares reading: `sample` tells how its columns are meant, `total` is the number of rows of the whole file.
    pub(crate) fn new(
        sample: &'t Table,
        side: Side,
        mapping: &'t Mapping,
        defaults: &Defaults,
        total: u64,
    ) -> Result<Self, ReadError> {
        if let Some(problem) = recognise::problems(sample, side, mapping).into_iter().next() {
            return Err(ReadError::Mapping(problem));
        }
        let plan = Plan::new(sample, side, mapping, defaults, sample.row_count());
        Ok(Self { plan, sink: Sink::new(sample), prover: Prover::default(), done: 0, total })
    }

    /// Reads the next piece and hands its records on, at most [`CHUNK`] at a time.
    pub(crate) fn piece(
        &mut self,
        piece: &Table,
        progress: &Progress<'_>,
        consume: &mut dyn FnMut(Records) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let plan = self.plan.of_piece(piece);
        let rows = piece.row_count();
        let mut from = 0;
        while from < rows {
            if progress(self.done, self.total).is_break() {
                return Err(ReadError::Cancelled);
            }
            let to = rows.min(from + CHUNK * CHUNKS_PER_STEP);
            match plan.side {
                Side::Statement => {
                    for lines in read_rows(&plan, from..to, &mut self.sink, statement::read) {
                        lines.iter().for_each(|line| {
                            let row = line.source.row.saturating_sub(piece.first_row).saturating_sub(1);
                            self.prover.push(piece.section_of(row as usize), line);
                        });
                        consume(Records::Statement(lines))?;
                    }
                }
                Side::Ledger => {
                    for entries in read_rows(&plan, from..to, &mut self.sink, ledger::read) {
                        consume(Records::Ledger(entries))?;
                    }
                }
            }
            self.done += (to - from) as u64;
            from = to;
        }
        if progress(self.done, self.total).is_break() { Err(ReadError::Cancelled) } else { Ok(()) }
    }

    /// What was read, without the records.
    pub(crate) fn finish(self) -> Reading {
        let statements = match self.plan.side {
            Side::Statement => self.prover.finish(self.plan.table, self.plan.defaults.currency),
            Side::Ledger => Vec::new(),
        };
        let balance = self.plan.balance.map(|column| self.plan.table.column_name(column));
        Reading {
            doubts: doubts::of(&statements, balance.as_deref()),
            records: Records::none(self.plan.side),
            rows_read: self.sink.rows_read,
            rows_rejected: self.sink.rows_rejected,
            rows_skipped: self.sink.rows_skipped,
            diagnostics: self.sink.into_diagnostics(),
            statements,
        }
    }
}

/// The records of rows, chunk by chunk.
fn read_rows<T: Send>(
    plan: &Plan<'_>,
    rows: std::ops::Range<usize>,
    sink: &mut Sink,
    read: fn(&Plan<'_>, usize, &mut Sink) -> Option<T>,
) -> Vec<Vec<T>> {
    let starts: Vec<usize> = rows.clone().step_by(CHUNK).collect();
    let chunks: Vec<(Vec<T>, Sink)> = starts
        .into_par_iter()
        .map(|start| {
            let mut sink = Sink::default();
            let chunk = start..rows.end.min(start + CHUNK);
            let mut records = Vec::with_capacity(chunk.len());
            records.extend(chunk.filter_map(|row| read(plan, row, &mut sink)));
            (records, sink)
        })
        .collect();
    let records = chunks.into_iter().map(|(records, found)| {
        sink.append(found);
        records
    });
    records.collect()
}

/// The first rows as chains of balances, for trying a mapping out. Rows that cannot be read are left aside.
pub(crate) fn sampled_steps(plan: &Plan<'_>, rows: usize) -> Vec<balance::Chain> {
    let mut chains: Vec<((&str, Currency), balance::Chain)> = Vec::new();
    for row in 0..plan.table.row_count().min(rows) {
        let Ok(Some(amount)) = cells::money(plan, row) else { continue };
        let balance = cells::balance(plan, row, amount.currency()).unwrap_or(None);
        let key = (plan.account_of(row), amount.currency());
        let step = balance::Step { amount, balance };
        let date = cells::date_in(plan, row, plan.date.or(plan.value_date)).unwrap_or(None);
        let place = chains.iter().position(|(have, _)| *have == key).unwrap_or_else(|| {
            chains.push((key, balance::Chain::default()));
            chains.len() - 1
        });
        if let Some((_, chain)) = chains.get_mut(place) {
            chain.push(step, date);
        }
    }
    chains.into_iter().map(|(_, chain)| chain).collect()
}
