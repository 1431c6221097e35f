//! Counts and sums of all rows, and the rows worth listing: collected while rows stream by.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use jiff::civil::Date;
use tieout_domain::{Currency, FigureLimits, Money, RootCause, Side, share};

use crate::{
    data::{ExceptionRow, MatchRow, RecordPart, RowStatus},
    sums::Sums,
};

/// How many rows of each table the PDF and `report.json` list.
pub const LISTED_MAX: usize = 1_000;

/// How many, and how much.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows of the table (matches, or records in no match).
    pub rows: u64,
    /// Statement lines in them, each counted once.
    pub lines: u64,
    /// Ledger entries in them, each counted once.
    pub entries: u64,
    /// What they sum to on the statement side.
    pub lines_sums: Sums,
    /// What they sum to on the ledger side.
    pub entries_sums: Sums,
}

impl Tally {
    fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.lines += other.lines;
        self.entries += other.entries;
        self.lines_sums.merge(&other.lines_sums);
        self.entries_sums.merge(&other.entries_sums);
    }

    /// The count of records of a side.
    fn records(&mut self, side: Side) -> &mut u64 {
        match side {
            Side::Statement => &mut self.lines,
            Side::Ledger => &mut self.entries,
        }
    }
}

/// What hangs on one cause.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CauseTally {
    /// How many rows have it.
    pub rows: u64,
    /// Their impact, without sign.
    pub impact: Sums,
}

/// Statement lines of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayTally {
    /// All of them.
    pub lines: u64,
    /// Of these, lines in a settled match.
    pub settled: u64,
}

/// Records in no match of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgeTally {
    /// How many.
    pub rows: u64,
    /// What is open of them, with their sign.
    pub open: Sums,
}

/// Counts and sums of all rows, listed or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Matches by status.
    pub matches: BTreeMap<RowStatus, Tally>,
    /// Statement lines in no match.
    pub unmatched_lines: Tally,
    /// Ledger entries in no match.
    pub unmatched_entries: Tally,
    /// Records in no match, by cause.
    pub exception_causes: BTreeMap<RootCause, CauseTally>,
    /// Adjustments inside settled matches, by cause; sums keep their sign.
    pub adjustments: BTreeMap<RootCause, CauseTally>,
    /// All money of both sides, without signs: what matches use of their records, and what is open of those in none.
    pub volume: Sums,
    /// Of this what does not agree, without signs: the impact of records in no match, and adjustments inside matches,
    /// settled or not.
    pub discrepancy: Sums,
    /// Records in no match from the limit of high value on.
    pub high_value: CauseTally,
    /// Statement lines by their day, each counted once.
    pub line_days: BTreeMap<Option<Date>, DayTally>,
    /// Records in no match by side and day.
    pub open_days: BTreeMap<(Side, Option<Date>), AgeTally>,
    /// What matches leave open of records that they use in part, by side.
    pub left_open: BTreeMap<Side, Sums>,
}

impl Summary {
    /// The tally of one status; nothing where no match has it.
    pub fn of(&self, status: RowStatus) -> Tally {
        self.matches.get(&status).cloned().unwrap_or_default()
    }

    /// All statement lines.
    pub fn lines(&self) -> u64 {
        self.matches.values().map(|tally| tally.lines).sum::<u64>() + self.unmatched_lines.lines
    }

    /// All ledger entries. One that is settled in parts by matches of different status counts once for each status.
    pub fn entries(&self) -> u64 {
        self.matches.values().map(|tally| tally.entries).sum::<u64>() + self.unmatched_entries.entries
    }

    fn merge(&mut self, other: &Self) {
        for (status, tally) in &other.matches {
            self.matches.entry(*status).or_default().merge(tally);
        }
        self.unmatched_lines.merge(&other.unmatched_lines);
        self.unmatched_entries.merge(&other.unmatched_entries);
        self.volume.merge(&other.volume);
        self.discrepancy.merge(&other.discrepancy);
        self.high_value.rows += other.high_value.rows;
        self.high_value.impact.merge(&other.high_value.impact);
        for (day, tally) in &other.line_days {
            let own = self.line_days.entry(*day).or_default();
            own.lines += tally.lines;
            own.settled += tally.settled;
        }
        for (day, tally) in &other.open_days {
            let own = self.open_days.entry(*day).or_default();
            own.rows += tally.rows;
            own.open.merge(&tally.open);
        }
        for (side, sums) in &other.left_open {
            self.left_open.entry(*side).or_default().merge(sums);
        }
        let causes =
            [(&mut self.exception_causes, &other.exception_causes), (&mut self.adjustments, &other.adjustments)];
        for (own, others) in causes {
            for (cause, tally) in others {
                let own = own.entry(*cause).or_default();
                own.rows += tally.rows;
                own.impact.merge(&tally.impact);
            }
        }
    }

    /// Share of statement lines in settled matches, in hundredths of a percent; none where there are no lines.
    pub fn match_rate(&self) -> Option<u64> {
        share(self.of(RowStatus::Auto).lines + self.of(RowStatus::Approved).lines, self.lines())
    }

    /// Share of statement lines matched without a person, in hundredths of a percent; none where there are no lines.
    pub fn automatic_rate(&self) -> Option<u64> {
        share(self.of(RowStatus::Auto).lines, self.lines())
    }

    /// Share of the money that does not agree, in hundredths of a percent, one a currency. Rounded up, so that nothing
    /// means nothing.
    pub fn discrepancy_rates(&self) -> Vec<(Currency, u64)> {
        let rate = |(currency, volume): (Currency, i128)| {
            let discrepancy = self.discrepancy.iter().find(|(known, _)| *known == currency).map_or(0, |(_, sum)| sum);
            let rate = discrepancy.unsigned_abs().saturating_mul(10_000).div_ceil(volume.unsigned_abs().max(1));
            (currency, u64::try_from(rate).unwrap_or(u64::MAX))
        };
        self.volume.iter().filter(|(_, volume)| *volume != 0).map(rate).collect()
    }
}

/// Size of an amount in ten-thousandths of the major unit, to compare across currencies with other digits.
fn size(amount: Money) -> u128 {
    let digits = amount.currency().digits().min(4);
    u128::from(amount.magnitude()) * 10_u128.pow(4 - digits)
}

/// The rows of greatest impact, at most so many of them, however many are offered.
#[derive(Debug, Clone)]
pub struct TopRows<T> {
    kept: Vec<Ranked<T>>,
    listed_max: usize,
    offered: u64,
    floor: Option<(u128, u128)>,
}

#[derive(Debug, Clone)]
struct Ranked<T> {
    weight: (u128, u128),
    arrival: u64,
    row: T,
}

impl<T> Default for TopRows<T> {
    fn default() -> Self {
        Self { kept: Vec::new(), listed_max: LISTED_MAX, offered: 0, floor: None }
    }
}

impl<T> TopRows<T> {
    /// Offers a row; `impact` ranks it, then `amount`, then who came first.
    fn offer(&mut self, impact: Money, amount: Money, row: T) {
        let weight = (size(impact), size(amount));
        self.offered += 1;
        if self.floor.is_some_and(|floor| weight <= floor) {
            return;
        }
        self.keep(Ranked { weight, arrival: self.offered, row });
    }

    fn keep(&mut self, ranked: Ranked<T>) {
        self.kept.push(ranked);
        let listed_max = self.listed_max;
        if self.kept.len() == listed_max.saturating_mul(2) {
            self.kept.select_nth_unstable_by_key(listed_max - 1, |ranked| (Reverse(ranked.weight), ranked.arrival));
            self.floor = Some(self.kept[listed_max - 1].weight);
            self.kept.truncate(listed_max);
        }
    }

    /// None yet, and none that could not be listed any more anyway.
    fn part(&self) -> Self {
        Self { floor: self.floor, listed_max: self.listed_max, ..Self::default() }
    }

    /// Takes over the rows that were offered after those offered here.
    fn append(&mut self, later: Self) {
        for ranked in later.kept {
            if self.floor.is_none_or(|floor| ranked.weight > floor) {
                self.keep(Ranked { arrival: self.offered + ranked.arrival, ..ranked });
            }
        }
        self.offered += later.offered;
    }

    /// The rows to list, greatest impact first.
    pub fn listed(&self) -> Vec<&T> {
        let mut ranked: Vec<_> = self.kept.iter().collect();
        ranked.sort_unstable_by_key(|ranked| (Reverse(ranked.weight), ranked.arrival));
        ranked.into_iter().take(self.listed_max).map(|ranked| &ranked.row).collect()
    }

    /// How many rows there are in all.
    pub fn total(&self) -> u64 {
        self.offered
    }
}

/// The four tables of a report. Offer every match and every exception once, in the order of the CSV files.
#[derive(Debug, Clone, Default)]
pub struct Tables<'a> {
    /// Settled matches.
    pub(crate) matched: TopRows<MatchRow<'a>>,
    /// Matches that await a person.
    pub(crate) suggested: TopRows<MatchRow<'a>>,
    /// Statement lines in no match.
    pub(crate) unmatched_lines: TopRows<ExceptionRow<'a>>,
    /// Ledger entries in no match.
    pub(crate) unmatched_entries: TopRows<ExceptionRow<'a>>,
    summary: Summary,
    /// Records that stand in several matches, so as to count them once: status, side, file, row; with their day.
    shared: HashMap<(RowStatus, Side, usize, u32), Option<Date>>,
    /// Records that are used in part, with all that they come to: side, file, row.
    in_part: HashMap<(Side, usize, u32), Money>,
    file_names: Vec<String>,
    limits: FigureLimits,
}

impl<'a> Tables<'a> {
    /// No rows yet; what is of high value is what the default limits say.
    pub fn new() -> Self {
        Self::default()
    }

    /// No rows yet.
    pub fn with_limits(limits: FigureLimits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// The same with at most so many rows of each table listed.
    #[must_use]
    pub fn listing(mut self, listed_max: usize) -> Self {
        let listed_max = listed_max.max(1);
        self.matched.listed_max = listed_max;
        self.suggested.listed_max = listed_max;
        self.unmatched_lines.listed_max = listed_max;
        self.unmatched_entries.listed_max = listed_max;
        self
    }

    /// What figures are held against.
    pub fn limits(&self) -> &FigureLimits {
        &self.limits
    }

    /// Empty tables for the rows that follow, to be filled elsewhere and given to [`Self::append`].
    #[must_use]
    pub fn part(&self) -> Self {
        Self {
            matched: self.matched.part(),
            suggested: self.suggested.part(),
            unmatched_lines: self.unmatched_lines.part(),
            unmatched_entries: self.unmatched_entries.part(),
            limits: self.limits,
            ..Self::default()
        }
    }

    /// Takes over a [`Self::part`] with the rows that follow those offered here.
    pub fn append(&mut self, later: Self) {
        self.summary.merge(&later.summary);
        let files: Vec<_> = later.file_names.iter().map(|name| self.file_of(name)).collect();
        for ((status, side, file, row), day) in later.shared {
            if self.shared.insert((status, side, files[file], row), day).is_some() {
                *self.summary.matches.entry(status).or_default().records(side) -= 1;
                if side == Side::Statement {
                    let tally = self.summary.line_days.entry(day).or_default();
                    tally.lines -= 1;
                    tally.settled -= u64::from(status.is_settled());
                }
            }
        }
        for ((side, file, row), amount) in later.in_part {
            if self.in_part.insert((side, files[file], row), amount).is_some() {
                self.summary.left_open.entry(side).or_default().subtract(amount);
            }
        }
        self.matched.append(later.matched);
        self.suggested.append(later.suggested);
        self.unmatched_lines.append(later.unmatched_lines);
        self.unmatched_entries.append(later.unmatched_entries);
    }

    /// Counts a match, and keeps it if it is among those of greatest impact.
    pub fn add_match(&mut self, row: MatchRow<'a>) {
        for part in &row.parts {
            self.leave_open(part);
            let fresh = u64::from(self.is_fresh(row.status, part));
            let tally = self.summary.matches.entry(row.status).or_default();
            *tally.records(part.record.side) += fresh;
            if part.record.side == Side::Statement {
                let day = self.summary.line_days.entry(part.record.date).or_default();
                day.lines += fresh;
                day.settled += if row.status.is_settled() { fresh } else { 0 };
            }
            self.summary.volume.add_magnitude(part.amount_applied);
            match part.record.side {
                Side::Statement => tally.lines_sums.add(part.amount_applied),
                Side::Ledger => tally.entries_sums.add(part.amount_applied),
            }
        }
        self.summary.matches.entry(row.status).or_default().rows += 1;
        row.adjustments.iter().for_each(|adjustment| self.summary.discrepancy.add_magnitude(adjustment.amount));
        if row.status.is_settled() {
            for adjustment in &row.adjustments {
                let cause = self.summary.adjustments.entry(adjustment.cause).or_default();
                cause.rows += 1;
                cause.impact.add(adjustment.amount);
            }
        }
        let largest = row.parts.iter().map(|part| part.amount_applied).max_by_key(|amount| size(*amount));
        let table = if row.status.is_settled() { &mut self.matched } else { &mut self.suggested };
        table.offer(row.impact, largest.unwrap_or(row.impact), row);
    }

    /// Counts a record in no match, and keeps it if it is among those of greatest impact.
    pub fn add_exception(&mut self, row: ExceptionRow<'a>) {
        let cause = self.summary.exception_causes.entry(row.cause).or_default();
        cause.rows += 1;
        cause.impact.add_magnitude(row.impact);
        self.summary.volume.add_magnitude(row.impact);
        self.summary.discrepancy.add_magnitude(row.impact);
        if u128::from(row.impact.magnitude()) >= self.limits.high_value_in(row.impact.currency()) {
            self.summary.high_value.rows += 1;
            self.summary.high_value.impact.add_magnitude(row.impact);
        }
        let amount = row.record.amount;
        let open = self.summary.open_days.entry((row.record.side, row.record.date)).or_default();
        open.rows += 1;
        open.open.add_signed(row.impact, amount.minor_units() < 0);
        if row.record.side == Side::Statement {
            self.summary.line_days.entry(row.record.date).or_default().lines += 1;
        }
        match row.record.side {
            Side::Statement => {
                self.summary.unmatched_lines.rows += 1;
                self.summary.unmatched_lines.lines += 1;
                self.summary.unmatched_lines.lines_sums.add(amount);
                self.unmatched_lines.offer(row.impact, amount, row);
            }
            Side::Ledger => {
                self.summary.unmatched_entries.rows += 1;
                self.summary.unmatched_entries.entries += 1;
                self.summary.unmatched_entries.entries_sums.add(amount);
                self.unmatched_entries.offer(row.impact, amount, row);
            }
        }
    }

    /// Counts and sums of all rows.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Whether the record was not counted yet under this status. Only one used in part can come again.
    fn is_fresh(&mut self, status: RowStatus, part: &RecordPart<'_>) -> bool {
        if part.amount_settled == part.record.amount {
            return true;
        }
        let file = self.file_of(&part.record.source_file);
        self.shared.insert((status, part.record.side, file, part.record.source_row), part.record.date).is_none()
    }

    /// Counts the rest of a record that is used in part: all of it once, less what each match uses.
    fn leave_open(&mut self, part: &RecordPart<'_>) {
        let record = &part.record;
        if part.amount_settled == record.amount {
            return;
        }
        let place = (record.side, self.file_of(&record.source_file), record.source_row);
        let rest = self.summary.left_open.entry(record.side).or_default();
        rest.subtract(part.amount_settled);
        if self.in_part.insert(place, record.amount).is_none() {
            rest.add(record.amount);
        }
    }

    fn file_of(&mut self, name: &str) -> usize {
        self.file_names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.file_names.push(name.to_owned());
            self.file_names.len() - 1
        })
    }
}
