//! Payments that were taken back, and what the books hold of them.

use std::{cmp::Reverse, hash::BuildHasher};

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{
    block::Problem,
    keys::{Joined, KeySource},
    prepare::{NO_DAY, Prepared},
    text::{compact, fold, has_digit},
};

mod refunds;
mod text;

use refunds::Refunds;
pub(crate) use text::has_return_word;
use text::{ReturnText, parties_of, same_payer};

/// Days within which a payment is returned, where the bank marks the return and where it does not.
const MARKED_DAYS_MAX: i32 = 60;
const RETURN_DAYS_MAX: i32 = 30;
/// Earlier lines of one amount that are looked at.
const LOOKED_BACK_MAX: usize = 64;
/// Most that a bank adds for a return, in minor units.
const RETURN_FEE_MAX: u64 = 5_000;
/// A payment that fits so much less well may be meant as well, in thousandths of a bit.
const CLOSE_MAX: i32 = 4_500;
/// Least that must say that a return takes back a payment, in thousandths of a bit.
const SAME_PAYMENT_MIN: i32 = 7_500;

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
    search.weigh_all();
    let refunds = Refunds::new(problem, &search.taken);
    let mut found = Reversals::default();
    for at in 0..problem.line_count() {
        let returned = search.original(at).map(|(line, close)| (line, close, true));
        let refunded = |search: &Returns<'_, '_>| {
            refunds.original(at, &search.taken).map(|(line, twice)| (line, Vec::new(), twice))
        };
        if let Some((original, close, certain)) = returned.or_else(|| refunded(&search)) {
            search.taken[original] = true;
            search.taken[at] = true;
            found.doubted.extend(close);
            let sure = certain
                && problem.paid(original as u32).checked_neg() == Some(problem.paid(at as u32))
                && same_payer(&problem.prepared, original, at);
            found.pairs.push((original as u32, at as u32, sure));
        } else if problem.prepared.lines.marked[at] && !search.taken[at] {
            found.doubted.push(at as u32);
            found.doubted.extend(search.possible(at).map(|line| line as u32));
        }
    }
    found.doubted.sort_unstable();
    found.doubted.dedup();
    found
}

/// A line that a marked return may take back. The months keep a search from looking at all there ever was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Original {
    account: u16,
    month: i32,
    amount: i64,
    day: i32,
    line: u32,
    shares: Shares,
}

/// What a line's texts hold, as bits: two lines without a bit in common share neither an identifier nor a number of the
/// books, a party, a counterparty or a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shares(u128);

impl Shares {
    /// Of a line that was taken back the reference counts as a whole, of the return each word and each few in a row.
    fn of(prepared: &Prepared<'_>, line: usize, is_return: bool) -> Self {
        let mut bits = 0_u128;
        let mut add = |kind: u8, value: u64| bits |= 1 << (FxBuildHasher.hash_one((kind, value)) >> 57);
        prepared.lines.marks.of(line).iter().for_each(|mark| add(0, *mark));
        prepared.lines.hits.of(line).iter().for_each(|hit| add(1, u64::from(hit.key)));
        parties_of(prepared, line).iter().for_each(|party| add(2, u64::from(*party)));
        let record = prepared.line_records[line];
        if !record.counterparty.is_empty() {
            add(3, FxBuildHasher.hash_one(&record.counterparty));
        }
        let mut word = |word: &str| add(4, FxBuildHasher.hash_one(word));
        if is_return {
            for text in [&record.reference, &record.description] {
                let folded = fold(text);
                Joined::new(&folded).spans().for_each(|(span, _)| word(span));
            }
        } else if record.reference.len() >= 5 {
            word(&compact(&record.reference));
        }
        Self(bits)
    }

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The lines by account and amount, to find what a return takes back.
struct Returns<'p, 'a> {
    problem: &'p Problem<'a>,
    /// What a marked return may take back, ascending.
    by_amount: Vec<Original>,
    /// What each marked return may take back, the best first.
    weighed: FxHashMap<u32, Vec<(i32, Reverse<u32>)>>,
    by_reference: FxHashMap<(u16, i64, &'a str), Vec<usize>>,
    taken: Vec<bool>,
}

impl<'p, 'a> Returns<'p, 'a> {
    fn new(problem: &'p Problem<'a>) -> Self {
        let prepared = &problem.prepared;
        let columns = &prepared.lines.columns;
        let usable = |at: usize| columns.repeats[at].is_none() && columns.day[at] != NO_DAY && columns.amount[at] != 0;
        let taken: Vec<bool> = (0..columns.amount.len()).map(|at| !usable(at)).collect();
        let originals = |at: &usize| !taken[*at] && !prepared.lines.marked[*at];
        let mut by_amount = Vec::new();
        let any_marked = prepared.lines.marked.contains(&true);
        if any_marked {
            let all = (0..taken.len()).filter(originals);
            let original = |at: usize| Original {
                account: prepared.lines.account[at],
                month: month(columns.day[at]),
                amount: columns.amount[at],
                day: columns.day[at],
                line: at as u32,
                shares: Shares::of(prepared, at, false),
            };
            by_amount = all.collect::<Vec<_>>().into_par_iter().map(original).collect();
            by_amount.par_sort_unstable();
        }
        let mut by_reference: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        for at in both_ways(prepared, (0..taken.len()).filter(originals).collect()) {
            let reference = prepared.line_records[at].reference.as_str();
            by_reference.entry((prepared.lines.account[at], columns.amount[at], reference)).or_default().push(at);
        }
        Self { problem, by_amount, weighed: FxHashMap::default(), by_reference, taken }
    }

    /// Weighs what each marked return may take back, whoever else may take it back too.
    fn weigh_all(&mut self) {
        let marked: Vec<usize> =
            (0..self.taken.len()).filter(|at| !self.taken[*at] && self.problem.prepared.lines.marked[*at]).collect();
        let weighed = marked.into_par_iter().filter_map(|at| {
            let opposite = self.problem.paid(at as u32).checked_neg()?;
            let text = ReturnText::new(&self.problem.prepared, at);
            let shares = Shares::of(&self.problem.prepared, at, true);
            // Only just the amount says enough without a word in common.
            let meant = self.originals(at, opposite).filter(|of| of.amount == opposite || of.shares.meets(shares));
            let near = meant.map(|of| (self.weigh(of.line as usize, at, opposite, &text), Reverse(of.line)));
            let mut weighed: Vec<_> = near.filter(|(weight, _)| *weight >= SAME_PAYMENT_MIN - CLOSE_MAX).collect();
            weighed.sort_unstable_by(|a, b| b.cmp(a));
            Some((at as u32, weighed))
        });
        self.weighed = weighed.collect();
    }

    /// The line that this one takes back, and those that it may as well mean.
    fn original(&self, at: usize) -> Option<(usize, Vec<u32>)> {
        let line = self.problem.prepared.line_records[at];
        let opposite = self.problem.paid(at as u32).checked_neg().filter(|_| !self.taken[at])?;
        if self.problem.prepared.lines.marked[at] {
            return self.original_of_marked(at, opposite);
        }
        if line.reference.is_empty() {
            return None;
        }
        let account = self.problem.prepared.lines.account[at];
        let quoted = self.by_reference.get(&(account, opposite, line.reference.as_str()))?;
        if meets_entry(self.problem, at as u32) {
            return None;
        }
        let earlier = self.in_time(quoted, at, RETURN_DAYS_MAX);
        let telling = compact(&line.reference).len() >= 5 && has_digit(&line.reference);
        Some((earlier.filter(|earlier| *earlier < at && telling).last()?, Vec::new()))
    }

    /// The line that fits best of those that a marked return may take back, and those that fit nearly as well.
    fn original_of_marked(&self, at: usize, opposite: i64) -> Option<(usize, Vec<u32>)> {
        let weighed = self.weighed.get(&(at as u32)).map_or(&[][..], Vec::as_slice);
        let mut free = weighed.iter().filter(|(_, Reverse(line))| !self.taken[*line as usize]);
        if let Some((weight, Reverse(original))) = free.next()
            && *weight >= SAME_PAYMENT_MIN
        {
            let close = free.take_while(|(other, _)| weight - other <= CLOSE_MAX);
            return Some((*original as usize, close.map(|(_, Reverse(line))| *line).collect()));
        }
        // A return that names nobody takes back the one payment it can mean.
        if !parties_of(&self.problem.prepared, at).is_empty() {
            return None;
        }
        let near: Vec<usize> = self.near(at, opposite).collect();
        let exact = |earlier: &&usize| self.problem.paid(**earlier as u32) == opposite;
        match near.iter().filter(exact).collect::<Vec<_>>()[..] {
            [only] => Some((*only, Vec::new())),
            [] if near.len() == 1 => Some((*near.first()?, Vec::new())),
            _ => None,
        }
    }

    /// What says that a marked return takes back this payment, in thousandths of a bit: what their texts share, how
    /// their amounts agree, and how soon it came.
    fn weigh(&self, earlier: usize, at: usize, opposite: i64, text: &ReturnText) -> i32 {
        let prepared = &self.problem.prepared;
        let days = &prepared.lines.columns.day;
        let fee = self.problem.paid(earlier as u32).abs_diff(opposite);
        let amount = match fee {
            0 => 8_000,
            // Fees are round sums.
            fee if fee.is_multiple_of(100) => 3_000,
            _ => -5_000,
        };
        text.shared_with(prepared, earlier) + amount - 30 * days[at].saturating_sub(days[earlier]).min(200)
    }

    /// Free lines of about the amount that this one takes back. The bank may have added its fee to what it takes back,
    /// or kept it from what it gives back.
    fn near(&self, at: usize, opposite: i64) -> impl Iterator<Item = usize> + '_ {
        self.originals(at, opposite).map(|of| of.line as usize)
    }

    fn originals(&self, at: usize, opposite: i64) -> impl Iterator<Item = &Original> + '_ {
        let prepared = &self.problem.prepared;
        let fee = RETURN_FEE_MAX.min(opposite.unsigned_abs() / 3 * 2);
        let account = prepared.lines.account[at];
        // Of money that came, more is taken back; of money that went, less comes back: either way the payment is the
        // lower number.
        let (low, high) = (opposite.saturating_sub_unsigned(fee), opposite);
        let days = &prepared.lines.columns.day;
        let months = month(days[at].saturating_sub(MARKED_DAYS_MAX))..=month(days[at]);
        let close = months.flat_map(move |month| {
            let place = |of: &Original| (of.account, of.month, of.amount);
            let first = self.by_amount.partition_point(|of| place(of) < (account, month, low));
            self.by_amount[first..].iter().take_while(move |of| place(of) <= (account, month, high))
        });
        let day = days[at];
        let in_time = move |of: &&Original| (0..=MARKED_DAYS_MAX).contains(&day.saturating_sub(of.day));
        let free = move |of: &&Original| !self.taken[of.line as usize] && of.line as usize != at;
        close.filter(in_time).filter(free)
    }

    /// Lines that an unexplained return may take back: the same amount, or whole units less or more.
    fn possible(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let opposite = self.problem.paid(at as u32).saturating_neg();
        let whole = move |earlier: &usize| self.problem.paid(*earlier as u32).abs_diff(opposite).is_multiple_of(100);
        self.near(at, opposite).filter(whole)
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

/// Of these lines those whose reference and amount went both ways in one account, in their order: only what comes back with
/// the opposite sign can be a return, and most references never do.
fn both_ways(prepared: &Prepared<'_>, lines: Vec<usize>) -> Vec<usize> {
    let columns = &prepared.lines.columns;
    let place = |at: usize| {
        let reference = prepared.line_records[at].reference.as_str();
        let amount = columns.amount[at].unsigned_abs();
        (reference.len() >= 5).then(|| (FxBuildHasher.hash_one((prepared.lines.account[at], amount, reference)), at))
    };
    let mut placed: Vec<(u64, usize)> = lines.into_par_iter().filter_map(place).collect();
    placed.par_sort_unstable();
    let went = |places: &[(u64, usize)], out: bool| places.iter().any(|(_, at)| (columns.amount[*at] < 0) == out);
    let groups = placed.chunk_by(|one, other| one.0 == other.0);
    let both = groups.filter(|places| places.len() > 1 && went(places, true) && went(places, false));
    let mut found: Vec<usize> = both.flatten().map(|(_, at)| *at).collect();
    found.sort_unstable();
    found
}

/// The number of the stretch of thirty days that the day lies in.
fn month(day: i32) -> i32 {
    day.div_euclid(30)
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

/// Entries of the ledger side that take each other back because of a reversed payment: the entry paid by the first line
/// and the one that books the return, found by the first one's number in its texts.
pub(crate) fn booked_return(problem: &Problem<'_>, first: u32, second: u32, free: &[bool]) -> Option<(u32, u32)> {
    let prepared = &problem.prepared;
    let back_amount = problem.paid(first).checked_neg().filter(|_| problem.paid(second) != 0)?;
    let returns = problem.amounts.between(back_amount, back_amount);
    let mut found = None;
    for back in returns.iter().map(|placed| placed.entry).filter(|back| free[*back as usize]) {
        for key in prepared.entries.keys.of(back as usize).iter().filter(|key| key.source == KeySource::Memo) {
            for entry in prepared.keys.entries.of(key.key as usize).iter().filter(|entry| free[**entry as usize]) {
                let fits = problem.owed(*entry) == problem.paid(first)
                    && problem
                        .look_at(first, *entry)
                        .is_some_and(|(comparison, score)| comparison.has_identity() && score > 0);
                if fits && found.replace((*entry, back)).is_some() {
                    return None;
                }
            }
        }
    }
    found
}
