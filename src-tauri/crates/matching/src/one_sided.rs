//! What one side says twice, and what it takes back.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use tieout_domain::{LedgerEntry, Profile, StatementLine};

use crate::{
    block::Problem,
    keys::{Found, Joined, KeySource},
    parties::NOBODY,
    prepare::{NO_DAY, Prepared},
    text::{compact, fold, has_digit},
};

/// Days within which a payment is returned, where the bank marks the return and where it does not.
const MARKED_DAYS_MAX: i32 = 60;
const RETURN_DAYS_MAX: i32 = 30;
/// Earlier lines of one amount that are looked at.
const LOOKED_BACK_MAX: usize = 64;
/// Most that a bank adds for a return, in minor units.
const RETURN_FEE_MAX: u64 = 5_000;
/// Days within which the same document is entered twice by mistake.
const REENTRY_DAYS_MAX: i32 = 7;
/// Fewest letters and digits of an identifier that is never given out twice.
const IDENTIFIER_MIN: usize = 10;

/// Words with which banks mark a return.
const RETURN_WORDS: [&str; 40] = [
    "ANNULATION",
    "BOUNCED",
    "CANCELLED",
    "CHARGEBACK",
    "CHGBK",
    "DEVOLUCION",
    "DEVUELTA",
    "DEVUELTO",
    "DISHONOURED",
    "DISPUTE",
    "DISPUTED",
    "IMPAGADO",
    "IMPAYE",
    "INDEMNITY",
    "INSOLUTO",
    "NSF",
    "RD",
    "RECALL",
    "RECALLED",
    "REFUSED",
    "REJECT",
    "REJECTED",
    "REJET",
    "REJETE",
    "RETOUR",
    "RETOURE",
    "RETURN",
    "RETURNED",
    "REVERSAL",
    "REVERSED",
    "RTN",
    "RUCKBUCHUNG",
    "RUCKGABE",
    "RUCKLASTSCHRIFT",
    "RUCKUBERWEISUNG",
    "STORNATO",
    "STORNIERUNG",
    "STORNO",
    "TERUGBOEKING",
    "UNPAID",
];

/// Marks records that say again what an earlier one says.
pub(crate) fn mark_repeats(prepared: &mut Prepared<'_>, profile: Profile) {
    let mut first: HashMap<LineIdentity<'_>, u32> = HashMap::new();
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
    let mut first: HashMap<(&str, &str, &str, &str, i64, &str), u32> = HashMap::new();
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

/// Pairs of a line and the later one that takes it back, in order of the later line.
pub(crate) fn reversals(problem: &Problem<'_>) -> Vec<(u32, u32)> {
    let prepared = &problem.prepared;
    let columns = &prepared.lines.columns;
    let marked: Vec<bool> = prepared.line_records.par_iter().map(|line| has_return_word(line)).collect();
    let usable = |at: &usize| columns.repeats[*at].is_none() && columns.day[*at] != NO_DAY && columns.amount[*at] != 0;
    let mut by_amount: BTreeMap<(&str, i64), Vec<u32>> = BTreeMap::new();
    let mut by_reference: HashMap<(&str, i64, &str), Vec<u32>> = HashMap::new();
    let any_marked = marked.contains(&true);
    for at in (0..marked.len()).filter(usable) {
        let (line, amount) = (prepared.line_records[at], columns.amount[at]);
        if any_marked {
            by_amount.entry((line.account.as_str(), amount)).or_default().push(at as u32);
        }
        if line.reference.len() >= 5 {
            by_reference.entry((line.account.as_str(), amount, line.reference.as_str())).or_default().push(at as u32);
        }
    }
    let mut taken = vec![false; marked.len()];
    let mut pairs = Vec::new();
    for at in (0..marked.len()).filter(usable) {
        let line = prepared.line_records[at];
        if taken[at] || !marked[at] && (line.reference.is_empty() || meets_entry(problem, at as u32)) {
            continue;
        }
        let Some(opposite) = columns.amount[at].checked_neg() else { continue };
        // The bank may have added its fee to what it takes back.
        let least = if marked[at] && opposite > 0 {
            opposite.saturating_sub_unsigned(RETURN_FEE_MAX.min(opposite.unsigned_abs() / 2))
        } else {
            opposite
        };
        let most = if marked[at] && opposite < 0 {
            opposite.saturating_add_unsigned(RETURN_FEE_MAX.min(opposite.unsigned_abs() / 2))
        } else {
            opposite
        };
        let account = line.account.as_str();
        let quoted = by_reference.get(&(account, opposite, line.reference.as_str())).map_or(&[][..], Vec::as_slice);
        let near: Vec<&[u32]> = if marked[at] {
            by_amount.range((account, least)..=(account, most)).map(|(_, lines)| last_before(lines, at)).collect()
        } else {
            Vec::new()
        };
        let original = quoted
            .iter()
            .chain(near.into_iter().flatten())
            .copied()
            .filter(|earlier| {
                let (earlier, day) = (*earlier as usize, columns.day[*earlier as usize]);
                let days = if marked[at] { MARKED_DAYS_MAX } else { RETURN_DAYS_MAX };
                let in_time = (0..=days).contains(&columns.day[at].saturating_sub(day));
                earlier != at
                    && !taken[earlier]
                    && in_time
                    && !marked[earlier]
                    && same_event(prepared, earlier, at, marked[at])
            })
            .min_by_key(|earlier| {
                let earlier = *earlier as usize;
                (columns.amount[earlier].abs_diff(opposite), std::cmp::Reverse(columns.day[earlier]), earlier)
            });
        if let Some(original) = original {
            taken[original as usize] = true;
            taken[at] = true;
            pairs.push((original, at as u32));
        }
    }
    pairs
}

/// The last of the lines that stand before this one.
fn last_before(lines: &[u32], at: usize) -> &[u32] {
    let end = lines.partition_point(|line| (*line as usize) < at);
    &lines[end.saturating_sub(LOOKED_BACK_MAX)..end]
}

fn has_return_word(line: &StatementLine) -> bool {
    let folded = fold(&line.description);
    Joined::new(&folded).words().any(|word| RETURN_WORDS.binary_search(&word).is_ok())
}

/// Whether the line quotes an entry of its own amount.
fn meets_entry(problem: &Problem<'_>, line: u32) -> bool {
    problem.prepared.lines.hits.of(line as usize).iter().any(|hit| {
        problem
            .prepared
            .keys
            .entries
            .of(hit.key as usize)
            .iter()
            .take(64)
            .any(|entry| problem.owed(*entry) == problem.paid(line))
    })
}

/// Whether two lines speak of the same payment: the same reference, or, where the bank marks the return, the same party
/// or text.
fn same_event(prepared: &Prepared<'_>, earlier: usize, later: usize, marked: bool) -> bool {
    let (a, b) = (prepared.line_records[earlier], prepared.line_records[later]);
    let reference = compact(&a.reference);
    if reference.len() >= 5
        && has_digit(&reference)
        && (compact(&b.reference) == reference || compact(&b.description).contains(&reference))
    {
        return true;
    }
    if !marked {
        return false;
    }
    let shared_key = prepared
        .lines
        .hits
        .of(earlier)
        .iter()
        .any(|hit| prepared.lines.hits.of(later).binary_search_by_key(&hit.key, |other| other.key).is_ok());
    let (one, other) = (parties_of(prepared, earlier), parties_of(prepared, later));
    if shared_key || one.iter().any(|party| other.contains(party)) {
        return true;
    }
    if !a.counterparty.is_empty() && a.counterparty == b.counterparty {
        return true;
    }
    one.is_empty() && other.is_empty() && shares_text(&a.description, &b.description)
}

/// The parties a line may speak of: by name, by code, or by the number of one of their documents.
fn parties_of(prepared: &Prepared<'_>, line: usize) -> Vec<u32> {
    let names = prepared.lines.names.of(line);
    let best = names.first().map_or(0, |hit| hit.worth());
    let mut parties: Vec<u32> =
        names.iter().filter(|hit| hit.worth() >= 3_000 && hit.worth() + 2_000 >= best).map(|hit| hit.party).collect();
    for hit in prepared.lines.hits.of(line).iter().filter(|hit| hit.found == Found::Exact) {
        parties.extend(prepared.keys.parties.of(hit.key as usize).iter().take(2));
        let entries = prepared.keys.entries.of(hit.key as usize);
        if entries.len() <= 2 {
            parties.extend(entries.iter().map(|entry| prepared.entries.party[*entry as usize]));
        }
    }
    parties.retain(|party| *party != NOBODY);
    parties
}

/// At least half of the longer words of the shorter text stand in the other.
fn shares_text(left: &str, right: &str) -> bool {
    let words = |text: &str| {
        let folded = fold(text);
        let joined = Joined::new(&folded);
        let long = joined.words().filter(|word| word.len() >= 4 && RETURN_WORDS.binary_search(word).is_err());
        long.map(str::to_owned).collect::<Vec<_>>()
    };
    let (left, right) = (words(left), words(right));
    let shared = left.iter().filter(|word| right.contains(word)).count();
    shared > 0 && 2 * shared >= left.len().min(right.len())
}

/// Entries of the ledger side that take each other back because of a reversed payment: the entry paid by the first line
/// and the one that books the return, found by the first one's number in its texts.
pub(crate) fn booked_return(problem: &Problem<'_>, first: u32, second: u32, free: &[bool]) -> Option<(u32, u32)> {
    let prepared = &problem.prepared;
    let back_amount = problem.paid(first).checked_neg().filter(|_| problem.paid(second) != 0)?;
    let returns = problem.amounts.between(back_amount, back_amount);
    let mut found = None;
    for (.., back) in returns.iter().filter(|(.., back)| free[*back as usize]) {
        for key in prepared.entries.keys.of(*back as usize).iter().filter(|key| key.source == KeySource::Memo) {
            for entry in prepared.keys.entries.of(key.key as usize).iter().filter(|entry| free[**entry as usize]) {
                let fits = problem.owed(*entry) == problem.paid(first)
                    && problem
                        .look_at(first, *entry)
                        .is_some_and(|(comparison, score)| comparison.has_identity() && score > 0);
                if fits && found.replace((*entry, *back)).is_some() {
                    return None;
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn return_words_are_sorted_for_the_search() {
        assert!(RETURN_WORDS.is_sorted());
    }
}
