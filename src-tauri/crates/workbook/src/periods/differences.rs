//! Whether a signed period is still what was signed: its figures and everything outstanding are worked out anew.

use std::{cmp::Reverse, collections::BTreeMap, fmt};

use tieout_domain::{Digest, Money, MoneyError, PeriodState, RecordRef, RollSum, Side};
use uuid::Uuid;

use super::{BalanceSource, PeriodFigures, PeriodRecord, balances::read_figures, content::Item};
use crate::{Record, Workbook, WorkbookError, records::reference};

/// The first thing in which a signed period is not what was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodDifference {
    /// A line of its days, or a match of one, is another.
    Content,
    /// A figure of its proof is another.
    Figure {
        /// Which.
        what: &'static str,
        /// As signed.
        signed: Option<Money>,
        /// As it is now.
        now: Option<Money>,
    },
    /// Something else is outstanding of a record at the last day.
    Item {
        /// `line of 2026-01-05` or `entry RE-1 of 2026-01-05`.
        record: String,
        /// As signed.
        signed: Money,
        /// As it is now.
        now: Money,
    },
}

impl fmt::Display for PeriodDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stated = |amount: &Option<Money>| amount.map_or_else(|| "not known".to_owned(), |of| of.to_string());
        match self {
            Self::Content => f.write_str("a line of its days or a match of one was altered"),
            Self::Figure { what, signed, now } => {
                write!(f, "the {what} was {} and is {} now", stated(signed), stated(now))
            }
            Self::Item { record, signed, now } => {
                write!(f, "of the {record}, {signed} was outstanding at the last day and {now} is now")
            }
        }
    }
}

/// What happened to a signed period since, without being a fault: it belongs to later ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SinceSigned {
    /// What was settled of the lines that were outstanding.
    pub lines_settled: RollSum,
    /// What was settled of the entries that were outstanding, or became void.
    pub entries_settled: RollSum,
    /// Entries dated up to the last day that are outstanding there now and were not when it was signed.
    pub entries_come: RollSum,
    /// Which entries came late, newest first: those, and what came after the signature and is settled by now.
    pub(crate) late: Vec<Uuid>,
}

impl SinceSigned {
    /// How many entries came late, settled by now or not.
    pub fn late(&self) -> u64 {
        self.late.len() as u64
    }
}

/// What is outstanding of one record, signed and now, in minor units.
#[derive(Default)]
struct Rests {
    signed: i64,
    now: i64,
}

/// A figure of the proof, signed and now.
struct Figure {
    what: &'static str,
    signed: Option<Money>,
    now: Option<Money>,
}

impl Figure {
    fn differs(&self) -> bool {
        self.signed != self.now
    }

    fn told(self) -> PeriodDifference {
        PeriodDifference::Figure { what: self.what, signed: self.signed, now: self.now }
    }
}

/// By side (lines first) and identifier.
type Compared = BTreeMap<(bool, Uuid), Rests>;

const fn is_entry(side: Side) -> bool {
    matches!(side, Side::Ledger)
}

impl Rests {
    /// What a locked period may see: what was outstanding is settled later, and entries come late.
    fn is_later(&self, entry: bool) -> bool {
        let settled = self.signed != 0
            && (self.now == 0 || (self.now.signum() == self.signed.signum() && self.now.abs() <= self.signed.abs()));
        settled || (self.signed == 0 && entry)
    }
}

impl Workbook {
    /// In what a signed period is not what was signed; `None` where it is, and while it is open. Of a locked one, what
    /// was outstanding may be settled since, and entries may come late: see [`Workbook::since_signed`].
    pub fn period_difference(&self, period: &PeriodRecord) -> Result<Option<PeriodDifference>, WorkbookError> {
        match &period.signed {
            Some(_) => Ok(self.check_period(period)?.1),
            None => Ok(None),
        }
    }

    /// The hash of a period's content as it is now, and in what it is not what was signed.
    pub fn check_period(&self, period: &PeriodRecord) -> Result<(Digest, Option<PeriodDifference>), WorkbookError> {
        let now = self.period_content(period)?;
        let difference = match &period.signed {
            None => None,
            Some(signed) if signed.content != now => Some(PeriodDifference::Content),
            Some(signed) => self.first_difference(period, signed.signature)?,
        };
        Ok((now, difference))
    }

    /// In what figures and outstanding records are not those that were signed.
    fn first_difference(
        &self,
        period: &PeriodRecord,
        signature: Uuid,
    ) -> Result<Option<PeriodDifference>, WorkbookError> {
        let (balances, sums) = self.figures_compared(period, signature)?;
        if let Some(balance) = balances.into_iter().find(Figure::differs) {
            return Ok(Some(balance.told()));
        }
        for ((entry, id), rests) in self.compared(period, signature)? {
            let is_locked = period.state == PeriodState::Locked;
            if rests.signed == rests.now || (is_locked && rests.is_later(entry)) {
                continue;
            }
            let money = |minor| Money::from_minor(minor, period.currency);
            let side = if entry { Side::Ledger } else { Side::Statement };
            return Ok(Some(PeriodDifference::Item {
                record: self.named(reference(side, id))?,
                signed: money(rests.signed),
                now: money(rests.now),
            }));
        }
        Ok(sums.into_iter().find(Figure::differs).map(Figure::told))
    }

    /// What was settled of a signed period's outstanding records since, and what came late.
    pub fn since_signed(&self, period: &PeriodRecord) -> Result<Option<SinceSigned>, WorkbookError> {
        let Some(signed) = &period.signed else { return Ok(None) };
        let zero = RollSum { items: 0, sum: Money::zero(period.currency) };
        let mut since =
            SinceSigned { lines_settled: zero, entries_settled: zero, entries_come: zero, late: Vec::new() };
        for ((entry, id), rests) in self.compared(period, signed.signature)? {
            if rests.signed == rests.now {
                continue;
            }
            let (sum, minor) = match (rests.signed, entry) {
                (0, true) => {
                    since.late.push(id);
                    (&mut since.entries_come, Some(rests.now))
                }
                (_, false) => (&mut since.lines_settled, rests.signed.checked_sub(rests.now)),
                (_, true) => (&mut since.entries_settled, rests.signed.checked_sub(rests.now)),
            };
            let minor = minor.ok_or(MoneyError::Overflow)?;
            sum.items += 1;
            sum.sum = sum.sum.checked_add(Money::from_minor(minor, period.currency))?;
        }
        since.late.extend(self.came_after(period, signed.signature)?);
        since.late.sort_unstable_by_key(|id| Reverse(*id));
        since.late.dedup();
        Ok(Some(since))
    }

    /// What was outstanding when a period was signed, each with how much of it: lines however old, then entries.
    pub fn signed_outstanding(&self, period: &PeriodRecord) -> Result<Vec<(Record, Money)>, WorkbookError> {
        let Some(signed) = &period.signed else { return Ok(Vec::new()) };
        let mut items = self.signed_items(signed.signature)?;
        items.sort_by_key(|item| (is_entry(item.side), item.id));
        let record = |item: Item| {
            let rest = Money::from_minor(item.rest, period.currency);
            Ok((self.record(reference(item.side, item.id))?, rest))
        };
        items.into_iter().map(record).collect()
    }

    /// Everything outstanding at the last day, as signed and as it is now.
    fn compared(&self, period: &PeriodRecord, signature: Uuid) -> Result<Compared, WorkbookError> {
        let mut compared = Compared::new();
        for Item { side, id, rest } in self.signed_items(signature)? {
            compared.entry((is_entry(side), id)).or_default().signed = rest;
        }
        for Item { side, id, rest } in self.items_now(period)? {
            compared.entry((is_entry(side), id)).or_default().now = rest;
        }
        Ok(compared)
    }

    /// The figures as they are now, with the balances by hand that were signed where still nothing states them.
    fn figures_with_hand_balances(
        &self,
        period: &PeriodRecord,
        signed: &PeriodFigures,
    ) -> Result<PeriodFigures, WorkbookError> {
        let mut now = self.figures_of(period, None, None)?;
        if signed.opening_source == Some(BalanceSource::Hand) && now.proof.opening.is_none() {
            now.proof.opening = signed.proof.opening;
        }
        if signed.closing_source == Some(BalanceSource::Hand) && now.proof.closing.is_none() {
            now.proof.closing = signed.proof.closing;
        }
        Ok(now)
    }

    /// The two balances, and the sums that must be as signed too.
    fn figures_compared(
        &self,
        period: &PeriodRecord,
        signature: Uuid,
    ) -> Result<([Figure; 2], Vec<Figure>), WorkbookError> {
        let signed = read_figures(&self.figures_text(signature)?, period.currency)?;
        let now = self.figures_with_hand_balances(period, &signed)?;
        let is_locked = period.state == PeriodState::Locked;
        let (was, is) = (&signed.proof, &now.proof);
        // While the period before is open again, nothing says what this one opens with: `to_reprove` tells of that.
        let opening = is.opening.or(was.opening);
        let closing = if is_locked { is.closing.or(was.closing) } else { is.closing };
        let balances = [
            Figure { what: "opening balance", signed: was.opening, now: opening },
            Figure { what: "closing balance", signed: was.closing, now: closing },
        ];
        let sum = |what, was, is| Figure { what, signed: Some(was), now: Some(is) };
        let mut sums = vec![sum("sum of its lines", was.lines_total, is.lines_total)];
        if !is_locked {
            sums.push(sum("sum of its entries", was.entries_total, is.entries_total));
            sums.push(sum("sum of its adjustments", was.adjustments, is.adjustments));
        }
        Ok((balances, sums))
    }

    fn named(&self, of: RecordRef) -> Result<String, WorkbookError> {
        let record = self.record(of)?;
        let (date, words) = match &record {
            Record::Line(line) => (line.line.date, "line".to_owned()),
            Record::Entry(entry) => (entry.entry.date, format!("entry {}", entry.entry.number)),
        };
        let day = date.map(|day| format!(" of {day}")).unwrap_or_default();
        Ok(format!("{}{day}", words.trim_end()))
    }
}
