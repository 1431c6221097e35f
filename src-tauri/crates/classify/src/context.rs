//! What the rules know about all records besides the one at hand.

use std::collections::HashMap;

use jiff::civil::Date;
use rayon::prelude::*;
use tieout_domain::{Job, LedgerEntry, LedgerKind, Profile, Source, StatementLine};

use crate::copies::{Copies, Key};

/// What a run found of an unmatched record: another record of its side has its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied<'a> {
    /// The same line, delivered before.
    LineAgain,
    /// The same document, entered before, perhaps under a varied number.
    EntryAgain(&'a LedgerEntry),
    /// The other line settles what this one would.
    PaidBy(&'a StatementLine),
}

/// Facts over all records of both sides.
#[derive(Debug, Default)]
pub struct Context<'a> {
    profile: Profile,
    copied: HashMap<&'a Source, Copied<'a>>,
    last_line_date: Option<Date>,
    last_line_month: Option<Date>,
    line_copies: Copies<'a>,
    entry_copies: Copies<'a>,
}

fn line_key(line: &StatementLine) -> Option<Key<'_>> {
    (!line.reference.is_empty()).then(|| Key {
        kind: 0,
        date: line.date,
        minor: line.amount.minor_units(),
        name: &line.reference,
        text: &line.description,
        job: line.job.as_deref(),
    })
}

/// An entry by its own number, and an invoice also by the number its supplier gave it: booked twice, a bill gets two
/// numbers of ours and keeps the one of theirs.
fn entry_keys(entry: &LedgerEntry) -> [Option<Key<'_>>; 2] {
    let suppliers = if entry.kind == LedgerKind::Invoice { entry.reference.as_str() } else { "" };
    [(0, entry.number.as_str()), (1, suppliers)].map(|(kind, name)| {
        (!name.is_empty()).then(|| Key {
            kind,
            date: None,
            minor: entry.amount.minor_units(),
            name,
            text: &entry.counterparty,
            job: entry.job.as_deref(),
        })
    })
}

impl<'a> Context<'a> {
    /// Looks all records over once, matched ones included.
    pub fn new(
        lines: impl IntoIterator<Item = &'a StatementLine>,
        entries: impl IntoIterator<Item = &'a LedgerEntry>,
    ) -> Self {
        let lines: Vec<_> = lines.into_iter().collect();
        let entries: Vec<_> = entries.into_iter().collect();
        let last_line_date = lines.par_iter().filter_map(|line| line.date).max();
        let month = |job: &Job| job.month;
        let last_line_month = lines.iter().filter_map(|line| line.job.as_deref().and_then(month)).max();
        let (line_copies, entry_copies) =
            rayon::join(|| Copies::of(&lines, |line| [line_key(line), None]), || Copies::of(&entries, entry_keys));
        Self { last_line_date, last_line_month, line_copies, entry_copies, ..Self::default() }
    }

    /// The kind of reconciliation that the records are of; [`Profile::Bank`] otherwise.
    #[must_use]
    pub fn of_profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// Adds which records a run found to be there already.
    #[must_use]
    pub fn with_copied(mut self, copied: impl IntoIterator<Item = (&'a Source, Copied<'a>)>) -> Self {
        self.copied.extend(copied);
        self
    }

    /// The kind of reconciliation.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The record that has the place of this one, where a run found that.
    pub fn copied(&self, record: &Source) -> Option<Copied<'a>> {
        self.copied.get(record).copied()
    }

    /// The last day the statements know of.
    pub fn last_line_date(&self) -> Option<Date> {
        self.last_line_date
    }

    /// The last month whose jobs the client's exports tell, as its first day.
    pub fn last_line_month(&self) -> Option<Date> {
        self.last_line_month
    }

    /// How many lines say the very same thing under the same reference, this one included.
    pub fn copies_of_line(&self, line: &StatementLine) -> u32 {
        line_key(line).map_or(1, |key| self.line_copies.count(key))
    }

    /// How many entries carry the same document number (ours, or on an invoice the supplier's), amount and counterparty,
    /// this one included.
    pub fn copies_of_entry(&self, entry: &LedgerEntry) -> u32 {
        entry_keys(entry).into_iter().flatten().map(|key| self.entry_copies.count(key)).max().unwrap_or(1)
    }
}
