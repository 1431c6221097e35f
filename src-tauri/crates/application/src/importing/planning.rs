//! A frozen plan for each row of a file: add it, skip it as a duplicate, or refuse it.

use std::collections::HashMap;

use jiff::civil::Date;
use tieout_domain::{AccountId, Currency, Finding, LedgerEntryId, Money, Side, StatementLine, StatementLineId};
use tieout_statements::{Mapping, Reading, Records, StatementReading};
use tieout_workbook::{EntryKey, EntryPlan, LineKey, LinePlan, RowPlan, Workbook};

use super::accounts::FileAccount;
use crate::{
    ApplicationError, Progress,
    reading::{self, Opened},
    validation::{self, Checks},
};

/// How a file is read.
#[derive(Debug, Clone)]
pub(crate) struct How {
    pub(crate) side: Side,
    pub(crate) mapping: Mapping,
    pub(crate) currency: Currency,
}

/// What a first reading of the whole file tells: everything but what the workbook has already.
pub(super) struct Surveyed {
    pub(super) reading: Reading,
    pub(super) checks: Checks,
    /// Records.
    pub(super) records: u64,
    pub(super) sums: Vec<Money>,
    pub(super) first_date: Option<Date>,
    pub(super) last_date: Option<Date>,
}

/// What is to become of the rows of one side.
pub(super) enum Planned {
    /// Lines, by account.
    Lines(Vec<AccountPlan>),
    /// Entries; `None` where the books are empty, and every entry is added.
    Entries(Option<EntryPlan>),
}

/// The lines of one account.
pub(super) struct AccountPlan {
    pub(super) account: FileAccount,
    /// `None`: the account is new, and every line is added.
    pub(super) lines: Option<LinePlan>,
    /// Day and amount in minor units of each line of the plan, in its order.
    pub(super) days: Vec<(Option<Date>, i64)>,
}

/// Reads the file once.
pub(super) fn survey(
    opened: &Opened,
    how: &How,
    mut checks: Checks,
    goes_on: &dyn Fn(Progress) -> bool,
) -> Result<Surveyed, ApplicationError> {
    let mut sums: Vec<Money> = Vec::new();
    let (mut records, mut first, mut last) = (0, None, None);
    let reading = reading::read(opened, how.side, &how.mapping, Some(how.currency), goes_on, &mut |read| {
        checks.take(&read);
        records += read.len() as u64;
        let mut take = |date: Option<Date>, amount: Money| -> Result<(), ApplicationError> {
            first = [first, date].into_iter().flatten().min();
            last = last.max(date);
            match sums.iter_mut().find(|sum| sum.currency() == amount.currency()) {
                Some(sum) => *sum = sum.checked_add(amount)?,
                None => sums.push(amount),
            }
            Ok(())
        };
        match &read {
            Records::Statement(lines) => lines.iter().try_for_each(|line| take(line.date, line.amount)),
            Records::Ledger(entries) => entries.iter().try_for_each(|entry| take(entry.date, entry.amount)),
        }
    })?;
    Ok(Surveyed { reading, checks, records, sums, first_date: first, last_date: last })
}

/// Plans lines: reads the file again where accounts are there already.
pub(super) fn lines(
    opened: &Opened,
    how: &How,
    accounts: Vec<FileAccount>,
    goes_on: &dyn Fn(Progress) -> bool,
    pair: &dyn Fn(AccountId, Vec<LineKey>) -> Result<LinePlan, ApplicationError>,
) -> Result<Planned, ApplicationError> {
    let mut plans: Vec<AccountPlan> =
        accounts.into_iter().map(|account| AccountPlan { account, lines: None, days: Vec::new() }).collect();
    let mut keys: Vec<Vec<LineKey>> = plans.iter().map(|_| Vec::new()).collect();
    if plans.iter().any(|plan| plan.account.choice.id.is_some()) {
        let mut places = Places::new(&plans);
        reading::read(opened, how.side, &how.mapping, Some(how.currency), goes_on, &mut |read| {
            let Records::Statement(read) = read else { return Ok(()) };
            for line in &read {
                let at = places.of(line);
                if let (Some(plan), Some(keys)) = (plans.get_mut(at), keys.get_mut(at))
                    && let Some(id) = plan.account.choice.id
                {
                    keys.push(LineKey::of(id, line));
                    plan.days.push((line.date, line.amount.minor_units()));
                }
            }
            Ok(())
        })?;
    }
    for (plan, keys) in plans.iter_mut().zip(keys) {
        plan.lines = plan.account.choice.id.map(|id| pair(id, keys)).transpose()?;
    }
    Ok(Planned::Lines(plans))
}

/// Plans entries: reads the file again for their keys where the books hold any already.
pub(super) fn entries(
    opened: &Opened,
    how: &How,
    books_are_empty: bool,
    goes_on: &dyn Fn(Progress) -> bool,
    pair: &dyn Fn(Vec<EntryKey>) -> Result<EntryPlan, ApplicationError>,
) -> Result<Planned, ApplicationError> {
    if books_are_empty {
        return Ok(Planned::Entries(None));
    }
    let mut keys = Vec::new();
    reading::read(opened, how.side, &how.mapping, Some(how.currency), goes_on, &mut |read| {
        if let Records::Ledger(read) = read {
            keys.extend(read.iter().map(EntryKey::of));
        }
        Ok(())
    })?;
    Ok(Planned::Entries(Some(pair(keys)?)))
}

/// Finds the account of a line among the plans.
pub(super) struct Places {
    by_name: HashMap<(String, Currency), usize>,
    last: Option<(String, Currency, usize)>,
}

impl Places {
    pub(super) fn new(plans: &[AccountPlan]) -> Self {
        let places = plans.iter().enumerate();
        let by_name = places.map(|(at, plan)| ((plan.account.named.clone(), plan.account.currency), at)).collect();
        Self { by_name, last: None }
    }

    /// Position of the line's account; beyond all plans where there is none.
    pub(super) fn of(&mut self, line: &StatementLine) -> usize {
        let currency = line.amount.currency();
        if let Some((name, of, at)) = &self.last
            && *name == line.account
            && *of == currency
        {
            return *at;
        }
        let found = self.by_name.get(&(line.account.clone(), currency)).copied().unwrap_or(usize::MAX);
        self.last = Some((line.account.clone(), currency, found));
        found
    }
}

/// What the plan says of the records in file order, one after the other.
pub(super) struct Cursor<'p> {
    planned: &'p Planned,
    places: Option<Places>,
    next: Vec<usize>,
}

/// What is to become of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Add,
    DuplicateOfLine(StatementLineId),
    DuplicateOfEntry(LedgerEntryId),
    DeletedLine(StatementLineId),
    DeletedEntry(LedgerEntryId),
}

impl<'p> Cursor<'p> {
    pub(super) fn new(planned: &'p Planned) -> Self {
        match planned {
            Planned::Lines(plans) => Self { planned, places: Some(Places::new(plans)), next: vec![0; plans.len()] },
            Planned::Entries(_) => Self { planned, places: None, next: vec![0] },
        }
    }

    /// The account of the next line, by its position, and the line's fate.
    pub(super) fn line(&mut self, line: &StatementLine) -> (usize, Fate) {
        let (Planned::Lines(plans), Some(places)) = (self.planned, &mut self.places) else { return (0, Fate::Add) };
        let at = places.of(line);
        let (Some(plan), Some(next)) = (plans.get(at), self.next.get_mut(at)) else { return (at, Fate::Add) };
        let found = plan.lines.as_ref().and_then(|plan| plan.rows().get(*next));
        *next += 1;
        let fate = match found {
            None | Some(RowPlan::Add) => Fate::Add,
            Some(RowPlan::DuplicateOf(id)) => Fate::DuplicateOfLine(*id),
            Some(RowPlan::DeletedEarlier(id)) => Fate::DeletedLine(*id),
        };
        (at, fate)
    }

    /// The next entry's fate.
    pub(super) fn entry(&mut self) -> Fate {
        let (Planned::Entries(plan), Some(next)) = (self.planned, self.next.first_mut()) else { return Fate::Add };
        let found = plan.as_ref().and_then(|plan| plan.rows().get(*next));
        *next += 1;
        match found {
            None | Some(RowPlan::Add) => Fate::Add,
            Some(RowPlan::DuplicateOf(id)) => Fate::DuplicateOfEntry(*id),
            Some(RowPlan::DeletedEarlier(id)) => Fate::DeletedEntry(*id),
        }
    }
}

impl Planned {
    /// How many lines that would be added have day and amount of lines that the workbook has, if those are most of what
    /// would be added: the same statement in another form, perhaps.
    pub(super) fn alike(&self, workbook: &Workbook) -> Result<u64, ApplicationError> {
        let Self::Lines(plans) = self else { return Ok(0) };
        let (mut alike, mut new) = (0, 0);
        for plan in plans {
            let Some(lines) = &plan.lines else { continue };
            alike += workbook.count_alike(lines, &plan.days)?;
            new += lines.rows().iter().filter(|row| matches!(row, RowPlan::Add)).count() as u64;
        }
        Ok(if alike > 1 && alike * 2 >= new { alike } else { 0 })
    }

    /// How many rows the workbook has already, and how many were deleted from it.
    pub(super) fn known(&self) -> (u64, u64) {
        fn count<Id>(rows: &[RowPlan<Id>]) -> (u64, u64) {
            rows.iter().fold((0, 0), |(duplicate, deleted), row| match row {
                RowPlan::Add => (duplicate, deleted),
                RowPlan::DuplicateOf(_) => (duplicate + 1, deleted),
                RowPlan::DeletedEarlier(_) => (duplicate, deleted + 1),
            })
        }
        match self {
            Self::Lines(plans) => plans.iter().filter_map(|plan| plan.lines.as_ref()).fold((0, 0), |sum, plan| {
                let (duplicate, deleted) = count(plan.rows());
                (sum.0 + duplicate, sum.1 + deleted)
            }),
            Self::Entries(plan) => plan.as_ref().map_or((0, 0), |plan| count(plan.rows())),
        }
    }
}

/// What the workbook knows against the statements: a closing balance before that is not their opening, an opening
/// balance after that is not their closing.
pub(super) fn continuity(
    workbook: &Workbook,
    accounts: &[FileAccount],
    statements: &[StatementReading],
) -> Result<Vec<Finding>, ApplicationError> {
    let mut findings = Vec::new();
    for account in accounts {
        let Some(id) = account.choice.id else { continue };
        let of_account = || {
            statements.iter().filter(|statement| {
                statement.account == account.named && statement.currency == account.currency && !statement.interim
            })
        };
        let begins =
            of_account().filter_map(|statement| statement.from.or(statement.first_date).map(|day| (day, statement)));
        if let Some((day, first)) = begins.min_by_key(|(day, _)| *day)
            && let (Some(opening), Some((_, before))) = (first.opening, workbook.closing_before(id, day)?)
        {
            findings.extend(validation::continuity(before, opening, &account.choice.name));
        }
        let ends =
            of_account().filter_map(|statement| statement.to.or(statement.last_date).map(|day| (day, statement)));
        if let Some((day, last)) = ends.max_by_key(|(day, _)| *day)
            && let (Some(closing), Some((_, after))) = (last.closing, workbook.opening_after(id, day)?)
        {
            findings.extend(validation::continuity(closing, after, &account.choice.name));
        }
    }
    Ok(findings)
}
