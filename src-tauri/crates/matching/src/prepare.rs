//! Records in columns, in an order of their own, with their texts read and interned once.

use std::cmp::Ordering;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tieout_domain::{Currency, LedgerEntry, Money, ReconcileConfig, StatementLine};

use crate::{
    compare::quotes_entry,
    facts::{EntryFacts, Placed},
    intern::{Interner, intern_all},
    jobs::Jobs,
    keys::{EntryKey, Found, Hit, Joined, KeyIndex, KeySource, entry_keys, key_bits},
    lists::Lists,
    near::near,
    parties::{NOBODY, NameHit, NameText, Parties, telling_words},
    payers::{self, Payer, name_marks, word_mark},
    returns::has_return_word,
    text::{fold, name_words},
};

/// A day that is not known.
pub(crate) const NO_DAY: i32 = i32::MIN;
/// Most numbers of a line that are kept for comparison with near ones.
const NUMBERS_MAX: usize = 8;
/// Lengths of numbers in which a typing error is looked for.
const NEAR_MIN: usize = 5;
const NUMBER_MAX: usize = 24;
/// A number that is near more keys than this says nothing.
const NEAR_KEYS_MAX: usize = 16;

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
    /// The bank calls the line a return.
    pub(crate) marked: Vec<bool>,
    /// Number of the line's account.
    pub(crate) account: Vec<u16>,
    pub(crate) hits: Lists<Hit>,
    /// The keys of the hits as bits.
    pub(crate) key_bits: Vec<u64>,
    /// Keys that are one typing error away from a number of the line, which quotes nothing else.
    pub(crate) near: Lists<Near>,
    /// What the names in the lines say; lines with the same words share one.
    pub(crate) names: Vec<NameText>,
    pub(crate) names_of: Vec<u32>,
    /// Words that may mark the payer, and what the names of lines with the same words do.
    pub(crate) marks: Lists<u64>,
    pub(crate) name_marks: Vec<Option<u64>>,
    /// Parties that these speak for.
    pub(crate) payers: Lists<Payer>,
    /// The line's own words for the other party are in a field of their own.
    pub(crate) named: Vec<bool>,
    /// The line quotes an open entry beyond doubt, or a document that is not among them.
    pub(crate) quotes: Vec<bool>,
    /// Numbers that may be misspelt references.
    pub(crate) numbers: Interner,
}

/// A number of a line and a key one typing error away from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Near {
    pub(crate) key: u32,
    /// Index into the lines' numbers.
    pub(crate) number: u32,
}

/// Ledger entries.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    pub(crate) columns: Columns,
    pub(crate) facts: Vec<EntryFacts>,
    pub(crate) keys: Lists<EntryKey>,
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
    pub(crate) of_party: Lists<Placed>,
    /// How many accounts the lines are of.
    pub(crate) accounts: usize,
    /// The jobs of both sides; empty in other profiles than `jobs`.
    pub(crate) jobs: Jobs,
}

impl<'a> Prepared<'a> {
    /// Reads all records; `settled` are numbers of documents that are not among them.
    pub(crate) fn new(
        lines: &[&'a StatementLine],
        entries: &[&'a LedgerEntry],
        settled: &[String],
        config: &ReconcileConfig,
    ) -> Self {
        let line_order = ordered(lines, compare_lines);
        let entry_order = ordered(entries, compare_entries);
        let line_records: Vec<&StatementLine> = line_order.iter().map(|at| lines[*at]).collect();
        let entry_records: Vec<&LedgerEntry> = entry_order.iter().map(|at| entries[*at]).collect();
        let mut prepared_entries = entry_columns(&entry_records, entry_order, config);
        let mut keys = read_keys(&entry_records, settled, &mut prepared_entries);
        let parties = read_parties(&entry_records, &mut prepared_entries.facts);
        index_keys(&mut keys, &prepared_entries);
        let of_party = by_party(&prepared_entries, parties.count());
        let mut prepared_lines = line_columns(&line_records, line_order, config);
        let mut accounts = Interner::default();
        let account = |line: &&StatementLine| accounts.intern(&line.account).min(u32::from(u16::MAX)) as u16;
        prepared_lines.account = line_records.iter().map(account).collect();
        read_lines(&line_records, &mut prepared_lines, entry_records.len(), &mut keys, &parties);
        let mut all = Self {
            line_records,
            entry_records,
            lines: prepared_lines,
            entries: prepared_entries,
            keys,
            parties,
            of_party,
            accounts: accounts.len(),
            jobs: Jobs::default(),
        };
        all.jobs = Jobs::new(&all, config.profile);
        all.lines.payers = payers::learn(&all);
        let quotes =
            (0..all.line_records.len()).into_par_iter().map(|line| all.lines.quotes[line] || quotes_entry(&all, line));
        all.lines.quotes = quotes.collect();
        all
    }

    /// What one name hit of the line says about the party, if there is one.
    pub(crate) fn name_hit(&self, line: usize, party: u32) -> Option<NameHit> {
        let text = self.name_text(line);
        text.hits.iter().find(|hit| hit.party == party).copied().or_else(|| self.parties.judge(party, text))
    }

    fn name_text(&self, line: usize) -> &NameText {
        &self.lines.names[self.lines.names_of[line] as usize]
    }

    /// What the names say that stand in both lines, in thousandths of a bit.
    pub(crate) fn shared_names(&self, one: usize, other: usize) -> i32 {
        let (one, other) = (&self.name_text(one).seen, &self.name_text(other).seen);
        let shared = one.iter().filter_map(|related| {
            let at = other.binary_search_by_key(&related.word, |other| other.word).ok()?;
            Some(related.bits.min(other[at].bits))
        });
        shared.sum()
    }

    /// The parties that the line names, the best first.
    pub(crate) fn names_of(&self, line: usize) -> &[NameHit] {
        &self.name_text(line).hits
    }

    /// Whether a key of the entry may stand in the line: seldom yes where it is no.
    pub(crate) fn may_share_keys(&self, line: usize, entry: usize) -> bool {
        self.lines.key_bits[line] & self.entries.facts[entry].key_bits != 0
    }

    /// Money of the currency both records share.
    pub(crate) fn money(&self, minor: i64, line: usize, entry: usize) -> Money {
        let currency = self.lines.columns.currency[line];
        let shared = if currency.is_none() { self.entries.columns.currency[entry] } else { currency };
        Money::from_minor(minor, shared)
    }

    /// Whether the two amounts may be compared.
    pub(crate) fn currencies_agree(&self, line: usize, entry: usize) -> bool {
        let (left, right) = (self.lines.columns.currency[line], self.entries.facts[entry].currency);
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
        .then_with(|| left.job.cmp(&right.job))
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
        .then_with(|| left.job.cmp(&right.job))
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
    let pairs = records.iter().map(|entry| (entry.amount, entry.date.or(entry.due_date)));
    let columns = columns(pairs, source, config);
    Entries { facts: EntryFacts::all(records, &columns), columns, keys: Lists::default() }
}

fn read_keys(records: &[&LedgerEntry], settled: &[String], entries: &mut Entries) -> KeyIndex {
    let (names, found, _) = intern_all(records.len(), |entry, key| entry_keys(records[entry], key));
    let mut lists: Vec<Vec<EntryKey>> = Vec::with_capacity(records.len());
    for entry in 0..records.len() {
        let mut keys: Vec<EntryKey> =
            found.of(entry).iter().map(|(key, source)| EntryKey { key: *key, source: *source }).collect();
        // What says most about a key comes first.
        keys.sort_unstable_by_key(|key| (key.key, key.source));
        keys.dedup_by_key(|key| key.key);
        lists.push(keys);
    }
    let mut index = KeyIndex::new(names);
    let references = lists.iter().flatten().filter(|key| key.source <= KeySource::Digits);
    index.set_references(references.map(|key| key.key), settled);
    for (facts, keys) in entries.facts.iter_mut().zip(&lists) {
        facts.key_bits = key_bits(keys.iter().map(|key| key.key));
    }
    entries.keys = Lists::from_lists(lists);
    index
}

/// Numbers the parties by the telling words of their names; an entry without one goes by its memo.
fn read_parties(records: &[&LedgerEntry], facts: &mut [EntryFacts]) -> Parties {
    let (texts, of_entry, _) = intern_all(records.len(), |at, name| {
        let entry = records[at];
        name(if entry.counterparty.is_empty() { &entry.memo } else { &entry.counterparty }, ());
    });
    let words: Vec<Vec<String>> =
        (0..texts.len() as u32).into_par_iter().map(|text| telling_words(texts.name(text))).collect();
    let mut ids: FxHashMap<&[String], u32> = FxHashMap::default();
    let mut names: Vec<Vec<String>> = Vec::new();
    let of_text: Vec<u32> = words
        .iter()
        .map(|words| {
            if words.is_empty() {
                return NOBODY;
            }
            let next = names.len() as u32;
            *ids.entry(words).or_insert_with(|| {
                names.push(words.clone());
                next
            })
        })
        .collect();
    let mut entries_of = vec![0; names.len()];
    for (entry, facts) in facts.iter_mut().enumerate() {
        let [(text, ())] = of_entry.of(entry) else { continue };
        facts.party = of_text[*text as usize];
        if facts.party != NOBODY {
            entries_of[facts.party as usize] += 1;
        }
    }
    Parties::new(&names, entries_of)
}

fn index_keys(keys: &mut KeyIndex, entries: &Entries) {
    let mut order: Vec<u32> = (0..entries.columns.amount.len() as u32).collect();
    order.sort_by_key(|entry| entries.columns.amount[*entry as usize]);
    let pairs: Vec<(u32, u32)> =
        order.iter().flat_map(|entry| entries.keys.of(*entry as usize).iter().map(|key| (key.key, *entry))).collect();
    keys.entries = Lists::from_pairs(keys.len(), &pairs);
    let mut owners: Vec<(u32, u32)> = order
        .iter()
        .map(|entry| (*entry, entries.facts[*entry as usize].party))
        .filter(|(_, party)| *party != NOBODY)
        .flat_map(|(entry, party)| entries.keys.of(entry as usize).iter().map(move |key| (*key, party)))
        .filter(|(key, _)| matches!(key.source, KeySource::Code | KeySource::Account))
        .map(|(key, party)| (key.key, party))
        .collect();
    owners.sort_unstable();
    owners.dedup();
    keys.parties = Lists::from_pairs(keys.len(), &owners);
}

fn by_party(entries: &Entries, parties: usize) -> Lists<Placed> {
    let placed = |(entry, facts): (usize, &EntryFacts)| {
        (facts.party, Placed { amount: facts.amount, day: facts.day, entry: entry as u32 })
    };
    let mut pairs: Vec<(u32, Placed)> =
        entries.facts.iter().enumerate().map(placed).filter(|(party, _)| *party != NOBODY).collect();
    pairs.par_sort_unstable_by_key(|(party, placed)| (*party, placed.amount, placed.entry));
    Lists::from_pairs(parties, &pairs)
}

/// What one line's texts hold besides its words.
struct LineText {
    hits: Vec<Hit>,
    numbers: Vec<Box<str>>,
    marks: Vec<u64>,
    /// A number stands there that is written like those of documents, and is none of them.
    document: bool,
    /// The bank calls it a return.
    marked: bool,
}

fn read_lines(records: &[&StatementLine], lines: &mut Lines, entries: usize, keys: &mut KeyIndex, parties: &Parties) {
    let (vocabulary, words, texts) = intern_all(records.len(), |line, word| read_line(records[line], keys, word));
    keys.line_count = vec![0; keys.len()];
    let (mut hits, mut numbers, mut marks) = (Vec::with_capacity(texts.len()), Vec::new(), Vec::new());
    for (line, text) in texts.into_iter().enumerate() {
        text.hits.iter().for_each(|hit| keys.line_count[hit.key as usize] += 1);
        hits.push(text.hits);
        marks.push(text.marks);
        lines.quotes.push(text.document);
        lines.marked.push(text.marked);
        numbers.extend(text.numbers.into_iter().map(|number| (line as u32, number)));
    }
    lines.key_bits = hits.iter().map(|hits| key_bits(hits.iter().map(|hit| hit.key))).collect();
    lines.hits = Lists::from_lists(hits);
    lines.marks = Lists::from_lists(marks);
    keys.weigh(entries, lines.hits.len());
    read_near(&numbers, lines, keys);
    read_names(&vocabulary, &words, lines, parties);
}

/// Finds the keys that a line may have meant with a number which is none.
fn read_near(numbers: &[(u32, Box<str>)], lines: &mut Lines, keys: &KeyIndex) {
    let mut different = Interner::default();
    let ids: Vec<(u32, u32)> = numbers.iter().map(|(line, number)| (*line, different.intern(number))).collect();
    let others: Vec<(u32, &str)> = (0..keys.len() as u32)
        .filter(|key| keys.is_reference(*key))
        .map(|key| (key, keys.name(key)))
        .filter(|(_, name)| (NEAR_MIN..=NUMBER_MAX).contains(&name.len()))
        .collect();
    let words: Vec<&str> = different.names().collect();
    let close = near(&words, &others);
    let mut pairs: Vec<(u32, Near)> = Vec::new();
    for (line, number) in ids {
        let keys = close.of(number as usize);
        if keys.len() <= NEAR_KEYS_MAX {
            pairs.extend(keys.iter().map(|key| (line, Near { key: *key, number })));
        }
    }
    lines.near = Lists::from_pairs(lines.columns.amount.len(), &pairs);
    lines.numbers = different;
}

/// Reads the names out of the lines' words; lines with the same words are read once.
fn read_names(vocabulary: &Interner, words: &Lists<(u32, ())>, lines: &mut Lines, parties: &Parties) {
    let mut lines_with = vec![0_u32; vocabulary.len()];
    let mut sets: FxHashMap<Vec<u32>, u32> = FxHashMap::default();
    let mut different: Vec<Vec<u32>> = Vec::new();
    lines.names_of = (0..words.len())
        .map(|line| {
            let mut set: Vec<u32> = Vec::with_capacity(words.of(line).len());
            for (word, ()) in words.of(line) {
                if !set.contains(word) {
                    set.push(*word);
                }
            }
            set.iter().for_each(|word| lines_with[*word as usize] += 1);
            let next = different.len() as u32;
            *sets.entry(set).or_insert_with_key(|set| {
                different.push(set.clone());
                next
            })
        })
        .collect();
    lines.name_marks = name_marks(vocabulary, &different, &lines_with, words.len());
    let related = parties.relate(vocabulary, &lines_with, words.len());
    let read = different
        .par_iter()
        .with_min_len(64)
        .map_init(|| vec![0; parties.count()], |sums, words| parties.read(words, &related, vocabulary, sums));
    lines.names = read.collect();
}

fn read_line(line: &StatementLine, keys: &KeyIndex, word: &mut dyn FnMut(&str, ())) -> LineText {
    let mut text =
        LineText { hits: Vec::new(), numbers: Vec::new(), marks: Vec::new(), document: false, marked: false };
    for field in [&line.reference, &line.description, &line.counterparty_account] {
        let folded = fold(field);
        let joined = Joined::new(&folded);
        keys.find(&joined, &mut text.hits);
        text.marks.extend(joined.words().filter_map(word_mark));
        if !std::ptr::eq(field, &line.counterparty_account) {
            numbers_of(&joined, &mut text.numbers);
            text.marked |= std::ptr::eq(field, &line.description) && has_return_word(&joined);
            text.document |= document_in(&joined, keys, line.date).is_some();
            name_words(&folded).take(64).for_each(|name| word(&name, ()));
        }
    }
    name_words(&fold(&line.counterparty)).take(32).for_each(|name| word(&name, ()));
    text.hits.sort_unstable_by_key(|hit| (hit.key, hit.found));
    text.hits.dedup_by_key(|hit| hit.key);
    text.marks.sort_unstable();
    text.marks.dedup();
    // Digits alone may be a key by chance: a day, a time, the number of another company's document.
    let quoted = |hit: &Hit| hit.found == Found::Exact && !is_number(keys.name(hit.key));
    if text.hits.iter().any(quoted) {
        text.numbers.clear();
    } else {
        text.numbers.retain(|number| keys.get(number).is_none());
    }
    text
}

/// The number of a document that is not among the entries: it is written as they are here, or is that of a settled one.
pub(crate) fn document_in<'j>(joined: &'j Joined, keys: &KeyIndex, date: Option<Date>) -> Option<&'j str> {
    let unknown = |span: &str| keys.is_like_a_document(span) && keys.get(span).is_none() && !ends_with_day(span, date);
    joined.spans().find(|(span, words)| *words <= 2 && unknown(span) || keys.is_settled(span)).map(|(span, _)| span)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the digits at the end are the day, as banks write it beside words: `PMT 240507`.
pub(crate) fn ends_with_day(span: &str, date: Option<Date>) -> bool {
    date.is_some_and(|date| {
        let (year, month, day) = (date.year() % 100, date.month(), date.day());
        let digits = span.trim_start_matches(|c: char| !c.is_ascii_digit());
        [(year, month, day), (i16::from(day), month, year as i8), (i16::from(month), day, year as i8)]
            .iter()
            .any(|(first, second, third)| digits == format!("{first:02}{second:02}{third:02}"))
    })
}

/// Words and pairs of words with at least four digits, as they may be misspelt references.
fn numbers_of(joined: &Joined, numbers: &mut Vec<Box<str>>) {
    for (span, word_count) in joined.spans() {
        if numbers.len() < NUMBERS_MAX
            && word_count <= 2
            && (NEAR_MIN..=NUMBER_MAX).contains(&span.len())
            && span.bytes().filter(u8::is_ascii_digit).count() >= 4
        {
            let number = crate::keys::strip_if_number(span);
            if numbers.iter().all(|known| **known != *number) {
                numbers.push(number.into());
            }
        }
    }
}
