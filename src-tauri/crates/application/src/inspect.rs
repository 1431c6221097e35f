//! What the importer sees in a file, without a workbook.

use std::{collections::BTreeMap, path::Path};

use jiff::civil::Date;
use tieout_domain::{Currency, Diagnostic, LedgerEntry, Money, MoneyError, Severity, StatementLine};
use tieout_statements::{Reading, Records};

use crate::{
    ApplicationError, Environment, OpenReading, mapping_file,
    reading::{self, Given},
};

/// What a file holds, and how far it proves itself.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// `csv` or `xlsx`.
    pub format: &'static str,
    /// Name of the encoding.
    pub encoding: String,
    /// One an account and currency.
    pub statements: Vec<StatementFacts>,
    /// Data rows in the file.
    pub rows_read: u64,
    /// Rows that cannot be taken.
    pub rows_rejected: u64,
    /// How the balances prove the reading.
    pub proof: Proof,
    /// What can be read in more than one way.
    pub ambiguities: Vec<OpenReading>,
    /// 0–100: 100 less the percentage of rejected rows, less half the percentage of rows with a warning, less 10 for each
    /// thing that can be read in two ways.
    pub quality: u8,
    /// What is wrong.
    pub issues: Vec<Diagnostic>,
    /// The rows, of a statement …
    pub lines: Vec<StatementLine>,
    /// … or of a ledger.
    pub entries: Vec<LedgerEntry>,
}

/// The rows of one account in one currency.
#[derive(Debug, Clone)]
pub struct StatementFacts {
    /// Account the file names.
    pub account: Option<String>,
    /// Balance before the first row.
    pub opening: Option<Money>,
    /// Balance after the last row.
    pub closing: Option<Money>,
    /// Rows.
    pub transactions: u64,
    /// Their sum.
    pub sum: Money,
    /// Earliest date.
    pub first_date: Option<Date>,
    /// Latest date.
    pub last_date: Option<Date>,
}

/// How balances in the file prove that it was read right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// `running_balance` or `none`.
    pub kind: &'static str,
    /// Rows proved.
    pub proved: u64,
    /// Rows that state a balance.
    pub of: u64,
}

/// Reads a file as the importer would; `mapping` is a mapping file to use instead of what is recognised.
pub fn inspect(environment: &Environment, path: &Path, mapping: Option<&Path>) -> Result<Inspection, ApplicationError> {
    let mapping = mapping.map(mapping_file::MappingFile::read).transpose()?;
    let given = mapping.as_ref().map_or(Given::Nothing, Given::Mapping);
    let read = reading::read_file(environment, path, given, None, &|_| {})?;
    let ambiguities: Vec<_> = read.recognition.ambiguities.iter().map(OpenReading::from).collect();
    let reading = read.reading;
    let statements = statements(&reading)?;
    let (proved, of) = proved(&reading);
    let quality = quality(&reading, ambiguities.len());
    let (lines, entries) = match reading.records {
        Records::Statement(lines) => (lines, Vec::new()),
        Records::Ledger(entries) => (Vec::new(), entries),
    };
    Ok(Inspection {
        format: read.decoded.table.format().as_str(),
        encoding: read.decoded.table.encoding().to_owned(),
        statements,
        rows_read: u64::from(reading.rows_read),
        rows_rejected: u64::from(reading.rows_rejected),
        proof: Proof { kind: if of > 0 { "running_balance" } else { "none" }, proved, of },
        ambiguities,
        quality,
        issues: reading.diagnostics,
        lines,
        entries,
    })
}

/// Rows whose running balance holds, of those that state one.
pub(crate) fn proved(reading: &Reading) -> (u64, u64) {
    reading
        .proof
        .iter()
        .fold((0, 0), |(proved, of), balance| (proved + u64::from(balance.proved), of + u64::from(balance.of)))
}

fn quality(reading: &Reading, ambiguities: usize) -> u8 {
    let rows = u64::from(reading.rows_read).max(1);
    let warned = reading.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning).count();
    let lost = u64::from(reading.rows_rejected) * 100 / rows
        + (warned as u64).min(rows) * 50 / rows
        + ambiguities as u64 * 10
        + u64::from(reading.rows_rejected > 0);
    u8::try_from(100_u64.saturating_sub(lost)).unwrap_or(0)
}

/// What rows of one account and currency add up to.
struct Sum {
    rows: u64,
    sum: Money,
    first: Option<Date>,
    last: Option<Date>,
}

fn statements(reading: &Reading) -> Result<Vec<StatementFacts>, MoneyError> {
    let mut sums: BTreeMap<(String, Currency), Sum> = BTreeMap::new();
    match &reading.records {
        Records::Statement(lines) => {
            lines.iter().try_for_each(|line| add(&mut sums, &line.account, line.amount, line.date))?;
        }
        Records::Ledger(entries) => {
            entries.iter().try_for_each(|entry| add(&mut sums, "", entry.amount, entry.date))?
        }
    }
    Ok(sums
        .into_iter()
        .map(|((account, currency), sum)| {
            let balance =
                reading.proof.iter().find(|balance| balance.account == account && balance.currency == currency);
            StatementFacts {
                opening: balance.and_then(|balance| balance.opening),
                closing: balance.and_then(|balance| balance.closing),
                account: (!account.is_empty()).then_some(account),
                transactions: sum.rows,
                sum: sum.sum,
                first_date: sum.first,
                last_date: sum.last,
            }
        })
        .collect())
}

fn add(
    sums: &mut BTreeMap<(String, Currency), Sum>,
    account: &str,
    amount: Money,
    date: Option<Date>,
) -> Result<(), MoneyError> {
    let currency = amount.currency();
    let sum = sums.entry((account.to_owned(), currency)).or_insert(Sum {
        rows: 0,
        sum: Money::zero(currency),
        first: None,
        last: None,
    });
    sum.rows += 1;
    sum.sum = sum.sum.checked_add(amount)?;
    sum.first = [sum.first, date].into_iter().flatten().min();
    sum.last = sum.last.max(date);
    Ok(())
}
