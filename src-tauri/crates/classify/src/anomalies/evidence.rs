//! Why something stands out: facts that the terminal and the window put into words.

use jiff::civil::{Date, Weekday};
use tieout_domain::Money;

/// What a detector saw. Amounts are without sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// For [`crate::AnomalyKind::UnusualAmount`].
    UnusualAmount {
        /// The amount.
        amount: Money,
        /// The median of the counterparty's amounts.
        usual: Money,
        /// The robust z-score, in thousandths.
        score: u32,
        /// Postings it is compared with, itself included.
        postings: u32,
    },
    /// For [`crate::AnomalyKind::WeekendPosting`].
    WeekendPosting {
        /// The day of the week.
        day: Weekday,
        /// The date.
        date: Date,
        /// Postings of the account at weekends.
        weekend: u32,
        /// Postings of the account.
        all: u32,
    },
    /// For [`crate::AnomalyKind::AfterPeriodPosting`].
    AfterPeriodPosting {
        /// Last day of the period it belongs to.
        period_end: Date,
        /// When it came.
        came: Date,
        /// Days from one to the other.
        days: u32,
        /// How it came late.
        lateness: Lateness,
    },
    /// For [`crate::AnomalyKind::RoundSum`].
    RoundSum {
        /// It is a multiple of this.
        unit: Money,
        /// Postings whose amounts are multiples of it.
        round: u32,
        /// Postings they are among.
        postings: u32,
        /// From here on a sum is large.
        large_from: Money,
    },
    /// For [`crate::AnomalyKind::SplitPayment`].
    SplitPayment {
        /// The limit.
        limit: Money,
        /// Sum of the payments.
        total: Money,
        /// Day of the first.
        first: Date,
        /// Day of the last.
        last: Date,
    },
    /// For [`crate::AnomalyKind::NearDuplicate`].
    NearDuplicate {
        /// The amount of the first.
        amount: Money,
        /// Most that two of them differ by.
        difference: Money,
        /// Days from the first to the last.
        days: u32,
        /// All name the same reference.
        same_reference: bool,
    },
    /// For [`crate::AnomalyKind::NewCounterparty`].
    NewCounterparty {
        /// The day.
        date: Date,
        /// From here on an amount is large.
        large_from: Money,
        /// Share of the amounts below that, in percent.
        percentile: u32,
        /// Days of records before that day.
        known_days: u32,
    },
    /// For [`crate::AnomalyKind::Benford`].
    Benford {
        /// First day of the period.
        from: Date,
        /// Last day of the period.
        to: Date,
        /// Money in rather than out.
        incoming: bool,
        /// Postings of the period.
        postings: u32,
        /// Mean absolute deviation of the shares, in millionths.
        deviation: u32,
        /// What that means.
        conformity: Conformity,
        /// χ², in thousandths.
        chi_square: u64,
        /// Every digit, or pair of digits, in ascending order.
        digits: Vec<DigitCount>,
    },
}

/// How a posting came after its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lateness {
    /// It was booked in a later month than the one its value date lies in.
    Booked,
    /// It was not there when the records of its period were taken in.
    TakenIn,
}

/// How well shares of digits fit Benford's law, by their mean absolute deviation (Nigrini, *Benford's Law*, 2012, table
/// 7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conformity {
    /// Close conformity.
    Close,
    /// Acceptable conformity.
    Acceptable,
    /// Marginally acceptable conformity.
    Marginal,
    /// Nonconformity.
    None,
}

/// How often a digit, or a pair of digits, leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DigitCount {
    /// 1 to 9, or 10 to 99.
    pub digit: u8,
    /// How often it was seen.
    pub seen: u32,
    /// How often it is expected, in thousandths.
    pub expected: u64,
    /// Sum of the amounts that begin with it, without sign.
    pub sum: Money,
    /// It is seen far more often than expected.
    pub stands_out: bool,
}
