//! Which rows of a file are new, and which the workbook has already.
//!
//! Rows are told apart by occurrence: two identical rows in one file are two records (two coffees on one day), and if
//! the workbook holds one of them, one of the two is a duplicate and the other is new. Rows with the same fingerprint
//! are paired one to one, by these rules in this order:
//! 1. both state a running balance: the same record if and only if the balances are equal;
//! 2. otherwise, both have a record id: the same record if and only if the ids are equal;
//! 3. otherwise: the same record.

use std::collections::HashMap;

use rusqlite::params;
use tieout_domain::{AccountId, LedgerEntry, LedgerEntryId, Money, StatementLine, StatementLineId};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    fingerprint::{self, Fingerprint},
    rows::Blob,
};

/// What is to become of one row of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowPlan<Id> {
    /// It is new.
    Add,
    /// The workbook has it already, under this identifier.
    DuplicateOf(Id),
}

struct Incoming<'a> {
    balance: Option<i64>,
    record_id: &'a str,
}

struct Stored {
    id: Uuid,
    balance: Option<i64>,
    record_id: String,
}

impl Workbook {
    /// Says for each line whether it is new to the account. Nothing is changed.
    pub fn plan_lines(
        &self,
        account: AccountId,
        lines: &[StatementLine],
    ) -> Result<Vec<RowPlan<StatementLineId>>, WorkbookError> {
        if self.account(account)?.lines == 0 {
            return Ok(vec![RowPlan::Add; lines.len()]);
        }
        let fingerprints: Vec<Fingerprint> = lines.iter().map(|line| fingerprint::of_line(account, line)).collect();
        let mut statement = self.sql.prepare_cached(
            "SELECT id, balance, record_id FROM statement_lines
             WHERE company_id = ?1 AND fingerprint = ?2 AND state <> 4 ORDER BY id",
        )?;
        let company = Blob(self.company.id.uuid());
        let found = pair(
            &fingerprints,
            |i| Incoming { balance: lines[i].balance.map(Money::minor_units), record_id: &lines[i].record_id },
            |fingerprint| {
                let rows = statement.query_map(params![company, fingerprint], |row| {
                    Ok(Stored { id: row.get::<_, Blob>(0)?.0, balance: row.get(1)?, record_id: row.get(2)? })
                })?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            },
        )?;
        Ok(plan_of(found, StatementLineId::from_uuid))
    }

    /// Says for each entry whether it is new to the books. Nothing is changed.
    pub fn plan_entries(&self, entries: &[LedgerEntry]) -> Result<Vec<RowPlan<LedgerEntryId>>, WorkbookError> {
        let company = Blob(self.company.id.uuid());
        let any: bool = self.sql.query_row(
            "SELECT EXISTS (SELECT 1 FROM ledger_entries WHERE company_id = ?1 AND state < 4)",
            params![company],
            |row| row.get(0),
        )?;
        if !any {
            return Ok(vec![RowPlan::Add; entries.len()]);
        }
        let fingerprints: Vec<Fingerprint> = entries.iter().map(fingerprint::of_entry).collect();
        let mut statement = self.sql.prepare_cached(
            "SELECT id, record_id FROM ledger_entries
             WHERE company_id = ?1 AND fingerprint = ?2 AND state <> 4 ORDER BY id",
        )?;
        let found = pair(
            &fingerprints,
            |i| Incoming { balance: None, record_id: &entries[i].record_id },
            |fingerprint| {
                let rows = statement.query_map(params![company, fingerprint], |row| {
                    Ok(Stored { id: row.get::<_, Blob>(0)?.0, balance: None, record_id: row.get(1)? })
                })?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            },
        )?;
        Ok(plan_of(found, LedgerEntryId::from_uuid))
    }
}

fn plan_of<Id>(found: Vec<Option<Uuid>>, id: impl Fn(Uuid) -> Id) -> Vec<RowPlan<Id>> {
    found.into_iter().map(|found| found.map_or(RowPlan::Add, |uuid| RowPlan::DuplicateOf(id(uuid)))).collect()
}

/// For each row the stored record it repeats, if any.
fn pair<'a>(
    fingerprints: &[Fingerprint],
    incoming: impl Fn(usize) -> Incoming<'a>,
    mut stored: impl FnMut(&Fingerprint) -> Result<Vec<Stored>, WorkbookError>,
) -> Result<Vec<Option<Uuid>>, WorkbookError> {
    let mut order: Vec<usize> = (0..fingerprints.len()).collect();
    // Stable: rows with one fingerprint stay in the order of the file.
    order.sort_by_key(|&i| fingerprints[i]);
    let mut found = vec![None; fingerprints.len()];
    for group in order.chunk_by(|&a, &b| fingerprints[a] == fingerprints[b]) {
        let candidates = stored(&fingerprints[group[0]])?;
        if !candidates.is_empty() {
            pair_group(group, &incoming, &candidates, &mut found);
        }
    }
    Ok(found)
}

/// Whether a record states a balance, and whether it has an id.
type Class = (bool, bool);

/// Records with one fingerprint, of which each can be used once.
struct Candidates<'a> {
    stored: &'a [Stored],
    used: Vec<bool>,
    by_balance: HashMap<i64, Vec<usize>>,
    by_id: HashMap<&'a str, Vec<usize>>,
    by_class: HashMap<Class, Vec<usize>>,
}

impl<'a> Candidates<'a> {
    fn new(stored: &'a [Stored]) -> Self {
        let mut candidates = Self {
            stored,
            used: vec![false; stored.len()],
            by_balance: HashMap::new(),
            by_id: HashMap::new(),
            by_class: HashMap::new(),
        };
        // Backwards, so that the oldest record is the first to be taken from the end.
        for (i, record) in stored.iter().enumerate().rev() {
            if let Some(balance) = record.balance {
                candidates.by_balance.entry(balance).or_default().push(i);
            }
            // Rule 1 comes before rule 2: ids count only where one of the two states no balance.
            if !record.record_id.is_empty() {
                candidates.by_id.entry(&record.record_id).or_default().push(i);
            }
            let class = (record.balance.is_some(), !record.record_id.is_empty());
            candidates.by_class.entry(class).or_default().push(i);
        }
        candidates
    }

    /// A record that is the same for certain: equal balance, or equal id where balances do not speak.
    fn certain(&mut self, row: &Incoming<'_>) -> Option<Uuid> {
        if let Some(same) = row.balance.and_then(|balance| self.by_balance.get_mut(&balance)) {
            return take(same, &mut self.used).map(|i| self.stored[i].id);
        }
        let same = self.by_id.get_mut(row.record_id).filter(|_| !row.record_id.is_empty())?;
        let both_state_balances = |i: &usize| row.balance.is_some() && self.stored[*i].balance.is_some();
        let at = same.iter().rposition(|i| !self.used[*i] && !both_state_balances(i))?;
        let i = same.remove(at);
        self.used[i] = true;
        Some(self.stored[i].id)
    }

    /// A record nothing tells apart from the row.
    fn possible(&mut self, row: &Incoming<'_>) -> Option<Uuid> {
        let (balance, id) = (row.balance.is_some(), !row.record_id.is_empty());
        for class in [(true, true), (true, false), (false, true), (false, false)] {
            let told_apart = (balance && class.0) || (id && class.1);
            if !told_apart && let Some(i) = self.by_class.get_mut(&class).and_then(|queue| take(queue, &mut self.used))
            {
                return Some(self.stored[i].id);
            }
        }
        None
    }
}

/// Takes the next unused one.
fn take(queue: &mut Vec<usize>, used: &mut [bool]) -> Option<usize> {
    while let Some(i) = queue.pop() {
        if !std::mem::replace(&mut used[i], true) {
            return Some(i);
        }
    }
    None
}

fn pair_group<'a>(
    group: &[usize],
    incoming: &impl Fn(usize) -> Incoming<'a>,
    stored: &[Stored],
    found: &mut [Option<Uuid>],
) {
    let mut candidates = Candidates::new(stored);
    for &i in group {
        found[i] = candidates.certain(&incoming(i));
    }
    for &i in group {
        if found[i].is_none() {
            found[i] = candidates.possible(&incoming(i));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as `balance/id`, `-` for neither; the answer says for each new row which stored one it repeats.
    #[track_caller]
    fn check(stored: &str, incoming: &str, repeats: &str) {
        let read = |text: &str| -> Vec<(Option<i64>, String)> {
            text.split_whitespace()
                .map(|row| {
                    let (balance, id) = row.split_once('/').unwrap();
                    (balance.parse().ok(), if id == "-" { String::new() } else { id.to_owned() })
                })
                .collect()
        };
        let records: Vec<Stored> = (1u128..)
            .zip(read(stored))
            .map(|(i, (balance, record_id))| Stored { id: Uuid::from_u128(i), balance, record_id })
            .collect();
        let rows = read(incoming);
        let group: Vec<usize> = (0..rows.len()).collect();
        let mut found = vec![None; rows.len()];
        pair_group(&group, &|i| Incoming { balance: rows[i].0, record_id: &rows[i].1 }, &records, &mut found);
        let told: Vec<String> =
            found.iter().map(|id| id.map_or("new".to_owned(), |id: Uuid| id.as_u128().to_string())).collect();
        assert_eq!(told.join(" "), repeats);
    }

    #[test]
    fn two_coffees_on_one_day_stay_two() {
        check("-/-", "-/- -/-", "1 new");
        check("-/- -/-", "-/- -/- -/-", "1 2 new");
    }

    #[test]
    fn another_running_balance_means_another_record() {
        check("100/-", "100/- 95/-", "1 new");
        check("100/- 95/-", "95/- 100/-", "2 1");
    }

    #[test]
    fn an_export_without_balances_still_repeats_the_same_records() {
        check("100/- 95/-", "-/- -/- -/-", "1 2 new");
        check("-/-", "100/-", "1");
    }

    #[test]
    fn another_id_means_another_record_unless_the_balance_says_otherwise() {
        check("-/T1", "-/T2", "new");
        check("-/T1 -/T2", "-/T2 -/T1 -/T3", "2 1 new");
        check("100/T1", "100/T9", "1");
        check("-/T1", "-/-", "1");
    }
}
