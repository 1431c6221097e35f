//! Payments that were taken back, and what the books hold of them.

use std::{cmp::Reverse, collections::BTreeMap};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tieout_domain::StatementLine;

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
/// Fewest letters and digits of an identifier that is never given out twice.
const IDENTIFIER_MIN: usize = 9;
/// Least that must say that a return takes back a payment, and most that their texts say, in thousandths of a bit.
const SAME_PAYMENT_MIN: i32 = 7_500;
const SHARED_MAX: i32 = 16_000;

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

/// Payments that were taken back.
#[derive(Debug, Default)]
pub(crate) struct Reversals {
    /// Pairs of a line and the later one that takes it back, in order of the later line, and whether amount and text
    /// leave no doubt.
    pub(crate) pairs: Vec<(u32, u32, bool)>,
    /// Lines that a return may take back which fits several: nobody should take them for settled.
    pub(crate) doubted: Vec<u32>,
}

/// Finds what was taken back.
pub(crate) fn reversals(problem: &Problem<'_>) -> Reversals {
    let mut search = Returns::new(problem);
    let mut found = Reversals::default();
    for at in 0..problem.line_count() {
        if let Some(original) = search.original(at) {
            search.taken[original] = true;
            search.taken[at] = true;
            let sure = problem.paid(original as u32).checked_neg() == Some(problem.paid(at as u32))
                && same_payer(&problem.prepared, original, at);
            found.pairs.push((original as u32, at as u32, sure));
        } else if search.marked[at] && !search.taken[at] {
            found.doubted.push(at as u32);
            found.doubted.extend(search.possible(at).map(|line| line as u32));
        }
    }
    found.doubted.sort_unstable();
    found.doubted.dedup();
    found
}

/// The lines by account and amount, to find what a return takes back.
struct Returns<'p, 'a> {
    problem: &'p Problem<'a>,
    /// The bank calls the line a return.
    marked: Vec<bool>,
    by_amount: BTreeMap<(&'a str, i64), Vec<usize>>,
    by_reference: FxHashMap<(&'a str, i64, &'a str), Vec<usize>>,
    taken: Vec<bool>,
}

impl<'p, 'a> Returns<'p, 'a> {
    fn new(problem: &'p Problem<'a>) -> Self {
        let records = &problem.prepared.line_records;
        let columns = &problem.prepared.lines.columns;
        let marked: Vec<bool> = records.par_iter().map(|line| has_return_word(line)).collect();
        let usable = |at: usize| columns.repeats[at].is_none() && columns.day[at] != NO_DAY && columns.amount[at] != 0;
        let taken: Vec<bool> = (0..records.len()).map(|at| !usable(at)).collect();
        let (mut by_amount, mut by_reference): (BTreeMap<_, Vec<usize>>, FxHashMap<_, Vec<usize>>) = Default::default();
        let any_marked = marked.contains(&true);
        for (at, line) in records.iter().enumerate().filter(|(at, _)| !taken[*at] && !marked[*at]) {
            let (account, amount) = (line.account.as_str(), columns.amount[at]);
            if any_marked {
                by_amount.entry((account, amount)).or_default().push(at);
            }
            if line.reference.len() >= 5 {
                by_reference.entry((account, amount, line.reference.as_str())).or_default().push(at);
            }
        }
        Self { problem, marked, by_amount, by_reference, taken }
    }

    /// The line that this one takes back.
    fn original(&self, at: usize) -> Option<usize> {
        let line = self.problem.prepared.line_records[at];
        let opposite = self.problem.paid(at as u32).checked_neg().filter(|_| !self.taken[at])?;
        if self.marked[at] {
            return self.original_of_marked(at, opposite);
        }
        if line.reference.is_empty() || meets_entry(self.problem, at as u32) {
            return None;
        }
        let quoted = self.by_reference.get(&(line.account.as_str(), opposite, line.reference.as_str()))?;
        let earlier = self.in_time(quoted, at, RETURN_DAYS_MAX);
        earlier.filter(|earlier| *earlier < at && shares_reference(&self.problem.prepared, *earlier, at)).last()
    }

    /// The line that fits best of those that a marked return may take back.
    fn original_of_marked(&self, at: usize, opposite: i64) -> Option<usize> {
        let near = self.near(at, opposite);
        let weigh = |earlier: &usize| (self.weigh(*earlier, at, opposite), Reverse(*earlier));
        let best = near.iter().map(weigh).max().filter(|(weight, _)| *weight >= SAME_PAYMENT_MIN);
        if let Some((_, Reverse(original))) = best {
            return Some(original);
        }
        // A return that names nobody takes back the one payment it can mean.
        let exact = |earlier: &&usize| self.problem.paid(**earlier as u32) == opposite;
        let nameless = parties_of(&self.problem.prepared, at).is_empty();
        match near.iter().filter(exact).collect::<Vec<_>>()[..] {
            [only] if nameless => Some(*only),
            [] if nameless && near.len() == 1 => near.first().copied(),
            _ => None,
        }
    }

    /// What says that a marked return takes back this payment, in thousandths of a bit: what their texts share, how
    /// their amounts agree, and how soon it came.
    fn weigh(&self, earlier: usize, at: usize, opposite: i64) -> i32 {
        let prepared = &self.problem.prepared;
        let days = &prepared.lines.columns.day;
        let fee = self.problem.paid(earlier as u32).abs_diff(opposite);
        let amount = match fee {
            0 => 8_000,
            // Fees are round sums.
            fee if fee.is_multiple_of(100) => 3_000,
            _ => -1_000,
        };
        shared_text(prepared, earlier, at) + amount - 30 * days[at].saturating_sub(days[earlier]).min(200)
    }

    /// Free lines of about the amount that this one takes back. The bank may have added its fee to what it takes back,
    /// or kept it from what it gives back.
    fn near(&self, at: usize, opposite: i64) -> Vec<usize> {
        let prepared = &self.problem.prepared;
        let fee = RETURN_FEE_MAX.min(opposite.unsigned_abs() / 3 * 2);
        let account = prepared.line_records[at].account.as_str();
        let range = (account, opposite.saturating_sub_unsigned(fee))..=(account, opposite.saturating_add_unsigned(fee));
        let near = self.by_amount.range(range).flat_map(|(_, lines)| self.in_time(lines, at, MARKED_DAYS_MAX));
        near.collect()
    }

    /// Lines that an unexplained return may take back: the same amount, or whole units less or more.
    fn possible(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let opposite = self.problem.paid(at as u32).saturating_neg();
        let whole = move |earlier: &usize| self.problem.paid(*earlier as u32).abs_diff(opposite).is_multiple_of(100);
        self.near(at, opposite).into_iter().filter(whole)
    }

    /// The free lines of the list, oldest first, that lie at most so many days before this one.
    fn in_time<'l>(&'l self, lines: &'l [usize], at: usize, days: i32) -> impl Iterator<Item = usize> + 'l {
        let day = &self.problem.prepared.lines.columns.day;
        let end = lines.partition_point(|line| day[*line] <= day[at]);
        let start = end.saturating_sub(LOOKED_BACK_MAX);
        let fits = move |line: &usize| !self.taken[*line] && *line != at && day[at].saturating_sub(day[*line]) <= days;
        lines[start..end].iter().copied().filter(fits)
    }
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

/// Whether the earlier line's reference stands in the later one.
fn shares_reference(prepared: &Prepared<'_>, earlier: usize, later: usize) -> bool {
    let (a, b) = (prepared.line_records[earlier], prepared.line_records[later]);
    let reference = compact(&a.reference);
    reference.len() >= 5
        && has_digit(&reference)
        && (compact(&b.reference) == reference || compact(&b.description).contains(&reference))
}

/// What two lines' texts share, in thousandths of a bit: references, identifiers, names, or else just words.
fn shared_text(prepared: &Prepared<'_>, earlier: usize, later: usize) -> i32 {
    let (a, b) = (prepared.line_records[earlier], prepared.line_records[later]);
    if shares_reference(prepared, earlier, later) {
        return SHARED_MAX;
    }
    let identifier = if shares_identifier(&a.description, &b.description) { 12_000 } else { 0 };
    let hits = (prepared.lines.hits.of(earlier), prepared.lines.hits.of(later));
    let shared = hits.0.iter().filter(|hit| hits.1.binary_search_by_key(&hit.key, |other| other.key).is_ok());
    let quoted = shared.map(|hit| prepared.keys.bits_less(hit.key, 0)).max().unwrap_or(0);
    let party = if !a.counterparty.is_empty() && a.counterparty == b.counterparty { 9_000 } else { 0 };
    let names = prepared.shared_names(earlier, later).max(party);
    let owners = parties_of(prepared, earlier);
    let owner = if parties_of(prepared, later).iter().any(|party| owners.contains(party)) { 6_000 } else { 0 };
    let told = identifier.max(quoted) + names.max(owner);
    if told == 0 && shares_text(&a.description, &b.description) { 4_000 } else { told.min(SHARED_MAX) }
}

/// Whether both lines say without doubt that they are about the same payer or payment.
fn same_payer(prepared: &Prepared<'_>, earlier: usize, later: usize) -> bool {
    let (a, b) = (prepared.line_records[earlier], prepared.line_records[later]);
    if shares_reference(prepared, earlier, later) || shares_identifier(&a.description, &b.description) {
        return true;
    }
    let (first, second) = (parties_of(prepared, earlier), parties_of(prepared, later));
    match (prepared.names_of(earlier).first(), prepared.names_of(later).first()) {
        (Some(one), Some(other)) => {
            one.party == other.party || second.contains(&one.party) && first.contains(&other.party)
        }
        _ => first.iter().any(|party| second.contains(party)),
    }
}

/// The parties a line may speak of: by name, by code, or by the number of one of their documents.
fn parties_of(prepared: &Prepared<'_>, line: usize) -> Vec<u32> {
    let names = prepared.names_of(line);
    let best = names.first().map_or(0, |hit| hit.worth);
    let mut parties: Vec<u32> =
        names.iter().filter(|hit| hit.worth >= 3_000 && hit.worth + 2_000 >= best).map(|hit| hit.party).collect();
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

/// Whether a word stands in both texts that is hardly ever given out twice.
fn shares_identifier(left: &str, right: &str) -> bool {
    let (left, right) = (fold(left), fold(right));
    let other = Joined::new(&right);
    let telling = |word: &&str| word.len() >= IDENTIFIER_MIN && word.bytes().filter(u8::is_ascii_digit).count() >= 4;
    Joined::new(&left).words().filter(telling).any(|word| other.words().any(|candidate| candidate == word))
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
