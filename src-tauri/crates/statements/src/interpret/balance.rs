//! ReadingProof of the running balance: each line's amount leads from the balance before it to its own.

use jiff::civil::Date;
use tieout_domain::{Currency, Money};

/// What the running balance of one account in one currency proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BalanceReading {
    /// The account as the file names it; empty where the file is of one account.
    pub account: String,
    /// Currency of the balance.
    pub currency: Currency,
    /// Balance before the earliest line; `None` where the balances do not follow one another.
    pub opening: Option<Money>,
    /// Balance after the latest line; `None` as for `opening`.
    pub closing: Option<Money>,
    /// Lines whose balance follows from the one before, counting the first of a run that holds.
    pub proved: u32,
    /// Lines that state a balance.
    pub of: u32,
    /// Whether the latest line comes first in the file.
    pub newest_first: bool,
}

/// One line of a chain of balances.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) amount: Money,
    pub(crate) balance: Option<Money>,
}

/// Lines of one account and currency, in file order.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    pub(crate) steps: Vec<Step>,
    first_date: Option<Date>,
    last_date: Option<Date>,
}

impl Chain {
    pub(crate) fn push(&mut self, step: Step, date: Option<Date>) {
        self.steps.push(step);
        self.first_date = self.first_date.or(date);
        self.last_date = date.or(self.last_date);
    }

    /// Whether the dates say that the latest line comes first; `None` where they say nothing.
    pub(crate) fn dates_fall(&self) -> Option<bool> {
        self.first_date.zip(self.last_date).filter(|(first, last)| first != last).map(|(first, last)| first > last)
    }
}

/// Proves one chain in the order in which more of it holds.
pub(crate) fn prove(account: &str, currency: Currency, chain: &Chain) -> BalanceReading {
    let forward = Walk::along(chain.steps.iter().copied());
    let backward = Walk::along(chain.steps.iter().rev().copied());
    let newest_first = match backward.held.cmp(&forward.held) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => chain.dates_fall().unwrap_or(false),
    };
    let walk = if newest_first { backward } else { forward };
    // Where most balances do not follow, rows are missing or shuffled, and the ends say nothing.
    let believed = walk.held * 2 >= walk.checked;
    BalanceReading {
        account: account.to_owned(),
        currency,
        opening: walk.opening.filter(|_| believed),
        closing: walk.running.filter(|_| believed),
        proved: if walk.held > 0 { walk.held + 1 } else { 0 },
        of: walk.stated,
        newest_first,
    }
}

#[derive(Debug, Default)]
struct Walk {
    opening: Option<Money>,
    running: Option<Money>,
    stated: u32,
    checked: u32,
    held: u32,
}

impl Walk {
    fn along(steps: impl Iterator<Item = Step>) -> Self {
        let mut walk = Self::default();
        let mut before_first: Option<Money> = None;
        for step in steps {
            let expected = walk.running.and_then(|running| running.checked_add(step.amount).ok());
            let Some(stated) = step.balance else {
                walk.running = expected;
                let sum = before_first.map_or(Ok(step.amount), |sum| sum.checked_add(step.amount));
                before_first = sum.ok();
                continue;
            };
            if walk.stated == 0 {
                let moved = before_first.map_or(Ok(step.amount), |sum| sum.checked_add(step.amount));
                walk.opening = moved.and_then(|moved| stated.checked_sub(moved)).ok();
            }
            walk.stated += 1;
            if let Some(expected) = expected {
                walk.checked += 1;
                walk.held += u32::from(expected == stated);
            }
            walk.running = Some(stated);
        }
        walk
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    /// Pairs of amount and balance in cents.
    #[track_caller]
    fn check(rows: &[(i64, Option<i64>)], opening: Option<i64>, closing: Option<i64>, proved: (u32, u32)) {
        let mut chain = Chain::default();
        for (amount, balance) in rows {
            chain.push(Step { amount: eur(*amount), balance: balance.map(eur) }, None);
        }
        let reading = prove("", eur(0).currency(), &chain);
        assert_eq!((reading.opening, reading.closing), (opening.map(eur), closing.map(eur)));
        assert_eq!((reading.proved, reading.of), proved);
    }

    #[test]
    fn oldest_first() {
        check(&[(10, Some(110)), (-20, Some(90)), (5, Some(95))], Some(100), Some(95), (3, 3));
    }

    #[test]
    fn newest_first() {
        check(&[(5, Some(95)), (-20, Some(90)), (10, Some(110))], Some(100), Some(95), (3, 3));
    }

    #[test]
    fn a_missing_line_leaves_one_row_unproved() {
        check(&[(10, Some(110)), (-20, Some(90)), (5, Some(99)), (1, Some(100))], Some(100), Some(100), (3, 4));
    }

    #[test]
    fn a_balance_once_a_day_proves_the_day() {
        check(&[(10, None), (-20, Some(90)), (5, None), (5, Some(100))], Some(100), Some(100), (2, 2));
    }

    #[test]
    fn shuffled_rows_prove_nothing() {
        check(&[(10, Some(500)), (-20, Some(90)), (5, Some(777))], None, None, (0, 3));
    }

    #[test]
    fn a_single_line_states_both_ends_and_proves_neither() {
        check(&[(-1050, Some(100_023))], Some(101_073), Some(100_023), (0, 1));
    }
}
