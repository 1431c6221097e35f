//! Rules a person wrote, ready to be asked of millions of pairs.
//!
//! What a rule asks of one side is answered once a record and kept as bits; of a pair only the rules are looked at whose
//! bits are set on both sides. Without rules nothing is kept and nothing is asked.

#[cfg(test)]
mod tests;
mod text;

use rayon::prelude::*;
use tieout_domain::{
    Action, Condition, LedgerEntry, Money, Relation, RootCause, Rule, Side, StatementLine, Test, WriteOff,
};

use text::{CompiledText, Keys, holds, spaced, squeezed};

/// What a rule says of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Bar,
    Match,
}

/// What the first rule that applies to a difference says: its index, why the sides differ, and the account it goes to.
pub type WrittenOff<'r> = (usize, RootCause, &'r str);

/// A condition of one side.
#[derive(Debug)]
enum OneSided {
    Text(CompiledText),
    Amount(tieout_domain::AmountRange),
}

/// A condition of both sides.
#[derive(Debug, Clone, Copy)]
enum TwoSided {
    /// Its place among [`CompiledRules::relations`].
    Fields(usize),
    AmountsEqual,
    DaysWithin(u32),
}

#[derive(Debug)]
struct CompiledRule {
    /// Its place in the list the rules came from.
    index: usize,
    name: String,
    line: Vec<(OneSided, bool)>,
    entry: Vec<(OneSided, bool)>,
    pair: Vec<(TwoSided, bool)>,
    action: Action,
}

type FieldRelation = (tieout_domain::LineField, tieout_domain::EntryField, Relation);

/// Rules with their texts folded and their conditions sorted by side. Rules that are not enabled are left out; indexes are
/// those of the list as it was given.
#[derive(Debug, Default)]
pub struct CompiledRules {
    rules: Vec<CompiledRule>,
    relations: Vec<FieldRelation>,
}

impl CompiledRules {
    /// Compiles the enabled rules.
    pub fn new(rules: &[Rule]) -> Self {
        Self::of(rules.iter().enumerate().filter(|(_, rule)| rule.enabled()))
    }

    /// Compiles one rule alone, enabled or not: what it would do if it were the only one.
    pub fn of_one(rules: &[Rule], index: usize) -> Self {
        Self::of(rules.iter().enumerate().skip(index).take(1))
    }

    fn of<'r>(rules: impl Iterator<Item = (usize, &'r Rule)>) -> Self {
        let mut compiled = Self::default();
        for (index, rule) in rules {
            let mut next = CompiledRule {
                index,
                name: rule.name().to_owned(),
                line: Vec::new(),
                entry: Vec::new(),
                pair: Vec::new(),
                action: rule.action().clone(),
            };
            rule.conditions().iter().for_each(|condition| compiled.sort_in(condition, &mut next));
            compiled.rules.push(next);
        }
        compiled
    }

    fn sort_in(&mut self, condition: &Condition, rule: &mut CompiledRule) {
        match &condition.test {
            Test::Text { field, test } => {
                let text = OneSided::Text(CompiledText::new(*field, test));
                rule.of_side(field.side()).push((text, condition.negated));
            }
            Test::Amount { side, range } => {
                rule.of_side(*side).push((OneSided::Amount(*range), condition.negated));
            }
            Test::Fields { line, entry, relation } => {
                let wanted = (*line, *entry, *relation);
                let known = self.relations.iter().position(|relation| *relation == wanted);
                let place = known.unwrap_or_else(|| {
                    self.relations.push(wanted);
                    self.relations.len() - 1
                });
                rule.pair.push((TwoSided::Fields(place), condition.negated));
            }
            Test::AmountsEqual => rule.pair.push((TwoSided::AmountsEqual, condition.negated)),
            Test::DaysWithin(days) => rule.pair.push((TwoSided::DaysWithin(*days), condition.negated)),
        }
    }

    /// Whether there is no enabled rule.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Answers what the rules ask of each record, once. Records are named by their positions in these slices from here on.
    pub fn prepare<'p>(self, lines: &[&'p StatementLine], entries: &[&'p LedgerEntry]) -> PreparedRules<'p> {
        let words = self.rules.len().div_ceil(64);
        let (lines, entries) = if words == 0 { (&[][..], &[][..]) } else { (lines, entries) };
        PreparedRules {
            words,
            line_bits: bits(lines, words, &self.rules, CompiledRule::holds_for_line),
            entry_bits: bits(entries, words, &self.rules, CompiledRule::holds_for_entry),
            lines: lines.to_vec(),
            entries: entries.to_vec(),
            relations: self.relations.iter().map(|relation| Keys::new(*relation, lines, entries)).collect(),
            rules: self,
        }
    }

    /// The rule that keeps the two apart, if the first rule that says whether they belong together is such a one.
    pub fn bars(&self, line: &StatementLine, entry: &LedgerEntry) -> Option<usize> {
        self.of_pair(line, entry).filter(|(_, verdict)| *verdict == Verdict::Bar).map(|(index, _)| index)
    }

    /// The rule that puts the two together, if the first rule that says whether they belong together is such a one.
    pub fn matches(&self, line: &StatementLine, entry: &LedgerEntry) -> Option<usize> {
        self.of_pair(line, entry).filter(|(_, verdict)| *verdict == Verdict::Match).map(|(index, _)| index)
    }

    /// The first rule that justifies the difference `gap` (statement minus ledger) between the two.
    pub fn write_off(&self, line: &StatementLine, entry: &LedgerEntry, gap: Money) -> Option<WrittenOff<'_>> {
        self.rules.iter().find_map(|rule| rule.write_off(entry, gap).filter(|_| self.holds(rule, line, entry)))
    }

    /// The first rule that says what the line is about, and what it says.
    pub fn category(&self, line: &StatementLine) -> Option<(usize, &str)> {
        self.rules.iter().find_map(|rule| match &rule.action {
            Action::Categorise(category) if rule.holds_for_line(line) => Some((rule.index, category.as_str())),
            Action::Categorise(_) | Action::Bar | Action::Match | Action::WriteOff(_) => None,
        })
    }

    fn of_pair(&self, line: &StatementLine, entry: &LedgerEntry) -> Option<(usize, Verdict)> {
        self.rules.iter().find_map(|rule| Some((rule.index, rule.verdict()?)).filter(|_| self.holds(rule, line, entry)))
    }

    fn holds(&self, rule: &CompiledRule, line: &StatementLine, entry: &LedgerEntry) -> bool {
        let related = |place: usize| {
            let (line_field, entry_field, relation) = self.relations[place];
            let (of_line, of_entry) = (line_field.of(line), entry_field.of(entry));
            match relation {
                Relation::Same => {
                    let key = squeezed(&of_line);
                    !key.is_empty() && key == squeezed(&of_entry)
                }
                Relation::LineHoldsEntry => holds(&spaced(&of_line), &squeezed(&of_entry)),
                Relation::EntryHoldsLine => holds(&spaced(&of_entry), &squeezed(&of_line)),
            }
        };
        rule.holds_for_line(line) && rule.holds_for_entry(entry) && rule.holds_for_pair(line, entry, related)
    }
}

impl CompiledRule {
    fn of_side(&mut self, side: Side) -> &mut Vec<(OneSided, bool)> {
        match side {
            Side::Statement => &mut self.line,
            Side::Ledger => &mut self.entry,
        }
    }

    fn verdict(&self) -> Option<Verdict> {
        match self.action {
            Action::Bar => Some(Verdict::Bar),
            Action::Match => Some(Verdict::Match),
            Action::Categorise(_) | Action::WriteOff(_) => None,
        }
    }

    fn write_off(&self, entry: &LedgerEntry, gap: Money) -> Option<WrittenOff<'_>> {
        match &self.action {
            Action::WriteOff(write_off) if is_within(write_off, entry.amount, gap) => {
                Some((self.index, write_off.cause(), write_off.account()))
            }
            Action::WriteOff(_) | Action::Bar | Action::Match | Action::Categorise(_) => None,
        }
    }

    fn holds_for_line(&self, line: &StatementLine) -> bool {
        self.line.iter().all(|(condition, negated)| {
            *negated
                != match condition {
                    OneSided::Text(text) => text.holds_for_line(line),
                    OneSided::Amount(range) => range.contains(line.amount),
                }
        })
    }

    fn holds_for_entry(&self, entry: &LedgerEntry) -> bool {
        self.entry.iter().all(|(condition, negated)| {
            *negated
                != match condition {
                    OneSided::Text(text) => text.holds_for_entry(entry),
                    OneSided::Amount(range) => range.contains(entry.amount),
                }
        })
    }

    fn holds_for_pair(&self, line: &StatementLine, entry: &LedgerEntry, related: impl Fn(usize) -> bool) -> bool {
        self.pair.iter().all(|(condition, negated)| {
            *negated
                != match condition {
                    TwoSided::Fields(place) => related(*place),
                    TwoSided::AmountsEqual => equal(line.amount, entry.amount),
                    TwoSided::DaysWithin(days) => days_between(line, entry).is_some_and(|between| between <= *days),
                }
        })
    }
}

fn equal(line: Money, entry: Money) -> bool {
    line.currency().agrees_with(entry.currency()) && line.to_decimal() == entry.to_decimal()
}

fn days_between(line: &StatementLine, entry: &LedgerEntry) -> Option<u32> {
    let days = line.date?.until(entry.date?).ok()?.get_days();
    Some(days.unsigned_abs())
}

/// Whether the limits allow it: up to so much, and up to so many percent of the entry.
fn is_within(write_off: &WriteOff, entry: Money, gap: Money) -> bool {
    let (size, whole) = (gap.to_decimal().abs(), entry.to_decimal().abs());
    let of_whole = |percent| whole.checked_mul(percent).map(|product| product / rust_decimal::Decimal::ONE_HUNDRED);
    !gap.is_zero()
        && size <= write_off.up_to()
        && write_off.percent().is_none_or(|percent| of_whole(percent).is_some_and(|most| size <= most))
}

fn bits<R: Sync>(
    records: &[&R],
    words: usize,
    rules: &[CompiledRule],
    holds: fn(&CompiledRule, &R) -> bool,
) -> Vec<u64> {
    let mut bits = vec![0; records.len() * words];
    bits.par_chunks_mut(words.max(1)).zip(records).for_each(|(bits, record)| {
        for (place, rule) in rules.iter().enumerate() {
            if holds(rule, record) {
                bits[place / 64] |= 1 << (place % 64);
            }
        }
    });
    bits
}

/// Rules with what they ask of each record answered.
#[derive(Debug)]
pub struct PreparedRules<'p> {
    rules: CompiledRules,
    /// Words of bits a record; none: no rules.
    words: usize,
    line_bits: Vec<u64>,
    entry_bits: Vec<u64>,
    lines: Vec<&'p StatementLine>,
    entries: Vec<&'p LedgerEntry>,
    relations: Vec<Keys>,
}

impl PreparedRules<'_> {
    /// The name of the rule at this place of the list it came from; empty where it is not in force.
    pub(crate) fn name(&self, index: usize) -> &str {
        self.rules.rules.iter().find(|rule| rule.index == index).map_or("", |rule| &rule.name)
    }

    /// As [`CompiledRules::is_empty`].
    pub(crate) fn is_empty(&self) -> bool {
        self.words == 0
    }

    /// As [`CompiledRules::bars`], by positions.
    pub fn bars(&self, line: usize, entry: usize) -> Option<usize> {
        self.of_pair(line, entry).filter(|(_, verdict)| *verdict == Verdict::Bar).map(|(index, _)| index)
    }

    /// As [`CompiledRules::matches`], by positions.
    pub fn matches(&self, line: usize, entry: usize) -> Option<usize> {
        self.of_pair(line, entry).filter(|(_, verdict)| *verdict == Verdict::Match).map(|(index, _)| index)
    }

    /// As [`CompiledRules::write_off`], by positions.
    pub fn write_off(&self, line: usize, entry: usize, gap: Money) -> Option<WrittenOff<'_>> {
        self.first(line, entry, |rule| rule.write_off(self.entries[entry], gap))
    }

    /// As [`CompiledRules::category`], by position.
    pub fn category(&self, line: usize) -> Option<(usize, &str)> {
        let bits = self.line_bits.get(line * self.words..(line + 1) * self.words)?;
        places(bits.iter().copied()).find_map(|place| match &self.rules.rules[place].action {
            Action::Categorise(category) => Some((self.rules.rules[place].index, category.as_str())),
            Action::Bar | Action::Match | Action::WriteOff(_) => None,
        })
    }

    fn of_pair(&self, line: usize, entry: usize) -> Option<(usize, Verdict)> {
        self.first(line, entry, |rule| Some((rule.index, rule.verdict()?)))
    }

    /// What the first rule answers that has an answer and whose conditions hold.
    fn first<'s, T>(&'s self, line: usize, entry: usize, answer: impl Fn(&'s CompiledRule) -> Option<T>) -> Option<T> {
        let words = self.words;
        if words == 0 {
            return None;
        }
        let of_line = &self.line_bits[line * words..(line + 1) * words];
        let of_entry = &self.entry_bits[entry * words..(entry + 1) * words];
        let both = of_line.iter().zip(of_entry).map(|(line, entry)| line & entry);
        places(both).map(|place| &self.rules.rules[place]).find_map(|rule| {
            answer(rule).filter(|_| {
                let related = |place: usize| self.relations[place].related(line, entry);
                rule.holds_for_pair(self.lines[line], self.entries[entry], related)
            })
        })
    }
}

/// Places of the bits that are set, in order.
fn places(words: impl Iterator<Item = u64>) -> impl Iterator<Item = usize> {
    words.enumerate().flat_map(|(at, mut word)| {
        std::iter::from_fn(move || {
            let bit = word.trailing_zeros();
            word &= word.checked_sub(1)?;
            Some(at * 64 + bit as usize)
        })
    })
}
