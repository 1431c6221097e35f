//! What is known of jobs (profile `jobs`): where they were done, what, in which month, how much, and at what rate.
//!
//! Where the profile is another one, or a side tells nothing of jobs, all of this is empty and says nothing.

mod evidence;
mod memo;
mod rates;
mod texts;
mod weights;

use jiff::civil::Date;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use rustc_hash::FxHashMap;
use tieout_domain::{Currency, Job, Profile};

use self::texts::{NOTHING, Relation, Texts};
use crate::{
    compare::AmountRelation,
    facts::{EntryFacts, Placed},
    keys::Found,
    prepare::Prepared,
};

pub(crate) use self::{
    evidence::pieces,
    memo::{memo_rate, stated_work},
    weights::{JobWeights, ceiling},
};

/// A month that is not told.
const NO_MONTH: i32 = i32::MIN;
/// Least share of the lines with a number whose number the other side knows, from which on an unknown one is a wrong one.
const KNOWN_NUMBERS_MIN: f64 = 0.5;

/// One record's job in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Facts {
    site: u32,
    service_type: u32,
    /// Months since the year 0.
    month: i32,
    quantity: Option<Decimal>,
    rate: Option<Decimal>,
    /// What quantity and rate come to, in minor units, without a sign.
    product: Option<u64>,
}

impl Default for Facts {
    fn default() -> Self {
        Self { site: NOTHING, service_type: NOTHING, month: NO_MONTH, quantity: None, rate: None, product: None }
    }
}

/// What two records must share to stand in one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Block {
    site: u32,
    service_type: u32,
    month: i32,
    quantity: Option<Decimal>,
}

/// How the jobs of a line and an entry relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct JobComparison {
    site: Relation,
    service_type: Relation,
    month: Relation,
    quantity: Relation,
    rate: Relation,
    /// No other entry, and no other line, tells just the same of its job.
    only: bool,
}

impl JobComparison {
    /// Whether site, type of service, month and quantity agree, and those of no other job do.
    pub(crate) fn is_identified(&self) -> bool {
        let agrees = |relation| matches!(relation, Relation::Exact | Relation::Near);
        let told = agrees(self.site) && agrees(self.service_type);
        told && self.month == Relation::Exact && self.quantity == Relation::Exact && self.only
    }

    /// Whether the month is the one before or after, and nothing else differs.
    pub(crate) fn is_of_next_month(&self) -> bool {
        let all = [self.site, self.service_type, self.quantity];
        self.month == Relation::Near
            && !all.iter().any(|relation| matches!(relation, Relation::Differs | Relation::Strange))
    }

    /// Whether the two tell of work at another site, of another service or month.
    fn is_elsewhere(&self) -> bool {
        [self.site, self.service_type, self.month].contains(&Relation::Differs)
    }

    /// Whether the two tell of different work: another site, service, month or quantity.
    fn contradicts(&self) -> bool {
        self.is_elsewhere() || self.quantity == Relation::Differs
    }
}

/// The jobs of all records.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    /// By line and by entry; empty where there are no jobs to compare.
    lines: Vec<Facts>,
    entries: Vec<Facts>,
    sites: Texts,
    service_types: Texts,
    /// Entries of each month and of each quantity.
    months: FxHashMap<i32, u32>,
    quantities: FxHashMap<Decimal, u32>,
    /// Entries of each block, with and without the quantity, ordered by amount.
    blocks: FxHashMap<Block, Vec<Placed>>,
    /// No other line, no other entry tells just the same of its job.
    only_lines: Vec<bool>,
    only_entries: Vec<bool>,
    /// The other side knows most numbers that lines give.
    numbers_are_shared: bool,
}

impl Jobs {
    /// Reads the jobs of all records whose texts are read already.
    pub(crate) fn new(prepared: &Prepared<'_>, profile: Profile) -> Self {
        let (lines, entries) = (&prepared.line_records, &prepared.entry_records);
        let told = lines.iter().any(|line| line.job.is_some()) && entries.iter().any(|entry| entry.job.is_some());
        if profile != Profile::Jobs || !told {
            return Self::default();
        }
        let mut jobs = Self::default();
        let of = |read: fn(&Job) -> &str| {
            let text = move |job: &'_ Option<Box<Job>>| job.as_deref().map_or("", read).to_owned();
            let lines: Vec<String> = lines.iter().map(|line| text(&line.job)).collect();
            let entries: Vec<String> = entries.iter().map(|entry| text(&entry.job)).collect();
            Texts::new(lines.iter().map(String::as_str), entries.iter().map(String::as_str))
        };
        let (mut sites, line_sites, entry_sites) = of(|job| &job.site);
        let (mut service_types, line_services, entry_services) = of(|job| &job.service_type);
        let numbered = numbered(prepared);
        sites.learn(numbered.iter().map(|(line, entry)| (line_sites[*line], entry_sites[*entry])));
        service_types.learn(numbered.iter().map(|(line, entry)| (line_services[*line], entry_services[*entry])));
        (jobs.sites, jobs.service_types) = (sites, service_types);
        jobs.lines = lines
            .iter()
            .zip(line_sites.into_iter().zip(line_services))
            .map(|(line, texts)| {
                facts(line.job.as_deref(), line.amount.currency(), line.date.or(line.value_date), texts)
            })
            .collect();
        jobs.entries = entries
            .iter()
            .zip(entry_sites.into_iter().zip(entry_services))
            .map(|(entry, texts)| facts(entry.job.as_deref(), entry.amount.currency(), entry.date, texts))
            .collect();
        jobs.count(&prepared.entries.facts);
        jobs.numbers_are_shared = are_numbers_shared(prepared);
        jobs
    }

    fn count(&mut self, entries: &[EntryFacts]) {
        for facts in &self.entries {
            if facts.month != NO_MONTH {
                *self.months.entry(facts.month).or_default() += 1;
            }
            facts.quantity.iter().for_each(|quantity| *self.quantities.entry(*quantity).or_default() += 1);
        }
        if !self.sites.is_shared() && !self.service_types.is_shared() {
            // A month and a quantity alone single nothing out.
            return;
        }
        for (at, facts) in self.entries.iter().enumerate() {
            let block = self.block(facts, facts.site, facts.service_type);
            let placed = Placed { amount: entries[at].amount, day: entries[at].day, entry: at as u32 };
            self.blocks.entry(block).or_default().push(placed);
            if block.quantity.is_some() {
                self.blocks.entry(Block { quantity: None, ..block }).or_default().push(placed);
            }
        }
        self.blocks.values_mut().for_each(|block| block.sort_unstable());
        let block = |facts: &Facts| self.block(facts, facts.site, facts.service_type);
        let only_entries = self.entries.iter().map(|facts| self.blocks[&block(facts)].len() == 1).collect();
        let mut lines_of: FxHashMap<Block, u32> = FxHashMap::default();
        self.lines.iter().for_each(|facts| *lines_of.entry(block(facts)).or_default() += 1);
        let only_lines = self.lines.iter().map(|facts| lines_of[&block(facts)] == 1).collect();
        (self.only_lines, self.only_entries) = (only_lines, only_entries);
    }

    /// The block of a job at a site and of a service; what only one side tells of is left out.
    fn block(&self, facts: &Facts, site: u32, service_type: u32) -> Block {
        Block {
            site: if self.sites.is_shared() { site } else { NOTHING },
            service_type: if self.service_types.is_shared() { service_type } else { NOTHING },
            month: facts.month,
            quantity: facts.quantity,
        }
    }

    /// The blocks of entries in which the line's job may stand: of its quantity, then of any.
    pub(crate) fn blocks(&self, line: usize) -> impl Iterator<Item = &[Placed]> {
        let facts = self.lines.get(line).filter(|facts| facts.site != NOTHING || facts.service_type != NOTHING);
        let keys = facts.into_iter().flat_map(move |facts| {
            let sites = self.sites.spellings(facts.site);
            sites.flat_map(move |site| {
                let services = self.service_types.spellings(facts.service_type);
                services.map(move |service_type| self.block(facts, site, service_type))
            })
        });
        let both = keys.flat_map(|block| {
            let any = block.quantity.map(|_| Block { quantity: None, ..block });
            std::iter::once(block).chain(any)
        });
        both.filter_map(|block| self.blocks.get(&block)).map(Vec::as_slice)
    }

    /// How the jobs of a line and an entry relate; nothing where there are none to compare.
    pub(crate) fn compare(&self, line: usize, entry: usize) -> Option<JobComparison> {
        let only = |records: &[bool], at: usize| records.get(at).copied().unwrap_or(false);
        let only = only(&self.only_lines, line) && only(&self.only_entries, entry);
        let (line, entry) = (self.lines.get(line)?, self.entries.get(entry)?);
        Some(JobComparison {
            site: self.sites.relate(line.site, entry.site),
            service_type: self.service_types.relate(line.service_type, entry.service_type),
            month: relate_months(line.month, entry.month),
            quantity: relate_quantities(line.quantity, entry.quantity),
            rate: match (line.rate, entry.rate) {
                (Some(line), Some(entry)) if line == entry => Relation::Exact,
                (Some(_), Some(_)) => Relation::Differs,
                _ => Relation::Missing,
            },
            only,
        })
    }

    /// How the amounts of a line and an entry relate, by their jobs as well: a difference that comes from another rate
    /// is nothing else, and one that comes from another quantity no bank's fee and no discount.
    pub(crate) fn relate_amounts(
        &self,
        (line, entry): (u32, u32),
        (paid, owed): (i64, i64),
        relation: AmountRelation,
    ) -> AmountRelation {
        match relation {
            AmountRelation::Exact | AmountRelation::Tolerated | AmountRelation::Converted => relation,
            _ if self.is_at_another_rate(line, entry, paid, owed) => AmountRelation::Rate,
            AmountRelation::Fee | AmountRelation::Discount(_) if self.differ_in_quantity(line, entry) => {
                if paid.unsigned_abs() < owed.unsigned_abs() { AmountRelation::Part } else { AmountRelation::Above }
            }
            _ => relation,
        }
    }

    fn differ_in_quantity(&self, line: u32, entry: u32) -> bool {
        let facts = self.lines.get(line as usize).zip(self.entries.get(entry as usize));
        let quantities = facts.and_then(|(line, entry)| line.quantity.zip(entry.quantity));
        quantities.is_some_and(|(line, entry)| line != entry)
    }

    /// Whether a line and an entry are the same quantity of work at different rates.
    pub(crate) fn is_at_another_rate(&self, line: u32, entry: u32, paid: i64, owed: i64) -> bool {
        let facts = self.lines.get(line as usize).zip(self.entries.get(entry as usize));
        facts.is_some_and(|(line, entry)| rates::at_another_rate(line, entry, paid, owed))
    }

    /// Whether a line and an entry tell of different work, so that neither is a part of the other.
    pub(crate) fn are_apart(&self, line: u32, entry: u32) -> bool {
        self.compare(line as usize, entry as usize).is_some_and(|job| job.is_elsewhere())
    }

    /// Whether lines give the numbers that the other side gives, so that another number is a wrong one.
    pub(crate) const fn numbers_are_shared(&self) -> bool {
        self.numbers_are_shared
    }
}

fn facts(job: Option<&Job>, currency: Currency, date: Option<Date>, (site, service_type): (u32, u32)) -> Facts {
    let Some(job) = job else { return Facts::default() };
    let month = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    Facts {
        site,
        service_type,
        month: job.month.or(date).map_or(NO_MONTH, month),
        // 12.50 and 12.5 are one quantity.
        quantity: job.quantity.map(|quantity| quantity.normalize()),
        rate: job.rate.map(|rate| rate.normalize()),
        product: job.quantity.zip(job.rate).and_then(|(quantity, rate)| product(quantity, rate, currency)),
    }
}

fn product(quantity: Decimal, rate: Decimal, currency: Currency) -> Option<u64> {
    let whole = quantity.checked_mul(rate)?.checked_mul(Decimal::from(10_u64.checked_pow(currency.digits())?))?;
    whole.abs().round().to_u64()
}

const fn relate_months(line: i32, entry: i32) -> Relation {
    match line.saturating_sub(entry) {
        _ if line == NO_MONTH || entry == NO_MONTH => Relation::Missing,
        0 => Relation::Exact,
        -1 | 1 => Relation::Near,
        _ => Relation::Differs,
    }
}

/// Quantities that lie within a twentieth of each other are near.
fn relate_quantities(line: Option<Decimal>, entry: Option<Decimal>) -> Relation {
    let (Some(line), Some(entry)) = (line, entry) else { return Relation::Missing };
    let twentieth = entry.abs() / Decimal::from(20);
    match line.checked_sub(entry) {
        Some(gap) if gap.is_zero() => Relation::Exact,
        Some(gap) if gap.abs() <= twentieth => Relation::Near,
        _ => Relation::Differs,
    }
}

/// Lines and entries of which one number stands in both and in no other entry.
fn numbered(prepared: &Prepared<'_>) -> Vec<(usize, usize)> {
    let entry_of = |line: usize| {
        let hits = prepared.lines.hits.of(line).iter().filter(|hit| hit.found == Found::Exact);
        let mut entries = hits.filter(|hit| prepared.keys.is_reference(hit.key)).map(|hit| {
            match prepared.keys.entries.of(hit.key as usize) {
                [only] => Some(*only as usize),
                _ => None,
            }
        });
        let first = entries.next()??;
        entries.all(|entry| entry == Some(first)).then_some((line, first))
    };
    (0..prepared.line_records.len()).filter_map(entry_of).collect()
}

/// Whether the numbers that lines give are mostly those of entries.
fn are_numbers_shared(prepared: &Prepared<'_>) -> bool {
    let numbered = prepared.line_records.iter().enumerate().filter(|(_, line)| !line.reference.trim().is_empty());
    let (mut all, mut known) = (0_u32, 0_u32);
    for (line, _) in numbered {
        all += 1;
        known += u32::from(!prepared.lines.hits.of(line).is_empty());
    }
    f64::from(known) >= KNOWN_NUMBERS_MIN * f64::from(all.max(1))
}
