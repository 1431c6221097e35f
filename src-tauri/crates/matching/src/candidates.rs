//! Which entries are worth comparing with a line: found by keys in texts, by party and by amount.

use tieout_domain::{Currency, Profile};

use crate::{block::Problem, facts::Placed, keys::Found, prepare::NO_DAY, rivals::GAP_MAX};

/// Entries of one block that are looked at whole; of bigger ones only the nearest in amount and date.
const BLOCK_MAX: usize = 48;
/// Of a bigger block, entries of just the amount that are looked at.
const NEAREST_MAX: usize = 24;
/// Parties whose entries are looked at for one line.
const PARTIES_MAX: usize = 4;
/// A name that says less than this is hardly meant either.
const NAME_MIN: i32 = 2_000;
/// A line that names somebody as clearly as this has its entry among that party's: of the others with its amount only the
/// nearest are looked at, to see what else there is.
const CLEAR_NAME_MIN: i32 = 8_000;
const CLEAR_NAME_AMOUNTS_MAX: usize = 8;
/// A name that says so much less than the best one is hardly meant, in thousandths of a bit.
const CLEAR_GAP: i32 = 4_000;

/// Entries worth comparing with a line, each once, and what was left out for being too much.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    pub(crate) entries: Vec<u32>,
    /// Blocks that were too big to be looked at whole, of all lines so far.
    pub(crate) blocks_narrowed: u64,
    /// Their entries that were not looked at.
    pub(crate) left_out: u64,
}

impl Candidates {
    /// Finds those of the line, and forgets those of the line before.
    pub(crate) fn find(&mut self, problem: &Problem<'_>, line: usize) {
        let prepared = &problem.prepared;
        self.entries.clear();
        for hit in prepared.lines.hits.of(line) {
            self.with_key(problem, hit.key, line);
        }
        for near in prepared.lines.near.of(line) {
            self.with_key(problem, near.key, line);
        }
        for block in prepared.jobs.blocks(line) {
            self.of_block(problem, block, line);
        }
        // An identifier that settles the matter needs no further looking.
        self.tidy(problem);
        if !is_settled(problem, line, &self.entries) {
            self.by_name(problem, line);
            self.tidy(problem);
        }
        self.entries.retain(|entry| !problem.is_pair_rejected(line as u32, *entry));
    }

    /// Other entries of just the amount of the line, whatever else it says: the nearest in date.
    pub(crate) fn of_same_amount(problem: &Problem<'_>, line: u32, entry: u32) -> Vec<u32> {
        let mut found = Self::default();
        found.by_amount(problem, line as usize, CLEAR_NAME_AMOUNTS_MAX);
        found.tidy(problem);
        found.entries.retain(|other| *other != entry);
        found.entries
    }

    fn tidy(&mut self, problem: &Problem<'_>) {
        self.entries.sort_unstable();
        self.entries.dedup();
        self.entries.retain(|entry| !problem.prepared.entries.facts[*entry as usize].is_repeat);
    }

    fn by_name(&mut self, problem: &Problem<'_>, line: usize) {
        let prepared = &problem.prepared;
        let named = prepared.names_of(line).iter().map(|hit| (hit.party, hit.worth));
        let best = named.clone().next().map_or(0, |(_, worth)| worth);
        let payers = prepared.lines.payers.of(line).iter().map(|payer| (payer.party, payer.bits));
        for (party, worth) in named.take(PARTIES_MAX).chain(payers.take(PARTIES_MAX)) {
            let block = prepared.of_party.of(party as usize);
            if worth >= NAME_MIN && worth + CLEAR_GAP >= best {
                self.of_block(problem, block, line);
            } else {
                // Of a party that is hardly meant only what fits.
                self.around_amount(problem, block, line);
            }
        }
        self.by_amount(problem, line, if best >= CLEAR_NAME_MIN { CLEAR_NAME_AMOUNTS_MAX } else { NEAREST_MAX });
    }

    fn leave_out(&mut self, of: usize, taken: usize) {
        self.blocks_narrowed += u64::from(taken < of);
        self.left_out += (of - taken) as u64;
    }

    /// Entries that have a key: all of a few, of many those around the line's amount.
    fn with_key(&mut self, problem: &Problem<'_>, key: u32, line: usize) {
        let block = problem.prepared.keys.entries.of(key as usize);
        if block.len() <= BLOCK_MAX {
            self.entries.extend(block);
            return;
        }
        let (low, high) = around(problem.paid(line as u32));
        let first = block.partition_point(|entry| problem.owed(*entry) < low);
        let last = block.partition_point(|entry| problem.owed(*entry) <= high);
        let placed = |entry: &u32| {
            let facts = &problem.prepared.entries.facts[*entry as usize];
            Placed { amount: facts.amount, day: facts.day, entry: *entry }
        };
        self.nearest(problem, block.len(), block[first..last].iter().map(placed).collect(), line);
    }

    /// Entries of a block ordered by amount: all of a small one, of a big one those around the line's amount.
    fn of_block(&mut self, problem: &Problem<'_>, block: &[Placed], line: usize) {
        if block.len() <= BLOCK_MAX {
            self.entries.extend(block.iter().map(|placed| placed.entry));
        } else {
            self.around_amount(problem, block, line);
        }
    }

    /// Entries of a block ordered by amount whose amounts lie around the line's.
    fn around_amount(&mut self, problem: &Problem<'_>, block: &[Placed], line: usize) {
        let (low, high) = around(problem.paid(line as u32));
        let first = block.partition_point(|placed| placed.amount < low);
        let last = block.partition_point(|placed| placed.amount <= high);
        self.nearest(problem, block.len(), block[first..last].to_vec(), line);
    }

    /// The nearest of these entries of a block in amount and date.
    fn nearest(&mut self, problem: &Problem<'_>, of: usize, mut close: Vec<Placed>, line: usize) {
        if close.len() > NEAREST_MAX {
            let (amount, day) = (problem.paid(line as u32), problem.prepared.lines.columns.day[line]);
            close.sort_unstable_by_key(|placed| (placed.nearness(amount, day), placed.entry));
            // Of many that are equally near, each of as many lines starts at another one.
            let first = close[0].nearness(amount, day);
            let equal = close.iter().take_while(|placed| placed.nearness(amount, day) == first).count();
            let rank = problem.amounts.line_rank[line] as usize;
            close.drain(..rank.min(equal.saturating_sub(NEAREST_MAX)));
            close.truncate(NEAREST_MAX);
        }
        self.leave_out(of, close.len());
        self.entries.extend(close.iter().map(|placed| placed.entry));
    }

    /// At most so many entries of the amount, nearest in date first.
    fn by_amount(&mut self, problem: &Problem<'_>, line: usize, most: usize) {
        let columns = &problem.prepared.lines.columns;
        let (amount, day) = (columns.amount[line], columns.day[line]);
        if problem.bounds.profile == Profile::Deposits || amount == 0 {
            return;
        }
        let currency = problem.prepared.entries.columns.currency.first().copied().unwrap_or(Currency::NONE);
        let tolerance = problem.bounds.tolerance(amount, currency);
        let (low, high) = (amount.saturating_sub_unsigned(tolerance), amount.saturating_add_unsigned(tolerance));
        let wide = problem.amounts.between(low, high);
        let same = if tolerance == 0 { wide } else { problem.amounts.between(amount, amount) };
        let taken = if wide.len() <= most {
            wide
        } else if same.len() <= most || day == NO_DAY {
            &same[..same.len().min(most)]
        } else {
            // Of many on one day, each of as many lines starts at another one.
            let rank = problem.amounts.line_rank[line] as usize;
            nearest_in_time(same, day, rank, most)
        };
        self.leave_out(wide.len(), taken.len());
        self.entries.extend(taken.iter().map(|placed| placed.entry));
    }
}

/// At most so many entries of one amount around the day, the first that lies `rank` after it.
fn nearest_in_time(same: &[Placed], day: i32, rank: usize, most: usize) -> &[Placed] {
    let middle = (same.partition_point(|placed| placed.day < day) + rank).min(same.len());
    let (mut before, mut after) = (middle, middle);
    for _ in 0..most {
        let earlier = before.checked_sub(1).map(|at| day.abs_diff(same[at].day));
        let later = same.get(after).map(|placed| day.abs_diff(placed.day));
        match (earlier, later) {
            (Some(earlier), later) if later.is_none_or(|later| earlier < later) => before -= 1,
            (_, Some(_)) => after += 1,
            (_, None) => break,
        }
    }
    &same[before..after]
}

/// Amounts that lie around this one.
fn around(amount: i64) -> (i64, i64) {
    let near = amount.unsigned_abs() / 20;
    (amount.saturating_sub_unsigned(near), amount.saturating_add_unsigned(near))
}

/// Whether the line quotes one entry of just its amount, by a number that no other entry has, and names nobody else: what
/// is found by a name or an amount alone lies so far behind that it is no rival.
fn is_settled(problem: &Problem<'_>, line: usize, found: &[u32]) -> bool {
    let prepared = &problem.prepared;
    let paid = problem.paid(line as u32);
    let mut of_amount = found.iter().filter(|entry| problem.owed(**entry) == paid);
    let (Some(only), None) = (of_amount.next(), of_amount.next()) else { return false };
    if problem.bounds.profile == Profile::Processor && found.len() == 1 {
        return true;
    }
    let hits = prepared.lines.hits.of(line);
    let quotes = prepared.entries.keys.of(*only as usize).iter().any(|key| {
        key.source.is_reference()
            && prepared.keys.entries.of(key.key as usize).len() == 1
            && prepared.keys.bits_less(key.key, 0) >= GAP_MAX
            && hits.binary_search_by_key(&key.key, |hit| hit.key).is_ok_and(|at| hits[at].found == Found::Exact)
    });
    quotes && problem.look_at(line as u32, *only).is_some_and(|(comparison, _)| !comparison.names_other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tieout_domain::{Currency, Digest, LedgerEntry, LedgerKind, Money, ReconcileConfig, Source, StatementLine};

    use super::*;
    use crate::{block::Rejected, prepare::Prepared, rules::CompiledRules, score::RIVAL_GAP};

    const NAMES: [&str; 6] =
        ["Harbour Lane Bakery", "Lumen Nord AB", "Quarry Stone Ltd", "Bakery Nord", "Saltire Optics", ""];
    const AMOUNTS: [i64; 6] = [12_000, 12_040, 45_055, -45_055, 200_000, 999];

    /// A name, an amount, a day in May, and the number of a document.
    type Row = (usize, usize, i8, Option<u32>);

    fn rows() -> impl Strategy<Value = Vec<Row>> {
        prop::collection::vec((0..NAMES.len(), 0..AMOUNTS.len(), 1..29_i8, prop::option::of(0..12_u32)), 1..16)
    }

    fn line(row: usize, (name, amount, day, number): &Row) -> StatementLine {
        let number = number.map(|number| format!(" RE-2024-{}", 10_400 + number)).unwrap_or_default();
        StatementLine {
            source: Source { file: Digest::from_bytes([0; 32]), row: row as u32 },
            record_id: format!("L{row}"),
            account: String::new(),
            date: Some(jiff::civil::date(2024, 5, *day)),
            value_date: None,
            amount: Money::from_minor(AMOUNTS[*amount], Currency::NONE),
            description: format!("{}{number}", NAMES[*name]),
            reference: String::new(),
            counterparty: String::new(),
            counterparty_account: String::new(),
            balance: None,
            normalised: tieout_domain::Normalised::default(),
            job: None,
            raw: String::new(),
        }
    }

    fn entry(row: usize, (name, amount, day, number): &Row) -> LedgerEntry {
        LedgerEntry {
            source: Source { file: Digest::from_bytes([1; 32]), row: row as u32 },
            record_id: format!("E{row}"),
            kind: LedgerKind::Invoice,
            number: number.map(|number| format!("RE-2024-{}", 10_400 + number)).unwrap_or_default(),
            date: Some(jiff::civil::date(2024, 5, *day)),
            due_date: None,
            counterparty: NAMES[*name].to_owned(),
            counterparty_code: String::new(),
            counterparty_account: String::new(),
            amount: Money::from_minor(AMOUNTS[*amount], Currency::NONE),
            reference: String::new(),
            memo: String::new(),
            job: None,
            raw: String::new(),
        }
    }

    proptest! {
        /// Of all pairs that are likelier than not blocking loses neither the best of a line nor one so near to it that the
        /// two could not be told apart.
        #[test]
        fn the_best_of_all_pairs_and_its_rivals_are_found(left in rows(), right in rows()) {
            let lines: Vec<_> = left.iter().enumerate().map(|(at, row)| line(at, row)).collect();
            let entries: Vec<_> = right.iter().enumerate().map(|(at, row)| entry(at, row)).collect();
            let config = ReconcileConfig::default();
            let (lines, entries): (Vec<_>, Vec<_>) = (lines.iter().collect(), entries.iter().collect());
            let prepared = Prepared::new(&lines, &entries, &[], &config);
            let problem = Problem::new(prepared, &config, Rejected::default(), CompiledRules::default());
            let mut candidates = Candidates::default();
            for line in 0..lines.len() {
                candidates.find(&problem, line);
                let score = |entry: u32| problem.look_at(line as u32, entry).map_or(i32::MIN, |(_, score)| score);
                let best = (0..entries.len() as u32).map(score).max().unwrap_or(i32::MIN);
                let wanted = |score: i32| score > 0 && score >= best.saturating_sub(RIVAL_GAP);
                for entry in (0..entries.len() as u32).filter(|entry| wanted(score(*entry))) {
                    prop_assert!(candidates.entries.contains(&entry), "line {line} entry {entry}: {} of {best}", score(entry));
                }
            }
        }
    }

    #[test]
    fn of_too_many_entries_the_nearest_are_taken_and_the_others_counted() {
        let line = line(0, &(0, 0, 20, None));
        let many: Vec<LedgerEntry> = (0..200).map(|row| entry(row, &(0, 0, (row % 28) as i8 + 1, None))).collect();
        let config = ReconcileConfig::default();
        let entries: Vec<_> = many.iter().collect();
        let prepared = Prepared::new(&[&line], &entries, &[], &config);
        let problem = Problem::new(prepared, &config, Rejected::default(), CompiledRules::default());
        let mut candidates = Candidates::default();
        candidates.find(&problem, 0);
        let days: Vec<i8> = candidates
            .entries
            .iter()
            .map(|entry| problem.prepared.entry_records[*entry as usize].date.unwrap().day())
            .collect();
        assert!((NEAREST_MAX..=2 * NEAREST_MAX).contains(&days.len()), "{days:?}");
        assert!(days.iter().all(|day| day.abs_diff(20) <= 4), "{days:?}");
        assert_eq!(candidates.blocks_narrowed, 2);
        assert_eq!(candidates.left_out, 400 - 2 * NEAREST_MAX as u64);
    }
}
