//! Which items a policy resolves, and what each uses of the limits of its period.

use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::civil::Date;

use super::{CauseLimit, Policy, WHOLE};
use crate::{AccountId, Confidence, ExchangeRates, MatchId, Money, RecordRef, RootCause};

/// What a policy looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicySubject {
    /// A proposed match whose sides differ.
    Match(MatchId),
    /// A record without a match.
    Record(RecordRef),
}

/// One item a policy may resolve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyItem {
    /// What it is.
    pub subject: PolicySubject,
    /// Why the sides differ, or why there is no match; none: for more than one reason.
    pub cause: Option<RootCause>,
    /// What the engine found, where a person's note lets a record count for another cause: the limits of both hold.
    pub found: Option<RootCause>,
    /// What is at stake, without its sign: the sizes of a match's adjustments together, or what is open of a record.
    pub impact: Money,
    /// What that is a part of, without its sign: a match's ledger side, or the whole record.
    pub basis: Money,
    /// Its day: of a match that of its earliest line.
    pub date: Option<Date>,
    /// The account of a line, or of a match's earliest line; none: the books.
    pub account: Option<AccountId>,
    /// How sure the engine is of a match.
    pub confidence: Option<Confidence>,
    /// Whether another answer is equally good.
    pub has_rival: bool,
    /// Whether the settings of the run that proposed a match ask for a reference, and its line quotes none.
    pub lacks_reference: bool,
    /// Whether a person took back what a policy did with it.
    pub taken_back: bool,
}

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PolicyMonth {
    year: i16,
    month: i8,
}

/// The text is no month such as `2026-01`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no month such as 2026-01")]
pub struct UnknownMonth(pub String);

impl From<Date> for PolicyMonth {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: date.month() }
    }
}

/// `2026-01`
impl fmt::Display for PolicyMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for PolicyMonth {
    type Err = UnknownMonth;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let date: Result<Date, _> = format!("{text}-01").parse();
        date.map(Self::from).map_err(|_| UnknownMonth(text.to_owned()))
    }
}

/// The items that share a count and a total: those of one cause, account and calendar month. Entries belong to no account,
/// and share those of the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PolicyPeriod {
    /// The cause.
    pub cause: RootCause,
    /// The account; none: the books.
    pub account: Option<AccountId>,
    /// The month.
    pub month: PolicyMonth,
}

/// What was resolved in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MonthUse {
    /// Items.
    pub count: u64,
    /// What they come to, in minor units of the policy's currency.
    pub total: i128,
}

/// What was resolved so far, period by period.
pub type PeriodUse = BTreeMap<PolicyPeriod, MonthUse>;

/// An item that is resolved, and what it uses of its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Its period.
    pub period: PolicyPeriod,
    /// Its impact in the policy's currency.
    pub amount: Money,
}

/// Why an item stays in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kept {
    /// The policy has no limit for its cause.
    CauseUnlisted,
    /// The sides differ for more than one reason.
    SeveralCauses,
    /// A person took back what a policy did with it, which is final.
    TakenBack,
    /// Another answer is equally good.
    Rival,
    /// The settings ask for a reference, and none is quoted.
    Reference,
    /// The engine is not sure enough.
    Confidence,
    /// Without a day it belongs to no period.
    NoDate,
    /// It is in another currency, and no rate of that day is known.
    NoRate,
    /// It comes to more than an item may.
    Amount,
    /// It is too large a part of its record or match.
    Percent,
    /// As many items as may be are resolved in its period.
    Count,
    /// With it, the items of its period would come to more than they may.
    Total,
    /// An earlier item used its records.
    RecordsUsed,
}

impl Kept {
    /// All reasons, in the order in which they are looked for.
    pub const ALL: [Self; 13] = [
        Self::SeveralCauses,
        Self::CauseUnlisted,
        Self::TakenBack,
        Self::Rival,
        Self::Reference,
        Self::Confidence,
        Self::NoDate,
        Self::NoRate,
        Self::Amount,
        Self::Percent,
        Self::Count,
        Self::Total,
        Self::RecordsUsed,
    ];

    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CauseUnlisted => "cause_unlisted",
            Self::SeveralCauses => "several_causes",
            Self::TakenBack => "taken_back",
            Self::Rival => "rival",
            Self::Reference => "reference",
            Self::Confidence => "confidence",
            Self::NoDate => "no_date",
            Self::NoRate => "no_rate",
            Self::Amount => "amount",
            Self::Percent => "percent",
            Self::RecordsUsed => "records_used",
            Self::Count => "count",
            Self::Total => "total",
        }
    }
}

/// An item with what a policy makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged<'i> {
    /// The item.
    pub item: &'i PolicyItem,
    /// What it uses of its period, or why it stays.
    pub outcome: Result<Counted, Kept>,
}

impl Policy {
    /// Says of each item whether it is resolved, one after the other by date, impact and identifier (those without a date
    /// last), so that the same items always use the limits in the same order. `used` holds what was resolved in the
    /// periods before, and afterwards what is resolved now besides. An item that a limit keeps leaves room for a smaller
    /// one after it, so that asking again resolves nothing more. `fits` is asked last, of an item that nothing else
    /// keeps: whether its records are still to be had. If so, the item is resolved.
    pub fn resolve<'i>(
        &self,
        items: &'i [PolicyItem],
        used: &mut PeriodUse,
        rates: &ExchangeRates,
        mut fits: impl FnMut(&PolicyItem) -> bool,
    ) -> Vec<Judged<'i>> {
        let mut ordered: Vec<(&PolicyItem, Option<Money>)> =
            items.iter().map(|item| (item, rates.convert(item.impact, self.currency(), item.date))).collect();
        ordered.sort_by_key(|(item, counted)| {
            let size = counted.unwrap_or(item.impact).magnitude();
            (item.date.is_none(), item.date, size, item.subject)
        });
        let judged = ordered.into_iter().map(|(item, counted)| {
            let outcome = self.looked_at(item, counted).and_then(|(counted, limit)| {
                let of_period = used.entry(counted.period).or_default();
                let with_it = limit.used_with(*of_period, counted.amount)?;
                if !fits(item) {
                    return Err(Kept::RecordsUsed);
                }
                *of_period = with_it;
                Ok(counted)
            });
            Judged { item, outcome }
        });
        judged.collect()
    }

    /// All but what the period has left.
    fn looked_at(&self, item: &PolicyItem, counted: Option<Money>) -> Result<(Counted, &CauseLimit), Kept> {
        let cause = item.cause.ok_or(Kept::SeveralCauses)?;
        let limit = self.limit(cause).ok_or(Kept::CauseUnlisted)?;
        if item.taken_back {
            return Err(Kept::TakenBack);
        }
        if item.has_rival {
            return Err(Kept::Rival);
        }
        if item.lacks_reference {
            return Err(Kept::Reference);
        }
        if item.confidence.is_some_and(|confidence| confidence < self.confidence()) {
            return Err(Kept::Confidence);
        }
        let month = PolicyMonth::from(item.date.ok_or(Kept::NoDate)?);
        let amount = counted.ok_or(Kept::NoRate)?;
        // A note does not let past what the policy keeps for the cause that was found.
        let found = item.found.map(|found| self.limit(found).ok_or(Kept::CauseUnlisted)).transpose()?;
        for limit in [Some(limit), found].into_iter().flatten() {
            if amount.magnitude() > limit.amount.magnitude() {
                return Err(Kept::Amount);
            }
            if limit.percent.is_some_and(|percent| !is_at_most(item, percent)) {
                return Err(Kept::Percent);
            }
        }
        Ok((Counted { period: PolicyPeriod { cause, account: item.account, month }, amount }, limit))
    }
}

/// Exactly, without rounding.
fn is_at_most(item: &PolicyItem, percent: u32) -> bool {
    u128::from(item.impact.magnitude()) * u128::from(WHOLE) <= u128::from(percent) * u128::from(item.basis.magnitude())
}

impl CauseLimit {
    /// What is used of a period with one more item, if it has so much left.
    fn used_with(&self, used: MonthUse, amount: Money) -> Result<MonthUse, Kept> {
        if self.count.is_some_and(|count| used.count >= u64::from(count)) {
            return Err(Kept::Count);
        }
        let total = used.total + i128::from(amount.magnitude());
        if self.total.is_some_and(|most| total > i128::from(most.minor_units())) {
            return Err(Kept::Total);
        }
        Ok(MonthUse { count: used.count + 1, total })
    }
}
