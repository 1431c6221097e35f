//! Table + [`Mapping`] → records, with a diagnostic for everything that is not as it should be.

pub(crate) mod balance;
mod cells;
pub(crate) mod direction;
mod ledger;
pub(crate) mod phrases;
pub(crate) mod plan;
mod realign;
mod sink;
mod statement;

use std::ops::ControlFlow;

use rayon::prelude::*;
use tieout_domain::{Currency, Diagnostic, Digest, LedgerEntry, Side, StatementLine};

pub use balance::BalanceReading;
use plan::Plan;
use sink::Sink;

use crate::{Mapping, ReadError, Table, recognise};

/// What the file itself does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defaults {
    /// SHA-256 of the file's bytes: part of every record's source.
    pub file: Digest,
    /// Currency of rows that name none; without one they get [`Currency::NONE`].
    pub currency: Option<Currency>,
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
}

/// What a table says under a mapping. `rows_read = records + rows_rejected + rows_skipped`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The records, in file order.
    pub records: Records,
    /// What is wrong or worth knowing, in file order; what concerns the file as a whole comes first.
    pub diagnostics: Vec<Diagnostic>,
    /// Data rows that are not blank.
    pub rows_read: u32,
    /// Rows with an error: they made no record.
    pub rows_rejected: u32,
    /// Rows that are no records (totals, drafts, notes of the bank), each with a warning.
    pub rows_skipped: u32,
    /// Proof of the running balance, for each account and currency; empty where no column holds balances.
    pub proof: Vec<BalanceReading>,
}

/// Rows that one thread reads at a time.
const CHUNK: usize = 4_096;
/// Chunks between two calls of `progress`.
const CHUNKS_PER_STEP: usize = 16;

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
    progress: &dyn Fn(u64, u64) -> ControlFlow<()>,
) -> Result<Reading, ReadError> {
    if let Some(problem) = recognise::problems(table, side, mapping).into_iter().next() {
        return Err(ReadError::Mapping(problem));
    }
    let plan = Plan::new(table, side, mapping, defaults, table.row_count());
    let mut sink = Sink::new(table);
    let (records, proof) = match side {
        Side::Statement => {
            let lines = all_rows(&plan, &mut sink, progress, statement::read)?;
            let proof = balance::of_lines(&lines, plan.balance.is_some());
            (Records::Statement(lines), proof)
        }
        Side::Ledger => (Records::Ledger(all_rows(&plan, &mut sink, progress, ledger::read)?), Vec::new()),
    };
    Ok(Reading {
        records,
        rows_read: sink.rows_read,
        rows_rejected: sink.rows_rejected,
        rows_skipped: sink.rows_skipped,
        diagnostics: sink.into_diagnostics(),
        proof,
    })
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

fn all_rows<T: Send>(
    plan: &Plan<'_>,
    sink: &mut Sink,
    progress: &dyn Fn(u64, u64) -> ControlFlow<()>,
    read: fn(&Plan<'_>, usize, &mut Sink) -> Option<T>,
) -> Result<Vec<T>, ReadError> {
    let total = plan.table.row_count();
    let mut records = Vec::with_capacity(total);
    let mut done = 0;
    while done < total {
        if progress(done as u64, total as u64).is_break() {
            return Err(ReadError::Cancelled);
        }
        let step_end = total.min(done + CHUNK * CHUNKS_PER_STEP);
        let starts: Vec<usize> = (done..step_end).step_by(CHUNK).collect();
        let chunks: Vec<(Vec<T>, Sink)> = starts
            .into_par_iter()
            .map(|start| {
                let mut sink = Sink::default();
                let rows = start..step_end.min(start + CHUNK);
                (rows.filter_map(|row| read(plan, row, &mut sink)).collect(), sink)
            })
            .collect();
        for (read, found) in chunks {
            records.extend(read);
            sink.append(found);
        }
        done = step_end;
    }
    if progress(total as u64, total as u64).is_break() {
        return Err(ReadError::Cancelled);
    }
    Ok(records)
}
