//! ReadingProof that a statement was read right, by what the file itself states: its running balance, its opening and closing
//! balance, or its control totals. Lines stream by; nothing of them is kept.

use std::collections::HashMap;

use jiff::civil::Date;
use tieout_domain::{Currency, Money, StatementLine};

use super::walk::{Backward, Break, Forward, Walked};
use crate::{Control, Section, Table};

/// By what a statement is proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProofKind {
    /// The file states nothing to compare with.
    None,
    /// Totals that the file states agree with its rows.
    ControlTotals,
    /// Opening balance + rows = closing balance.
    OpeningClosing,
    /// Each row leads from the balance before it to its own.
    RunningBalance,
}

impl ProofKind {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ControlTotals => "control_totals",
            Self::OpeningClosing => "opening_closing",
            Self::RunningBalance => "running_balance",
        }
    }
}

/// How many rows are proved, of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingProof {
    /// By what.
    pub kind: ProofKind,
    /// Rows proved.
    pub proved: u64,
    /// Rows that could be; 0 where the file states nothing to compare with.
    pub of: u64,
}

impl ReadingProof {
    /// No proof of nothing.
    pub const NONE: Self = Self { kind: ProofKind::None, proved: 0, of: 0 };

    /// The proofs of several statements as one: by the strongest kind among them.
    pub fn together(proofs: impl IntoIterator<Item = Self>) -> Self {
        proofs.into_iter().fold(Self::NONE, |all, one| Self {
            kind: all.kind.max(one.kind),
            proved: all.proved + one.proved,
            of: all.of + one.of,
        })
    }
}

/// One statement of the file: its rows counted and proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementReading {
    /// The account as the file names it; empty where the file is of one account.
    pub account: String,
    /// Currency.
    pub currency: Currency,
    /// The statement's own number; empty where it has none.
    pub number: String,
    /// Balance before the first row: stated, or following from the running balance.
    pub opening: Option<Money>,
    /// Balance after the last row, as for `opening`.
    pub closing: Option<Money>,
    /// First day the statement says it covers.
    pub from: Option<Date>,
    /// Last day the statement says it covers.
    pub to: Option<Date>,
    /// Balances are interim or available ones, not booked.
    pub interim: bool,
    /// Rows that made lines.
    pub rows: u64,
    /// Their sum.
    pub sum: Money,
    /// Earliest date of a row.
    pub first_date: Option<Date>,
    /// Latest date of a row.
    pub last_date: Option<Date>,
    /// ReadingProof of the rows.
    pub proof: ReadingProof,
    /// Whether the latest line comes first in the file.
    pub newest_first: bool,
    /// Opening + sum − closing, where both balances are stated or proved and the difference is not zero.
    pub difference: Option<Money>,
    /// First places at which the running balance does not follow.
    pub breaks: Vec<Break>,
    /// Totals the file states.
    pub controls: Vec<Control>,
}

impl StatementReading {
    /// A statement of which nothing is known but its currency.
    pub fn empty(currency: Currency) -> Self {
        Gathered::new((u32::MAX, String::new(), currency)).finish(None)
    }
}

/// What tells one statement from another: the section (`u32::MAX`: none), the account, the currency.
type Key = (u32, String, Currency);

/// Gathers lines into statements.
#[derive(Debug, Default)]
pub(crate) struct Prover {
    statements: Vec<Gathered>,
    places: HashMap<Key, usize>,
    last: usize,
}

#[derive(Debug)]
struct Gathered {
    key: Key,
    rows: u64,
    /// Wide enough for any number of rows.
    sum: i128,
    first_date: Option<Date>,
    last_date: Option<Date>,
    first_in_file: Option<Date>,
    last_in_file: Option<Date>,
    forward: Forward,
    backward: Backward,
}

impl Prover {
    /// Takes the next line of the file.
    pub(crate) fn push(&mut self, section: Option<usize>, line: &StatementLine) {
        let section = section.and_then(|section| u32::try_from(section).ok()).unwrap_or(u32::MAX);
        let place = self.place(section, &line.account, line.amount.currency());
        if let Some(gathered) = self.statements.get_mut(place) {
            gathered.push(line);
        }
    }

    fn place(&mut self, section: u32, account: &str, currency: Currency) -> usize {
        // Neighbours nearly always belong together.
        if let Some(last) = self.statements.get(self.last)
            && last.key.0 == section
            && last.key.1 == account
            && last.key.2 == currency
        {
            return self.last;
        }
        let key = (section, account.to_owned(), currency);
        self.last = *self.places.entry(key.clone()).or_insert_with(|| {
            self.statements.push(Gathered::new(key));
            self.statements.len() - 1
        });
        self.last
    }

    /// The statements in the order in which they begin. `default` is the currency of a statement without rows that
    /// names none.
    pub(crate) fn finish(self, table: &Table, default: Option<Currency>) -> Vec<StatementReading> {
        let mut parts = vec![0_usize; table.sections().len()];
        for gathered in &self.statements {
            if let Some(count) = parts.get_mut(gathered.key.0 as usize) {
                *count += 1;
            }
        }
        let mut found: Vec<(usize, StatementReading)> = Vec::new();
        for gathered in self.statements {
            let at = (gathered.key.0 as usize).min(table.sections().len());
            // Balances around rows of several accounts or currencies belong to none of them.
            let section = table.sections().get(at).filter(|_| parts.get(at) == Some(&1));
            found.push((at, gathered.finish(section)));
        }
        for (at, section) in table.sections().iter().enumerate() {
            if parts.get(at) == Some(&0) {
                let currency = section.currency.or(default).unwrap_or(Currency::NONE);
                let key = (u32::try_from(at).unwrap_or(u32::MAX), section.account.clone(), currency);
                found.push((at, Gathered::new(key).finish(Some(section))));
            }
        }
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, statement)| statement).collect()
    }
}

impl Gathered {
    fn new(key: Key) -> Self {
        Self {
            key,
            rows: 0,
            sum: 0,
            first_date: None,
            last_date: None,
            first_in_file: None,
            last_in_file: None,
            forward: Forward::default(),
            backward: Backward::default(),
        }
    }

    fn push(&mut self, line: &StatementLine) {
        let amount = i128::from(line.amount.minor_units());
        let balance = line.balance.map(|balance| i128::from(balance.minor_units()));
        self.rows += 1;
        self.sum += amount;
        self.first_date = [self.first_date, line.date].into_iter().flatten().min();
        self.last_date = self.last_date.max(line.date);
        self.first_in_file = self.first_in_file.or(line.date);
        self.last_in_file = line.date.or(self.last_in_file);
        self.forward.push(line.source.row, amount, balance);
        self.backward.push(line.source.row, amount, balance);
    }

    fn finish(self, section: Option<&Section>) -> StatementReading {
        let (_, account, currency) = self.key;
        let money = |minor: i128| i64::try_from(minor).ok().map(|minor| Money::from_minor(minor, currency));
        let stated = |decimal: Option<rust_decimal::Decimal>| {
            decimal.and_then(|decimal| Money::from_decimal(decimal, currency).ok())
        };
        let (opening, closing) =
            section.map_or((None, None), |section| (stated(section.opening), stated(section.closing)));
        let falls = self.first_in_file.zip(self.last_in_file).filter(|(first, last)| first != last);
        let walked =
            Walked::choose(self.forward.finish(), self.backward.finish(), falls.map(|(one, other)| one > other));
        let controls = section.map(|section| section.controls.clone()).unwrap_or_default();
        let minor = |money: Option<Money>| money.map(|money| i128::from(money.minor_units()));
        let running = walked.proved(minor(opening), minor(closing));
        let opening = opening.or_else(|| walked.opening.filter(|_| walked.is_unbroken()).and_then(money));
        let closing = closing.or_else(|| walked.closing.filter(|_| walked.is_unbroken()).and_then(money));
        let ends = opening.zip(closing);
        let difference = ends.and_then(|(opening, closing)| {
            money(i128::from(opening.minor_units()) + self.sum - i128::from(closing.minor_units()))
        });
        let closes = difference.is_some_and(Money::is_zero);
        let both_stated = section.is_some_and(|section| section.opening.is_some() && section.closing.is_some());
        let kinds = [
            (ProofKind::RunningBalance, walked.stated > 0, running),
            (ProofKind::OpeningClosing, both_stated, if closes { self.rows } else { 0 }),
            (
                ProofKind::ControlTotals,
                !controls.is_empty(),
                if controls.iter().all(Control::holds) { self.rows } else { 0 },
            ),
        ];
        let best = kinds.into_iter().filter(|(_, states, _)| *states).max_by_key(|(kind, _, proved)| (*proved, *kind));
        StatementReading {
            account,
            currency,
            number: section.map(|section| section.number.clone()).unwrap_or_default(),
            opening,
            closing,
            from: section.and_then(|section| section.from),
            to: section.and_then(|section| section.to),
            interim: section.is_some_and(|section| section.interim),
            rows: self.rows,
            sum: money(self.sum).unwrap_or_else(|| Money::zero(currency)),
            first_date: self.first_date,
            last_date: self.last_date,
            proof: best.map_or(ReadingProof::NONE, |(kind, _, proved)| ReadingProof { kind, proved, of: self.rows }),
            newest_first: walked.newest_first,
            difference: difference.filter(|difference| !difference.is_zero()),
            breaks: if walked.believed() { walked.breaks } else { Vec::new() },
            controls,
        }
    }
}
