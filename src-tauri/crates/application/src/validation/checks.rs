//! What records lack, counted as they stream by.

use jiff::civil::Date;
use tieout_domain::{LedgerEntry, LedgerKind, Side, StatementLine, StepReport, ValidationStep, said};
use tieout_statements::Records;

use super::{step, warning};

/// How many records lack what, and which was the first.
#[derive(Debug, Clone, Copy, Default)]
struct Lack {
    rows: u64,
    first: Option<u32>,
}

impl Lack {
    fn note(&mut self, lacks: bool, row: u32) {
        if lacks {
            self.rows += 1;
            self.first = self.first.or(Some(row));
        }
    }
}

/// Counts over all records of a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Checks {
    pub(super) records: u64,
    date: Lack,
    text: Lack,
    /// Records dated after this day.
    today: Option<Date>,
    future: Lack,
    /// Fields that were looked at, and those that were blank.
    pub(super) fields: u64,
    pub(super) blank: u64,
}

impl Checks {
    /// Nothing counted yet; dates after `today` are worth a word.
    pub(crate) fn new(today: Date) -> Self {
        Self { today: Some(today), ..Self::default() }
    }

    /// Counts records.
    pub(crate) fn take(&mut self, records: &Records) {
        match records {
            Records::Statement(lines) => lines.iter().for_each(|line| self.line(line)),
            Records::Ledger(entries) => entries.iter().for_each(|entry| self.entry(entry)),
        }
    }

    fn line(&mut self, line: &StatementLine) {
        let silent = line.description.is_empty() && line.counterparty.is_empty() && line.reference.is_empty();
        self.record(line.source.row, line.date, true, silent);
    }

    fn entry(&mut self, entry: &LedgerEntry) {
        let silent = entry.number.is_empty()
            && entry.reference.is_empty()
            && entry.memo.is_empty()
            && entry.counterparty.is_empty()
            && entry.counterparty_code.is_empty();
        self.record(entry.source.row, entry.date, entry.kind != LedgerKind::CustomerAccount, silent);
    }

    fn record(&mut self, row: u32, date: Option<Date>, needs_date: bool, silent: bool) {
        self.records += 1;
        self.fields += 2;
        self.blank += u64::from(needs_date && date.is_none()) + u64::from(silent);
        self.date.note(needs_date && date.is_none(), row);
        self.text.note(silent, row);
        self.future.note(date.zip(self.today).is_some_and(|(date, today)| date > today), row);
    }

    pub(super) fn required_fields(&self, side: Side) -> StepReport {
        let text = match side {
            Side::Statement => said!("finding.noText", "rows without any text, reference or other party"),
            Side::Ledger => said!("finding.noTextOfEntry", "rows without number, reference, text or other party"),
        };
        let lacks = [(self.date, said!("finding.noDate", "rows without a date")), (self.text, text)];
        let findings = lacks
            .into_iter()
            .filter(|(lack, _)| lack.rows > 0)
            .map(|(lack, message)| warning(message, lack.first, lack.rows));
        step(ValidationStep::RequiredFields, self.records, findings.collect())
    }

    /// Rows dated later than today, and the first.
    pub(super) fn future(&self) -> Option<(u64, Option<u32>)> {
        (self.future.rows > 0).then_some((self.future.rows, self.future.first))
    }
}
