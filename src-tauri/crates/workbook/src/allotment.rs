//! Which deposits a customer's reversals take their money from.
//!
//! It follows from the deposits and reversals that stand, whatever the order in which they were approved:
//! 1. a reversal that names a day takes from the deposits of that day;
//! 2. one of the very amount of a deposit that is still whole takes that one: what the bank returns, it mostly returns whole;
//! 3. otherwise from the newest deposit that was booked by then, since what a bank takes back came lately, then from the one
//!    before, and from later ones only where the earlier do not cover it.
//!
//! What no deposit covers waits for one. So an account never holds money of a deposit while a reversal waits for some.

use std::cmp::Reverse;

use jiff::civil::Date;
use tieout_domain::StatementLineId;

/// When something was booked: its day, and among those of a day its line. What has no day comes first.
pub(crate) type Booked = (Option<Date>, Option<StatementLineId>);

/// A deposit that stands: so many minor units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deposit {
    pub(crate) booked: Booked,
    pub(crate) amount: i64,
}

/// A reversal that stands: so many minor units, more than nothing.
#[derive(Debug, Clone)]
pub(crate) struct Reversal {
    pub(crate) booked: Booked,
    pub(crate) amount: i64,
    /// Days that its text names.
    pub(crate) named: Vec<Date>,
}

/// So much of a reversal is taken from this deposit, by its place; or from none.
pub(crate) type Taken = (Option<usize>, i64);

/// For each reversal where its money comes from; parts of the same amount as the whole.
pub(crate) fn allot(deposits: &[Deposit], reversals: &[Reversal]) -> Vec<Vec<Taken>> {
    let mut newest_first: Vec<usize> = (0..deposits.len()).collect();
    newest_first.sort_by_key(|at| deposits.get(*at).map(|deposit| Reverse((deposit.booked, *at))));
    let mut order: Vec<usize> = (0..reversals.len()).collect();
    order.sort_by_key(|at| reversals.get(*at).map(|reversal| (reversal.booked, *at)));
    let mut allotment = Allotment {
        deposits,
        reversals,
        left: deposits.iter().map(|deposit| deposit.amount).collect(),
        wanted: reversals.iter().map(|reversal| reversal.amount).collect(),
        taken: vec![Vec::new(); reversals.len()],
    };
    for at in order.iter().copied().filter(|at| reversals.get(*at).is_some_and(|reversal| !reversal.named.is_empty())) {
        let is_named = |deposit: &Deposit| {
            reversals.get(at).is_some_and(|reversal| deposit.booked.0.is_some_and(|day| reversal.named.contains(&day)))
        };
        let of_the_day: Vec<usize> =
            newest_first.iter().copied().filter(|place| deposits.get(*place).is_some_and(is_named)).collect();
        allotment.take_whole(at, &of_the_day);
        allotment.take(at, &of_the_day);
    }
    for at in &order {
        let earlier_first = allotment.by_distance(*at, &newest_first);
        allotment.take_whole(*at, &earlier_first);
    }
    for at in &order {
        let earlier_first = allotment.by_distance(*at, &newest_first);
        allotment.take(*at, &earlier_first);
    }
    allotment.finish()
}

struct Allotment<'a> {
    deposits: &'a [Deposit],
    reversals: &'a [Reversal],
    /// Of each deposit.
    left: Vec<i64>,
    /// Of each reversal.
    wanted: Vec<i64>,
    taken: Vec<Vec<Taken>>,
}

impl Allotment<'_> {
    /// Deposits booked by the day of the reversal, the newest first, then later ones, the earliest first.
    fn by_distance(&self, reversal: usize, newest_first: &[usize]) -> Vec<usize> {
        let booked = self.reversals.get(reversal).map(|reversal| reversal.booked.0);
        let is_later =
            |place: &usize| self.deposits.get(*place).zip(booked).is_some_and(|(deposit, day)| deposit.booked.0 > day);
        let (later, by_then): (Vec<usize>, Vec<usize>) = newest_first.iter().copied().partition(is_later);
        by_then.into_iter().chain(later.into_iter().rev()).collect()
    }

    /// Takes the first deposit that is whole and of the amount that is still wanted.
    fn take_whole(&mut self, reversal: usize, places: &[usize]) {
        let wanted = self.wanted.get(reversal).copied().unwrap_or(0);
        let is_whole = |place: &&usize| {
            self.left.get(**place) == Some(&wanted)
                && self.deposits.get(**place).is_some_and(|deposit| deposit.amount == wanted)
        };
        if let Some(place) = places.iter().find(is_whole).copied() {
            self.take(reversal, &[place]);
        }
    }

    fn take(&mut self, reversal: usize, places: &[usize]) {
        for place in places {
            let (Some(left), Some(wanted)) = (self.left.get_mut(*place), self.wanted.get_mut(reversal)) else {
                continue;
            };
            let amount = (*left).min(*wanted);
            if amount > 0 {
                *left -= amount;
                *wanted -= amount;
                if let Some(taken) = self.taken.get_mut(reversal) {
                    taken.push((Some(*place), amount));
                }
            }
        }
    }

    fn finish(mut self) -> Vec<Vec<Taken>> {
        for (taken, wanted) in self.taken.iter_mut().zip(self.wanted).filter(|(_, wanted)| *wanted > 0) {
            taken.push((None, wanted));
        }
        // A part that two ways led to is one.
        for taken in &mut self.taken {
            taken.sort_unstable_by_key(|(place, _)| place.unwrap_or(usize::MAX));
            taken.dedup_by(|next, kept| {
                let is_same = next.0 == kept.0;
                kept.1 += if is_same { next.1 } else { 0 };
                is_same
            });
        }
        self.taken
    }
}

/// Days that the text of something booked names, as `2025-05-02`, `02.05.2025` or `2.5.2025`; its own only if it names no
/// other. Days written with slashes are not read: of `02/05/2025` nobody can say which it is.
pub(crate) fn days_named(text: &str, booked: Option<Date>) -> Vec<Date> {
    let mut days: Vec<Date> = text
        .split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '-' | '.')))
        .filter_map(|word| day(word.trim_matches(['-', '.'])))
        .collect();
    days.sort_unstable();
    days.dedup();
    if days.len() > 1 {
        days.retain(|day| Some(*day) != booked);
    }
    days
}

fn day(word: &str) -> Option<Date> {
    let (year, month, day) = match word.split(['-', '.']).collect::<Vec<_>>()[..] {
        [year, month, day] if word.contains('-') && !word.contains('.') => (year, month, day),
        [day, month, year] if word.contains('.') && !word.contains('-') => (year, month, day),
        _ => return None,
    };
    if year.len() != 4 || !(1..=2).contains(&month.len()) || !(1..=2).contains(&day.len()) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Deposits and reversals as (day of May, minor units); a reversal's text is read for days.
    #[track_caller]
    fn check(deposits: &[(i8, i64)], reversals: &[(i8, i64, &str)], expected: &[&[Taken]]) {
        let booked = |day| (Some(date(2025, 5, day)), None);
        let deposits: Vec<_> =
            deposits.iter().map(|(day, amount)| Deposit { booked: booked(*day), amount: *amount }).collect();
        let reversals: Vec<_> = reversals
            .iter()
            .map(|(day, amount, text)| Reversal {
                booked: booked(*day),
                amount: *amount,
                named: days_named(text, booked(*day).0),
            })
            .collect();
        assert_eq!(allot(&deposits, &reversals), expected);
    }

    #[test]
    fn a_reversal_takes_the_deposit_of_the_day_it_names() {
        let text = "Reversal of deposit of 2025-05-02";
        check(&[(2, 100), (3, 100)], &[(9, 100, text)], &[&[(Some(0), 100)]]);
        check(&[(2, 100), (3, 100)], &[(9, 150, text)], &[&[(Some(0), 100), (Some(1), 50)]]);
        check(&[(2, 100), (2, 60), (3, 60)], &[(9, 60, text)], &[&[(Some(1), 60)]]);
        // Who names a day goes before who names none.
        check(&[(2, 100)], &[(4, 100, ""), (9, 100, text)], &[&[(None, 100)], &[(Some(0), 100)]]);
    }

    #[test]
    fn otherwise_it_takes_a_whole_deposit_of_its_amount_or_the_newest_there_was() {
        check(&[(1, 120), (2, 40)], &[(9, 120, "")], &[&[(Some(0), 120)]]);
        check(&[(1, 120), (2, 40)], &[(9, 60, "")], &[&[(Some(0), 20), (Some(1), 40)]]);
        check(&[(1, 120), (2, 40), (20, 90)], &[(9, 60, "")], &[&[(Some(0), 20), (Some(1), 40)]]);
        check(&[(1, 10), (20, 90), (21, 90)], &[(9, 60, "")], &[&[(Some(0), 10), (Some(1), 50)]]);
        check(&[(1, 10)], &[(9, 60, ""), (10, 5, "")], &[&[(Some(0), 10), (None, 50)], &[(None, 5)]]);
        check(&[], &[(9, 60, "")], &[&[(None, 60)]]);
    }

    #[test]
    fn days_are_read_as_they_are_written_without_doubt() {
        let may = |day| date(2025, 5, day);
        for (text, expected) in [
            ("Reversal of deposit of 2025-05-02", vec![may(2)]),
            ("Storno vom 02.05.2025.", vec![may(2)]),
            ("returned 3.5.2025 / 2025-05-02", vec![may(2), may(3)]),
            ("2025-05-09 reversal of 2025-05-02", vec![may(2)]),
            ("2025-05-09 reversal", vec![may(9)]),
            ("02/05/2025", vec![]),
            ("ref 20250502, 2025-13-02, 1-2025-05-02, CUS00012345", vec![]),
        ] {
            assert_eq!(days_named(text, Some(may(9))), expected, "{text}");
        }
    }
}
