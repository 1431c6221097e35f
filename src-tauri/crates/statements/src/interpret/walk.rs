//! A running balance followed along the file, in both directions at once: oldest line first, and newest first.
//!
//! Amounts and balances are minor units in 128 bits, which no file overflows.

/// A place at which the running balance does not follow: rows are missing there, or one was misread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// 1-based data row whose balance does not follow.
    pub row: u32,
    /// The balance that would follow, in minor units.
    pub expected: i128,
    /// The balance that the row states, in minor units.
    pub stated: i128,
}

/// Breaks that are kept of each direction.
const BREAKS_MAX: usize = 20;

/// What one direction comes to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Walked {
    pub(crate) opening: Option<i128>,
    pub(crate) closing: Option<i128>,
    /// Rows that state a balance.
    pub(crate) stated: u64,
    checked: u64,
    held: u64,
    /// Rows between two balances of which the later follows from the earlier.
    rows_between: u64,
    /// Rows up to the earliest balance, in order of time, which count once anything holds.
    rows_at_start: u64,
    /// Rows after the latest balance, in order of time.
    rows_at_end: u64,
    pub(crate) newest_first: bool,
    pub(crate) breaks: Vec<Break>,
}

impl Walked {
    /// The direction in which more holds; of equals, the one the dates speak for.
    pub(crate) fn choose(forward: Self, backward: Self, dates_fall: Option<bool>) -> Self {
        let newest_first = match backward.held.cmp(&forward.held) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => dates_fall.unwrap_or(false),
        };
        Self { newest_first, ..if newest_first { backward } else { forward } }
    }

    /// Where most balances do not follow, rows are missing or shuffled, and the ends say nothing.
    pub(crate) fn believed(&self) -> bool {
        self.held * 2 >= self.checked
    }

    /// Where even one balance does not follow, the ends are not those of these rows.
    pub(crate) fn is_unbroken(&self) -> bool {
        self.held == self.checked
    }

    /// Rows proved, given the balances that the file states around them.
    pub(crate) fn proved(&self, opening: Option<i128>, closing: Option<i128>) -> u64 {
        let start_holds = self.held > 0 || (opening.is_some() && opening == self.opening);
        let end_holds = closing.is_some() && closing == self.closing;
        let start = if start_holds { self.rows_at_start } else { 0 };
        let end = if end_holds && (start_holds || self.held > 0) { self.rows_at_end } else { 0 };
        if self.stated == 0 { 0 } else { self.rows_between + start + end }
    }

    fn check(&mut self, row: u32, expected: i128, stated: i128, rows: u64) {
        self.checked += 1;
        if expected == stated {
            self.held += 1;
            self.rows_between += rows;
        } else if self.breaks.len() < BREAKS_MAX {
            self.breaks.push(Break { row, expected, stated });
        }
    }
}

/// The walk for files whose oldest line comes first.
#[derive(Debug, Default)]
pub(crate) struct Forward {
    walked: Walked,
    running: i128,
    /// Sum and number of the rows since the last balance.
    pending: i128,
    pending_rows: u64,
}

impl Forward {
    pub(crate) fn push(&mut self, row: u32, amount: i128, balance: Option<i128>) {
        self.pending += amount;
        self.pending_rows += 1;
        let Some(balance) = balance else { return };
        if self.walked.stated == 0 {
            self.walked.opening = Some(balance - self.pending);
            self.walked.rows_at_start = self.pending_rows;
        } else {
            self.walked.check(row, self.running + self.pending, balance, self.pending_rows);
        }
        self.walked.stated += 1;
        (self.running, self.pending, self.pending_rows) = (balance, 0, 0);
    }

    pub(crate) fn finish(mut self) -> Walked {
        if self.walked.stated > 0 {
            self.walked.closing = Some(self.running + self.pending);
            self.walked.rows_at_end = self.pending_rows;
        }
        self.walked
    }
}

/// The walk for files whose newest line comes first.
#[derive(Debug, Default)]
pub(crate) struct Backward {
    walked: Walked,
    running: i128,
    /// Sum and number of the rows from the last balance's own on; before the first balance, of the rows so far.
    pending: i128,
    pending_rows: u64,
}

impl Backward {
    pub(crate) fn push(&mut self, row: u32, amount: i128, balance: Option<i128>) {
        let Some(balance) = balance else {
            self.pending += amount;
            self.pending_rows += 1;
            return;
        };
        if self.walked.stated == 0 {
            self.walked.closing = Some(balance + self.pending);
            self.walked.rows_at_end = self.pending_rows;
        } else {
            self.walked.check(row, self.running - self.pending, balance, self.pending_rows);
        }
        self.walked.stated += 1;
        (self.running, self.pending, self.pending_rows) = (balance, amount, 1);
    }

    pub(crate) fn finish(mut self) -> Walked {
        if self.walked.stated > 0 {
            self.walked.opening = Some(self.running - self.pending);
            self.walked.rows_at_start = self.pending_rows;
        }
        self.walked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of amount and balance in cents; the rows proved by the running balance alone.
    #[track_caller]
    fn check(rows: &[(i128, Option<i128>)], opening: Option<i128>, closing: Option<i128>, proved: u64) {
        let (mut forward, mut backward) = (Forward::default(), Backward::default());
        for (row, (amount, balance)) in (1..).zip(rows) {
            forward.push(row, *amount, *balance);
            backward.push(row, *amount, *balance);
        }
        let walked = Walked::choose(forward.finish(), backward.finish(), None);
        let ends = if walked.is_unbroken() { (walked.opening, walked.closing) } else { (None, None) };
        assert_eq!(ends, (opening, closing));
        assert_eq!(walked.proved(None, None), proved);
    }

    #[test]
    fn oldest_first() {
        check(&[(10, Some(110)), (-20, Some(90)), (5, Some(95))], Some(100), Some(95), 3);
    }

    #[test]
    fn newest_first() {
        check(&[(5, Some(95)), (-20, Some(90)), (10, Some(110))], Some(100), Some(95), 3);
    }

    #[test]
    fn a_missing_line_leaves_one_row_unproved_and_both_ends_open() {
        check(&[(10, Some(110)), (-20, Some(90)), (5, Some(99)), (1, Some(100))], None, None, 3);
    }

    #[test]
    fn a_balance_once_a_day_proves_the_rows_of_the_day() {
        check(&[(10, None), (-20, Some(90)), (5, None), (5, Some(100))], Some(100), Some(100), 4);
        check(&[(5, Some(100)), (5, None), (-20, Some(90)), (10, None)], Some(100), Some(100), 4);
    }

    #[test]
    fn shuffled_rows_prove_nothing() {
        check(&[(10, Some(500)), (-20, Some(90)), (5, Some(777))], None, None, 0);
    }

    #[test]
    fn a_single_line_states_both_ends_and_proves_neither_unless_the_file_does() {
        check(&[(-1050, Some(100_023))], Some(101_073), Some(100_023), 0);
        let mut forward = Forward::default();
        forward.push(1, -1050, Some(100_023));
        assert_eq!(forward.finish().proved(Some(101_073), None), 1);
    }
}
