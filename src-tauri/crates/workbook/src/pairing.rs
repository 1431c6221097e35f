//! Which stored record a row of a file repeats.
//!
//! Rows with the same fingerprint are paired one to one, by these rules in this order:
//! 1. both state a running balance: the same record if and only if the balances are equal;
//! 2. otherwise, both have a record id: the same record if and only if the ids are equal;
//! 3. otherwise: the same record.
//!
//! Where several stored records would do, those that stand come before those that were deleted, older ones before newer.

use std::collections::HashMap;

use uuid::Uuid;

use crate::{RowPlan, WorkbookError, fingerprint::Fingerprint};

/// What is kept of a row to tell whether the workbook has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) fingerprint: Fingerprint,
    pub(crate) balance: Option<i64>,
    pub(crate) record_id: Box<str>,
}

/// What is known of a record in the workbook.
pub(crate) struct Stored {
    pub(crate) id: Uuid,
    pub(crate) deleted: bool,
    pub(crate) balance: Option<i64>,
    pub(crate) record_id: Box<str>,
}

impl Stored {
    fn plan(&self) -> RowPlan<Uuid> {
        if self.deleted { RowPlan::DeletedEarlier(self.id) } else { RowPlan::DuplicateOf(self.id) }
    }

    /// The rules, for two by themselves.
    fn is_same(&self, row: &Key) -> bool {
        match (row.balance, self.balance) {
            (Some(one), Some(other)) => one == other,
            _ => row.record_id.is_empty() || self.record_id.is_empty() || row.record_id == self.record_id,
        }
    }
}

/// The rows of a file by fingerprint, ascending; those of one fingerprint in the order of the file.
pub(crate) struct Groups(Vec<(Fingerprint, usize)>);

impl Groups {
    pub(crate) fn of<K: AsRef<Key>>(keys: &[K]) -> Self {
        let mut sorted: Vec<_> = keys.iter().enumerate().map(|(i, key)| (key.as_ref().fingerprint, i)).collect();
        sorted.sort_unstable();
        Self(sorted)
    }

    /// Where the rows with this fingerprint begin, if there are any.
    pub(crate) fn place(&self, fingerprint: Fingerprint) -> Option<usize> {
        let place = self.0.partition_point(|(known, _)| *known < fingerprint);
        self.0.get(place).filter(|(known, _)| *known == fingerprint).map(|_| place)
    }

    /// For each row what is to become of it. `stored` is asked for each fingerprint, in ascending order and with its
    /// place, and adds the records that have it: those that stand first, older ones first.
    pub(crate) fn pair<K: AsRef<Key>>(
        &self,
        keys: &[K],
        mut stored: impl FnMut(usize, &Fingerprint, &mut Vec<Stored>) -> Result<(), WorkbookError>,
    ) -> Result<Vec<RowPlan<Uuid>>, WorkbookError> {
        let mut plans = vec![RowPlan::Add; keys.len()];
        let (mut place, mut records, mut rows) = (0, Vec::new(), Vec::new());
        for group in self.0.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((fingerprint, _)) = group.first() else { continue };
            records.clear();
            stored(place, fingerprint, &mut records)?;
            place += group.len();
            if records.is_empty() {
                continue;
            }
            rows.clear();
            rows.extend(group.iter().filter_map(|&(_, i)| Some((i, keys.get(i)?.as_ref()))));
            pair_group(&rows, &records, &mut |i, plan| {
                if let Some(place) = plans.get_mut(i) {
                    *place = plan;
                }
            });
        }
        Ok(plans)
    }
}

fn pair_group<'a>(rows: &[(usize, &'a Key)], stored: &'a [Stored], tell: &mut impl FnMut(usize, RowPlan<Uuid>)) {
    if let ([(i, row)], [record]) = (rows, stored) {
        if record.is_same(row) {
            tell(*i, record.plan());
        }
        return;
    }
    let mut candidates = Candidates::new(stored);
    let mut rest = Vec::new();
    for (i, row) in rows {
        match candidates.certain(row) {
            Some(record) => tell(*i, record.plan()),
            None => rest.push((*i, *row)),
        }
    }
    for (i, row) in rest {
        if let Some(record) = candidates.possible(row) {
            tell(i, record.plan());
        }
    }
}

/// Whether a record states a balance, and whether it has an id.
type Class = (bool, bool);

/// Records with one fingerprint, of which each can be used once.
struct Candidates<'a> {
    stored: &'a [Stored],
    used: Vec<bool>,
    by_balance: HashMap<i64, Vec<usize>>,
    /// By id, and whether the record states a balance.
    by_id: HashMap<(&'a str, bool), Vec<usize>>,
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
        // Backwards, so that the first record is the first to be taken from the end.
        for (i, record) in stored.iter().enumerate().rev() {
            if let Some(balance) = record.balance {
                candidates.by_balance.entry(balance).or_default().push(i);
            }
            // Rule 1 comes before rule 2: ids count only where one of the two states no balance.
            if !record.record_id.is_empty() {
                let balanced = record.balance.is_some();
                candidates.by_id.entry((&record.record_id, balanced)).or_default().push(i);
            }
            let class = (record.balance.is_some(), !record.record_id.is_empty());
            candidates.by_class.entry(class).or_default().push(i);
        }
        candidates
    }

    /// A record that is the same for certain: equal balance, or equal id where balances do not speak.
    fn certain(&mut self, row: &'a Key) -> Option<&'a Stored> {
        if let Some(same) = row.balance.and_then(|balance| self.by_balance.get_mut(&balance))
            && let Some(i) = take(same, &mut self.used)
        {
            return self.stored.get(i);
        }
        if row.record_id.is_empty() {
            return None;
        }
        // Ids do not count where both state a balance.
        let classes: &[bool] = if row.balance.is_some() { &[false] } else { &[false, true] };
        let first_of = |class: &bool| {
            let queue = self.by_id.get_mut(&(&*row.record_id, *class))?;
            first(queue, &self.used)
        };
        let i = classes.iter().filter_map(first_of).min()?;
        *self.used.get_mut(i)? = true;
        self.stored.get(i)
    }

    /// A record nothing tells apart from the row.
    fn possible(&mut self, row: &Key) -> Option<&'a Stored> {
        let (balance, id) = (row.balance.is_some(), !row.record_id.is_empty());
        for class in [(true, true), (true, false), (false, true), (false, false)] {
            let told_apart = (balance && class.0) || (id && class.1);
            if !told_apart && let Some(i) = self.by_class.get_mut(&class).and_then(|queue| take(queue, &mut self.used))
            {
                return self.stored.get(i);
            }
        }
        None
    }
}

/// The next unused one; it stays where it is.
fn first(queue: &mut Vec<usize>, used: &[bool]) -> Option<usize> {
    while let Some(&i) = queue.last() {
        if used.get(i) == Some(&false) {
            return Some(i);
        }
        queue.pop();
    }
    None
}

/// Takes the next unused one.
fn take(queue: &mut Vec<usize>, used: &mut [bool]) -> Option<usize> {
    let i = first(queue, used)?;
    *used.get_mut(i)? = true;
    Some(i)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl AsRef<Key> for Key {
        fn as_ref(&self) -> &Key {
            self
        }
    }

    /// Rows as `balance/id`, `-` for neither, `x` before a deleted one; the answer says for each new row which stored one
    /// it repeats.
    #[track_caller]
    fn check(stored: &str, incoming: &str, repeats: &str) {
        let read = |text: &str| -> Vec<(bool, Key)> {
            text.split_whitespace()
                .map(|row| {
                    let (balance, id) = row.split_once('/').unwrap();
                    let deleted = balance.starts_with('x');
                    let balance = balance.trim_start_matches('x').parse().ok();
                    let record_id = if id == "-" { "" } else { id }.into();
                    (deleted, Key { fingerprint: [7; 16], balance, record_id })
                })
                .collect()
        };
        let records = || {
            (1u128..).zip(read(stored)).map(|(i, (deleted, key))| Stored {
                id: Uuid::from_u128(i),
                deleted,
                balance: key.balance,
                record_id: key.record_id,
            })
        };
        let rows: Vec<Key> = read(incoming).into_iter().map(|(_, key)| key).collect();
        let plans = Groups::of(&rows).pair(&rows, |_, _, found| {
            found.extend(records());
            found.sort_by_key(|record| record.deleted);
            Ok(())
        });
        let told: Vec<String> = plans
            .unwrap()
            .into_iter()
            .map(|plan| match plan {
                RowPlan::Add => "new".to_owned(),
                RowPlan::DuplicateOf(id) => id.as_u128().to_string(),
                RowPlan::DeletedEarlier(id) => format!("x{}", id.as_u128()),
            })
            .collect();
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

    #[test]
    fn what_was_deleted_does_not_come_back() {
        check("x-/-", "-/-", "x1");
        check("x-/- -/-", "-/- -/- -/-", "2 x1 new");
        check("x100/- 95/-", "100/- 95/- 90/-", "x1 2 new");
    }

    #[test]
    fn thousands_of_one_kind_are_paired_in_no_time() {
        let row = |balance: usize| Key {
            fingerprint: [1; 16],
            balance: i64::try_from(balance).ok(),
            record_id: "always the same".into(),
        };
        let rows: Vec<Key> = (0..60_000).map(row).collect();
        let stored = |balance: usize| Stored {
            id: Uuid::from_u128(balance as u128),
            deleted: false,
            balance: i64::try_from(balance).ok(),
            record_id: "always the same".into(),
        };
        let plans = Groups::of(&rows).pair(&rows, |_, _, found| {
            found.extend((30_000..90_000).map(stored));
            Ok(())
        });
        let new = plans.unwrap().iter().filter(|plan| matches!(plan, RowPlan::Add)).count();
        assert_eq!(new, 30_000);
    }

    proptest::proptest! {
        /// Whatever the order of rules inside, the answer keeps them: nothing is paired twice, nor against the rules.
        #[test]
        fn every_pair_keeps_the_rules(
            rows in proptest::collection::vec((0_i64..4, 0_u8..3), 0..9),
            stored in proptest::collection::vec((0_i64..4, 0_u8..3, proptest::bool::ANY), 0..9),
        ) {
            let key = |balance: i64, id: u8| Key {
                fingerprint: [1; 16],
                balance: (balance > 0).then_some(balance),
                record_id: if id == 0 { "".into() } else { id.to_string().into() },
            };
            let rows: Vec<Key> = rows.into_iter().map(|(balance, id)| key(balance, id)).collect();
            let records = || stored.iter().enumerate().map(|(i, &(balance, id, deleted))| {
                let Key { balance, record_id, .. } = key(balance, id);
                Stored { id: Uuid::from_u128(i as u128), deleted, balance, record_id }
            });
            let plans = Groups::of(&rows).pair(&rows, |_, _, found| {
                found.extend(records());
                found.sort_by_key(|record| record.deleted);
                Ok(())
            }).unwrap();
            let mut used = std::collections::BTreeSet::new();
            let all: Vec<Stored> = records().collect();
            for (row, plan) in rows.iter().zip(&plans) {
                let (RowPlan::DuplicateOf(id) | RowPlan::DeletedEarlier(id)) = plan else { continue };
                let record = &all[usize::try_from(id.as_u128()).unwrap()];
                proptest::prop_assert!(used.insert(id), "{id} is used twice");
                proptest::prop_assert!(record.is_same(row), "{id} is not the same record");
                proptest::prop_assert_eq!(record.deleted, matches!(plan, RowPlan::DeletedEarlier(_)));
            }
            for (row, _) in rows.iter().zip(&plans).filter(|(_, plan)| matches!(plan, RowPlan::Add)) {
                let missed = all.iter().find(|record| record.is_same(row) && !used.contains(&record.id));
                proptest::prop_assert!(missed.is_none(), "a row was taken for new");
            }
        }
    }
}
