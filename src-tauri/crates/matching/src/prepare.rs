//! Records in columns, in an order of their own, with their texts read and interned once.

use std::{cmp::Ordering, collections::HashMap};

use jiff::civil::Date;
use rayon::prelude::*;
use tieout_domain::{Currency, LedgerEntry, LedgerKind, Money, ReconcileConfig, StatementLine};

use crate::{
    compare::quotes_entry,
    keys::{EntryKey, Found, Hit, Joined, KeyIndex, KeySource, Lists, entry_keys},
    parties::{NOBODY, NameHit, Parties, telling_words},
    terms::Terms,
    text::{fold, name_words},
};

/// A day that is not known.
pub(crate) const NO_DAY: i32 = i32::MIN;
/// Most numbers of a line that are kept for comparison with near ones.
const NUMBERS_MAX: usize = 8;

/// What both sides have.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// Position in the caller's slice.
    pub(crate) source: Vec<usize>,
    pub(crate) amount: Vec<i64>,
    pub(crate) currency: Vec<Currency>,
    pub(crate) day: Vec<i32>,
    /// The record says again what this other one says.
    pub(crate) repeats: Vec<Option<u32>>,
}

/// Statement lines.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    pub(crate) columns: Columns,
    pub(crate) hits: Lists<Hit>,
    pub(crate) names: Lists<NameHit>,
    /// The line's own words for the other party are in a field of their own.
    pub(crate) named: Vec<bool>,
    /// The line quotes an open entry beyond doubt.
    pub(crate) quotes: Vec<bool>,
    /// Numbers that may be misspelt references.
    pub(crate) numbers: Lists<Box<str>>,
}

/// Ledger entries.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    pub(crate) columns: Columns,
    pub(crate) due: Vec<i32>,
    pub(crate) booked: Vec<bool>,
    pub(crate) party: Vec<u32>,
    pub(crate) keys: Lists<EntryKey>,
    pub(crate) terms: Vec<Terms>,
}

/// Everything that later stages read.
pub(crate) struct Prepared<'a> {
    pub(crate) line_records: Vec<&'a StatementLine>,
    pub(crate) entry_records: Vec<&'a LedgerEntry>,
    pub(crate) lines: Lines,
    pub(crate) entries: Entries,
    pub(crate) keys: KeyIndex,
    pub(crate) parties: Parties,
    /// Entries of each party, ordered by amount.
    pub(crate) of_party: Lists<u32>,
}

impl<'a> Prepared<'a> {
    /// Reads all records.
    pub(crate) fn new(lines: &[&'a StatementLine], entries: &[&'a LedgerEntry], config: &ReconcileConfig) -> Self {
        let line_order = ordered(lines, compare_lines);
        let entry_order = ordered(entries, compare_entries);
        let line_records: Vec<&StatementLine> = line_order.iter().map(|at| lines[*at]).collect();
        let entry_records: Vec<&LedgerEntry> = entry_order.iter().map(|at| entries[*at]).collect();
        let mut keys = KeyIndex::default();
        let mut prepared_entries = entry_columns(&entry_records, entry_order, config);
        prepared_entries.keys = read_keys(&entry_records, &mut keys);
        let parties = read_parties(&entry_records, &mut prepared_entries.party);
        index_keys(&mut keys, &prepared_entries);
        let of_party = by_party(&prepared_entries, parties.count());
        let mut prepared_lines = line_columns(&line_records, line_order, config);
        read_lines(&line_records, &mut prepared_lines, &mut keys, &parties);
        let mut all = Self {
            line_records,
            entry_records,
            lines: prepared_lines,
            entries: prepared_entries,
            keys,
            parties,
            of_party,
        };
        all.lines.quotes = (0..all.line_records.len()).into_par_iter().map(|line| quotes_entry(&all, line)).collect();
        all
    }

    /// What one name hit of the line says about the party, if there is one.
    pub(crate) fn name_hit(&self, line: usize, party: u32) -> Option<NameHit> {
        self.lines.names.of(line).iter().find(|hit| hit.party == party).copied()
    }

    /// Money of the currency both records share.
    pub(crate) fn money(&self, minor: i64, line: usize, entry: usize) -> Money {
        let currency = self.lines.columns.currency[line];
        let shared = if currency.is_none() { self.entries.columns.currency[entry] } else { currency };
        Money::from_minor(minor, shared)
    }

    /// Whether the two amounts may be compared.
    pub(crate) fn currencies_agree(&self, line: usize, entry: usize) -> bool {
        let (left, right) = (self.lines.columns.currency[line], self.entries.columns.currency[entry]);
        left.agrees_with(right) && left.digits() == right.digits()
    }
}

fn ordered<T: Sync>(records: &[T], compare: impl Fn(&T, &T) -> Ordering + Sync) -> Vec<usize> {
    let mut order: Vec<usize> = (0..records.len()).collect();
    order.par_sort_by(|a, b| compare(&records[*a], &records[*b]));
    order
}

fn compare_lines(left: &&StatementLine, right: &&StatementLine) -> Ordering {
    let head = |line: &StatementLine| (line.date, line.amount.minor_units(), line.amount.currency());
    left.date
        .cmp(&right.date)
        .then_with(|| left.record_id.cmp(&right.record_id))
        .then_with(|| head(left).cmp(&head(right)))
        .then_with(|| left.description.cmp(&right.description))
        .then_with(|| left.reference.cmp(&right.reference))
        .then_with(|| left.counterparty.cmp(&right.counterparty))
        .then_with(|| left.counterparty_account.cmp(&right.counterparty_account))
        .then_with(|| left.account.cmp(&right.account))
        .then_with(|| left.value_date.cmp(&right.value_date))
        .then_with(|| left.raw.cmp(&right.raw))
}

fn compare_entries(left: &&LedgerEntry, right: &&LedgerEntry) -> Ordering {
    let head = |entry: &LedgerEntry| (entry.due_date, entry.amount.minor_units(), entry.amount.currency());
    left.date
        .cmp(&right.date)
        .then_with(|| left.record_id.cmp(&right.record_id))
        .then_with(|| left.number.cmp(&right.number))
        .then_with(|| head(left).cmp(&head(right)))
        .then_with(|| left.counterparty.cmp(&right.counterparty))
        .then_with(|| left.counterparty_code.cmp(&right.counterparty_code))
        .then_with(|| left.reference.cmp(&right.reference))
        .then_with(|| left.memo.cmp(&right.memo))
        .then_with(|| left.kind.as_str().cmp(right.kind.as_str()))
        .then_with(|| left.raw.cmp(&right.raw))
}

/// Days since 1970-01-01.
pub(crate) fn day_number(date: Option<Date>) -> i32 {
    date.map_or(NO_DAY, |date| {
        date.since((jiff::Unit::Day, Date::constant(1970, 1, 1))).map_or(NO_DAY, |span| span.get_days())
    })
}

fn columns<'r>(
    amounts: impl Iterator<Item = (Money, Option<Date>)> + 'r,
    source: Vec<usize>,
    config: &ReconcileConfig,
) -> Columns {
    let mut columns = Columns { repeats: vec![None; source.len()], source, ..Columns::default() };
    for (amount, date) in amounts {
        let named = amount.currency();
        let base = config.base_currency.filter(|base| named.is_none() && base.digits() == named.digits());
        columns.amount.push(amount.minor_units());
        columns.currency.push(base.unwrap_or(named));
        columns.day.push(day_number(date));
    }
    columns
}

fn line_columns(records: &[&StatementLine], source: Vec<usize>, config: &ReconcileConfig) -> Lines {
    let pairs = records.iter().map(|line| (line.amount, line.date.or(line.value_date)));
    Lines {
        columns: columns(pairs, source, config),
        named: records.iter().map(|line| !line.counterparty.is_empty()).collect(),
        ..Lines::default()
    }
}

fn entry_columns(records: &[&LedgerEntry], source: Vec<usize>, config: &ReconcileConfig) -> Entries {
    Entries {
        columns: columns(records.iter().map(|entry| (entry.amount, entry.date.or(entry.due_date))), source, config),
        due: records.iter().map(|entry| day_number(entry.due_date)).collect(),
        booked: records
            .iter()
            .map(|entry| {
                matches!(entry.kind, LedgerKind::Payment | LedgerKind::Transaction)
                    || entry.due_date.is_some() && entry.due_date == entry.date
            })
            .collect(),
        party: vec![NOBODY; records.len()],
        keys: Lists::default(),
        terms: records.iter().map(|entry| Terms::read(&entry.memo)).collect(),
    }
}

fn read_keys(records: &[&LedgerEntry], index: &mut KeyIndex) -> Lists<EntryKey> {
    let found: Vec<_> = records.par_iter().map(|entry| entry_keys(entry)).collect();
    Lists::from_lists(found.into_iter().map(|keys| {
        keys.into_iter().map(|(key, source)| EntryKey { key: index.intern(&key), source }).collect::<Vec<_>>()
    }))
}

/// Numbers the parties by the telling words of their names; an entry without one goes by its memo.
fn read_parties(records: &[&LedgerEntry], party: &mut [u32]) -> Parties {
    let words: Vec<Vec<String>> = records
        .par_iter()
        .map(|entry| telling_words(if entry.counterparty.is_empty() { &entry.memo } else { &entry.counterparty }))
        .collect();
    let mut ids: HashMap<Vec<String>, u32> = HashMap::new();
    let mut names = Vec::new();
    for (at, words) in words.into_iter().enumerate().filter(|(_, words)| !words.is_empty()) {
        let next = names.len() as u32;
        party[at] = *ids.entry(words).or_insert_with_key(|words| {
            names.push(words.clone());
            next
        });
    }
    Parties::new(&names)
}

fn index_keys(keys: &mut KeyIndex, entries: &Entries) {
    let mut order: Vec<u32> = (0..entries.columns.amount.len() as u32).collect();
    order.sort_by_key(|entry| entries.columns.amount[*entry as usize]);
    let pairs: Vec<(u32, u32)> =
        order.iter().flat_map(|entry| entries.keys.of(*entry as usize).iter().map(|key| (key.key, *entry))).collect();
    keys.entries = Lists::from_pairs(keys.len(), &pairs);
    let mut owners: Vec<(u32, u32)> = order
        .iter()
        .filter(|entry| entries.party[**entry as usize] != NOBODY)
        .flat_map(|entry| entries.keys.of(*entry as usize).iter().map(|key| (*key, entries.party[*entry as usize])))
        .filter(|(key, _)| matches!(key.source, KeySource::Code | KeySource::Account))
        .map(|(key, party)| (key.key, party))
        .collect();
    owners.sort_unstable();
    owners.dedup();
    keys.parties = Lists::from_pairs(keys.len(), &owners);
    keys.sort();
}

fn by_party(entries: &Entries, parties: usize) -> Lists<u32> {
    let mut pairs: Vec<(u32, u32)> = (0..entries.party.len() as u32)
        .map(|entry| (entries.party[entry as usize], entry))
        .filter(|(party, _)| *party != NOBODY)
        .collect();
    pairs.sort_by_key(|(_, entry)| entries.columns.amount[*entry as usize]);
    Lists::from_pairs(parties, &pairs)
}

/// What one line's texts hold.
struct LineText {
    hits: Vec<Hit>,
    numbers: Vec<Box<str>>,
    words: Vec<String>,
}

fn read_lines(records: &[&StatementLine], lines: &mut Lines, keys: &mut KeyIndex, parties: &Parties) {
    let texts: Vec<LineText> = records.par_iter().map(|line| read_line(line, keys)).collect();
    keys.line_count = vec![0; keys.len()];
    let mut ids: HashMap<String, u32> = HashMap::new();
    let mut vocabulary: Vec<String> = Vec::new();
    let (mut hits, mut numbers, mut words) = (Vec::new(), Vec::new(), Vec::new());
    for text in texts {
        text.hits.iter().for_each(|hit| keys.line_count[hit.key as usize] += 1);
        hits.push(text.hits);
        numbers.push(text.numbers);
        let mut of_line: Vec<u32> = Vec::with_capacity(text.words.len());
        for word in text.words {
            let next = vocabulary.len() as u32;
            let id = *ids.entry(word).or_insert_with_key(|word| {
                vocabulary.push(word.clone());
                next
            });
            if !of_line.contains(&id) {
                of_line.push(id);
            }
        }
        words.push(of_line);
    }
    let related = parties.relate(&vocabulary);
    let names: Vec<Vec<NameHit>> =
        words.par_iter().map(|words| parties.recognise(words, &related, &vocabulary)).collect();
    lines.hits = Lists::from_lists(hits);
    lines.numbers = Lists::from_lists(numbers);
    lines.names = Lists::from_lists(names);
}

fn read_line(line: &StatementLine, keys: &KeyIndex) -> LineText {
    let mut text = LineText { hits: Vec::new(), numbers: Vec::new(), words: Vec::new() };
    for field in [&line.reference, &line.description, &line.counterparty_account] {
        let folded = fold(field);
        let joined = Joined::new(&folded);
        keys.find(&joined, &mut text.hits);
        if !std::ptr::eq(field, &line.counterparty_account) {
            numbers_of(&joined, &mut text.numbers);
            text.words.extend(name_words(&folded).take(64));
        }
    }
    text.words.extend(name_words(&fold(&line.counterparty)).take(32));
    text.hits.sort_unstable_by_key(|hit| (hit.key, hit.found));
    text.hits.dedup_by_key(|hit| hit.key);
    if text.hits.iter().any(|hit| hit.found == Found::Exact && !keys.entries.of(hit.key as usize).is_empty()) {
        text.numbers.clear();
    }
    text
}

/// Words and pairs of words with at least four digits, as they may be misspelt references.
fn numbers_of(joined: &Joined, numbers: &mut Vec<Box<str>>) {
    for (span, word_count) in joined.spans() {
        if numbers.len() < NUMBERS_MAX
            && word_count <= 2
            && (5..=24).contains(&span.len())
            && span.bytes().filter(u8::is_ascii_digit).count() >= 4
        {
            let number = crate::keys::strip_if_number(span);
            if numbers.iter().all(|known| **known != *number) {
                numbers.push(number.into());
            }
        }
    }
}
