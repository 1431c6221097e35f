//! Records that say again what an earlier one of their side says.

use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};
use tieout_domain::{
    LedgerEntry, Profile, StatementLine, comparable_number, has_letter_for_digit, number_without_addition,
};

use crate::{
    keys::KeySource,
    parties::NOBODY,
    prepare::{NO_DAY, Prepared},
    text::{compact, has_digit},
};

/// Days within which the same document is entered twice by mistake.
const REENTRY_DAYS_MAX: i32 = 7;
/// Fewest letters and digits of an identifier that is never given out twice.
const IDENTIFIER_MIN: usize = 10;

/// Marks records that say again what an earlier one says.
pub(crate) fn mark_repeats(prepared: &mut Prepared<'_>, profile: Profile) {
    let identities: Vec<[Option<u128>; 3]> =
        prepared.line_records.par_iter().map(|line| line_identities(line, profile)).collect();
    let mut first: FxHashMap<u128, u32> = FxHashMap::default();
    first.reserve(2 * identities.len());
    for (at, of_line) in identities.into_iter().enumerate() {
        for identity in of_line.into_iter().flatten() {
            let original = *first.entry(identity).or_insert(at as u32);
            if original != at as u32 {
                prepared.lines.columns.repeats[at] = Some(original);
            }
        }
    }
    let identities: Vec<Option<u128>> = prepared.entry_records.par_iter().map(|entry| entry_identity(entry)).collect();
    let mut first: FxHashMap<u128, u32> = FxHashMap::default();
    first.reserve(identities.len());
    for (at, identity) in identities.into_iter().enumerate() {
        let Some(identity) = identity else { continue };
        let original = *first.entry(identity).or_insert(at as u32);
        let days = &prepared.entries.columns.day;
        let close = days[at] != NO_DAY && days[at].abs_diff(days[original as usize]) <= REENTRY_DAYS_MAX as u32;
        if original != at as u32 && close {
            prepared.entries.columns.repeats[at] = Some(original);
        }
    }
    mark_reentered(prepared);
}

/// Marks entries that were entered again under a number with an addition or a letter for a digit: same party, kind and
/// amount, few days apart. One whose own number a line quotes stands for itself.
fn mark_reentered(prepared: &mut Prepared<'_>) {
    let entries = &prepared.entries;
    let is_quoted = |at: usize| {
        let whole = entries.keys.of(at).iter().find(|key| key.source == KeySource::Whole);
        whole.is_some_and(|key| prepared.keys.line_count[key.key as usize] > 0)
    };
    let varied = |at: usize, number: &str| {
        if has_letter_for_digit(number) { Some(comparable_number(number)) } else { number_without_addition(number) }
            .filter(|_| entries.facts[at].party != NOBODY && entries.columns.amount[at] != 0)
    };
    let records = &prepared.entry_records;
    let again: Vec<(u32, String)> = records
        .par_iter()
        .enumerate()
        .filter(|(at, _)| entries.columns.repeats[*at].is_none())
        .filter_map(|(at, entry)| Some((at as u32, varied(at, &entry.number)?)))
        .filter(|(at, _)| !is_quoted(*at as usize))
        .collect();
    if again.is_empty() {
        return;
    }
    let like = |at: usize| (entries.facts[at].party, entries.columns.amount[at], records[at].kind);
    let mut wanted: FxHashMap<_, Vec<u32>> = again.iter().map(|(at, _)| (like(*at as usize), Vec::new())).collect();
    for at in 0..records.len() {
        if let Some(found) = wanted.get_mut(&like(at)) {
            found.push(at as u32);
        }
    }
    let day = |at: u32| entries.columns.day[at as usize];
    let close = |one: u32, other: u32| {
        day(one) != NO_DAY && day(other) != NO_DAY && day(one).abs_diff(day(other)) <= REENTRY_DAYS_MAX as u32
    };
    let original = |(at, number): &(u32, String)| {
        let others = wanted[&like(*at as usize)].iter().copied();
        let mut others = others.filter(|other| other != at && close(*at, *other));
        let is_original = |other: &u32| {
            let written = &records[*other as usize].number;
            !has_letter_for_digit(written) && comparable_number(written) == *number
        };
        Some((*at, others.find(is_original)?))
    };
    let found: Vec<(u32, u32)> = again.par_iter().filter_map(original).collect();
    for (at, original) in found {
        prepared.entries.columns.repeats[at as usize] = Some(original);
    }
}

/// What two deliveries of one line share, each as a hash: its identifier; a running balance that did not move, which shows
/// that nothing happened in between; a processor's own identifier. 128 bits of two different
/// functions, so that different lines do not share one.
fn line_identities(line: &StatementLine, profile: Profile) -> [Option<u128>; 3] {
    let identity = |rule: u8, identifier: &dyn Fn(&mut dyn Hasher)| {
        let half = |mut hasher: &mut dyn Hasher| {
            (rule, &line.account, line.date, line.amount.minor_units(), &line.description).hash(&mut hasher);
            identifier(hasher);
            u128::from(hasher.finish())
        };
        half(&mut FxHasher::default()) << 64 | half(&mut DefaultHasher::new())
    };
    let text = |hasher: &mut dyn Hasher, text: &str| {
        hasher.write(text.as_bytes());
        hasher.write_u8(0xFF);
    };
    let identifier = (!line.record_id.is_empty()).then(|| {
        identity(0, &|hasher| {
            [&line.record_id, &line.reference, &line.counterparty].into_iter().for_each(|part| text(hasher, part));
        })
    });
    let balance = line.balance.filter(|_| !line.amount.is_zero()).map(|balance| {
        identity(1, &|hasher| {
            hasher.write_i64(balance.minor_units());
            text(hasher, &line.reference);
        })
    });
    let processor = (profile == Profile::Processor && compact(&line.reference).len() >= IDENTIFIER_MIN)
        .then(|| identity(2, &|hasher| text(hasher, &line.reference)));
    [identifier, balance, processor]
}

/// What the same document has in common that is entered twice, as a hash of 128 bits; nothing where it has no number.
fn entry_identity(entry: &LedgerEntry) -> Option<u128> {
    let telling = entry.number.len() >= 4 && has_digit(&entry.number) && !entry.amount.is_zero();
    let half = |mut hasher: &mut dyn Hasher| {
        let texts = (&entry.number, &entry.counterparty, &entry.reference, &entry.memo);
        (texts, entry.amount.minor_units(), entry.kind).hash(&mut hasher);
        entry.job.hash(&mut hasher);
        u128::from(hasher.finish())
    };
    telling.then(|| half(&mut FxHasher::default()) << 64 | half(&mut DefaultHasher::new()))
}
