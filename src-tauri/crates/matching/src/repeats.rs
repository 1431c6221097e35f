//! Records that say again what an earlier one of their side says.

use rustc_hash::FxHashMap;
use tieout_domain::{LedgerEntry, Profile, StatementLine};

use crate::{
    prepare::{NO_DAY, Prepared},
    text::{compact, has_digit},
};

/// Days within which the same document is entered twice by mistake.
const REENTRY_DAYS_MAX: i32 = 7;
/// Fewest letters and digits of an identifier that is never given out twice.
const IDENTIFIER_MIN: usize = 10;

/// Marks records that say again what an earlier one says.
pub(crate) fn mark_repeats(prepared: &mut Prepared<'_>, profile: Profile) {
    let mut first: FxHashMap<LineIdentity<'_>, u32> = FxHashMap::default();
    for (at, line) in prepared.line_records.iter().enumerate() {
        for identity in line_identities(line, profile) {
            match first.get(&identity) {
                Some(original) if *original != at as u32 => {
                    prepared.lines.columns.repeats[at] = Some(*original);
                }
                Some(_) => {}
                None => _ = first.insert(identity, at as u32),
            }
        }
    }
    let mut first: FxHashMap<(&str, &str, &str, &str, i64, &str), u32> = FxHashMap::default();
    for (at, entry) in prepared.entry_records.iter().enumerate() {
        let Some(identity) = entry_identity(entry) else { continue };
        let original = *first.entry(identity).or_insert(at as u32);
        let days = &prepared.entries.columns.day;
        let close = days[at] != NO_DAY && days[at].abs_diff(days[original as usize]) <= REENTRY_DAYS_MAX as u32;
        if original != at as u32 && close {
            prepared.entries.columns.repeats[at] = Some(original);
        }
    }
}

/// What two deliveries of one line share: `(rule, account, date, amount, text, identifier)`.
type LineIdentity<'a> = (u8, &'a str, Option<jiff::civil::Date>, i64, &'a str, String);

fn line_identities<'a>(line: &'a StatementLine, profile: Profile) -> Vec<LineIdentity<'a>> {
    let mut identities = Vec::new();
    let mut add = |rule: u8, identifier: String| {
        let amount = line.amount.minor_units();
        identities.push((rule, line.account.as_str(), line.date, amount, line.description.as_str(), identifier));
    };
    if !line.record_id.is_empty() {
        add(0, format!("{} {} {}", line.record_id, line.reference, line.counterparty));
    }
    // A running balance that did not move shows that nothing happened in between.
    if let Some(balance) = line.balance
        && !line.amount.is_zero()
    {
        add(1, format!("{balance} {}", line.reference));
    }
    if profile == Profile::Processor && compact(&line.reference).len() >= IDENTIFIER_MIN {
        add(2, line.reference.clone());
    }
    identities
}

fn entry_identity(entry: &LedgerEntry) -> Option<(&str, &str, &str, &str, i64, &str)> {
    let telling = entry.number.len() >= 4 && has_digit(&entry.number) && !entry.amount.is_zero();
    telling.then_some((
        entry.number.as_str(),
        entry.counterparty.as_str(),
        entry.reference.as_str(),
        entry.memo.as_str(),
        entry.amount.minor_units(),
        entry.kind.as_str(),
    ))
}
