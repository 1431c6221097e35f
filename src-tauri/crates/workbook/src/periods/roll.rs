//! Rolling forward: what a period took over, what came of it, what is new, and what it hands on.

use std::{cmp::Reverse, collections::BTreeMap};

use rusqlite::params;
use tieout_domain::{Money, MoneyError, RollForward, RollSum, Side};
use uuid::Uuid;

use super::{PeriodRecord, content::Item};
use crate::{Page, ProofRange, Record, Workbook, WorkbookError, records::reference, rows::Blob};

/// One of the four lists of a roll-forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RollPart {
    /// Outstanding when the period before ended.
    BroughtForward,
    /// Outstanding at the end, and not at the beginning.
    New,
    /// Outstanding no more, in whole or in part.
    Cleared,
    /// Outstanding at the end.
    CarriedForward,
}

/// A record in one of these lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollItem {
    /// The record.
    pub record: Record,
    /// What the list counts of it.
    pub amount: Money,
    /// What was outstanding of it when the period began.
    pub brought: Money,
    /// What is outstanding of it when the period ends.
    pub carried: Money,
}

/// What is outstanding of one record at both ends of a period, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Ends {
    brought: i64,
    carried: i64,
}

impl Ends {
    /// What a list counts of the record; none: it does not stand there.
    fn in_part(self, part: RollPart) -> Option<i64> {
        let amount = match part {
            RollPart::BroughtForward => self.brought,
            RollPart::CarriedForward => self.carried,
            RollPart::New if self.brought == 0 => self.carried,
            RollPart::New => 0,
            RollPart::Cleared if self.brought != 0 => self.brought.checked_sub(self.carried)?,
            RollPart::Cleared => 0,
        };
        (amount != 0).then_some(amount)
    }
}

impl Workbook {
    /// How what is outstanding at a period's end follows from what was at its beginning: statement lines, then entries.
    pub fn roll_forward(&self, period: &PeriodRecord) -> Result<[RollForward; 2], WorkbookError> {
        let [lines, entries] = self.ends(period)?;
        Ok([sums(&lines, period)?, sums(&entries, period)?])
    }

    /// A page of one of the four lists, largest first.
    pub fn roll_items(
        &self,
        period: &PeriodRecord,
        side: Side,
        part: RollPart,
        offset: u64,
        limit: u32,
    ) -> Result<Page<RollItem>, WorkbookError> {
        let [lines, entries] = self.ends(period)?;
        let ends = match side {
            Side::Statement => lines,
            Side::Ledger => entries,
        };
        let mut listed: Vec<(Uuid, Ends, i64)> =
            ends.into_iter().filter_map(|(id, ends)| ends.in_part(part).map(|amount| (id, ends, amount))).collect();
        listed.sort_by_key(|(id, _, amount)| (Reverse(amount.unsigned_abs()), *id));
        let total = listed.len() as u64;
        let money = |minor| Money::from_minor(minor, period.currency);
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        let page = listed.into_iter().skip(from).take(limit as usize).map(|(id, ends, amount)| {
            Ok(RollItem {
                record: self.record(reference(side, id))?,
                amount: money(amount),
                brought: money(ends.brought),
                carried: money(ends.carried),
            })
        });
        Ok(Page { rows: page.collect::<Result<_, WorkbookError>>()?, total })
    }

    /// Entries dated up to a locked period's last day that came after it was signed, or are outstanding there only since,
    /// newest first: they are outstanding from the next period on.
    pub fn late_entries(&self, period: &PeriodRecord, offset: u64, limit: u32) -> Result<Page<Record>, WorkbookError> {
        let Some(since) = self.since_signed(period)? else { return Ok(Page { rows: Vec::new(), total: 0 }) };
        let total = since.late();
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        let page = since.late.into_iter().skip(from).take(limit as usize);
        let records = page.map(|id| self.record(reference(Side::Ledger, id)));
        Ok(Page { rows: records.collect::<Result<_, WorkbookError>>()?, total })
    }

    /// Entries dated up to a period's last day that came after it was signed.
    pub(crate) fn came_after(&self, period: &PeriodRecord, signature: Uuid) -> Result<Vec<Uuid>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id FROM ledger_entries WHERE company_id = ?1 AND id > ?2 AND currency = ?3
             AND (date IS NULL OR date <= ?4) AND state < 3",
        )?;
        let found = statement.query_map(
            params![Blob(self.company.id.uuid()), Blob(signature), period.currency.code(), period.days.to.to_string()],
            |row| row.get::<_, Blob>(0),
        )?;
        Ok(found.map(|id| id.map(|id| id.0)).collect::<rusqlite::Result<_>>()?)
    }

    /// Both ends of a period, for lines and for entries. An end is as it was signed, where it was.
    fn ends(&self, period: &PeriodRecord) -> Result<[BTreeMap<Uuid, Ends>; 2], WorkbookError> {
        let before = self.period_before(period)?;
        let brought = match before.and_then(|before| before.signed) {
            Some(signed) => self.signed_items(signed.signature)?,
            None => {
                let eve = period.days.from.yesterday().map_err(WorkbookError::unreadable)?;
                self.items_at(period, ProofRange { from: None, to: Some(eve) })?
            }
        };
        let carried = match &period.signed {
            Some(signed) => self.signed_items(signed.signature)?,
            None => self.items_now(period)?,
        };
        let mut sides = [BTreeMap::new(), BTreeMap::new()];
        for (items, is_begin) in [(brought, true), (carried, false)] {
            for Item { side, id, rest } in items {
                let [lines, entries] = &mut sides;
                let of = if side == Side::Statement { lines } else { entries };
                let ends: &mut Ends = of.entry(id).or_default();
                if is_begin {
                    ends.brought = rest;
                } else {
                    ends.carried = rest;
                }
            }
        }
        Ok(sides)
    }
}

fn sums(ends: &BTreeMap<Uuid, Ends>, period: &PeriodRecord) -> Result<RollForward, WorkbookError> {
    let sum = |part| -> Result<RollSum, WorkbookError> {
        let (mut items, mut minor) = (0_u64, 0_i64);
        for amount in ends.values().filter_map(|ends| ends.in_part(part)) {
            items += 1;
            minor = minor.checked_add(amount).ok_or(MoneyError::Overflow)?;
        }
        Ok(RollSum { items, sum: Money::from_minor(minor, period.currency) })
    };
    Ok(RollForward {
        brought_forward: sum(RollPart::BroughtForward)?,
        new: sum(RollPart::New)?,
        cleared: sum(RollPart::Cleared)?,
        carried_forward: sum(RollPart::CarriedForward)?,
    })
}
