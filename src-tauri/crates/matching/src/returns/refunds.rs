//! Money that the company itself pays back: what a customer paid twice, too much, or for nothing.

use rustc_hash::FxHashMap;
use tieout_domain::Profile;

use super::{ReturnText, meets_entry, text::parties_of};
use crate::{
    block::Problem,
    keys::{Found, Joined},
    prepare::Prepared,
    text::{fold, has_digit},
};

/// Days within which a payment is paid back.
const REFUND_DAYS_MAX: i32 = 90;
/// Earlier lines of one amount that are looked at.
const LOOKED_BACK_MAX: usize = 64;
/// Days within which somebody pays again what he just paid: rents and subscriptions are due at least a week apart.
const TWICE_DAYS_MAX: i32 = 6;
/// Credits of a party whose sums are looked at.
const CREDITS_MAX: usize = 10;

/// Words with which a payer says that it is money paid back.
const PAID_BACK_WORDS: [&str; 20] = [
    "DOPPELUBERWEISUNG",
    "DOPPELZAHLUNG",
    "ERSTATTET",
    "ERSTATTUNG",
    "OVERPAID",
    "OVERPAYMENT",
    "REEMBOLSO",
    "REFUND",
    "REFUNDED",
    "REIMBURSEMENT",
    "REMBOURSE",
    "REMBOURSEMENT",
    "REPAYMENT",
    "RESTITUZIONE",
    "RIMBORSO",
    "RUCKERSTATTUNG",
    "RUCKZAHLUNG",
    "RUECKERSTATTUNG",
    "RUECKZAHLUNG",
    "UBERZAHLUNG",
];

/// Lines of one amount that came in and went out again, by account and amount.
pub(super) struct Refunds<'p, 'a> {
    problem: &'p Problem<'a>,
    /// What came in, by account and amount, oldest first; only amounts that went out as well.
    came: FxHashMap<(u16, i64), Vec<usize>>,
}

impl<'p, 'a> Refunds<'p, 'a> {
    /// Processors' refunds are transactions that the books have themselves.
    pub(super) fn new(problem: &'p Problem<'a>, taken: &[bool]) -> Self {
        let mut came = FxHashMap::default();
        if problem.bounds.profile != Profile::Processor {
            let (account, amount) = (&problem.prepared.lines.account, &problem.prepared.lines.columns.amount);
            let free = || (0..amount.len()).filter(|at| !taken[*at]);
            for at in free().filter(|at| amount[*at] < 0) {
                came.entry((account[at], -amount[at])).or_insert_with(Vec::new);
            }
            for at in free().filter(|at| amount[*at] > 0) {
                if let Some(lines) = came.get_mut(&(account[at], amount[at])) {
                    lines.push(at);
                }
            }
        }
        came.retain(|_, lines: &mut Vec<usize>| !lines.is_empty());
        let day = &problem.prepared.lines.columns.day;
        came.values_mut().for_each(|lines| lines.sort_by_key(|line| (day[*line], *line)));
        Self { problem, came }
    }

    /// The newest payment of the same party that this line pays back to the cent, where it says that it does and the books
    /// have nothing that it could settle; and whether what it pays back was paid twice, which leaves no doubt.
    ///
    /// A payment that settles a document stays with it: what is paid back of it is for a credit note to come.
    pub(super) fn original(&self, at: usize, taken: &[bool]) -> Option<(usize, bool)> {
        let prepared = &self.problem.prepared;
        let columns = &prepared.lines.columns;
        let amount = columns.amount[at].checked_neg().filter(|amount| *amount > 0 && !taken[at])?;
        let came = self.came.get(&(prepared.lines.account[at], amount))?;
        if !says_paid_back(&prepared.line_records[at].description)
            || meets_entry(self.problem, at as u32)
            || !self.problem.amounts.between(-amount, -amount).is_empty()
            || self.meets_credits(at, -amount)
        {
            return None;
        }
        let text = ReturnText::new(prepared, at);
        let days = &columns.day;
        let end = came.partition_point(|line| days[*line] <= days[at]);
        let newest = came[..end].iter().rev().take(LOOKED_BACK_MAX).copied();
        let in_time = newest.take_while(|line| days[at].saturating_sub(days[*line]) <= REFUND_DAYS_MAX);
        let meant: Vec<usize> = in_time.filter(|line| !taken[*line] && pays_back(prepared, *line, at, &text)).collect();
        let twice = |line: usize| meant.iter().any(|other| *other != line && self.is_paid_twice(line, *other));
        let found = meant.iter().copied().find(|line| !quotes_other(prepared, at, *line))?;
        (twice(found) || !meets_entry(self.problem, found as u32)).then_some((found, twice(found)))
    }

    /// Whether two payments of one amount are for one thing that was owed once: they quote the same document, or have the
    /// same reference and came within days of one another. What is due every month has one reference too, so that each of
    /// them may settle an entry of its own where the books hold two.
    fn is_paid_twice(&self, line: usize, other: usize) -> bool {
        let prepared = &self.problem.prepared;
        let shared: Vec<u32> =
            quoted(prepared, line).filter(|key| quoted(prepared, other).any(|also| also == *key)).collect();
        let (first, second) = (prepared.line_records[line], prepared.line_records[other]);
        let days = prepared.lines.columns.day[line].abs_diff(prepared.lines.columns.day[other]);
        let again = || {
            days <= TWICE_DAYS_MAX.unsigned_abs() && has_digit(&first.reference) && first.reference == second.reference
        };
        let due = self.due(&[line, other], &shared);
        if shared.is_empty() { again() && due.len() <= 1 } else { due.len() == 1 && self.is_document(due[0], &shared) }
    }

    /// Open entries that either payment may settle to the cent: of the documents, or of the parties that the payments name;
    /// any, where they name none.
    fn due(&self, payments: &[usize], documents: &[u32]) -> Vec<u32> {
        let (problem, prepared) = (self.problem, &self.problem.prepared);
        let amount = problem.paid(payments[0] as u32);
        let parties: Vec<u32> = payments.iter().flat_map(|line| parties_of(prepared, *line)).collect();
        let of_amount = problem.amounts.between(amount, amount).iter().map(|placed| placed.entry);
        let may_settle = |entry: &u32| {
            parties.is_empty()
                || parties.contains(&prepared.entries.facts[*entry as usize].party)
                || self.is_document(*entry, documents)
        };
        of_amount.filter(may_settle).collect()
    }

    /// Whether one of the documents is the entry's.
    fn is_document(&self, entry: u32, documents: &[u32]) -> bool {
        documents.iter().any(|key| self.problem.prepared.keys.entries.of(*key as usize).contains(&entry))
    }

    /// Whether open credits of the party that the line names come to just what is paid out.
    fn meets_credits(&self, at: usize, owed: i64) -> bool {
        let prepared = &self.problem.prepared;
        parties_of(prepared, at).into_iter().any(|party| {
            let placed = prepared.of_party.of(party as usize).iter().filter(|placed| placed.amount < 0);
            let mut credits: Vec<i64> = placed.map(|placed| placed.amount).filter(|amount| *amount >= owed).collect();
            credits.sort_unstable();
            credits.truncate(CREDITS_MAX);
            let mut sums = vec![0_i64];
            for credit in credits {
                let more: Vec<i64> = sums.iter().filter_map(|sum| sum.checked_add(credit)).collect();
                sums.extend(more.into_iter().filter(|sum| *sum >= owed));
            }
            sums.contains(&owed)
        })
    }
}

/// The documents that a line quotes by their whole number.
fn quoted<'p>(prepared: &'p Prepared<'_>, line: usize) -> impl Iterator<Item = u32> + 'p {
    let hits = prepared.lines.hits.of(line).iter();
    hits.filter(|hit| hit.found == Found::Exact && prepared.keys.is_reference(hit.key)).map(|hit| hit.key)
}

/// Whether the line quotes a document that the earlier one does not.
fn quotes_other(prepared: &Prepared<'_>, at: usize, earlier: usize) -> bool {
    quoted(prepared, at).any(|key| !quoted(prepared, earlier).any(|other| other == key))
}

fn says_paid_back(description: &str) -> bool {
    let folded = fold(description);
    Joined::new(&folded).words().any(|word| PAID_BACK_WORDS.binary_search(&word).is_ok())
}

/// Whether both lines quote the same document, or go to the account that the money came from.
fn pays_back(prepared: &Prepared<'_>, earlier: usize, at: usize, text: &ReturnText) -> bool {
    let (paid, back) = (prepared.line_records[earlier], prepared.line_records[at]);
    let hits = prepared.lines.hits.of(at);
    text.holds_reference(prepared, earlier)
        || quoted(prepared, earlier).any(|key| hits.binary_search_by_key(&key, |other| other.key).is_ok())
        || !paid.counterparty_account.is_empty() && paid.counterparty_account == back.counterparty_account
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_for_the_search() {
        assert!(PAID_BACK_WORDS.is_sorted());
    }

    #[test]
    fn a_payer_says_that_money_is_paid_back() {
        for (text, says) in [
            ("Rückzahlung Doppelzahlung RE-2025-0011", true),
            ("REFUND invoice 4711", true),
            ("Überzahlung März", true),
            ("refunds department, monthly fee", false),
            ("RE-2025-0011", false),
            ("", false),
        ] {
            assert_eq!(says_paid_back(text), says, "{text}");
        }
    }
}
