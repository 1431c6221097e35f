//! One statement (`Stmt`, `Rpt` or `Ntfctn`): what it states around its entries, and its entries into the table.

use rust_decimal::Decimal;

use tieout_domain::said;

use super::{
    amounts::{amount_of, day, is_credit, is_pending},
    balances::{self, Balance, Ends},
    entry::Entry,
    rows::{self, Row},
    summary::Summary,
};
use crate::{Limits, ReadError, Section, Spot, limit, record_table::RecordTable, value::currency::parse_currency};

/// Bytes of an entry's text that are kept with its row.
const RAW_MAX: usize = 64 << 10;
/// Pending entries that are named one by one; the rest are counted.
const NAMED_MAX: usize = 100;

/// A statement as its elements come.
#[derive(Debug, Default)]
pub(super) struct Statement {
    section: Section,
    line: u32,
    sequence: String,
    account_currency: String,
    /// The currency of all entries so far; `None` inside where they have several.
    entry_currency: Option<Option<String>>,
    balances: Vec<Balance>,
    summary: Summary,
    /// Sum of the rows that were taken; `None` where one could not be read.
    booked: Option<Decimal>,
    /// Entries that are not booked but have a booking date, until the balances say whether they count.
    held: Vec<Vec<Row>>,
}

impl Statement {
    /// Begins a statement in the table.
    pub(super) fn begin(line: u32, records: &mut RecordTable<'_>) -> Self {
        records.begin_section(Section::default());
        Self { line, booked: Some(Decimal::ZERO), ..Self::default() }
    }

    /// The account, as far as it is known.
    pub(super) fn account(&self) -> &str {
        &self.section.account
    }

    /// Begins a balance.
    pub(super) fn begin_balance(&mut self, line: u32) {
        self.balances.push(Balance::at(line));
    }

    /// Takes an element of the statement that is not inside an entry.
    pub(super) fn take(&mut self, path: &[&str], text: &str, currency: &str) {
        match path {
            ["Id"] => text.clone_into(&mut self.section.number),
            ["ElctrncSeqNb"] => text.clone_into(&mut self.sequence),
            ["LglSeqNb"] if self.sequence.is_empty() => text.clone_into(&mut self.sequence),
            ["FrToDt", "FrDtTm" | "FrDt"] => self.section.from = day(text).and_then(|day| day.parse().ok()),
            ["FrToDt", "ToDtTm" | "ToDt"] => self.section.to = day(text).and_then(|day| day.parse().ok()),
            ["Acct", "Id", "IBAN"]
            | ["Acct", "Id", "Othr", "Id"]
            | ["Acct", "Id", "BBAN" | "UPIC"]
            | ["Acct", "Id", "PrtryAcct", "Id"]
                if self.section.account.is_empty() =>
            {
                text.clone_into(&mut self.section.account);
            }
            ["Acct", "Ccy"] => text.clone_into(&mut self.account_currency),
            ["Bal", rest @ ..] => {
                if let Some(balance) = self.balances.last_mut() {
                    balance.take(rest, text, currency);
                }
            }
            ["TxsSummry", rest @ ..] => self.summary.take(rest, text),
            _ => {}
        }
    }

    /// Takes an entry that is over, and puts its rows into the table.
    pub(super) fn entry(
        &mut self,
        entry: &Entry,
        end: usize,
        text: &str,
        limits: &Limits,
        records: &mut RecordTable<'_>,
    ) -> Result<(), ReadError> {
        let amount = amount_of(entry);
        self.summary.count(amount, is_credit(&entry.direction));
        let currency = Some(entry.amount.currency.clone());
        let first = self.entry_currency.get_or_insert_with(|| currency.clone());
        if *first != currency {
            *first = None;
        }
        let rows = rows::of_entry(entry, end, self.account());
        let is_pending = is_pending(&entry.status);
        if is_pending && !entry.booked.is_empty() {
            if self.held.len() >= limits.rows as usize {
                let limit = limit::rows(limits.rows);
                return Err(ReadError::TooLarge { what: "the file", limit, place: Spot::line(entry.line) });
            }
            self.held.push(rows);
            return Ok(());
        }
        if !is_pending {
            let is_whole = rows.iter().all(|row| row.wrong.is_empty());
            let added = self.booked.zip(amount).and_then(|(booked, amount)| booked.checked_add(amount));
            self.booked = added.filter(|_| is_whole);
        }
        push_all(&rows, text, limits, records)
    }

    /// Ends the statement.
    pub(super) fn finish(
        mut self,
        text: &str,
        limits: &Limits,
        records: &mut RecordTable<'_>,
    ) -> Result<(), ReadError> {
        let currency = self.currency();
        for balance in self.balances.iter().filter(|balance| balance.is_booked()) {
            if let Some(why) = balance.oddity() {
                records.note(balance.line, &balance.words(), why);
            } else if balance.currency() != currency {
                let why = said!(
                    "camt.balanceCurrency",
                    "this balance is in another currency than the entries and was not compared with them"
                );
                records.note(balance.line, &balance.words(), why);
            }
        }
        let ends = balances::ends(&self.balances, &currency);
        self.release(ends, text, limits, records)?;
        if self.section.account.is_empty() {
            records.note(
                self.line,
                &self.section.number,
                said!("camt.noAccount", "this statement does not name its account"),
            );
        }
        let mut section = self.section;
        section.currency = parse_currency(&currency);
        section.opening = ends.opening;
        section.closing = ends.closing;
        section.interim = ends.is_interim;
        section.to = section.to.or(ends.to);
        section.controls = self.summary.controls();
        if section.number.is_empty() {
            section.number = self.sequence;
        }
        if let Some(begun) = records.section() {
            (section.first_row, section.rows) = (begun.first_row, begun.rows);
            *begun = section;
        }
        Ok(())
    }

    /// The currency of the account, else of its entries, else of its balances.
    fn currency(&self) -> String {
        if !self.account_currency.is_empty() {
            return self.account_currency.clone();
        }
        let of_entries = self.entry_currency.clone().flatten().filter(|currency| !currency.is_empty());
        of_entries.unwrap_or_else(|| {
            let booked = self.balances.iter().find(|balance| balance.is_booked());
            booked.or(self.balances.first()).map_or("", Balance::currency).to_owned()
        })
    }

    /// Decides on the pending entries: left out where the balances hold without them, else kept with a word.
    fn release(
        &mut self,
        ends: Ends,
        text: &str,
        limits: &Limits,
        records: &mut RecordTable<'_>,
    ) -> Result<(), ReadError> {
        let held = std::mem::take(&mut self.held);
        let booked = ends.opening.zip(self.booked).and_then(|(opening, booked)| opening.checked_add(booked));
        let holds_without = !held.is_empty() && ends.closing.is_some() && booked == ends.closing && !ends.is_interim;
        for (place, mut rows) in held.into_iter().enumerate() {
            if holds_without {
                self.leave_out(place, &rows, records);
                continue;
            }
            for row in &mut rows {
                let expected =
                    said!("camt.pending", "a booked entry; this one is pending and may come again once it is booked");
                row.odd.push(("Sts", "PDNG".to_owned(), expected));
            }
            push_all(&rows, text, limits, records)?;
        }
        Ok(())
    }

    fn leave_out(&self, place: usize, rows: &[Row], records: &mut RecordTable<'_>) {
        let Some(first) = rows.first() else { return };
        match place.cmp(&NAMED_MAX) {
            std::cmp::Ordering::Less => {
                let why = said!(
                    "camt.pendingLeftOut",
                    "this entry is pending and the booked balances hold without it; it was left out"
                );
                records.note(first.line, &first.summary(), why);
            }
            std::cmp::Ordering::Equal => {
                let why = said!(
                    "camt.pendingMore",
                    "from here on pending entries were left out without being named one by one"
                );
                records.note(first.line, &first.summary(), why);
            }
            std::cmp::Ordering::Greater => {}
        }
    }
}

fn push_all(rows: &[Row], text: &str, limits: &Limits, records: &mut RecordTable<'_>) -> Result<(), ReadError> {
    let raw_max = RAW_MAX.min(limits.line_bytes);
    rows.iter().try_for_each(|row| row.push(records, text, raw_max))
}
