//! What the rules know about all records besides the one at hand.

use std::collections::HashMap;

use jiff::civil::Date;
use tieout_domain::{LedgerEntry, LedgerKind, StatementLine};

/// Facts over all records of both sides.
#[derive(Debug, Default)]
pub struct Context {
    last_line_date: Option<Date>,
    line_copies: HashMap<LineKey, u32>,
    entry_copies: HashMap<EntryKey, u32>,
}

type LineKey = (Option<Date>, i64, String, String);
type EntryKey = (&'static str, i64, String, String);

fn line_key(line: &StatementLine) -> Option<LineKey> {
    (!line.reference.is_empty())
        .then(|| (line.date, line.amount.minor_units(), line.reference.to_lowercase(), line.description.to_lowercase()))
}

/// An entry by its own number, and an invoice also by the number its supplier gave it: booked twice, a bill gets two
/// numbers of ours and keeps the one of theirs.
fn entry_keys(entry: &LedgerEntry) -> impl Iterator<Item = EntryKey> {
    let suppliers = if entry.kind == LedgerKind::Invoice { entry.reference.as_str() } else { "" };
    let names = [("number", entry.number.as_str()), ("reference", suppliers)];
    let (amount, counterparty) = (entry.amount.minor_units(), entry.counterparty.to_lowercase());
    names
        .into_iter()
        .filter(|(_, name)| !name.is_empty())
        .map(move |(field, name)| (field, amount, name.to_lowercase(), counterparty.clone()))
}

impl Context {
    /// Looks all records over once, matched ones included.
    pub fn new<'a>(
        lines: impl IntoIterator<Item = &'a StatementLine>,
        entries: impl IntoIterator<Item = &'a LedgerEntry>,
    ) -> Self {
        let mut context = Self::default();
        for line in lines {
            context.last_line_date = context.last_line_date.max(line.date);
            if let Some(key) = line_key(line) {
                *context.line_copies.entry(key).or_default() += 1;
            }
        }
        for entry in entries {
            for key in entry_keys(entry) {
                *context.entry_copies.entry(key).or_default() += 1;
            }
        }
        context
    }

    /// The last day the statements know of.
    pub fn last_line_date(&self) -> Option<Date> {
        self.last_line_date
    }

    /// How many lines say the very same thing under the same reference, this one included.
    pub fn copies_of_line(&self, line: &StatementLine) -> u32 {
        line_key(line).and_then(|key| self.line_copies.get(&key).copied()).unwrap_or(1)
    }

    /// How many entries carry the same document number (ours, or on an invoice the supplier's), amount and counterparty,
    /// this one included.
    pub fn copies_of_entry(&self, entry: &LedgerEntry) -> u32 {
        entry_keys(entry).filter_map(|key| self.entry_copies.get(&key).copied()).max().unwrap_or(1)
    }
}
