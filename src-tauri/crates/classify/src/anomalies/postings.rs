//! Records of both sides as the detectors see them: small, with names as numbers.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hasher},
};

use jiff::civil::Date;
use tieout_domain::{LedgerEntry, LedgerKind, Money, Side, StatementLine, fold_text};

/// No counterparty is known.
const NOBODY: u32 = u32::MAX;

/// What is told of a record. Texts may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts<'a> {
    /// What it is known by, unlike any other: the order of records never matters.
    pub id: u128,
    /// What kind of entry; none: a statement line.
    pub kind: Option<LedgerKind>,
    /// The account of a statement line.
    pub account: &'a str,
    /// The counterparty's name.
    pub counterparty: &'a str,
    /// What the counterparty is known by where it has no name, or is known by better: its code, its account.
    pub counterparty_code: &'a str,
    /// The document's own number.
    pub number: &'a str,
    /// The reference.
    pub reference: &'a str,
    /// Booking or document date.
    pub date: Option<Date>,
    /// Value date.
    pub value_date: Option<Date>,
    /// The amount.
    pub amount: Money,
    /// The import that brought it, by its place in the order of imports.
    pub import: u32,
    /// It is already known to be a duplicate.
    pub is_known_duplicate: bool,
}

impl<'a> Facts<'a> {
    /// Of a statement line.
    pub fn of_line(id: u128, line: &'a StatementLine) -> Self {
        Self {
            id,
            kind: None,
            account: &line.account,
            counterparty: &line.counterparty,
            counterparty_code: &line.counterparty_account,
            number: "",
            reference: &line.reference,
            date: line.date,
            value_date: line.value_date,
            amount: line.amount,
            import: 0,
            is_known_duplicate: false,
        }
    }

    /// Of a ledger entry.
    pub fn of_entry(id: u128, entry: &'a LedgerEntry) -> Self {
        Self {
            id,
            kind: Some(entry.kind),
            account: "",
            counterparty: &entry.counterparty,
            counterparty_code: &entry.counterparty_code,
            number: &entry.number,
            reference: &entry.reference,
            date: entry.date,
            value_date: None,
            amount: entry.amount,
            import: 0,
            is_known_duplicate: false,
        }
    }
}

/// A record as the detectors see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// What it is known by.
    pub id: u128,
    /// Booking or document date.
    pub date: Option<Date>,
    /// The amount.
    pub amount: Money,
    pub(crate) value_date: Option<Date>,
    pub(crate) kind: Option<LedgerKind>,
    pub(crate) account: u32,
    party: u32,
    pub(crate) number: u64,
    pub(crate) reference: u64,
    pub(crate) import: u32,
    pub(crate) is_known_duplicate: bool,
}

impl Posting {
    /// The side it is of.
    pub fn side(&self) -> Side {
        if self.kind.is_some() { Side::Ledger } else { Side::Statement }
    }

    /// The counterparty, where one is known.
    pub(crate) fn party(&self) -> Option<u32> {
        (self.party != NOBODY).then_some(self.party)
    }

    pub(crate) fn magnitude(&self) -> u64 {
        self.amount.magnitude()
    }
}

/// Names that were seen, by number.
#[derive(Debug, Default)]
struct Names {
    /// As they were written.
    written: HashMap<Box<str>, u32>,
    /// As they are compared.
    folded: HashMap<Box<str>, u32>,
    text: String,
}

impl Names {
    fn find(&mut self, name: &str) -> u32 {
        if let Some(known) = self.written.get(name) {
            return *known;
        }
        self.text.clear();
        fold_text(name, &mut self.text);
        let next = u32::try_from(self.folded.len()).unwrap_or(NOBODY);
        let number = *self.folded.entry(self.text.as_str().into()).or_insert(next);
        self.written.insert(name.into(), number);
        number
    }
}

/// All records that anomalies are looked for in.
#[derive(Debug, Default)]
pub struct Postings {
    rows: Vec<Posting>,
    accounts: Names,
    parties: Names,
    /// The day each import came; none where that says nothing.
    imports: Vec<Option<Date>>,
    /// How many records were given, those left out included.
    given: [usize; 2],
    /// Where each stood among the records of its side that were given.
    places: Vec<u32>,
    text: String,
}

impl Postings {
    /// Of records that were read; each is known by its file and row.
    pub fn of_records(lines: &[StatementLine], entries: &[LedgerEntry]) -> Self {
        let mut postings = Self::default();
        let id = |side: u128, source: &tieout_domain::Source| {
            let mut hasher = DefaultHasher::new();
            hasher.write(source.file.as_bytes());
            (side << 127) | (u128::from(hasher.finish() >> 1) << 64) | u128::from(source.row)
        };
        lines.iter().for_each(|line| postings.add(&Facts::of_line(id(0, &line.source), line)));
        entries.iter().for_each(|entry| postings.add(&Facts::of_entry(id(1, &entry.source), entry)));
        postings
    }

    /// Adds a record. A customer's account and what has no amount are left out.
    pub fn add(&mut self, facts: &Facts<'_>) {
        let given = &mut self.given[usize::from(facts.kind.is_some())];
        let place = u32::try_from(*given).unwrap_or(u32::MAX);
        *given += 1;
        if facts.amount.is_zero() || facts.kind == Some(LedgerKind::CustomerAccount) {
            return;
        }
        let party = match facts.kind {
            // In the books the code is the party; at the bank the name is, since one party may have many accounts.
            Some(_) if !facts.counterparty_code.is_empty() => facts.counterparty_code,
            None if facts.counterparty.is_empty() => facts.counterparty_code,
            _ => facts.counterparty,
        };
        let party = if party.is_empty() { NOBODY } else { self.parties.find(party) };
        let posting = Posting {
            id: facts.id,
            date: facts.date,
            amount: facts.amount,
            value_date: facts.value_date,
            kind: facts.kind,
            account: self.accounts.find(facts.account),
            party,
            number: self.hash(facts.number),
            reference: self.hash(facts.reference),
            import: facts.import,
            is_known_duplicate: facts.is_known_duplicate,
        };
        self.rows.push(posting);
        self.places.push(place);
    }

    /// Tells on what days the imports came, in the order in which postings name them.
    pub fn set_imports(&mut self, imports: Vec<Option<Date>>) {
        self.imports = imports;
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Where it stood among the records of its side, in the order in which they were added.
    pub fn place(&self, at: u32) -> usize {
        self.places[at as usize] as usize
    }

    /// One of them.
    pub fn get(&self, at: u32) -> &Posting {
        &self.rows[at as usize]
    }

    /// The first day on which each counterparty stands, whichever way money went.
    pub(crate) fn first_seen(&self) -> Vec<Option<Date>> {
        let mut seen: Vec<Option<Date>> = vec![None; self.parties.folded.len()];
        for row in &self.rows {
            if let (Some(first), Some(date)) = (seen.get_mut(row.party as usize), row.date) {
                *first = Some(first.map_or(date, |known| known.min(date)));
            }
        }
        seen
    }

    /// The day an import came.
    pub(crate) fn import_day(&self, import: u32) -> Option<Date> {
        self.imports.get(import as usize).copied().flatten()
    }

    pub(crate) fn rows(&self) -> &[Posting] {
        &self.rows
    }

    /// Stands for a text in comparisons; nothing stands for what says nothing.
    fn hash(&mut self, text: &str) -> u64 {
        if text.is_empty() || text.eq_ignore_ascii_case("NOTPROVIDED") {
            return 0;
        }
        self.text.clear();
        fold_text(text, &mut self.text);
        let mut hasher = DefaultHasher::new();
        hasher.write(self.text.as_bytes());
        hasher.finish() | 1
    }
}
